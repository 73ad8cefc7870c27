"""Each urging of a matter: before or after it was due, and how long until it was answered."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from efficiency import tables
from efficiency._doors.engine import MICROSECONDS_PER_HOUR
from efficiency.criteria.rules import Rule
from efficiency.criteria.standards import Standard
from efficiency.facts.events import Events

#: The kind of rule that says what urges and what answers.
_KIND = "unanswered"


def urging(
    log: Events, rules: Sequence[Rule], judgements: pd.DataFrame, limits: Sequence[Standard]
) -> pd.DataFrame:
    """
    List each urging with its answer.

    Parameters
    ----------
    log
        The observed log.
    rules
        Its rules; those of kind ``unanswered`` say which activities urge and which answer.
    judgements
        ``tables.JUDGEMENTS``.
    limits
        The standards that were judged.

    Returns
    -------
    DataFrame
        ``tables.URGING``, one row an urging, in order of its moment. ``answered`` is the first
        answer after it; ``due`` the earliest deadline of the case for a step that answers.
    """
    parts = [_of(log, rule, judgements, limits) for rule in rules if rule.kind == _KIND]
    if not parts:
        return tables.URGING.empty()
    whole = pd.concat(parts, ignore_index=True)
    ordered = whole.sort_values(["at", "row", "rule_id"], kind="stable", ignore_index=True)
    return tables.URGING.check(ordered[tables.URGING.names])


def _of(
    log: Events, rule: Rule, judgements: pd.DataFrame, limits: Sequence[Standard]
) -> pd.DataFrame:
    codes = log.codes()
    urges, answers = (
        [codes[name] for name in names if name in codes] for names in (rule.a, rule.b)
    )
    done = log.steps.filter(log.steps.done)
    urged = done.filter(done.code.isin(urges))
    answered = done.filter(done.code.isin(answers)).select(
        "case", later="position", answer="end", w_answer="w_end"
    )
    pairs = urged.left_join(
        answered, [urged.case == answered.case, answered.later > urged.position]
    )
    first = pairs.group_by("case", "row", "code", "end", "w_end").aggregate(
        answer=pairs.answer.min(), w_answer=pairs.w_answer.min()
    )
    known = first.join(log.cases.select("case", "case_id"), "case").join(log.activities, "code")
    rows = log.frame(
        known.select("case_id", "activity", "row", "end", "w_end", "answer", "w_answer")
    )
    ids = [one.standard_id for one in limits if set(one.ends.activities) & set(rule.b)]
    due = judgements[judgements["standard_id"].isin(ids)].groupby("case_id")["due"].min()
    at = pd.to_datetime(rows["end"], unit="us")
    told = rows.assign(
        rule_id=rule.rule_id,
        at=at,
        answered=pd.to_datetime(rows["answer"], unit="us"),
        answer_hours=(rows["w_answer"] - rows["w_end"]) / MICROSECONDS_PER_HOUR,
        due=rows["case_id"].map(due),
    )
    late = (told["at"] > told["due"]).astype("boolean")
    return told.assign(after_due=late.mask(told["due"].isna()))
