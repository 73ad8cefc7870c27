"""How many questionnaires were issued and returned, office by office where that is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from efficiency import tables
from efficiency.evidence.log.sources import open_source
from efficiency.evidence.named_columns import named_columns, told_by
from efficiency.problems import Problem, SettingsError

#: What people call the columns.
NAMES = {
    "office": ("office", "单位", "单位名称", "部门"),
    "issued": ("issued", "发放", "发放份数", "发放数"),
    "returned": ("returned", "回收", "回收份数", "回收数"),
}


#: Rows that add up the others.
_TOTALS = frozenset({"合计", "总计", "小计", "total"})


def read_sent_out(path: str | Path) -> pd.DataFrame:
    """
    Read a table of how many questionnaires each office was given and gave back.

    Parameters
    ----------
    path
        A csv file: ``office, issued, returned`` (单位, 发放, 回收); ``returned`` may be left out.

    Returns
    -------
    DataFrame
        ``tables.SENT_OUT``.

    Raises
    ------
    SettingsError
        Lists every number that is none and every office of which more came back than went out.
    """
    path = Path(path)
    frame = open_source(path).frame.rename(columns=str)
    there = named_columns(frame, NAMES, ("office", "issued"), path.name)
    said = told_by(frame, there)
    totals = said["office"].isin(_TOTALS)
    said, frame = said[~totals], frame[~totals]
    told = said[["office"]]
    problems = list[Problem]()
    for name in ("issued", "returned"):
        text = said[name]
        number = pd.to_numeric(text.where(text.str.fullmatch(r"\d{1,6}")), errors="coerce")
        blank = text == "" if name == "returned" else pd.Series(data=False, index=text.index)
        for at in text.index[number.isna() & ~blank]:
            details = {"name": there[name], "got": text[at], "right": "42"}
            problems.append(Problem("bad_value", details, path.name, int(at) + 2, there[name]))
        told = told.assign(**{name: number.astype("Int64")})
    problems += _wrong(told, path.name, there)
    if problems:
        raise SettingsError(problems)
    return tables.SENT_OUT.check(told)


def _wrong(told: pd.DataFrame, file: str, there: dict[str, str]) -> Iterator[Problem]:
    for at in told.index[(told["returned"] > told["issued"]).fillna(False)]:
        details = {"office": told.at[at, "office"], "returned": told.at[at, "returned"],
                   "issued": told.at[at, "issued"]}  # fmt: skip
        yield Problem("more_returned", details, file, int(at) + 2, there["returned"])
    for at in told.index[told["office"].duplicated()]:
        yield Problem("office_twice", {"got": told.at[at, "office"]}, file, int(at) + 2)


def held_against(sent: pd.DataFrame, people: pd.DataFrame, file: str) -> list[Problem]:
    """
    What does not fit between what was issued and what is in the file of answers.

    Parameters
    ----------
    sent
        ``tables.SENT_OUT``; a row without an office is of all together.
    people
        As `Answers` has it.
    file
        The file of ``sent``, for messages.
    """
    by_office = people["office"].value_counts()
    problems = []
    for at, row in sent.iterrows():
        got = len(people) if row["office"] == "" else int(by_office.get(row["office"], 0))
        most = row["issued"] if pd.isna(row["returned"]) else row["returned"]
        if got > most:
            details = {"office": row["office"], "got": got, "most": int(most)}
            line = int(at) + 2 if row["office"] else None
            problems.append(Problem("more_answers", details, file, line))
    known = set(sent["office"])
    issued = sent["issued"].sum()
    if known - {""} and len(people) > issued:
        details = {"office": "", "got": len(people), "most": int(issued)}
        problems.append(Problem("more_answers", details, file))
    if known - {""} and people["office"].notna().any():
        unknown = sorted(set(people["office"].dropna()) - known)
        problems += [Problem("office_not_issued", {"got": name}, file) for name in unknown]
    return problems
