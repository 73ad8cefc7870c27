"""The log of issued documents: two years of it, whoever is away checks nothing."""

from __future__ import annotations

import pandas as pd

from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.registers.issued import (
    CLERK,
    DEPUTY,
    DOCUMENTS,
    LENGTHS,
    absences,
    issued,
    leave,
)


def test_there_are_as_many_of_each_year_as_was_planted(office: DeskHours) -> None:
    years = issued(office).rows.drop_duplicates("发文编号")["发文编号"].str[4:8].value_counts()
    assert (years["2023"], years["2024"]) == DOCUMENTS


def test_nobody_checks_a_draft_while_he_is_away(office: DeskHours) -> None:
    rows = issued(office).rows
    checked = rows[(rows["环节"] == "核稿") & (rows["办结时间"] != "")]
    done = pd.to_datetime(checked["办结时间"]).astype("datetime64[s]").astype("int64")
    for who, first, last in absences(office):
        assert not ((checked["经办人"] == who) & (done >= first) & (done < last)).any()


def test_both_are_away_at_once_now_and_then(office: DeskHours) -> None:
    table = leave(office)
    assert set(table["姓名"]) == {CLERK, DEPUTY}
    spans = dict(list(table.groupby("姓名")))
    both = [
        (one, other)
        for one in spans[CLERK].itertuples(index=False)
        for other in spans[DEPUTY].itertuples(index=False)
        if one.离岗日期 <= other.返岗前一日 and other.离岗日期 <= one.返岗前一日
    ]
    assert len(both) == 2


def test_texts_that_are_too_long_are_accounted_for(office: DeskHours) -> None:
    made = issued(office)
    first = made.rows.drop_duplicates("发文编号")
    most = first["文稿类别"].map(LENGTHS)
    long = set(first.loc[first["字数"].astype(int) > most, "发文编号"])
    told = made.truth["verdicts"]
    assert long == {*told["P21A"]["broken"], *told["P21B"]["broken"]}
