"""Every package that comes with this one may be combined with AGPL work, and is listed."""

from __future__ import annotations

import re

import licences


def test_each_licence_is_known_and_compatible() -> None:
    told = {name: licences.licence(name, one) for name, one in licences.installed().items()}
    assert len(told) > 50
    parts = {name: set(re.split(" (?:AND|OR) ", said)) for name, said in told.items()}
    assert {name: said for name, said in parts.items() if not said <= licences.COMPATIBLE} == {}


def test_the_page_lists_what_is_installed() -> None:
    """Of another system some packages are others: what is installed here is on the page."""
    told = set(licences.page().splitlines())
    assert told <= set(licences.PAGE.read_text(encoding="utf-8").splitlines())
