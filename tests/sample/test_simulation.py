"""The office at work: hours are kept, nobody does two things at once, every way is a known one."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import chinese_calendar
import numpy as np
import pandas as pd
import pytest

import efficiency as eff
from efficiency.sample.establishment import CHANGED, CUTOFF, FIRST, LAST
from efficiency.sample.plan import Lapses, Plan
from efficiency.sample.simulation import TURNS, Run, Step, Turn, simulate

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
    """A run of another seed than the sample's."""
    return simulate(days, Plan(), 11, 1500)


@pytest.fixture(scope="module")
def astray(days: pd.DataFrame) -> Run:
    """A run in which much goes astray."""
    often = {way: 0.04 for way in TIMES if way in Lapses.__dataclass_fields__}
    lapses = Lapses(**often, silent=0.04, unscreened=0.3, self_review=0.3, off_register=0.05)
    return simulate(days, Plan(lapses=lapses), 12, 1200)


def ways(run: Run) -> dict[int, list[Step]]:
    """The steps of each document in order."""
    own = sorted(run.steps, key=lambda step: (step.case, step.received, step.end or CUTOFF + 1))
    return {case: list(held) for case, held in itertools.groupby(own, key=lambda step: step.case)}


#: Runs and their steps with times, by the run's id; a run that is kept keeps its id.
TIMED: dict[int, tuple[Run, pd.DataFrame]] = {}


def timed(run: Run) -> pd.DataFrame:
    """The steps of a run with times; made once, so not to be changed."""
    if id(run) not in TIMED:
        TIMED[id(run)] = run, with_times(run)
    return TIMED[id(run)][1]


def with_times(run: Run) -> pd.DataFrame:
    frame = pd.DataFrame(run.steps)
    moments = {
        name: np.array([step[place] for step in run.steps], dtype="datetime64[s]")
        for place, name in enumerate(Step._fields)
        if name in {"received", "start", "end"}
    }
    return frame.assign(**moments)


@pytest.fixture(scope="module")
def steps(run: Run) -> pd.DataFrame:
    """Its steps with times."""
    return timed(run)


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
    steps = timed(request.getfixturevalue(which))
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


# --- what else may be planted


@pytest.fixture(scope="module")
def hours(root) -> eff.Calendar:
    """The office's hours as the package knows them."""
    return eff.read_calendar(root / "data" / "sample" / "calendar.toml")


@pytest.fixture(scope="module")
def null(days: pd.DataFrame) -> Run:
    """An office in which nothing differs."""
    return simulate(days, Plan.null(), 21, 2000)


@pytest.fixture(scope="module")
def overloaded(days: pd.DataFrame) -> dict[float, Run]:
    """The same with more work at the legal desk than it can do, and with less."""
    plans = {share: replace(Plan.null(), overload=share) for share in (1.2, 0.6)}
    return {share: simulate(days, plan, 21, 2000) for share, plan in plans.items()}


def done(run: Run, activity: str) -> pd.DataFrame:
    """The last time that an activity was done, by document."""
    steps = timed(run)
    own = steps[(steps["activity"] == activity) & steps["end"].notna()]
    return own.drop_duplicates("case", keep="last").set_index("case")


def test_before_the_reform_documents_wait_so_many_days_more_and_after_it_no_longer(
    days: pd.DataFrame, null: Run, hours: eff.Calendar
):
    run = simulate(days, replace(Plan.null(), reform_days=3), 21, 2000)
    waits = [done(each, "批示") for each in (run, null)]
    waited = [eff.work_hours(own["received"], own["start"], hours) for own in waits]
    more = (waited[0] - waited[1]).dropna()
    reached = waits[0]["received"].reindex(more.index)
    before = reached < pd.Timestamp(CHANGED, unit="s")
    assert (before.sum() > 1300, (~before).sum() > 400) == (True, True)
    # Who is busy with another document is so an hour at most.
    assert more[before].between(20, 22).all()
    assert more[~before].between(-1, 1).all()
    for side, days_more in ((before, 3), (~before, 0)):
        exactly = (more[side] - 7 * days_more).abs() < 1e-6
        assert exactly.mean() > 0.85

    def whole_time(run: Run) -> pd.Series:
        arrived = np.array([document.arrived for document in run.documents], dtype="datetime64[s]")
        filed = done(run, "归档")
        return eff.work_hours(pd.Series(arrived).reindex(filed.index), filed["end"], hours)

    longer = (whole_time(run) - whole_time(null)).dropna()
    assert longer.groupby(before.reindex(longer.index)).median().round(3).to_dict() == {
        True: 21,
        False: 0,
    }


def test_nobody_meets_over_urgent_documents_or_those_that_are_not_drafted(days: pd.DataFrame):
    lapses = replace(Lapses.none(), early_note=0.3)
    plan = replace(Plan.null(), express_share=0.3, lapses=lapses)
    runs = [simulate(days, each, 5, 500) for each in (plan, replace(plan, reform_days=3))]
    waits = []
    for run in runs:
        own = timed(run)
        own = own[(own["activity"] == "批示") & own["start"].notna()]
        first = own.drop_duplicates("case").set_index("case")
        waits.append((first["start"] - first["received"]) / pd.Timedelta(hours=1))
    more = waits[1] - waits[0]
    urgent = pd.Series([document.urgency == "特急" for document in runs[0].documents])
    noted = pd.Series([document.lapse == "early_note" for document in runs[0].documents])
    early = pd.Series([document.arrived < CHANGED - 30 * 86_400 for document in runs[0].documents])
    assert (urgent.sum() > 100, noted.sum() > 70) == (True, True)
    more, urgent, noted, early = (part.reindex(more.index) for part in (more, urgent, noted, early))
    assert more[urgent | noted].abs().max() < 2
    assert more[~urgent & ~noted & early].min() > 20


@pytest.mark.parametrize("overload", [1.2, 0.6])
def test_as_much_comes_in_to_the_legal_desk_as_planned(
    overloaded: dict[float, Run], null: Run, hours: eff.Calendar, overload: float
):
    run = overloaded[overload]
    usual, own = (done(each, "合法性审核") for each in (null, run))
    handled = [eff.work_hours(each["start"], each["end"], hours) for each in (usual, own)]
    slower = (handled[1] / handled[0]).dropna()
    # Seconds are whole: half of one in the quarter of an hour that it usually takes.
    assert slower.max() / slower.min() == pytest.approx(1, abs=0.01)
    opened = pd.date_range("2023-01-01", "2024-12-31")
    able = 2 * 7 * sum(chinese_calendar.is_workday(day.date()) for day in opened)
    assert handled[0].sum() * slower.median() == pytest.approx(overload * able, rel=0.002)
    # With more than they can do they are busy all the time but for the first hours of a day or two.
    assert handled[1].sum() / able == pytest.approx(min(overload, 1), abs=0.01)


def test_a_backlog_grows_where_more_comes_in_than_can_go_out(
    overloaded: dict[float, Run], null: Run
):
    run = overloaded[1.2]
    steps = timed(run)
    desk = steps[steps["activity"] == "合法性审核"]
    assert len(desk) / desk["end"].notna().sum() == pytest.approx(1.2, abs=0.03)
    quarters = pd.date_range("2023-01-01", "2025-01-01", freq="QE")
    open_then = [int(((desk["received"] <= day) & ~(desk["end"] <= day)).sum()) for day in quarters]
    assert min(np.diff(open_then)) > 0
    # A sixth of some 1,920.
    assert open_then[-1] == pytest.approx(320, abs=40)
    # Who drafts also closes documents (办结), so that moments differ a little, and nothing else.
    reached = [
        {(step.case, step.activity) for step in each.steps if step.received < CUTOFF - 7 * 86_400}
        for each in (run, null)
    ]
    early = {"签收", "登记", "初审", "转办", "拟办", "审核", "合法性审核"}
    assert {pair for pair in reached[0] if pair[1] in early} == {
        pair for pair in reached[1] if pair[1] in early
    }


def test_an_office_without_legal_review_has_nothing_to_overload(days: pd.DataFrame):
    plan = replace(Plan.null(), legal_kinds=())
    assert (
        simulate(days, replace(plan, overload=1.2), 2, 60).steps
        == simulate(days, plan, 2, 60).steps
    )


def test_a_slow_unit_takes_half_as_long_again_over_two_steps_waiting_and_handling(
    days: pd.DataFrame, hours: eff.Calendar
):
    plan = replace(Plan.null(), slow_factor=1.5)
    steps = timed(simulate(days, plan, 31, 2000)).dropna(subset=["end"])
    steps = steps.assign(
        handling=eff.work_hours(steps["start"], steps["end"], hours),
        waiting=eff.work_hours(steps["received"], steps["start"], hours),
    )
    slow = steps["unit"] == "综合处"
    # Documents also wait for one another, and in a slow unit longer: what waits for the people
    # who handle (承办) is not told apart here, but for a little more of it.
    for activity, part, planted, more in (
        ("拟办", "handling", 1.5, 0),
        ("拟办", "waiting", 1.5, 0),
        ("承办", "handling", 1.5, 0),
        ("承办", "waiting", 1.5, 0.1),
        ("反馈", "handling", 1, 0),
        ("办结", "handling", 1, 0),
        ("办结", "waiting", 1, 0),
    ):
        own = steps["activity"] == activity
        sides = [steps.loc[own & side, part] for side in (slow, ~slow)]
        ratio = sides[0].median() / sides[1].median()
        # The standard error of a lognormal's median, on a log scale: 1.2533 sigma / sqrt(n).
        sigma = {"handling": 0.5, "waiting": 0.7}[part]
        error = 1.2533 * sigma * sum(1 / len(side) for side in sides) ** 0.5
        assert abs(np.log(ratio / planted)) < 4 * error + more


#: What is done on the first day of the second year.
ACTED = dt.date(2024, 1, 1)
SINCE = pd.Timestamp(ACTED)
DONE = (
    ("month_end_factor", 1.0),
    ("loop_rate", 0.06),
    ("put_off_share", 0.25),
    ("slow_factor", 2.5),
    ("return_rate", 0.12),
    ("lapses.self_review", 0.0),
    ("lapses.unsigned", 0.0),
    ("lapses.recorrected", 0.0),
    ("lapses.off_register", 0.0),
)


@pytest.fixture(scope="module")
def acted(days: pd.DataFrame) -> tuple[Run, Run]:
    """Two years in which nothing is done, and the same with much done in the second."""
    plan = Plan(change_factor=1.0, loop_rate=0.3, lapses=replace(Lapses(), self_review=0.2))
    plans = plan, replace(plan, then=DONE, acted=ACTED)
    return simulate(days, plans[0], 41, 2000), simulate(days, plans[1], 41, 2000)


def test_what_is_done_changes_nothing_before_its_day(acted: tuple[Run, Run]):
    day = int(SINCE.timestamp())
    before = [sorted(step for step in run.steps if (step.end or CUTOFF) < day) for run in acted]
    assert len(before[0]) > 10_000
    assert before[0] == before[1]


def test_as_long_as_a_document_goes_the_same_way_its_chance_is_the_same(
    acted: tuple[Run, Run], hours: eff.Calendar
):
    taken = []
    for run in acted:
        steps = timed(run).sort_values(["case", "received"])
        steps["taken"] = eff.work_hours(steps["start"], steps["end"], hours)
        steps["way"] = steps.groupby("case")["activity"].transform(" ".join)
        steps["place"] = steps.groupby("case").cumcount()
        taken.append(steps.set_index(["case", "way", "place"]))
    both = taken[0].join(taken[1][["taken", "received"]], rsuffix="_acted", how="inner")
    # Nights are worked at the duty desk alone, and what took longer or shorter was meant to.
    meant = both["unit"].isin(["应急办", "秘书一处"]) | (
        (both["unit"] == "综合处") & both["activity"].isin(["拟办", "承办"])
    )
    same = both[~meant].dropna(subset=["taken", "taken_acted"])
    late = same[same["received"] > SINCE]
    assert late.index.get_level_values("case").nunique() > 700
    assert {"合法性审核", "领导询问", "退办", "转发"} < set(late["activity"])
    assert (late["received"] != late["received_acted"]).mean() > 0.1
    assert (same["taken"] - same["taken_acted"]).abs().max() == pytest.approx(0, abs=1e-6)


def test_what_is_done_shows_from_its_day_on(acted: tuple[Run, Run], hours: eff.Calendar):
    run = acted[1]
    steps = timed(run).dropna(subset=["end"])
    steps = steps.assign(taken=eff.work_hours(steps["start"], steps["end"], hours))
    for late, month_end, loops, slow, returned in (
        (False, 5.0, 0.30, 1.5, 0.04),
        (True, 1.0, 0.06, 2.5, 0.12),
    ):
        own = steps[(steps["start"] >= SINCE) == late]
        front = own[own["unit"] == "秘书一处"]
        day = front["start"].to_numpy().astype("datetime64[D]").astype(int)
        last = np.isin(day, list(run.month_ends))
        for activity in ("初审", "转办"):
            taken, which = front["taken"], front["activity"] == activity
            ratio = taken[which & last].median() / taken[which & ~last].median()
            assert ratio == pytest.approx(month_end, rel=0.25)
        drafts = own[(own["activity"] == "拟办") & (own["unit"] == "秘书三处")]
        backs = own[(own["activity"] == "退回") & own["case"].isin(drafts["case"])]
        assert len(backs) / len(drafts) == pytest.approx(loops, abs=0.06)
        handled = own[own["activity"] == "承办"].groupby(own["unit"] == "综合处")["taken"].median()
        assert handled[True] / handled[False] == pytest.approx(slow, rel=0.15)
        checked = own[(own["activity"] == "初审") & (own["unit"] != "应急办")]
        sent_away = own[own["activity"] == "退文"]
        assert len(sent_away) / len(checked) == pytest.approx(returned, abs=0.03)


def test_who_reviews_is_settled_when_a_document_comes_in(acted: tuple[Run, Run]):
    day = int(SINCE.timestamp())
    reviewed_by_drafter = [
        document.arrived
        for case, own in ways(acted[1]).items()
        for document in [acted[1].documents[case]]
        for a, b in itertools.pairwise(own)
        if (a.activity, b.activity) == ("拟办", "审核") and b.actor == a.actor
    ]
    assert len(reviewed_by_drafter) > 60
    assert max(reviewed_by_drafter) < day


def test_drafts_are_put_off_as_long_as_nothing_is_done(days: pd.DataFrame):
    plan = replace(Plan.null(), put_off_share=1.0, then=(("put_off_share", 0.0),), acted=ACTED)
    steps = timed(simulate(days, plan, 6, 1000))
    late = steps[(steps["activity"] == "拟办") & (steps["received"].dt.hour >= 16)]
    after = late["received"] >= SINCE
    same_day = late["start"].dt.date == late["received"].dt.date
    assert not same_day[~after].any()
    assert same_day[after].mean() > 0.7


@pytest.mark.parametrize(
    ("overload", "then", "in_between", "at_the_end"),
    # A sixth of what comes in in a year, 480 with a standard error of 16; at half of what it can
    # do a desk would get through a year's documents and the backlog.
    [(1.2, 0.5, (15, 145), (0, 9)), (0.0, 1.2, (0, 9), (15, 145))],
)
def test_a_desk_may_get_quicker_or_slower(
    days: pd.DataFrame, overload: float, then: float, in_between: tuple, at_the_end: tuple
):
    plan = replace(Plan.null(), overload=overload, then=(("overload", then),), acted=ACTED)
    steps = timed(simulate(days, plan, 8, 1000))
    desk = steps[steps["activity"] == "合法性审核"]
    for day, expected in ((SINCE, in_between), (CUTOFF_TIME, at_the_end)):
        open_then = int(((desk["received"] <= day) & ~(desk["end"] <= day)).sum())
        assert expected[0] <= open_then <= expected[1]


def test_a_reform_may_come_early(days: pd.DataFrame, hours: eff.Calendar):
    plan = replace(Plan.null(), reform_days=4, then=(("reform_days", 1.5),), acted=ACTED)
    steps = done(simulate(days, plan, 8, 1000), "批示")
    waited = eff.work_hours(steps["received"], steps["start"], hours)
    changed = pd.Timestamp(CHANGED, unit="s")
    period = np.where(steps["received"] < SINCE, 1, np.where(steps["received"] < changed, 2, 3))
    lowest = waited.groupby(period).min()
    assert lowest.to_dict() == pytest.approx({1: 28, 2: 10.5, 3: 0}, abs=0.6)
