"""The table of leave: who is away when, and who stands in (AB岗)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from efficiency import tables
from efficiency._doors.files import read_text_table
from efficiency.evidence.named_columns import named_columns, told_by
from efficiency.evidence.points.cells import read_date
from efficiency.problems import Problem, SettingsError

#: What people call the columns.
NAMES = {
    "actor": ("actor", "姓名", "人员", "离岗人", "休假人", "A岗"),
    "first": ("first", "离岗日期", "开始日期", "休假开始", "起始日期", "开始"),
    "last": ("last", "返岗前一日", "结束日期", "休假结束", "截止日期", "结束"),
    "cover": ("cover", "顶岗人", "代理人", "B岗", "AB岗"),
}


def read_absences(path: str | Path) -> pd.DataFrame:
    """
    Read a table of leave.

    Parameters
    ----------
    path
        A csv file: who is away, the first and the last day, and who stands in; the columns by our
        names or those of `NAMES`.

    Returns
    -------
    DataFrame
        ``tables.ABSENCES``, in the order of the file.

    Raises
    ------
    SettingsError
        Lists every missing column, every day that cannot be read and every span that ends before
        it begins, with its line.
    """
    path = Path(path)
    frame = read_text_table(path).frame
    columns = named_columns(frame, NAMES, NAMES, path.name)
    told = told_by(frame, columns)
    problems = list[Problem]()
    days = {name: _days(told[name], columns[name], path.name, problems) for name in _DAYS}
    whole = told.assign(**days)
    backwards = whole.index[whole["last"] < whole["first"]]
    for at in backwards:
        details = {"first": told.at[at, "first"], "last": told.at[at, "last"]}
        problems.append(Problem("leave_days", details, path.name, int(at) + 2, columns["last"]))
    for at in whole.index[(whole["actor"] == whole["cover"]) & (whole["actor"] != "")]:
        details = {"got": told.at[at, "cover"]}
        problems.append(Problem("own_cover", details, path.name, int(at) + 2, columns["cover"]))
    for name in ("actor", "cover"):
        for at in whole.index[whole[name] == ""]:
            details = {"name": columns[name], "example": f"{columns[name]} = 张三"}
            problems.append(Problem("no_key", details, path.name, int(at) + 2, columns[name]))
    if problems:
        raise SettingsError(sorted(problems, key=lambda one: one.line or 0))
    return tables.ABSENCES.check(whole[tables.ABSENCES.names])


_DAYS = ("first", "last")


def _days(text: pd.Series, column: str, file: str, problems: list[Problem]) -> pd.Series:
    """The days of a column; what is none is told."""
    known = {}
    for value in text.unique():
        try:
            known[value] = read_date(value)
        except ValueError:
            known[value] = pd.NaT
    days = text.map(known).astype("datetime64[us]")
    for at in text.index[days.isna()]:
        details = {"name": column, "got": text[at]}
        problems.append(Problem("date", details, file, int(at) + 2, column))
    return days
