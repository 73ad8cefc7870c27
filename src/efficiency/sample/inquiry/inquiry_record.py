"""Writes what the made-up office asked its people: questionnaire, answers, interviews, staff."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency.sample.inquiry.offices_asked import (
    INTERVIEWS,
    ISSUED,
    Person,
    asked_of,
    staff_of,
    staff_table,
)
from efficiency.sample.inquiry.questions import BEFORE, HEADS, QUESTIONS, SUGGESTIONS, codebook
from efficiency.sample.inquiry.respondents import answers
from efficiency.sample.inquiry.talks import interviews

FOLDER = "survey"
#: How many answered the year before.
_BEFORE = 360


def make_inquiry(seed: int = 2024) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """
    Ask the people of the made-up office.

    Parameters
    ----------
    seed
        Where chance begins.

    Returns
    -------
    tuple
        The tables by the names of their files, every value text; and what was planted.
    """
    people = staff_of(seed)
    issued, answered = asked_of(people, seed)
    said, truth = answers(answered, seed)
    earlier = tuple(
        replace(one, favour=BEFORE[one.item], by_office=(), linked="")
        for one in QUESTIONS if one.item in BEFORE
    )  # fmt: skip
    before, _ = answers(_spread(answered), seed, earlier)
    back = Counter(said[HEADS["office"]])
    sent = pd.DataFrame(
        {"单位": list(issued), "发放": map(str, issued.values()),
         "回收": [str(back[office]) for office in issued]}
    )  # fmt: skip
    codes = pd.DataFrame(
        {"编码": list(SUGGESTIONS), "词语": [one for one, _ in SUGGESTIONS.values()]}
    )
    tables = {
        "answers": said,
        "codebook": codebook(QUESTIONS),
        "answers-2023": before,
        "codebook-2023": codebook(earlier, whole=False),
        "issued": sent,
        "staffing": staff_table(people),
        "interviews": interviews(seed),
        "codes": codes,
    }
    told = {
        "offices": len(issued), "issued": ISSUED, "returned": len(said), "interviews": INTERVIEWS,
        "staff": len(people), **truth, "before": BEFORE,
    }  # fmt: skip
    return tables, told


def _spread(people: list[Person]) -> list[Person]:
    """Some of them, evenly over the offices."""
    return people[:: max(len(people) // _BEFORE, 1)][:_BEFORE]


def write_inquiry(folder: Path, seed: int = 2024) -> None:
    """
    Write it all, with the truth.

    Parameters
    ----------
    folder
        Where to; a folder ``survey`` is made in it.
    seed
        As for `make_inquiry`.

    Notes
    -----
    The same seed gives the same bytes.
    """
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    tables, truth = make_inquiry(seed)
    for name, table in tables.items():
        path = place / f"{name}.csv"
        table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
    text = json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
    (place / "truth.json").write_bytes(text.encode())
