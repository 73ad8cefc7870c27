"""An office as its log shows it: its desks, how its cases went, and what each step took there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from efficiency.criteria.calendar import Calendar
from efficiency.criteria.worktime import day_table
from efficiency.evidence.log_record import MOMENTS
from efficiency.facts.events import SPARE, Events, attribute_values
from efficiency.facts.waiting.desks import TIMED, desk_table
from efficiency.sample.desk_hours import DAY, DeskHours
from efficiency.what_if.pools import ALIKE, Pool, pool_of

#: A column tells cases apart where it has no more values than this.
LEVELS = 20
#: More than any moment in seconds.
_BEYOND = 2**36
_EMPTY = Pool((-1,), (0.0,), (-1,), (-1,), ((),))


@dataclass(frozen=True)
class Office:
    """
    An office fitted to its log, from which more histories can be drawn.

    Attributes
    ----------
    steps
        One row a step, in the order of the record: ``case, row, activity, unit, actor, place`` (of
        its desk)``, kind`` (of its pools)``, source`` (the step whose end sends it off, -1:
        none)``, arrives`` (when it comes where nothing sends it)``, transit`` (seconds on the
        way)``, by_wall`` (whether by the wall clock or the desk's)``, handling_beyond,
        other_beyond`` (what an open step has taken already)``, received_known, lot`` (which of a
        history's chances are its own)``, follows`` (done in one go with its source)``,
        first_rank, second_rank`` (who is served first).
    occasions
        What else is known of each step: which time it is in its case, and the case's attributes.
    handling, other
        The pools of each kind of step, of the time in hand and of the waiting that no queue
        explains; no ``handling`` where starts are not known.
    desks
        As `desks` gives them, with ``places``: people × what they hold at once, -1: no limit.
    clocks
        The hours of units that keep their own, and under ``""`` those of the office.
    working_left
        By day from the first: the working days left in the month.
    cases
        ``case_id`` and the columns of the log that are not ours, by case.
    begins, cutoff
        The first moment and the last, in seconds.
    due
        When each case falls due, in seconds, by standard; empty where it does not. Whoever fits an
        office may add it.
    """

    steps: pd.DataFrame
    occasions: np.ndarray
    handling: tuple[Pool | None, ...]
    other: tuple[Pool, ...]
    desks: pd.DataFrame
    clocks: dict[str, DeskHours]
    working_left: np.ndarray
    cases: pd.DataFrame
    begins: int
    cutoff: int
    due: pd.DataFrame = field(default_factory=pd.DataFrame)

    def clock_of(self, unit: str) -> DeskHours:
        """The hours that a unit keeps."""
        return self.clocks.get(unit, self.clocks[""])


def fit_office(events: Events, calendar: Calendar) -> Office:
    """
    Learn an office from its observed log.

    Parameters
    ----------
    events
        The log, with its working clock and with the activities that close a case.
    calendar
        The calendar it was observed with.

    Notes
    -----
    A step is sent off by the latest step of its case that had ended when it came, so that steps
    side by side stay so. It waits at a desk for two reasons: everybody is busy, which the desk's
    queue makes again, and all *other* ones. Where somebody of the desk was free when a step was
    taken up, no queue held it, and its whole waiting is of the other kind; where all were busy,
    how much is cannot be known, and such steps do not enter the pool. That is fair as long as
    other reasons do not hang together with how busy the desk is.

    Steps without a start: where half of an activity's steps in a unit or more have one, the rest
    draw from the same pools; where fewer have, the whole stretch from arrival to end is drawn as
    other waiting, and nobody is taken to be busy with it. A moment known to the day only counts as
    not known. A step that came without a known moment came when the step before it ended.

    Open cases go on as some closed case did after a step of the same kind, chosen by lot.
    """
    desks = desk_table(events)
    places = (desks["people"] * desks["at_once"]).fillna(-1).astype("int64")
    desks = desks.assign(places=places)
    cutoff = int(events.cutoff.timestamp() // 1)
    steps = _recorded(events, desks)
    begins = int(np.nanmin(steps[list(MOMENTS)].to_numpy(dtype=float)))
    clocks = clocks_of(calendar, begins, cutoff)
    left = _working_left(events.day_frame, begins)
    steps = _on_clocks(_sent(steps), clocks, cutoff)
    steps = steps.assign(free=_free_at(steps, desks, "w_start"))
    cases = _cases(events)
    occasions = np.column_stack([steps["visit"], _levels(cases)[steps["case"]]])
    pools = _pools(steps, occasion_rows(steps["came"].to_numpy(), occasions, left, begins))
    steps = _open_ended(steps, desks, np.array([pool is not None for pool, _ in pools]))
    going, donors = _continued(steps, events.frame(events.cases.select("case", "open")))
    columns = ["case", "row", "activity", "unit", "actor", "place", "kind", "source", "arrives"]
    columns += ["transit", "by_wall", "handling_beyond", "other_beyond", "received_known"]
    return Office(
        steps=going[columns].assign(
            lot=range(len(going)), follows=False, first_rank=0, second_rank=0
        ),
        occasions=np.vstack([occasions, occasions[donors]]),
        handling=tuple(pool for pool, _ in pools),
        other=tuple(pool for _, pool in pools),
        desks=desks,
        clocks=clocks,
        working_left=left,
        cases=cases,
        begins=begins,
        cutoff=cutoff,
    )


def clocks_of(calendar: Calendar, begins: int, cutoff: int) -> dict[str, DeskHours]:
    """The hours of the office, and of the units that keep their own, with years to spare."""
    first, last = pd.Timestamp(begins, unit="s"), pd.Timestamp(cutoff, unit="s")
    days = day_table(calendar, first - pd.Timedelta(days=31), last + SPARE)
    names = ["", *(name for name, _ in calendar.units)]
    return {name: DeskHours.of(days, number) for number, name in enumerate(names)}


def occasion_rows(
    came: np.ndarray, known: np.ndarray, working_left: np.ndarray, begins: int
) -> np.ndarray:
    """
    Say on what occasion steps came.

    Returns
    -------
    ndarray
        One row a step: the second of the day, the day of the week, the working days left in the
        month, the day from the first; and what else is known.
    """
    day = np.nan_to_num(came // DAY - begins // DAY).astype("int64")
    left = working_left[day.clip(0, len(working_left) - 1)]
    weekday = (day + begins // DAY) % 7
    return np.column_stack([np.nan_to_num(came % DAY), weekday, left, day, known])


def _working_left(days: pd.DataFrame, begins: int) -> np.ndarray:
    """Count the working days of the office left in the month, from each day's morning on."""
    own = days[(days["calendar"] == 0) & (days["day"] >= begins // DAY - 31)]
    month = own["day"].to_numpy().astype("datetime64[D]").astype("datetime64[M]")
    left = own["working"].astype("int64").iloc[::-1].groupby(month[::-1]).cumsum().iloc[::-1]
    return np.asarray(left[own["day"] >= begins // DAY])


def _recorded(events: Events, desks: pd.DataFrame) -> pd.DataFrame:
    """The steps in order, moments in whole seconds, empty where known to the day only."""
    steps = events.steps.join(events.activities, "code").drop("code")
    columns = ["case", "position", "row", "activity", "actor", "done", *MOMENTS]
    bare = [f"{name}_bare" for name in MOMENTS]
    chosen = steps.select(*columns, *bare, unit=steps.unit.fill_null(""))
    frame = events.frame(chosen).sort_values(["case", "position"], ignore_index=True)
    seconds = {name: np.floor(frame[name].astype(float) / 1e6) for name in MOMENTS}
    frame = frame.assign(**seconds, actor=frame["actor"].fillna(""), ended=seconds["end"])
    for name in MOMENTS:
        frame[name] = frame[name].mask(frame[f"{name}_bare"])
    where = desks[["unit", "activities"]].assign(
        place=range(len(desks)), activity=desks["activities"].str.split(" | ", regex=False)
    )
    found = frame.merge(where.explode("activity"), on=["unit", "activity"], validate="m:1")
    found = found.sort_values(["case", "position"], ignore_index=True).drop(columns=bare)
    visit = found.groupby(["case", "activity"]).cumcount()
    kind = found.groupby(["unit", "activity"]).ngroup()
    return found.assign(visit=visit, kind=kind, received_known=found["received"].notna())


def _sent(steps: pd.DataFrame) -> pd.DataFrame:
    """Find the step that sends each one off: the latest of its case that had ended by then."""
    here = np.arange(len(steps))
    ended, case = np.flatnonzero(steps["done"]), steps["case"].to_numpy(dtype="int64")
    stops = steps["ended"].to_numpy()
    keys = case[ended] * _BEYOND + stops[ended].astype("int64")
    received = steps["received"].to_numpy()
    asked = case * _BEYOND + np.where(np.isnan(received), _BEYOND - 1, received).astype("int64")
    at = np.searchsorted(keys, asked, "right") - 1
    latest = np.where(at >= 0, ended[np.maximum(at, 0)] if len(ended) else -1, -1)
    source = np.minimum(latest, here - 1)
    source = np.where((source >= 0) & (case[source] == case), source, -1)
    sent = np.where(source >= 0, stops[source], np.nan)
    came = np.where(np.isnan(received), sent, received)
    first = steps["start"].fillna(steps["end"]).fillna(steps["ended"]).to_numpy()
    came = np.where(np.isnan(came), first, came)
    whole = steps["end"].to_numpy()[source] == stops[source]
    return steps.assign(source=source, came=came, sent=np.where(whole, sent, came), arrives=came)


def _on_clocks(steps: pd.DataFrame, clocks: dict[str, DeskHours], cutoff: int) -> pd.DataFrame:
    """Add W on the desk's own clock, the way from desk to desk, and the waiting."""
    steps = steps.assign(now=float(cutoff))
    names = {"w_came": "came", "w_sent": "sent", "w_start": "start", "w_end": "end"}
    names |= {"w_ended": "ended", "w_now": "now"}
    worked = {name: np.full(len(steps), np.nan) for name in [*names, "w_after"]}
    own = steps["unit"].where(steps["unit"].isin(list(clocks)), "")
    for unit, rows in steps.groupby(own).indices.items():
        part, clock = steps.iloc[rows], clocks[str(unit)]
        for name, moment in names.items():
            worked[name][rows] = _work(clock, part[moment].to_numpy())
        worked["w_after"][rows] = _work(clock, part["came"].to_numpy() + 1)
    steps = steps.assign(**worked)
    by_wall = _by_wall(steps)
    way = (steps["came"] - steps["sent"]).where(by_wall, steps["w_came"] - steps["w_sent"])
    transit = way.where(steps["source"] >= 0, 0).fillna(0).clip(lower=0)
    took = steps["w_end"] - steps["w_start"]
    return steps.assign(
        by_wall=by_wall,
        transit=transit.astype("int64"),
        took=took.where(steps["end"] >= steps["start"]),
        waited=(steps["w_start"] - steps["w_came"]).where(steps["start"] >= steps["came"]),
    )


def _by_wall(steps: pd.DataFrame) -> pd.Series:
    """
    Tell which ways from desk to desk go by the wall clock: those that end while the desk is closed.

    A way within office hours shows nothing; it goes as most others between the same desks do.
    """
    sent_off = steps["source"] >= 0
    closed = sent_off & (steps["w_after"] == steps["w_came"])
    stood_still = steps["came"] - steps["sent"] > steps["w_came"] - steps["w_sent"]
    votes = (closed & (steps["came"] > steps["sent"])).astype("int64")
    votes -= (sent_off & ~closed & stood_still).astype("int64")
    before = steps["kind"].to_numpy()[steps["source"]]
    return closed | (sent_off & (votes.groupby([before, steps["kind"]]).transform("sum") > 0))


def _work(clock: DeskHours, moments: np.ndarray) -> np.ndarray:
    """W of many moments; empty where they are."""
    opens, closes, before = (np.array(a) for a in (clock.opens, clock.closes, clock.before))
    at = np.searchsorted(opens, np.nan_to_num(moments), "right") - 1
    work = before[at] + np.minimum(moments, closes[at]) - opens[at]
    return np.where(np.isnan(moments), np.nan, np.where(at < 0, 0, work))


def _free_at(steps: pd.DataFrame, desks: pd.DataFrame, moment: str) -> np.ndarray:
    """Tell whether somebody of the desk had nothing in hand just before a moment."""
    free = np.zeros(len(steps), dtype=bool)
    for place, rows in steps.groupby("place").indices.items():
        part, places = steps.iloc[rows], desks["places"].iloc[place]
        in_hand = part[part["w_start"].notna() & (part["took"].notna() | part["end"].isna())]
        at = part[moment].to_numpy()
        begun = np.searchsorted(np.sort(in_hand["w_start"]), at, "left")
        ended = np.searchsorted(np.sort(in_hand["w_end"].dropna()), at, "left")
        free[rows] = (begun - ended < places) | (places < 0)
    return free


def _cases(events: Events) -> pd.DataFrame:
    """The ids of the cases, and what is known of them."""
    ids = events.frame(events.cases.select("case", "case_id")).sort_values("case")
    if not events.attributes:
        return ids[["case_id"]].reset_index(drop=True)
    known = events.frame(attribute_values(events, events.attributes))
    return ids[["case_id"]].merge(known, on="case_id", how="left", validate="1:1")


def _levels(cases: pd.DataFrame) -> np.ndarray:
    """A column a value, of the attributes that have few, for values of some cases."""
    columns = [np.zeros((len(cases), 0))]
    for name in cases.columns.drop("case_id"):
        counts = cases[name].value_counts()
        if 1 < len(counts) <= LEVELS:
            often = sorted(counts.index[counts >= ALIKE], key=str)
            columns += [(cases[name] == value).to_numpy(dtype=float)[:, None] for value in often]
    return np.hstack(columns)


def _pools(steps: pd.DataFrame, occasions: np.ndarray) -> list[tuple[Pool | None, Pool]]:
    """Each kind of step with its times in hand, and its waiting that no queue explains."""
    kinds: list[tuple[Pool | None, Pool]] = []
    for _, part in steps.groupby("kind"):
        done = part[part["done"]]
        timed = done["took"].notna()
        if len(done) and timed.mean() < TIMED:
            stretch = (done["w_ended"] - done["w_came"]).clip(lower=0)
            kinds.append((None, _pool(stretch, occasions)))
            continue
        clear = part["free"] | (part["waited"] == 0)
        waited = part["waited"].where(clear).dropna()
        known = waited if len(waited) else pd.Series(0.0, index=part.index[:1])
        kinds.append((_pool(done["took"].dropna(), occasions), _pool(known, occasions)))
    return kinds


def _pool(seconds: pd.Series, occasions: np.ndarray) -> Pool:
    if seconds.empty:
        return _EMPTY
    return pool_of(occasions[seconds.index.to_numpy()], seconds.to_numpy())


def _open_ended(steps: pd.DataFrame, desks: pd.DataFrame, timed: np.ndarray) -> pd.DataFrame:
    """Note what an open step has taken already, as far as no queue explains it."""
    is_open, begun = ~steps["done"], steps["start"].notna()
    waiting = is_open & ~begun & (_free_at(steps, desks, "w_now") | ~timed[steps["kind"]])
    so_far = (steps["w_now"] - steps["w_came"]).where(waiting)
    in_hand = (steps["w_now"] - steps["w_start"]).where(is_open & begun)
    whole = {"other_beyond": so_far, "handling_beyond": in_hand}
    return steps.assign(
        arrives=steps["arrives"].astype("int64"),
        **{name: past.fillna(-1).astype("int64") for name, past in whole.items()},
    )


def _continued(steps: pd.DataFrame, cases: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Let open cases go on as closed ones did; also give the rows that were copied."""
    is_open = steps["case"].map(cases.set_index("case")["open"])
    here = steps.assign(at=np.arange(len(steps)))
    lasts = here[is_open].drop_duplicates("case", keep="last")
    chosen = _matched(lasts, here[~is_open & here["done"]])
    rest = chosen.merge(here, on="case")
    wanted = rest[rest["at"] > rest["left_at"]].sort_values(["for_case", "at"], ignore_index=True)
    return _appended(steps, wanted), wanted["at"].to_numpy()


def _matched(lasts: pd.DataFrame, donors: pd.DataFrame) -> pd.DataFrame:
    """Draw for each open case a closed one that once stood where it stands, if any did."""
    chance = np.random.default_rng(len(lasts))
    pairs = [pd.DataFrame({"for_case": [], "stands_at": [], "case": [], "left_at": []}, dtype=int)]
    for (unit, activity), part in lasts.groupby(["unit", "activity"]):
        alike = donors[donors["activity"] == activity]
        alike = alike[alike["unit"] == unit] if (alike["unit"] == unit).any() else alike
        if len(alike):
            drawn = alike.iloc[chance.integers(len(alike), size=len(part))]
            pair = {"for_case": part["case"], "stands_at": part["at"]}
            drawn_pair = {"case": drawn["case"], "left_at": drawn["at"]}
            columns = {name: held.to_numpy() for name, held in (pair | drawn_pair).items()}
            pairs.append(pd.DataFrame(columns))
    return pd.concat(pairs, ignore_index=True)


def _appended(steps: pd.DataFrame, wanted: pd.DataFrame) -> pd.DataFrame:
    """Put copied steps behind the record, each sent off by the copy of what had sent it off."""
    size = len(steps)
    new = pd.Series(
        np.arange(size, size + len(wanted)),
        index=pd.MultiIndex.from_frame(wanted[["for_case", "at"]]),
    )
    asked = pd.MultiIndex.from_frame(wanted[["for_case", "source"]])
    source = new.reindex(asked).to_numpy()
    source = np.where(np.isnan(source), wanted["stands_at"], source).astype("int64")
    copies: dict[str, Any] = {
        "case": wanted["for_case"],
        "source": source,
        "row": steps["row"].max() + 1 + np.arange(len(wanted)),
        "other_beyond": -1,
        "handling_beyond": -1,
    }
    return pd.concat([steps, wanted.assign(**copies)[steps.columns]], ignore_index=True)
