"""Text tables and settings: how they were written is found out, every value stays as typed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efficiency._doors.files import (
    decode,
    digest,
    merged,
    read_text_table,
    separator_of,
)
from efficiency.problems import LogError, Problem

TEXT = "case_id,环节,note\nNA,登记,\n007,转办,None\n"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_encodings_are_found_out(tmp_path: Path, written: str, found: str) -> None:
    """With and without a mark; the words come out whole."""
    path = tmp_path / "log.csv"
    path.write_bytes(TEXT.encode(written))
    table = read_text_table(path)
    assert table.encoding == found
    assert table.frame.columns.tolist() == ["case_id", "环节", "note"]
    assert table.frame.to_numpy().tolist() == [["NA", "登记", ""], ["007", "转办", "None"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found_out(tmp_path: Path, separator: str) -> None:
    """Also where values hold one of the others: decimal commas, semicolons in quotes."""
    rows = [["a", "b", "c"], ["1.5", "x y", '"p,q;r"'], ["2", "", "z"]]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(separator.join(row) for row in rows), encoding="utf-8")
    table = read_text_table(path)
    assert table.separator == separator
    assert table.frame.to_numpy().tolist() == [["1.5", "x y", "p,q;r"], ["2", "", "z"]]
    assert separator_of("a;b\n1,5;2,5\n") == ";"


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    st.text(st.characters(codec="gb18030", exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_text_comes_back(text: str, encoding: str) -> None:
    """What has a mark or is UTF-8 is never mistaken for another."""
    text = text.removeprefix("\ufeff") or "x"
    assert decode(text.encode(encoding))[0] == text


def test_what_a_spreadsheet_leaves_behind_is_dropped(tmp_path: Path) -> None:
    """Columns without a name and empty lines."""
    path = tmp_path / "log.csv"
    path.write_text("a,b,,\n1,2,,\n\n3,4,,\n", encoding="utf-8")
    assert read_text_table(path).frame.to_dict("list") == {"a": ["1", "3"], "b": ["2", "4"]}


def test_quoted_values_may_hold_anything(tmp_path: Path) -> None:
    """Separators, quotes and line ends; short rows end in empty values."""
    path = tmp_path / "log.csv"
    path.write_text('a,b\n"x,\ny","say ""no"""\nz\n', encoding="utf-8")
    assert read_text_table(path).frame.to_numpy().tolist() == [["x,\ny", 'say "no"'], ["z", ""]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "log.csv: the file has no data rows"),
        (b" \n \n", "log.csv: the file has no data rows"),
        (b"a,b\n1,\xff\xff\xff\n", "log.csv: the encoding is none of utf-8, gb18030, utf-16, "
         "windows-1252; save it as 'CSV UTF-8' in Excel"),
        (b"a,b\n1,2\n3,4,5\n", "log.csv: line 3 has 3 fields, the header has 2; "
         "quote values that hold the separator"),
        (
            b"a,b,a\n1,2,3\n",
            "log.csv: 'a' stands twice in the header; give one of the columns another name",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    """The file, the place, what is right and what to do."""
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(LogError) as caught:
        read_text_table(path)
    assert str(caught.value) == message


def test_every_ragged_line_is_told_at_once(tmp_path: Path) -> None:
    """Two lines, two messages; a name for the file may be given."""
    path = tmp_path / "log.csv"
    path.write_text("a,b\n1,2,3\n4,5\n6,7,8\n", encoding="utf-8")
    with pytest.raises(LogError) as caught:
        read_text_table(path, shown="incoming")
    assert [problem.text().split(" has")[0] for problem in caught.value.problems] == [
        "incoming: line 2", "incoming: line 4",
    ]  # fmt: skip


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """With the whole path, for it may be elsewhere."""
    with pytest.raises(LogError, match="there is no file"):
        read_text_table(tmp_path / "none.csv")


def test_a_digest_is_the_files_sha256(tmp_path: Path) -> None:
    """Of the bytes, whatever the encoding; that of nothing is well known."""
    path = tmp_path / "x"
    path.write_bytes(b"")
    assert digest(path) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    path.write_bytes(b"abc")
    assert digest(path) == hashlib.sha256(b"abc").hexdigest()


def test_problems_of_several_errors_come_together() -> None:
    """In their order."""
    errors = [LogError([Problem("no_rows")]), LogError([Problem("encoding"), Problem("no_moment")])]
    assert [problem.key for problem in merged(errors)] == ["no_rows", "encoding", "no_moment"]


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        ("Jos\u00e9 M\u00fcller, Gar\u00e7on", "latin-1", "cp1252"),
        ("caf\u00e9", "cp1252", "cp1252"),
        ("M\u00fcll\u00e4r", "latin-1", "cp1252"),
        ("收文登记簿，办理时间", "gbk", "gb18030"),
        ("号", "gbk", "gb18030"),
        ("朱镕基批示", "gbk", "gb18030"),
    ],
)
def test_western_letters_are_told_from_chinese_signs(text: str, written: str, found: str) -> None:
    """By what people write: two letters of Western Europe can be one rare sign."""
    assert decode(text.encode(written)) == (text, found)


def table_of(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[list[str]]:
    path = tmp_path / "log.csv"
    path.write_bytes(text.encode(encoding))
    return read_text_table(path).frame.to_numpy().tolist()


ROWS = [f"{n:03d},登记,2024-03-{n:02d}" for n in range(1, 21)]


@pytest.mark.parametrize(("first", "last"), [(4, 5), (4, 12)])
def test_a_pair_of_stray_quotes_swallows_no_rows(tmp_path: Path, first: int, last: int) -> None:
    """Between the two all rows would be one cell, and nothing would be said of it."""
    rows = list(ROWS)
    rows[first] = rows[first].replace("登", '"登')
    rows[last] = rows[last].replace("记", '记"')
    with pytest.raises(LogError) as error:
        table_of(tmp_path, "\n".join(["编号,环节,日期", *rows]))
    assert [(p.key, p.line) for p in error.value.problems] == [("quote", first + 2)]


def test_a_cell_of_several_lines_is_one_cell(tmp_path: Path) -> None:
    text = '编号,环节,意见\n1,登记,"请阅示\n甲，乙,丙"\n2,登记,"一行"\n'
    assert table_of(tmp_path, text) == [["1", "登记", "请阅示\n甲，乙,丙"], ["2", "登记", "一行"]]


def test_a_number_that_a_spreadsheet_keeps_as_text_is_that_text(tmp_path: Path) -> None:
    assert table_of(tmp_path, '编号,环节\n="007",登记\n="",登记\n') == [
        ["007", "登记"],
        ["", "登记"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_damaged_byte_is_told_with_its_line(tmp_path: Path, encoding: str) -> None:
    lines = ["编号,环节", *(f"{n},登记" for n in range(200))]
    data = [line.encode(encoding) for line in lines]
    data[120] = data[120][:-1]
    path = tmp_path / "log.csv"
    path.write_bytes(b"\n".join(data))
    with pytest.raises(LogError) as error:
        read_text_table(path)
    assert [(p.key, p.line) for p in error.value.problems] == [("broken_bytes", 121)]


@given(st.lists(st.sampled_from(["登记", "café", "Müller", "a,b"]), min_size=1, max_size=30))
def test_a_whole_file_of_one_encoding_is_not_damaged(words: list[str]) -> None:
    text = "\n".join(words)
    assert decode(text.encode("gb18030"))[1] in {"gb18030", "utf-8", "cp1252"}
    assert decode(text.encode("utf-8")) == (text, "utf-8")


def test_a_field_without_end_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n3," + "x" * 200_000 + "\n", encoding="utf-8")
    with pytest.raises(LogError, match=r"a\.csv:3: a field is longer than 131,072"):
        read_text_table(path)
