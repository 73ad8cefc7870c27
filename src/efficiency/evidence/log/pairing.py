"""Pairs the rows of a life cycle to steps: scheduled, taken up, completed."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

#: What a transition says of a step, in the order in which they follow one another.
TRANSITIONS = {"schedule": "received", "start": "start", "complete": "end"}
_RANKS = {kind: rank for rank, kind in enumerate(TRANSITIONS)}
_STEP = ["case_id", "activity"]


def pairs(kinds: pd.Series) -> bool:
    """
    Whether there is something to pair.

    Where no row is a ``start`` or ``schedule`` each row is a step.
    """
    return bool(kinds.isin(["start", "schedule"]).any())


def paired(rows: pd.DataFrame) -> pd.DataFrame:
    """
    Pair life-cycle rows to steps.

    Parameters
    ----------
    rows
        ``case_id, activity, kind`` (of `TRANSITIONS`)``, moment, row`` and, if it is known,
        ``actor``.

    Returns
    -------
    DataFrame
        One row a step: ``schedule, start, complete``, each the ``row`` that says so; empty where
        none does.

    Notes
    -----
    Within case and activity, first in first out. A completion closes a start of the same actor
    before one of another; one without any closes the earliest waiting schedule. Who scheduled a
    step handed out the work: no part of the key.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "case_id": "1", "activity": "审核", "actor": ["派", "甲", "甲"], "moment": [9, 10, 11],
    ...     "kind": ["schedule", "start", "complete"], "row": [1, 2, 3],
    ... })
    >>> paired(rows).values.tolist()
    [[1, 2, 3]]
    """
    ranks = rows["kind"].map(_RANKS)
    rows = rows.assign(rank=ranks).sort_values(["moment", "rank", "row"], kind="stable")
    rows = rows.assign(actor=rows["actor"].fillna("") if "actor" in rows else "")
    starts, ends = (rows["kind"] == kind for kind in ("start", "complete"))
    done = rows[starts | ends]
    several = done.groupby(_STEP)["actor"].transform("nunique") > 1
    begun = pd.concat([_matched(done[~several], "start"), _by_hand(done[several])])
    begun = begun.reindex(rows.index)
    # Whatever begins first, a start or a completion without one, takes the earliest schedule.
    alone = ends & begun.isna()
    asked = rows[(rows["kind"] == "schedule") | starts | alone]
    given = _matched(asked, "schedule").reindex(rows.index)
    number = rows["row"].astype("Int64")
    closed = number[begun.notna()].set_axis(begun.dropna())
    parts = [
        pd.DataFrame({"schedule": given[starts], "start": number[starts],
                      "complete": number[starts].map(closed).astype("Int64")}),
        pd.DataFrame({"schedule": given[alone], "complete": number[alone]}),
        pd.DataFrame({"schedule": number[(rows["kind"] == "schedule")
                                         & ~number.isin(given.dropna())]}),
    ]  # fmt: skip
    told = pd.concat(parts, ignore_index=True).reindex(columns=list(TRANSITIONS))
    return told.astype("Int64")


def _by_hand(rows: pd.DataFrame) -> pd.Series:
    """
    For each completion of steps that several people work at, the row of the start that it closes.

    Notes
    -----
    Whose start is closed decides what the next completion finds: row after row, of the few steps
    at which more than one person works.
    """
    waiting = defaultdict[tuple[str, str], list[tuple[str, int]]](list)
    closed = {}
    columns = (rows[name] for name in (*_STEP, "actor", "kind", "row"))
    for at, (case, activity, actor, kind, row) in zip(
        rows.index, zip(*columns, strict=True), strict=True
    ):
        queue = waiting[case, activity]
        if kind == "start":
            queue.append((actor, row))
        elif queue:
            own = next((one for one in queue if one[0] == actor), queue[0])
            queue.remove(own)
            closed[at] = own[1]
    return pd.Series(closed, dtype="Int64")


def _matched(rows: pd.DataFrame, opens: str) -> pd.Series:
    """
    For each row that takes, the number of the row that it takes, first in first out.

    Parameters
    ----------
    rows
        In order of time: those of the kind ``opens`` wait, all others take one that waits.

    Notes
    -----
    With u_k = (those waiting before the k-th taker) − k, the takers that find none are those at
    which the running least of u falls below zero anew; every later one then takes one less.
    """
    group = [rows[name] for name in _STEP]
    waits = rows["kind"] == opens
    waiting = waits.astype(int).groupby(group).cumsum()
    taken = (~waits).astype(int).groupby(group).cumsum()
    short = (taken - waiting).where(~waits, 0).clip(lower=0)
    without = short.groupby(group).cummax()
    finds = ~waits & (without == without.groupby(group).shift(fill_value=0))
    place = (taken - without).where(finds, waiting)
    marked = rows.assign(place=place)
    takers = marked[finds][[*_STEP, "place"]].reset_index(names="at")
    stock = marked[waits][[*_STEP, "place", "row"]]
    both = takers.merge(stock, on=[*_STEP, "place"])
    return pd.Series(both["row"].to_numpy(), index=both["at"], dtype="Int64")
