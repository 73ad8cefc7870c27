"""The catalogue is whole, its rules find what they say, and the page on rules agrees with both."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import efficiency as eff
from efficiency import tables
from efficiency.criteria.catalogue import (
    CatalogueRule,
    Lack,
    Pattern,
    catalogue,
    catalogue_rules,
    fitting,
)
from efficiency.criteria.rules import KINDS, parse_rules, unfit_rules
from efficiency.findings.rules.held import hold

#: Which patterns no rule decides, sorted by hand; P39 has no log and P40 is a count of complaints.
NO_RULE = {
    "measure": "P13 P15 P19 P21 P25 P26 P27 P28 P29 P30 P31 P33",
    "standard": "P18",
    "text": "P23 P24",
    "none": "P39 P40",
}
#: Kinds a breach of which always has an innocent explanation.
SIGN_KINDS = {
    "responded_existence", "passes", "prompted", "ping_pong", "entry", "round_trips", "recurs",
    "forwarded", "unregistered",
}  # fmt: skip
#: Rules whose breach is a sign though their kind is a proof.
SIGN_RULES = [
    "P1C", "P2B", "P3", "P4", "P5A", "P6A", "P8B", "P10A", "P14", "P20B", "P22", "P34", "P37B",
    "M2",
]  # fmt: skip
DECIDED_BY = {
    "rule": "规则 rule",
    "standard": "时限 standard",
    "measure": "统计 measure",
    "text": "文本 text",
    "none": "范围外 none",
}
SOURCE = r"(S[0-4]|C\.[14]) (“[^“”]+”)+"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
RULES = {rule.rule_id: rule for pattern in catalogue() for rule in pattern.rules}


# --- cases written by hand


@dataclass(frozen=True)
class Cases:
    """
    Cases by name, each a line of tokens: ``环节@单位/人``, ``列=值``, ``+N`` days on, ``…`` open.

    What stands in a register is written in the same way.
    """

    lines: dict[str, str]
    register: list[str] = field(default_factory=list)

    @property
    def log(self) -> pd.DataFrame:
        """Give them as a log; each step takes a minute from Monday 09:00 on."""
        return framed([row for name, line in self.lines.items() for row in rows_of(name, line)])

    @property
    def registers(self) -> dict[str, pd.DataFrame]:
        """The register by the name that the catalogue gives it."""
        lines = enumerate(self.register)
        rows = [row for number, line in lines for row in rows_of(f"r{number}", f"登记 {line}")]
        return {"incoming": framed(rows)} if rows else {}


def framed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a log."""
    ours = ["case_id", "activity", "received", "end", "unit", "actor"]
    frame = pd.DataFrame(rows)
    frame = frame[[*ours, *sorted(set(frame) - set(ours))]].astype(object)
    frame = frame.where(frame.notna(), None)
    times = {name: pd.to_datetime(frame[name]).astype("datetime64[us]") for name in ours[2:4]}
    return frame.assign(**times)


def rows_of(name: str, line: str) -> Iterator[dict[str, Any]]:
    """The steps of one case."""
    tokens = line.split(" ")
    moment = pd.Timestamp("2024-03-04 09:00")
    known = dict(token.split("=", 1) for token in tokens if "=" in token)
    for token in tokens:
        if token.startswith("+"):
            moment += pd.Timedelta(days=int(token[1:]))
        elif "=" not in token:
            moment += pd.Timedelta(minutes=1)
            activity, _, place = token.partition("@")
            unit, _, actor = place.partition("/")
            open_ = activity == "…"
            yield {
                "case_id": name,
                "activity": "待办" if open_ else activity,
                "received": moment,
                "end": None if open_ else moment,
                "unit": unit or None,
                "actor": actor or None,
                **known,
            }


def names_of(log: pd.DataFrame) -> dict[str, list[str]]:
    """What a log has, for `fitting`."""
    return {
        "activities": log["activity"].unique().tolist(),
        "units": log["unit"].dropna().unique().tolist(),
        "columns": [name for name in log if log[name].notna().any()],
    }


def together(examples: dict[str, Cases]) -> Cases:
    """Put examples into one log, each under its name: a log takes long to be made ready."""
    lines = {
        f"{name}:{case}": f"例={name} {line}"
        for name, cases in examples.items()
        for case, line in cases.lines.items()
    }
    return Cases(lines, [line for cases in examples.values() for line in cases.register])


def held(
    examples: dict[str, Cases], rules: pd.DataFrame
) -> tuple[dict[str, list[str]], dict[str, pd.Series]]:
    """
    Hold each rule against the cases of its name: those that break it, and its sums.

    `hold` gives at once what `deviations` and `adherence` show of it, in half their time.
    """
    cases = together(examples)
    rules = rules.assign(scope=rules["scope"] + "; 例=" + rules["rule_id"])
    with eff.observed(cases.log) as events:
        whole = hold(events, parse_rules(rules), cases.registers)
        found, sums = events.frame(whole.deviations), whole.summary()
    names = found["case_id"].str.partition(":")
    assert (names[0] == found["rule_id"]).all()
    broken = names[2].groupby(found["rule_id"]).agg(list)
    told = {row["rule_id"]: row for _, row in sums.iterrows()}
    return {name: broken.get(name, []) for name in told}, told


# --- the worked examples: one case breaks the rule, another keeps it

BRIDGE = "标题=关于修桥的请示 来文单位=甲县"
EXAMPLES: dict[str, Cases] = {
    "P1A": Cases(
        {
            "broken": "文号=甲政〔2024〕8号 标题=关于防汛的请示 来文单位=甲县 批示",
            "kept": f"文号=甲政〔2024〕7号 {BRIDGE} 批示",
            "undecided": "文号=甲政〔2024〕9号 标题=关于植树的请示 来文单位=甲县 登记",
        },
        [f"文号=甲政〔2024〕7号 {BRIDGE}"],
    ),
    "P1B": Cases({"broken": "签收 批示 承办", "kept": "签收 登记 批示"}),
    "P1C": Cases({"broken": "批示 补登 承办", "kept": "登记 批示 承办"}),
    "P2A": Cases({"broken": "签收 批示 登记", "kept": "签收 登记 批示"}),
    "P2B": Cases({"broken": "登记 拟办 批示 拟办", "kept": "登记 拟办 批示 退回 拟办 批示"}),
    "P2C": Cases({"broken": "登记 批示 拟办", "kept": "登记 拟办 批示 拟办"}),
    "P3": Cases(
        {
            "broken": "登记@文书科 承办@财政局 承办@教育局",
            "kept": "承办@财政局 分办@文书科 承办@教育局",
        }
    ),
    "P4": Cases(
        {
            "broken": "主送类型=个人 登记",
            "kept": "主送类型=个人 领导交办=是 登记",
            "also kept": "主送类型=机关 领导交办=否 登记",
        }
    ),
    "P5A": Cases(
        {
            "broken": "来文级别=4 主送级别=2 登记",
            "kept": "来文级别=4 主送级别=3 登记",
            "also kept": "来文级别=1 主送级别=3 登记",
        }
    ),
    "P5B": Cases(
        {
            "broken": "来文层级=下级 主送=市政府、市委 登记",
            "kept": "来文层级=下级 主送=市政府 登记",
            "out of scope": "来文层级=上级 主送=甲县、乙县 登记",
        }
    ),
    "P5C": Cases(
        {
            "broken": "+7 来文单位=甲县 文号=7 登记",
            "kept": "来文单位=甲县 文号=7 登记",
            "also kept": "+1 来文单位=乙县 文号=7 登记",
        }
    ),
    "P6A": Cases(
        {
            "broken": "来文层级=下级 报送",
            "kept": "来文层级=下级 签发人=王某 报送",
            "out of scope": "来文层级=平级 报送",
        }
    ),
    "P6B": Cases({"broken": "起草 报送 签发", "kept": "起草 签发 报送"}),
    "P7A": Cases(
        {
            "broken": "报送",
            "first": "+1 更正件=P7A:broken 报送",
            "second": "+2 更正件=P7A:first 报送",
            "kept": "报送",
            "third": "+1 更正件=P7A:kept 报送",
        }
    ),
    "P7B": Cases({"broken": "报送 更正 更正", "kept": "报送 更正"}),
    "P8A": Cases(
        {
            "broken": "办件类型=批办件 登记 承办 批示",
            "kept": "办件类型=批办件 登记 批示 承办",
            "out of scope": "办件类型=阅知件 登记 承办",
        }
    ),
    "P8B": Cases(
        {
            "broken": "文种=请示 登记 承办",
            "kept": "文种=请示 登记 批示 承办",
            "out of scope": "文种=通知 登记 承办",
        }
    ),
    "P9": Cases({"broken": "反馈形式=电话 反馈", "kept": "反馈形式=正式函 反馈"}),
    "P10A": Cases({"broken": "交办 反馈", "kept": "交办 催办 反馈", "waits": "交办 …"}),
    "P10B": Cases(
        {
            "broken": "交办 +30 领导过问 +1 催办",
            "kept": "交办 +3 催办 +27 领导过问",
            "also kept": "交办 领导过问 +7 催办",
        }
    ),
    "P11": Cases({"broken": "催办 催办 催办 …", "kept": "催办 催办 催办 反馈"}),
    "P12A": Cases(
        {
            "broken": "分办@甲科 会办@乙科 承办@甲科",
            "kept": "分办@甲科 退办@乙科 承办@甲科",
        }
    ),
    "P12B": Cases({"broken": "转办 退办 转办 承办", "kept": "转办 转办 承办 转办"}),
    "P14": Cases({"broken": "交办 归档", "kept": "交办 承办 归档", "waits": "交办 …"}),
    "P16": Cases(
        {
            "broken": "受理@政务服务中心窗口 审查@业务科 发证@政务服务中心窗口",
            "kept": "受理@政务服务中心窗口 发证@政务服务中心窗口",
        }
    ),
    "P17": Cases({"broken": "受理@窗口 决定@业务科", "kept": "受理@窗口 决定@窗口"}),
    "P20A": Cases({"broken": "登记 转发 开会", "kept": "登记 转发 落实", "waits": "转发 …"}),
    "P20B": Cases({"broken": "登记 转发 转发", "kept": "登记 转发"}),
    "P20C": Cases({"broken": "依据文号=P20C:kept 印发", "kept": "依据文号=上级 印发"}),
    "P22": Cases({"broken": "起草 退回 退回 签发", "kept": "起草 退回 签发"}),
    "P32A": Cases(
        {
            "broken": "+90 信访人=某1 事项=拆迁 登记",
            "kept": "信访人=某1 事项=拆迁 登记",
            "also kept": "+181 信访人=某1 事项=拆迁 登记",
            "other": "+1 信访人=某1 事项=低保 登记",
        }
    ),
    "P32B": Cases({"broken": "来访人数=5 登记", "kept": "来访人数=4 登记"}),
    "P34": Cases({"broken": "督查 反馈", "kept": "督查 反馈 通报", "waits": "督查 …"}),
    "P35": Cases({"broken": "文字差错数=1 印发", "kept": "文字差错数=0 印发"}),
    "P36": Cases(
        {
            "broken": "发文名义=市政府 起草 签发 合法性审核",
            "kept": "发文名义=市政府 起草 合法性审核 签发",
            "out of scope": "发文名义=市委 起草 签发",
        }
    ),
    "P37A": Cases(
        {
            "broken": "发文名义=党委 起草 签发 审核",
            "kept": "发文名义=党委 起草 审核 签发",
            "out of scope": "发文名义=市政府 起草 签发",
        }
    ),
    "P37B": Cases(
        {
            "broken": "发文名义=党委 审核@组织部",
            "kept": "发文名义=党委 审核@区委办公室",
            "out of scope": "发文名义=区政府 审核@法制科",
        }
    ),
    "P38": Cases({"broken": "登记@组织部 承办@财政局", "kept": "登记@文书科 承办@财政局"}),
    "M1": Cases(
        {
            "broken": "拟办@秘书处/甲 审核@秘书处/甲",
            "kept": "拟办@秘书处/甲 审核@秘书处/乙",
        }
    ),
    "M2": Cases({"broken": "受理 补正 补正", "kept": "受理 补正"}),
    "M3": Cases({"broken": "签发 印制 复核", "kept": "签发 复核 印制"}),
    "M4": Cases({"broken": "签发 修改 印制", "kept": "签发 修改 签发 印制", "waits": "修改 …"}),
    "M5": Cases(
        {"broken": "签发@领导/甲 复签@领导/乙", "kept": "签发@领导/甲 复签@领导/甲"},
    ),
    "M6": Cases(
        {
            "broken": "初审结果=不合格 初审 承办",
            "kept": "初审结果=不合格 初审 退文",
            "out of scope": "初审结果=合格 初审 承办",
        }
    ),
    "M7": Cases({"broken": "批示 承办", "kept": "批示 承办 反馈", "waits": "承办 …"}),
    "M8": Cases({"broken": "反馈 销号 核实", "kept": "反馈 核实 销号"}),
}


def test_every_rule_has_an_example() -> None:
    assert list(EXAMPLES) == list(RULES)


@pytest.fixture(scope="module")
def found() -> tuple[dict[str, list[str]], dict[str, pd.Series]]:
    """Hold all examples against the rules that fit them."""
    cases = together(EXAMPLES)
    rules, lacks = fitting(names_of(cases.log), registers=list(cases.registers))
    assert lacks == []
    return held(EXAMPLES, rules)


def test_each_rule_finds_the_case_that_breaks_it(found: Any) -> None:
    """It fits the example; the other cases keep it, wait, or lie out of scope."""
    for rule_id, cases in EXAMPLES.items():
        broken, told = found[0][rule_id], found[1][rule_id]
        rules, _ = fitting(names_of(cases.log), registers=list(cases.registers))
        assert rule_id in rules["rule_id"].tolist()
        assert broken == ["broken"], rule_id
        assert (told["missing"], told["undecidable"]) == ("", 0), rule_id
        assert told["pending"] == ("waits" in cases.lines), rule_id
        out = {"out of scope", "undecided", "first", "second", "third"} & set(cases.lines)
        assert told["n"] == len(cases.lines) - len(out) >= 2, rule_id


def test_what_fits_a_log_is_held_against_it_by_its_own_door() -> None:
    """A case that was filed waits no more, though one of its steps is open; no rule is unfit."""
    cases = Cases({"filed": "登记 交办 归档 …", "waits": "登记 交办 …", "kept": "交办 承办 登记"})
    rules, _ = fitting(names_of(cases.log), "en")
    found = eff.deviations(cases.log, rules, closed_by=["归档"], language="en")
    assert found[["rule_id", "case_id", "detail"]].values.tolist() == [
        ["P2B", "kept", "承办 → 登记"],
        ["P14", "filed", "交办 without 承办 after it"],
    ]


# --- the catalogue is whole


def test_the_patterns_stand_in_order_and_are_complete() -> None:
    ids = [pattern.id for pattern in catalogue()]
    assert ids[:40] == [f"P{number}" for number in range(1, 41)]
    assert ids[40:] == [f"M{number}" for number in range(1, len(ids) - 39)]
    assert len(ids) > 40


def test_each_pattern_is_decided_by_what_was_sorted_by_hand() -> None:
    """Rules stand exactly where a rule decides; elsewhere a note says why not."""
    sorted_ = {name: how for how, names in NO_RULE.items() for name in names.split()}
    for pattern in catalogue():
        assert pattern.decided_by == sorted_.get(pattern.id, "rule")
        assert bool(pattern.rules) == (pattern.decided_by == "rule")
        assert (pattern.note is None) == (pattern.decided_by == "rule")


def test_every_kind_of_rule_is_in_use() -> None:
    assert {rule.kind for rule in RULES.values()} == set(KINDS)


def test_the_rules_of_a_pattern_are_lettered() -> None:
    """P3 alone; P2A, P2B and so on where there are several."""
    for pattern in catalogue():
        letters = string.ascii_uppercase[: len(pattern.rules)] if len(pattern.rules) > 1 else [""]
        ids = [rule.rule_id for rule in pattern.rules]
        assert ids == [pattern.id + letter for letter in letters if pattern.rules]


def short_texts(pattern: Pattern) -> Iterator[Any]:
    """The names, titles and wordings."""
    yield pattern.name
    yield from (text for rule in pattern.rules for text in (rule.title, rule.wording))


def test_everything_is_said_in_both_languages() -> None:
    """In English, a definition or a note may name an activity in Chinese; nothing else does."""
    for pattern in catalogue():
        notes = [pattern.note] if pattern.note else []
        for text in (*short_texts(pattern), pattern.definition, *notes):
            assert CHINESE.search(text.zh), text
            assert re.match(r"[A-Z]", text.en), text
            assert not text.en.endswith("."), text
            assert not text.zh.endswith("。"), text
        for text in short_texts(pattern):
            assert not CHINESE.search(text.en), text


def test_every_source_is_named_and_quoted() -> None:
    for pattern in catalogue():
        assert re.fullmatch(rf"{SOURCE}(；{SOURCE})*", pattern.source), pattern.id


def test_a_sign_is_worded_as_a_sign_and_a_proof_is_not() -> None:
    """In both languages; what is a sign was sorted by hand, and is read so from a row."""
    read = {rule.rule_id: rule for rule in parse_rules(catalogue_rules())}
    for rule_id, rule in RULES.items():
        sign = rule.kind in SIGN_KINDS or rule_id in SIGN_RULES
        assert rule.is_sign == read[rule_id].is_sign == sign, rule_id
        assert rule.wording.zh.startswith("疑似") == ("疑似" in rule.wording.zh) == sign
        assert rule.wording.en.startswith("Suspected") == ("uspected" in rule.wording.en) == sign
        assert "疑似" not in rule.title.zh
        assert "uspected" not in rule.title.en


def test_the_kinds_that_are_signs() -> None:
    """An entry marks only what its kind does not."""
    assert {name for name, kind in KINDS.items() if kind.sign} == SIGN_KINDS
    assert [rule_id for rule_id, rule in RULES.items() if rule.sign] == SIGN_RULES
    for pattern in catalogue():
        said = [pattern.name, pattern.definition, *([pattern.note] if pattern.note else [])]
        assert not [text for text in said if "疑似" in text.zh or "uspected" in text.en]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_can_be_read_as_it_stands(language: Any) -> None:
    """A count is written down wherever the kind has one, so that a person can see and edit it."""
    frame = catalogue_rules(language, "incoming")
    assert list(frame) == tables.RULES.names
    parsed = parse_rules(frame)
    assert [rule.rule_id for rule in parsed] == list(RULES)
    assert {rule.log for rule in parsed} == {"incoming"}
    for rule, written in zip(parsed, RULES.values(), strict=True):
        assert (written.n is None) == (KINDS[rule.kind].n is None)
        assert rule.title == written.title.of(language)
        assert rule.source.startswith(("S", "C"))


def test_what_a_rule_needs_beside_the_activities() -> None:
    """Read from the rules by hand."""
    needs = {rule_id: rule.needs for rule_id, rule in RULES.items()}
    assert {rule_id: columns for rule_id, columns in needs.items() if columns} == {
        "P1A": ("文号", "标题", "来文单位"),
        "P3": ("unit",),
        "P4": ("主送类型", "领导交办"),
        "P5A": ("来文级别", "主送级别"),
        "P5B": ("来文层级", "主送"),
        "P5C": ("来文单位", "文号"),
        "P6A": ("来文层级", "签发人"),
        "P7A": ("更正件",),
        "P8A": ("办件类型",),
        "P8B": ("文种",),
        "P9": ("反馈形式",),
        "P12A": ("unit",),
        "P16": ("unit",),
        "P17": ("unit",),
        "P32A": ("信访人", "事项"),
        "P32B": ("来访人数",),
        "P35": ("文字差错数",),
        "P36": ("发文名义",),
        "P37A": ("发文名义",),
        "P37B": ("unit", "发文名义"),
        "P38": ("unit",),
        "P20C": ("依据文号",),
        "M1": ("actor",),
        "M5": ("actor",),
        "M6": ("初审结果",),
    }


def test_the_catalogue_is_read_once_and_does_not_change() -> None:
    assert catalogue() is catalogue()
    with pytest.raises(ValidationError, match="frozen"):
        catalogue()[0].rules[0].kind = "order"
    frame = catalogue_rules()
    frame["kind"] = "order"
    assert catalogue_rules()["kind"][0] == "unregistered"


@pytest.mark.parametrize(
    "change", [{"knd": "order"}, {"severity": "grave"}, {"title": {"zh": "一"}}]
)
def test_a_slip_in_an_entry_is_an_error(change: dict[str, Any]) -> None:
    sound = {"rule_id": "X", "kind": "order", "title": {"zh": "一", "en": "A"}}
    sound |= {"wording": {"zh": "一", "en": "A"}}
    CatalogueRule.model_validate(sound)
    with pytest.raises(ValidationError):
        CatalogueRule.model_validate({**sound, **change})


# --- which rules fit


def has(**names: list[str]) -> dict[str, list[str]]:
    return {"activities": [], "units": [], "columns": [], **names}


def fitted(**names: list[str]) -> dict[str, tuple[str, str]]:
    """The rules that fit, with their sides."""
    rules, _ = fitting(has(**names))
    return {row["rule_id"]: (row["a"], row["b"]) for row in rules.to_dict("records")}


def test_a_name_of_a_kind_of_step_fits_where_the_step_itself_is_not() -> None:
    """收文登记 is a 登记, 领导批示 a 批示; 发文登记 is one of another log."""
    found = fitted(activities=["收文登记", "领导批示", "发文登记"])
    assert found["P2A"] == ("收文登记", "领导批示")
    assert fitted(activities=["登记", "补登记", "批示"])["P2A"] == ("登记", "批示")


def test_of_alternatives_those_that_occur_are_kept() -> None:
    """In the order of the catalogue, whatever the order of the log."""
    assert fitted(activities=["签批", "批示", "登记"]) == {
        "P1B": ("登记", ""), "P2A": ("登记", "批示|签批"),
    }  # fmt: skip
    assert fitted(activities=["办理", "退单"]) == {"P12B": ("退单", "办理")}


def test_a_flow_takes_three_steps_and_returns_may_be_missing() -> None:
    assert "P2B" not in fitted(activities=["登记", "归档", "退回"])
    assert fitted(activities=["归档", "登记", "初审"])["P2B"] == ("登记|初审|归档", "")
    assert fitted(activities=["归档", "登记", "初审", "退回"])["P2B"] == ("登记|初审|归档", "退回")


def test_units_are_found_by_the_words_in_their_names() -> None:
    """One whose name could not be written in a rule is left aside."""
    units = ["财政局", "县府办文书科", "机要室", "收发|文书", " 收发室"]
    found = fitted(units=units, columns=["unit"])
    assert found["P3"] == ("县府办文书科|机要室", "")
    assert found["P38"] == ("县府办文书科|机要室", "")
    assert "P16" not in found
    assert list(fitted(units=["财政局"], columns=["unit"])) == ["P12A"]


def test_columns_of_conditions_and_scopes_must_be_there() -> None:
    assert "P9" in fitted(columns=["反馈形式"])
    assert "P5A" not in fitted(columns=["来文级别"])
    assert "P5A" in fitted(columns=["来文级别", "主送级别"])
    assert "P8B" not in fitted(activities=["批示", "承办"])
    assert "P8B" in fitted(activities=["批示", "承办"], columns=["文种"])


def test_a_register_must_be_at_hand() -> None:
    names = has(activities=["批示"], columns=["文号", "标题", "来文单位"])
    assert fitting(names)[1][0] == Lack(
        "P1A", "批示、签发的文件在收文登记中可查", registers=("incoming",)
    )
    rules, _ = fitting(names, "en", "decisions", ["incoming"])
    row = rules.set_index("rule_id").loc["P1A"]
    assert (row["a"], row["b"]) == ("批示", "incoming: 文号 | 标题+来文单位")
    assert (row["log"], row["n"]) == ("decisions", "30")
    assert row["wording"].startswith("Suspected circulation")


def test_a_log_of_other_words_fits_nothing() -> None:
    """The table keeps its columns; what each rule lacks is told in full."""
    rules, lacks = fitting(has(activities=["Confirmation of receipt"], columns=["actor"]))
    assert rules.empty
    assert list(rules) == tables.RULES.names
    assert [lack.rule_id for lack in lacks] == list(RULES)
    told = {lack.rule_id: lack for lack in lacks}
    assert told["P2A"] == Lack("P2A", "先登记、后批示", activities=("登记", "批示|签批"))
    assert told["P37B"].units == ("委办|办公室",)
    assert told["P37B"].columns == ("unit", "发文名义")
    assert told["M1"].columns == ()
    assert told["P1A"].columns == ("文号", "标题", "来文单位")


def test_what_is_missing_is_told_in_one_line() -> None:
    lack = Lack("P9", "标题", ("登记", "批示|签批"), ("文书",), ("文号",), ("incoming",))
    assert lack.problem("zh").text("zh") == (
        "未写入规则 P9（标题）：日志中没有环节 登记, 批示|签批；处室 文书；列 文号；登记簿 incoming"
    )
    assert Lack("P9", "Title", units=("文书",)).problem("en").text("en") == (
        "rule P9 is left out (Title): the log has no unit 文书"
    )


WHOLE = {
    "activities": sorted(
        {name for rule in parse_rules(catalogue_rules()) for name in rule.named("activities")}
    ),
    "units": ["县委办公室文书科", "政务服务中心窗口", "财政局"],
    "columns": sorted({name for rule in RULES.values() for name in rule.needs}),
}


def some(names: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True)


@settings(max_examples=40, deadline=None)
@given(st.fixed_dictionaries({what: some(names) for what, names in WHOLE.items()}))
def test_a_rule_fits_or_lacks_something_that_would_make_it_fit(names: dict[str, list[str]]) -> None:
    """None is lost, what fits names nothing that the log has not, and more names lose no rule."""
    rules, lacks = fitting(names)
    left = {lack.rule_id: lack for lack in lacks}
    assert sorted([*rules["rule_id"], *left]) == sorted(RULES)
    assert [name for name in RULES if name not in left] == rules["rule_id"].tolist()
    assert unfit_rules(parse_rules(rules), {k: tuple(v) for k, v in names.items()}) == []
    for lack in lacks[:3]:
        added = {
            what: [*names[what], *(n for part in getattr(lack, what) for n in part.split("|"))]
            for what in names
        }
        more = fitting(added, registers=lack.registers)[0]["rule_id"].tolist()
        assert {*rules["rule_id"], lack.rule_id} <= set(more)


def test_a_log_with_everything_takes_every_rule() -> None:
    assert fitting(WHOLE, registers=["incoming"])[0]["rule_id"].tolist() == list(RULES)


# --- the page on rules


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "rules.md").read_text(encoding="utf-8")


def sections(page: str) -> dict[str, str]:
    """The text under the heading of each kind."""
    parts = re.split(r"^#### `(\w+)` .+$", page.partition("\n## 目录")[0], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_page_tells_every_kind(page: str) -> None:
    """In the order of the code, by all of its parts."""
    assert list(sections(page)) == list(KINDS)
    for kind, text in sections(page).items():
        for part in ("违反 Broken：", "未到期 Pending：", "不可判定 Undecidable：", "例 Example："):
            assert len(re.findall(rf"^- {part}\S", text, flags=re.MULTILINE)) == 1, kind
        form = KINDS[kind]
        explained = re.search(r"^- (a.+)$", text, flags=re.MULTILINE)
        assert explained, kind
        assert ("b：不用" in explained[1]) == (form.b == ""), kind
        assert ("a：不用" in explained[1]) == (form.a == ""), kind
        assert ("n：不用" in explained[1]) == (form.n is None), kind
        assert ("可空" in explained[1]) == bool(form.optional), kind
        default = re.search(r"不写为 (\d+)", explained[1])
        assert (int(default[1]) if default else -1) == (form.n or -1), kind
        for column in ("unit", "actor"):
            assert (f"日志要有 `{column}`" in explained[1]) == (column in form.needs), kind


def example_of(text: str) -> dict[str, list[str]]:
    """The parts of the example in a section: what stands there, by its word."""
    (line,) = re.findall(r"^- 例 Example：(.+)$", text, flags=re.MULTILINE)
    return {part.split(" ")[0]: re.findall(r"`([^`]+)`", part) for part in line.split("；")}


@pytest.fixture(scope="module")
def shown(page: str) -> tuple[dict[str, list[str]], dict[str, pd.Series]]:
    """Hold the examples of the page against its rules."""
    examples, rules = {}, []
    for kind, text in sections(page).items():
        told = example_of(text)
        assert set(told) <= {"规则", "违反", "遵守", "未到期", "不可判定", "另有", "登记簿"}
        sides = dict(part.split("=", 1) for part in told.pop("规则"))
        rules.append({"rule_id": kind, "kind": kind, "scope": "", **sides})
        register = told.pop("登记簿", [])
        lines = {f"{how}{n}": line for how, all_ in told.items() for n, line in enumerate(all_)}
        examples[kind] = Cases(lines, register)
    return held(examples, pd.DataFrame(rules))


def test_the_examples_of_the_page_come_true(page: str, shown: Any) -> None:
    """What breaks the rule is found, what may yet come waits, what is not known is not judged."""
    for kind, text in sections(page).items():
        example, broken, told = example_of(text), shown[0][kind], shown[1][kind]
        assert broken == ["违反0"], kind
        assert told["missing"] == "", kind
        assert told["pending"] == len(example.get("未到期", [])), kind
        assert told["undecidable"] == len(example.get("不可判定", [])), kind
        assert told["n"] > 1 + told["pending"] + told["undecidable"], kind
        for word, part in (("未到期", "未到期 Pending"), ("不可判定", "不可判定 Undecidable")):
            assert (word in example) == (f"- {part}：无\n" not in text), kind


def test_the_page_says_what_is_a_sign(page: str) -> None:
    (named,) = re.findall(r"下列类型本身就是迹象：(.+?)；", page)
    assert set(re.findall(r"`(\w+)`", named)) == SIGN_KINDS


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of a table of the page, without its head."""
    text = page.partition(f"\n### {heading}\n")[2].partition("\n#")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [
        [cell.strip().strip("`").replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines
    ]


def test_the_page_holds_the_patterns_of_the_catalogue(page: str) -> None:
    assert rows(page, "问题 Patterns") == [
        [
            pattern.id,
            f"{pattern.name.zh} {pattern.name.en}",
            pattern.definition.zh,
            pattern.source,
            DECIDED_BY[pattern.decided_by] + (f"：{pattern.note.zh}" if pattern.note else ""),
        ]
        for pattern in catalogue()
    ]


def test_the_page_holds_the_rules_of_the_catalogue(page: str) -> None:
    assert rows(page, "规则 Rules") == [
        [
            rule.rule_id, rule.title.zh, rule.kind, rule.scope, rule.a, rule.b,
            "" if rule.n is None else str(rule.n), rule.severity, "、".join(rule.needs),
            "疑似 sign" if rule.is_sign else "证明 proof",
        ]
        for rule in RULES.values()
    ]  # fmt: skip


def test_the_page_names_every_source(page: str) -> None:
    """S0 to S4 and the parts of the regulations that the catalogue quotes."""
    used = {
        mark for pattern in catalogue() for mark in re.findall(r"\b(S\d|C\.\d) “", pattern.source)
    }
    assert {cells[0] for cells in rows(page, "出处 Sources")} == used
