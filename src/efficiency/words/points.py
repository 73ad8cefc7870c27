"""What is said of improvement points, of measures against them, and of their loop."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {}
