"""The table of staff: how many people each office has, by education, post and age."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.evidence.log.sources import open_source
from efficiency.evidence.log.texts import as_texts, plain, trim
from efficiency.evidence.named_columns import named_columns
from efficiency.problems import Problem, SettingsError, listed

#: What people call the columns of a long table.
NAMES = {
    "office": ("office", "单位", "单位名称", "部门", "处室"),
    "education": ("education", "学历", "文化程度"),
    "post_type": ("post_type", "岗位类别", "人员类别", "岗位", "编制类别"),
    "age_band": ("age_band", "年龄段", "年龄"),
    "headcount": ("headcount", "人数"),
}
_TRAITS = ("education", "post_type", "age_band")
#: What the columns of a wide table are values of.
_VALUES = {
    "education": r"中专|高中|初中|大专|专科|本科|硕士|博士|研究生|学历",
    "post_type": r"公务员|事业|工勤|参公|编外|聘用|合同|其他",
    "age_band": r"\d+\s*岁|^\d+\s*[-—~～至]\s*\d+$",
    "total": r"^(?:总|工作人员|职工|在册|在编|实有)*(?:人数|总数|合计|数)$|^total$|^headcount$",
}
#: What stands behind the name of a value.
_COUNTED = re.compile(r"(?:人员)?(?:人数|数)$")
_COUNT = re.compile(r"^(\d{1,7})\s*(余|多|\+)?\s*(?:余|多)?\s*[人名个]*$")
_MASKED = {"*", "**", "***", "＊", "-", "—", "/", "##", "#", "x", "×", ""}


def read_staffing(path: str | Path) -> pd.DataFrame:
    """
    Read a table of staff.

    Parameters
    ----------
    path
        A csv file or workbook: one row an office and a column a kind of people (总数, 本科, 公务员,
        35岁以下 …), or one row an office, ``education`` and ``post_type`` with its ``headcount``.
        ``*`` is masked; 30余 is a lower bound.

    Returns
    -------
    DataFrame
        ``tables.STAFFING``, one row an office, trait and value. ``doubted`` where the known parts
        of an office are more than its total, or all parts are known and fewer.

    Raises
    ------
    SettingsError
        Lists every missing column and every number that is none, with its line.
    """
    source = open_source(Path(path))
    frame = source.frame.rename(columns=str)
    frame = pd.DataFrame({name: as_texts(frame[name]).fillna("").map(trim) for name in frame})
    there = named_columns(frame, NAMES, ("office",), source.name)
    office, count = there["office"], there["headcount"]
    traits = {name: there[name] for name in _TRAITS if there[name]}
    is_long = bool(count and traits)
    told = _long(frame, office, count, traits) if is_long else _wide(frame, office)
    if told.empty:
        details = {"names": "学历、人员类别 / education, headcount", "have": listed(frame.columns)}
        raise SettingsError([Problem("no_named_column", details, source.name, 1)])
    if problems := [*_unread(told, source.name), *_twice(told, source.name)]:
        raise SettingsError(problems)
    read = told["said"].map(_read)
    whole = told.assign(headcount=[one[0] for one in read], at_least=[one[1] for one in read])
    whole = _summed(whole)
    whole = whole.assign(doubted=whole["office"].isin(doubtful(whole)))
    return tables.STAFFING.check(whole[tables.STAFFING.names].reset_index(drop=True))


def doubtful(staffing: pd.DataFrame) -> list[str]:
    """
    The offices whose figures do not add up.

    Examples
    --------
    >>> rows = [("甲", "total", "", 4.0), ("甲", "education", "本科", 9.0)]
    >>> frame = pd.DataFrame(rows, columns=["office", "attribute", "value", "headcount"])
    >>> doubtful(frame.assign(at_least=False))
    ['甲']
    """
    return [
        str(office) for office, rows in staffing.groupby("office", sort=False) if _disagree(rows)
    ]


#: Traits of which a table that has one has all values; of ages it may have some.
_WHOLE = ("education", "post_type")


def _disagree(rows: pd.DataFrame) -> bool:
    """Whether the parts of an office are more than its total, or are all known and are not it."""
    parts = rows[(rows["attribute"] != "total") & ~rows["at_least"]].groupby("attribute")
    least = parts["headcount"].sum()
    sums = parts["headcount"].sum(min_count=1).where(parts["headcount"].count() == parts.size())
    whole = sums.reindex([name for name in _WHOLE if name in sums.index]).dropna()
    total = rows.loc[rows["attribute"] == "total"].dropna(subset=["headcount"])
    if total.empty or total["at_least"].any():
        return len(whole.unique()) > 1
    most = float(total["headcount"].iloc[0])
    return bool((least > most).any() or (whole < most).any())


def _long(frame: pd.DataFrame, office: str, count: str, traits: Mapping[str, str]) -> pd.DataFrame:
    parts = [
        pd.DataFrame({"office": frame[office], "attribute": trait,
                      "value": frame[column], "said": frame[count],
                      "line": frame.index + 2, "column": count, "again": False})
        for trait, column in traits.items()
    ]  # fmt: skip
    whole = pd.concat(parts, ignore_index=True)
    return whole[whole["value"] != ""]


def _wide(frame: pd.DataFrame, office: str) -> pd.DataFrame:
    parts = []
    for name in frame:
        trait = next((t for t, form in _VALUES.items() if re.search(form, plain(name))), "")
        if name != office and trait:
            value = "" if trait == "total" else _COUNTED.sub("", name) or name
            parts.append(pd.DataFrame({"office": frame[office], "attribute": trait, "value": value,
                                       "said": frame[name], "line": frame.index + 2,
                                       "column": name,
                                       "again": frame[office].duplicated()}))  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _unread(told: pd.DataFrame, file: str) -> Iterator[Problem]:
    wrong = ~told["said"].map(lambda text: text.lower() in _MASKED or bool(_COUNT.match(text)))
    for row in told[wrong].drop_duplicates(["line", "column"]).itertuples(index=False):
        details = {"name": row.column, "got": row.said, "right": "12、30余、* / 12, 30+, *"}
        yield Problem("bad_value", details, file, int(row.line), row.column)


def _twice(told: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Offices of a wide table that have two rows: their people would be counted twice."""
    for row in told[told["again"]].drop_duplicates(["office", "line"]).itertuples(index=False):
        yield Problem("office_twice", {"got": row.office}, file, int(row.line))


def _read(said: str) -> tuple[float, bool]:
    found = _COUNT.match(said)
    return (float(found[1]), bool(found[2]) or "余" in said) if found else (np.nan, False)


def _summed(told: pd.DataFrame) -> pd.DataFrame:
    """One row an office, trait and value: a part that is masked leaves its sum unknown."""
    keys = ["office", "attribute", "value"]
    by = told.groupby(keys, sort=False)
    whole: pd.DataFrame = by.agg(
        headcount=("headcount", lambda part: part.sum(skipna=False)), at_least=("at_least", "any")
    ).reset_index()
    return whole
