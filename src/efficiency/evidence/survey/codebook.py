"""The codebook of a questionnaire: what each column of the answers asks, on which scale."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from efficiency import tables
from efficiency.evidence.log.sources import open_source
from efficiency.evidence.log.texts import plain
from efficiency.evidence.named_columns import named_columns, told_by
from efficiency.evidence.survey.scales import ROLES, Scale, in_order, read_scale
from efficiency.problems import Hint, Problem, SettingsError

#: What people call the columns.
NAMES = {
    "item": ("item", "id", "题号"),
    "text": ("text", "题目"),
    "short": ("short", "简称"),
    "scale": ("scale", "量表"),
    "reversed": ("reversed", "reverse", "反向"),
    "construct": ("construct", "维度"),
    "linked": ("linked", "linked measure", "linked_measure", "linked_metric", "关联指标"),
}
_NEEDED = ("item", "scale")
#: What tells respondents apart: such items bear these names, and tables are asked for by them.
ATTRIBUTES = ("office_type", "education", "post_type", "age_band", "years")
#: Roles that one column has at most; names that are ours in the table of respondents.
_ONCE = ("office", "id", "seconds", "time")
_RESERVED = frozenset({"row", "office", "respondent", "seconds", "submitted"})
_YES = {"yes", "是", "y", "1", "true", "反向"}
_NO = {"", "no", "否", "n", "0", "false"}
_NUMBERED = re.compile(r"^\s*(?:Q|q|第)?\d+\s*(?:[.、．:：)）题]|\s)\s*")
_KIND = re.compile(
    r"[（(\[【](?:单选|多选|填空|矩阵|量表|反向)[^）)\]】]*[）)\]】]\s*$|\[(?:单选|多选)题\]$"
)


def read_codebook(path: str | Path) -> pd.DataFrame:
    """
    Read a codebook.

    Parameters
    ----------
    path
        A csv file or workbook, one row a column of the answers: ``item`` (what tables call it)``,
        text`` (the heading in the answers)``, short`` (how a report names it)``, scale`` (the words
        of its steps from low to high, parted by ``|``; a range of numbers such as ``1-5``; or one
        of `scales.ROLES`)``, reversed, construct, linked`` (the standard, rule or activity that
        measures the same); in Chinese 题号, 题目, 简称, 量表, 反向, 维度, 关联指标.

    Returns
    -------
    DataFrame
        ``tables.ITEMS``, in the order of the file.

    Raises
    ------
    SettingsError
        Lists every item that stands twice, scale that cannot be read or is written from high to
        low, and construct of one item, with its line.
    """
    path = Path(path)
    source = open_source(path)
    frame = source.frame.rename(columns=str)
    there = named_columns(frame, NAMES, _NEEDED, source.name)
    told = told_by(frame, there)
    told = told[(told[[name for name in there if there[name]]] != "").any(axis=1)]
    told = told.assign(text=told["text"].where(told["text"] != "", told["item"]))
    told = told.assign(short=told["short"].where(told["short"] != "", told["text"].map(bare)))
    if told.empty:
        raise SettingsError([Problem("no_rows", file=source.name)])
    problems = list(_wrong(told, source.name, there))
    if problems:
        raise SettingsError(sorted(problems, key=lambda one: one.line or 0))
    is_reversed = told["reversed"].str.lower().isin(_YES)
    scale = told["scale"].map(lambda text: _told(read_scale(text)))
    whole = told.assign(reversed=is_reversed, scale=scale, line=told.index + 2)
    return tables.ITEMS.check(whole[tables.ITEMS.names])


def bare(text: str) -> str:
    """
    A question without its number and what kind it is.

    Examples
    --------
    >>> bare("8、您认为影响效率的主要原因（多选题）"), bare("Q3. How fast?")
    ('您认为影响效率的主要原因', 'How fast?')
    """
    return _KIND.sub("", _NUMBERED.sub("", text)).strip() or text


def scale_of(items: pd.DataFrame) -> dict[str, Scale]:
    """The scale of each item that has one, by its name."""
    read = {row.item: read_scale(row.scale) for row in items.itertuples(index=False)}
    return {item: scale for item, scale in read.items() if isinstance(scale, Scale)}


def scales_with_constructs(items: pd.DataFrame) -> dict[str, Scale]:
    """The scale of each item, and of each whole construct that has a row: that of its questions."""
    scales = scale_of(items)
    first = items[items["construct"] != ""].drop_duplicates("construct")
    by_construct = dict(zip(first["construct"], first["item"], strict=True))
    return scales | {name: scales[by_construct[name]] for name in of_role(items, "construct")}


def of_role(items: pd.DataFrame, role: str) -> list[str]:
    """The items of one of `scales.ROLES`, in their order."""
    return [str(item) for item in items.loc[items["scale"] == role, "item"]]


def _told(scale: Scale | str | None) -> str:
    return scale.text if isinstance(scale, Scale) else str(scale or "")


def _wrong(told: pd.DataFrame, file: str, there: dict[str, str]) -> Iterator[Problem]:
    """What is wrong with the rows of a codebook, each with its line."""
    for name in ("item", "text"):
        counts = Counter(map(plain, told[name]))
        for at, value in told[name].items():
            place = (file, int(at) + 2, there[name])
            if not value:
                yield Problem("no_key", {"name": there[name], "example": "Q1"}, *place)
            elif (
                counts[plain(value)] > 1
                and at != told.index[told[name].map(plain) == plain(value)][0]
            ):
                yield Problem("item_twice", {"got": value}, *place)
    yield from _wrong_roles(told, file, there)
    for at, row in told.iterrows():
        yield from _wrong_scale(row, file, int(at) + 2, there)
    yield from _wrong_constructs(told, file, there)
    sizes = told.loc[told["construct"] != "", "construct"].value_counts()
    for at, row in told[told["construct"].isin(sizes.index[sizes == 1])].iterrows():
        details = {"got": row["construct"], "item": row["item"]}
        yield Problem("construct_of_one", details, file, int(at) + 2, there["construct"])


def _wrong_roles(told: pd.DataFrame, file: str, there: dict[str, str]) -> Iterator[Problem]:
    """Roles that stand twice, and items whose name is taken."""
    for name in _ONCE:
        rows = told[told["scale"].map(read_scale) == name]
        for at in rows.index[1:]:
            details = {"got": told.at[at, "item"], "scale": told.at[at, "scale"]}
            yield Problem("role_twice", details, file, int(at) + 2, there["scale"])
    for at in told.index[told["item"].isin(_RESERVED)]:
        if read_scale(told.at[at, "scale"]) not in {*_ONCE, "skip"}:
            details = {"got": told.at[at, "item"]}
            yield Problem("item_reserved", details, file, int(at) + 2, there["item"])


def _wrong_constructs(told: pd.DataFrame, file: str, there: dict[str, str]) -> Iterator[Problem]:
    """Rows of a whole construct that no question belongs to, or whose questions differ in steps."""
    known = tuple(dict.fromkeys(told.loc[told["construct"] != "", "construct"]))
    for at in told.index[told["scale"].map(read_scale) == "construct"]:
        name = told.at[at, "item"]
        steps = {
            scale.steps for text in told.loc[told["construct"] == name, "scale"]
            if isinstance(scale := read_scale(text), Scale)
        }  # fmt: skip
        if len(steps) != 1:
            details = {"got": name, "hint": Hint(name, known)}
            key = "construct_steps" if steps else "no_construct"
            yield Problem(key, details, file, int(at) + 2, there["item"])


def _wrong_scale(row: pd.Series, file: str, line: int, there: dict[str, str]) -> Iterator[Problem]:
    scale, said = read_scale(row["scale"]), row["reversed"].lower()
    if scale is None:
        details = {"got": row["scale"], "hint": Hint(row["scale"], ROLES)}
        yield Problem("no_scale", details, file, line, there["scale"])
    elif isinstance(scale, Scale) and (ordered := in_order(scale)) != scale:
        key = "reversed_twice" if said in _YES else "scale_backwards"
        right = "|".join(ordered.words)
        yield Problem(key, {"got": row["scale"], "right": right}, file, line, there["scale"])
    if said not in _YES | _NO:
        details = {"name": there["reversed"], "got": row["reversed"], "right": "是、否 / yes, no"}
        yield Problem("bad_value", details, file, line, there["reversed"])
    if said in _YES and not isinstance(scale, Scale):
        details = {"got": row["scale"]}
        yield Problem("reversed_no_scale", details, file, line, there["reversed"])
    for name in ("construct", "linked"):
        if row[name] and isinstance(scale, str) and (scale, name) != ("construct", "linked"):
            details = {"name": there[name], "got": row[name], "scale": row["scale"]}
            yield Problem("not_scaled", details, file, line, there[name])
