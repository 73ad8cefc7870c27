"""发放、回收、有效: how many questionnaires went out, came back, and count."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.evidence.survey.surveys import Survey


def returns(survey: Survey) -> pd.DataFrame:
    """
    Questionnaires issued, returned and valid: all together, then office by office.

    Returns
    -------
    DataFrame
        ``tables.RETURNS``. What came back is what the office counted, else the rows of the file of
        answers; without a number that was issued there is no share of returns.
    """
    sent, people = survey.sent, survey.answers.people
    valid = survey.left_out == ""
    offices = dict.fromkeys([*sent["office"], *people["office"].dropna()])
    known = sent.set_index("office")
    rows = []
    for office in offices:
        if office:
            mine = people["office"] == office
            rows.append(_row(office, known, int(mine.sum()), int((mine & valid).sum())))
    whole = known.loc[[""]] if "" in known.index else _total(known)
    first = _row("", whole, len(people), int(valid.sum()))
    if len(sent) and "" not in known.index:
        # What came back without an office on it is counted nowhere else.
        nowhere = int(people["office"].isna().sum())
        first["returned"] = max(sum(row["returned"] for row in rows) + nowhere, len(people))
        first |= _shares(first)
    days = people.groupby(people["office"].fillna(""))["submitted"].agg(["min", "max"])
    frame = pd.DataFrame([first, *rows]).assign(first=None, last=None)
    ends = {"first": people["submitted"].min(), "last": people["submitted"].max()}
    for name, end in (("first", "min"), ("last", "max")):
        told = frame["office"].map(days[end]).astype("datetime64[us]")
        frame[name] = told.where(frame["office"] != "", ends[name])
    frame = frame[tables.RETURNS.names]
    return tables.RETURNS.check(frame.astype({"issued": "Int64"}))


def _total(known: pd.DataFrame) -> pd.DataFrame:
    """The sum over offices as the row of all; without offices nothing is known."""
    if known.empty:
        return known
    row = {"issued": known["issued"].sum(), "returned": None}
    return pd.DataFrame(row, index=[""])


def _row(office: str, known: pd.DataFrame, got: int, valid: int) -> dict[str, Any]:
    is_known = office in known.index
    issued = known.at[office, "issued"] if is_known else None
    said = known.at[office, "returned"] if is_known else None
    told: dict[str, Any] = {
        "office": office, "issued": issued,
        "returned": got if said is None or pd.isna(said) else int(said), "valid": valid,
    }  # fmt: skip
    return told | _shares(told)


def _shares(told: dict[str, Any]) -> dict[str, float]:
    issued, returned = told["issued"], told["returned"]
    is_known = issued is not None and not pd.isna(issued) and issued > 0
    return {
        "return_share": returned / int(issued) if is_known else np.nan,
        "valid_share": told["valid"] / returned if returned else np.nan,
    }
