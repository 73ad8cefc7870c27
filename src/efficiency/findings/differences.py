"""The findings that tests found: groups that take longer, and levels that changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from efficiency.findings.finding import Finding
from efficiency.findings.standards.associations import plain_side
from efficiency.language import Language
from efficiency.words import heading, number, percent, phrase

#: Tests within one review share one false discovery rate.
DISCOVERY_RATE = 0.05
#: What differs by less, as a ratio of times, is not worth a finding.
SLOWER, CHANGED = 1.10, 1.05
USUAL = 2 / 3
#: A date that was found lies so near to a reform that it is the same change: found dates scatter.
SAME_DATE = pd.Timedelta(days=60)


def adjusted(*tables: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """
    Adjust the p of several tables of tests together.

    Parameters
    ----------
    tables
        Each has a column ``p``; an empty p is no test.

    Returns
    -------
    tuple of DataFrame
        The tables with ``p_adjusted``: at most 0.05 for discoveries of which no more than 5 %
        are expected to be false, over all tables.

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the
    Royal Statistical Society B 57, 289-300.

    Examples
    --------
    >>> first, second = adjusted(pd.DataFrame({"p": [0.01]}), pd.DataFrame({"p": [0.04, None]}))
    >>> first["p_adjusted"].tolist(), second["p_adjusted"].tolist()
    ([0.02], [0.04, nan])
    """
    from scipy import stats

    every = pd.concat([table["p"].astype(float) for table in tables], ignore_index=True)
    known = every.notna()
    told = every.copy()
    if known.any():
        told[known] = stats.false_discovery_control(every[known].clip(0, 1).to_numpy())
    ends = np.cumsum([len(table) for table in tables])[:-1]
    parts = np.split(told.to_numpy(), ends)
    return tuple(table.assign(p_adjusted=part) for table, part in zip(tables, parts, strict=True))


def slower(comparisons: pd.DataFrame) -> pd.Series:
    """
    Mark the rows of a table of comparisons that are worth a finding.

    Notes
    -----
    The adjusted p is at most 5 %, and the group takes at least a tenth longer. A group of more
    than two thirds of all is itself what is usual.
    """
    told = comparisons["p_adjusted"] <= DISCOVERY_RATE
    told &= comparisons["n"] <= USUAL * (comparisons["n"] + comparisons["others"])
    return told & (comparisons["ratio"] >= SLOWER)


def group_findings(
    log: str,
    comparisons: pd.DataFrame,
    language: Language,
    small_cell: int = 5,
    favour: str = "",
) -> Iterator[Finding]:
    """
    Find the units, types and origins that take longer than comparable ones.

    Parameters
    ----------
    log
        The log's name.
    comparisons
        As `compare` gives them, with ``p_adjusted``.
    language
        The language of the texts.
    small_cell
        Groups of fewer are no finding.
    favour
        The attribute that tells applicants apart, whose differences are signs of 看人办事.

    Notes
    -----
    A unit that is slower both in hand and from arrival to end is told by what it takes in hand.
    """
    ranked = comparisons.assign(rank=comparisons["measure"].map({"handling": 0}).fillna(1))
    found = ranked[slower(comparisons) & (comparisons["n"] >= small_cell)]
    for _, rows in found.sort_values("rank", kind="stable").groupby(["attribute", "value"]):
        row = next(rows.itertuples(index=False))
        parts = comparisons[
            (comparisons["attribute"] == row.attribute)
            & (comparisons["value"] == row.value)
            & (comparisons["measure"] == row.measure)
            & (comparisons["activity"] != "")
            & (comparisons["ratio_low"] > 1)
        ]
        yield _group(log, row, parts, language, row.attribute == favour)


def _group(log: str, row: Any, parts: pd.DataFrame, language: Language, favour: bool) -> Finding:
    name = heading(row.attribute, language)
    ratios = {
        "ratio": number(row.ratio, 2),
        "low": number(row.ratio_low, 2),
        "high": number(row.ratio_high, 2),
    }
    held = _named(row.held_equal, language) or phrase("held_nothing", language)
    title = "slow_group_favour_title" if favour else "slow_group_title"
    return Finding(
        kind="slow_group",
        subject=(("log", log), ("attribute", row.attribute), ("value", row.value)),
        level="watch" if favour or row.ratio_low < SLOWER else "action",
        title=phrase(title, language, name=name, value=row.value, ratio=ratios["ratio"]),
        criterion=phrase("slow_group_criterion", language, held=held),
        condition=phrase(
            "slow_group_condition", language, n=row.compared, **ratios,
            measure=phrase(f"measure_{row.measure}", language), median=number(row.median_hours),
            others=number(row.others_median_hours), delta=number(row.delta, 2),
            p=said_p(row.p_adjusted), where=_where(parts, language),
        ),
        cause=phrase("cause_untested", language),
        effect=phrase("slow_group_effect", language, hours=number(row.hours)),
        action=phrase("slow_group_action", language),
        value=row.ratio,
        low=row.ratio_low,
        high=row.ratio_high,
        n=int(row.compared),
        p=float(row.p_adjusted),
        cases=(),
        table="comparisons",
        hours=float(row.hours),
    )  # fmt: skip


def _where(parts: pd.DataFrame, language: Language) -> str:
    told = [
        phrase(
            "slow_group_part", language, activity=part.activity, ratio=number(part.ratio, 2),
            low=number(part.ratio_low, 2), high=number(part.ratio_high, 2),
        )
        for part in parts.sort_values("hours", ascending=False).itertuples(index=False)
    ]  # fmt: skip
    comma = "、" if language == "zh" else ", "
    return phrase("slow_group_where", language, parts=comma.join(told)) if told else ""


def _named(held: str, language: Language) -> str:
    comma = "、" if language == "zh" else ", "
    return comma.join(heading(name, language) for name in str(held).split("; ") if name)


def said_p(p: float) -> str:
    """
    Write a p as people read it.

    Examples
    --------
    >>> said_p(0.0312), said_p(1e-9)
    ('= 0.031', '< 0.001')
    """
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"


def shifted(changes: pd.DataFrame) -> pd.Series:
    """
    Mark the rows of a table of changes that are worth a finding.

    Notes
    -----
    The adjusted p is at most 5 %, times differ by at least a twentieth, and the interval of the
    difference does not hold zero. A date that was found next to a known reform, or whose interval
    holds it, is that reform's.
    """
    ratio, at = changes["ratio"], pd.to_datetime(changes["at"])
    clear = (changes["p_adjusted"] <= DISCOVERY_RATE) & (np.maximum(ratio, 1 / ratio) >= CHANGED)
    clear &= (changes["difference_low"] > 0) | (changes["difference_high"] < 0)
    reforms = at[changes["kind"] == "reform"].drop_duplicates()
    near = pd.Series(False, index=changes.index)
    first, last = (pd.to_datetime(changes[name]) for name in ("at_low", "at_high"))
    for date in reforms:
        near |= ((at - date).abs() <= SAME_DATE) | ((first <= date) & (date <= last))
    return clear & ~((changes["kind"] == "found") & near)


def change_findings(
    log: str, changes: pd.DataFrame, language: Language, day_hours: float
) -> Iterator[Finding]:
    """
    Find the levels that changed, for better or worse.

    Parameters
    ----------
    log
        The log's name.
    changes
        As `pace.changes` gives them, with ``p_adjusted``.
    language
        The language of the texts.
    day_hours
        The office hours of a working day.
    """
    for row in changes[shifted(changes)].itertuples(index=False):
        yield _change(log, row, language, day_hours)


def measure_name(measure: str, language: Language) -> str:
    """
    Name what a change was measured in.

    Examples
    --------
    >>> measure_name("承办.handling", "zh")
    '环节“承办”（在手）'
    """
    if measure == "case":
        return phrase("measure_whole", language)
    activity, dot, _ = measure.rpartition(".handling")
    if dot:
        return phrase("measure_in_hand", language, activity=activity)
    return phrase("measure_activity", language, activity=measure)


def _change(log: str, row: Any, language: Language, day_hours: float) -> Finding:
    slow = row.difference_hours > 0
    way, at = "slower" if slow else "faster", f"{pd.Timestamp(row.at):%Y-%m-%d}"
    hours = abs(row.difference_hours) * row.n_after
    season = "" if row.same_months else phrase("change_season", language)
    days = {
        "days": number(row.difference_hours / day_hours, 2),
        "days_low": number(row.difference_low / day_hours, 2),
        "days_high": number(row.difference_high / day_hours, 2),
    }
    return Finding(
        kind="change",
        subject=(("log", log), ("measure", row.measure), ("at", at)),
        level="watch",
        title=phrase(
            f"change_title_{way}", language, measure=measure_name(row.measure, language), at=at,
            difference=number(abs(row.difference_hours), 2),
        ),
        criterion=phrase(f"change_criterion_{row.kind}", language, at=at, title=row.title),
        condition=phrase(
            "change_condition", language, n_before=row.n_before, n_after=row.n_after,
            before=number(row.median_before_hours, 2), after=number(row.median_after_hours, 2),
            difference=number(row.difference_hours, 2), low=number(row.difference_low, 2),
            high=number(row.difference_high, 2), p=said_p(row.p_adjusted), left_out=row.left_out,
            season=season, found=_found_between(row, language), **days,
        ),
        cause=phrase("cause_untested", language),
        effect=phrase(f"change_effect_{way}", language, hours=number(hours)),
        action=phrase(f"change_action_{way}", language),
        value=row.difference_hours,
        low=row.difference_low,
        high=row.difference_high,
        n=int(row.n_before + row.n_after),
        p=float(row.p_adjusted),
        cases=(),
        table="changes",
        hours=float(hours) if slow else 0.0,
    )  # fmt: skip


def _found_between(row: Any, language: Language) -> str:
    if row.kind != "found" or pd.isna(row.at_low):
        return ""
    ends = (f"{pd.Timestamp(end):%Y-%m-%d}" for end in (row.at_low, row.at_high))
    return phrase("change_between", language, **dict(zip(("low", "high"), ends, strict=True)))


def goes_with(tree: pd.DataFrame, language: Language) -> str:
    """
    Say which circumstance goes with lateness most: the first parting of a tree.

    Parameters
    ----------
    tree
        As `causes.tree` gives it.
    language
        The language of the text.

    Returns
    -------
    str
        Empty where nothing parts the cases.
    """
    parts = tree[tree["parent"] == 0]
    if len(parts) != 2:
        return ""
    worse, rest = (row for row in parts.sort_values("share", ascending=False).itertuples())
    side, said = plain_side(worse.side, worse.value)
    value = heading(said, language)
    value = value if side == "is" else _not(value, language)
    return phrase(
        "goes_with", language, name=heading(worse.attribute, language), value=value, n=worse.n,
        share=percent(worse.share), rest_n=rest.n, rest=percent(rest.share),
    )  # fmt: skip


def _not(value: str, language: Language) -> str:
    return f"非“{value}”" if language == "zh" else f"other than '{value}'"


def day_hours_of(days: pd.DataFrame) -> float:
    """Give the office hours of a usual working day, from the day table."""
    office = days[(days["calendar"] == 0) & days["working"]]
    return float(office["length"].median()) / 3_600_000_000
