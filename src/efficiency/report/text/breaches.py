"""How breaches of procedure are told: a few meanings, each with its two or three figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from efficiency.criteria.rules import Rule
from efficiency.report.material import Material
from efficiency.report.telling import ToldFinding
from efficiency.report.text.teller import Spans, Teller
from efficiency.report.themes import RULE_GROUPS

#: Rules that are told of one meaning; the others follow in the annex.
MOST_RULES = 4
#: Steps of a typical case that a sentence tells.
MOST_STEPS = 4
#: Groups of rules whose breach is told by a case: those of hands would name people.
_TOLD_BY_CASE = ("sequence", "returns", "routing")
SIGN = ("疑似", "suspected")


def breach_groups(
    teller: Teller, findings: Sequence[ToldFinding], told: Material
) -> Iterator[tuple[Spans, list[ToldFinding]]]:
    """Tell breaches by what is wrong, the most material first: a sentence and what is in it."""
    groups: dict[str, list[ToldFinding]] = {}
    for one in findings:
        kind = told.rule(one).kind
        groups.setdefault(RULE_GROUPS.get(kind, "sequence"), []).append(one)
    for name, members in groups.items():
        items = [breach_clause(teller, one, told.rule(one), told) for one in members[:MOST_RULES]]
        told_items = teller.listed(items, "semicolon")
        lead = teller.plain(f"breaches_{name}")
        # A heading over one item would say it twice.
        sentence = (
            teller.say("breaches_of_group", lead=lead, items=told_items)
            if len(items) > 1
            else told_items
        )
        yield sentence, members[:MOST_RULES]


def breach_clause(
    teller: Teller, one: ToldFinding, rule: Rule, told: Material, *, brief: bool = False
) -> Spans:
    """Tell how many cases break a rule, in the rule's own words where it has any."""
    key = {"log": one.finding.log, "rule_id": rule.rule_id}
    wording = wording_of(teller, one, rule)
    if one.finding.n < told.small_cell:
        said = "breach_wording_withheld" if wording else "breach_title_only_withheld"
        return teller.say(said, wording=wording, title=rule.title or rule.rule_id)
    few = "_few" if brief else ""
    # The base are the cases that could be decided, as of the share.
    shown = {} if few else {
        "share": teller.cell("rules", "share", "percent", **key),
        "n": teller.cell("findings", "n", "count", id=one.id),
    }  # fmt: skip
    said = f"breach_wording{few}" if wording else f"breach_title_only{few}"
    broken = teller.cell("rules", "broken", "count", **key)
    clause = teller.say(
        said, broken=broken, wording=wording, title=rule.title or rule.rule_id, **shown
    )
    if few or one.finding.concerned <= one.finding.n / 2:
        return clause
    return teller.say("breach_doubted", told=clause)


def typical_breach(teller: Teller, one: ToldFinding, told: Material) -> Spans:
    """
    Tell a case that breaks a rule step by step; none where that would name people.

    Notes
    -----
    A case with one breach alone stands for the rule, not the worst; the first by its id of those
    whose steps are known to the minute, else the first of all, by what is wrong with it.
    """
    if one.finding.n < told.small_cell:
        return ()
    rule = told.rule(one)
    rows = teller.tables.get("deviations", pd.DataFrame())
    if not len(rows) or RULE_GROUPS.get(rule.kind, "sequence") not in _TOLD_BY_CASE:
        return ()
    mine = rows[(rows["log"] == one.finding.log) & (rows["rule_id"] == rule.rule_id)]
    single = mine[~mine["case_id"].duplicated(keep=False) & (mine["detail"] != "")]
    if single.empty:
        return ()
    steps = _proofs(teller, one, rule, single["case_id"])
    case = str((single["case_id"] if steps.empty else steps["case_id"]).min())
    key = {"log": one.finding.log, "rule_id": rule.rule_id, "case_id": case}
    detail = teller.cell("deviations", "detail", "text", **key)
    title = rule.title or rule.rule_id
    if steps.empty:
        return teller.say("typical_breach", case=case, title=title, detail=detail)
    mine = steps[steps["case_id"] == case]
    years = {at.year for at in mine["at"]} | {pd.Timestamp(day).year for day in told.period}
    form = "moment" if len(years) == 1 else "full moment"
    between = RULE_GROUPS.get(rule.kind) == "routing"
    items = [
        teller.say(
            "typical_step", at=teller.cell("proofs", "at", form, row=row.row, **key),
            unit=teller.say("typical_unit", unit=row.unit) if between and row.unit else "",
            activity=row.activity,
        )
        for row in mine.itertuples(index=False)
    ]  # fmt: skip
    return teller.say(
        "typical_breach_steps", case=case, title=title, detail=detail, steps=teller.listed(items)
    )


def _proofs(teller: Teller, one: ToldFinding, rule: Rule, cases: pd.Series) -> pd.DataFrame:
    """The steps that prove the breach of each case that a sentence can tell step by step."""
    table = teller.tables.get("proofs", pd.DataFrame())
    if not len(table):
        return table
    mine = table[(table["log"] == one.finding.log) & (table["rule_id"] == rule.rule_id)]
    each = mine[mine["case_id"].isin(cases)].groupby("case_id")
    whole = each["precision"].transform(lambda known: "day" not in set(known))
    few = each["row"].transform("size") <= MOST_STEPS
    return mine.loc[whole.index[whole.astype(bool) & few]]


def wording_of(teller: Teller, one: ToldFinding, rule: Rule) -> str:
    """The wording of a rule; what is a sign says so."""
    # A colon within a clause would be the second: what it leads to stands in brackets.
    name, colon, what = rule.wording.strip().partition("：")
    wording = f"{name}（{what}）" if colon else name
    is_sign = one.finding.certainty < 1
    if not wording or not is_sign or wording.startswith(SIGN):
        return wording
    return teller.plain("suspected_first", wording=wording)
