"""五、原因分析: what goes with the problems, what is waited for, where nothing could be told."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from efficiency.findings.discoveries import DISCOVERY_RATE
from efficiency.language import of, semicolon
from efficiency.report.blocks import Block
from efficiency.report.chapters.frame import Sections
from efficiency.report.chapters.shortfalls import heading_of, themes_of
from efficiency.report.material import Material
from efficiency.report.telling import ToldFinding
from efficiency.report.text.limits import parting, side_words, title_of
from efficiency.report.text.teller import Spans, Teller

#: Circumstances that are named of one standard.
MOST_FACTORS = 3
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
            yield sections.titled(heading_of(told, theme))
            yield teller.paragraph(*(_goes_with(told, one) for one in missed))
    parts = [(log, part) for log in told.logs if (part := _waiting(told.teller(log), log.name))]
    if parts:
        yield sections.heading("section_waiting")
        yield teller.paragraph(*(part for _, part in parts))
    unclear = list(_no_difference(teller, told))
    if unclear:
        yield sections.heading("section_no_difference")
        yield teller.paragraph(*unclear)
    if any(one.kind != "standard" for theme in found for one in theme.findings):
        yield teller.paragraph(teller.say("causes_untested"))


def _goes_with(told: Material, one: ToldFinding) -> Spans:
    teller = told.teller(told.log(one.finding.log))
    standard = one.finding.about("standard_id")
    title = title_of(told, standard)
    factors = _factors(teller, one.finding.log, standard)
    side = _side(teller, one.finding.log, standard)
    stop, colon = teller.plain("stop"), of(("：", ": "), teller.language)
    if not factors:
        return (f"“{title}”{colon}", *side, stop) if side else (
            *teller.say("causes_none", title=title), stop
        )  # fmt: skip
    whole = teller.say("causes_factor", title=title, parts=teller.listed(factors))
    return (*whole, *((semicolon(teller.language), *side) if side else ()), stop)


def _factors(teller: Teller, log: str, standard: str) -> list[Spans]:
    """Name the circumstances that go with lateness beyond chance, over all that were looked at."""
    table = teller.tables.get("factors", pd.DataFrame())
    if not len(table):
        return []
    mine = table[(table["log"] == log) & (table["standard_id"] == standard) & (table["low"] > 0)]
    sure = mine[mine["p"] * len(table) <= DISCOVERY_RATE]
    ranked = sure.sort_values(["share", "attribute"], ascending=[False, True]).head(MOST_FACTORS)
    return [
        teller.say(
            "causes_factor_part", attribute=teller.named(attribute),
            share=teller.cell(
                "factors", "share", "percent", log=log, standard_id=standard, attribute=attribute
            ),
        )
        for attribute in ranked["attribute"]
    ]  # fmt: skip


def _side(teller: Teller, log: str, standard: str) -> Spans:
    parted = parting(teller.tables, log, standard)
    if parted is None:
        return ()
    worse, rest = parted
    cells = {
        name: teller.cell("trees", column, "count", log=log, standard_id=standard, node=side.node)
        for name, column, side in (
            ("n", "n", worse), ("late", "late", worse), ("rest_n", "n", rest),
            ("rest_late", "late", rest),
        )
    }  # fmt: skip
    return teller.say("causes_side", side=side_words(teller, worse), **cells)


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


def _no_difference(teller: Teller, told: Material) -> Iterator[Spans]:
    counts = told.counts
    if counts["compared"] > counts["compared_apart"]:
        cells = {
            name: teller.cell("standing", "value", "count", measure=measure)
            for name, measure in (("tests", "compared"), ("apart", "compared_apart"))
        }
        yield teller.say("groups_told", **cells)
    if counts["compared_untested"]:
        untested = teller.cell("standing", "value", "count", measure="compared_untested")
        yield teller.say("groups_untested", untested=untested)
    balance = told.tables.get("balance", pd.DataFrame())
    if len(balance) and not any(one.kind == "backlog" for one in told.findings):
        yield teller.say("balance_even")
