"""The process map as people look at it: fewer or more paths, counts or times."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from efficiency._doors.graphviz import draw
from efficiency.facts.maps.flow_map import Shown, flow_dot
from efficiency.language import Language
from efficiency.report.blocks import Picture, Report, View
from efficiency.words import phrase

#: Of all successions, those that the map on paper draws.
MAP_SHARE = 0.9
#: What the map on a page can be switched to show, and at which shares of all successions.
VIEWS: tuple[Shown, ...] = ("count", "time")
SHARES = (0.5, 0.7, 0.9, 0.97, 1.0)


def process_map(
    edges: pd.DataFrame,
    ends: pd.DataFrame,
    captioned: Callable[[float, Shown], str],
    language: Language,
    *,
    alt: str = "",
    name: str = "",
) -> Picture:
    """
    Draw the process map: counts and times together, and each alone at several shares.

    Parameters
    ----------
    edges, ends
        ``tables.EDGES`` and ``tables.ENDS``.
    captioned
        The caption of a drawing at a share of its paths, by what stands on its arrows.
    alt, name
        Of the picture.
    language
        Of the unit of its times.
    """
    hour_word = phrase("hours", language)

    def drawn(share: float, shown: Shown = "both") -> str:
        return draw(flow_dot(edges, ends, share=share, hour_word=hour_word, shown=shown)).decode()

    views = tuple(
        View(drawn(share, shown), shown, share, captioned(share, shown))
        for shown in VIEWS
        for share in SHARES
    )
    caption = captioned(MAP_SHARE, "both")
    return Picture(drawn(MAP_SHARE), caption, alt=alt, name=name, wide=True, views=views)


@dataclass(frozen=True)
class ProcessMap:
    """
    A process map that Jupyter draws, with its slider and its switch.

    Attributes
    ----------
    picture
        The map with its other drawings.
    language
        Of its buttons.

    Examples
    --------
    >>> drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    >>> ProcessMap(Picture(drawn, "办理流程", wide=True), "zh")._repr_html_()[:15]
    '<iframe srcdoc='
    """

    picture: Picture
    language: Language

    def _repr_html_(self) -> str:
        """Show the map in a frame of its own, with its own script and nothing from elsewhere."""
        from efficiency.report.page.page import render

        page = render(Report(self.picture.caption, self.language, body=(self.picture,)))
        return (
            f'<iframe srcdoc="{html.escape(page)}" title="{html.escape(self.picture.caption)}" '
            'style="width: 100%; height: 66rem; border: 0" sandbox="allow-scripts"></iframe>'
        )
