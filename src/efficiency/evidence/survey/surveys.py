"""A survey: who was asked what, what they said, and whose answers count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Real
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency import tables
from efficiency.evidence.survey.answers import Answers, read_answers, steps_after
from efficiency.evidence.survey.codebook import of_role, read_codebook
from efficiency.evidence.survey.sent_out import held_against, read_sent_out
from efficiency.evidence.survey.validity import RULES, judged
from efficiency.problems import Attempts, Problem, SettingsError


@dataclass(frozen=True)
class Survey:
    """
    A questionnaire and its answers.

    Attributes
    ----------
    items
        ``tables.ITEMS``: the codebook.
    answers
        All that the file says.
    left_out
        The rule of validity by which each respondent is left out, '' where none does.
    validity
        ``tables.VALIDITY``.
    sent
        ``tables.SENT_OUT``; without rows it is not known how many were issued.
    """

    items: pd.DataFrame
    answers: Answers
    left_out: pd.Series
    validity: pd.DataFrame
    sent: pd.DataFrame

    def __repr__(self) -> str:
        """What it is: how many answered how many questions."""
        many, kept = len(self.answers.people), int((self.left_out == "").sum())
        return f"Survey({many} respondents, {kept} valid, {len(self.items)} columns)"

    @cached_property
    def people(self) -> pd.DataFrame:
        """The respondents whose answers count: ``row, office`` and each choice by its item."""
        kept: pd.DataFrame = self.answers.people[(self.left_out == "").to_numpy()]
        return kept.reset_index(drop=True)

    @cached_property
    def responses(self) -> pd.DataFrame:
        """``tables.RESPONSES`` of those that count, reversed items turned."""
        told = steps_after(self.answers.responses, self.items)
        return self._counting(told)

    @cached_property
    def scored(self) -> pd.DataFrame:
        """`responses`, and each respondent's mean over a whole construct that has a row."""
        parts = [self.responses]
        for name in of_role(self.items, "construct"):
            mine = self.items.loc[self.items["construct"] == name, "item"]
            said = self.responses[self.responses["item"].isin(mine)]
            by = said.groupby("row")["step"]
            # Who answered less than half of the questions said nothing of the whole.
            step = by.mean().where(by.count() * 2 >= len(mine))
            told = pd.DataFrame({"row": step.index, "item": name, "step": step.to_numpy()})
            parts.append(told.assign(reason=told["step"].isna().map({True: "blank", False: ""})))
        return pd.concat(parts, ignore_index=True)

    @property
    def picks(self) -> pd.DataFrame:
        """What those that count ticked: ``row, item, option``."""
        return self._counting(self.answers.picks)

    @property
    def texts(self) -> pd.DataFrame:
        """What those that count wrote: ``row, item, text``."""
        return self._counting(self.answers.texts)

    @property
    def has_offices(self) -> bool:
        """Whether the office of each respondent is known: of two offices at least."""
        return len(self.people["office"].dropna().unique()) > 1

    @property
    def attributes(self) -> list[str]:
        """What tells respondents apart: the items of a single choice."""
        return [name for name in of_role(self.items, "choice") if name in self.people]

    def short(self, item: str) -> str:
        """How a report names an item."""
        return str(self.items.set_index("item")["short"].get(item, item))

    def _counting(self, rows: pd.DataFrame) -> pd.DataFrame:
        kept: pd.DataFrame = rows[rows["row"].isin(set(self.people["row"]))]
        return kept.reset_index(drop=True)


def read_survey(
    answers: str | Path,
    codebook: str | Path,
    *,
    issued: int | str | Path | None = None,
    rules: Sequence[str] = RULES,
) -> Survey:
    r"""
    Read a questionnaire's answers by its codebook.

    Parameters
    ----------
    answers
        The export of a survey platform (csv or workbook): one row a respondent.
    codebook
        A csv file as `read_codebook` takes it; ``efficiency new --survey`` drafts one.
    issued
        How many questionnaires were issued, or a csv file that says so of each office:
        ``office, issued, returned``.
    rules
        The rules of validity that are applied, of `validity.RULES`; none: every answer counts.

    Returns
    -------
    Survey
        Its tables are asked for by `likert`, `reliability`, `crosstab` and others.

    Raises
    ------
    SettingsError
        Lists everything that is wrong in any of the files, with its place.

    Examples
    --------
    >>> import tempfile; place = Path(tempfile.mkdtemp())
    >>> _ = (place / "answers.csv").write_text("Q1,Q2\n满意,3\n不满意,1\n", encoding="utf-8")
    >>> book = "item,scale\nQ1,不满意|一般|满意\nQ2,1-3\n"
    >>> _ = (place / "codebook.csv").write_text(book, encoding="utf-8")
    >>> read_survey(place / "answers.csv", place / "codebook.csv")
    Survey(2 respondents, 2 valid, 2 columns)
    """
    attempt = Attempts()
    items = attempt(lambda: read_codebook(codebook))
    said: Any = (
        None
        if items is None
        else attempt(lambda: read_answers(answers, items, Path(codebook).name))
    )
    sent: Any = attempt(lambda: _sent(issued))
    if said is not None and sent is not None:
        file = "review.toml" if isinstance(issued, Real) else Path(str(issued)).name
        attempt.add(held_against(sent, said.people, file))
    attempt.settle()
    left_out, validity = judged(said, items, rules)
    return Survey(items, said, left_out, validity, sent)


def _sent(issued: int | str | Path | None) -> pd.DataFrame:
    if issued is None:
        return tables.SENT_OUT.empty().astype({"issued": "Int64", "returned": "Int64"})
    if isinstance(issued, Real):
        if isinstance(issued, bool) or issued != int(issued) or issued < 1:
            details = {"name": "issued", "got": issued, "right": "889"}
            raise SettingsError([Problem("bad_value", details, "review.toml")])
        issued = int(issued)
        row = {"office": [""], "issued": [issued], "returned": [None]}
        told = pd.DataFrame(row).astype({"issued": "Int64", "returned": "Int64"})
        return tables.SENT_OUT.check(told)
    return read_sent_out(Path(str(issued)))
