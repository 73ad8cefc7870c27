"""Rules on what is known of a document: by hand, and against a slow reference."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import efficiency as eff
from efficiency.findings.rules.attributes import LIKENESS

Tried = Callable[..., list[dict[str, Any]]]


def one_each(column: str, values: list[str]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Write a case of one step for each value of a column."""
    cases = {str(number): "登记" for number in range(1, len(values) + 1)}
    known = {str(number): {column: value} for number, value in enumerate(values, 1)}
    return cases, known


def broken(answer: dict[str, Any]) -> list[str]:
    """List the broken cases."""
    return list(answer.get("broken", {}))


# --- attribute

#: A condition on a column, values of it, and the cases (from 1) that are broken, undecidable.
COMPARISONS: list[tuple[str, list[str], list[str], list[str]]] = [
    # The empty value may be asked for; else nothing is said of a case without one.
    ("{}=", ["", "张三"], ["1"], []),
    ("{}!=", ["", "张三"], ["2"], []),
    ("{}=张三|李四", ["张三", "王五", "李四", ""], ["1", "3"], ["4"]),
    ("{}!=张三", ["张三", "王五", ""], ["2"], ["3"]),
    ("{}=张三|", ["张三", "王五", ""], ["1", "3"], []),
    ("{}>3", ["3", "4", "3.5", " 10 ", "多", ""], ["2", "3", "4"], ["5", "6"]),
    ("{}>=3", ["2", "3", "1e1"], ["2", "3"], []),
    ("{}<-1", ["-2", "-1", "0"], ["1"], []),
    ("{}<=0", ["-1", "0", "0.5"], ["1", "2"], []),
    ("#{}>1", ["甲、乙", "甲,乙", "甲；乙", "甲|乙", "甲", ""], ["1", "2", "3", "4"], ["6"]),
    ("#{}=2", ["甲、、乙", "甲、乙、丙", "甲， 乙"], ["1", "3"], []),
    ("#{}!=1", ["甲", "甲;乙"], ["2"], []),
]


def test_attributes_by_hand(tried: Tried) -> None:
    """All conditions must hold; one that fails decides, whatever is not known of the others."""
    known = {
        "1": {"文种": "请示", "主送": "市政府、市委"},
        "2": {"文种": "请示", "主送": "市政府"},
        "3": {"文种": "请示", "主送": ""},
        "4": {"文种": "", "主送": "市政府"},
        "5": {"文种": "", "主送": "市政府、市委"},
        "6": {"文种": "报告", "主送": ""},
    }
    rule = {"kind": "attribute", "a": "文种=请示; #主送>1"}
    shown = "文种=请示；主送=市政府、市委"
    assert tried((rule, dict.fromkeys(known, "登记 批示"), known)) == [
        {"broken": {"1": ("1", shown, shown)}, "undecidable": ["3", "5"]}
    ]


def test_each_comparison_by_hand(tried: Tried) -> None:
    """Texts, numbers, numbers of names; each in a column of its own."""
    examples = [
        ({"kind": "attribute", "a": condition.format(f"列{at}")}, *one_each(f"列{at}", values))
        for at, (condition, values, _, _) in enumerate(COMPARISONS)
    ]
    got = [
        (condition, values, broken(answer), answer.get("undecidable", []))
        for (condition, values, _, _), answer in zip(COMPARISONS, tried(*examples), strict=True)
    ]
    assert got == COMPARISONS


def test_a_difference_of_two_columns(tried: Tried) -> None:
    """越级: the document skips a level; either may be unknown."""
    known = {
        "1": {"来文级别": "4", "主送级别": "2"},
        "2": {"来文级别": "3", "主送级别": "2"},
        "3": {"来文级别": "4", "主送级别": ""},
        "4": {"来文级别": "县", "主送级别": "2"},
    }
    rule = {"kind": "attribute", "a": "来文级别 - 主送级别 > 1"}
    shown = "来文级别=4；主送级别=2"
    assert tried((rule, dict.fromkeys(known, "登记"), known)) == [
        {"broken": {"1": ("1", shown, shown)}, "undecidable": ["3", "4"]}
    ]


def test_the_first_row_of_a_case_proves_what_is_known_of_it(
    make_log: Callable[..., pd.DataFrame],
) -> None:
    """By row number; also of an open case; the value is the first that is not empty."""
    log = make_log(
        ("1", "批示", "2024-03-06"), ("1", "登记", "2024-03-05"), ("2", "登记", None),
        row=[7, 9, 4], 文种=["", "请示", "请示"], received=[None, None, "2024-03-05"],
    )  # fmt: skip
    rules = pd.DataFrame({"rule_id": ["P"], "kind": ["attribute"], "a": ["文种=请示"]})
    assert eff.deviations(log, rules)[["case_id", "rows"]].values.tolist() == [
        ["1", "7"], ["2", "4"],
    ]  # fmt: skip


def test_marks_at_either_end_name_nobody(tried: Tried) -> None:
    """One organ is one organ."""
    cases, known = one_each("主送", ["甲、", "、甲", "甲； ；", "甲 、"])
    assert tried(({"kind": "attribute", "a": "#主送>1"}, cases, known)) == [{}]


def test_what_is_no_number_is_not_compared(tried: Tried) -> None:
    """Some programs write nan for nothing."""
    cases, known = one_each("页数", ["nan", "NaN", "inf"])
    assert tried(({"kind": "attribute", "a": "页数>3"}, cases, known)) == [
        {"undecidable": ["1", "2", "3"]}
    ]


# --- corrections


def corrected(of: dict[str, str], column: str = "更正") -> dict[str, dict[str, str]]:
    """Write what each case corrects; an example's cases are named after its number."""
    return {
        case_id: {column: f"{value}@0" if value in of else value} for case_id, value in of.items()
    }


def test_corrections_that_name_what_they_correct(tried: Tried) -> None:
    """A chain and a star are one document each; the first version is what breaks the rule."""
    of = {"1": "", "2": "1", "3": "2", "4": "", "5": "4", "6": "4", "7": "", "8": "7"}
    cases = {case_id: f"印发#03-0{case_id}" for case_id in of}
    assert tried(({"kind": "corrections", "a": "更正"}, cases, corrected(of))) == [
        {"broken": {
            "1": ("2;3", "更正：2@0、3@0", "corrected by 2@0, 3@0"),
            "4": ("5;6", "更正：5@0、6@0", "corrected by 5@0, 6@0"),
        }}
    ]  # fmt: skip


def test_corrections_that_share_a_number(tried: Tried) -> None:
    """The earliest is the first version, by moment and then by id."""
    of = {"1": "3号", "2": "3号", "3": " 3号 ", "4": "4号", "5": "4号", "6": ""}
    days = {"1": "07", "2": "05", "3": "05", "4": "05", "5": "06", "6": "05"}
    cases = {case_id: f"印发#03-{day} 归档" for case_id, day in days.items()}
    assert tried(({"kind": "corrections", "a": "更正"}, cases, corrected(of))) == [
        {"broken": {"2": ("1;5", "更正：1@0、3@0", "corrected by 1@0, 3@0")}}
    ]


def test_a_long_chain_is_one_document(tried: Tried) -> None:
    """Thirty-three versions: links are followed by doubling."""
    ids = [f"{number:02}" for number in range(33)]
    of = {case_id: ids[at - 1] if at else "" for at, case_id in enumerate(ids)}
    rule = {"kind": "corrections", "a": "更正", "n": "32"}
    (answer,) = tried((rule, dict.fromkeys(ids, "印发"), corrected(of)))
    assert answer["broken"]["00"][0] == ";".join(str(row) for row in range(2, 34))


def test_documents_are_counted_not_their_versions(
    make_log: Callable[..., pd.DataFrame],
) -> None:
    """Two documents, one of them corrected twice: one half."""
    rows = [(case_id, "印发", "2024-03-05") for case_id in "1234"]
    rules = pd.DataFrame({"rule_id": ["P"], "kind": ["corrections"], "a": ["更正"]})
    told = eff.adherence(make_log(*rows, 更正=["", "1", "1", ""]), rules)
    assert told[["n", "broken", "share"]].values.tolist() == [[2, 1, 0.5]]


@pytest.mark.parametrize("many", [2, 3, 4, 5, 32])
def test_a_ring_of_corrections_is_one_document(tried: Tried, many: int) -> None:
    """A slip of the pen in the first version does not hide the others."""
    ids = [f"{number:02}" for number in range(many)]
    of = {case_id: ids[at - 1] for at, case_id in enumerate(ids)}
    rule = {"kind": "corrections", "a": "更正", "n": str(many - 1)}
    (answer,) = tried((rule, dict.fromkeys(of, "印发"), corrected(of)))
    assert broken(answer) == ["00"]


# --- recurs


def test_recurrences_by_hand(tried: Tried) -> None:
    """Up to the ninetieth day; a case of which something is not known is not compared."""
    days = {"1": "01-05", "2": "04-04", "3": "07-04", "4": "01-06", "5": "01-07"}
    known = {
        **{case_id: {"事项": "危房", "村": "东村"} for case_id in "123"},
        "4": {"事项": "危房", "村": "西村"},
        "5": {"事项": "危房", "村": ""},
    }
    cases = {case_id: f"受理#{day} 办结" for case_id, day in days.items()}
    # From 5 January to 4 April are 90 days in a leap year, on to 4 July 91.
    assert tried(({"kind": "recurs", "a": "事项+村"}, cases, known)) == [
        {
            "broken": {"2": ("3", "90 日内再次：1@0", "again within 90 days of 1@0")},
            "undecidable": ["5"],
        }
    ]
    (answer,) = tried(({"kind": "recurs", "a": "事项+村", "n": "91"}, cases, known))
    assert broken(answer) == ["2", "3"]


def test_two_at_the_same_moment_come_back_once(tried: Tried) -> None:
    """The later id comes after the earlier."""
    cases, known = one_each("事项", ["危房", "危房", "修路"])
    assert broken(*tried(({"kind": "recurs", "a": "事项"}, cases, known))) == ["2"]


# --- unregistered

BY_TITLE = {"kind": "unregistered", "b": "incoming: 文号 | 标题+来文单位"}


def register(*rows: tuple[str, str, str, str]) -> dict[str, pd.DataFrame]:
    """Write a register of number, title, sender and moment."""
    frame = pd.DataFrame(rows, columns=["文号", "标题", "来文单位", "end"])
    return {"incoming": frame.assign(end=pd.to_datetime(frame["end"], format="ISO8601"))}


def test_documents_are_looked_up_by_their_number(tried: Tried) -> None:
    """Brackets and blanks aside; where `a` is named, only decided documents are asked for."""
    known = {
        "1": {"文号": "市府〔2024〕3号"}, "2": {"文号": "市府[2024] 3 号"},
        "3": {"文号": "市府〔2024〕4号"}, "4": {"文号": ""}, "5": {"文号": "市府〔2024〕5号"},
    }  # fmt: skip
    cases = {**dict.fromkeys("1234", "登记 批示"), "5": "登记 批示?"}
    registers = register(("市府（2024）3号", "", "", "2020-01-01"))
    all_, decided = ({"kind": "unregistered", "a": a, "b": "incoming: 文号"} for a in ("", "批示"))
    told = tried((decided, cases, known), (all_, cases, known), registers=registers)
    shown = "市府〔2024〕4号"
    assert told[0] == {
        "broken": {"3": ("6", f"登记簿中没有：{shown}", f"not in the register: {shown}")},
        "undecidable": ["4"],
    }
    assert broken(told[1]) == ["3", "5"]


def test_two_numbers_that_differ_are_two_documents(tried: Tried) -> None:
    """However alike their titles; the detail names all that was looked up."""
    title = "关于修缮校舍的请示"
    known = {"1": {"文号": "8号", "标题": title, "来文单位": "教育局"}}
    entry = register(("9号", title, "教育局", "2024-03-05"))
    shown = f"8号 {title} 教育局"
    assert tried((BY_TITLE, {"1": "登记"}, known), registers=entry) == [
        {"broken": {"1": ("1", f"登记簿中没有：{shown}", f"not in the register: {shown}")}}
    ]
    unnumbered = register(("", title, "教育局", "2024-03-05"))
    assert tried((BY_TITLE, {"1": "登记"}, known), registers=unnumbered) == [{}]


def test_the_register_is_seen_as_it_stood_at_the_cutoff(tried: Tried) -> None:
    """An entry that was made later does not mend it."""
    rule, known = {"kind": "unregistered", "b": "incoming: 文号"}, {"1": {"文号": "8号"}}
    entry = register(("8号", "", "", "2024-03-06 10:00"))
    for cutoff, want in (("2024-03-06 09:59", ["1"]), ("2024-03-06 10:00", [])):
        (answer,) = tried((rule, {"1": "登记"}, known), registers=entry, cutoff=cutoff)
        assert broken(answer) == want


def test_without_a_number_titles_are_compared(tried: Tried) -> None:
    """What else is named must agree, and the dates lie near: 30 days from 5 March, 9:00."""
    title = "关于修缮校舍的请示"
    entries = [
        ("", title, "甲局", "2024-03-05", True),
        ("", "《关于修缮校舍的请示》", "甲局", "2024-03-05", True),
        ("9号", title, "甲局", "2024-03-05", True),
        ("", title, "乙局", "2024-03-05", False),
        ("", title, "甲局", "2024-04-04 09:00", True),
        ("", title, "甲局", "2024-04-04 09:01", False),
        ("", title, "甲局", "2024-02-04 09:00", True),
        ("", title, "甲局", "2024-02-04 08:59", False),
        # Two of nine characters differ.
        ("", "关于新建校舍的请示", "甲局", "2024-03-05", False),
        ("", "", "甲局", "2024-03-05", False),
    ]
    # Each document has a sender of its own, so that it meets one entry.
    known = {
        str(at): {"文号": "", "标题": title, "来文单位": f"甲局{at}"} for at in range(len(entries))
    }
    rows = [
        (number, theirs, f"{sender}{at}", day)
        for at, (number, theirs, sender, day, _) in enumerate(entries)
    ]
    example = (BY_TITLE, dict.fromkeys(known, "登记"), known)
    (answer,) = tried(example, registers=register(*rows), cutoff="2024-12-31")
    got = [(*row[:4], str(at) not in broken(answer)) for at, row in enumerate(entries)]
    assert got == entries


TEN = "关于修缮中小学校舍的"
TWELVE = TEN + "请示"
#: Two titles, and whether they agree: Dice's coefficient from 0.8 on.
TITLES = [
    # A slip inside touches two pairs of eleven, 18 ÷ 22, and two of nine, 14 ÷ 18.
    (TWELVE, TWELVE.replace("修", "整"), True),
    (TEN, TEN.replace("修", "整"), False),
    # A slip at the end touches one: 16 ÷ 18; a character that is missing there, too: 20 ÷ 21.
    (TEN, TEN[:-1] + "之", True),
    (TWELVE, TWELVE[:-1], True),
    # Two slips: 14 ÷ 22.
    (TWELVE, TWELVE.replace("修", "整").replace("校", "房"), False),
    # 8 ÷ 10 is enough.
    ("abcdef", "abcdeX", True),
    ("abcde", "abcdX", False),
    # Each pair counts once: 4 ÷ 4, 2 ÷ 3.
    ("ababab", "abab", True),
    ("ababab", "ab", False),
    # One character has no pairs.
    ("函", "函", True),
    ("函", "信", False),
    ("《函》", " 函 ", True),
]


def test_titles_agree_from_their_likeness_on(tried: Tried) -> None:
    """A Chinese character is one, whatever its bytes; each title meets one entry."""
    assert LIKENESS == 0.8
    known = {
        str(at): {"文号": "", "标题": own, "来文单位": f"甲局{at}"}
        for at, (own, _, _) in enumerate(TITLES)
    }
    rows = [("", theirs, f"甲局{at}", "2024-03-05") for at, (_, theirs, _) in enumerate(TITLES)]
    example = (BY_TITLE, dict.fromkeys(known, "登记"), known)
    (answer,) = tried(example, registers=register(*rows))
    got = [
        (own, theirs, str(at) not in broken(answer)) for at, (own, theirs, _) in enumerate(TITLES)
    ]
    assert got == TITLES


def test_what_cannot_be_compared_is_not_accused(tried: Tried) -> None:
    """Without its sender a title says nothing; an entry without a moment may be of any day."""
    title = "关于修缮校舍的请示"
    known = {
        "1": {"文号": "", "标题": title, "来文单位": ""},
        "2": {"文号": "", "标题": title, "来文单位": "教育局"},
    }
    cases = dict.fromkeys(known, "登记")
    undated = register(("", title, "教育局", ""), ("", title, "", "2024-03-05"))
    assert tried((BY_TITLE, cases, known), registers=undated) == [{"undecidable": ["1"]}]


def test_a_number_with_gaps_is_still_a_whole_one(make_log: Callable[..., pd.DataFrame]) -> None:
    """A column of 3 and nothing is one of 3.0 to pandas; people wrote 3."""
    log = make_log(("1", "登记", "2024-03-05"), ("2", "登记", "2024-03-05"), 级别=[3, None])
    rules = pd.DataFrame({"rule_id": ["P"], "kind": ["attribute"], "a": ["级别=3"]})
    told = eff.deviations(log, rules)
    assert told[["case_id", "detail"]].values.tolist() == [["1", "级别=3"]]
    scoped = rules.assign(kind="existence", a="登记", scope="级别=3")
    assert eff.adherence(log, scoped)["n"].tolist() == [1]


# --- all kinds


@settings(deadline=None, derandomize=True, max_examples=3, phases=[Phase.generate])
@given(seed=st.integers(0, 2**32 - 1))
def test_every_kind_equals_the_slow_reference(
    parted: Callable[..., list[str]], breaches: ModuleType, seed: int
) -> None:
    """Four rules of each kind: which cases, by which rows, undecidable or not, of how many."""
    told = parted(seed, list(breaches.PAPERS), 4)
    assert not told, "\n".join(told[:5])
