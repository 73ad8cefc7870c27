"""Small questionnaires made by hand, for tests of what people say."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency.evidence.survey.surveys import Survey, read_survey
from small_review import letters, write_review

AGREE = "非常不同意|不太同意|一般|比较同意|非常同意"


def written(folder: Path, name: str, text: str) -> Path:
    """A file of some text."""
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def surveyed(folder: Path, answers: dict[str, Sequence[Any]], book: str, **more: Any) -> Survey:
    """A survey of columns of answers and the rows of a codebook below its heading."""
    path = folder / "answers.csv"
    pd.DataFrame(answers).to_csv(path, index=False, encoding="utf-8-sig")
    head = "item,scale,reversed,construct,linked\n"
    return read_survey(path, written(folder, "codebook.csv", head + book), **more)


#: What the people of a small office are asked: their answers by the share in favour.
OFFICES = ("Desk A", "Desk B", "Desk C", "Dept D", "Dept E", "Dept F")
BOOK = """item,text,short,scale,reversed,construct,linked
no,No,,skip,,,
office,1. Your office,,office,,,
education,2. Your education,,choice,,,
A1,3. Letters are drafted in time,drafts in time,disagree|neutral|agree,,,T1
A2,4. Staff are polite,politeness,disagree|neutral|agree,,manners,
A3,5. One is sent away (reversed),being sent away,disagree|neutral|agree,yes,manners,
A4,6. Letters are approved first,approval first,disagree|neutral|agree,,,P1
manners,,manners,construct,,,T2
A5,7. What takes long,reasons,multi,,,
A6,8. What else,remarks,text,,,
"""
HEADS = {
    "A1": "3. Letters are drafted in time",
    "A2": "4. Staff are polite",
    "A3": "5. One is sent away (reversed)",
    "A4": "6. Letters are approved first",
}
FAVOUR = {"A1": 0.85, "A2": 0.75, "A3": 0.7, "A4": 0.5}
SURVEY = """[survey]
answers = "answers.csv"
codebook = "codebook.csv"
issued = "issued.csv"
staffing = "staffing.csv"
interviews = "talks.csv"
codes = "codes.csv"
"""


def said(people: int = 20, seed: int = 3) -> pd.DataFrame:
    """What so many people of each office answer."""
    pick, rows = random.Random(seed), []
    for office in OFFICES:
        for at in range(people):
            row = {"No": len(rows) + 1, "1. Your office": office,
                   "2. Your education": "school" if at % 4 == 0 else "college"}  # fmt: skip
            for item, head in HEADS.items():
                yes = pick.random() < FAVOUR[item]
                steps = ("agree", "disagree") if item != "A3" else ("disagree", "agree")
                row[head] = steps[0] if yes else pick.choice((steps[1], steps[1], "neutral"))
            row["7. What takes long"] = "meetings|papers" if pick.random() < 0.8 else "papers"
            row["8. What else"] = pick.choice(("", "fewer meetings", "better forms", "nothing new"))
            rows.append(row)
    return pd.DataFrame(rows)


def asked_files(folder: Path, people: int = 20) -> None:
    """The files of a survey, beside a review's."""
    said(people).to_csv(folder / "answers.csv", index=False)
    written(folder, "codebook.csv", BOOK)
    rows = "".join(f"{office},{people + 2},{people}\n" for office in OFFICES)
    written(folder, "issued.csv", f"office,issued,returned\n{rows}")
    staff = "".join(f"{office},{kind},{n}\n" for office in OFFICES
                    for kind, n in (("school", people // 2), ("college", 2 * people)))  # fmt: skip
    written(folder, "staffing.csv", f"office,education,headcount\n{staff}")
    talks = "".join(
        f"I{at:02},{OFFICES[at % 6]},clerk,pace,{code},it takes a week\n"
        for at, code in enumerate(("papers", "waiting", "waiting") * 4)
    )
    written(folder, "talks.csv", f"interview,office,post_type,theme,code,quote\n{talks}")
    written(folder, "codes.csv", "code,words\nmeetings,meeting\nforms,form\n")


def asked_review(folder: Path, people: int = 20, **changes: str) -> Path:
    """A small review that asked its people too."""
    place = write_review(folder, letters(), more=SURVEY, **changes)
    asked_files(place, people)
    return place
