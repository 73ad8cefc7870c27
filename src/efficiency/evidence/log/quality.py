"""What is doubtful in a log: each doubt with how many rows it touches and which ones to look at."""

from __future__ import annotations

import difflib
import itertools
import re
import unicodedata
from collections.abc import Iterator

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis.backends import BaseBackend

from efficiency import tables
from efficiency._doors import engine
from efficiency._doors.engine import Value

EXAMPLES = 5
#: A stamp shared by so many cases was set by a system, or entered in bulk.
SHARED_BY = 5
#: Days without any entry; the longest public holiday is eight.
GAP_DAYS = 10
#: Years away from the log's median year: 1948 and 2204 are slips of the hand.
YEARS_AWAY = 15
#: A name this much rarer than one much like it looks like a slip. Two letters are too few to tell,
#: from six on two may be wrong.
RARITY, SHORTEST, LONG = 0.05, 3, 6
_MOMENTS = ("received", "start", "end")


def log_quality(log: pd.DataFrame | ir.Table) -> pd.DataFrame:
    """
    List what is doubtful in a log. Nothing is changed or dropped.

    Parameters
    ----------
    log
        ``tables.LOG``.

    Returns
    -------
    DataFrame
        ``tables.QUALITY``, one row a doubt that was found:

        =================  ====================================================================
        missing            a column that is filled elsewhere is empty
        open               a step has no end
        day_precision      a stamp has a date and no time
        duplicate          the same step stands again
        end_before_start   a step ends, or starts, before what should come first
        implausible_year   a stamp lies more than 15 years from the log's median year
        equal_stamps       five or more cases share one stamp of ``end``
        bulk_entry         one person ended steps of five or more cases within one minute
        gap                ten or more days without any entry
        similar_names      a rare activity is written much like a common one
        =================  ====================================================================

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1"], "activity": ["登记", "转办"],
    ...     "start": pd.to_datetime(["2024-03-05 09:00", "2024-03-05 11:00"]),
    ...     "end": pd.to_datetime(["2024-03-05 09:30", "2024-03-05 10:00"]),
    ... })
    >>> log_quality(log)[["check", "detail", "n", "rows"]].values.tolist()
    [['end_before_start', 'end < start', 1, '2']]
    """
    tables.LOG.check(log)
    if isinstance(log, pd.DataFrame):
        numbered = log if "row" in log else log.assign(row=range(1, len(log) + 1))
        with engine.session() as con:
            return _quality(engine.keep(engine.table(numbered), con), con)
    return _quality(log, engine.backend_of(log))


def _quality(log: ir.Table, con: BaseBackend) -> pd.DataFrame:
    checks = [*_row_checks(log), *_shared_stamps(log)]
    total = int(engine.frame(log.aggregate(n=log.count()), con)["n"].iloc[0])
    counts = {
        f"n_{i}": table.filter(holds).count().as_scalar()
        for i, (_, _, table, holds) in enumerate(checks)
    }
    found = engine.frame(log.aggregate(n=log.count()).mutate(**counts), con).iloc[0]
    rows = [
        (check, detail, int(found[f"n_{i}"]), _first_rows(table.filter(holds), con))
        for i, (check, detail, table, holds) in enumerate(checks)
        if found[f"n_{i}"]
    ]
    rows += [*_gaps(log, con), *_similar_names(log, con)]
    doubts = pd.DataFrame(rows, columns=["check", "detail", "n", "rows"])
    doubts.insert(3, "share", doubts["n"] / max(total, 1))
    return tables.QUALITY.check(doubts.astype({"n": "int64", "share": "float64"}))


def _first_rows(table: ir.Table, con: BaseBackend) -> str:
    first = engine.frame(table.select("row").order_by("row").limit(EXAMPLES), con)
    return ";".join(str(row) for row in first["row"])


def _row_checks(log: ir.Table) -> Iterator[tuple[str, str, ir.Table, Value]]:
    """The doubts that can be seen in a row or between rows that are alike."""
    present = [name for name in _MOMENTS if name in log.columns]
    for name in ("actor", "unit", "received", "start"):
        if name in log.columns:
            anywhere = log[name].notnull().cast("int64").max().over(ibis.window())
            marked = log.select("row", gap=log[name].isnull(), anywhere=anywhere)
            yield "missing", name, marked, marked.gap & (marked.anywhere == 1)
    if "end" in log.columns:
        yield "open", "end", log, log.end.isnull()
    for name in present:
        precision = f"{name}_precision"
        if precision in log.columns:
            yield "day_precision", name, log, log[precision].fill_null("") == "day"
    same = [name for name in ("case_id", "activity", "actor", *present) if name in log.columns]
    turn = ibis.row_number().over(ibis.window(group_by=same, order_by="row"))
    copies = log.select("row", turn=turn)
    yield "duplicate", ", ".join(same), copies, copies.turn > 0
    for later, earlier in itertools.combinations(reversed(present), 2):
        yield "end_before_start", f"{later} < {earlier}", log, _reversed(log, later, earlier)
    for name in present:
        middle = log[name].year().median().over(ibis.window())
        years = log.select("row", off=(log[name].year() - middle).abs())
        yield "implausible_year", name, years, years.off > YEARS_AWAY


def _reversed(log: ir.Table, later: str, earlier: str) -> Value:
    """Tell where one moment lies before what should come first, as far as both are known."""
    apart = log[later].date() != log[earlier].date()
    fine = ibis.literal(value=True)
    for name in (later, earlier):
        if f"{name}_precision" in log.columns:
            fine = fine & (log[f"{name}_precision"].fill_null("second") != "day")
    return (log[later] < log[earlier]) & (apart | fine)


def _shared_stamps(log: ir.Table) -> Iterator[tuple[str, str, ir.Table, Value]]:
    """The doubts about stamps that many cases share."""
    if "end" not in log.columns:
        return
    exact = log.filter(log.end.notnull())
    if "end_precision" in log.columns:
        exact = exact.filter(exact.end_precision.fill_null("second") != "day")
    shared = exact.group_by("end").aggregate(cases=exact.case_id.nunique())
    busy = exact.select("row", "end").semi_join(shared.filter(shared.cases >= SHARED_BY), "end")
    yield "equal_stamps", "end", busy, busy.row.notnull()
    if "actor" in log.columns:
        known = exact.filter(exact.actor.notnull()).mutate(minute=exact.end.truncate("m"))
        bursts = known.group_by("actor", "minute").aggregate(cases=known.case_id.nunique())
        bulk = known.select("row", "actor", "minute").semi_join(
            bursts.filter(bursts.cases >= SHARED_BY), ["actor", "minute"]
        )
        yield "bulk_entry", "actor", bulk, bulk.row.notnull()


def _gaps(log: ir.Table, con: BaseBackend) -> Iterator[tuple[str, str, int, str]]:
    present = [name for name in _MOMENTS if name in log.columns]
    moments = engine.union(log.select("row", at=log[name]) for name in present)
    daily = moments.filter(moments["at"].notnull())
    daily = daily.group_by(day=daily["at"].date()).aggregate(row=daily.row.min())
    days = (
        engine.frame(daily, con).assign(day=lambda f: pd.to_datetime(f["day"])).sort_values("day")
    )
    away = days["day"].diff().dt.days - 1
    # A stamp years off is no end of a gap: it is told as an implausible year.
    for at in days.index[(away >= GAP_DAYS) & (away < 366)]:
        end = days.at[at, "day"]
        start = end - pd.Timedelta(days=int(away[at]) + 1)
        yield "gap", f"{start:%Y-%m-%d} … {end:%Y-%m-%d}", 1, str(days.at[at, "row"])


def _similar_names(log: ir.Table, con: BaseBackend) -> Iterator[tuple[str, str, int, str]]:
    counted = log.group_by("activity").aggregate(n=log.count())
    counts = engine.frame(counted, con).sort_values(["n", "activity"], ascending=[False, True])
    names = list(counts.itertuples(index=False))
    for common, rare in itertools.combinations(names, 2):
        if rare.n <= RARITY * common.n and _alike(common.activity, rare.activity):
            rows = _first_rows(log.filter(log.activity == rare.activity), con)
            yield "similar_names", f"{rare.activity} ~ {common.activity}", int(rare.n), rows


def _alike(a: str, b: str) -> bool:
    """Tell whether one name may be a slip of the other: a letter or two apart, numbers the same."""
    plain_a, plain_b = (
        unicodedata.normalize("NFKC", name).replace(" ", "").lower() for name in (a, b)
    )
    if plain_a == plain_b:
        return True
    if re.findall(r"\d+", plain_a) != re.findall(r"\d+", plain_b):
        return False
    longer = max(len(plain_a), len(plain_b))
    blocks = difflib.SequenceMatcher(None, plain_a, plain_b).get_matching_blocks()
    apart = longer - sum(block.size for block in blocks)
    return longer >= SHORTEST and apart <= (1 if longer < LONG else 2)
