"""Where the table of a plot comes from: it is given, or made of a log, or asked of a study."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import ibis.expr.types as ir
import pandas as pd

from efficiency.evidence.log_record import MOMENTS
from efficiency.evidence.survey.surveys import Survey
from efficiency.facts.events import Events, observed
from efficiency.findings.standards.circumstances import circumstances
from efficiency.findings.standards.judgements import judge
from efficiency.problems import ArgumentError, Problem, TableError
from efficiency.tables import Table

SEEN = ("calendar", "cutoff", "closed_by", "period")
#: Arguments by name, those that were given.
Given: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Need:
    """
    A table that a plot is drawn from, and all that it can be made of.

    Attributes
    ----------
    table
        The contract of what is drawn, with the columns that the drawing uses.
    by
        Makes it of a log: the function of the study's table; None: a log does not tell it.
    start, then
        The contract of the table before it, and what makes it of that; ``by`` gives that one.
    asked
        What a study calls it; None: as its contract does. '': a study does not have it.
    seen
        What of a log is seen, as `observed` takes it.
    survey
        Makes it of a survey; None: a survey does not tell it.
    """

    table: Table
    by: Callable[..., Any] | None = None
    start: Table | None = None
    then: Callable[..., Any] | None = None
    asked: str | None = None
    seen: tuple[str, ...] = SEEN
    survey: Callable[[Survey], pd.DataFrame] | None = None

    @property
    def options(self) -> dict[str, inspect.Parameter]:
        """The arguments of what makes it that a caller may give, but for what of a log is seen."""
        return {**self.options_of(self.by), **self.options_of(self.then)}

    def options_of(self, function: Callable[..., Any] | None) -> dict[str, inspect.Parameter]:
        """Those of one of its two functions."""
        if function is None:
            return {}
        _, *rest = inspect.signature(function).parameters.values()
        apart = {*self.seen, "calendar"}
        return {one.name: one for one in rest if one.name not in apart}

    def made(self, events: Events, given: Given) -> Any:
        """What its first function makes of a log."""
        return self._called(self.by, events, given)

    def ended(self, table: Any, given: Given) -> pd.DataFrame:
        """What its second function makes of the table before it, where there is one."""
        whole = table if self.then is None else self._called(self.then, _frame(table), given)
        return self.table.check(_frame(whole))

    def taken(self, source: Any, given: Given) -> tuple[pd.DataFrame, bool]:
        """
        The table of a source that is no log, and whether it was made here.

        Raises
        ------
        TableError
            If the source is neither the table nor what it is made of.
        ArgumentError
            If something is given that the source has fixed already.
        """
        if isinstance(source, Survey) and self.survey is not None:
            refuse(given)
            made = self.survey(source)
            if made.empty:
                raise ArgumentError([Problem("nothing_drawn", {"name": self.table.name})])
            return self.table.check(made), True
        if _keeps(self.table, source):
            refuse(given)
            return _frame(source), False
        if self.start is not None and _keeps(self.start, source):
            refuse(given, self.options_of(self.then))
            return self.ended(source, given), True
        if self.asked != "" and is_study(source):
            return self._asked(source, given), True
        return self.table.check(source), False

    def _asked(self, study: Any, given: Given) -> pd.DataFrame:
        name = self.asked or self.table.name
        if self.start is not None and name == self.start.name:
            refuse(given, self.options_of(self.then))
            return self.ended(study.table(name), given)
        refuse(given)
        table = _frame(study.table(name))
        # Where there is nothing to tell, a table may have no columns either.
        whole = table if len(table) else table.reindex(columns=self.table.names)
        return self.table.check(whole)

    def _called(self, function: Any, table: Any, given: Given) -> Any:
        options = self.options_of(function)
        empty = inspect.Parameter.empty
        needed = {name: None for name, one in options.items() if one.default is empty}
        return function(table, **needed | {name: given[name] for name in options if name in given})


def found(
    need: Need, beside: Mapping[str, Need], source: Any, given: Given
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame] | None]:
    """
    The table of a source, and those beside it; None: it was given, and nothing else is known.

    Parameters
    ----------
    need, beside
        The table that is drawn, and others by the name of an argument.
    source
        What is to be drawn.
    given
        The arguments for what makes the table, those that were given.
    """
    if need.by is not None and is_log(source):
        return _observed(need, beside, source, given)
    table, is_made = need.taken(source, given)
    if not is_made:
        return table, None
    return table, {name: one.taken(source, {})[0] for name, one in beside.items()}


def _observed(
    need: Need, beside: Mapping[str, Need], log: Any, given: Given
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    seen = {name: given[name] for name in need.seen if name in given}
    with observed(log, **seen, worked="calendar" in need.seen) as events:
        first = need.made(events, given)
        return need.ended(first, given), {
            name: one.ended(first if one.by is need.by else one.made(events, {}), {})
            for name, one in beside.items()
        }


def used(table: Table, *columns: str) -> Table:
    """
    A contract of the columns that a drawing uses.

    Notes
    -----
    Whole numbers may be floats: they are once a table was read from a file with gaps.

    Examples
    --------
    >>> from efficiency import tables
    >>> used(tables.VOLUME, "month", "begun").names
    ['month', 'begun']
    """
    known = {column.name: column for column in table.columns}
    kept = tuple(
        replace(column, required=True, kind="number" if column.kind == "integer" else column.kind)
        for column in (known[name] for name in columns)
    )
    return replace(table, columns=kept)


def of_standard(table: pd.DataFrame, standard_id: str | None) -> pd.DataFrame:
    """
    The rows of one standard: of the one that is named, else of the only one there is.

    Raises
    ------
    ValueError
        If the table holds several standards and none is named, or not the one that is.
    """
    if "standard_id" not in table or (table.empty and standard_id is None):
        return table
    have = table["standard_id"].unique().tolist()
    if standard_id is None and len(have) == 1:
        return table
    if standard_id in have:
        return table[table["standard_id"] == standard_id]
    raise ValueError(
        f"the table holds {len(have)} standards; keep the rows of one, "
        f"standard_id={(have or ['T1'])[0]!r}; there are {', '.join(have) or 'none'}"
    )


def each_standard(known: pd.DataFrame, of: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    """
    Something of the rows of each standard, with its id in front.

    Examples
    --------
    >>> known = pd.DataFrame({"standard_id": ["T1", "T1", "T2"]})
    >>> each_standard(known, lambda rows: pd.DataFrame({"n": [len(rows)]})).values.tolist()
    [['T1', 2], ['T2', 1]]
    """
    parts = [of(rows).assign(standard_id=name) for name, rows in known.groupby("standard_id")]
    whole = pd.concat(parts or [of(known).assign(standard_id="")], ignore_index=True)
    return whole[["standard_id", *whole.columns.drop("standard_id")]]


def circumstances_of(log: Events, standards: pd.DataFrame) -> pd.DataFrame:
    """``tables.CIRCUMSTANCES`` of what is judged by some standards."""
    return circumstances(log, judge(log, standards), standards)


def refuse(given: Given, honoured: Collection[str] = ()) -> None:
    """Raise ArgumentError where something is given that is not honoured."""
    fixed = [name for name in given if name not in honoured]
    if fixed:
        raise ArgumentError([Problem("fixed", {"name": name}) for name in fixed])


def _keeps(table: Table, source: Any) -> bool:
    if not isinstance(source, pd.DataFrame | ir.Table):
        return False
    try:
        table.check(source)
    except TableError:
        return False
    return True


def is_log(source: Any) -> bool:
    """Whether it is meant as a log; whether it is a right one, `observed` tells."""
    if isinstance(source, Events):
        return True
    if not isinstance(source, pd.DataFrame | ir.Table):
        return False
    # Tables of cases and of steps have ids too, but no moment at which a step was done.
    have = set(source.columns)
    return {"case_id", "activity"} <= have and bool(have & set(MOMENTS))


def is_study(source: Any) -> bool:
    """Whether it can be asked for its tables by name."""
    return not isinstance(source, pd.DataFrame | ir.Table) and callable(
        getattr(source, "table", None)
    )


def _frame(table: Any) -> Any:
    return table.to_pandas() if isinstance(table, ir.Table) else table
