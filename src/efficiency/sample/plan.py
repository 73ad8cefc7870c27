"""What is planted in a made-up office, and how strongly."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from efficiency.sample.desk_hours import DAY, day_number
from efficiency.sample.establishment import KINDS

#: What befalls a document on its way; at most one of these, and none that is 特急.
WAYS = (
    "unregistered", "early_note", "backflow", "side_pass", "undecided", "prompted", "silent",
    "shunt", "forward", "side_entry",
)  # fmt: skip
#: What looks much the same and keeps the rule; as frequent.
LOOK_ALIKES = {
    "prompted": "asked",
    "silent": "pressed",
    "shunt": "returned",
    "forward": "forwarded",
}
#: What is settled before anybody knows when a document comes, and so cannot be acted upon.
_SETTLED = ("express_share", "seasonality", "faults", "legal_kinds", "lapses", "then", "acted")


@dataclass(frozen=True)
class Lapses:
    """
    How often procedure is not kept.

    Attributes
    ----------
    unregistered
        Of the documents that are not 特急, as for all down to ``side_entry``: those that go from
        签收 to 初审 without 登记.
    early_note
        On which a leader notes his 批示 before they are received and registered.
    backflow
        Handled (承办) again after 反馈, though nobody returned them.
    side_pass
        Handed by one department to another; none where an office of ours handles the document.
    undecided
        Handled without a 批示, whether they ask for a decision or not.
    prompted
        Urged (催办) right after a leader asked (领导询问). As many are urged before he asks.
    silent
        Urged three times and never answered. As many are answered after the third time.
    shunt
        Returned (退办) by two departments in turn. As many are returned once.
    forward
        Only forwarded (转发) by the department. As many are forwarded and handled.
    side_entry
        Received by a unit that does not receive documents.
    unscreened
        Of those that need 合法性审核: without it.
    self_review
        Of those that are reviewed (审核): reviewed by who drafted them.
    personal
        Of the documents from below: addressed to a person. As many are by a leader's own order.
    leapfrog, several, unsigned
        Of the documents from below: addressed to the rank above ours; to two organs; signed by
        nobody.
    recorrected
        Corrected twice or three times. As many are corrected once.
    informal
        Answered by a note or by telephone.
    off_register
        Beside the documents from below: so many more that reach a leader and no register.
    """

    unregistered: float = 0.01
    early_note: float = 0.01
    backflow: float = 0.012
    side_pass: float = 0.015
    undecided: float = 0.015
    prompted: float = 0.006
    silent: float = 0.005
    shunt: float = 0.01
    forward: float = 0.012
    side_entry: float = 0.012
    unscreened: float = 0.06
    self_review: float = 0.03
    personal: float = 0.02
    leapfrog: float = 0.02
    several: float = 0.02
    unsigned: float = 0.03
    recorrected: float = 0.01
    informal: float = 0.03
    off_register: float = 0.02

    @classmethod
    def none(cls) -> Lapses:
        """An office that keeps to procedure."""
        return cls(**dict.fromkeys(cls.__dataclass_fields__, 0.0))


@dataclass(frozen=True)
class Plan:
    """
    What is planted in the office.

    Attributes
    ----------
    slow_factor
        How many times as long 综合处 takes over 拟办 and 承办.
    month_end_factor
        How many times as long 秘书一处 takes on the last three working days of a month.
    put_off_share
        Of the documents that reach 拟办 at 16:00 or later: those left for the next morning.
    laid_aside_share
        Of the 意见 and 通知 that 综合处 drafts: those that first lie for one to three days.
    rework_rate, loop_rate
        How often a draft is sent back (退回): in general, and in 秘书三处.
    return_rate
        Documents returned to their sender (退文).
    supplement_rate
        Documents for which more papers are asked (补正), and again after each answer.
    urge_rate
        Documents whose reply comes only after 催办.
    away_rate
        How often whoever should take a document up is called away first.
    express_share
        Documents that the duty desk takes round the clock (特急).
    change_factor
        What 承办 takes from 2024-07-01 on, as a share of what it took.
    seasonality
        How far months differ in their number of documents: 0 not at all, 1 as usual.
    faults
        Whether people make slips in the record.
    legal_kinds
        The types of documents that need 合法性审核.
    lapses
        How often procedure is not kept.
    reform_days
        Working days (of `office.WORK_DAY`) for which a document that is not 特急 waits before
        批示, if it gets there before 2024-07-01, the day on which a round of meetings before it
        is given up. Exactly so much longer is its working time.
    overload
        What comes in to the desk of 合法性审核 over the two years, as a multiple of what its
        people can do: 1.2 is a fifth more than can go out; 0 leaves the desk as it is.
    then, acted
        What is done about it: knobs and the values that they have from that day on, those of
        `Lapses` as ``lapses.NAME``. What is drawn when a document comes in counts for those that
        come in from then on, everything else for the steps from then on.

    Raises
    ------
    ValueError
        If ``then`` names what is no knob, or one that cannot change on a day; if it comes
        without ``acted``, or that without it.

    Notes
    -----
    Values of knobs change what is made of the draws and not the draws: as long as two plans let
    a document go the same way, it meets with the same chance in both (common random numbers).
    """

    slow_factor: float = 1.5
    month_end_factor: float = 5.0
    put_off_share: float = 0.5
    laid_aside_share: float = 0.35
    rework_rate: float = 0.06
    loop_rate: float = 0.20
    return_rate: float = 0.04
    supplement_rate: float = 0.08
    urge_rate: float = 0.08
    away_rate: float = 0.02
    express_share: float = 0.07
    change_factor: float = 0.75
    seasonality: float = 1.0
    faults: bool = True
    legal_kinds: tuple[str, ...] = ("意见",)
    lapses: Lapses = Lapses()
    reform_days: float = 0
    overload: float = 0.0
    then: tuple[tuple[str, float], ...] = ()
    acted: dt.date | None = None

    def __post_init__(self) -> None:
        if bool(self.then) != (self.acted is not None):
            raise ValueError("then and acted must be given together: what is done, and from when")
        own = [field.name for field in fields(self) if field.name not in _SETTLED]
        known = own + [f"lapses.{field.name}" for field in fields(Lapses)]
        wrong = [name for name, _ in self.then if name not in known]
        if wrong:
            raise ValueError(f"then cannot change {', '.join(wrong)}; only {', '.join(known)}")

    @cached_property
    def since(self) -> int:
        """The moment from which on it is acted, in seconds since 1970; far off if never."""
        return sys.maxsize if self.acted is None else day_number(self.acted) * DAY

    @cached_property
    def later(self) -> Plan:
        """
        What is planted from that moment on.

        Examples
        --------
        >>> plan = Plan(then=(("loop_rate", 0.06), ("lapses.forward", 0.0)), acted=dt.date.max)
        >>> plan.later.loop_rate, plan.later.lapses.forward, plan.later.slow_factor
        (0.06, 0.0, 1.5)
        """
        lapses = {name.removeprefix("lapses."): rate for name, rate in self.then if "." in name}
        own: dict[str, Any] = {name: value for name, value in self.then if "." not in name}
        return replace(self, **own, lapses=replace(self.lapses, **lapses), then=(), acted=None)

    def at(self, moment: int) -> Plan:
        """What is planted at a moment (seconds since 1970)."""
        return self if moment < self.since else self.later

    @classmethod
    def null(cls) -> Plan:
        """The office in which nothing differs: no unit, type, month or year from another."""
        return cls(
            slow_factor=1.0,
            month_end_factor=1.0,
            put_off_share=0.0,
            laid_aside_share=0.0,
            rework_rate=0.0,
            loop_rate=0.0,
            express_share=0.0,
            change_factor=1.0,
            seasonality=0.0,
            faults=False,
            legal_kinds=KINDS,
            lapses=Lapses.none(),
        )
