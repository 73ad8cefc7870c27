"""help() of every plot shows all that it takes, and its docstring explains each of it."""

from __future__ import annotations

import doctest
import inspect
import re
import sys
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import efficiency as eff
from efficiency import tables
from efficiency.report import plots
from efficiency.report.plots.drawing.plot_sources import Need, used
from efficiency.report.plots.drawing.signatures import documented, signature_of

PLOTS = [getattr(plots, name) for name in plots.__all__]
NAMES = plots.__all__


def explained(plot: Callable[..., Any]) -> list[str]:
    """The names that a docstring's parameters open with."""
    (section,) = re.findall(
        r"Parameters\n-+\n(.*?)(?:\n\n|\Z)", inspect.getdoc(plot) or "", re.DOTALL
    )
    lines = [line for line in section.split("\n") if not line.startswith(" ")]
    return [name for line in lines for name in line.split(", ")]


def test_the_namespace_is_that_of_the_package() -> None:
    assert eff.plot is plots
    assert dir(plots) == NAMES == sorted(NAMES)
    assert all(plot.__name__ == f"plot_{name}" for name, plot in zip(NAMES, PLOTS, strict=True))


@pytest.mark.parametrize("plot", PLOTS, ids=NAMES)
def test_every_plot_takes_axes_and_a_language_and_returns_axes(plot: Any) -> None:
    signature = inspect.signature(plot)
    first, *rest = signature.parameters.values()
    assert first.name == "source"
    assert first.default is first.empty
    assert [one.name for one in rest][-2:] == ["ax", "language"]
    assert all(one.kind is one.KEYWORD_ONLY and one.default is None for one in rest[-2:])
    assert all(one.default is not one.empty for one in rest)
    assert signature.return_annotation == "Axes"


@pytest.mark.parametrize("plot", PLOTS, ids=NAMES)
def test_every_parameter_is_explained_in_the_order_of_its_docstring(plot: Any) -> None:
    assert sorted(explained(plot)) == sorted(inspect.signature(plot).parameters)
    assert explained(plot)[0] == "source"
    assert explained(plot)[-2:] == ["ax", "language"]
    assert all(len(line) <= 100 for line in (inspect.getdoc(plot) or "").split("\n"))


@pytest.mark.parametrize("plot", PLOTS, ids=NAMES)
def test_what_is_known_of_a_log_comes_in_the_order_of_all_functions(plot: Any) -> None:
    order = ["source", "standards", "calendar", "cutoff", "closed_by", "period"]
    places = [order.index(name) for name in inspect.signature(plot).parameters if name in order]
    if plot is not plots.changes:  # its period is compared, not seen
        assert places == sorted(places)


@pytest.mark.parametrize("plot", PLOTS, ids=NAMES)
def test_the_examples_hold(plot: Any) -> None:
    """doctest does not look for them itself: a plot is made elsewhere than it stands."""
    found = doctest.DocTestFinder(recurse=False).find(
        plot, plot.__name__, module=False, globs=dict(vars(sys.modules[plot.__module__]))
    )
    runner = doctest.DocTestRunner(verbose=False)
    assert sum(runner.run(test).failed for test in found) == 0


def test_a_signature_and_a_docstring_by_hand() -> None:
    def by(log: Any, standards: pd.DataFrame, calendar: Any = None, *, every: str = "month") -> Any:
        raise NotImplementedError

    def drawing(table: Any, ax: Any, *, share: float = 0.9, language: Any) -> str:
        """
        What is shown.

        Parameters
        ----------
        share, every
            Both.

        Raises
        ------
        ValueError
            Never.
        """
        raise NotImplementedError

    need = Need(used(tables.VOLUME, "month"), by=by, seen=("calendar", "cutoff"))
    signature = signature_of(drawing, need)
    assert list(signature.parameters) == [
        "source", "standards", "calendar", "share", "every", "cutoff", "ax", "language",
    ]  # fmt: skip
    text = documented(drawing, signature, need)
    heads = re.findall(r"^([A-Z]\w+)\n-+$", text, re.MULTILINE)
    assert heads == ["Parameters", "Returns", "Raises"]
    assert text.startswith("What is shown.\n\nParameters\n")
    assert "``tables.VOLUME``, a log (``tables.LOG``)" in text
    assert "\nshare, every\n    Both.\n" in text
