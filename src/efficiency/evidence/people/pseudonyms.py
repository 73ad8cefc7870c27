"""People under keyed pseudonyms: the same person the same code, and no way back without the key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

import pandas as pd

from efficiency.evidence.log.texts import plain
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
    told = names.map(plain, na_action="ignore")
    known = {name: code_of(name, key) for name in told.dropna().unique()}
    if len(set(known.values())) < len(known):
        raise ValueError("two people share a pseudonym; use another key")
    return told.map(known).astype(object).where(told.notna(), None)


def code_of(name: str, key: bytes) -> str:
    """The pseudonym of a name without blanks (`texts.plain`)."""
    digest = hmac.new(key, name.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:_LENGTH]
