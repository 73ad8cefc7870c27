"""Everything that this review can measure again next year, found wanting or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from efficiency.criteria.standards import Standard
from efficiency.evidence.points.points_file import point_id, subject_text
from efficiency.findings.congestion import TOLD_CAUSES
from efficiency.findings.standards.compliance import wilson
from efficiency.language import Language
from efficiency.words import phrase

COLUMNS = [
    "id", "kind", "subject", "measure", "value", "low", "high", "n", "better", "unit",
    "hours", "hours_low", "hours_high",
]  # fmt: skip
Found: TypeAlias = Mapping[str, pd.DataFrame]
Own: TypeAlias = Mapping[str, Mapping[str, Iterable[Standard]]]
_UNITS = {"ratio": "ratio", "in_for_out": "ratio", "difference": "hours"}
_Z = 1.959963984540054


def measures(
    found: Found,
    own: Own,
    years: float,
    language: Language = "zh",
) -> pd.DataFrame:
    """
    List what can be measured, one row a kind and subject of findings.

    Parameters
    ----------
    found
        The tables of a review by name; those that are missing measure nothing.
    own
        By log and activity, the standards of steps with a limit of their own.
    years
        How long the cases came in, in years.
    language
        The language in which measures are named.

    Returns
    -------
    DataFrame
        ``id`` (that of the finding, were there one)``, kind, subject`` (JSON)``, measure`` (its
        name)``, value, low, high`` (95 %)``, n, better`` (``higher`` or ``lower``)``, unit``
        (``share, ratio, hours``)``, hours, hours_low, hours_high`` (working hours at stake in a
        year; empty where they cannot be told).

    Notes
    -----
    The interval of a sum of hours over n cases is ±1.96 √n s, with the standard deviation s over
    all cases, those without any included.
    """
    parts = (_standards, _rules, _rework, _groups, _changes, _waiting, _backlog)
    rows = [row for part in parts for row in part(found)]
    rows += _steps(found, own)
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["measure"] = [phrase(f"measured_{key}", language) for key in table["measure"]]
    hours = ["hours", "hours_low", "hours_high"]
    table[hours] = table[hours].astype(float) / years
    return table.sort_values(["kind", "subject"], kind="stable").reset_index(drop=True)


def _measure(
    kind: str,
    subject: tuple[tuple[str, str], ...],
    measure: str,
    told: tuple[float, float, float, int],
    hours: tuple[float, float, float] = (np.nan, np.nan, np.nan),
) -> dict[str, Any]:
    value, low, high, n = told
    return {
        "id": point_id(kind, dict(subject)),
        "kind": kind,
        "subject": subject_text(dict(subject)),
        "measure": measure,
        "value": value,
        "low": low,
        "high": high,
        "n": n,
        "better": "higher" if measure == "share_met" else "lower",
        "unit": _UNITS.get(measure, "share"),
        **dict(zip(("hours", "hours_low", "hours_high"), hours, strict=True)),
    }


def summed(values: pd.Series, n: int) -> tuple[float, float, float]:
    """
    Give a sum over n cases with its 95 % interval; cases that are not listed have none.

    Examples
    --------
    >>> [round(part, 2) for part in summed(pd.Series([2.0, 2.0]), 4)]
    [4.0, 0.0, 8.53]
    """
    known = values.dropna().to_numpy(dtype=float)
    total = float(known.sum())
    if n < 2:
        return total, np.nan, np.nan
    spread = max(float((known**2).sum()) - total**2 / n, 0.0) / (n - 1)
    half = _Z * float(np.sqrt(n * spread))
    return total, max(total - half, 0.0), total + half


def _rows(found: Found, name: str) -> Iterator[Any]:
    table = found.get(name)
    return iter(()) if table is None else table.itertuples(index=False)


def _summed(found: Found, name: str, key: str, counts: list[str]) -> Iterator[Any]:
    """Give the counts of a criterion over all logs that it applies to."""
    table = found.get(name)
    if table is None or table.empty:
        return iter(())
    whole = table.astype(dict.fromkeys(counts, float)).groupby(key, sort=False, as_index=False)
    rows: Iterator[Any] = whole[counts].sum(min_count=1).itertuples(index=False)
    return rows


def _standards(found: Found) -> Iterator[dict[str, Any]]:
    for row in _summed(found, "compliance", "standard_id", ["met", "late", "overdue"]):
        decided = int(row.met + row.late + row.overdue)
        if not decided:
            continue
        here = found["judgements"][found["judgements"]["standard_id"] == row.standard_id]
        late = here[here["verdict"].isin(["late", "overdue"])]
        subject = (("standard_id", str(row.standard_id)),)
        told = (*wilson(int(row.met), decided), decided)
        yield _measure("standard", subject, "share_met", told, summed(late["over_hours"], decided))


def _rules(found: Found) -> Iterator[dict[str, Any]]:
    for row in _summed(found, "rules", "rule_id", ["n", "broken", "pending", "undecidable"]):
        decided = int(row.n - row.pending - row.undecidable)
        if decided > 0 and pd.notna(row.broken):
            subject = (("rule_id", str(row.rule_id)),)
            told = (*wilson(int(row.broken), decided), decided)
            yield _measure("rule", subject, "share_broken", told)


def _steps(found: Found, own: Own) -> Iterator[dict[str, Any]]:
    """Measure steps by their own limits, or else by their share of all time."""
    for row in _rows(found, "step_summary"):
        subject = (("log", row.log), ("activity", row.activity))
        limits = [s.standard_id for s in own.get(row.log, {}).get(row.activity, ())]
        if not limits:
            steps = found["steps"]
            here = steps[(steps["log"] == row.log) & (steps["activity"] == row.activity)]
            cases = here.groupby("case_id")["work_hours"].sum()
            told = (row.share, row.low, row.high, int(row.n))
            yield _measure("slow_step", subject, "share_of_time", told, summed(cases, len(cases)))
            continue
        judged = found["judgements"][found["judgements"]["standard_id"].isin(limits)]
        decided = judged[judged["verdict"].isin(["met", "late", "overdue"])]
        late = decided[decided["verdict"] != "met"]
        if len(decided):
            told = (*wilson(len(late), len(decided)), len(decided))
            hours = summed(late["over_hours"], len(decided))
            yield _measure("slow_step", subject, "share_late", told, hours)


def _rework(found: Found) -> Iterator[dict[str, Any]]:
    for row in _rows(found, "rework"):
        subject = (("log", row.log), ("activity", row.activity))
        told = (*wilson(row.repeated_cases, row.cases), int(row.cases))
        hours = (float(row.repeated_hours), np.nan, np.nan)
        yield _measure("rework", subject, "share_repeated", told, hours)


def _groups(found: Found) -> Iterator[dict[str, Any]]:
    table = found.get("comparisons")
    if table is None:
        return
    whole = table[(table["activity"] == "") & table["ratio"].notna()]
    whole = whole.assign(rank=whole["measure"].map({"handling": 0}).fillna(1))
    first = whole.sort_values("rank", kind="stable").drop_duplicates(["log", "attribute", "value"])
    for row in first.itertuples(index=False):
        subject = (("log", row.log), ("attribute", row.attribute), ("value", row.value))
        told = (row.ratio, row.ratio_low, row.ratio_high, int(row.compared))
        more = [1 - 1 / ratio if np.isfinite(ratio) and ratio > 0 else np.nan for ratio in told[:3]]
        # Hours above those of comparable cases, out of all that the group took.
        taken = row.hours / more[0] if more[0] else np.nan
        low, value, high = (max(taken * part, 0.0) for part in (more[1], more[0], more[2]))
        hours = (value, low, high)
        yield _measure("slow_group", subject, "ratio", told, hours)


def _changes(found: Found) -> Iterator[dict[str, Any]]:
    table = found.get("changes", pd.DataFrame({"difference_hours": [], "at": []}))
    known = table[table["difference_hours"].notna() & table["at"].notna()]
    first = known.drop_duplicates(["log", "measure", "at"]) if len(known) else known
    for row in first.itertuples(index=False):
        at = f"{pd.Timestamp(row.at):%Y-%m-%d}"
        subject = (("log", row.log), ("measure", row.measure), ("at", at))
        ends = (row.difference_hours, row.difference_low, row.difference_high)
        more = tuple(max(part, 0.0) * row.n_after for part in ends)
        told = (*ends, int(row.n_before + row.n_after))
        yield _measure("change", subject, "difference", told, more)


def _waiting(found: Found) -> Iterator[dict[str, Any]]:
    for row in _rows(found, "waiting"):
        if row.activity and row.cause in TOLD_CAUSES and pd.notna(row.work_share):
            subject = (("log", row.log), ("activity", row.activity), ("cause", row.cause))
            whole = row.hours / row.work_share if row.work_share else np.nan
            hours = (row.hours, whole * row.work_low, whole * row.work_high)
            told = (row.work_share, row.work_low, row.work_high, int(row.n))
            yield _measure("waiting", subject, "share_of_waiting", told, hours)


def _backlog(found: Found) -> Iterator[dict[str, Any]]:
    for row in _rows(found, "balance"):
        if pd.notna(row.ratio):
            subject = (("log", row.log), ("unit", row.unit))
            told = (row.ratio, row.low, row.high, int(row.arrivals))
            yield _measure("backlog", subject, "in_for_out", told)
