"""What a finding, a measure or a point is about, as one id: the same from year to year."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping


def point_id(kind: str, subject: Mapping[str, str]) -> str:
    """
    The id of a kind and subject: that of a finding about them, whatever the year.

    Examples
    --------
    >>> point_id("standard", {"standard_id": "T1"})
    'b4b976c62874'
    """
    text = json.dumps([kind, dict(subject)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def subject_text(subject: Mapping[str, str]) -> str:
    """Write a subject as JSON."""
    return json.dumps(dict(subject), ensure_ascii=False, sort_keys=True)


def subject_of(text: str) -> dict[str, str] | None:
    """Read a subject; None where it is none."""
    try:
        told = json.loads(text) if text else None
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
