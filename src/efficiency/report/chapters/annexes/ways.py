"""The chapter on how the work really flows, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from efficiency._doors.graphviz import draw
from efficiency.facts.maps.flow_map import drawn_activities, flow_dot, traffic
from efficiency.facts.times import hours_to_share
from efficiency.language import Language
from efficiency.report.blocks import Block, Grid, Heading, Picture, Text, titled
from efficiency.report.chapters.annexes.entries import tell_entries
from efficiency.report.chapters.annexes.procedure import (
    tell_hands,
)
from efficiency.report.chapters.situation import in_main_text
from efficiency.report.material import LogMaterial, Material, speaker
from efficiency.report.plots.drawing.style import drawing
from efficiency.report.plots.process_plots import (
    plot_completion,
    plot_step_times,
    plot_volume,
)
from efficiency.report.plots.timeline_plots import plot_dots, plot_spectrum
from efficiency.words import number, percent, phrase

MAP_SHARE = 0.9
MOST_VARIANTS = 10


def tell_ways(told: Material) -> Iterator[Block]:
    """Tell the ways through, the volume and the time taken, log by log."""
    say = speaker(told)
    yield Heading(say("chapter_flows"))
    for log in told.logs:
        if len(log.variants) and log.edges.empty and log.counts["steps"] == log.counts["cases"]:
            yield from _register(log, told)
            continue
        yield Heading(say("paths"), 3)
        if len(log.edges):
            yield Text(say("map_text", **_spread(log.variants)))
            passed = traffic(log.edges, log.ends)
            left = passed.size - len(drawn_activities(log.edges, log.ends))
            dot = flow_dot(log.edges, log.ends, share=MAP_SHARE, hour_word=say("hours"))
            yield Picture(
                draw(dot).decode(), say("map_caption", log=log.called, share=MAP_SHARE, left=left),
                name=_name(told, log, "map"),
            )  # fmt: skip
        yield _variants(log, told.language)
        yield Heading(say("volume"), 3)
        axes = plot_volume(log.volume, language=told.language)
        caption = say("volume_caption", log=log.called)
        yield Picture(drawing(axes), caption, name=_name(told, log, "volume"))
        yield Heading(say("durations"), 3)
        yield from _durations(log, told)
        yield from _timelines(log, told)
        yield from tell_entries(log, told)
        hands = list(tell_hands(log.called, log.organisation, told.language))
        if hands:
            yield Heading(say("hands_heading"), 3)
            yield from hands


def _name(told: Material, log: LogMaterial, what: str) -> str:
    """What the main text calls a picture that it does not have itself."""
    return "" if in_main_text(told, log, what) else f"{what} {log.name}"


def _register(log: LogMaterial, told: Material) -> Iterator[Block]:
    """Tell of a log of single entries no more than how many there were."""
    say = speaker(told)
    yield Heading(say("register_heading", log=log.called), 3)
    yield Text(say("register_text", log=log.called, n=f"{log.counts['cases']:,}"))
    axes = plot_volume(log.volume, language=told.language)
    yield Picture(drawing(axes), say("volume_caption", log=log.called))


def _spread(variants: pd.DataFrame) -> dict[str, Any]:
    covered = variants["share"].cumsum()
    return {
        "variants": len(variants),
        "top": variants["share"].iloc[0],
        "eighty": int((covered < 0.8).sum()) + 1,
    }


def _variants(log: LogMaterial, language: Language) -> Grid:
    top = log.variants.head(MOST_VARIANTS)
    nothing = phrase("no_done_steps", language)
    shown = top.assign(
        activities=top["activities"].where(top["activities"] != "", nothing),
        share=top["share"].map(percent),
    )
    return titled(shown, phrase("variants_caption", language, log=log.called), language)


def _durations(log: LogMaterial, told: Material) -> Iterator[Block]:
    say = speaker(told)
    if len(log.completed):
        yield Text(_within(log.completed, 0.5, "completion_text", say))
        yield Text(_within(log.completed, 0.9, "completion_ninety", say))
        axes = plot_completion(log.completed, cases=log.counts["cases"], language=told.language)
        yield Picture(drawing(axes), say("completion_caption", log=log.called))
    if len(log.summary):
        timed = told.enough("step_summary", log.summary)
        axes = plot_step_times(timed, language=told.language)
        caption = say("steps_figure", log=log.called)
        yield Picture(drawing(axes), caption, name=_name(told, log, "steps"))
        columns = ["activity", "n", "median", "p90", "queue_median", "handling_median", "hours"]
        shown = timed[columns].rename(columns={"hours": "total"})
        shown = shown.assign(
            **{name: shown[name].map(number) for name in columns[2:-1]},
            total=shown["total"].map(number),
        )
        yield titled(shown, say("steps_caption", log=log.called), told.language)


def _timelines(log: LogMaterial, told: Material) -> Iterator[Block]:
    """Show when the steps were done, and how each followed the one before it."""
    # Pictures of every single step: of many logs the first alone has them, or no page holds them.
    if log.spectrum.empty or (told.is_wide and log.name != told.flowing[0].name):
        return
    say = speaker(told)
    yield Heading(say("timelines"), 3)
    yield Text(say("timelines_text"))
    axes = plot_dots(log.dots, language=told.language)
    yield Picture(drawing(axes), say("dots_caption", log=log.called))
    axes = plot_spectrum(log.spectrum, language=told.language)
    yield Picture(drawing(axes), say("spectrum_caption", log=log.called))


def _within(completed: pd.DataFrame, share: float, key: str, say: Any) -> str:
    hours = hours_to_share(completed, share)
    if hours == float("inf"):
        return str(say("completion_never", share=percent(share, 0)))
    return str(say(key, hours=number(hours)))
