"""Rules on what is known of a document: its attributes, its corrections, other registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_DAY, Value
from efficiency.criteria.rules import Comparison, Register, Rule
from efficiency.evidence.log_record import MOMENTS
from efficiency.facts.case_values import case_values, known
from efficiency.facts.events import Events, Log
from efficiency.findings.rules.done_steps import DoneSteps, Found
from efficiency.findings.standards.clocks.deadlines import micros_of

#: Titles agree from this likeness on: one slip in a title of twelve characters still does.
LIKENESS = 0.8
#: Corrections are followed back over this many doublings: chains of up to 2**5 corrections.
_DOUBLINGS = 5
_MARKS = r"[\s《》〈〉「」“”\"'‘’（）()〔〕\[\]【】·,，。、:：-]+"
_BETWEEN = r"\s*[、，,;；|][、，,;；|\s]*"
_ENDS = r"^[、\s]+|[、\s]+$"
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"


def attribute(done: DoneSteps, rule: Rule) -> Found:
    """The cases for which all conditions hold; where a value is unknown, nothing is said."""
    wide = case_values(done.events, rule.columns)
    holds = _holds(wide, rule.comparisons[0])
    for part in rule.comparisons[1:]:
        holds = holds & _holds(wide, part)
    shown = ibis.literal("；").join(
        [ibis.literal(f"{column}=") + known(wide, column) for column in rule.columns]
    )
    wide = wide.select("case", holds=holds, what=shown)
    hits = wide.filter(wide.holds.fill_null(False)).join(_first_rows(done.events), "case")
    return Found(
        hits.select("case", "row", "what"), wide.filter(wide.holds.isnull()).select("case")
    )


def _holds(wide: ir.Table, part: Comparison) -> Value:
    """Whether a condition holds: true, false, or empty where the value is not known."""
    value = known(wide, part.column)
    if part.sign in {"=", "!="} and not part.many:
        inside = value.isin(list(part.values))
        inside = inside if part.sign == "=" else ~inside
        # An empty value says nothing, unless it is the empty value that is asked for.
        return inside if "" in part.values else (value != "").ifelse(inside, ibis.null("boolean"))
    number = _count(value) if part.many else _number(value)
    if part.minus:
        number = number - _number(known(wide, part.minus))
    limit = float(part.values[0])
    compared = {
        "=": number == limit,
        "!=": number != limit,
        ">": number > limit,
        ">=": number >= limit,
        "<": number < limit,
        "<=": number <= limit,
    }
    return compared[part.sign]


def _number(text: Value) -> Value:
    """Read a number; engines take more for one than people do, such as nan."""
    plain = text.strip()
    return plain.re_search(_NUMBER).ifelse(plain, ibis.null("string")).try_cast("float64")


def _count(text: Value) -> Value:
    """Count the names in a list; none where it is empty."""
    names = text.re_replace(_BETWEEN, "、").re_replace(_ENDS, "").nullif("")
    return (names.length() - names.replace("、", "").length() + 1).cast("float64")


def _first_rows(events: Events) -> ir.Table:
    """The first row and the first moment of each case."""
    steps = events.steps
    firsts = steps.group_by("case").aggregate(row=steps.row.min().cast("int64"))
    cases = events.cases.select("case", "case_id", moment=events.cases["first"])
    return firsts.join(cases, "case")


def corrections(done: DoneSteps, rule: Rule) -> Found:
    """
    The documents that were corrected at least `n` times.

    Notes
    -----
    The column names the case that is corrected, or a number that all versions share. Links are
    followed back to the first version by doubling, so a chain takes a few joins and no loop over
    its links.
    """
    events = done.events
    wide = case_values(events, rule.columns).join(_first_rows(events), "case")
    value = known(wide, rule.columns[0]).strip()
    linked = wide.select(
        "case", "case_id", "row", "moment", key=value.nullif("").fill_null(wide.case_id)
    )
    of = _followed(events, linked.mutate(least=ibis.least(linked.case_id, linked.key)))
    versions = ibis.window(group_by=of.key, order_by=[of.moment, of.case_id])
    of = of.mutate(
        version=ibis.row_number().over(versions),
        many=of.count().over(ibis.window(group_by=of.key)),
    )
    heads = of.filter(of.version == 0).select("key", head=of.case)
    later = of.filter((of.version > 0) & (of.many > rule.n)).join(heads, "key")
    return Found(
        later.select("row", case=later["head"], what=later.case_id).select("case", "row", "what"),
        counted=heads.select(case=heads["head"]),
    )


def _followed(events: Events, of: ir.Table) -> ir.Table:
    """
    Follow each case's link to where it ends.

    Notes
    -----
    Each round doubles how far a key reaches. Where the links go round in a circle they have no
    end: the least of its ids, of all that was passed on the way, stands for it.
    """
    columns = ("case", "case_id", "row", "moment")
    links = events.keep(of).select(known_id="case_id", link="key")
    for _ in range(_DOUBLINGS):
        of = events.keep(of)
        further = of.select(known_id="case_id", further="key", passed="least")
        on = of.left_join(further, of.key == further.known_id)
        of = on.select(
            *columns,
            key=ibis.coalesce(on.further, on.key),
            least=ibis.least(on.least, on.passed.fill_null(on.least)),
        )
    of = events.keep(of)
    ends = of.select(known_id="case_id", passed="least").join(links, "known_id")
    at = of.left_join(ends, of.key == ends.known_id)
    goes_round = (at.link != at.key).fill_null(False)
    return events.keep(at.select(*columns, key=goes_round.ifelse(at.passed, at.key)))


def recurs(done: DoneSteps, rule: Rule) -> Found:
    """The cases that come back: the same values as an earlier case, within `n` days."""
    wide = case_values(done.events, rule.columns).join(_first_rows(done.events), "case")
    told = ibis.literal(value=True)
    for column in rule.columns:
        told = told & (known(wide, column) != "")
    keys = [known(wide, column) for column in rule.columns]
    again = ibis.window(group_by=keys, order_by=[wide.moment, wide.case_id])
    gap = engine.microseconds(wide.moment) - engine.microseconds(wide.moment.lag().over(again))
    wide = wide.mutate(told=told, gap=gap, what=wide.case_id.lag().over(again))
    near = (wide.gap <= rule.n * MICROSECONDS_PER_DAY).fill_null(False)
    return Found(
        wide.filter(wide.told & near).select("case", "row", "what"),
        wide.filter(~wide.told).select("case"),
    )


def forwarded(done: DoneSteps, rule: Rule) -> Found:
    """
    The documents that pass on what had been passed on `n` times before (层层转发).

    Notes
    -----
    A document's link names the one that it passes on; those without a link are not counted. Only
    links of this log are followed, each by one join.
    """
    events = done.events
    wide = case_values(events, rule.columns).join(_first_rows(events), "case")
    own = known(wide, rule.b[0]).strip() if rule.b else wide.case_id
    told = wide.select("case", "row", own=own, link=known(wide, rule.a[0]).strip())
    links = events.keep(told.filter(told.link != ""))
    above = links.select(above="own", further="link")
    chain = links.select("case", "row", what="link", at="link")
    for _ in range(rule.n):
        on = chain.join(above, [("at", "above")])
        whole = on.what + " ← " + on.further
        chain = events.keep(on.select("case", "row", what=whole, at="further"))
    return Found(chain.select("case", "row", "what"), counted=links.select("case"))


def unregistered(done: DoneSteps, rule: Rule) -> Found:
    """
    The decided documents that a second register does not know.

    Notes
    -----
    A document is known by its key. Where it or the entry has none, its title and what else must
    agree are compared, at most `n` days apart. The likeness of titles, marks and spaces aside, is
    Dice's: twice the pairs of neighbouring characters that both have ÷ the pairs of the one and
    those of the other. What lacks a part by which it is compared cannot be decided; an entry
    without a moment may be of any day.
    (An edit distance will not do: DuckDB's counts the bytes of a Chinese character, Spark's does
    not.)

    References
    ----------
    Dice, L. R. (1945). Measures of the amount of ecologic association between species. Ecology 26,
    297-302.
    """
    asked = rule.register
    assert asked is not None
    events = done.events
    own = events.keep(_decided(done, rule, asked))
    listed = engine.brought(_entries(done.registers[asked.log], asked), events.con)
    # The register as it stood at the cut-off.
    listed = events.keep(listed.filter((listed.moment <= micros_of(events.cutoff)).fill_null(True)))
    keys = listed.filter(listed.key != "").select(key=listed.key).distinct()
    open_ = events.keep(own.anti_join(keys, "key"))
    if asked.like:
        open_ = events.keep(open_.anti_join(_alike(events, open_, listed, rule.n), "case"))
    told = (open_.key != "") | ((open_.title != "") & (open_.others != ""))
    return Found(
        open_.filter(told).select("case", "row", what=open_.shown),
        open_.filter(~told).select("case"),
        counted=own.select("case"),
    )


def _alike(events: Events, own: ir.Table, listed: ir.Table, days: int) -> ir.Table:
    """The cases whose title some entry of the register shares."""
    mine = events.keep(_titled(own).select("case", *_TITLED))
    theirs = events.keep(
        _titled(listed).select("others", **{f"their_{name}": name for name in _TITLED[1:]})
    )
    near = mine.join(theirs, "others")
    apart = (near.moment - near.their_moment).abs()
    # Two numbers that differ are two documents, however alike their titles.
    unnumbered = (near.key == "") | (near.their_key == "")
    near = events.keep(
        near.filter(unnumbered, (apart <= days * MICROSECONDS_PER_DAY).fill_null(True))
    )
    shared = near.pairs.intersect(near.their_pairs).length()
    # Titles of one character have no pairs.
    dice = 2 * shared >= LIKENESS * (near.pairs.length() + near.their_pairs.length())
    return near.filter((near.title == near.their_title) | (dice & (shared > 0)))


_TITLED = ("others", "moment", "key", "title", "pairs")


def _titled(table: ir.Table) -> ir.Table:
    """Keep what can be compared, with its title's pairs of neighbouring characters."""
    return table.filter((table.title != "") & (table.others != "")).mutate(
        pairs=_pairs(table.title)
    )


def _pairs(text: Value) -> Value:
    """The pairs of neighbouring characters of a text, each once."""
    places = ibis.range(0, ibis.greatest(text.length() - 1, 0))
    return places.map(lambda place: text.substr(place, 2)).unique()


def _decided(done: DoneSteps, rule: Rule, asked: Register) -> ir.Table:
    """The decided cases with what they are looked up by; without `a`, all cases."""
    wide = case_values(done.events, asked.columns)
    steps = done.of(*rule.a) if rule.a else done.steps
    decided = steps.group_by("case").aggregate(
        moment=steps.end.min(), row=steps.row.min().cast("int64")
    )
    wide = wide.join(decided, "case")
    values = {name: known(wide, name) for name in asked.columns}
    names = ibis.literal(" ").join(list(values.values())).strip()
    return wide.select("case", "row", "moment", shown=names, **_looked_up(values, asked))


def _entries(register: Log, asked: Register) -> ir.Table:
    """Each entry of the register with what it is looked up by."""
    table = engine.table(register)
    moments = [table[name] for name in MOMENTS if name in table.columns]
    values = {name: table[name].cast("string").fill_null("") for name in asked.columns}
    first = ibis.coalesce(*moments) if moments else ibis.null("timestamp(6)")
    return table.select(
        moment=engine.microseconds(first.cast("timestamp(6)")), **_looked_up(values, asked)
    ).distinct()


def _looked_up(values: Mapping[str, Value], asked: Register) -> dict[str, Value]:
    plain = {name: value.re_replace(_MARKS, "") for name, value in values.items()}
    title, others = asked.like[:1], asked.like[1:]
    return {
        "key": _joined([plain[name] for name in asked.key]),
        "title": _joined([plain[name] for name in title]),
        # Where nothing else must agree, all do.
        "others": _joined([plain[name] for name in others]) if others else ibis.literal("|"),
    }


def _joined(values: Sequence[Value]) -> Value:
    """Values put together; empty where one of them is."""
    if not values:
        return ibis.literal("")
    whole = ibis.literal("|").join(list(values))
    told = ibis.literal(value=True)
    for value in values:
        told = told & (value != "")
    return told.ifelse(whole, "")
