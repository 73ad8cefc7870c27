"""Words of degree, each with its rule: 明显, 大幅, 略."""

from __future__ import annotations

import math

#: A difference by less than this part is slight; from the other on it is large.
CLEAR, LARGE = 0.1, 1 / 3


def degree(part: float, low: float, high: float) -> str:
    """
    By which word a difference may be told.

    Parameters
    ----------
    part
        The difference as a part of what was before.
    low, high
        The interval of the difference, in any unit.

    Returns
    -------
    str
        ``large``, ``clear`` or ``slight``; ``none`` where the interval does not exclude zero.

    Examples
    --------
    >>> degree(0.4, 1.0, 3.0), degree(0.2, 1.0, 3.0), degree(0.05, 0.1, 0.9), degree(0.5, -1.0, 2.0)
    ('large', 'clear', 'slight', 'none')
    """
    if not (math.isfinite(low) and math.isfinite(high)) or low <= 0 <= high:
        return "none"
    size = abs(part)
    return "large" if size >= LARGE else "clear" if size >= CLEAR else "slight"
