"""How a missed standard is told: how many missed it, where, and one case step by step."""

from __future__ import annotations

from typing import Any

import pandas as pd

from efficiency.findings.standards.associations import plain_side
from efficiency.report.material import Material
from efficiency.report.telling import ToldFinding
from efficiency.report.text.teller import Spans, Teller


def limit_clause(teller: Teller, one: ToldFinding, told: Material) -> Spans:
    """Tell how far a standard was missed, and with what that goes most."""
    found, standard = one.finding, one.finding.about("standard_id")
    missed = found.level == "action"
    names = ("decided", "missed", "share", "gap") if missed else (
        "decided", "missed", "share", "low", "high"
    )  # fmt: skip
    forms = {"decided": "count", "missed": "count", "gap": "points"}
    cells = {
        name: teller.cell(
            "compliance", name, forms.get(name, "percent"), log=found.log, standard_id=standard
        )
        for name in names
    }
    key = "limit_missed" if missed else "limit_doubtful"
    clause = teller.say(key, title=title_of(told, standard), **cells)
    return (*clause, *_side(teller, found.log, standard))


def title_of(told: Material, standard: str, *, whole: bool = False) -> str:
    """What a standard is called in a sentence; or the whole of what it says; else its id."""
    rows = told.standards[told.standards["standard_id"] == standard]
    for name in ("title",) if whole else ("short", "title"):
        text = str(rows[name].iloc[-1]) if len(rows) and name in rows else ""
        if text not in {"", "nan", "None"}:
            return text
    return standard


def parting(tables: Any, log: str, standard: str) -> tuple[Any, Any] | None:
    """The two sides of the first parting of a standard's tree, the worse first; None: no tree."""
    trees = tables.get("trees", pd.DataFrame())
    if not len(trees):
        return None
    here = trees[(trees["log"] == log) & (trees["standard_id"] == standard)]
    sides = here[here["parent"] == 0].sort_values("share", ascending=False)
    return None if len(sides) != 2 else tuple(sides.itertuples(index=False))


def _side(teller: Teller, log: str, standard: str) -> Spans:
    parted = parting(teller.tables, log, standard)
    if parted is None:
        return ()
    worse, rest = parted
    cells = {
        name: teller.cell("trees", column, form, log=log, standard_id=standard, node=side.node)
        for name, column, form, side in (
            ("n", "n", "count", worse), ("late", "late", "count", worse),
            ("share", "share", "percent", worse), ("rest_n", "n", "count", rest),
            ("rest_late", "late", "count", rest), ("rest", "share", "percent", rest),
        )
    }  # fmt: skip
    key = "limit_side" if rest.late else "limit_side_only"
    return teller.say(key, side=side_words(teller, worse), **cells)


def side_words(teller: Teller, row: Any) -> str:
    """
    Say which cases lie on one side of a parting.

    Examples
    --------
    >>> from collections import namedtuple
    >>> from efficiency.report.text.teller import LogWords
    >>> teller = Teller({}, "zh", LogWords("", "文件", "件"))
    >>> side_words(teller, namedtuple("Row", "attribute side value")("hour_band", "is", "16-18"))
    '16时至18时收到'
    """
    side, value = plain_side(row.side, row.value)
    if side == "is not":
        return teller.plain("side_when_not", side=_is(teller, row.attribute, value))
    return _is(teller, row.attribute, value)


def _is(teller: Teller, attribute: str, value: str) -> str:
    if attribute == "hour_band":
        first, _, last = value.partition("-")
        return teller.plain("side_when_hour_band", first=int(first), last=int(last))
    if attribute == "weekday":
        return teller.plain("side_when_weekday", day=teller.plain(f"weekday_{value}"))
    if attribute == "month_end":
        return teller.plain(f"side_when_month_end_{value}")
    if attribute == "unit":
        return teller.plain("side_when_unit", value=value)
    return teller.plain("side_when_is", name=teller.named(attribute), value=teller.named(value))


def typical_case(teller: Teller, one: ToldFinding, told: Material) -> Spans:
    """
    Tell the case that missed a standard by most, without names; none where none is whole.

    Notes
    -----
    Whole is a case that was done, and of which the record holds both moments to the minute.
    """
    found, standard = one.finding, one.finding.about("standard_id")
    rows = teller.tables["judgements"]
    late = rows[(rows["log"] == found.log) & (rows["standard_id"] == standard)]
    late = late[(late["verdict"] == "late") & late["over_hours"].notna()]
    for name in ("from_time", "to_time"):
        late = late[late[name] != late[name].dt.normalize()]
    if late.empty:
        return ()
    worst = late.sort_values(["over_hours", "case_id"], ascending=[False, True]).iloc[0]
    key = {"log": found.log, "standard_id": standard, "case_id": worst["case_id"]}
    key |= {} if pd.isna(worst["occurrence"]) else {"occurrence": worst["occurrence"]}
    moments = {"began": "from_time", "due": "due", "done": "to_time"}
    years = {worst[column].year for column in moments.values()}
    years |= {pd.Timestamp(day).year for day in told.period}
    form = "moment" if len(years) == 1 else "full moment"
    cells = {
        name: teller.cell("judgements", column, form, **key) for name, column in moments.items()
    }
    limit = told.standards[told.standards["standard_id"] == standard].iloc[-1]
    elapsed = str(limit.get("clock") or "") == "elapsed"
    over: Any = (
        teller.cell("judgements", "over_hours", "hours", **key)
        if elapsed
        else teller.hours("judgements", "over_hours", **key)
    )
    return teller.say(
        "typical_case_elapsed" if elapsed else "typical_case", case=str(worst["case_id"]),
        begins=_activity(limit["from"]), ends=_activity(limit["to"]), over=over, **cells,
    )  # fmt: skip


def _activity(moment: Any) -> str:
    """The activities of a moment without its kind: 承办 of 承办.received."""
    return "、".join(dict.fromkeys(part.partition(".")[0] for part in str(moment).split("|")))
