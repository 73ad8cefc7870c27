"""A small report with a block of every sort, for those that render it."""

from __future__ import annotations

from efficiency.findings.finding import PARTS, Finding
from efficiency.language import Language
from efficiency.report.blocks import (
    Card,
    Grid,
    Heading,
    KeyFigures,
    Note,
    Pair,
    Paragraph,
    Picture,
    Ref,
    Report,
    Text,
    numbered,
)
from efficiency.report.numbers import Bound, Cell
from efficiency.report.telling import ToldFinding

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="240pt" height="120pt" viewBox="0 0 240 120">'
    '<rect x="10" y="10" width="90" height="40" fill="none" stroke="#2f6fab"/>'
    '<text x="20" y="35" font-family="Noto Sans SC" font-size="14">登记 12</text></svg>'
)
#: What a name of an office may hold.
NASTY = "<script>alert('1')</script> & \"x\" {{ y }} #strong[z] </title>"


def number(text: str, column: str = "share", form: str = "percent") -> Bound:
    return Bound(Cell("compliance", (("standard_id", "T4"),), column, form), text)


def card(text: str = "当日拟办没有达标", level: str = "action") -> Card:
    found = Finding(
        kind="standard", subject=(("log", "a"), ("standard_id", "T4")), level=level, says={},
        value=0.5, low=0.4, high=0.6, n=10, p=None, cases=("收〔2024〕0935号", "收2"),
        table="judgements", hours=1.0, theme="limits",
    )  # type: ignore[arg-type]  # fmt: skip
    told = ToldFinding(found, **dict.fromkeys(PARTS, text))
    rows = (("收〔2024〕0935号", "2024-12-13 15:27", "21.3"), ("收2", "2024-12-19 08:46", "1.0"))
    evidence = Grid(("流水号", "起算", "超过小时"), rows, "超时最多的文件", (False, False, True))
    return Card(told, 1, evidence)


def report(language: Language = "zh", title: str = "2024年度办文效能调研报告") -> Report:
    """Make it: numbered, with four bound numbers in sentences and three in a table."""
    rows = tuple(
        (f"T{n}", f"第{n}项时限标准，名称比较长的一项", number(f"{n}4", "decided", "count"))
        for n in range(1, 4)
    )
    wide = tuple(f"列{n}" for n in range(12))
    return numbered(
        Report(
            title,
            language,
            summary=(
                KeyFigures((("收文", (number("994", "decided", "count"), "件")),)),
                Paragraph(("2024年，共收文", number("994", "decided", "count"), "件。")),
            ),
            body=(
                Heading("一、调研基本情况"),
                Paragraph((f"写在前面的话：{NASTY}",), "own"),
                Heading("（一）业务量", 3),
                Paragraph(
                    ("达标率为", number("78.7%"), "，见", Ref("limits"), "、", Ref("map"), "。")
                ),
                Grid(
                    ("编号", "标准", "件数"),
                    rows,
                    "时限标准达标情况",
                    (False, False, True),
                    "limits",
                ),
                Picture(SVG, "办理流程（件次）", "登记之后转办的12件。", "map", wide=True),
                Paragraph(
                    ("典型案例：超过时限", number("21.3", "share", "hours"), "小时。"), "case"
                ),
            ),
            annex=(
                Heading("附件一　资料与数据质量"),
                Note("有12条记录只有日期。"),
                Text("一段说明。"),
                Grid(wide, (tuple(f"值{n}" for n in range(12)),) * 60, "宽表", (False,) * 12),
                Heading("附件三　问题清单及相关文件"),
                card(),
                Pair(Picture(SVG, "规定流程"), Picture(SVG, "实际流程")),
            ),
            addressee="各处室",
            signed=("示例机关办公室", "2024年12月31日"),
        )
    )
