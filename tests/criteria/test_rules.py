"""Rules of procedure: what a row may say, and every slip with its line and column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import efficiency as eff
from efficiency import tables
from efficiency.criteria.rules import (
    KINDS,
    Comparison,
    Register,
    Rule,
    Theme,
    parse_rules,
    read_comparison,
    read_register,
    unfit_rules,
)
from efficiency.criteria.scopes import Condition
from efficiency.problems import SettingsError, TableError
from efficiency.words import PHRASES

Write = Callable[..., Path]
HEADER = "rule_id,title,source,log,scope,kind,a,b,n,severity,wording"
#: The kinds that the contract fixes, with what each needs.
FIXED = {
    "precedence": ("a", "b"), "response": ("a", "b"), "existence": ("a",), "absence": ("a",),
    "at_most": ("a", "n"), "order": ("a", "b"), "four_eyes": ("a", "b"), "same_actor": ("a", "b"),
    "hub": (), "ping_pong": (), "backflow": ("a",), "repeats": ("a",),
}  # fmt: skip


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A function that writes a rules.csv."""

    def make(*rows: str, header: str = HEADER) -> Path:
        path = tmp_path / "rules.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8-sig")
        return path

    return make


def table(*rows: dict[str, object]) -> pd.DataFrame:
    """Make a table of rules by hand; ids are counted where none is given."""
    return pd.DataFrame([{"rule_id": f"P{number}", **row} for number, row in enumerate(rows, 1)])


def one(**row: object) -> Rule:
    """Read one rule."""
    (rule,) = parse_rules(table(row))
    return rule


def told(*rows: dict[str, object]) -> list[str]:
    """The messages of a table that cannot be read."""
    with pytest.raises(SettingsError) as caught:
        parse_rules(table(*rows))
    return [problem.text() for problem in caught.value.problems]


# --- forms


@pytest.mark.parametrize(
    ("text", "comparison"),
    [
        ("签发人=", Comparison("签发人", "=", ("",))),
        ("反馈形式!=正式函|报告", Comparison("反馈形式", "!=", ("正式函", "报告"))),
        (" 反馈形式 = 电话 | 口头 ", Comparison("反馈形式", "=", ("电话", "口头"))),
        ("#主送>1", Comparison("主送", ">", ("1",), many=True)),
        ("#主送 != 1", Comparison("主送", "!=", ("1",), many=True)),
        ("金额>=2.5", Comparison("金额", ">=", ("2.5",))),
        ("金额<-1", Comparison("金额", "<", ("-1",))),
        ("来文级别 - 主送级别 <= 1", Comparison("来文级别", "<=", ("1",), minus="主送级别")),
        ("会议-时长>2", Comparison("会议-时长", ">", ("2",))),
    ],
)
def test_comparisons(text: str, comparison: Comparison) -> None:
    """Texts, numbers, numbers of names, differences; a minus has blanks around it."""
    assert read_comparison(text) == comparison


def test_the_columns_of_a_comparison() -> None:
    """One or two."""
    assert read_comparison("#主送>1").columns == ("主送",)
    assert read_comparison("来文级别 - 主送级别 > 1").columns == ("来文级别", "主送级别")


@pytest.mark.parametrize(
    "text", ["", "签发人", "=正式函", ">1", "金额>", "金额>两个", "金额>1|2", "#主送=", "#主送=甲"]
)
def test_what_is_no_comparison(text: str) -> None:
    """No sign, no column, no number where one is compared."""
    with pytest.raises(ValueError, match=r"^"):
        read_comparison(text)


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("incoming: 文号", Register("incoming", ("文号",))),
        ("incoming：文号+年份", Register("incoming", ("文号", "年份"))),
        (
            " incoming : 文号 | 标题 + 来文单位 ",
            Register("incoming", ("文号",), ("标题", "来文单位")),
        ),
        ("incoming: 文号 |", Register("incoming", ("文号",))),
    ],
)
def test_registers(text: str, register: Register) -> None:
    """Either colon; several columns by a plus."""
    assert read_register(text) == register
    assert register.columns == register.key + register.like


@pytest.mark.parametrize(
    "text", ["", "incoming", "incoming:", ": 文号", "incoming: | 标题", "a: +"]
)
def test_what_is_no_register(text: str) -> None:
    """No log, or no key."""
    with pytest.raises(ValueError, match=r"^"):
        read_register(text)


# --- tables that can be read


def test_a_table_is_read_as_text(write: Write) -> None:
    """What is not there is empty; other columns travel along; ids and counts stay text."""
    path = write(
        "007,先登记后批示,办文规定第3条,incoming,文种=请示|报告; 紧急程度!=平件,precedence,"
        "登记|补登,批示,,high,未登记先批示,甲",
        "NA,,,,,at_most,催办,,2,,,乙",
        header=HEADER + ",责任人",
    )
    read = eff.read_rules(path)
    assert tables.RULES.check(read) is read
    assert read["rule_id"].tolist() == ["007", "NA"]
    assert read["n"].tolist() == ["", "2"]
    assert read["责任人"].tolist() == ["甲", "乙"]
    first, second = parse_rules(read)
    assert first == Rule(
        file="rules",
        rule_id="007",
        kind="precedence",
        a=("登记", "补登"),
        b=("批示",),
        scope=(
            Condition("文种", ("请示", "报告")),
            Condition("紧急程度", ("平件",), negated=True),
        ),
        severity="high",
        log="incoming",
        title="先登记后批示",
        source="办文规定第3条",
        wording="未登记先批示",
        line=2,
    )
    assert (second.n, second.severity, second.title, second.line) == (2, "medium", "NA", 3)


def test_the_shortest_table_that_will_do(write: Write) -> None:
    """Two columns."""
    read = eff.read_rules(write("P3,ping_pong", header="rule_id,kind"))
    assert set(tables.RULES.names) == set(read.columns)
    (rule,) = parse_rules(read)
    assert (rule.a, rule.b, rule.n, rule.scope, rule.register) == ((), (), 1, (), None)


def test_a_table_without_rows_is_a_table(write: Write) -> None:
    """No rule is no slip."""
    assert parse_rules(table({"kind": "hub"}).head(0)) == ()


def test_every_kind_can_be_read_and_told() -> None:
    """With what it asks for; its detail and what it asks have words, and so has its remedy."""
    texts = {"": "", "activities": "登记", "units": "文书科", "columns": "文号",
             "conditions": "#主送>1", "register": "incoming: 文号"}  # fmt: skip
    for kind, form in KINDS.items():
        rule = one(kind=kind, a=texts[form.a], b=texts[form.b], n="2" if form.n == -1 else "")
        assert rule.form is form
        words = {f"detail_{kind}", f"rule_{kind}", f"breach_action_{form.remedy}"}
        assert words <= set(PHRASES), kind
        assert form.theme in {"procedure", "coordination", "quality", "supervision"}, kind
        assert bool(rule.comparisons) == (form.a == "conditions")
        assert bool(rule.register) == (form.b == "register")


def test_the_kinds_of_the_contract_ask_for_what_it_names() -> None:
    """Neither more nor less."""
    for kind, needs in FIXED.items():
        second = "2" if needs[1:] == ("n",) else "批示"
        row = {"kind": kind, **dict(zip(needs, ["登记", second], strict=False))}
        assert one(**row)
        for side in needs:
            assert told({**row, side: ""})[0].startswith(f"rules:2: [{side}]")


def test_the_count_where_none_is_given() -> None:
    """The contract gives it for 推诿; the others are those of the kinds' description."""
    counts = {"ping_pong": 1, "repeats": 2, "passes": 3, "unanswered": 3, "prompted": 3,
              "round_trips": 1, "corrections": 2, "recurs": 90, "forwarded": 1,
              "unregistered": 30}  # fmt: skip
    assert counts == {kind: form.n for kind, form in KINDS.items() if form.n not in (None, -1)}
    for kind, n in counts.items():
        form = KINDS[kind]
        b = "incoming: 文号" if form.b == "register" else "登记" if form.b else ""
        row = {"kind": kind, "a": "登记" if form.a else "", "b": b}
        assert one(**row).n == n
        assert one(**row, n=" 5 ").n == 5


@pytest.mark.parametrize("values", [[2, 3], [2.0, 3.0], ["2", "3"], ["2.0", "3"]])
def test_counts_of_a_spreadsheet(values: list[object]) -> None:
    """Numbers, and whole numbers that were given a point."""
    rules = table({"kind": "at_most", "a": "催办"}, {"kind": "repeats", "a": "退回"})
    assert [rule.n for rule in parse_rules(rules.assign(n=values))] == [2, 3]


def test_a_gap_among_numbers_is_no_count() -> None:
    """A column of numbers has NaN where a kind takes none."""
    rules = table({"kind": "at_most", "a": "催办"}, {"kind": "absence", "a": "越级报送"})
    assert [rule.n for rule in parse_rules(rules.assign(n=[0, None]))] == [0, 0]


def test_severities_in_both_languages() -> None:
    """Without one it is medium."""
    words = ["", "low", "Medium", "HIGH", "低", "中", "高"]
    rules = table(*({"kind": "hub", "severity": word} for word in words))
    assert [rule.severity for rule in parse_rules(rules)] == [
        "medium", "low", "medium", "high", "low", "medium", "high",
    ]  # fmt: skip


def test_themes_in_both_languages() -> None:
    """A rule's own where it names one, else that of its kind."""
    words = ["", "limits", "procedure", "coordination", "quality", "pace", "supervision",
             "时限", "程序", "协调", "质量", "效率", "督查"]  # fmt: skip
    rules = table(*({"kind": "absence", "a": "补登", "theme": word} for word in words))
    named = ["limits", "procedure", "coordination", "quality", "pace", "supervision"]
    assert [rule.theme for rule in parse_rules(rules)] == ["procedure", *named, *named]
    assert one(kind="response", a="批示", b="反馈").theme == "supervision"
    assert one(kind="hub", a="文书科").theme == "coordination"


def test_every_kind_of_rule_is_told_under_a_theme() -> None:
    assert {form.theme for form in KINDS.values()} <= set(get_args(Theme)) - {""}


def test_what_a_rule_names() -> None:
    """By sort: activities, units, columns of the log."""
    done_by = one(kind="done_by", a="文书科|秘书科", b="登记")
    assert done_by.named("units") == ("文书科", "秘书科")
    assert done_by.named("activities") == ("登记",)
    assert one(kind="recurs", a="标题+来文单位").columns == ("标题", "来文单位")
    assert one(kind="recurs", a="标题|来文单位").columns == ("标题", "来文单位")
    asks = one(kind="attribute", a="来文级别 - 主送级别 > 1; #主送>1; 主送!=甲")
    assert asks.columns == ("来文级别", "主送级别", "主送")
    listed = one(kind="unregistered", a="批示", b="incoming: 文号 | 标题")
    assert (listed.columns, listed.named("activities")) == (("文号", "标题"), ("批示",))


def test_signs_are_told_from_proofs() -> None:
    """What may have a good reason is only suspected."""
    signs = {kind for kind, form in KINDS.items() if form.sign}
    assert signs == {
        "responded_existence", "passes", "prompted", "ping_pong", "entry", "round_trips",
        "recurs", "forwarded", "unregistered",
    }  # fmt: skip


def test_a_row_may_say_that_a_breach_is_a_sign() -> None:
    """In its wording, where its kind is a proof; a title says nothing of the kind."""
    wordings = ["", "批示早于登记", "疑似补登", "may be suspected", "not so"]
    rules = table(*({"kind": "absence", "a": "补登", "wording": text} for text in wordings))
    assert [rule.is_sign for rule in parse_rules(rules)] == [False, False, True, True, False]
    assert not one(kind="absence", a="补登", title="疑似补登").is_sign
    assert one(kind="passes", a="转办", b="承办", wording="传阅过多").is_sign


def test_a_table_is_not_changed() -> None:
    """Nor its numbers."""
    rules = table({"kind": "at_most", "a": "催办"}).assign(n=[2], 责任人=["甲"])
    before = rules.copy(deep=True)
    parse_rules(rules)
    assert_frame_equal(rules, before)


# --- tables that cannot


def test_every_slip_is_told_at_once_with_its_line(write: Write) -> None:
    """Sixteen lines; a line may hold several slips."""
    path = write(
        "P1,,,,,ping-pongs,登记,批示,,,",
        "P2,,,,,precedence,,,,,",
        "P3,,,,,existence,登记,批示,2,,",
        "P4,,,,,hub,文书科,登记,,,",
        "P5,,,,,at_most,催办,,,,",
        "P6,,,,,repeats,退回,,0,,",
        "P7,,,,,repeats,退回,,1.5,,",
        "P8,,,,文种,hub,,,few,urgent,",
        "P9,,,,,attribute,签发人,,,,",
        "P10,,,,,unregistered,批示,incoming,,,",
        "P11,,,,,backflow,登记|拟办|登记|拟办,,,,",
        "P12,,,,,recurs,标题+标题,,,,",
        ",,,,,hub,,,,,",
        "P14,,,,,hub,,,,,",
        "P14,,,,,hub,,,,,",
        "P14,,,,,hub,,,,,",
    )
    count = "[n] n must be a whole number (at_most needs one, kinds that count nothing take none)"
    with pytest.raises(SettingsError) as caught:
        eff.read_rules(path)
    assert [problem.text().removeprefix("rules.csv:") for problem in caught.value.problems] == [
        "2: [kind] there is no kind of rule 'ping-pongs'; nearest: ping_pong",
        "3: [a] a rule of kind precedence needs a (several names with |)",
        "3: [b] a rule of kind precedence needs b (several names with |)",
        f"4: {count}, is '2'",
        "4: [b] a rule of kind existence takes no b, is '批示'; leave it empty",
        "5: [b] a rule of kind hub takes no b, is '登记'; leave it empty",
        f"6: {count}, is ''",
        f"7: {count}, is '0'",
        f"8: {count}, is '1.5'",
        "9: [scope] scope '文种' cannot be read; write 文种=请示|报告; 紧急程度!=平件",
        "9: [severity] severity must be low, medium or high, is 'urgent'",
        f"9: {count}, is 'few'",
        "10: [a] condition '签发人' cannot be read; write 签发人= · 反馈形式!=正式函|报告 "
        "· #主送>1 · 来文级别 - 主送级别 > 1",
        "11: [b] register 'incoming' cannot be read; write incoming: 文号 | 标题+来文单位",
        "12: [a] 登记, 拟办 stands there twice; name each once",
        "13: [a] 标题 stands there twice; name each once",
        "14: [rule_id] rule_id is missing; for example P3",
        "16: [rule_id] 'P14' is used again (first in line 15); rename it",
        "17: [rule_id] 'P14' is used again (first in line 15); rename it",
    ]


def test_a_theme_that_there_is_not_is_told_with_its_line() -> None:
    with pytest.raises(SettingsError) as caught:
        parse_rules(table({"kind": "hub"}, {"kind": "hub", "theme": "速度"}))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (3, "theme")
    assert "速度" in problem.text()
    assert "速度" in problem.text("zh")


def test_slips_are_told_in_chinese() -> None:
    """The same places, the same hints."""
    with pytest.raises(SettingsError) as caught:
        parse_rules(table({"kind": "ping-pongs", "a": "登记"}, {"kind": "order", "a": "登记"}))
    assert caught.value.text("zh") == (
        "\n  - rules:2: [kind] 没有名为 'ping-pongs' 的规则类型；最接近的是：ping_pong"
        "\n  - rules:3: [b] order 规则须填写 b（多个名称用 | 分隔）"
    )


def test_a_kind_that_is_like_none_lists_those_there_are() -> None:
    """At most twenty."""
    (text,) = told({"kind": "推诿"})
    assert text.startswith("rules:2: [kind] there is no kind of rule '推诿'; nearest: precedence, ")
    assert text.endswith(", ".join(list(KINDS)[:20]))


@pytest.mark.parametrize("n", ["-1", "two", "1e", "2,0", "nan", "2 次"])
def test_what_is_no_count(n: str) -> None:
    """Less than nothing, words, not a number."""
    assert len(told({"kind": "at_most", "a": "催办", "n": n})) == 1


@pytest.mark.parametrize("n", ["inf", "1e999"])
def test_infinity_is_no_count(n: str) -> None:
    """A slip like any other."""
    assert len(told({"kind": "at_most", "a": "催办", "n": n})) == 1


@pytest.mark.parametrize("side", ["a", "b"])
def test_bars_without_names_name_nothing(side: str) -> None:
    """A rule on nothing would be broken by all or by none."""
    names = {"a": "登记", "b": "批示", side: " | "}
    assert told({"kind": "precedence", **names}) == [
        f"rules:2: [{side}] a rule of kind precedence needs {side} (several names with |)"
    ]


@pytest.mark.parametrize("text", ["金额>nan", "#主送!=NaN", "金额<inf"])
def test_a_condition_needs_a_number_that_can_be_reached(text: str) -> None:
    """Nan and infinity are none."""
    with pytest.raises(ValueError, match=r"^"):
        read_comparison(text)


def test_an_unknown_kind_hides_no_other_slip() -> None:
    """Scope and severity do not hang on the kind."""
    text = told({"kind": "hubb", "scope": "文种", "severity": "urgent"})
    assert {one.partition("]")[0] for one in text} == {
        "rules:2: [kind", "rules:2: [scope", "rules:2: [severity",
    }  # fmt: skip


@pytest.mark.parametrize("slip", [{"kind": "hubb"}, {"kind": "hub", "scope": "文种"}])
def test_a_slip_hides_no_second_use_of_an_id(slip: dict[str, object]) -> None:
    """Whoever mends the first should not be told of the second only then."""
    rows = [{"rule_id": "P1", **slip}, {"rule_id": "P1", "kind": "hub"}]
    assert told(*rows)[-1].startswith("rules:3: [rule_id] 'P1' is used again (first in line 2)")


def test_corrections_take_one_column() -> None:
    """What is not honoured is an error."""
    assert len(told({"kind": "corrections", "a": "原件+原文号"})) == 1


@pytest.mark.parametrize("a", ["", " ; ", "#主送>1; 签发人"])
def test_all_conditions_of_an_attribute_must_be_readable(a: str) -> None:
    """And there must be one."""
    assert len(told({"kind": "attribute", "a": a})) == 1


def test_without_its_key_columns_a_file_is_no_table_of_rules(write: Write) -> None:
    """Both are told."""
    with pytest.raises(SettingsError) as caught:
        eff.read_rules(write("登记", header="a"))
    assert [problem.text() for problem in caught.value.problems] == [
        "rules.csv:1: rule_id is missing; for example rule_id = P3",
        "rules.csv:1: kind is missing; for example kind = hub",
    ]


def test_tables_by_hand_keep_the_contract_too() -> None:
    """Every breach at once, with what mends it."""
    with pytest.raises(TableError) as caught:
        parse_rules(pd.DataFrame({"rule_id": [1, 2], "kinds": ["hub", "hub"], "a": [1, 2]}))
    assert str(caught.value) == (
        "Not a 'rules' table (one row = one rule of procedure):\n"
        "  - column 'rule_id' must be text, is int64; try df['rule_id'].astype('str')\n"
        "  - column 'kind' is missing; the table has rule_id, kinds, a; nearest: kinds\n"
        "  - column 'a' must be text, is int64; try df['a'].astype('str')"
    )
    with pytest.raises(TableError, match=r"column 'kind' is empty in 1 rows, first row 2"):
        parse_rules(table({"kind": "hub"}, {"kind": None}))
    for wrong in (None, "rules.csv", [table({"kind": "hub"})]):
        with pytest.raises(TableError, match="Not a 'rules' table"):
            parse_rules(wrong)


# --- what a log does not have

LOG = {
    "activities": ("登记", "批示", "承办"), "units": ("文书科", "秘书科"),
    "columns": ("case_id", "文种", "标题"),
}  # fmt: skip


def test_what_a_log_does_not_have_is_told_with_the_nearest_names() -> None:
    """All rules, all names, in their order; a scope has its column named."""
    rules = parse_rules(
        table(
            {"kind": "precedence", "a": "登计|登记", "b": "批复"},
            {"kind": "hub", "a": "文书处", "scope": "文钟=函; case_id!=1"},
            {"kind": "recurs", "a": "标题+来文单位"},
            {"kind": "unregistered", "a": "承半", "b": "incomming: 标题 | 文种"},
            {"kind": "attribute", "a": "题目="},
        )
    )
    problems = unfit_rules(rules, LOG, ("incoming", "outgoing"))
    assert [(one.key, one.line, one.column, one.details["got"]) for one in problems] == [
        ("activity", 2, "", "登计"),
        ("activity", 2, "", "批复"),
        ("scope_column", 3, "scope", "文钟"),
        ("unit", 3, "", "文书处"),
        ("rule_column", 4, "", "来文单位"),
        ("activity", 5, "", "承半"),
        ("no_register", 5, "b", "incomming"),
        ("rule_column", 6, "", "题目"),
    ]
    assert [one.text() for one in problems[:5]] == [
        "rules:2: the log has no activity '登计'; nearest: 登记",
        "rules:2: the log has no activity '批复'; nearest: 批示",
        "rules:3: [scope] the scope's column '文钟' is not in the log; it has case_id, 文种, 标题; "
        "nearest: 文种",
        "rules:3: the log has no unit '文书处'; nearest: 文书科",
        "rules:4: the rule's column '来文单位' is not in the log: the rule is undecidable; "
        "nearest: case_id, 文种, 标题",
    ]
    assert problems[6].text() == (
        "rules:5: [b] there is no register 'incomming': the rule is undecidable; add "
        "[logs.incomming] to review.toml; nearest: incoming"
    )


def test_where_all_is_there_nothing_is_told() -> None:
    """Names of a list, of conditions, of a register."""
    rules = parse_rules(
        table(
            {"kind": "backflow", "a": "登记|承办", "b": "批示", "scope": "文种=函"},
            {"kind": "done_by", "a": "秘书科", "b": "登记"},
            {"kind": "attribute", "a": "标题=; 文种!=函"},
            {"kind": "unregistered", "b": "incoming: 标题"},
        )
    )
    assert unfit_rules(rules, LOG, ("incoming",)) == []
