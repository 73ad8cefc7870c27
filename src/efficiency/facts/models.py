"""A model of the flow, discovered from the log; it draws itself and gives itself to pm4py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from efficiency._doors import graphviz, mining
from efficiency.facts.endings import ClosedBy
from efficiency.facts.events import Events, Log, observed
from efficiency.facts.flows import compact_log

Algorithm = Literal["inductive", "heuristics", "dfg"]


@dataclass(frozen=True)
class Model:
    """
    A discovered model.

    Attributes
    ----------
    algorithm
        ``inductive`` (a process tree), ``heuristics`` (a heuristics net) or ``dfg`` (who follows
        whom).
    noise
        The threshold it was mined with.
    cases, variants
        What it was mined from.
    mined
        pm4py's own object: a ``ProcessTree``, a ``HeuristicsNet``, or ``(dfg, start, end)``.

    Notes
    -----
    In Jupyter a model is a picture.
    """

    algorithm: Algorithm
    noise: float
    cases: int
    variants: int
    mined: Any

    def to_pm4py(self) -> Any:
        """Pm4py's own object, for more."""
        return self.mined

    def to_petri(self) -> tuple[Any, Any, Any]:
        """The Petri net with its initial and its final marking."""
        return mining.petri_net(self.mined, self.algorithm)

    def to_bpmn(self) -> Any:
        """The BPMN diagram as pm4py's object."""
        return mining.bpmn(self.mined, self.algorithm)

    def write_bpmn(self, path: str | Path) -> None:
        """Write the BPMN diagram as a file that BPMN editors open."""
        mining.write_bpmn(self.to_bpmn(), Path(path))

    def to_dot(self, rankdir: str = "LR") -> str:
        """Describe the BPMN diagram in the DOT language, from left to right or ``TB``."""
        return graphviz.bpmn_dot(*mining.bpmn_parts(self.to_bpmn()), rankdir=rankdir)

    def _repr_svg_(self) -> str:
        """Draw the model, which is what Jupyter shows."""
        return graphviz.draw(self.to_dot()).decode("utf-8")


def discover(
    log: Log | Events,
    algorithm: Algorithm = "inductive",
    *,
    noise: float = 0.2,
    cutoff: pd.Timestamp | str | None = None,
    closed_by: ClosedBy = (),
    period: Sequence[str] | None = None,
) -> Model:
    """
    Discover a model of the flow.

    Parameters
    ----------
    log
        ``tables.LOG``.
    algorithm
        ``inductive``, ``heuristics`` or ``dfg``.
    noise
        0 to 1: for ``inductive`` the share of the busiest choice below which a path is left out;
        for ``heuristics`` its complement is the dependency threshold; ``dfg`` takes 0 only.
    cutoff
        Moments after it are not seen; None: the log's last.
    closed_by
        Activities that close a case; none: a case is open while one of its steps is.
    period
        Cases whose first moment lies between two dates, both included; None: all.

    Returns
    -------
    Model

    Raises
    ------
    ValueError
        If the algorithm is not known, or noise is out of range or not honoured.

    Notes
    -----
    Mined from the compact log, one trace a variant with its count: the same model as from the
    whole log, in a time that does not grow with the number of cases.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1"], "activity": ["登记", "转办"],
    ...     "end": pd.to_datetime(["2024-03-05", "2024-03-06"]),
    ... })
    >>> discover(log, noise=0).mined
    ->( '登记', '转办' )
    """
    if algorithm not in ("inductive", "heuristics", "dfg"):
        raise ValueError(f"algorithm is {algorithm!r}; use 'inductive', 'heuristics' or 'dfg'")
    if not 0 <= noise <= 1:
        raise ValueError(f"noise is {noise!r}; it must lie in 0 to 1")
    with observed(log, cutoff=cutoff, closed_by=closed_by, period=period) as events:
        compact = compact_log(events)
    mined = mining.mine(compact, algorithm, noise)
    return Model(algorithm, noise, sum(compact.values()), len(compact), mined)
