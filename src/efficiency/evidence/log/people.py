"""People under keyed pseudonyms: the same person the same code, and no way back without the key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import unicodedata
from pathlib import Path

import pandas as pd

from efficiency.problems import Problem, SettingsError

KEY_VARIABLE = "EFFICIENCY_KEY"
KEY_FILE = "pseudonym.key"
_LENGTH = 10
#: Bytes of a key: fewer can be tried one by one.
SHORTEST = 16
#: Where there is no key yet, all tables of a run share this one.
_RUN = secrets.token_bytes(32)


def read_key(folder: Path) -> bytes:
    """
    The key: from the environment, else from the review's key file, else one for this run.

    Parameters
    ----------
    folder
        The review's folder, in which ``pseudonym.key`` may lie. Keep it out of version control.

    Raises
    ------
    SettingsError
        If it is so short that it could be found by trying.
    """
    given = os.environ.get(KEY_VARIABLE, "").encode()
    path = folder / KEY_FILE
    kept = given or (path.read_bytes().strip() if path.is_file() else b"")
    if 0 < len(kept) < SHORTEST:
        place = KEY_VARIABLE if given else str(path)
        raise SettingsError([Problem("short_key", {"place": place, "least": SHORTEST})])
    return kept or _RUN


def make_key(folder: Path) -> bool:
    """
    Make a review's key where it has none, readable by its owner alone.

    Parameters
    ----------
    folder
        The review's folder.

    Returns
    -------
    bool
        Whether one was made: only then is it to be said.
    """
    path = folder / KEY_FILE
    if os.environ.get(KEY_VARIABLE) or path.exists():
        return False
    path.touch(mode=0o600)
    path.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
    return True


def pseudonyms(names: pd.Series, key: bytes) -> pd.Series:
    """
    Replace names by pseudonyms; empty ones stay empty.

    Parameters
    ----------
    names
        Names of people. Width and spaces do not matter: 张 三 and 张三 are one.
    key
        Whoever has it can find out who is who by trying names.

    Raises
    ------
    ValueError
        If two people would share a pseudonym.

    Notes
    -----
    The first 10 characters of the base32 of HMAC-SHA256 over the NFKC-normalised name.

    Examples
    --------
    >>> codes = pseudonyms(pd.Series(["张 三", "张三", None]), b"key")
    >>> codes[0] == codes[1], len(codes[0]), codes[2]
    (True, 10, None)
    """
    plain = names.map(_plain, na_action="ignore")
    known = {name: _code(name, key) for name in plain.dropna().unique()}
    if len(set(known.values())) < len(known):
        raise ValueError("two people share a pseudonym; use another key")
    return plain.map(known).astype(object).where(plain.notna(), None)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", str(name)).split())


def _code(name: str, key: bytes) -> str:
    digest = hmac.new(key, name.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:_LENGTH]


def people_columns(log: pd.DataFrame, share: float = 0.5) -> list[str]:
    """
    List the columns that hold people's names: this share of their values at least are actors.

    Parameters
    ----------
    log
        ``tables.LOG``, with its other columns.
    share
        Of the different values of a column.

    Examples
    --------
    >>> log = pd.DataFrame({"actor": ["甲", "乙"], "负责人": ["乙", "甲"], "文种": ["函", "函"]})
    >>> people_columns(log)
    ['actor', '负责人']
    """
    actors = set(log["actor"].dropna().map(_plain)) - {""}
    held = {
        name: set(log[name].dropna().astype(str).map(_plain)) - {""}
        for name in log.columns
        if log[name].dtype == object
    }
    return [
        name
        for name, values in held.items()
        if values and len(values & actors) >= share * len(values)
    ]
