"""The word list of open answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from efficiency.evidence.survey.word_list import read_word_list
from efficiency.problems import SettingsError
from surveyed import written


@pytest.mark.parametrize("head", ["编码,词语\n", "code,words\n"])
def test_words_are_parted_by_bars(head: str, tmp_path: Path) -> None:
    found = read_word_list(written(tmp_path, "codes.csv", head + "会议,会议|开会、例会\n"))
    assert found == {"会议": ("会议", "开会", "例会")}


def test_all_that_is_wrong_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "codes.csv", "编码,词语\n会议,会\n会议,开会\n材料,\n,报表\n")
    with pytest.raises(SettingsError) as caught:
        read_word_list(path)
    assert [problem.line for problem in caught.value.problems] == [3, 4, 5]
    with pytest.raises(SettingsError, match="词语"):
        read_word_list(written(tmp_path, "codes.csv", "编码,说明\n会议,会\n"))
