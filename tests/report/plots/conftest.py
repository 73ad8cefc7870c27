"""Pictures speak Chinese here where a test says nothing else, and are closed behind each test."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib.pyplot as plt
import pytest

from efficiency.language import VARIABLE


@pytest.fixture(autouse=True)
def _spoken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(VARIABLE, "zh")
    yield
    plt.close("all")
