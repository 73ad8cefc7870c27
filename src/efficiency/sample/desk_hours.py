"""The hours of one desk in whole seconds: how much was worked by a moment, and what falls due."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

_SECOND = 1_000_000
DAY, HOUR, MINUTE = 86_400, 3_600, 60


def day_number(date: dt.date) -> int:
    """
    Count the days since 1970.

    Examples
    --------
    >>> day_number(dt.date(1970, 1, 2))
    1
    """
    return date.toordinal() - dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class DeskHours:
    """
    The hours of a desk; all moments are whole seconds since 1970.

    Attributes
    ----------
    opens, closes, before
        Each span of hours, and the seconds worked before it.
    days, closings
        Each working day, and the moment at which it closes.

    Notes
    -----
    W(t), the seconds worked before t, is what a desk lives by: it stands still while the desk is
    closed. It shares no code with ``criteria.worktime``, so that either can be held against the
    other.
    """

    opens: list[int]
    closes: list[int]
    before: list[int]
    days: list[int]
    closings: list[int]

    @classmethod
    def of(cls, table: pd.DataFrame, calendar: int) -> DeskHours:
        """Take the hours of one calendar from a day table (``tables.DAYS``)."""
        part = table[table["calendar"] == calendar].sort_values("day")
        midnight = part["day"].to_numpy() * DAY
        width = sum(name.startswith("open_") for name in part.columns)
        opens, closes = (
            np.column_stack([part[f"{edge}_{i + 1}"] // _SECOND + midnight for i in range(width)])
            for edge in ("open", "close")
        )
        real = closes > opens
        length = closes[real] - opens[real]
        working = part["working"].to_numpy()
        return cls(
            opens[real].tolist(),
            closes[real].tolist(),
            (np.cumsum(length) - length).tolist(),
            part["day"].to_numpy()[working].tolist(),
            (midnight + part["close"].to_numpy() // _SECOND)[working].tolist(),
        )

    def work(self, moment: int) -> int:
        """W."""
        span = bisect_right(self.opens, moment) - 1
        if span < 0:
            return 0
        return self.before[span] + min(moment, self.closes[span]) - self.opens[span]

    def begin(self, work: int) -> int:
        """The last moment at which so much was worked: when the next second can begin."""
        span = bisect_right(self.before, work) - 1
        return self.opens[span] + work - self.before[span]

    def finish(self, work: int) -> int:
        """The first moment at which so much was worked: when the last second was done."""
        span = max(bisect_left(self.before, work) - 1, 0)
        return self.opens[span] + work - self.before[span]

    def closing(self, moment: int) -> int:
        """The close of business that comes next."""
        return self.closings[bisect_left(self.closings, moment)]

    def next_morning(self, moment: int) -> int:
        """The opening that follows the next close of business."""
        return self.begin(self.work(self.closing(moment)))

    def working_days_on(
        self, moment: int, n: int, pauses: Sequence[tuple[int, int | None]] = ()
    ) -> int | None:
        """
        The close of the n-th working day after the day of a moment.

        Parameters
        ----------
        moment
            When the clock starts; its day is not counted.
        n
            The number of working days.
        pauses
            From when to when the clock stands still (None: it still does). A day counts at whose
            close it runs.

        Returns
        -------
        int or None
            None where the clock stands still before the time is used up.
        """
        counted = 0
        for place in range(bisect_right(self.days, moment // DAY), len(self.days)):
            close = self.closings[place]
            around = [end for start, end in pauses if start < close]
            if None in around:
                return None
            counted += not any(end is not None and close < end for end in around)
            if counted == n:
                return self.closings[place]
        return self.closings[-1]

    def days_on(self, moment: int, n: int) -> int:
        """24:00 of the n-th calendar day after, or the close of the next working day."""
        last = moment // DAY + n
        place = bisect_left(self.days, last)
        return (last + 1) * DAY if self.days[place] == last else self.closings[place]
