"""People under pseudonyms: nobody of a planted list stands in any byte that a review writes."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import efficiency as eff
from efficiency.cli import app
from efficiency.reviews.reading.inputs import read_inputs

NAMES = ["张三丰", "李四光", "欧阳修文", "赵某某", "Zhang Weiming", "钱七星", "孙八斤", "周九成"]
#: Of rows that are rejected, and one who answers for a measure.
OTHERS = ["吴天明", "郑成功"]
PHONES = ["13800001111", "13900002222", "13700003333"]
IDS = ["11010519491231002X", "440524188001010014"]
ADDRESSES = ["幸福路5号2单元", "和平街9号"]
PLANTED = [*NAMES, *OTHERS, *PHONES, *IDS, *ADDRESSES]
SETTINGS = """\
title = "示例"
language = "zh"
standards = "standards.csv"
rules = "rules.csv"
points = "points.csv"
calendar = "calendar.toml"
[logs.incoming]
path = "收文.csv"
closed_by = ["张三丰审核"]
leave = "leave.csv"
people = ["备注"]
[logs.incoming.columns]
case_id = "编号"
activity = "环节"
end = "时间"
actor = "经办人"
unit = "处室"
[logs.hall]
path = "办件.csv"
shape = "register"
[logs.hall.columns]
case_id = "编号"
[logs.hall.moments]
"受理" = { end = "受理时间", actor = "受理人" }
"办结" = "办结时间"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("people")
    rows = [
        {
            "编号": f"收{case}", "环节": activity, "处室": "文书科",
            "时间": f"2024-03-{4 + case % 20:02d} {9 + at}:{case:02d}" if case != 7 else NAMES[0],
            "经办人": NAMES[case % 3] + (" " if case == 3 else ""),
            "拟稿人": NAMES[3 + case % 5], "联系电话": PHONES[case % 3],
            "证件": IDS[case % 2], "标题": f"关于{NAMES[case % 3]}同志（{PHONES[0]}）的函",
            "备注": f"送{NAMES[7]}", "住址": ADDRESSES[case % 2], "意见": f"请{NAMES[2]}办",
        }
        for case in range(30)
        for at, activity in enumerate(["登记", "张三丰审核"])
    ]  # fmt: skip
    lost = {**rows[0], "编号": "收99", "时间": "", "环节": "吴天明审批", "经办人": "吴天明"}
    pd.DataFrame([*rows, lost]).to_csv(place / "收文.csv", index=False)
    hall = pd.DataFrame({
        "编号": [f"办{case}" for case in range(12)],
        "受理时间": "2024-03-05 09:00", "办结时间": ["2024-03-06 09:00"] * 11 + [NAMES[6]],
        "受理人": [NAMES[case % 2 + 5] for case in range(12)],
        "申请人": [NAMES[case % 4] for case in range(12)], "手机": 13800001111,
    })  # fmt: skip
    hall.to_csv(place / "办件.csv", index=False)
    (place / "review.toml").write_text(SETTINGS, encoding="utf-8")
    (place / "standards.csv").write_text(
        "standard_id,title,log,scope,from,to,limit,target\n"
        "T1,张三丰审核时限,incoming,拟稿人=赵某某,登记,张三丰审核,1 working day,0.9\n",
        encoding="utf-8",
    )
    (place / "rules.csv").write_text(
        "rule_id,title,kind,a,b,log\nP1,,same_actor,登记,张三丰审核,incoming\n"
        "P2,李四光不得登记,attribute,actor!=李四光,,incoming\n",
        encoding="utf-8",
    )
    (place / "points.csv").write_text(
        "id,kind,title,action,owner\nown1,own,请欧阳修文改进,已改,郑成功\n", encoding="utf-8"
    )
    (place / "leave.csv").write_text(
        "姓名,离岗日期,返岗前一日,顶岗人\n张三丰,2024-03-05,2024-03-06,李四光\n周九成,2024-03-05,2024-03-06,孙八斤\n",
        encoding="utf-8",
    )
    (place / "calendar.toml").write_text(
        'hours = ["08:30-12:00", "14:30-18:00"]\n[units."张三丰"]\nhours = ["09:00-18:00"]\n',
        encoding="utf-8",
    )
    return place


def written(path: Path) -> bytes:
    """The bytes of a file, unpacked: of archives all parts, of a PDF its streams."""
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    if path.suffix == ".pdf":
        parts = [content]
        for part in content.split(b"stream\n")[1:]:
            try:
                parts.append(zlib.decompressobj().decompress(part.lstrip(b"\r\n")))
            except zlib.error:
                continue
        return b"\n".join(parts)
    return content


def forms(text: str) -> list[bytes]:
    """A text as it may stand in a file: plain, with XML blanks, escaped in JSON, in UTF-16."""
    return [
        text.encode(), json.dumps(text)[1:-1].encode(), text.encode("utf-16-be"),
        text.encode("utf-16-be").hex().encode(), text.encode("utf-16-be").hex().upper().encode(),
        text.encode("gb18030"),
    ]  # fmt: skip


def test_nobody_of_a_planted_list_is_in_any_byte(folder: Path) -> None:
    done = eff.review(folder)
    files = [path for path in done.output.rglob("*") if path.is_file()]
    assert len(files) > 20
    found = [
        (path.name, text)
        for path in files
        for content in [written(path)]
        for text in PLANTED
        if any(form in content for form in forms(text))
    ]
    assert found == []
    # What is searched for is there to be found: the title and the office of the report are.
    page = written(done.output / "report.html")
    assert any(form in page for form in forms("文书科"))


def test_nor_in_what_is_shown_or_said(folder: Path) -> None:
    inputs = read_inputs(folder)
    office = eff.open_review(folder)
    shown = [*inputs.notices]
    for name, one in office.items():
        log = inputs.records[name].log
        shown += [log.to_html(), log.to_string(), repr(one), one.events().log.to_pandas().to_html()]
    told = CliRunner().invoke(app, ["check", str(folder)])
    assert told.exit_code == 0, told.output
    shown += [told.output, told.stderr]
    assert [text for text in PLANTED for one in shown if text in one] == []


def test_what_the_settings_name_still_means_the_same(folder: Path) -> None:
    """Activities, scopes, rules, leave and hours that name people: as with names shown."""
    office = eff.open_review(folder)
    plain = folder.parent / "plain"
    plain.mkdir()
    for path in folder.iterdir():
        if path.is_file() and path.suffix in {".csv", ".toml"}:
            (plain / path.name).write_bytes(path.read_bytes())
    settings = (plain / "review.toml").read_text(encoding="utf-8")
    (plain / "review.toml").write_text("pseudonyms = false\n" + settings, encoding="utf-8")
    named = eff.open_review(plain)
    for table in ("judgements", "deviations", "cases", "covers"):
        one, other = office["incoming"].table(table), named["incoming"].table(table)
        assert len(one) == len(other)
        numbers = [name for name in one if one[name].dtype != object]
        pd.testing.assert_frame_equal(one[numbers], other[numbers])
    assert len(office["incoming"].judgements) == 6
    assert (office["incoming"].deviations["rule_id"] == "P2").sum() == 20
    assert not office["incoming"].cases["open"].all()


def test_check_lists_what_is_personal(folder: Path) -> None:
    told = CliRunner().invoke(app, ["check", str(folder)]).output
    assert "经办人（姓名，经办人）" in told
    assert "联系电话（电话，按内容）" in told
    assert "备注（姓名，设置写明）" in told
    assert "受理人（姓名" in told
