"""Documents that stand in several logs are counted once."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from efficiency.reviews.documents.linked_documents import count_documents


def cases(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["number", "like"])


def test_by_hand() -> None:
    """Two numbers; one without is like the first, two are alike, one is like nothing."""
    told = cases(("甲1", "x"), ("甲1", "y"), ("甲2", ""), ("", "x"), ("", "z"), ("", "z"), ("", ""))
    assert count_documents(told) == 4


@given(st.lists(st.tuples(st.sampled_from(["", "1", "2"]), st.sampled_from(["", "a", "b"]))))
def test_never_more_than_the_cases_nor_fewer_than_the_numbers(rows: list[tuple[str, str]]) -> None:
    counted = count_documents(cases(*rows))
    assert len({number for number, _ in rows if number}) <= counted <= len(rows)
    assert count_documents(cases(*rows, *rows)) <= counted + sum(row == ("", "") for row in rows)
