"""The chapter on causes holds each part exactly when there is something to tell."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from efficiency.language import Language
from efficiency.report.blocks import Block, Grid, Heading, Picture, Text
from efficiency.report.chapters.annexes.reasons import LEAST_MONTHS, MOST_RISKS, Causes, tell_causes

NAN, NAT = float("nan"), pd.NaT
#: Words that make a cause of what goes with something.
CAUSAL = re.compile(
    "导致|造成|由于|因此|引起|致使|使得|because|due to|leads? to|caused|results? in|owing to",
    re.IGNORECASE,
)
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
STANDARDS = pd.DataFrame(
    {"standard_id": ["T1", "T2"], "title": ["quick", "kept"], "missed": [True, False]}
)


def frame(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"log": "incoming", **columns})


def waiting() -> pd.DataFrame:
    """Two hours for the desk, six unexplained and ninety outside the hours, at one step."""
    causes, hours, shares = (
        ["off", "contention", "other"],
        [90.0, 2.0, 6.0],
        [NAN, 0.25, 0.75],
    )
    return pd.concat(
        frame(activity=activity, cause=causes, hours=hours, share=np.array(hours) / 98,
              work_share=shares, work_low=shares, work_high=shares, n=40)
        for activity in ("in", "")
    )  # fmt: skip


def months(many: int) -> pd.DataFrame:
    """A control chart; the last month gives a signal."""
    return frame(
        at=[f"2024-{month:02}" for month in range(1, many + 1)], value=10.0, n=20, centre=10.0,
        low=5.0, high=15.0, signal=[None] * (many - 1) + ["above_limit"] * (many > 0),
    )  # fmt: skip


TREE = frame(
    standard_id="T1", node=[0, 1, 2], parent=[-1, 0, 0], side=["", "is not", "is"],
    attribute=["", "unit", "unit"], value=["", "desk", "desk"], n=[100, 60, 40],
    share=[0.3, 0.1, 0.6], low=[0.2, 0.05, 0.4], high=[0.4, 0.2, 0.7],
)  # fmt: skip
WHOLE = Causes(
    waiting=waiting(),
    balance=frame(unit=["desk"], arrivals=[30], completions=[25], open=[6], ratio=[1.2],
                  low=[0.9], high=[1.5], p=[0.2], p_adjusted=[0.2499]),
    workload=frame(unit="desk", period=["2024-01", "2024-02"], arrivals=[10, 20],
               completions=[9, 16],
               open=[2, 6]),
    comparisons=frame(
        attribute="unit", value=["a", "b", "c", "d", "a"], measure="desk",
        activity=["", "", "", "", "in"], held_equal="activity", n=[50, 50, 3, 30, 50],
        others=[80, 80, 0, 0, 80], compared=[50, 49, 0, 0, 50],
        ratio=[1.5, 0.8, NAN, NAN, 1.6], ratio_low=[1.3, 0.7, NAN, NAN, 1.2],
        ratio_high=[1.8, 1.1, NAN, NAN, 2.0], p=[0.001, 0.2, NAN, NAN, NAN],
        p_adjusted=[0.004, 0.25, NAN, NAN, NAN], untested=["", "", "few", "alone", ""],
    ),
    changes=frame(
        measure=["case", "in"], kind=["baseline", "found"], at=[pd.Timestamp("2024-01-01"), NAT],
        at_low=NAT, at_high=NAT, median_before_hours=[10.0, NAN], median_after_hours=[8.0, NAN],
        difference_hours=[-2.0, NAN], difference_low=[-3.125, NAN], difference_high=[-0.5, NAN],
        ratio=[0.8, NAN], p=[0.0001, 0.4], p_adjusted=[0.0005, 0.45], untested="",
    ),
    factors=frame(standard_id="T1", attribute=["unit", "weekday"], values=[2, 5], n=100,
                  alone=[0.3, 0.0], share=[0.25, 0.01], low=[0.125, 0.0], high=[0.375, 0.04],
                  p=[0.025, 0.3]),
    trees=TREE,
    units=frame(standard_id="T1", name=["a", "b", "c", "d"], k=[2, 3, 4, 5], n=[9, 10, 20, 30],
                value=[0.2, 0.3, 0.2, 0.17], centre=0.2, low_95=0.1, high_95=0.4, low_998=0.0,
                high_998=0.6, outside=""),
    control=months(LEAST_MONTHS),
    bunching=frame(standard_id=["T1", "T2"], n=[50, 50], last_tenth=[10, 1], share=[0.2, 0.02],
                   low=[0.11, 0.0], high=[0.33, 0.1], tenth_before=[4, 1], tenth_after=[7, 1]),
    due=frame(standard_id="T1", from_hours=[-np.inf, -1.0, 0.0], to_hours=[-1.0, 0.0, np.inf],
              late=[False, False, True], cases=[30, 13, 7]),
    risk=frame(standard_id="T1", case_id=["A", "B"], from_time=pd.Timestamp("2024-12-20"),
               due=pd.Timestamp("2024-12-31 18:00"), activity="in", used_share=0.5,
               compared_by="activity", n=[90, 0], late=[45, 0], risk=[0.5, NAN],
               low=[0.4, NAN], high=[0.6, NAN]),
    calibration=frame(risk_from=[0.0, 0.5], risk_to=[0.5, 1.0], n=[60, 0], predicted=[0.25, NAN],
                      late=[15, 0], observed=[0.25, NAN], low=[0.1, NAN], high=[0.4, NAN]),
)  # fmt: skip
#: What each part is told from: none without it.
PARTS = {
    "1.": "waiting", "2.": "workload", "3.": "factors", "4.": "comparisons", "5.": "changes",
    "6.": "control", "7.": "bunching", "8.": "risk",
}  # fmt: skip


@cache
def whole(language: Language = "en") -> list[Block]:
    """Tell all of it, pictures and all, once."""
    return list(tell_causes(WHOLE, STANDARDS, language))


def told(causes: Causes = WHOLE, language: Language = "en", **options: Any) -> list[Block]:
    """Tell a part of it; what is on the pictures is no matter here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "efficiency.report.chapters.annexes.reasons.drawing",
            lambda axes: plt.close(axes.get_figure()),
        )
        return list(tell_causes(causes, STANDARDS, language, **options))


def parts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading) and block.level == 3]


def of_part(blocks: list[Block], place: int) -> list[Block]:
    """What stands under a part's heading."""
    at = [n for n, block in enumerate(blocks) if isinstance(block, Heading)] + [len(blocks)]
    return blocks[at[place] + 1 : at[place + 1]]


def text(blocks: list[Block]) -> str:
    return "\n".join(block.text for block in blocks if isinstance(block, Text))


def without(name: str) -> Causes:
    """Empty one table; its columns stay."""
    return replace(WHOLE, **{name: getattr(WHOLE, name).iloc[:0]})


def words_of(blocks: list[Block]) -> list[str]:
    said = []
    for block in blocks:
        if isinstance(block, Heading | Text):
            said.append(block.text)
        if isinstance(block, Grid):
            said += [block.caption, *block.headings, *(cell for row in block.rows for cell in row)]
        if isinstance(block, Picture):
            said.append(block.caption)
    return said


# --- which parts


def test_all_parts_in_order() -> None:
    assert [part.split(" ")[0] for part in parts(whole())] == list(PARTS)


@pytest.mark.parametrize(
    ("number", "name"), [(n, t) for n, t in PARTS.items() if t != "comparisons"]
)
def test_a_part_without_anything_to_tell_is_not_there(number: str, name: str) -> None:
    """And the numbers of the others close up."""
    whole, left = parts(told()), parts(told(without(name)))
    titles = [part.split(" ", 1)[1] for part in whole if not part.startswith(number)]
    if name == "changes":  # that no test found anything is told as well
        titles = [part.split(" ", 1)[1] for part in whole]
    assert [part.split(" ", 1)[1] for part in left] == titles
    assert [part.split(" ")[0] for part in left] == list(PARTS)[: len(titles)]


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        (("risk", "calibration"), {"Open cases at risk"}),
        (
            ("bunching", "due", "risk", "calibration", "factors", "trees", "units"),
            {"Open cases at risk", "Near the due moment", "What goes with lateness"},
        ),
    ],
)
def test_a_log_without_limits_is_told_without_them(
    names: tuple[str, ...], missing: set[str]
) -> None:
    """The tables have a column for their log alone, for want of any row."""
    none = dict.fromkeys(names, pd.DataFrame({"log": pd.Series(dtype=object)}))
    titles = {part.split(" ", 1)[1] for part in parts(told(replace(WHOLE, **none)))}
    assert titles == {part.split(" ", 1)[1] for part in parts(whole())} - missing


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_nothing_nothing_is_told(language: Language) -> None:
    """But that nothing flows."""
    assert [type(block) for block in told(Causes(), language)] == [Heading, Text]


def test_of_logs_in_which_nothing_flows_nothing_is_told() -> None:
    assert WHOLE.logs == ["incoming"]
    assert Causes().logs == []
    with_both = pd.concat([WHOLE.comparisons, WHOLE.comparisons.assign(log="outgoing")])
    assert replace(WHOLE, comparisons=with_both).logs == ["incoming", "outgoing"]


def test_each_log_is_told_by_itself() -> None:
    """The tables of one are not told of the other."""
    twice = {
        name: pd.concat([getattr(WHOLE, name), getattr(WHOLE, name).assign(log="outgoing")])
        for name in ("comparisons", "control")
    }
    captions = [
        block.caption for block in told(replace(WHOLE, **twice)) if isinstance(block, Picture)
    ]
    assert sum(caption.startswith("outgoing: control chart") for caption in captions) == 1
    assert not [caption for caption in captions if caption.startswith("outgoing: what the steps")]


def test_parts_in_chinese_are_numbered_in_chinese() -> None:
    blocks = whole("zh")
    assert blocks[0] == Heading("附件五　原因分析各表")
    assert [part[:3] for part in parts(blocks)] == [f"（{n}）" for n in "一二三四五六七八"]


# --- what they say, worked out by hand


def test_what_the_waiting_is_made_of() -> None:
    """8 hours within office hours, a quarter for the desk; a row counts once."""
    said = text(of_part(whole(), 1))
    assert "waited 8 hours in all" in said
    assert "75.0%, " in said
    assert said.index("75.0%") < said.index("25.0%")
    assert "90 more hours lie outside office hours" in said


def test_waiting_of_no_length_is_no_part() -> None:
    none = waiting().assign(hours=0.0, share=0.0, work_share=NAN)
    assert "1. What the waiting is made of" not in parts(told(replace(WHOLE, waiting=none)))


def test_the_flow_of_each_unit_is_a_row() -> None:
    (grid,) = [block for block in of_part(whole(), 2) if isinstance(block, Grid)]
    assert grid.rows == (("desk", "30", "25", "6", "1.20", "0.90 to 1.50", "0.250"),)


def test_only_circumstances_that_clearly_go_with_lateness_are_told() -> None:
    """The weekday's interval reaches zero."""
    (grid,) = [block for block in of_part(whole(), 3) if isinstance(block, Grid)]
    assert [row[1:] for row in grid.rows] == [("100", "25.0%", "12.5% to 37.5%")]
    assert "weekday" not in str(grid.rows)
    assert sum(isinstance(block, Picture) for block in of_part(whole(), 3)) == 1


@pytest.mark.parametrize("unclear", [{"low": 0.0}, {"p": 0.0251}])
def test_where_no_circumstance_is_clear_that_is_told(unclear: dict[str, float]) -> None:
    """The interval reaches zero, or p is no twentieth over the two that were looked at."""
    none = replace(WHOLE, factors=WHOLE.factors.assign(**unclear))
    (block,) = of_part(told(none), 3)
    assert isinstance(block, Text)
    assert "T1 quick: no circumstance" in block.text


def test_what_is_clear_of_one_standard_is_not_where_many_were_looked_at() -> None:
    """p is .025: of two it is told, of three (one of them another standard's) it is not."""
    other = WHOLE.factors.iloc[[1]].assign(standard_id="T2")
    three = replace(WHOLE, factors=pd.concat([WHOLE.factors, other]))
    assert not [block for block in of_part(told(three), 3) if isinstance(block, Grid)]


def test_only_standards_that_were_missed_are_explained() -> None:
    """T2 was kept, though it has factors and cases near the due moment."""
    both = replace(
        WHOLE, factors=pd.concat([WHOLE.factors, WHOLE.factors.assign(standard_id="T2")])
    )
    assert "T2" not in "\n".join(words_of(told(both)))


def test_a_tree_with_a_small_leaf_is_withheld() -> None:
    """Its boxes hold counts and shares."""
    for cell, pictures in ((40, 1), (41, 0)):
        part = of_part(told(small_cell=cell), 3)
        assert sum(isinstance(block, Picture) for block in part) == pictures
    root = replace(WHOLE, trees=TREE.iloc[:1])
    assert not [block for block in of_part(told(root), 3) if isinstance(block, Picture)]


def test_what_could_not_be_compared_is_told() -> None:
    """Two of four groups were tested, one of them differs; single activities are told apart."""
    said = text(of_part(whole(), 4))
    assert said.startswith("Comparisons made: 2;")
    assert " 1 can be told apart, and not by little" in said
    assert "Not tested: 1 for want of cases, 1 for want of anything comparable, 0 because" in said
    hang = WHOLE.comparisons.replace({"untested": {"few": "dependent"}})
    said = text(of_part(told(replace(WHOLE, comparisons=hang)), 4))
    assert "Not tested: 0 for want of cases, 1 for want of anything comparable, 1 because" in said


def test_few_units_do_not_make_a_funnel() -> None:
    """Four do; those of fewer cases than may be shown do not count."""
    for cell, drawn in ((9, 1), (10, 0)):
        captions = [block.caption for block in told(small_cell=cell) if isinstance(block, Picture)]
        assert sum("T1 quick: share late against" in caption for caption in captions) == drawn


def test_where_nothing_could_be_compared_there_is_no_picture() -> None:
    none = WHOLE.comparisons.assign(p=NAN, p_adjusted=NAN, untested="few")
    (block,) = of_part(told(replace(without("units"), comparisons=none)), 4)
    assert isinstance(block, Text)
    assert block.text.startswith("Comparisons made: 0;")


def test_changes_are_told_with_their_interval() -> None:
    """The search that found no date is a test and no row."""
    part = of_part(whole(), 5)
    assert text(part).startswith("2 tests of before and after")
    assert "; 1 can be told apart" in text(part)
    assert " 1 of these are not small" in text(part)
    (grid,) = [block for block in part if isinstance(block, Grid)]
    assert [row[2:] for row in grid.rows] == [
        ("2024-01-01", "10.00", "8.00", "-2.00", "-3.12 to -0.50", "<0.001")
    ]


def test_how_many_changes_are_told_and_why_the_others_are_not() -> None:
    """A clear one that is small, a date found next to a reform, and each reason once."""
    row = WHOLE.changes.iloc[[0]]
    near = row["at"].iloc[0] + pd.Timedelta(days=20)
    gone = dict.fromkeys(("difference_hours", "ratio", "p", "p_adjusted"), NAN)
    table = pd.concat(
        [
            row.assign(kind="reform"),
            row.assign(kind="found", at=near),
            row.assign(measure="in", ratio=0.98),
            *(row.assign(**gone, untested=why) for why in ("few", "dependent", "season", "season")),
        ]
    )
    part = of_part(told(replace(WHOLE, changes=table)), 5)
    assert text(part).startswith("3 tests of before and after")
    assert "; 3 can be told apart" in text(part)
    assert " 1 of these are not small" in text(part)
    assert "Not tested: 1 for want of cases, 1 because" in text(part)
    assert ", 2 because the log is too short" in text(part)
    (grid,) = [block for block in part if isinstance(block, Grid)]
    assert [row[1] for row in grid.rows] == [
        "known reform", "found in the data, the known reform's", "against the baseline",
    ]  # fmt: skip


def test_a_log_is_called_by_its_title() -> None:
    """One that has none by its name."""
    (log,) = set(WHOLE.waiting["log"])
    titled = replace(WHOLE, titles={log: "Letters received"})
    for causes, name in ((titled, "Letters received"), (WHOLE, log)):
        captions = [b.caption for b in told(causes) if isinstance(b, Picture)]
        assert [c for c in captions if c.startswith(f"{name}:")], captions


def test_an_interval_that_is_not_known_is_a_dash() -> None:
    none = WHOLE.balance.assign(low=NAN, high=NAN)
    (grid,) = [b for b in of_part(told(replace(WHOLE, balance=none)), 2) if isinstance(b, Grid)]
    assert grid.rows[0][5] == "—"


def test_a_chart_of_few_months_is_not_drawn() -> None:
    assert text(of_part(told(), 6)).startswith(
        f"The control chart of the median time of a case by month of closing: 1 of {LEAST_MONTHS}"
    )
    few = replace(WHOLE, control=months(LEAST_MONTHS - 1))
    assert "6. Steady or not" not in parts(told(few))


def test_what_happens_near_the_due_moment() -> None:
    said = text(of_part(whole(), 7))
    assert "T1 quick: of 50 cases done, 10 (20.0%, 95% interval 11.0% to 33.0%)" in said
    assert "4 in the tenth before it, 7 in the tenth after" in said


def test_few_cases_near_the_due_moment_are_withheld() -> None:
    for cell, there in ((50, True), (51, False)):
        assert any("Near the due" in part for part in parts(told(small_cell=cell))) is there


def test_risks_that_cannot_be_told_are_left_out() -> None:
    """Two limits run; of one nothing comparable is known."""
    part = of_part(whole(), 8)
    assert text(part).startswith("2 time limits were running")
    (grid,) = [block for block in part if isinstance(block, Grid)]
    assert grid.rows == (("T1", "A", "in", "2024-12-31 18:00", "50%", "90", "50%", "40% to 60%"),)
    (picture,) = [block for block in part if isinstance(block, Picture)]
    assert "60 cases" in picture.caption


@pytest.mark.parametrize(
    ("changes", "tried"),
    [({"n": [0, 0]}, "0"), ({"n": [49, 0]}, "49"), ({"predicted": [0.9, NAN]}, "60")],
)
def test_risks_that_did_not_come_true_are_told_to_nobody(
    changes: dict[str, list[float]], tried: str
) -> None:
    """Nor those that were hardly tried: no case is named."""
    untrue = replace(WHOLE, calibration=WHOLE.calibration.assign(**changes))
    (block,) = of_part(told(untrue), 8)
    assert isinstance(block, Text)
    assert block.text.startswith("2 clocks are not due yet")
    assert f"({tried} risks)" in block.text


def test_so_many_risks_are_told() -> None:
    many = pd.concat([WHOLE.risk.iloc[:1]] * (MOST_RISKS + 5), ignore_index=True)
    part = of_part(told(replace(WHOLE, risk=many)), 8)
    (grid,) = [block for block in part if isinstance(block, Grid)]
    assert len(grid.rows) == MOST_RISKS


# --- how it says it


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_makes_a_cause_of_an_association(language: Language) -> None:
    """Why nothing was tested is another matter: it stands at the end of a text."""
    texts = [re.split("Not tested:|未作检验的：", said)[0] for said in words_of(whole(language))]
    assert [said for said in texts if CAUSAL.search(said)] == []


def test_the_chapter_says_that_it_proves_no_cause() -> None:
    assert "does not prove causes" in text(whole()[:2])
    assert "不断定因果" in text(whole("zh")[:2])


def test_each_language_is_itself() -> None:
    assert [said for said in words_of(whole()) if CHINESE.search(said)] == []
    for block in whole("zh"):
        if isinstance(block, Heading | Text):
            assert CHINESE.search(block.text)
        if isinstance(block, Grid | Picture):
            assert CHINESE.search(block.caption)


def test_both_languages_tell_the_same_numbers() -> None:
    """Down to the last cell that holds one."""
    cells = {
        language: [
            # Of an interval each language has its own sign between the ends.
            cell.replace("～", " to ")
            for block in whole(language)
            if isinstance(block, Grid)
            for row in block.rows
            for cell in row
            if re.search(r"\d", cell)
        ]
        for language in ("zh", "en")
    }
    assert cells["zh"] == cells["en"]


def test_the_tables_stay_as_they_are_and_no_figure_is_left_open() -> None:
    plt.close("all")
    before = {name: getattr(WHOLE, name).copy() for name in Causes.names()}
    told()
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(WHOLE, name), table)
    assert plt.get_fignums() == []


def test_the_same_tables_give_the_same_chapter() -> None:
    assert list(tell_causes(WHOLE, STANDARDS, "en")) == whole()
