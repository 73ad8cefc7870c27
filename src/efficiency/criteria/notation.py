"""The text form of a flow: how a clerk writes it, and what each mark means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from efficiency.problems import Problem, SettingsError

Operator = Literal["step", "skip", "sequence", "choice", "parallel", "loop"]
#: The most times that a repetition may be written out.
_MOST = 20
#: Parts of a flow with all that is repeated or named written out: more is a slip, or meant to harm.
_LARGEST = 2_000
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


@dataclass(frozen=True)
class Node:
    """
    A part of a flow: a step, nothing at all (``skip``), or an operator over its children.

    A ``loop`` does its first child, and again after each time that it does its second.
    """

    operator: Operator
    name: str = ""
    children: tuple[Node, ...] = ()
    size: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Count its parts, however often one stands in it."""
        object.__setattr__(self, "size", 1 + sum(child.size for child in self.children))

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps in it, each once, in the order in which they are written."""
        if self.operator == "step":
            return (self.name,)
        inner = [name for child in self.children for name in child.steps]
        return tuple(dict.fromkeys(inner))

    @property
    def usual(self) -> tuple[str, ...]:
        """
        The steps of the way that leaves out what may be left out.

        Notes
        -----
        Of several branches it takes the one with the most such steps, the first of equals.

        Examples
        --------
        >>> read_notation("签收 → [退文 | 拟办 → [审核] → (补正)* → 承办+]", "flow")[1].usual
        ('签收', '拟办', '承办')
        """
        if self.operator == "step":
            return (self.name,)
        ways = [child.usual for child in self.children]
        if self.operator == "loop":
            ways = ways[:1]
        elif self.operator == "choice":
            may_skip = any(child.operator == "skip" for child in self.children)
            ways = [] if may_skip else [max(ways, key=len)]
        return tuple(dict.fromkeys(name for way in ways for name in way))


_SKIP = Node("skip")


def read_notation(text: str, file: str) -> tuple[str, Node]:
    """
    Read a flow from its text: its name, empty where its line gives none, and its parts.

    Parameters
    ----------
    text
        One or more lines; the flow is the last.
    file
        The name that messages give.

    Raises
    ------
    SettingsError
        If it cannot be read; names the line and the place in it.

    Examples
    --------
    >>> read_notation("督查: 交办 → 反馈", "flow")[1].steps
    ('交办', '反馈')
    """
    parts = {}
    for line, (title, rest, offset) in _lines(text):
        if title in parts:
            raise _wrong("flow_twice", file, line, 1, got=title)
        parts[title] = _Reader(rest, file, line, offset).read()
    if not parts:
        raise SettingsError([Problem("no_rows", file=file)])
    last = list(parts)[-1]
    return last, _put_in(parts[last][0], parts, (last,), file)


def _lines(text: str) -> Iterator[tuple[int, tuple[str, str, int]]]:
    """Each definition with its line: its name, what it says, and where that begins."""
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
        made = replace(node, children=inner)
        if made.size > _LARGEST:
            raise _wrong("flow_large", file, parts[within[-1]][1], 1, most=_LARGEST)
        return made
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
        """Repeat a part, if it does not grow beyond measure."""
        if node.size > _LARGEST:
            raise self._unexpected("flow_large", mark, place, most=_LARGEST)
        return self._repeat(node, mark, place)

    def _repeat(self, node: Node, mark: str, place: int) -> Node:
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
