"""The register of improvement points."""

from __future__ import annotations

#: key -> (Chinese, English).
MESSAGES: dict[str, tuple[str, str]] = {
    "quotes": (
        "双引号不成对，无法分列（{why}）；请在 Excel 中打开检查后另存",
        "a quote is opened and not closed ({why}); open it in a spreadsheet, mend and save it",
    ),
    "merged": (
        "单元格 {cells} 已合并，无法写入；请取消合并",
        "cells {cells} are merged with others and cannot be written; unmerge them",
    ),
    "would_lose": (
        "工作簿含 {parts}，改写会丢失；请移到另一工作簿，或改用 points.csv",
        "the workbook holds {parts}, which rewriting would lose; move them elsewhere or use points.csv",
    ),
    "register_headings": (
        "找不到表头；须有一行含“编号”“问题”等列名，现首行为：{have}",
        "there is no row of headings such as id and title; the first row is: {have}",
    ),
    "point_untitled": (
        "该行既无编号也无问题，{name} 却填有 {got!r}；请填写问题，或在行首加 # 作为备注",
        "the row has neither id nor title, but its {name} is {got!r}; "
        "give it a title, or begin it with # to make it a remark",
    ),
    "number": (
        "{name} 应为数或百分比（0.9、90%），现为 {got!r}",
        "{name} must be a number or a percentage (0.9, 90%), is {got!r}",
    ),
    "whole_number": (
        "{name} 应为不小于 0 的整数（320），现为 {got!r}",
        "{name} must be a whole number of 0 or more (320), is {got!r}",
    ),
    "point_code": (
        "{name} 应为 {right} 之一，现为 {got!r}",
        "{name} must be one of {right}, is {got!r}",
    ),
    "point_aim": (
        "{name} 为 {got!r}，而衡量指标是 0 与 1 之间的比例；请写 90% 或 0.9",
        "{name} is {got!r}, but what is measured is a share of 0 to 1; write 90% or 0.9",
    ),
    "no_register_yet": (
        "{folder} 中还没有改进台账；请先运行 efficiency review {folder}",
        "{folder} has no register of improvement points; run efficiency review {folder} first",
    ),
    "older_review": (
        "{path} 比台账 {register} 旧，未予更新；请先重新运行 efficiency review",
        "{path} is older than the register {register}, which was left as it is; "
        "run efficiency review again",
    ),
}
