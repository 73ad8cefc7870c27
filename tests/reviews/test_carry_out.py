"""One review: what it writes, that it writes it whole or not at all, and what it refuses."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

# The package's own `review` is the function; the module is needed to make it fail half-way.
from efficiency._doors.exchange import held
from efficiency.criteria.calendar import read_calendar
from efficiency.evidence.stored.converted import convert
from efficiency.problems import InputError, SettingsError
from efficiency.reviews import definitions
from efficiency.reviews.carry_out import Review, review
from efficiency.reviews.office import open_review
from efficiency.sample.establishment import FIRST, KINDS, LAST, LEGAL_UNIT, SLOW_UNIT
from efficiency.sample.limit_accounts import PROMISES
from efficiency.sample.plan import Plan
from efficiency.sample.record import CALENDAR, make_sample
from efficiency.tables.identity import point_id
from written import HEAD, LIMIT, LOG, write

module = sys.modules["efficiency.reviews.carry_out"]
writing = sys.modules["efficiency.reviews.documents.outputs"]

#: Section 6 of the contract.
COLUMNS = {
    "cases": "log case_id steps first last open cancelled elapsed_hours work_hours variant",
    "steps": "log row case_id activity unit queue_hours handling_hours work_hours",
    "variants": "log variant activities cases share",
    "edges": "log source target cases count median_work_hours p90_work_hours",
    "judgements": "log standard_id case_id occurrence from_time to_time due verdict reason "
    "used_hours over_hours",
    "compliance": "standard_id n met late pending overdue suspended undecidable cancelled "
    "not_started share low high effective_n target target_met decided missed gap",
    "standing": "measure value",
    "findings": "id log kind theme level direction part_of value low high p n hours certainty "
    "gravity concerned table",
    "overview": "log rows rejected cases steps units done open cancelled done_share before change "
    "variants few_share many_share median_hours ninety_hours median_days ninety_days",
    "volume": "log month begun closed in_hand",
    "deviations": "rule_id case_id rows detail",
    "rules": "rule_id n broken pending share low high undecidable missing",
    "rejected": "file row column value reason case_id activity",
    "changed": "file row column value reason n",
}
FIELDS = {
    "id", "kind", "title", "criterion", "condition", "cause", "effect", "action", "subject",
    "value", "low", "high", "n", "p", "cases", "table", "log", "direction",
}  # fmt: skip
DOCUMENTS = ("report.html", "report.docx", "report.pdf", "workbook.xlsx")
ARCHIVES, BINARY = (".docx", ".xlsx"), (".docx", ".xlsx", ".pdf")
PEOPLE = ("Xanthippe Quill", "Yorick Zed", "欧阳测试")

TOML = """
title = "<script>alert(1)</script>"
language = "en"
cutoff = 2024-03-07T12:00:00
period = ["2024-03-01", "2024-03-31"]
baseline = ["2024-02-01", "2024-02-29"]
standards = "standards.csv"
points = "points.csv"
small_cell = 2

[logs.incoming]
path = "incoming.csv"
closed_by = ["out"]

[logs.outgoing]
path = "outgoing.csv"
[logs.outgoing.columns]
case_id = "流水号"
activity = "环节"
actor = "经办人"
end = "办结时间"
"""
#: A0 begins before the period; A3 goes on after the cut-off; A4 was never ended; one has no id.
INCOMING = """case_id,activity,actor,unit,received,start,end
A1,in,Xanthippe Quill,desk,2024-03-04 09:00,2024-03-04 09:10,2024-03-04 09:20
A1,out,Yorick Zed,office,2024-03-04 09:20,2024-03-04 09:30,2024-03-04 11:20
=A2,in,Xanthippe Quill,desk,2024-03-05 09:00,2024-03-05 09:10,2024-03-05 09:20
=A2,out,Yorick Zed,office,2024-03-05 09:20,2024-03-05 09:30,2024-03-05 09:50
A3,in,Xanthippe Quill,desk,2024-03-06 09:00,2024-03-06 09:10,2024-03-06 09:20
A3,out,Yorick Zed,office,2024-03-08 09:00,,2024-03-08 16:00
A0,in,Xanthippe Quill,desk,2024-02-29 09:00,2024-02-29 09:10,2024-02-29 09:20
,in,Xanthippe Quill,desk,2024-03-06 09:00,2024-03-06 09:10,2024-03-06 09:20
A4,in,Xanthippe Quill,desk,2024-03-06 10:00,,soon
"""
OUTGOING = """流水号;环节;经办人;办结时间
007;拟稿;欧阳测试;2024-03-04 09:00
007;签发;欧阳测试;2024-03-04 10:30
NA;拟稿;;2024-03-05 09:00
"""
STANDARDS = """standard_id,title,source,log,from,to,limit,clock,target
T1,within the hour,rule 3,incoming,in,out,1 h,working,0.9
"""
#: A point that the review finds again and what was done about it, and one that people added.
POINTS = """id,title,kind,subject,first_found,done,owner,target,remark
a1,slow,standard,"{SUBJECT}",2023-12-31,2024-03-04,desk,0.9,"=1, ours"
,a door that sticks,,,,,,,
""".replace("{SUBJECT}", '{""log"": ""incoming"", ""standard_id"": ""T1""}')
Make = Callable[..., Path]


def small(folder: Path) -> Path:
    return write(
        folder,
        review=TOML,
        incoming=INCOMING,
        outgoing=OUTGOING.encode("gb18030"),
        standards=STANDARDS,
        points=POINTS,
    )


def read(output: Path, name: str) -> pd.DataFrame:
    """Read a table as text."""
    path = output / "tables" / f"{name}.csv"
    return pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)


def files(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


def texts(output: Path) -> dict[str, str]:
    """What can be read in each file; of a document that is an archive, in each of its parts."""
    told = {}
    for name, data in files(output).items():
        if name.endswith(ARCHIVES):
            with zipfile.ZipFile(BytesIO(data)) as whole:
                parts = {f"{name}/{part}": whole.read(part) for part in whole.namelist()}
            read = {part: text for part, text in parts.items() if part.endswith((".xml", ".rels"))}
            told |= {part: text.decode("utf-8") for part, text in read.items()}
        elif name.endswith(".pdf"):
            told[name] = pdf_text(data)
        else:
            told[name] = data.decode("utf-8")
    return told


def pdf_text(data: bytes) -> str:
    """The text of a pdf; '' where the machine cannot tell."""
    if not shutil.which("pdftotext"):
        return ""
    ran = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return ran.stdout.decode("utf-8")


@dataclass
class Carried:
    """A review of two small logs, with what was said and computed on the way."""

    review: Review
    warned: list[str]
    progress: list[tuple[str, float]]
    computed: list[Any]
    told: list[Any]


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Carried:
    """Carry out a review of two small logs, once."""
    folder, steps = small(tmp_path_factory.mktemp("small")), []
    kept: dict[str, list[Any]] = {name: [] for name in ("open_review", "material", "tell")}

    def keeping(name: str) -> Callable[..., Any]:
        real = getattr(module, name)

        def kept_too(*arguments: Any, **named: Any) -> Any:
            kept[name].append(real(*arguments, **named))
            return kept[name][-1]

        return kept_too

    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        for name in kept:
            patch.setattr(module, name, keeping(name))
        done = review(folder, progress=lambda step, share: steps.append((step, share)))
    warned = [str(one.message) for one in given]
    return Carried(done, warned, steps, kept["open_review"], [*kept["material"], *kept["tell"]])


@pytest.fixture(scope="module")
def done(carried: Carried) -> Review:
    """The review of two small logs."""
    return carried.review


@pytest.fixture(scope="module")
def example_done(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Review:
    """A review of the worked example."""
    folder = tmp_path_factory.mktemp("example") / "review"
    shutil.copytree(example, folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    return review(folder, forms=("html",))


@pytest.fixture(params=["done", "example_done"])
def any_review(request: pytest.FixtureRequest) -> Review:
    return request.getfixturevalue(request.param)


# --- what is written


def test_the_files_are_those_of_the_contract(any_review: Review) -> None:
    written = set(files(any_review.output))
    assert {
        "report.html", "report.json", "numbers.json", "findings.json", "manifest.json",
    } <= written  # fmt: skip
    assert {f"tables/{name}.csv" for name in COLUMNS} <= written
    assert sorted(path.name for path in any_review.output.parent.glob("output*")) == ["output"]


def test_the_tables_have_the_columns_of_the_contract(any_review: Review) -> None:
    """More may stand behind or, for the ledgers, the log before them; none is missing."""
    for name, columns in COLUMNS.items():
        have, want = list(read(any_review.output, name).columns), columns.split()
        assert [column for column in have if column in want] == want
        assert set(have) - set(want) <= {"log"}


def test_the_tables_are_utf_8_with_a_mark_and_newlines(any_review: Review) -> None:
    for name, data in files(any_review.output).items():
        if name.endswith(".csv"):
            assert data.startswith(b"\xef\xbb\xbf")
            assert not data.startswith(b"\xef\xbb\xbf\xef\xbb\xbf")
            assert b"\r" not in data
        elif not name.endswith(BINARY):
            assert not data.startswith(b"\xef\xbb\xbf")
            data.decode("utf-8")


def test_what_is_returned_is_what_is_written(any_review: Review) -> None:
    for name, frame in any_review.tables.items():
        assert list(read(any_review.output, name).columns) == list(frame.columns)
        assert len(read(any_review.output, name)) == len(frame)


def test_the_findings_have_the_fields_of_the_contract(any_review: Review) -> None:
    findings = json.loads((any_review.output / "findings.json").read_text(encoding="utf-8"))
    assert findings
    for one in findings:
        assert set(one) >= FIELDS
        assert len(one["cases"]) <= 20
        assert (any_review.output / "tables" / f"{one['table']}.csv").is_file()
        assert one["low"] <= one["value"] <= one["high"]
    assert len({one["id"] for one in findings}) == len(findings)
    # What calls for action stands first; of one level, what costs most.
    ranks = [
        ({"action": 0, "watch": 1, "note": 2}[one["level"]], -one["hours"]) for one in findings
    ]
    assert ranks == sorted(ranks)


def test_the_sums_of_the_manifest_are_right(any_review: Review) -> None:
    manifest = json.loads((any_review.output / "manifest.json").read_text(encoding="utf-8"))
    written = files(any_review.output)
    sums = {n: hashlib.sha256(d).hexdigest() for n, d in written.items() if n != "manifest.json"}
    assert manifest["outputs"] == sums
    for name, digest in manifest["inputs"].items():
        path = any_review.output.parent / name
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    assert {"review.toml", "incoming.csv", "standards.csv"} <= set(manifest["inputs"])
    named = any_review.output.parent / "points.csv"
    assert ("points.csv" in manifest["inputs"]) is named.exists()
    assert {"versions", "cutoff", "settings"} <= set(manifest)


def test_nobody_is_named(any_review: Review) -> None:
    """People stand in no output under their own names."""
    log = pd.read_csv(
        any_review.output.parent / "incoming.csv",
        dtype=str,
        encoding="utf-8" if "script" in read_title(any_review) else "gb18030",
    )
    names = set(log["actor" if "actor" in log else "经办人"].dropna()) | set(PEOPLE)
    for name, text in texts(any_review.output).items():
        assert not [person for person in names if person in text], name


def read_title(done: Review) -> str:
    return (done.output.parent / "review.toml").read_text(encoding="utf-8").split("\n")[1]


def test_no_file_says_when_or_where_it_was_made(any_review: Review) -> None:
    for name, text in texts(any_review.output).items():
        assert str(any_review.output.parent) not in text, name


# --- what it says, worked out by hand


def test_cases_as_seen_at_the_cut_off(done: Review) -> None:
    """A0 lies before the period; of A3 only the first step is seen; 12:00 to 14:30 is a break."""
    cases = read(done.output, "cases").set_index(["log", "case_id"])
    assert set(cases.index) == {
        ("incoming", "A1"), ("incoming", "'=A2"), ("incoming", "A3"), ("incoming", "A4"),
        ("outgoing", "007"), ("outgoing", "NA"),
    }  # fmt: skip
    assert cases.loc[("incoming", "A1")].to_dict() == {
        "steps": "2", "first": "2024-03-04 09:00:00", "last": "2024-03-04 11:20:00",
        "open": "False", "cancelled": "False", "elapsed_hours": "2.333333",
        "work_hours": "2.333333", "variant": "1",
    }  # fmt: skip
    assert cases["open"].to_dict() == {
        ("incoming", "A1"): "False", ("incoming", "'=A2"): "False", ("incoming", "A3"): "True",
        ("incoming", "A4"): "True", ("outgoing", "007"): "False", ("outgoing", "NA"): "False",
    }  # fmt: skip
    assert cases.loc[("incoming", "A3"), "steps"] == "1"


def test_steps_and_edges(done: Review) -> None:
    steps = read(done.output, "steps").set_index(["log", "row"])
    assert list(steps.loc[("incoming", "2"), ["queue_hours", "handling_hours", "work_hours"]]) == [
        "0.166667", "1.833333", "2.0",
    ]  # fmt: skip
    assert ("incoming", "6") not in steps.index
    assert steps.loc[("outgoing", "2"), "work_hours"] == "1.5"
    edges = read(done.output, "edges").to_dict("records")
    assert [list(edge.values()) for edge in edges] == [
        ["incoming", "in", "out", "2", "2", "1.25", "1.85"],
        ["outgoing", "拟稿", "签发", "1", "1", "1.5", "1.5"],
    ]


def test_variants_most_frequent_first(done: Review) -> None:
    variants = read(done.output, "variants")
    mine = variants[variants["log"] == "incoming"]
    assert mine["variant"].tolist() == ["1", "2", "3"]
    assert mine["activities"].tolist()[0] == "in → out"
    assert set(mine["activities"]) == {"in → out", "in", ""}
    assert mine["share"].tolist() == ["0.5", "0.25", "0.25"]


def test_judgements_and_compliance(done: Review) -> None:
    """A3 has used 2:40 on its day to the break, 3:30 after it, and 3:30 the next morning."""
    judged = read(done.output, "judgements").set_index("case_id")
    assert judged["verdict"].to_dict() == {"A1": "late", "'=A2": "met", "A3": "overdue"}
    assert judged["due"].to_dict() == {
        "A1": "2024-03-04 10:20:00", "'=A2": "2024-03-05 10:20:00", "A3": "2024-03-06 10:20:00",
    }  # fmt: skip
    assert judged["used_hours"].to_dict() == {"A1": "2.0", "'=A2": "0.5", "A3": "9.666667"}
    assert judged["over_hours"].to_dict() == {"A1": "1.0", "'=A2": "", "A3": "8.666667"}
    (row,) = read(done.output, "compliance").to_dict("records")
    assert {name: row[name] for name in ("n", "met", "late", "overdue", "not_started")} == {
        "n": "3", "met": "1", "late": "1", "overdue": "1", "not_started": "1",
    }  # fmt: skip
    assert (row["share"], row["target"], row["target_met"]) == ("0.333333", "0.9", "False")


def test_the_ledgers_account_for_every_row(done: Review) -> None:
    rejected, changed = read(done.output, "rejected"), read(done.output, "changed")
    assert rejected.values.tolist() == [
        ["incoming", "incoming.csv", "8", "case_id", "", "no case_id", "", "in"]
    ]
    assert changed.values.tolist() == [
        ["incoming", "incoming.csv", "9", "end", "soon", "time cannot be read; set to empty", "1"]
    ]
    manifest = json.loads((done.output / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["logs"] == {
        "incoming": {"rows": 9, "encoding": "utf-8", "separator": ","},
        "outgoing": {"rows": 3, "encoding": "gb18030", "separator": ";"},
    }
    assert manifest["cutoff"] == "2024-03-07T12:00:00"
    assert manifest["settings"]["small_cell"] == 2


def test_the_finding(done: Review) -> None:
    """1 of 3 met, aim 90 %; Wilson says 6.1 % to 79.2 %. Its id is the digest of its subject."""
    findings = {f["id"]: f for f in json.loads((done.output / "findings.json").read_text())}
    found = findings[point_id("standard", {"log": "incoming", "standard_id": "T1"})]
    assert found["kind"] == "standard"
    assert (found["level"], found["n"], found["hours"]) == ("action", 3, 9.666667)
    assert (found["value"], found["low"], found["high"]) == (
        pytest.approx(1 / 3, abs=1e-6),
        pytest.approx(0.0615, abs=1e-4),
        pytest.approx(0.7923, abs=1e-4),
    )
    assert found["cases"] == ["A3", "A1"]


def test_the_page_is_safe_and_in_the_reviews_language(done: Review) -> None:
    page = (done.output / "report.html").read_text(encoding="utf-8")
    # There is the page's own script, which its policy knows by its digest, and no other.
    assert page.count("<script") == 1
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert '<html lang="en">' in page
    assert "1. About this study" in page
    # Nothing is fetched: points of a picture stand in the page itself.
    assert not re.search(r'(?:src|href)="(?!#|data:image/png;base64,)', page)


def test_ids_in_the_page_are_not_at_odds(any_review: Review) -> None:
    """What is referred to is there, and is one thing: no picture draws with another's glyphs."""
    page = (any_review.output / "report.html").read_text(encoding="utf-8")
    found = Counter(re.findall(r'<[^<>]* id="([^"]+)"', page))
    used = set(re.findall(r'(?:href="|url\()#([^")]+)', page))
    assert used
    assert {name: found[name] for name in used} == dict.fromkeys(used, 1)


def test_the_example_gives_what_was_worked_out(
    example_done: Review, expected: Callable[[str], pd.DataFrame]
) -> None:
    want, have = expected("judgements"), read(example_done.output, "judgements")
    key = ["standard_id", "case_id"]
    pairs = want.merge(have, on=key, suffixes=("", "_have"))
    assert len(pairs) == len(want) == len(have)
    assert pairs["verdict"].tolist() == pairs["verdict_have"].tolist()
    assert (
        read(example_done.output, "rejected")["row"].tolist()
        == expected("rejected")["row"].tolist()
    )
    ways = expected("variants").merge(
        read(example_done.output, "variants"), on=["activities", "cases"]
    )
    assert len(ways) == len(expected("variants"))


# --- the same bytes, whole or not at all


def test_another_process_writes_the_same_bytes(done: Review, guarded: Path, tmp_path: Path) -> None:
    """In another folder, with other hashes of strings, by the command, and asks no network."""
    folder = small(tmp_path / "elsewhere")
    shutil.copy2(done.output.parent / "pseudonym.key", folder)
    command = [sys.executable, "-c", "from efficiency.cli import app; app()", "review", str(folder)]
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert ran.stdout.strip() == str(folder / "output" / "report.html")
    assert files(folder / "output") == files(done.output)
    assert not guarded.exists()


def test_converted_logs_are_reviewed_where_they_lie_and_say_the_same(
    done: Review, tmp_path: Path
) -> None:
    """Names are hidden; no log is loaded whole."""
    folder = small(tmp_path / "converted")
    shutil.copy2(done.output.parent / "pseudonym.key", folder)
    chinese = {"case_id": "流水号", "activity": "环节", "actor": "经办人", "end": "办结时间"}
    convert(folder / "incoming.csv", folder / "incoming.parquet", classified=True)
    convert(folder / "outgoing.csv", folder / "outgoing.parquet", chinese, classified=True)
    settings = (folder / "review.toml").read_text(encoding="utf-8")
    settings = settings.partition("[logs.outgoing.columns]")[0].replace(
        'going.csv"', 'going.parquet"'
    )
    settings = settings.replace('coming.csv"', 'coming.parquet"')
    (folder / "review.toml").write_text(f"classified = true\n{settings}", encoding="utf-8")
    office = open_review(folder)
    assert not any(isinstance(one.log, pd.DataFrame) for one in office.inputs.records.values())
    written = office.written()
    assert list(written) == list(done.tables)
    for name, table in written.items():
        pd.testing.assert_frame_equal(table, done.tables[name], obj=name)


@pytest.fixture
def again(carried: Carried, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a finished review that need not be computed and told again."""
    shutil.copytree(carried.review.output.parent, tmp_path / "again")
    office = copy(carried.computed[0])
    place = replace(office.inputs.folder, path=tmp_path / "again")
    office.inputs = replace(office.inputs, folder=place)
    monkeypatch.setattr(module, "open_review", lambda *_, **__: office)
    for name, what in zip(("material", "tell"), carried.told, strict=True):
        monkeypatch.setattr(module, name, lambda *_, what=what: what)
    return tmp_path / "again"


def without_documents(output: Path, known: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """What was written beside the documents, and beside the manifest, which holds their sums."""
    left = {*DOCUMENTS, "manifest.json"}
    return {n: d for n, d in (known or files(output)).items() if n not in left}


def fail(*_: Any, **__: Any) -> None:
    raise RuntimeError("the disk is full")


@pytest.mark.parametrize("at", ["renderings", "csv_bytes", "json_bytes", "digest", "_manifest"])
def test_a_crash_leaves_the_old_output(
    again: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """And the next run is not hindered by what the crash left."""
    before = files(again / "output")
    (again / "output" / "old").write_text("of the run before")
    with monkeypatch.context() as broken:
        broken.setattr(module if at == "renderings" else writing, at, fail)
        with pytest.raises(RuntimeError, match="disk is full"):
            review(again, forms=())
    assert files(again / "output") == before | {"old": b"of the run before"}
    review(again, forms=())
    assert without_documents(again / "output") == without_documents(again / "output", before)
    assert sorted(path.name for path in again.glob("output*")) == ["output"]


def test_a_crash_between_the_last_two_steps_loses_nothing(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk cannot exchange two folders, the old one is put back."""
    before = files(again / "output")
    real, calls = Path.rename, []

    def rename(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 2:
            fail()
        return real(self, target)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", rename)
        broken.setattr("efficiency._doors.exchange._swapped", lambda *_: False)
        with pytest.raises(RuntimeError):
            review(again, forms=())
    assert before == files(again / "output")
    review(again, forms=())
    assert without_documents(again / "output") == without_documents(again / "output", before)


def test_bad_input_leaves_the_old_output(again: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # this time the inputs are read
    before = files(again / "output")
    (again / "standards.csv").write_text("standard_id,from,to,limit\nT1,in,out,soon\n")
    with pytest.raises(InputError):
        review(again)
    assert files(again / "output") == before


def test_progress_is_told_from_nothing_to_all(carried: Carried) -> None:
    shares = [share for _, share in carried.progress]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_each_stage_is_told_once_and_has_its_time(carried: Carried) -> None:
    """Of each log its own; what is told of is what was timed, and the documents among it."""
    stages = [step for step, _ in carried.progress]
    timings = carried.review.timings
    timed = [step for step in dict.fromkeys(stages) if step in timings]
    assert timed == list(timings)
    for step in ("read", "html", "docx", "pdf", "xlsx", "write"):
        assert step in timings
    for log in ("incoming", "outgoing"):
        assert {f"order {log}", f"measure {log}", f"investigate {log}"} <= set(timings)
    assert all(seconds >= 0 for seconds in timings.values())
    assert stages[-1] == "done"


def test_all_documents_are_made_unless_some_are_asked_for(done: Review, again: Path) -> None:
    """The tables and what the report was told from are there in any case."""
    assert set(DOCUMENTS) <= set(files(done.output))
    few = review(again, forms=("xlsx",))
    told = {name for name in files(few.output) if not name.startswith("tables/")}
    assert told == {
        "workbook.xlsx", "report.json", "numbers.json", "findings.json", "manifest.json",
    }  # fmt: skip
    assert without_documents(few.output) == without_documents(done.output)


def test_the_key_of_the_pseudonyms_is_made_once_and_said_once(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only its owner can read it; none is made where another is given."""
    monkeypatch.delenv("EFFICIENCY_KEY", raising=False)
    key = again / "pseudonym.key"
    kept = key.read_bytes()
    key.unlink()
    first = [notice for notice in review(again, forms=()).notices if str(key) in notice]
    assert len(first) == 1
    made = key.read_bytes()
    assert made != kept
    assert key.stat().st_mode & 0o077 == 0
    assert not [one for one in review(again, forms=()).notices if str(key) in one]
    assert key.read_bytes() == made
    key.unlink()
    monkeypatch.setenv("EFFICIENCY_KEY", "given from outside")
    review(again, forms=())
    assert not key.exists()


def test_every_number_of_the_report_is_the_cell_that_it_names(any_review: Review) -> None:
    """Looked up in the csv files as another program would; shares are told to a tenth."""
    told = json.loads((any_review.output / "numbers.json").read_text(encoding="utf-8"))
    assert len(told) > 10
    for name, one in told.items():
        rows = read(any_review.output, one["table"])
        for column, value in one["key"].items():
            rows = rows[rows[column].isin([value, f"'{value}"])]
        assert len(rows) == 1, name
        cell = rows[one["column"]].iloc[0]
        if one["format"] == "percent":
            assert abs(float(cell) * 100 - float(one["text"].rstrip("%"))) <= 0.0501, name
        if one["format"] == "count":
            assert round(float(cell)) == int(one["text"].replace(",", "")), name


def test_a_review_gives_no_warning(carried: Carried) -> None:
    assert carried.warned == []


# --- procedure


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """
    A review with two rules and a flow.

    Case 1 goes in and out, 2 goes out before in, 3 only in and is open; by hand.
    """
    toml = "small_cell = 2\n" + HEAD.replace("standards", "rules").replace(
        'path = "a.csv"', 'path = "a.csv"\nmodel = "flow.csv"\nclosed_by = ["out"]'
    )
    log = """case_id,activity,actor,unit,end
1,in,Xanthippe Quill,desk,2024-03-04 09:20
1,out,Yorick Zed,office,2024-03-04 11:20
2,out,Yorick Zed,office,2024-03-04 09:20
2,in,Xanthippe Quill,desk,2024-03-05 09:20
3,in,Xanthippe Quill,desk,2024-03-05 09:30
"""
    rules = "rule_id,title,kind,a,b,severity\nP2,in first,order,in,out,high\n"
    rules += "P4,answered,response,in,out,low\n"
    folder = tmp_path_factory.mktemp("ruled")
    return review(write(folder, review=toml, a=log, rules=rules, flow="in → out"), forms=("html",))


def test_the_rules_are_held_against_the_log(ruled: Review) -> None:
    """Nothing is decided of case 3 under P4: it may still go out."""
    assert read(ruled.output, "deviations").values.tolist() == [
        ["P2", "2", "3;4", "out before in", "a"],
        ["P4", "2", "4", "in without out after it", "a"],
    ]
    rules = read(ruled.output, "rules")
    counts = ["rule_id", "n", "broken", "pending", "undecidable"]
    assert rules[counts].values.tolist() == [["P2", "3", "1", "0", "0"], ["P4", "3", "1", "1", "0"]]
    assert rules["share"].astype(float).tolist() == pytest.approx([1 / 3, 1 / 2], abs=1e-6)
    assert read(ruled.output, "pending").values.tolist() == [["P4", "3", "a"]]


def test_the_flow_is_held_against_the_log(ruled: Review) -> None:
    """Two closed cases, of which one keeps to it; in the other one of both steps was moved."""
    measures = read(ruled.output, "conformance").set_index("measure")["value"].astype(float)
    assert measures[["cases", "open", "aligned", "fitting"]].tolist() == [3, 1, 2, 1]
    (moved,) = read(ruled.output, "departures").to_dict("records")
    assert moved["kind"] == "moved"
    assert moved["activity"] in {"in", "out"}


def test_a_broken_rule_is_a_finding_with_a_typical_case(ruled: Review) -> None:
    """The grave one calls for action, a light slip is a note; people stay under pseudonyms."""
    findings = {f.about("rule_id"): f for f in ruled.findings if f.kind == "rule"}
    assert {key: f.level for key, f in findings.items()} == {"P2": "action", "P4": "note"}
    page = (ruled.output / "report.html").read_text(encoding="utf-8")
    assert "A typical case, 2: out before in" in page
    assert page.count("●") >= 3
    assert not [name for name in PEOPLE if name in page]


# --- odd logs


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """
    A review of odd logs.

    One of one row, one without an end, one in which nothing closes, one of which only days are
    known, one in which nothing waits, and one that knows nothing but ends.
    """
    more = {"unclosed": 'closed_by = ["gone"]\n'}
    names = ("single", "unended", "unclosed", "days", "still", "ends")
    toml = 'title = "t"\nlanguage = "zh"\nstandards = "standards.csv"\n' + "".join(
        f'[logs.{name}]\npath = "{name}.csv"\n{more.get(name, "")}' for name in names
    )
    return review(
        write(
            tmp_path_factory.mktemp("odd"),
            review=toml,
            single="case_id,activity,end\n1,in,2024-03-04 09:20\n",
            unended="case_id,activity,start,end\n1,in,2024-03-04 09:20,\n1,out,2024-03-05 09:20,\n",
            unclosed=LOG,
            days=steps("{day},{day},{day}"),
            still=steps("{day} 10:0{n},{day} 10:0{n},{day} 10:0{n}"),
            ends=steps(",,{day} 1{n}:00").replace(",desk,", ",,"),
            standards=LIMIT,
        ),
        forms=("html",),
    )


def steps(moments: str) -> str:
    """Write 60 cases of two steps, one on each day from 4 March on."""
    rows = ["case_id,activity,unit,received,start,end"]
    for case in range(60):
        day = f"{pd.Timestamp('2024-03-04') + pd.Timedelta(days=case):%Y-%m-%d}"
        for n, activity in enumerate(("in", "out")):
            rows.append(f"{case},{activity},desk,{moments.format(day=day, n=n)}")
    return "\n".join(rows) + "\n"


ODD = ("single", "unended", "unclosed", "days", "still", "ends")


@pytest.mark.parametrize("name", ODD)
def test_odd_logs_are_reviewed_and_every_case_is_there(odd: Review, name: str) -> None:
    """Warnings are errors here: there are none."""
    cases = read(odd.output, "cases").query("log == @name")
    assert len(cases) == {"single": 1, "unended": 1, "unclosed": 2}.get(name, 60)


@pytest.mark.parametrize("name", ["unended", "unclosed", "days", "still", "ends"])
def test_what_could_not_be_tested_in_odd_logs_is_told(odd: Review, name: str) -> None:
    """No p without a reason, no reason beside a p; nothing is found."""
    changes = read(odd.output, "changes").query("log == @name")
    assert len(changes)
    assert ((changes["p"] == "") == (changes["untested"] != "")).all()
    assert not [f for f in odd.findings if f.kind in {"slow_group", "change", "backlog", "waiting"}]


def test_where_nothing_waits_there_is_no_cause_of_waiting(odd: Review) -> None:
    """Hours there are none, and shares cannot be told."""
    rows = read(odd.output, "waiting")
    assert rows.loc[rows["log"].isin(["still", "days"]), "hours"].astype(float).sum() == 0


def test_a_single_row_is_looked_into_no_further(odd: Review) -> None:
    for name in ("comparisons", "changes", "waiting", "balance"):
        assert "single" not in set(read(odd.output, name)["log"])


def test_a_single_row_is_enough(odd: Review) -> None:
    assert read(odd.output, "cases").query("log == 'single'")["variant"].tolist() == ["1"]


def test_a_log_without_an_end_is_noted(odd: Review) -> None:
    assert [notice for notice in odd.notices if "unended" in notice] == [
        "日志 unended 中没有任何办结时间，无法计算路径与时限。",
        "日志 unended 的全部件在截止时点尚未办结。",
    ]
    assert read(odd.output, "edges").query("log == 'unended'").empty


def test_a_log_in_which_all_is_open_is_noted(odd: Review) -> None:
    assert "日志 unclosed 的全部件在截止时点尚未办结。" in odd.notices
    assert read(odd.output, "cases").query("log == 'unclosed'")["open"].tolist() == ["True", "True"]


def test_notices_stand_in_the_report(odd: Review) -> None:
    page = (odd.output / "report.html").read_text(encoding="utf-8").replace("&#39;", "'")
    told = [notice for notice in odd.notices if notice in page]
    # But that a key was made, and where: that is said to who carries the review out.
    (other,) = set(odd.notices) - set(told)
    assert str(odd.output.parent / "pseudonym.key") in other


def test_empty_ledgers_have_their_header(odd: Review) -> None:
    for name, more in (("rejected", b"case_id,activity"), ("changed", b"n")):
        data = (odd.output / "tables" / f"{name}.csv").read_bytes()
        assert data == b"\xef\xbb\xbflog,file,row,column,value,reason," + more + b"\n"


def test_a_period_without_cases_is_told_or_reported(tmp_path: Path) -> None:
    write(tmp_path, review='period = ["2020-01-01", "2020-12-31"]\n' + HEAD, a=LOG, standards=LIMIT)
    with contextlib.suppress(InputError):
        review(tmp_path, forms=("html",))


def test_a_review_without_standards(tmp_path: Path) -> None:
    """Its tables are there all the same."""
    toml = HEAD.replace('standards = "standards.csv"\n', "")
    done = review(write(tmp_path, review=toml, a=LOG), forms=("html",))
    for name in ("judgements", "compliance"):
        table = read(done.output, name)
        assert table.empty
        assert [column for column in table if column != "log"] == [
            column for column in COLUMNS[name].split() if column != "log"
        ]
    assert "No standards were given" in (done.output / "report.html").read_text(encoding="utf-8")


# --- why it is slow, whether it changed, and what was made of it

#: What a table of what lies behind the figures is keyed by, after its log.
BEHIND = {
    "waiting": "activity cause hours share low high",
    "balance": "unit arrivals completions ratio low high p p_adjusted",
    "workload": "unit period arrivals completions open",
    "comparisons": "attribute value measure ratio ratio_low ratio_high weeks p p_adjusted untested",
    "shares": "measure attribute value share expected difference low high p p_adjusted untested",
    "changes": "measure kind at difference_hours mean_difference_hours weeks p p_adjusted",
    "factors": "standard_id attribute share low high",
    "trees": "standard_id node parent attribute value n share",
    "control": "at value n centre low high signal",
    "bunching": "standard_id n last_tenth share low high",
    "due": "standard_id from_hours to_hours cases",
    "risk": "standard_id case_id risk low high",
    "calibration": "risk_from risk_to n predicted observed",
}
#: The contract's subject of a finding, by its kind.
SUBJECTS = {
    "standard": {"log", "standard_id"},
    "rule": {"log", "rule_id"},
    "slow_step": {"log", "activity"},
    "rework": {"log", "activity"},
    "slow_group": {"log", "attribute", "value"},
    "high_rate": {"log", "measure", "attribute", "value"},
    "waiting": {"log", "activity", "cause"},
    "change": {"log", "measure", "at"},
    "backlog": {"log", "unit"},
}
TESTS = ("comparisons", "shares", "changes", "balance")
OFFICE = """title = "t"
language = "zh"
cutoff = 2024-12-31T18:00:00
baseline = ["2023-01-01", "2023-12-31"]
calendar = "calendar.toml"
standards = "standards.csv"
points = "points.csv"
[logs.incoming]
path = "incoming.csv"
closed_by = ["归档", "退文"]
[logs.incoming.columns]
case_id = "流水号"
activity = "环节"
received = "到达时间"
start = "开始时间"
end = "办结时间"
actor = "经办人"
unit = "处室"
[logs.decisions]
path = "decisions.csv"
[logs.decisions.columns]
case_id = "批示编号"
activity = "环节"
end = "批示时间"
actor = "批示领导"
[[reforms]]
date = 2024-07-01
title = "同时办理"
log = "incoming"
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """A review of an office in which a unit is slow, a step changed and a desk fills."""
    folder = tmp_path_factory.mktemp("office")
    plan = Plan(slow_factor=2.5, change_factor=0.4, overload=1.3, legal_kinds=KINDS)
    (folder / "calendar.toml").write_text(CALENDAR, encoding="utf-8")
    days = read_calendar(folder / "calendar.toml").days(FIRST, LAST)
    sample = make_sample(days, 1, 600, plan)
    tables = {"incoming": sample.incoming, "decisions": sample.decisions}
    tables["standards"] = pd.DataFrame([promise.row() for promise in PROMISES])
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig")
    points = POINTS.replace("2024-03-04", "2024-06-30")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(definitions, "HELD_BACK", 1)
        return review(write(folder, review=OFFICE, points=points), forms=("html",))


@pytest.mark.parametrize("name", BEHIND)
def test_the_tables_behind_the_figures_are_there_for_logs_that_flow(
    office: Review, name: str
) -> None:
    """In the register of decisions nothing flows."""
    table = read(office.output, name)
    assert len(table)
    assert set(table["log"]) == {"incoming"}
    assert set(BEHIND[name].split()) <= set(table.columns)


def test_all_tests_of_a_review_share_one_false_discovery_rate(office: Review) -> None:
    """Benjamini and Hochberg's step-up, by hand over the four tables put together."""
    tables = [office.tables[name][["p", "p_adjusted"]].astype(float) for name in TESTS]
    rows = sorted(pd.concat(tables).dropna(subset=["p"]).to_numpy().tolist())
    assert len(rows) > 30
    least, right = 1.0, []
    for rank in range(len(rows), 0, -1):
        least = min(least, rows[rank - 1][0] * len(rows) / rank)
        right.append(least)
    assert [row[1] for row in rows] == pytest.approx(right[::-1])
    for table in tables:
        assert (table["p"].isna() == table["p_adjusted"].isna()).all()


def test_the_findings_of_tests_have_the_contracts_subjects(office: Review) -> None:
    """And of every other kind; a p where a test was made."""
    told = json.loads((office.output / "findings.json").read_text(encoding="utf-8"))
    assert {"slow_group", "waiting", "change", "backlog"} <= {one["kind"] for one in told}
    for one in told:
        # A unit that is slower at one activity only is told of with it.
        single = {"activity"} if one["kind"] == "slow_group" else set()
        assert set(one["subject"]) - single == SUBJECTS[one["kind"]] - single
        assert one["id"] == point_id(one["kind"], one["subject"])
        tested = one["kind"] in {"slow_group", "high_rate", "change", "backlog"}
        assert (one["p"] is not None) is tested
        assert one["p"] is None or one["p"] <= 0.05
        assert one["low"] <= one["value"] <= one["high"]


def test_what_was_planted_is_what_is_told(office: Review) -> None:
    told = {(f.kind, *(value for _, value in f.subject)) for f in office.findings}
    assert ("slow_group", "incoming", "unit", SLOW_UNIT) in told
    assert ("backlog", "incoming", LEGAL_UNIT) in told
    assert ("change", "incoming", "承办.handling", "2024-07-01") in told


def test_the_figures_of_findings_are_those_of_their_tables(office: Review) -> None:
    """Each has its row, by its subject, with the same value and p."""
    keys = {"slow_group": "comparisons", "high_rate": "shares", "change": "changes",
            "backlog": "balance"}  # fmt: skip
    columns = {"slow_group": "ratio", "high_rate": "difference", "change": "difference_hours",
               "backlog": "ratio"}  # fmt: skip
    for finding in office.findings:
        if finding.kind not in keys:
            continue
        rows = office.tables[keys[finding.kind]]
        if "activity" in rows:
            rows = rows[rows["activity"] == dict(finding.subject).get("activity", "")]
        for name, value in finding.subject:
            held = rows[name]
            same = held.dt.strftime("%Y-%m-%d") if name == "at" else held.astype(str)
            rows = rows[same == value]
        pairs = rows[[columns[finding.kind], "p_adjusted"]].to_numpy().tolist()
        assert [finding.value, finding.p] in pairs


def test_every_finding_is_a_point_and_every_point_has_its_measure(office: Review) -> None:
    points, measures = office.tables["points"], office.tables["measures"]
    whole = [one for one in office.findings if one.direction == "worse" and not one.part_of]
    assert {finding.id for finding in whole} <= set(points["id"])
    # The rest is told, and is no point: it became better, or another point is the whole of it.
    parts = {one.id for one in office.findings if one.part_of}
    assert parts
    assert not parts & set(points["id"])
    assert {one.part_of for one in office.findings if one.part_of} <= set(points["id"])
    assert set(points.loc[points["kind"] != "own", "id"]) <= set(measures["id"])
    assert measures["id"].is_unique
    assert (read(office.output, "points")["id"] == points["id"]).all()


def test_what_people_wrote_comes_back_and_their_file_is_not_touched(office: Review) -> None:
    """T1 was acted upon on 30 June; the point that they added has nothing to be measured."""
    assert (office.output.parent / "points.csv").read_text(encoding="utf-8") == POINTS.replace(
        "2024-03-04", "2024-06-30"
    )
    first, own = office.tables["points"].head(2).to_dict("records")
    assert (first["owner"], first["target"], first["remark"]) == ("desk", 0.9, "=1, ours")
    assert first["since"] == pd.Timestamp("2024-07-01")
    judged = office.tables["judgements"].query("standard_id == 'T1'")
    begun = office.tables["cases"].set_index("case_id")["first"]
    later = judged[judged["case_id"].map(begun) >= pd.Timestamp("2024-07-01")]
    decided = later["verdict"].isin(["met", "late", "overdue"])
    assert first["n"] == decided.sum()
    assert first["value"] == pytest.approx((later["verdict"] == "met").sum() / decided.sum())
    assert (own["kind"], own["title"], own["verdict"]) == ("own", "a door that sticks", "")


def test_the_chapters_on_causes_and_measures_are_in_the_report(office: Review) -> None:
    page = (office.output / "report.html").read_text(encoding="utf-8")
    headings = re.findall(r"<h2[^>]*>(?:<[^>]*>)*([^<]+)", page)
    marks = [text[:2] for text in headings]
    assert [mark for mark in marks if mark in {"四、", "五、", "六、"}] == ["四、", "五、", "六、"]
    assert "疑似攒批等齐" in page


def test_the_settings_of_the_comparison_stand_in_the_manifest(office: Review) -> None:
    manifest = json.loads((office.output / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["baseline"] == ["2023-01-01", "2023-12-31"]
    assert manifest["settings"]["reforms"] == [
        {"date": "2024-07-01", "title": "同时办理", "log": "incoming"}
    ]
    assert "points.csv" in manifest["inputs"]


def test_a_register_that_is_not_there_yet_hinders_no_review(tmp_path: Path) -> None:
    """What to do is said, nothing is written in its place, and the findings are its points."""
    write(tmp_path, review='points = "points.csv"\n' + HEAD, a=LOG, standards=LIMIT)
    done = review(tmp_path, forms=())
    assert not (tmp_path / "points.csv").exists()
    key, notice = done.notices
    assert "pseudonym.key" in key
    assert notice.startswith("points.csv does not exist yet")
    assert set(done.tables["points"]["id"]) == {finding.id for finding in done.findings}
    manifest = json.loads((done.output / "manifest.json").read_text(encoding="utf-8"))
    assert "points.csv" not in manifest["inputs"]


def test_an_input_that_changes_meanwhile_is_noticed(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(again / "output")

    def touched(*_: Any) -> None:
        path = again / "standards.csv"
        path.write_bytes(path.read_bytes() + b" \n")

    monkeypatch.setattr(module, "_compute", touched)
    with pytest.raises(SettingsError) as caught:
        review(again, forms=())
    assert [problem.details["path"] for problem in caught.value.problems] == ["standards.csv"]
    assert files(again / "output") == before


def test_the_second_of_two_at_once_is_told(again: Path) -> None:
    before = files(again / "output")
    with held(again), pytest.raises(SettingsError, match="another process"):
        review(again, forms=())
    assert files(again / "output") == before
