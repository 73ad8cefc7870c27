"""What a review reads: everything wrong is told at once, and what is doubtful is noted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from efficiency import tables
from efficiency.problems import InputError, SettingsError
from efficiency.report.text.own_words import read_own_words
from efficiency.reviews.reading.inputs import read_inputs
from written import HEAD, LIMIT, LIMITS, LOG, write

SCOPED = "standard_id,scope,from,to,limit,clock\nT1,activty=in,in,out,1 h,working\n"
COLUMNS_OF_SHORT = '[logs.a.columns]\ncase_id = "id"\nactivity = "act"\nend = "ende"\n'
SHORT = "id,act,end\n1,in,2024-03-04\n"
RULED = 'rules = "rules.csv"\n' + HEAD
RULES = "rule_id,kind,a,b,n,scope,log\n"
MODELLED = HEAD + 'model = "flow.csv"\n'
REGISTERED = 'points = "p.csv"\n' + HEAD
SURVEY = '[survey]\nanswers = "a.csv"\ncodebook = "c.csv"\n'
#: In no encoding that is read: in Windows-1252 the byte means nothing.
ODD = b"case_id,activity,end\n1,caf\x9d,2024-03-04\n"


def wrong(folder: Path, language: Any = "en", **texts: str | bytes) -> list[str]:
    """All that is said of a folder that cannot be reviewed."""
    write(folder, **{"review": HEAD, "a": LOG, "standards": LIMIT} | texts)
    with pytest.raises(InputError) as caught:
        read_inputs(folder)
    return [problem.text(language) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("texts", "english", "chinese"),
    [
        (
            {"review": HEAD + COLUMNS_OF_SHORT, "a": SHORT},
            "a.csv: there is no column 'ende' (for end); the file has id, act, end; nearest: end",
            "a.csv: 没有名为 'ende' 的列（用作 end）；现有列：id, act, end；最接近的是：end",
        ),
        (
            {"a": LOG.replace("case_id", "id")},
            "a.csv: no column is given for case_id; the file has id, activity, end;",
            "a.csv: 没有指定 case_id 列；现有列：id, activity, end；",
        ),
        ({"a": ODD}, "a.csv: the encoding is none of utf-8, gb18030,", "a.csv: 无法识别编码"),
        (
            {"standards": LIMIT.encode() + b"\x9d\n"},
            "standards.csv: the encoding is none of",
            "standards.csv: 无法识别编码",
        ),
        ({"a": ""}, "a.csv: the file has no data rows", "a.csv: 文件中没有数据行"),
        ({"a": "case_id,end\n"}, "a.csv: the file has no data rows", "a.csv: 文件中没有数据行"),
        (
            {"standards": LIMIT + "T1,again,in,out,2 h,working,0.9\n"},
            "standards.csv:3: [standard_id] 'T1' is used again (first in line 2)",
            "standards.csv:3: [standard_id] 'T1' 重复（第 2 行已用）",
        ),
        (
            {"standards": LIMITS + "T1,a,in,out,soon,working,0.9\n"},
            "standards.csv:2: [limit] limit 'soon' cannot be read; write 30 min",
            "standards.csv:2: [limit] 时限 'soon' 无法识别；写法：30 min",
        ),
        (
            {"standards": SCOPED},
            "standards.csv:2: [scope] the scope's column 'activty' is not in the log;",
            "standards.csv:2: [scope] 适用范围用到的列 'activty' 在日志中不存在；",
        ),
        (
            {"standards": "standard_id,log,from,to,limit,clock\nT1,b,in,out,1 h,working\n"},
            "standards.csv:2: [log] there is no log 'b'; nearest: a",
            "standards.csv:2: [log] 没有名为 'b' 的日志；最接近的是：a",
        ),
        (
            {"review": "cutoff = 2020-01-01T00:00:00\n" + HEAD},
            "review.toml: the cut-off 2020-01-01 00:00:00 lies before the log's first moment",
            "review.toml: 截止时点 2020-01-01 00:00:00 早于日志中最早的时刻 2024-03-04 09:20:00",
        ),
        (
            {"review": 'titel = "x"\n' + HEAD},
            "review.toml:1: unknown key 'titel'; nearest: title",
            "review.toml:1: 未知的键 'titel'；最接近的是：title",
        ),
        ({"review": "title = \n"}, "review.toml: not valid TOML:", "review.toml: TOML 语法错误："),
        (
            {"review": HEAD.replace('"a.csv"', '"../../../../../../../../a.csv"')},
            "review.toml:5: path ../../../../../../../../a.csv leaves the repository;",
            "review.toml:5: 路径 ../../../../../../../../a.csv 在仓库之外；",
        ),
        (
            {"review": 'calendar = "none.toml"\n' + HEAD},
            "none.toml: there is no file",
            "none.toml: 找不到文件",
        ),
        ({"review": HEAD.replace("a.csv", "b.csv")}, "there is no file", "找不到文件"),
        (
            {"review": RULED, "rules": RULES + "P1,presedence,in,out,,,\n"},
            "rules.csv:2: [kind] there is no kind of rule 'presedence'; nearest: precedence",
            "rules.csv:2: [kind] 没有名为 'presedence' 的规则类型；最接近的是：precedence",
        ),
        (
            {"review": RULED, "rules": RULES + "P1,existence,in,,,activty=in,\n"},
            "rules.csv:2: [scope] the scope's column 'activty' is not in the log;",
            "rules.csv:2: [scope] 适用范围用到的列 'activty' 在日志中不存在；",
        ),
        (
            {"review": RULED, "rules": RULES + "P1,existence,in,,,,b\n"},
            "rules.csv:2: [log] there is no log 'b'; nearest: a",
            "rules.csv:2: [log] 没有名为 'b' 的日志；最接近的是：a",
        ),
        (
            {"review": MODELLED, "flow": "in → → out"},
            "flow.csv:1: at character 6: a step or a bracket is wanted, not '→'",
            "flow.csv:1: 第 6 个字符处应为环节名称或括号，现为 '→'",
        ),
        (
            {"review": MODELLED, "flow": "进 → 出"},
            "flow.csv: log a has none of the activities of flow flow; it has in, out",
            "flow.csv: 流程 flow 的环节在日志 a 中一个也没有；日志的环节：in, out",
        ),
        (
            {"review": HEAD + 'model = "none.flow"\n'},
            "there is no flow",
            "找不到流程",
        ),
        (
            {"review": HEAD + 'model = "../../../../../../../../f.flow"\n'},
            "review.toml:6: path ../../../../../../../../f.flow leaves the repository;",
            "review.toml:6: 路径 ../../../../../../../../f.flow 在仓库之外；",
        ),
        (
            {"review": HEAD.replace("a.csv", "standards.doc"), "standards": LIMIT},
            "there is no file",
            "找不到文件",
        ),
    ],
)  # fmt: skip
def test_bad_input_is_told_in_both_languages(
    tmp_path: Path, texts: dict[str, Any], english: str, chinese: str
) -> None:
    for language, said in (("en", english), ("zh", chinese)):
        (told,) = wrong(tmp_path, language, **texts)
        assert told.startswith(said), told


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    """The calendar, two standards and the log, in one message."""
    (tmp_path / "calendar.toml").write_text('hours = ["12:00-08:00"]\n')
    said = wrong(
        tmp_path,
        review='calendar = "calendar.toml"\n' + HEAD,
        a="id,step\n1,in\n",
        standards=LIMITS + "T1,a,in,out,soon,working,0.9\nT2,a,in,out,1 h,sometimes,0.9\n",
    )
    assert sorted(one.split(" ")[0] for one in said) == [
        "a.csv:", "a.csv:", "a.csv:", "calendar.toml:1:", "standards.csv:2:", "standards.csv:3:",
    ]  # fmt: skip


def test_what_people_wrote_is_looked_at_with_all_else(tmp_path: Path) -> None:
    """A report would stumble over it only when all was computed."""
    (tmp_path / "text.toml").write_text('office = "x"\n[themes.limit]\n', encoding="utf-8")
    said = wrong(tmp_path, standards=LIMITS + "T1,a,in,out,soon,working,0.9\n")
    assert [one.split(" ")[0] for one in said] == ["standards.csv:2:", "text.toml:2:"]
    assert "unknown key 'themes.limit'; nearest: limits" in said[1]


def test_what_people_wrote_may_be_in_gb18030(tmp_path: Path) -> None:
    """As old programs save it: nothing is said of it, and it is read as it was written."""
    (tmp_path / "text.toml").write_bytes('office = "办公室"\n'.encode("gb18030"))
    assert noted(tmp_path) == ()
    assert read_own_words(tmp_path).office == "办公室"


def test_a_bad_target_hides_nothing(tmp_path: Path) -> None:
    said = wrong(tmp_path, standards=LIMITS + "T1,a,in,out,soon,sometimes,many\n")
    assert len(said) == 3


def test_a_folder_without_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"review\.toml: there is no file"):
        read_inputs(tmp_path)


def noted(folder: Path, **texts: str | bytes) -> tuple[str, ...]:
    write(folder, **{"review": HEAD, "a": LOG, "standards": LIMIT} | texts)
    return read_inputs(folder).notices


def test_sound_input_is_not_commented(tmp_path: Path) -> None:
    assert noted(tmp_path) == ()


def test_rules_flows_and_registers_are_read(tmp_path: Path) -> None:
    review = RULED + 'model = "flow.csv"\n[logs.b]\npath = "a.csv"\nmodel = "收文"\n'
    rules = RULES + "P1,existence,in,,,,a\nP2,existence,out,,,,\n"
    write(tmp_path, review=review, a=LOG.replace("in", "签收"), standards=LIMIT, rules=rules)
    write(tmp_path, flow="签收 → out")
    inputs = read_inputs(tmp_path)
    assert [rule.rule_id for rule in inputs.rules_of("a")] == ["P1", "P2"]
    assert [rule.rule_id for rule in inputs.rules_of("b")] == ["P2"]
    assert list(inputs.registers_of("a")) == ["b"]
    assert inputs.flows["a"].steps == ("签收", "out")
    assert inputs.flows["b"].name == "收文"


def test_years_without_a_notice_are_noted(tmp_path: Path) -> None:
    (notice,) = noted(tmp_path, a=LOG.replace("2024", "2044"))
    assert "2044" in notice


def test_a_register_that_is_not_there_yet_is_noted(tmp_path: Path) -> None:
    """In the first year there is none; what to do is said, and there are no points."""
    write(tmp_path, review=REGISTERED, a=LOG, standards=LIMIT)
    inputs = read_inputs(tmp_path)
    (notice,) = inputs.notices
    assert notice.startswith("p.csv does not exist yet")
    assert "efficiency pdca" in notice
    assert "--update" in notice
    assert inputs.points.empty
    assert list(inputs.points.columns) == tables.POINTS.names


def test_a_register_that_is_there_is_read(tmp_path: Path) -> None:
    """With the columns of people's, in their order, and a point that they added."""
    register = "id,title,kind,done,remark\nabc,slow,standard,2024-03-04,new\n,ours,,,\n"
    write(tmp_path, review=REGISTERED, a=LOG, standards=LIMIT, p=register)
    inputs = read_inputs(tmp_path)
    assert inputs.notices == ()
    assert inputs.points["title"].tolist() == ["slow", "ours"]
    assert inputs.points["kind"].tolist() == ["standard", "own"]
    assert inputs.points["done"].iloc[0] == pd.Timestamp("2024-03-04")
    assert inputs.points["remark"].tolist() == ["new", ""]


def test_a_review_without_a_register_has_no_points(tmp_path: Path) -> None:
    """And nothing is said of it."""
    write(tmp_path, review=HEAD, a=LOG, standards=LIMIT)
    inputs = read_inputs(tmp_path)
    assert (inputs.notices, len(inputs.points)) == ((), 0)


def test_every_slip_in_a_register_is_told_with_its_line(tmp_path: Path) -> None:
    """Beside what is wrong elsewhere."""
    register = "id,title,kind,due,status\na,t,standard,soon,\nb,t,standard,,old\n"
    limits = LIMITS + "T1,a,in,out,soon,working,0.9\n"
    told = wrong(tmp_path, review=REGISTERED, p=register, standards=limits)
    assert len(told) == 3
    assert told[0].startswith("standards.csv:2: [limit]")
    assert told[1].startswith("p.csv:2: [due] due must be a date")
    assert told[2].startswith("p.csv:3: [status]")


def test_an_english_notice_is_english(tmp_path: Path) -> None:
    (notice,) = noted(tmp_path, review=REGISTERED)
    assert "、" not in notice


def test_a_log_named_on_the_command_line_takes_the_place_of_the_other(tmp_path: Path) -> None:
    """It may lie outside the repository, and be what the settings name wrongly."""
    folder = write(tmp_path / "in", review=HEAD.replace("a.csv", "../x.csv"), standards=LIMIT)
    there = write(tmp_path / "out", other=LOG) / "other.csv"
    inputs = read_inputs(folder, logs={"a": there})
    assert inputs.files == {"a": (there,)}
    assert inputs.records["a"].rows == 3
    with pytest.raises(SettingsError, match="there is no log 'b'"):
        read_inputs(folder, logs={"b": there})


@pytest.mark.parametrize(
    ("cutoff", "seen"),
    [
        ("cutoff = 2024-03-04T12:00:00", "2024-03-04 12:00"),
        ("cutoff = 2024-03-04T12:00:00+01:00", "2024-03-04 19:00"),
        ("", "2024-03-05 09:20"),
    ],
)
def test_the_cut_off_is_on_the_offices_clock(tmp_path: Path, cutoff: str, seen: str) -> None:
    """Noon in the Netherlands is seven in the evening in Shanghai; default: the last moment."""
    write(tmp_path, review=f"{cutoff}\n{HEAD}", a=LOG, standards=LIMIT)
    assert read_inputs(tmp_path).cutoff == pd.Timestamp(seen)


def test_people_are_hidden_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same key gives the same codes in the next review; each person keeps their own."""
    monkeypatch.setenv("EFFICIENCY_KEY", "a secret of many signs")
    rows = ["1,in,Ann,2024-03-04", "1,out,Bob,2024-03-04", "2,in,Ann,2024-03-05"]
    log = "\n".join(["case_id,activity,actor,end", *rows])
    write(tmp_path, review=HEAD, a=log, standards=LIMIT)
    ann, bob, again = read_inputs(tmp_path).records["a"].log["actor"]
    assert ann == again != bob
    assert not {"Ann", "Bob"} & {ann, bob}
    assert read_inputs(tmp_path).records["a"].log["actor"].tolist() == [ann, bob, ann]
    write(tmp_path, review="pseudonyms = false\n" + HEAD)
    assert read_inputs(tmp_path).records["a"].log["actor"].tolist() == ["Ann", "Bob", "Ann"]
