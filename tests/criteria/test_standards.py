"""Standards: what a limit, a scope, a moment may look like, and every slip with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import efficiency as eff
from efficiency import tables
from efficiency.criteria.clock import Limit, read_limit
from efficiency.criteria.standards import (
    Moment,
    parse_standards,
    read_moment,
    unfit,
)
from efficiency.problems import SettingsError, TableError

Write = Callable[..., Path]
MINUTE = 60 * 1_000_000
HEADER = (
    "standard_id,title,source,log,scope,from,to,limit,clock,target,suspend,resume,required,"
    "valid_from,valid_to"
)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A function that writes a standards.csv."""

    def make(*rows: str, header: str = HEADER) -> Path:
        path = tmp_path / "standards.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8-sig")
        return path

    return make


def told(path: Path) -> list[str]:
    """The messages of a table that cannot be read."""
    with pytest.raises(SettingsError) as caught:
        eff.read_standards(path)
    return [problem.text() for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("30 min", Limit("working", 30 * MINUTE)),
        ("2 h", Limit("working", 120 * MINUTE)),
        ("1.5 h", Limit("working", 90 * MINUTE)),
        ("-30 min", Limit("working", 30 * MINUTE, before=True)),
        ("30分钟", Limit("working", 30 * MINUTE)),
        ("2小时", Limit("working", 120 * MINUTE)),
        ("1 working day", Limit("working_days", 1)),
        ("5 working days", Limit("working_days", 5)),
        ("5个工作日", Limit("working_days", 5)),
        ("10 days", Limit("days", 10)),
        ("1 day", Limit("days", 1)),
        ("15日", Limit("days", 15)),
        ("same day", Limit("same_day", 1)),
        (" Same Day ", Limit("same_day", 1)),
        ("当日", Limit("same_day", 1)),
    ],
)
def test_limits(text: str, limit: Limit) -> None:
    """Each form of the contract, and how it is said in Chinese."""
    assert read_limit(text) == limit


@pytest.mark.parametrize(
    "text",
    ["", "30", "min", "soon", "0 min", "-2 days", "- 1 working day", "1.5 days", "2 weeks",
     "30 min 5", "99999 days", "1e3 min"],
)  # fmt: skip
def test_what_is_no_limit(text: str) -> None:
    """Without unit, without amount, nothing, backwards in days, part of a day, beyond ten years."""
    with pytest.raises(ValueError, match=r"^"):
        read_limit(text)


def test_moments() -> None:
    """An activity, several, and which of its times."""
    assert read_moment("登记") == Moment(("登记",), "end")
    assert read_moment("登记.received") == Moment(("登记",), "received")
    assert read_moment("登记.start") == Moment(("登记",), "start")
    assert read_moment(" 登记 | 签收 ") == Moment(("登记", "签收"), "end")
    assert read_moment("No. 3.end") == Moment(("No. 3",), "end")


def test_a_table_is_read_with_its_types(write: Write) -> None:
    """Shares are numbers, dates are times; other columns travel along."""
    path = write(
        "T1,半小时,S4,incoming,文种=请示,登记,转办,30 min,working,0.95,,,,2024-01-01,2024/6/30,甲",
        "T1,一小时转办,S4,incoming,文种=请示,登记,转办,1 h,working,,,,no,2024-07-01,,乙",
        header=HEADER + ",责任人",
    )
    table = eff.read_standards(path)
    assert tables.STANDARDS.check(table) is table
    assert table["target"].tolist()[0] == 0.95
    assert table["target"].isna().tolist() == [False, True]
    assert table["valid_from"].tolist() == [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-07-01")]
    assert table["valid_to"].iloc[0] == pd.Timestamp("2024-06-30")
    assert table["责任人"].tolist() == ["甲", "乙"]
    first, second = parse_standards(table)
    assert (first.required, second.required) == (True, False)
    assert (first.line, second.line) == (2, 3)


def test_the_shortest_table_that_will_do(write: Write) -> None:
    """Four columns; limits in days need no clock."""
    (only,) = parse_standards(
        eff.read_standards(write("T1,登记,转办,1 working day", header="standard_id,from,to,limit"))
    )
    assert (only.scope, only.suspend, only.required) == ((), (), True)
    assert only.limit.clock.name == "working_days"


def test_others_are_waited_for_until_what_makes_the_clock_go_on(write: Write) -> None:
    """Papers asked for stop the clock, papers that come start it: that step is the applicant's."""
    pausing, plain = parse_standards(
        eff.read_standards(
            write("T1,,,,,登记,转办,1 h,working,,通知补正,补正|补件,,,",
                  "T2,,,,,登记,转办,1 h,working,,,,,,")
        )
    )  # fmt: skip
    assert pausing.pausing == ("补正", "补件")
    assert plain.pausing == ()


def test_every_slip_is_told_at_once_with_its_line(write: Write) -> None:
    """Eight lines, nine slips."""
    path = write(
        "T1,,,,,登记,转办,soon,working,,,,,,",
        "T2,,,,,登记,转办,30 min,wroking,,,,,,",
        "T3,,,,,登记,转办,30 min,,,,,,,",
        "T4,,,,文种,登记,转办,same day,,1.5,,,,,",
        "T5,,,,,,转办,same day,,,补正,,,,",
        "T6,,,,,登记,转办,same day,,,,,perhaps,,",
        ",,,,,登记,转办,same day,,,,,,,",
        "T2,,,,,登记,转办,same day,,,,,,,",
        "T2,,,,,登记,转办,same day,,,,,,,",
    )
    forms = "30 min · 2 h · 1 working day · 10 days · same day · -30 min"
    clock = "clock must be working or elapsed (for limits in min and h), is"
    assert told(path) == [
        f"standards.csv:2: [limit] limit 'soon' cannot be read; write {forms}",
        f"standards.csv:3: [clock] {clock} 'wroking'",
        f"standards.csv:4: [clock] {clock} ''",
        "standards.csv:5: [scope] scope '文种' cannot be read; "
        "write 文种=请示|报告; 紧急程度!=平件",
        "standards.csv:5: [target] target must lie in 0 to 1, is '1.5'",
        "standards.csv:6: [from] from is missing; for example from",
        "standards.csv:6: [suspend] suspend and resume go together, only '补正' is given",
        "standards.csv:7: [required] required must be yes or no, is 'perhaps'",
        "standards.csv:8: [standard_id] standard_id is missing; for example T1",
        "standards.csv:10: [standard_id] 'T2' is used again (first in line 9) for overlapping "
        "dates; rename it, or part the versions by valid_from and valid_to",
    ]


def test_numbers_and_dates_that_cannot_be_read(write: Write) -> None:
    """Told before all else, each with its line."""
    path = write(
        "T1,,,,,登记,转办,same day,,most,,,,2024-02-30,",
        "T2,,,,,登记,转办,same day,,,,,,,soon",
    )
    assert told(path) == [
        "standards.csv:2: [target] target must lie in 0 to 1, is 'most'",
        "standards.csv:2: [valid_from] valid_from must be a date (2024-01-31), is '2024-02-30'",
        "standards.csv:3: [valid_to] valid_to must be a date (2024-01-31), is 'soon'",
    ]


def test_missing_columns_are_told(write: Write) -> None:
    """All four at once."""
    lines = told(write("x", header="title"))
    assert [line.split(" is missing")[0] for line in lines] == [
        f"standards.csv:1: {name}" for name in ("standard_id", "from", "to", "limit")
    ]


@pytest.mark.parametrize(
    ("dates", "clash"),
    [
        (("", "", "", ""), True),
        (("", "2024-06-30", "2024-07-01", ""), False),
        (("", "2024-06-30", "2024-06-30", ""), True),
        (("2025-01-01", "", "", "2024-12-31"), False),
        (("2024-01-01", "2024-12-31", "2024-05-01", "2024-05-02"), True),
    ],
)
def test_versions_may_share_an_id_if_their_dates_do_not_meet(
    write: Write, dates: tuple[str, ...], clash: bool
) -> None:
    """The first and the last day both count."""
    rows = [
        f"T1,,,,,登记,转办,same day,,,,,,{first},{last}" for first, last in (dates[:2], dates[2:])
    ]
    path = write(*rows)
    if clash:
        assert "used again (first in line 2)" in told(path)[0]
    else:
        assert len(parse_standards(eff.read_standards(path))) == 2


def test_one_id_may_not_serve_two_logs(write: Write) -> None:
    """Verdicts and findings are told apart by the id alone."""
    lines = told(write(*(f"T1,,,{log},,登记,转办,same day,,,,,,," for log in ("a", "b"))))
    assert [line.split(" (first")[0] for line in lines] == [
        "standards.csv:3: [standard_id] 'T1' is used again"
    ]


def test_a_table_built_by_hand_is_held_to_the_contract() -> None:
    """A limit that is a number, and no column ``to``."""
    table = pd.DataFrame({"standard_id": ["T1"], "from": ["登记"], "limit": [30]})
    with pytest.raises(TableError) as caught:
        parse_standards(table)
    assert {problem.details["name"] for problem in caught.value.problems} == {"to", "limit"}


def test_names_that_a_log_does_not_have_are_told_with_the_nearest() -> None:
    """Of activities and of the columns of scopes."""
    table = pd.DataFrame(
        {"standard_id": ["T1"], "from": ["登计"], "to": ["转办"], "limit": ["same day"],
         "scope": ["文钟=请示"]}
    )  # fmt: skip
    told = unfit(parse_standards(table), ["登记", "转办"], ["case_id", "文种"])
    assert [problem.text() for problem in told] == [
        "standards:2: [scope] the scope's column '文钟' is not in the log; "
        "it has case_id, 文种; nearest: 文种",
        "standards:2: the log has no activity '登计'; nearest: 登记",
    ]


def test_the_worked_examples_standards_are_sound(example: Path) -> None:
    """Nine limits of five kinds."""
    parsed = parse_standards(eff.read_standards(example / "standards.csv"))
    assert [standard.limit.kind for standard in parsed] == [
        "working", "working", "same_day", "same_day", "working_days", "elapsed", "working_days",
        "days", "working",
    ]  # fmt: skip


def test_slips_of_types_and_of_words_are_told_together(write: Write) -> None:
    """A bad date in one line, a bad limit in the next."""
    path = write("T1,,,,,登记,转办,same day,,,,,,2024-02-30,", "T2,,,,,登记,转办,soon,,,,,,,")
    assert len(told(path)) == 2


def test_a_version_that_ends_before_it_begins_is_refused(write: Write) -> None:
    """As it stands it silently never applies."""
    told(write("T1,,,,,登记,转办,same day,,,,,,2024-12-31,2024-01-01"))
