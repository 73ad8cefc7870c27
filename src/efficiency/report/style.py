"""How pictures look: one context, Chinese glyphs right, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure

from efficiency._graphviz import FONT, font_folder

BLUE, RED, GREEN, GREY, AMBER = "#2f6fab", "#c0392b", "#3b8f5a", "#7a8794", "#d99a2b"
_RC: dict[Any, Any] = {
    # By name, not as "sans-serif": a text keeps it when Jupyter draws it outside the context.
    "font.family": [FONT, "DejaVu Sans"],
    "font.size": 10,
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e3e8ed",
    "grid.linewidth": 0.7,
    "figure.facecolor": "none",
    "legend.frameon": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "efficiency",
}


@cache
def _add_fonts() -> None:
    for path in sorted(font_folder().glob("*.otf")):
        font_manager.fontManager.addfont(str(path))


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the house style inside this context; nothing is set globally."""
    _add_fonts()
    with mpl.rc_context(_RC):
        yield


def svg(figure: Figure) -> str:
    """Give a figure as an ``<svg>`` element, glyphs as paths, the same bytes every time."""
    buffer = io.StringIO()
    with styled():
        figure.savefig(
            buffer, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None}
        )
    text = buffer.getvalue()
    return text[text.index("<svg") :]
