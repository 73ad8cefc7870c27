"""How procedure and organisation are told: hand-overs, the prescribed flow, the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from efficiency._doors.graphviz import draw
from efficiency.criteria.prescribed_flows import Flow
from efficiency.criteria.rules import Rule
from efficiency.facts.flows import ARROW
from efficiency.facts.maps.handover_map import drawn_handovers, handover_dot
from efficiency.facts.models import Model
from efficiency.findings.conformance import START, Conformance
from efficiency.language import Language, joined
from efficiency.report import rates_told as rates
from efficiency.report.blocks import Block, Grid, Pair, Picture, Text, titled
from efficiency.report.plots.flow_marks import marked_dot
from efficiency.report.telling import asks
from efficiency.words import between, number, percent, phrase

MOST_DEPARTURES, MOST_APPROVALS = 15, 10
#: Flows with more steps are drawn from top to bottom.
_WIDE = 8


@dataclass(frozen=True)
class Organisation:
    """
    Who worked with whom in one log.

    Attributes
    ----------
    handovers, involvement, approvals
        The tables of these names; ``approvals`` is empty where none were named.
    hubs
        The units that its rules make hubs; None: no rule does.
    """

    handovers: pd.DataFrame = field(default_factory=pd.DataFrame)
    involvement: pd.DataFrame = field(default_factory=pd.DataFrame)
    approvals: pd.DataFrame = field(default_factory=pd.DataFrame)
    hubs: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Procedure:
    """
    How one log kept to procedure.

    Attributes
    ----------
    conformance
        The log held against its prescribed flow; None: none was prescribed.
    model
        The flow that was discovered, to set beside it.
    flow
        The prescribed flow.
    rules
        The rules that apply to it.
    adherence
        ``tables.ADHERENCE``.
    """

    conformance: Conformance | None = None
    model: Model | None = None
    flow: Flow | None = None
    rules: tuple[Rule, ...] = ()
    adherence: pd.DataFrame = field(default_factory=pd.DataFrame)


def tell_hands(log: str, made: Organisation, language: Language) -> Iterator[Block]:
    """Tell who hands over to whom, and who carries how much."""
    if made.handovers.empty:
        return
    total, back = (int(made.handovers[name].sum()) for name in ("count", "returned"))
    yield Text(
        phrase(
            "hands_text", language, log=log, count=f"{total:,}", returned=f"{back:,}",
            share=percent(back / total),
        )
    )  # fmt: skip
    caption = "hands_caption_plain" if made.hubs is None else "hands_caption"
    drawn = int(drawn_handovers(made.handovers, made.hubs)["count"].sum())
    told = phrase(caption, language, log=log, drawn=f"{drawn:,}", share=percent(drawn / total))
    yield Picture(draw(handover_dot(made.handovers, made.hubs)).decode(), told)
    carried = made.involvement.sort_values(["steps", "hand"], ascending=[False, True])
    shown = carried.rename(columns={"activities": "kinds"}).assign(
        **{name: carried[name].map(percent) for name in ("case_share", "specialisation")},
        off_hours_share=carried["off_hours_share"].map(percent),
        steps_per_head=carried["steps_per_head"].map(number),
    )
    yield titled(shown, phrase("involvement_caption", language, log=log), language)
    if len(made.approvals):
        top = made.approvals.head(MOST_APPROVALS)
        nothing = phrase("no_approval", language)
        shown = top.assign(
            roles=top["roles"]
            .map(lambda roles: _roles(roles, language))
            .where(top["levels"] > 0, nothing),
            share=top["share"].map(percent),
            rounds=top["rounds"].map(number),
        )
        yield titled(shown, phrase("approvals_caption", language, log=log), language)


def _roles(roles: str, language: Language) -> str:
    """Name the roles that approved; one that is not known too."""
    unknown = phrase("unknown", language)
    return ARROW.join(role or unknown for role in roles.split(ARROW))


def tell_flow(log: str, made: Procedure, language: Language) -> Iterator[Block]:
    """Tell where a log departs from its prescribed flow, with the discovered one beside it."""
    held = made.conformance
    if held is None:
        return
    measures = held.summary.set_index("measure")["value"]
    counts = {
        name: f"{int(measures[key]):,}"
        for name, key in {
            "aligned": "aligned", "open": "open", "left": "left_out", "fitting": "fitting",
        }.items()
    }  # fmt: skip
    shares = {
        name: percent(measures[key])
        for name, key in {"share": "fitting_share", "low": "low", "high": "high"}.items()
    }
    yield Text(
        phrase(
            "flow_text", language, log=log, name=made.flow.name if made.flow else "",
            **counts, **shares,
            fitness=measures["trace_fitness"], precision=measures["precision"],
        )
    )  # fmt: skip
    if len(held.left_out):
        yield Text(_left_out(held.left_out, language))
    rankdir = "TB" if _steps(held) > _WIDE else "LR"
    marked = draw(marked_dot(held.flow, held.departures, language, rankdir)).decode()
    pictures = [Picture(marked, phrase("flow_caption", language, log=log))]
    if made.model is not None:
        drawn = draw(made.model.to_dot(rankdir)).decode()
        pictures.append(Picture(drawn, phrase("model_caption", language, log=log)))
    yield from [Pair(*pictures)] if rankdir == "TB" and len(pictures) > 1 else pictures
    if len(held.departures):
        yield _departures(log, held.departures, language)


def _steps(held: Conformance) -> int:
    return sum(move.label is not None for move in held.flow.to_petri()[0].transitions)


def _left_out(left_out: pd.DataFrame, language: Language) -> str:
    reasons = [phrase(f"reason_{reason}", language) for reason in sorted(set(left_out["reason"]))]
    return phrase(
        "flow_left_out", language, n=len(left_out), cases=f"{int(left_out['cases'].sum()):,}",
        reasons=joined(reasons, language),
    )  # fmt: skip


def _departures(log: str, departures: pd.DataFrame, language: Language) -> Grid:
    shown = departures.head(MOST_DEPARTURES)
    rows = pd.DataFrame(
        {
            "departure": [_told(row, language) for row in shown.itertuples(index=False)],
            "cases": shown["cases"],
            "times": shown["count"],
            "share": shown["share"].map(percent),
        }
    )
    return titled(rows, phrase("departures_caption", language, log=log), language)


def _told(row: Any, language: Language) -> str:
    if row.kind == "added" and row.after == START:
        return phrase("departure_added_first", language, activity=row.activity)
    return phrase(f"departure_{row.kind}", language, activity=row.activity, after=row.after)


def tell_rules(
    procedures: Sequence[Procedure], language: Language, small_cell: int
) -> Iterator[Block]:
    """Tell how far each rule was kept."""
    rules = [rule for made in procedures for rule in made.rules]
    if not rules:
        return
    table = pd.concat([made.adherence for made in procedures if made.rules], ignore_index=True)
    broken = int((table["broken"] > 0).sum())
    undecided = int(table["broken"].isna().sum())
    yield Text(
        phrase(
            "rules_text", language, rules=len(table), broken=broken, undecided=undecided,
            kept=len(table) - broken - undecided,
        )
    )  # fmt: skip
    small = phrase("withheld", language, n=small_cell)
    decided = table["n"] - table["pending"].fillna(0) - table["undecidable"]
    enough = (decided >= small_cell) | (decided == 0)
    rows = pd.DataFrame(
        {
            "rule_id": table["rule_id"],
            "rule_title": [rule.title for rule in rules],
            "asks": [asks(rule, language) for rule in rules],
            **{
                name: table[name].map(_count).where(enough, small)
                for name in ("n", "broken", "pending", "undecidable")
            },
            "share": [
                _share(row, percent(row.share), small if n < small_cell else "", language)
                for row, n in zip(table.itertuples(index=False), decided, strict=True)
            ],
            "interval": [
                between(percent(row.low), percent(row.high), language)
                if n >= small_cell and not row.missing else "—"
                for row, n in zip(table.itertuples(index=False), decided, strict=True)
            ],
        }
    )  # fmt: skip
    yield titled(rows, phrase("rules_caption", language), language)
    # None broken is not a rate of zero.
    kept = (table["broken"] == 0).fillna(value=False)
    for title, n, none in zip(rows["rule_title"], decided, kept, strict=True):
        if none and n >= small_cell:
            what = phrase("breaches_of", language, title=title)
            yield Text(rates.told(0, int(n), what, language))


def _count(value: Any) -> str:
    return "—" if pd.isna(value) else f"{int(value):,}"


def _share(row: Any, share: str, small: str, language: Language) -> str:
    if row.missing:
        return phrase("rule_lacks", language, missing=row.missing)
    return small or share
