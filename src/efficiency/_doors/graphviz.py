"""The one door to Graphviz: a drawing in the DOT language in, SVG or PNG out."""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

from efficiency._doors.signs import visible

FONT = "Noto Sans SC"
_FONTS = """<?xml version="1.0"?>
<fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@cache
def font_folder() -> Path:
    """The folder of the Chinese fonts."""
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.__file__).parent


@cache
def _pygraphviz() -> ModuleType:
    """Import pygraphviz, whose Graphviz must find the fonts before it is loaded."""
    # A folder of this process alone: another user's would not be ours to write to, or to trust.
    folder = Path(tempfile.mkdtemp(prefix="efficiency-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    config = folder / "fonts.conf"
    config.write_text(_FONTS.format(folder=font_folder(), cache=folder), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(config)
    os.environ["PANGO_LANGUAGE"] = "zh"  # else the glyphs follow the language of the machine
    import pygraphviz

    module: ModuleType = pygraphviz
    return module


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Hold back what fontconfig writes to the process's own stderr at the first drawing."""
    kept = os.dup(2)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def draw(dot: str, form: str = "svg") -> bytes:
    """
    Lay a drawing out and give its bytes; the same drawing gives the same bytes.

    Parameters
    ----------
    dot
        The drawing in the DOT language.
    form
        ``svg`` or ``png``.

    Examples
    --------
    >>> draw('digraph { "登记" -> "转办" }').startswith(b"<svg")
    True
    """
    with _quiet():
        drawn: bytes = _pygraphviz().AGraph(string=visible(dot)).draw(format=form, prog="dot")
    if form != "svg":
        return drawn
    # Only the <svg> element, so that it can stand inside a page; its comments name versions.
    text = drawn.decode("utf-8")
    return re.sub(r"<!--.*?-->\n?", "", text[text.index("<svg") :], flags=re.DOTALL).encode()


def quoted(text: object) -> str:
    r"""
    Quote a text for the DOT language.

    Examples
    --------
    >>> quoted('a "b"')
    '"a \\"b\\""'
    """
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


_SHAPES = {
    "task": 'shape=box style="rounded,filled" fillcolor="#eaf2fb"',
    "xor": 'shape=diamond label="×" width=0.4 height=0.4 fixedsize=true fontsize=16',
    "and": 'shape=diamond label="+" width=0.4 height=0.4 fixedsize=true fontsize=16',
    "or": 'shape=diamond label="○" width=0.4 height=0.4 fixedsize=true fontsize=12',
    "start": 'shape=circle label="" width=0.28 style=filled fillcolor="#ddf0dd"',
    "end": 'shape=circle label="" width=0.28 penwidth=2.5 style=filled fillcolor="#f6dcdc"',
}


#: How a task looks that has a note.
_NOTED = 'shape=box style="rounded,filled" fillcolor="#fdebd3" color="#b9770e"'


def bpmn_dot(
    nodes: list[tuple[str, str, str]],
    flows: list[tuple[str, str]],
    notes: Mapping[str, Sequence[str]] | None = None,
    rankdir: str = "LR",
) -> str:
    """
    Describe a BPMN diagram in the DOT language.

    Parameters
    ----------
    nodes
        ``(id, kind, label)``; kinds are task, xor, and, or, start, end.
    flows
        ``(source id, target id)``.
    notes
        What stands under the label of a task, line by line.
    rankdir
        ``LR`` or ``TB``.
    """
    notes = notes or {}
    font = quoted(FONT)
    lines = [
        f'digraph {{ rankdir={rankdir}; bgcolor="transparent"; nodesep=0.25; ranksep=0.35; '
        f'node [fontname={font} fontsize=11 color="#5b6b7b"]; '
        f'edge [color="#7a8794" arrowsize=0.6];'
    ]
    for key, kind, label in nodes:
        is_noted = kind == "task" and label in notes
        text = "\n".join([label, *notes[label]]) if is_noted else label
        shown = f"label={quoted(text)} " if kind == "task" else ""
        lines.append(f"  {quoted(key)} [{shown}{_NOTED if is_noted else _SHAPES[kind]}];")
    lines += [f"  {quoted(a)} -> {quoted(b)};" for a, b in flows]
    return "\n".join([*lines, "}"])
