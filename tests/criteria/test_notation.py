"""The text form of a flow: each mark by itself, and every slip with its line and character."""

from __future__ import annotations

import pytest

from efficiency.criteria.prescribed_flows import parse_flow
from efficiency.problems import InputError, Problem, SettingsError
from walked import Word, allowed, spelled

# --- the marks, one by one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a → b", ["ab"]),
        ("a->b", ["ab"]),
        ("a | b → c", ["a", "bc"]),
        ("[a | b]", ["a", "b"]),
        ("［a｜b］", ["a", "b"]),
        ("(a | b) → c", ["ac", "bc"]),
        ("[a] → b", ["ab", "b"]),
        ("[a → b] → c", ["abc", "c"]),
        ("[a & b] → c", ["abc", "bac", "c"]),
        ("a? → b", ["ab", "b"]),
        ("a？ → b", ["ab", "b"]),
        ("(a & b) → c", ["abc", "bac"]),
        ("（a ＆ b） → c", ["abc", "bac"]),
        ("a ∥ (b → c)", ["abc", "bac", "bca"]),
        ("a*", ["", "a", "aa", "aaa", "aaaa"]),
        ("a＊ → b", ["b", "ab", "aab", "aaab"]),
        ("a+ → b", ["ab", "aab", "aaab"]),
        ("a＋", ["a", "aa", "aaa", "aaaa"]),
        ("a{2}", ["aa"]),
        ("a{1}", ["a"]),
        ("a{1..3}", ["a", "aa", "aaa"]),
        ("a { 0 .. 2 }", ["", "a", "aa"]),
        ("a{..2}", ["", "a", "aa"]),
        ("a{3..}", ["aaa", "aaaa"]),
        ("(a → b){2}", ["abab"]),
        ("(a → b)* → c", ["c", "abc"]),
        ("a??", ["", "a"]),
        ("([a | b] → c)?", ["", "ac", "bc"]),
        ("a → [b | c → d]", ["ab", "acd"]),
    ],
)
def test_each_mark(text: str, expected: list[str]) -> None:
    """All ways of up to four steps, by hand."""
    assert allowed(parse_flow(text)) == spelled(*expected)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Request Payment → Payment Handled", ("Request Payment", "Payment Handled")),
        ("  登记   ->转办  ", ("登记", "转办")),
        ('"批示（领导）" → "a -> b"', ("批示（领导）", "a -> b")),
        ("e-mail->回复", ("e-mail", "回复")),
        ("登记，分办 → 第1步/第2步", ("登记，分办", "第1步/第2步")),
        ("登记 → 转办  # 秘书一处 → 30 分钟", ("登记", "转办")),
        ("a → b → a", ("a", "b")),
    ],
)
def test_names(text: str, steps: Word) -> None:
    """Spaces inside a name, quotes around marks, comments, a step that stands twice."""
    assert parse_flow(text).steps == steps


@pytest.mark.parametrize("name", ["第3#号", "时限: 30", "时限：三十", "a] | b", "->", "{2}", "?"])
def test_between_quotes_any_mark_is_part_of_the_name(name: str) -> None:
    """Of a step, and of a part."""
    for text in (f'登记 -> "{name}"', f'"{name}" → 登记  # "{name}"'):
        assert set(parse_flow(text).steps) == {"登记", name}
    assert parse_flow(f'"{name}": 登记 → 转办\n收文: "{name}" # "').steps == ("登记", "转办")


@pytest.mark.parametrize("mark", ["->", "&", "｜", "（"])
def test_a_colon_behind_a_mark_begins_no_definition(mark: str) -> None:
    """登记 is not lost: it is read as behind →, or refused."""
    try:
        steps = parse_flow(f"登记 {mark} 转办: 急件").steps
    except SettingsError:
        return
    assert "登记" in steps


def test_a_choice_in_brackets_of_its_own_may_be_left_out() -> None:
    for text in ("[(a | b)] → c", "[[a | b]] → c", "［（a ｜ b）］ → c"):
        assert allowed(parse_flow(text)) == spelled("ac", "bc", "c")


def test_the_last_line_is_the_flow_and_takes_the_others_in() -> None:
    """Twice if it names one twice; what nothing names is not part of it."""
    flow = parse_flow(
        """
        # 会前与会后
        会前: a → [b]
        闲置: x
        会后： c | 会前

        会议: 会前 → 会后   # 这是流程
        """
    )
    assert (flow.name, flow.steps) == ("会议", ("a", "b", "c"))
    assert allowed(flow) == spelled("ac", "abc", "aa", "aab", "aba", "abab")


# --- what is refused, and where


def refused(text: str) -> tuple[Problem, InputError]:
    """The one problem of a text."""
    with pytest.raises(SettingsError) as caught:
        parse_flow(text, file="f.flow")
    (problem,) = caught.value.problems
    return problem, caught.value


@pytest.mark.parametrize(
    ("marked", "key", "says"),
    [
        # ^ stands where the message has to point; it is taken out before the text is read.
        ("^→ a", "flow_step", "→"),
        ("登记 →^", "flow_step", "⏎"),
        ("登记 |^", "flow_step", "⏎"),
        ("登记 → ^→ 转办", "flow_step", "→"),
        ("[^]", "flow_step", "]"),
        ("(a → ^| b)", "flow_step", "|"),
        ("^{2}", "flow_step", "{2}"),
        ("a & ^*", "flow_step", "*"),
        ('登记 → ^" "', "flow_step", " "),
        ("a^)", "flow_end", ")"),
        ("登记 ^(转办)", "flow_end", "("),
        ('登记 ^"转办"', "flow_end", "转办"),
        ("登记^］", "flow_end", "］"),
        ("(登记^", "flow_close", ")"),
        ("[登记 → 转办^)", "flow_close", "]"),
        ("（登记^)", "flow_close", "）"),
        ("［登记 转办^［", "flow_close", "］"),
        ('登记 → ^"转办', "flow_mark", '"'),
        ("登记^{x}", "flow_mark", "{"),
        ("登记^}", "flow_mark", "}"),
        ("a | b ^& c", "flow_mixed", "|"),
        ("(a & b → c ^｜ d)", "flow_mixed", "&"),
        ("登记^{0}", "flow_times", "{0}"),
        ("登记^{}", "flow_times", "{}"),
        ("登记 ^{3..1}", "flow_times", "{3..1}"),
        ("登记^{21}", "flow_times", "20"),
        ("登记^{21..}", "flow_times", "20"),
        ("登记^{1..21}", "flow_times", "20"),
        ("登记?^{..0}", "flow_times", "{..0}"),
        ("收文: a\n^收文: b", "flow_twice", "收文"),
        ("a\n^b", "flow_twice", "''"),
        ("a: ^a", "flow_cycle", "a → a"),
        ("甲: x → ^乙\n乙: [甲]", "flow_cycle", "乙 → 甲 → 乙"),
        ("甲: ^丙\n乙: 甲\n丙: x | 乙", "flow_cycle", "丙 → 乙 → 甲 → 丙"),
        ("# 说明\n\n  四关 : 方案拟定 → ^| 地点落实", "flow_step", "|"),
        ("四关： ^→ 甲\n会务: 四关", "flow_step", "→"),
    ],
)
def test_an_error_names_the_line_and_the_character(marked: str, key: str, says: str) -> None:
    """Both counted from 1, in both languages."""
    before, _, after = marked.partition("^")
    problem, error = refused(before + after)
    line, at = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert (problem.key, problem.line, problem.details["at"]) == (key, line, at)
    for language, place in (("zh", f"第 {at} 个字符"), ("en", f"at character {at}:")):
        told = error.text(language)
        assert told.startswith(f"f.flow:{line}: ")
        assert place in told
        assert says in told


@pytest.mark.parametrize("text", ["", "\n \n", "# 只有说明"])
def test_a_text_without_a_flow(text: str) -> None:
    problem, error = refused(text)
    assert (problem.key, problem.line) == ("no_rows", None)
    assert error.text("zh") == "f.flow: 文件中没有数据行"


@pytest.mark.parametrize("space", ["\t", "\u3000"])
def test_any_space_may_stand_in_a_number_of_times(space: str) -> None:
    assert allowed(parse_flow(f"a{{{space}..2}}")) == spelled("", "a", "aa")


def test_a_circle_of_quoted_names_is_told() -> None:
    assert refused('甲: " 甲 "')[0].key == "flow_cycle"


def test_brackets_that_stand_too_deep_are_told() -> None:
    assert parse_flow("(" * 50 + "a" + ")" * 50).steps == ("a",)
    (problem, _) = refused("(" * 2000 + "a" + ")" * 2000)
    assert (problem.key, problem.details["at"]) == ("flow_deep", 51)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["x0: 甲 → 乙", *(f"x{at}: x{at - 1} → x{at - 1}" for at in range(1, 40))]),
        "x: ((((甲{20}){20}){20}){20}){20}",
        "x: (((甲{0..20}){0..20}){0..20}){0..20}",
    ],
)
def test_a_flow_that_grows_beyond_measure_is_refused(text: str) -> None:
    """At once: a line of it would be 2^39, or 20^5, steps long."""
    with pytest.raises(SettingsError, match="written out, the flow has more than 2000 parts"):
        parse_flow(text)
