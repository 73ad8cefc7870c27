"""A drawing of a tree says what each node holds."""

from __future__ import annotations

import pandas as pd

from efficiency.findings.rates import wilson
from efficiency.findings.standards.associations import tree
from efficiency.report.plots.tree_plot import tree_dot


def test_a_drawing_says_what_each_node_holds() -> None:
    late = [True] * 30 + [False] * 60
    table = pd.DataFrame({"late": late, "weekday": ["5"] * 30 + ["1"] * 60})
    nodes = tree(table)
    zh, en = tree_dot(nodes, "zh"), tree_dot(nodes, "en")
    share, low, high = wilson(30, 90)
    for text, to in ((zh, "～"), (en, " to ")):
        assert f"n=90  {share:.1%} ({low:.1%}{to}{high:.1%})" in text
        assert "n=30  100.0%" in text
        assert text.count("[label=") == 3
        assert text.count("->") == 2
        assert {"n0 -> n1;", "n0 -> n2;"} <= {line.strip() for line in text.splitlines()}
        assert text.count('fillcolor="#f58c8c"') == 1  # the reddest: all late
        assert text.count('fillcolor="#f5f5f5"') == 1  # none late
    assert "星期五" in zh
    assert "除“星期五”以外" in zh
    assert "全部" in zh
    assert "begun on a Friday" in en
    assert "other than those begun on a Friday" in en


def test_names_with_quotes_are_drawn() -> None:
    """Labels are quoted for the DOT language; English ones hold no Chinese but the data's own."""
    table = pd.DataFrame({"late": [True] * 30 + [False] * 60, 'a"b': ['x"y'] * 30 + ["z"] * 60})
    text = tree_dot(tree(table), "en")
    assert "with a\\\"b 'x\\\"y'" in text
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in text)
