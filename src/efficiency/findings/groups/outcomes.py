"""What became of each case: late, done again, in breach; one row a thing that could go wrong."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency.facts.case_values import in_scope
from efficiency.facts.events import Events
from efficiency.facts.flows import follows_a_problem
from efficiency.facts.times import case_times
from efficiency.findings.rules.held import Held

#: What went wrong in fewer cases is not asked for by group.
LEAST_WRONG = 10
COLUMNS = ("measure", "case_id", "what", "wrong", "unit", "began", "known_by")


def late(circumstances: pd.DataFrame) -> pd.DataFrame:
    """
    Each decided clock: whether it was late.

    Parameters
    ----------
    circumstances
        ``tables.CIRCUMSTANCES``.

    Returns
    -------
    DataFrame
        ``measure, case_id, what`` (the standard)``, wrong, unit, began`` (when the clock
        started)``, known_by`` (its due moment).
    """
    known = circumstances.rename(
        columns={"standard_id": "what", "late": "wrong", "due": "known_by"}
    )
    return known.assign(measure="late")[list(COLUMNS)]


def reworked(events: Events, caused: Sequence[str]) -> pd.DataFrame:
    """
    Each case and activity that is ever repeated: whether it was, by who did it first.

    Parameters
    ----------
    events
        The observed log.
    caused
        Activities that only happen after another problem: returns, urges.
    """
    steps = events.steps
    done = steps.filter(steps.done)
    first = done.group_by("case", "code").aggregate(
        unit=done.unit.argmin(done.position),
        end=done.end.min(),
        many=done.count(),
    )
    named = first.join(events.activities, "code").join(
        events.cases.select("case", "case_id", "first"), "case"
    )
    rows = events.frame(
        named.select("case_id", "unit", "many", what="activity", began="first").order_by(
            "case_id", "what"
        )
    )
    rows = rows[~rows["what"].isin(list(caused))]
    rows = rows[~rows["what"].map(follows_a_problem).astype(bool)]
    rows = rows.assign(wrong=rows["many"] > 1, measure="rework", known_by=pd.NaT)
    often = rows.groupby("what")["wrong"].transform("sum") >= LEAST_WRONG
    return rows.loc[often, list(COLUMNS)].reset_index(drop=True)


def breached(events: Events, held: Held) -> pd.DataFrame:
    """
    Each case that a rule is about, and could be decided: whether it broke it.

    Parameters
    ----------
    events
        The observed log.
    held
        The rules held against it; those that fewer than ten cases broke are left out.
    """
    counted = held.events.frame(held.broken.group_by("number").aggregate(n=held.broken.count()))
    often = sorted(counted.loc[counted["n"] >= LEAST_WRONG, "number"].tolist())
    parts = [of_rule(events, held, number) for number in often]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    return pd.concat(parts, ignore_index=True)


def of_rule(events: Events, held: Held, number: int) -> pd.DataFrame:
    """
    Each case that one rule is about, and could be decided: whether it broke it.

    Parameters
    ----------
    events
        The observed log.
    held
        The rules held against it.
    number
        Of the rule among them.

    Notes
    -----
    The unit is that of the first step of the one activity at which the rule is broken. There is
    none where no row proves a breach, where it is broken at several activities (the unit would
    hang on how the case went), or where the rule itself says which unit may do what (every breach
    would be the others').
    """
    rule = held.rules[number]
    cases = held.cases.filter(in_scope(held.cases, rule.scope)).select("case", "case_id")
    if number in held.about:
        cases = cases.semi_join(held.about[number], "case")
    for left in (held.pending, held.unknown):
        cases = cases.anti_join(left.filter(left.number == number), "case")
    broken = held.broken.filter(held.broken.number == number).mutate(hit=True)
    rows = cases.left_join(broken, "case").select("case", "case_id", "hit")
    rows = rows.left_join(_first_units(events, held, number), "case")
    rows = rows.select("case", "case_id", "hit", "unit")
    told = events.frame(rows.join(events.cases.select("case", "first"), "case").order_by("case_id"))
    return pd.DataFrame(
        {
            "measure": "breach",
            "case_id": told["case_id"],
            "what": rule.rule_id,
            "wrong": told["hit"].notna(),
            "unit": told["unit"],
            "began": told["first"],
            "known_by": pd.NaT,
        }
    )[list(COLUMNS)]


def _first_units(events: Events, held: Held, number: int) -> ir.Table:
    """The unit of each case's first step of the one activity at which a rule is broken."""
    proofs = held.proofs.filter(held.proofs.number == number)
    where = events.steps.semi_join(proofs, ["case", "row"]).select("code").distinct()
    there = events.steps.filter(events.steps.done).semi_join(where, "code")
    first = there.group_by("case").aggregate(unit=there.unit.argmin(there.position))
    many = events.frame(where.count().as_table()).iloc[0, 0]
    if "unit" in held.rules[number].form.needs or many != 1:
        return first.filter(ibis.literal(value=False))
    return first


def outcomes(
    log: Events, circumstances: pd.DataFrame, held: Held, caused: Sequence[str]
) -> pd.DataFrame:
    """
    All that could go wrong, with what is known of its case.

    Parameters
    ----------
    log
        The observed log.
    circumstances
        ``tables.CIRCUMSTANCES``.
    held
        The rules held against the log.
    caused
        Activities that only happen after another problem.

    Returns
    -------
    DataFrame
        ``measure`` (late, rework or breach)``, case_id, what`` (standard, activity or rule)``,
        wrong, unit`` (empty: none)``, began, known_by, ended`` (of its case; empty while open), and
        the other columns of the log by case.
    """
    parts = [late(circumstances), reworked(log, caused), breached(log, held)]
    some = [part for part in parts if len(part)]
    if not some:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    some = [
        part.assign(
            known_by=part["known_by"].astype("datetime64[us]"),
            unit=part["unit"].fillna("").astype(object),
        )
        for part in some
    ]
    rows = pd.concat(some, ignore_index=True)
    cases = case_times(log.plainly)
    known = [name for name in log.attributes if name in cases and name not in COLUMNS]
    cases = cases.assign(ended=cases["last"].where(~cases["open"]))
    return rows.merge(cases[["case_id", "ended", *known]], on="case_id", how="left")
