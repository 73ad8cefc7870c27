"""What is said of control charts and of rates of zero and of all."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {}
