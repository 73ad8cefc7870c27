"""The tables of what people say: the questionnaire, its answers, interviews, the staff."""

from __future__ import annotations

from efficiency.tables.contract import Column, Table, columns

_ITEM = Column("item", "text", "the question, by its name in the codebook")
_OFFICE = Column("office", "text", "the office of those who were asked; empty: all together")
_SHARE = columns(
    ("share", "number", "k ÷ n", "0 to 1"),
    ("low", "number", "95 % interval, answers of one office counted as alike", "0 to 1"),
    ("high", "number", "95 % interval, answers of one office counted as alike", "0 to 1"),
    nullable=True,
)

ITEMS = Table(
    "items",
    "one question of the questionnaire",
    (
        *columns(
            ("item", "text", "what tables call it"),
            ("text", "text", "its wording, as the answers are headed"),
            ("short", "text", "how the report names it"),
            ("scale", "text", "the steps from low to high, or what else the answers are"),
        ),
        Column("reversed", "boolean", "whether a high step is the worse one"),
        *columns(
            (
                "construct",
                "text",
                "what several questions measure together; empty: it stands alone",
            ),
            ("linked", "text", "the standard, rule or activity that measures the same on record"),
        ),
        Column("line", "integer", "its line in the codebook"),
    ),
    span="record",
    of_log=False,
)

RESPONSES = Table(
    "responses",
    "one answer of one respondent",
    (
        Column("row", "integer", "the respondent: the data row in the file of answers"),
        _ITEM,
        Column("step", "number", "the step on the scale, from 1", unit="steps", nullable=True),
        Column("reason", "text", "why there is none: blank, not_applicable"),
    ),
    span="record",
    of_log=False,
)

SENT_OUT = Table(
    "sent_out",
    "one office that was given questionnaires",
    (
        _OFFICE,
        Column("issued", "integer", "questionnaires issued"),
        Column("returned", "integer", "questionnaires that came back", nullable=True),
    ),
    span="record",
    of_log=False,
)

RETURNS = Table(
    "returns",
    "one office and its questionnaires; without a name all together",
    (
        _OFFICE,
        Column("issued", "integer", "questionnaires issued; empty: not known", nullable=True),
        Column("returned", "integer", "questionnaires that came back"),
        Column("valid", "integer", "of these: answers that count by the rules of validity"),
        Column("return_share", "number", "returned ÷ issued", unit="0 to 1", nullable=True),
        Column("valid_share", "number", "valid ÷ returned", unit="0 to 1", nullable=True),
        *columns(
            ("first", "time", "day of the first answer"),
            ("last", "time", "day of the last answer"),
            nullable=True,
        ),
    ),
    span="record",
    of_log=False,
)

VALIDITY = Table(
    "validity",
    "one rule of validity",
    (
        Column("rule", "text", "twice, too_fast, all_alike or half_empty"),
        Column(
            "threshold", "number", "seconds in all, answers, or the part that must be answered",
            unit="that of the rule", nullable=True,
        ),
        Column("applied", "boolean", "whether the answers hold what it needs"),
        Column("caught", "integer", "respondents who fall under it"),
        Column("left_out", "integer", "of these: left out by it, not by an earlier rule"),
    ),
    span="record",
    of_log=False,
)  # fmt: skip

OPINIONS = Table(
    "opinions",
    "one question with a scale, its answers turned so that high is good",
    (
        _ITEM,
        Column(
            "construct", "text", "what several questions measure together; empty: it stands alone"
        ),
        Column("steps", "integer", "steps of its scale"),
        Column("highest", "integer", "the number of its highest step"),
        *columns(
            ("n", "integer", "respondents who chose a step"),
            ("missing", "integer", "valid respondents who left it blank"),
            ("not_applicable", "integer", "valid respondents to whom it does not apply"),
            ("k", "integer", "of n: above the middle, in favour"),
        ),
        *_SHARE,
        *columns(
            ("top_two", "number", "of n: the two highest steps", "0 to 1"),
            ("wide_share", "number", "of n: the middle and above", "0 to 1"),
            (
                "wide_low",
                "number",
                "95 % interval, answers of one office counted as alike",
                "0 to 1",
            ),
            (
                "wide_high",
                "number",
                "95 % interval, answers of one office counted as alike",
                "0 to 1",
            ),
            ("weighted_share", "number", "in favour, weighted to the staff on record", "0 to 1"),
            nullable=True,
        ),
        Column("against", "integer", "of n: below the middle"),
        *columns(
            ("against_share", "number", "against ÷ n", "0 to 1"),
            (
                "against_low",
                "number",
                "95 % interval, answers of one office counted as alike",
                "0 to 1",
            ),
            (
                "against_high",
                "number",
                "95 % interval, answers of one office counted as alike",
                "0 to 1",
            ),
            ("mean", "number", "of the steps, as the scale counts them", "steps"),
            ("sd", "number", "standard deviation of the steps", "steps"),
            nullable=True,
        ),
        Column("offices", "integer", "offices they are of; 0: not known"),
        *columns(
            (
                "icc",
                "number",
                "how alike answers of one office are (intraclass correlation)",
                "0 to 1",
            ),
            ("design_effect", "number", "variance against that of independent answers", "ratio"),
            nullable=True,
        ),
    ),
    span="record",
    of_log=False,
)

LEVELS = Table(
    "levels",
    "one step of one question",
    (
        _ITEM,
        Column("level", "integer", "its place from low to high, as the question puts it"),
        Column("label", "text", "its words"),
        Column("k", "integer", "respondents who chose it"),
        Column("n", "integer", "respondents who chose a step"),
        Column("share", "number", "k ÷ n", unit="0 to 1", nullable=True),
    ),
    span="record",
    of_log=False,
)

RELIABILITY = Table(
    "reliability",
    "one construct: how well its questions hang together",
    (
        Column("construct", "text", "what several questions measure together"),
        Column("items", "integer", "its questions"),
        Column("n", "integer", "respondents who answered all of them"),
        *columns(
            ("alpha", "number", "Cronbach's alpha", "at most 1"),
            ("low", "number", "95 % interval by Feldt", "at most 1"),
            ("high", "number", "95 % interval by Feldt", "at most 1"),
            nullable=True,
        ),
    ),
    span="record",
    of_log=False,
)

ITEM_REST = Table(
    "item_rest",
    "one question of a construct against its others",
    (
        Column("construct", "text", "what several questions measure together"),
        _ITEM,
        *columns(
            ("rest_r", "number", "correlation with the sum of the others", "-1 to 1"),
            ("alpha_if_dropped", "number", "alpha of the others", "at most 1"),
            nullable=True,
        ),
    ),
    span="record",
    of_log=False,
)

CROSSTABS = Table(
    "crosstabs",
    "one question held against one trait of those who answered",
    (
        _ITEM,
        Column("attribute", "text", "the trait"),
        Column("n", "integer", "respondents of whom both are known"),
        Column("values", "integer", "values of the trait"),
        *columns(
            (
                "chi2",
                "number",
                "Wald's with the covariance over offices; else Pearson's",
                "chi square",
            ),
            ("p", "number", "of the test, not yet adjusted", "0 to 1"),
            ("p_holm", "number", "over all of these tests, by Holm", "0 to 1"),
            ("cramers_v", "number", "Cramér's V: 0 none, 1 full", "0 to 1"),
            nullable=True,
        ),
    ),
    span="record",
    of_log=False,
)

CROSSTAB_CELLS = Table(
    "crosstab_cells",
    "one question among those of one value of a trait",
    (
        _ITEM,
        Column("attribute", "text", "the trait"),
        Column("value", "text", "its value"),
        Column("n", "integer", "respondents who chose a step"),
        Column("k", "integer", "of n: above the middle, in favour"),
        Column("share", "number", "k ÷ n", unit="0 to 1", nullable=True),
    ),
    span="record",
    of_log=False,
)

OFFICE_OPINIONS = Table(
    "office_opinions",
    "one construct, or question that stands alone, in one office",
    (
        Column("office", "text", "the office of those who were asked"),
        Column("construct", "text", "the construct, or the question that stands alone"),
        Column("people", "integer", "respondents of the office"),
        Column("n", "integer", "answers"),
        Column("k", "integer", "of n: above the middle, in favour"),
        Column("share", "number", "k ÷ n", unit="0 to 1", nullable=True),
    ),
    span="record",
    of_log=False,
)

CHOICES = Table(
    "choices",
    "one option of a question that lets several be ticked",
    (
        _ITEM,
        Column("option", "text", "the option"),
        Column("k", "integer", "respondents who ticked it"),
        Column("n", "integer", "respondents who ticked any"),
        *_SHARE,
    ),
    span="record",
    of_log=False,
)

REPRESENTATION = Table(
    "representation",
    "one value of a trait: those who answered beside the staff on record",
    (
        Column("attribute", "text", "the trait"),
        Column("value", "text", "its value"),
        Column("n", "integer", "valid respondents"),
        Column("share", "number", "of those whose trait is known", unit="0 to 1"),
        *columns(
            ("staff", "number", "staff on record; empty: not known", "people"),
            ("staff_share", "number", "of the staff on record", "0 to 1"),
            ("weight", "number", "mean weight after raking; empty: not weighted", "ratio"),
            (
                "p",
                "number",
                "chi square test of respondents against staff, design effect aside",
                "0 to 1",
            ),
            ("effective_n", "number", "what the weighted answers are worth (Kish)", "people"),
            nullable=True,
        ),
    ),
    span="record",
    of_log=False,
)

TRENDS = Table(
    "trends",
    "one question that was asked in the same words before",
    (
        _ITEM,
        Column("n_before", "integer", "respondents who chose a step then"),
        Column("n", "integer", "respondents who chose a step"),
        *columns(
            ("share_before", "number", "in favour then", "0 to 1"),
            ("share", "number", "in favour now", "0 to 1"),
            ("difference_share", "number", "now less then", "0 to 1"),
            ("low", "number", "95 % interval", "0 to 1"),
            ("high", "number", "95 % interval", "0 to 1"),
            nullable=True,
        ),
    ),
    span="record",
    of_log=False,
)

OPEN_ANSWERS = Table(
    "open_answers",
    "one code of the user's word list among the open answers to one question",
    (
        _ITEM,
        Column("code", "text", "the code; empty: no word of the list occurs"),
        Column("k", "integer", "respondents in whose answer one of its words occurs"),
        Column("n", "integer", "respondents who wrote something"),
        Column("share", "number", "k ÷ n", unit="0 to 1", nullable=True),
        Column("example", "text", "one answer, names left out"),
    ),
    span="record",
    of_log=False,
)

INTERVIEWS = Table(
    "interviews",
    "one passage of an interview under one code",
    columns(
        ("interview", "text", "the interview"),
        ("office", "text", "where the person works"),
        ("post_type", "text", "the person's post"),
        ("theme", "text", "the theme"),
        ("code", "text", "the code within the theme"),
        ("quote", "text", "what was said"),
    ),
    span="record",
    of_log=False,
)

INTERVIEW_THEMES = Table(
    "interview_themes",
    "one code of the interviews",
    (
        Column("theme", "text", "the theme"),
        Column("code", "text", "the code within the theme"),
        Column("k", "integer", "interviews in which it came up"),
        Column("n", "integer", "interviews"),
        Column("share", "number", "k ÷ n", unit="0 to 1"),
        Column("offices", "integer", "offices in which it came up"),
        Column("example", "text", "one passage, names left out"),
    ),
    span="record",
    of_log=False,
)

INTERVIEW_GROUPS = Table(
    "interview_groups",
    "one theme among the interviews of one post or office",
    (
        Column("attribute", "text", "office or post_type"),
        Column("value", "text", "its value"),
        Column("theme", "text", "the theme"),
        Column("k", "integer", "interviews in which it came up"),
        Column("n", "integer", "interviews"),
    ),
    span="record",
    of_log=False,
)

SATURATION = Table(
    "saturation",
    "one interview in the order in which they were held",
    (
        Column("place", "integer", "its place, from 1"),
        Column("fresh", "integer", "codes that came up for the first time"),
        Column("codes", "integer", "codes that had come up by then"),
    ),
    span="record",
    of_log=False,
)

STAFFING = Table(
    "staffing",
    "how many people of one kind one office has",
    (
        Column("office", "text", "the office"),
        Column("attribute", "text", "education, post_type, age_band, or total"),
        Column("value", "text", "its value"),
        Column("headcount", "number", "people; empty: masked", unit="people", nullable=True),
        Column("at_least", "boolean", "whether it is a lower bound (余)"),
        Column("doubted", "boolean", "whether the office's figures do not add up"),
    ),
    span="record",
    of_log=False,
)

STAFF = Table(
    "staff",
    "one value of a trait among the staff on record",
    (
        Column("attribute", "text", "education, post_type, age_band, or total"),
        Column("value", "text", "its value"),
        Column(
            "headcount",
            "number",
            "people of the offices that tell all values",
            unit="people",
            nullable=True,
        ),
        Column("share", "number", "of those", unit="0 to 1", nullable=True),
        Column("offices", "integer", "offices that tell all values of the trait"),
        Column("masked", "integer", "offices that mask some, or do not add up"),
        Column("at_least", "boolean", "whether it is a lower bound (余)"),
    ),
    span="record",
    of_log=False,
)

STAFF_LOAD = Table(
    "staff_load",
    "the steps that one office did in one log, beside its staff",
    (
        Column("log", "text", "the log"),
        Column("office", "text", "the office"),
        Column("headcount", "number", "its staff", unit="people"),
        Column("steps", "integer", "steps done by it"),
        Column("per_head", "number", "steps ÷ staff", unit="steps"),
    ),
    of_log=False,
)

_EITHER = "0 to 1, or working hours"
_BESIDE = (
    Column("linked", "text", "the standard, rule or activity that measures the same on record"),
    Column("measure", "text", "limit, rule or step: what it is"),
)

AGREEMENT = Table(
    "agreement",
    "what one office says beside what its record shows",
    (
        Column("log", "text", "the log"),
        _ITEM,
        *_BESIDE,
        Column("office", "text", "the office of those who were asked"),
        Column("n", "integer", "respondents who chose a step"),
        Column("share", "number", "in favour", unit="0 to 1", nullable=True),
        Column("record_n", "integer", "cases, clocks or steps on record"),
        Column(
            "record", "number", "share met, share in breach, or median hours on record",
            unit=_EITHER, nullable=True,
        ),
        Column("says", "text", "fine or bad: most are in favour, or not"),
        Column("shows", "text", "fine or bad: held against the target, else against all offices"),
    ),
    of_log=False,
)  # fmt: skip

TRIANGULATION = Table(
    "triangulation",
    "one question beside what the record shows of the same",
    (
        Column("log", "text", "the log"),
        _ITEM,
        *_BESIDE,
        Column("n", "integer", "respondents who chose a step"),
        *columns(
            ("share", "number", "in favour", "0 to 1"),
            ("low", "number", "95 % interval, answers of one office counted as alike", "0 to 1"),
            ("high", "number", "95 % interval, answers of one office counted as alike", "0 to 1"),
            nullable=True,
        ),
        Column("record_n", "integer", "cases, clocks or steps on record"),
        *columns(
            ("record", "number", "share met, share in breach, or median hours on record", _EITHER),
            ("record_low", "number", "95 % interval", _EITHER),
            ("record_high", "number", "95 % interval", _EITHER),
            ("target", "number", "share that must meet it", "0 to 1"),
            ("done_share", "number", "cases of the log that are done, whenever", "0 to 1"),
            nullable=True,
        ),
        Column("reading", "text", "both_fine, both_bad, milder, harsher or open"),
        Column("offices", "integer", "offices that both are known of"),
        *columns(
            ("rho", "number", "rank correlation of opinion and record over offices", "-1 to 1"),
            ("rho_low", "number", "95 % interval", "-1 to 1"),
            ("rho_high", "number", "95 % interval", "-1 to 1"),
            nullable=True,
        ),
        *columns(
            ("fine_fine", "integer", "offices that say fine and are fine"),
            ("fine_bad", "integer", "offices that say fine and are not"),
            ("bad_fine", "integer", "offices that say bad and are fine"),
            ("bad_bad", "integer", "offices that say bad and are not fine"),
        ),
    ),
    of_log=False,
)  # fmt: skip

#: The tables of a survey that a review writes, by the names of their files.
SURVEY_WRITTEN: dict[str, Table] = {
    table.name: table
    for table in (
        RETURNS, VALIDITY, ITEMS, OPINIONS, LEVELS, RELIABILITY, ITEM_REST, CROSSTABS,
        CROSSTAB_CELLS, OFFICE_OPINIONS, CHOICES, REPRESENTATION, TRENDS, OPEN_ANSWERS,
        INTERVIEW_THEMES, INTERVIEW_GROUPS, SATURATION, STAFF, STAFF_LOAD, AGREEMENT,
        TRIANGULATION,
    )
}  # fmt: skip
