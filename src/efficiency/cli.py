"""The commands: review, check, new and sample."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from efficiency.problems import InputError, Language, Problem, SettingsError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="从办公记录看清文件怎么流转、办得快不快、哪里可以改进。"
    "See from an office's own records how its work flows, how long it takes, what to improve.",
)
_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)

FolderArgument = Annotated[Path, typer.Argument(help="评估文件夹 / the review's folder")]
LogOption = Annotated[
    list[str] | None,
    typer.Option(
        "--log", help="NAME=/绝对路径 / NAME=/absolute/path of a log, in place of review.toml's"
    ),
]
LanguageOption = Annotated[Language, typer.Option(help="zh | en")]


@contextmanager
def _told(language: Language) -> Iterator[None]:
    """Tell bad input in full, in the review's language, and leave with 2."""
    try:
        yield
    except InputError as error:
        _err.print(error.text(language).strip("\n"), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(2) from None


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
    return "en" if said[:1] == ["en"] else "zh"


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
def review(folder: FolderArgument, log: LogOption = None) -> None:
    """评估一个文件夹，写出 output/。 Carry out a review and write its output/."""
    from efficiency.reviews import review as carry_out

    language = _language_of(folder)
    with _told(language), _progress() as bar:
        task = bar.add_task(str(folder), total=1.0)
        done = carry_out(
            folder,
            logs=_logs(log),
            progress=lambda step, share: bar.update(task, description=step, completed=share),
        )
    for notice in done.notices:
        _err.print(notice, style="yellow", markup=False, soft_wrap=True)
    _out.print(str(done.output / "report.html"), markup=False, soft_wrap=True)


@app.command()
def check(folder: FolderArgument, log: LogOption = None) -> None:
    """只读入并检查各项输入。 Read and judge the inputs only."""
    from efficiency.inputs import read_inputs

    language = _language_of(folder)
    with _told(language), _progress() as bar:
        task = bar.add_task(str(folder), total=0.3)
        inputs = read_inputs(
            folder,
            logs=_logs(log),
            progress=lambda step, share: bar.update(task, description=step, completed=share),
        )
    for notice in inputs.notices:
        _err.print(notice, style="yellow", markup=False, soft_wrap=True)
    for name, record in inputs.records.items():
        accepted = record.rows - len(record.rejected)
        counts = f"{record.rows} = {accepted} + {len(record.rejected)}; {len(record.changed)}"
        words = (
            "行 = 接受 + 退回；置空"
            if language == "zh"
            else "rows = accepted + rejected; set to empty"
        )
        _out.print(f"{name}: {counts} ({words})", markup=False)


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="要新建的文件夹 / the folder to make")],
    log: Annotated[Path, typer.Option("--log", help="日志文件 / the log")],
    language: LanguageOption = "zh",
) -> None:
    """看一份日志，写出一个可编辑的评估文件夹。 Look at a log and write a review folder to edit."""
    from efficiency.folders import new_folder

    with _told(language):
        for problem in new_folder(folder, log, language):
            _err.print(problem.text(language), style="yellow", markup=False, soft_wrap=True)
    _out.print(str(folder / "review.toml"), markup=False, soft_wrap=True)


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="要写入的文件夹 / the folder to write")],
    seed: Annotated[int, typer.Option(help="随机种子 / the seed")] = 2024,
    cases: Annotated[int, typer.Option(help="件数 / how many cases")] = 2000,
) -> None:
    """写出示例机关的日志、标准和真值。 Write the sample office: its log, standards and truth."""
    from efficiency.folders import sample_folder

    with _told("zh"):
        sample_folder(folder, seed=seed, cases=cases)
    _out.print(str(folder), markup=False, soft_wrap=True)
