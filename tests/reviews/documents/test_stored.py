"""A report comes back from its file as it was told."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efficiency.problems import SettingsError
from efficiency.report import blocks
from efficiency.report.blocks import (
    Block,
    Grid,
    Heading,
    KeyFigures,
    Note,
    Pair,
    Paragraph,
    Picture,
    Ref,
    Report,
    Text,
    View,
)
from efficiency.report.numbers import Bound, Cell
from efficiency.reviews.documents.stored import as_json, from_json, read_stored
from reported import card, report

SEEDS = settings(deadline=None, derandomize=True, max_examples=60)
WORDS = st.text(st.characters(codec="utf-8"), max_size=8)
CELLS = st.builds(
    Cell, WORDS, st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple), WORDS, WORDS
)
NUMBERS = st.builds(Bound, CELLS, WORDS, WORDS)
SPANS = st.lists(st.one_of(WORDS, NUMBERS, st.builds(Ref, WORDS)), max_size=4).map(tuple)
GRIDS = st.builds(
    Grid, st.tuples(WORDS, WORDS), st.lists(st.tuples(WORDS, NUMBERS), max_size=3).map(tuple),
    WORDS, st.tuples(st.booleans(), st.booleans()), WORDS, WORDS,
)  # fmt: skip
VIEWS = st.lists(st.builds(View, WORDS, WORDS, st.floats(0, 1)), max_size=2).map(tuple)
PICTURES = st.builds(Picture, WORDS, WORDS, WORDS, WORDS, WORDS, st.booleans(), VIEWS)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, WORDS, st.integers(2, 3)), st.builds(Text, WORDS), st.builds(Note, WORDS),
    st.builds(Paragraph, SPANS, st.sampled_from(["body", "case", "own"])), GRIDS, PICTURES,
    st.builds(Pair, PICTURES, PICTURES), st.builds(card, WORDS),
    st.builds(KeyFigures, st.lists(st.tuples(WORDS, SPANS), max_size=2).map(tuple)),
)  # fmt: skip
LAYERS = st.lists(BLOCKS, max_size=3).map(tuple)
REPORTS = st.builds(
    Report, WORDS, st.sampled_from(["zh", "en"]), LAYERS, LAYERS, LAYERS, WORDS,
    st.lists(WORDS, max_size=2).map(tuple),
)  # fmt: skip


def through_a_file(value: Any) -> Any:
    """Write a value as a file would hold it, and read it back."""
    return from_json(json.loads(json.dumps(as_json(value), allow_nan=False, ensure_ascii=False)))


@SEEDS
@given(REPORTS)
def test_every_report_comes_back(made: Report) -> None:
    again = through_a_file(made)
    assert again == made
    assert list(again.numbers()) == list(made.numbers())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_with_a_block_of_every_sort_comes_back(language: Any) -> None:
    assert through_a_file(report(language)) == report(language)


def test_every_block_there_is_can_come_back() -> None:
    """A sort of block that is added later has to be among what is read."""
    told = through_a_file(report())
    sorts = {type(block) for block in told.blocks}
    assert sorts == set(blocks.Block.__args__)


def test_what_no_rendering_needs_is_left_out() -> None:
    """The sentences of a finding are told; what they were put together from is not kept."""
    made = card()
    known = replace(made.finding.finding, says={"title": "t"})  # type: ignore[dict-item]
    told = replace(made, finding=replace(made.finding, finding=known))
    again = through_a_file(told)
    assert again.finding.finding.says == {}
    assert again.finding.id == made.finding.id
    assert again == made


def test_a_number_that_json_does_not_know_is_none() -> None:
    """Intervals may have no end."""
    made = card()
    finding = made.finding.finding
    for odd in (float("nan"), float("inf"), float("-inf")):
        changed = replace(finding, value=odd, high=odd)
        again = through_a_file(replace(made, finding=replace(made.finding, finding=changed)))
        assert again == replace(
            made, finding=replace(made.finding, finding=replace(finding, value=None, high=None))
        )


def test_a_finding_keeps_its_own_kind() -> None:
    assert as_json(card().finding.finding)["kind"] == "Finding"
    assert through_a_file(card().finding.finding).kind == "standard"


@pytest.mark.parametrize(
    "value", [{"kind": "Path", "path": "/"}, {"text": "x"}, [{"kind": None}], {"kind": "Block"}]
)
def test_what_is_no_part_of_a_report_is_refused(value: Any) -> None:
    """Nothing else is made of what a file says."""
    with pytest.raises(ValueError, match="no part of a report"):
        from_json(value)


def test_a_report_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(as_json(report())), encoding="utf-8")
    assert read_stored(path) == report()


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe\x00", b"null", b"[1]", b'{"kind": "Cell"}'])
def test_a_file_that_is_no_report_is_damaged(tmp_path: Path, raw: bytes) -> None:
    """Cut off, no text at all, or some other thing: one message, and what to do."""
    path = tmp_path / "one" / "output" / "report.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(raw)
    with pytest.raises(SettingsError) as caught:
        read_stored(path)
    (problem,) = caught.value.problems
    assert (problem.key, problem.file) == ("damaged_output", "report.json")
    assert f"efficiency review {tmp_path / 'one'}" in problem.text("zh")


def test_every_part_is_written_by_its_name() -> None:
    told = as_json(report())
    assert set(told) == {"kind", *(one.name for one in fields(Report))}
