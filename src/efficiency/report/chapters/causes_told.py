"""五、原因分析: what goes with the problems, what is waited for, where nothing could be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from efficiency.findings.discoveries import DISCOVERY_RATE
from efficiency.report.blocks import Block
from efficiency.report.chapters.frame import Sections
from efficiency.report.chapters.shortfalls import themes_of
from efficiency.report.chapters.voices import reasons_told
from efficiency.report.material import Material
from efficiency.report.telling import ToldFinding
from efficiency.report.text.limits import parting, side_words, title_of
from efficiency.report.text.teller import Spans, Teller

#: Circumstances that are named of one standard.
MOST_FACTORS = 3
#: Circumstances that are named as having no association; of each log where there are many.
MOST_NAMED, MOST_BRIEF = 6, 2
#: Causes of waiting that are no reason on record, and that lie outside office hours.
UNSEEN, OFF = "other", "off"
#: A smaller part of the waiting is not told.
LEAST_PART = 0.02


def tell_causes_told(told: Material, place: int) -> Iterator[Block]:
    """Tell the fifth chapter."""
    teller, sections = told.teller(), Sections(told, place)
    found = themes_of(told)
    yield teller.paragraph(teller.say("causes_opening" if found else "causes_no_problem"))
    for theme in found:
        missed = [one for one in theme.main if one.kind == "standard"]
        if missed:
            yield sections.heading(f"causes_of_{theme.name}")
            yield teller.paragraph(*_all_with(told, missed))
    parts = [(log, part) for log in told.logs if (part := _waiting(told.teller(log), log.name))]
    if parts:
        yield sections.heading("section_waiting")
        yield teller.paragraph(*(part for _, part in parts))
    if said := list(reasons_told(teller, told)):
        yield sections.heading("section_said")
        yield teller.paragraph(*said, teller.say("said_caution"))
    unclear = list(_no_difference(teller, told))
    if unclear:
        yield sections.heading("section_no_difference")
        yield teller.paragraph(*unclear)
    silent = [
        theme
        for theme in found
        if not any(one.kind == "standard" for one in theme.main)
        and not (theme.name == "pace" and parts)
    ]
    if silent:
        names = teller.listed([teller.say(f"short_{theme.name}") for theme in silent])
        yield teller.paragraph(teller.say("causes_untested", themes=names))


def _all_with(told: Material, missed: Sequence[ToldFinding]) -> Iterator[Spans]:
    """Tell what each limit's lateness goes with; those of which nothing is known, together."""
    known = [one for one in missed if _is_known(told, one)]
    yield from (_goes_with(told, one) for one in known)
    others = [one for one in missed if one not in known]
    if len(others) == 1:
        yield _goes_with(told, others[0])
    elif others:
        teller = told.teller()
        titles = [
            teller.say("causes_title", title=title_of(told, one.finding.about("standard_id")))
            for one in others
        ]
        yield (*teller.say("causes_none_of", titles=teller.listed(titles)), teller.plain("stop"))


def _is_known(told: Material, one: ToldFinding) -> bool:
    key = (told.tables, one.finding.log, one.finding.about("standard_id"))
    return parting(*key) is not None or bool(_sure(*key))


def _goes_with(told: Material, one: ToldFinding) -> Spans:
    teller = told.teller(told.log(one.finding.log))
    standard = one.finding.about("standard_id")
    title = title_of(told, standard)
    parted = parting(teller.tables, one.finding.log, standard)
    sure = _sure(teller.tables, one.finding.log, standard)
    stop = teller.plain("stop")
    if parted is None:
        parts = teller.listed([(teller.named(name),) for name in sure])
        key = "causes_factor" if sure else "causes_none"
        return (*teller.say(key, title=title, parts=parts), stop)
    worse, rest = parted
    row = {"log": one.finding.log, "standard_id": standard}
    cells = {
        name: teller.cell("trees", name, "count", **row, node=worse.node) for name in ("n", "late")
    }
    told_side = teller.say(
        "causes_side" if rest.late else "causes_side_all", title=title,
        side=side_words(teller, worse), missed=teller.cell("compliance", "missed", "count", **row),
        **cells,
    )  # fmt: skip
    beside = [(teller.named(name),) for name in sure if name != worse.attribute]
    also = teller.say("causes_also", parts=teller.listed(beside)) if beside else ()
    return (*told_side, *also, stop)


def _sure(tables: Any, log: str, standard: str) -> list[str]:
    """The circumstances that go with lateness beyond chance, over all that were looked at."""
    table = tables.get("factors", pd.DataFrame())
    if not len(table):
        return []
    mine = table[(table["log"] == log) & (table["standard_id"] == standard) & (table["low"] > 0)]
    sure = mine[mine["p"] * len(table) <= DISCOVERY_RATE]
    ranked = sure.sort_values(["share", "attribute"], ascending=[False, True]).head(MOST_FACTORS)
    return [str(name) for name in ranked["attribute"]]


def _unseen(tables: Any, log: str) -> list[str]:
    """The circumstances of which no association with any time limit is known."""
    table = tables.get("factors", pd.DataFrame())
    if not len(table):
        return []
    mine = table[table["log"] == log]
    seen = {name for one in mine["standard_id"].unique() for name in _sure(tables, log, one)}
    trees = tables.get("trees", pd.DataFrame())
    if len(trees):
        seen |= set(trees.loc[(trees["log"] == log) & (trees["parent"] == 0), "attribute"])
    return [str(name) for name in dict.fromkeys(mine["attribute"]) if name not in seen]


def _waiting(teller: Teller, log: str) -> Spans:
    """Tell what the waiting inside office hours goes with, the largest part first."""
    table = teller.tables.get("waiting", pd.DataFrame())
    if not len(table):
        return ()
    mine = table[(table["log"] == log) & (table["activity"] == "") & (table["cause"] != OFF)]
    mine = mine[mine["work_share"] >= LEAST_PART]
    known = mine[mine["cause"] != UNSEEN].sort_values("work_share", ascending=False)

    def share(cause: str) -> object:
        return teller.cell("waiting", "work_share", "percent", log=log, activity="", cause=cause)

    parts = [
        teller.say("waiting_part_told", share=share(cause), cause=teller.plain(f"waited_{cause}"))
        for cause in known["cause"]
    ]
    if (mine["cause"] == UNSEEN).any():
        parts.append(teller.say("waiting_unseen", share=share(UNSEEN)))
    return teller.say("waiting_parts", parts=teller.listed(parts)) if parts else ()


def _even(teller: Teller, told: Material) -> Spans:
    """Name, in one sentence, the circumstances that no log shows to go with lateness."""
    unseen = [(log, names) for log in told.logs if (names := _unseen(told.tables, log.name))]
    parts: list[Spans] = []
    for log, every in unseen:
        most = MOST_BRIEF if told.is_wide else MOST_NAMED
        named = teller.listed([(teller.named(name),) for name in every[:most]])
        more = "_more" if len(every) > most else ""
        if len(unseen) == 1:
            return teller.say(f"factors_even{more}", names=named)
        parts.append(teller.say(f"factors_of_log{more}", log=log.called, names=named))
    if not parts:
        return ()
    return teller.say("factors_even_logs", parts=teller.listed(parts, "semicolon"))


def _no_difference(teller: Teller, told: Material) -> Iterator[Spans]:
    counts = told.counts
    if even := _even(teller, told):
        yield even
    if counts["compared"] > counts["compared_apart"]:
        yield teller.say("groups_told")
    if counts["compared_untested"]:
        yield teller.say("groups_untested")
    balance = told.tables.get("balance", pd.DataFrame())
    looked = len(balance) and balance["p"].notna().any()
    closes = any(log.counts["open"] < log.counts["cases"] for log in told.logs)
    if looked and closes and not any(one.kind == "backlog" for one in told.findings):
        yield teller.say("balance_even")
