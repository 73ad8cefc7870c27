"""Findings as people read them, and small tables of what they are told from."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from efficiency.findings.finding import PARTS, Finding
from efficiency.findings.kinds import KINDS
from efficiency.language import LANGUAGES, Language
from efficiency.report.telling import tell

__all__ = ["LANGUAGES", "WHOLE", "Seen", "balance", "find", "is_plain", "said", "waits"]
TEXTS = PARTS


class Seen:
    """A finding with its texts in a language, the attributes of both at hand."""

    def __init__(self, finding: Finding, language: Language) -> None:
        self._finding, self._told = finding, tell(finding, language)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._told, name) if name in TEXTS else getattr(self._finding, name)


def find(kind: str, language: Language = "zh", **needs: Any) -> list[Seen]:
    """What a kind of finding finds in tables that are given by name, and says in a language."""
    return [Seen(one, language) for one in KINDS[kind].find(name=needs.pop("name", "a"), **needs)]


def said(finding: Any) -> str:
    return "\n".join(getattr(finding, name) for name in TEXTS)


def is_plain(finding: Any, language: str) -> bool:
    """Tell whether the texts are whole, and in one language where the data hold no Chinese."""
    text = said(finding)
    chinese = re.search("[\u4e00-\u9fff]", text)
    whole = not re.search(r"[{}]|nan|None", text) and all(getattr(finding, n) for n in TEXTS)
    return whole and bool(chinese) == (language == "zh")


def balance(**changes: Any) -> pd.DataFrame:
    """A table of one desk that fills."""
    row = {
        "unit": "Desk 7", "since": pd.Timestamp("2023-01-09"), "arrivals": 1234,
        "completions": 1049, "ratio": 1.1764, "low": 1.1023, "high": 1.2555, "p": 0.001,
        "p_adjusted": 0.0123, "open_before": 11, "open": 196, "net_per_week": 1.87,
        "net_low": 1.23, "net_high": 2.51,
    } | changes  # fmt: skip
    return pd.DataFrame([row])


def waits(*rows: tuple[str, str, float, float, float, int]) -> pd.DataFrame:
    """A table of what steps waited for."""
    names = ["activity", "cause", "hours", "work_share", "work_low", "n"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(work_high=table["work_share"] + 0.05)


WHOLE = ("", "contention", 1000.0, 0.5, 0.4, 900)
