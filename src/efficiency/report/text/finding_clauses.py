"""How a finding of each kind is told in one clause of the main text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from efficiency.findings.kinds.change import measure_name
from efficiency.findings.kinds.opinion import asked_of
from efficiency.report.material import Material
from efficiency.report.telling import ToldFinding
from efficiency.report.text.breaches import wording_of
from efficiency.report.text.degrees import degree
from efficiency.report.text.limits import limit_clause, title_of
from efficiency.report.text.teller import Spans, Teller

#: The measure by which applicants are held against each other (groups.comparisons).
APPLICANT = "applicant"


def clause(teller: Teller, one: ToldFinding, told: Material) -> Spans:
    """Tell one finding in a clause, its numbers bound."""
    tell = _CLAUSES.get(one.kind)
    return tell(teller, one, told) if tell else _plain(teller, one)


def _plain(teller: Teller, one: ToldFinding) -> Spans:
    """Tell a finding of a kind that has no clause of its own by its title and its extent."""
    n = teller.cell("findings", "concerned", "count", id=one.id)
    return teller.say("finding_told", title=one.title, n=n)


def _slow_group(teller: Teller, one: ToldFinding, _: Material) -> Spans:
    row = comparison_of(teller, one)
    key = comparison_key(row)
    cells = {
        name: teller.cell("comparisons", column, form, **key)
        for name, column, form in (
            ("more", "ratio", "more"), ("low", "ratio_low", "more"), ("high", "ratio_high", "more"),
        )
    }  # fmt: skip
    hours = teller.hours("comparisons", "hours", "many hours", **key)
    held = [part for part in str(row.held_equal).split("; ") if part]
    key_of = "slow_group_told" if held else "slow_group_told_alone"
    # Who applied is a sign, and says nothing of what may lie behind it.
    key_of = "slow_applicant_told" if row.measure == APPLICANT and held else key_of
    return teller.say(
        key_of, value=row.value, attribute=teller.named(row.attribute),
        measure=timed(teller, row), held=teller.listed([(teller.named(part),) for part in held]),
        steps=steps_of(teller, row), hours=hours, **cells,
    )  # fmt: skip


def steps_of(teller: Teller, row: Any) -> Spans:
    """At which activities a group that is slow over all of them is, and how much."""
    if row.activity:
        return ()
    rows = teller.tables["comparisons"]
    same = [rows[name] == getattr(row, name) for name in ("log", "attribute", "value", "measure")]
    slow = rows[np.logical_and.reduce(same) & (rows["activity"] != "") & (rows["ratio_low"] > 1)]
    items = [
        teller.say(
            "slow_group_step", activity=one.activity,
            ratio=teller.cell("comparisons", "ratio", "times", **comparison_key(one)),
        )
        for one in slow.sort_values("hours", ascending=False).itertuples(index=False)
    ]  # fmt: skip
    return teller.say("slow_group_steps", items=teller.listed(items)) if items else ()


def timed(teller: Teller, row: Any, *, brief: bool = False) -> str:
    """What a comparison was measured in, and at which activity."""
    at = teller.plain("told_at", activity=row.activity) if row.activity else ""
    short = "_brief" if brief and row.measure == "handling" else ""
    return at + teller.plain(f"told_{row.measure}{short}")


def comparison_of(teller: Teller, one: ToldFinding) -> Any:
    """The row of the comparisons that a finding of a slow group rests on."""
    rows, found = teller.tables["comparisons"], one.finding
    subject = dict(found.subject)
    mine = rows[
        (rows["log"] == found.log)
        & (rows["attribute"] == subject["attribute"])
        & (rows["value"] == subject["value"])
        & (rows["activity"] == subject.get("activity", ""))
        & (rows["ratio"] == found.value)
    ]
    return next(mine.itertuples(index=False))


def comparison_key(row: Any) -> dict[str, str]:
    """The columns and values that pick a row of the comparisons."""
    names = ("log", "attribute", "value", "measure", "activity")
    return {name: getattr(row, name) for name in names}


def _high_rate(teller: Teller, one: ToldFinding, _: Material) -> Spans:
    found = one.finding
    keys = ("measure", "attribute", "value")
    key = {"log": found.log, **{name: found.about(name) for name in keys}}
    forms = {"compared": "count", "k": "count", "share": "percent", "expected": "percent"}
    columns = {"k": "compared_k"}
    cells = {
        name: teller.cell("shares", columns.get(name, name), form, **key)
        for name, form in forms.items()
    }
    return teller.say(f"high_rate_{key['measure']}", value=key["value"], **cells)


def _slow_step(teller: Teller, one: ToldFinding, _: Material) -> Spans:
    found = one.finding
    if found.table == "awaited":
        key = {"log": found.log, "activity": found.about("activity")}
        return teller.say(
            "slow_step_awaited", activity=key["activity"],
            hours=teller.hours("awaited", "hours", "many hours", **key),
            share=teller.cell("awaited", "share", "percent", **key),
        )  # fmt: skip
    return teller.say(
        "slow_step_over", activity=found.about("activity"),
        n=teller.cell("findings", "concerned", "count", id=one.id),
        hours=teller.cell("findings", "hours", "many hours", id=one.id),
    )  # fmt: skip


def _waiting(teller: Teller, one: ToldFinding, _: Material) -> Spans:
    cause = one.finding.about("cause")
    return teller.say(
        "waiting_told", activity=one.finding.about("activity"),
        share=teller.cell("findings", "value", "percent", id=one.id),
        cause=teller.plain(f"waiting_{cause}"),
    )  # fmt: skip


def _rework(teller: Teller, one: ToldFinding, _: Material) -> Spans:
    key = {"log": one.finding.log, "activity": one.finding.about("activity")}
    return teller.say(
        "rework_told", activity=key["activity"],
        k=teller.cell("rework", "repeated_cases", "count", **key),
        n=teller.cell("rework", "cases", "count", **key),
        share=teller.cell("findings", "value", "percent", id=one.id),
        hours=teller.hours("rework", "repeated_hours", "many hours", **key),
    )  # fmt: skip


def _change(teller: Teller, one: ToldFinding, _: Material) -> Spans:
    return change_sentence(teller, one, "slower_told")


def change_sentence(teller: Teller, one: ToldFinding, key: str) -> Spans:
    """Tell a level that changed, before and after, with its word of degree."""
    row = change_of(teller, one)
    cell = {name: getattr(row, name) for name in ("log", "measure", "kind", "at")}
    forms = {
        "at": "date", "before": "hours", "after": "hours", "difference": "hours",
        "n_before": "count", "n_after": "count",
    }  # fmt: skip
    columns = {
        "at": "at", "before": "median_before_hours", "after": "median_after_hours",
        "difference": "difference_hours", "n_before": "n_before", "n_after": "n_after",
    }  # fmt: skip
    part = row.difference_hours / row.median_before_hours if row.median_before_hours else 0.0
    word = degree(part, row.difference_low, row.difference_high)
    return teller.say(
        key, measure=time_words(teller, row.measure), title=row.title or "",
        degree=teller.plain(f"degree_{word}"),
        base=teller.plain("base_same_months" if row.same_months else "base_before"),
        **{name: teller.cell("changes", columns[name], form, **cell)
           for name, form in forms.items()},
    )  # fmt: skip


def time_words(teller: Teller, measure: str) -> str:
    """What a change was measured in, as the main text says it."""
    told = measure_name(measure)
    key = {"measure_whole": "time_whole", "measure_in_hand": "time_in_hand"}
    said = key.get(told.key, "time_activity")
    return teller.plain(said, activity=told.details.get("activity", ""))


def name_of(teller: Teller, one: ToldFinding, told: Material) -> str:
    """What a finding is about in a few words, without figures."""
    if one.kind == "opinion":
        return _asked_of(teller, one, told)
    if one.kind == "rule" and (wording := wording_of(teller, one, told.rule(one))):
        return wording
    what = _what(teller, one, told)
    if one.kind == "high_rate":
        return teller.plain(f"named_high_{dict(one.finding.subject)['measure']}", what=what)
    if one.kind == "slow_group" and _is_of_applicants(teller, one):
        return teller.plain("named_applicant", what=what)
    return teller.plain(f"named_{one.kind}", what=what)


def _what(teller: Teller, one: ToldFinding, told: Material) -> str:
    """The rule, limit, measure, step, group or unit that a finding is about."""
    subject = dict(one.finding.subject)
    if one.kind == "rule":
        return told.rule(one).title or subject["rule_id"]
    if one.kind == "standard":
        return title_of(told, subject["standard_id"])
    if one.kind == "change":
        return time_words(teller, subject["measure"])
    if one.kind == "growth":
        return teller.words.title
    return subject.get("activity") or subject.get("value") or subject.get("unit") or ""


def _asked_of(teller: Teller, one: ToldFinding, told: Material) -> str:
    """What a finding of the survey is about; a point that people wrote is called as they did."""
    item = asked_of(one.finding)
    if not item:
        return teller.plain("named_opinion", what=one.title)
    return teller.plain("named_opinion_item", what=short_of_item(told, item))


def _is_of_applicants(teller: Teller, one: ToldFinding) -> bool:
    """Whether a group that is slow is one of applicants."""
    rows, found = teller.tables["comparisons"], one.finding
    mine = (rows["log"] == found.log) & (rows["attribute"] == found.about("attribute"))
    return bool((mine & (rows["measure"] == APPLICANT)).any())


def change_of(teller: Teller, one: ToldFinding) -> Any:
    """The row of the changes that a finding rests on."""
    rows, found = teller.tables["changes"], one.finding
    at = pd.Timestamp(found.about("at"))
    mine = rows[(rows["log"] == found.log) & (rows["measure"] == found.about("measure"))]
    mine = mine[(pd.to_datetime(mine["at"]) == at) & (mine["difference_hours"] == found.value)]
    return next(mine.itertuples(index=False))


def _backlog(teller: Teller, one: ToldFinding, _: Material) -> Spans:
    key = {"log": one.finding.log, "unit": one.finding.about("unit")}
    return teller.say(
        "backlog_told", value=key["unit"],
        **{name: teller.cell("balance", name, "count", **key)
           for name in ("arrivals", "completions", "open")},
    )  # fmt: skip


def _growth(teller: Teller, one: ToldFinding, _: Material) -> Spans:
    cells = {
        name: teller.cell("overview", name, form, log=one.finding.log)
        for name, form in (("cases", "count"), ("change", "size"))
    }
    return teller.say("growth_told", **cells)


def _opinion(teller: Teller, one: ToldFinding, told: Material) -> Spans:
    """Tell what many say, and what the record shows beside it."""
    found, item = one.finding, asked_of(one.finding)
    if "items" not in told.tables or not item:  # a point that people wrote themselves
        return _plain(teller, one)
    short = short_of_item(told, item)
    if found.table == "choices":
        key = {"item": item, "option": found.about("value")}
        cells = {name: teller.cell("choices", name, form, **key)
                 for name, form in (("n", "count"), ("k", "count"), ("share", "percent"))
                 }  # fmt: skip
        return teller.say("voice_picked", item=short, option=key["option"], **cells)
    if found.table == "opinions":
        forms = {"n": "count", "k": "count", "share": "percent"}
        cells = {name: teller.cell("opinions", name, form, item=item)
                 for name, form in forms.items()}  # fmt: skip
        cells["wide"] = teller.cell("opinions", "wide_share", "percent", item=item)
        return teller.say("voice_few", item=short, answer=answer_of(teller, told, item), **cells)
    table = told.tables["triangulation"]
    row = table[table["item"] == item].iloc[0]
    return _beside_record(teller, short, row, answer_of(teller, told, item))


def short_of_item(told: Material, item: str) -> str:
    """How the report names a question."""
    return str(told.tables["items"].set_index("item")["short"][item])


def answer_of(teller: Teller, told: Material, item: str) -> str:
    """What an answer in favour is called: of a question put the other way round it is a no."""
    turned = told.tables["items"].set_index("item")["reversed"][item]
    return teller.plain("answer_denied" if turned else "answer_favour")


def _beside_record(teller: Teller, short: str, row: pd.Series, answer: str) -> Spans:
    """Opinion and record of the same side by side; done is told apart from done in time."""
    item, word = str(row["item"]), teller.plain(f"record_{row['measure']}")
    record = teller.cell("triangulation", "record", "percent", item=item)
    reads = str(row["reading"])
    share = teller.cell("opinions", "share", "percent", item=item)
    if reads == "harsher":
        return teller.say(
            "voice_harsher", item=short, share=share, word=word, record=record, answer=answer
        )
    if row["measure"] != "limit":
        return teller.say(
            "voice_milder_rule", item=short, share=share, word=word, record=record, answer=answer
        )
    done = teller.cell("triangulation", "done_share", "percent", item=item)
    apart = teller.say("voice_done", done=done)
    return teller.say(
        "voice_milder", item=short, share=share, word=word, record=record, done=apart,
        answer=answer,
    )  # fmt: skip


def _cover(teller: Teller, one: ToldFinding, _: Material) -> Spans:
    place, post = (one.finding.about(name) for name in ("unit", "activity"))
    cells = {
        name: teller.cell("covers", name, form, log=one.finding.log, unit=place, post=post)
        for name, form in (("both_days", "count"), ("idle_hours", "hours"))
    }
    return teller.say("both_away_told", where=place, post=post, **cells)


_CLAUSES: Mapping[str, Callable[[Teller, ToldFinding, Material], Spans]] = {
    "standard": limit_clause,
    "slow_group": _slow_group,
    "high_rate": _high_rate,
    "slow_step": _slow_step,
    "waiting": _waiting,
    "rework": _rework,
    "change": _change,
    "backlog": _backlog,
    "growth": _growth,
    "cover": _cover,
    "opinion": _opinion,
}
