"""What a review reads of people's answers: the survey, an earlier one, interviews, the staff."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency._doors.toml import line_of
from efficiency.criteria.rules import Rule
from efficiency.criteria.standards import Standard
from efficiency.evidence.log_record import Record
from efficiency.evidence.people.names import Names
from efficiency.evidence.people.personal import is_name
from efficiency.evidence.people.pseudonyms import code_of
from efficiency.evidence.survey.answers import Answers
from efficiency.evidence.survey.codebook import read_codebook
from efficiency.evidence.survey.interviews import read_interviews
from efficiency.evidence.survey.staffing import read_staffing
from efficiency.evidence.survey.surveys import Survey, read_survey
from efficiency.evidence.survey.word_list import read_word_list
from efficiency.facts.opinions.reliability import item_rest
from efficiency.facts.opinions.representation import frames
from efficiency.facts.opinions.staff import staff
from efficiency.findings.linked import Names as Linkable
from efficiency.findings.linked import wrong_link
from efficiency.problems import Attempts, Hint, Problem, SettingsError, listed
from efficiency.reviews.settings import Folder, SurveySettings


@dataclass(frozen=True)
class Asked:
    """
    What people said, without names.

    Attributes
    ----------
    survey, earlier
        The questionnaire, and one that was asked before; None: none.
    staffing, interviews
        ``tables.STAFFING`` and ``tables.INTERVIEWS``; None: none.
    word_list
        The words by which open answers are coded.
    """

    survey: Survey | None = None
    earlier: Survey | None = None
    staffing: pd.DataFrame | None = None
    interviews: pd.DataFrame | None = None
    word_list: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_asked(place: Folder) -> Asked:
    """
    Read all that ``[survey]`` names.

    Raises
    ------
    SettingsError
        Lists everything that is wrong in any of the files, and what does not fit together.
    """
    said = place.settings.survey
    if said is None:
        return Asked()
    attempts = Attempts()

    def attempt(name: str, read: Callable[[Path], Any]) -> Any:
        given = getattr(said, name)
        if given is None:
            return None
        return attempts(lambda: read(place.file(name, given, "survey")))

    survey = attempt("answers", lambda path: _survey(place, said, path, "codebook", said.issued))
    earlier = attempt("earlier", lambda path: _survey(place, said, path, "earlier_codebook", None))
    staffing = attempt("staffing", read_staffing)
    interviews = attempt("interviews", read_interviews)
    word_list = attempt("codes", read_word_list) or {}
    if survey is not None and staffing is not None:
        attempts.add(strangers_to_staff(survey, staffing, Path(said.answers or "").name))
    attempts.settle()
    return Asked(survey, earlier, staffing, interviews, word_list)


def _survey(
    place: Folder, said: SurveySettings, answers: Path, book: str, issued: int | str | None
) -> Survey:
    """One questionnaire; an earlier one has the codebook of this one where none is named."""
    codebook = getattr(said, book) or said.codebook
    if codebook is None:
        line = line_of(place.path / "review.toml", "survey")
        details = {"name": "codebook", "example": 'codebook = "codebook.csv"'}
        raise SettingsError([Problem("no_key", details, "review.toml", line)])
    given = place.file("issued", issued, "survey") if isinstance(issued, str) else issued
    return read_survey(
        answers, place.file(book, codebook, "survey"), issued=given, rules=said.validity
    )


def strangers_to_staff(survey: Survey, staffing: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Offices of those who answered that the table of staff does not know."""
    known = tuple(dict.fromkeys(staffing["office"]))
    people = survey.answers.people.dropna(subset=["office"])
    for office, rows in people[~people["office"].isin(known)].groupby("office", sort=False):
        details = {"got": office, "n": len(rows), "row": int(rows["row"].min()),
                   "hint": Hint(str(office), known)}  # fmt: skip
        yield Problem("office_not_staffed", details, file)


def linkable(
    records: Mapping[str, Record], standards: tuple[Standard, ...], rules: tuple[Rule, ...]
) -> Linkable:
    """What a question may name in each log: its activities, rules and standards."""
    return {
        log: {
            **dict.fromkeys(record.different("activity"), "step"),
            **{rule.rule_id: "rule" for rule in rules if rule.log in {log, ""}},
            **{one.standard_id: "limit" for one in standards if one.log in {log, ""}},
        }
        for log, record in records.items()
    }


def wrong_links(place: Folder, asked: Asked, names: Linkable) -> list[Problem]:
    """Questions that name a measure that there is not, also where the answers cannot be used."""
    said = place.settings.survey
    if said is None or said.codebook is None or not names:
        return []
    attempt = Attempts()
    items = (
        attempt(lambda: read_codebook(place.file("codebook", str(said.codebook), "survey")))
        if asked.survey is None
        else asked.survey.items
    )
    if items is None:  # that is told where it is read
        return []
    file = Path(said.codebook).name
    found = (wrong_link(row.linked, names, file, int(row.line))
             for row in items[items["linked"] != ""].itertuples(index=False))  # fmt: skip
    return [problem for problem in found if problem]


def doubts(place: Folder, asked: Asked) -> Iterator[Problem]:
    """What a person should look at: nothing of it keeps the review from going on."""
    said = place.settings.survey
    if said is None:
        return
    if asked.survey is not None:
        line = line_of(place.path / "review.toml", "survey")
        yield from _doubtful(asked.survey, Path(said.codebook or "").name, line)
    if asked.survey is not None and asked.staffing is not None:
        yield from _unlike_frame(
            asked.survey, staff(asked.staffing), Path(said.staffing or "").name
        )
    if asked.staffing is not None:
        doubted = asked.staffing.loc[asked.staffing["doubted"], "office"].unique()
        if len(doubted):
            yield Problem(
                "staff_sums", {"offices": listed(doubted)}, Path(said.staffing or "").name
            )


def _unlike_frame(survey: Survey, staffed: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Traits whose values the staff and the respondents call differently: nothing is weighted."""
    for name, known in frames(staffed).items():
        if name in survey.people:
            mine, theirs = set(survey.people[name].dropna()), set(known.index[known > 0])
            if mine != theirs:
                details = {"name": name, "more": listed(sorted(mine - theirs)) or "—",
                           "missing": listed(sorted(theirs - mine)) or "—"}  # fmt: skip
                yield Problem("frame_differs", details, file)


def _doubtful(survey: Survey, file: str, line: int | None) -> Iterator[Problem]:
    """What is doubtful about a questionnaire."""
    if survey.answers.unasked:
        details: dict[str, Any] = {"names": listed(survey.answers.unasked)}
        yield Problem("unasked", details, survey.answers.name)
    lines = survey.items.set_index("item")["line"]
    for row in item_rest(survey).query("rest_r < 0").itertuples(index=False):
        details = {"item": row.item, "construct": row.construct, "r": f"{row.rest_r:.2f}"}
        yield Problem("against_its_construct", details, file, int(lines[row.item]))
    unread = survey.answers.unread_seconds
    if unread:
        yield Problem("unread_seconds", {"n": unread}, survey.answers.name)
    if survey.sent.empty:
        yield Problem("issued_untold", {}, "review.toml", line)
    if not survey.has_offices:
        yield Problem("no_offices", {}, file)


#: Who is called by his post: 赵铁柱科长, 李局.
_TITLED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?=科长|处长|局长|主任|书记|镇长|县长|区长|市长|部长|队长|站长|所长|科员|老师|同志)"
)


def without_names(asked: Asked, names: Names) -> Asked:
    """The same with pseudonyms where somebody is named: in answers, options, codes and quotes."""
    survey, interviews = asked.survey, asked.interviews
    ids = [] if survey is None else list(survey.answers.people["respondent"].dropna())
    ids += [] if interviews is None else list(interviews["interview"].unique())
    called = set[str]() if survey is None else set(survey.answers.names)
    own = Names(called | {one for one in ids if is_name(str(one))}, names.key)

    def hidden(values: pd.Series) -> pd.Series:
        told = own.texts(names.texts(values.astype(object)))
        return told if names.key is None else told.map(lambda text: _untitled(text, names.key))

    if survey is not None:
        survey = replace(survey, answers=_hidden(survey, hidden, names))
    if interviews is not None:
        words = ("quote", "theme", "code", "post_type")
        interviews = interviews.assign(
            interview=names.column(interviews["interview"]),
            **{name: hidden(interviews[name]) for name in words},
        )
    return replace(asked, survey=survey, interviews=interviews)


def _hidden(survey: Survey, hidden: Callable[[pd.Series], pd.Series], names: Names) -> Answers:
    """Answers whose texts, options and traits name nobody."""
    told = survey.answers
    texts, picks = told.texts, told.picks
    if len(texts):
        texts = texts.assign(text=hidden(texts["text"]))
    if len(picks):
        picks = picks.assign(option=hidden(picks["option"]))
    people = told.people.assign(respondent=names.column(told.people["respondent"]))
    traits = [name for name in people if name not in {"row", "office", "respondent", "seconds",
                                                      "submitted"}]  # fmt: skip
    people = people.assign(**{name: hidden(people[name]) for name in traits})
    return replace(told, texts=texts, picks=picks, people=people)


def _untitled(text: Any, key: bytes | None) -> Any:
    """A text in which a person who is called by name and post is not named."""
    if not isinstance(text, str) or key is None:
        return text

    def coded(found: re.Match[str]) -> str:
        name = found["name"]
        # The longest ending that is a person's name: 找赵铁柱科长.
        ends = (name[at:] for at in range(len(name)))
        person = next((end for end in ends if len(end) > 1 and is_name(end)), "")
        return name.removesuffix(person) + code_of(person, key) if person else name

    return _TITLED.sub(coded, text)
