"""What is to be said holds values, not words."""

from __future__ import annotations

import dataclasses

import pytest

from efficiency.findings.said import Number, Said, Share, said


def test_a_sentence_is_its_key_and_its_values() -> None:
    told = said("rework_title", activity="拟办", share=Share(0.5))
    assert told == Said("rework_title", {"activity": "拟办", "share": Share(0.5)})


def test_values_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Number(1.0).value = 2.0  # type: ignore[misc]
