"""The words around what proves a breach: the one column of a table that is prose by contract."""

from __future__ import annotations

from efficiency.criteria.rules import Rule
from efficiency.language import Language
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


def dates_only(language: Language) -> str:
    """What is added where some of the proofs hold a date without a time."""
    return phrase("detail_dates_only", language)
