"""The commands: review, report, verify, bulletin, check, new, convert, standards, sample, pdca."""

from __future__ import annotations

import datetime as dt
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from efficiency._doors.signs import visible
from efficiency.language import LANGUAGES, Language, of
from efficiency.problems import InputError, Problem, SettingsError

if TYPE_CHECKING:
    import pandas as pd

    from efficiency.reviews.upkeep import Register

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="从办公记录看清文件怎么流转、办得快不快、哪里可以改进。"
    "See from an office's own records how its work flows, how long it takes, what to improve.",
)


class _Terminal(Console):
    """A terminal to which no text of an input can give orders."""

    def print(self, *objects: Any, **how: Any) -> None:
        """Print, control characters and marks of direction as pictures and names."""
        super().print(*(visible(one) if isinstance(one, str) else one for one in objects), **how)


# A terminal that knows no Chinese is told by escapes, not by an error.
for _stream in (sys.stdout, sys.stderr):
    if isinstance(_stream, io.TextIOWrapper):
        _stream.reconfigure(errors="backslashreplace")
_out = _Terminal(highlight=False)
_err = _Terminal(stderr=True, highlight=False)

#: In the terminal these columns are not folded, and titles get so much room at least.
_WHOLE, _TITLE_WIDTH = {"point_id", "point_due", "days_left"}, 20
FolderArgument = Annotated[Path, typer.Argument(help="评估文件夹 / the review's folder")]
LogOption = Annotated[
    list[str] | None,
    typer.Option(
        "--log", help="NAME=/绝对路径 / NAME=/absolute/path of a log, in place of review.toml's"
    ),
]
MemoryOption = Annotated[
    str | None,
    typer.Option(
        "--memory", help="计算引擎至多用多少内存，如 4GB / what the engine may take of memory"
    ),
]
LanguageOption = Annotated[Language, typer.Option(help="zh | en")]


@contextmanager
def _told(language: Language) -> Iterator[None]:
    """Tell bad input in full, in the review's language, and leave with 2; 130 where stopped."""
    from efficiency.words import phrase

    # Asked to end by the system, it cleans up as it does for whoever presses Ctrl-C.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except InputError as error:
        _err.print(error.text(language).strip("\n"), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        _err.print(phrase("stopped", language), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(130) from None
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _within(memory: str | None) -> Iterator[None]:
    """Keep the engine within a size of memory, if one is given."""
    from efficiency._doors.sessions import MEMORY_VARIABLE, memory_limit

    limit, before = memory_limit(memory), os.environ.get(MEMORY_VARIABLE)
    os.environ[MEMORY_VARIABLE] = limit
    try:
        yield
    finally:
        os.environ.pop(MEMORY_VARIABLE)
        if before is not None:
            os.environ[MEMORY_VARIABLE] = before


@contextmanager
def _progress() -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_err, transient=True) as bar:
        yield bar


def _language_of(folder: Path) -> Language:
    """Find the review's language, even where the rest of its settings cannot be read."""
    try:
        text = (folder / "review.toml").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "zh"
    lines = (line.split("#")[0].split("=") for line in text.splitlines())
    said = [
        parts[1].strip(" \"'") for parts in lines if parts[0].strip() == "language" and parts[1:]
    ]
    return next((language for language in LANGUAGES if said[:1] == [language]), LANGUAGES[0])


def _logs(given: list[str] | None) -> dict[str, Path]:
    logs = {}
    for text in given or []:
        name, _, path = text.partition("=")
        if not name or not Path(path).is_absolute():
            details = {"name": "--log", "got": text, "right": "NAME=/absolute/path"}
            raise SettingsError([Problem("bad_value", details)])
        logs[name] = Path(path)
    return logs


@app.command()
def review(
    folder: FolderArgument,
    log: LogOption = None,
    timings: Annotated[
        bool, typer.Option("--timings", help="列出各阶段用时 / tell how long each stage took")
    ] = False,
    memory: MemoryOption = None,
) -> None:
    """评估一个文件夹，写出 output/。 Carry out a review and write its output/."""
    from efficiency.reviews.carry_out import review as carry_out
    from efficiency.words import phrase

    language = _language_of(folder)
    with _told(language), _within(memory), _stages(folder, language) as progress:
        done = carry_out(folder, logs=_logs(log), progress=progress)
    for notice in done.notices:
        _err.print(notice, style="yellow", markup=False, soft_wrap=True)
    if timings:
        for stage, seconds in done.timings.items():
            _err.print(f"{seconds:7.1f} s  {stage_words(stage, language)}", markup=False)
    counts = done.tables["standing"].set_index("measure")["value"]
    names = ("standards", "standards_met", "findings_action", "findings_watch", "set_aside")
    key = "cli_found" if counts["standards"] else "cli_found_no_limits"
    said = phrase(key, language, **{name: counts[name] for name in names})
    _err.print(said, markup=False, soft_wrap=True)
    _out.print(str(done.output / "report.html"), markup=False, soft_wrap=True)


def stage_words(stage: str, language: Language) -> str:
    """
    What a stage of a review is called.

    Examples
    --------
    >>> stage_words("measure incoming", "zh")
    '对照时限和规则：incoming'
    """
    from efficiency.words import PHRASES, phrase

    name, _, log = stage.partition(" ")
    if f"stage_{name}" not in PHRASES:
        return stage
    said = phrase(f"stage_{name}", language)
    return said + of((f"：{log}", f": {log}"), language) if log else said


@contextmanager
def _stages(folder: Path, language: Language) -> Iterator[Callable[[str, float], None]]:
    """Show how far a review is: a bar on a terminal, else a line as each stage begins."""
    with _progress() as bar:
        task = bar.add_task(str(folder), total=1.0)

        def tell(stage: str, share: float) -> None:
            said = stage_words(stage, language)
            bar.update(task, description=said, completed=share)
            if not _err.is_terminal and stage != "done":
                _err.print(f"{share:4.0%} {said}", markup=False, soft_wrap=True)

        yield tell


@app.command()
def report(
    folder: FolderArgument,
    form: Annotated[
        str,
        typer.Option("--format", help="html | docx | pdf | xlsx，可用逗号并列 / parted by commas"),
    ] = "html,docx,pdf,xlsx",
    notebook: Annotated[
        bool, typer.Option("--notebook", help="另写一份可续写的 report.ipynb / a notebook to go on")
    ] = False,
) -> None:
    """不重新计算，重新生成报告文件。 Render the last review's report anew, without computing."""
    from efficiency.reviews.documents.notebook_draft import write_notebook
    from efficiency.reviews.documents.rerender import rerender

    language = _language_of(folder)
    with _told(language):
        if notebook:
            _out.print(str(write_notebook(folder)), markup=False, soft_wrap=True)
            return
        for path in rerender(folder, form.split(",")):
            _out.print(str(path), markup=False, soft_wrap=True)


@app.command()
def verify(
    folder: FolderArgument,
    documents: Annotated[
        list[Path] | None,
        typer.Argument(help="要核对的 docx、html、xlsx，默认 output/ 中的 / documents to look at"),
    ] = None,
    log: LogOption = None,
) -> None:
    """核对报告中的每一个数。 Hold every number of the documents against the inputs."""
    from efficiency.reviews.documents.verification import verify as hold
    from efficiency.words import phrase

    language = _language_of(folder)
    with _told(language), _stages(folder, language) as progress:
        found = hold(folder, documents or (), logs=_logs(log), progress=progress)
    for name in found.inputs:
        said = phrase("verify_input", language, name=name)
        _err.print(said, style="yellow", markup=False, soft_wrap=True)
    for file, number, sentence in found.loose:
        said = phrase("verify_loose", language, file=file, number=number, sentence=sentence)
        _err.print(said, style="yellow", markup=False, soft_wrap=True)
    for file, place, text in found.missing:
        said = phrase("verify_missing", language, file=file, place=place, said=text)
        _err.print(said, style="yellow", markup=False, soft_wrap=True)
    for name in found.altered:
        said = phrase("verify_altered", language, folder=folder, name=name)
        _err.print(said, style="red", markup=False, soft_wrap=True)
    for one in found.broken:
        holds = one.holds or phrase("verify_gone", language)
        said = phrase(
            "verify_broken", language, file=one.file, place=one.place, said=one.said or "—",
            holds=holds, sentence=one.sentence,
        )  # fmt: skip
        _err.print(said, style="red", markup=False, soft_wrap=True)
    said = phrase(
        "verify_done", language, numbers=f"{found.numbers:,}", broken=len(found.broken),
        loose=len(found.loose),
    )  # fmt: skip
    _out.print(said, markup=False, soft_wrap=True)
    if not found.holds:
        raise typer.Exit(1)


@app.command()
def bulletin(
    folder: FolderArgument,
    month: Annotated[
        str,
        typer.Option(
            "--month",
            help="2024-11，也可写 2024-11-05、2024Q3、2024H1、2024 / or a day, quarter, half, year",
        ),
    ],
    record: Annotated[
        str,
        typer.Option("--record", help="日志名，不写为第一份 / of which log; the first"),
    ] = "",
    log: LogOption = None,
) -> None:
    """生成一天、一月（季、半年、年）的办理情况通报。 Write the circular of a day, month, year."""
    from efficiency.reviews.documents.circulars import write_bulletin

    language = _language_of(folder)
    with _told(language), _stages(folder, language) as progress:
        written = write_bulletin(folder, month, record=record, logs=_logs(log), progress=progress)
    for path in written:
        _out.print(str(path), markup=False, soft_wrap=True)


@app.command()
def check(folder: FolderArgument, log: LogOption = None) -> None:
    """只读入并检查各项输入。 Read and judge the inputs only."""
    from efficiency.reviews.documents.outputs import closed_to_us
    from efficiency.reviews.documents.report_material import due_notices
    from efficiency.reviews.office import Office
    from efficiency.reviews.reading.inputs import read_inputs
    from efficiency.reviews.reading.readings import asked_line, persons, reading

    language = _language_of(folder)
    with _told(language), _progress() as bar:
        task = bar.add_task(str(folder), total=0.3)
        inputs = read_inputs(
            folder,
            logs=_logs(log),
            progress=lambda step, share: bar.update(
                task, description=stage_words(step, language), completed=share
            ),
        )
        deadlines = list(due_notices(Office(inputs))) if len(inputs.standards) else []
    closed = closed_to_us(inputs.folder.path)
    told = [closed.text(language)] if closed else []
    for notice in (*told, *inputs.notices, *deadlines):
        _err.print(notice, style="yellow", markup=False, soft_wrap=True)
    if inputs.asked.survey is not None:
        _out.print(asked_line(inputs.asked.survey, language), markup=False, soft_wrap=True)
    for name, record in inputs.records.items():
        ends = inputs.folder.settings.logs[name].ends
        for line in reading(name, record, language, ended=bool(ends)):
            _out.print(line, markup=False, soft_wrap=True)
        settings = inputs.folder.settings
        found, log_settings = inputs.personal[name], settings.logs[name]
        for line in persons(name, found, log_settings, language, hidden=settings.pseudonyms):
            _out.print(line, markup=False, soft_wrap=True)


def _lacking_log(folder: Path, survey: Path | None) -> Problem:
    """What is said where nothing is given that a review could begin with."""
    if survey is not None:
        return Problem("survey_needs_log", {"folder": str(folder)})
    example = "efficiency new analysis/2024 --log 收文.xlsx"
    return Problem("no_key", {"name": "--log", "example": example})


def _pairs(given: list[str] | None) -> dict[str, str]:
    """What ``--columns`` says: ours = theirs."""
    pairs = [text.partition("=")[::2] for text in given or []]
    wrong = [ours for ours, theirs in pairs if not theirs]
    if wrong:
        raise SettingsError(
            [Problem("bad_value", {"name": "--columns", "got": one, "right": "case_id=收文编号"})
             for one in wrong]
        )  # fmt: skip
    return {ours.strip(): theirs.strip() for ours, theirs in pairs}


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="要新建的文件夹 / the folder to make")],
    log: Annotated[
        list[Path] | None,
        typer.Option("--log", help="日志文件，可写多次 / the log; several files are one"),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--columns", help="case_id=收文编号，可写多次 / ours=theirs, any number"),
    ] = None,
    survey: Annotated[
        Path | None,
        typer.Option("--survey", help="问卷的答卷，草拟编码表 / answers; drafts their codebook"),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="按改好的 review.toml 再填一次 / fill in once more")
    ] = False,
    language: LanguageOption = "zh",
    everything: Annotated[
        bool, typer.Option("--all", help="逐条列出没有写入的规则 / list the rules left out")
    ] = False,
) -> None:
    """看一份日志，写出一个可编辑的评估文件夹。 Look at a log and write a review folder to edit."""
    from efficiency.reviews.new import new_folder
    from efficiency.reviews.new_survey import add_survey, survey_lines
    from efficiency.reviews.refill import fill_again
    from efficiency.words import phrase

    with _told(language):
        if not (log or again or (survey and folder.is_dir())):
            raise SettingsError([_lacking_log(folder, survey)])
        problems = fill_again(folder, language) if again else []
        if log:
            problems += new_folder(folder, log, language, columns=_pairs(columns))
        if survey is not None:
            for line in survey_lines(add_survey(folder, survey, language), language):
                _err.print(line, markup=False, soft_wrap=True)
    left = [problem for problem in problems if problem.key == "rule_left_out"]
    for problem in problems:
        if everything or problem not in left:
            _err.print(problem.text(language), style="yellow", markup=False, soft_wrap=True)
    if left and not everything:
        _err.print(phrase("new_left", language, n=len(left)), markup=False, soft_wrap=True)
    _err.print(phrase("new_next", language, folder=folder), markup=False, soft_wrap=True)
    _out.print(str(folder / "review.toml"), markup=False, soft_wrap=True)


@app.command()
def convert(
    log: Annotated[
        list[Path], typer.Argument(help="日志文件，可写多份 / the log; several are one")
    ],
    out: Annotated[
        Path,
        typer.Argument(
            help="要写的 parquet 文件；或文件夹：各份分别写入，内存只装一份 / "
            "the parquet file to write; or a folder, into which each log is written apart"
        ),
    ],
    columns: Annotated[
        list[str] | None,
        typer.Option("--columns", help="case_id=收文编号，可写多次 / ours=theirs, any number"),
    ] = None,
    timezone: Annotated[
        str, typer.Option("--timezone", help="办公地时区 / the office's zone")
    ] = "Asia/Shanghai",
    day_first: Annotated[
        bool | None, typer.Option("--day-first/--month-first", help="03/04 是4月3日 / is 3 April")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="工作表 / of a workbook")] = None,
    classified: Annotated[
        bool, typer.Option("--classified", help="标有密级的也写入 / state secrets too")
    ] = False,
    language: LanguageOption = "zh",
) -> None:
    """日志读一次，连同读入台账写成 parquet。 Read a log once: parquet with its ledger."""
    from efficiency.evidence.stored.converted import convert as write
    from efficiency.words import phrase

    with _told(language), _progress() as bar:
        bar.add_task(str(out), total=None)
        record = write(
            log, out, _pairs(columns), timezone=timezone, day_first=day_first, sheet=sheet,
            classified=classified, language=language,
        )  # fmt: skip
    said = phrase(
        "converted", language, steps=f"{record.steps:,}", rejected=f"{len(record.rejected):,}",
        changed=f"{len(record.changed):,}", secrets=f"{record.secrets.rows:,}",
    )  # fmt: skip
    _err.print(said, markup=False, soft_wrap=True)
    _out.print(str(out), markup=False, soft_wrap=True)


@app.command()
def standards(
    folder: Annotated[Path | None, typer.Argument(help="评估文件夹 / the review's folder")] = None,
    add: Annotated[list[str] | None, typer.Option("--add", help="编号 / its id")] = None,
    show: Annotated[bool, typer.Option("--list", help="列出现成时限 / list them")] = False,
    language: LanguageOption = "zh",
) -> None:
    """现成的法定、常用时限：查看，或加入评估文件夹（示例，须核对）。 Ready-made limits to pick."""
    from efficiency.criteria.ready_limits import ready_limits
    from efficiency.reviews.new import add_limits

    with _told(language):
        if add and folder is None:
            details = {"name": "FOLDER", "example": "efficiency standards analysis/2024 --add XK20"}
            raise SettingsError([Problem("no_key", details)])
        if add and folder is not None:
            _out.print(str(add_limits(folder, add, language)), markup=False, soft_wrap=True)
    if show or not add:
        for one in ready_limits():
            doubt = "" if one.checked else of(("（来源待核）", " (source to be checked)"), language)
            line = f"{one.limit_id}  {one.title.of(language)}  {one.limit}  {one.source}{doubt}"
            _out.print(line, markup=False, soft_wrap=True)


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="要写入的文件夹 / the folder to write")],
    seed: Annotated[int, typer.Option(help="随机种子 / the seed")] = 2024,
    cases: Annotated[int, typer.Option(help="件数 / how many cases")] = 2000,
) -> None:
    """写出示例机关的日志、标准和真值。 Write the sample office: its log, standards and truth."""
    from efficiency.reviews.new import sample_folder

    with _told("zh"):
        sample_folder(folder, seed=seed, cases=cases)
    _out.print(str(folder), markup=False, soft_wrap=True)


@app.command()
def pdca(
    folder: FolderArgument,
    on: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="哪一天，默认今天 / on which day; default: today"),
    ] = None,
    update: Annotated[
        bool,
        typer.Option(
            "--update",
            help="把最近一次评估的结果写入改进台账，原文件留作 .bak"
            " / take the last review's results over into the register; its former file is kept",
        ),
    ] = False,
) -> None:
    """看改进台账：待办、到期、逾期、已检查。 Show the loop of the improvement points."""
    from efficiency.reviews.settings import read_folder
    from efficiency.reviews.upkeep import open_register

    language = _language_of(folder)
    day = on or dt.datetime.combine(dt.date.today(), dt.time())
    with _told(language):
        place = read_folder(folder)
        register = open_register(place)
        if update:
            _update(folder, named=place.settings.points is not None)
    _tell_kept(register, language)
    _tell_loop(register, day, language)


def _update(folder: Path, *, named: bool) -> None:
    """Take the last review's results over, and say so."""
    from efficiency.reviews.settings import read_folder
    from efficiency.reviews.upkeep import update
    from efficiency.words import phrase

    place = read_folder(folder)
    register, former = update(place)
    language, shown = place.settings.language, str(register.path)
    if former is None:
        said = phrase("pdca_written", language, path=shown, added=register.taken.added)
    else:
        said = phrase(
            "pdca_updated", language, path=shown, added=register.taken.added, former=former.name
        )
    _err.print(said, markup=False, soft_wrap=True)
    if not named:
        said = phrase("pdca_name_it", language, folder=folder)
        _err.print(said, style="yellow", markup=False, soft_wrap=True)


def _tell_kept(register: Register, language: Language) -> None:
    """Tell where people's register and the review's differ in what is people's."""
    from efficiency.words import phrase
    from efficiency.words.point_words import REGISTER

    for row in register.taken.kept.to_dict("records"):
        names = REGISTER.get(row["column"], (row["column"], row["column"]))
        details = {
            "id": row["id"], "path": register.path.name, "kept": row["kept"],
            "other": row["other"], "column": of(names, language),
        }  # fmt: skip
        said = phrase("pdca_kept", language, **details)
        _err.print(said, style="yellow", markup=False, soft_wrap=True)


def _tell_loop(register: Register, day: dt.datetime, language: Language) -> None:
    """Show the points by where they stand, and the loop's measures."""
    import pandas as pd

    from efficiency.findings.improvement.loop import STATES, loop
    from efficiency.report.chapters.annexes.remedies import loop_table, say_state
    from efficiency.words import phrase
    from efficiency.words.code_words import coded

    cutoff = pd.Timestamp(day)
    stands = loop(register.points, cutoff)
    shown = pd.DataFrame(
        {
            "point_id": stands["id"],
            "point": stands["title"],
            "point_owner": stands["owner"],
            "point_due": stands["due"].dt.strftime("%Y-%m-%d").fillna(""),
            "days_left": stands["days"].astype(object).where(stands["days"].notna(), ""),
            "point_status": [coded("status", status, language) for status in stands["status"]],
            "point_verdict": [coded("verdict", said, language) for said in stands["verdict"]],
        }
    )
    title = phrase("pdca_title", language, date=f"{day:%Y-%m-%d}", path=register.path.name)
    _out.print(title, markup=False, soft_wrap=True)
    for state in STATES:
        part = shown[stands["state"] == state]
        if len(part):
            _out.print(_table(part, f"{say_state(state, language)} · {len(part)}", language))
    _out.print(_table(loop_table(register.points, cutoff, language), "PDCA", language))


def _table(frame: pd.DataFrame, title: str, language: Language) -> Any:
    """Make a table for the terminal; square brackets in it are no markup."""
    from rich.table import Table
    from rich.text import Text

    from efficiency.words import heading

    table = Table(title=Text(title), title_justify="left")
    for name in frame.columns:
        wide = _TITLE_WIDTH if name == "point" else None
        head = Text(heading(str(name), language))
        table.add_column(head, overflow="fold", no_wrap=name in _WHOLE, min_width=wide)
    for row in frame.itertuples(index=False):
        table.add_row(*(Text(str(cell)) for cell in row))
    return table
