"""What of a BPMN file conformance can look at; the rest is told by name and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from efficiency.problems import Problem

#: What BPMN elements conformance can look at; the rest of the standard is refused by name.
_SUPPORTED = {
    "definitions", "process", "startEvent", "endEvent", "task", "userTask", "manualTask",
    "sendTask", "receiveTask", "serviceTask", "scriptTask", "businessRuleTask", "exclusiveGateway",
    "parallelGateway", "sequenceFlow", "incoming", "outgoing", "laneSet", "lane", "flowNodeRef",
    "documentation", "extensionElements", "textAnnotation", "association", "text", "collaboration",
    "participant", "conditionExpression", "dataObject", "dataObjectReference",
}  # fmt: skip
_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def unsupported(path: Path) -> Iterator[Problem]:
    """List what of a BPMN file is not supported, and what it lacks."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        yield Problem("bpmn_syntax", {"why": error.msg}, file=path.name, line=error.lineno)
        return
    written = root.getroottree().docinfo
    if written.doctype:
        yield Problem("unsafe", {"why": "<!DOCTYPE"}, file=path.name)
        return
    if (written.encoding or "UTF-8").upper() not in {"UTF-8", "ASCII", "US-ASCII"}:
        yield Problem("bpmn_encoding", {"got": written.encoding}, file=path.name)
        return
    if etree.QName(root).localname != "definitions" or etree.QName(root).namespace != _BPMN:
        yield Problem("bpmn_root", {"got": etree.QName(root).localname}, file=path.name)
        return
    processes = root.findall(f"{{{_BPMN}}}process")
    if len(processes) > 1:
        yield Problem(
            "bpmn_pools", {"n": len(processes)}, file=path.name, line=processes[1].sourceline
        )
    yield from _loose_ends(root, path.name)
    for element in root.iter(f"{{{_BPMN}}}*"):
        name = etree.QName(element).localname
        if name not in _SUPPORTED:
            details = {"got": name, "id": element.get("id") or element.get("name") or "—"}
            yield Problem("bpmn_element", details, file=path.name, line=element.sourceline)


def _loose_ends(root: etree._Element, file: str) -> Iterator[Problem]:
    """Tell of arrows that lead nowhere, of tasks with several ways out, and of a missing start."""
    nodes = {element.get("id") for element in root.iter() if element.get("id")}
    ways: dict[str, int] = {}
    for arrow in root.iter(f"{{{_BPMN}}}sequenceFlow"):
        ends = [arrow.get(name) or "—" for name in ("sourceRef", "targetRef")]
        ways[ends[0]] = ways.get(ends[0], 0) + 1
        for end in ends:
            if end not in nodes:
                details = {"id": arrow.get("id") or "—", "got": end}
                yield Problem("bpmn_arrow", details, file=file, line=arrow.sourceline)
    for element in root.iter(f"{{{_BPMN}}}*"):
        kind, name = etree.QName(element).localname, element.get("id") or "—"
        if (kind == "startEvent" or kind.lower().endswith("task")) and ways.get(name, 0) > 1:
            details = {"got": element.get("name") or name}
            yield Problem("bpmn_ways", details, file=file, line=element.sourceline)
    for kind, key in (("startEvent", "bpmn_start"), ("endEvent", "bpmn_end")):
        if root.find(f".//{{{_BPMN}}}{kind}") is None and ways:
            yield Problem(key, file=file)
