"""What is said of waiting and of what explains it."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {}
