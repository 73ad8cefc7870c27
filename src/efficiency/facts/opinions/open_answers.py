"""Open answers, coded by the user's own word list: counts and one example, never guesswork."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from efficiency import tables
from efficiency.evidence.survey.surveys import Survey

#: What the example of a code is cut to.
_LONGEST = 60


def open_answers(survey: Survey, word_list: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """
    How many wrote something under each code.

    Parameters
    ----------
    survey
        As `read_survey` gives it.
    word_list
        The words of each code, as `read_word_list` gives them.

    Returns
    -------
    DataFrame
        ``tables.OPEN_ANSWERS``, one row an item and code; the row without a code counts the
        answers in which no word of the list occurs, so that nothing is lost.
    """
    rows = []
    for item, texts in survey.texts.groupby("item", sort=False):
        n, left = texts["row"].nunique(), set(texts["row"])
        for code, words in word_list.items():
            has = texts["text"].map(lambda text, words=words: any(word in text for word in words))
            mine = texts[has]
            left -= set(mine["row"])
            rows.append((item, code, mine["row"].nunique(), n, mine["row"].nunique() / n,
                         _example(mine["text"])))  # fmt: skip
        rest = texts[texts["row"].isin(left)]
        rows.append((item, "", len(left), n, len(left) / n, _example(rest["text"])))
    frame = pd.DataFrame(rows, columns=tables.OPEN_ANSWERS.names)
    return tables.OPEN_ANSWERS.check(frame) if rows else tables.OPEN_ANSWERS.empty()


def _example(texts: pd.Series) -> str:
    """The answer that was given most often, of those the first."""
    if texts.empty:
        return ""
    first = texts.value_counts(sort=False).sort_values(ascending=False, kind="stable").index[0]
    return str(first) if len(first) <= _LONGEST else f"{first[:_LONGEST]}…"
