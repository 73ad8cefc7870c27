"""How pictures look: one context, Chinese glyphs right, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from efficiency._doors.graphviz import FONT, font_folder

Rest = ParamSpec("Rest")

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
    # A backend that is first loaded inside the context is set back with it, and Jupyter's inline
    # backend then shows no later figure.
    plt.draw_if_interactive()  # type: ignore[no-untyped-call]
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


def drawing(axes: Axes) -> str:
    """Give the figure of Axes as an ``<svg>`` element, and close it."""
    figure: Any = axes.get_figure()
    text = svg(figure)
    plt.close(figure)
    return text


def drawn(
    size: Callable[[pd.DataFrame], tuple[float, float]],
) -> Callable[
    [Callable[Concatenate[pd.DataFrame, Axes, Rest], None]],
    Callable[..., Axes],
]:
    """Give a drawing function its Axes, in the house style, at a size that fits the table."""

    def decorate(
        function: Callable[Concatenate[pd.DataFrame, Axes, Rest], None],
    ) -> Callable[..., Axes]:
        @wraps(function)
        def plot(table: pd.DataFrame, *, ax: Axes | None = None, **rest: Any) -> Axes:
            with styled():
                if ax is None:
                    ax = plt.figure(figsize=size(table)).add_subplot()
                function(table, ax, **rest)  # type: ignore[call-arg]
                return ax

        return plot

    return decorate
