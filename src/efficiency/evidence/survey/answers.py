"""The answers of a questionnaire as a platform exports them: one row a respondent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.evidence.log.sources import open_source
from efficiency.evidence.log.texts import as_texts, plain, trim
from efficiency.evidence.points.cells import read_date
from efficiency.evidence.survey.codebook import ATTRIBUTES, bare, of_role, scale_of
from efficiency.evidence.survey.scales import Scale, read_scale
from efficiency.problems import Hint, Problem, SettingsError

#: What parts the options of one answer, and what a platform puts behind an option of one's own.
BETWEEN, _COMMAS = re.compile(r"[┋|｜;；\n]"), re.compile(r"[,，、]\s*")
_OWN = re.compile(
    r"\s*(?:〖.*?〗|【.*?】)$|(?<=其他)\s*[:：].*$|(?<=other)\s*[:：].*$", re.IGNORECASE
)
#: Answers that say nothing, and options that were not put.
_NOTHING = {
    "",
    "无",
    "没有",
    "暂无",
    "无意见",
    "none",
    "no",
    "(跳过)",
    "（跳过）",
    "跳过",
    "(空)",
    "（空）",
    "-",
}
_CLOCK = re.compile(r"^(\d{1,2}):(\d{2}):(\d{2})$")
_TOOK = re.compile(
    r"^(?:(\d+)\s*(?:时|小时|h)[^\d]*)?(?:(\d+)\s*(?:分钟|分|m|min)[^\d]*)?"
    r"(?:(\d+(?:\.\d+)?)\s*(?:秒钟?|s|sec)?)?$"
)
#: Rows from which on alike answers of all are no chance.
_MANY_ALIKE = 10
#: Without times, so many questions that all answer alike are no chance either.
_MANY_ITEMS = 8


@dataclass(frozen=True)
class Answers:
    """
    What a file of answers says.

    Attributes
    ----------
    people
        One row a respondent: ``row, office, respondent, seconds, submitted`` (the day) and each
        choice by its item.
    responses
        ``tables.RESPONSES``: one row a respondent and scaled item.
    picks, texts
        ``row, item, option`` and ``row, item, text``: what was ticked, and what was written.
    name
        Of the file.
    unread_seconds
        Respondents whose time taken could not be read.
    names
        What stands in a column of names: nobody is called so in what is told.
    unasked
        Columns of which the codebook says nothing.
    """

    people: pd.DataFrame
    responses: pd.DataFrame
    picks: pd.DataFrame
    texts: pd.DataFrame
    name: str
    unasked: tuple[str, ...] = ()
    unread_seconds: int = 0
    names: frozenset[str] = frozenset()


def read_answers(path: str | Path, items: pd.DataFrame, codebook: str = "") -> Answers:
    """
    Read answers by their codebook.

    Parameters
    ----------
    path
        A csv file or workbook with one row a respondent, its headings the questions.
    items
        ``tables.ITEMS``.
    codebook
        The name of its file, for messages.

    Raises
    ------
    SettingsError
        Lists every item without a column, every answer off its scale, and rows that are all of
        one respondent, with their places.
    LogError
        If the file cannot be opened.
    """
    source = open_source(path if isinstance(path, Path) else Path(path))
    frame = source.frame.rename(columns=str)
    frame = pd.DataFrame({name: as_texts(frame[name]).fillna("").map(trim) for name in frame})
    columns, problems = _columns(items, list(frame), source.name, codebook)
    cells = frame[list(columns.values())].set_axis(list(columns), axis=1)
    rows = pd.Series(range(1, len(cells) + 1), index=cells.index)
    responses, off = _responses(cells, rows, scale_of(items))
    problems += list(_off_scale(off, columns, source.name))
    people = _people(cells, rows, items)
    problems += list(_of_one(people, responses, source.name))
    if problems:
        raise SettingsError(problems)
    unasked = [name for name in frame if name not in columns.values()]
    return Answers(
        people, responses, _picks(cells, rows, items), _texts(cells, rows, items), source.name,
        tuple(unasked), _unread(cells, items), _names_in(frame),
    )  # fmt: skip


def _columns(
    items: pd.DataFrame, have: list[str], file: str, codebook: str
) -> tuple[dict[str, str], list[Problem]]:
    """The column of each item: by its text, with or without a number, else by its name."""
    known = {plain(name): name for name in have}
    counts = Counter(plain(bare(name)) for name in have)
    for name in have:
        if counts[plain(bare(name))] == 1:  # of two with the same words only the number tells
            known.setdefault(plain(bare(name)), name)
    found, problems = dict[str, str](), list[Problem]()
    for row in items[items["scale"] != "construct"].itertuples(index=False):
        forms = (plain(row.text), plain(bare(row.text)), plain(row.item))
        column = next((known[form] for form in forms if form in known), None)
        if column is None:
            details = {"item": row.item, "got": row.text, "file": file,
                       "hint": Hint(row.text, tuple(have))}  # fmt: skip
            problems.append(Problem("no_question", details, codebook, int(row.line)))
        elif column in found.values():
            details = {"got": row.text}
            problems.append(Problem("item_twice", details, codebook, int(row.line)))
        else:
            found[str(row.item)] = column
    return found, problems


def _unread(cells: pd.DataFrame, items: pd.DataFrame) -> int:
    """How many say how long they took in a form that is none."""
    said = [cells[item] for item in of_role(items, "seconds") if item in cells]
    return sum(int(((one != "") & one.map(seconds_of).isna()).sum()) for one in said)


def _names_in(frame: pd.DataFrame) -> frozenset[str]:
    """The values of columns that are called so as to hold names, asked for or not."""
    named = [name for name in frame if re.search(r"姓名|名字|^name$", bare(name), re.IGNORECASE)]
    return frozenset(value for name in named for value in frame[name] if value)


def _responses(
    cells: pd.DataFrame, rows: pd.Series, scales: Mapping[str, Scale]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The steps that were answered, item by item; and the answers that are on no scale."""
    parts = []
    for item, scale in scales.items():
        if item in cells:
            said = cells[item]
            known = {one: scale.step(one) for one in said.unique()}
            parts.append(pd.DataFrame({"row": rows, "item": item, "said": said,
                                       "told": said.map(known)}))  # fmt: skip
    if not parts:
        return tables.RESPONSES.empty(), pd.DataFrame(columns=["row", "item", "said"])
    whole = pd.concat(parts, ignore_index=True)
    is_step = whole["told"].map(lambda one: isinstance(one, int))
    step = pd.to_numeric(whole["told"].where(is_step), errors="coerce").astype("float64")
    reason = whole["told"].where(~is_step, "").astype(object)
    told = whole.assign(step=step, reason=reason)
    off = told[reason == "off_scale"]
    return tables.RESPONSES.check(told[tables.RESPONSES.names]), off[["row", "item", "said"]]


def _off_scale(off: pd.DataFrame, columns: Mapping[str, str], file: str) -> Iterator[Problem]:
    """Each answer that is on no step of its scale, with its first row and how often it stands."""
    for (item, said), rows in off.groupby(["item", "said"], sort=False):
        details = {"got": said, "n": len(rows), "item": item, "row": int(rows["row"].min())}
        yield Problem("off_scale", details, file, column=columns[str(item)])


def _people(cells: pd.DataFrame, rows: pd.Series, items: pd.DataFrame) -> pd.DataFrame:
    """One row a respondent, with what tells respondents apart."""

    def first(role: str) -> pd.Series:
        named = [item for item in of_role(items, role) if item in cells]
        return cells[named[0]] if named else pd.Series("", index=cells.index)

    office = first("office")
    choices = {
        item: _trait(cells[item])
        for item in of_role(items, "choice") if item in cells
    }  # fmt: skip
    held = [name for name in ATTRIBUTES if name in cells and name not in choices]
    choices |= {name: _trait(cells[name]) for name in held}
    return pd.DataFrame(
        {
            "row": rows,
            "office": office.where(office != "").astype(object),
            "respondent": _ids(first("id")),
            "seconds": first("seconds").map(seconds_of).astype("float64"),
            "submitted": first("time").map(day_of).astype("datetime64[us]"),
            **choices,
        }
    ).reset_index(drop=True)


def parted_by(said: pd.Series) -> re.Pattern[str]:
    """
    What parts the options of a column: a platform's own sign, else commas where they make options.

    Examples
    --------
    >>> parted_by(pd.Series(["会议多,材料多", "会议多", "材料多"])) is BETWEEN
    False
    """
    filled = said[said != ""]
    if filled.str.contains(BETWEEN).any() or not filled.str.contains(_COMMAS).any():
        return BETWEEN
    parts = filled.str.split(_COMMAS).explode()
    # Commas within options make more parts than there are answers.
    alone = set(filled[~filled.str.contains(_COMMAS)])
    return _COMMAS if parts.nunique() < filled.nunique() and set(parts) & alone else BETWEEN


def day_of(text: str) -> pd.Timestamp:
    """
    The day on which somebody answered; none where it does not say.

    Examples
    --------
    >>> str(day_of("2024/11/23 16:46:30").date()), day_of("上周")
    ('2024-11-23', NaT)
    """
    try:
        return read_date(text.split(" ", maxsplit=1)[0])
    except ValueError:
        return pd.NaT


def seconds_of(text: str) -> float:
    """
    How many seconds somebody took; nan where it does not say.

    Examples
    --------
    >>> [seconds_of(said) for said in ("375秒", "6分15秒", "00:06:15", "42", "")]
    [375.0, 375.0, 375.0, 42.0, nan]
    """
    found = (_CLOCK.match(text.strip()) or _TOOK.match(text.strip())) if text.strip() else None
    if found is None:
        return float("nan")
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def _trait(said: pd.Series) -> pd.Series:
    """The values of a choice, without what somebody wrote behind an option."""
    told = said.map(lambda text: _OWN.sub("", text))
    return told.mask(told.str.lower().isin(_NOTHING)).astype(object)


def _ids(said: pd.Series) -> pd.Series:
    """The numbers of respondents; who gives none is nobody twice."""
    return said.mask(said.str.lower().isin(_NOTHING | {"匿名", "anonymous"})).astype(object)


def _of_one(people: pd.DataFrame, responses: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Whether all rows are of one respondent: by its number, or as alike as copies are."""
    known = people["respondent"].dropna()
    if len(known) > 1 and len(known.unique()) == 1:
        yield Problem("one_respondent", {"n": len(known), "got": known.iloc[0]}, file)
        return
    wide = responses.pivot_table(index="row", columns="item", values="step", dropna=False)
    alike = len(wide) > _MANY_ALIKE and wide.shape[1] > 1 and len(wide.drop_duplicates()) == 1
    # Whoever took as long to the second and ticked the same, row after row, is one.
    timed = bool(people["seconds"].notna().all()) or wide.shape[1] >= _MANY_ITEMS
    if alike and timed and wide.notna().any(axis=None) and len(people["seconds"].unique()) == 1:
        yield Problem("one_answer", {"n": len(wide)}, file)


def _picks(cells: pd.DataFrame, rows: pd.Series, items: pd.DataFrame) -> pd.DataFrame:
    """What was ticked where several options could be."""
    parts = [
        pd.DataFrame({"row": rows, "item": item,
                      "option": cells[item].str.split(parted_by(cells[item]))})
        for item in of_role(items, "multi") if item in cells
    ]  # fmt: skip
    if not parts:
        return pd.DataFrame({"row": [], "item": [], "option": []})
    whole = pd.concat(parts, ignore_index=True).explode("option", ignore_index=True)
    option = whole["option"].fillna("").map(lambda text: _OWN.sub("", trim(text)))
    kept = whole.assign(option=option)[~option.str.lower().isin(_NOTHING - {"无", "没有", "none"})]
    return kept.drop_duplicates().reset_index(drop=True)


def _texts(cells: pd.DataFrame, rows: pd.Series, items: pd.DataFrame) -> pd.DataFrame:
    """What was written in words; 无 and the like say nothing."""
    parts = [
        pd.DataFrame({"row": rows, "item": item, "text": cells[item]})
        for item in of_role(items, "text") if item in cells
    ]  # fmt: skip
    if not parts:
        return pd.DataFrame({"row": [], "item": [], "text": []})
    whole = pd.concat(parts, ignore_index=True)
    said = whole["text"].str.strip("。.！! ").str.lower()
    return whole[~said.isin(_NOTHING)].reset_index(drop=True)


def is_scaled(text: str) -> bool:
    """Whether a cell of a codebook is a scale and no role."""
    return isinstance(read_scale(text), Scale)


def steps_after(responses: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """
    The answers with reversed items turned, so that a higher step is always the better one.

    Examples
    --------
    >>> items = pd.DataFrame({"item": ["Q1"], "scale": ["1-5"], "reversed": [True]})
    >>> said = pd.DataFrame({"row": [1], "item": ["Q1"], "step": [2.0], "reason": [""]})
    >>> steps_after(said, items)["step"].tolist()
    [4.0]
    """
    steps = {item: scale.steps for item, scale in scale_of(items).items()}
    turned = set(items.loc[items["reversed"], "item"])
    many = responses["item"].map(steps).astype("float64")
    return responses.assign(
        step=np.where(responses["item"].isin(turned), many + 1 - responses["step"],
                      responses["step"])
    )  # fmt: skip
