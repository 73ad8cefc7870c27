"""What was said to each question with a scale: shares with intervals, and beside them the mean."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.evidence.survey.codebook import scale_of, scales_with_constructs
from efficiency.evidence.survey.scales import Scale
from efficiency.evidence.survey.surveys import Survey
from efficiency.facts.opinions.clusters import Clustered, clustered_share, widened


def likert(survey: Survey, weights: pd.Series | None = None) -> pd.DataFrame:
    """
    The answers to each question with a scale.

    Parameters
    ----------
    survey
        As `read_survey` gives it.
    weights
        One a valid respondent, by ``row``, as `raked` gives them; None: no weighted share.

    Returns
    -------
    DataFrame
        ``tables.OPINIONS``, one row a question, and one a construct that has a row in the codebook
        (each respondent's mean over it): in favour is above the middle of the scale, reversed
        questions turned; ``wide_share`` counts the middle too (基本满意), which is the
        other definition of 满意率.

    Examples
    --------
    >>> import tempfile; from pathlib import Path; place = Path(tempfile.mkdtemp())
    >>> from efficiency.evidence.survey.surveys import read_survey
    >>> text = "Q1" + chr(10) + chr(10).join("5543355511")
    >>> _ = (place / "answers.csv").write_text(text)
    >>> _ = (place / "book.csv").write_text("item,scale" + chr(10) + "Q1,1-5")
    >>> found = likert(read_survey(place / "answers.csv", place / "book.csv"))
    >>> found[["n", "k", "share", "wide_share", "against"]].values.tolist()
    [[10.0, 6.0, 0.6, 0.8, 2.0]]
    """
    office = survey.people.set_index("row")["office"]
    told = survey.scored.assign(office=survey.scored["row"].map(office))
    if weights is not None:
        told = told.assign(weight=told["row"].map(weights))
    scales, construct = (
        scales_with_constructs(survey.items),
        survey.items.set_index("item")["construct"],
    )
    rows = [
        {"item": item, "construct": construct[item],
         **_of_item(told[told["item"] == item], scale, known=survey.has_offices)}
        for item, scale in scales.items()
    ]  # fmt: skip
    if not rows:
        return tables.OPINIONS.empty()
    return tables.OPINIONS.check(pd.DataFrame(rows, columns=tables.OPINIONS.names))


def levels(survey: Survey) -> pd.DataFrame:
    """
    How often each step of each question was chosen, as the question puts it.

    Returns
    -------
    DataFrame
        ``tables.LEVELS``; reversed questions are not turned: it is the base of all other tables.
    """
    kept = set(survey.people["row"])
    said = survey.answers.responses
    said = said[said["row"].isin(kept)].dropna(subset=["step"])
    counts = said.groupby(["item", "step"]).size()
    rows = []
    for item, scale in scale_of(survey.items).items():
        n = int((said["item"] == item).sum())
        for at, word in enumerate(scale.words, 1):
            k = int(counts.get((item, float(at)), 0))
            rows.append((item, at, word, k, n, k / n if n else np.nan))
    frame = pd.DataFrame(rows, columns=tables.LEVELS.names)
    return tables.LEVELS.check(frame) if rows else tables.LEVELS.empty()


def office_opinions(survey: Survey) -> pd.DataFrame:
    """
    How much in favour each office is, construct by construct; questions that stand alone too.

    Returns
    -------
    DataFrame
        ``tables.OFFICE_OPINIONS``; no rows where the offices are not known.
    """
    if not survey.has_offices:
        return tables.OFFICE_OPINIONS.empty()
    items = survey.items.set_index("item")
    steps = {item: scale.steps for item, scale in scale_of(survey.items).items()}
    taken = items["short"].isin(set(items["construct"])) | items["short"].duplicated(keep=False)
    alone = items["short"].where(~taken, items["short"] + " (" + items.index + ")")
    group = items["construct"].where(items["construct"] != "", alone)
    told = survey.responses.dropna(subset=["step"])
    told = told.assign(
        office=told["row"].map(survey.people.set_index("row")["office"]),
        construct=told["item"].map(group),
        favour=is_favour(told["step"], told["item"].map(steps)),
    ).dropna(subset=["office"])
    if told.empty:
        return tables.OFFICE_OPINIONS.empty()
    whole = told.groupby(["office", "construct"], sort=True).agg(
        people=("row", "nunique"), n=("favour", "size"), k=("favour", "sum")
    )
    whole = whole.assign(share=whole["k"] / whole["n"]).reset_index()
    return tables.OFFICE_OPINIONS.check(whole[tables.OFFICE_OPINIONS.names])


def is_favour(step: pd.Series, steps: Any) -> pd.Series:
    """
    Whether a step lies above the middle of its scale.

    Examples
    --------
    >>> is_favour(pd.Series([3.0, 4.0, 2.0, 3.0]), pd.Series([5, 5, 4, 4])).tolist()
    [False, True, False, True]
    """
    favour: pd.Series = step > (steps + 1) / 2
    return favour


def share_of(yes: pd.Series, office: pd.Series, *, known: bool) -> Clustered:
    """
    A share over answers, those of one office counted as alike where offices are known.

    Notes
    -----
    How alike they are is told by the answers whose office is known; the others count as they do.
    """
    if not known:
        return clustered_share(yes.to_numpy(dtype=bool))
    told = yes[office.notna()]
    codes, _ = pd.factorize(office.dropna())
    found = clustered_share(told.to_numpy(dtype=bool), codes.astype(np.int64))
    if len(told) == len(yes):
        return found
    return widened(float(yes.mean()), len(yes), found, len(set(codes)))


def _of_item(rows: pd.DataFrame, scale: Scale, *, known: bool) -> dict[str, Any]:
    steps, below = scale.steps, scale.lowest - 1
    said = rows.dropna(subset=["step"])
    favour, middle = is_favour(said["step"], steps), (steps + 1) / 2
    wide, against = said["step"] >= middle, said["step"] < middle
    shares = {
        name: share_of(yes, said["office"], known=known)
        for name, yes in (("", favour), ("wide_", wide), ("against_", against))
    }
    told = {
        f"{name}{part}": getattr(found, part)
        for name, found in shares.items() for part in ("share", "low", "high")
    }  # fmt: skip
    weight = said["weight"] if "weight" in said else pd.Series(dtype=float)
    weighed = float((favour * weight).sum() / weight.sum()) if weight.sum() > 0 else np.nan
    n = len(said)
    return {
        "steps": steps,
        "n": n,
        "missing": int((rows["reason"] == "blank").sum()),
        "not_applicable": int((rows["reason"] == "not_applicable").sum()),
        "k": int(favour.sum()),
        **told,
        "top_two": float((said["step"] >= steps - 1).mean()) if n and steps > 3 else np.nan,
        "weighted_share": weighed,
        "against": int(against.sum()),
        "highest": below + steps,
        "mean": float(said["step"].mean()) + below if n else np.nan,
        "sd": float(said["step"].std()) if n > 1 else np.nan,
        "offices": int(said["office"].nunique()) if known else 0,
        "icc": shares[""].icc,
        "design_effect": shares[""].design_effect,
    }
