"""The annexes on a small study, told once."""

from __future__ import annotations

import pytest

from efficiency.report.blocks import Report
from studied import annexes, study


@pytest.fixture(scope="session")
def told() -> Report:
    return annexes(study())
