"""How pictures look: one context, Chinese glyphs right, the same bytes every time."""

from __future__ import annotations

import inspect
import io
import locale
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache, wraps
from typing import Any

import matplotlib as mpl
import matplotlib.image as mpimg
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from efficiency._doors.graphviz import FONT, draw, font_folder
from efficiency._doors.signs import visible
from efficiency.language import Language, spoken
from efficiency.report.plots.drawing.plot_sources import Need, found
from efficiency.report.plots.drawing.signatures import documented, signature_of
from efficiency.words import phrase

BLUE, RED, GREEN, GREY, AMBER = "#2f6fab", "#c0392b", "#3b8f5a", "#7a8794", "#d99a2b"
#: Dots an inch of what is a picture of points, and the least width of a figure: a title needs some.
_DPI, _LEAST = 160, 5.0
_RC: dict[Any, Any] = {
    # By name, not as "sans-serif": a text keeps it when Jupyter draws it outside the context.
    "font.family": [FONT, "DejaVu Sans"],
    "font.size": 10,
    "axes.unicode_minus": False,
    # A name with a dollar sign is a name, not a formula.
    "text.parse_math": False,
    # Left to itself the shaping of glyphs follows the language of the machine.
    "text.language": "zh-Hans",
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
    with _language_of_glyphs(), mpl.rc_context(_RC):
        yield


@contextmanager
def _language_of_glyphs() -> Iterator[None]:
    """
    Shape glyphs as on any other machine.

    Notes
    -----
    Matplotlib does not pass ``text.language`` on for texts of several lines; HarfBuzz then takes
    the language of the process, once and for all, and a Chinese one has other digits.
    """
    kept = locale.setlocale(locale.LC_CTYPE)
    for name in ("C.UTF-8", "C"):
        with suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, name)
            break
    try:
        yield
    finally:
        locale.setlocale(locale.LC_CTYPE, kept)


def svg(figure: Figure) -> str:
    """A figure as an ``<svg>`` element, glyphs as paths, the same bytes every time."""
    buffer = io.StringIO()
    for text in figure.findobj(Text):
        text.set_text(visible(text.get_text()))
    with styled():
        figure.savefig(
            buffer, format="svg", bbox_inches="tight", dpi=_DPI,
            metadata={"Date": None, "Creator": None},
        )  # fmt: skip
    drawn = buffer.getvalue()
    return drawn[drawn.index("<svg") :]


def drawing(axes: Axes) -> str:
    """The figure of Axes as an ``<svg>`` element; it is closed."""
    figure: Any = axes.get_figure()
    text = svg(figure)
    plt.close(figure)
    return text


def entitle(ax: Axes, title: str) -> None:
    """Set a title, above the legend where that stands above the Axes."""
    legend = ax.get_legend()
    over = 0.0
    if legend is not None:
        over = legend.get_window_extent().y1 - ax.get_window_extent().y1
    figure: Any = ax.get_figure(root=True)
    ax.set_title(title, pad=max(over, 0.0) * 72 / figure.dpi + 6)


def drawn(
    size: Callable[[pd.DataFrame], tuple[float, float]], need: Need, **beside: Need | str
) -> Callable[[Callable[..., str]], Callable[..., Axes]]:
    """
    Make a plot of a drawing: it is given its table and its Axes, and gives its title.

    Parameters
    ----------
    size
        Width and height that fit the table, in inches.
    need
        The table that is drawn, and what it is made of.
    **beside
        Arguments of the drawing that are known where the table is made here: other tables, or
        the key of a phrase.
    """

    def paint(
        drawing: Callable[..., str], table: pd.DataFrame, ax: Axes | None, **rest: Any
    ) -> Axes:
        if ax is None:
            ax = plt.figure(figsize=size(table)).add_subplot()
        entitle(ax, drawing(table, ax, **rest))
        return ax

    return _plot(paint, need, beside)


def pictured(
    need: Need, **beside: Need | str
) -> Callable[[Callable[..., tuple[str, str]]], Callable[..., Axes]]:
    """
    Make a plot of a drawing in the DOT language: it is given its table, and gives text and title.

    Parameters
    ----------
    need, **beside
        As for `drawn`.
    """

    def paint(
        drawing: Callable[..., tuple[str, str]], table: pd.DataFrame, ax: Axes | None, **rest: Any
    ) -> Axes:
        dot, title = drawing(table, **rest)
        ax = laid_out(dot, ax)
        entitle(ax, title)
        return ax

    return _plot(paint, need, beside)


def laid_out(dot: str, ax: Axes | None) -> Axes:
    """Lay a drawing out and put its picture on the Axes."""
    sharp = dot.replace("digraph {", f"digraph {{\n  dpi={_DPI};", 1)
    picture = mpimg.imread(io.BytesIO(draw(sharp, "png")))
    if ax is None:
        height, width = picture.shape[0] / _DPI, picture.shape[1] / _DPI
        ax = plt.figure(figsize=(max(width, _LEAST), max(height, 1.5))).add_subplot()
    ax.imshow(picture)
    # A title stands at the left of its Axes, which shrink to the picture.
    ax.set_anchor("W")
    ax.set_axis_off()
    return ax


def _plot(
    paint: Callable[..., Axes], need: Need, beside: Mapping[str, Need | str]
) -> Callable[[Callable[..., Any]], Callable[..., Axes]]:
    tables = {name: one for name, one in beside.items() if isinstance(one, Need)}
    phrases = {name: one for name, one in beside.items() if isinstance(one, str)}

    def decorate(function: Callable[..., Any]) -> Callable[..., Axes]:
        signature = signature_of(function, need)
        own = inspect.signature(function).parameters

        @wraps(function)
        def plot(*args: Any, **kwargs: Any) -> Axes:
            given = _given(signature.bind(*args, **kwargs))
            source, ax = given.pop("source"), given.pop("ax", None)
            language: Language = given.pop("language", None) or spoken()
            told = {name: given.pop(name) for name in own if name in given}
            table, known = found(need, tables, source, given)
            if known is not None:
                said = {name: phrase(key, language) for name, key in phrases.items()}
                told = {**known, **said, **told}
            told = {name: _seen(value) for name, value in told.items()}
            with styled():
                return paint(function, _seen(table), ax, **told, language=language)

        vars(plot)["__signature__"] = signature
        plot.__doc__ = documented(function, signature, need)
        return plot

    return decorate


def _seen(value: Any) -> Any:
    """A table in whose texts every sign can be seen; anything else as it is."""
    if not isinstance(value, pd.DataFrame):
        return value
    told = {}
    for name in value.select_dtypes("object"):
        texts = [one for one in value[name].dropna().unique() if isinstance(one, str)]
        changed = {one: visible(one) for one in texts if visible(one) != one}
        if changed:
            told[name] = value[name].map(lambda one, changed=changed: changed.get(one, one))
    return value.assign(**told)


def _given(bound: inspect.BoundArguments) -> dict[str, Any]:
    """The arguments that say something: None and () are as if they were not given."""
    return {
        name: value
        for name, value in bound.arguments.items()
        if name == "source" or not (value is None or (isinstance(value, tuple) and not value))
    }
