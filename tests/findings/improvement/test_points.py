"""Points keep their ids over the years; status and verdict are worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from efficiency import tables
from efficiency.evidence.points.points_file import no_points, typed_points
from efficiency.findings.finding import Finding
from efficiency.findings.improvement.points import (
    FEWEST,
    SUGGESTIONS,
    VERDICTS,
    checks_due,
    difference,
    last_status,
    of_change,
    pareto,
    points,
    verdict,
)
from efficiency.findings.kind import Estimate
from efficiency.findings.rates import wilson
from efficiency.report.telling import ToldFinding
from efficiency.tables.identity import subject_text

ENDS = {year: pd.Timestamp(f"{year}-12-31 18:00") for year in range(2023, 2028)}


def finding(standard: str, **changes: Any) -> ToldFinding:
    """A finding as points take it over: its texts matter, what it says is told already."""
    texts = {"title": f"{standard} 未达标", "criterion": f"{standard}：90%", "condition": "",
             "cause": "", "effect": "", "action": ""}  # fmt: skip
    texts |= {name: changes.pop(name) for name in list(changes) if name in texts}
    plain: dict[str, Any] = {
        "kind": "standard", "subject": (("standard_id", standard),), "level": "action", "says": {},
        "value": 0.6, "low": 0.55, "high": 0.65, "n": 400, "p": None, "cases": (),
        "table": "judgements", "hours": 10.0,
    }  # fmt: skip
    return ToldFinding(Finding(**plain | changes), **texts)


def ids(*standards: str) -> list[str]:
    return [finding(standard).id for standard in standards]


def measured(**shares: float | tuple[float, int]) -> pd.DataFrame:
    """Measures of standards: a share over 400 cases, or over as many as are given."""
    rows = []
    for standard, share in shares.items():
        value, n = share if isinstance(share, tuple) else (share, 400)
        _, low, high = wilson(round(value * n), n)
        rows.append(
            {
                "id": finding(standard).id, "kind": "standard",
                "subject": subject_text({"standard_id": standard}), "measure": "达标率",
                "value": value, "low": low, "high": high, "n": n, "better": "higher",
                "unit": "share", "hours": 100 * (1 - value), "hours_low": 90 * (1 - value),
                "hours_high": 110 * (1 - value),
            }
        )  # fmt: skip
    columns = ["id", "kind", "subject", "measure", "value", "low", "high", "n", "better", "unit",
               "hours", "hours_low", "hours_high"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def never(since: pd.Timestamp) -> pd.DataFrame:
    raise AssertionError(f"nothing was done, yet measured again since {since}")


def reviewed(
    found: list[ToldFinding],
    whole: pd.DataFrame,
    register: pd.DataFrame,
    cutoff: pd.Timestamp,
    remeasure: Callable[[pd.Timestamp], pd.DataFrame],
) -> pd.DataFrame:
    """The points after a review whose log does not hold the time before what was acted on."""
    parts = []
    for since, due in checks_due(register, cutoff).groupby("since"):
        table = remeasure(pd.Timestamp(str(since)))
        mine = table.loc[table["id"].isin(due["id"]), ["id", "value", "low", "high", "n"]]
        parts += [mine.assign(since=since)] if len(mine) else []
    checks = pd.concat(parts) if parts else pd.DataFrame(columns=tables.CHECKS.names)
    return points(found, whole, register, cutoff, checks.assign(held="before"))


# --- differences


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # Newcombe (1998), Table II, method 10 (score): contrasts (a), (b), (d) and (g).
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 20), 0.6791, 1.0000),
    ],
)
def test_newcombes_published_intervals(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    told = difference(Estimate(*wilson(*first)), Estimate(*wilson(*second)))
    assert told.value == pytest.approx(first[0] / first[1] - second[0] / second[1])
    assert (told.low, told.high) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


def test_normal_estimates_have_the_usual_interval() -> None:
    """For symmetric intervals MOVER is the root of the sum of squares: 3, 4 → 5."""
    assert difference(Estimate(1, -2, 4), Estimate(0, -4, 4)) == (1, -4, 6)


estimates = st.builds(
    lambda low, first, second: Estimate(low + first, low, low + first + second),
    st.floats(-100, 100), st.floats(0, 50), st.floats(0, 50),
)  # fmt: skip


@given(estimates, estimates)
def test_the_difference_turned_round_is_its_mirror_image(first: Estimate, second: Estimate) -> None:
    one, other = difference(first, second), difference(second, first)
    assert one.value == pytest.approx(-other.value)
    assert (one.low, one.high) == (pytest.approx(-other.high), pytest.approx(-other.low))
    assert one.low <= one.value + 1e-9
    assert one.value <= one.high + 1e-9


def test_the_interval_holds_the_truth_in_95_of_100() -> None:
    """Simulated: two shares of 0.85 and 0.7 over 120 and 90; 2,000 samples, so 95 ± 1.5."""
    random = np.random.default_rng(7)
    pairs = zip(random.binomial(120, 0.85, 2000), random.binomial(90, 0.7, 2000), strict=True)
    known = cache(lambda k, n: Estimate(*wilson(k, n)))
    told = [difference(known(a, 120), known(b, 90)) for a, b in pairs]
    assert 0.935 < np.mean([one.low <= 0.15 <= one.high for one in told]) < 0.975


# --- verdicts

NAN = float("nan")
BEFORE = Estimate(*wilson(240, 400))  # 60 % (55.1–64.7)


@pytest.mark.parametrize(
    ("good", "target", "said"),
    [
        (360, 0.9, "effective"),  # 90 %, reached to the dot
        (360, NAN, "effective"),
        (340, 0.9, "partly"),
        (250, 0.6, "no effect"),  # 62.5 %: within noise, though past the target
        (240, NAN, "no effect"),
        (200, 0.4, "worse"),
    ],
)
def test_verdicts_on_a_share(good: int, target: float, said: str) -> None:
    after = Estimate(*wilson(good, 400))
    assert verdict(BEFORE, after, "higher", target) == said
    # The share that is missed instead: what is better higher for one is better lower for the other.
    missed = [Estimate(1 - e.value, 1 - e.high, 1 - e.low) for e in (BEFORE, after)]
    assert verdict(missed[0], missed[1], "lower", round(1 - target, 9)) == said


def test_verdicts_agree_with_a_test_of_two_shares() -> None:
    """Beyond noise where the chi-square test without correction has p below 5 %."""
    for good in range(200, 281, 4):
        said = verdict(BEFORE, Estimate(*wilson(good, 400)), "higher", NAN)
        p = stats.chi2_contingency([[240, 160], [good, 400 - good]], correction=False).pvalue
        assert (said == "no effect") == (p > 0.05), good


@pytest.mark.parametrize("gap", range(3))
def test_without_a_value_or_an_interval_nothing_is_said(gap: int) -> None:
    holed = Estimate(*(NAN if at == gap else value for at, value in enumerate(BEFORE)))
    assert verdict(holed, BEFORE, "higher", NAN) == "not measurable"
    assert verdict(BEFORE, holed, "lower", NAN) == "not measurable"
    assert verdict(BEFORE, BEFORE, "", NAN) == "not measurable"


@pytest.mark.parametrize(
    ("change", "value", "target", "said"),
    [
        ((-3, -5, -1), 6, NAN, "effective"),
        ((-3, -5, -1), 6, 6, "effective"),
        ((-3, -5, -1), 6, 5, "partly"),
        ((-3, -7, 1), 6, 6, "no effect"),  # the target is reached, but by chance
        ((3, 1, 5), 6, 9, "worse"),
        ((-3, -math.inf, math.inf), 6, 6, "no effect"),  # cases hang on each other too long
    ],
)
def test_verdicts_on_a_change(
    change: tuple[float, ...], value: float, target: float, said: str
) -> None:
    """The value's own interval says nothing of the change: before and after share their mix."""
    after = Estimate(value, value - 100, value + 100)
    assert of_change(Estimate(*change), after, "lower", target) == said
    # What is better higher is the mirror image.
    now, was_low, was_high = change
    mirrored = Estimate(-now, -was_high, -was_low)
    turned = Estimate(-value, -value - 100, -value + 100)
    assert of_change(mirrored, turned, "higher", -target) == said


# --- years


@pytest.fixture(scope="module")
def first_year() -> pd.DataFrame:
    """The register after 2023: seven standards missed, one kept."""
    names = ["A", "B", "C", "D", "E", "F", "G"]
    found = [finding(name) for name in names]
    shares = measured(**dict.fromkeys(names, 0.6), H=0.95)
    return reviewed(found, shares, no_points(), ENDS[2023], never)


def test_the_first_year(first_year: pd.DataFrame) -> None:
    """Every finding becomes a point, in their order; what is kept does not."""
    assert first_year["id"].tolist() == ids(*"ABCDEFG")
    assert set(first_year["status"]) == {"new"}
    assert set(first_year["verdict"]) == {"too early"}
    assert set(first_year["suggestion"]) == {""}
    first = first_year.iloc[0]
    assert (first["title"], first["criterion"]) == ("A 未达标", "A：90%")
    assert (first["measure"], first["better"], first["unit"]) == ("达标率", "higher", "share")
    assert first["first_found"] == first["last_found"] == first["checked"]
    assert first["checked"] == pd.Timestamp("2023-12-31")
    assert (first["baseline"], first["baseline_n"], first["value"], first["n"]) == (
        0.6, 400, 0.6, 400
    )  # fmt: skip
    assert (first["baseline_low"], first["baseline_high"]) == pytest.approx(
        (BEFORE.low, BEFORE.high)
    )
    assert (first["hours"], first["hours_low"], first["hours_high"]) == pytest.approx((40, 36, 44))
    assert first["history"] == "2023-12-31 · new · too early · 0.6 (0.5513–0.6468) · n=400"
    assert (first["kind"], first["subject"]) == ("standard", '{"standard_id": "A"}')
    tables.POINTS.check(first_year)


@pytest.fixture(scope="module")
def acted(first_year: pd.DataFrame) -> pd.DataFrame:
    """The register as people left it in 2024: five acted upon, one late in the year."""
    register = first_year.assign(备注=list("abcdefg"))
    done = ["2024-03-31", "2024-03-31", "2024-03-31", "2024-03-31", "2024-12-20", None, None]
    return register.assign(
        target=[0.85, 0.9, 0.9, 0.9, 0.9, 0.9, NAN],
        countermeasure=["限时办结", *[""] * 6],
        owner=["综合处", *[""] * 6],
        done=pd.to_datetime(pd.Series(done)).astype("datetime64[us]"),
        decision=["", "stop", *[""] * 5],
    )


def second_year(register: pd.DataFrame) -> tuple[pd.DataFrame, list[pd.Timestamp]]:
    """Review 2024: over the whole year little is to be seen, since the action much."""
    asked: list[pd.Timestamp] = []

    def remeasure(since: pd.Timestamp) -> pd.DataFrame:
        asked.append(since)
        if since == pd.Timestamp("2024-04-01"):
            return measured(A=0.95, B=0.8, C=0.61, D=0.4, F=0.1, G=0.1, I=0.2)
        return measured(E=(1.0, FEWEST - 1))

    whole = measured(A=0.7, B=0.7, C=0.6, D=0.5, E=0.7, F=0.9, H=0.95, I=0.6)
    found = [finding(name) for name in ("D", "B", "C", "E", "I")]
    return reviewed(found, whole, register, ENDS[2024], remeasure), asked


def test_the_second_year_has_every_verdict(acted: pd.DataFrame) -> None:
    told, asked = second_year(acted)
    assert asked == [pd.Timestamp("2024-04-01"), pd.Timestamp("2024-12-21")]
    assert told["id"].tolist() == ids(*"ABCDEFGI")
    by_id = told.set_index("id")
    said = {name: tuple(by_id.loc[id_, ["status", "verdict"]])
            for name, id_ in zip("ABCDEFGI", ids(*"ABCDEFGI"), strict=True)}  # fmt: skip
    assert said == {
        "A": ("resolved", "effective"),
        "B": ("recurring", "partly"),
        "C": ("recurring", "no effect"),
        "D": ("recurring", "worse"),
        "E": ("recurring", "too early"),  # 19 cases since
        "F": ("resolved", "too early"),  # nothing was done
        "G": ("recurring", "not measurable"),  # it is known from last year
        "I": ("new", "too early"),
    }
    assert {verdict for _, verdict in said.values()} == set(VERDICTS)
    assert told["suggestion"].tolist() == [
        "continue", "adjust", "adjust", "stop", "", "", "", ""
    ]  # fmt: skip
    first = told.iloc[0]
    assert (first["value"], first["n"]) == (0.95, 400)  # since the action, not of the year
    assert first["since"] == pd.Timestamp("2024-04-01")
    assert (first["baseline"], first["first_found"]) == (0.6, pd.Timestamp("2023-12-31"))
    assert (first["last_found"], first["checked"]) == tuple(pd.to_datetime(["2023", "2024"])
        + pd.Timedelta(days=364) + pd.to_timedelta([0, 1], "D"))  # fmt: skip
    assert first["history"].split("\n")[1] == (
        "2024-12-31 · resolved · effective · 0.95 (0.924–0.9674) · n=400 · ≥2024-04-01"
    )
    assert pd.isna(told.loc[6, "value"])  # not measured this year
    assert told.loc[6, "hours"] == pytest.approx(40)  # as last known
    assert told.loc[5, "value"] == 0.9  # nothing done: of the whole year
    assert pd.isna(told.loc[5, "since"])


def test_what_is_peoples_stays(acted: pd.DataFrame) -> None:
    before = acted.copy()
    told, _ = second_year(acted)
    pd.testing.assert_frame_equal(acted, before)
    theirs = ["target", "countermeasure", "owner", "planned", "due", "action", "done", "decision",
              "next_target", "备注"]  # fmt: skip
    pd.testing.assert_frame_equal(told[theirs].head(7), acted[theirs])
    assert told.columns.tolist() == acted.columns.tolist()
    assert told.loc[7, "备注"] == ""


def test_a_review_told_twice_says_the_same(acted: pd.DataFrame) -> None:
    """Also where the results of the first were taken over in between."""
    once, _ = second_year(acted)
    again, _ = second_year(once)
    pd.testing.assert_frame_equal(again, once)


def test_relapse_in_the_third_year(acted: pd.DataFrame) -> None:
    """Resolved and found again; the year after it is still there; and it may be solved again."""
    told, _ = second_year(acted)

    def year(found: str, share: float, register: pd.DataFrame, when: int) -> pd.DataFrame:
        shares = measured(A=share)
        return reviewed([finding(n) for n in found], shares, register, ENDS[when], lambda _: shares)

    third = year("A", 0.62, told, 2025)
    assert third.loc[0, ["status", "verdict"]].tolist() == ["relapsed", "no effect"]
    assert set(third.loc[1:4, "status"]) == {"recurring"}  # not measured: as they were
    fourth = year("A", 0.62, third, 2026)
    assert fourth.loc[0, "status"] == "recurring"
    fifth = year("", 0.95, fourth, 2027)
    assert fifth.loc[0, ["status", "verdict"]].tolist() == ["resolved", "effective"]
    lines = fifth.loc[0, "history"].split("\n")
    assert [line[:4] for line in lines] == ["2023", "2024", "2025", "2026", "2027"]
    assert last_status(lines) == "resolved"


def test_the_aim_is_the_next_target_in_the_next_round_only(acted: pd.DataFrame) -> None:
    """0.95 reaches 0.85 in 2024; people then ask for 0.97: the same review says the same."""
    told, _ = second_year(acted)
    raised = told.assign(next_target=[0.97, *[NAN] * 7])
    assert second_year(raised)[0].loc[0, "verdict"] == "effective"
    shares = measured(A=0.95)
    later = reviewed([], shares, raised, ENDS[2025], lambda _: shares)
    assert later.loc[0, "verdict"] == "partly"


def checked(
    register: pd.DataFrame, change: tuple[float, ...], held: str = "", when: int = 2024
) -> pd.Series:
    """The first point after a review that held like against like since its action."""
    since = checks_due(register, ENDS[when]).loc[0, "since"]
    row = measured(A=0.8).loc[0, ["id", "value", "low", "high", "n"]].to_dict()
    change_of = dict(zip(("change", "change_low", "change_high"), change, strict=True))
    checks = pd.DataFrame([row | change_of | {"since": since, "held": held}])
    return points([finding("A")], measured(A=0.7), register, ENDS[when], checks).iloc[0]


def test_like_held_against_like_goes_before_the_baseline(acted: pd.DataFrame) -> None:
    """80 % after 60 % would be better beyond noise; the same months the year before had 79 %."""
    point = checked(acted.head(1).assign(target=NAN), (0.01, -0.03, 0.05), "months")
    assert point["verdict"] == "no effect"
    assert point[["change", "change_low", "change_high"]].tolist() == [0.01, -0.03, 0.05]
    assert (point["held"], point["value"], point["baseline"]) == ("months", 0.8, 0.6)
    before = checked(acted.head(1).assign(target=NAN), (NAN, NAN, NAN), "before")
    assert before["verdict"] == "effective"


@pytest.mark.parametrize(
    ("held", "suggests"),
    [("months", "continue"), ("beside", "standardise"), ("months beside", "standardise")],
)
def test_one_good_year_beside_nothing_is_not_yet_a_rule(
    acted: pd.DataFrame, held: str, suggests: str
) -> None:
    """A second year that finds it effective makes it one, whatever it was held against."""
    once = checked(acted.head(1).assign(target=NAN), (0.1, 0.05, 0.15), held)
    assert (once["verdict"], once["suggestion"]) == ("effective", suggests)
    register = typed_points(pd.DataFrame([once]))
    twice = checked(register, (0.1, 0.05, 0.15), held, when=2025)
    assert (twice["verdict"], twice["suggestion"]) == ("effective", "standardise")
    no_more = checked(register, (0.1, -0.05, 0.25), held, when=2025)
    assert (no_more["verdict"], no_more["suggestion"]) == ("no effect", "adjust")


def test_the_days_from_which_cases_count() -> None:
    """The day after each action, the earliest first; not what is done later, nor people's own."""
    register = typed_points(
        pd.DataFrame({"id": list("abcde"), "kind": ["rule", "rule", "own", "", "standard"],
                      "done": pd.to_datetime(["2024-06-30", "2024-03-31", "2024-01-01",
                                              "2024-01-01", "2025-01-01"])})
    )  # fmt: skip
    due = checks_due(register, ENDS[2024])
    assert due[["id", "kind"]].to_numpy().tolist() == [["b", "rule"], ["a", "rule"]]
    assert due["since"].dt.strftime("%m-%d").tolist() == ["04-01", "07-01"]
    assert checks_due(no_points(), ENDS[2024]).empty


def test_what_became_better_or_is_told_with_another_finding_begins_no_point() -> None:
    part = finding("B", part_of=finding("A").id)
    found = [finding("A"), part, finding("C", direction="better")]
    first = reviewed(found, measured(A=0.6, B=0.6, C=0.6), no_points(), ENDS[2023], never)
    assert first["id"].tolist() == ids("A")
    # A point that is there already is found again by a part, and resolved by what is better.
    register = typed_points(pd.DataFrame({"id": ids("B", "C"), "kind": "standard",
                                          "status": "recurring"}))  # fmt: skip
    told = reviewed(found[1:], measured(B=0.6, C=0.6), register, ENDS[2024], never)
    assert told["status"].tolist() == ["recurring", "resolved"]


def test_what_is_now_measured_in_another_way_is_not_resolved_by_that(
    first_year: pd.DataFrame,
) -> None:
    """It begins anew: its status stays, its baseline is that of now. Another language is none."""
    whole = measured(A=0.95, B=0.95)
    whole["measure"] = ["平均用时", "share on time"]
    whole["also"] = ["mean time", "达标率"]
    told = reviewed([], whole, first_year.head(2), ENDS[2024], never)
    assert told["status"].tolist() == ["recurring", "resolved"]
    assert told["baseline"].tolist() == [0.95, 0.6]
    assert told["measure"].tolist() == ["平均用时", "share on time"]


@pytest.mark.parametrize(
    ("measure", "also", "unit", "before", "kept"),
    [
        ("平均用时", "mean time", "hours", "share", False),
        ("平均用时", "mean time", "share", "share", True),  # another share: people may look again
        ("share on time", "达标率", "hours", "share", True),  # the same in another language
        ("平均用时", "mean time", "hours", "", True),  # of a register without units
    ],
)
def test_a_target_in_another_unit_is_let_go(
    first_year: pd.DataFrame, measure: str, also: str, unit: str, before: str, kept: bool
) -> None:
    """90 % on time says nothing of hours; the rest that people wrote stays."""
    register = first_year.head(1).assign(target=0.9, owner="甲科长", unit=before)
    whole = measured(A=0.95).assign(measure=measure, also=also, unit=unit)
    told = reviewed([], whole, register, ENDS[2024], never)
    assert told["target"].tolist() == ([0.9] if kept else pytest.approx([NAN], nan_ok=True))
    assert told.loc[0, ["unit", "owner"]].tolist() == [unit, "甲科长"]


def test_what_is_measured_anew_is_not_held_against_itself(first_year: pd.DataFrame) -> None:
    """Its baseline is of this very review: nothing is before it. Nothing is suggested either."""
    register = first_year.head(1).assign(done=pd.Timestamp("2024-03-31"))
    whole = measured(A=0.95).assign(measure="mean time", also="平均用时")
    told = reviewed([], whole, register, ENDS[2024], lambda _: measured(A=(0.95, 400)))
    assert told.loc[0, ["verdict", "suggestion"]].tolist() == ["not measurable", ""]


@pytest.mark.parametrize(
    ("done", "n", "said"),
    [
        ("2024-03-31", FEWEST, "effective"),
        ("2024-03-31", FEWEST - 1, "too early"),
        ("2024-12-31", 400, "effective"),  # on the day of the cut-off
        ("2025-01-01", 400, "too early"),  # after it: not seen
    ],
)
def test_too_early(first_year: pd.DataFrame, done: str, n: int, said: str) -> None:
    register = first_year.head(1).assign(done=pd.Timestamp(done))
    after = measured(A=(1.0, n))
    told = reviewed([], measured(A=0.95), register, ENDS[2024], lambda _: after)
    assert told.loc[0, "verdict"] == said
    # Nobody came since: too early as well, for it was measured this year.
    told = reviewed([], measured(A=0.95), register, ENDS[2024], lambda _: measured())
    assert told.loc[0, "verdict"] == "too early"


def test_what_was_done_before_its_own_baseline_cannot_be_judged_by_it() -> None:
    """Found and acted upon in the same review: the baseline has cases after the action in it."""
    shares = measured(A=0.6)
    register = typed_points(
        reviewed([finding("A")], shares, no_points(), ENDS[2024], never).assign(
            done=pd.Timestamp("2024-06-30")
        )
    )
    told = reviewed([finding("A")], shares, register, ENDS[2024], lambda _: measured(A=0.9))
    assert told.loc[0, ["status", "verdict"]].tolist() == ["new", "too early"]


def test_without_a_measure_there_is_no_baseline_until_there_is_one() -> None:
    """The finding's own value may be measured otherwise; its hours are known."""
    first = reviewed([finding("A")], measured(), no_points(), ENDS[2023], never)
    assert first.loc[0, ["status", "verdict"]].tolist() == ["new", "not measurable"]
    assert pd.isna(first.loc[0, "baseline"])
    assert first.loc[0, "hours"] == 10.0
    assert first.loc[0, "history"] == "2023-12-31 · new · not measurable"
    second = reviewed([finding("A")], measured(A=0.7), first, ENDS[2024], never)
    assert second.loc[0, ["status", "verdict"]].tolist() == ["recurring", "too early"]
    assert second.loc[0, "baseline"] == 0.7


def test_a_point_that_people_added_is_theirs_altogether() -> None:
    register = typed_points(
        pd.DataFrame({"id": ["x1", "x2"], "kind": "own", "title": ["手写", "改过"],
                      "status": ["", "resolved"], "verdict": ["", "effective"],
                      "done": pd.Timestamp("2024-01-05")})
    )  # fmt: skip
    told = reviewed([], measured(A=0.9), register, ENDS[2024], never)
    assert told["status"].tolist() == ["new", "resolved"]
    assert set(told["first_found"]) == {pd.Timestamp("2024-12-31")}
    rest = [name for name in told if name not in {"status", "first_found"}]
    pd.testing.assert_frame_equal(told[rest], register[rest])


def test_a_register_made_by_hand_has_a_status_and_no_history() -> None:
    register = typed_points(
        pd.DataFrame({"id": ids("A"), "kind": "standard", "status": ["resolved"],
                      "baseline": [0.5], "baseline_low": [0.45], "baseline_high": [0.55],
                      "subject": ['{"standard_id": "A"}']})
    )  # fmt: skip
    told = reviewed([finding("A")], measured(A=0.6), register, ENDS[2024], never)
    assert told.loc[0, ["status", "baseline"]].tolist() == ["relapsed", 0.5]
    again = reviewed([finding("A")], measured(A=0.6), told, ENDS[2024], never)
    assert again.loc[0, "baseline"] == 0.5


def test_a_record_that_was_mended_mends_the_baseline_of_the_same_review() -> None:
    first = reviewed([finding("A")], measured(A=0.6), no_points(), ENDS[2023], never)
    mended = reviewed([finding("A")], measured(A=0.7), first, ENDS[2023], never)
    assert mended.loc[0, ["baseline", "value"]].tolist() == [0.7, 0.7]
    second = reviewed([finding("A")], measured(A=0.8), mended, ENDS[2024], never)
    assert second.loc[0, ["baseline", "value"]].tolist() == [0.7, 0.8]


def test_a_point_that_lost_its_kind_is_known_by_its_id() -> None:
    """People may delete columns that say nothing to them; what nobody knows is their own."""
    register = typed_points(pd.DataFrame({"id": [*ids("A", "B"), "7"], "title": "x"}))
    told = reviewed([finding("A")], measured(A=0.6, B=0.9), register, ENDS[2024], never)
    assert told["kind"].tolist() == ["standard", "standard", "own"]
    assert told["subject"].tolist() == ['{"standard_id": "A"}', '{"standard_id": "B"}', ""]
    assert told["status"].tolist() == ["new", "resolved", "new"]


def test_nothing_found_and_nothing_known() -> None:
    told = reviewed([], measured(), no_points(), ENDS[2024], never)
    assert told.empty
    assert told.columns.tolist() == tables.POINTS.names


def test_a_measure_that_stands_twice_is_an_error(make_twice: Callable[[], pd.DataFrame]) -> None:
    with pytest.raises(ValueError, match="stands twice"):
        reviewed([], make_twice(), no_points(), ENDS[2024], never)


@pytest.fixture
def make_twice() -> Callable[[], pd.DataFrame]:
    return lambda: pd.concat([measured(A=0.6)] * 2)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=3, max_size=5))
def test_status_follows_what_was_found_and_measured(years: list[tuple[bool, bool]]) -> None:
    """A slow reference: walk the years with a state of one's own."""
    register, state = no_points(), ""
    for at, (is_found, is_measured) in enumerate(years):
        found = [finding("A")] if is_found else []
        shares = measured(A=0.6) if is_measured else measured()
        register = reviewed(found, shares, register, pd.Timestamp(f"{2001 + at}-12-31"), never)
        if is_found:
            seen_before = {"": "new", "resolved": "relapsed"}
            state = seen_before.get(state, "recurring")
        elif state:
            # Not looked at: it stays as it was, but new it is in one review alone.
            state = "resolved" if is_measured else state.replace("new", "recurring")
        assert register["status"].tolist() == ([state] if state else [])
        assert len(register) == bool(state)


# --- what is at stake


def test_pareto_by_hand() -> None:
    register = typed_points(
        pd.DataFrame({"id": list("abcd"), "title": list("wxyz"),
                      "status": ["new", "relapsed", "resolved", "recurring"],
                      "hours": [20.0, 60.0, 900.0, 20.0]})
    )  # fmt: skip
    ranked = pareto(register)
    assert ranked["id"].tolist() == ["b", "a", "d"]
    assert ranked["share"].tolist() == pytest.approx([0.6, 0.2, 0.2])
    assert ranked["cumulative_share"].tolist() == pytest.approx([0.6, 0.8, 1.0])
    # The last review looked at both, and found the first no more: it is not at stake.
    days = pd.to_datetime(["2023-12-31", "2024-12-31", "2024-12-31", "2024-12-31"])
    looked = typed_points(register.assign(last_found=days, checked=pd.Timestamp("2024-12-31")))
    assert pareto(looked)["id"].tolist() == ["b", "d"]
    assert pareto(no_points()).empty
    assert pareto(register.assign(hours=NAN)).empty


def test_suggestions_are_for_what_was_measured() -> None:
    assert list(SUGGESTIONS) == list(VERDICTS[:4])
    assert not math.isnan(FEWEST)
