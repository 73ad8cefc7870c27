"""Settings in TOML: read, validated, and every slip told at once with its line and an example."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from efficiency._doors.files import decode
from efficiency._doors.signs import visible
from efficiency.messages import MESSAGES
from efficiency.problems import Hint, Problem, SettingsError

_PART = re.compile(r'"([^"]*)"|\'([^\']*)\'|([^.\s\[\]]+)')
_TABLE = re.compile(r"^\[\[?\w")
#: No setting has such signs in it, so many levels or so large a number.
_DEEPEST, _LARGEST = 20, 10**15
Place = tuple[str | int, ...]


class Strict(BaseModel):
    """Settings that take no key they do not know, and do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Strict)


def read_toml(path: Path) -> dict[str, Any]:
    """
    Read a TOML file.

    Raises
    ------
    SettingsError
        If it is missing or cannot be parsed; names the line.
    """
    if not path.is_file():
        raise SettingsError([Problem("no_file", {"path": str(path)}, file=path.name)])
    try:
        text = decode(path.read_bytes())[0]
    except UnicodeDecodeError:
        raise SettingsError([Problem("encoding", file=path.name)]) from None
    hidden = [
        Problem("toml_control", {"name": path.name, "got": visible(line.strip())}, path.name, at)
        for at, line in enumerate(text.split("\n"), start=1)
        if visible(line.rstrip("\r")) != line.rstrip("\r")
    ]
    if hidden:
        raise SettingsError(hidden)
    raw = _parsed(text, path)
    odd = list(_odd(raw, ()))
    if odd:
        raise SettingsError(
            Problem(key, {"name": name_of(place), "got": got, "most": _DEEPEST}, path.name,
                    line_of(path, *place))
            for key, place, got in odd
        )  # fmt: skip
    return raw


def _parsed(text: str, path: Path) -> dict[str, Any]:
    first: Exception | None = None
    for told in (text, with_quoted_keys(text)):
        try:
            return tomllib.loads(told)
        except RecursionError:
            details = {"name": path.name, "got": "[[[…", "most": _DEEPEST}
            raise SettingsError([Problem("toml_deep", details, file=path.name)]) from None
        except tomllib.TOMLDecodeError as error:
            first = first or error
        except ValueError:  # what Python says of a number of thousands of digits
            raise SettingsError([Problem("toml_digits", file=path.name)]) from None
    raise SettingsError([Problem("toml", {"why": str(first)}, file=path.name)]) from None


def _odd(value: Any, place: Place) -> Iterator[tuple[str, Place, str]]:
    """What no setting can be: control characters, huge numbers, levels without end."""
    if len(place) > _DEEPEST:
        yield "toml_deep", place[:2], "[[[…"
    elif isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(name, str) and visible(name) != name:
                yield "toml_control", place, visible(name)
            yield from _odd(inner, (*place, name))
    elif isinstance(value, str) and visible(value) != value:
        yield "toml_control", place, visible(value)
    elif isinstance(value, int) and abs(value) >= _LARGEST:
        yield "toml_large", place, f"{str(value)[:12]}…" if abs(value) < 10**4000 else "9999…"


def name_of(place: Place) -> str:
    """A key with the tables in which it stands."""
    return ".".join(str(part) for part in place if not isinstance(part, int))


def with_quoted_keys(text: str) -> str:
    """
    A TOML text with its Chinese keys in quotes, which TOML 1.0 wants and people forget.

    Examples
    --------
    >>> with_quoted_keys('立项 = "立项日期"')
    '"立项" = "立项日期"'
    >>> with_quoted_keys('[units.值班室]')
    '[units."值班室"]'
    """
    lines = []
    for line in text.splitlines():
        if re.match(r"\s*\[", line):
            told = re.sub(r"(?<=[.\[])([^\W_][^.\]\"\s]*)(?=[.\]])", _quoted_part, line)
        else:
            told = re.sub(r"(^\s*|[{,]\s*)([^\s\"'=\[\]{},#]+)(?=\s*=)", _quoted_key, line)
        lines.append(told)
    return "\n".join(lines)


def _quoted_part(found: re.Match[str]) -> str:
    return found[1] if found[1].isascii() else f'"{found[1]}"'


def _quoted_key(found: re.Match[str]) -> str:
    return found[0] if found[2].isascii() else f'{found[1]}"{found[2]}"'


def read_settings(model: type[Model], path: Path) -> Model:
    """
    Read a TOML file as a model.

    Parameters
    ----------
    model
        What it must hold; the first of a field's examples is what messages tell to write.
    path
        The file.

    Raises
    ------
    SettingsError
        Lists every unknown key, missing key and bad value with its line.
    """
    raw = read_toml(path)
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise SettingsError([_problem(item, model, path) for item in error.errors()]) from None


def line_of(path: Path, *place: str | int) -> int | None:
    """
    Find the line of a key, so that a message can name it.

    Parameters
    ----------
    path
        The TOML file.
    place
        The names from the top down; a number tells which of several ``[[tables]]``.

    Returns
    -------
    int or None
        The line that names most of the place.
    """
    best, found = 0, None
    for number, named in _named_lines(decode(path.read_bytes())[0]):
        shared = min(len(named), len(place))
        if named[:shared] == place[:shared] and shared > best:
            best, found = shared, number
    return found


def _named_lines(text: str) -> list[tuple[int, Place]]:
    """Each line that names a table or a key, with its whole place."""
    lines, section, counts = list[tuple[int, Place]](), Place(), dict[str, int]()
    for number, line in enumerate(text.splitlines(), start=1):
        plain = line.strip()
        if plain.startswith("[["):
            name = _parts(plain)[0]
            counts[name] = counts.get(name, -1) + 1
            section = (name, counts[name])
            lines.append((number, section))
        elif plain.startswith("["):
            section = tuple(_parts(plain.split("]")[0]))
            lines.append((number, section))
        elif "=" in plain and not plain.startswith("#"):
            lines.append((number, (*section, *_parts(plain.split("=")[0]))))
    return lines


def _parts(text: str) -> list[str]:
    return ["".join(found) for found in _PART.findall(text)]


def _problem(item: Any, model: type[BaseModel], source: Path) -> Problem:
    """Turn what pydantic says into a message with its line and what to type."""
    place: Place = tuple(item["loc"])
    name = name_of(place)
    where: dict[str, Any] = {"file": source.name, "line": line_of(source, *place)}
    if item["type"] == "extra_forbidden":
        known = tuple(_fields(_model_at(model, place[:-1])))
        return Problem("unknown_key", {"name": name, "hint": Hint(str(place[-1]), known)}, **where)
    example = _example(model, place)
    if item["type"] == "missing":
        return Problem("no_key", {"name": name, "example": example}, **where)
    if item["type"] in MESSAGES:
        return Problem(item["type"], {"got": item["input"]}, **where)
    return Problem("bad_value", {"name": name, "got": item["input"], "right": example}, **where)


def _fields(model: type[BaseModel] | None) -> dict[str, Any]:
    if model is None:
        return {}
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_at(model: type[BaseModel], place: Place) -> type[BaseModel] | None:
    """Follow a place down to the model that stands there."""
    here: type[BaseModel] | None = model
    for part in place:
        field = _fields(here).get(str(part))
        if field is not None:
            here = _inner_model(field.annotation)
    return here


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_inner_model(part) for part in get_args(annotation))
    return next((found for found in inner if found is not None), None)


def _example(model: type[BaseModel], place: Place) -> str:
    """A line that would be right: the field's example, with its name."""
    for length in range(len(place), 0, -1):
        name = place[length - 1]
        field = _fields(_model_at(model, place[: length - 1])).get(str(name))
        if field is not None and field.examples:
            shown = str(field.examples[0])
            return shown if _TABLE.match(shown) else f"{name} = {shown}"
    return ""
