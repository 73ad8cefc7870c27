"""The documents that come in: how many of each kind, when, and what stands on them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re

import chinese_calendar
import numpy as np
import pandas as pd
import pytest

from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.documents import Document, documents, entitle, strays
from efficiency.sample.establishment import KINDS
from efficiency.sample.plan import LOOK_ALIKES, WAYS, Lapses, Plan


@pytest.fixture(scope="module")
def drawn(office: DeskHours) -> list[Document]:
    """The documents of two years."""
    return documents(office, Plan(), 7, 2000)


@pytest.fixture(scope="module")
def titled(office: DeskHours) -> tuple[list[Document], list[Document]]:
    """The documents of the sample and those that were never registered, with titles."""
    registered = documents(office, Plan(), 2024, 2000)
    others = strays(office, Plan(), registered)
    entitle(registered, others)
    return registered, others


@pytest.fixture(scope="module")
def many(office: DeskHours) -> list[Document]:
    """The documents of several offices."""
    return [document for seed in range(6) for document in documents(office, Plan(), seed, 2000)]


def in_summer_or_winter_hours(moment: pd.Timestamp) -> bool:
    """Tell by the yearly notices and the written hours whether the office is open."""
    summer = "07-01" <= f"{moment:%m-%d}" <= "09-30"
    spans = (("08:30", "12:00"), ("15:00", "18:30") if summer else ("14:30", "18:00"))
    clock = f"{moment:%H:%M:%S}"
    return chinese_calendar.is_workday(moment.date()) and any(a <= clock <= b for a, b in spans)


def test_documents_come_in_order_within_the_two_years(drawn: list[Document]):
    arrived = [document.arrived for document in drawn]
    assert arrived == sorted(arrived)
    assert pd.Timestamp("2023-01-01") <= pd.Timestamp(arrived[0], unit="s")
    assert pd.Timestamp(arrived[-1], unit="s") < pd.Timestamp("2025-01-01")


def test_ordinary_documents_come_in_office_hours_and_urgent_ones_at_any_time(
    drawn: list[Document],
):
    opened = pd.Series(
        [in_summer_or_winter_hours(pd.Timestamp(d.arrived, unit="s")) for d in drawn]
    )
    urgent = pd.Series([document.urgency == "特急" for document in drawn])
    assert opened[~urgent].all()
    # 40 % come in office hours, and of the others about one in five:
    # 500 days of 7 hours in 731 days of 24.
    assert opened[urgent].mean() == pytest.approx(0.4 + 0.6 * 0.2, abs=0.12)


def test_shares_are_as_planned(drawn: list[Document]):
    frame = pd.DataFrame(drawn)
    # Four standard errors of a share of 2,000.
    assert (frame["urgency"] == "特急").mean() == pytest.approx(0.07, abs=0.023)
    assert (frame["level"] == "下级").mean() == pytest.approx(0.55, abs=0.045)
    assert (frame["kind"] == "请示").mean() == pytest.approx(0.275, abs=0.04)
    assert set(frame.loc[frame["kind"] == "请示", "level"]) == {"下级"}


def test_documents_of_every_type_come_in_and_of_no_other(many: list[Document]):
    assert {document.kind for document in many} == set(KINDS)


def test_the_handling_unit_hangs_on_nothing_else(drawn: list[Document]):
    frame = pd.DataFrame([(d.handler, d.kind, d.level) for d in drawn], columns=list("hkl"))
    assert frame["h"].value_counts(normalize=True).between(0.16, 0.24).all()
    shares = pd.crosstab(frame["l"], frame["h"], normalize="index")
    assert (shares - 0.2).abs().to_numpy().max() < 0.1


def test_seasons_show_in_the_months_and_the_null_plan_has_none(office: DeskHours):
    def share_of_december(plan: Plan) -> float:
        months = [
            pd.Timestamp(document.arrived, unit="s").month
            for seed in range(3)
            for document in documents(office, plan, seed, 2000)
        ]
        return float(np.mean(np.array(months) == 12))

    # 43 of the 500 working days of the two years lie in a December.
    assert share_of_december(Plan.null()) == pytest.approx(43 / 500, abs=0.015)
    assert share_of_december(Plan()) > 43 / 500 + 0.015


def test_the_null_plan_draws_no_lapse_and_treats_all_types_alike(office: DeskHours):
    registered = documents(office, Plan.null(), 4, 600)
    assert strays(office, Plan.null(), registered) == []
    assert {document.lapse for document in registered} == {""}
    assert {document.screened for document in registered} == {True}
    for document in registered:
        paper = document.paper
        assert (paper.corrects, paper.personal, document.self_reviewed) == (None, False, False)
        assert bool(paper.signer) == (document.level == "下级")
        assert paper.reply in {"正式函", "报告"}
        assert document.level != "下级" or paper.addressees == "市政府"


def plainly(document: Document) -> tuple[object, ...]:
    """What a document had before there were lapses."""
    d = document
    return (
        d.kind, d.level, d.urgency, d.origin, d.arrived, d.front, d.drafter, d.handler, d.reviewed,
        d.chance.getstate(),
    )  # fmt: skip


def test_lapses_do_not_change_what_else_is_drawn(office: DeskHours):
    with_lapses, without = (
        documents(office, plan, 9, 300) for plan in (Plan(), Plan(lapses=Lapses.none()))
    )
    assert list(map(plainly, with_lapses)) == list(map(plainly, without))
    assert any(document.lapse for document in with_lapses)


ACTED = dt.date(2024, 1, 1)
SINCE = int(pd.Timestamp(ACTED).timestamp())


def wholly(document: Document) -> tuple[object, ...]:
    """All that a document has when it comes in, but for its number and title."""
    d = document
    return (*plainly(d), dataclasses.astuple(d.paper), d.lapse, d.screened, d.self_reviewed)


def test_what_is_done_changes_no_document_that_came_before(office: DeskHours):
    done = tuple((f"lapses.{field.name}", 0.04) for field in dataclasses.fields(Lapses))
    usual, acted = Plan(), Plan(then=done, acted=ACTED)
    as_usual, with_it = (documents(office, plan, 9, 600) for plan in (usual, acted))
    assert list(map(plainly, as_usual)) == list(map(plainly, with_it))
    before = sum(document.arrived < SINCE for document in as_usual)
    assert 250 < before < 350
    assert list(map(wholly, as_usual[:before])) == list(map(wholly, with_it[:before]))
    assert list(map(wholly, as_usual[before:])) != list(map(wholly, with_it[before:]))


def test_nothing_befalls_documents_once_that_is_seen_to(office: DeskHours):
    done = tuple((f"lapses.{field.name}", 0.0) for field in dataclasses.fields(Lapses))
    plan = Plan(then=done, acted=ACTED)
    registered = documents(office, plan, 9, 2000)
    old, new = (
        [document for document in registered if (document.arrived >= SINCE) == late]
        for late in (False, True)
    )
    assert {document.lapse for document in new} == {""} < {document.lapse for document in old}
    for own, expected in ((old, {True, False}), (new, {False})):
        assert {document.self_reviewed for document in own} == expected
        assert {document.paper.personal for document in own} == expected
        assert {"、" in d.paper.addressees for d in own if d.level == "下级"} == expected
        assert {d.paper.signer == "" for d in own if d.level == "下级"} == expected
        assert {d.paper.reply in {"便条", "电话"} for d in own} == expected
        assert {d.kind == "意见" and not d.screened for d in own} == expected
    heads = [d.paper.corrects for d in registered if d.paper.corrects is not None]
    assert {registered[head].arrived >= SINCE for head in heads} == {False}
    assert {stray.arrived >= SINCE for stray in strays(office, plan, registered)} == {False}


def test_doing_something_about_signatures_changes_signatures_only(office: DeskHours):
    plans = Plan(), Plan(then=(("lapses.unsigned", 0.0),), acted=ACTED)
    before, after = (documents(office, plan, 9, 2000) for plan in plans)
    unsigned = [
        place
        for place, document in enumerate(before)
        if document.level == "下级" and not document.paper.signer and document.arrived >= SINCE
    ]
    assert len(unsigned) > 8
    signers = {document.paper.signer for document in before if document.paper.signer}
    assert len({after[place].paper.signer for place in unsigned}) > 3
    for place in unsigned:
        assert after[place].paper.signer in signers
        after[place].paper.signer = ""
    assert list(map(wholly, before)) == list(map(wholly, after))


@pytest.mark.parametrize(("rate", "then"), [(0.05, 0.15), (0.15, 0.05)])
def test_strays_are_as_frequent_as_planned_for_the_day_on_which_they_come(
    office: DeskHours, rate: float, then: float
):
    lapses = dataclasses.replace(Lapses(), off_register=rate)
    plan = Plan(seasonality=0, lapses=lapses, then=(("lapses.off_register", then),), acted=ACTED)
    came, below = np.zeros(2), 0
    for seed in range(3):
        registered = documents(office, plan, seed, 2000)
        below += sum(document.level == "下级" for document in registered)
        late = [stray.arrived >= SINCE for stray in strays(office, plan, registered)]
        came += [late.count(False), late.count(True)]
    # Each year has half of the working days, and so half of those who might come.
    assert came[0] / below == pytest.approx(rate / 2, abs=4 * (rate / 2 / below) ** 0.5)
    assert came[1] / below == pytest.approx(then / 2, abs=4 * (then / 2 / below) ** 0.5)


def within(found: float, planted: float, n: int) -> bool:
    """Tell whether a share of n lies within four standard errors of what was planted."""
    return abs(found - planted) <= 4 * (planted * (1 - planted) / n) ** 0.5


@pytest.mark.parametrize("way", WAYS)
def test_ways_are_as_frequent_as_planned(many: list[Document], way: str):
    share = getattr(Plan().lapses, way)
    able = [document for document in many if document.urgency != "特急"]
    if way == "side_pass":
        # None where 综合处 handles; it does a fifth.
        share *= 0.8
    for name in filter(None, (way, LOOK_ALIKES.get(way))):
        assert within(np.mean([d.lapse == name for d in able]), share, len(able))


def test_nothing_befalls_urgent_documents(many: list[Document]):
    assert {document.lapse for document in many if document.urgency == "特急"} == {""}


@pytest.mark.parametrize(
    ("lapse", "of", "breaks"),
    [
        ("personal", lambda d: d.level == "下级", lambda d: d.paper.personal > d.paper.ordered),
        ("several", lambda d: d.level == "下级", lambda d: "、" in d.paper.addressees),
        ("unsigned", lambda d: d.level == "下级", lambda d: d.paper.signer == ""),
        (
            "leapfrog",
            lambda d: d.level == "下级" and not d.paper.personal,
            lambda d: d.paper.sender_rank - d.paper.addressee_rank > 1,
        ),
        ("informal", lambda d: True, lambda d: d.paper.reply in {"便条", "电话"}),
        ("unscreened", lambda d: d.kind == "意见", lambda d: not d.screened),
        ("self_review", lambda d: d.reviewed, lambda d: d.self_reviewed),
    ],
)
def test_other_lapses_are_as_frequent_as_planned(many: list[Document], lapse: str, of, breaks):
    able = [document for document in many if of(document)]
    share = np.mean([breaks(document) for document in able])
    assert within(share, getattr(Plan().lapses, lapse), len(able))


def test_as_many_are_addressed_to_a_person_by_a_leaders_order(many: list[Document]):
    below = [document for document in many if document.level == "下级"]
    called = np.mean([document.paper.personal and document.paper.ordered for document in below])
    assert within(called, 0.02, len(below))


def test_documents_from_above_and_beside_keep_the_rules_for_those_from_below(many: list[Document]):
    others = [document for document in many if document.level != "下级"]
    assert {document.paper.personal for document in others} == {False}
    assert {document.paper.signer for document in others} == {""}
    gaps = {d.level: {d.paper.sender_rank - d.paper.addressee_rank} for d in others}
    assert gaps == {"上级": {-1}, "平级": {0}}


def test_requests_ask_for_a_decision_and_some_others_do_not(many: list[Document]):
    asks = {kind: {d.paper.matter for d in many if d.kind == kind} for kind in ("请示", "报告")}
    assert asks == {"请示": {"批办性"}, "报告": {"批办性", "阅知性"}}


def test_corrections_are_later_documents_of_the_same_sender(titled):
    registered, _ = titled
    linked = [d for d in registered if d.paper.corrects is not None]
    heads = {id(d) for d in registered if d.paper.corrects is None}
    roots = []
    for document in linked:
        back = document
        while back.paper.corrects is not None:
            before = registered[back.paper.corrects]
            assert (before.origin, before.arrived < back.arrived) == (back.origin, True)
            back = before
        roots.append(id(back))
        assert document.paper.about == back.paper.about in document.paper.title
    assert set(roots) <= heads
    times = pd.Series(roots).value_counts().value_counts()
    assert set(times.index) == {1, 2, 3}
    # 1 % are corrected twice or three times, and as many once.
    assert within((times[2] + times[3]) / len(heads), 0.01, len(heads))
    assert within(times[1] / len(heads), 0.01, len(heads))
    # Some correct the version before, some the first one.
    chained = {registered[d.paper.corrects].paper.version for d in linked if d.paper.version > 1}
    assert chained >= {0, 1}


def test_strays_are_like_documents_from_below_and_come_in_office_hours(titled):
    registered, others = titled
    below = [document for document in registered if document.level == "下级"]
    assert within(len(others) / len(below), 0.02, len(below))
    assert {document.level for document in others} == {"下级"}
    assert all(in_summer_or_winter_hours(pd.Timestamp(d.arrived, unit="s")) for d in others)


def test_numbers_rise_with_the_sender_and_the_year(titled):
    together = sorted(itertools.chain(*titled), key=lambda document: document.arrived)
    number = re.compile(r"(?P<mark>.{3,4})〔(?P<year>\d{4})〕(?P<place>[1-9]\d*)号")
    rows = [(d.origin, d.arrived, *number.fullmatch(d.paper.number).groups()) for d in together]
    frame = pd.DataFrame(rows, columns=["origin", "arrived", "mark", "year", "place"])
    assert (frame["year"] == pd.to_datetime(frame["arrived"], unit="s").dt.strftime("%Y")).all()
    assert (frame.groupby("origin")["mark"].nunique() == 1).all()
    assert frame["mark"].nunique() == frame["origin"].nunique() == 11
    places = frame["place"].astype(int)
    steps = places.groupby([frame["origin"], frame["year"]]).diff().dropna()
    assert set(steps) == {1, 2, 3, 4}


def distances(pairs: list[tuple[str, str]]) -> np.ndarray:
    """Count the edits between the texts of each pair: the plain table, for all pairs at once."""
    width = max(len(text) for pair in pairs for text in pair)
    left, right = (
        np.array([[ord(c) for c in pair[side].ljust(width, "\0")] for pair in pairs])
        for side in (0, 1)
    )
    above = np.tile(np.arange(width + 1), (len(pairs), 1))
    ends = np.array([[len(text) for text in pair] for pair in pairs])
    result = np.where(ends[:, 0] == 0, ends[:, 1], 0)
    for i in range(1, width + 1):
        row = np.empty_like(above)
        row[:, 0] = i
        for j in range(1, width + 1):
            swap = above[:, j - 1] + (left[:, i - 1] != right[:, j - 1])
            row[:, j] = np.minimum(np.minimum(above[:, j], row[:, j - 1]) + 1, swap)
        done = ends[:, 0] == i
        result[done] = row[done, ends[done, 1]]
        above = row
    return result


def test_distances_are_those_one_counts_by_hand():
    pairs = [
        ("留守儿童", "留守童"),
        ("甲乙", "乙甲"),
        ("", "甲"),
        ("甲乙丙", "甲乙丙"),
        ("甲", "乙丙"),
    ]
    assert distances(pairs).tolist() == [1, 2, 1, 0, 2]


def test_titles_differ_and_those_of_one_sender_within_a_month_by_a_fifth(titled):
    together = sorted(itertools.chain(*titled), key=lambda document: document.arrived)
    titles = [document.paper.title for document in together]
    assert len(set(titles)) == len(titles)
    assert all(re.fullmatch(r"关于\w{8,20}的(请示|报告|意见|通知|函)", title) for title in titles)
    near = [
        (a.paper.title, b.paper.title)
        for _, own in itertools.groupby(
            sorted(together, key=lambda d: (d.origin, d.arrived)), key=lambda d: d.origin
        )
        for a, b in itertools.combinations(list(own), 2)
        if b.arrived - a.arrived <= 31 * 86_400
    ]
    assert len(near) > 10_000
    longest = np.array([max(map(len, pair)) for pair in near])
    assert (distances(near) / longest).min() > 0.2
