"""Columns that are about persons: found by name, by value, by who acts; and those that are not."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efficiency.evidence.people.personal import Personal, is_identity, is_name, personal

NAMES = ["张三", "李四", "王某", "赵某某", "欧阳修", "钱七"]
#: Numbers of the standard's own examples (GB 11643-1999) and one made by hand.
IDENTITIES = ["11010519491231002X", "440524188001010014", "34052419800101001X"]


def told(**columns: list[object]) -> Personal:
    rows = max(len(values) for values in columns.values())
    base = {"case_id": [str(n) for n in range(rows)], "activity": "登记", "actor": None}
    return personal(pd.DataFrame(base | columns))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("拟稿人", "person"), ("签发人", "person"), ("申请人姓名", "person"),
        ("来电人", "person"), ("法定代表人", "person"), ("值班员", "person"),
        ("批示领导", "person"), ("Responsible", "person"), ("assigned_to", "person"),
        ("联系电话", "phone"), ("手机号码", "phone"), ("Mobile", "phone"),
        ("申请人身份证号", "identity"), ("家庭住址", "address"), ("电子邮箱", "mail"),
    ],
)  # fmt: skip
def test_by_its_name(name: str, kind: str) -> None:
    assert told(**{name: ["甲0", "乙1", "丙2"]}).columns == {name: (kind, "named")}


@pytest.mark.parametrize(
    "name",
    [
        "文种",
        "来文单位",
        "申请人类型",
        "主送类型",
        "领导交办",
        "标题",
        "承办单位",
        "人数",
        "来文级别",
    ],
)
def test_others_are_not(name: str) -> None:
    assert told(**{name: ["a0", "b1", "c2"]}) == Personal()


def test_a_column_of_offices_names_nobody_whatever_it_is_called() -> None:
    assert told(申请人=["个人", "企业", "市财政局"] * 2) == Personal()


def test_by_its_values() -> None:
    found = told(
        甲=["13800001111", "+86 13900002222", "010-62345678"] * 2, 乙=IDENTITIES * 2,
        丙=["a@b.cn", "c.d@e.com", ""] * 2, 丁=NAMES,
    )  # fmt: skip
    assert {name: kind for name, (kind, how) in found.columns.items() if how == "held"} == {
        "甲": "phone", "乙": "identity", "丙": "mail", "丁": "person",
    }  # fmt: skip


def test_phone_numbers_that_a_spreadsheet_made_numbers_of() -> None:
    assert told(回访=[13800001111, 13900002222]).columns == {"回访": ("phone", "held")}
    assert told(回访=[13800001111.0, None]).columns == {"回访": ("phone", "held")}


def test_few_names_are_a_doubt_and_none_is_none() -> None:
    found = told(甲=["张三", "李四", "通知"], 乙=["通知", "报告", "函"])
    assert (found.columns, found.doubted) == ({}, {"甲": "person"})


def test_half_of_whose_values_act() -> None:
    log = pd.DataFrame(
        {"case_id": ["1", "2"], "activity": "a", "actor": ["R1", "R2"], "b": ["R2", "R9"],
         "c": ["x", "y"]}
    )  # fmt: skip
    assert personal(log).columns == {"actor": ("person", "actor"), "b": ("person", "held")}


def test_what_the_settings_say_goes_before() -> None:
    log = pd.DataFrame(
        {"case_id": ["1"], "activity": "a", "actor": ["甲"], "签发人": ["x"], "备注": ["y"]}
    )
    found = personal(log, asked=["备注"], public=["签发人", "actor"])
    assert found.columns == {"备注": ("person", "asked")}


def test_an_id_is_personal_only_where_it_is_a_persons_number() -> None:
    log = pd.DataFrame({"case_id": IDENTITIES, "activity": "a", "actor": None})
    assert personal(log).columns == {"case_id": ("identity", "held")}
    assert personal(log.assign(case_id=NAMES[:3])).columns == {}


@given(
    st.text("0123456789", min_size=6, max_size=6),
    st.dates(dt.date(1850, 1, 1), dt.date(2099, 12, 31)),
    st.text("0123456789", min_size=3, max_size=3),
)
def test_the_check_sign_by_another_road(place: str, born: dt.date, serial: str) -> None:
    """ISO 7064 MOD 11-2: the sum of a_i × 2^(i−1), right to left, leaves 1 by 11."""
    signs, digits = "0123456789X", f"{place}{born:%Y%m%d}{serial}"
    right = [
        sign for sign in signs
        if sum(signs.index(one) * 2**at for at, one in enumerate(reversed(digits + sign))) % 11 == 1
    ]  # fmt: skip
    possible = born.year >= 1900 and place[0] != "0"
    assert [sign for sign in signs if is_identity(digits + sign)] == (right if possible else [])


@pytest.mark.parametrize(
    "text", ["文书科", "市政府", "金水区", "系统", "A", "通知", "张", "张三李四王五", "R21"]
)
def test_no_names(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    "text", ["张三", "张 三", "欧阳修", "张某某", "Zhang San", "Mary J. Smith"]
)
def test_names(text: str) -> None:
    assert is_name(text)
