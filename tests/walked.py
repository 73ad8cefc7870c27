"""What a flow allows, found by playing its net token by token: shared by several tests."""

from __future__ import annotations

from collections import Counter

from efficiency.criteria.prescribed_flows import Flow

Word = tuple[str, ...]
#: Words are compared up to this length.
LONGEST = 4


def allowed(flow: Flow, longest: int = LONGEST) -> set[Word]:
    """List the ways through a flow that have no more than so many steps."""
    net, first, last = flow.to_petri()
    waiting, seen, found = [(Counter(first), ())], set(), set()
    while waiting:
        tokens, word = waiting.pop()
        key = (frozenset((+tokens).items()), word)
        if key in seen:
            continue
        seen.add(key)
        if +tokens == Counter(last):
            found.add(word)
        for move in net.transitions:
            after = word if move.label is None else (*word, move.label)
            need = Counter({arc.source: arc.weight for arc in move.in_arcs})
            if len(after) <= longest and need <= tokens:
                made = Counter({arc.target: arc.weight for arc in move.out_arcs})
                waiting.append((tokens - need + made, after))
    return found


def spelled(*texts: str) -> set[Word]:
    """Words of one-letter steps."""
    return {tuple(text) for text in texts}
