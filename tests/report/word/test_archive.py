"""The file: nothing in it that is not referred to, the same bytes twice, no date of today."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from efficiency.report.word.archive import Sheet, archive
from efficiency.report.word.elements import made


def packed(title: str = "题") -> zipfile.ZipFile:
    text = made("w:document", made("w:body", made("w:p")))
    parts = {
        "styles": made("w:styles"),
        "settings": made("w:settings"),
        "fontTable": made("w:fonts"),
    }
    made_of = archive(
        text, parts, {"footer1": made("w:ftr")}, {"picture1.png": b"x"}, Sheet(title, "室", "zh-CN")
    )
    return zipfile.ZipFile(io.BytesIO(made_of))


def test_every_part_is_referred_to_and_has_a_type() -> None:
    file = packed()
    assert file.testzip() is None
    targets = {
        one.get("Target") for one in etree.fromstring(file.read("word/_rels/document.xml.rels"))
    }
    inner = {name.removeprefix("word/") for name in file.namelist() if name.startswith("word/")}
    assert targets == inner - {"document.xml", "_rels/document.xml.rels"}
    types = etree.fromstring(file.read("[Content_Types].xml"))
    typed = {one.get("PartName") for one in types if one.get("PartName")}
    assert typed == {f"/{name}" for name in file.namelist() if name.endswith(".xml")} - {
        "/[Content_Types].xml"
    }


def test_no_date_but_a_fixed_one() -> None:
    file = packed()
    assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert file.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def test_the_title_stands_as_it_is() -> None:
    core = etree.fromstring(packed('<a> & "b"').read("docProps/core.xml"))
    assert [one.text for one in core][:3] == ['<a> & "b"', "室", "zh-CN"]
