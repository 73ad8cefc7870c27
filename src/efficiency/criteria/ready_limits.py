"""What should be, ready made: limits of laws and of other offices, to pick from."""

from __future__ import annotations

from functools import cache
from importlib import resources

import pandas as pd
from pydantic import Field

from efficiency import tables
from efficiency._doors.toml import Strict, read_settings
from efficiency.criteria.catalogue import Text
from efficiency.language import Language, of

#: What an added limit's title begins with, until a person has made it the office's own.
EXAMPLE = ("示例：", "Example: ")


class ReadyLimit(Strict):
    """One limit, by the names of ``standards.csv``; ``checked``: its source was read."""

    limit_id: str
    title: Text
    source: str
    begins: str = Field(alias="from")
    ends: str = Field(alias="to")
    limit: str
    clock: str = ""
    scope: str = ""
    suspend: str = ""
    resume: str = ""
    extend: str = ""
    extend_by: str = ""
    occurrence: str = ""
    required: str = ""
    note: Text | None = None
    checked: bool = True


class _Limits(Strict):
    limits: tuple[ReadyLimit, ...]


@cache
def ready_limits() -> tuple[ReadyLimit, ...]:
    """
    Every ready-made limit. None is applied by itself.

    Examples
    --------
    >>> first = ready_limits()[0]
    >>> first.limit_id, first.limit, first.extend_by
    ('XK20', '20个工作日', '10个工作日')
    """
    place = resources.files("efficiency.criteria") / "ready_limits.toml"
    with resources.as_file(place) as path:
        return read_settings(_Limits, path).limits


def ready_standards(language: Language = "zh", log: str = "") -> pd.DataFrame:
    """
    The ready-made limits as rows of ``standards.csv``.

    Parameters
    ----------
    language
        Of titles; names of activities stay Chinese.
    log
        The log that they apply to; empty: all.

    Returns
    -------
    DataFrame
        ``tables.STANDARDS``; the title says that it is an example.

    Examples
    --------
    >>> ready_standards()["standard_id"].is_unique
    True
    """
    rows = [
        {
            **one.model_dump(by_alias=True),
            "standard_id": one.limit_id,
            "title": of(EXAMPLE, language) + one.title.of(language),
            "log": log,
        }
        for one in ready_limits()
    ]
    return pd.DataFrame(rows).reindex(columns=tables.STANDARDS.names).fillna("")
