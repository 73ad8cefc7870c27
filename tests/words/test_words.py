"""The report's words are whole in both languages, and none is said that is not there, or never."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from efficiency import tables
from efficiency.evidence.log.quality import log_quality
from efficiency.findings.finding import LEVELS
from efficiency.language import LANGUAGES
from efficiency.words import (
    CHECKS,
    COLUMNS,
    PARTS,
    PHRASES,
    between,
    check_name,
    heading,
    number,
    percent,
    phrase,
)
from efficiency.words.head_words import TABLE_HEADS

SRC = Path(__file__).resolve().parents[2] / "src" / "efficiency"
#: Functions that take a key of `PHRASES`, and where among their arguments.
SPEAKERS = {"phrase": 0, "say": 0, "said": 0, "_within": 2, "change_sentence": 2}
#: Methods that do: of what puts sentences together, and of the sections of a chapter.
METHODS = {**SPEAKERS, "plain": 0, "heading": 0}
#: What a module imports that says phrases.
SPEAKING = (
    r"from efficiency\.(words import [^#]*phrase|findings\.said import"
    r"|report\.material import |report\.text\.teller import [^#]*Teller)"
)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def modules() -> Iterator[ast.Module]:
    """All modules that say phrases."""
    for path in sorted(SRC.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if re.search(SPEAKING, text):
            yield ast.parse(text)


def keys_asked_in(tree: ast.AST) -> Iterator[ast.expr]:
    """The arguments that name a phrase; of one or the other, both."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            method = isinstance(node.func, ast.Attribute)
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            at = (METHODS if method else SPEAKERS).get(name)
            if at is not None and len(node.args) > at:
                yield from either(node.args[at])


def either(argument: ast.expr) -> Iterator[ast.expr]:
    """What an argument may be: both sides of a choice."""
    if isinstance(argument, ast.IfExp):
        yield from (*either(argument.body), *either(argument.orelse))
    else:
        yield argument


def pattern_of(argument: ast.expr) -> str | None:
    """A pattern of the keys that an argument may be; None where it is a variable."""
    if isinstance(argument, ast.Constant):
        return re.escape(str(argument.value))
    if isinstance(argument, ast.JoinedStr):
        parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+"
                 for p in argument.values)  # fmt: skip
        return "".join(parts)
    return None


@pytest.fixture(scope="module")
def said() -> set[str]:
    """The patterns of the keys that are asked for, in Python and in the template."""
    patterns = {pattern_of(key) for module in modules() for key in keys_asked_in(module)}
    template = (SRC / "report" / "page" / "page.html.j2").read_text(encoding="utf-8")
    patterns |= {re.escape(key) for key in re.findall(r"say\('(\w+)'\)", template)}
    patterns |= {f"{key}\\w+" for key in re.findall(r"say\('(\w+)' ~", template)}
    return {pattern for pattern in patterns if pattern}


@pytest.fixture(scope="module")
def by_variable() -> set[str]:
    """
    Patterns of the texts where a key may come from that is a variable.

    Those of functions that ask by one or give one, and of the tables of their module.
    """
    texts = set()
    for module in modules():
        assigned = [node for node in module.body if isinstance(node, ast.Assign | ast.AnnAssign)]
        giving = {
            key.func.id
            for key in keys_asked_in(module)
            if isinstance(key, ast.Call) and isinstance(key.func, ast.Name)
        }
        functions = [
            node
            for node in ast.walk(module)
            if isinstance(node, ast.FunctionDef)
            and (node.name in giving or None in map(pattern_of, keys_asked_in(node)))
        ]
        texts |= {text for node in (*assigned, *functions) for text in texts_in(node)}
    return texts


def texts_in(node: ast.AST) -> Iterator[str]:
    """Patterns of all texts of a part of a module; indices are no keys."""
    indices = {id(n.slice) for n in ast.walk(node) if isinstance(n, ast.Subscript)}
    for n in ast.walk(node):
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in indices:
            yield re.escape(n.value)
        elif isinstance(n, ast.JoinedStr):
            # One that holds no word of its own is any text.
            pattern = pattern_of(n) or ""
            if re.search("[a-z]{3}", pattern.replace(r"\w+", "")):
                yield pattern.replace(r"\w+", r"\w*")


#: Phrases that are a mark, or nothing, in Chinese.
MARKS = {"", "。", "/"}
#: What a log holds and how it is counted: English counts 994 letters where Chinese counts 994 件.
COUNTED = {"noun", "unit"}

#: Details that one language alone tells: a month by its number or name, a section within its
#: chapter, a rule by its title where Chinese has its wording.
ONE_SIDED = {
    "month_words": {"n", "name"},
    "section": {"chapter"},
    "breach_wording": {"title"},
    "breach_wording_few": {"title"},
    "summary_rule": {"title", "wording"},
}


def test_both_languages_say_the_same() -> None:
    """The same details stand in both; Chinese is Chinese and English has no Chinese sign."""
    for key, (chinese, english) in PHRASES.items():
        left_out = COUNTED | ONE_SIDED.get(key, set())
        assert placeholders(chinese) - left_out == placeholders(english) - left_out, key
        plain = re.sub(r"\{[^}]*\}", "", english)
        assert not re.search("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", plain), key
        assert re.search("[\u4e00-\u9fff]", chinese) or "{" in chinese or chinese in MARKS, key


def test_every_phrase_can_be_said() -> None:
    """Filled with numbers, which every format takes, nothing in braces is left."""
    for key, (chinese, english) in PHRASES.items():
        details = dict.fromkeys(placeholders(chinese) | placeholders(english), 0.25)
        for language in LANGUAGES:
            assert "{" not in phrase(key, language, **details), key


def test_no_two_parts_have_the_same_keys() -> None:
    """The later would hide the earlier."""
    for at, part in enumerate(PARTS):
        for other in PARTS[at + 1 :]:
            assert not set(part.PHRASES) & set(other.PHRASES), (part, other)
            assert not set(part.COLUMNS) & set(other.COLUMNS), (part, other)


def test_every_key_that_is_asked_for_exists(said: set[str]) -> None:
    missing = [one for one in said if not any(re.fullmatch(one, key) for key in PHRASES)]
    assert not missing


def test_every_phrase_is_used(said: set[str], by_variable: set[str]) -> None:
    asked = re.compile("|".join(f"(?:{one})" for one in sorted(said | by_variable)))
    assert [key for key in PHRASES if not asked.fullmatch(key)] == []


def test_every_level_and_every_measure_of_a_finding_has_a_name() -> None:
    """The template and the register ask for them by what the findings say."""
    named = {key.removeprefix("measured_") for key in PHRASES if key.startswith("measured_")}
    assert {key for key in PHRASES if key.startswith("level_")} == {f"level_{o}" for o in LEVELS}
    assert named == measured()


def measured() -> set[str]:
    """What the kinds of findings measure, and their checks observe, as their files write it."""
    names = set()
    for path in (SRC / "findings" / "kinds").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        names |= set(re.findall(r'"((?:share|hours|in)_\w+|difference)", \w', text))
    return names


def test_headings_and_checks_have_both_names() -> None:
    for names in (COLUMNS, CHECKS):
        assert all(len(pair) == 2 and all(pair) for pair in names.values())


def test_every_check_of_the_quality_has_a_name() -> None:
    """The checks are listed in the function's own docstring."""
    listed = re.findall(r"^ {8}(\w+)  ", log_quality.__doc__ or "", flags=re.MULTILINE)
    assert set(listed) == set(CHECKS)


def test_names_by_language() -> None:
    assert (heading("unit", "zh"), heading("unit", "en")) == ("部门", "unit")
    assert heading("来文层级", "en") == "来文层级"
    assert (check_name("gap", "zh"), check_name("gap", "en")) == ("记录中断", "gap in the record")


def test_a_head_may_mean_something_else_in_a_table() -> None:
    """A point is measured in a unit, a judgement is of one; what a table leaves is as elsewhere."""
    assert (heading("unit", "zh", "points"), heading("unit", "zh", "judgements")) == (
        "计量单位", "部门",
    )  # fmt: skip
    assert heading("case_id", "zh", "points") == heading("case_id", "zh")


def test_every_head_of_a_table_is_of_a_column_that_it_has() -> None:
    contracts = {one.name: one for one in vars(tables).values() if isinstance(one, tables.Table)}
    for name, heads in TABLE_HEADS.items():
        assert set(heads) <= set(contracts[name].names), name


def test_an_interval_by_its_ends() -> None:
    assert between("1", "2", "zh") == "1～2"
    assert between("-3", "-1", "en") == "-3 to -1"


def test_an_unknown_phrase_is_an_error() -> None:
    with pytest.raises(KeyError):
        phrase("no such phrase", "zh")


def test_numbers_as_people_read_them() -> None:
    assert percent(1.0) == "100.0%"
    assert percent(0.0) == "0.0%"
    assert percent(0.666, 0) == "67%"
    assert percent(float("nan")) == number(None) == "—"
    assert number(1_234_567.0) == "1,234,567.0"
    assert number(-0.25, 2) == "-0.25"
    assert [number(-0.04), number(-0.06), number(-0.0, 0)] == ["0.0", "-0.1", "0"]
