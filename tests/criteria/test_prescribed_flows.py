"""Prescribed flows: what the text form allows, what it refuses and where, BPMN and the picture."""

from __future__ import annotations

import dataclasses
import itertools
import random
import xml.etree.ElementTree as ET
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import efficiency as eff
from efficiency._doors import mining
from efficiency.criteria.prescribed_flows import SHIPPED, parse_flow, strangers
from efficiency.problems import SettingsError
from walked import LONGEST, Word, allowed

RANDOM = settings(deadline=None, derandomize=True, max_examples=60, phases=[Phase.generate])


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
    right, net = words(part, LONGEST), mining.stable(flow.to_petri())
    letters = [*flow.steps, "z"]
    others = [tuple(writer.random.choices(letters, k=k)) for k in (0, 1, 2, 2, 3, 3, 4, 4)]
    for word in [*sorted(right)[:12], *others]:
        assert (mining.align(net, word)[1] == 0) == (word in right)


# --- flows as values


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
    net = mining.stable(eff.read_flow(name).to_petri())
    assert mining.align(net, tuple(way.split()))[1] == cost


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


# --- there and back by BPMN


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
