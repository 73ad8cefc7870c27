"""What a rate of zero or of 100 % proves, in the words a leader understands."""

from __future__ import annotations

import math

from efficiency.findings.rates import bounded
from efficiency.language import Language
from efficiency.words import percent, phrase


def told(k: int, n: int, what: str, language: Language = "zh") -> str:
    """
    Say what a rate proves and what it does not.

    Parameters
    ----------
    k, n
        How many of how many.
    what
        What was counted, in the report's language: 差错, errors.
    language
        Of the sentence.

    Examples
    --------
    >>> told(0, 300, "差错")
    '检查300件，未发现差错。但不能据此断言差错率为零：以95%的把握，差错率不超过1.0%，即每100件至多约1件。'
    >>> told(0, 0, "errors", "en")
    'errors: it is not on record how many were checked; without that number neither zero nor 100% \
is a finding.'
    """
    rate = bounded(k, n)
    if not n:
        return phrase("rate_unknown", language, what=what)
    if k == 0:
        high = _percent(rate.high)
        return phrase("rate_zero", language, what=what, n=n, high=high, **_often(rate.high))
    if k == n:
        low = _percent(rate.low)
        return phrase("rate_all", language, what=what, n=n, low=low, **_often(1 - rate.low))
    details = {name: _percent(getattr(rate, name)) for name in ("share", "low", "high")}
    return phrase("rate_some", language, what=what, k=k, n=n, **details)


def _often(share: float) -> dict[str, str]:
    """Say a share as so many in every hundred, thousand and so on."""
    base = 100
    while share * base < 0.5 and base < 10**9:
        base *= 10
    return {"times": f"{share * base:.0f}", "base": f"{base}"}


def _percent(share: float) -> str:
    """Write a share with as many digits as it takes to differ from 0 and from 100 %."""
    small = min(share, 1 - share) * 100
    return percent(share, max(1, math.ceil(-math.log10(small))) if 0 < small < 1 else 1)
