"""二、基本现状: how much came in, which way it went, how long it took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import pandas as pd

from efficiency.facts.maps.flow_map import drawn_activities, traffic
from efficiency.language import joined
from efficiency.report.blocks import Block, Grid, Picture, Ref, titled
from efficiency.report.chapters.entries_told import entries_told
from efficiency.report.chapters.frame import Sections, date_words
from efficiency.report.chapters.opening import cutoff_words, period_words
from efficiency.report.chapters.voices import staff_told
from efficiency.report.material import LogMaterial, Material
from efficiency.report.numbers import Bound
from efficiency.report.plots.drawing.style import drawing
from efficiency.report.plots.process_plots import plot_step_times, plot_volume
from efficiency.report.process_map import process_map
from efficiency.report.text.teller import Spans, Teller

#: Ways through of which the share is told for the most frequent together.
MOST_WAYS = 10
#: Kinds of matter that are named; attributes that tell them.
MOST_KINDS, MOST_ATTRIBUTES = 5, 2
#: Steps of the prescribed flow that a sentence holds.
MOST_STEPS = 14
#: Below so many a sample is small.
_FEW_STEPS = 30


def tell_situation(told: Material, place: int) -> Iterator[Block]:
    """Tell the second chapter, log by log."""
    sections, many = Sections(told, place), len(told.flowing) > 1
    flowing = told.flowing or told.logs
    first = flowing[0]
    teller = told.teller(first)
    if many:
        yield teller.paragraph(teller.say("works_told", table=Ref("works")))
        yield works_grid(told, flowing)
    else:
        yield teller.paragraph(_opening(told, first))
    if "staff" in told.tables:
        yield sections.heading("section_staff")
        yield teller.paragraph(*staff_told(teller, told))
    for log in flowing:
        if told.is_wide:
            yield sections.titled(log.words.title)
            yield from _briefly(told, log)
        else:
            yield from _whole(told, log, sections, log.words.title if many else "")


def in_main_text(told: Material, log: LogMaterial, what: str) -> bool:
    """Whether a picture of a log stands here: of many logs the map of the first alone does."""
    return not told.is_wide or (what == "map" and log.name == told.flowing[0].name)


def _briefly(told: Material, log: LogMaterial) -> Iterator[Block]:
    """Tell a log in one paragraph."""
    teller = told.teller(log)
    yield teller.paragraph(*_volume(told, log), *_flow(told, log), *_times(told, log))
    if in_main_text(told, log, "map"):
        yield flow_map(teller, log)


def _whole(told: Material, log: LogMaterial, sections: Sections, title: str) -> Iterator[Block]:
    """Tell a log in sections of its volume, its flow and its times, each with its picture."""
    teller = told.teller(log)
    yield sections.heading("section_volume", title)
    yield teller.paragraph(*_volume(told, log))
    yield volume_picture(told, log)
    if not log.flows:
        return
    yield sections.heading("section_flow", title)
    yield teller.paragraph(*_flow(told, log))
    yield flow_map(teller, log)
    yield sections.heading("section_times", title)
    yield teller.paragraph(*_times(told, log))
    if len(log.summary):
        yield steps_picture(told, log)


def works_grid(told: Material, logs: Sequence[LogMaterial]) -> Grid:
    """The map of the office's work: a row a kind of work, each figure bound."""
    rows = []
    for log in logs:
        teller = told.teller(log)

        def cell(
            column: str, form: str, teller: Teller = teller, name: str = log.name
        ) -> Bound | str:
            return teller.cell("works", column, form, log=name)

        row = told.tables["works"].set_index("log").loc[log.name]
        rows.append(
            {
                "work": log.called,
                "work_cases": cell("cases", "count"),
                "work_done": cell("done_share", "percent") if log.open_seen else "—",
                "work_median": "—"
                if pd.isna(row["median_hours"])
                else cell("median_hours", "hours"),
                "work_limits": cell("standards", "count"),
                "work_met": cell("standards_met", "count"),
                "work_rules": cell("rules", "count"),
                "work_broken": cell("rules_broken", "count"),
            }
        )
    caption = told.teller().plain("works_caption")
    return titled(pd.DataFrame(rows), caption, told.language, name="works")


def _opening(told: Material, log: LogMaterial) -> Spans:
    teller = told.teller(log)
    if not (log.flows and log.open_seen):
        return teller.say("situation_opening_short")
    cells = {
        name: teller.cell("overview", name, form, log=log.name)
        for name, form in (("done", "count"), ("done_share", "percent"))
    }
    if log.counts["open"] == log.counts["cases"]:
        return teller.say("situation_opening_open", period=period_words(told))
    return teller.say("situation_opening", period=period_words(told), **cells)


def _volume(told: Material, log: LogMaterial) -> Iterator[Spans]:
    teller = told.teller(log)
    overview = _row(told, log)
    figure = Ref(f"volume {log.name}")
    yield _cases(told, log, overview["change"])
    own = list(entries_told(told, log))
    yield from own or islice(_kinds(teller, log), 1 if told.is_wide else None)
    yield _months(teller, told, log)
    if log.open_seen:
        n = teller.cell("overview", "open", "count", log=log.name)
        yield teller.say("volume_open", cutoff=cutoff_words(told), figure=figure, open=n)
    else:
        yield teller.say("volume_unseen", figure=figure)
    if overview["cancelled"]:
        n = teller.cell("overview", "cancelled", "count", log=log.name)
        yield teller.say("volume_cancelled", cancelled=n)


def volume_picture(told: Material, log: LogMaterial) -> Picture:
    """What came in, was done and is open, month by month."""
    teller, axes = told.teller(log), plot_volume(log.volume, language=told.language)
    caption = teller.plain("figure_volume", title=log.words.title, cases=log.counts["cases"])
    return Picture(
        drawing(axes), caption, alt=teller.plain("alt_volume", months=len(log.volume)),
        name=f"volume {log.name}",
    )  # fmt: skip


def _row(told: Material, log: LogMaterial) -> pd.Series:
    table = told.tables["overview"]
    return table[table["log"] == log.name].iloc[0]


def _cases(told: Material, log: LogMaterial, change: float) -> Spans:
    """Tell how many came in, and how many more than in the time compared with."""
    teller, period = told.teller(log), period_words(told)
    cases = teller.cell("overview", "cases", "count", log=log.name)
    if pd.isna(change):
        return teller.say("volume_cases", period=period, cases=cases)
    key = "volume_more" if change > 0 else "volume_fewer" if change < 0 else "volume_same"
    size = teller.cell("overview", "change", "size", log=log.name)
    baseline = date_words(told, told.baseline)
    return teller.say(key, period=period, cases=cases, change=size, baseline=baseline)


def _kinds(teller: Teller, log: LogMaterial) -> Iterator[Spans]:
    table = teller.tables.get("matters", pd.DataFrame())
    mine = table[table["log"] == log.name] if len(table) else table
    names = list(dict.fromkeys(mine["attribute"]))[:MOST_ATTRIBUTES] if len(mine) else []
    for name in names:
        values = mine.loc[mine["attribute"] == name, "value"].head(MOST_KINDS)
        parts = [
            teller.say(
                "volume_kind", value=teller.named(value),
                cases=teller.cell(
                    "matters", "cases", "count", log=log.name, attribute=name, value=value
                ),
            )
            for value in values
        ]  # fmt: skip
        yield teller.say("volume_kinds", attribute=teller.named(name), parts=teller.listed(parts))


def _months(teller: Teller, told: Material, log: LogMaterial) -> Spans:
    """Tell the fullest and the emptiest month of those that lie within the study."""
    table = teller.tables["volume"]
    first = pd.Timestamp(told.period[0] if told.period else log.first)
    last = min(pd.Timestamp(told.period[1]) if told.period else told.cutoff, told.cutoff)
    begins = pd.to_datetime(table["month"])
    whole = (begins >= first.normalize()) & (begins + pd.offsets.MonthEnd(0) <= last)
    mine = table[(table["log"] == log.name) & whole].reset_index(drop=True)
    form = "year and month" if first.year != last.year else "month"
    if len(mine) < 2 or mine["begun"].nunique() < 2:
        return ()
    most, least = (mine.loc[at, "month"] for at in (mine["begun"].idxmax(), mine["begun"].idxmin()))
    cells = {
        name: teller.cell("volume", column, written, log=log.name, month=month)
        for name, column, written, month in (
            ("most", "month", form, most), ("most_n", "begun", "count", most),
            ("least", "month", form, least), ("least_n", "begun", "count", least),
        )
    }  # fmt: skip
    ties = [(mine["begun"] == end).sum() for end in (mine["begun"].min(), mine["begun"].max())]
    if ties[1] > 1:
        return ()
    alone = ties[0] == 1
    return teller.say("volume_months" if alone else "volume_most", **cells)


def _flow(told: Material, log: LogMaterial) -> Iterator[Spans]:
    teller = told.teller(log)
    figure = Ref(f"map {log.name}")
    ways = {
        name: teller.cell("overview", column, form, log=log.name)
        for name, column, form in (
            ("variants", "variants", "count"), ("few", "few_share", "percent"),
            ("many", "many_share", "percent"),
        )
    }  # fmt: skip
    many = len(log.variants)
    key = "flow_one_way" if many == 1 else "flow_ways" if many > MOST_WAYS else "flow_few_ways"
    yield _fitting(teller, told, log) or teller.say("flow_none")
    yield teller.say(key, figure=figure, **ways)


def flow_map(teller: Teller, log: LogMaterial) -> Picture:
    """The process map of a log."""
    left = traffic(log.edges, log.ends).size - len(drawn_activities(log.edges, log.ends))
    key = "figure_map_part" if left else "figure_map"
    said = {"title": log.words.title, "left": left}
    return process_map(
        log.edges,
        log.ends,
        lambda share, shown: teller.plain(
            key, **said, share=share, shown=teller.plain(f"on_arrows_{shown}")
        ),
        teller.language,
        alt=teller.plain("alt_map", activities=len(log.summary), ways=len(log.variants)),
        name=f"map {log.name}",
    )


def _fitting(teller: Teller, told: Material, log: LogMaterial) -> Spans:
    if log.procedure.conformance is None:
        return ()
    cells = {
        name: teller.cell("conformance", "value", form, log=log.name, measure=measure)
        for name, measure, form in (
            ("aligned", "aligned", "count"), ("fitting", "fitting", "count"),
            ("share", "fitting_share", "percent"),
        )
    }  # fmt: skip
    named = () if told.is_wide else _prescribed(teller, log)
    return (*named, *teller.say("flow_fitting", **cells))


def _prescribed(teller: Teller, log: LogMaterial) -> Spans:
    """Tell the prescribed flow by its usual way, where a sentence can hold it."""
    flow = log.procedure.flow
    if flow is None:
        return ()
    if not 0 < len(flow.usual) <= MOST_STEPS:
        return teller.say("flow_named", flow=flow.name)
    key = "flow_usual_alone" if len(flow.usual) == len(flow.steps) else "flow_usual"
    return teller.say(key, flow=flow.name, steps=joined(flow.usual, teller.language))


def _times(told: Material, log: LogMaterial) -> Iterator[Spans]:
    teller = told.teller(log)
    yield from _of_cases(teller, told, log)
    if len(log.summary):
        yield _longest(teller, log)


def steps_picture(told: Material, log: LogMaterial) -> Picture:
    """How long each step takes."""
    timed = told.enough("step_summary", log.summary)
    teller, axes = told.teller(log), plot_step_times(timed, language=told.language)
    return Picture(
        drawing(axes),
        teller.plain("figure_steps", title=log.words.title),
        alt=teller.plain("alt_steps", activity=str(log.summary["activity"].iloc[0])),
        name=f"steps {log.name}",
    )


def _of_cases(teller: Teller, told: Material, log: LogMaterial) -> Iterator[Spans]:
    """Tell the median and the 90th percentile, where so many are done."""
    row = _row(told, log)
    if pd.isna(row["median_hours"]):
        yield teller.say("times_never")
        return

    def hours(column: str) -> Spans:
        return teller.hours("overview", column, log=log.name)

    yield (
        *teller.say("times_median", hours=hours("median_hours")),
        *(
            teller.say("times_end")
            if pd.isna(row["ninety_hours"])
            else teller.say("times_ninety", hours=hours("ninety_hours"))
        ),
    )


def _longest(teller: Teller, log: LogMaterial) -> Spans:
    ranked = log.summary.sort_values(["hours", "activity"], ascending=[False, True])
    first = ranked.iloc[0]

    def hours(activity: str, column: str) -> Spans:
        return teller.hours("step_summary", column, log=log.name, activity=activity)

    # Where another step has the longer median, it is some very long cases that make the sum.
    typical = first["median"] >= ranked["median"].max()
    told = teller.say(
        "times_longest" if typical else "times_longest_in_all",
        activity=first["activity"], median=hours(first["activity"], "median"),
    )  # fmt: skip
    if pd.notna(first["queue_median"]) and pd.notna(first["handling_median"]):
        told += teller.say(
            "times_parts", queue=hours(first["activity"], "queue_median"),
            handling=hours(first["activity"], "handling_median"),
        )  # fmt: skip
    figure = Ref(f"steps {log.name}")
    if len(ranked) < 2:
        return told + teller.say("times_alone", figure=figure)
    others = ranked.iloc[1:].sort_values(["median", "activity"], ascending=[False, True])
    # The median of a few steps is no typical time.
    enough = others[others["n"] >= _FEW_STEPS]
    some_left_out = 0 < len(enough) < len(others)
    others = enough if len(enough) else others
    second = others.iloc[0]["activity"]
    return told + teller.say(
        "times_rest_often" if some_left_out else "times_rest",
        activity=second,
        median=hours(second, "median"),
        figure=figure,
    )
