"""Case by case: whatever the cases are parted into, the whole is told as it is here."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.problems import ArgumentError
from efficiency.reviews.cluster import by_case

STANDARDS = pd.DataFrame(
    {"standard_id": ["T1", "T2"], "from": "登记", "to": "办结", "limit": ["2 working days", "4 h"],
     "scope": ["", "文种=函"], "clock": ["", "working"]}
)  # fmt: skip
RULES = pd.DataFrame({"rule_id": ["P1"], "kind": ["order"], "a": ["登记"], "b": ["办结"]})
KINDS = {"object": "string", "int64": "bigint", "datetime64[us]": "timestamp_ntz",
         "float64": "double"}  # fmt: skip


class Spark:
    """As much of a Spark DataFrame as is asked for: its parts hold whole cases."""

    def __init__(
        self, rows: pd.DataFrame, parts: int = 1, keys: tuple[str, ...] = ("case_id",)
    ) -> None:
        self.rows, self.parts, self.keys = rows, parts, list(keys)
        self.columns = list(rows.columns)
        self.dtypes = [(name, KINDS.get(str(kind), "?")) for name, kind in rows.dtypes.items()]
        listed = {name for name in rows if rows[name].map(type).eq(list).any()}
        self.dtypes = [(name, "array<string>" if name in listed else k) for name, k in self.dtypes]

    def limit(self, n: int) -> Spark:
        """The first rows."""
        return Spark(self.rows.head(n))

    def toPandas(self) -> pd.DataFrame:  # noqa: N802 (its name there)
        """The rows."""
        return self.rows

    def agg(self, asked: dict[str, str]) -> Spark:
        """One value of each column."""
        found = pd.DataFrame([{name: self.rows[name].max() for name in asked}])
        return Spark(found.astype("datetime64[us]"))

    def repartition(self, *asked: Any) -> Spark:
        """Put what has the same keys into one of some parts, if their number is given first."""
        parts, keys = (asked[0], asked[1:]) if isinstance(asked[0], int) else (3, asked)
        return Spark(self.rows, parts, keys)

    def mapInArrow(self, job: Any, schema: str) -> Spark:  # noqa: N802 (its name there)
        """Do the job on each part; one of them is empty, one comes in two batches."""
        place = pd.util.hash_pandas_object(self.rows[self.keys], index=False) % self.parts
        # A column of Spark's has its type, whatever a part holds.
        whole = pa.Table.from_pandas(self.rows, preserve_index=False).schema
        kinds = pa.schema(
            field.with_type(pa.string()) if pa.types.is_null(field.type) else field
            for field in whole
        )
        told = []
        for number in range(self.parts + 1):
            part = pa.Table.from_pandas(self.rows[place == number], kinds, preserve_index=False)
            told += list(job(iter(part.to_batches(max_chunksize=7))))
        made = pa.Table.from_batches(told, schema=job.keywords["schema"])
        assert [column.split("`")[1] for column in schema.split(", ")] == made.column_names
        return Spark(made.to_pandas())


def log(cases: int = 40) -> pd.DataFrame:
    """Cases of three steps, some open, some out of order, steps of the same moment."""
    rows = []
    for n in range(cases):
        day = pd.Timestamp("2024-03-04 09:00") + pd.Timedelta(days=n)
        for place, activity in enumerate(["登记", "承办", "办结"][:: -1 if n % 7 == 3 else 1]):
            end = day + pd.Timedelta(hours=(n % 5) * place)
            if not (place == 2 and n % 6 == 1):
                rows.append((f"{n:02}", activity, "函" if n % 2 else None, n * 0.5, end))
    frame = pd.DataFrame(rows, columns=["case_id", "activity", "文种", "页数", "end"])
    frame["end"] = frame["end"].astype("datetime64[us]")
    # Names that pieces of edges bear too, of other types; an arrow within a name.
    frame = frame.assign(took="x", case=range(len(frame)))
    # Hands that change, some unknown, and come back.
    frame = frame.assign(
        unit=[("一处", "二处", "一处", None, "三处")[n * n % 5] for n in range(len(frame))],
        actor=[("甲", "乙", "丙", "")[n * n % 7 % 4] for n in range(len(frame))],
    )
    frame["activity"] = frame["activity"].replace("承办", "承办 → 反馈")
    return frame.sample(frac=1, random_state=3).assign(row=range(1, len(frame) + 1))


#: What tells the rows of each table apart.
KEYS = ("standard_id", "rule_id", "case_id", "row", "activities", "source", "target", "hand")
WORK: dict[Any, tuple[Any, ...]] = {
    eff.case_times: (), eff.step_times: (), eff.judge: (STANDARDS,), eff.deviations: (RULES,),
    eff.variants: (), eff.edges: (), eff.handovers: (), eff.involvement: (),
}  # fmt: skip


@pytest.mark.parametrize(
    ("work", "parts"),
    [
        (eff.case_times, None),
        (eff.step_times, 1),
        (eff.judge, None),
        (eff.deviations, 2),
        (eff.variants, 4),
        (eff.edges, None),
        (eff.edges, 5),
        (eff.handovers, 3),
        (eff.involvement, 3),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_the_whole_is_what_it_is_here(work: Any, parts: int | None) -> None:
    """To the last digit, with what is known of a case."""
    here = work(log(), *WORK[work]).drop(
        columns=["variant", "share", "case_share"], errors="ignore"
    )
    there = by_case(Spark(log()), work, *WORK[work], parts=parts).toPandas()
    keys = [name for name in KEYS if name in here]
    plain = [frame.sort_values(keys, ignore_index=True) for frame in (here, there)]
    plain = [frame.astype(object).where(frame.notna(), None) for frame in plain]
    assert_frame_equal(plain[1], plain[0], check_dtype=False)
    assert len(here)


@pytest.mark.parametrize("work", [eff.variants, eff.edges])
def test_a_log_may_hold_nothing_to_sum_up(work: Any) -> None:
    """One step a case: no edges, one way; nothing at all: neither."""
    single = log().drop_duplicates("case_id")
    single["activity"] = "登记"
    found = by_case(Spark(single), work).toPandas()
    assert len(found) == (work is eff.variants)
    assert not len(by_case(Spark(single.head(0)), work, cutoff="2024-12-31").toPandas())


def test_arguments_are_seen_before_anything_begins() -> None:
    """Each function takes its own."""
    with pytest.raises(TypeError, match="positional"):
        by_case(Spark(log()), eff.variants, eff.Calendar())
    given = by_case(Spark(log()), eff.deviations, RULES, "2024-03-20").toPandas()
    assert len(given) == len(eff.deviations(log(), RULES, "2024-03-20"))
    with pytest.raises(TypeError, match="until"):
        by_case(Spark(log()), eff.edges, until="2024-12-31")


def test_what_spark_has_no_type_for_is_text() -> None:
    """A list that travels along."""
    listed = log().assign(附件=[["甲", "乙"]] * len(log()))
    found = by_case(Spark(listed), eff.case_times).toPandas()
    assert set(found["附件"]) == {"[甲, 乙]"}


def test_what_does_not_go_case_by_case_is_refused() -> None:
    """All that is wrong at once: the function, the missing number of a row; rules on others."""
    with pytest.raises(ArgumentError) as caught:
        by_case(Spark(log().drop(columns="row")), eff.waiting)
    assert [problem.key for problem in caught.value.problems] == ["not_by_case", "no_row"]
    rules = pd.DataFrame({"rule_id": ["P1"], "kind": ["recurs"], "a": ["登记"], "n": [3]})
    with pytest.raises(ArgumentError, match="P1"):
        by_case(Spark(log()), eff.deviations, rules)


def test_a_table_of_another_engine_is_refused() -> None:
    """It says what to do instead."""
    con = ibis.sqlite.connect()
    table = con.create_table("log", ibis.memtable(log().drop(columns="end")))
    with pytest.raises(ArgumentError, match="by_case"):
        eff.variants(table.mutate(end=ibis.null("timestamp(6)")))
