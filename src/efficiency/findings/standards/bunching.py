"""Whether work is done just before it falls due: the last tenth of the time, and the jump after."""

from __future__ import annotations

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.findings.rates import wilson

#: Parts of the time allowed that are held against one another.
TENTH = 0.1
#: The histogram shows so many tenths on each side of the due moment; what lies beyond is one bar.
_REACH = 10


def bunching(margins: pd.DataFrame) -> pd.DataFrame:
    """
    Count what was done in the last tenth of the time allowed, and in the tenths beside it.

    Parameters
    ----------
    margins
        As `margins` gives them: ``standard_id, verdict, used_share``.

    Returns
    -------
    DataFrame
        One row a standard, in order: ``standard_id, n`` (cases done)``, last_tenth`` (done with
        more than nine tenths of the time used, and not late)``, share`` (of n) with its 95 %
        Wilson interval ``low, high; tenth_before`` (done in the tenth before it)``, rise_p`` (of
        "more in the last tenth than in the one before", one-sided)``; tenth_after`` (late by up
        to a tenth)``, jump_share`` (last tenth ÷ last tenth and tenth after) with its exact 95 %
        interval ``jump_low, jump_high`` and ``jump_p`` (of "more just before than just after",
        one-sided). Shares and p of nothing are empty.

    Notes
    -----
    How work would spread over the time allowed if nobody minded the deadline is not known; evenly
    is no fair guess, for most is done early. What can be held against one another are windows of
    the same width side by side: of two in which work is done at the same rate, each holds a case
    with chance one half, and the count of one given both is binomial. Where the rate falls with
    time, as it mostly does, the earlier window holds more. So a rise towards the due moment
    (``rise_p``) is hard to explain without it, while a jump (``jump_p``) alone may be the end of a
    steep fall: it tells of the deadline together with a rise.

    References
    ----------
    Cattaneo, M. D., Frandsen, B. R. and Titiunik, R. (2015). Randomization inference in the
    regression discontinuity design. Journal of Causal Inference 3, 1-24.

    Examples
    --------
    Ten cases done: one early, eight in the last tenth, and one late by a twentieth.

    >>> told = pd.DataFrame({
    ...     "standard_id": "T1", "used_share": [0.3] + [0.95] * 8 + [1.05],
    ...     "verdict": ["met"] * 9 + ["late"],
    ... })
    >>> bunching(told)[["last_tenth", "share", "tenth_after", "jump_p"]].round(4).values.tolist()
    [[8.0, 0.8, 1.0, 0.0195]]
    """
    tables.MARGINS.check(margins, ("standard_id", "verdict", "used_share"))
    done = margins[margins["verdict"].isin(["met", "late"])]
    rows = [
        {"standard_id": standard, **_row(done[done["standard_id"] == standard])}
        for standard in dict.fromkeys(margins["standard_id"])
    ]
    if not rows:
        return tables.BUNCHING.empty()
    return tables.BUNCHING.check(pd.DataFrame(rows, columns=tables.BUNCHING.names))


def _row(done: pd.DataFrame) -> dict[str, float]:
    # Sums of hours are not exact to the last digit: an edge is told from its side by less.
    used, met = done["used_share"].round(9), done["verdict"] == "met"
    last = int((met & (used > 1 - TENTH)).sum())
    before = int((met & (used > 1 - 2 * TENTH) & (used <= 1 - TENTH)).sum())
    # Done after hours on the due day, a case is late by no working time at all.
    after = int((~met & (used <= 1 + TENTH)).sum())
    share, low, high = wilson(last, len(done))
    _, rise_p = _against(last, before)
    (jump_share, jump_low, jump_high), jump_p = _against(last, after)
    return {
        "n": len(done),
        "last_tenth": last,
        "share": share,
        "low": low,
        "high": high,
        "tenth_before": before,
        "rise_p": rise_p,
        "tenth_after": after,
        "jump_share": jump_share,
        "jump_low": jump_low,
        "jump_high": jump_high,
        "jump_p": jump_p,
    }


def _against(k: int, other: int) -> tuple[tuple[float, float, float], float]:
    """The share of one count in two with its exact interval, and p of 'more than half'."""
    from scipy import stats

    if not k + other:
        return (float("nan"),) * 3, float("nan")
    test = stats.binomtest(k, k + other, alternative="greater")
    interval = stats.binomtest(k, k + other).proportion_ci(method="exact")
    return (k / (k + other), float(interval.low), float(interval.high)), float(test.pvalue)


def due_histogram(margins: pd.DataFrame) -> pd.DataFrame:
    """
    Count the cases done by how long before or after their due moment.

    Parameters
    ----------
    margins
        As `margins` gives them: ``standard_id, verdict, allowed_hours, left_hours``.

    Returns
    -------
    DataFrame
        ``standard_id, from_hours, to_hours`` (after due; negative before)``, late, cases``: bars
        of a tenth of the standard's median time allowed, ten on each side, those without a case
        too; what lies beyond is one bar on each side whose far edge is infinite.

    Notes
    -----
    A bar before due holds its later edge, one after due its earlier: a case done at the due moment
    has met it, one that is late by no working time (done after hours that day) has not.

    Examples
    --------
    >>> told = pd.DataFrame({
    ...     "standard_id": "T1", "verdict": ["met", "met", "late"], "allowed_hours": 10.0,
    ...     "left_hours": [0.0, 0.5, -1.5],
    ... })
    >>> bars = due_histogram(told)
    >>> bars[bars["cases"] > 0].values.tolist()
    [['T1', -1.0, 0.0, False, 2], ['T1', 1.0, 2.0, True, 1]]
    """
    tables.MARGINS.check(margins, ("standard_id", "verdict", "allowed_hours", "left_hours"))
    done = margins[margins["verdict"].isin(["met", "late"])]
    parts = [_bars(standard, part) for standard, part in done.groupby("standard_id", sort=False)]
    if not parts:
        return tables.DUE.empty()
    return tables.DUE.check(pd.concat(parts, ignore_index=True))


def _bars(standard: str, done: pd.DataFrame) -> pd.DataFrame:
    width = float(done["allowed_hours"].median()) * TENTH
    late = (done["verdict"] == "late").to_numpy()
    after = -done["left_hours"].to_numpy(dtype=float)
    places = np.round(after / width, 9)
    bins = np.where(late, np.floor(places).clip(0, _REACH), np.ceil(places).clip(-_REACH, 0) - 1)
    numbers = np.arange(-_REACH - 1, _REACH + 1)
    counts = pd.Series(bins.astype(int)).value_counts().reindex(numbers, fill_value=0)
    edges = (numbers.astype(float) * width, (numbers + 1.0) * width)
    edges[0][0], edges[1][-1] = -np.inf, np.inf
    return pd.DataFrame(
        {
            "standard_id": standard,
            "from_hours": edges[0],
            "to_hours": edges[1],
            "late": numbers >= 0,
            "cases": counts.to_numpy(),
        }
    )
