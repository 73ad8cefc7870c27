"""Standards that were not kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from scipy import stats

from efficiency.criteria.clock import KINDS
from efficiency.findings.finding import MOST_CASES, Finding
from efficiency.findings.kind import Estimate, Kind, Measure, Observed, Subject, summed
from efficiency.findings.rates import Z
from efficiency.findings.said import Limited, Listed, Named, Number, Said, Share, said
from efficiency.findings.standards.associations import plain_side

LATE = ("late", "overdue")
#: The clocks that a standard may choose; the others need no saying.
_CHOICES = {kind.choice for kind in KINDS.values() if kind.choice}
#: Rows that the report shows under a finding.
MOST_ROWS = 5


def find(
    name: str,
    judgements: pd.DataFrame,
    compliance: pd.DataFrame,
    standards: pd.DataFrame,
    trees: pd.DataFrame,
    cases: pd.DataFrame,
    step_summary: pd.DataFrame,
    small_cell: int,
) -> Iterator[Finding]:
    """
    Find the standards that were not kept.

    Notes
    -----
    ``action`` where the whole interval lies below the target, ``watch`` where only the share does.
    Rates over fewer than ``small_cell`` cases are no finding. Where the record knows no step that
    could end the clock at all, it may be the standard that is wrong: a ``note``.
    """
    known = set(step_summary["activity"])
    rows = standards.drop_duplicates("standard_id", keep="last").set_index("standard_id")
    judged = judgements.assign(over_hours=past_due(judgements, cases))
    for row in compliance.itertuples(index=False):
        decided = row.met + row.late + row.overdue
        if pd.isna(row.target) or decided < small_cell or not row.share < row.target:
            continue
        over = judged[
            (judged["standard_id"] == row.standard_id) & judged["verdict"].isin(LATE)
        ].sort_values(["over_hours", "case_id"], ascending=[False, True])
        cause = goes_with(trees[trees["standard_id"] == row.standard_id])
        found = _finding(name, row, over, rows.loc[row.standard_id], cause)
        yield found if known & set(str(found.step).split("|")) else _doubted(found)


def _finding(
    name: str,
    row: Any,
    over: pd.DataFrame,
    standard: pd.Series,
    cause: Said | None,
) -> Finding:
    ends = dict.fromkeys(part.partition(".")[0] for part in str(standard["to"]).split("|"))
    hours, decided = over["over_hours"].dropna(), int(row.met + row.late + row.overdue)
    late, overdue = (over.loc[over["verdict"] == kind, "over_hours"] for kind in LATE)
    title = str(standard.get("title") or standard.name)
    counts = ("met", "late", "overdue", "pending", "suspended", "undecidable")
    return Finding(
        kind="standard",
        subject=_subject(name, row.standard_id),
        level="action" if row.high < row.target else "watch",
        says={
            "title": said(
                "standard_title", title=title, share=Share(row.share), target=Share(row.target)
            ),
            "criterion": _criterion(title, row, standard),
            "condition": said(
                "standard_condition", n=decided, share=Share(row.share), low=Share(row.low),
                high=Share(row.high), batches=_batches(row, decided),
                **{count: int(getattr(row, count)) for count in counts},
            ),
            "cause": cause or said("cause_untested"),
            "effect": said("standard_effect", parts=Listed(_past_due(late, overdue))),
            "action": said("standard_action"),
        },
        value=row.share,
        low=row.low,
        high=row.high,
        n=decided,
        p=None,
        cases=tuple(over["case_id"].head(MOST_CASES)),
        table="judgements",
        hours=float(hours.sum()),
        theme="limits",
        certainty=_certainty(row),
        gravity=3 if row.high < row.target else 2,
        concerned=int(row.late + row.overdue),
        step="|".join(ends),
    )  # fmt: skip


def _doubted(found: Finding) -> Finding:
    """A standard whose step the record does not know: to be looked at, not held against a desk."""
    steps = Listed(tuple(Named(step) for step in str(found.step).split("|")))
    action = said("standard_action_unknown", steps=steps)
    return replace(found, level="note", gravity=1, says={**found.says, "action": action})


def _past_due(late: pd.Series, overdue: pd.Series) -> tuple[Said, ...]:
    """What was done late, what is still not done, and what was closed without it."""
    known = tuple(
        said(
            f"standard_effect_{kind}", n=len(hours), hours=Number(hours.sum()),
            median=Number(hours.median()),
        )
        for kind, hours in (("late", late.dropna()), ("overdue", overdue.dropna()))
        if len(hours)
    )  # fmt: skip
    left_out = int(overdue.isna().sum())
    return (*known, said("standard_effect_left_out", n=left_out)) if left_out else known


def _batches(row: Any, decided: int) -> Said | str:
    """Say so where clocks came in batches, and the interval rests on fewer."""
    worth = row.effective_n
    return "" if pd.isna(worth) or worth >= decided else said("standard_batches", n=round(worth))


def _certainty(row: Any) -> float:
    """How likely the share lies below the target, by the width of its interval."""
    half = max(row.high - row.share, 1e-9)
    return float(stats.norm.cdf(Z * (row.target - row.share) / half))


def _subject(name: str, standard_id: str) -> Subject:
    return (("log", name), ("standard_id", str(standard_id)))


def _criterion(title: str, row: Any, standard: pd.Series) -> Said:
    clock = str(standard.get("clock") or "")
    return said(
        "standard_criterion", title=title, id=row.standard_id, begins=standard["from"],
        ends=standard["to"], limit=Limited(str(standard["limit"])),
        clock=said(f"clock_{clock}") if clock in _CHOICES else "",
        target=Share(row.target), source=str(standard.get("source") or "—"),
    )  # fmt: skip


def goes_with(tree: pd.DataFrame) -> Said | None:
    """
    Which circumstance goes with lateness most: the first parting of a tree.

    Parameters
    ----------
    tree
        ``tables.TREES`` of one standard.

    Returns
    -------
    Said or None
        None where nothing parts the cases.
    """
    parts = tree[tree["parent"] == 0] if "parent" in tree else tree
    if len(parts) != 2:
        return None
    worse, rest = (row for row in parts.sort_values("share", ascending=False).itertuples())
    return said(
        "goes_with", side=side_of(worse.attribute, worse.side, worse.value), n=worse.n,
        share=Share(worse.share), rest_n=rest.n, rest=Share(rest.share),
    )  # fmt: skip


def side_of(attribute: str, side: str, value: str) -> Said:
    """
    Say which cases lie on one side of a parting.

    Examples
    --------
    >>> side_of("hour_band", "is", "16-18").key, side_of("hour_band", "is", "16-18").details
    ('side_hour_band', {'first': '16', 'last': '18'})
    >>> side_of("文种", "is not", "请示").key
    'side_not'
    """
    side, value = plain_side(side, value)
    if side == "is not":
        return said("side_not", side=side_of(attribute, "is", value))
    if attribute == "hour_band":
        first, _, last = value.partition("-")
        return said("side_hour_band", first=str(int(first)), last=str(int(last)))
    if attribute == "weekday":
        return said(f"side_weekday_{value}")
    if attribute == "month_end":
        return said(f"side_month_end_{value}")
    return said("side_is", name=Named(attribute), value=Named(value))


def past_due(judgements: pd.DataFrame, cases: pd.DataFrame) -> pd.Series:
    """
    Hours past due of each judgement; none where the case was closed without the step.

    Notes
    -----
    To the cut-off such a clock runs on for ever, though nobody waits for it any more.

    Examples
    --------
    >>> judged = pd.DataFrame({"case_id": ["a", "b"], "verdict": "overdue", "over_hours": 900.0})
    >>> past_due(judged, pd.DataFrame({"case_id": ["a", "b"], "open": [False, True]})).tolist()
    [nan, 900.0]
    """
    closed = judgements["case_id"].isin(cases.loc[~cases["open"], "case_id"])
    hours: pd.Series = judgements["over_hours"].mask(closed & (judgements["verdict"] == "overdue"))
    return hours


def measure(
    name: str, judgements: pd.DataFrame, compliance: pd.DataFrame, cases: pd.DataFrame
) -> Iterator[Measure]:
    """Measure the share of each standard that was met, and the hours past due."""
    judgements = judgements.assign(over_hours=past_due(judgements, cases))
    for row in compliance.itertuples(index=False):
        decided = int(row.met + row.late + row.overdue)
        if not decided:
            continue
        here = judgements[judgements["standard_id"] == row.standard_id]
        late = here[here["verdict"].isin(LATE)]
        yield Measure(
            _subject(name, row.standard_id),
            "share_met",
            Estimate(row.share, row.low, row.high),
            decided,
            better="higher",
            hours=summed(late["over_hours"], decided),
        )


def observe(
    subject: Mapping[str, str], judgements: pd.DataFrame, first_values: pd.DataFrame
) -> Observed | None:
    """The clocks of a standard that were decided, each known by its due moment."""
    rows = judgements[
        (judgements["standard_id"] == subject.get("standard_id", ""))
        & judgements["verdict"].isin(["met", *LATE])
    ]
    if rows.empty:
        return None
    seen = rows.assign(
        at=rows["from_time"], value=(rows["verdict"] == "met").astype(float), running=False,
        touched=True, what="", known_by=rows["due"],
    )  # fmt: skip
    seen = seen[["case_id", "at", "value", "running", "touched", "what", "known_by"]]
    whole = seen.merge(first_values, on="case_id", how="left")
    return Observed("share_met", whole, unit="share", better="higher")


def exhibit(finding: Finding, judgements: pd.DataFrame) -> pd.DataFrame:
    """Pick the worst of the finding's first cases."""
    rows = judgements[judgements["standard_id"] == finding.about("standard_id")]
    shown = rows[rows["case_id"].isin(finding.cases[:MOST_ROWS])].sort_values(
        ["over_hours", "case_id"], ascending=[False, True]
    )
    return shown[["case_id", "from_time", "due", "to_time", "over_hours"]].head(MOST_ROWS)


KIND = Kind("standard", find, measure, exhibit, observe, flows=False)
