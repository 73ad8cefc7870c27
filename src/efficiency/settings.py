"""What a person decided for one review: ``review.toml``, read and found sound."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from efficiency._files import line_of, read_toml
from efficiency.problems import Hint, Language, Problem, SettingsError

Share = Annotated[float, Field(ge=0, le=1)]
_SUFFIXES = {"cutoff": "2024-12-31T18:00:00", "period": '["2024-01-01", "2024-12-31"]'}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LogSettings(_Strict):
    """One log of a review."""

    path: str
    model: str | None = None
    closed_by: tuple[str, ...] = ()
    columns: dict[str, str] = {}
    day_first: bool | None = None


class SurveySettings(_Strict):
    """The survey of a review."""

    answers: str
    codebook: str
    issued: int | None = None


class Settings(_Strict):
    """The settings of a review, by the names of ``review.toml``."""

    title: str
    language: Language = "zh"
    cutoff: dt.datetime | None = None
    period: tuple[dt.date, dt.date] | None = None
    baseline: tuple[dt.date, dt.date] | None = None
    timezone: str = "Asia/Shanghai"
    calendar: str | None = None
    standards: str | None = None
    rules: str | None = None
    points: str | None = None
    small_cell: Annotated[int, Field(ge=1)] = 5
    pseudonyms: bool = True
    logs: Annotated[dict[str, LogSettings], Field(min_length=1)]
    survey: SurveySettings | None = None

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("a time zone such as Asia/Shanghai") from None
        return value

    @field_validator("cutoff", mode="before")
    @classmethod
    def _a_day_ends_at_midnight(cls, value: Any) -> Any:
        """See the whole day where a cut-off has no time of day."""
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return dt.datetime.combine(value, dt.time(23, 59, 59, 999_999))
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

    def file(self, name: str, relative: str) -> Path:
        """
        Give the path of a file that the settings name.

        Raises
        ------
        SettingsError
            If it leaves the repository.
        """
        if name in self.replaced:
            return self.replaced[name]
        found = (self.path / relative).resolve()
        if not found.is_relative_to(repository(self.path)):
            details = {"path": relative, "name": name}
            line = line_of(self.path / "review.toml", "logs", name, "path")
            raise SettingsError([Problem("outside", details, file="review.toml", line=line)])
        return found


def repository(folder: Path) -> Path:
    """Give the repository of a folder: the nearest one above with a ``.git``, or itself."""
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
    source = folder / "review.toml"
    raw = read_toml(source)
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        raise SettingsError([_problem(item, source) for item in error.errors()]) from None
    unknown = [name for name in replaced or {} if name not in settings.logs]
    if unknown:
        known = tuple(settings.logs)
        raise SettingsError(
            [Problem("no_log", {"got": name, "hint": Hint(name, known)}) for name in unknown]
        )
    return Folder(folder, settings, dict(replaced or {}))


def _problem(item: Any, source: Path) -> Problem:
    """Turn what pydantic says into a message with its line and what to type."""
    place = [str(part) for part in item["loc"]]
    line = line_of(source, *(part for part in place if not part.isdigit()))
    name = ".".join(place)
    if item["type"] == "extra_forbidden":
        known = _known_keys(place)
        details = {"name": name, "hint": Hint(place[-1], known)}
        return Problem("unknown_key", details, file=source.name, line=line)
    if item["type"] == "missing":
        example = {"title": 'title = "2024年度办文效能调研报告"', "path": 'path = "incoming.csv"'}
        details = {"name": name, "example": example.get(place[-1], "[logs.incoming]")}
        return Problem("no_key", details, file=source.name, line=line)
    right = _SUFFIXES.get(place[0], item["msg"].removeprefix("Value error, "))
    details = {"name": name, "got": repr(item["input"]), "right": right}
    return Problem("bad_value", details, file=source.name, line=line)


def _known_keys(place: list[str]) -> tuple[str, ...]:
    models: dict[str, type[BaseModel]] = {"logs": LogSettings, "survey": SurveySettings}
    model = models.get(place[0], Settings) if len(place) > 1 else Settings
    return tuple(model.model_fields)
