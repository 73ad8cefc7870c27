"""The limit that each clock runs by: the standard's, or the case's own from a column."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency._doors import engine
from efficiency._doors.engine import MICROSECONDS_PER_DAY, Value
from efficiency.criteria.clock import KINDS, OwnLimit, read_limit
from efficiency.criteria.standards import Standard
from efficiency.evidence.log.stamps import AmbiguousDayError, read_stamps
from efficiency.facts.case_values import as_text, case_values, known
from efficiency.facts.events import Events

_EPOCH = pd.Timestamp("1970-01-01")


def number_of(kind: str) -> int:
    """The number of a kind of clock, by which rows know it."""
    return list(KINDS).index(kind)


def with_limits(events: Events, versions: Sequence[Standard], rows: ir.Table) -> ir.Table:
    """
    Add the limit that each clock runs by.

    Parameters
    ----------
    rows
        With ``version`` and ``case``.

    Returns
    -------
    Table
        With ``kind`` (the number of the kind of clock) and ``amount`` (in its unit; of a due
        moment microseconds, of a due date days since 1970); both empty where the case's own limit
        is none that can be read.
    """
    kinds, amounts = [], []
    for number, version in enumerate(versions):
        if version.own is None:
            kinds.append((rows.version == number, number_of(version.limit.kind)))
            amounts.append((rows.version == number, version.limit.amount))
    fixed = [ibis.cases(*said) if said else ibis.null("int64") for said in (kinds, amounts)]
    kind, amount = (value.cast("int64") for value in fixed)
    own = [(number, version) for number, version in enumerate(versions) if version.own]
    if not own:
        return rows.mutate(kind=kind, amount=amount)
    values = case_values(events, {version.own.column for _, version in own if version.own})
    parts = []
    for number, version in own:
        assert version.own is not None
        table = limits_in(events, version.own)
        cases = values.select("case", value=known(values, version.own.column))
        part = cases.join(table, "value")
        parts.append(
            part.select("case", "kind", "amount", version=ibis.literal(number).cast("int64"))
        )
    mine = engine.union(parts).rename(own_kind="kind", own_amount="amount")
    told = rows.left_join(events.name(mine), ["version", "case"])
    return told.select(
        *rows.columns,
        kind=ibis.coalesce(told.own_kind, kind),
        amount=ibis.coalesce(told.own_amount, amount),
    )


def limits_in(events: Events, own: OwnLimit) -> ir.Table:
    """``value, kind, amount``: what each value of a column that can be read stands for."""

    def build(whole: Events) -> ir.Table:
        column = whole.log[own.column]
        dated = column.type().is_timestamp() or column.type().is_date()
        values = whole.frame(whole.log.select(value=as_text(column)).distinct())["value"]
        return engine.table(limit_values(values, own, typed=dated))

    if events.whole is not None:
        return limits_in(events.whole, own)
    return events.once(("own", own), build)


def limit_values(values: pd.Series, own: OwnLimit, *, typed: bool = False) -> pd.DataFrame:
    """
    Read the values of a column of limits.

    Parameters
    ----------
    values
        Text, each once.
    own
        The column, with the unit of its bare numbers.
    typed
        Whether the column holds times: then midnights are dates if all are.

    Returns
    -------
    DataFrame
        ``value, kind, amount`` of those that can be read; see `with_limits`.

    Examples
    --------
    >>> told = limit_values(pd.Series(["3个工作日", "2024-03-05", "尽快"]), OwnLimit("承诺时限"))
    >>> told.values.tolist()
    [['3个工作日', 2, 3], ['2024-03-05', 7, 19787]]
    """
    text = values[values.str.strip() != ""].reset_index(drop=True)
    try:
        stamps = read_stamps(text)
    except AmbiguousDayError:
        stamps = read_stamps(text, day_first=True).assign(moment=pd.NaT)
    numbers = text.str.fullmatch(r"\s*\d+(\.\d+)?\s*") & bool(own.unit)
    read = stamps["moment"].notna() & ~numbers
    moments = stamps.loc[read, "moment"]
    bare = stamps.loc[read, "precision"] == "day"
    if typed:
        bare = pd.Series(bool((moments == moments.dt.normalize()).all()), index=moments.index)
    micros = (moments - _EPOCH) // pd.Timedelta(microseconds=1)
    due = pd.DataFrame(
        {
            "value": text[read],
            "kind": bare.map({True: number_of("due_date"), False: number_of("due_moment")}),
            "amount": (micros // MICROSECONDS_PER_DAY).where(bare, micros),
        }
    )
    spans = [(value, *_span(value, own)) for value in text[~read]]
    told = pd.DataFrame(spans, columns=["value", "kind", "amount"]).dropna()
    both = pd.concat([told, due]) if len(due) else told
    return both.astype({"value": object, "kind": "int64", "amount": "int64"}).reset_index(drop=True)


def _span(value: str, own: OwnLimit) -> tuple[int | None, int | None]:
    text = value.strip()
    bare = text.replace(".", "", 1).isdigit()
    try:
        limit = read_limit(f"{text} {own.unit}" if bare and own.unit else text, own.choice)
    except ValueError:
        return None, None
    return (None, None) if limit.before else (number_of(limit.kind), limit.amount)


def kinds_used(events: Events, versions: Sequence[Standard]) -> list[str]:
    """The kinds of clock that some limit runs on, in the order of `KINDS`."""
    used = {version.limit.kind for version in versions if version.own is None}
    owns = {own for version in versions for own in (version.own, version.extends_to) if own}
    for own in owns:
        found = events.frame(limits_in(events, own).select("kind").distinct())["kind"]
        used |= {name for number, name in enumerate(KINDS) if number in set(found)}
    return [name for name in KINDS if name in used]


def is_kind(kind: Value, name: str) -> Value:
    """Whether a row's limit runs on one kind of clock."""
    return (kind == number_of(name)).fill_null(False)
