"""Files that are read, written or were written before."""

from __future__ import annotations

#: key -> (Chinese, English).
MESSAGES: dict[str, tuple[str, str]] = {
    "no_file": ("找不到文件 {path}", "there is no file {path}"),
    "no_folder": ("找不到文件夹 {path}", "there is no folder {path}"),
    "outside_file": (
        "路径 {path} 在仓库之外；请复制到评估文件夹内",
        "path {path} leaves the repository; copy the file into the review's folder",
    ),
    "output_taken": (
        "{path} 应当是文件夹，现在是文件或链接；请改名或移走后再运行",
        "{path} should be a folder, and is a file or a link; move it away and run again",
    ),
    "held": (
        "另一个程序正在写 {folder}（{holder}）；请等它结束后再运行",
        "another process is writing into {folder} ({holder}); run again when it has ended",
    ),
    "no_room": (
        "{path} 所在的磁盘（或配额、单个文件大小限制）放不下约 {megabytes} MB 的输出；请腾出空间后再运行",
        "there is no room for an output of about {megabytes} MB at {path} (disk, quota or limit on "
        "the size of files); make room and run again",
    ),
    "input_changed": (
        "{path} 在评估过程中被改动，结果可能前后不一，没有写出；请再运行一次",
        "{path} was changed while it was reviewed, so nothing was written; run again",
    ),
    "unwritable": (
        "没有写入 {path} 的权限；请改权限（chmod u+w）或换一个文件夹",
        "{path} cannot be written to; change its permissions (chmod u+w) or take another folder",
    ),
    "other_columns": (
        "各文件的列应当一致：与 {first} 相比，缺少 {missing}；多出 {more}。请改齐列名，或分作两个 [logs.…]",
        "the files of one log have the same columns: against {first}, {missing} is missing and "
        "{more} is more; name the columns alike, or make two logs of them",
    ),
    "mixed_epochs": (
        "这些表格的日期起算日不同（1900 与 1904）；请在表格软件中改成一种，或分作两个 [logs.…]",
        "these workbooks count days from different years (1900 and 1904); save them alike, or make "
        "two logs of them",
    ),
    "no_match": (
        "没有与 {pattern!r} 相符的文件；请核对 path（从评估文件夹算起）",
        "no file matches {pattern!r}; look at path, which begins at the review's folder",
    ),
    "outside": (
        "路径 {path} 在仓库之外；请复制到评估文件夹内，或在命令行给出绝对路径：--log {name}={absolute}",
        "path {path} leaves the repository; copy the file into the review's folder, "
        "or name it absolutely on the command line: --log {name}={absolute}",
    ),
    "no_reader": (
        "无法读取 {suffix!r} 文件；可读：csv、xlsx、xls、xlsb、ods、parquet、xes、xes.gz",
        "cannot read a {suffix!r} file; readable are csv, xlsx, xls, xlsb, ods, parquet, xes, xes.gz",
    ),
    "objects": (
        "这是面向对象的日志（OCEL），一个事件可属于几个对象，不能直接评估；请选定一种对象作为件，用 "
        "pm4py.ocel_flattening(ocel, 对象类型) 展平后另存为 csv，再评估",
        "this is an object-centric log (OCEL): an event belongs to several objects and cannot be "
        "reviewed as it is; choose the kind of object that is a case, flatten it by "
        "pm4py.ocel_flattening(ocel, object_type), save it as csv and review that",
    ),
    "save_as": (
        "{suffix!r} 是专有格式，无法读取；请在 WPS 表格等软件中打开，另存为 .xlsx",
        "a {suffix!r} file has a format of its own; open it in its program and save it as .xlsx",
    ),
    "encoding": (
        "无法识别编码（试过 utf-8、gb18030、utf-16、windows-1252）；请在 Excel 中另存为“CSV UTF-8”",
        "the encoding is none of utf-8, gb18030, utf-16, windows-1252; save it as 'CSV UTF-8' in Excel",
    ),
    "no_rows": ("文件中没有数据行", "the file has no data rows"),
    "long_field": (
        "有一格超过 {most} 个字符：可能是引号没有配对，也可能混进了别的内容；请改正这一行",
        "a field is longer than {most} characters: a quote may not be closed, or it holds what is no "
        "field; mend the line",
    ),
    "too_wide": (
        "有 {n} 列，一份日志最多 {most} 列；请核对分隔符，或只导出需要的列",
        "there are {n} columns, a log has at most {most}; look at the separator, or export the "
        "columns that are needed",
    ),
    "ragged": (
        "第 {line} 行有 {got} 个字段，表头有 {want} 个；含分隔符的值请加双引号",
        "line {line} has {got} fields, the header has {want}; quote values that hold the separator",
    ),
    "duplicate_header": (
        "表头中 {name!r} 出现两次；请给其中一列另起列名",
        "{name!r} stands twice in the header; give one of the columns another name",
    ),
    "broken_bytes": (
        "第 {line} 行有字节损坏，其余各行是中文；请用文本编辑器打开改好，另存为 UTF-8",
        "a byte in line {line} is damaged, the other lines are Chinese; mend it in a text editor "
        "and save as UTF-8",
    ),
    "web_page": (
        "是改了扩展名的网页；请在 Excel 或 WPS 中打开，另存为 .xlsx",
        "it is a web page under another name; open it in Excel or WPS and save it as .xlsx",
    ),
    "locked": (
        "有打开密码；请在 Excel 或 WPS 中去掉密码，另存为 .xlsx",
        "it is locked by a password; take the password off in Excel or WPS and save it as .xlsx",
    ),
    "misnamed": (
        "实际是 {kind} 文件；请把扩展名改为 {kind}",
        "it is a {kind} file; give it that ending",
    ),
    "broken_xml": (
        "不是完好的 XML（{why}，第 {column} 列）；请重新导出，或从这一行起修补",
        "no sound XML ({why}, column {column}); export it again, or mend it from this line on",
    ),
    "no_xes": (
        "不是 XES 日志：最外层应是 <log>，这里是 <{got}>；请另导出 XES 或 csv",
        "no XES log: its outermost element should be <log>, and is <{got}>; export XES or csv",
    ),
    "unreadable": (
        "无法读作 {kind}（{why}）；文件可能不完整，请重新导出",
        "cannot be read as {kind} ({why}); it may be cut off: export it again",
    ),
    "unsafe": ("为安全起见不读：{why}", "refused: {why}"),
    "doctype": (
        "为安全起见不读带有 {why} 的文件；请删去这一段，或重新导出为不带它的",
        "a file with {why} is not read, for safety; take that part out, or export it without",
    ),
    "not_xlsx": (
        "不是 {kind}，或文件不完整（可能没有下载完，或只改了扩展名）；请重新导出，或用 WPS、Excel 打开后另存为 xlsx",
        "this is no {kind} workbook, or it is cut off; export it again, or open it in a spreadsheet "
        "program and save it as xlsx",
    ),
    "empty_file": (
        "文件是空的（0 字节）；请重新导出",
        "the file is empty (0 bytes); export it again",
    ),
    "quote": (
        "第 {line} 行有一个引号没有配对；请补上，或去掉这个引号",
        "a quote in line {line} is never closed; close it, or take it out",
    ),
    "no_sheet": (
        "没有名为 {got!r} 的可用工作表；有：{have}{hint}",
        "there is no sheet {got!r} to use; there are {have}{hint}",
    ),
    "no_cell": (
        "{{{got}}} 不是报告中的一个数（符合的有 {n} 行，应为 1 行）；写法如 {{compliance.T4.share}} 或 "
        "{{compliance.T4.share:percent}}{hint}",
        "{{{got}}} is no number of this report ({n} rows fit, one must); write for example "
        "{{compliance.T4.share}} or {{compliance.T4.share:percent}}{hint}",
    ),
    "no_output": (
        "{folder} 还没有评估结果；请先运行 efficiency review {folder}",
        "{folder} has no output yet; type efficiency review {folder} first",
    ),
    "damaged_output": (
        "内容已损坏，请再次运行 efficiency review {folder}",
        "is damaged; run efficiency review {folder} again",
    ),
    "damaged_document": (
        "{path} 已损坏，读不出来，请另取一份",
        "{path} is damaged and cannot be read; take another copy",
    ),
    "not_ours": (
        "{path} 中没有本报告的数，不是这份报告的 docx 或 html",
        "{path} holds none of this report's numbers: it is no docx or html of it",
    ),
    "no_document": (
        "没有找到文件 {path}，或不是 docx、html、xlsx",
        "{path} is not there, or is no docx, html or xlsx",
    ),
    "no_form": (
        "没有 {got!r} 这种格式；有：{have}",
        "there is no format {got!r}; there are {have}",
    ),
    "exists": (
        "{path} 已存在；请换一个文件夹",
        "{path} exists already; name another folder",
    ),
    "not_converted": (
        "{path} 不是 efficiency convert 写成的文件；先运行 efficiency convert 日志 {path}",
        "{path} is no file of efficiency convert; first run efficiency convert LOG {path}",
    ),
    "read_already": (
        "这是 efficiency convert 写成的文件，不必再读：评估中写 path = 这个文件，Jupyter 中用 "
        "eff.open_log(文件)；新建评估用源文件：efficiency new 文件夹 --log 源文件，再改 path",
        "a file of efficiency convert need not be read again: name it as the path in review.toml, "
        "or open it by eff.open_log(file); a new review is begun with the source, "
        "efficiency new FOLDER --log SOURCE, and its path changed after",
    ),
    "converted_several": (
        "一份日志的各文件要么都是 efficiency convert 写成的，要么都不是；请把这个文件也转换："
        "efficiency convert 甲.csv 乙.csv 文件夹",
        "the files of one log are all files of efficiency convert, or none is; convert this one "
        "too: efficiency convert a.csv b.csv FOLDER",
    ),
    "converted_apart": (
        "这个文件不能与其他文件合为一份日志：它是几份源文件合成的，或一件的其余各步（标有密级的，或按开始、完成配对的）"
        "可能在别的文件里；请把各源文件一并转换：efficiency convert 甲.csv 乙.csv 日志.parquet",
        "this file cannot be one of several: it was made of several itself, or the rest of a case "
        "(of what is marked as secret, or of steps paired from starts and ends) may stand in "
        "another; convert the sources together: efficiency convert a.csv b.csv log.parquet",
    ),
    "one_file": (
        "这几份源文件会写成同一个文件（{names}）：{have}；请改成不同的文件名",
        "these sources would be one file ({names}): {have}; give them different names",
    ),
    "empty_folder": (
        "文件夹 {path} 里没有 parquet 文件；先运行 efficiency convert 源文件 {path}",
        "the folder {path} holds no parquet file; first run efficiency convert SOURCE {path}",
    ),
    "folder_used": (
        "文件夹 {path} 里已有别的 parquet 文件（{have}），会与这份日志混在一起；请换一个文件夹，或先移走它们",
        "the folder {path} holds other parquet files ({have}), which would be taken for part of "
        "the log; name another folder, or move them away",
    ),
    "converted_classified": (
        "转换时载入了标有密级的件；请不带 --classified 重新转换，或在 review.toml 中写 classified = true",
        "it was converted with what is marked as a state secret; convert it again without "
        "--classified, or write classified = true in review.toml",
    ),
}
