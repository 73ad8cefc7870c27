"""Which circumstances go with lateness and length; an association is not yet a cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from efficiency import tables
from efficiency.findings.groups.likeness import periods
from efficiency.findings.groups.ranks import contrast
from efficiency.findings.groups.samples import Sample
from efficiency.findings.rates import wilson

Vector = npt.NDArray[np.float64]
#: Fewer cases tell nothing of so many circumstances.
LEAST = 50
#: Values of fewer cases are taken together.
SMALL_VALUE = 10
OTHER = "…"
ROUNDING = 1e-12
#: The tree: levels, share of the cases in a leaf, and share of all variance a split must explain.
DEPTH, LEAF, GAIN = 3, 0.02, 0.01
#: Weeks of a stretch in which both sides of a split are held against each other; and how many
#: stretches must hold both.
STRETCH, LEAST_STRETCHES = 4, 8
#: The columns of `explained_shares` and of `tree`: those of a written table but the standard.
SHARES, TREE = (table.names[1:] for table in (tables.FACTORS, tables.TREES))


def explained_shares(
    table: pd.DataFrame, outcome: str, attributes: Sequence[str] | None = None
) -> pd.DataFrame:
    """
    Rank circumstances by how much of an outcome goes with each, all others held equal.

    Parameters
    ----------
    table
        One row a case.
    outcome
        The column to explain: true and false, or a time (its ranks are explained).
    attributes
        The columns to explain it by; None: all other text columns but the ids.

    Returns
    -------
    DataFrame
        ``attribute, values, n, alone`` (the share of variance explained by it alone)``, share``
        (of what the others leave unexplained, chance taken out)``, low, high`` (95 %)``, p``, the
        greatest share first.

    Notes
    -----
    Linear model on indicator variables. The share is the adjusted partial R²,
    1 − (SSE_all/df_all)/(SSE_without/df_without). Its interval inverts the noncentral F
    distribution of F = ((SSE_without − SSE_all)/q) / (SSE_all/df_all): λ/(λ + n).

    References
    ----------
    Steiger, J. H. (2004). Beyond the F test. Psychological Methods 9, 164-182.

    Examples
    --------
    >>> table = pd.DataFrame({"late": [True, False] * 40, "unit": ["甲", "乙"] * 40})
    >>> table.loc[0, "late"] = False
    >>> explained_shares(table, "late", ["unit"])[["attribute", "share"]].round(2).values.tolist()
    [['unit', 0.95]]
    """
    names = _columns(table, outcome, attributes)
    known = table.dropna(subset=[outcome])
    if len(known) < LEAST or not names:
        return tables.FACTORS.empty()[SHARES]
    values = known[outcome].astype(float) if _is_yes_no(known[outcome]) else known[outcome].rank()
    target = (values - values.mean()).to_numpy(dtype=float)
    parts = {name: _indicators(known[name]) for name in names}
    parts = {name: part for name, part in parts.items() if part.shape[1]}
    models = _Models(parts, target)
    rows = [_share(name, models) for name in parts]
    found = pd.DataFrame(rows).assign(n=len(known))
    ranked = found[SHARES].sort_values(["share", "attribute"], ascending=[False, True])
    return tables.FACTORS.check(ranked.reset_index(drop=True), SHARES)


def _columns(table: pd.DataFrame, outcome: str, attributes: Sequence[str] | None) -> list[str]:
    read = (outcome, *(attributes or ()))
    every = (
        tables.Column(name, "any", "an outcome or a circumstance", True, True) for name in read
    )
    tables.Table("outcomes", "one case, how it ended and what is known of it", tuple(every)).check(
        table
    )
    if attributes is not None:
        return list(attributes)
    ids = {outcome, "standard_id", "case_id", "late", "began", "due"}
    return [name for name in table.columns if name not in ids and table[name].dtype == object]


def _is_yes_no(values: pd.Series) -> bool:
    return bool(pd.api.types.is_bool_dtype(values))


def _grouped(values: pd.Series) -> pd.Series:
    """Take rare values together."""
    text = values.fillna("").astype(str)
    many = text.map(text.value_counts())
    return text.where(many >= SMALL_VALUE, OTHER)


def _indicators(values: pd.Series) -> Vector:
    """A column of 0 and 1 for each value but one."""
    return np.asarray(pd.get_dummies(_grouped(values), drop_first=True), dtype=float)


class _Models:
    """
    The linear models of a target by any of several parts.

    Notes
    -----
    X = QR is factored once: what any columns of X leave unexplained is what the same columns of R
    leave of Q't, and what lies outside of all of X. R is as small as the columns are few.
    """

    def __init__(self, parts: dict[str, Vector], target: Vector) -> None:
        whole, at = np.column_stack([np.ones(len(target)), *parts.values()]), 1
        self.n, self.total = len(target), float((target**2).sum())
        q, self._r = np.linalg.qr(whole)
        self._told = q.T @ target
        self._outside = float(((target - q @ self._told) ** 2).sum())
        self._columns = {}
        for name, part in parts.items():
            self._columns[name] = range(at, at := at + part.shape[1])
        self._rounding = float(np.finfo(float).eps) * max(whole.shape)

    def left(self, names: Iterable[str]) -> tuple[float, int]:
        """What the model of some parts leaves unexplained, and its degrees of freedom."""
        design = self._r[:, [0, *(at for name in names for at in self._columns[name])]]
        fitted, _, rank, _ = np.linalg.lstsq(design, self._told, rcond=self._rounding)
        inside = float(((self._told - design @ fitted) ** 2).sum())
        return inside + self._outside, self.n - int(rank)

    @cached_property
    def whole(self) -> tuple[float, int]:
        """The same of the model of all parts."""
        return self.left(self.names)

    def values(self, name: str) -> int:
        """How many values a part tells apart."""
        return len(self._columns[name]) + 1

    @property
    def names(self) -> list[str]:
        """The parts."""
        return list(self._columns)


def _share(name: str, models: _Models) -> dict[str, Any]:
    whole, free = models.whole
    rest, rest_free = models.left(other for other in models.names if other != name)
    alone, alone_free = models.left([name])
    total, n = models.total, models.n
    # What is left by rounding is nothing: F would be beyond what its distribution can be told for.
    whole, rest = (0.0 if left <= ROUNDING * total else left for left in (whole, rest))
    added, by_chance = rest_free - free, rest / rest_free if rest_free > 0 else 0.0
    share = low = high = p = float("nan")
    if added > 0 and free > 0 and whole > 0:
        share = max(1 - (whole / free) / by_chance, 0.0)
        low, high, p = _interval((rest - whole) / added / (whole / free), added, free, n)
    elif added > 0 and rest > 0:
        share, low, high, p = 1.0, 1.0, 1.0, 0.0
    return {
        "attribute": name,
        "values": models.values(name),
        "alone": max(1 - (alone / alone_free) / (total / (n - 1)), 0.0) if total else 0.0,
        "share": share,
        "low": low,
        "high": high,
        "p": p,
    }


def _interval(f: float, added: int, free: int, n: int) -> tuple[float, float, float]:
    """Invert the noncentral F distribution; give also the p of no association."""
    from scipy import stats
    from scipy.optimize import brentq

    def centre(level: float) -> float:
        if stats.f.cdf(f, added, free) < level:
            return 0.0
        top = 10.0
        while stats.ncf.cdf(f, added, free, top) > level:
            top *= 2
        return float(brentq(lambda nc: stats.ncf.cdf(f, added, free, nc) - level, 0, top))

    low, high = centre(0.975), centre(0.025)
    return low / (low + n), high / (high + n), float(stats.f.sf(f, added, free))


def tree(
    table: pd.DataFrame,
    outcome: str = "late",
    attributes: Sequence[str] | None = None,
    risk: float = 0.05,
) -> pd.DataFrame:
    """
    Show which circumstances together go with an outcome, as a small tree.

    Parameters
    ----------
    table
        One row a case.
    outcome
        A column of true and false.
    attributes
        The columns to part it by; None: all other text columns but the ids.
    risk
        Of parting cases that nothing parts.

    Returns
    -------
    DataFrame
        One row a node, the root first: ``node, parent, side`` (``is`` or ``is not``)``, attribute,
        value`` (what parts it from its sister)``, n, share, low, high`` (of the cases in it that
        have the outcome; 95 % Wilson interval). The root alone where nothing parts the cases.

    Notes
    -----
    Three levels at most; a leaf holds 2 % of the cases and 20 at least; a split explains at
    least 1 % of all variance. A split stands where its two sides differ at ``risk`` over the
    number of splits that were tried (Bonferroni); where the table tells when each began, inside
    stretches of four weeks. Lateness that stays alike for months on end makes a false split in one
    tree of ten where it should be one of twenty. The intervals of the leaves are for reading.

    References
    ----------
    Breiman, L. et al. (1984). Classification and Regression Trees. Wadsworth.

    Examples
    --------
    >>> late = [True] * 30 + [False] * 60
    >>> table = pd.DataFrame({"late": late, "unit": ["甲"] * 30 + ["乙"] * 60})
    >>> tree(table)[["side", "value", "n", "share"]].round(2).values.tolist()
    [['', '', 90, 0.33], ['is not', '甲', 60, 0.0], ['is', '甲', 30, 1.0]]
    """
    from sklearn.tree import DecisionTreeRegressor

    names = _columns(table, outcome, attributes)
    target = table[outcome].to_numpy(dtype=float)
    columns = [_each_value(table[name]) for name in names]
    asked = [
        (name, str(value)) for name, part in zip(names, columns, strict=True) for value in part
    ]
    if not len(target) or not asked:
        return tables.TREES.empty()[TREE]
    design = np.column_stack([part.to_numpy(dtype=float) for part in columns])
    grown = DecisionTreeRegressor(
        max_depth=DEPTH,
        min_samples_leaf=max(20, round(LEAF * len(target))),
        min_impurity_decrease=GAIN * float(target.var()),
        random_state=0,
    ).fit(design, target)
    began = periods(table["began"]) if "began" in table else None
    nodes = _nodes(grown.tree_, asked)
    return _standing(nodes, _members(grown.tree_, design), target, began, risk / len(asked))


def _members(grown: Any, design: np.ndarray) -> np.ndarray:
    """Which nodes each case passes through: one row a case, one column a node."""
    inside = np.zeros((len(design), grown.node_count), dtype=bool)
    inside[:, 0] = True
    for node in range(grown.node_count):
        if grown.children_left[node] >= 0:
            no = design[:, grown.feature[node]] <= grown.threshold[node]
            inside[:, grown.children_left[node]] = inside[:, node] & no
            inside[:, grown.children_right[node]] = inside[:, node] & ~no
    return inside


def _standing(
    nodes: pd.DataFrame,
    inside: np.ndarray,
    target: np.ndarray,
    began: np.ndarray | None,
    risk: float,
) -> pd.DataFrame:
    """Cut off the splits that chance may have made, and what grew on them."""
    kept = {0}
    for parent, pair in nodes[nodes["node"] > 0].groupby("parent", sort=True):
        if parent not in kept:
            continue
        part, side = inside[:, int(parent)], inside[:, int(pair["node"].iloc[0])]
        if _parts(target[part], side[part], None if began is None else began[part]) <= risk:
            kept |= set(pair["node"].astype(int))
    standing = nodes[nodes["node"].isin(kept)]
    number = {node: place for place, node in enumerate(standing["node"])}
    return standing.assign(
        node=standing["node"].map(number),
        parent=standing["parent"].map(lambda at: number.get(at, -1)),
    ).reset_index(drop=True)


def _parts(target: np.ndarray, side: np.ndarray, began: np.ndarray | None) -> float:
    """
    The p of two sides being alike.

    Where it is known when each began, the sides are held against each other inside stretches of
    four weeks, or of twice as long as cases stay alike, and only the stretches count as
    independent: what two neighbours have in common is in both sides, and the ends of months, which
    come in clumps, have their own month beside them.
    """
    same = np.zeros(len(target), dtype=np.int64)
    found = contrast(Sample(target, np.zeros(len(target), dtype=bool), same, began), side)
    if began is None or found.spread is None:
        return found.p if found.told else 1.0
    weeks, alike = int(began.max() - began.min()) + 1, found.spread.length
    # A short record has shorter stretches, if not so short that neighbours are alike.
    long = max(min(STRETCH, weeks // LEAST_STRETCHES), 1)
    stretch = began // (long if alike == 1 else max(long, 2 * alike))
    both = pd.DataFrame({"stretch": stretch, "side": side, "target": target})
    means = both.groupby(["side", "stretch"])["target"].agg(["mean", "size"])
    if both["side"].nunique() < 2:
        return 1.0
    pairs = means.loc[True].join(means.loc[False], lsuffix="_in", rsuffix="_out", how="inner")
    if len(pairs) < LEAST_STRETCHES:
        return 1.0
    apart = (pairs["mean_in"] - pairs["mean_out"]).to_numpy(dtype=float)
    weight = pairs["size_in"] * pairs["size_out"] / (pairs["size_in"] + pairs["size_out"])
    return _paired(apart, weight.to_numpy(dtype=float))


def _paired(apart: np.ndarray, weight: np.ndarray) -> float:
    """The p of weighted differences being none, their spread taken from themselves."""
    middle = float((weight * apart).sum() / weight.sum())
    worth = float(weight.sum() ** 2 / (weight**2).sum())
    error = float(np.sqrt((weight**2 * (apart - middle) ** 2).sum())) / float(weight.sum())
    error *= np.sqrt(worth / (worth - 1)) if worth > 1 else np.inf
    if not error > 0:
        return 0.0 if middle else 1.0
    return float(2 * stats.t.sf(abs(middle) / error, worth - 1))


def _each_value(values: pd.Series) -> pd.DataFrame:
    """A column for each value; of two, which say the same, the rarer."""
    held = pd.get_dummies(_grouped(values))
    return held[[held.sum().idxmin()]] if held.shape[1] == 2 else held


def _nodes(grown: Any, asked: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """Write a grown tree as a table, one row a node."""
    parents = {0: (-1, "", "", "")}
    for node, (left, right) in enumerate(
        zip(grown.children_left, grown.children_right, strict=True)
    ):
        if left >= 0:
            name, value = asked[grown.feature[node]]
            parents[int(left)] = (node, "is not", name, value)
            parents[int(right)] = (node, "is", name, value)
    rows = []
    for node in range(grown.node_count):
        n = int(grown.n_node_samples[node])
        held = round(float(grown.value[node].ravel()[0]) * n)
        rows.append((node, *parents[node], n, held, *wilson(held, n)))
    return tables.TREES.check(pd.DataFrame(rows, columns=TREE), TREE)


def plain_side(side: str, value: str) -> tuple[str, str]:
    """
    Say plainly on which side of a parting a node lies: what is not yes is no.

    Examples
    --------
    >>> plain_side("is not", "yes"), plain_side("is not", "请示")
    (('is', 'no'), ('is not', '请示'))
    """
    other = {"yes": "no", "no": "yes"}.get(value)
    return ("is", other) if side == "is not" and other else (side, value)
