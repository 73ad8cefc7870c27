"""Prescribed flows: what the text form allows, what it refuses and where, BPMN and the picture."""

from __future__ import annotations

import dataclasses
import itertools
import random
import re
import xml.etree.ElementTree as ET
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import efficiency as eff
from efficiency import _pm4py
from efficiency.criteria.flows import SHIPPED, Flow, parse_flow, strangers
from efficiency.problems import InputError, Problem, SettingsError

Word = tuple[str, ...]
RANDOM = settings(deadline=None, derandomize=True, max_examples=60, phases=[Phase.generate])
#: Words are compared up to this length.
LONGEST = 4


# --- what a flow allows, found by playing its net token by token


def allowed(flow: Flow, longest: int = LONGEST) -> set[Word]:
    """List the ways through a flow that have no more than so many steps."""
    net, first, last = flow.to_petri()
    waiting, seen, found = [(Counter(first), ())], set(), set()
    while waiting:
        tokens, word = waiting.pop()
        key = (frozenset((+tokens).items()), word)
        if key in seen:
            continue
        seen.add(key)
        if +tokens == Counter(last):
            found.add(word)
        for move in net.transitions:
            after = word if move.label is None else (*word, move.label)
            need = Counter({arc.source: arc.weight for arc in move.in_arcs})
            if len(after) <= longest and need <= tokens:
                made = Counter({arc.target: arc.weight for arc in move.out_arcs})
                waiting.append((tokens - need + made, after))
    return found


def spelled(*texts: str) -> set[Word]:
    """Give words of one-letter steps."""
    return {tuple(text) for text in texts}


# --- random flows: what they are, how they are written, and what they allow, apart from the code


class Writer:
    """Makes flows up; a part is ``(kind, parts)`` or ``("times", part, least, most)``."""

    def __init__(self, seed: int, *, once: bool = False) -> None:
        self.random = random.Random(seed)
        self.fresh = iter("abcdefghijklmnopqrstuvwxyz") if once else None

    def part(self, depth: int) -> Any:
        pick = self.random
        kinds = ["step", "then", "or", "and", "times"]
        kind = pick.choices(kinds, weights=[2, 1, 1, 1, 2])[0] if depth else "step"
        if kind == "step":
            return kind, next(self.fresh) if self.fresh else pick.choice("abc")
        if kind != "times":
            return kind, [self.part(depth - 1) for _ in range(pick.choice([2, 2, 3]))]
        # A step that is written out several times would not stand there once.
        known = [(0, 1), (0, None), (1, None)]
        more = [] if self.fresh else [(2, 2), (1, 2), (0, 2), (2, None), (1, 3)]
        return kind, self.part(depth - 1), *pick.choice([*known, *more])

    def text(self, part: Any) -> str:
        """Write a part in one of the ways in which it can be written."""
        kind = part[0]
        if kind == "step":
            return self.random.choice([part[1], f'"{part[1]}"', f" {part[1]} "])
        if kind == "times":
            return self.times(*part[1:])
        marks = {"then": ["→", " → ", "->", " -> "], "or": ["|", " ｜ "], "and": ["&", " ＆ ", "∥"]}
        inner = [self.text(one) for one in part[1]]
        left, right = self.random.choice(["[]", "［］"] if kind == "or" else ["()", "（）"])
        return left + self.random.choice(marks[kind]).join(inner) + right

    def times(self, part: Any, least: int, most: int | None) -> str:
        inner = self.text(part)
        if (least, most) == (0, 1) and part[0] != "or" and self.random.random() < 0.5:
            return f"[{inner}]"
        short = {(0, 1): "?？", (0, None): "*＊", (1, None): "+＋"}.get((least, most), "")
        upper = "" if most is None else str(most)
        exact = [f"{{{least}}}"] if least == most else []
        ways = [f"{{{least}..{upper}}}", f" {{ {least} .. {upper} }}", *exact, *short]
        return inner + self.random.choice(ways)


def words(part: Any, longest: int) -> set[Word]:
    """List the words of a part, by the meaning of each mark."""
    kind = part[0]
    if kind == "step":
        return {(part[1],)} if longest else set()
    if kind == "or":
        return set().union(*(words(one, longest) for one in part[1]))
    if kind == "times":
        return repeated(words(part[1], longest), part[2], part[3], longest)
    found: set[Word] = {()}
    for one in part[1]:
        pairs = itertools.product(found, words(one, longest))
        near = [(a, b) for a, b in pairs if len(a) + len(b) <= longest]
        if kind == "then":
            found = {a + b for a, b in near}
        else:
            found = set().union(*(mixed(a, b) for a, b in near))
    return found


def mixed(one: Word, other: Word) -> set[Word]:
    """List the ways in which two words can be mixed."""
    if not one or not other:
        return {one + other}
    heads = ((one[0], one[1:], other), (other[0], one, other[1:]))
    return {(head, *rest) for head, a, b in heads for rest in mixed(a, b)}


def repeated(once: set[Word], least: int, most: int | None, longest: int) -> set[Word]:
    """List what several words in a row can read."""
    row: set[Word] = {()}
    found: set[Word] = set()
    # Each time adds a step or nothing: more times than steps add nothing new.
    for times in range((least + longest if most is None else most) + 1):
        found |= row if times >= least else set()
        row = {a + b for a in row for b in once if len(a) + len(b) <= longest}
    return found


SEEDS = st.integers(0, 2**32 - 1)


@RANDOM
@given(seed=SEEDS)
def test_a_flow_allows_what_its_marks_mean(seed: int) -> None:
    """However it is written, and though a step stands in it several times."""
    writer = Writer(seed)
    part = writer.part(3)
    flow = parse_flow(writer.text(part))
    assert allowed(flow) == words(part, LONGEST)


@RANDOM
@given(seed=SEEDS)
def test_what_a_flow_allows_aligns_at_no_cost_and_nothing_else_does(seed: int) -> None:
    """Words that it allows, and words at random, of flows in which each step stands once."""
    writer = Writer(seed, once=True)
    part = writer.part(3)
    flow = parse_flow(writer.text(part))
    right, net = words(part, LONGEST), _pm4py.stable(flow.to_petri())
    letters = [*flow.steps, "z"]
    others = [tuple(writer.random.choices(letters, k=k)) for k in (0, 1, 2, 2, 3, 3, 4, 4)]
    for word in [*sorted(right)[:12], *others]:
        assert (_pm4py.align(net, word)[1] == 0) == (word in right)


# --- the marks, one by one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a → b", ["ab"]),
        ("a->b", ["ab"]),
        ("a | b → c", ["a", "bc"]),
        ("[a | b]", ["a", "b"]),
        ("［a｜b］", ["a", "b"]),
        ("(a | b) → c", ["ac", "bc"]),
        ("[a] → b", ["ab", "b"]),
        ("[a → b] → c", ["abc", "c"]),
        ("[a & b] → c", ["abc", "bac", "c"]),
        ("a? → b", ["ab", "b"]),
        ("a？ → b", ["ab", "b"]),
        ("(a & b) → c", ["abc", "bac"]),
        ("（a ＆ b） → c", ["abc", "bac"]),
        ("a ∥ (b → c)", ["abc", "bac", "bca"]),
        ("a*", ["", "a", "aa", "aaa", "aaaa"]),
        ("a＊ → b", ["b", "ab", "aab", "aaab"]),
        ("a+ → b", ["ab", "aab", "aaab"]),
        ("a＋", ["a", "aa", "aaa", "aaaa"]),
        ("a{2}", ["aa"]),
        ("a{1}", ["a"]),
        ("a{1..3}", ["a", "aa", "aaa"]),
        ("a { 0 .. 2 }", ["", "a", "aa"]),
        ("a{..2}", ["", "a", "aa"]),
        ("a{3..}", ["aaa", "aaaa"]),
        ("(a → b){2}", ["abab"]),
        ("(a → b)* → c", ["c", "abc"]),
        ("a??", ["", "a"]),
        ("([a | b] → c)?", ["", "ac", "bc"]),
        ("a → [b | c → d]", ["ab", "acd"]),
    ],
)
def test_each_mark(text: str, expected: list[str]) -> None:
    """All ways of up to four steps, by hand."""
    assert allowed(parse_flow(text)) == spelled(*expected)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Request Payment → Payment Handled", ("Request Payment", "Payment Handled")),
        ("  登记   ->转办  ", ("登记", "转办")),
        ('"批示（领导）" → "a -> b"', ("批示（领导）", "a -> b")),
        ("e-mail->回复", ("e-mail", "回复")),
        ("登记，分办 → 第1步/第2步", ("登记，分办", "第1步/第2步")),
        ("登记 → 转办  # 秘书一处 → 30 分钟", ("登记", "转办")),
        ("a → b → a", ("a", "b")),
    ],
)
def test_names(text: str, steps: Word) -> None:
    """Spaces inside a name, quotes around marks, comments, a step that stands twice."""
    assert parse_flow(text).steps == steps


@pytest.mark.parametrize("name", ["第3#号", "时限: 30", "时限：三十", "a] | b", "->", "{2}", "?"])
def test_between_quotes_any_mark_is_part_of_the_name(name: str) -> None:
    """Of a step, and of a part."""
    for text in (f'登记 -> "{name}"', f'"{name}" → 登记  # "{name}"'):
        assert set(parse_flow(text).steps) == {"登记", name}
    assert parse_flow(f'"{name}": 登记 → 转办\n收文: "{name}" # "').steps == ("登记", "转办")


@pytest.mark.parametrize("mark", ["->", "&", "｜", "（"])
def test_a_colon_behind_a_mark_begins_no_definition(mark: str) -> None:
    """登记 is not lost: it is read as behind →, or refused."""
    try:
        steps = parse_flow(f"登记 {mark} 转办: 急件").steps
    except SettingsError:
        return
    assert "登记" in steps


def test_a_choice_in_brackets_of_its_own_may_be_left_out() -> None:
    for text in ("[(a | b)] → c", "[[a | b]] → c", "［（a ｜ b）］ → c"):
        assert allowed(parse_flow(text)) == spelled("ac", "bc", "c")


def test_the_last_line_is_the_flow_and_takes_the_others_in() -> None:
    """Twice if it names one twice; what nothing names is not part of it."""
    flow = parse_flow(
        """
        # 会前与会后
        会前: a → [b]
        闲置: x
        会后： c | 会前

        会议: 会前 → 会后   # 这是流程
        """
    )
    assert (flow.name, flow.steps) == ("会议", ("a", "b", "c"))
    assert allowed(flow) == spelled("ac", "abc", "aa", "aab", "aba", "abab")


def test_a_line_without_a_name_is_called_as_its_caller_says() -> None:
    assert parse_flow("a → b", "收文").name == "收文"
    assert parse_flow("发文: a → b", "收文").name == "发文"


def test_a_flow_is_a_frozen_value() -> None:
    flow = parse_flow("a → b")
    assert flow == parse_flow("a -> b")
    assert flow != parse_flow("b → a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        flow.name = "x"  # type: ignore[misc]


def test_the_tree_is_pm4pys() -> None:
    """In its notation: → a sequence, X a choice, + both, * a loop, tau nothing."""
    tree = parse_flow("a → [b | c] → (d & e) → f?").to_pm4py()
    assert repr(tree) == "->( 'a', X( 'b', 'c' ), +( 'd', 'e' ), X( 'f', tau ) )"
    assert repr(parse_flow("a+").to_pm4py()) == "*( 'a', tau )"


# --- what is refused, and where


def refused(text: str) -> tuple[Problem, InputError]:
    """Give the one problem of a text."""
    with pytest.raises(SettingsError) as caught:
        parse_flow(text, file="f.flow")
    (problem,) = caught.value.problems
    return problem, caught.value


@pytest.mark.parametrize(
    ("marked", "key", "says"),
    [
        # ^ stands where the message has to point; it is taken out before the text is read.
        ("^→ a", "flow_step", "→"),
        ("登记 →^", "flow_step", "⏎"),
        ("登记 |^", "flow_step", "⏎"),
        ("登记 → ^→ 转办", "flow_step", "→"),
        ("[^]", "flow_step", "]"),
        ("(a → ^| b)", "flow_step", "|"),
        ("^{2}", "flow_step", "{2}"),
        ("a & ^*", "flow_step", "*"),
        ('登记 → ^" "', "flow_step", " "),
        ("a^)", "flow_end", ")"),
        ("登记 ^(转办)", "flow_end", "("),
        ('登记 ^"转办"', "flow_end", "转办"),
        ("登记^］", "flow_end", "］"),
        ("(登记^", "flow_close", ")"),
        ("[登记 → 转办^)", "flow_close", "]"),
        ("（登记^)", "flow_close", "）"),
        ("［登记 转办^［", "flow_close", "］"),
        ('登记 → ^"转办', "flow_mark", '"'),
        ("登记^{x}", "flow_mark", "{"),
        ("登记^}", "flow_mark", "}"),
        ("a | b ^& c", "flow_mixed", "|"),
        ("(a & b → c ^｜ d)", "flow_mixed", "&"),
        ("登记^{0}", "flow_times", "{0}"),
        ("登记^{}", "flow_times", "{}"),
        ("登记 ^{3..1}", "flow_times", "{3..1}"),
        ("登记^{21}", "flow_times", "20"),
        ("登记^{21..}", "flow_times", "20"),
        ("登记^{1..21}", "flow_times", "20"),
        ("登记?^{..0}", "flow_times", "{..0}"),
        ("收文: a\n^收文: b", "flow_twice", "收文"),
        ("a\n^b", "flow_twice", "''"),
        ("a: ^a", "flow_cycle", "a → a"),
        ("甲: x → ^乙\n乙: [甲]", "flow_cycle", "乙 → 甲 → 乙"),
        ("甲: ^丙\n乙: 甲\n丙: x | 乙", "flow_cycle", "丙 → 乙 → 甲 → 丙"),
        ("# 说明\n\n  四关 : 方案拟定 → ^| 地点落实", "flow_step", "|"),
        ("四关： ^→ 甲\n会务: 四关", "flow_step", "→"),
    ],
)
def test_an_error_names_the_line_and_the_character(marked: str, key: str, says: str) -> None:
    """Both counted from 1, in both languages."""
    before, _, after = marked.partition("^")
    problem, error = refused(before + after)
    line, at = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert (problem.key, problem.line, problem.details["at"]) == (key, line, at)
    for language, place in (("zh", f"第 {at} 个字符"), ("en", f"at character {at}:")):
        told = error.text(language)
        assert told.startswith(f"f.flow:{line}: ")
        assert place in told
        assert says in told


@pytest.mark.parametrize("text", ["", "\n \n", "# 只有说明"])
def test_a_text_without_a_flow(text: str) -> None:
    problem, error = refused(text)
    assert (problem.key, problem.line) == ("no_rows", None)
    assert error.text("zh") == "f.flow: 文件中没有数据行"


@pytest.mark.parametrize("space", ["\t", "\u3000"])
def test_any_space_may_stand_in_a_number_of_times(space: str) -> None:
    assert allowed(parse_flow(f"a{{{space}..2}}")) == spelled("", "a", "aa")


def test_a_circle_of_quoted_names_is_told() -> None:
    assert refused('甲: " 甲 "')[0].key == "flow_cycle"


def test_activities_that_a_log_never_has() -> None:
    """With the nearest of its names; in the order of the flow."""
    found = strangers(parse_flow("登记 → 转力 → 核发"), ("登记", "转办"), "f.flow")
    assert [problem.details["got"] for problem in found] == ["转力", "核发"]
    assert found[0].text("zh") == "f.flow: 日志中没有环节 '转力'；最接近的是：转办"
    assert strangers(parse_flow("登记"), ("登记", "转办")) == []


# --- the flows that come with the package


#: The steps that the study documents and the regulations name, and where they stand.
NAMED = {
    "收文": (
        "签收 登记 初审 承办 传阅 催办 答复 转办 拟办 批示 反馈 退文",
        ["《党政机关公文处理工作条例》", "S4"],
    ),
    "发文": ("起草 审核 签发 复核 编号 印制 核发", ["《条例》", "S1"]),
    "文稿起草": ("起草 校对 送审 听会 整理 签发 归档", ["S4"]),
    "会务": (
        "方案拟定 地点落实 材料审核 参会人员审定 会议通知 会场布置 会议签到 会议记录 会议纪要 "
        "送签 跟踪落实 半月报告",
        ["S4"],
    ),
    "督查": ("分解立项 明确责任 交办 督办 催办 反馈 通报 办结销号", ["S0", "S1", "S2"]),
    "应急": ("接报 口头报告 应急快报 领导指示 指示传达", ["S4"]),
    "审批": ("窗口受理 审查 决定 发证 收费", ["S3"]),
}  # fmt: skip


def test_the_shipped_files_are_found_as_resources() -> None:
    """All that are named, and none besides."""
    folder = resources.files("efficiency.criteria") / "prescribed"
    names = {entry.name for entry in folder.iterdir()}
    assert names == {f"{file}.flow" for file in SHIPPED.values()}
    assert set(NAMED) == set(SHIPPED)


@pytest.mark.parametrize("name", NAMED)
def test_a_shipped_flow_has_the_steps_that_are_named(name: str) -> None:
    """It is called by its Chinese name, and its file names its sources."""
    steps, sources = NAMED[name]
    flow = eff.read_flow(name)
    assert flow.name == name
    assert set(steps.split()) <= set(flow.steps)
    folder = resources.files("efficiency.criteria") / "prescribed"
    text = (folder / f"{SHIPPED[name]}.flow").read_text(encoding="utf-8")
    comment = "".join(line for line in text.splitlines() if line.startswith("#"))
    assert all(source in comment for source in sources)


CHECKS = "方案拟定 地点落实 材料审核 参会人员审定"
MEETING = "会议通知 会场布置 会议签到 会议记录 会议纪要 送签"


@pytest.mark.parametrize(
    ("name", "way", "cost"),
    [
        # Forwarded before or after the draft opinion; the leader's note comes after both.
        ("收文", "签收 登记 初审 转办 拟办 批示 承办 反馈", 0),
        ("收文", "签收 登记 初审 拟办 转办 批示 传阅 承办 催办 催办 答复 办结 归档", 0),
        ("收文", "签收 登记 初审 退文", 0),
        ("收文", "签收 登记 初审 批示 转办 拟办 承办 反馈", 2),
        ("收文", "签收 登记 初审 转办 拟办 承办 反馈", 1),
        # A change of substance after signing goes back to who signed.
        ("发文", "起草 审核 签发 复核 编号 印制 核发", 0),
        ("发文", "起草 审核 会签 合法性审核 签发 复核 修改 签发 复核 编号 印制 用印 核发 归档", 0),
        ("发文", "起草 审核 签发 复核 修改 编号 印制 核发", 1),
        ("发文", "起草 签发 复核 编号 印制 核发", 1),
        ("文稿起草", "起草 校对 送审 听会 整理 签发 归档", 0),
        ("文稿起草", "起草 校对 送审 整理 签发 归档", 1),
        # The four checks in any order but the first; reports twice a month.
        ("会务", f"方案拟定 参会人员审定 材料审核 地点落实 {MEETING}", 0),
        ("会务", f"{CHECKS} {MEETING} 跟踪落实 半月报告 半月报告", 0),
        ("会务", f"方案拟定 地点落实 材料审核 {MEETING} 半月报告", 2),
        ("督查", "分解立项 明确责任 交办 督办 催办 督办 反馈 通报 办结销号", 0),
        ("督查", "分解立项 明确责任 交办 督办 反馈 反馈 办结销号", 1),
        ("应急", "接报 口头报告 领导指示 应急快报 指示传达", 0),
        ("应急", "接报 应急快报 领导指示 指示传达", 1),
        ("审批", "窗口受理 补正 补正完成 审查 决定 发证", 0),
        ("审批", "窗口受理 审查 决定 收费 发证", 0),
        ("审批", "窗口受理 审查 发证", 1),
    ],
)  # fmt: skip
def test_ways_through_the_shipped_flows(name: str, way: str, cost: int) -> None:
    """How many steps are missing or too many, by hand."""
    net = _pm4py.stable(eff.read_flow(name).to_petri())
    assert _pm4py.align(net, tuple(way.split()))[1] == cost


# --- files


def test_a_file_of_text_is_called_by_its_name(tmp_path: Path) -> None:
    """In the encodings in which offices save text."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        path = tmp_path / "办文.txt"
        path.write_bytes("签收 → 登记".encode(encoding))
        for source in (path, str(path)):
            flow = eff.read_flow(source)
            assert (flow.name, flow.steps) == ("办文", ("签收", "登记"))


def test_a_file_that_is_not_there_names_the_flows_there_are(tmp_path: Path) -> None:
    for name in ("无.bpmn", "无.txt"):
        with pytest.raises(SettingsError) as caught:
            eff.read_flow(tmp_path / name)
        for told in (caught.value.text("zh"), caught.value.text("en")):
            assert str(tmp_path / name) in told
            assert all(shipped in told for shipped in NAMED)


def test_a_message_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_text("签收 →", encoding="utf-8")
    (tmp_path / "g.txt").write_bytes(b"\xff\xff\xff")
    for name, begins in (("f.txt", "f.txt:1: "), ("g.txt", "g.txt: ")):
        with pytest.raises(SettingsError) as caught:
            eff.read_flow(tmp_path / name)
        assert str(caught.value).startswith(begins)


# --- BPMN


NAMESPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"
START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'


def diagram(*elements: str, ways: str = "") -> str:
    """Write a diagram, each element on a line from the third on; ways are pairs of ids."""
    flows = [
        f'<sequenceFlow id="f{number}" sourceRef="{a}" targetRef="{b}"/>'
        for number, (a, b) in enumerate(ways.split())
    ]
    head = f'<definitions xmlns="{NAMESPACE}">\n<process id="p">'
    return "\n".join([head, *elements, *flows, "</process>\n</definitions>"])


GOOD = diagram(START, '<task id="t" name="登记"/>', END, ways="st te")


def read(folder: Path, text: str | bytes, name: str = "f.bpmn") -> Flow:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return eff.read_flow(path)


def problems_of(folder: Path, text: str | bytes) -> list[Problem]:
    with pytest.raises(SettingsError) as caught:
        read(folder, text)
    for problem in caught.value.problems:
        assert problem.file == "f.bpmn"
        assert problem.text("zh") != problem.text("en")
    return list(caught.value.problems)


@settings(RANDOM, max_examples=40)
@given(seed=SEEDS)
def test_a_flow_is_read_back_from_bpmn_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """The same steps, and the same words."""
    writer = Writer(seed)
    part = writer.part(3)
    flow = parse_flow(writer.text(part))
    path = tmp_path_factory.mktemp("bpmn") / "f.bpmn"
    flow.write_bpmn(path)
    back = eff.read_flow(path)
    assert (back.name, back.tree, set(back.steps)) == ("f", None, set(flow.steps))
    assert allowed(back) == words(part, LONGEST)


@pytest.mark.parametrize("name", NAMED)
def test_a_shipped_flow_is_read_back_from_bpmn(name: str, tmp_path: Path) -> None:
    flow = eff.read_flow(name)
    flow.write_bpmn(tmp_path / "f.bpmn")
    back = eff.read_flow(tmp_path / "f.bpmn")
    assert sorted(back.steps) == sorted(flow.steps)
    assert allowed(back, 8) == allowed(flow, 8)


def test_a_diagram_drawn_by_hand(tmp_path: Path) -> None:
    """Kinds of task, both gateways, lanes, notes, another maker's extensions, a prefix."""
    text = diagram(
        '<laneSet><lane id="l"><flowNodeRef>a</flowNodeRef></lane></laneSet>', START,
        '<extensionElements><x:any xmlns:x="urn:other"/></extensionElements>',
        '<userTask id="a" name="登记"><documentation>台账</documentation></userTask>',
        '<exclusiveGateway id="x"/><manualTask id="b" name="转办"/>',
        '<parallelGateway id="q"/><serviceTask id="c" name="传阅"/><task id="d" name="承办"/>',
        '<parallelGateway id="r"/>', END,
        '<textAnnotation id="n"><text>说明</text></textAnnotation>',
        ways="sa ax xb be xq qc qd cr dr re",
    )  # fmt: skip
    expected = {("登记", "转办"), ("登记", "传阅", "承办"), ("登记", "承办", "传阅")}
    prefixed = text.replace("</", "</b:").replace("<", "<b:").replace("<b:/b:", "</b:")
    prefixed = prefixed.replace("xmlns=", "xmlns:b=").replace("b:x:any", "x:any")
    for written in (text, prefixed):
        flow = read(tmp_path, written)
        assert allowed(flow) == expected
        assert flow.to_pm4py() is flow.to_bpmn() is flow.diagram


@pytest.mark.parametrize(
    "element",
    [
        '<inclusiveGateway id="x"/>', '<eventBasedGateway id="x"/>', '<complexGateway id="x"/>',
        '<subProcess id="x"/>', '<callActivity id="x"/>', '<transaction id="x"/>',
        '<boundaryEvent id="x"/>', '<intermediateThrowEvent id="x"/>',
        '<intermediateCatchEvent id="x"/>', '<adHocSubProcess id="x"/>',
    ],
)  # fmt: skip
def test_an_element_that_is_not_supported_is_named_with_its_line(
    tmp_path: Path, element: str
) -> None:
    name = element[1:].split(maxsplit=1)[0]
    (problem,) = problems_of(tmp_path, GOOD.replace(START, f"{START}\n{element}"))
    assert (problem.key, problem.line) == ("bpmn_element", 4)
    for language in ("zh", "en"):
        assert name in problem.text(language)
        assert "x" in problem.text(language)


def test_what_stands_inside_an_element_counts_too_and_all_is_told_at_once(tmp_path: Path) -> None:
    text = diagram(
        '<startEvent id="s"><timerEventDefinition id="clock"/></startEvent>',
        '<task id="t" name="登记">\n<standardLoopCharacteristics/></task>',
        '<endEvent id="e"><terminateEventDefinition id="stop"/></endEvent>',
    )
    found = [(p.details["got"], p.details["id"], p.line) for p in problems_of(tmp_path, text)]
    assert found == [
        ("timerEventDefinition", "clock", 3),
        ("standardLoopCharacteristics", "—", 5),
        ("terminateEventDefinition", "stop", 6),
    ]


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("签收 → 登记", "bpmn_syntax", 1),
        ("", "bpmn_syntax", 1),
        ("<definitions>\n<process>\n</definitions>", "bpmn_syntax", 3),
        ("<definitions/>", "bpmn_root", None),
        (f'<process xmlns="{NAMESPACE}"/>', "bpmn_root", None),
        (GOOD.replace("</process>", '</process>\n<process id="q"/>'), "bpmn_pools", 9),
        (diagram(START, END, ways="se"), "bpmn_empty", None),
        (diagram(START, '<task id="t"/>', END, ways="st te"), "bpmn_empty", None),
        (f'<definitions xmlns="{NAMESPACE}"/>', "bpmn_empty", None),
        ('<!DOCTYPE d [<!ENTITY x "y">]>\n' + GOOD.replace("登记", "&x;"), "unsafe", None),
        ("<!DOCTYPE d>\n" + GOOD, "unsafe", None),
    ],
)
def test_a_file_that_is_no_such_diagram(
    tmp_path: Path, text: str, key: str, line: int | None
) -> None:
    (problem,) = problems_of(tmp_path, text)
    assert (problem.key, problem.line) == (key, line)


def test_an_arrow_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    """With its own name, its line, and the name that is not there."""
    for end in ("sourceRef", "targetRef"):
        text = re.sub(rf'(id="f1".*){end}="."', rf'\1{end}="nowhere"', GOOD)
        (problem,) = problems_of(tmp_path, text)
        assert (problem.key, problem.line) == ("bpmn_arrow", 7)
        for language in ("zh", "en"):
            assert "f1" in problem.text(language)
            assert "nowhere" in problem.text(language)


def test_what_leads_nowhere_and_what_nothing_leads_to(tmp_path: Path) -> None:
    """Without an end nothing is ever done; a task beside the way would be left out silently."""
    endless = diagram(START, '<task id="t" name="登记"/>', ways="st")
    assert [problem.key for problem in problems_of(tmp_path, endless)] == ["bpmn_end"]
    beside = GOOD.replace("</process>", '<task id="u" name="转办"/></process>')
    (problem,) = problems_of(tmp_path, beside)
    assert (problem.key, problem.details["names"]) == ("bpmn_lost", "转办")


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_another_encoding_is_told(tmp_path: Path, encoding: str) -> None:
    """Also where it would hide a DOCTYPE."""
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    (problem,) = problems_of(tmp_path, (head + GOOD).encode(encoding))
    assert problem.key == "bpmn_encoding"
    hidden = (head + '<!DOCTYPE d [<!ENTITY x "y">]>' + GOOD).encode(encoding)
    assert [problem.key for problem in problems_of(tmp_path, hidden)] == ["unsafe"]


def test_brackets_that_stand_too_deep_are_told() -> None:
    assert parse_flow("(" * 50 + "a" + ")" * 50).steps == ("a",)
    (problem, _) = refused("(" * 2000 + "a" + ")" * 2000)
    assert (problem.key, problem.details["at"]) == ("flow_deep", 51)


def test_a_diagram_without_a_start_is_told_so(tmp_path: Path) -> None:
    text = diagram('<task id="t" name="登记"/>', END, ways="te")
    assert [problem.key for problem in problems_of(tmp_path, text)] == ["bpmn_start"]


def test_several_ways_out_of_a_task_or_a_start_are_refused(tmp_path: Path) -> None:
    """BPMN 2.0.2, 13.3.2, takes them all at once; pm4py would take one of them."""
    tasks = [f'<userTask id="{name}" name="{name}"/>' for name in "abc"]
    for ways, line in (("sa ab ac be ce", 4), ("sa sb ac be ce", 3)):
        (problem,) = problems_of(tmp_path, diagram(START, *tasks, END, ways=ways))
        assert (problem.key, problem.line) == ("bpmn_ways", line)


# --- the picture


SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", ["督查", "应急"])
def test_a_flow_is_a_picture_of_its_steps(name: str) -> None:
    """Every step is a label; the same flow gives the same bytes."""
    flow = eff.read_flow(name)
    picture = flow._repr_svg_()
    root = ET.fromstring(picture)
    assert root.tag == f"{SVG}svg"
    assert set(flow.steps) <= {element.text for element in root.iter(f"{SVG}text")}
    assert eff.read_flow(name)._repr_svg_() == picture


def test_a_diagram_that_was_read_is_a_picture_too(tmp_path: Path) -> None:
    assert ">登记</text>" in read(tmp_path, GOOD)._repr_svg_()
