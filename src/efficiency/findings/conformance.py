"""How far the flow that happened keeps to the flow that was prescribed, and where it departs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd

from efficiency import tables
from efficiency._doors import engine, mining
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed
from efficiency.facts.flows import ARROW, case_variants, variant_traces
from efficiency.findings.rates import wilson
from efficiency.problems import Problem, SettingsError, listed

#: Ways through that are aligned at most, the most frequent first, and their longest; aligning
#: takes time with every one of them, and grows quickly with their length.
MOST_VARIANTS, LONGEST = 500, 80
START = "▶"


class Prescribed(Protocol):
    """What a log is held against: a prescribed flow, or a discovered model."""

    def to_petri(self) -> tuple[Any, Any, Any]:
        """The Petri net with its initial and its final marking."""

    def to_bpmn(self) -> Any:
        """The BPMN diagram."""


@dataclass(frozen=True)
class Conformance:
    """
    A log held against a flow.

    Attributes
    ----------
    flow
        What it was held against.
    summary
        ``measure, value``: ``cases, open`` (of these: not held against the flow)``, aligned,
        left_out, fitting`` (cases that keep to the flow)``,
        fitting_share`` with its 95 % Wilson interval ``low, high, trace_fitness`` (the mean over
        cases)``, log_fitness, replay_fitness, replay_log_fitness`` (by tokens) and ``precision``.
    variants
        One row an aligned way through: ``variant, activities, cases, share, fitness, cost,
        replay_fitness, way`` (where it departs: ``-x`` skipped, ``+x`` added).
    departures
        One row a departure: ``kind`` (``skipped, added, moved``)``, activity, after`` (of what is
        added: the step before it)``, cases, count, share`` (of aligned cases).
    cases
        One row a case: ``case_id, variant, fitness`` (empty where it was left out).
    left_out
        The ways through that were not aligned: ``variant, activities, cases, reason`` (``many`` or
        ``long``).

    See Also
    --------
    efficiency.report.plots.conformance : The flow with its departures marked, as a picture.
    """

    flow: Prescribed
    summary: pd.DataFrame
    variants: pd.DataFrame
    departures: pd.DataFrame
    cases: Any = field(repr=False)
    left_out: pd.DataFrame = field(repr=False)

    def measure(self, name: str) -> float:
        """One measure of the summary."""
        return float(self.summary.set_index("measure").at[name, "value"])


def conformance(
    log: Log | Events,
    flow: Prescribed,
    *,
    cutoff: pd.Timestamp | str | None = None,
    period: Sequence[str] | None = None,
    closed_by: ClosedBy = (),
    most_variants: int = MOST_VARIANTS,
    longest: int = LONGEST,
) -> Conformance:
    """
    Hold the closed cases of a log against a flow.

    Parameters
    ----------
    log
        ``tables.LOG``.
    flow
        A prescribed flow (`read_flow`) or a discovered model (`discover`).
    cutoff
        Moments after it are not seen; None: the log's last.
    period
        Cases whose first moment lies between two dates, both included; None: all.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    most_variants, longest
        The size guard: only so many ways through, the most frequent first, and none with more
        steps are aligned; ``left_out`` names the others.

    Returns
    -------
    Conformance

    Raises
    ------
    SettingsError
        If the log has none of the flow's activities.
    ValueError
        If the flow cannot be run from its beginning to its end.

    Notes
    -----
    Computed on one trace a variant and weighted by its count, which gives what the whole log
    gives. The fitness of a trace is 1 − (its moves that are not in both) ÷ (its length + the
    length of the shortest way through the flow). An open case may still take the steps that it
    lacks, so it is not held against the flow.

    References
    ----------
    van der Aalst, W. M. P., Adriansyah, A., van Dongen, B. (2012). Replaying history on process
    models for conformance checking and performance analysis. WIREs Data Mining and Knowledge
    Discovery 2, 182-192.

    Examples
    --------
    >>> from efficiency.criteria.prescribed_flows import parse_flow
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1", "2"], "activity": ["登记", "转办", "登记"],
    ...     "end": pd.to_datetime(["2024-03-05", "2024-03-06", "2024-03-06"]),
    ... })
    >>> held = conformance(log, parse_flow("登记 → 转办"))
    >>> held.departures[["kind", "activity", "cases"]].values.tolist()
    [['skipped', '转办', 1]]
    >>> round(held.measure("trace_fitness"), 3)
    0.833
    """
    with observed(log, cutoff=cutoff, closed_by=closed_by, period=period) as events:
        net = mining.stable(flow.to_petri())
        ways, open_cases = _closed_ways(events)
        _check_overlap(net, ways["trace"])
        ways = ways.assign(reason=_reasons(ways, longest, most_variants))
        held = ways[ways["reason"] == ""].drop(columns="reason").reset_index(drop=True)
        aligned = _aligned(net, held)
        known = case_variants(events).join(events.cases.select("case", "case_id"), "case")
        fitness = engine.table(aligned[["variant", "fitness"]].astype({"variant": "int64"}))
        rated = known.left_join(fitness, "variant")
        answered = events.answer(rated, "case_id", columns=["case_id", "variant", "fitness"])
    return Conformance(
        flow,
        _summary(aligned, net, ways, open_cases),
        aligned.drop(columns=["trace", "moves", "fits", "worst", *_TOKENS]),
        departures_of(aligned),
        answered,
        ways[ways["reason"] != ""].drop(columns="trace").reset_index(drop=True),
    )


def _check_overlap(net: mining.Net, traces: Iterable[tuple[str, ...]]) -> None:
    prescribed = _labels(net)
    have = {name for trace in traces for name in trace}
    if have and not prescribed & have:
        details = {"name": listed(sorted(prescribed)), "log": "", "have": listed(sorted(have))}
        raise SettingsError([Problem("flow_foreign", details)])


def _labels(net: mining.Net) -> set[str]:
    return {move.label for move in net[0].transitions if move.label is not None}


def _closed_ways(events: Events) -> tuple[pd.DataFrame, int]:
    """List the ways through of closed cases, the most frequent first; count the open cases."""
    cases = events.cases.filter(~events.cases.cancelled)
    known = case_variants(events).join(cases.select("case", open=cases["open"]), "case")
    counted = events.frame(
        known.group_by("variant").aggregate(
            cases=known.count(where=~known.open), open=known.count(where=known.open)
        )
    ).set_index("variant")
    # The numbers are those of `variants`; a case without a done step has no trace.
    traces = {number: trace for number, trace in variant_traces(events).items() if trace}
    closed = counted["cases"].reindex(list(traces), fill_value=0)
    ways = pd.DataFrame(
        {
            "variant": list(traces),
            "activities": [ARROW.join(trace) for trace in traces.values()],
            "cases": closed.tolist(),
            "trace": list(traces.values()),
        }
    )
    ordered = ways[ways["cases"] > 0].sort_values(["cases", "variant"], ascending=[False, True])
    return ordered.reset_index(drop=True), int(counted["open"].sum())


def _reasons(ways: pd.DataFrame, longest: int, most: int) -> list[str]:
    """Say of the ways through that are not aligned why."""
    return [
        "long" if len(trace) > longest else "many" if at >= most else ""
        for at, trace in enumerate(ways["trace"])
    ]


def _aligned(net: mining.Net, ways: pd.DataFrame) -> pd.DataFrame:
    """Replay every way through, and align those that do not replay without a miss."""
    traces = ways["trace"].tolist()
    replayed = mining.replay(net, traces)
    shortest, prescribed = mining.align(net, ())[1], _labels(net)
    rows = []
    for trace, tokens in zip(traces, replayed, strict=True):
        # Tokens pass over an activity that the flow does not have.
        fits = tokens["trace_is_fit"] and prescribed.issuperset(trace)
        moves, cost = ([(name, name) for name in trace], 0) if fits else mining.align(net, trace)
        rows.append(
            {
                "cost": cost,
                "worst": len(trace) + shortest,
                "fitness": 1 - cost / (len(trace) + shortest),
                "moves": moves,
                "fits": cost == 0,
                "replay_fitness": tokens["trace_fitness"],
                "way": _way(moves),
                **{side: tokens[f"{side}_tokens"] for side in _TOKENS},
            }
        )
    columns = ["cost", "worst", "fitness", "moves", "fits", "replay_fitness", "way", *_TOKENS]
    found = pd.DataFrame(rows, columns=columns, index=ways.index)
    share = ways["cases"] / max(ways["cases"].sum(), 1)
    return pd.concat([ways.assign(share=share), found], axis=1)


_TOKENS = ("missing", "consumed", "remaining", "produced")


def _way(moves: list[tuple[str | None, str | None]]) -> str:
    """Tell where a way departs: what was added in its order, then what was skipped by name."""
    added = [f"+{logged}" for logged, modelled in moves if modelled is None]
    return " ".join([*added, *sorted(f"-{name}" for logged, name in moves if logged is None)])


def _summary(
    aligned: pd.DataFrame, net: mining.Net, ways: pd.DataFrame, open_cases: int
) -> pd.DataFrame:
    cases, weights = int(ways["cases"].sum()), aligned["cases"]
    held = int(weights.sum())
    fitting = int(weights[aligned["fits"]].sum())
    share, low, high = wilson(fitting, held)
    sums = {name: float((aligned[name] * weights).sum()) for name in _TOKENS}
    variants = dict(zip(aligned["trace"], weights.tolist(), strict=True))

    def mean(values: pd.Series) -> float:
        return float((values * weights).sum() / held) if held else float("nan")

    measures = {
        "cases": cases + open_cases,
        "open": open_cases,
        "aligned": held,
        "left_out": cases - held,
        "fitting": fitting,
        "fitting_share": share,
        "low": low,
        "high": high,
        "trace_fitness": mean(aligned["fitness"]),
        "log_fitness": 1 - mean(aligned["cost"]) / mean(aligned["worst"]) if held else float("nan"),
        "replay_fitness": mean(aligned["replay_fitness"]),
        "replay_log_fitness": _by_tokens(**sums) if held else float("nan"),
        "precision": mining.precision(net, variants) if held else float("nan"),
    }
    return pd.DataFrame({"measure": list(measures), "value": list(measures.values())})


def _by_tokens(missing: float, consumed: float, remaining: float, produced: float) -> float:
    """The fitness of a log by its tokens."""
    return 0.5 * (1 - missing / consumed) + 0.5 * (1 - remaining / produced)


def departures_of(aligned: pd.DataFrame) -> pd.DataFrame:
    """
    Count what was skipped, added and moved, over all cases.

    Parameters
    ----------
    aligned
        ``cases`` and ``moves``, one row a way through. What is both left out and done elsewhere in
        a case was moved.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    cases: Counter[tuple[str, str, str]] = Counter()
    for n, moves in zip(aligned["cases"], aligned["moves"], strict=True):
        found = Counter(_departures(moves))
        for departure, times in found.items():
            counts[departure] += times * n
            cases[departure] += n
    held = max(int(aligned["cases"].sum()), 1)
    rows = [
        {**dict(zip(("kind", "activity", "after"), departure, strict=True)),
         "cases": cases[departure], "count": count, "share": cases[departure] / held}
        for departure, count in counts.items()
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=tables.DEPARTURES.names)
    ordered = table.sort_values(
        ["cases", "kind", "activity", "after"], ascending=[False, *[True] * 3]
    )
    kinds = {"cases": "int64", "count": "int64", "share": "float64"}
    return tables.DEPARTURES.check(ordered.reset_index(drop=True).astype(kinds))


def _departures(moves: list[tuple[str | None, str | None]]) -> Iterator[tuple[str, str, str]]:
    skipped = Counter(modelled for logged, modelled in moves if logged is None)
    added = Counter(logged for logged, modelled in moves if modelled is None)
    moved, taken, before = skipped & added, Counter[str | None](), START
    for activity, times in moved.items():
        yield from [("moved", str(activity), "")] * times
    for activity, times in (skipped - moved).items():
        yield from [("skipped", str(activity), "")] * times
    for logged, modelled in moves:
        if modelled is None and taken[logged] < moved[logged]:
            taken[logged] += 1
        elif modelled is None:
            yield "added", str(logged), before
        before = logged or before
