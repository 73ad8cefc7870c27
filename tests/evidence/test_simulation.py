"""The office at work: hours are kept, nobody does two things at once, every way is a known one."""

from __future__ import annotations

import datetime as dt
import itertools

import chinese_calendar
import numpy as np
import pandas as pd
import pytest

import efficiency as eff
from efficiency.evidence.office import CUTOFF, FIRST, LAST
from efficiency.evidence.plan import Lapses, Plan
from efficiency.evidence.simulation import TURNS, Run, Step, Turn, simulate

CUTOFF_TIME = pd.Timestamp("2024-12-31 18:00")
#: What may follow what, as domain experts tell it.
NEXT = {
    "签收": {"登记"},
    "登记": {"初审"},
    "初审": {"退文", "转办"},
    "转办": {"拟办"},
    "拟办": {"退回", "审核", "合法性审核", "批示"},
    "退回": {"拟办"},
    "审核": {"合法性审核", "批示"},
    "合法性审核": {"批示"},
    "批示": {"补正", "承办"},
    "补正": {"补正完成"},
    "补正完成": {"补正", "承办"},
    "承办": {"催办", "反馈"},
    "催办": {"反馈"},
    "反馈": {"办结"},
    "办结": {"归档"},
    "退文": set(),
    "归档": set(),
}
#: What else follows what, by what befalls a document.
ASTRAY = {
    "": {},
    "unregistered": {"签收": {"初审"}},
    "early_note": {"批示": {"签收"}},
    "backflow": {"反馈": {"承办"}},
    "side_pass": {"承办": {"承办"}},
    "undecided": {"拟办": {"承办"}, "审核": {"承办"}},
    "prompted": {"承办": {"领导询问"}, "领导询问": {"催办"}},
    "asked": {"催办": {"领导询问"}, "领导询问": {"反馈"}},
    "silent": {"催办": {"催办"}},
    "pressed": {"催办": {"催办"}},
    "shunt": {"批示": {"退办"}, "补正完成": {"退办"}, "退办": {"转办"}, "转办": {"退办", "承办"}},
    "returned": {"批示": {"退办"}, "补正完成": {"退办"}, "退办": {"转办"}, "转办": {"承办"}},
    "forward": {"批示": {"转发"}, "补正完成": {"转发"}, "转发": {"反馈"}},
    "forwarded": {"批示": {"转发"}, "补正完成": {"转发"}, "转发": {"承办"}},
    "side_entry": {},
}
#: How often each is done with what befalls a document, once it is filed.
TIMES = {
    "unregistered": {"登记": 0, "签收": 1},
    "early_note": {"批示": 2, "登记": 1},
    "backflow": {"承办": 2, "反馈": 2},
    "side_pass": {"承办": 2, "反馈": 1},
    "undecided": {"批示": 0, "合法性审核": 0, "承办": 1},
    "prompted": {"领导询问": 1, "催办": 1},
    "asked": {"领导询问": 1, "催办": 1},
    "pressed": {"催办": 3, "反馈": 1},
    "shunt": {"退办": 2, "转办": 3, "承办": 1},
    "returned": {"退办": 1, "转办": 2, "承办": 1},
    "forward": {"转发": 1, "承办": 0},
    "forwarded": {"转发": 1, "承办": 1},
    "side_entry": {"签收": 1},
}


@pytest.fixture(scope="module")
def run(days: pd.DataFrame) -> Run:
    """Give a run of another seed than the sample's."""
    return simulate(days, Plan(), 11, 1500)


@pytest.fixture(scope="module")
def astray(days: pd.DataFrame) -> Run:
    """Give a run in which much goes astray."""
    often = {way: 0.04 for way in TIMES if way in Lapses.__dataclass_fields__}
    lapses = Lapses(**often, silent=0.04, unscreened=0.3, self_review=0.3, off_register=0.05)
    return simulate(days, Plan(lapses=lapses), 12, 1200)


def ways(run: Run) -> dict[int, list[Step]]:
    """Give the steps of each document in order."""
    own = sorted(run.steps, key=lambda step: (step.case, step.received, step.end or CUTOFF + 1))
    return {case: list(held) for case, held in itertools.groupby(own, key=lambda step: step.case)}


@pytest.fixture(scope="module")
def steps(run: Run) -> pd.DataFrame:
    """Give its steps with times."""
    frame = pd.DataFrame(run.steps)
    moments = {name: pd.to_datetime(frame[name], unit="s") for name in ("received", "start", "end")}
    return frame.assign(**moments)


def open_then(moments: pd.Series) -> pd.Series:
    """Tell by the yearly notices and the written hours whether the office was open."""
    works = moments.dt.date.map(chinese_calendar.is_workday)
    stamp = moments.dt.strftime("%m-%d")
    summer = (stamp >= "07-01") & (stamp <= "09-30")
    minute = moments.dt.hour * 60 + moments.dt.minute + moments.dt.second / 60
    afternoon = minute - np.where(summer, 30, 0)
    return works & (minute.between(510, 720) | afternoon.between(870, 1080))


def test_steps_are_taken_up_and_done_in_office_hours(steps: pd.DataFrame):
    office = steps[steps["unit"] != "应急办"]
    for name in ("start", "end"):
        assert open_then(office[name].dropna()).all()


def test_the_duty_desk_works_at_night(steps: pd.DataFrame):
    duty = steps.loc[steps["unit"] == "应急办", "end"].dropna()
    assert 0.2 < (~open_then(duty)).mean() < 0.8


def test_the_duty_desk_handles_urgent_documents_only(run: Run, steps: pd.DataFrame):
    urgent = {case for case, document in enumerate(run.documents) if document.urgency == "特急"}
    assert set(steps.loc[steps["unit"] == "应急办", "case"]) == urgent
    assert urgent.isdisjoint(steps.loc[steps["unit"] == "市领导", "case"])


@pytest.mark.parametrize("which", ["run", "astray"])
def test_nobody_does_two_things_at_once(which: str, request: pytest.FixtureRequest):
    steps = pd.DataFrame(request.getfixturevalue(which).steps)
    steps = steps.assign(
        start=pd.to_datetime(steps["start"], unit="s"), end=pd.to_datetime(steps["end"], unit="s")
    )
    busy = steps.dropna(subset=["start"]).sort_values(["actor", "start"])
    until = busy["end"].fillna(CUTOFF_TIME).groupby(busy["actor"]).shift()
    assert not (busy["start"] < until).any()


def test_a_desk_takes_documents_up_in_the_order_in_which_they_become_ready(steps: pd.DataFrame):
    # The simulation keeps its steps in the order in which documents became ready.
    desk = steps[(steps["unit"] == "文书科") & steps["activity"].isin(["签收", "登记", "归档"])]
    assert desk.dropna(subset=["start"])["start"].is_monotonic_increasing


@pytest.mark.parametrize("which", ["run", "astray"])
def test_each_document_goes_a_known_way(which: str, request: pytest.FixtureRequest):
    run = request.getfixturevalue(which)
    for case, own in ways(run).items():
        lapse, way = run.documents[case].lapse, [step.activity for step in own]
        assert way[0] == ("批示" if lapse == "early_note" else "签收")
        for a, b in itertools.pairwise(way):
            assert b in NEXT.get(a, set()) | ASTRAY[lapse].get(a, set()), (lapse, a, b)


@pytest.mark.parametrize("lapse", TIMES)
def test_what_befalls_a_document_does(astray: Run, lapse: str):
    filed = [
        [step.activity for step in own]
        for case, own in ways(astray).items()
        if astray.documents[case].lapse == lapse and own[-1].activity == "归档"
    ]
    assert len(filed) > 10
    for way in filed:
        assert {activity: way.count(activity) for activity in TIMES[lapse]} == TIMES[lapse]


def test_silent_documents_are_never_answered(astray: Run):
    silent = [own for case, own in ways(astray).items() if astray.documents[case].lapse == "silent"]
    urged = [own for own in silent if sum(step.activity == "催办" for step in own) == 3]
    assert len(urged) > 10
    for own in urged:
        if own[-1].activity == "反馈":
            assert (own[-1].actor, own[-1].start, own[-1].end) == (None, None, None)
    assert not any(step.activity == "反馈" and step.end for own in silent for step in own)


def test_departments_return_and_hand_on(astray: Run):
    departments = {"市发改委", "市财政局", "市住建局", "市教育局"}
    for case, own in ways(astray).items():
        document = astray.documents[case]
        units = {
            activity: [step.unit for step in own if step.activity == activity]
            for activity in ("承办", "退办", "签收")
        }
        if document.lapse == "side_pass" and len(units["承办"]) == 2:
            assert units["承办"][0] != units["承办"][1]
            assert set(units["承办"]) <= departments
        if document.lapse == "shunt" and len(units["退办"]) == 2:
            assert units["退办"] == [document.other, document.handler]
        at_front = document.lapse == "side_entry" and bool(units["签收"])
        assert (units["签收"] == ["秘书一处"]) == at_front


def test_legal_review_comes_right_before_the_decision_and_at_the_duty_desk_for_urgent_ones(
    astray: Run,
):
    seen = set()
    for case, own in ways(astray).items():
        document = astray.documents[case]
        for before, step in itertools.pairwise(own):
            if step.activity == "批示" and before.activity != "批示":
                assert (before.activity == "合法性审核") == document.screened
                if document.screened:
                    seen.add((document.kind, document.urgency == "特急", before.unit))
    assert seen == {("意见", False, "市司法局"), ("意见", True, "应急办")}


def test_drafts_are_reviewed_by_others_unless_planned(astray: Run):
    found = set()
    for case, own in ways(astray).items():
        drafted = [step.actor for step in own if step.activity == "拟办"]
        reviewed = [step.actor for step in own if step.activity == "审核" and step.actor]
        if reviewed:
            same = reviewed[0] == drafted[-1]
            found.add((astray.documents[case].self_reviewed, same))
    assert found == {(True, True), (False, False)}


def test_prompted_urging_follows_the_question_at_once(astray: Run):
    for own in ways(astray).values():
        for asked, urged in itertools.pairwise(own):
            if (asked.activity, urged.activity) == ("领导询问", "催办"):
                assert urged.received == asked.end


def test_decisions_are_those_on_record_and_those_past_the_register(astray: Run):
    decisions = astray.decisions()
    assert [decision.at for decision in decisions] == sorted(decision.at for decision in decisions)
    on_record = {(d.at, d.leader) for d in decisions if d.registered}
    noted = {(s.end, s.actor) for s in astray.steps if s.activity == "批示" and s.end}
    assert on_record == noted
    past = [decision for decision in decisions if not decision.registered]
    assert {id(d.document) for d in past} == set(map(id, astray.strays))
    assert len(past) == len(astray.strays) > 10
    assert {decision.leader for decision in past} == {"沈某", "韩某", "杨某"}
    numbers = {document.paper.number for document in astray.documents}
    assert numbers.isdisjoint(decision.document.paper.number for decision in past)


def test_an_office_that_keeps_to_procedure_goes_the_usual_ways_only(days: pd.DataFrame):
    kept = simulate(days, Plan(lapses=Lapses.none()), 11, 400)
    assert all(decision.registered for decision in kept.decisions())
    for own in ways(kept).values():
        assert all(b.activity in NEXT[a.activity] for a, b in itertools.pairwise(own))


def test_a_step_begins_after_the_one_before_has_ended(steps: pd.DataFrame):
    own = steps.sort_values(["case", "received"])
    before = own.groupby("case")["end"].shift()
    assert not (own["received"] < before).any()
    assert (own["start"].dropna() >= own.loc[own["start"].notna(), "received"]).all()
    done = own.dropna(subset=["end"])
    assert (done["end"] > done["start"]).all()


def test_nothing_is_seen_after_the_cutoff_and_something_is_open(steps: pd.DataFrame):
    assert pd.Timestamp(CUTOFF, unit="s") == CUTOFF_TIME
    assert steps[["received", "start", "end"]].max().max() <= CUTOFF_TIME
    unseen = steps[steps["end"].isna()]
    assert len(unseen)
    assert unseen["case"].is_unique
    assert unseen.loc[unseen["start"].isna(), "actor"].isna().all()
    assert unseen.loc[unseen["start"].notna(), "actor"].notna().all()


def test_month_ends_are_the_last_three_working_days(run: Run):
    last = {pd.Timestamp(day, unit="D").date() for day in run.month_ends}
    in_september = {day for day in last if (day.year, day.month) == (2024, 9)}
    # The make-up Sunday 29 September is a working day.
    assert in_september == {dt.date(2024, 9, 27), dt.date(2024, 9, 29), dt.date(2024, 9, 30)}


def test_one_unit_is_slow_at_the_month_end_only(steps: pd.DataFrame, run: Run):
    front = steps[(steps["unit"] == "秘书一处") & steps["end"].notna()]
    hours = eff.work_hours(front["start"], front["end"], eff.Calendar())
    at_end = (
        front["start"]
        .dt.floor("D")
        .map(lambda day: (day - pd.Timestamp("1970-01-01")).days in run.month_ends)
    )
    winter = ~front["start"].dt.month.isin([7, 8, 9])  # the public calendar has no summer hours
    ratio = hours[at_end & winter].median() / hours[~at_end & winter].median()
    assert ratio == pytest.approx(5, rel=0.15)


def test_handling_is_quicker_since_the_change(steps: pd.DataFrame):
    handled = steps[(steps["activity"] == "承办") & steps["end"].notna()]
    handled = handled[~handled["start"].dt.month.isin([7, 8, 9]) & (handled["unit"] != "综合处")]
    hours = eff.work_hours(handled["start"], handled["end"], eff.Calendar())
    since = handled["start"] >= "2024-07-01"
    assert hours[since].median() / hours[~since].median() == pytest.approx(0.75, rel=0.12)


def test_the_same_seed_gives_the_same_steps_and_another_seed_others(days: pd.DataFrame):
    first, again, other = (simulate(days, Plan(), seed, 60).steps for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_more_days_in_the_table_change_nothing(root, days: pd.DataFrame):
    calendar = eff.read_calendar(root / "data" / "sample" / "calendar.toml")
    longer = calendar.days(FIRST - dt.timedelta(days=400), LAST + dt.timedelta(days=400))
    assert simulate(longer, Plan(), 3, 60).steps == simulate(days, Plan(), 3, 60).steps


@pytest.mark.parametrize("part", ["no duty desk", "too short"])
def test_a_day_table_that_does_not_reach_is_refused(days: pd.DataFrame, part: str):
    short = {
        "no duty desk": days[days["calendar"] == 0],
        "too short": days.groupby("calendar").head(500),
    }
    with pytest.raises(ValueError, match="2023-01-01 to 2025-03-31"):
        simulate(short[part], Plan(), 1, 10)


def test_simulating_leaves_the_day_table_as_it_was(days: pd.DataFrame):
    before = days.copy()
    simulate(days, Plan(), 1, 10)
    pd.testing.assert_frame_equal(days, before)


def test_a_turn_is_taken_where_it_fits():
    here, instead = Turn("甲", after="乙"), Turn("甲", instead=("丙", "丁"))
    assert [here.fits("乙", "丙"), here.fits("丙", "乙"), here.fits("乙", None)] == [1, 0, 1]
    assert [instead.fits("乙", "丁"), instead.fits("丁", "乙"), instead.fits("乙", None)] == [
        1,
        0,
        0,
    ]


def test_every_way_has_its_turns():
    assert set(TURNS) | {"", "side_entry"} == set(ASTRAY)
