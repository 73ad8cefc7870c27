"""What the tests of findings share: the slow reference, and a judge of cases written by hand."""

from __future__ import annotations

import importlib.util
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

import efficiency as eff


@pytest.fixture(scope="session")
def reference() -> ModuleType:
    """Give the module of the slow reference, wherever the tests are run from."""
    path = Path(__file__).with_name("reference.py")
    spec = importlib.util.spec_from_file_location("slow_reference", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def hold() -> Callable[..., list[dict[str, Any] | None]]:
    """
    Give a function that judges cases written by hand, each by a standard of its own.

    A case is a list of texts such as ``登记 2024-03-05 17:25`` (an end; with a date alone, to the
    day) or ``登记.received 2024-03-05``; a standard is a dict whose ``from`` is 登记 and ``to``
    转办 unless it says otherwise. The answer holds one judgement a case, times as text.
    """

    def judged(
        *pairs: tuple[list[str], dict[str, str]],
        cutoff: str | None = None,
        calendar: eff.Calendar | None = None,
        unit: str | None = None,
    ) -> list[dict[str, Any] | None]:
        steps = [_step(str(i), text, unit) for i, (case, _) in enumerate(pairs) for text in case]
        times = {
            name: pd.to_datetime([s[name] for s in steps]) for name in ("received", "start", "end")
        }
        standards = pd.DataFrame(
            [{**DEFAULTS, "standard_id": f"T{i}", "scope": f"case_id={i}", **standard}
             for i, (_, standard) in enumerate(pairs)]
        )  # fmt: skip
        with warnings.catch_warnings():
            # That an activity never happens is what some of the cases are about.
            warnings.filterwarnings("ignore", message=".*the log has no activity")
            told = eff.judge(pd.DataFrame(steps).assign(**times), standards, calendar, cutoff)
        rows = {row["standard_id"]: row for row in told.to_dict("records")}
        return [_shown(rows.get(f"T{i}")) for i in range(len(pairs))]

    return judged


DEFAULTS = {
    "from": "登记",
    "to": "转办",
    "clock": "working",
    "suspend": "",
    "resume": "",
    "required": "",
}


def _step(case: str, text: str, unit: str | None) -> dict[str, Any]:
    name, stamp = text.split(" ", 1)
    name, _, kind = name.partition(".")
    kind = kind or "end"
    step = {
        "case_id": case,
        "activity": name,
        "unit": unit,
        "received": None,
        "start": None,
        "end": None,
    }
    precisions = dict.fromkeys(("received_precision", "start_precision", "end_precision"))
    precisions[f"{kind}_precision"] = "second" if ":" in stamp else "day"
    return {**step, **precisions, kind: pd.Timestamp(stamp)}


def _shown(row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    told = {name: None if pd.isna(value) else value for name, value in row.items()}
    return {
        name: str(value) if isinstance(value, pd.Timestamp) else value
        for name, value in told.items()
    }
