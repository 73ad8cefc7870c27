"""Findings as people read them, and small tables of what they are told from."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from efficiency.findings.finding import Finding

LANGUAGES = ("zh", "en")
TEXTS = ("title", "criterion", "condition", "cause", "effect", "action")


def said(finding: Finding) -> str:
    return "\n".join(getattr(finding, name) for name in TEXTS)


def is_plain(finding: Finding, language: str) -> bool:
    """Tell whether the texts are whole, and in one language where the data hold no Chinese."""
    text = said(finding)
    chinese = re.search("[\u4e00-\u9fff]", text)
    whole = not re.search(r"[{}]|nan|None", text) and all(getattr(finding, n) for n in TEXTS)
    return whole and bool(chinese) == (language == "zh")


def balance(**changes: Any) -> pd.DataFrame:
    """Give a table of one desk that fills."""
    row = {
        "unit": "Desk 7", "since": pd.Timestamp("2023-01-09"), "arrivals": 1234,
        "completions": 1049, "ratio": 1.1764, "low": 1.1023, "high": 1.2555, "p": 0.001,
        "p_adjusted": 0.0123, "open_before": 11, "open": 196, "net_per_week": 1.87,
        "net_low": 1.23, "net_high": 2.51,
    } | changes  # fmt: skip
    return pd.DataFrame([row])


def waits(*rows: tuple[str, str, float, float, float, int]) -> pd.DataFrame:
    """Give a table of what steps waited for."""
    names = ["activity", "cause", "hours", "work_share", "work_low", "n"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(work_high=table["work_share"] + 0.05)


WHOLE = ("", "contention", 1000.0, 0.5, 0.4, 900)
