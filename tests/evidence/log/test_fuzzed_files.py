"""Files that were damaged in any way: each is read, or told with its name; no other error."""

from __future__ import annotations

import io
import os
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import efficiency as eff
from efficiency.criteria.calendar import read_calendar
from efficiency.criteria.prescribed_flows import read_flow
from efficiency.criteria.rules import read_rules
from efficiency.criteria.standards import read_standards
from efficiency.evidence.absences import read_absences
from efficiency.evidence.points.points_file import read_points
from efficiency.problems import InputError
from efficiency.reviews.settings import read_folder
from validation.ledger import Figure, keep

#: Seconds of each reader in make check-all: 20 minutes in all. 600 after a reader was changed.
SECONDS = float(os.environ.get("EFFICIENCY_FUZZ_SECONDS", "110"))
COLUMNS = {"case_id": "编号", "activity": "环节", "end": "时间"}
ROWS = [("1", "登记", "2024-03-05 09:00"), ("1", "办结", "2024-03-06 10:30"), ("2", "登记", "")]
XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0"><extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<trace><string key="concept:name" value="1"/><event><string key="concept:name" value="登记"/>
<date key="time:timestamp" value="2024-03-05T09:00:00+08:00"/><int key="n" value="3"/></event>
<event><string key="concept:name" value="办结"/><boolean key="b" value="true"/>
<date key="time:timestamp" value="2024-03-06T10:30:00+08:00"/><float key="f" value="1.5"/></event></trace></log>
"""  # noqa: E501
FRAME = pd.DataFrame(ROWS, columns=list(COLUMNS.values()))
TOKENS = [
    b"\x00", b"\xff", b"\r", b"\n", b'"', b",", b"<", b">", b"&", b"]]>", b"<!DOCTYPE a>", b"<a>",
    b"9" * 400, b"-1", b"NaN", b"1e999", b"2024-02-30", b"9999-12-31T23:59:59", "〇".encode(),
    "\u202e".encode(), b"[", b"{", b"=", b"'", b"\\", b"|", b"(", b")*" * 50, b"true", b"\t",
]  # fmt: skip


def as_parquet() -> bytes:
    buffer = io.BytesIO()
    FRAME.assign(时间=pd.to_datetime(FRAME["时间"])).to_parquet(buffer)
    return buffer.getvalue()


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in [list(COLUMNS.values()), *ROWS]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def text(*lines: str) -> bytes:
    return "\n".join([*lines, ""]).encode()


def log(path: Path) -> object:
    return eff.read_record(path, COLUMNS)


def folder(path: Path) -> object:
    return read_folder(path.parent)


#: By name: the file, a sound one, and its reader.
READERS: dict[str, tuple[str, Callable[[], bytes], Callable[[Path], object]]] = {
    "csv": ("a.csv", lambda: FRAME.to_csv(index=False).encode(), log),
    "xes": ("a.xes", XES.encode, eff.read_record),
    "parquet": ("a.parquet", as_parquet, log),
    "xlsx": ("a.xlsx", as_xlsx, log),
    "standards": (
        "s.csv",
        lambda: text("standard_id,from,to,limit,target,scope", "T1,a,b,3 days,0.9,文种=函"),
        read_standards,
    ),
    "rules": ("r.csv", lambda: text("rule_id,kind,a,b,n", "P1,order,登记,批示,"), read_rules),
    "flow": (
        "a.flow", lambda: text("发文: 拟稿 → (退回 → 修改)* → [核稿] → 签发 & 印发"), read_flow,
    ),
    "calendar": (
        "c.toml",
        lambda: text('hours = ["08:30-12:00", "14:30-18:00"]', "[[seasons]]", 'from = "07-01"',
                     'to = "09-30"', 'hours = ["08:30-12:00"]'),
        read_calendar,
    ),
    "settings": (
        "review.toml",
        lambda: text('title = "t"', "cutoff = 2024-12-31T18:00:00", "[logs.a]", 'path = "a.csv"',
                     "[logs.a.columns]", 'case_id = "编号"'),
        folder,
    ),
    "leave": (
        "l.csv", lambda: text("姓名,离岗日期,返岗前一日,顶岗人", "甲,2024-03-05,2024-03-06,乙"),
        read_absences,
    ),
    "points": ("p.csv", lambda: text("id,kind,title,action", "1,rule,批示,改"), read_points),
}  # fmt: skip
#: What is slow to read is tried less often in `make test`.
EXAMPLES = {"xlsx": 15, "parquet": 30}


@cache
def seed(name: str) -> bytes:
    return READERS[name][1]()


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    """A sound file in which a few bytes were cut, doubled, changed or put in."""
    data = bytearray(seed(name))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        end = min(at + draw(st.integers(1, 40)), len(data))
        how = draw(st.integers(0, 4))
        if how == 0:
            del data[at:end]
        elif how == 1:
            data[at:at] = data[at:end]
        elif how == 2 and data:
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif how == 3:
            data[at:at] = draw(st.sampled_from(TOKENS))
        else:
            del data[at:]
    return bytes(data)


def ends_well(name: str, content: bytes) -> None:
    """Read a file: it is taken, or told; the reader's own warnings are no matter."""
    file, _, read = READERS[name]
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(place) / file
        path.write_bytes(content)
        told = None
        try:
            read(path)
        except InputError as error:
            told = error
    assert told is None or (told.text("zh").strip() and told.text("en").strip())


@pytest.mark.parametrize("name", READERS)
def test_a_sound_file_is_read(name: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / READERS[name][0]
        path.write_bytes(seed(name))
        READERS[name][2](path)


#: pm4py leaves a file open that it could not read, until it is forgotten.
FORGOTTEN = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@FORGOTTEN
@pytest.mark.parametrize("name", READERS)
def test_a_damaged_file_is_read_or_told(name: str) -> None:
    @settings(
        max_examples=EXAMPLES.get(name, 60), deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(damaged(name))
    def tried(content: bytes) -> None:
        ends_well(name, content)

    tried()


@FORGOTTEN
@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_minutes_of_damaged_files(name: str) -> None:
    """So many seconds of each reader; what fails is shrunk and told by hypothesis."""
    end, tries = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        tries += 500

        @settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
        @given(damaged(name))
        def tried(content: bytes) -> None:
            ends_well(name, content)

        tried()
    keep(Figure("robustness", f"damaged {name}: other errors", 0, tries, "at most", 0.01))
