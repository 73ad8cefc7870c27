"""Findings as a reader can hold them: a few themes, the most material first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from efficiency.report.telling import ToldFinding

#: Themes that the main text tells, at most.
MOST_THEMES = 7
#: From these extents on a theme is told as a part, or as common (see `Theme.extent`).
SOME, COMMON = 0.1, 0.5
#: Kinds of rules that are told together, by what is wrong.
RULE_GROUPS = {
    **dict.fromkeys(
        ("precedence", "order", "existence", "absence", "response", "responded_existence",
         "unregistered", "passes", "unanswered", "prompted"), "sequence"
    ),
    **dict.fromkeys(("attribute", "corrections", "forwarded"), "papers"),
    **dict.fromkeys(("four_eyes", "same_actor", "done_by"), "hands"),
    **dict.fromkeys(("hub", "ping_pong", "round_trips", "entry"), "routing"),
    **dict.fromkeys(("backflow", "repeats", "at_most", "recurs"), "returns"),
}  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """
    The findings of one theme, most material first.

    Attributes
    ----------
    name
        Of `criteria.rules.THEMES`.
    main
        Those of level ``action``: told one by one, and named in the summary.
    others
        Those of level ``watch``: told in a clause.
    """

    name: str
    main: tuple[ToldFinding, ...]
    others: tuple[ToldFinding, ...]

    @property
    def findings(self) -> tuple[ToldFinding, ...]:
        """All of them."""
        return (*self.main, *self.others)

    @property
    def extent(self) -> str:
        """
        How far the theme goes: ``few``, ``some`` or ``common``.

        Notes
        -----
        The largest part of what a finding rests on that it concerns: of the clocks of a limit
        those that missed it, of the cases under a rule those that broke it. From a tenth on some,
        from a half on common; some too where no finding is of that sort.
        """
        told = self.main or [one for one in self.others if not _is_doubted(one)]
        parts = [one.finding.concerned / one.finding.n for one in told
                 if one.finding.n and one.kind in _OF_CASES]  # fmt: skip
        part = max(parts, default=SOME)
        return "common" if part >= COMMON else "some" if part >= SOME else "few"


#: Kinds whose ``concerned`` is a part of what they rest on.
_OF_CASES = ("rule", "rework", "high_rate", "standard")


def themes(told: Iterable[ToldFinding], set_aside: Collection[str] = ()) -> tuple[Theme, ...]:
    """
    Put findings together by theme.

    Parameters
    ----------
    told
        The findings, most material first.
    set_aside
        Ids of those that people decided not to hold for problems.

    Returns
    -------
    tuple of Theme
        Those that have something worse to tell than a note, by their most material finding. What
        is part of another finding is told with it.
    """
    worse = [
        one
        for one in told
        if one.finding.direction == "worse"
        and one.finding.level in {"action", "watch"}
        and not one.finding.part_of
        and one.id not in set_aside
    ]
    names = list(dict.fromkeys(one.finding.theme or "procedure" for one in worse))
    return tuple(
        Theme(
            name,
            tuple(one for one in worse if _in(one, name) and one.finding.level == "action"),
            tuple(one for one in worse if _in(one, name) and one.finding.level == "watch"),
        )
        for name in names[:MOST_THEMES]
    )


def _is_doubted(one: ToldFinding) -> bool:
    """Whether more than half break a rule: then the rule is to be looked at before the office."""
    return one.kind == "rule" and one.finding.concerned > one.finding.n / 2


def _in(one: ToldFinding, name: str) -> bool:
    return (one.finding.theme or "procedure") == name
