"""Which answers count: rules that are stated, and how many respondents each leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.evidence.survey.answers import Answers
from efficiency.evidence.survey.codebook import scale_of
from efficiency.problems import ArgumentError, Hint, Problem

#: The rules, in the order in which they are applied.
Validity = Literal["twice", "too_fast", "all_alike", "half_empty"]
RULES: tuple[Validity, ...] = get_args(Validity)
#: Seconds that a question takes at least to be read (Huang and others 2012).
SECONDS_EACH = 2.0
#: So many scaled answers at least before "all alike" says anything, one of them turned.
FEWEST_ALIKE = 6
#: The part of the scaled items that must be answered.
LEAST_ANSWERED = 0.5


def judged(
    answers: Answers, items: pd.DataFrame, rules: Sequence[str] = RULES
) -> tuple[pd.Series, pd.DataFrame]:
    """
    The rule by which each respondent is left out, '' where none does, and the rules counted.

    Parameters
    ----------
    answers
        What was read.
    items
        ``tables.ITEMS``.
    rules
        Those that are applied.

    Returns
    -------
    tuple
        One text a row of ``answers.people``, and ``tables.VALIDITY``.

    Notes
    -----
    ``twice``: the respondent's number stands in an earlier row. ``too_fast``: less than two
    seconds for each question asked. ``all_alike``: the same step throughout, also where a question
    is put the other way round, but for the middle. ``half_empty``: more than half of the scaled
    items left blank. Who falls under several rules is left out by the first.

    References
    ----------
    Huang, J. L., Curran, P. G., Keeney, J., Poposki, E. M. and DeShon, R. P. (2012). Detecting and
    deterring insufficient effort responding to surveys. Journal of Business and Psychology 27,
    99-114.
    """
    unknown = [rule for rule in rules if rule not in RULES]
    if unknown or isinstance(rules, str):
        names = [rules] if isinstance(rules, str) else unknown
        raise ArgumentError(
            [Problem("no_rule", {"got": name, "hint": Hint(name, RULES)}) for name in names]
        )
    people = answers.people
    asked = items[~items["scale"].isin(["id", "seconds", "time", "skip", "construct"])]
    many = items["scale"].isin(["office"]).sum()
    fewest = SECONDS_EACH * (len(asked) - many)
    wide = answers.responses.pivot_table(index="row", columns="item", values="step", dropna=False)
    wide = wide.reindex(people["row"])
    turned = set(items.loc[items["reversed"], "item"]) & set(wide.columns)
    answered = wide.notna().sum(axis=1).to_numpy()
    # Who says that a question does not apply has read it.
    given = (answers.responses["reason"] != "blank").groupby(answers.responses["row"]).sum()
    filled = given.reindex(people["row"]).fillna(0).to_numpy()
    middle = _middles(items)
    is_middle = wide.eq(pd.Series(middle).reindex(wide.columns)).sum(axis=1).to_numpy() == answered
    alike = (wide.min(axis=1) == wide.max(axis=1)).to_numpy() & (answered >= FEWEST_ALIKE)
    both = (
        wide[list(turned)].notna().any(axis=1).to_numpy() if turned else np.zeros(len(wide), bool)
    )
    broken = {
        "twice": (people["respondent"].notna() & people["respondent"].duplicated()).to_numpy(),
        "too_fast": (people["seconds"] < fewest).fillna(False).to_numpy(),
        "all_alike": alike & both & ~is_middle,
        "half_empty": (filled < LEAST_ANSWERED * wide.shape[1])
        if wide.shape[1]
        else np.zeros(len(people), bool),
    }
    applied = {
        "twice": people["respondent"].notna().any(),
        "too_fast": people["seconds"].notna().any(),
        "all_alike": bool(turned) and wide.shape[1] >= FEWEST_ALIKE,
        "half_empty": bool(wide.shape[1]),
    }
    applied = {rule: bool(able) and rule in rules for rule, able in applied.items()}
    said = np.full(len(people), "", dtype=object)
    for rule in reversed(RULES):
        broken[rule] = broken[rule] & applied[rule]
        said[broken[rule]] = rule
    thresholds = {"too_fast": fewest, "all_alike": FEWEST_ALIKE, "half_empty": LEAST_ANSWERED}
    counted = pd.DataFrame(
        {
            "rule": list(RULES),
            "threshold": [float(thresholds.get(rule, np.nan)) for rule in RULES],
            "applied": [applied[rule] for rule in RULES],
            "caught": [int(broken[rule].sum()) for rule in RULES],
            "left_out": [int((said == rule).sum()) for rule in RULES],
        }
    )
    return pd.Series(said, index=people.index), tables.VALIDITY.check(counted)


def _middles(items: pd.DataFrame) -> dict[str, float]:
    """The middle step of each scale: who keeps to it throughout contradicts himself nowhere."""
    return {item: (scale.steps + 1) / 2 for item, scale in scale_of(items).items()}
