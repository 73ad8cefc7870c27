"""The report on a small study, told once."""

from __future__ import annotations

import pytest

from efficiency.report.blocks import Report
from efficiency.report.chapters.whole import tell
from studied import study


@pytest.fixture(scope="session")
def told() -> Report:
    return tell(study())
