"""What should be: time limits, each with its scope, clock, validity and target."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency import tables
from efficiency._doors.files import read_text_table
from efficiency.criteria.clock import KINDS, Limit, OwnLimit, read_own, readings
from efficiency.criteria.scopes import Condition, names_of, read_scope
from efficiency.problems import Hint, Problem, SettingsError, listed

_MOMENT = re.compile(r"^(?P<activity>.+?)(?:\.(?P<kind>received|start|end))?$")
#: What the columns are called in Chinese.
CHINESE = {
    "编号": "standard_id", "标准": "title", "简称": "short", "依据": "source", "日志": "log",
    "适用范围": "scope",
    "起": "from", "止": "to", "时限": "limit", "计时": "clock", "目标": "target",
    "暂停": "suspend", "恢复": "resume", "是否必经": "required", "生效日": "valid_from",
    "失效日": "valid_to", "次数": "occurrence", "延期": "extend", "延长": "extend_by",
}  # fmt: skip
#: What the words of a cell are called in Chinese.
_WORDS = {"工作时间": "working", "办公时间": "working", "自然时间": "elapsed", "不间断": "elapsed"}
_EMPTY = {"clock": "", "target": None, "required": "yes", "valid_from": pd.NaT, "valid_to": pd.NaT}


@dataclass(frozen=True)
class Moment:
    """A moment of a case: the end, start or arrival of one of some activities."""

    activities: tuple[str, ...]
    kind: str = "end"


@dataclass(frozen=True)
class Standard:
    """
    One version of one standard, read and found sound.

    Attributes
    ----------
    limit, own
        Its limit; where ``own`` names a column, that of each case instead.
    extend, extend_by
        The activities that grant more time, and how much, or the column that says until when.
    repeats
        Whether every start has a clock of its own.
    looks_back, extends_to, plain, columns, activities
        What follows from these.
    """

    standard_id: str
    begins: Moment
    ends: Moment
    limit: Limit
    own: OwnLimit | None = None
    extend: tuple[str, ...] = ()
    extend_by: Limit | OwnLimit | None = None
    repeats: bool = False
    scope: tuple[Condition, ...] = ()
    log: str = ""
    suspend: tuple[str, ...] = ()
    resume: tuple[str, ...] = ()
    required: bool = True
    valid_from: pd.Timestamp = pd.NaT
    valid_to: pd.Timestamp = pd.NaT
    title: str = ""
    text: str = ""
    line: int = 0
    file: str = ""

    @property
    def activities(self) -> tuple[str, ...]:
        """Every activity that the standard names."""
        moments = (*self.begins.activities, *self.ends.activities)
        return (*moments, *self.suspend, *self.resume, *self.extend)

    @property
    def pausing(self) -> tuple[str, ...]:
        """The activities that others answer for, while which the clock stands still."""
        return self.resume

    @property
    def looks_back(self) -> bool:
        """Whether it asks for a moment before the start."""
        return self.own is None and self.limit.before

    @property
    def extends_to(self) -> OwnLimit | None:
        """The column that says until when an extension goes."""
        return self.extend_by if isinstance(self.extend_by, OwnLimit) else None

    @property
    def plain(self) -> bool:
        """Whether one clock of one known length runs in each case."""
        return self.own is None and not self.repeats and not self.extend

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the log that it reads but those of its scope."""
        return tuple(own.column for own in (self.own, self.extends_to) if own is not None)


def read_moment(text: str) -> Moment:
    """
    Read a moment: an activity, several with ``|``, and which of its times.

    Examples
    --------
    >>> read_moment("承办.received")
    Moment(activities=('承办',), kind='received')
    """
    match = _MOMENT.match(text.strip())
    if not match:
        raise ValueError(text)
    return Moment(names_of(match["activity"]), match["kind"] or "end")


def no_standards() -> pd.DataFrame:
    """``tables.STANDARDS`` of no rows."""
    empty = {column.name: pd.Series(dtype=object) for column in tables.STANDARDS.columns}
    return pd.DataFrame(empty).astype(
        {"target": float, "valid_from": "datetime64[us]", "valid_to": "datetime64[us]"}
    )


def read_standards(path: str | Path, shown: str = "") -> pd.DataFrame:
    """
    Read a table of standards.

    Parameters
    ----------
    path
        A csv file with the columns of ``tables.STANDARDS``, or their names in Chinese (`CHINESE`);
        other columns travel along.
    shown
        What messages call it; empty: by its name.

    Returns
    -------
    DataFrame
        ``target`` as a number, ``valid_from`` and ``valid_to`` as times, all else as text.

    Raises
    ------
    SettingsError
        Lists everything in it that cannot be read, with file and line.
    """
    path = Path(path)
    shown = shown or path.name
    frame = _ours(read_text_table(path, shown).frame)
    standards, problems = _typed(frame, shown)
    if all(name in frame for name in ("standard_id", "from", "to", "limit")):
        try:
            parse_standards(standards, shown)
        except SettingsError as error:
            problems += error.problems
    if problems:
        raise SettingsError(sorted(problems, key=lambda problem: problem.line or 0))
    return standards


def _ours(frame: pd.DataFrame) -> pd.DataFrame:
    """Our names to columns and cells that were written in Chinese."""
    named = frame.rename(columns={theirs: ours for theirs, ours in CHINESE.items()
                                  if ours not in frame})  # fmt: skip
    return named.assign(clock=named["clock"].replace(_WORDS)) if "clock" in named else named


def _typed(frame: pd.DataFrame, file: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Bring text to the contract's types; what cannot be brought is told, all of it."""
    problems = [
        Problem("no_key", {"name": name, "example": _example(name)}, file=file, line=1)
        for name in ("standard_id", "from", "to", "limit")
        if name not in frame
    ]
    typed = frame.assign(
        **{name: "" for name in tables.STANDARDS.names if name not in frame and name not in _EMPTY},
        **{name: value for name, value in _EMPTY.items() if name not in frame},
    )
    readers: dict[str, tuple[str, Callable[[pd.Series], pd.Series]]] = {
        "target": ("share", _numbers),
        "valid_from": ("date", _dates),
        "valid_to": ("date", _dates),
    }
    for name, (key, read) in readers.items():
        if name not in frame:
            typed[name] = read(pd.Series("", index=frame.index))
            continue
        values = read(frame[name])
        for at in frame.index[values.isna() & (frame[name].str.strip() != "")]:
            details = {"name": name, "got": frame.at[at, name]}
            problems.append(Problem(key, details, file=file, line=int(at) + 2, column=name))
        typed[name] = values
    return typed, problems


def _numbers(text: pd.Series) -> pd.Series:
    return pd.to_numeric(text, errors="coerce").astype("float64")


def _dates(text: pd.Series) -> pd.Series:
    plain = text.str.strip().str.replace("/", "-")
    return pd.to_datetime(plain.where(plain != ""), errors="coerce", format="ISO8601").astype(
        "datetime64[us]"
    )


def _example(name: str) -> str:
    examples = {"standard_id": "T1", "from": "登记", "to": "转办", "limit": "30 min"}
    return f"{name} = {examples[name]}"


def parse_standards(standards: pd.DataFrame, file: str = "standards") -> tuple[Standard, ...]:
    """
    Turn a table of standards into values that were found sound.

    Parameters
    ----------
    standards
        ``tables.STANDARDS``, read or built by hand.
    file
        The name that messages give.

    Raises
    ------
    TableError
        If the table breaks its contract.
    SettingsError
        Lists every limit, clock, scope and share that cannot be read, and every id that two
        versions claim for the same days.
    """
    tables.STANDARDS.check(standards)
    problems: list[Problem] = []
    rows = standards.reset_index(drop=True).to_dict("records")
    parsed = [_parse(row, line, file, problems) for line, row in enumerate(rows, start=2)]
    good = tuple(standard for standard in parsed if standard)
    problems += clashes(good)
    if problems:
        raise SettingsError(sorted(problems, key=lambda problem: problem.line or 0))
    return good


def _cell(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None or pd.isna(value) else str(value).strip()


def _parse(row: dict[str, Any], line: int, file: str, problems: list[Problem]) -> Standard | None:
    found = len(problems)

    def read(name: str, reader: Any, key: str, default: Any) -> Any:
        text = _cell(row, name)
        try:
            return reader(text)
        except ValueError:
            details = {"name": name, "got": text, "example": name}
            problems.append(Problem(key, details, file=file, line=line, column=name))
            return default

    own = read_own(_cell(row, "limit"), _cell(row, "clock").lower() or "working")
    found_limits = () if own else read("limit", _limits, "limit", ())
    scope = read("scope", read_scope, "scope", ())
    limit = read("clock", lambda text: _chosen(text, found_limits), "clock", None)
    repeats = read("occurrence", _occurrence, "occurrence", False)
    extend = names_of(_cell(row, "extend"))
    extend_by = read("extend_by", _extension, "limit", None)
    problems += _extension_problems(row, limit, extend, extend_by, line, file)
    required = read("required", _yes_no, "yes_no", True)
    begins = read("from", read_moment, "no_key", Moment(()))
    ends = read("to", read_moment, "no_key", Moment(()))
    read("target", _share, "share", None)
    suspend, resume = names_of(_cell(row, "suspend")), names_of(_cell(row, "resume"))
    if bool(suspend) != bool(resume):
        details = {"got": _cell(row, "suspend") or _cell(row, "resume")}
        problems.append(Problem("suspend", details, file=file, line=line, column="suspend"))
    if not _cell(row, "standard_id"):
        details = {"name": "standard_id", "example": "T1"}
        problems.append(Problem("no_key", details, file=file, line=line, column="standard_id"))
    first, last = (pd.Timestamp(row.get(name, pd.NaT)) for name in ("valid_from", "valid_to"))
    if first > last:
        details = {"first": f"{first:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}"}
        problems.append(Problem("dates", details, file=file, line=line, column="valid_to"))
    if len(problems) > found:
        return None
    return Standard(
        standard_id=_cell(row, "standard_id"),
        begins=begins,
        ends=ends,
        limit=limit or Limit("days", 0),
        own=own,
        extend=extend,
        extend_by=extend_by,
        repeats=repeats,
        scope=scope,
        log=_cell(row, "log"),
        suspend=suspend,
        resume=resume,
        required=required,
        valid_from=first,
        valid_to=last,
        title=_cell(row, "title") or _cell(row, "standard_id"),
        text=_cell(row, "limit"),
        line=line,
        file=file,
    )


def _limits(text: str) -> Sequence[Limit]:
    found = readings(text)
    if not found:
        raise ValueError(text)
    return found


def _chosen(text: str, found: Sequence[Limit]) -> Limit | None:
    """The limit that the column ``clock`` chooses; most kinds of limits leave no choice."""
    said, choices = text.lower(), {clock.choice for clock in KINDS.values()}
    chosen = [limit for limit in found if limit.clock.choice in {"", said}]
    if said not in choices or (found and not chosen):
        raise ValueError(text)
    return chosen[0] if chosen else None


def _occurrence(text: str) -> bool:
    if text.lower() not in {"", "first", "each", "首次", "每次"}:
        raise ValueError(text)
    return text.lower() in {"each", "每次"}


def _extension(text: str) -> Limit | OwnLimit | None:
    return (read_own(text) or _limits(text)[0]) if text else None


def _extension_problems(
    row: dict[str, Any],
    limit: Limit | None,
    extend: tuple[str, ...],
    extend_by: Limit | OwnLimit | None,
    line: int,
    file: str,
) -> list[Problem]:
    """An extension without an amount, an amount without one, and one of another kind."""
    if bool(extend) != bool(_cell(row, "extend_by")):
        details = {"got": _cell(row, "extend") or _cell(row, "extend_by")}
        return [Problem("extend", details, file=file, line=line, column="extend_by")]
    if limit is None or not isinstance(extend_by, Limit):
        return []
    if {limit.kind, extend_by.kind} <= {"working", "elapsed"} or limit.kind == extend_by.kind:
        return []
    details = {"got": _cell(row, "extend_by"), "limit": _cell(row, "limit")}
    return [Problem("extend_kind", details, file=file, line=line, column="extend_by")]


def _yes_no(text: str) -> bool:
    if text.lower() not in {"", "yes", "no", "是", "否"}:
        raise ValueError(text)
    return text.lower() not in {"no", "否"}


def _share(text: str) -> None:
    if text and not 0 <= float(text) <= 1:
        raise ValueError(text)


def clashes(standards: Sequence[Standard]) -> list[Problem]:
    """Ids that are used twice for overlapping dates, in one file or two: versions may share one."""
    problems = []
    for i, later in enumerate(standards):
        for earlier in standards[:i]:
            if earlier.standard_id == later.standard_id and _overlap(earlier, later):
                key = "duplicate_id" if earlier.file == later.file else "twice_in"
                details = {"name": later.standard_id, "other": earlier.line, "where": earlier.file}
                problems.append(Problem(key, details, later.file, later.line, "standard_id"))
                break
    return problems


def _overlap(a: Standard, b: Standard) -> bool:
    def start(s: Standard) -> pd.Timestamp:
        return s.valid_from if pd.notna(s.valid_from) else pd.Timestamp.min

    def end(s: Standard) -> pd.Timestamp:
        return s.valid_to if pd.notna(s.valid_to) else pd.Timestamp.max

    return bool(start(a) <= end(b) and start(b) <= end(a))


def unfit(
    standards: tuple[Standard, ...],
    activities: list[str],
    columns: list[str],
) -> list[Problem]:
    """
    List what standards name and a log does not have.

    Returns
    -------
    list of Problem
        A scope on a missing column, an activity that never occurs; with the nearest names.
    """
    problems = []
    for standard in standards:
        for condition in standard.scope:
            if condition.column not in columns:
                details = {
                    "got": condition.column,
                    "have": listed(columns),
                    "hint": Hint(condition.column, tuple(columns)),
                }
                problems.append(
                    Problem(
                        "scope_column",
                        details,
                        file=standard.file,
                        line=standard.line,
                        column="scope",
                    )
                )
        for column in standard.columns:
            if column not in columns:
                hint = Hint(column, tuple(columns))
                details = {"got": column, "have": listed(columns), "hint": hint}
                problems.append(
                    Problem(
                        "limit_column",
                        details,
                        file=standard.file,
                        line=standard.line,
                        column="limit",
                    )
                )
        for activity in standard.activities:
            if activity not in activities:
                details = {"got": activity, "hint": Hint(activity, tuple(activities))}
                problems.append(
                    Problem("activity", details, file=standard.file, line=standard.line)
                )
    return problems
