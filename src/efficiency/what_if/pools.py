"""What a step may take: the times it took on like occasions, to be drawn from again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

#: Occasions are told apart only where this many are alike, and where it explains this share.
ALIKE, EXPLAINED = 25, 0.01
#: At most so many kinds of occasion.
KINDS = 16
_LEAF = -1


@dataclass(frozen=True)
class Pool:
    """
    Times by kind of occasion: a tree of questions whose leaves hold the times, in order.

    Attributes
    ----------
    features, thresholds
        What each node asks: is this feature at most this? A leaf asks nothing (-1).
    lefts, rights
        Where yes and no lead.
    times
        What each node holds, in whole seconds, the shortest first.
    """

    features: tuple[int, ...]
    thresholds: tuple[float, ...]
    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    times: tuple[tuple[int, ...], ...]

    def draw(self, occasion: Sequence[float], chance: float, beyond: int = -1) -> int | None:
        """
        Draw a time as long as it took on a like occasion.

        Parameters
        ----------
        occasion
            The features.
        chance
            In [0, 1): the greater, the longer.
        beyond
            Only what takes longer counts.

        Returns
        -------
        int or None
            Seconds; None where nothing ever took so long.

        Examples
        --------
        >>> Pool((-1,), (0.0,), (-1,), (-1,), ((60, 120, 300),)).draw((), 0.5)
        120
        """
        node = 0
        while self.features[node] != _LEAF:
            yes = occasion[self.features[node]] <= self.thresholds[node]
            node = self.lefts[node] if yes else self.rights[node]
        times = self.times[node]
        first = bisect_right(times, beyond)
        if first == len(times):
            return None
        return times[first + int(chance * (len(times) - first))]


def pool_of(occasions: np.ndarray, seconds: np.ndarray) -> Pool:
    """
    Part times by what they depend on.

    Parameters
    ----------
    occasions
        One row a time: what was known when the step came to the desk.
    seconds
        What it took; not empty.

    Returns
    -------
    Pool
        A regression tree on log(1 s + time): leaves of at least 25, at most 16 of them, a question
        only where it explains at least a hundredth of the variance.

    References
    ----------
    Breiman, L., Friedman, J. H., Olshen, R. A. and Stone, C. J. (1984). Classification and
    Regression Trees. Wadsworth. Drawing anew from a leaf in place of its mean: Meinshausen, N.
    (2006). Quantile regression forests. Journal of Machine Learning Research 7, 983-999.

    Examples
    --------
    >>> days = np.repeat([[0.0], [1.0]], 30, axis=0)
    >>> pool = pool_of(days, np.repeat([60, 7200], 30))
    >>> pool.draw([0.0], 0.5), pool.draw([1.0], 0.5)
    (60, 7200)
    """
    whole = np.asarray(seconds).round().astype("int64")
    logs = np.log1p(np.maximum(whole, 0))
    if len(whole) < 2 * ALIKE or not logs.var():
        return Pool((_LEAF,), (0.0,), (_LEAF,), (_LEAF,), (_sorted(whole),))
    from sklearn.tree import DecisionTreeRegressor  # takes seconds to import

    fitted = DecisionTreeRegressor(
        min_samples_leaf=ALIKE,
        max_leaf_nodes=KINDS,
        min_impurity_decrease=EXPLAINED * logs.var(),
        random_state=0,
    ).fit(occasions, logs)
    tree, leaves = fitted.tree_, fitted.apply(occasions)
    is_leaf = tree.children_left == _LEAF
    return Pool(
        tuple(np.where(is_leaf, _LEAF, tree.feature).tolist()),
        tuple(tree.threshold.tolist()),
        tuple(tree.children_left.tolist()),
        tuple(tree.children_right.tolist()),
        tuple(_sorted(whole[leaves == node]) for node in range(tree.node_count)),
    )


def _sorted(seconds: np.ndarray) -> tuple[int, ...]:
    return tuple(np.sort(seconds).tolist())
