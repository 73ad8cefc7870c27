"""四、存在的突出问题: two to seven themes, each a paragraph, a typical case and what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from efficiency.language import numeral
from efficiency.report.blocks import Block
from efficiency.report.chapters.frame import Sections
from efficiency.report.chapters.opening import cutoff_words
from efficiency.report.chapters.voices import voices
from efficiency.report.material import Material
from efficiency.report.telling import ToldFinding
from efficiency.report.text.breaches import breach_clause, breach_groups, typical_breach
from efficiency.report.text.finding_clauses import clause, name_of
from efficiency.report.text.limits import typical_case
from efficiency.report.text.teller import Spans
from efficiency.report.themes import Theme, themes

#: Sentences of a theme's paragraph; where there are many kinds of work, and so more themes.
MOST_SENTENCES, MOST_BRIEF = 5, 4
#: Themes that the chapter's first sentence names.
MOST_FIRST = 3
#: Findings that are named in the last clause.
MOST_NAMED = 6


def themes_of(told: Material) -> tuple[Theme, ...]:
    """The themes of a review."""
    return themes(told.findings, told.set_aside)


def heading_of(told: Material, theme: Theme) -> str:
    """What a theme is called: in the analyst's words, else by how far it goes."""
    own = told.own.theme(theme.name).heading
    teller = told.teller()
    nouns = {told.log(one.finding.log).words.noun for one in theme.findings}
    # Of several kinds of work together only the widest word holds.
    noun = nouns.pop() if len(nouns) == 1 else teller.plain("noun_matters")
    return own or teller.plain(f"theme_{theme.name}_{theme.extent}", noun=noun)


def is_held(told: Material) -> bool:
    """Whether there is a rule, or a limit with a target, that the office was held against."""
    aimed = told.tables["compliance"]["target"].notna().any()
    return bool(len(told.tables["rules"])) or bool(aimed)


def tell_shortfalls(told: Material, place: int) -> Iterator[Block]:
    """Tell the fourth chapter."""
    teller, sections = told.teller(), Sections(told, place)
    found = themes_of(told)
    none = "problems_none" if is_held(told) else "problems_not_looked"
    yield teller.paragraph(_opening(told, found) if found else teller.say(none))
    # Said once: it holds for what follows as well.
    overlapping = next((theme for theme in found if _overlaps(told, theme)), None)
    for theme in found:
        yield sections.titled(heading_of(told, theme))
        yield from _theme(told, theme, overlaps=theme is overlapping)
    if told.set_aside:
        n = teller.cell("standing", "value", "count", measure="set_aside")
        yield teller.paragraph(teller.say("set_aside_told", n=n))


def _opening(told: Material, found: tuple[Theme, ...]) -> Spans:
    """Tell how many problems stand out, and in what most of them lie."""
    teller = told.teller()
    gravest = [theme for theme in found if theme.main][:MOST_FIRST]
    if not gravest:
        return teller.say("problems_opening" if is_held(told) else "problems_opening_asked")
    n = teller.cell("standing", "value", "count", measure="findings_action")
    names = teller.listed(teller.say(f"short_{theme.name}") for theme in gravest)
    return teller.say("problems_opening_main", n=n, themes=names)


def _theme(told: Material, theme: Theme, *, overlaps: bool) -> Iterator[Block]:
    teller = told.teller()
    sentences, left = _sentences(told, theme)
    marked = [
        (*teller.say("ordinal", place=numeral(at, told.language)), *sentence)
        for at, sentence in enumerate(sentences, start=1)
    ]
    single = len(marked) == 1
    ended = [(*part, teller.plain("stop")) for part in (sentences if single else marked)]
    rest = _rest(told, left)
    past = _past_due(told) if theme.name == "limits" else ()
    about = tuple(one.finding.id for one in theme.findings)
    apart = teller.say("breaches_overlap") if overlaps else ()
    said = [part for part in (past, rest, apart, *voices(told, theme.name)) if part]
    yield replace(teller.paragraph(*ended, *said), about=about)
    case = _case(told, theme)
    if case:
        yield teller.paragraph(case, kind="case")


def _sentences(told: Material, theme: Theme) -> tuple[list[Spans], list[ToldFinding]]:
    """The sentences of a theme, most material first, and the findings that are not in them."""
    breaches = [one for one in theme.findings if one.kind == "rule" and one in theme.main]
    others = [one for one in theme.main if one.kind != "rule"]
    first = list(theme.main) or list(theme.others)
    if not theme.main:  # nothing is beyond doubt: what is likely is told instead
        breaches = [one for one in theme.others if one.kind == "rule"]
        others = [one for one in theme.others if one.kind != "rule"]
    parts = [(clause(told.teller(told.log(one.finding.log)), one, told), [one]) for one in others]
    parts += breach_groups(told.teller(), breaches, told)
    parts.sort(key=lambda part: first.index(part[1][0]))
    kept = parts[: MOST_BRIEF if told.is_wide else MOST_SENTENCES]
    done = {one.id for _, members in kept for one in members}
    # What is 突出 and found no place among the sentences is named before what is not.
    left = [one for one in (*theme.main, *theme.others) if one.id not in done]
    return [sentence for sentence, _ in kept], left


def _past_due(told: Material) -> Spans:
    """Tell how many cases that are still open are past due."""
    if not told.counts["overdue_open"]:
        return ()
    teller = told.teller()
    n = teller.cell("standing", "value", "count", measure="overdue_open")
    return teller.say("limits_past_due", n=n, cutoff=cutoff_words(told))


def _overlaps(told: Material, theme: Theme) -> bool:
    """Whether some case breaks several rules of a theme: their counts cannot be added up."""
    rules = {(one.finding.log, one.finding.about("rule_id"))
             for one in theme.findings if one.kind == "rule"}  # fmt: skip
    rows = told.tables.get("deviations", pd.DataFrame())
    if len(rules) < 2 or not len(rows):
        return False
    mine = rows[pd.MultiIndex.from_frame(rows[["log", "rule_id"]]).isin(rules)]
    once = mine.drop_duplicates(["log", "rule_id", "case_id"])
    return bool(once.duplicated(["log", "case_id"]).any())


def _rest(told: Material, left: list[ToldFinding]) -> Spans:
    if not left:
        return ()
    teller = told.teller()
    items = list(dict.fromkeys(_other(told, one) for one in left[:MOST_NAMED]))
    key = "others_told_more" if len(left) > 1 else "others_told"
    return teller.say(key, titles=teller.listed(items), n=len(left))


def _other(told: Material, one: ToldFinding) -> Spans:
    """Name a finding in a few words, with the number of cases where it is one of cases."""
    teller = told.teller(told.log(one.finding.log))
    if one.kind == "rule":
        return breach_clause(teller, one, told.rule(one), told, brief=True)
    if one.kind == "rework":
        key = {"log": one.finding.log, "activity": one.finding.about("activity")}
        n = teller.cell("rework", "repeated_cases", "count", **key)
        return teller.say("others_item", name=name_of(teller, one, told), n=n)
    return (name_of(teller, one, told),)


def _case(told: Material, theme: Theme) -> Spans:
    """The first typical case that the theme's findings have."""
    for one in theme.findings:
        if one.kind == "standard":
            case = typical_case(told.teller(told.log(one.finding.log)), one, told)
            if case:
                return case
    rules = [one for one in theme.main if one.kind == "rule"]
    cases = (typical_breach(told.teller(told.log(one.finding.log)), one, told) for one in rules)
    return next((case for case in cases if case), ())
