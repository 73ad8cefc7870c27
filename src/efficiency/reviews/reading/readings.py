"""How a log was read, told in lines: what was rejected or changed, with examples, and the mend."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from efficiency.evidence.log.headers import (
    AGAIN,
    HIDDEN_ROW,
    HIDDEN_SHEET,
    NOT_COMPUTED,
    OTHER_SHEET,
    OUT_OF_ORDER,
    OUTSIDE,
    REPEATED,
    UNNAMED,
    ZEROS,
)
from efficiency.evidence.log_record import Record
from efficiency.evidence.people.personal import Personal
from efficiency.evidence.survey.codebook import scale_of
from efficiency.evidence.survey.surveys import Survey
from efficiency.language import Language, joined
from efficiency.reviews.settings import LogSettings
from efficiency.words import phrase

#: From this share of rows on a log is to be looked at before it is counted.
MUCH = 0.01
#: Values that are told of each reason.
EXAMPLES = 3

#: The fixed words of the ledger, English in every language: what is said of each.
_FIXED = {
    "trimmed": "trimmed",
    OUTSIDE: "outside",
    UNNAMED: "unnamed",
    AGAIN: "again",
    OUT_OF_ORDER: "out_of_order",
    REPEATED: "repeated",
    OTHER_SHEET: "sheet_beside",
    HIDDEN_SHEET: "sheet_hidden",
    HIDDEN_ROW: "row_hidden",
    NOT_COMPUTED: "not_computed",
    ZEROS: "zeros",
}


def reading(name: str, record: Record, language: Language, *, ended: bool = True) -> Iterator[str]:
    """
    Tell how a log was read.

    Parameters
    ----------
    name
        The log.
    record
        What was read.
    language
        Of the lines.
    ended
        Whether it was said what ends a case.

    Examples
    --------
    >>> from efficiency.evidence.log.records import read_record
    >>> frame = pd.DataFrame({"case_id": "1", "activity": "a", "end": ["2024-03-05", "soon"]})
    >>> for line in reading("log", read_record(frame), "en"):
    ...     print(line)
    log: 2 rows = 1 accepted + 1 rejected; 0 values changed
      moments, end: 0000-0-0, 1 row(s), such as 2024-03-05
      rejected, end: no readable moment, 1 row(s) (row 2: soon)
      50.0% of the rows were rejected or lost a value: a review writes them to \
tables/rejected.csv and changed.csv. Mend the source, or name the right column or its format in \
review.toml.
    """
    rejected, changed = record.rejected, record.changed
    accepted = record.rows - len(rejected)
    yield phrase(
        "reading", language, log=name, rows=record.rows, accepted=accepted,
        rejected=len(rejected), changed=len(changed),
        sheet=phrase("reading_sheet", language, sheet=record.sheet) if record.sheet else "",
    )  # fmt: skip
    for form in record.forms:
        key = "reading_form" if form.form else "reading_forms_left"
        yield "  " + phrase(key, language, **vars(form))
    yield from _reasons("rejected", rejected.assign(n=1), language, record.files)
    yield from _reasons("changed", changed, language, record.files)
    emptied = changed[~changed["reason"].isin(list(_FIXED))]
    places = pd.concat([rejected[["file", "row"]], emptied[["file", "row"]]])
    lost = len(places.drop_duplicates())
    # Every row has a moment.
    if not (ended or record.holds("received") or record.holds("start")):
        yield "  " + phrase("reading_one_stamp", language)
    if record.rows and lost > MUCH * record.rows:
        yield "  " + phrase("reading_much", language, share=lost / record.rows)


def _reasons(what: str, ledger: pd.DataFrame, language: Language, files: int) -> Iterator[str]:
    """One line a column and reason, with the first values."""
    for (column, reason), part in ledger.groupby(["column", "reason"], sort=False):
        first = part.drop_duplicates("value").head(EXAMPLES)
        examples = joined(
            [phrase(_place(file, row, files), language, file=file, row=row,
                    value=value or phrase("reading_empty", language))
             for file, row, value in first[["file", "row", "value"]].itertuples(index=False)],
            language,
        )  # fmt: skip
        yield "  " + phrase(
            f"reading_{what}", language, column=column or "—", reason=_said(reason, language),
            n=int(part["n"].sum()), examples=examples,
        )  # fmt: skip


def _place(file: str, row: int, files: int) -> str:
    """The phrase for the place of a value: none, its row, or its file too where there are more."""
    if not row:
        return "reading_item"
    return "reading_value_in" if file and files > 1 else "reading_value"


def _said(reason: str, language: Language) -> str:
    """A reason in words; the fixed words of the ledger are English in every language."""
    return phrase(f"reading_{_FIXED[reason]}", language) if reason in _FIXED else reason


def persons(
    name: str, found: Personal, log: LogSettings, language: Language, *, hidden: bool
) -> Iterator[str]:
    """
    Tell which columns of a log are treated as about persons, and of which there is a doubt.

    Parameters
    ----------
    name
        The log.
    found
        Its columns.
    log
        Its settings: columns are told as the source calls them.
    language
        Of the lines.
    hidden
        Whether pseudonyms stand for them.

    Examples
    --------
    >>> found = Personal({"actor": ("person", "actor")}, {"备注": "person"})
    >>> log = LogSettings(path="a.csv", columns={"actor": "经办人"})
    >>> for line in persons("log", found, log, "en", hidden=True):
    ...     print(line)
    log: columns treated as about persons (pseudonyms stand for them): 经办人 \
(names, who did the step)
    log: columns that look like names and were left as they are: 备注. If they are, write people = \
["备注"]; if not, not_people = ["备注"] (under [logs.log])
    """
    source = {ours: theirs for theirs, ours in log.theirs.items()}
    # A column of a register may be a step's actor and stand in its row too.
    columns = {source.get(column, column): what for column, what in found.columns.items()}
    told = [
        phrase("personal_column", language, column=column,
               kind=phrase(f"kind_{kind}", language), how=phrase(f"how_{how}", language))
        for column, (kind, how) in columns.items()
    ]  # fmt: skip
    if told:
        key = "personal_columns" if hidden else "personal_shown"
        yield phrase(key, language, log=name, columns=joined(told, language))
    if found.doubted:
        doubts = [source.get(column, column) for column in found.doubted]
        yield phrase(
            "personal_doubted", language, log=name, columns=joined(doubts, language),
            example=", ".join(f'"{column}"' for column in doubts),
        )  # fmt: skip


def asked_line(survey: Survey, language: Language) -> str:
    """How a questionnaire was read, in one line."""
    return phrase(
        "survey_read", language, n=len(survey.answers.people), valid=len(survey.people),
        items=len(survey.items), scaled=len(scale_of(survey.items)),
        offices=survey.answers.people["office"].nunique(),
    )  # fmt: skip
