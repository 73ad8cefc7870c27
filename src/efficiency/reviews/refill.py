"""Fills a review folder in once more, with the answers that a person gave in its settings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency._doors.files import read_text_table
from efficiency.criteria.catalogue import fitting
from efficiency.criteria.standards import CHINESE
from efficiency.evidence.log.guess import due_column, extension
from efficiency.evidence.log.records import joined
from efficiency.evidence.log.sources import open_source
from efficiency.language import Language
from efficiency.problems import Problem
from efficiency.reviews.new import (
    closing_activities,
    in_words,
    names_of_log,
    own_limit,
    quoted_list,
    write_table,
)
from efficiency.reviews.settings import Folder, read_folder


def fill_again(folder: Path, language: Language = "zh") -> list[Problem]:
    """
    Add the rules, limits and closing activities that fit the logs as ``review.toml`` names them.

    Parameters
    ----------
    folder
        A review folder whose columns a person has corrected.
    language
        Of the rules.

    Returns
    -------
    list of Problem
        Each rule of the catalogue that a log cannot decide, with what it lacks.

    Notes
    -----
    What stands there stays: a rule or limit whose id is there already, and a ``closed_by`` that is
    named.

    Raises
    ------
    SettingsError
        If the settings are not sound.
    LogError
        If a log cannot be opened, or has no such columns.
    """
    place, lacks = read_folder(folder), list[Problem]()
    for name in place.settings.logs:
        lacks += _fill(place, name, language)
    return lacks


def _fill(place: Folder, name: str, language: Language) -> list[Problem]:
    """Fill in what fits one log."""
    log = place.settings.logs[name]
    opened, columns = joined(open_source(place.logs(name), log.sheet), log.columns)
    moments = {activity: step.end or step.received for activity, step in log.steps.items()}
    if not log.closed_by and log.status is None:
        closing = list(moments)[-1:] or closing_activities(opened, columns)
        _close_by(place.path / "review.toml", name, closing)
    rules, lacks = fitting(names_of_log(opened.frame, columns, tuple(moments)), language, name)
    _add(place.to_fill("rules"), rules, "rule_id")
    if moments:
        limits = own_limit(due_column(opened), moments, name, language, extension(opened))
        _add(place.to_fill("standards"), in_words(limits, language), "standard_id")
    return [lack.problem(language) for lack in lacks]


def _add(path: Path, rows: pd.DataFrame, key: str) -> None:
    """Write rows to the end of a table, but for those whose id is there."""
    there = read_text_table(path).frame if path.exists() else rows.head(0)
    names = {theirs: ours for theirs, ours in CHINESE.items() if ours == key}
    ours, new = (table.rename(columns=names) for table in (there, rows))
    taken = set(ours[key]) if key in ours else set[Any]()
    more = new[~new[key].isin(list(taken))]
    if len(more) or not path.exists():
        whole = pd.concat([ours.astype(object), more.astype(object)], ignore_index=True).fillna("")
        back = {ours: theirs for theirs, ours in names.items() if theirs in there or theirs in rows}
        write_table(path, whole.rename(columns=back))


def _close_by(path: Path, log: str, closing: list[str]) -> None:
    """Name what closes a case, where the settings still leave it open."""
    if not closing:
        return
    text = path.read_text(encoding="utf-8")
    head = re.search(rf"(?m)^\[logs\.{re.escape(log)}\][^\n]*\n", text)
    if head is None:
        return
    rest = text[head.end() :]
    section = rest[: found.start()] if (found := re.search(r"(?m)^\[", rest)) else rest
    line = f"closed_by = {quoted_list(closing)}"
    filled, many = re.subn(r"(?m)^# closed_by = \[[^\]\n]*\]", lambda _: line, section, count=1)
    filled = filled if many else f"{line}\n{section}"
    path.write_text(text[: head.end()] + filled + rest[len(section) :], encoding="utf-8")
