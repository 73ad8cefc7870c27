"""What stands on a document beside its text: labels, names of parts, marks to click."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {
    "label_grid": ("表{n}", "Table {n}"),
    "label_picture": ("图{n}", "Figure {n}"),
    "summary_heading": ("摘要", "Summary"),
    "annex_mark": ("附件", "Annexes"),
    "addressed": ("{to}：", "To {to}:"),
    "page_mark": ("— {n} —", "— {n} —"),
    # the workbook
    "sheet_contents": ("目录", "Contents"),
    "sheet_table": ("表名", "Table"),
    "sheet_row": ("一行是什么", "What one row is"),
    "sheet_rows": ("行数", "Rows"),
    "sheet_remark": ("说明", "Remark"),
    "sheet_cut": ("只列出前{n}行", "Only the first {n} rows are listed"),
    "sheet_small": (
        "各表仍列出不足{n}件的件数，对外提供前应当隐去。",
        "The tables keep counts under {n}; withhold them before passing them on.",
    ),
    "skip_link": ("跳到正文", "Skip to the text"),
    "table_word": ("表格", "Table"),
    "filter_rows": ("筛选", "Filter"),
    "rows_shown": ("行", "rows"),
    "zoom_in": ("放大", "Zoom in"),
    "zoom_out": ("缩小", "Zoom out"),
    "zoom_whole": ("全图", "Whole"),
    "zoom_help": (
        "滚轮或 + − 键缩放，拖动或方向键移动",
        "Wheel or + and − keys zoom, dragging or arrow keys move",
    ),
    "open_all": ("全部展开", "Open all"),
    "close_all": ("全部收起", "Close all"),
    "map_paths": ("画出的流转 ", "Paths drawn "),
    "map_count": ("件次", "Count"),
    "map_time": ("办公小时", "Working hours"),
    # --- commands
    "stage_read": ("读入", "reading"),
    "stage_order": ("排列步骤", "putting steps in order"),
    "stage_measure": ("对照时限和规则", "judging limits and rules"),
    "stage_investigate": ("查找关联", "looking for what goes with it"),
    "stage_findings": ("归纳发现", "putting findings together"),
    "stage_points": ("核对改进台账", "checking improvement points"),
    "stage_report": ("撰写报告", "telling the report"),
    "stage_html": ("生成网页", "making report.html"),
    "stage_docx": ("生成 Word 文件", "making report.docx"),
    "stage_pdf": ("生成 PDF 文件", "making report.pdf"),
    "stage_xlsx": ("生成 Excel 文件", "making workbook.xlsx"),
    "stage_write": ("写出", "writing"),
    "stage_verify": ("核对", "holding numbers against cells"),
    "stage_done": ("完成", "done"),
    "cli_found": (
        "{standards} 项时限达标 {standards_met} 项；突出问题 {findings_action} 项，一般问题 {findings_watch} 项，"
        "不列为问题 {set_aside} 项。请打开：",
        "{standards_met} of {standards} time limits met; {findings_action} main findings, "
        "{findings_watch} others, {set_aside} set aside. Open:",
    ),
    "verify_input": (
        "输入已变动，与报告所依据的不同：{name}",
        "an input is not what the report was made of: {name}",
    ),
    "verify_loose": (
        "{file}：后加的数 {number}，没有对应的单元格——{sentence}",
        "{file}: {number} was added by hand and is bound to nothing: {sentence}",
    ),
    "verify_gone": ("没有这个数", "no such number"),
    "verify_broken": (
        "{file} {place}：写的是 {said}，应为 {holds}——{sentence}",
        "{file} {place}: says {said}, holds {holds}: {sentence}",
    ),
    "verify_done": (
        "核对 {numbers} 个数，不符 {broken} 个，后加未对应 {loose} 个。",
        "{numbers} numbers looked at: {broken} do not hold, {loose} are bound to nothing.",
    ),
}
COLUMNS: dict[str, tuple[str, str]] = {}
