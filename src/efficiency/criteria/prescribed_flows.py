"""What should be: the prescribed flow, read from a text that a clerk can write or from BPMN."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from efficiency._doors import graphviz, mining
from efficiency._doors.files import decode
from efficiency.criteria.bpmn import unsupported
from efficiency.criteria.notation import Node, read_notation
from efficiency.problems import Hint, Problem, SettingsError, listed

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

    @property
    def usual(self) -> tuple[str, ...]:
        """The steps of its usual way (see `Node.usual`); none where it was read from BPMN."""
        return () if self.tree is None else self.tree.usual

    def to_pm4py(self) -> Any:
        """Pm4py's object: a ``ProcessTree``, or the ``BPMN`` diagram it was read from."""
        return self.diagram if self.tree is None else mining.process_tree(self.tree)

    def to_petri(self) -> tuple[Any, Any, Any]:
        """The Petri net with its initial and its final marking."""
        return mining.petri_net(self.to_pm4py(), "prescribed")

    def to_bpmn(self) -> Any:
        """The BPMN diagram as pm4py's object."""
        return self.diagram if self.tree is None else mining.package().convert_to_bpmn(
            self.to_pm4py()
        )  # fmt: skip

    def write_bpmn(self, path: str | Path) -> None:
        """Write the BPMN diagram as a file that BPMN editors open."""
        mining.write_bpmn(self.to_bpmn(), Path(path))

    def to_dot(self) -> str:
        """Describe the BPMN diagram in the DOT language."""
        return graphviz.bpmn_dot(*mining.bpmn_parts(self.to_bpmn()))

    def _repr_svg_(self) -> str:
        """Draw the flow, which is what Jupyter shows."""
        return graphviz.draw(self.to_dot()).decode("utf-8")


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
    given, tree = read_notation(text, file)
    return Flow(given or name, tree.steps, tree)


def _read_bpmn(path: Path) -> Flow:
    """Read a BPMN file, and refuse by name what conformance cannot look at."""
    problems = list(unsupported(path))
    if problems:
        raise SettingsError(problems)
    diagram = mining.read_bpmn(path)
    steps = tuple(
        name for _, kind, name in mining.bpmn_parts(diagram)[0] if kind == "task" and name
    )
    lost = sorted(set(mining.task_names(diagram)) - set(steps))
    if lost and steps:
        raise SettingsError([Problem("bpmn_lost", {"names": listed(lost)}, file=path.name)])
    if not steps:
        raise SettingsError([Problem("bpmn_empty", file=path.name)])
    return Flow(path.stem, tuple(dict.fromkeys(steps)), None, diagram)


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
