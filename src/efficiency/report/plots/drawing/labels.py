"""Labels beside an axis: in lines, so that a long one does not make the picture small."""

from __future__ import annotations

#: Signs of a line and lines of a label; a Chinese sign is as wide as two others.
LINE, LINES = 26, 2


def in_lines(text: str, *, line: int = LINE, lines: int = LINES) -> str:
    r"""
    Break a label into lines of about the same width in both languages; what is left is cut.

    Parameters
    ----------
    text
        The label.
    line, lines
        The width of a line in signs, and how many lines there may be.

    Examples
    --------
    >>> in_lines("T1 请示性文件收文登记后转有关业务处室办理", line=20)
    'T1 请示性文件收文登\n记后转有关业务处室…'
    >>> in_lines("Stop indication settled within the permit procedure", line=30)
    'Stop indication settled within\nthe permit procedure'
    """
    told: list[str] = []
    rest = text.strip()
    while rest and len(told) < lines:
        end = _end(rest, line)
        if end < len(rest) and len(told) == lines - 1:
            end = _end(rest, line - 2)
            told.append(f"{rest[:end].rstrip()}…")
            break
        told.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return "\n".join(told)


def _end(text: str, line: int) -> int:
    """Where a line ends: at a blank in the second half of it, else where it is full."""
    width = 0
    for at, sign in enumerate(text):
        width += 2 if ord(sign) > 0x2E7F else 1
        if width > line:
            blank = at if sign == " " else text.rfind(" ", 0, at)
            parted = text.rfind(" · ", 0, at) + len(" · ")
            if parted > len(" · ") and parted > at // 3:
                return parted
            # Where Chinese stands before a blank, that is no place to break a line.
            return blank if blank > at // 2 and text[:at].isascii() else at
    return len(text)
