"""Cases marked as state secrets: what their rows hold is left out before anything is read of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pandas as pd

from efficiency.evidence.log.texts import as_texts, trim

#: What columns of secrecy are called.
_CALLED = re.compile("密级|涉密|保密|密件|是否.{0,2}密")
#: The marks of the Law on Guarding State Secrets, also with a term: 机密★1年.
_MARK = re.compile(r"(?:绝密|机密|秘密|密件|涉密)(?:件|文件|级|级文件)?(?:\s*[★☆*].*)?")
#: What a column that is called so says of a case that is marked.
_YES = re.compile("是|有|密|1|y|yes|true", re.IGNORECASE)
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
    ids = as_texts(frame[case]).map(trim, na_action="ignore")
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
    texts = as_texts(values).map(trim, na_action="ignore")
    different = texts.dropna().drop_duplicates()
    marks = {text for text in different if _MARK.fullmatch(text)}
    others = [text for text in different if text not in marks]
    if _CALLED.search(name):
        marks |= {text for text in others if _YES.fullmatch(text)}
    elif not marks or not all(_PLAIN.fullmatch(text) for text in others):
        return None
    return texts.isin(marks)


def _gaps_allowed(frame: pd.DataFrame) -> pd.DataFrame:
    """Whole numbers and truth values in types that stay what they are beside a gap."""
    kinds = {
        name: "boolean" if pd.api.types.is_bool_dtype(frame[name]) else "Int64"
        for name in frame.columns
        if pd.api.types.is_bool_dtype(frame[name]) or pd.api.types.is_integer_dtype(frame[name])
    }
    return frame.astype(kinds)
