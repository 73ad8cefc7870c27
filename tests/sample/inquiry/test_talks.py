"""The interviews of the sample."""

from __future__ import annotations

from efficiency.sample.inquiry.talks import THEMES, interviews


def test_every_passage_is_under_a_code_of_its_theme() -> None:
    rows = interviews(2024)
    for row in rows.to_dict("records"):
        assert THEMES[row["主题"]][row["编码"]] == row["原话"]
    assert rows["访谈编号"].nunique() == 56
    assert not rows.duplicated(["访谈编号", "编码"]).any()
