"""How the simulation of a made-up office itself accounts for each document under each rule."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from efficiency.sample.clauses import CLAUSES, Clause
from efficiency.sample.desk_hours import DAY
from efficiency.sample.documents import Document
from efficiency.sample.plan import Lapses
from efficiency.sample.simulation import CLOSED_BY, Run, Step

_VERDICTS = ("broken", "pending")


@dataclass(frozen=True)
class Story:
    """
    What was done with one document, in order.

    Attributes
    ----------
    document
        The document.
    acts, units, people, days
        What was done, where, by whom, and on which working day, counted from the first one.
    closed
        Whether it has gone out.
    corrections
        How many later documents correct it.
    """

    document: Document
    acts: list[str]
    units: list[str]
    people: list[str | None]
    days: list[int]
    closed: bool
    corrections: int

    @classmethod
    def of(
        cls, document: Document, steps: Iterable[Step], days: Sequence[int], corrections: int = 0
    ) -> Story:
        """Tell it from the steps of a document and the working days."""
        timed = [(step.end, step) for step in steps if step.end is not None]
        timed.sort(key=lambda pair: pair[0])
        acts = [step.activity for _, step in timed]
        return cls(
            document,
            acts,
            [step.unit for _, step in timed],
            [step.actor for _, step in timed],
            [bisect_left(days, end // DAY) for end, _ in timed],
            any(act in CLOSED_BY for act in acts),
            corrections,
        )


def _no_register(story: Story) -> bool:
    return "登记" not in story.acts


def _noted_early(story: Story) -> bool:
    acts = story.acts
    return "登记" in acts and "批示" in acts and acts.index("批示") < acts.index("登记")


def _goes_back(story: Story) -> bool:
    """Look at every two steps: a later one that stands earlier in the flow, nothing sent back."""
    flow = ["签收", "登记", "初审", "转办", "拟办", "批示", "承办", "反馈", "办结", "归档"]
    acts = story.acts
    for later in range(len(acts)):
        for earlier in range(later):
            if acts[earlier] not in flow or acts[later] not in flow:
                continue
            between = acts[earlier + 1 : later]
            sent_back = "退回" in between or "退办" in between
            if flow.index(acts[later]) < flow.index(acts[earlier]) and not sent_back:
                return True
    return False


def _goes_sideways(story: Story) -> bool:
    departments = {"市发改委", "市财政局", "市住建局", "市教育局", "市司法局"}
    for place in range(1, len(story.units)):
        here, before = story.units[place], story.units[place - 1]
        if here != before and here in departments and before in departments:
            return True
    return False


def _handled_undecided(story: Story) -> bool:
    return _first(story, "承办") < _first(story, "批示")


def _noted_unscreened(story: Story) -> bool:
    return _first(story, "批示") < _first(story, "合法性审核")


def _first(story: Story, act: str) -> int:
    """The place of the first such step; past the end where there is none."""
    return story.acts.index(act) if act in story.acts else len(story.acts)


def _urged_when_asked(story: Story) -> bool:
    for urged in range(len(story.acts)):
        for asked in range(urged):
            pair = (story.acts[asked], story.acts[urged])
            if pair == ("领导询问", "催办") and story.days[urged] - story.days[asked] <= 3:
                return True
    return False


def _never_answers(story: Story) -> bool:
    urged = 0
    for act in story.acts:
        urged = 0 if act == "反馈" else urged + (act == "催办")
    return urged >= 3


def _to_and_fro(story: Story) -> bool:
    stays: list[str] = []
    for unit in story.units:
        if not stays or stays[-1] != unit:
            stays.append(unit)
    return sum(stays[place] == stays[place - 2] for place in range(2, len(stays))) >= 2


def _passed_on(story: Story) -> bool:
    before = story.acts[: _first(story, "承办")]
    return before.count("转办") + before.count("退办") >= 4


def _same_hands(story: Story) -> bool:
    pairs = list(zip(story.acts, story.people, strict=True))
    drafted, reviewed = (
        {who for done, who in pairs if done == act and who} for act in ("拟办", "审核")
    )
    return bool(drafted & reviewed)


#: Whether a document breaks a clause, told from its story and from what stands on it.
_BREACHES: dict[str, Callable[[Story], bool]] = {
    "P1B": _no_register,
    "P2A": _noted_early,
    "P2B": _goes_back,
    "P3": _goes_sideways,
    "P4": lambda story: story.document.paper.personal and not story.document.paper.ordered,
    "P5A": lambda story: story.document.paper.addressee_rank == 1,
    "P5B": lambda story: "、" in story.document.paper.addressees,
    "P6": lambda story: not story.document.paper.signer,
    "P7": lambda story: story.corrections >= 2,
    "P8": _handled_undecided,
    "P9": lambda story: story.document.paper.reply in {"便条", "电话"},
    "P10": _urged_when_asked,
    "P11": _never_answers,
    "P12A": _to_and_fro,
    "P12B": _passed_on,
    "P20": lambda story: "转发" in story.acts and "承办" not in story.acts,
    "P22": lambda story: story.acts.count("退回") >= 2,
    "P36": _noted_unscreened,
    "P38": lambda story: story.units[:1] not in ([], ["文书科"], ["应急办"]),
    "T21": _same_hands,
    "S1": lambda story: story.acts.count("补正") > 1,
}


def accounts(
    run: Run, names: Sequence[str], decided: Sequence[str], untold: set[str]
) -> dict[str, dict[str, Any]]:
    """
    Account for every clause over all documents in its scope.

    Parameters
    ----------
    run
        The simulation.
    names, decided
        What its documents are called, by their case number, and its decisions, in their order.
    untold
        Documents to leave out, by name.

    Returns
    -------
    dict
        By clause: ``n`` documents (for P1, decisions) it is about, how many are ``broken``,
        ``pending`` and ``undecidable``, the rates of the lapses that were ``planted``, and which
        ``cases`` are broken and pending.
    """
    told = {
        name: story for name, story in zip(names, stories(run), strict=True) if name not in untold
    }
    past = {
        name: "kept" if decision.registered else "broken"
        for name, decision in zip(decided, run.decisions(), strict=True)
    }
    summed = {}
    for clause in CLAUSES:
        verdicts = past
        if clause.log == "incoming":
            said = {name: verdict_of(clause, story) for name, story in told.items()}
            verdicts = {name: verdict for name, verdict in said.items() if verdict}
        summed[clause.name] = _summed(clause, verdicts, run.plan.lapses)
    return summed


def stories(run: Run) -> list[Story]:
    """The stories of all documents, by their case number."""
    own: dict[int, list[Step]] = defaultdict(list)
    for step in run.steps:
        own[step.case].append(step)
    first: Counter[int] = Counter()
    for place in range(len(run.documents)):
        head, corrected = place, run.documents[place].paper.corrects
        while corrected is not None:
            head, corrected = corrected, run.documents[corrected].paper.corrects
        first[head] += head != place
    return [
        Story.of(document, own[place], run.office.days, first[place])
        for place, document in enumerate(run.documents)
    ]


def verdict_of(clause: Clause, story: Story) -> str | None:
    """
    Tell how one document fared under one clause.

    Returns
    -------
    str or None
        broken, pending (an open document may still keep it), undecidable or kept; None where the
        clause is not about the document.
    """
    corrects = story.document.paper.corrects is not None
    if not clause.covers(story.document) or (clause.name == "P7" and corrects):
        return None
    if clause.name == "P9" and "反馈" not in story.acts:
        return "undecidable"
    if not _BREACHES[clause.name](story):
        return "kept"
    return "pending" if clause.name == "P20" and not story.closed else "broken"


def _summed(clause: Clause, verdicts: dict[str, str], lapses: Lapses) -> dict[str, Any]:
    cases = {kind: [name for name, said in verdicts.items() if said == kind] for kind in _VERDICTS}
    return {
        "n": len(verdicts),
        "broken": len(cases["broken"]),
        "pending": len(cases["pending"]),
        "undecidable": sum(said == "undecidable" for said in verdicts.values()),
        "planted": {knob: getattr(lapses, knob) for knob in clause.knobs},
        "cases": cases,
    }
