"""Breaches of procedure: stories told by hand, and the package's own findings case by case."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pytest

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.criteria.rules import parse_rules
from efficiency.facts.events import observed
from efficiency.findings.rules.deviations import check_names, hold
from efficiency.sample.clauses import CLAUSES
from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.documents import Document, Paper
from efficiency.sample.plan import Lapses, Plan
from efficiency.sample.record import Sample, make_sample
from efficiency.sample.rule_accounts import Story, accounts, stories, verdict_of
from efficiency.sample.simulation import Run, Step

BY_NAME = {clause.name: clause for clause in CLAUSES}
NAMES = list(BY_NAME)


def document(**known: object) -> Document:
    """A document of a subordinate that keeps all rules."""
    paper = Paper(
        matter="批办性",
        addressees="市政府",
        personal=False,
        ordered=False,
        sender_rank=3,
        addressee_rank=2,
        signer="马某",
        reply="报告",
    )
    fields = {field.name for field in dataclasses.fields(Paper)}
    paper = dataclasses.replace(paper, **{k: v for k, v in known.items() if k in fields})
    chance = random.Random(0)
    plain = Document(
        "请示", "下级", "平件", "甲县政府", 0, "秘书一处", "综合处", "市财政局", True, chance,
        chance, paper,
    )  # fmt: skip
    return dataclasses.replace(plain, **{k: v for k, v in known.items() if k not in fields})


def story(way: str, **known: object) -> Story:
    """A story: steps as ``act/unit/who/day``, of which only the act must be given."""
    steps = [(step + "///").split("/") for step in way.split()]
    corrections = known.pop("corrections", 0)
    return Story(
        document(**known),
        [step[0] for step in steps],
        [step[1] or "文书科" for step in steps],
        [step[2] or "张某" for step in steps],
        [int(step[3] or 0) for step in steps],
        way.endswith(("归档", "退文")),
        corrections,
    )


@pytest.mark.parametrize(
    ("name", "way", "verdict"),
    [
        ("P1B", "签收 初审", "broken"),
        ("P1B", "签收 登记", "kept"),
        ("P1B", "", "broken"),
        ("P2A", "批示 签收 登记 批示", "broken"),
        ("P2A", "签收 登记 批示 登记", "kept"),
        ("P2A", "批示 签收 初审", "kept"),  # P1B
        ("P2B", "承办 反馈 承办", "broken"),
        ("P2B", "承办 反馈 退回 承办", "kept"),
        ("P2B", "拟办 批示 退办 转办 承办", "kept"),
        ("P2B", "反馈 退回 承办 拟办 退回", "broken"),  # 承办 → 拟办
        ("P2B", "拟办 审核 退回 拟办 审核 批示", "kept"),
        ("P2B", "承办 承办 反馈 归档", "kept"),
        ("P3", "承办/市财政局 承办/市住建局", "broken"),
        ("P3", "补正完成/市财政局 承办/市住建局", "broken"),
        ("P3", "承办/市财政局 催办/督查室 反馈/市住建局", "kept"),
        ("P3", "承办/综合处 承办/市住建局", "kept"),
        ("P3", "承办/市财政局 反馈/市财政局", "kept"),
        ("P8", "拟办 承办", "broken"),
        ("P8", "拟办 批示 承办", "kept"),
        ("P8", "承办 批示 承办", "broken"),
        ("P8", "拟办 批示", "kept"),
        ("P10", "领导询问///5 催办///8", "broken"),
        ("P10", "领导询问///5 催办///9", "kept"),
        ("P10", "领导询问///5 催办///9 领导询问///20 催办///20", "broken"),
        ("P10", "催办///5 领导询问///5", "kept"),
        ("P11", "催办 催办 催办", "broken"),
        ("P11", "催办 催办", "kept"),
        ("P11", "催办 催办 反馈 催办", "kept"),
        ("P11", "反馈 催办 催办 催办", "broken"),
        ("P12A", "拟办/甲 批示/乙 拟办/甲 批示/乙", "broken"),
        ("P12A", "拟办/甲 批示/乙 拟办/甲 批示/丙", "kept"),
        ("P12A", "拟办/甲 审核/甲 批示/乙 拟办/甲 拟办/甲", "kept"),
        ("P12B", "转办 退办 转办 退办 承办", "broken"),
        ("P12B", "转办 退办 转办 承办 退办 转办", "kept"),
        ("P12B", "转办 退办 转办 退办", "broken"),
        ("P20", "转发 反馈", "pending"),
        ("P20", "转发 反馈 归档", "broken"),
        ("P20", "转发 承办", "kept"),
        ("P20", "反馈", "kept"),
        ("P22", "退回 拟办 退回", "broken"),
        ("P22", "退回 拟办", "kept"),
        ("P38", "签收/秘书一处 登记", "broken"),
        ("P38", "批示/市领导 签收", "broken"),
        ("P38", "签收/应急办", "kept"),
        ("P38", "", "kept"),
        ("T21", "拟办//周某 审核//周某", "broken"),
        ("T21", "拟办//周某 退回//周某 拟办//吴某 审核//周某", "broken"),
        ("T21", "拟办//周某 审核//郑某 批示//周某", "kept"),
        ("S1", "补正 补正完成 补正", "broken"),
        ("S1", "补正 补正完成", "kept"),
    ],
)
def test_verdicts_on_what_was_done(name: str, way: str, verdict: str):
    assert verdict_of(BY_NAME[name], story(way)) == verdict


@pytest.mark.parametrize(
    ("name", "known", "verdict"),
    [
        ("P4", {"personal": True}, "broken"),
        ("P4", {"personal": True, "ordered": True}, "kept"),
        ("P4", {"ordered": True}, "kept"),
        ("P5A", {"addressee_rank": 1}, "broken"),
        ("P5A", {}, "kept"),
        ("P5A", {"level": "平级"}, None),
        ("P5B", {"addressees": "市政府、市委"}, "broken"),
        ("P5B", {}, "kept"),
        ("P5B", {"addressees": "各市政府、省级各部门", "level": "上级"}, None),
        ("P6", {"signer": ""}, "broken"),
        ("P6", {}, "kept"),
        ("P6", {"signer": "", "level": "上级"}, None),
        ("P7", {"corrections": 2}, "broken"),
        ("P7", {"corrections": 1}, "kept"),
        ("P7", {"corrects": 0}, None),
        ("P8", {"matter": "阅知性"}, None),
        ("P9", {"reply": "电话"}, "broken"),
        ("P9", {"reply": "正式函"}, "kept"),
        ("P36", {}, None),
    ],
)
def test_verdicts_on_what_is_known(name: str, known: dict[str, object], verdict: str | None):
    assert verdict_of(BY_NAME[name], story("签收 登记 反馈", **known)) == verdict


def test_the_form_of_an_answer_is_not_known_before_it_is_given():
    assert verdict_of(BY_NAME["P9"], story("签收 登记", reply="电话")) == "undecidable"


@pytest.mark.parametrize(
    ("way", "verdict"),
    [
        ("拟办 批示", "broken"),
        ("合法性审核 批示", "kept"),
        ("批示 签收 合法性审核 批示", "broken"),
        ("合法性审核", "kept"),
    ],
)
def test_opinions_must_be_screened(way: str, verdict: str):
    assert verdict_of(BY_NAME["P36"], story(way, kind="意见")) == verdict


def test_a_story_is_told_in_the_order_of_what_was_done():
    days = [10, 11, 14]  # a Saturday and a Sunday between
    steps = [
        Step(0, "登记", "乙", "文书科", 0, 1, 11 * 86_400 + 5),
        Step(0, "签收", "甲", "应急办", 0, 1, 10 * 86_400 + 5),
        Step(0, "初审", None, "秘书一处", 0, None, None),
        Step(0, "归档", "丙", "文书科", 0, 1, 14 * 86_400 + 5),
    ]
    told = Story.of(document(), steps, days)
    assert told.acts == ["签收", "登记", "归档"]
    assert told.units == ["应急办", "文书科", "文书科"]
    assert told.people == ["甲", "乙", "丙"]
    assert told.days == [0, 1, 2]
    assert told.closed
    assert not Story.of(document(), steps[:3], days).closed


def test_corrections_are_counted_at_the_first_version(days: pd.DataFrame):
    # 0 ← 1 ← 3 (a chain), 2 ← 4 and 2 ← 5 (both correct the first), 6 ← 7, 8
    links = [None, 0, None, 1, 2, 2, None, 6, None]
    drawn = [document(corrects=link) for link in links]
    run = Run(Plan(), DeskHours.of(days, 0), DeskHours.of(days, 1), drawn)
    assert [told.corrections for told in stories(run)] == [2, 0, 2, 0, 0, 0, 1, 0, 0]
    names = list("abcdefghi")
    told = accounts(run, names, [], {"c"})["P7"]
    assert told["n"] == 3
    assert told["cases"] == {"broken": ["a"], "pending": []}


# --- the package's own findings


@dataclass(frozen=True)
class Both:
    """What the simulation tells and what the package finds."""

    sample: Sample
    deviations: pd.DataFrame
    pending: pd.DataFrame
    adherence: pd.DataFrame

    def found(self, name: str) -> list[str]:
        """The cases that the package found, without those that slips touched."""
        own = self.deviations[self.deviations["rule_id"] == name]
        return sorted(set(own["case_id"]) - set(self.sample.truth["touched_by_faults"]))


def both(sample: Sample, logs: dict[str, pd.DataFrame]) -> Both:
    """Ask the package about both logs; each is held against its rules once."""
    found = [answers(name, logs) for name in ("incoming", "decisions")]
    deviations, pending, adherence = map(pd.concat, zip(*found, strict=True))
    return Both(sample, deviations, pending, adherence.set_index("rule_id"))


def answers(
    name: str, logs: dict[str, pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The deviations, the pending cases and the counts of one log."""
    table = pd.DataFrame([clause.row() for clause in CLAUSES if clause.log == name])
    closed_by = ["归档", "退文"] if name == "incoming" else []
    with observed(logs[name], Calendar(), cutoff="2024-12-31 18:00", closed_by=closed_by) as events:
        rules = parse_rules(table)
        check_names(events, rules, logs, warn=True)
        held = hold(events, rules, logs)
        return (
            events.frame(held.deviations.select(tables.DEVIATIONS.names)),
            events.frame(held.pending.select("rule_id", "case_id")),
            held.summary(),
        )


@pytest.fixture(scope="module")
def usual(sample: Sample, logs: dict[str, pd.DataFrame]) -> Both:
    """The sample in data/sample."""
    return both(sample, logs)


@pytest.fixture(scope="module")
def lawless(days: pd.DataFrame, read: Callable[[Sample], dict[str, pd.DataFrame]]) -> Both:
    """An office in which little is done as it should be, and nobody errs in the record."""
    often = {field.name: 0.05 for field in dataclasses.fields(Lapses)}
    lapses = Lapses(**(often | {"unscreened": 0.3, "self_review": 0.3, "silent": 0.06}))
    plan = Plan(
        rework_rate=0.2,
        supplement_rate=0.2,
        urge_rate=0.3,
        express_share=0.15,
        faults=False,
        lapses=lapses,
    )
    made = make_sample(days, 17, 500, plan)
    return both(made, read(made))


@pytest.mark.parametrize("name", NAMES)
def test_the_package_finds_what_was_planted_and_nothing_else(usual: Both, name: str):
    told = usual.sample.truth["rules"][name]
    assert len(told["cases"]["broken"]) == told["broken"] > 5
    assert usual.found(name) == sorted(told["cases"]["broken"])


@pytest.mark.parametrize("name", NAMES)
def test_they_agree_where_much_is_broken(lawless: Both, name: str):
    told, found = lawless.sample.truth["rules"][name], lawless.adherence.loc[name]
    assert told["broken"] > 5
    assert lawless.found(name) == sorted(told["cases"]["broken"])
    counts = ["n", "broken", "pending", "undecidable"]
    assert found[counts].tolist() == [told[count] for count in counts]
    assert found["missing"] == ""


@pytest.mark.parametrize("name", [name for name in BY_NAME if name != "P1"])
def test_they_count_the_same_documents(usual: Both, name: str):
    """Those that slips touched lie in the package's count beside what is told."""
    entries = usual.sample.incoming.drop_duplicates("流水号").set_index("流水号")
    touched = entries.loc[usual.sample.truth["touched_by_faults"]]
    inside = {
        **dict.fromkeys(("P5A", "P5B", "P6"), touched["来文层级"] == "下级"),
        "P7": touched["更正件"] == "",
        "P8": touched["办件类型"] == "批办性",
        "P36": touched["文种"] == "意见",
    }
    more = int(inside[name].sum()) if name in inside else len(touched)
    assert usual.adherence.loc[name, "n"] == usual.sample.truth["rules"][name]["n"] + more


def test_every_decision_is_told(usual: Both):
    assert usual.sample.truth["rules"]["P1"]["n"] == len(usual.sample.decisions)


def test_what_an_open_document_may_still_mend_is_pending(usual: Both):
    told = usual.sample.truth["rules"]
    pending = {name: held["cases"]["pending"] for name, held in told.items() if held["pending"]}
    assert list(pending) == ["P20"]
    found = usual.pending.groupby("rule_id")["case_id"].agg(sorted).to_dict()
    assert found == {name: sorted(cases) for name, cases in pending.items()}
    assert usual.adherence["pending"].to_dict() == {
        name: len(pending.get(name, [])) for name in BY_NAME
    }
    log = usual.sample.incoming
    for case in pending["P20"]:
        own = log[(log["流水号"] == case) & (log["办结时间"] != "")]
        assert "转发" in set(own["环节"])
        assert {"承办", "归档"}.isdisjoint(own["环节"])


def test_planted_rates_come_back(usual: Both):
    """Where one lapse alone breaks a rule, among the documents that it is a share of."""
    told, lapses = usual.sample.truth["rules"], usual.sample.truth["plan"]["lapses"]
    entries = usual.sample.incoming.drop_duplicates("流水号")
    plain = int((entries["紧急程度"] != "特急").sum())
    below = int((entries["来文层级"] == "下级").sum())
    shares = {
        **dict.fromkeys(("P1B", "P2A", "P10", "P11", "P12B", "P20"), plain),
        **dict.fromkeys(("P1", "P4", "P5A", "P5B", "P6"), below),
        "P7": told["P7"]["n"],
        "P9": told["P9"]["n"] - told["P9"]["undecidable"],
    }
    for name, n in shares.items():
        (knob,) = BY_NAME[name].knobs
        planted = lapses[knob]
        # Four standard errors of a share.
        margin = 4 * (planted * (1 - planted) / n) ** 0.5
        assert told[name]["broken"] / n == pytest.approx(planted, abs=margin), name


def test_an_office_that_keeps_to_procedure_breaks_no_rule(days: pd.DataFrame):
    told = make_sample(days, 21, 500, Plan.null()).truth["rules"]
    # Papers that are asked for twice are no lapse.
    assert [name for name, held in told.items() if held["broken"]] == ["S1"]
    assert not any(held["planted"].get(knob) for held in told.values() for knob in held["planted"])


def test_accounts_leave_out_what_they_are_told_to(usual: Both):
    told = usual.sample.truth["rules"]
    touched = set(usual.sample.truth["touched_by_faults"])
    assert touched
    for held in told.values():
        for kind in ("broken", "pending"):
            assert touched.isdisjoint(held["cases"][kind])
            assert len(held["cases"][kind]) == held[kind]
        assert held["broken"] + held["pending"] + held["undecidable"] <= held["n"]
