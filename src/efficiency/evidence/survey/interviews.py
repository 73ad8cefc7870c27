"""The coding table of interviews: what was said, under which theme and code."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from efficiency import tables
from efficiency.evidence.log.sources import open_source
from efficiency.evidence.named_columns import named_columns, told_by
from efficiency.problems import Problem, SettingsError

#: What people call the columns.
NAMES = {
    "interview": ("interview", "访谈编号", "访谈", "编号"),
    "office": ("office", "单位", "部门", "处室"),
    "post_type": ("post_type", "岗位类别", "人员类别", "岗位", "职务"),
    "theme": ("theme", "主题"),
    "code": ("code", "编码", "要点"),
    "quote": ("quote", "原话", "摘录", "访谈记录"),
}
_NEEDED = ("interview", "theme")


def read_interviews(path: str | Path) -> pd.DataFrame:
    """
    Read a coding table of interviews.

    Parameters
    ----------
    path
        A csv file or workbook, one row a coded passage, in the order in which the interviews were
        held: ``interview, office, post_type, theme, code, quote`` (访谈编号, 单位, 岗位类别, 主题,
        编码, 原话). An interview in which nothing was coded has a row without a theme.

    Returns
    -------
    DataFrame
        ``tables.INTERVIEWS``.

    Raises
    ------
    SettingsError
        Lists every missing column, and every row without an interview, with its line.
    """
    source = open_source(Path(path))
    frame = source.frame.rename(columns=str)
    there = named_columns(frame, NAMES, _NEEDED, source.name)
    told = told_by(frame, there)
    told = told.assign(theme=told["theme"].where(told["theme"] != "", told["code"]))
    told = told.assign(code=told["code"].where(told["code"] != "", told["theme"]))
    empty = told.index[told["interview"] == ""]
    if len(empty):
        details = {"name": there["interview"], "example": "访01"}
        raise SettingsError(
            Problem("no_key", details, source.name, int(at) + 2, there["interview"]) for at in empty
        )
    return tables.INTERVIEWS.check(told[tables.INTERVIEWS.names].reset_index(drop=True))
