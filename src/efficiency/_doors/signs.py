"""Text as text where it leaves: hidden signs pictured or named, no formulas."""

from __future__ import annotations

import re
from typing import Any

#: Controls (but for tab and line ends), what no XML may hold, and marks that turn the direction.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_NAMES = {
    0x7F: "␡", 0x61C: "⟨ALM⟩", 0x200E: "⟨LRM⟩", 0x200F: "⟨RLM⟩", 0x202A: "⟨LRE⟩", 0x202B: "⟨RLE⟩",
    0x202C: "⟨PDF⟩", 0x202D: "⟨LRO⟩", 0x202E: "⟨RLO⟩", 0x2066: "⟨LRI⟩", 0x2067: "⟨RLI⟩",
    0x2068: "⟨FSI⟩", 0x2069: "⟨PDI⟩",
}  # fmt: skip
#: The pictures of the control characters begin here; a sign that no text may hold is this one.
_PICTURES, _UNKNOWN = 0x2400, "\ufffd"
#: What a spreadsheet takes for a formula, also behind blanks and in full width.
FORMULA = r"[\s\u200b-\u200d\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r]"
_FORMULA = re.compile(FORMULA)
#: For an engine that looks through many texts at once (RE2): no text without it needs care.
MAY_NEED_CARE = (
    r"^[\s\p{Z}\x{0b}\x{1c}-\x{1f}\x{85}\x{180e}\x{200b}-\x{200d}\x{2060}\x{feff}]*[-=+@＝＋－＠]"
    r"|^[\t\r]"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{61c}\x{200e}\x{200f}\x{202a}-\x{202e}]"
    r"|[\x{2066}-\x{2069}\x{fdd0}-\x{fdef}\x{fffe}\x{ffff}]"
)


def visible(text: str) -> str:
    r"""
    A text with a picture or the name of each sign that nobody would see.

    Examples
    --------
    >>> visible("a\x00b\x7f"), visible("\u202egpj.exe"), visible("a\tb")
    ('a␀b␡', '⟨RLO⟩gpj.exe', 'a\tb')
    """
    return _HIDDEN.sub(_shown, text)


def visible_in(value: Any) -> Any:
    """The same in all texts of lists and dicts."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {name: visible_in(inner) for name, inner in value.items()}
    return [visible_in(inner) for inner in value] if isinstance(value, list | tuple) else value


def is_formula(text: str) -> bool:
    """
    Whether a spreadsheet would take a text for a formula.

    Examples
    --------
    >>> [is_formula(text) for text in ("=1", " +1", "＝1", "收文", "a=1")]
    [True, True, True, False, False]
    """
    return bool(_FORMULA.match(text))


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(_PICTURES + code) if code < ord(" ") else _NAMES.get(code, _UNKNOWN)
