"""Whether people say something else than before: questions that were asked in the same words."""

from __future__ import annotations

import pandas as pd

from efficiency import tables
from efficiency.evidence.log.texts import plain
from efficiency.evidence.survey.codebook import bare
from efficiency.evidence.survey.surveys import Survey
from efficiency.facts.opinions.likert import likert
from efficiency.findings.kind import Estimate, difference


def opinion_trends(survey: Survey, earlier: Survey) -> pd.DataFrame:
    """
    The share in favour now and in an earlier survey, on common questions only.

    Parameters
    ----------
    survey, earlier
        As `read_survey` gives them.

    Returns
    -------
    DataFrame
        ``tables.TRENDS``: questions of the same name, wording (its number aside) and
        scale in both; the interval of
        the difference is by the method of variance estimates recovery.
    """
    now, then = likert(survey).set_index("item"), likert(earlier).set_index("item")
    mine, theirs = (one.items.set_index("item") for one in (survey, earlier))
    rows = []
    for item in now.index.intersection(then.index, sort=False):
        words = [plain(bare(one.at[item, "text"])) for one in (mine, theirs)]
        same = words[0] == words[1] and mine.at[item, "scale"] == theirs.at[item, "scale"]
        if same and mine.at[item, "reversed"] == theirs.at[item, "reversed"]:
            one, other = (
                Estimate(*frame.loc[item, ["share", "low", "high"]]) for frame in (now, then)
            )
            apart = difference(one, other)
            rows.append((item, int(then.at[item, "n"]), int(now.at[item, "n"]), other.value,
                         one.value, *apart))  # fmt: skip
    frame = pd.DataFrame(rows, columns=tables.TRENDS.names)
    return tables.TRENDS.check(frame) if rows else tables.TRENDS.empty()
