"""What ends a case: the activities, or the value of a status column, that close or cancel it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Status:
    """
    A column that says how each case stands, by its last value.

    Attributes
    ----------
    column
        Its name.
    closed, cancelled, open
        The values of closed, of cancelled and of open cases; of other values the steps decide.
    """

    column: str
    closed: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


@dataclass(frozen=True)
class Endings:
    """
    What ends a case.

    Attributes
    ----------
    closed_by
        Activities that close it; none: it is open while one of its steps is.
    cancelled_by
        Activities that cancel it.
    status
        A column that says how it stands; its word goes before that of the activities.
    """

    closed_by: tuple[str, ...] = ()
    cancelled_by: tuple[str, ...] = ()
    status: Status | None = None

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.closed_by or self.cancelled_by or self.status)


#: Activities that close a case, or all that ends one.
ClosedBy: TypeAlias = Sequence[str] | Endings


def endings(closed_by: ClosedBy) -> Endings:
    """
    What ends a case, however it was said.

    Examples
    --------
    >>> endings(["归档"])
    Endings(closed_by=('归档',), cancelled_by=(), status=None)
    """
    return closed_by if isinstance(closed_by, Endings) else Endings(tuple(closed_by))
