"""Small cells: withheld with what would give them away, in every table of a review."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import efficiency as eff
from efficiency.report.sheet.sheet_reading import read_tables
from efficiency.report.withholding import Group, Mark, disclosed, guarded, withheld
from efficiency.tables import WRITTEN
from efficiency.tables.small_cells import SMALL

LEAST = 5
MARK = "withheld"


def possible(total: int, few: list[bool]) -> list[set[int]]:
    """What each withheld count can be, by trying all: the few 1 to 4, the others 5 and more."""
    ranges = [range(1, LEAST) if small else range(LEAST, total + 1) for small in few]
    found: list[set[int]] = [set() for _ in few]
    for counts in product(*ranges):
        if sum(counts) == total:
            for at, count in enumerate(counts):
                found[at].add(count)
    return found


@given(st.lists(st.integers(0, 14), min_size=1, max_size=6))
def test_every_small_number_stays_possible(counts: list[int]) -> None:
    """Whoever knows the total of what is withheld, and which of it is small, learns nothing."""
    n = np.array(counts, dtype=float)
    mask = guarded(Group(n), LEAST)
    assert mask[(n > 0) & (n < LEAST)].all()
    assert not mask[n == 0].any()
    if not mask.any() or mask[n > 0].all():
        return  # nothing to withhold, or nothing left to withhold with it
    hidden = [int(one) for one in n[mask]]
    few = [one < LEAST for one in hidden]
    for small, values in zip(few, possible(sum(hidden), few), strict=True):
        assert not small or values == set(range(1, LEAST))


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=3, max_size=8))
def test_of_a_part_neither_none_nor_all_is_withheld(rows: list[tuple[int, int]]) -> None:
    n = np.array([n for n, _ in rows], dtype=float)
    k = np.array([min(n, k) for n, k in rows], dtype=float)
    mask = guarded(Group(n, (k,)), LEAST)
    assume(mask.any() and not mask.all())
    assert 0 < k[mask].sum() < n[mask].sum()


def test_only_where_rows_add_up_another_goes_with_it() -> None:
    rules = pd.DataFrame({
        "log": "a", "rule_id": ["P1", "P2"], "n": [6, 60], "broken": [1, 2],
        "pending": [2, None], "share": [0.25, 0.03], "undecidable": [0, 0],
    })  # fmt: skip
    told = withheld({"rules": rules}, LEAST, MARK)["rules"]
    assert told["broken"].tolist() == [MARK, 2]
    assert told["share"].tolist() == [MARK, 0.03]
    assert rules["broken"].tolist() == [1, 2]
    assert disclosed("rules", rules, LEAST)["rule_id"].tolist() == ["P2"]


def test_what_is_withheld_in_one_table_is_so_in_all() -> None:
    tables = {
        "compliance": pd.DataFrame({"log": "a", "standard_id": ["T1", "T3"], "decided": [9, 1]}),
        "judgements": pd.DataFrame({
            "log": ["a", "a", "b"], "standard_id": ["T1", "T3", "T3"], "case_id": list("123")}),
        "due": pd.DataFrame({"log": "a", "standard_id": ["T1", "T3"], "cases": [2, 1]}),
        "involvement": pd.DataFrame(
            {"log": "a", "hand": ["甲", "乙", "丙"], "cases": [1, 20, 30], "steps": [1, 40, 60]}),
        "steps": pd.DataFrame({"log": "a", "unit": ["甲", "乙", "丙", None], "row": [1, 2, 3, 4]}),
        "handovers": pd.DataFrame({
            "log": "a", "source": ["甲", "乙"], "target": ["丙", "丙"], "cases": [7, 8],
            "median_work_hours": [1.0, 2.0]}),
    }  # fmt: skip
    told = withheld(tables, LEAST, MARK)
    assert told["judgements"]["case_id"].tolist() == ["1", "3"]
    assert told["due"]["cases"].tolist() == [2, MARK]
    assert told["steps"]["unit"].tolist() == [MARK, MARK, "丙", None]
    assert told["steps"]["row"].tolist() == [1, 2, 3, 4]
    assert told["handovers"]["cases"].tolist() == [MARK, MARK]


def test_a_tree_is_withheld_whole() -> None:
    trees = pd.DataFrame({
        "log": "a", "standard_id": ["T1"] * 3 + ["T2"], "node": [0, 1, 2, 0], "n": [9, 3, 6, 40],
    })  # fmt: skip
    told = withheld({"trees": trees}, LEAST, MARK)["trees"]
    assert told["n"].tolist() == [MARK] * 3 + [40]
    assert told["node"].tolist() == [0, 1, 2, 0]


def test_every_table_with_a_rate_says_when_it_is_small() -> None:
    """Shares of all cases, and figures of one case, are no rates over few."""
    exempt = {
        "matters", "variants", "alignments", "departures", "quality", "lights", "conformance",
        "error_gaps", "judgements", "steps", "cases", "urging",
        "staff",  # the whole staff: no answer of anybody
    }  # fmt: skip
    rated = {
        name for name, contract in WRITTEN.items()
        if any(column.unit in {"0 to 1", "working hours", "hours"} for column in contract.columns)
    }  # fmt: skip
    assert rated - exempt <= set(SMALL)
    for name, smalls in SMALL.items():
        known = {"log", *WRITTEN[name].names}
        for small in smalls:
            named = {*small.by, *small.hides, *(small.within or ()), *small.parts, *small.whole}
            assert named <= known, name


SETTINGS = """\
title = "t"
language = "zh"
standards = "standards.csv"
rules = "rules.csv"
[logs.log]
path = "log.csv"
closed_by = ["办结"]
"""
UNITS = {"甲科": 1, "乙科": 2, "丙科": 7, "丁科": 30, "戊科": 40}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    rows, at = [], 0
    for unit, count in UNITS.items():
        for _ in range(count):
            at += 1
            kind = "特急" if at <= 3 else "平件"
            hour = 9 + at % 3 * 3
            day = f"2024-03-{4 + at % 5:02d}"
            rows.append((f"c{at}", "登记", f"{day} 08:40", unit, kind))
            rows.append((f"c{at}", "办结", f"{day} {hour:02d}:{at % 60:02d}", unit, kind))
    frame = pd.DataFrame(rows, columns=["case_id", "activity", "end", "unit", "缓急"])
    frame.to_csv(folder / "log.csv", index=False)
    (folder / "review.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "standards.csv").write_text(
        "standard_id,title,scope,from,to,limit,clock,target\n"
        "T1,办结,,登记,办结,4 h,elapsed,0.9\nT3,特急办结,缓急=特急,登记,办结,1 h,elapsed,0.9\n",
        encoding="utf-8",
    )
    (folder / "rules.csv").write_text(
        "rule_id,title,kind,a,b,scope\nP1,先审后办,precedence,审核,办结,缓急=特急\n",
        encoding="utf-8",
    )
    return eff.review(folder).output


def bounds(known: list[float], hidden: int, total: float) -> tuple[float, float]:
    """Between what one of some withheld counts lies, each at least 1, whose total is known."""
    left = total - sum(known)
    return max(1.0, left - (hidden - 1) * left), left - (hidden - 1)


def test_no_withheld_cell_of_a_workbook_can_be_rebuilt(output: Path) -> None:
    sheets = read_tables(output / "workbook.xlsx")
    truth = {path.stem: pd.read_csv(path) for path in (output / "tables").glob("*.csv")}
    small = truth["involvement"].query("cases < 5")["hand"].tolist()
    assert small == ["乙科", "甲科"]
    shown = sheets["involvement"].set_index("hand")
    hidden = shown.index[shown["cases"] == "不列示"].tolist()
    assert set(small) < set(hidden)  # and one more, or the total would tell too much
    known = [float(one) for one in shown["cases"] if one != "不列示"]
    low, high = bounds(known, len(hidden), sum(UNITS.values()))
    assert (low, high) == (1.0, 8.0)
    # Nobody can count them in the tables of single cases either.
    assert not set(sheets["steps"]["unit"].dropna()) & set(hidden)
    assert "T3" not in set(sheets["judgements"]["standard_id"])
    assert "P1" not in set(sheets["deviations"].get("rule_id", []))
    assert sheets["compliance"].set_index("standard_id").loc["T3", "met"] == "不列示"
    assert sheets["rules"].set_index("rule_id").loc["P1", "broken"] == "不列示"
    for name, frame in truth.items():
        for rule in SMALL.get(name, ()):
            if set(rule.by) <= set(frame) and len(rule.by) == 1 and not rule.hides:
                few = frame[rule.by[0]].between(1, 4)
                # Of these rows no number is shown.
                rows = sheets[name].reset_index(drop=True)[few.to_numpy()]
                assert (rows[rule.by[0]] == "不列示").all(), name


def test_nor_in_the_findings_and_the_report(output: Path) -> None:
    import json
    import re

    findings = json.loads((output / "findings.json").read_text(encoding="utf-8"))
    (rule,) = [one for one in findings if one["kind"] == "rule"]
    assert [rule[name] for name in ("n", "value", "low", "high", "concerned", "cases")] == [
        None, None, None, None, None, [],
    ]  # fmt: skip
    assert not re.search(r"\d 件", (rule["title"] + rule["effect"]).replace("不足 5 件", ""))
    page = (output / "report.html").read_text(encoding="utf-8")
    text = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(svg|style|script).*?</\1>", " ", page))
    assert "甲科" not in text
    assert "乙科" not in text
    (line,) = re.findall(r"T3 .{0,200}", text)[:1]
    assert "&lt;5" in line


def test_the_mark_is_a_text() -> None:
    assert Mark("…") == "…"
    assert isinstance(Mark("…"), str)


def test_a_withheld_cell_is_told_from_any_text() -> None:
    units = pd.DataFrame({"log": "a", "hand": ["甲", "乙"], "cases": [1, 30]})
    told = withheld({"involvement": units}, LEAST, MARK)["involvement"]["cases"]
    assert [type(one) for one in told] == [Mark, Mark]


def test_the_same_unit_goes_with_a_small_one_under_every_limit() -> None:
    """Shown under another limit over the same cases, it would give the small one away."""
    units = pd.DataFrame({
        "log": "a", "standard_id": ["T1"] * 3 + ["T5"] * 3, "name": ["甲", "乙", "丙"] * 2,
        "n": [40, 60, 7, 40, 60, 2], "k": [9, 17, 2, 9, 17, 1],
    })  # fmt: skip
    told = withheld({"units": units}, LEAST, MARK)["units"]
    assert told.loc[told["n"] == MARK, "name"].tolist() == ["甲", "丙", "甲", "丙"]


def test_a_share_over_the_sum_of_two_counts() -> None:
    bunching = pd.DataFrame({
        "log": "a", "standard_id": ["T1"], "n": 104, "tenth_before": 1, "tenth_after": 2,
        "jump_share": 0.333,
    })  # fmt: skip
    told = withheld({"bunching": bunching}, LEAST, MARK)["bunching"]
    assert told[["n", "tenth_before", "tenth_after", "jump_share"]].values.tolist() == [
        [104, MARK, MARK, MARK]
    ]
