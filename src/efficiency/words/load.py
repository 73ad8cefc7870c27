"""What is said of load, of work in hand, of deadlines nearing and of overdue risk."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {}
