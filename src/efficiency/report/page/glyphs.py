"""The outlines of letters that many pictures of a page draw: kept once for all of them."""

from __future__ import annotations

import re

#: How matplotlib keeps an outline, after `pictures.settled`.
_OUTLINE = re.compile(r'<path (d="[^"]*" transform="scale\(0\.015625\)") id="([^"]+)"/>')
_USE = re.compile(r'href="#([^"]+)"')


def shared(page: str) -> str:
    """
    Let the pictures of a page share the outlines of their letters.

    Parameters
    ----------
    page
        The page, each picture with outlines of its own: a third of its weight.

    Returns
    -------
    str
        The page with each outline once, at its end; it looks the same.

    Examples
    --------
    >>> outline = '<defs><path d="M0 0L1 1z" transform="scale(0.015625)" id="{0}-a"/></defs>'
    >>> picture = f'<svg>{outline}<use href="#{{0}}-a"/></svg>'
    >>> page = f"<body>{picture.format('p1')}{picture.format('p2')}</body>"
    >>> shared(page).count("M0 0L1 1z"), shared(page).count('href="#y1"')
    (1, 2)
    """
    known: dict[str, str] = {}
    names = {
        name: known.setdefault(outline, f"y{len(known) + 1}")
        for outline, name in _OUTLINE.findall(page)
    }
    if not names:
        return page
    bare = _OUTLINE.sub("", page).replace("<defs></defs>", "")
    pointed = _USE.sub(lambda found: f'href="#{names.get(found[1], found[1])}"', bare)
    outlines = "".join(f'<path {outline} id="{name}"/>' for outline, name in known.items())
    kept = f'<svg width="0" height="0" aria-hidden="true"><defs>{outlines}</defs></svg>'
    before, end, after = pointed.rpartition("</body>")
    return f"{before}{kept}\n{end}{after}"
