"""What does not fit together is told: criteria, settings and logs held side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from efficiency.problems import InputError, SettingsError
from efficiency.reviews.reading.inputs import read_inputs
from written import HEAD, LIMIT, LIMITS, LOG, write

RULED = 'rules = "rules.csv"\n' + HEAD
RULES = "rule_id,kind,a,b,n,scope,log\n"
MODELLED = HEAD + 'model = "flow.csv"\n'


def noted(folder: Path, **texts: str | bytes) -> tuple[str, ...]:
    write(folder, **{"review": HEAD, "a": LOG, "standards": LIMIT} | texts)
    return read_inputs(folder).notices


def wrong(folder: Path, **texts: str | bytes) -> list[str]:
    write(folder, **{"review": HEAD, "a": LOG, "standards": LIMIT} | texts)
    with pytest.raises(InputError) as caught:
        read_inputs(folder)
    return [problem.text("en") for problem in caught.value.problems]


def test_an_activity_that_never_occurs_is_noted(tmp_path: Path) -> None:
    """It may be a slip of the pen, or never have happened: the nearest names help to tell."""
    standards = LIMITS + "T1,quick,inn,out,1 h,working,0.9\n"
    review_toml = HEAD.replace("path", 'closed_by = ["uot"]\npath')
    assert noted(tmp_path, standards=standards, review=review_toml) == (
        "standards.csv:2: the log has no activity 'inn'; nearest: in",
        "review.toml:5: [closed_by] none of closed_by, uot, ever happens, so that no case would be "
        "closed; the log has in, out; nearest: out",
    )
    chinese = review_toml.replace('"en"', '"zh"')
    assert noted(tmp_path, standards=standards, review=chinese)[0] == (
        "standards.csv:2: 日志中没有环节 'inn'；最接近的是：in"
    )


def test_what_a_rule_names_and_the_log_has_not_is_noted(tmp_path: Path) -> None:
    """The rule is held against the log all the same: it may never have happened."""
    rules = RULES + "P1,precedence,inn,out,,,\nP3,hub,desk,,,,\nP4,attribute,签发人=,,,,\n"
    rules += "P5,unregistered,,b: no,,,\n"
    have = "is not in the log: the rule is undecidable; nearest: "
    have += "case_id, activity, actor, unit, received, start, end, "
    have += "received_precision, start_precision, end_precision, row"
    assert noted(tmp_path, review=RULED, rules=rules) == (
        "rules.csv:2: the log has no activity 'inn'; nearest: in",
        "rules.csv:3: the log has no unit 'desk'",
        f"rules.csv:4: the rule's column '签发人' {have}",
        f"rules.csv:5: the rule's column 'no' {have}",
        "rules.csv:5: [b] there is no register 'b': the rule is undecidable; add [logs.b] to "
        "review.toml",
    )


def test_steps_of_the_flow_that_never_occur_are_noted(tmp_path: Path) -> None:
    (notice,) = noted(tmp_path, review=MODELLED, flow="in → check → out")
    assert notice.startswith("flow.csv: the log has no activity 'check'")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('case_mix = ["sorts", "sort"]\n', "review.toml:6: "),
        ('applicant = "sort"\n', "review.toml:6: "),
        ('[[reforms]]\ndate = 2024-03-04\nlog = "b"\n', "review.toml:8: "),
    ],
)
def test_settings_that_name_what_is_not_there_are_told(
    tmp_path: Path, lines: str, said: str
) -> None:
    """With the line, what was written, and what there is."""
    (told,) = wrong(
        tmp_path,
        review=HEAD + lines,
        a=LOG.replace("end\n", "end,sorts\n").replace("20\n", "20,x\n"),
    )
    assert told.startswith(said)
    assert ("'sort'" in told and "sorts" in told) or ("'b'" in told and "a" in told)


@pytest.mark.parametrize(
    ("named", "many"), [("", 0), (', open = ["odd"]', 0), (', open = ["done"]', 1)]
)
def test_a_status_that_nobody_named_is_told_once_open_ones_are(
    tmp_path: Path, named: str, many: int
) -> None:
    """Where only what is closed is named, the steps decide on all others."""
    log = "case_id,activity,end,how\n1,in,2024-03-04 09:00,done\n2,in,2024-03-04 10:00,odd\n"
    settings = f'{HEAD}status = {{ column = "how", closed = ["done"]{named} }}\n'
    told = [line for line in noted(tmp_path, review=settings, a=log) if "stand under none" in line]
    assert len(told) == many
    assert all("the values odd of the status column 'how'" in line for line in told)


def test_a_value_that_is_none_of_those_listed_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "case_id,activity,end,来源\n1,in,2024-03-04,领导批示\n2,in,2024-03-04,领导批式\n"
        "3,in,2024-03-04,\n",
        "utf-8",
    )
    settings = 'title = "t"\nlanguage = "en"\n[logs.a]\npath = "a.csv"\nallowed = {{ {} }}\n'
    (tmp_path / "review.toml").write_text(settings.format('"来源" = ["领导批示"]'), "utf-8")
    (said,) = [one for one in read_inputs(tmp_path).notices if "allowed" in one]
    assert said.startswith("review.toml:5: [allowed] the column 来源 holds 领导批式")
    assert said.endswith("1 case(s), such as 2")
    (tmp_path / "review.toml").write_text(settings.format('"来原" = ["领导批示"]'), "utf-8")
    with pytest.raises(SettingsError, match="来原"):
        read_inputs(tmp_path)


def test_a_column_of_secrecy_is_no_case_mix(tmp_path: Path) -> None:
    head, *rows = LOG.strip().split("\n")
    marks = ["机密", *[""] * (len(rows) - 1)]
    lines = [f"{head},密级", *(f"{row},{mark}" for row, mark in zip(rows, marks, strict=True))]
    table = "\n".join(lines)
    (said,) = wrong(tmp_path, a=table + "\n", review=HEAD + 'case_mix = ["密级"]\n')
    assert "'密级' (for case_mix) is one of secrecy and was not loaded" in said


def test_columns_may_be_named_as_the_file_has_them(tmp_path: Path) -> None:
    """Or as they are called in the log; what is missing is told by the file's headings."""
    log = "id,step,ende,处室\n1,in,2024-03-04 09:20,一处\n1,out,2024-03-05 09:20,二处\n"
    columns = '[logs.a.columns]\ncase_id = "id"\nactivity = "step"\nend = "ende"\nunit = "处室"\n'
    for name in ("处室", "unit"):
        review = HEAD + f'allowed = {{ "{name}" = ["一处", "二处"] }}\n' + columns
        assert noted(tmp_path, a=log, review=review) == ()
    (said,) = wrong(tmp_path, a=log, review=HEAD + 'allowed = { "处市" = ["一处"] }\n' + columns)
    assert "the file has id, step, 处室" in said
    assert "nearest: 处室" in said
