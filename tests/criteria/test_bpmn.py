"""BPMN files: what is read of them, and what is refused, by name and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import efficiency as eff
from efficiency.criteria.prescribed_flows import Flow
from efficiency.problems import Problem, SettingsError
from walked import allowed

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


def test_a_diagram_without_a_start_is_told_so(tmp_path: Path) -> None:
    text = diagram('<task id="t" name="登记"/>', END, ways="te")
    assert [problem.key for problem in problems_of(tmp_path, text)] == ["bpmn_start"]


def test_several_ways_out_of_a_task_or_a_start_are_refused(tmp_path: Path) -> None:
    """BPMN 2.0.2, 13.3.2, takes them all at once; pm4py would take one of them."""
    tasks = [f'<userTask id="{name}" name="{name}"/>' for name in "abc"]
    for ways, line in (("sa ab ac be ce", 4), ("sa sb ac be ce", 3)):
        (problem,) = problems_of(tmp_path, diagram(START, *tasks, END, ways=ways))
        assert (problem.key, problem.line) == ("bpmn_ways", line)


def test_a_diagram_that_was_read_is_a_picture_too(tmp_path: Path) -> None:
    assert ">登记</text>" in read(tmp_path, GOOD)._repr_svg_()
