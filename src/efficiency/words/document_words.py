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
        "依据不足{n}件的数，以及会使之由合计推算出来的数，不列示；不足{n}件的标准、规则的逐件记录不在其中。",
        "What rests on fewer than {n} cases, and what would give it away, is withheld; cases under "
        "such limits and rules are left out.",
    ),
    "sheet_withheld": ("不列示", "withheld"),
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
    "cards_of": ("问题明细：", "Findings: "),
    "map_of": ("{log}：办理流程", "{log}: the way through"),
    "map_paths": ("画出的流转 ", "Paths drawn "),
    "map_count": ("件次", "Count"),
    "map_time": ("办公小时", "Working hours"),
    # --- the periodic circular
    "bulletin_title": ("{span}办理情况通报", "Circular on {span}"),
    "bulletin_volume": ("一、业务量", "1. Volume"),
    "bulletin_volume_text": (
        "{span}，收到{noun}{begun}{unit}，办结{closed}{unit}；上期收到{begun_before}{unit}，办结{closed_before}{unit}。",
        "{begun} {noun} were received ({span}) and {closed} were completed; {begun_before} and "
        "{closed_before} in the period before.",
    ),
    "bulletin_volume_alone": (
        "{span}，收到{noun}{begun}{unit}，办结{closed}{unit}；记录中没有上期的情况，不作比较。",
        "{begun} {noun} were received ({span}) and {closed} were completed; the record holds nothing "
        "of the period before.",
    ),
    "bulletin_until": ("{span}（截至{end}）", "{span}, up to {end}"),
    "bulletin_no_before": (
        "记录中没有上期的情况。",
        "The record holds nothing of the period before.",
    ),
    "bulletin_limits": ("二、限时办结", "2. Time limits"),
    "bulletin_limits_text": (
        "到期的{decided}项（次）时限中，{missed}项（次）超时或逾期，按时率{share}；上期按时率{share_before}。",
        "Of {decided} time limits that fell due {missed} were missed; {share} were on time, {share_before} in "
        "the period before.",
    ),
    "bulletin_limits_few": (
        "到期的{decided}项，不足以计算按时率。",
        "Fell due: {decided}, too few for a share.",
    ),
    "bulletin_none_before": (
        "上期末没有逾期未完成的事项。",
        "Nothing was past due and not done at the end of the stretch before.",
    ),
    "bulletin_nameless": (
        "有的到期项没有登记部门，不在表内，各部门之和少于全体。",
        "Some have no unit on record; the units do not add up to the whole.",
    ),
    "bulletin_limits_first": (
        "到期的{decided}项（次）时限中，{missed}项（次）超时或逾期，按时率{share}。",
        "Of {decided} time limits that fell due {missed} were missed; {share} were on time.",
    ),
    "bulletin_limits_none": ("没有到期的事项。", "No clock fell due."),
    "bulletin_units_text": (
        "各部门情况见{table}，按名称排列，不排名次；时限计在停止计时的环节所在的部门。{below}",
        "{table} lists the units by name, without a ranking; a limit counts for the unit of the step that "
        "stopped it. {below}",
    ),
    "bulletin_below": (
        "按时率低于全体、且差别超出偶然波动的部门：{units}。",
        "Below all others by more than chance: {units}.",
    ),
    "bulletin_units_caption": (
        "各部门到期事项按时办结情况（区间为95%置信区间）",
        "What fell due, by unit (95% interval)",
    ),
    "bulletin_overdue": ("三、逾期未完成", "3. Overdue"),
    "bulletin_overdue_text": (
        "截至{end}，已逾期而尚未完成的{overdue}项（次），见{table}。",
        "By {end} {overdue} clocks were past due and not stopped ({table}).",
    ),
    "bulletin_overdue_none": ("截至{end}，没有逾期未完成的事项。", "By {end} nothing was overdue."),
    "bulletin_overdue_caption": (
        "逾期未完成清单（逾期最久的在前，至多{most}项）",
        "What is overdue (the longest past due first, {most} at most)",
    ),
    "bulletin_made_good": ("四、上期问题整改", "4. Made good since the last"),
    "bulletin_made_good_text": (
        "上期末逾期未完成的{overdue}项（次）中，其后已完成{made_good}项（次）。",
        "Of {overdue} that were overdue at the end of the period before {made_good} have been done since.",
    ),
    "bulletin_case": ("五、典型案例", "5. A typical case"),
    "bulletin_case_text": (
        "{case}，{began}起按“{title}”计时，应于{due}前完成，截至{end}仍未完成。",
        "{case}: '{title}' began to run on {began} and was due by {due}; on {end} it was still not done.",
    ),
    "bulletin_case_none": ("本期没有需要通报的典型案例。", "There is no case to tell of."),
    "quarter_words": ("{year}年第{n}季度", "quarter {n} of {year}"),
    "half_words": ("{year}年{n}半年", "the {n} half of {year}"),
    "half_1": ("上", "first"),
    "half_2": ("下", "second"),
    "month_words": ("{year}年{n}月", "{name} {year}"),
    # --- commands
    "stopped": (
        "已中止：没有写出新的结果，原来的 output/ 和各项输入没有改动。",
        "Stopped: nothing new was written; the output/ of before and the inputs are as they were.",
    ),
    "new_left": (
        "目录中另有 {n} 条规则，日志缺少所需的环节或列，没有写入；加 --all 逐条列出。",
        "{n} rules of the catalogue need steps or columns that the log lacks and were left out; --all lists "
        "them.",
    ),
    "converted_settings": (
        "日志 {log} 由 efficiency convert 写成，读入时的设置（{names}）不再起作用；要改请重新转换",
        "the log {log} was written by efficiency convert: {names} have no effect any more; convert "
        "it again to change them",
    ),
    "converted": (
        "写入 {steps} 步；被拒 {rejected} 行、改动 {changed} 处记在台账里，一并写入；因标有密级未写入 {secrets} 行",
        "{steps} steps; the ledger of {rejected} rows rejected and {changed} values changed goes "
        "with them; {secrets} rows left out as state secrets",
    ),
    "new_next": (
        "下一步：核对 review.toml 的列名和 closed_by，在 standards.csv 填写时限（efficiency standards 列出现成的），"
        "再运行 efficiency check {folder} 和 efficiency review {folder}。",
        "Next: look at the columns and closed_by in review.toml, fill in standards.csv (efficiency standards lists "
        "ready ones), then run efficiency check {folder} and efficiency review {folder}.",
    ),
    "draft_intro": (
        "以下各表各图与报告出自同一次计算；可在其后写自己的分析。",
        "The tables and pictures below are those of the report; go on from them.",
    ),
    "draft_standing": ("总体情况", "How things stand"),
    "draft_overview": ("业务量与用时", "Volume and time"),
    "draft_flow": ("办理流程", "The way through"),
    "draft_limits": ("时限达标情况", "Time limits"),
    "draft_findings": ("发现的情况", "Findings"),
    "draft_waiting": ("等候的构成", "What is waited for"),
    "draft_points": ("改进台账", "Improvement points"),
    "secrets_left_out": (
        "{log}：{cases} 件（{rows} 行）标有密级（{columns}），未载入，不在任何数中；"
        "要载入，在 review.toml 写 classified = true",
        "{log}: {cases} case(s) ({rows} row(s)) are marked as state secrets ({columns}); they were not "
        "loaded and are in no number. To load them, write classified = true in review.toml",
    ),
    "personal_columns": (
        "{log}：按个人信息处理的列（输出中用代号）：{columns}",
        "{log}: columns treated as about persons (pseudonyms stand for them): {columns}",
    ),
    "personal_shown": (
        "{log}：个人信息列（pseudonyms = false，照原样显示）：{columns}",
        "{log}: columns about persons (pseudonyms = false: shown as they are): {columns}",
    ),
    "personal_column": ("{column}（{kind}，{how}）", "{column} ({kind}, {how})"),
    "personal_doubted": (
        "{log}：像是人名、未作处理的列：{columns}。是的，写 people = [{example}]；"
        "不是的，写 not_people = [{example}]（[logs.{log}] 之下）",
        "{log}: columns that look like names and were left as they are: {columns}. If they are, write "
        "people = [{example}]; if not, not_people = [{example}] (under [logs.{log}])",
    ),
    "kind_person": ("姓名", "names"),
    "kind_phone": ("电话", "phone numbers"),
    "kind_identity": ("证件号码", "identity numbers"),
    "kind_address": ("地址", "addresses"),
    "kind_mail": ("邮箱", "mail addresses"),
    "how_actor": ("经办人", "who did the step"),
    "how_asked": ("设置写明", "by the settings"),
    "how_named": ("按列名", "by its name"),
    "how_held": ("按内容", "by its values"),
    "key_made": (
        "已生成化名密钥 {path}：同一人历次评估代号不变；请妥善保管，不要随报告外传，也不要纳入版本库。",
        "The key of the pseudonyms was made, {path}: by it people keep their codes from review to review. "
        "Keep it; hand it out with no report, and keep it out of version control.",
    ),
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
        "{standards_met} of {standards} time limits met; main findings: {findings_action}, others: "
        "{findings_watch}, set aside: {set_aside}. Open:",
    ),
    "cli_found_no_limits": (
        "没有有目标的时限；突出问题 {findings_action} 项，一般问题 {findings_watch} 项，不列为问题 {set_aside} 项。请打开：",
        "No time limit has a target; main findings: {findings_action}, others: {findings_watch}, set "
        "aside: {set_aside}. Open:",
    ),
    "verify_input": (
        "输入已变动，与报告所依据的不同：{name}",
        "an input is not what the report was made of: {name}",
    ),
    "verify_altered": (
        "{folder}/output/{name} 不是评估时写出的，核对结果不足为凭，请重新运行评估",
        "{folder}/output/{name} is not as the review wrote it: nothing can be held against it; run "
        "the review again",
    ),
    "verify_loose": (
        "{file}：后加的数 {number}，没有对应的单元格——{sentence}",
        "{file}: {number} was added by hand and is bound to nothing: {sentence}",
    ),
    "verify_missing": (
        "{file}：原有的数 {said}（{place}）已删去或改写，无从核对",
        "{file}: the number {said} ({place}) is there no more, or was typed over",
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
COLUMNS: dict[str, tuple[str, str]] = {
    "on_time": ("按时率", "on time"),
    "fell_due": ("到期（次）", "fell due"),
    "share_met": ("达标率", "share met"),
}
