"""A notebook on a review, to go on from: its tables and pictures, one question each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from efficiency.reviews.documents.outputs import json_bytes
from efficiency.reviews.settings import read_folder
from efficiency.words import phrase

NAME = "report.ipynb"
#: What each section asks, and what is typed to answer it; ``{log}`` is the first log's name.
_SECTIONS = (
    ("draft_standing", "eff.show(office.written()['standing'])"),
    ("draft_overview", "eff.show(office.overview)"),
    ("draft_flow", "office['{log}'].map()"),
    ("draft_limits", "eff.show(office.compliance)"),
    ("draft_findings", "eff.show(office.written()['findings'], rows=50)"),
    ("draft_waiting", "office['{log}'].plot.waiting()"),
    ("draft_points", "eff.show(office.points)"),
)


def write_notebook(folder: str | Path) -> Path:
    """
    Write a notebook into a review folder.

    Parameters
    ----------
    folder
        The review's folder.

    Returns
    -------
    Path
        ``report.ipynb``; one that is there already stays, and is returned as it is.

    Raises
    ------
    SettingsError
        If the folder's settings cannot be read.
    """
    place = read_folder(folder)
    path = place.path / NAME
    if path.exists():
        return path
    language, log = place.settings.language, next(iter(place.settings.logs))
    parts = [
        ("markdown", f"# {place.settings.title}\n\n{phrase('draft_intro', language)}"),
        ("code", 'import efficiency as eff\n\noffice = eff.open_review(".")'),
    ]
    for key, code in _SECTIONS:
        parts += [("markdown", f"## {phrase(key, language)}"), ("code", code.format(log=log))]
    cells = [_cell(at, *part) for at, part in enumerate(parts)]
    whole = {
        "cells": cells, "metadata": {"kernelspec": _KERNEL}, "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip
    path.write_bytes(json_bytes(whole))
    return path


def _cell(at: int, kind: str, source: str) -> dict[str, Any]:
    """A cell of a notebook, by the format's fourth version; its id is the same every time."""
    cell: dict[str, Any] = {"cell_type": kind, "id": f"c{at:02d}", "metadata": {}, "source": source}
    return cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []}


_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
