"""A report as JSON and back, so that it can be rendered anew without computing."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from efficiency.findings.finding import Finding
from efficiency.problems import Problem, SettingsError
from efficiency.report import blocks
from efficiency.report.blocks import Report
from efficiency.report.numbers import Bound, Cell
from efficiency.report.telling import ToldFinding

#: What a report is made of, by name; nothing else is read back.
_KINDS: Mapping[str, Any] = {
    kind.__name__: kind
    for kind in (
        Report, blocks.Heading, blocks.Text, blocks.Paragraph, blocks.Note, blocks.Grid,
        blocks.Picture, blocks.View, blocks.Pair, blocks.Card, blocks.KeyFigures, blocks.Ref,
        Bound, Cell, ToldFinding, Finding,
    )
}  # fmt: skip
#: What of a finding no rendering needs: its sentences were told.
_LEFT_OUT = {"says"}


def as_json(value: Any) -> Any:
    """
    Write a report, or a part of one, as plain values.

    Examples
    --------
    >>> as_json(blocks.Heading("一、", 2))
    {'kind': 'Heading', 'text': '一、', 'level': 2}
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        told = {
            one.name: as_json(getattr(value, one.name))
            for one in dataclasses.fields(value)
            if one.name not in _LEFT_OUT
        }
        # A finding has a kind of its own.
        return {"kind": type(value).__name__, **{_KIND.get(k, k): v for k, v in told.items()}}
    if isinstance(value, (tuple, list)):
        return [as_json(part) for part in value]
    if isinstance(value, float):
        return None if value != value or value in {float("inf"), float("-inf")} else value  # noqa: PLR0124
    return value


_KIND = {"kind": "kind_"}


def from_json(value: Any) -> Any:
    """
    Read back what `as_json` wrote.

    Raises
    ------
    ValueError
        If a part is of no known kind.

    Examples
    --------
    >>> from_json({"kind": "Heading", "text": "一、", "level": 2})
    Heading(text='一、', level=2)
    """
    if isinstance(value, list):
        return tuple(from_json(part) for part in value)
    if not isinstance(value, dict):
        return value
    kind = _KINDS.get(value.get("kind", ""))
    if kind is None:
        raise ValueError(f"no part of a report is a {value.get('kind')!r}")
    told = {k.removesuffix("_"): from_json(v) for k, v in value.items() if k != "kind"}
    return kind(**told, **({"says": {}} if kind is Finding else {}))


def read_stored(path: Path) -> Any:
    """
    Read a report back from ``report.json``.

    Raises
    ------
    SettingsError
        If the file is damaged.
    """
    try:
        report = from_json(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError, AttributeError):
        raise damaged(path) from None
    if not isinstance(report, blocks.Report):
        raise damaged(path)
    return report


def damaged(path: Path) -> SettingsError:
    """What is said of a file in ``output/`` that is not as it was written."""
    folder = str(path.parent.parent)
    return SettingsError([Problem("damaged_output", {"folder": folder}, file=path.name)])
