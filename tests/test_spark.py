"""On a real Spark whole cases are handed out, and all is told as it is here."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency.problems import ArgumentError

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]
COLUMNS = {
    "case_id": "流水号", "activity": "环节", "received": "到达时间", "start": "开始时间",
    "end": "办结时间", "actor": "经办人", "unit": "处室",
}  # fmt: skip
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
)  # fmt: skip


@pytest.fixture(scope="module")
def sample(root: Path) -> tuple[pd.DataFrame, Any, pd.DataFrame]:
    """The sample's log, calendar and standards."""
    log = eff.read_log(root / "data/sample/incoming.csv", COLUMNS)
    calendar = eff.read_calendar(root / "data/sample/calendar.toml")
    return log, calendar, eff.read_standards(root / "data/sample/standards.csv")


def session(master: str) -> Any:
    """A Spark whose executors run this Python."""
    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4", "spark.driver.memory": "2g",
        "spark.executor.memory": "1g", "spark.sql.adaptive.enabled": "false",
        "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
    }  # fmt: skip
    builder = sql.SparkSession.builder.master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("OFF")
    return made


def on_spark(spark: Any, log: pd.DataFrame) -> Any:
    """A log as a Spark DataFrame, times without a zone."""
    times = dict.fromkeys(("received", "start", "end"), "timestamp_ntz")
    plain = log.astype(object).where(log.notna(), None)
    kinds = {"int64": "bigint", "Int64": "bigint", "float64": "double", "bool": "boolean"}
    schema = ", ".join(
        f"`{name}` {times.get(name) or kinds.get(str(kind), 'string')}"
        for name, kind in log.dtypes.items()
    )
    rows = [
        [one.to_pydatetime() if isinstance(one, pd.Timestamp) else one for one in row]
        for row in plain.itertuples(index=False)
    ]
    return spark.createDataFrame(rows, schema).repartition(4).cache()


@pytest.fixture(scope="module")
def local(sample: Any) -> Iterator[Any]:
    """The sample's log on a local Spark."""
    spark = session("local[2]")
    yield on_spark(spark, sample[0])
    spark.stop()


def asked(sample: Any) -> dict[str, tuple[Any, tuple[Any, ...], dict[str, Any]]]:
    """What is done, and with what."""
    _, calendar, standards = sample
    return {
        "cases": (eff.case_times, (calendar,), {"closed_by": ["归档", "退文"]}),
        "steps": (eff.step_times, (calendar,), {}),
        "judgements": (eff.judge, (standards, calendar), {"warn": False}),
        "deviations": (eff.deviations, (RULES,), {}),
        "variants": (eff.variants, (), {}),
        "edges": (eff.edges, (calendar,), {}),
        "handovers": (eff.handovers, (calendar,), {"by": "actor", "returns": ["退回"]}),
        "involvement": (eff.involvement, (calendar,), {}),
    }


def assert_same(there: pd.DataFrame, here: pd.DataFrame) -> None:
    """The rows of two tables, to the last digit."""
    told = ("standard_id", "rule_id", "case_id", "occurrence", "row", "activities", "source",
            "target", "hand")  # fmt: skip
    keys = [name for name in told if name in here]
    plain = [frame.sort_values(keys, ignore_index=True) for frame in (there, here)]
    plain = [frame.astype(object).where(frame.notna(), None) for frame in plain]
    assert_frame_equal(plain[0], plain[1], check_dtype=False, check_exact=True)


@pytest.mark.parametrize(
    "name",
    ["cases", "steps", "judgements", "deviations", "variants", "edges", "handovers", "involvement"],
)
def test_spark_equals_duckdb(name: str, sample: Any, local: Any) -> None:
    """Each table, in four parts."""
    work, given, named = asked(sample)[name]
    here = work(sample[0], *given, cutoff=CUTOFF, **named)
    here = here.drop(columns=["variant", "share", "case_share"], errors="ignore")
    there = eff.by_case(local, work, *given, cutoff=CUTOFF, parts=4, **named)
    assert_same(there.toPandas(), here)


def test_the_cutoff_is_that_of_the_whole_log(sample: Any, local: Any) -> None:
    """Not that of a part."""
    work, given, named = asked(sample)["judgements"]
    here = work(sample[0], *given, **named)
    assert_same(eff.by_case(local, work, *given, parts=4, **named).toPandas(), here)


def test_what_needs_all_cases_is_refused(local: Any) -> None:
    with pytest.raises(ArgumentError, match="case by case"):
        eff.by_case(local, eff.waiting)


def test_a_worker_that_is_killed_changes_nothing(sample: Any, tmp_path: Path) -> None:
    """A master and two workers on the loopback, one killed while it works."""
    pyspark = pytest.importorskip("pyspark")
    home = Path(pyspark.__file__).parent
    env = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1",
           "PYSPARK_PYTHON": sys.executable, "SPARK_NO_DAEMONIZE": "1"}  # fmt: skip
    classes = "org.apache.spark.deploy"
    launch = [str(home / "bin" / "spark-class")]
    running = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        with (tmp_path / f"{len(running)}.log").open("wb") as told:
            made = subprocess.Popen([*launch, *arguments], env=env, stdout=told, stderr=told)
        running.append(made)
        return made

    try:
        start(f"{classes}.master.Master", "--host", "127.0.0.1", "--port", "17077",
              "--webui-port", "0")  # fmt: skip
        time.sleep(5)
        workers = [
            start(f"{classes}.worker.Worker", "spark://127.0.0.1:17077", "--cores", "1",
                  "--memory", "1g", "--host", "127.0.0.1", "--webui-port", "0",
                  "--work-dir", str(tmp_path / f"work{number}"))
            for number in range(2)
        ]  # fmt: skip
        time.sleep(5)
        spark = session("spark://127.0.0.1:17077")
        try:
            work, given, named = asked(sample)["judgements"]
            table = eff.by_case(on_spark(spark, sample[0]), work, *given, parts=12,
                                cutoff=CUTOFF, **named)  # fmt: skip
            done = table.rdd.context.statusTracker()
            subprocess.Popen(["/bin/sh", "-c", f"sleep 12; kill -9 {workers[0].pid}"])
            found = table.toPandas()
            if workers[0].poll() is None:
                workers[0].wait(timeout=60)
                found = table.toPandas()  # what it had done is done again by the other
            assert workers[0].poll() is not None
            assert done is not None
            assert_same(found, work(sample[0], *given, cutoff=CUTOFF, **named))
        finally:
            spark.stop()
    finally:
        for process in running:
            process.kill()
