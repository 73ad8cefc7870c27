"""The sample: the same bytes again, and a truth that the package finds by another road."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import efficiency as eff
from efficiency.evidence.log.quality import log_quality
from efficiency.facts.events import Events, observed
from efficiency.findings.standards.judgements import not_started
from efficiency.sample.limit_accounts import PROMISES
from efficiency.sample.plan import Plan
from efficiency.sample.record import Sample, make_sample, planted, write_sample

#: What the register says of a document, and who fills it in.
ENTRY = ["文号", "标题", "办件类型", "主送", "主送类型", "领导交办", "来文级别", "主送级别"]
CUTOFF = "2024-12-31 18:00:00"


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    """The folder of the sample."""
    return root / "data" / "sample"


@pytest.fixture(scope="module")
def calendar(folder: Path) -> eff.Calendar:
    """The sample's calendar."""
    return eff.read_calendar(folder / "calendar.toml")


@pytest.fixture(scope="module")
def standards(folder: Path) -> pd.DataFrame:
    """The sample's standards."""
    return eff.read_standards(folder / "standards.csv")


@pytest.fixture(scope="module")
def log(logs: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The sample's log."""
    return logs["incoming"]


@pytest.fixture(scope="module")
def events(log: pd.DataFrame, calendar: eff.Calendar) -> Iterator[Events]:
    """It in order and with its working clock, for all that is asked about it."""
    with observed(log, calendar, cutoff=CUTOFF) as seen:
        yield seen


@pytest.fixture(scope="module")
def truth(sample: Sample) -> dict:
    """The truth about the sample."""
    return sample.truth


@pytest.fixture(scope="module")
def judgements(events: Events, standards: pd.DataFrame) -> pd.DataFrame:
    """The package's own verdicts."""
    return eff.judge(events, standards)


@pytest.fixture(scope="module")
def strained(days: pd.DataFrame) -> Sample:
    """An office where much is suspended, urged and urgent, and nobody errs in the record."""
    plan = Plan(supplement_rate=0.3, express_share=0.3, urge_rate=0.3, faults=False)
    return make_sample(days, 8, 1200, plan)


@pytest.fixture(scope="module")
def strained_events(
    strained: Sample, columns: dict[str, dict[str, str]], calendar: eff.Calendar
) -> Iterator[Events]:
    """Its log in order and with its working clock."""
    log = eff.read_log(strained.incoming, columns["incoming"])
    with observed(log, calendar, cutoff=CUTOFF) as seen:
        yield seen


def verdicts_told(truth: dict, standard_id: str) -> dict[str, str]:
    """The verdicts of the simulation by case."""
    cases = truth["standards"][standard_id]["cases"]
    return {case: verdict for verdict, held in cases.items() for case in held}


def verdicts_found(judgements: pd.DataFrame, truth: dict, standard_id: str) -> dict[str, str]:
    """The verdicts of the package by case, without the cases that slips touched."""
    untouched = ~judgements["case_id"].isin(truth["touched_by_faults"])
    own = judgements[(judgements["standard_id"] == standard_id) & untouched]
    return dict(zip(own["case_id"], own["verdict"], strict=True))


def test_regenerating_gives_the_same_bytes(folder: Path, days: pd.DataFrame, tmp_path: Path):
    write_sample(tmp_path / "again", days)
    written = {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}
    assert sorted(written) == [
        "calendar.toml", "decisions.csv", "incoming.csv", "incoming.flow", "rules.csv",
        "standards.csv", "truth.json",
    ]  # fmt: skip
    for name, data in written.items():
        assert data == (folder / name).read_bytes(), name


def test_files_are_utf8_with_a_mark_and_the_truth_reads_back(folder: Path, truth: dict):
    for path in folder.glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert b"\r" not in path.read_bytes()
    assert sum(path.stat().st_size for path in folder.iterdir()) < 5_000_000
    assert json.loads((folder / "truth.json").read_text("utf-8")) == truth


def test_the_file_is_read_without_a_loss(
    folder: Path, log: pd.DataFrame, columns: dict[str, dict[str, str]]
):
    record = eff.read_record(folder / "incoming.csv", columns["incoming"])
    assert record.rejected.empty
    assert record.changed.empty
    assert record.log.equals(log)
    ledger = eff.read_record(folder / "decisions.csv", columns["decisions"])
    assert ledger.rejected.empty
    assert ledger.changed.empty
    assert ledger.rows == len(ledger.log) == ledger.log["case_id"].nunique()


@pytest.mark.parametrize("standard_id", [promise.name for promise in PROMISES])
def test_the_simulation_and_the_judge_agree_case_by_case(
    judgements: pd.DataFrame, truth: dict, standard_id: str
):
    told = verdicts_told(truth, standard_id)
    assert len(told) > 50
    assert verdicts_found(judgements, truth, standard_id) == told


def test_they_agree_where_much_is_suspended_urged_and_urgent(
    strained: Sample, strained_events: Events, standards: pd.DataFrame
):
    found, truth = eff.judge(strained_events, standards), strained.truth
    assert all(truth["standards"]["T8"][kind] for kind in ("pending", "overdue", "suspended"))
    for standard_id in standards["standard_id"]:
        told = verdicts_told(truth, standard_id)
        assert verdicts_found(found, truth, standard_id) == told


def test_not_started_is_counted_alike(
    strained: Sample, strained_events: Events, standards: pd.DataFrame
):
    found = not_started(strained_events, standards).set_index("standard_id")
    told = {name: held["not_started"] for name, held in strained.truth["standards"].items()}
    assert found["not_started"].to_dict() == told
    assert sum(told.values()) > 0


def test_most_standards_are_kept_and_three_clearly_fail(
    judgements: pd.DataFrame, standards: pd.DataFrame, truth: dict
):
    result = eff.compliance(judgements, standards).set_index("standard_id")
    failing = result.index[result["high"] < result["target"]].tolist()
    assert failing == ["T1", "T4", "T5"]
    assert sorted({name for plant in truth["planted"] for name in plant["fails"]}) == failing
    # Room on both sides: what is planted in the ways of documents costs T8 some of its share.
    assert result.loc["T8", "share"] > 0.905
    kept = result.drop(index=failing)
    assert kept["target_met"].all()
    assert kept["share"].between(0.9, 0.99).all()


def test_late_cases_lie_where_they_were_planted(
    judgements: pd.DataFrame, log: pd.DataFrame, truth: dict
):
    def late_share(standard_id: str, by: pd.Series) -> dict[bool, float]:
        own = judgements[judgements["standard_id"] == standard_id].set_index("case_id")
        late = own["verdict"].isin(["late", "overdue"])
        return late.groupby(by.reindex(own.index)).mean().to_dict()

    first = log.drop_duplicates(["case_id", "activity"]).set_index("case_id")
    registered = first.loc[first["activity"] == "登记", "end"]
    month_end = registered.dt.day >= registered.dt.days_in_month - 1
    t1 = late_share("T1", month_end)
    assert t1[True] > 0.5 > 0.2 > t1[False]
    drafted = first[first["activity"] == "拟办"]
    t4 = late_share("T4", drafted["received"].dt.hour >= 16)
    assert t4[True] > 0.5 > 0.2 > t4[False]
    t5 = late_share("T5", drafted["unit"] == "综合处")
    assert t5[True] == pytest.approx(0.35, abs=0.12)
    assert t5[False] < 0.03


def test_the_slow_unit_is_found(events: Events, truth: dict):
    slips = [slip["row"] for slip in truth["faults"]]
    steps = eff.step_times(events)
    steps = steps[~steps["row"].isin(slips) & (steps["unit"] != "应急办")]
    slow = steps["unit"] == truth["slow"]["unit"]
    for activity, realised in truth["slow"]["realised_ratio_of_medians"].items():
        own = steps["activity"] == activity
        medians = [steps.loc[own & side, "handling_hours"].median() for side in (slow, ~slow)]
        assert medians[0] / medians[1] == pytest.approx(realised, rel=0.02)
        # Lognormal with sigma 0.5, some hundred draws: the ratio's standard error is about 4 %.
        assert medians[0] / medians[1] == pytest.approx(1.5, rel=0.15)


def test_loops_are_found(log: pd.DataFrame, events: Events, truth: dict):
    found = eff.rework(events).set_index("activity")["repeated_cases"]
    assert found[found > 0].to_dict() == truth["loops"]["repeated_cases"]
    drafts = log[(log["activity"] == "拟办") & log["end"].notna()]
    sent_back = log["activity"].eq("退回") & log["end"].notna()
    back_to = log[sent_back]["case_id"].map(
        drafts.drop_duplicates("case_id").set_index("case_id")["unit"]
    )
    rates = back_to.value_counts() / drafts["unit"].value_counts()
    # Binomial standard errors of about 0.012 and 0.008.
    assert rates["秘书三处"] == pytest.approx(0.20, abs=0.04)
    assert rates["综合处"] == pytest.approx(0.06, abs=0.025)


def test_counts(log: pd.DataFrame, truth: dict):
    assert (truth["cases"], truth["seed"], truth["cutoff"]) == (2000, 2024, CUTOFF)
    assert log["case_id"].nunique() == truth["cases"]
    assert len(log) == truth["events"]
    closed = log["activity"].isin(truth["closed_by"]) & log["end"].notna()
    assert truth["cases"] - log.loc[closed, "case_id"].nunique() == truth["open_cases"]


def test_slips_stand_where_the_truth_says(sample: Sample, truth: dict):
    kinds = pd.Series([slip["kind"] for slip in truth["faults"]]).value_counts()
    assert kinds.to_dict() == {"day_precision": 12, "missing_start": 8, "end_before_start": 3}
    rows = sample.incoming.set_axis(range(1, len(sample.incoming) + 1))
    for slip in truth["faults"]:
        assert rows.loc[slip["row"], slip["column"]] == slip["written"] != slip["was"]
        assert rows.loc[slip["row"], "流水号"] in truth["touched_by_faults"]
        if slip["kind"] == "end_before_start":
            assert slip["written"] < rows.loc[slip["row"], "开始时间"]
        if slip["kind"] == "day_precision":
            assert slip["written"] == slip["was"][:10]
            assert rows.loc[slip["row"], "处室"] == "市教育局"


def test_the_quality_of_the_log_tells_the_slips_and_nothing_else(log: pd.DataFrame, truth: dict):
    doubts = log_quality(log).groupby(["check", "detail"])["n"].sum()
    waiting = int((log["actor"].isna()).sum())
    assert doubts["day_precision", "end"] == 12
    assert doubts["end_before_start", "end < start"] == 3
    assert doubts["missing", "start"] == 8 + waiting  # not taken up by the cut-off
    expected = {"missing", "open", "day_precision", "end_before_start"}
    assert set(doubts.index.get_level_values("check")) == expected


def test_a_null_plan_plants_nothing(
    days: pd.DataFrame,
    standards: pd.DataFrame,
    calendar: eff.Calendar,
    columns: dict[str, dict[str, str]],
):
    null = make_sample(days, 1, 1000, Plan.null())
    assert null.truth["planted"] == planted(Plan.null()) == []
    assert null.truth["faults"] == null.truth["touched_by_faults"] == []
    assert "拟办" not in null.truth["loops"]["repeated_cases"]
    assert null.truth["slow"]["realised_ratio_of_medians"]["承办"] == pytest.approx(1, abs=0.12)
    log = eff.read_log(null.incoming, columns["incoming"])
    result = eff.compliance(eff.judge(log, standards, calendar, CUTOFF), standards)
    assert not (result["high"] < result["target"]).any()


def test_small_samples_can_be_made(days: pd.DataFrame):
    tiny = make_sample(days, 3, 1)
    assert tiny.incoming["流水号"].nunique() == 1
    assert len(tiny.truth["standards"]) == len(PROMISES)


def test_every_value_is_text_and_nobody_is_real(sample: Sample):
    for table in (sample.incoming, sample.decisions):
        assert table.map(lambda value: isinstance(value, str)).all(axis=None)
    assert sample.incoming["经办人"].str.fullmatch(".某|").all()
    assert sample.incoming["签发人"].str.fullmatch(".某|").all()


def test_the_register_is_filled_in_once_for_each_document(sample: Sample):
    first = ~sample.incoming["流水号"].duplicated()
    assert (sample.incoming.loc[first, ENTRY] != "").all(axis=None)
    assert (sample.incoming.loc[~first, [*ENTRY, "签发人", "更正件"]] == "").all(axis=None)
    entries = sample.incoming[first]
    assert entries["文号"].is_unique
    assert set(entries["主送类型"]) == {"机关", "个人"}
    assert set(entries["领导交办"]) == {"是", "否"}
    assert set(entries["办件类型"]) == {"批办性", "阅知性"}
    assert ((entries["主送"] == "分管副市长") <= (entries["主送类型"] == "个人")).all()
    ranks = entries.groupby("来文层级")[["来文级别", "主送级别"]].agg(set)
    assert ranks.loc["下级"].tolist() == [{"3"}, {"1", "2"}]
    assert ranks.loc["上级"].tolist() == [{"1"}, {"2"}]
    assert ranks.loc["平级"].tolist() == [{"2"}, {"2"}]


def test_answers_have_a_form_and_nothing_else_has(sample: Sample):
    answered = (sample.incoming["环节"] == "反馈") & (sample.incoming["办结时间"] != "")
    assert set(sample.incoming.loc[answered, "反馈形式"]) == {"正式函", "报告", "便条", "电话"}
    assert set(sample.incoming.loc[~answered, "反馈形式"]) == {""}


def test_corrections_name_earlier_documents_of_the_same_sender(sample: Sample):
    entries = sample.incoming.drop_duplicates("流水号").set_index("流水号")
    linked = entries[entries["更正件"] != ""]
    before = entries.loc[linked["更正件"]]
    assert (before["来文单位"].to_numpy() == linked["来文单位"].to_numpy()).all()
    assert (before["到达时间"].to_numpy() < linked["到达时间"].to_numpy()).all()
    assert linked["标题"].str.contains("更正|重新报送|再次调整").all()
    assert not entries.loc[entries["更正件"] == "", "标题"].str.contains("更正|重新|再次").any()


def test_the_ledger_holds_each_decision_of_a_leader_once(sample: Sample):
    ledger, incoming = sample.decisions, sample.incoming
    assert list(ledger) == [
        "批示编号", "环节", "批示领导", "批示时间", "文号", "标题", "来文单位",
    ]  # fmt: skip
    assert ledger["批示编号"].is_monotonic_increasing
    assert ledger["批示时间"].is_monotonic_increasing
    assert ledger["批示编号"].str.fullmatch(r"批〔202[34]〕\d{4}号").all()
    assert (ledger[["批示领导", "标题", "来文单位"]] != "").all(axis=None)
    assert ledger["批示领导"].str.fullmatch(".某").all()
    # Those with a number that the register has are the decisions of the log, one for one.
    known = ledger[ledger["文号"].isin(incoming["文号"]) & (ledger["文号"] != "")]
    numbers = incoming.drop_duplicates("流水号").set_index("流水号")["文号"]
    noted = incoming[(incoming["环节"] == "批示") & (incoming["办结时间"] != "")]
    noted = noted.assign(文号=noted["流水号"].map(numbers))
    both = known.merge(noted, on=["文号", "来文单位"], suffixes=("", "_log"))
    same = (both["批示领导"] == both["经办人"]) & (both["批示时间"] == both["办结时间"])
    assert same.groupby(both["批示编号"]).sum().eq(1).all()
    assert len(known) > 0.8 * len(ledger)


def cuts(text: str) -> set[str]:
    """A text as it is with any one character left out."""
    return {text[:place] + text[place + 1 :] for place in range(len(text))}


def meant(title: str, known: dict[str, set[str]]) -> list[str]:
    """The known titles from which a title differs by one character too many or too few."""
    less = cuts(title)
    return [other for other, cut in known.items() if other in less or title in cut]


def test_titles_in_the_ledger_are_those_of_the_register_but_for_one_character(
    sample: Sample, truth: dict
):
    titles = {title: cuts(title) for title in sample.incoming["标题"] if title}
    past = sample.decisions["批示编号"].isin(truth["rules"]["P1"]["cases"]["broken"])
    registered = sample.decisions[~past]
    typed = registered.loc[~registered["标题"].isin(titles)]
    assert len(typed) > 30
    assert set(typed["文号"]) == {""}
    assert typed["标题"].str.len().min() >= 15
    assert all(len(meant(title, titles)) == 1 for title in typed["标题"])
    # 15 % have no number.
    assert (registered["文号"] == "").mean() == pytest.approx(0.15, abs=0.035)


def test_what_was_never_registered_is_unlike_anything_that_was(sample: Sample, truth: dict):
    past = sample.decisions.set_index("批示编号").loc[truth["rules"]["P1"]["cases"]["broken"]]
    titles = {title: cuts(title) for title in sample.incoming["标题"] if title}
    assert len(past) > 5
    assert not past["标题"].isin(titles).any()
    assert not past["文号"].isin(set(sample.incoming["文号"]) - {""}).any()
    assert not any(meant(title, titles) for title in past["标题"])
    assert {True, False} == set(past["文号"] == "")


def test_every_lapse_is_told_with_the_rules_that_it_breaks(truth: dict):
    lapses = {plant["knob"]: plant for plant in truth["planted"] if plant["kind"] == "lapse"}
    assert list(lapses) == list(truth["plan"]["lapses"])
    for knob, plant in lapses.items():
        assert plant["strength"] == truth["plan"]["lapses"][knob] > 0
        assert plant["breaks"]
        assert plant["fails"] == []
        for rule_id in plant["breaks"]:
            assert truth["rules"][rule_id]["planted"][knob] == plant["strength"]


def test_what_was_not_asked_for_is_not_told(truth: dict):
    known = {field.name for field in dataclasses.fields(Plan)}
    assert known - set(truth["plan"]) == {"reform_days", "overload", "then", "acted"}
    assert "since" not in truth


@pytest.mark.parametrize(
    ("knob", "strength", "effect"),
    [
        (
            "reform_days",
            3,
            {"kind": "change", "where": {"activity": "批示", "from": "2024-07-01"}},
        ),
        (
            "overload",
            1.2,
            {"kind": "backlog", "where": {"unit": "市司法局", "activity": "合法性审核"}},
        ),
    ],
)
def test_what_is_planted_beside_is_told(
    days: pd.DataFrame, knob: str, strength: float, effect: dict
):
    plan = dataclasses.replace(Plan.null(), **{knob: strength})
    expected = {"knob": knob, "strength": strength, "fails": [], "breaks": []} | effect
    assert planted(plan) == [expected]
    told = make_sample(days, 1, 40, plan).truth["plan"]
    assert told[knob] == strength
    assert {"reform_days", "overload", "then", "acted"} & set(told) == {knob}


def test_what_is_done_about_it_is_told(days: pd.DataFrame):
    plan = Plan(
        then=(("loop_rate", 0.06), ("slow_factor", 3.0), ("lapses.self_review", 0.0)),
        acted=dt.date(2024, 1, 1),
    )
    made = make_sample(days, 5, 1200, plan)
    truth = made.truth
    assert json.loads(json.dumps(truth)) == truth
    assert truth["plan"]["acted"] == "2024-01-01"
    assert truth["plan"]["then"] == [
        ["loop_rate", 0.06],
        ["slow_factor", 3.0],
        ["lapses.self_review", 0.0],
    ]
    before = planted(dataclasses.replace(plan, then=(), acted=None))
    actions = truth["planted"][len(before) :]
    assert truth["planted"][: len(before)] == before
    assert {tuple(action["where"].items()) for action in actions} == {(("from", "2024-01-01"),)}
    told = [
        (action["kind"], action["knob"], action["was"], action["strength"]) for action in actions
    ]
    assert told == [
        ("action", "loop_rate", 0.2, 0.06),
        ("action", "slow_factor", 1.5, 3.0),
        ("action", "lapses.self_review", 0.03, 0.0),
    ]
    log, since = made.incoming, truth["since"]
    late = log[log["办结时间"] >= "2024-01-01"]
    drafts = late[late["环节"] == "拟办"]["处室"].value_counts()
    assert since["loops"]["drafts"] == drafts.to_dict()
    assert (truth["loops"]["rate"], since["loops"]["rate"]) == (0.2, 0.06)
    shares = [
        loops["sent_back"]["秘书三处"] / loops["drafts"]["秘书三处"]
        for loops in (truth["loops"], since["loops"])
    ]
    # Binomial standard errors of about 0.014.
    assert shares == pytest.approx([0.13, 0.06], abs=0.05)
    assert (truth["slow"]["factor"], since["slow"]["factor"]) == (1.5, 3.0)
    for ratio in since["slow"]["realised_ratio_of_medians"].values():
        assert ratio == pytest.approx(3, rel=0.2)
