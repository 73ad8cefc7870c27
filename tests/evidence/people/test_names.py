"""Names within texts: replaced wherever they stand; places, offices and codes stay."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.evidence.people.names import Names
from efficiency.evidence.people.pseudonyms import code_of

KEY = b"0123456789abcdef"
KNOWN = ["张三", "张三丰", "高新", "R21", "文书科", "Zhang San"]


def code(name: str) -> str:
    return code_of(name, KEY)


def test_the_longest_name_is_meant() -> None:
    names = Names(KNOWN, KEY)
    assert names.text("请张三丰同志与张三办理") == f"请{code('张三丰')}同志与{code('张三')}办理"
    assert names.text("张 三审核") == f"{code('张三')}审核"
    assert names.text("ask Zhang San now") == f"ask {code('ZhangSan')} now"


def test_places_offices_and_codes_stay() -> None:
    names = Names(KNOWN, KEY)
    for text in ("高新区管委会", "文书科登记", "R21", "Zhang Sand"):
        assert names.text(text) == text


def test_numbers_in_texts() -> None:
    names = Names((), KEY)
    assert names.text("电13800001111。") == f"电{code('13800001111')}。"
    assert names.text("证11010519491231002X") == f"证{code('11010519491231002X')}"
    # Longer runs of digits, and numbers whose day of birth is none, are no persons'.
    for text in (
        "文号1380000111122",
        "110105194913310021",
        "收〔2024〕0001号",
        "20240305101112131",
    ):
        assert names.text(text) == text


@pytest.mark.parametrize(
    "number",
    [
        "138-0000-1111",
        "+86 138 0000 1111",
        "１３８００００２２２２",
        "0371-66551234",
        "110105491231002",
        "11010519491231002Ｘ",
        "110105194912310029",
        "zhou@example.cn",
    ],
)
def test_numbers_however_they_are_written(number: str) -> None:
    told = Names((), KEY).text(f"请回{number}，谢谢")
    assert number not in told


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("张三丰", "张三丰市长批示"), ("李四", "李四县长"), ("高新", "高新区长"),
        ("王东方", "王东方审核"), ("佟大为", "佟大为须先登记"), ("郝建村", "郝建村会签"),
        ("买买提·艾力", "买买提·艾力来访"), ("ZHANG WEIMING", "ask Zhang  Weiming"),
        ("Li Ming", "Ｌｉ Ｍｉｎｇ"), ("zhang.wei", "by zhang.wei"), ("Li Ming (代)", "Li Ming"),
        ("孙小红、周大力", "孙小红会签"), ("吴京（主任）", "吴京签"),
    ],
)  # fmt: skip
def test_whoever_acts_is_not_named(name: str, text: str) -> None:
    told = Names([name], KEY).text(text)
    parts = [part for part in re.split(r"[、（(\s.]", name) if len(part) > 1]
    assert told != text
    assert not any(part.casefold() in told.casefold() for part in parts)


def test_offices_that_act_keep_their_names() -> None:
    names = Names(["高新区", "文书科", "系统", "办公室主任"], KEY, never=["高新区"])
    for text in ("高新区管委会", "文书科登记", "系统归档", "办公室主任审核"):
        assert names.text(text) == text


def test_in_criteria_a_value_alone_is_one_too() -> None:
    names = Names(KNOWN, KEY)
    assert names.criterion("经办人 = R21|R22") == f"经办人 = {code('R21')}|R22"
    assert names.criterion("R21") == code("R21")
    assert names.criterion("R211 = x") == "R211 = x"
    frame = pd.DataFrame({"scope": ["签发人=张三", None], "n": [1, 2]})
    assert names.frame(frame)["scope"].tolist() == [f"签发人={code('张三')}", None]
    assert frame["scope"][0] == "签发人=张三"


def test_without_a_key_nothing_changes() -> None:
    names = Names(KNOWN, None)
    values = pd.Series(["张三", None])
    assert names.text("张三") == names.criterion("张三") == "张三"
    assert names.column(values) is values
    assert names.texts(values) is values


@given(st.lists(st.text("张三李四王abc 的", max_size=12), max_size=6))
def test_no_known_name_is_left(texts: list[str]) -> None:
    """By a plain search of each text without its blanks."""
    known = ["张三", "李四", "王三四"]
    names = Names(known, KEY)
    for told in names.texts(pd.Series(texts, dtype=object)):
        assert not any(name in told.replace(" ", "") for name in known)
