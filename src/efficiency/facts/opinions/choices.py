"""What was ticked where several options could be: shares of those who answered."""

from __future__ import annotations

import pandas as pd

from efficiency import tables
from efficiency.evidence.survey.surveys import Survey
from efficiency.facts.opinions.likert import share_of


def choices(survey: Survey) -> pd.DataFrame:
    """
    Each option of the questions that let several be ticked, most frequent first.

    Returns
    -------
    DataFrame
        ``tables.CHOICES``: shares of the respondents who ticked any, so they add up to more
        than 1.
    """
    office, rows = survey.people.set_index("row")["office"], []
    for item, picked in survey.picks.groupby("item", sort=False):
        who = pd.Series(picked["row"].unique())
        counts = picked["option"].value_counts(sort=False)
        ranked = counts.sort_values(ascending=False, kind="stable")
        for option in ranked.index:
            mine = set(picked.loc[picked["option"] == option, "row"])
            found = share_of(who.isin(mine), who.map(office), known=survey.has_offices)
            rows.append((item, option, len(mine), len(who), found.share, found.low, found.high))
    frame = pd.DataFrame(rows, columns=tables.CHOICES.names)
    return tables.CHOICES.check(frame) if rows else tables.CHOICES.empty()
