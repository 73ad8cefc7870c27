"""All logs of a review together: tables with their log, findings of one log each, points."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from efficiency.evidence.points.points_file import no_points, typed_points
from efficiency.reviews import office as module
from efficiency.reviews.office import Office, of_log, open_review, stacked
from efficiency.reviews.reading.inputs import Inputs, read_inputs
from efficiency.tables.identity import point_id, subject_text
from written import write

FIRST, DAYS = dt.date(2024, 3, 4), 60
PERIOD = ("2024-03-01", "2024-04-30")
TOML = """title = "t"
language = "en"
cutoff = 2024-04-30T18:00:00
period = ["2024-03-01", "2024-04-30"]
standards = "standards.csv"
rules = "rules.csv"
[logs.a]
path = "a.csv"
[logs.b]
path = "b.csv"
"""
LIMITS = """standard_id,title,log,from,to,limit,clock,target
T1,quick,a,in,out,1 h,elapsed,0.9
"""
RULES = "rule_id,title,kind,a,log\nP1,in,existence,in,a\n"
HOURS = pd.Timedelta(hours=1)
#: What was found in former years, and what is asked of it now.
T1, P1 = (
    ("standard", {"log": "a", "standard_id": "T1"}),
    ("rule", {"log": "a", "rule_id": "P1"}),
)


def cases() -> list[tuple[dt.date, bool]]:
    """
    The day on which each case began, and whether it was quick.

    One a day, each third one slow for the first thirty days, then each tenth one.
    """
    days = [FIRST + dt.timedelta(days=place) for place in range(DAYS - 3)]
    return [(day, place % (3 if place < 30 else 10) != 0) for place, day in enumerate(days)]


def log() -> str:
    rows = ["case_id,activity,unit,end"]
    for place, (day, quick) in enumerate(cases()):
        rows.append(f"{place},in,desk,{day} 09:00")
        rows.append(f"{place},out,desk,{day} {'09:30' if quick else '11:00'}")
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    """Read an office of one case a day, and a register of single entries that ends early."""
    entries = "case_id,activity,end\n" + "".join(f"e{n},noted,2024-03-{n:02} 10:00\n" for n in range(4, 9))  # fmt: skip  # noqa: E501
    folder = tmp_path_factory.mktemp("registry")
    return read_inputs(
        write(folder, review=TOML, a=log(), b=entries, standards=LIMITS, rules=RULES)
    )


@pytest.fixture(scope="module")
def office(inputs: Inputs) -> Office:
    """Both logs, looked at once."""
    return Office(inputs)


def point(kind: str, subject: dict[str, str], **more: Any) -> dict[str, Any]:
    plain = {
        "id": point_id(kind, subject), "kind": kind, "subject": subject_text(subject),
        "title": "t", "status": "new", "baseline": 0.25, "baseline_low": 0.2, "baseline_high": 0.3,
        "baseline_n": 200, "first_found": pd.Timestamp("2023-12-31"), "better": "higher",
        "unit": "share", "target": 0.8,
    }  # fmt: skip
    return plain | more


def reviewed(office: Office, *rows: dict[str, Any]) -> pd.DataFrame:
    """The points after a review of the same logs with other points before it, by id."""
    points = typed_points(pd.DataFrame(rows))
    office.inputs = replace(office.inputs, points=points)
    office._kept.pop("points", None)
    return office.points.set_index("id")


def by_hand(since: dt.date) -> tuple[int, float]:
    """Count the cases begun on a day or later, and the share of them that was quick."""
    quick = [was for day, was in cases() if day >= since]
    return len(quick), sum(quick) / len(quick)


@pytest.mark.parametrize(
    ("day", "held", "said"),
    [
        (dt.date(2024, 3, 20), "before", "effective"),
        (dt.date(2024, 4, 2), "", "no effect"),
        (dt.date(2024, 4, 8), "", "no effect"),
    ],
)
def test_a_point_is_measured_on_the_cases_begun_after_the_day_of_its_action(
    office: Office, day: dt.date, held: str, said: str
) -> None:
    """
    Who came on that day may have come before it.

    Of the first date the log holds 16 cases before, too few: the register's 25 % count. Those
    before the others were as quick but for chance, and the season.
    """
    row = reviewed(office, point(*T1, done=pd.Timestamp(day))).loc[point_id(*T1)]
    n, share = by_hand(day + dt.timedelta(days=1))
    assert (row["n"], row["value"]) == (n, pytest.approx(share))
    assert row["since"] == pd.Timestamp(day) + pd.Timedelta(days=1)
    assert (row["held"], row["verdict"]) == (held, said)


def test_the_measures_are_those_of_the_whole_period_all_the_same(office: Office) -> None:
    n, share = by_hand(FIRST)
    reviewed(office, point(*T1, done=pd.Timestamp("2024-04-02")))
    row = office.measures.set_index("id").loc[point_id(*T1)]
    assert (row["n"], row["value"]) == (n, pytest.approx(share))


@pytest.mark.parametrize("day", ["2023-11-30", "2024-02-29"])
def test_what_was_done_before_the_period_is_measured_on_all_of_it(
    office: Office, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    """And nothing is computed again."""
    monkeypatch.setattr(module.Study, "over", lambda *_: pytest.fail("computed again"))
    row = reviewed(office, point(*T1, done=pd.Timestamp(day))).loc[point_id(*T1)]
    n, share = by_hand(FIRST)
    assert (row["n"], row["value"]) == (n, pytest.approx(share))
    assert 0.3 < share < 0.8
    assert row["verdict"] == "partly"


@pytest.mark.parametrize("day", ["2024-05-01", "2024-12-31"])
def test_what_was_done_after_the_cut_off_is_too_early(office: Office, day: str) -> None:
    """It is measured on the whole period, and not judged."""
    row = reviewed(office, point(*T1, done=pd.Timestamp(day))).loc[point_id(*T1)]
    assert row["verdict"] == "too early"
    assert pd.isna(row["since"])
    assert row["n"] == by_hand(FIRST)[0]


@pytest.mark.parametrize("day", ["2024-04-29", "2024-04-30"])
def test_where_no_case_has_begun_since_it_is_too_early(office: Office, day: str) -> None:
    """The last case began on 29 April."""
    assert cases()[-1][0] == dt.date(2024, 4, 29)
    row = reviewed(office, point(*T1, done=pd.Timestamp(day))).loc[point_id(*T1)]
    assert row["verdict"] == "too early"
    assert row["n"] == 0
    assert pd.isna(row["value"])


def test_few_cases_since_are_too_early(office: Office) -> None:
    """19 are, 20 are not."""
    for left, said in ((19, "too early"), (20, "no effect")):
        day = pd.Timestamp(cases()[-left][0]) - pd.Timedelta(days=1)
        row = reviewed(office, point(*T1, done=day)).loc[point_id(*T1)]
        assert (row["n"], row["verdict"]) == (left, said)


def test_each_action_has_its_own_date(office: Office) -> None:
    """A rule and a standard, acted upon on different days; a third one never was."""
    days = [dt.date(2024, 3, 20), dt.date(2024, 4, 2)]
    told = reviewed(
        office,
        point(*T1, done=pd.Timestamp(days[0])),
        point(*P1, done=pd.Timestamp(days[1]), better="lower", target=0.0),
        point("rework", {"log": "a", "activity": "in"}, better="lower"),
    )
    counts = [by_hand(day + dt.timedelta(days=1))[0] for day in days]
    assert told["n"].tolist()[:2] == counts
    assert told.loc[point_id(*P1), "value"] == 0
    # Nobody breaks the rule, before or since: whatever the register says, nothing changed.
    assert told["verdict"].tolist()[:3] == ["effective", "no effect", "too early"]
    assert told["held"].tolist()[:2] == ["before", ""]


def test_only_what_the_log_does_not_tell_of_both_sides_is_computed_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What flows through a desk, of its kind alone; the register of entries has no case since."""
    asked, real = [], module.Study.measures

    def counted(study: Any, kinds: Any = None) -> Any:
        asked.append((study.name, kinds))
        return real(study, kinds)

    monkeypatch.setattr(module.Study, "measures", counted)
    day = pd.Timestamp("2024-04-02")
    desk = point("backlog", {"log": "a", "unit": "x"}, done=day, better="lower")
    reviewed(office, point(*T1, done=day), point(*P1, done=day, better="lower"), desk)
    assert asked == [("a", {"backlog"})]


def test_hours_at_stake_are_those_of_a_year(office: Office) -> None:
    """Each slow case is an hour late: so many of them in the two months, six times over a year."""
    late = sum(not quick for _, quick in cases())
    row = reviewed(office, point(*T1)).loc[point_id(*T1)]
    days = (pd.Timestamp("2024-04-30 18:00") - pd.Timestamp(PERIOD[0])) / pd.Timedelta(days=1)
    assert row["hours"] == pytest.approx(late * 365.25 / days)


def test_without_points_there_is_nothing_to_measure_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.Study, "over", lambda *_: pytest.fail("computed again"))
    assert set(reviewed(office)["verdict"]) == {"too early"}
    assert not office.measures.empty


def test_the_points_stay_as_they_are(office: Office) -> None:
    """What is people's comes back as they wrote it, and what was handed in does not change."""
    row = point(*T1, done=pd.Timestamp("2024-04-02"), owner="Li", remark="ours")
    points = typed_points(pd.DataFrame([row]))
    before = points.copy()
    told = reviewed(office, row)
    pd.testing.assert_frame_equal(points, before)
    theirs = told.loc[point_id(*T1), ["owner", "remark", "target"]]
    assert theirs.tolist() == ["Li", "ours", 0.8]


def test_the_file_of_people_is_not_touched(inputs: Inputs, office: Office) -> None:
    """Nothing is written here at all."""
    before = {path: path.stat().st_mtime_ns for path in Path(inputs.folder.path).iterdir()}
    reviewed(office, point(*T1, done=pd.Timestamp("2024-04-02")))
    assert {p: p.stat().st_mtime_ns for p in Path(inputs.folder.path).iterdir()} == before


def test_a_case_of_the_first_moment_after_the_period_is_no_case_of_it(tmp_path: Path) -> None:
    """As a case is of which only the day is known: 1 April is 00:00."""
    toml = TOML.replace("2024-04-30T18:00:00", "2024-04-10").replace("04-30", "03-31")
    toml = toml.split("[logs.b]")[0]
    days = [*(f"2024-03-{n:02}" for n in range(4, 24)), "2024-04-01"]
    log = "case_id,activity,end\n" + "".join(f"{n},in,{day}\n" for n, day in enumerate(days))
    few = Office(read_inputs(write(tmp_path, review=toml, a=log, standards=LIMITS, rules=RULES)))
    told = reviewed(few, point(*P1, done=pd.Timestamp("2024-03-25"))).loc[point_id(*P1)]
    assert told["verdict"] == "too early"
    assert told["n"] == 0


# --- tables of several logs


def test_a_table_of_several_logs_says_which_log_a_row_is_of(office: Office) -> None:
    """The same cells as in the study of that log."""
    cases = office.cases
    assert cases.columns[0] == "log"
    assert cases["log"].unique().tolist() == ["a", "b"]
    own = cases[cases["log"] == "a"].drop(columns="log").reset_index(drop=True)
    pd.testing.assert_frame_equal(own, office["a"].cases, check_dtype=False)
    assert (list(office), len(office)) == (["a", "b"], 2)
    with pytest.raises(AttributeError, match="an office has no table"):
        _ = office.cycles


def test_what_is_written_names_its_log(office: Office) -> None:
    """
    But measures and points, whose subjects do, and the counts over all logs.

    A register has no tables of what flows.
    """
    written = office.written()
    for name, table in written.items():
        assert ("log" in table) is (name not in {"measures", "points", "standing"}), name
    assert set(written["waiting"]["log"]) <= {"a"}
    assert written["judgements"].columns[0] == "log"
    assert written["rules"].columns[-1] == "log"
    assert list(written)[:2] == ["standing", "findings"]


def test_how_the_office_stands_is_counted_over_all_its_logs(office: Office) -> None:
    """57 cases and 5 entries; 13 of 57 were slow: not nine in ten were quick; the rule was kept."""
    counts = office.written()["standing"].set_index("measure")["value"]
    slow = sum(not quick for _, quick in cases())
    assert (len(cases()), slow) == (57, 13)
    assert counts["cases"] == 57 + 5
    assert counts[["standards", "standards_met", "standards_missed"]].tolist() == [1, 0, 1]
    assert counts[["rules", "rules_kept", "rules_broken"]].tolist() == [1, 1, 0]
    whole = [one for one in office.findings if one.direction == "worse" and not one.part_of]
    assert counts["findings"] == len(whole) > 0
    assert counts["points"] == len(office.points)
    assert counts["set_aside"] == 0


def test_the_findings_are_written_in_their_order(office: Office) -> None:
    table = office.written()["findings"]
    assert table["id"].tolist() == [one.id for one in office.findings]
    assert table["value"].tolist() == pytest.approx([one.value for one in office.findings])


def test_what_people_set_aside_is_a_finding_that_is_there(inputs: Inputs) -> None:
    """With the reason that stands where others say what was done."""
    rows = [
        {"id": point_id(*T1), "kind": "standard", "subject": subject_text(T1[1]),
         "decision": "set aside", "action": "the clock was not set"},
        {"id": point_id(*P1), "kind": "rule", "subject": subject_text(P1[1]),
         "decision": "set aside", "action": "nothing was broken"},
    ]  # fmt: skip
    register = typed_points(pd.DataFrame(rows))
    told = Office(replace(inputs, points=register))
    assert point_id(*P1) not in {one.id for one in told.findings}
    assert told.set_aside == {point_id(*T1): "the clock was not set"}
    assert told.written()["standing"].set_index("measure").at["set_aside", "value"] == 1


def test_an_office_stands_without_what_was_set_aside(office: Office, inputs: Inputs) -> None:
    """One finding of its level less, and no other; it stands among the findings all the same."""
    rows = [
        {"id": point_id(*T1), "kind": "standard", "subject": subject_text(T1[1]),
         "decision": "set aside", "action": "the clock was not set"},
    ]  # fmt: skip
    told = Office(replace(inputs, points=typed_points(pd.DataFrame(rows))))
    (aside,) = [one for one in told.findings if one.id == point_id(*T1)]
    before, after = (
        Office(replace(inputs, points=no_points())).written()["standing"],
        told.written()["standing"],
    )
    counts = [table.set_index("measure")["value"] for table in (before, after)]
    less = counts[0] - counts[1]
    names = ["findings", f"findings_{aside.level}", "set_aside"]
    assert less[names].tolist() == [1, 1, -1]
    levels = [name for name in less.index if name.startswith("findings_")]
    assert less[levels].sum() == 1
    assert point_id(*T1) in told.written()["findings"]["id"].tolist()


def test_tables_are_stacked_in_the_order_of_the_logs() -> None:
    """With the columns of the first; one without rows or values brings no types along."""
    first = pd.DataFrame({"log": ["a"], "n": [1], "p": [0.5]})
    second = pd.DataFrame({"log": ["b"], "n": [2], "p": [None]})
    empty = pd.DataFrame({"log": [], "n": [], "p": []}, dtype=object)
    whole = stacked([first, second, empty])
    assert whole["log"].tolist() == ["a", "b"]
    assert list(whole.columns) == ["log", "n", "p"]
    assert whole["n"].dtype == "int64"
    assert whole["p"].dtype == "float64"
    assert len(stacked([empty, empty])) == 0


def test_the_names_of_logs_stand_in_front_or_behind() -> None:
    """Of a table without rows too; the table handed in stays as it is."""
    table = pd.DataFrame({"n": pd.Series(dtype="int64")})
    assert list(of_log(table, "a").columns) == ["log", "n"]
    assert list(of_log(table, "a", last=True).columns) == ["n", "log"]
    assert list(table.columns) == ["n"]


# --- findings belong to one log


TWO_LOGS = """title = "t"
language = "en"
standards = "standards.csv"
[logs.a]
path = "a.csv"
[logs.b]
path = "b.csv"
"""


def reviews_of(minutes: list[int]) -> str:
    """A log whose reviews take so many minutes each, one on each working day from 4 March."""
    rows = ["case_id,activity,received,end"]
    for n, taken in enumerate(minutes):
        begun = pd.Timestamp("2024-03-04 09:00") + pd.offsets.BDay(n)
        rows.append(f"{n},review,{begun},{begun + pd.Timedelta(minutes=taken)}")
    return "\n".join(rows) + "\n"


def test_a_standard_of_two_logs_is_judged_in_each(tmp_path: Path) -> None:
    """A standard without a log: of a eight of ten are late, of b none. Each finding is a's."""
    limits = LIMITS.split("\n", maxsplit=1)[0].replace(",log", "") + "\n"
    limits += "S1,one hour,review.received,review,1 h,working,0.9\n"
    slow, quick = reviews_of([120] * 8 + [30] * 2), reviews_of([30] * 10)
    folder = write(tmp_path, review=TWO_LOGS, a=slow, b=quick, standards=limits)
    both = open_review(folder)
    assert both.compliance[["log", "late", "met"]].values.tolist() == [["a", 8, 2], ["b", 0, 10]]
    standards = [finding for finding in both.findings if finding.kind == "standard"]
    (found,) = standards
    assert (found.log, found.n, found.value) == ("a", 10, 0.2)
    assert set(found.cases) == {str(n) for n in range(8)}
    assert len({finding.id for finding in both.findings}) == len(both.findings)
    assert both.measures["id"].is_unique
    shares = both.measures[both.measures["kind"] == "standard"]
    assert shares["value"].tolist() == [0.2, 1.0]
    own = both.points[both.points["kind"] == "standard"]
    assert own["subject"].tolist() == ['{"log": "a", "standard_id": "S1"}']
    slow_steps = [finding for finding in both.findings if finding.kind == "slow_step"]
    assert {(finding.log, finding.n) for finding in slow_steps} <= {("a", 10)}


def test_the_case_of_two_logs_beside_the_repository(root: Path, tmp_path: Path) -> None:
    folder = root.parent / "shared" / "cases" / "twologs"
    if not folder.is_dir():
        pytest.skip("the cases in ../shared/cases are not on this machine")
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    both = open_review(tmp_path)
    standards = [finding for finding in both.findings if finding.kind == "standard"]
    assert [(finding.log, finding.n, len(finding.cases)) for finding in standards] == [("a", 10, 8)]
