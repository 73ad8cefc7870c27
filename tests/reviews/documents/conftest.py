"""One small review, carried out once: what the tests of its documents look at."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from efficiency.reviews.carry_out import Review, review
from efficiency.reviews.office import Office
from written import write

module = sys.modules["efficiency.reviews.carry_out"]

HEAD = """title = "Letters of =March"
language = "en"
cutoff = 2024-03-15T18:00:00
standards = "standards.csv"
rules = "rules.csv"
small_cell = 3
[logs.letters]
path = "letters.csv"
closed_by = ["out"]
"""
STANDARDS = """standard_id,title,short,from,to,limit,clock,target
T1,answered within two hours,answered in time,in,out,2 h,working,0.9
"""
RULES = """rule_id,title,kind,a,b,severity
P1,out after in,order,in,out,high
"""
#: Of twelve letters four are late, one is open; the names begin as formulas do.
LETTERS = "case_id,activity,unit,sort,end\n" + "".join(
    f"={n:02},in,{'front' if n % 2 else 'back'},{'request' if n % 3 else 'report'},"
    f"2024-03-{4 + n % 5:02} 09:00\n"
    + (f"={n:02},out,back,,2024-03-{4 + n % 5:02} {10 + 5 * (n % 3 == 1)}:30\n" if n else "")
    for n in range(12)
)


@dataclass(frozen=True)
class Carried:
    """A review that was carried out, and the office that it asked."""

    review: Review
    office: Office

    @property
    def folder(self) -> Path:
        """The folder of the review."""
        return self.review.output.parent


@pytest.fixture(scope="session")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Carried:
    """Carry out a small review with all its documents."""
    folder = tmp_path_factory.mktemp("letters") / "review"
    write(folder, review=HEAD, letters=LETTERS, standards=STANDARDS, rules=RULES)
    kept: list[Office] = []
    real = module.open_review

    def opened(*arguments: Any, **named: Any) -> Office:
        kept.append(real(*arguments, **named))
        return kept[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "open_review", opened)
        return Carried(review(folder), kept[0])
