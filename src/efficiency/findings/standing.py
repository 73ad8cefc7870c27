"""How an office stands: standards met, rules kept, findings by level, points by status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from efficiency import tables
from efficiency.findings.discoveries import DISCOVERY_RATE
from efficiency.findings.finding import LEVELS, Finding
from efficiency.findings.improvement.points import MEASURED, STATUSES

_ELSEWHERE = ("standards_small", "overdue_open")
#: The measures of `standing`, in its order.
MEASURES = (
    "cases", "open", "standards_given", "standards", "standards_met", "standards_clear",
    "standards_missed", *_ELSEWHERE,
    "rules", "rules_kept", "rules_broken", "findings", *(f"findings_{level}" for level in LEVELS),
    "set_aside", "points", *(f"points_{status}" for status in STATUSES), "points_acted",
    "points_checked", "points_effective", "points_unmeasured", "compared", "compared_apart",
    "compared_untested",
)  # fmt: skip


def standing(
    cases: pd.DataFrame,
    compliance: pd.DataFrame,
    rules: pd.DataFrame,
    findings: Iterable[Finding],
    points: pd.DataFrame,
    tests: Iterable[pd.DataFrame] = (),
    set_aside: int = 0,
    given: int | None = None,
    more: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """
    Count how an office stands.

    Parameters
    ----------
    cases, compliance, rules, points
        ``tables.CASES``, ``tables.COMPLIANCE``, ``tables.ADHERENCE`` and ``tables.POINTS`` of all
        logs of a review.
    findings
        What was found.
    tests
        Tables of groups that were held against their like: ``tables.COMPARISONS``,
        ``tables.SHARES``.
    set_aside
        Findings that people decided not to hold for problems.
    given
        How many standards there are, where ``compliance`` holds only those over cases enough.
    more
        What only the whole review knows: ``standards_small``, those with a target that were left
        out of it for that; ``overdue_open``, the open cases past due by some standard.

    Returns
    -------
    DataFrame
        ``tables.STANDING``: one row each of `MEASURES`.

    Notes
    -----
    A standard is met where its share is at or above its target, and clearly so where the whole
    interval is; those without a target or a decided clock are in neither.

    Examples
    --------
    >>> held = pd.DataFrame({
    ...     "share": [0.95, 0.92, 0.5], "low": [0.91, 0.8, 0.4], "target": [0.9, 0.9, 0.9]})
    >>> cases = pd.DataFrame({"open": [True, False]})
    >>> from efficiency.evidence.points.points_file import no_points
    >>> rules = pd.DataFrame({"broken": [0, 2]})
    >>> table = standing(cases, held, rules, (), no_points()).set_index("measure")["value"]
    >>> table[["open", "standards_met", "standards_clear", "rules_kept"]].tolist()
    [1, 2, 1, 1]
    """
    found = list(findings)
    worse = [one for one in found if one.direction == "worse" and not one.part_of]
    judged = compliance[compliance["target"].notna() & compliance["share"].notna()]
    met = judged["share"] >= judged["target"]
    broken = rules["broken"]
    counts = {
        "cases": len(cases),
        "open": int(cases["open"].sum()),
        "standards_given": len(compliance) if given is None else given,
        "standards": len(judged),
        "standards_met": int(met.sum()),
        "standards_clear": int((judged["low"] >= judged["target"]).sum()),
        "standards_missed": int((~met).sum()),
        **dict.fromkeys(_ELSEWHERE, 0),
        **(more or {}),
        "rules": len(rules),
        "rules_kept": int((broken == 0).fillna(value=False).sum()),
        "rules_broken": int((broken > 0).fillna(value=False).sum()),
        "findings": len(worse),
        **{f"findings_{level}": sum(one.level == level for one in worse) for level in LEVELS},
        "set_aside": set_aside,
        **_of_points(points),
        **_of_tests(tests),
    }
    return tables.STANDING.check(
        pd.DataFrame([(name, counts[name]) for name in MEASURES], columns=tables.STANDING.names)
    )


def _of_tests(tests: Iterable[pd.DataFrame]) -> Mapping[str, int]:
    known = [table[["p", "p_adjusted", "untested"]] for table in tests if len(table)]
    every = pd.concat(known) if known else pd.DataFrame({"p": [], "p_adjusted": [], "untested": []})
    return {
        "compared": int(every["p"].notna().sum()),
        "compared_apart": int((every["p_adjusted"] <= DISCOVERY_RATE).sum()),
        "compared_untested": int((every["untested"].fillna("") != "").sum()),
    }


def _unmeasured(points: pd.DataFrame) -> pd.Series:
    """Which points of a former review nothing could be measured of."""
    return (points["verdict"] == "not measurable") & points["value"].isna()


def _of_points(points: pd.DataFrame) -> Mapping[str, int]:
    statuses = points["status"].value_counts()
    return {
        "points": len(points),
        **{f"points_{status}": int(statuses.get(status, 0)) for status in STATUSES},
        "points_acted": int(points["done"].notna().sum()),
        "points_checked": int(points["verdict"].isin(MEASURED).sum()),
        "points_effective": int(points["verdict"].isin(["effective", "partly"]).sum()),
        "points_unmeasured": int(_unmeasured(points).sum()),
    }
