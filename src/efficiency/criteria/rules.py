"""What should be: rules of procedure, each with its kind, its scope and what it names."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from efficiency import tables
from efficiency._doors.files import read_text_table
from efficiency.criteria.scopes import Condition, names_of, parts_of, read_scope
from efficiency.problems import Hint, Problem, SettingsError, listed

Severity = Literal["low", "medium", "high"]
#: The themes of a report, under which breaches are told.
Theme = Literal[
    "limits", "procedure", "coordination", "quality", "pace", "supervision", "opinion", ""
]
THEMES: dict[str, Theme] = {
    "": "", "limits": "limits", "procedure": "procedure", "coordination": "coordination",
    "quality": "quality", "pace": "pace", "supervision": "supervision", "opinion": "opinion",
    "时限": "limits", "程序": "procedure", "协调": "coordination", "质量": "quality",
    "效率": "pace", "督查": "supervision", "反映": "opinion",
}  # fmt: skip
#: What stands in `a` and `b`: activities, units, columns of the log, conditions, or a register.
Names = Literal["", "activities", "units", "columns", "conditions", "register"]
SEVERITIES: dict[str, Severity] = {
    "": "medium", "low": "low", "medium": "medium", "high": "high",
    "低": "low", "中": "medium", "高": "high",
}  # fmt: skip
_COMPARISON = re.compile(
    r"^(?P<many>#)?(?P<column>.+?)\s*(?P<sign>!=|>=|<=|=|>|<)\s*(?P<value>.*)$"
)
_REGISTER = re.compile(r"^(?P<log>[^:：]+)[:：](?P<keys>.+)$")
_COLUMNS = ("rule_id", "kind")


@dataclass(frozen=True)
class Kind:
    """
    What a kind of rule asks for, how it is found, and what is done about it.

    Attributes
    ----------
    finder
        What finds the breaches: a function of the done steps and the rule, or where it stands in
        the room that holds rules against a log, ``module.function``.
    remedy
        The sort of remedy that is recommended against its breaches.
    theme
        The theme of the report that they belong to.
    a, b
        What its two columns name; empty: nothing may stand there.
    n
        The count where none is given; None: it takes none; -1: it must be given.
    needs
        Columns of the log without which nothing is decided.
    optional, single
        Which of `a` and `b` may be left empty; which take one name alone.
    sign
        Whether a case that breaks it is a sign (疑似) rather than a proof.
    by_order
        Whether it hangs on which step came first, so that a date without a time is a doubt.
    any_order
        Whether it is held against every order that the record allows, and undecidable where these
        differ.
    looks
        The columns of the done steps, in their order, that alone say what breaks it (``code``,
        ``unit``): it is held against one case of each way. Empty: it looks at more.
    least
        How many names of `a` and of `b` a log must have for a rule of the catalogue to fit it.
    """

    finder: str | Callable[..., Any]
    remedy: str
    theme: Theme
    a: Names = "activities"
    b: Names = ""
    n: int | None = None
    needs: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    single: tuple[str, ...] = ()
    sign: bool = False
    by_order: bool = False
    any_order: bool = False
    looks: tuple[str, ...] = ()
    least: tuple[int, int] = (1, 1)


#: Every kind of rule, by its name: one entry each, and its words.
KINDS: dict[str, Kind] = {
    # by the order of activities
    "precedence": Kind(
        "sequences.precedence", "sequence", "procedure", b="activities", any_order=True,
        looks=("code",),
    ),
    "response": Kind(
        "sequences.response", "follow", "supervision", b="activities", any_order=True,
        looks=("code",),
    ),
    "existence": Kind("sequences.existence", "sequence", "procedure", looks=("code",)),
    "absence": Kind("sequences.absence", "sequence", "procedure", looks=("code",)),
    "at_most": Kind("sequences.at_most", "loop", "quality", n=-1, looks=("code",)),
    "order": Kind(
        "sequences.order", "sequence", "procedure", b="activities", any_order=True,
        looks=("code",),
    ),
    # A flow has three steps at least; returns that a log never records excuse no step back.
    "backflow": Kind(
        "sequences.backflow", "loop", "procedure", b="activities", optional=("b",), any_order=True,
        least=(3, 0), looks=("code",),
    ),
    "repeats": Kind("sequences.repeats", "loop", "quality", n=2, looks=("code",)),
    "responded_existence": Kind(
        "sequences.responded_existence", "follow", "supervision", b="activities", sign=True,
        looks=("code",),
    ),
    "passes": Kind(
        "sequences.passes", "hands", "coordination", b="activities", n=3, sign=True, by_order=True,
        looks=("code",),
    ),
    "unanswered": Kind(
        "sequences.unanswered", "follow", "supervision", b="activities", n=3, by_order=True,
        looks=("code",),
    ),
    "prompted": Kind("sequences.prompted", "follow", "supervision", b="activities", n=3, sign=True),
    # by hands
    "four_eyes": Kind(
        "performers.four_eyes", "review", "procedure", b="activities", needs=("actor",)
    ),
    "same_actor": Kind(
        "performers.same_actor", "review", "procedure", b="activities", needs=("actor",)
    ),
    "hub": Kind(
        "performers.hub", "hands", "coordination", a="units", needs=("unit",), optional=("a",),
        by_order=True, looks=("unit",),
    ),
    "ping_pong": Kind(
        "performers.ping_pong", "hands", "coordination", a="units", b="activities", n=1,
        needs=("unit",), optional=("a", "b"), sign=True, by_order=True, least=(0, 0),
        looks=("code", "unit"),
    ),
    "done_by": Kind(
        "performers.done_by", "hands", "procedure", a="units", b="activities", needs=("unit",),
        looks=("code", "unit"),
    ),
    "entry": Kind(
        "performers.entry", "hands", "procedure", a="units", needs=("unit",), sign=True,
        by_order=True, looks=("unit",),
    ),
    "round_trips": Kind(
        "performers.round_trips", "hands", "coordination", a="units", n=1, needs=("unit",),
        sign=True, by_order=True, looks=("unit",),
    ),
    # by what is known of a case, and by other registers
    "attribute": Kind("attributes.attribute", "papers", "procedure", a="conditions"),
    "corrections": Kind(
        "attributes.corrections", "loop", "quality", a="columns", n=2, single=("a",)
    ),
    "recurs": Kind("attributes.recurs", "papers", "quality", a="columns", n=90, sign=True),
    "forwarded": Kind(
        "attributes.forwarded", "papers", "quality", a="columns", b="columns", n=1,
        optional=("b",), single=("a", "b"), sign=True,
    ),
    "unregistered": Kind(
        "attributes.unregistered", "papers", "procedure", b="register", n=30, optional=("a",),
        sign=True,
    ),
}  # fmt: skip
#: What a person writes in a rule's wording where a breach is a sign and no proof.
_SIGNS = ("疑似", "suspected")


@dataclass(frozen=True)
class Comparison:
    """
    One condition of an ``attribute`` rule.

    Attributes
    ----------
    column, minus
        The column, and, for numbers, one that is taken from it.
    sign
        ``=``, ``!=`` (of texts), ``>``, ``>=``, ``<`` or ``<=`` (of numbers).
    values
        Texts for ``=`` and ``!=``, one number for the others.
    many
        Whether the names in the column are counted (``主送`` of two organs is 2).
    """

    column: str
    sign: str
    values: tuple[str, ...]
    many: bool = False
    minus: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it looks at."""
        return (self.column, self.minus) if self.minus else (self.column,)


@dataclass(frozen=True)
class Register:
    """
    A second register in which a case must be known.

    Attributes
    ----------
    log
        The name of the log that is the register.
    key
        The columns that tell a document for sure (文号); they have the same name in both.
    like
        A title and what else must agree, for documents without a key; empty: none.
    """

    log: str
    key: tuple[str, ...]
    like: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that it asks for, in both logs."""
        return (*self.key, *self.like)


@dataclass(frozen=True)
class Rule:
    """One rule, read and found sound."""

    rule_id: str
    kind: str
    a: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    n: int = 0
    scope: tuple[Condition, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    register: Register | None = None
    severity: Severity = "medium"
    log: str = ""
    title: str = ""
    source: str = ""
    wording: str = ""
    line: int = 0
    file: str = ""
    worded_as_sign: bool = False
    own_theme: Theme = ""

    @property
    def theme(self) -> Theme:
        """The theme of the report that its breaches belong to: its own, else that of its kind."""
        return self.own_theme or self.form.theme

    @property
    def is_sign(self) -> bool:
        """Whether a breach is a sign (疑似) rather than a proof, by its kind or as people say."""
        return self.form.sign or self.worded_as_sign

    @property
    def form(self) -> Kind:
        """What its kind asks for."""
        return KINDS[self.kind]

    def named(self, what: Names) -> tuple[str, ...]:
        """The names of one sort that the rule uses."""
        sides = ((self.form.a, self.a), (self.form.b, self.b))
        return tuple(name for sort, names in sides if sort == what for name in names)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the log, beside ours, that it cannot do without."""
        held = [column for part in self.comparisons for column in part.columns]
        held += self.register.columns if self.register else ()
        return tuple(dict.fromkeys([*self.named("columns"), *held]))


def read_comparison(text: str) -> Comparison:
    """
    Read one condition on what is known of a case.

    Raises
    ------
    ValueError
        If it is none of the known forms.

    Examples
    --------
    >>> read_comparison("#主送>1")
    Comparison(column='主送', sign='>', values=('1',), many=True, minus='')
    >>> read_comparison("来文级别 - 主送级别 > 1").columns
    ('来文级别', '主送级别')
    >>> read_comparison("签发人=").values
    ('',)
    """
    match = _COMPARISON.match(text.strip())
    if not match:
        raise ValueError(text)
    column, sign, value = match["column"].strip(), match["sign"], match["value"].strip()
    if sign in {"=", "!="} and not match["many"]:
        return Comparison(column, sign, tuple(part.strip() for part in value.split("|")))
    if not math.isfinite(float(value)):
        raise ValueError(text)
    column, _, minus = (part.strip() for part in column.partition(" - "))
    return Comparison(column, sign, (value,), bool(match["many"]), minus)


def read_register(text: str) -> Register:
    """
    Read the register in which a case must be known, and by which columns.

    Raises
    ------
    ValueError
        If it is not ``log: key column`` or ``log: key column | title column + more columns``.

    Examples
    --------
    >>> read_register("incoming: 文号 | 标题+来文单位")
    Register(log='incoming', key=('文号',), like=('标题', '来文单位'))
    """
    match = _REGISTER.match(text.strip())
    if not match:
        raise ValueError(text)
    key, _, like = match["keys"].partition("|")
    names = [[name.strip() for name in part.split("+") if name.strip()] for part in (key, like)]
    if not names[0]:
        raise ValueError(text)
    return Register(match["log"].strip(), tuple(names[0]), tuple(names[1]))


def read_rules(path: str | Path, shown: str = "") -> pd.DataFrame:
    """
    Read a table of rules.

    Parameters
    ----------
    path
        A csv file with the columns of ``tables.RULES``; other columns travel along.
    shown
        What messages call it; empty: by its name.

    Returns
    -------
    DataFrame
        All columns of the contract, as text.

    Raises
    ------
    SettingsError
        Lists everything in it that cannot be read, with file, line and column.
    """
    path = Path(path)
    shown = shown or path.name
    frame = read_text_table(path, shown).frame
    missing = [name for name in _COLUMNS if name not in frame]
    if missing:
        examples = {"rule_id": "P3", "kind": "hub"}
        raise SettingsError(
            Problem("no_key", {"name": name, "example": f"{name} = {examples[name]}"},
                    file=shown, line=1)
            for name in missing
        )  # fmt: skip
    whole = frame.assign(**{name: "" for name in tables.RULES.names if name not in frame})
    parse_rules(whole, shown)
    return whole


def parse_rules(rules: pd.DataFrame, file: str = "rules") -> tuple[Rule, ...]:
    """
    The rules of a table, read and found sound.

    Parameters
    ----------
    rules
        ``tables.RULES``, read or built by hand.
    file
        The name that messages give.

    Raises
    ------
    TableError
        If the table breaks its contract.
    SettingsError
        Lists every kind, scope, count and condition that cannot be read, and every id that
        stands twice.

    Examples
    --------
    >>> table = pd.DataFrame({"rule_id": ["P3"], "kind": ["hub"], "a": ["文书科"]})
    >>> parse_rules(table)[0].a
    ('文书科',)
    """
    if (
        isinstance(rules, pd.DataFrame)
        and "n" in rules
        and pd.api.types.is_numeric_dtype(rules["n"])
    ):
        rules = rules.assign(n=rules["n"].astype("string").astype(object))
    tables.RULES.check(rules)
    problems: list[Problem] = []
    rows = rules.reset_index(drop=True).to_dict("records")
    parsed = [_Row(row, line, file, problems).rule() for line, row in enumerate(rows, start=2)]
    problems += twice(
        (_Row(row, line, file, problems).cell("rule_id"), file, line)
        for line, row in enumerate(rows, start=2)
    )
    if problems:
        raise SettingsError(sorted(problems, key=lambda problem: problem.line or 0))
    return tuple(rule for rule in parsed if rule)


def twice(places: Iterable[tuple[str, str, int]]) -> list[Problem]:
    """
    Ids of rules that are used again, in one file or two.

    Parameters
    ----------
    places
        Id, file and line of each rule.

    Examples
    --------
    >>> [problem.line for problem in twice([("P1", "rules.csv", 2), ("P1", "rules.csv", 5)])]
    [5]
    """
    first: dict[str, tuple[str, int]] = {}
    problems = []
    for name, file, line in places:
        where, other = first.setdefault(name, (file, line))
        if name and (where, other) != (file, line):
            key = "twice_id" if where == file else "twice_in"
            details = {"name": name, "other": other, "where": where}
            problems.append(Problem(key, details, file, line, "rule_id"))
    return problems


@dataclass(frozen=True)
class _Row:
    """One row of a table of rules, while it is read."""

    row: dict[str, Any]
    line: int
    file: str
    problems: list[Problem]

    def cell(self, name: str) -> str:
        value = self.row.get(name)
        return "" if value is None or pd.isna(value) else str(value).strip()

    def wrong(self, key: str, column: str, **details: Any) -> None:
        self.problems.append(Problem(key, details, self.file, self.line, column))

    def read(self, name: str, reader: Callable[[str], Any], key: str, default: Any) -> Any:
        text = self.cell(name)
        try:
            return reader(text)
        except ValueError:
            self.wrong(key, name, name=name, got=text)
            return default

    def rule(self) -> Rule | None:
        """Read the row; None, with the reasons among the problems, if it cannot be."""
        before, kind = len(self.problems), self.cell("kind")
        if not self.cell("rule_id"):
            self.wrong("no_key", "rule_id", name="rule_id", example="P3")
        form = KINDS.get(kind)
        if form is None:
            self.wrong("rule_kind", "kind", got=kind, hint=Hint(kind, tuple(KINDS)))
        scope = self.read("scope", read_scope, "scope", ())
        severity = self.read("severity", _severity, "severity", "medium")
        theme = self.read("theme", _theme, "theme", "")
        if form is None:
            return None
        n = self.read("n", lambda text: _count(text, form), "count", 0)
        a, b = self._names("a", form), self._names("b", form)
        comparisons, register = (), None
        if form.a == "conditions" and self.cell("a"):
            a, comparisons = (), self.read("a", _comparisons, "comparison", ())
        if form.b == "register" and self.cell("b"):
            b, register = (), self.read("b", read_register, "register", None)
        if len(self.problems) > before:
            return None
        return Rule(
            rule_id=self.cell("rule_id"),
            kind=kind,
            a=a,
            b=b,
            n=n,
            scope=scope,
            comparisons=comparisons,
            register=register,
            severity=severity,
            log=self.cell("log"),
            title=self.cell("title") or self.cell("rule_id"),
            source=self.cell("source"),
            wording=self.cell("wording"),
            line=self.line,
            file=self.file,
            worded_as_sign=any(sign in self.cell("wording") for sign in _SIGNS),
            own_theme=theme,
        )

    def _names(self, side: str, form: Kind) -> tuple[str, ...]:
        """Read the names of one side, which must be there exactly where the kind asks for them."""
        what, text = getattr(form, side), self.cell(side)
        if text and not what:
            self.wrong("rule_spare", side, name=side, got=text, kind=self.cell("kind"))
        names = names_of(text.replace("+", "|") if what == "columns" else text)
        if what and not names and (text or side not in form.optional):
            self.wrong("rule_names", side, name=side, kind=self.cell("kind"))
        if side in form.single and len(names) > 1:
            self.wrong("rule_one", side, got=text)
        repeated = [name for at, name in enumerate(names) if name in names[:at]]
        if repeated and what in {"activities", "units", "columns"}:
            self.wrong("rule_twice", side, got=listed(dict.fromkeys(repeated)))
        return names


def _severity(text: str) -> Severity:
    if text.lower() not in SEVERITIES:
        raise ValueError(text)
    return SEVERITIES[text.lower()]


def _count(text: str, form: Kind) -> int:
    """Read `n`; a spreadsheet may have made 2 a 2.0."""
    if form.n is None or not text:
        if text or form.n == -1:
            raise ValueError(text)
        return form.n or 0
    number = float(text)
    if not number.is_integer() or number < (0 if form.n == -1 else 1):
        raise ValueError(text)
    return int(number)


def _theme(text: str) -> Theme:
    if text.lower() not in THEMES:
        raise ValueError(text)
    return THEMES[text.lower()]


def _comparisons(text: str) -> tuple[Comparison, ...]:
    found = tuple(read_comparison(part) for part in parts_of(text))
    if not found:
        raise ValueError(text)
    return found


def unfit_rules(
    rules: Iterable[Rule],
    names: Mapping[str, tuple[str, ...]],
    logs: tuple[str, ...] = (),
) -> list[Problem]:
    """
    List what rules name and a log does not have.

    Parameters
    ----------
    rules
        The rules that apply to the log.
    names
        What the log has: its ``activities``, ``units`` and ``columns``.
    logs
        The names of the other logs that may be registers.

    Returns
    -------
    list of Problem
        With the nearest names. A scope on a missing column (``scope_column``) is an error; what
        else is missing may simply not have happened, or leaves the rule undecided.
    """
    problems = []
    for rule in rules:
        columns = tuple(condition.column for condition in rule.scope)
        asked = (
            ("scope_column", "scope", columns, names["columns"]),
            ("activity", "", rule.named("activities"), names["activities"]),
            ("unit", "", rule.named("units"), names["units"]),
            ("rule_column", "", rule.columns, names["columns"]),
            ("no_register", "b", (rule.register.log,) if rule.register else (), logs),
        )
        problems += [
            Problem(key, _missing(name, have), rule.file, rule.line, column)
            for key, column, wanted, have in asked
            for name in wanted
            if name not in have
        ]
    return problems


def _missing(name: str, have: tuple[str, ...]) -> dict[str, Any]:
    return {"got": name, "have": listed(have), "hint": Hint(name, have)}
