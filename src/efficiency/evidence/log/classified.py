"""Cases marked as state secrets: what their rows hold is left out before anything is read of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from efficiency.evidence.log.texts import as_texts, plain

#: What columns of secrecy are called.
_CALLED = re.compile("密级|涉密|保密|密件|是否.{0,2}密")
#: The marks of the Law on Guarding State Secrets, with what may stand about them: 机密★1年.
_MARK = re.compile(r"绝密|机密|秘密|密件|涉密|需保密|\bsecret\b|\bconfidential\b", re.IGNORECASE)
#: What holds such a word and says that there is none; 工作秘密 is no state secret.
_NONE = re.compile(
    "工作秘密|非密|不涉密|非涉密|无密|未涉密|不保密|unclassified|non-secret", re.IGNORECASE
)
#: A whole value that is a mark, in a column that is called otherwise.
_WHOLE = re.compile(
    r"[★【\[(（]?(?:绝密|机密|秘密|密件|涉密)(?:件|文件|级|级文件)?[】\])）]?(?:[★☆*·].*)?"
)
#: What a column that is called so says of a case that is marked.
_YES = re.compile("(?:是|有|真|对|密|√|✓|✔|●|1|y|yes|t|true)(?![涉密否]).*", re.IGNORECASE)
#: A column whose different values are such marks, or say that there is none.
_PLAIN = re.compile("非密|不涉密|无|否|公开|内部|内部资料|普通|一般|工作秘密|")


@dataclass(frozen=True)
class Secrets:
    """
    What of a record is marked as secret.

    Attributes
    ----------
    columns
        Of secrecy: they are left out too.
    cases, rows
        How many are marked.
    """

    columns: tuple[str, ...] = ()
    cases: int = 0
    rows: int = 0


@dataclass(frozen=True)
class Emptied:
    """
    A frame whose marked rows hold nothing any more.

    Attributes
    ----------
    frame
        As it was, the marked rows empty.
    marked
        Whether each row is of a marked case.
    secrets
        What was left out.
    """

    frame: pd.DataFrame
    marked: pd.Series
    secrets: Secrets = field(default_factory=Secrets)


def emptied(frame: pd.DataFrame, case: str) -> Emptied:
    """
    Empty the rows of marked cases.

    Parameters
    ----------
    frame
        One row a step or matter, as it was read.
    case
        The column of ids.

    Notes
    -----
    A case is marked if one of its rows is: in a column that is called 密级 or so, or whose values
    are such marks. A row without an id is marked for itself.

    Examples
    --------
    >>> secrecy = ["", "机密★1年", ""]
    >>> frame = pd.DataFrame({"编号": list("112"), "密级": secrecy, "标题": list("甲乙丙")})
    >>> told = emptied(frame, "编号")
    >>> told.frame["标题"].isna().tolist(), told.secrets
    ([True, True, False], Secrets(columns=('密级',), cases=1, rows=2))
    """
    said = {name: _marked(name, frame[name]) for name in map(str, frame.columns) if name != case}
    found = {name: marks for name, marks in said.items() if marks is not None}
    marked = pd.Series(False, index=frame.index)
    for marks in found.values():
        marked |= marks
    if not marked.any():
        return Emptied(frame, marked, Secrets(tuple(found)))
    # The same id in another width, or as a number of a spreadsheet.
    ids = as_texts(frame[case]).map(plain, na_action="ignore").str.removesuffix(".0")
    marked |= ids.isin(ids[marked].dropna())
    secrets = Secrets(tuple(found), ids[marked].nunique(), int(marked.sum()))
    return Emptied(_gaps_allowed(frame).where(~marked), marked, secrets)


def _marked(name: str, values: pd.Series) -> pd.Series | None:
    """Which cells of a column mark a case; None where it is no column of secrecy."""
    if (
        values.dtype != object
        and not pd.api.types.is_bool_dtype(values)
        and not _CALLED.search(name)
    ):
        return None
    codes, different = pd.factorize(values)
    texts = (plain(text) for text in as_texts(pd.Series(different)).fillna(""))
    marks = _said(texts) if _CALLED.search(name) else _only_marks(texts)
    # A row without a value has the last number, and marks nothing.
    return None if marks is None else pd.Series([*marks, False]).iloc[codes].set_axis(values.index)


def _said(texts: Iterable[str]) -> list[bool]:
    """Which values of a column of secrecy mark a case."""
    return [_says_so(text) for text in texts]


def _only_marks(texts: Iterable[str]) -> list[bool] | None:
    """Which values are marks; None as soon as one neither is a mark nor says that there is none."""
    marks = []
    for text in texts:
        marks.append(bool(_WHOLE.fullmatch(text)))
        if not marks[-1] and not _PLAIN.fullmatch(text):
            return None
    return marks if any(marks) else None


def _says_so(text: str) -> bool:
    """Whether a value of a column of secrecy marks its case."""
    return speaks_of_secrets(text) or bool(_YES.fullmatch(text))


def speaks_of_secrets(text: str) -> bool:
    """
    Whether a text bears a mark of secrecy, however it is set.

    Examples
    --------
    >>> [speaks_of_secrets(text) for text in ("绝　密", "★机密 3年", "工作秘密", "非密")]
    [True, True, False, False]
    """
    return bool(_MARK.search(_NONE.sub("", plain(text))))


def _gaps_allowed(frame: pd.DataFrame) -> pd.DataFrame:
    """Whole numbers and truth values in types that stay what they are beside a gap."""
    kinds = {
        name: "boolean" if pd.api.types.is_bool_dtype(frame[name]) else "Int64"
        for name in frame.columns
        if pd.api.types.is_bool_dtype(frame[name]) or pd.api.types.is_integer_dtype(frame[name])
    }
    return frame.astype(kinds)
