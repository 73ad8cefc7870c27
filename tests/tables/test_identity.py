"""What something is about, as an id: the same however it was put together."""

from __future__ import annotations

from efficiency.tables.identity import point_id, subject_of, subject_text


def test_an_id_does_not_depend_on_the_order_of_its_subject() -> None:
    one, other = {"log": "a", "standard_id": "T1"}, {"standard_id": "T1", "log": "a"}
    assert point_id("standard", one) == point_id("standard", other)
    assert len({point_id("standard", one), point_id("rule", one), point_id("standard", {})}) == 3


def test_a_subject_is_read_as_it_was_written() -> None:
    assert subject_of(subject_text({"单位": "甲处"})) == {"单位": "甲处"}
    assert [subject_of(text) for text in ("", "{", "[1]", "3")] == [None] * 4
