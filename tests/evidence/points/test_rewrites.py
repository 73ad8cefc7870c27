"""Rewriting a register changes what is ours and nothing else, through every spreadsheet."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from efficiency import tables
from efficiency.evidence.points.points_file import (
    THEIRS,
    no_points,
    point_id,
    read_points,
    typed_points,
)
from efficiency.evidence.points.rewrites import taken_over, write_points
from efficiency.words.point_words import REGISTER

T1, T2 = (point_id("standard", {"standard_id": name}) for name in ("T1", "T2"))
NASTY = ["=1+1", "'=1+1", "- 加人", "007", '他说"好"，, ; |', "第一行\n第二行", "#备注", "@x",
         "1/2", "2025/3/1", "62.5%", "NA", "+86 10", "-5", "'"]  # fmt: skip


def reviewed(**changes: Any) -> pd.DataFrame:
    """Two points as a review leaves them."""
    return typed_points(
        pd.DataFrame(
            {
                "id": [T1, T2], "title": ["转办慢", "拟办慢"], "status": ["new", "relapsed"],
                "first_found": pd.Timestamp("2023-12-31"), "checked": pd.Timestamp("2024-12-31"),
                "measure": "达标率", "better": "higher", "unit": "share",
                "baseline": [0.625, 1 / 3], "baseline_n": [320, 30], "value": [0.9, None],
                "verdict": ["effective", "not measurable"], "suggestion": ["standardise", ""],
                "hours": [1234.5678, 2.0], "kind": "standard",
                "history": ["2023-12-31 · new · too early · 0.625 (0.6–0.7) · n=320", ""],
                "subject": ['{"standard_id": "T1"}', '{"standard_id": "T2"}'], **changes,
            }
        )
    )  # fmt: skip


@pytest.fixture
def nasty() -> pd.DataFrame:
    """Many points that people filled with all that a cell can hold."""
    frame = pd.DataFrame({"id": [f"x{at:02}" for at in range(len(NASTY))], "kind": "own"})
    frame = frame.assign(title=NASTY, owner=NASTY, action=NASTY, 备注=NASTY, 序号=NASTY[::-1])
    dates = pd.Timestamp("2025-03-01") + pd.to_timedelta(range(len(NASTY)), "D")
    return typed_points(frame.assign(due=dates, target=0.625, n=7, status="new"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_written_and_read_it_is_the_same(
    tmp_path: Path, nasty: pd.DataFrame, language: Any, suffix: str
) -> None:
    path = tmp_path / f"points.{suffix}"
    points = pd.concat([reviewed(), nasty], ignore_index=True).fillna({"备注": "", "序号": ""})
    write_points(points, path, language=language)
    told = read_points(path)
    pd.testing.assert_frame_equal(told, typed_points(points.round(6)), check_dtype=False)
    before = path.read_bytes()
    write_points(told, path, language=language)
    assert suffix == "xlsx" or path.read_bytes() == before


def test_headings_and_words_are_in_the_language_of_the_review(tmp_path: Path) -> None:
    write_points(reviewed(), tmp_path / "zh.csv")
    write_points(reviewed(), tmp_path / "en.csv", language="en")
    rows = [
        list(csv.reader(io.StringIO((tmp_path / f"{name}.csv").read_text("utf-8-sig"))))
        for name in ("zh", "en")
    ]
    assert rows[0][0] == [REGISTER[name][0] for name in tables.POINTS.names]
    assert rows[1][0] == tables.POINTS.names
    assert {"新发现", "有效", "标准化", "越高越好", "比例"} < set(rows[0][1])
    assert {"new", "effective", "standardise", "higher", "share"} < set(rows[1][1])
    assert "2023-12-31 · 新发现 · 尚早 · 0.625 (0.6–0.7) · n=320" in rows[0][1]
    assert "1234.5678" in rows[0][1]


THEIR_FILE = (
    "2024年台账,,,,,,\r\n"
    "序号,问题,编号,责任,时限,目标,状态,,检查值,备注\r\n"
    f'1,转办慢,{T1},"王, 李",2025年3月1日,≥90%,新发现,没有表头的,62.5%,"第一行\n第二行"\r\n'
    "# 下面是我们自己的,,,\r\n"
    ",,,,\r\n"
    "2,手工,,张,2025/3/1,0.90,,,,=SUM(A1)\r\n"
    ",,,,,,,,,合计在此\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_only_cells_that_differ_are_touched(tmp_path: Path, encoding: str) -> None:
    """Banner, remarks, blank rows, a column without heading, forms of dates and numbers stay."""
    path = tmp_path / "points.csv"
    path.write_bytes(THEIR_FILE.encode(encoding))
    register = read_points(path)
    after = taken_over(register, reviewed()).points
    write_points(after, path)
    content = path.read_bytes().decode("gb18030" if encoding == "gb18030" else "utf-8-sig")
    old, new = (list(csv.reader(io.StringIO(text, newline=""))) for text in (THEIR_FILE, content))
    assert new[0] == old[0]
    assert new[1][: len(old[1])] == old[1]
    missing = [REGISTER[n][0] for n in tables.POINTS.names if REGISTER[n][0] not in old[1]]
    assert new[1][len(old[1]) :] == missing
    assert new[2][:8] == old[2][:8]  # the status is the same word already
    assert new[2][8:10] == ["0.9", "第一行\n第二行"]
    assert new[3:5] == old[3:5]
    own = point_id("own", {"title": "手工"})
    assert new[5][:2] == ["2", "手工"]
    assert new[5][2:10] == [own, "张", "2025/3/1", "0.90", "", "", "", "=SUM(A1)"]
    assert new[6] == old[6]
    assert new[7][1:3] == ["拟办慢", T2]
    assert len(new) == 8
    assert content.count("\r\n") == len(new)
    again = read_points(path)
    pd.testing.assert_frame_equal(again[after.columns], after.round(6), check_dtype=False)
    write_points(again, path)
    assert path.read_bytes().decode("gb18030" if encoding == "gb18030" else "utf-8-sig") == content


def test_line_breaks_of_another_kind_are_no_difference(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_bytes('\ufeffid,title,kind,action\nx,t,own,"a\nb"\n'.encode())
    points = read_points(path)
    write_points(points, path)
    before = path.read_bytes()
    write_points(points.assign(action="a\r\nb"), path)
    assert path.read_bytes() == before
    write_points(points.assign(action="a\r\nc"), path)
    assert read_points(path).loc[0, "action"] == "a\r\nc"


def test_points_that_stand_only_in_the_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    write_points(reviewed(), path)
    write_points(reviewed().head(1).assign(title="改"), path)
    assert read_points(path)["title"].tolist() == ["改", "拟办慢"]


def test_a_register_is_written_elsewhere_in_the_manner_of_another(tmp_path: Path) -> None:
    former = tmp_path / "points.csv"
    former.write_bytes(THEIR_FILE.encode("utf-8"))
    write_points(read_points(former), tmp_path / "new.csv", like=former)
    assert former.read_bytes() == THEIR_FILE.encode("utf-8")
    assert (tmp_path / "new.csv").read_text("utf-8-sig").startswith("2024年台账")
    assert not list(tmp_path.glob("*.partial"))


def test_a_workbook_keeps_comments_formats_and_formulas(tmp_path: Path) -> None:
    path = tmp_path / "points.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    for row in csv.reader(io.StringIO(THEIR_FILE, newline="")):
        page.append([cell or None for cell in row])
    page["D3"].comment = Comment("找王处长", "李")
    page["I3"] = 0.625
    page["I3"].number_format = "0.0%"
    page["K3"] = "=I3*100"
    book.save(path)
    write_points(taken_over(read_points(path), reviewed()).points, path)
    page = openpyxl.load_workbook(path).worksheets[0]
    assert page["D3"].comment.text == "找王处长"
    assert (page["I3"].value, page["I3"].number_format) == (0.9, "0.0%")
    assert (page["K3"].value, page["K3"].data_type) == ("=I3*100", "f")
    assert page["A4"].value == "# 下面是我们自己的"
    assert page["F3"].value == "≥90%"
    assert read_points(path)["id"].tolist() == [T1, point_id("own", {"title": "手工"}), T2]


# --- taking a review's results over


def test_ours_comes_from_the_review_and_theirs_stays() -> None:
    theirs = reviewed(
        owner=["王", ""], target=[0.8, None], 备注=["记", ""], status=["recurring", "new"]
    )
    ours = reviewed(
        owner=["李", "赵"], target=[0.9, 0.95], 备注=["", "新"], status=["resolved", "resolved"],
        another=["a", "b"],
    )  # fmt: skip
    ours.loc[2] = {**ours.loc[1].to_dict(), "id": "new"}
    before = theirs.copy()
    taken = taken_over(theirs, ours)
    points = taken.points.set_index("id")
    assert points["owner"].tolist() == ["王", "赵", "赵"]
    assert points["target"].tolist() == [0.8, 0.95, 0.95]
    assert points["备注"].tolist() == ["记", "新", "新"]
    assert points["another"].tolist() == ["a", "b", "b"]
    assert set(points["status"]) == {"resolved"}
    assert taken.added == 1
    assert taken.kept.values.tolist() == [[T1, "target", 0.8, 0.9], [T1, "owner", "王", "李"]]
    pd.testing.assert_frame_equal(theirs, before)


def test_a_point_of_peoples_own_stays_whole() -> None:
    own = typed_points(pd.DataFrame({"id": ["x"], "kind": ["own"], "status": ["resolved"]}))
    ours = own.assign(status="new", first_found=pd.Timestamp("2024-12-31"))
    told = taken_over(own, ours)
    assert told.points.loc[0, ["status", "first_found"]].tolist() == [
        "resolved", pd.Timestamp("2024-12-31")
    ]  # fmt: skip
    assert told.kept["column"].tolist() == ["status"]


def test_nothing_on_either_side() -> None:
    pd.testing.assert_frame_equal(taken_over(no_points(), no_points()).points, no_points())
    pd.testing.assert_frame_equal(taken_over(no_points(), reviewed()).points, reviewed())
    pd.testing.assert_frame_equal(taken_over(reviewed(), no_points()).points, reviewed())


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"],
                              include_characters="\n\t\"',;|=+-@#"), max_size=6)  # fmt: skip


@settings(deadline=None, max_examples=10)
@given(st.lists(st.tuples(texts, texts, st.dates() | st.none()), min_size=1, max_size=8))
def test_any_content_survives_a_review(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Any, ...]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.unlink(missing_ok=True)
    frame = pd.DataFrame(rows, columns=["action", "备注", "due"])
    register = typed_points(frame.assign(id=[f"x{at}" for at in range(len(rows))], kind="own"))
    write_points(register, path)
    read = read_points(path)
    assert read[["action", "备注", "due"]].equals(register[["action", "备注", "due"]])
    write_points(taken_over(read, reviewed()).points, path)
    again = read_points(path)
    columns = [*THEIRS, "备注", "id"]
    pd.testing.assert_frame_equal(again[columns].head(len(rows)), read[columns])


# --- through spreadsheets


def test_through_openpyxl(tmp_path: Path, nasty: pd.DataFrame) -> None:
    """A program that loads the csv into a workbook as text and saves it, and back."""
    points = pd.concat([reviewed(), nasty], ignore_index=True).fillna({"备注": "", "序号": ""})
    write_points(points, tmp_path / "a.csv")
    told = read_points(tmp_path / "a.csv")
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline="")):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    pd.testing.assert_frame_equal(read_points(tmp_path / "a.xlsx"), told)


def test_through_libreoffice(tmp_path: Path, nasty: pd.DataFrame) -> None:
    """From csv to xlsx and back as its user does: values that look like numbers become numbers."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    points = pd.concat([reviewed(), nasty], ignore_index=True).fillna({"备注": "", "序号": ""})
    write_points(points, tmp_path / "a.csv")
    told = read_points(tmp_path / "a.csv")

    def convert(to: str, source: str, into: str, *options: str) -> None:
        command = [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            *options,
            "--convert-to",
            to,
            "--outdir",
            tmp_path / into,
            tmp_path / source,
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # fmt: skip
        if not list((tmp_path / into).glob("*")):
            pytest.skip("LibreOffice has no Calc on this machine")

    # Comma, double quotes, UTF-8, from the first row; every cell as it is shown.
    convert("xlsx", "a.csv", "x", "--infilter=CSV:44,34,76,1")
    convert("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "x/a.xlsx", "y")
    for path in (tmp_path / "x" / "a.xlsx", tmp_path / "y" / "a.csv"):
        back = read_points(path)
        free = ["备注", "序号", "title", "owner", "action"]  # 007, 62.5% and a date are typed anew
        rest = [name for name in told.columns if name not in free]
        pd.testing.assert_frame_equal(back[rest], told[rest], rtol=1e-5)
        texts = ~told["备注"].isin(["007", "1/2", "2025/3/1", "62.5%", "-5"])
        assert back.loc[texts, "备注"].tolist() == told.loc[texts, "备注"].tolist()
