"""Pseudonyms: the same person the same code, no way back, nobody's key is empty."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.evidence.people import pseudonyms as people
from efficiency.evidence.people.pseudonyms import KEY_FILE, KEY_VARIABLE, pseudonyms, read_key
from efficiency.problems import SettingsError


def hmac_by_hand(key: bytes, message: bytes) -> bytes:
    """HMAC as RFC 2104 writes it down, for keys up to a block: H(K ⊕ opad, H(K ⊕ ipad, text))."""
    block = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in block) + message).digest()
    return hashlib.sha256(bytes(b ^ 0x5C for b in block) + inner).digest()


def test_the_code_is_the_hmac_of_the_name() -> None:
    want = base64.b32encode(hmac_by_hand(b"k", "张三".encode()))[:10].decode()
    assert pseudonyms(pd.Series(["张三"]), b"k").tolist() == [want]


def test_width_and_spaces_do_not_matter() -> None:
    """Full-width letters, ideographic and no-break spaces are how people type the same name."""
    names = pd.Series(["张三", " 张　三", "张\u00a0三 ", "ＬＩ４", "LI4"])
    codes = pseudonyms(names, b"k").tolist()
    assert codes[0] == codes[1] == codes[2] != codes[3] == codes[4]


def test_empty_stays_empty_and_the_input_is_untouched() -> None:
    names = pd.Series(["a", None, float("nan"), "a"], index=[9, 3, 5, 1], name="actor")
    before = names.copy()
    codes = pseudonyms(names, b"k")
    pd.testing.assert_series_equal(names, before)
    assert codes.index.tolist() == [9, 3, 5, 1]
    assert codes.isna().tolist() == [False, True, True, False]
    assert codes[3] is None


def test_all_empty_and_no_rows() -> None:
    assert pseudonyms(pd.Series([None, None], dtype=object), b"k").tolist() == [None, None]
    assert pseudonyms(pd.Series([], dtype=object), b"k").tolist() == []


@given(st.lists(st.text("张王李abc ", max_size=4), max_size=8), st.binary(min_size=1, max_size=40))
def test_one_person_one_code(names: list[str], key: bytes) -> None:
    """As many codes as names without their spaces, each ten letters of base32."""
    codes = pseudonyms(pd.Series(names, dtype=object), key)
    assert codes.nunique() == len({name.replace(" ", "") for name in names})
    assert all(re.fullmatch("[A-Z2-7]{10}", code) for code in codes)


def test_another_key_gives_other_codes() -> None:
    names = pd.Series(["张三", "李四"])
    assert not set(pseudonyms(names, b"k")) & set(pseudonyms(names, b"l"))


def test_two_people_never_share_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of codes one letter long some are the same: that is refused, not glossed over."""
    monkeypatch.setattr(people, "_LENGTH", 1)
    with pytest.raises(ValueError, match="share a pseudonym"):
        pseudonyms(pd.Series([f"name {n}" for n in range(33)]), b"k")


def test_the_key_comes_from_the_environment_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / KEY_FILE).write_text("that of the file\n")
    monkeypatch.setenv(KEY_VARIABLE, "of the environment")
    assert read_key(tmp_path) == b"of the environment"
    monkeypatch.setenv(KEY_VARIABLE, "")
    assert read_key(tmp_path) == b"that of the file"


def test_without_a_key_one_is_made_for_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    first, second = read_key(tmp_path), read_key(tmp_path)
    assert first == second  # the same person is the same in every table of a run
    assert len(first) == 32
    assert not list(tmp_path.iterdir())


def test_an_empty_key_file_is_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    (tmp_path / KEY_FILE).write_text("\n")
    assert read_key(tmp_path)


def test_a_key_that_could_be_tried_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "secret")
    with pytest.raises(SettingsError, match=KEY_VARIABLE):
        read_key(tmp_path)
    monkeypatch.delenv(KEY_VARIABLE)
    (tmp_path / "pseudonym.key").write_text("0123456789abcde")
    with pytest.raises(SettingsError, match="at least 16"):
        read_key(tmp_path)
    (tmp_path / "pseudonym.key").write_text("0123456789abcdef")
    assert read_key(tmp_path) == b"0123456789abcdef"
