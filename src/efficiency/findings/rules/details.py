"""What proves a breach, told in one line: the one column of a table that is prose by contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from efficiency.criteria.rules import Rule
from efficiency.language import Language, comma
from efficiency.words import phrase

#: Stands in a phrase where the proofs go; no text holds it.
_MARK = "\x1f"


def around(rule: Rule, language: Language) -> tuple[str, str]:
    """
    What stands before and after the proofs of a rule in the detail of a deviation.

    Examples
    --------
    >>> around(Rule("P2", "precedence", ("登记",), ("批示",)), "zh")
    ('', '之前没有登记')
    """
    a, b = ("/".join(names) for names in (rule.a, rule.b))
    text = phrase(f"detail_{rule.kind}", language, what=_MARK, a=a, b=b, n=rule.n)
    before, _, after = text.partition(_MARK)
    return before, after


def told(proofs: ir.Table, rules: Sequence[Rule], language: Language) -> ir.Table:
    """
    The proofs of each case in one row: ``number, case, rows, detail``.

    Parameters
    ----------
    proofs
        ``number`` (of the rule)``, case, row, what, bare`` (whether the row's moment is known to
        the day only).
    rules
        All rules, in the order of their numbers.
    language
        Of ``detail``.
    """
    grouped = proofs.group_by("number", "case").aggregate(
        rows=_gathered(proofs.row),
        whats=_gathered(proofs.what),
        bare=proofs.bare.cast("int64").max() == 1,
    )
    ordered = [at for at, rule in enumerate(rules) if rule.form.by_order]
    doubt = grouped.bare & (grouped.number.isin(ordered) if ordered else ibis.literal(value=False))
    rows = grouped.rows.map(lambda row: row.cast("string")).join(";")
    whats = grouped.whats.join(comma(language))
    parts = [around(rule, language) for rule in rules]
    before, after = (
        ibis.cases(*((grouped.number == at, part[side]) for at, part in enumerate(parts)), else_="")
        if parts else ibis.literal("")
        for side in (0, 1)
    )  # fmt: skip
    dates = doubt.ifelse(phrase("detail_dates_only", language), "")
    return grouped.select(
        "number",
        "case",
        rows=rows.fill_null(""),
        detail=before + whats.fill_null("") + after + dates,
    )


def _gathered(values: Any) -> Any:
    """The values of a group, each once, in order."""
    return values.collect().unique().sort()
