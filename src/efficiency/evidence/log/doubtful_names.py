"""Which names in a log are doubtful: written in two ways, put in for what is not known."""

from __future__ import annotations

import difflib
import itertools
import re
import unicodedata
from collections.abc import Iterator

import ibis.expr.types as ir
import pandas as pd
from ibis.backends import BaseBackend

from efficiency import tables
from efficiency._doors import engine
from efficiency.evidence.log.stamps import AmbiguousDayError, read_stamps

Doubt = tuple[str, str, int, str]

EXAMPLES = 5
#: A name this much rarer than one much like it looks like a slip. Two letters are too few to tell,
#: from six on two may be wrong.
RARITY, SHORTEST, LONG = 0.05, 3, 6
#: Pairs of names that are told for one column.
MOST_PAIRS = 20
#: What people, and systems, put where nobody is known.
PLACEHOLDERS = {
    "?", "-", "--", "/", ".", "无", "空", "未知", "不详", "待定", "匿名", "测试", "none", "null",
    "nan", "n/a", "na", "unknown", "anonymous", "staff member", "user", "admin", "administrator",
    "system", "default", "test",
}  # fmt: skip
#: Of the values of a column so many must look like dates; so many are tried.
DATES, TRIED = 0.8, 200
_BRACKETS = str.maketrans("〔［【〈《(){}", "[[[[[[][]", "")
_CLOSING = str.maketrans("〕］】〉》", "]]]]]")


def first_rows(table: ir.Table, con: BaseBackend) -> str:
    """The first rows of a table, joined by ``;``."""
    first = engine.frame(table.select("row").order_by("row").limit(EXAMPLES), con)
    return ";".join(str(row) for row in first["row"])


def similar_activities(log: ir.Table, con: BaseBackend) -> Iterator[Doubt]:
    """A rare activity that is written much like a common one."""
    counted = log.group_by("activity").aggregate(n=log.count())
    counts = engine.frame(counted, con).sort_values(["n", "activity"], ascending=[False, True])
    names = list(counts.itertuples(index=False))
    for common, rare in itertools.combinations(names, 2):
        if rare.n <= RARITY * common.n and _alike(common.activity, rare.activity):
            rows = first_rows(log.filter(log.activity == rare.activity), con)
            yield "similar_names", f"{rare.activity} ~ {common.activity}", int(rare.n), rows


def _alike(a: str, b: str) -> bool:
    """Tell whether one name may be a slip of the other: a letter or two apart, numbers the same."""
    plain_a, plain_b = (
        unicodedata.normalize("NFKC", name).replace(" ", "").lower() for name in (a, b)
    )
    if plain_a == plain_b:
        return True
    if re.findall(r"\d+", plain_a) != re.findall(r"\d+", plain_b):
        return False
    longer = max(len(plain_a), len(plain_b))
    blocks = difflib.SequenceMatcher(None, plain_a, plain_b).get_matching_blocks()
    apart = longer - sum(block.size for block in blocks)
    return longer >= SHORTEST and apart <= (1 if longer < LONG else 2)


def plain(name: str) -> str:
    """
    A name without what is a matter of typing: widths, blanks, the form of brackets, letter case.

    Examples
    --------
    >>> plain("登记（补）") == plain("登记 (补)"), plain("〔2024〕7号") == plain("[2024]7号")
    (True, True)
    """
    narrow = unicodedata.normalize("NFKC", name.translate(_CLOSING).translate(_BRACKETS))
    return re.sub(r"\s+", "", narrow.translate(_CLOSING).translate(_BRACKETS)).casefold()


def same_names(log: ir.Table, con: BaseBackend) -> Iterator[Doubt]:
    """Values of a column that differ in blanks, widths or brackets alone, however common."""
    for name in log.columns:
        if not log[name].type().is_string() or name.endswith("_precision"):
            continue
        known = log.filter(log[name].notnull())
        counted = known.group_by(value=known[name])
        counts = engine.frame(counted.aggregate(n=known.count(), row=known.row.min()), con)
        keyed = counts.assign(key=counts["value"].map(plain))
        alike = keyed[keyed["key"].duplicated(keep=False)]
        alike = alike.sort_values(["key", "n", "value"], ascending=[True, False, True])
        for _, same in itertools.islice(alike.groupby("key"), MOST_PAIRS):
            shown = " ~ ".join(same["value"])
            rows = ";".join(str(row) for row in sorted(same["row"])[:EXAMPLES])
            yield "same_names", f"{name}: {shown}", int(same["n"].iloc[1:].sum()), rows


def placeholders(log: ir.Table, con: BaseBackend) -> Iterator[Doubt]:
    """People and units that are none."""
    for name in ("actor", "unit"):
        if name not in log.columns:
            continue
        known = log.filter(log[name].notnull())
        counts = engine.frame(known.group_by(value=known[name]).aggregate(n=known.count()), con)
        none = counts[counts["value"].map(lambda text: text.strip().casefold() in PLACEHOLDERS
                                          or not re.search(r"\w", text))]  # fmt: skip
        for value, n in sorted(none.itertuples(index=False)):
            yield (
                "placeholder",
                f"{name}: {value}",
                int(n),
                first_rows(log.filter(log[name] == value), con),
            )


def unread_dates(log: ir.Table, con: BaseBackend) -> Iterator[Doubt]:
    """Columns beside the moments whose values look like dates."""
    for name in log.columns:
        if name in tables.LOG.names or not log[name].type().is_string():
            continue
        filled = log.filter(log[name].notnull(), log[name] != "")
        values = engine.frame(filled.select(value=log[name]).distinct().limit(TRIED), con)["value"]
        if len(values) > 1 and _dates(values) >= DATES:
            n = int(engine.frame(filled.aggregate(n=filled.count()), con)["n"].iloc[0])
            yield "unread_dates", name, n, first_rows(filled, con)


def _dates(values: pd.Series) -> float:
    """The share of some texts that can be read as a date."""
    try:
        return float(read_stamps(values)["moment"].notna().mean())
    except AmbiguousDayError:
        return 1.0
