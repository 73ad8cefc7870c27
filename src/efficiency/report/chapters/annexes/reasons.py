"""How the causes are told: waiting, load, what goes with lateness, differences and changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields

import pandas as pd

from efficiency import tables
from efficiency._doors.graphviz import draw
from efficiency.findings.discoveries import DISCOVERY_RATE
from efficiency.findings.kinds.change import kind_of, measure_name, shifted
from efficiency.findings.kinds.slow_group import slower
from efficiency.findings.standards.calibration import calibrated
from efficiency.language import Language, joined, numeral
from efficiency.report.blocks import Block, Heading, Picture, Text, titled
from efficiency.report.plots.comparison_plots import plot_changes, plot_comparison
from efficiency.report.plots.control_plots import plot_control_chart, plot_funnel
from efficiency.report.plots.drawing.style import drawing
from efficiency.report.plots.tree_plot import tree_dot
from efficiency.report.plots.waiting_plots import plot_waiting
from efficiency.report.plots.workload_plots import (
    plot_bunching,
    plot_calibration,
    plot_workload,
)
from efficiency.report.telling import say, spanned
from efficiency.words import between, heading, number, percent, phrase

#: Circumstances that are told of a standard, and the standards that are told.
MOST_FACTORS, MOST_STANDARDS = 6, 4
#: Open cases told, those at most risk first; months that make a control chart.
MOST_RISKS, LEAST_MONTHS = 15, 6
#: Fewer units do not make a funnel; funnels drawn.
LEAST_UNITS, MOST_FUNNELS = 4, 2


def _none() -> pd.DataFrame:
    return pd.DataFrame({"log": pd.Series(dtype=object)})


@dataclass(frozen=True)
class Causes:
    """What the chapter on causes is told from: tables with a column ``log``, and titles of logs."""

    waiting: pd.DataFrame = field(default_factory=_none)
    balance: pd.DataFrame = field(default_factory=_none)
    workload: pd.DataFrame = field(default_factory=_none)
    comparisons: pd.DataFrame = field(default_factory=_none)
    changes: pd.DataFrame = field(default_factory=_none)
    factors: pd.DataFrame = field(default_factory=_none)
    trees: pd.DataFrame = field(default_factory=_none)
    units: pd.DataFrame = field(default_factory=_none)
    control: pd.DataFrame = field(default_factory=_none)
    bunching: pd.DataFrame = field(default_factory=_none)
    due: pd.DataFrame = field(default_factory=_none)
    risk: pd.DataFrame = field(default_factory=_none)
    calibration: pd.DataFrame = field(default_factory=_none)
    titles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def names(cls) -> list[str]:
        """Name the tables."""
        return [one.name for one in fields(cls) if one.name != "titles"]

    def called(self, log: str) -> str:
        """What the report calls a log."""
        return self.titles.get(log, log)

    def of(self, table: str, log: str) -> pd.DataFrame:
        """Take one log's part of a table."""
        frame: pd.DataFrame = getattr(self, table)
        return frame[frame["log"] == log].drop(columns="log").reset_index(drop=True)

    @property
    def logs(self) -> list[str]:
        """The logs that were looked into."""
        return list(dict.fromkeys(self.comparisons["log"]))


def tell_causes(
    causes: Causes, standards: pd.DataFrame, language: Language, small_cell: int = 5
) -> Iterator[Block]:
    """
    Tell the chapter on causes.

    Parameters
    ----------
    causes
        The tables.
    standards
        Those judged, the most missed first: ``standard_id, title, missed``; what goes with lateness
        is told of those that were missed.
    language
        The report's.
    small_cell
        Values over fewer cases are withheld.
    """
    parts: list[tuple[str, list[Block]]] = [
        ("causes_waiting", _each(causes, lambda log: _waiting(causes, log, language))),
        ("causes_load", _each(causes, lambda log: _load(causes, log, language))),
        ("causes_factors", list(_factors(causes, standards, language, small_cell))),
        (
            "causes_groups",
            [
                *_each(causes, lambda log: _groups(causes, log, language)),
                *_funnels(causes, standards, language, small_cell),
            ],
        ),
        ("causes_change", _each(causes, lambda log: _change(causes, log, language))),
        ("causes_control", _each(causes, lambda log: _control(causes, log, language))),
        ("causes_due", list(_due(causes, standards, language, small_cell))),
        ("causes_risk", _each(causes, lambda log: _risk(causes, log, language))),
    ]
    told = [(key, blocks) for key, blocks in parts if blocks]
    yield Heading(phrase("chapter_causes", language))
    yield Text(phrase("causes_intro" if told else "causes_nothing", language))
    for place, (key, blocks) in enumerate(told, start=1):
        mark = numeral(place, language)
        yield Heading(phrase(key, language, place=mark), 3)
        yield from blocks


def _each(causes: Causes, tell: Callable[[str], Iterator[Block]]) -> list[Block]:
    return [block for log in causes.logs for block in tell(log)]


def _waiting(causes: Causes, log: str, language: Language) -> Iterator[Block]:
    table = causes.of("waiting", log)
    whole = table[table["activity"] == ""].set_index("cause")
    inside = whole.drop(index="off", errors="ignore")
    if not len(inside) or not inside["hours"].sum() > 0:
        return
    parts = [
        phrase(
            "waiting_part", language, cause=phrase(f"waiting_{cause}", language),
            share=percent(row["work_share"]),
        )
        for cause, row in inside.sort_values("hours", ascending=False).iterrows()
        if row["hours"] > 0
    ]  # fmt: skip
    yield Text(
        phrase(
            "waiting_text", language, hours=number(inside["hours"].sum(), 0),
            off=number(float(whole["hours"].get("off", 0.0)), 0), parts=joined(parts, language),
        )
    )  # fmt: skip
    axes = plot_waiting(table, language=language)
    yield Picture(drawing(axes), phrase("waiting_caption", language, log=causes.called(log)))


def _load(causes: Causes, log: str, language: Language) -> Iterator[Block]:
    load, balance = causes.of("workload", log), causes.of("balance", log)
    if load.empty:
        return
    axes = plot_workload(load, language=language)
    yield Picture(drawing(axes), phrase("load_caption", language, log=causes.called(log)))
    shown = pd.DataFrame(
        {
            "unit": balance["unit"],
            **{name: balance[name] for name in ("arrivals", "completions", "open")},
            "in_for_out": balance["ratio"].map(lambda value: number(value, 2)),
            "interval": _intervals(balance, "low", "high", language),
            "p_adjusted": balance["p_adjusted"].map(_p),
        }
    )
    caption = phrase("balance_caption", language, log=causes.called(log))
    yield titled(shown, caption + spanned(tables.BALANCE, language), language)


def _factors(
    causes: Causes, standards: pd.DataFrame, language: Language, small_cell: int
) -> Iterator[Block]:
    known = set(causes.factors.get("standard_id", pd.Series(dtype=object)))
    told = standards[standards["missed"] & standards["standard_id"].isin(known)]
    told = told.head(MOST_STANDARDS)
    for row in told.itertuples(index=False):
        said = {"id": row.standard_id, "title": row.title}
        factors = causes.factors[causes.factors["standard_id"] == row.standard_id]
        # Named is only what chance does not bring about over all that were looked at.
        sure = factors["p"] * len(causes.factors) <= DISCOVERY_RATE
        clear = factors[(factors["low"] > 0) & sure].head(MOST_FACTORS)
        if clear.empty:
            yield Text(phrase("factors_none", language, **said))
            continue
        shown = pd.DataFrame(
            {
                "attribute": clear["attribute"].map(lambda name: heading(name, language)),
                "n": clear["n"],
                "explained": clear["share"].map(percent),
                "interval": [
                    between(percent(a), percent(b), language)
                    for a, b in zip(clear["low"], clear["high"], strict=True)
                ],
            }
        )
        yield titled(shown, phrase("factors_caption", language, **said), language)
        tree = causes.trees[causes.trees["standard_id"] == row.standard_id]
        if len(tree) > 1 and tree["n"].min() >= small_cell:
            picture = draw(tree_dot(tree, language)).decode()
            yield Picture(picture, phrase("tree_caption", language, **said))


def _groups(causes: Causes, log: str, language: Language) -> Iterator[Block]:
    table = causes.of("comparisons", log)
    whole = table[table["activity"] == ""]
    tested = whole[whole["p"].notna()]
    yield Text(
        phrase(
            "groups_text", language, tests=len(tested), found=int(slower(whole).sum()),
            few=int((whole["untested"] == "few").sum()),
            **{why: int((whole["untested"] == why).sum()) for why in ("alone", "dependent")},
        )
    )  # fmt: skip
    if tested.empty:
        return
    axes = plot_comparison(whole, language=language)
    yield Picture(drawing(axes), phrase("groups_figure", language, log=causes.called(log)))


def _funnels(
    causes: Causes, standards: pd.DataFrame, language: Language, small_cell: int
) -> Iterator[Block]:
    """Draw the units that a standard binds, in place of a league table."""
    table = causes.units
    if table.empty:
        return
    wide = table[table["n"] >= small_cell].groupby("standard_id").size() >= LEAST_UNITS
    told = standards[standards["standard_id"].isin(wide.index[wide])].head(MOST_FUNNELS)
    for row in told.itertuples(index=False):
        units = table[(table["standard_id"] == row.standard_id) & (table["n"] >= small_cell)]
        axes = plot_funnel(units, label=phrase("funnel_label", language), language=language)
        said = phrase("funnel_caption", language, id=row.standard_id, title=row.title)
        yield Picture(drawing(axes), said)


def _change(causes: Causes, log: str, language: Language) -> Iterator[Block]:
    table = causes.of("changes", log)
    told = table[table["difference_hours"].notna() & table["p"].notna()]
    untested = {
        why: int((table["untested"] == why).sum()) for why in ("few", "dependent", "season")
    }
    yield Text(
        phrase(
            "change_text", language, tests=int(table["p"].notna().sum()),
            clear=int((told["p_adjusted"] <= DISCOVERY_RATE).sum()),
            found=int(shifted(table).sum()), **untested,
        )
    )  # fmt: skip
    if told.empty:
        return
    axes = plot_changes(told, language=language)
    yield Picture(drawing(axes), phrase("change_figure", language, log=causes.called(log)))
    shown = pd.DataFrame(
        {
            "measure": told["measure"].map(lambda name: say(measure_name(name), language)),
            "compared_how": [phrase(f"kind_{kind}", language) for kind in kind_of(told)],
            "at": pd.to_datetime(told["at"]).dt.strftime("%Y-%m-%d"),
            "before": told["median_before_hours"].map(lambda value: number(value, 2)),
            "after": told["median_after_hours"].map(lambda value: number(value, 2)),
            "difference": told["difference_hours"].map(lambda value: number(value, 2)),
            "interval": _intervals(told, "difference_low", "difference_high", language),
            "p_adjusted": told["p_adjusted"].map(_p),
        }
    )
    caption = phrase("change_caption", language, log=causes.called(log))
    yield titled(shown, caption + spanned(tables.CHANGES, language), language)


def _control(causes: Causes, log: str, language: Language) -> Iterator[Block]:
    table = causes.of("control", log)
    if len(table) < LEAST_MONTHS:
        return
    signals = int(table["signal"].notna().sum())
    yield Text(phrase("control_text", language, months=len(table), signals=signals))
    label = phrase("control_label", language)
    axes = plot_control_chart(table, label=label, language=language)
    yield Picture(drawing(axes), phrase("control_caption", language, log=causes.called(log)))


def _due(
    causes: Causes, standards: pd.DataFrame, language: Language, small_cell: int
) -> Iterator[Block]:
    """Draw how the cases of the standards that were missed lie about their due moment."""
    table = causes.bunching
    if table.empty:
        return
    told = standards[standards["missed"] & standards["standard_id"].isin(table["standard_id"])]
    told = told.head(MOST_STANDARDS)
    for row in told.itertuples(index=False):
        counted = next(table[table["standard_id"] == row.standard_id].itertuples(index=False))
        if counted.n < small_cell:
            continue
        yield Text(
            phrase(
                "due_text", language, id=row.standard_id, title=row.title, n=f"{counted.n:,}",
                last=counted.last_tenth, share=percent(counted.share), low=percent(counted.low),
                high=percent(counted.high), before=counted.tenth_before, after=counted.tenth_after,
            )
        )  # fmt: skip
        bars = causes.due[causes.due["standard_id"] == row.standard_id].drop(columns="log")
        axes = plot_bunching(bars, language=language)
        yield Picture(drawing(axes), phrase("due_caption", language, id=row.standard_id))


def _risk(causes: Causes, log: str, language: Language) -> Iterator[Block]:
    table = causes.of("risk", log)
    told = table.dropna(subset=["risk"]).head(MOST_RISKS) if len(table) else table
    if told.empty:
        return
    tried = causes.of("calibration", log)
    if not calibrated(tried):
        yield Text(phrase("risk_withheld", language, n=len(table), tried=int(tried["n"].sum())))
        return
    yield Text(phrase("risk_text", language, n=len(table)))
    shown = pd.DataFrame(
        {
            "standard_id": told["standard_id"],
            "case_id": told["case_id"],
            "activity": told["activity"],
            "due": pd.to_datetime(told["due"]).dt.strftime("%Y-%m-%d %H:%M"),
            "used_share": told["used_share"].map(lambda share: percent(share, 0)),
            "n": told["n"],
            "risk": told["risk"].map(lambda share: percent(share, 0)),
            "interval": [
                between(percent(a, 0), percent(b, 0), language)
                for a, b in zip(told["low"], told["high"], strict=True)
            ],
        }
    )
    yield titled(shown, phrase("risk_caption", language, log=causes.called(log)), language)
    axes = plot_calibration(tried, language=language)
    caption = phrase("risk_figure", language, n=int(tried["n"].sum()))
    yield Picture(drawing(axes), caption + spanned(tables.CALIBRATION, language))


def _intervals(table: pd.DataFrame, low: str, high: str, language: Language) -> list[str]:
    """Write intervals; where there is none, a dash."""
    pairs = zip(table[low], table[high], strict=True)
    return [
        "—" if pd.isna(a) and pd.isna(b) else between(number(a, 2), number(b, 2), language)
        for a, b in pairs
    ]


def _p(p: float) -> str:
    return "—" if pd.isna(p) else "<0.001" if p < 0.001 else f"{p:.3f}"
