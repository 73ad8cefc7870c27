"""One log, ordered and enriched once, and the cases of it that began in any span of time."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from efficiency.criteria.calendar import Calendar
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed, within


class Observation:
    """
    A log that is observed at first use, and kept.

    Parameters
    ----------
    log
        ``tables.LOG``, or its record.
    calendar, cutoff, closed_by
        As for `observed`.

    Notes
    -----
    The connection is closed when the observation is no longer used, and at Python's end.
    """

    def __init__(
        self, log: Log, calendar: Calendar, cutoff: Any = None, closed_by: ClosedBy = ()
    ) -> None:
        self._seen: dict[str, Any] = {"cutoff": cutoff, "closed_by": closed_by}
        self._log, self._calendar = log, calendar
        self._kept: dict[tuple[str, ...], Events] = {}
        self._stack = ExitStack()
        weakref.finalize(self, self._stack.close)

    def over(self, span: Sequence[Any] | None) -> Events:
        """The events of the cases that began between two dates, both included; None: of all."""
        key = tuple(map(str, span or ()))
        if () not in self._kept:
            whole = observed(self._log, self._calendar, **self._seen)
            # What a study tells are DataFrames, wherever the log lies.
            self._kept[()] = self._stack.enter_context(whole).plainly
        if key not in self._kept:
            self._kept[key] = within(self._kept[()], span)
        return self._kept[key]
