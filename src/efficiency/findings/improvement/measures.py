"""Everything that this review can measure again next year, as one table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from efficiency import tables
from efficiency.findings.kind import Measure
from efficiency.tables.identity import point_id, subject_text

_HOURS = ["hours", "hours_low", "hours_high"]


def measures(found: Iterable[tuple[str, Measure]], years: float) -> pd.DataFrame:
    """
    What was measured, one row a kind and subject of findings.

    Parameters
    ----------
    found
        Kinds and their measures.
    years
        How long the cases came in, in years.

    Returns
    -------
    DataFrame
        ``tables.MEASURES``, by kind and subject: hours are those at stake in a year, and empty
        where they cannot be told.

    Examples
    --------
    >>> from efficiency.findings.kind import Estimate
    >>> late = Measure((("log", "a"), ("rule_id", "P2")), "share_broken", Estimate(.1, .0, .3), 9)
    >>> measures([("rule", late)], 2.0)[["kind", "subject", "value", "n"]].values.tolist()
    [['rule', '{"log": "a", "rule_id": "P2"}', 0.1, 9]]
    """
    rows = [_row(kind, measure) for kind, measure in found]
    table = pd.DataFrame(rows, columns=tables.MEASURES.names)
    table[_HOURS] = table[_HOURS].astype(float) / years
    return table.sort_values(["kind", "subject"], kind="stable").reset_index(drop=True)


def _row(kind: str, measure: Measure) -> dict[str, Any]:
    subject = dict(measure.subject)
    return {
        "id": point_id(kind, subject),
        "kind": kind,
        "subject": subject_text(subject),
        "measure": measure.name,
        **measure.value._asdict(),
        "n": measure.n,
        "better": measure.better,
        "unit": measure.unit,
        **dict(zip(_HOURS, measure.hours, strict=True)),
    }
