"""Scales of answers: the words of each step from low to high, and what one answer means on them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from efficiency.evidence.log.texts import plain, trim

#: What a column of the answers is, where it is no scale.
ROLES = ("choice", "multi", "text", "office", "id", "seconds", "time", "skip", "construct")
#: The same as people write it.
_CHINESE_ROLES = {
    "单选": "choice", "多选": "multi", "文字": "text", "填空": "text", "单位": "office",
    "编号": "id", "维度": "construct", "用时": "seconds", "提交时间": "time", "不用": "skip",
}  # fmt: skip
#: Full scales that questionnaires use, low to high.
FAMILIES = tuple(
    tuple(words.split("|"))
    for words in (
        "非常不满意|不太满意|一般|比较满意|非常满意",
        "非常不满意|比较不满意|一般|比较满意|非常满意",
        "非常不满意|不满意|一般|满意|非常满意",
        "很不满意|不满意|一般|满意|很满意",
        "非常不满意|不满意|基本满意|满意|非常满意",
        "不满意|不太满意|比较满意|满意",
        "不满意|基本满意|比较满意|满意",
        "不满意|基本满意|满意",
        "不满意|一般|满意",
        "非常不同意|不太同意|一般|比较同意|非常同意",
        "非常不同意|比较不同意|一般|比较同意|非常同意",
        "非常不同意|不同意|一般|同意|非常同意",
        "非常不同意|不同意|中立|同意|非常同意",
        "完全不同意|不太同意|一般|比较同意|完全同意",
        "完全不同意|不同意|一般|同意|完全同意",
        "非常不同意|不同意|不太同意|一般|比较同意|同意|非常同意",
        "非常不符合|不太符合|一般|比较符合|非常符合",
        "完全不符合|不太符合|一般|比较符合|完全符合",
        "从不|很少|有时|经常|总是",
        "从不|偶尔|有时|经常|总是",
        "从不|偶尔|经常|总是",
        "很差|较差|一般|较好|很好",
        "非常不清楚|不太清楚|一般|比较清楚|非常清楚",
        "strongly disagree|disagree|neutral|agree|strongly agree",
        "strongly disagree|disagree|neither agree nor disagree|agree|strongly agree",
        "very dissatisfied|dissatisfied|neutral|satisfied|very satisfied",
        "never|rarely|sometimes|often|always",
    )
)
#: Answers that are none: the question does not apply, was not put, or the person cannot say.
NOT_APPLICABLE = frozenset(
    {
        "不了解", "不适用", "不清楚", "说不清", "不知道", "不好说", "无法评价", "未接触", "没接触过",
        "拒答", "(跳过)", "（跳过）", "跳过", "n/a", "na", "notapplicable", "don'tknow", "dontknow", "noopinion",
    }
)  # fmt: skip
#: What a platform writes where a question was not answered.
_BLANK = frozenset({"", "(空)", "（空）", "空", "-", "—", "/", "-3", "-2"})
#: How strong a word is, by how it begins; the first that fits.
_DEGREES = (
    (r"^(非常|完全|极|十分|很|强烈|特别)(不|差|低|难|慢)|^(从不|从来不|从未|never)", -2.0),
    (r"^(strongly dis|very dis)", -2.0),
    (r"^(很少|偶尔|rarely|seldom)", -1.0),
    (r"^(不太|不大|较不|比较不|较差|比较差|somewhat dis)", -1.0),
    (r"^(不|差|dis)", -1.5),
    (r"^(一般|中立|有时|尚可|neutral|neither|sometimes|普通)", 0.0),
    (r"^(基本|还)", 0.5),
    (r"^(较|比较|somewhat)", 1.0),
    (r"^(非常|完全|极|十分|很|总是|强烈|特别|always|strongly|very)", 2.0),
    (r"(满意|同意|认同|符合|清楚|经常|好|often|agree|satisfied)$", 1.5),
)
_PREFIX = re.compile(r"^[A-Ha-h][.、．:：]\s*")
_RANGE = re.compile(r"^(\d{1,3})\s*[-–~～至]\s*(\d{1,3})$")
_NUMBER = re.compile(r"^(\d{1,3})(?:\.0+)?\s*分?$")

Missing = Literal["blank", "not_applicable", "off_scale"]


@dataclass(frozen=True)
class Scale:
    """
    The steps of an answer.

    Attributes
    ----------
    words
        From low to high; of a scale of numbers the numbers.
    lowest
        The number of the first step: answers are exported as words or as numbers.
    """

    words: tuple[str, ...]
    lowest: int = 1

    @property
    def steps(self) -> int:
        """How many there are."""
        return len(self.words)

    @property
    def text(self) -> str:
        """As a codebook writes it."""
        if self.words == tuple(map(str, range(self.lowest, self.lowest + self.steps))):
            return f"{self.words[0]}-{self.words[-1]}"
        return "|".join(self.words)

    def step(self, answer: str) -> int | Missing:
        """
        The step that an answer stands for, from 1; else why there is none.

        Examples
        --------
        >>> scale = read_scale("非常不满意|不太满意|一般|比较满意|非常满意")
        >>> [scale.step(said) for said in ("比较满意", "A.一般", "5", "(跳过)", "不了解", "满分")]
        [4, 3, 5, 'not_applicable', 'not_applicable', 'off_scale']
        """
        said = trim(answer)
        if plain(said) in _BLANK:
            return "blank"
        known = {plain(word).lower(): at for at, word in enumerate(self.words, 1)}
        for form in (said, _PREFIX.sub("", said)):
            if plain(form).lower() in known:
                return known[plain(form).lower()]
        if plain(said).lower() in NOT_APPLICABLE:
            return "not_applicable"
        number = _NUMBER.match(said)
        at = int(number[1]) - self.lowest + 1 if number else 0
        return at if 1 <= at <= self.steps else "off_scale"


def read_scale(text: str) -> Scale | str | None:
    """
    Read the cell of a codebook that says what the answers are.

    Returns
    -------
    Scale or str or None
        A scale, or one of `ROLES`; None: neither.

    Examples
    --------
    >>> read_scale("1-7").steps, read_scale("多选"), read_scale("是|否|"), read_scale("?")
    (7, 'multi', None, None)
    """
    said = trim(text)
    role = _CHINESE_ROLES.get(said, said)
    if role in ROLES:
        return role
    if found := _RANGE.match(said):
        low, high = int(found[1]), int(found[2])
        return Scale(tuple(map(str, range(low, high + 1))), low) if low < high else None
    words = tuple(trim(word) for word in re.split(r"[|｜]", said))
    return Scale(words) if len(words) > 1 and all(words) and _are_apart(words) else None


def _are_apart(words: tuple[str, ...]) -> bool:
    return len({plain(word) for word in words}) == len(words)


def degree(word: str) -> float | None:
    """
    How strong a word of a scale is, from −2 to 2; None: it is no such word.

    Examples
    --------
    >>> degree("不太满意"), degree("非常满意"), degree("本科")
    (-1.0, 2.0, None)
    """
    said = trim(word).lower()
    return next((value for form, value in _DEGREES if re.search(form, said)), None)


def in_order(scale: Scale) -> Scale:
    """
    The scale with its words from low to high, as far as they say it themselves.

    Examples
    --------
    >>> in_order(Scale(("非常同意", "一般", "非常不同意"))).words
    ('非常不同意', '一般', '非常同意')
    >>> in_order(Scale(("3", "2", "1"))).words, in_order(Scale(("甲", "乙"))).words
    (('1', '2', '3'), ('甲', '乙'))
    """
    if all(word.isdecimal() for word in scale.words):
        return Scale(tuple(sorted(scale.words, key=int)), scale.lowest)
    told = {word: value for word in scale.words if (value := degree(word)) is not None}
    if len(told) < len(scale.words) or len(set(told.values())) < len(told):
        known = [word for word in scale.words if word in told]
        values = [told[word] for word in known]
        turned = len(values) > 1 and values == sorted(values, reverse=True) != sorted(values)
        return Scale(tuple(reversed(scale.words))) if turned else scale
    return Scale(tuple(sorted(scale.words, key=told.__getitem__)), scale.lowest)


def guess_scale(answers: Iterable[str]) -> Scale | None:
    """
    The scale that answers are on; None where they are on none.

    Examples
    --------
    >>> guess_scale(["满意", "非常满意", "不了解", "一般"]).text
    '非常不满意|不满意|一般|满意|非常满意'
    >>> guess_scale(["3", "7", "1", "6", "5"]).text, guess_scale(["本科", "大专"])
    ('1-7', None)
    """
    said = {_PREFIX.sub("", trim(one)) for one in answers}
    said = {one for one in said if plain(one) not in _BLANK}
    words = {one for one in said if plain(one).lower() not in NOT_APPLICABLE}
    if not words:
        return None
    if all(_NUMBER.match(word) for word in words):
        return _of_numbers({int(found[1]) for word in words if (found := _NUMBER.match(word))})
    seen = {word.lower() for word in words}
    fits = [family for family in FAMILIES if seen <= set(family)]
    # All steps of a short scale were seen: then it is that one.
    fits.sort(key=lambda family: len(family) != len(seen))
    if fits and len(words) > 1:
        return Scale(fits[0])
    told = {word: value for word in words if (value := degree(word)) is not None}
    if len(told) < len(words) or len(set(told.values())) < max(len(words), 3):
        return None
    return Scale(tuple(sorted(told, key=lambda word: told[word])))


#: Ranges of whole numbers that answers are given in.
_RANGES = ((1, 5), (1, 4), (1, 7), (1, 10), (0, 10))
#: So many different ones at least: two are a yes and a no.
_FEWEST = 3


def _of_numbers(seen: set[int]) -> Scale | None:
    if len(seen) < _FEWEST:
        return None
    fits = [(low, high) for low, high in _RANGES if low <= min(seen) and max(seen) <= high]
    # Of those that hold all answers the shortest, but 5 before 4 only where a 5 was given.
    fits.sort(key=lambda ends: ends[1] - ends[0])
    if not fits:
        return None
    low, high = fits[0]
    return Scale(tuple(map(str, range(low, high + 1))), low)
