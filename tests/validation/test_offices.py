"""What is found in offices of many makes: nothing where nothing differs, and what was planted."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from efficiency.findings.finding import Finding
from efficiency.findings.time.changes import Reform
from efficiency.reviews.carry_out import review
from validation.ledger import Figure, keep
from validation.makes import NULLS, PLANTED, Make, make_office
from validation.seen import Seen, see

#: Fewer seeds take minutes; only with all of them is the bound what is asked for.
SEEDS, FEW, ALL = int(os.environ.get("EFFICIENCY_SEEDS", "200")), 5, 200
#: A date at which nothing happened, or a reform, as a review may name it.
REFORM = Reform(dt.date(2024, 7, 1), "a reform")
#: In 10 of 200 the upper bound lies below this.
BOUND = 0.085
REVIEWED = (
    "independent", "seasonal", "shocks", "queue 90 %", "own kinds", "campaign, 2 weeks",
    "batches in a queue", "dates only",
)  # fmt: skip
KINDS = {"slow_group", "high_rate", "change", "backlog"}
STANDARDS = (
    "standard_id,title,from,to,limit,target\n"
    "T1,拟办,拟办.received,拟办,1 working day,0.9\nT2,承办,承办.received,承办,10 working days,0.9\n"
)


def _counted(group: str, name: str, told: list[bool], asked: str, share: float) -> Figure:
    figure = Figure(group, name, sum(told), len(told), asked, share)
    keep(figure)
    return figure


@pytest.mark.slow
@pytest.mark.parametrize("name", [*NULLS, "two logs"])
def test_where_nothing_differs_nothing_is_found(name: str) -> None:
    makes = [NULLS[name]] if name in NULLS else [NULLS["independent"], NULLS["queue 70 %"]]
    told = [bool(see(makes, seed, [REFORM]).findings) for seed in range(SEEDS)]
    figure = _counted("nulls: a finding", name, told, "at most", 0.05)
    assert figure.holds
    assert figure.bound < BOUND or SEEDS < ALL


@pytest.mark.slow
@pytest.mark.parametrize("name", REVIEWED)
def test_nothing_is_found_by_whole_reviews_either(name: str, tmp_path: Path) -> None:
    told = [_accused(NULLS[name], seed, tmp_path / str(seed)) for seed in range(FEW)]
    assert _counted("nulls: a whole review", name, told, "at most", 0.2).holds


def _accused(make: Make, seed: int, folder: Path) -> bool:
    """Whether a review of the office accuses anyone."""
    folder.mkdir()
    log = make_office(make, seed).drop(columns="row")
    log.to_csv(folder / "log.csv", index=False)
    (folder / "standards.csv").write_text(STANDARDS, encoding="utf-8")
    (folder / "review.toml").write_text(
        'title = "x"\nstandards = "standards.csv"\ncutoff = 2024-12-31T18:00:00\n'
        '[logs.a]\npath = "log.csv"\n',
        encoding="utf-8",
    )
    return any(finding.kind in KINDS for finding in review(folder).findings)


def _of(finding: Finding, key: str) -> str:
    return dict(finding.subject).get(key, "")


def _unit(seen: Seen) -> tuple[bool, bool]:
    told = any(f.kind == "slow_group" and _of(f, "value") == "1处" for f in seen.findings)
    rows = seen.groups[(seen.groups["value"] == "1处") & (seen.groups["measure"] == "handling")]
    row = rows[rows["activity"] == ""].iloc[0]
    return told, bool(row["ratio_low"] <= 1.5 <= row["ratio_high"])


def _step(seen: Seen) -> tuple[bool, bool]:
    told = any(
        f.kind == "slow_group" and _of(f, "value") == "1处" and _of(f, "activity") in {"", "核稿"}
        for f in seen.findings
    )
    rows = seen.groups[(seen.groups["value"] == "1处") & (seen.groups["measure"] == "handling")]
    row = rows[rows["activity"] == "核稿"].iloc[0]
    return told, bool(row["ratio_low"] <= 1.6 <= row["ratio_high"])


def _reform(seen: Seen) -> tuple[bool, bool]:
    told = any(f.kind == "change" and _of(f, "at") == "2024-07-01" for f in seen.findings)
    rows = seen.levels[seen.levels["measure"] == "承办.handling"]
    row = rows[rows["kind"] == "reform"].iloc[0]
    return told, bool(row["ratio_low"] <= 0.7 <= row["ratio_high"])


def _overload(seen: Seen) -> tuple[bool, bool]:
    told = any(f.kind == "backlog" and _of(f, "unit") == "1处" for f in seen.findings)
    row = seen.flows[seen.flows["unit"] == "1处"].iloc[0]
    return told, bool(row["low"] <= 1.2 <= row["high"])


LOOKS = {"unit 1.5": _unit, "step 1.6": _step, "reform": _reform, "overload": _overload}


@pytest.mark.slow
@pytest.mark.parametrize("name", list(PLANTED))
def test_what_was_planted_is_found_with_its_size(name: str) -> None:
    look = LOOKS[name]
    seen = [look(see([PLANTED[name]], seed, [REFORM])) for seed in range(SEEDS // 2)]
    told = [one for one, _ in seen]
    inside = [one for _, one in seen]
    assert _counted("planted: found", name, told, "at least", 0.9).holds
    assert _counted("planted: inside its interval", name, inside, "at least", 0.9).holds


@pytest.mark.slow
def test_what_cannot_be_told_apart_is_not_tested() -> None:
    """Each unit does one kind of matter; a campaign of one week."""
    own = [see([NULLS["own kinds"]], seed).groups for seed in range(SEEDS // 4)]
    told = [bool((g.loc[g["attribute"] == "unit", "untested"] == "alone").all()) for g in own]
    assert _counted("not tested", "own kinds", told, "at least", 0.9).holds
    ours = [see([NULLS["campaign, 1 week"]], seed).groups for seed in range(SEEDS // 4)]
    told = [bool((g.loc[g["value"] == "单位06", "untested"] == "dependent").all()) for g in ours]
    assert _counted("not tested", "campaign, 1 week", told, "at least", 0.9).holds


def test_one_office_of_each_make_can_be_seen() -> None:
    """The makes themselves, quickly: every log keeps its contract and is not all alike."""
    for name in ("queue 90 %", "batches in a queue", "dates only"):
        log = make_office(NULLS[name], 0)
        assert log["case_id"].nunique() > 1400
        assert (log["end"].dropna() >= log["received"][log["end"].notna()]).all()
