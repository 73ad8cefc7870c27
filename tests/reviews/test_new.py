"""New review folders can be reviewed as they are, or say what must be filled in first."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import efficiency as eff
from efficiency import tables
from efficiency.cli import app
from efficiency.criteria.catalogue import catalogue_rules
from efficiency.criteria.rules import read_rules
from efficiency.criteria.standards import read_standards
from efficiency.problems import Language, LogError, Problem, SettingsError
from efficiency.reviews.new import closing_activities, new_folder, sample_folder
from efficiency.reviews.reading.inputs import read_inputs
from efficiency.reviews.settings import read_folder
from efficiency.sample.establishment import CUTOFF

LOG = "流水号,环节,经办人,办结时间\n1,登记,甲,2024-03-04 09:00\n1,转办,乙,2024-03-04 10:00\n"


RULES = catalogue_rules()["rule_id"].tolist()


def unguessed(problems: list[Problem]) -> list[str]:
    """The columns that could not be guessed; the rules that were left out come after them."""
    keys = [problem.key for problem in problems]
    names = [problem.details["name"] for problem in problems if problem.key == "no_guess"]
    keys = [key for key in keys if key != "no_times"]
    assert set(keys[: len(names)]) <= {"no_guess"}
    assert set(keys[len(names) :]) <= {"rule_left_out"}
    return names


def rules_of(folder: Path) -> dict[str, dict[str, str]]:
    """The rules that were written, by their id."""
    return {row["rule_id"]: row for row in read_rules(folder / "rules.csv").to_dict("records")}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log that lies in no repository, with a name that is no key."""
    (tmp_path / "inbox").mkdir()
    path = tmp_path / "inbox" / "收文 2024.v1.csv"
    path.write_bytes(LOG.encode("gb18030"))
    return path


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with a log in it."""
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "analysis").mkdir()
    (tmp_path / "repo" / "data").mkdir()
    (tmp_path / "repo" / "data" / "log.csv").write_text(LOG, encoding="utf-8")
    return tmp_path / "repo"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_new_folder_can_be_read(repo: Path, language: Language) -> None:
    """A log of the repository stays where it is."""
    folder = repo / "analysis" / "one"
    assert unguessed(new_folder(folder, repo / "data" / "log.csv", language)) == []
    assert sorted(path.name for path in folder.iterdir()) == [
        "calendar.toml",
        "review.toml",
        "rules.csv",
        "standards.csv",
    ]
    settings = read_folder(folder).settings
    assert settings.language == language
    assert settings.logs["log"].path == ("../../data/log.csv",)
    assert settings.logs["log"].columns == {
        "case_id": "流水号",
        "activity": "环节",
        "end": "办结时间",
        "actor": "经办人",
    }
    inputs = read_inputs(folder)
    assert inputs.records["log"].rows == 2
    assert inputs.notices == ()
    assert inputs.calendar.region == "CN"
    assert inputs.standards.empty


def test_a_log_from_elsewhere_is_copied(repo: Path, log: Path) -> None:
    """Its bytes are the same, and its name becomes a key that TOML takes."""
    folder = repo / "analysis" / "one"
    assert unguessed(new_folder(folder, log)) == []
    assert (folder / log.name).read_bytes() == log.read_bytes()
    (name,) = read_folder(folder).settings.logs
    assert name.isascii()
    assert read_inputs(folder).records[name].rows == 2


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh", "收文 2024.v1：办理效能调研报告"),
        ("en", "收文 2024.v1: how the work flows"),
    ],
)
def test_a_review_is_called_by_the_name_of_the_file(
    log: Path, language: Language, title: str
) -> None:
    """Not by the key, which has no Chinese in it."""
    folder = log.parent / "one"
    new_folder(folder, log, language)
    assert read_folder(folder).settings.title == title


def test_a_folder_beside_a_log_outside_any_repository_can_be_read(log: Path) -> None:
    """The log is copied, or the path that is written may be read."""
    folder = log.parent / "one"
    new_folder(folder, log)
    assert len(read_inputs(folder).records) == 1


def test_a_folder_elsewhere_outside_any_repository_can_be_read(tmp_path: Path, log: Path) -> None:
    folder = tmp_path / "reviews" / "deep" / "one"
    new_folder(folder, log)
    assert len(read_inputs(folder).records) == 1


def test_what_cannot_be_guessed_is_told(repo: Path) -> None:
    (repo / "data" / "odd.csv").write_text("a,b\n1,x\n", encoding="utf-8")
    problems = new_folder(repo / "analysis" / "one", repo / "data" / "odd.csv", "en")
    assert unguessed(problems) == ["case_id", "activity", "end"]
    assert len(problems) == 4 + len(RULES)
    assert problems[0].key == "no_times"
    for problem in problems[1:4]:
        assert problem.text("en").endswith("the file has a, b")
        assert problem.text("zh").startswith("看不出哪一列是")
    assert read_rules(repo / "analysis" / "one" / "rules.csv").empty
    with pytest.raises(SettingsError, match="no column is given for case_id"):
        read_inputs(repo / "analysis" / "one")


def test_a_register_with_a_number_that_stands_twice_is_a_register_still(repo: Path) -> None:
    rows = "".join(
        f"督{min(at, 18)},关于某事的督查{at % 3},2024-03-{at + 1:02d},2024-04-{at + 1:02d}\n"
        for at in range(20)
    )
    path = repo / "data" / "twice.csv"
    path.write_text("督查编号,督查事项,交办日期,反馈日期\n" + rows, encoding="utf-8")
    new_folder(repo / "analysis" / "one", path)
    log = read_folder(repo / "analysis" / "one").settings.logs["twice"]
    assert (log.shape, list(log.moments)) == ("register", ["交办", "反馈"])


def test_an_extended_limit_has_a_row_of_its_own(repo: Path) -> None:
    path = repo / "data" / "calls.csv"
    path.write_text(
        "工单编号,派单时间,办结时间,办结时限,是否延期,延期后时限\n"
        "1,2024-03-04 09:00,2024-03-06 09:00,2024-03-05 18:00,是,2024-03-07 18:00\n"
        "2,2024-03-04 09:00,2024-03-05 09:00,2024-03-05 18:00,否,\n",
        encoding="utf-8",
    )
    new_folder(repo / "analysis" / "one", path)
    limits = read_standards(repo / "analysis" / "one" / "standards.csv")
    assert limits[["standard_id", "scope", "limit"]].values.tolist() == [
        ["D1A", "是否延期!=是", "=办结时限"], ["D1B", "是否延期=是", "=延期后时限"],
    ]  # fmt: skip


def test_answers_to_a_questionnaire_are_called_so(repo: Path) -> None:
    path = repo / "data" / "answers.csv"
    heads = ["序号", "提交答卷时间", *(f"{n}、您对办事效率满意吗" for n in range(1, 5))]
    path.write_text(",".join(heads) + "\n1,2024-03-04 09:00,满意,满意,满意,满意\n", "utf-8")
    problems = new_folder(repo / "analysis" / "one", path)
    assert problems[0].text("zh").startswith("answers.csv: 这像是问卷的答卷")


def test_what_most_cases_begin_with_closes_none(repo: Path) -> None:
    rows = "".join(
        f"{case},收文登记,2024-03-{case:02d} 09:00\n"
        + ("" if case in (1, 2) else f"{case},办结归档,2024-03-{case:02d} 10:00\n")
        for case in range(1, 11)
    )
    path = repo / "data" / "oa.csv"
    path.write_text("收文编号,环节,办理时间\n" + rows, encoding="utf-8")
    new_folder(repo / "analysis" / "one", path)
    text = (repo / "analysis" / "one" / "review.toml").read_text("utf-8")
    assert 'closed_by = ["办结归档"]' in text


def test_a_log_with_starts_only_lacks_nothing(repo: Path) -> None:
    (repo / "data" / "s.csv").write_text("编号,环节,开始时间\n1,x,2024-03-04 09:00\n", "utf-8")
    folder = repo / "analysis" / "one"
    problems = new_folder(folder, repo / "data" / "s.csv")
    assert read_folder(folder).settings.logs["s"].columns["start"] == "开始时间"
    assert read_inputs(folder).records["s"].rows == 1
    assert unguessed(problems) == ["end"]


@pytest.mark.parametrize("name", ['a"b.csv', "a'b.csv", "a#b.csv", "a=b.csv"])
def test_names_that_toml_must_quote(repo: Path, name: str) -> None:
    (repo / "data" / name).write_text(LOG.replace("环节", '"环 ""节"""'), encoding="utf-8")
    folder = repo / "analysis" / "one"
    new_folder(folder, repo / "data" / name)
    (one,) = read_folder(folder).settings.logs.values()
    assert one.path == (f"../../data/{name}",)


def test_the_standards_have_the_headings_of_the_contract(repo: Path) -> None:
    folder = repo / "analysis" / "one"
    new_folder(folder, repo / "data" / "log.csv")
    header = (folder / "standards.csv").read_bytes().decode("utf-8-sig").strip()
    assert header.split(",") == [
        "编号", "标准", "简称", "依据", "日志", "适用范围", "起", "止", "时限", "计时", "目标",
        "暂停", "恢复", "是否必经", "次数", "延期", "延长", "生效日", "失效日",
    ]  # fmt: skip
    assert len(header.split(",")) == len(tables.STANDARDS.names)
    new_folder(repo / "analysis" / "two", repo / "data" / "log.csv", "en")
    english = (repo / "analysis" / "two" / "standards.csv").read_bytes().decode("utf-8-sig").strip()
    assert english.split(",") == tables.STANDARDS.names


@pytest.mark.parametrize(("language", "told"), [("zh", "没有登记记录"), ("en", "Never registered")])
def test_the_rules_that_fit_are_written(repo: Path, language: Language, told: str) -> None:
    """Of 登记 and 转办 without units, one; every other rule is told, with what it would take."""
    folder = repo / "analysis" / "one"
    problems = new_folder(folder, repo / "data" / "log.csv", language)
    assert read_folder(folder).settings.rules == ("rules.csv",)
    header = (folder / "rules.csv").read_bytes().decode("utf-8-sig").splitlines()[0]
    assert header == "rule_id,title,source,log,scope,kind,a,b,n,severity,wording,theme"
    (rule,) = rules_of(folder).values()
    assert (rule["rule_id"], rule["kind"], rule["a"]) == ("P1B", "existence", "登记")
    assert (rule["log"], rule["wording"]) == ("log", told)
    left = {problem.details["name"]: problem.text(language) for problem in problems}
    assert list(left) == [rule_id for rule_id in RULES if rule_id != "P1B"]
    lacks = {"zh": "环节 批示|签批", "en": "activity 批示|签批"}
    assert left["P2A"].endswith(lacks[language])


def test_units_and_columns_of_the_log_make_rules_fit(repo: Path) -> None:
    """By the names that the log has; what is in no row is no column of it."""
    rows = [
        "流水号,环节,处室,经办人,办结时间,文种,反馈形式",
        "1,拟办,秘书处,甲,2024-03-04 09:00,请示,",
        "1,批示,市领导,乙,2024-03-04 10:00,请示, ",
        '1,承办,"市府办,机要室",丙,2024-03-04 11:00,请示,',
    ]
    (repo / "data" / "log.csv").write_text("\n".join(rows), encoding="utf-8")
    problems = new_folder(repo / "analysis" / "one", repo / "data" / "log.csv")
    rules = rules_of(repo / "analysis" / "one")
    assert list(rules) == ["P2B", "P2C", "P3", "P8B", "P12A", "P38"]
    assert rules["P2B"]["a"] == "拟办|批示|承办"
    assert rules["P3"]["a"] == "市府办,机要室|市领导|秘书处"
    assert rules["P38"]["a"] == "市府办,机要室"
    assert (rules["P8B"]["scope"], rules["P8B"]["b"]) == ("文种=请示", "承办")
    (form,) = (p.text("zh") for p in problems if p.details["name"] == "P9")
    assert form == "未写入规则 P9（反馈使用正式文稿）：日志中没有列 反馈形式"


def test_the_command_tells_in_one_line_a_rule_what_was_left_out(repo: Path) -> None:
    """On stderr; stdout names the settings alone."""
    folder, path = repo / "analysis" / "one", repo / "data" / "log.csv"
    asked = ["new", str(folder), "--log", str(path), "--language", "en", "--all"]
    said = CliRunner().invoke(app, asked)
    assert (said.exit_code, said.stdout) == (0, f"{folder / 'review.toml'}\n")
    *lines, following = said.stderr.splitlines()
    assert following.startswith("Next: ")
    assert [line.split(" ")[1] for line in lines] == [name for name in RULES if name != "P1B"]
    assert all("is left out" in line and "the log has no " in line for line in lines)


def test_what_was_left_out_is_counted_unless_it_is_asked_for(repo: Path) -> None:
    folder, path = repo / "analysis" / "one", repo / "data" / "log.csv"
    said = CliRunner().invoke(app, ["new", str(folder), "--log", str(path), "--language", "en"])
    counted, following = said.stderr.splitlines()
    assert counted.startswith(f"{len(RULES) - 1} rules of the catalogue")
    assert f"efficiency check {folder}" in following


def test_the_log_of_the_sample_office_alone(tmp_path: Path) -> None:
    """Its log alone, as somebody might bring it: every rule of the file can be held against it."""
    sample_folder(tmp_path / "sample", seed=5, cases=40)
    folder = tmp_path / "one"
    assert unguessed(new_folder(folder, tmp_path / "sample" / "incoming.csv")) == []
    rules = rules_of(folder)
    assert {"P1B", "P2A", "P2B", "P2C", "P3", "P11", "P12A", "P14", "M1", "M7"} <= set(rules)
    assert rules["P38"]["a"] == "应急办|文书科"
    assert read_inputs(folder).notices == ()


def test_a_folder_of_a_foreign_log_can_be_reviewed(shared: Path, tmp_path: Path) -> None:
    """English activities: only the rule that names nothing fits, for the log has units."""
    text = (shared / "receipt" / "receipt.csv").read_text(encoding="utf-8")
    (tmp_path / "receipt.csv").write_text("".join(text.splitlines(keepends=True)[:400]), "utf-8")
    folder = tmp_path / "one"
    problems = new_folder(folder, tmp_path / "receipt.csv", "en")
    assert list(rules_of(folder)) == ["P12A"]
    assert len(problems) == len(RULES) - 1
    assert read_inputs(folder).records["receipt"].rows == 399
    assert (eff.review(folder).output / "report.html").is_file()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_commented_out_would_be_right(repo: Path, language: Language) -> None:
    """Each line that a person may uncomment is a key that is known, with a value that fits."""
    folder = repo / "analysis" / "one"
    new_folder(folder, repo / "data" / "log.csv", language)
    for name in ("review.toml", "calendar.toml"):
        lines = (folder / name).read_text(encoding="utf-8").split("\n")
        open_lines = [
            line[2:]
            if line.startswith("# ") and (" = " in line or line.startswith("# ["))
            else line
            for line in lines
        ]
        tomllib.loads("\n".join(open_lines[1:]))
        (folder / name).write_text("\n".join([lines[0], *open_lines[1:]]), encoding="utf-8")
    inputs = read_inputs(folder)
    assert inputs.folder.settings.period is not None
    assert inputs.folder.settings.logs["log"].closed_by
    assert len(inputs.calendar.units) == 1


def test_a_folder_that_exists_is_left_alone(repo: Path) -> None:
    folder = repo / "analysis" / "one"
    folder.mkdir()
    (folder / "mine").write_text("x")
    for make in (
        lambda: new_folder(folder, repo / "data" / "log.csv"),
        lambda: sample_folder(folder),
    ):
        with pytest.raises(SettingsError, match="exists already"):
            make()
    assert [path.name for path in folder.iterdir()] == ["mine"]


def test_a_log_that_cannot_be_read_leaves_no_folder(repo: Path, tmp_path: Path) -> None:
    folder = repo / "analysis" / "one"
    with pytest.raises(LogError, match="there is no file"):
        new_folder(folder, tmp_path / "none.csv")
    (tmp_path / "a.doc").write_text("x")
    with pytest.raises(LogError, match="cannot read a"):
        new_folder(folder, tmp_path / "a.doc")
    assert not folder.exists()


def test_a_small_sample(tmp_path: Path) -> None:
    """It can be read, ends where the simulation ends, and the same seed gives the same bytes."""
    for name in ("one", "two"):
        sample_folder(tmp_path / name, seed=5, cases=20)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    )
    assert one == two
    assert set(one) == {
        "review.toml", "calendar.toml", "standards.csv", "rules.csv", "incoming.csv",
        "decisions.csv", "truth.json", "incoming.flow",
    }  # fmt: skip
    inputs = read_inputs(tmp_path / "one")
    assert inputs.records["incoming"].log["case_id"].nunique() == 20
    assert set(inputs.records["decisions"].log["activity"]) == {"批示"}
    assert inputs.cutoff == pd.Timestamp("2024-12-31 18:00") == pd.Timestamp(CUTOFF, unit="s")
    assert len(inputs.parsed) == len(inputs.standards) > 0


def test_the_activities_that_end_most_cases_are_proposed(repo: Path) -> None:
    """Eight of ten cases end with 归档, one with 退文, one with neither."""
    rows = ["号,环节,办结时间", *(f"{i},登记,2024-03-05 09:00" for i in range(10))]
    rows += [f"{i},归档,2024-03-06 09:00" for i in range(8)] + ["8,退文,2024-03-06 09:00"]
    log = repo / "data" / "ends.csv"
    log.write_text("\n".join(rows).replace("号,", "编号,", 1) + "\n", "utf-8")
    guess = {"case_id": "编号", "activity": "环节", "end": "办结时间"}
    told = closing_activities(log, guess)
    assert told[0] == "归档"
    assert set(told) <= {"归档", "退文", "登记"}
    new_folder(repo / "analysis" / "ends", log)
    text = (repo / "analysis" / "ends" / "review.toml").read_text("utf-8")
    assert f'# closed_by = ["归档", "{told[1]}"]' in text
    assert closing_activities(repo / "data" / "log.csv", {}) == []


@pytest.mark.parametrize(
    ("name", "asked", "rows", "steps"),
    [
        ("ducha.xlsx", ["no_due_step"], 29, {"立项", "交办", "反馈", "销号"}),
        ("fawen.xlsx", [], 34, {"起草", "核稿", "会签", "签发", "用印", "发出"}),
        ("hotline.xlsx", [], 44, {"受理", "派单", "签收", "办结"}),
        ("huiyi.xlsx", [], 24, {"开始", "结束", "纪要送签"}),
        ("mixed_gb.csv", [], 60, None),
        ("oa_merged.xlsx", [], 43, None),
    ],
)
def test_an_export_is_taken_as_it_is(
    exports: Path, tmp_path: Path, name: str, asked: list[str], rows: int, steps: set[str] | None
) -> None:
    """No edit before `check`, or what only a person knows is asked for; every row is counted."""
    problems = new_folder(tmp_path / "review", exports / name)
    assert [one.key for one in problems if one.key != "rule_left_out"] == asked
    [record] = read_inputs(tmp_path / "review").records.values()
    assert record.rows == rows
    if steps is None:
        assert len(record.log) + len(record.rejected) == rows
    else:
        assert set(record.log["activity"]) == steps
        assert record.log["case_id"].nunique() + len(record.rejected) == rows


def test_what_comes_after_the_end_closes_nothing(tmp_path: Path) -> None:
    """Nine of ten cases end with a count, all of them were closed before."""
    rows = [
        f"{case},{step},2024-03-{1 + case:02d} {9 + at:02d}:00"
        for case in range(20)
        for at, step in enumerate(["登记", "办结", "统计"])
        if step != "统计" or case % 10
    ]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["流水号,环节,办结时间", *rows]), encoding="utf-8")
    columns = {"case_id": "流水号", "activity": "环节", "end": "办结时间"}
    assert closing_activities(path, columns) == ["办结"]


def test_a_register_is_closed_by_the_step_that_is_called_so(tmp_path: Path) -> None:
    """Not by what came last: who called is asked afterwards whether he is content."""
    path = tmp_path / "hotline.csv"
    rows = [f"{n},2024-03-{n:02d},2024-03-{n + 1:02d},2024-03-{n + 2:02d}" for n in range(1, 9)]
    path.write_text("\n".join(["工单编号,派单日期,办结日期,回访日期", *rows]), encoding="utf-8")
    new_folder(tmp_path / "mine", path)
    assert tomllib.loads((tmp_path / "mine" / "review.toml").read_text("utf-8"))["logs"]["hotline"][
        "closed_by"
    ] == ["办结"]


def test_dates_and_times_in_two_columns_are_put_together(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [f"{n},{step},2024-03-0{n + at},9:0{n},2024-03-0{n + at},上午1{at}时30分"
            for n in range(1, 6) for at, step in enumerate(["登记", "办结"])]  # fmt: skip
    path.write_text(
        "\n".join(["流水号,环节,到达日期,到达时刻,办结日期,办结时刻", *rows]), encoding="utf-8"
    )
    new_folder(tmp_path / "mine", path)
    told = tomllib.loads((tmp_path / "mine" / "review.toml").read_text("utf-8"))
    columns = told["logs"]["log"]["columns"]
    assert (columns["received"], columns["end"]) == (
        ["到达日期", "到达时刻"], ["办结日期", "办结时刻"]
    )  # fmt: skip
