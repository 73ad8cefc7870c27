"""What should be: the prescribed flow, read from a text that a clerk can write or from BPMN."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from lxml import etree

from efficiency import _graphviz, _pm4py
from efficiency._files import decode
from efficiency.problems import Hint, Problem, SettingsError, listed

Operator = Literal["step", "skip", "sequence", "choice", "parallel", "loop"]
#: The flows that come with the package: Chinese name -> file.
SHIPPED = {
    "收文": "incoming",
    "发文": "outgoing",
    "文稿起草": "drafting",
    "会务": "meetings",
    "督查": "supervision",
    "应急": "emergency",
    "审批": "approval",
}
#: The most times that a repetition may be written out.
_MOST = 20
#: How deep brackets may stand in one another.
_DEEPEST = 50
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<then>→|->)|(?P<open>[\[(（［])|(?P<close>[\])）］])|(?P<or>[|｜])"
    r'|(?P<and>[&＆∥])|(?P<many>[?？*＊+＋]|\{\s*\d*\s*(?:\.\.\s*\d*\s*)?\})|"(?P<quoted>[^"]+)"'
    r'|(?P<name>(?:(?!->)[^→\[\]()（）［］|｜&＆∥?？*＊+＋{}"\s])+'
    r'(?:[ \t]+(?:(?!->)[^→\[\]()（）［］|｜&＆∥?？*＊+＋{}"\s])+)*)'
)
_DEFINITION = re.compile(r"^(?P<name>[^:：→>\[\]()（）［］|｜&＆∥?？*＊+＋{}]+)[:：](?P<rest>.*)$")
_QUOTED = re.compile(r'"[^"]*"')
_CLOSES = {"[": "]", "(": ")", "（": "）", "［": "］"}
_WIDE = str.maketrans("？＊＋", "?*+")
#: What BPMN elements conformance can look at; the rest of the standard is refused by name.
_SUPPORTED = {
    "definitions", "process", "startEvent", "endEvent", "task", "userTask", "manualTask",
    "sendTask", "receiveTask", "serviceTask", "scriptTask", "businessRuleTask", "exclusiveGateway",
    "parallelGateway", "sequenceFlow", "incoming", "outgoing", "laneSet", "lane", "flowNodeRef",
    "documentation", "extensionElements", "textAnnotation", "association", "text", "collaboration",
    "participant", "conditionExpression", "dataObject", "dataObjectReference",
}  # fmt: skip
_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


@dataclass(frozen=True)
class Node:
    """
    A part of a flow: a step, nothing at all (``skip``), or an operator over its children.

    A ``loop`` does its first child, and again after each time that it does its second.
    """

    operator: Operator
    name: str = ""
    children: tuple[Node, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps in it, each once, in the order in which they are written."""
        if self.operator == "step":
            return (self.name,)
        inner = [name for child in self.children for name in child.steps]
        return tuple(dict.fromkeys(inner))


_SKIP = Node("skip")


@dataclass(frozen=True)
class Flow:
    """
    A prescribed flow.

    Attributes
    ----------
    name
        What it is called.
    steps
        Its activities, each once.
    tree
        Its parts; None where it was read from BPMN.
    diagram
        pm4py's BPMN object, where it was read from BPMN.

    Notes
    -----
    In Jupyter a flow is a picture.
    """

    name: str
    steps: tuple[str, ...]
    tree: Node | None = None
    diagram: Any = field(default=None, repr=False, compare=False)

    def to_pm4py(self) -> Any:
        """Give pm4py's object: a ``ProcessTree``, or the ``BPMN`` diagram it was read from."""
        return self.diagram if self.tree is None else _pm4py.process_tree(self.tree)

    def to_petri(self) -> tuple[Any, Any, Any]:
        """Give the Petri net with its initial and its final marking."""
        return _pm4py.petri_net(self.to_pm4py(), "prescribed")

    def to_bpmn(self) -> Any:
        """Give the BPMN diagram as pm4py's object."""
        return self.diagram if self.tree is None else _pm4py.package().convert_to_bpmn(
            self.to_pm4py()
        )  # fmt: skip

    def write_bpmn(self, path: str | Path) -> None:
        """Write the BPMN diagram as a file that BPMN editors open."""
        _pm4py.write_bpmn(self.to_bpmn(), Path(path))

    def to_dot(self) -> str:
        """Describe the BPMN diagram in the DOT language."""
        return _graphviz.bpmn_dot(*_pm4py.bpmn_parts(self.to_bpmn()))

    def _repr_svg_(self) -> str:
        """Draw the flow, which is what Jupyter shows."""
        return _graphviz.draw(self.to_dot()).decode("utf-8")


def read_flow(source: str | Path) -> Flow:
    """
    Read a prescribed flow.

    Parameters
    ----------
    source
        A ``.bpmn`` file, a text file, the text itself (known by its arrow), or the name of a flow
        that comes with the package: 收文, 发文, 文稿起草, 会务, 督查, 应急, 审批.

    Returns
    -------
    Flow

    Raises
    ------
    SettingsError
        If it cannot be read; names the line and the place in it.

    Notes
    -----
    The text form: ``→`` (or ``->``) one after the other; ``[a | b]`` one of them; ``[a]`` or
    ``a?`` may be left out; ``a{1..3}``, ``a*``, ``a+`` repeated; ``(a & b)`` both, in any order;
    ``名称: …`` names a part that other lines may use; ``#`` begins a comment. The flow is the last
    line. A name with a mark in it stands in ``"``.

    Examples
    --------
    >>> read_flow("督查").steps
    ('分解立项', '明确责任', '交办', '督办', '催办', '反馈', '通报', '办结销号')
    >>> read_flow("签收 → [退文 | 拟办 → 批示]").steps
    ('签收', '退文', '拟办', '批示')
    """
    if str(source) in SHIPPED:
        place = (
            resources.files("efficiency.criteria") / "prescribed" / f"{SHIPPED[str(source)]}.flow"
        )
        return parse_flow(place.read_text(encoding="utf-8"), str(source))
    if isinstance(source, str) and ("→" in source or "->" in source):
        return parse_flow(source)
    path = Path(source)
    if not path.is_file():
        details = {"path": str(source), "names": listed(SHIPPED)}
        raise SettingsError([Problem("no_flow", details)])
    if path.suffix.lower() in {".bpmn", ".xml"}:
        return _read_bpmn(path)
    try:
        text = decode(path.read_bytes())[0]
    except UnicodeDecodeError:
        raise SettingsError([Problem("encoding", file=path.name)]) from None
    return parse_flow(text, path.stem, path.name)


def parse_flow(text: str, name: str = "flow", file: str = "flow") -> Flow:
    """
    Read a flow from its text form (see `read_flow`).

    Parameters
    ----------
    text
        One or more lines.
    name
        What the flow is called where its line does not say.
    file
        The name that messages give.

    Raises
    ------
    SettingsError
        If it cannot be read; names the line and the place in it.

    Examples
    --------
    >>> parse_flow("签收 → [退文 | 拟办 → 承办{1..2}]").steps
    ('签收', '退文', '拟办', '承办')
    """
    parts = {}
    for line, (title, rest, offset) in _lines(text):
        if title in parts:
            raise _wrong("flow_twice", file, line, 1, got=title)
        parts[title] = _Reader(rest, file, line, offset).read()
    if not parts:
        raise SettingsError([Problem("no_rows", file=file)])
    last = list(parts)[-1]
    tree = _put_in(parts[last][0], parts, (last,), file)
    return Flow(last or name, tree.steps, tree)


def _lines(text: str) -> Iterator[tuple[int, tuple[str, str, int]]]:
    """Give each definition with its line: its name, what it says, and where that begins."""
    for number, line in enumerate(text.splitlines(), start=1):
        # What stands between quotes is neither a comment nor a definition.
        hidden = _QUOTED.sub(lambda match: "x" * len(match[0]), line)
        plain = line[: hidden.index("#")] if "#" in hidden else line
        plain = plain.rstrip()
        if not plain.strip():
            continue
        match = _DEFINITION.match(hidden[: len(plain)])
        begins = match.start("rest") if match else 0
        title = plain[: match.end("name")].strip().strip('"') if match else ""
        yield number, (title, plain[begins:], begins)


def _wrong(key: str, file: str, line: int, at: int, **details: Any) -> SettingsError:
    return SettingsError([Problem(key, {"at": at, **details}, file=file, line=line)])


Parsed = tuple[Node, int, dict[str, int]]


def _put_in(node: Node, parts: dict[str, Parsed], within: tuple[str, ...], file: str) -> Node:
    """Put what other lines define in the place of their names."""
    if node.operator != "step":
        inner = tuple(_put_in(child, parts, within, file) for child in node.children)
        return replace(node, children=inner)
    if node.name not in parts or not node.name:
        return node
    if node.name in within:
        _, line, places = parts[within[-1]]
        way = " → ".join([*within[within.index(node.name) :], node.name])
        raise _wrong("flow_cycle", file, line, places[node.name], way=way)
    return _put_in(parts[node.name][0], parts, (*within, node.name), file)


@dataclass
class _Reader:
    """Reads one line, from left to right."""

    text: str
    file: str
    line: int
    offset: int
    at: int = 0
    depth: int = 0
    places: dict[str, int] = field(default_factory=dict)

    def read(self) -> Parsed:
        self.tokens = list(self._cut())
        node, _ = self._alternatives()
        kind, got, place = self._next()
        if kind != "end":
            raise self._unexpected("flow_end", got, place)
        return node, self.line, self.places

    def _cut(self) -> Iterator[tuple[str, str, int]]:
        at = 0
        while at < len(self.text):
            match = _TOKEN.match(self.text, at)
            if match is None:
                raise self._unexpected("flow_mark", self.text[at], at)
            kind = str(match.lastgroup)
            if kind != "space":
                yield ("name" if kind == "quoted" else kind), match[kind], at
            at = match.end()
        yield "end", "", len(self.text)

    def _next(self) -> tuple[str, str, int]:
        return self.tokens[self.at]

    def _unexpected(self, key: str, got: str, place: int, **details: Any) -> SettingsError:
        at = place + self.offset + 1
        return _wrong(key, self.file, self.line, at, got=got or "⏎", **details)

    def _alternatives(self) -> tuple[Node, str]:
        """Read alternatives, or parts in any order; with the kind of mark between them."""
        parts, mark = [self._sequence()], ""
        while self._next()[0] in {"or", "and"}:
            kind, got, place = self._next()
            if mark not in {"", kind}:
                raise self._unexpected("flow_mixed", got, place)
            mark = kind
            self.at += 1
            parts.append(self._sequence())
        if not mark:
            return parts[0], mark
        return Node("choice" if mark == "or" else "parallel", children=tuple(parts)), mark

    def _sequence(self) -> Node:
        parts = [self._repeated()]
        while self._next()[0] == "then":
            self.at += 1
            parts.append(self._repeated())
        return parts[0] if len(parts) == 1 else Node("sequence", children=tuple(parts))

    def _repeated(self) -> Node:
        node = self._single()
        while self._next()[0] == "many":
            _, mark, place = self._next()
            node = self._times(node, mark.translate(_WIDE), place)
            self.at += 1
        return node

    def _single(self) -> Node:
        kind, got, place = self._next()
        if kind == "name" and got.strip():
            self.at += 1
            self.places.setdefault(got.strip(), place + self.offset + 1)
            return Node("step", got.strip())
        if kind != "open":
            raise self._unexpected("flow_step", got, place)
        self.at, self.depth = self.at + 1, self.depth + 1
        if self.depth > _DEEPEST:
            raise self._unexpected("flow_deep", got, place, most=_DEEPEST)
        node, between = self._alternatives()
        close, mark, end = self._next()
        if close != "close" or mark != _CLOSES[got]:
            raise self._unexpected("flow_close", mark, end, want=_CLOSES[got])
        self.at, self.depth = self.at + 1, self.depth - 1
        # Without a choice in them, square brackets say that something may be left out.
        is_option = got in "[［" and between != "or"
        return _optional(node) if is_option else node

    def _times(self, node: Node, mark: str, place: int) -> Node:
        """Repeat a part: ?, *, +, {n}, {m..n} or {m..}."""
        if mark == "+":
            return Node("loop", children=(node, _SKIP))
        if mark in "?*":
            least, most = (0, 1 if mark == "?" else None)
        else:
            low, dots, high = (part.strip() for part in mark.strip("{}").partition(".."))
            least = int(low or 0)
            most = int(high) if high else None if dots else least
        if least > _MOST:
            raise self._unexpected("flow_times", mark, place, most=_MOST)
        if most is None:
            # Nothing, and again after each time: fewer silent steps than a choice of a loop.
            any_times = Node("loop", children=(_SKIP, node))
            return any_times if not least else Node(
                "sequence", children=(*[node] * least, any_times)
            )  # fmt: skip
        if not least <= most <= _MOST or most == 0:
            raise self._unexpected("flow_times", mark, place, most=_MOST)
        if most == least == 1:
            return node
        rest: Node | None = None
        for _ in range(most - least):
            rest = _optional(node if rest is None else Node("sequence", children=(node, rest)))
        parts = [node] * least + ([rest] if rest else [])
        return parts[0] if len(parts) == 1 else Node("sequence", children=tuple(parts))


def _optional(node: Node) -> Node:
    return Node("choice", children=(node, _SKIP))


def _read_bpmn(path: Path) -> Flow:
    """Read a BPMN file, and refuse by name what conformance cannot look at."""
    problems = list(_unsupported(path))
    if problems:
        raise SettingsError(problems)
    diagram = _pm4py.read_bpmn(path)
    steps = tuple(
        name for _, kind, name in _pm4py.bpmn_parts(diagram)[0] if kind == "task" and name
    )
    lost = sorted(set(_pm4py.task_names(diagram)) - set(steps))
    if lost and steps:
        raise SettingsError([Problem("bpmn_lost", {"names": listed(lost)}, file=path.name)])
    if not steps:
        raise SettingsError([Problem("bpmn_empty", file=path.name)])
    return Flow(path.stem, tuple(dict.fromkeys(steps)), None, diagram)


def _unsupported(path: Path) -> Iterator[Problem]:
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


def strangers(flow: Flow, activities: tuple[str, ...], file: str = "") -> list[Problem]:
    """
    List the activities of a flow that a log never has, with the nearest names.

    Examples
    --------
    >>> strangers(parse_flow("登记 → 转办"), ("登记",))[0].text()
    "the log has no activity '转办'; nearest: 登记"
    """
    return [
        Problem("activity", {"got": name, "hint": Hint(name, activities)}, file=file)
        for name in flow.steps
        if name not in activities
    ]
