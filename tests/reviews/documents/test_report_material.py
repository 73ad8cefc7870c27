"""What the report is told from is what the tables hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from efficiency.problems import SettingsError
from efficiency.reviews.documents.report_material import material, words_of
from efficiency.reviews.office import Office, open_review
from written import HEAD, LIMIT, LOG, write


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = write(tmp_path_factory.mktemp("material"), review=HEAD, a=LOG, standards=LIMIT)
    return open_review(folder)


def test_counts_are_those_of_the_tables(office: Office) -> None:
    (log,) = material(office).logs
    assert log.counts == {
        "rows": 3, "accepted": 3, "rejected": 0, "changed": 0, "cases": 2, "steps": 3, "open": 0,
        "cancelled": 0,
    }  # fmt: skip
    assert (log.first, log.last) == (
        office["a"].cases["first"].min(),
        office["a"].cases["last"].max(),
    )
    assert log.edges is office["a"].edges


def test_every_finding_on_cases_has_the_rows_that_show_it(office: Office) -> None:
    told = material(office)
    assert {one.id for one in told.findings} == {one.id for one in office.findings}
    shown = {one.id for one in told.findings if one.kind in {"standard", "rule", "slow_step"}}
    assert shown == set(told.evidence)


def test_a_log_that_is_all_open_is_noticed(tmp_path: Path) -> None:
    head = HEAD + 'closed_by = ["never"]\n'
    told = material(open_review(write(tmp_path, review=head, a=LOG, standards=LIMIT)))
    assert any("Every case of log a was still open" in notice for notice in told.notices)


# --- what the report calls a log


@pytest.mark.parametrize(
    ("more", "columns", "want"),
    [
        # As people wrote it; an empty unit word is one, too.
        ('title = "post book"\nnoun = "letters"\nunit_word = ""\n', "case_id",
         ("post book", "letters", "")),
        ("", "case_id", ("a", "事项", "件")),
        ("", "case_id,文种", ("a", "文件", "件")),
        ("", "case_id,来文单位", ("收文办理记录", "文件", "件")),
        ("", "case_id,批示领导", ("领导批示台账", "事项", "件")),
        ("", "case_id,督办部门", ("督查督办台账", "事项", "件")),
        ("", "case_id,诉求内容", ("群众诉求办理记录", "事项", "件")),
        ("", "case_id,许可类别", ("审批办理记录", "事项", "件")),
    ],
)  # fmt: skip
def test_a_log_is_called_as_people_say_or_as_its_columns_tell(
    tmp_path: Path, more: str, columns: str, want: tuple[str, str, str]
) -> None:
    """By the heads of its columns, those that a review does not need among them."""
    head, *rows = LOG.splitlines()
    many = columns.count(",")
    lines = [
        head.replace("case_id", columns),
        *(r.replace(",", ",x" * many + ",", 1) for r in rows),
    ]
    toml = HEAD.replace('language = "en"', 'language = "zh"') + more
    office = open_review(write(tmp_path, review=toml, a="\n".join(lines), standards=LIMIT))
    words = words_of(office, "a")
    assert (words.title, words.noun, words.unit) == want


def test_columns_that_the_settings_name_tell_it_too(tmp_path: Path) -> None:
    """They have other names by the time that the log was read."""
    log = LOG.replace("case_id", "批示编号")
    toml = HEAD + '[logs.a.columns]\ncase_id = "批示编号"\n'
    words = words_of(open_review(write(tmp_path, review=toml, a=log, standards=LIMIT)), "a")
    assert (words.title, words.noun, words.unit) == ("register of decisions", "cases", "")


# --- what people decided and wrote


def test_what_was_set_aside_is_told_apart_with_its_reason(tmp_path: Path) -> None:
    """Only of findings that are there; another decision sets nothing aside."""
    slow = "".join(f"{n},in,2024-03-04 09:00\n{n},out,2024-03-04 11:20\n" for n in range(9))
    toml, log = 'points = "points.csv"\n' + HEAD, LOG.splitlines()[0] + "\n" + slow
    folder = write(tmp_path, review=toml, a=log, standards=LIMIT)
    (found,) = [one for one in open_review(folder).findings if one.kind == "standard"]
    register = (
        "id,title,decision,action\n"
        f"{found.id},late,{{}},the clock was not set\n"
        "aaaaaaaaaaaa,gone,set aside,no more\n"
    )
    for said, want in (("set aside", {found.id: "the clock was not set"}), ("standardise", {})):
        (folder / "points.csv").write_text(register.format(said), encoding="utf-8")
        told = material(open_review(folder))
        assert told.set_aside == want
        assert found.id in {one.id for one in told.findings}
        stands = told.tables["standing"].set_index("measure")["value"]
        assert stands["set_aside"] == len(want)


def test_what_was_set_aside_without_a_reason_is_noticed(tmp_path: Path) -> None:
    """By its line, the head being the first; where there is a reason nothing is said."""
    slow = "".join(f"{n},in,2024-03-04 09:00\n{n},out,2024-03-04 11:20\n" for n in range(9))
    toml, log = 'points = "points.csv"\n' + HEAD, LOG.splitlines()[0] + "\n" + slow
    folder = write(tmp_path, review=toml, a=log, standards=LIMIT)
    (found,) = [one for one in open_review(folder).findings if one.kind == "standard"]
    register = "id,title,decision,action\naaaaaaaaaaaa,gone,set aside,\n"
    register += f"{found.id},late,set aside,{{}}\n"
    for reason, said in (("", [True]), ("the clock was not set", [])):
        (folder / "points.csv").write_text(register.format(reason), encoding="utf-8")
        told = [one for one in material(open_review(folder)).notices if "set aside" in one]
        assert [one.startswith("points.csv, line 3: set aside") for one in told] == said


def test_what_the_analyst_wrote_is_taken_over_and_its_cells_are_looked_up(tmp_path: Path) -> None:
    """A number of the analyst's that there is not is told at once."""
    folder = write(tmp_path, review=HEAD, a=LOG, standards=LIMIT)
    (folder / "text.toml").write_text('office = "Office of Letters"\n', encoding="utf-8")
    assert material(open_review(folder)).own.office == "Office of Letters"
    text = '[chapters.situation]\nafter = ["{compliance.T1.shore}"]\n'
    (folder / "text.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"compliance\.T1\.shore"):
        material(open_review(folder))


def test_the_spans_stand_as_dates(tmp_path: Path) -> None:
    span = 'period = ["2024-03-01", "2024-03-31"]\nbaseline = ["2024-02-01", "2024-02-29"]\n'
    told = material(open_review(write(tmp_path, review=span + HEAD, a=LOG, standards=LIMIT)))
    assert told.period == ("2024-03-01", "2024-03-31")
    assert told.baseline == ("2024-02-01", "2024-02-29")
    assert material(open_review(write(tmp_path, review=HEAD))).period == ()
