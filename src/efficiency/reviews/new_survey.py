"""A survey added to a review folder: its codebook drafted, its settings written."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from efficiency.evidence.survey.codebook import scale_of
from efficiency.evidence.survey.draft import draft_codebook
from efficiency.language import Language, of
from efficiency.problems import Problem, SettingsError
from efficiency.reviews.new import write_table
from efficiency.reviews.settings import read_folder, repository
from efficiency.words import phrase

#: The columns of a codebook as people of a language read them.
_CHINESE = {
    "item": "题号", "text": "题目", "short": "简称", "scale": "量表", "reversed": "反向",
    "construct": "维度", "linked": "关联指标", "note": "备注",
}  # fmt: skip
_ROLES = {
    "choice": "单选", "multi": "多选", "text": "文字", "office": "单位", "id": "编号",
    "seconds": "用时", "time": "提交时间", "skip": "不用",
}  # fmt: skip
_TOML = {
    "zh": """
[survey]                            # 问卷、访谈、人员
answers = {answers}
codebook = "codebook.csv"           # 由答卷草拟，请核对
# issued = …                        # 发放份数；或一个表：单位、发放、回收
# staffing = "staffing.csv"         # 人员表：单位、学历、人员类别、人数（* 为不明）
# interviews = "interviews.csv"     # 访谈编码表：访谈编号、单位、岗位类别、主题、编码、原话
# codes = "codes.csv"               # 开放题的词表：编码、词语
""",
    "en": """
[survey]                            # questionnaire, interviews, staff
answers = {answers}
codebook = "codebook.csv"           # drafted from the answers: look it over
# issued = …                        # how many were issued; or a table: office, issued, returned
# staffing = "staffing.csv"         # office, education, post_type, headcount (* is masked)
# interviews = "interviews.csv"     # interview, office, post_type, theme, code, quote
# codes = "codes.csv"               # the word list of open answers: code, words
""",
}


def add_survey(folder: Path, answers: Path, language: Language) -> pd.DataFrame:
    """
    Draft the codebook of a survey and add it to a review folder.

    Parameters
    ----------
    folder
        The review's folder.
    answers
        The export of a survey platform; from outside the repository it is copied into the folder.
    language
        Of the codebook and the comments.

    Returns
    -------
    DataFrame
        The codebook as it was drafted.

    Raises
    ------
    SettingsError
        If the review has a survey already, or a codebook stands there.
    LogError
        If the answers cannot be opened.
    """
    place, book = read_folder(folder), folder / "codebook.csv"
    if place.settings.survey is not None:
        raise SettingsError([Problem("survey_there", {}, "review.toml")])
    if book.exists():
        raise SettingsError([Problem("exists", {"path": str(book)})])
    drafted = draft_codebook(answers, language)
    roles = of((_ROLES, dict[str, str]()), language)
    told = drafted.assign(scale=drafted["scale"].replace(roles))
    write_table(book, told.rename(columns=of((_CHINESE, dict[str, str]()), language)))
    path = f'"{_path_to(answers, folder)}"'
    file = folder / "review.toml"
    text = file.read_text(encoding="utf-8")
    added = text.rstrip("\n") + "\n" + _TOML[language].format(answers=path)
    file.write_text(added, encoding="utf-8", newline="\n")
    return drafted


def survey_lines(drafted: pd.DataFrame, language: Language) -> Iterator[str]:
    """What was drafted, and which columns a person should look at."""
    scaled = len(scale_of(drafted))
    yield phrase("survey_drafted", language, file="codebook.csv", n=len(drafted), scaled=scaled)
    for row in drafted[drafted["note"] != ""].itertuples(index=False):
        yield phrase("survey_note", language, item=row.item, text=row.text, note=row.note)


def _path_to(answers: Path, folder: Path) -> str:
    if answers.resolve().is_relative_to(repository(folder)):
        return Path(os.path.relpath(answers.resolve(), folder.resolve())).as_posix()
    name = re.sub(r'["\\\\]', "_", answers.name)
    shutil.copyfile(answers, folder / name)
    return name
