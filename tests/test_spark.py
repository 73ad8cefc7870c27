"""The facts and judgements of the sample are the same on Spark as on DuckDB."""

from __future__ import annotations

import ibis
import pandas as pd
import pytest

import efficiency as eff
from efficiency.facts.flows import ends

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]
COLUMNS = {
    "case_id": "流水号",
    "activity": "环节",
    "received": "到达时间",
    "start": "开始时间",
    "end": "办结时间",
    "actor": "经办人",
    "unit": "处室",
}
CUTOFF = "2024-12-31 18:00"
#: By order, by hands, by what is known of a case.
RULES = pd.DataFrame(
    {
        "rule_id": ["P1B", "P2A", "P2B", "P3", "P4"],
        "kind": ["existence", "order", "backflow", "hub", "attribute"],
        "a": [
            "登记",
            "登记",
            "登记|拟办|批示|承办",
            "文书科|秘书一处|综合处|市领导",
            "主送类型=个人",
        ],
        "b": ["", "批示", "退回", "", ""],
    }
)


@pytest.fixture(scope="module")
def sample(root):
    """The sample's log, calendar and standards."""
    log = eff.read_log(root / "data/sample/incoming.csv", COLUMNS)
    calendar = eff.read_calendar(root / "data/sample/calendar.toml")
    return log, calendar, eff.read_standards(root / "data/sample/standards.csv")


@pytest.fixture(scope="module")
def on_spark(sample):
    """The sample's log as a table on a local Spark."""
    sql = pytest.importorskip("pyspark.sql")
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        "spark.driver.memory": "3g",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    con = ibis.pyspark.connect(session)
    log = sample[0].astype({"actor": "string", "unit": "string"})
    con.create_view("sample_log", ibis.memtable(log))
    session.sql("cache table kept_log as select * from sample_log")
    yield con.table("kept_log")
    session.stop()


WORK = {
    "variants": lambda log, calendar, standards: eff.variants(log, cutoff=CUTOFF),
    "edges": lambda log, calendar, standards: eff.edges(log, calendar, cutoff=CUTOFF),
    "ends": lambda log, calendar, standards: ends(log, cutoff=CUTOFF),
    "rework": lambda log, calendar, standards: eff.rework(log, calendar, cutoff=CUTOFF),
    "cases": lambda log, calendar, standards: eff.case_times(log, calendar, cutoff=CUTOFF),
    "steps": lambda log, calendar, standards: eff.step_times(log, calendar, cutoff=CUTOFF),
    "deviations": lambda log, calendar, standards: eff.deviations(log, RULES, CUTOFF),
    "handovers": lambda log, calendar, standards: eff.handovers(log, calendar, cutoff=CUTOFF),
    "judgements": lambda log, calendar, standards: eff.judge(log, standards, calendar, CUTOFF),
}


@pytest.mark.parametrize("name", WORK)
def test_spark_equals_duckdb(name, sample, on_spark):
    log, calendar, standards = sample
    here = WORK[name](log, calendar, standards)
    there = WORK[name](on_spark, calendar, standards)
    assert isinstance(there, ibis.expr.types.Table), "a table in gives a table out"
    keys = [
        c
        for c in (
            "standard_id",
            "rule_id",
            "case_id",
            "row",
            "activities",
            "source",
            "target",
            "activity",
        )
        if c in here
    ]
    pd.testing.assert_frame_equal(
        _plain(there.to_pandas(), keys)[list(here.columns)],
        _plain(here, keys),
        check_dtype=False,
        rtol=1e-9,
    )


def _plain(frame, keys):
    ordered = frame.sort_values(keys, ignore_index=True)
    for name in ordered.columns:
        if ordered[name].dtype == object or str(ordered[name].dtype) == "string":
            ordered[name] = ordered[name].astype(object).where(ordered[name].notna(), None)
    return ordered
