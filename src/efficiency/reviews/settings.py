"""What a person decided for one review: ``review.toml``, read and found sound."""

from __future__ import annotations

import datetime as dt
import glob
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import BeforeValidator, Field, StrictBool, field_validator

from efficiency._doors.exchange import mend
from efficiency._doors.parquet import files_of
from efficiency._doors.toml import Strict, line_of, read_settings
from efficiency.evidence.log.registers import RegisterStep, steps_of
from efficiency.evidence.log.stamps import is_zone, read_formatted
from efficiency.evidence.survey.validity import RULES, Validity
from efficiency.facts.endings import Endings, Status
from efficiency.language import Language
from efficiency.problems import Hint, Problem, SettingsError

#: One file, or several in a list.
Paths = Annotated[
    tuple[str, ...], BeforeValidator(lambda said: (said,) if isinstance(said, str) else said)
]


_Count = Annotated[int, Field(strict=True, ge=1)]
#: The keys of ``[survey]`` that name a file.
SURVEY_FILES = (
    "answers", "codebook", "issued", "earlier", "earlier_codebook", "staffing", "interviews",
    "codes",
)  # fmt: skip
#: What an office's records can speak of; beyond it a date is a slip.
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
_Date = Annotated[dt.date, Field(ge=_FIRST, le=_LAST)]


class StatusSettings(Strict):
    """A column that says how each case of a log stands."""

    column: str = Field(examples=['"状态"'])
    closed: tuple[str, ...] = Field((), examples=['["办结"]'])
    cancelled: tuple[str, ...] = Field((), examples=['["作废"]'])
    open: tuple[str, ...] = Field((), examples=['["在办"]'])


class StepSettings(Strict):
    """The columns of one step of a register."""

    received: str = Field("", examples=['"交办日期"'])
    start: str = Field("", examples=['"开始日期"'])
    end: str = Field("", examples=['"反馈日期"'])
    actor: str = Field("", examples=['"经办人"'])
    unit: str = Field("", examples=['"责任单位"'])


class LogSettings(Strict):
    """One log of a review."""

    path: Paths = Field(min_length=1, examples=['"incoming.csv"', '"收文*.xlsx"'])
    title: str = Field("", examples=['"收文办理记录"'])
    noun: str = Field("", examples=['"文件"'])
    unit_word: str | None = Field(None, examples=['"件"'])
    sheet: str | None = Field(None, examples=['"收文"'])
    format: dict[str, str] = Field({}, examples=['{ end = "%d-%b-%y %H:%M" }'])
    returns: tuple[str, ...] | None = Field(None, examples=['["退回", "退办"]'])
    model: str | None = Field(None, examples=['"incoming.bpmn"'])
    closed_by: tuple[str, ...] = Field((), examples=['["归档"]'])
    cancelled_by: tuple[str, ...] = Field((), examples=['["作废", "撤销"]'])
    status: StatusSettings | None = Field(
        None, examples=['{ column = "状态", closed = ["办结"], cancelled = ["作废"] }']
    )
    calendar: str | None = Field(None, examples=['"duty.toml"'])
    columns: dict[str, str | tuple[str, ...]] = Field({}, examples=["[logs.incoming.columns]"])
    shape: Literal["steps", "register"] = Field("steps", examples=['"register"'])
    moments: dict[str, str | StepSettings] = Field({}, examples=['{ 立项 = "立项日期" }'])
    approvals: tuple[str, ...] = Field((), examples=['["审核", "批示"]'])
    role: str = Field("unit", examples=['"unit"'])
    day_first: StrictBool | None = Field(None, examples=["true"])
    case_mix: tuple[str, ...] | None = Field(None, examples=['["文种", "紧急程度"]'])
    applicant: str | None = Field(None, examples=['"申请人类型"'])
    allowed: dict[str, tuple[str, ...]] = Field(
        {}, examples=['{ 来源 = ["决策部署", "领导批示"] }']
    )
    category: str | None = Field(None, examples=['"问题类别"'])
    errors_of: dict[str, tuple[str, ...]] = Field({}, examples=['{ 办文差错 = ["incoming"] }'])
    leave: str | None = Field(None, examples=['"leave.csv"'])
    not_to_grow: StrictBool = Field(default=False, examples=["true"])
    known: tuple[str, ...] | None = Field(None, examples=['["文种", "来文单位"]'])
    people: tuple[str, ...] = Field((), examples=['["联系人", "备注"]'])
    not_people: tuple[str, ...] = Field((), examples=['["主送"]'])

    @field_validator("format")
    @classmethod
    def _are_forms(cls, value: dict[str, str]) -> dict[str, str]:
        """Try each form: what is none fails whatever it is held against."""
        for form in value.values():
            try:
                read_formatted(pd.Series(["2024"]), form)
            except (ValueError, re.error):
                raise ValueError("a form of strptime") from None
        return value

    @property
    def theirs(self) -> dict[str, str]:
        """The source's columns that became ours: theirs = ours."""
        named = {name: ours for ours, said in self.columns.items()
                 for name in ((said,) if isinstance(said, str) else said)}  # fmt: skip
        steps = {step.actor: "actor" for step in self.steps.values() if step.actor}
        return {**named, **steps}

    def ours(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Columns by the names that they bear in the log."""
        return tuple(self.theirs.get(name, name) for name in names)

    @property
    def steps(self) -> dict[str, RegisterStep]:
        """The steps of a register by their activities; none of another log."""
        given = {
            name: one if isinstance(one, str) else RegisterStep(**one.model_dump())
            for name, one in self.moments.items()
        }
        return steps_of(given)

    @property
    def renamed(self) -> LogSettings:
        """The same with columns by the names that they bear in the log, whichever were written."""

        def one(name: str | None) -> str | None:
            return None if name is None else self.ours((name,))[0]

        told: dict[str, Any] = {
            name: one(getattr(self, name)) for name in ("applicant", "category")
        }
        told |= {
            name: None if getattr(self, name) is None else self.ours(getattr(self, name))
            for name in ("case_mix", "known")
        }
        told["allowed"] = {one(name): values for name, values in self.allowed.items()}
        told["role"] = one(self.role)
        if self.status is not None:
            column = one(self.status.column)
            told["status"] = self.status.model_copy(update={"column": column})
        return self.model_copy(update=told)

    @property
    def ends(self) -> Endings:
        """What closes and cancels a case."""
        status = None if self.status is None else Status(**self.status.model_dump())
        return Endings(self.closed_by, self.cancelled_by, status)


class ReformSettings(Strict):
    """A change of procedure whose date is known."""

    date: dt.date = Field(ge=_FIRST, le=_LAST, examples=["2024-07-01"])
    title: str = Field("", examples=['"不再开书记办公会"'])
    log: str | None = Field(None, examples=['"incoming"'])


class SurveySettings(Strict):
    """What people were asked: a questionnaire, interviews, who works where."""

    answers: str | None = Field(None, examples=['"answers.csv"'])
    codebook: str | None = Field(None, examples=['"codebook.csv"'])
    issued: _Count | str | None = Field(None, examples=["889", '"issued.csv"'])
    validity: tuple[Validity, ...] = Field(RULES, examples=['["twice", "too_fast"]'])
    earlier: str | None = Field(None, examples=['"answers-2023.csv"'])
    earlier_codebook: str | None = Field(None, examples=['"codebook-2023.csv"'])
    staffing: str | None = Field(None, examples=['"staffing.csv"'])
    interviews: str | None = Field(None, examples=['"interviews.csv"'])
    codes: str | None = Field(None, examples=['"codes.csv"'])

    @property
    def files(self) -> dict[str, str]:
        """The files that it names, by key."""
        named = {name: getattr(self, name) for name in SURVEY_FILES}
        return {name: path for name, path in named.items() if isinstance(path, str)}


_Dates = tuple[_Date, _Date]
_YEAR = ['["2024-01-01", "2024-12-31"]']


class Settings(Strict):
    """The settings of a review, by the names of ``review.toml``."""

    title: str = Field(examples=['"2024年度办文效能调研报告"'])
    language: Language = Field("zh", examples=['"zh"'])
    cutoff: dt.datetime | None = Field(None, examples=["2024-12-31T18:00:00"])
    period: _Dates | None = Field(None, examples=_YEAR)
    baseline: _Dates | None = Field(None, examples=_YEAR)
    timezone: str = Field("Asia/Shanghai", examples=['"Asia/Shanghai"'])
    calendar: str | None = Field(None, examples=['"calendar.toml"'])
    standards: Paths = Field((), examples=['"standards.csv"'])
    rules: Paths = Field((), examples=['"rules.csv"'])
    points: str | None = Field(None, examples=['"points.csv"'])
    small_cell: Annotated[int, Field(ge=1, le=1000)] = Field(5, examples=["5"])
    pseudonyms: StrictBool = Field(default=True, examples=["true"])
    classified: StrictBool = Field(default=False, examples=["true"])
    logs: dict[str, LogSettings] = Field(min_length=1, examples=["[logs.incoming]"])
    survey: SurveySettings | None = Field(None, examples=["[survey]"])
    reforms: tuple[ReformSettings, ...] = Field((), examples=["[[reforms]]"])

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        if not is_zone(value):
            raise ValueError("a time zone such as Asia/Shanghai")
        return value

    @field_validator("cutoff", mode="before")
    @classmethod
    def _a_day_ends_at_midnight(cls, value: Any) -> Any:
        """See the whole day where a cut-off has no time of day."""
        if isinstance(value, str) and len(value.strip()) == len("2024-12-31"):
            value = dt.date.fromisoformat(value.strip())
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return dt.datetime.combine(value, dt.time(23, 59, 59, 999_999))
        return value

    @field_validator("cutoff")
    @classmethod
    def _in_time(cls, value: dt.datetime | None) -> dt.datetime | None:
        if value and not _FIRST <= value.date() <= _LAST:
            raise ValueError("a moment of an office's records")
        return value

    @field_validator("period", "baseline")
    @classmethod
    def _in_order(cls, value: tuple[dt.date, dt.date] | None) -> tuple[dt.date, dt.date] | None:
        if value and value[0] > value[1]:
            raise ValueError("two dates, the first not after the second")
        return value


@dataclass(frozen=True)
class Folder:
    """
    One review folder.

    Attributes
    ----------
    path
        The folder.
    settings
        What its ``review.toml`` says.
    replaced
        Logs whose path was given on the command line, by name.
    """

    path: Path
    settings: Settings
    replaced: dict[str, Path] = field(default_factory=dict)

    def logs(self, name: str) -> tuple[Path, ...]:
        """
        The paths of a log: one file, or several that its settings list or describe by a pattern.

        Raises
        ------
        SettingsError
            If one leaves the repository, or a pattern matches no file.
        """
        if name in self.replaced:
            return tuple(files_of(self.replaced[name])) or (self.replaced[name],)
        given = self.settings.logs[name].path
        return tuple(dict.fromkeys(one for each in given for one in self._matching(name, each)))

    def _matching(self, name: str, relative: str) -> tuple[Path, ...]:
        """The files that a path, a folder of converted logs, or a pattern stands for."""
        if not glob.has_magic(relative) or (self.path / relative).exists():
            files = files_of(self.file(name, relative))
            if not files:
                line = line_of(self.path / "review.toml", "logs", name, "path")
                details = {"path": relative}
                raise SettingsError(
                    [Problem("empty_folder", details, file="review.toml", line=line)]
                )
            return tuple(self.file(name, os.path.relpath(one, self.path)) for one in files)
        found = [
            one
            for one in sorted(glob.glob(relative, root_dir=self.path))  # noqa: PTH207 (goes up too)
            # What a spreadsheet program leaves beside an open file.
            if not Path(one).name.startswith(("~$", "."))
        ]
        if not found:
            line = line_of(self.path / "review.toml", "logs", name, "path")
            details = {"pattern": relative}
            raise SettingsError([Problem("no_match", details, file="review.toml", line=line)])
        return tuple(self.file(name, one) for one in found)

    def files(self, name: str) -> dict[str, Path]:
        """
        The files that a key names, one or several, by what the settings say; none: no key.

        Raises
        ------
        SettingsError
            If one leaves the repository.
        """
        given = getattr(self.settings, name)
        named = () if given is None else (given,) if isinstance(given, str) else given
        return {relative: self.file(name, relative) for relative in named}

    def to_fill(self, name: str) -> Path:
        """The file to which more rows of a kind are written: the last that a key names."""
        return list((self.files(name) or {"": self.path / f"{name}.csv"}).values())[-1]

    def file(self, name: str, relative: str, *within: str) -> Path:
        """
        The path of a file that the settings name.

        Parameters
        ----------
        name
            The key, or the log's name.
        relative
            What the settings say.
        within
            The tables in which the key stands.

        Raises
        ------
        SettingsError
            If it leaves the repository.
        """
        found = (self.path / relative).resolve()
        if not found.is_relative_to(repository(self.path)):
            is_log = name in self.settings.logs and not within
            place = ("logs", name, "path") if is_log else (*within, name)
            line = line_of(self.path / "review.toml", *place)
            details = {"path": relative, "name": name, "absolute": str(found)}
            key = "outside" if is_log else "outside_file"
            raise SettingsError([Problem(key, details, file="review.toml", line=line)])
        return found


def repository(folder: Path) -> Path:
    """The repository of a folder: the nearest one above with a ``.git``, or itself."""
    here = folder.resolve()
    return next((parent for parent in (here, *here.parents) if (parent / ".git").exists()), here)


def read_folder(path: str | Path, replaced: dict[str, Path] | None = None) -> Folder:
    """
    Read the settings of a review folder.

    Parameters
    ----------
    path
        The folder; it holds ``review.toml``.
    replaced
        Absolute paths of logs, by name, in place of those in the settings.

    Raises
    ------
    SettingsError
        Lists every unknown key and every bad value, with file and line.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise SettingsError([Problem("no_folder", {"path": str(path)})])
    mend(folder)
    source = folder / "review.toml"
    settings = read_settings(Settings, source)
    unknown = [name for name in replaced or {} if name not in settings.logs]
    if unknown:
        known = tuple(settings.logs)
        raise SettingsError(
            [Problem("no_log", {"got": name, "hint": Hint(name, known)}) for name in unknown]
        )
    halves = [
        Problem("half_register", {"log": name, "have": "shape" if one.moments == {} else "moments"},
                file=source.name, line=line_of(source, "logs", name))
        for name, one in settings.logs.items()
        if (one.shape == "register") != bool(one.moments)
    ]  # fmt: skip
    if halves:
        raise SettingsError(halves)
    named = {name: log.renamed for name, log in settings.logs.items()}
    settings = settings.model_copy(update={"logs": named})
    return Folder(folder, settings, dict(replaced or {}))
