"""Makes docs/tables.md of the contracts: ``python tests/docs_made.py`` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from efficiency import tables
from efficiency.tables import Column, Table
from efficiency.words import heading

PAGE = Path(__file__).resolve().parents[1] / "docs" / "tables.md"
#: The tables by what they are about, and what each is called in Chinese.
PARTS: dict[str, dict[str, str]] = {
    "总览 Overview": {
        "overview": "各份日志的概况",
        "standing": "本单位情况的各项计数",
        "works": "各类工作的件数、快慢和达标情况",
        "findings": "问题",
        "matters": "各类事项的件数",
        "categories": "台账各类别的条数和办结情况",
        "errors": "差错率及其上限（三零）",
        "error_gaps": "差错相隔的工作日（g 图）",
        "covers": "AB岗顶岗情况",
        "volume": "各月业务量",
    },
    "资料与数据质量 The record": {
        "quality": "数据的疑点",
        "rejected": "退回的行",
        "changed": "改动的值",
    },
    "流程与用时 Flows and times": {
        "cases": "逐件情况",
        "steps": "逐环节情况",
        "variants": "办理路径",
        "edges": "环节之间的流转",
        "ends": "首尾环节",
        "step_summary": "各环节用时",
        "rework": "重复办理",
        "handovers": "传递",
        "involvement": "各部门（人员）承担的环节",
        "referrals": "由谁重办",
    },
    "时限 Time limits": {
        "judgements": "逐件判定",
        "compliance": "各项时限达标情况",
        "factors": "超时的关联因素",
        "trees": "超时集中的情形",
        "units": "各部门的超时比例与随机波动的范围",
        "bunching": "到期前后的办结",
        "due": "距到期的时间分布",
        "lights": "在办件的红黄绿灯",
        "risk": "在办事项的超时风险",
        "calibration": "风险预测与实际对照",
    },
    "程序 Procedure": {
        "rules": "各条规则执行情况",
        "deviations": "违反规则的件",
        "proofs": "证明违反的环节",
        "urging": "每次催办及其回应",
        "pending": "尚可补做的件",
        "undecidable": "不可判定的件",
        "conformance": "与规定流程的吻合程度",
        "departures": "偏离规定流程之处",
        "alignments": "逐条路径对照规定流程",
        "unaligned": "未对照的路径",
    },
    "等候与负荷 Waiting and load": {
        "waiting": "等候的构成",
        "awaited": "各环节的等候",
        "balance": "收办平衡",
        "workload": "各部门各时段的收、办、在手",
    },
    "比较与变化 Comparison and change": {
        "comparisons": "各部门（来源）用时与同类比较",
        "shares": "各部门（来源）差错比例与同类比较",
        "changes": "前后变化",
        "control": "控制图",
    },
    "问卷、访谈和人员 What people say": {
        "returns": "问卷发放、回收和有效",
        "validity": "有效性规则",
        "items": "问卷题目（编码表）",
        "opinions": "各量表题的作答",
        "levels": "各题各档人数",
        "reliability": "各维度的信度",
        "item_rest": "各题与本维度其他题",
        "crosstabs": "不同人群差异的检验",
        "crosstab_cells": "不同人群的作答",
        "office_opinions": "各单位的看法",
        "choices": "多选题各选项",
        "representation": "受访者与在册人员的构成",
        "trends": "与上次问卷相同题目的变化",
        "open_answers": "开放题按词表归类",
        "interview_themes": "访谈编码",
        "interview_groups": "各岗位、单位的访谈主题",
        "saturation": "访谈的信息饱和",
        "staff": "在册人员",
        "staff_load": "人均办理步数",
        "agreement": "各单位的看法与记录",
        "triangulation": "看法与记录对照",
    },
    "改进 Improvement": {
        "measures": "可以再量的指标",
        "points": "改进台账",
    },
}
KINDS = {
    "text": "文字 text", "time": "时刻 time", "integer": "整数 integer", "number": "数 number",
    "boolean": "是否 boolean", "any": "任意 any",
}  # fmt: skip
SPANS = {
    "record": "读入的全部记录 the record as it was read",
    "period": "评估时段内开始的件 the cases begun in the period",
    "whole": "截止时点以前的全部记录 all up to the cut-off",
    "baseline": "评估时段和对比时段 the period and what it is compared with",
}
HEAD = """# 各表各列 The tables and their columns

`efficiency review` 把 {n} 张表写成 `output/tables/名称.csv`，`output/workbook.xlsx` 中一张表一页。本页由各表的约定（`efficiency.tables`）生成，不手工修改。
A review writes {n} tables as `output/tables/NAME.csv`, and as the sheets of `output/workbook.xlsx`. This page is made of their contracts; it is not edited by hand.

- csv 用 UTF-8（带标记），列名即下表的“列”；工作簿的表头用“中文名”，没有中文名的用列名，鼠标停在表头上有含义。没有资料的表不写（如没有规定流程，就没有 `conformance`）。
- “属于日志”的表另有一列 `log`：属于哪份日志。有 `p` 的几张表另有 `p_adjusted`：在整个评估的全部检验中校正后的 p。
- 可空：该列可以有空值。单位 `0 to 1` 是比例，`working hours` 是办公小时，`hours` 是自然时间的小时。

A table of a log has a column `log` besides. Four tables of tests have `p_adjusted`: p over all tests of the review. A table with nothing to tell of is not written.
"""  # noqa: E501


def tables_page() -> str:
    """The whole page."""
    parts = [HEAD.format(n=len(tables.WRITTEN)), *_contents()]
    for part, names in PARTS.items():
        parts.append(f"## {part}\n")
        parts += [_section(name, chinese) for name, chinese in names.items()]
    return "\n".join(parts)


def _contents() -> Iterator[str]:
    for part, names in PARTS.items():
        links = "、".join(f"[{name}](#{name})" for name in names)
        yield f"- {part}：{links}"
    yield ""


def _section(name: str, chinese: str) -> str:
    """One table: what one row is, of what it speaks, its columns."""
    contract: Table = tables.WRITTEN[name]
    whose = "属于日志 of a log" if contract.of_log else "属于整个评估 of the review"
    lines = [
        f"### {name}",
        "",
        f"{chinese}。一行 One row: {_cell(contract.row)}。"
        f"范围 Span: {SPANS[contract.span]}；{whose}。",
        "",
        "| 列 Column | 中文名 Head | 类型 Kind | 含义 Meaning | 单位 Unit | 可空 May be empty |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_row(name, column) for column in contract.columns),
        "",
    ]
    return "\n".join(lines)


def _row(table: str, column: Column) -> str:
    head = heading(column.name, "zh", table)
    cells = (
        f"`{column.name}`",
        "" if head == column.name else head,
        KINDS[column.kind],
        column.meaning,
        column.unit,
        "可空 yes" if column.nullable else "",
    )
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    """A text that may stand in a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(tables_page(), encoding="utf-8", newline="\n")
