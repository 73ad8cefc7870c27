"""How improvement is told: the PDCA table, measures to choose from, and how the loop runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from efficiency.criteria.countermeasures import offered
from efficiency.findings.improvement.checks import FEWEST
from efficiency.findings.improvement.loop import loop, loop_measures
from efficiency.findings.improvement.points import MEASURED, pareto
from efficiency.language import Language, of, semicolon
from efficiency.report.blocks import Block, Heading, Picture, Text, titled
from efficiency.report.plots.drawing.style import drawing
from efficiency.report.plots.points_plots import plot_loop, plot_pareto
from efficiency.tables.identity import subject_of
from efficiency.words import between, number, percent, phrase
from efficiency.words.code_words import coded
from efficiency.words.point_words import STATES

MOST_POINTS, MOST_PARETO, MOST_DRAWN = 40, 15, 15
#: Points for which nothing is planned yet: so many are shown.
MOST_UNPLANNED = 8


def tell_measures(
    points: pd.DataFrame,
    language: Language,
    cutoff: pd.Timestamp,
    small_cell: int = 5,
    region: str = "CN",
) -> Iterator[Block]:
    """
    Tell the chapter on improvement.

    Parameters
    ----------
    points
        ``tables.POINTS`` as `points` gives it.
    language
        The report's.
    cutoff
        The review's cut-off.
    small_cell
        Values over fewer cases are withheld.
    region
        Of the calendar: the measures of the catalogue are those of Chinese documents.
    """
    yield Heading(phrase("chapter_improvement", language))
    if points.empty:
        yield Text(phrase("points_none", language))
        return
    stands = loop(points, cutoff)
    yield Heading(phrase("pdca_heading", language), 3)
    yield Text(_in_short(stands, language, cutoff))
    yield Text(phrase("verdict_text", language, n=FEWEST))
    yield _register(points, stands, language, small_cell)
    yield from _at_stake(points, language)
    if region == "CN":
        yield from _measures(points, language)
    yield Heading(phrase("loop_heading", language), 3)
    yield titled(loop_table(points, cutoff, language), phrase("loop_caption", language), language)
    yield from _before_and_after(points, language, small_cell)


def _in_short(stands: pd.DataFrame, language: Language, cutoff: pd.Timestamp) -> str:
    statuses, states = (stands[name].value_counts() for name in ("status", "state"))
    counts = {
        **{name: int(statuses.get(name, 0)) for name in (
            "new", "recurring", "relapsed", "resolved"
        )},
        **{name: int(states.get(name, 0)) for name in ("overdue", "due")},
    }  # fmt: skip
    return phrase("points_text", language, points=len(stands), date=f"{cutoff:%Y-%m-%d}", **counts)


def _register(
    points: pd.DataFrame, stands: pd.DataFrame, language: Language, small_cell: int
) -> Block:
    """Make the PDCA table: 问题–措施–责任–时限–衡量指标–目标, and what the check said."""
    blank = phrase("pdca_blank", language)
    is_share = points["unit"] == "share"
    due = points["due"].dt.strftime("%Y-%m-%d")
    small = phrase("withheld", language, n=small_cell)

    def measured(name: str, n: str) -> list[str]:
        few = points[n].fillna(small_cell) < small_cell
        return [
            small if hidden else told(value, share=share)
            for value, share, hidden in zip(points[name], is_share, few, strict=True)
        ]

    table = pd.DataFrame(
        {
            "point": points["title"],
            "countermeasure": points["countermeasure"].where(points["countermeasure"] != "", blank),
            "point_owner": points["owner"].where(points["owner"] != "", blank),
            "point_due": due.where(due.notna(), blank),
            "indicator": points["measure"].where(points["measure"] != "", "—"),
            "point_baseline": measured("baseline", "baseline_n"),
            "point_value": measured("value", "n"),
            "point_target": [
                told(value, share=share) if pd.notna(value) else blank
                for value, share in zip(points["target"], is_share, strict=True)
            ],
            "point_verdict": [
                f"{coded('verdict', said, language)} · {say_state(state, language)}"
                for said, state in zip(points["verdict"], stands["state"], strict=True)
            ],
        }
    )
    planned = (points["countermeasure"] != "") | (points["owner"] != "") | points["due"].notna()
    rest = table[~planned.to_numpy()]
    shown = pd.concat([table[planned.to_numpy()], rest.head(MOST_UNPLANNED)])
    caption = phrase("pdca_caption", language, rest=len(rest), shown=min(len(rest), MOST_UNPLANNED))
    return titled(shown.head(MOST_POINTS), caption, language)


def told(value: float, *, share: bool) -> str:
    """
    Write a measured value: a share as a percentage.

    Examples
    --------
    >>> told(0.625, share=True), told(12.34, share=False), told(float("nan"), share=True)
    ('62.5%', '12.34', '—')
    """
    return percent(value) if share else number(value, 2)


def say_state(state: str, language: Language) -> str:
    """
    Say where a point stands.

    Examples
    --------
    >>> say_state("checked", "en")
    'checked, to be decided'
    """
    return str(of(STATES[state], language))


def _at_stake(points: pd.DataFrame, language: Language) -> Iterator[Block]:
    ranked = pareto(points)
    if len(ranked):
        axes = plot_pareto(ranked.head(MOST_PARETO), language=language)
        yield Picture(drawing(axes), phrase("pareto_caption", language))


def _measures(points: pd.DataFrame, language: Language) -> Iterator[Block]:
    """List what the documents name for each problem that is not solved."""
    at_hand = points[points["status"] != "resolved"]
    rows = [
        {
            "point": point.title,
            "offered": measure.name.of(language),
            "offered_wording": measure.wording.of(language),
            "offered_source": measure.source,
        }
        for point in at_hand.itertuples(index=False)
        for measure in offered(str(point.kind), subject_of(str(point.subject)) or {})
    ]
    if rows:
        yield Heading(phrase("offered_heading", language), 3)
        yield Text(phrase("offered_text", language))
        # Problems that the same measure answers stand in one row.
        keys = ["offered", "offered_wording", "offered_source"]
        mark = semicolon(language)
        joined = pd.DataFrame(rows).groupby(keys, sort=False, as_index=False).agg(mark.join)
        yield titled(joined[[*keys, "point"]], phrase("offered_caption", language), language)


def loop_table(points: pd.DataFrame, cutoff: pd.Timestamp, language: Language) -> pd.DataFrame:
    """
    Write the loop's measures as people read them.

    Returns
    -------
    DataFrame
        ``loop_measure, loop_value, interval, n``, all text.
    """
    rows = [_loop_row(row, language) for row in loop_measures(points, cutoff).to_dict("records")]
    return pd.DataFrame(rows)


def _loop_row(row: dict[str, Any], language: Language) -> dict[str, str]:
    days = row["measure"] == "days"
    value, low, high = (
        number(row[name], 0) if days else percent(row[name]) for name in ("value", "low", "high")
    )
    counted = f" ({row['k']}/{row['n']})" if pd.notna(row["k"]) else ""
    return {
        "loop_measure": phrase(f"loop_{row['measure']}", language),
        "loop_value": f"{value}{counted}",
        "interval": between(low, high, language) if pd.notna(row["low"]) else "—",
        "n": str(row["n"]),
    }


def _before_and_after(points: pd.DataFrame, language: Language, small_cell: int) -> Iterator[Block]:
    """Draw what was measured before and after an action, each unit by itself."""
    enough = (points["n"] >= small_cell) & (points["baseline_n"] >= small_cell)
    checked = points[points["verdict"].isin(MEASURED) & enough.fillna(False)]
    for _, table in checked.groupby("unit", sort=False):
        axes = plot_loop(table.head(MOST_DRAWN), language=language)
        yield Picture(drawing(axes), phrase("loop_picture", language))
