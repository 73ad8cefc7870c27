"""New review folders, to be edited by hand: from somebody's log, or from the sample office."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from efficiency._doors.files import read_text_table
from efficiency.criteria.calendar import read_calendar
from efficiency.criteria.catalogue import fitting
from efficiency.criteria.ready_limits import ready_limits, ready_standards
from efficiency.criteria.standards import CHINESE, no_standards
from efficiency.evidence.log.guess import (
    clock_beside,
    due_column,
    extension,
    guess_columns,
    guess_register,
    looks_like_answers,
    year_beside,
)
from efficiency.evidence.log.records import read_record
from efficiency.evidence.log.sources import Source, open_source
from efficiency.evidence.log_record import MOMENTS
from efficiency.language import Language, of
from efficiency.problems import Hint, LogError, Problem, SettingsError, listed
from efficiency.reviews.settings import read_folder, repository
from efficiency.sample.establishment import FIRST, LAST
from efficiency.sample.record import CALENDAR, write_sample

#: Activities that end so many of the cases are proposed as those that close one, if they are few.
_MOST_CASES, _FEW = 0.9, 3
#: What a step is called that closes a case.
_CLOSES = re.compile("办结|办毕|归档|销号|结案|结办|close|archiv", re.IGNORECASE)
#: The columns that a log may have, in the order in which ``review.toml`` names them.
_ORDER = ("case_id", "activity", "received", "start", "end", "actor", "unit", "transition")
_TOML = {
    "zh": """# 一次评估的设定。改完后运行：efficiency review {folder}
title    = {title}
language = "zh"                     # zh | en
# cutoff = 2024-12-31T18:00:00      # 截止时点；不写则为日志的最后时刻
# period = ["2024-01-01", "2024-12-31"]   # 统计期：首个时刻在其中的件
# baseline = ["2023-01-01", "2023-12-31"] # 与之比较的基期
# points = "points.csv"             # 改进台账：首次评估后由 efficiency pdca {folder} --update 写出
timezone  = "Asia/Shanghai"         # 办公所在时区
calendar  = "calendar.toml"         # 办公日历
standards = "standards.csv"         # 时限标准，一行一项
rules     = "rules.csv"             # 程序规则，一行一条

[logs.{name}]
path = {path}
# closed_by = {closing}   # 哪些环节办完即为办结；不写则所有环节办完为办结
[logs.{name}.columns]               # 我们的列 = 文件中的列
""",
    "en": """# The settings of one review. When edited, run: efficiency review {folder}
title    = {title}
language = "en"                     # zh | en
# cutoff = 2024-12-31T18:00:00      # nothing after it is seen; default: the log's last moment
# period = ["2024-01-01", "2024-12-31"]   # cases whose first moment lies in it
# baseline = ["2023-01-01", "2023-12-31"] # what to compare with
# points = "points.csv"             # improvement points: efficiency pdca {folder} --update
timezone  = "Asia/Shanghai"         # the office's clock
calendar  = "calendar.toml"         # the working calendar
standards = "standards.csv"         # time limits, one a row
rules     = "rules.csv"             # rules of procedure, one a row

[logs.{name}]
path = {path}
# closed_by = {closing}   # activities that close a case; default: all its steps done
[logs.{name}.columns]               # ours = theirs
""",
}
_CALENDAR = {
    "zh": """# 办公日历。region：CN 为国务院办公厅放假安排（含调休），或 holidays 包的地区代码（NL、US-CA…）
region = "CN"
hours  = ["08:30-12:00", "14:30-18:00"]

# [[seasons]]                       # 夏令作息
# from = "07-01"
# to = "09-30"
# hours = ["08:30-12:00", "15:00-18:30"]

# [units."值班室"]                   # 某处室另有办公时间
# hours = ["00:00-24:00"]
# every_day = true
""",
    "en": """# The working calendar. region: CN (with its make-up days) or a code of the holidays package
region = "CN"
hours  = ["08:30-12:00", "14:30-18:00"]

# [[seasons]]                       # summer hours
# from = "07-01"
# to = "09-30"
# hours = ["08:30-12:00", "15:00-18:30"]

# [units."duty desk"]               # a unit with hours of its own
# hours = ["00:00-24:00"]
# every_day = true
""",
}

_SAMPLE = """# 示例机关两年收文的评估。运行：efficiency review 本文件夹
title     = "2023—2024年度办文效能调研报告（示例机关）"
language  = "zh"
cutoff    = 2024-12-31T18:00:00
calendar  = "calendar.toml"
standards = "standards.csv"
rules     = "rules.csv"

[logs.incoming]
path = "incoming.csv"
model = "incoming.flow"
closed_by = ["归档", "退文"]
approvals = ["审核", "批示"]
[logs.incoming.columns]
case_id  = "流水号"
activity = "环节"
received = "到达时间"
start    = "开始时间"
end      = "办结时间"
actor    = "经办人"
unit     = "处室"

[logs.decisions]
path = "decisions.csv"
[logs.decisions.columns]
case_id  = "批示编号"
activity = "环节"
end      = "批示时间"
actor    = "批示领导"
"""


def new_folder(
    folder: Path,
    log: Path | Sequence[Path],
    language: Language = "zh",
    *,
    columns: Mapping[str, str] | None = None,
) -> list[Problem]:
    """
    Look at a log, guess its columns, and write a review folder to edit.

    Parameters
    ----------
    folder
        Where to write; must not exist.
    log
        The log, or the files that are one. What is outside the repository is copied into the
        folder.
    language
        Of the settings, their comments and the rules.
    columns
        What is known of its columns, ours = theirs; the others are guessed.

    Returns
    -------
    list of Problem
        What could not be guessed and must be filled in, then each rule of the catalogue that the
        log cannot decide, with what it lacks.

    Raises
    ------
    SettingsError
        If the folder exists, or a column is none of ours or not in the log.
    LogError
        If the log cannot be opened.
    """
    if folder.exists():
        raise SettingsError([Problem("exists", {"path": str(folder)})])
    logs = (log,) if isinstance(log, Path) else tuple(log)
    opened = open_source(logs)
    known = _answers(columns or {}, opened)
    guess, moments = ({}, {}) if "activity" in known else guess_register(opened)
    guess = guess or guess_columns(opened)
    guess = {ours: theirs for ours, theirs in guess.items() if theirs not in known.values()} | known
    folder.mkdir(parents=True)
    name = _key_of(logs[0])
    path = _paths_to(logs, folder)
    closing = _closing(moments) or closing_activities(opened, guess)
    title = Path(logs[0].name).stem if len(logs) == 1 else folder.name
    whole: dict[str, str | tuple[str, ...]] = {**guess}
    for ours in MOMENTS if not moments else ():
        clock = clock_beside(opened, guess[ours]) if ours in guess else None
        whole |= {ours: (guess[ours], clock)} if clock else {}
    year = year_beside(opened, guess["case_id"]) if moments else None
    whole |= {"case_id": (year, guess["case_id"])} if year else {}
    settings = _settings(
        {"folder": folder, "called": title, "name": name, "path": path},
        whole, closing or [of(("归档", "closed"), language)], language,
    )  # fmt: skip
    _write(folder / "review.toml", _as_register(settings, name, moments) if moments else settings)
    _write(folder / "calendar.toml", _CALENDAR[language])
    due = due_column(opened) if moments else None
    limits = own_limit(due, moments, name, language, extension(opened) if moments else None)
    write_table(folder / "standards.csv", in_words(limits, language))
    rules, lacks = fitting(names_of_log(opened.frame, guess, tuple(moments)), language, name)
    write_table(folder / "rules.csv", rules)
    have = listed(opened.frame.columns)
    unguessed = [
        Problem("no_guess", {"name": ours, "path": str(folder / "review.toml"), "have": have})
        for ours in (("case_id",) if moments else ("case_id", "activity", "end"))
        if ours not in guess
    ]
    if not moments and not set(MOMENTS) & set(guess):
        unguessed.insert(0, Problem("no_times", {"have": have}, file=opened.name))
    if looks_like_answers(opened):
        unguessed.insert(0, Problem("answers", {}, file=opened.name))
    if due and not len(limits):
        details = {"name": due, "path": str(folder / "standards.csv"),
                   "have": listed(list(moments))}  # fmt: skip
        unguessed.append(Problem("no_due_step", details))
    return [*unguessed, *(lack.problem(language) for lack in lacks)]


def in_words(standards: pd.DataFrame, language: Language) -> pd.DataFrame:
    """A table of standards with its columns as people of a language read them."""
    chinese = {ours: theirs for theirs, ours in CHINESE.items()}
    return standards.rename(columns=of((chinese, dict[str, str]()), language))


def add_limits(folder: Path, ids: Sequence[str], language: Language) -> Path:
    """
    Write ready-made limits to the end of a review's standards, as examples to edit.

    Raises
    ------
    SettingsError
        If one is unknown, or stands there already.
    """
    place = read_folder(folder)
    path = place.to_fill("standards")
    known = {one.limit_id for one in ready_limits()}
    unknown = [
        Problem("no_limit_id", {"got": name, "hint": Hint(name, tuple(sorted(known)))})
        for name in ids
        if name not in known
    ]
    there = read_text_table(path).frame if path.exists() else in_words(no_standards(), language)
    names = {theirs: ours for theirs, ours in CHINESE.items() if theirs in there}
    ours = there.rename(columns=names)
    taken = [Problem("limit_there", {"got": name}, file=path.name) for name in ids
             if name in set(ours.get("standard_id", []))]  # fmt: skip
    if unknown or taken:
        raise SettingsError([*unknown, *taken])
    rows = ready_standards(language)
    chosen = rows[rows["standard_id"].isin(list(ids))]
    whole = pd.concat([ours.astype(object), chosen.astype(object)], ignore_index=True).fillna("")
    back = {ours: theirs for theirs, ours in CHINESE.items()} if names else {}
    write_table(path, whole.rename(columns=back))
    return path


def _closing(steps: Iterable[str]) -> list[str]:
    """The step of a register that closes a matter: one that is called so, else the last."""
    named = [name for name in steps if _CLOSES.search(name)]
    return (named or list(steps))[-1:]


def closing_activities(log: Path | Source, guess: Mapping[str, str]) -> list[str]:
    """The activities with which most cases end, the most frequent first; none where many do."""
    try:
        steps = read_record(log, guess).log.dropna(subset=["end"])
    except LogError:
        return []
    by_case = steps.sort_values(["end", "row"]).groupby("case_id")["activity"]
    openers = by_case.first().value_counts(normalize=True)
    # What most cases begin with closes none, though some have come no further.
    opener = set(openers.index[(openers > 1 / 2) & (by_case.nunique().mean() > 1)])
    shares = by_case.last().value_counts(normalize=True).drop(list(opener), errors="ignore")
    enough = int((shares.cumsum() < _MOST_CASES).sum()) + 1
    ending = list(shares.index[:enough]) if enough <= _FEW else []
    if any(_CLOSES.search(name) for name in ending):
        return ending
    # What comes after the end (统计, 回访) closes nothing, where a step is called so.
    reach = steps.groupby("activity")["case_id"].nunique() / steps["case_id"].nunique()
    called = [name for name in reach.index[reach >= _MOST_CASES] if _CLOSES.search(name)]
    return [max(called, key=lambda name: reach[name])] if called else ending


def _key_of(log: Path) -> str:
    """A name for a log that TOML takes as it stands."""
    name = re.sub(r"[^A-Za-z0-9]+", "_", log.name.split(".")[0]).strip("_")
    return "log" if not name or name.isdigit() else name


def _answers(columns: Mapping[str, str], opened: Source) -> dict[str, str]:
    """What is known of the columns, found sound."""
    have = [str(name) for name in opened.frame.columns]
    problems = [
        Problem("bad_value", {"name": "--columns", "got": f"{ours}={theirs}",
                              "right": f"{' | '.join(_ORDER)} = …"})
        for ours, theirs in columns.items() if ours not in _ORDER
    ] + [
        Problem("no_column", {"name": ours, "got": theirs, "have": listed(have),
                              "hint": Hint(theirs, tuple(have))}, file=opened.name)
        for ours, theirs in columns.items() if ours in _ORDER and theirs not in have
    ]  # fmt: skip
    if problems:
        raise SettingsError(problems)
    return dict(columns)


def _paths_to(logs: Sequence[Path], folder: Path) -> str:
    """The value of ``path``: one file, or a list."""
    paths = [_quoted(_path_to(log, folder)) for log in logs]
    return paths[0] if len(paths) == 1 else f"[{', '.join(paths)}]"


def _path_to(log: Path, folder: Path) -> str:
    """The path from a folder to a log; one from outside the repository is copied into it."""
    if log.resolve().is_relative_to(repository(folder)):
        return Path(os.path.relpath(log.resolve(), folder.resolve())).as_posix()
    shutil.copyfile(log, folder / log.name)
    return log.name


def _settings(
    said: Mapping[str, object],
    columns: Mapping[str, str | tuple[str, ...]],
    closing: Sequence[str],
    language: Language,
) -> str:
    """The text of ``review.toml``."""
    called = said["called"]
    title = of((f"{called}：办理效能调研报告", f"{called}: how the work flows"), language)
    text = _TOML[language].format(**said, title=_quoted(title), closing=quoted_list(closing))
    told = {
        ours: _quoted(theirs) if isinstance(theirs, str) else quoted_list(theirs)
        for ours, theirs in columns.items()
    }
    return text + "".join(f"{ours} = {told[ours]}\n" for ours in _ORDER if ours in told)


def own_limit(
    due: str | None,
    moments: Mapping[str, str],
    log: str,
    language: Language,
    extended: tuple[str, str, str] | None = None,
) -> pd.DataFrame:
    """
    The limit that a register sets each of its matters in a column of due moments.

    Notes
    -----
    None where the column's name does not say which step is due: that only a person knows. Where a
    column says whether a matter was extended, and another until when, it has a row of its own.
    """
    last = next((one for one in moments if due and one in due), None)
    if due is None or last is None:
        return no_standards()
    first = next(iter(moments))
    row = {
        "standard_id": "D1", "title": of(("按期办结", "Done by its own due date"), language),
        "source": of((f"登记簿“{due}”一列", f"the register's column '{due}'"), language),
        "log": log, "from": first, "to": last, "limit": f"={due}",
    }  # fmt: skip
    rows = [row]
    if extended is not None:
        flag, yes, until = extended
        title = of(("按延期后的期限办结", "Done by the extended due date"), language)
        more = {
            "standard_id": "D1B",
            "title": title,
            "scope": f"{flag}={yes}",
            "limit": f"={until}",
        }
        rows = [{**row, "standard_id": "D1A", "scope": f"{flag}!={yes}"}, {**row, **more}]
    return pd.DataFrame(rows).reindex(columns=no_standards().columns).fillna("")


def _as_register(settings: str, name: str, moments: Mapping[str, str]) -> str:
    """The settings of a register: its shape, what closes a matter, and its columns of moments."""
    told = settings.replace("# closed_by = ", "closed_by = ", 1)
    told = told.replace(f"[logs.{name}.columns]", f'shape = "register"\n[logs.{name}.columns]', 1)
    rows = [f"{_key(activity)} = {_quoted(column)}" for activity, column in moments.items()]
    return "\n".join([told.rstrip("\n"), f"[logs.{name}.moments]", *rows, ""])


def quoted_list(names: Iterable[str]) -> str:
    """
    A list of texts as TOML writes it.

    Examples
    --------
    >>> quoted_list(["归档", "退文"])
    '["归档", "退文"]'
    """
    return f"[{', '.join(map(_quoted, names))}]"


def _key(name: str) -> str:
    """A key of TOML: bare where it may be."""
    return name if name.isascii() and name.replace("_", "").isalnum() else _quoted(name)


def names_of_log(
    frame: pd.DataFrame, guess: Mapping[str, str], activities: Sequence[str] = ()
) -> dict[str, list[str]]:
    """The activities, units and columns of a log that can be read as it was guessed."""
    if activities:
        ours = {theirs: name for name, theirs in guess.items()}
        # A register names one unit and one person a matter: nothing of the way between them.
        have = [ours.get(str(name), str(name)) for name in frame.columns]
        return {
            "activities": sorted(activities),
            "units": [],
            "columns": [name for name in have if name not in {"unit", "actor"}],
        }
    if not {"case_id", "activity"} <= set(guess):
        return {"activities": [], "units": [], "columns": []}
    ours = {theirs: name for name, theirs in guess.items()}
    filled = [str(name) for name in frame.columns if len(_texts(frame[name]))]
    return {
        "activities": sorted(_texts(frame[guess["activity"]]).unique()),
        "units": sorted(_texts(frame[guess["unit"]]).unique()) if "unit" in guess else [],
        "columns": [ours.get(name, name) for name in filled],
    }


def _texts(column: pd.Series) -> pd.Series:
    """The values of a column as text, without blanks."""
    texts = column.dropna().astype(str)
    return texts[texts.str.strip() != ""]


def sample_folder(folder: Path, *, seed: int = 2024, cases: int = 2000) -> None:
    """
    Write a review folder of the sample office: its log, calendar, standards, and the truth.

    Parameters
    ----------
    folder
        Where to write; must not exist.
    seed, cases
        Of the simulation.

    Raises
    ------
    SettingsError
        If the folder exists.
    """
    if folder.exists():
        raise SettingsError([Problem("exists", {"path": str(folder)})])
    folder.mkdir(parents=True)
    _write(folder / "calendar.toml", CALENDAR)
    days = read_calendar(folder / "calendar.toml").days(FIRST, LAST)
    write_sample(folder, days, seed, cases)
    _write(folder / "review.toml", _SAMPLE)


def _quoted(text: str) -> str:
    """Quote a text for TOML, whose basic strings are JSON's."""
    return json.dumps(text, ensure_ascii=False)


def write_table(path: Path, frame: pd.DataFrame) -> None:
    """Write a table as csv that a spreadsheet opens right."""
    path.write_bytes(frame.to_csv(index=False, lineterminator="\n").encode("utf-8-sig"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
