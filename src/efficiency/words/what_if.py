"""What is said of an office as it would be."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {}
