"""The figures that the slow checks come to, as the table of VALIDATION.md."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import asdict, dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Where each check leaves its figure until the table is written.
FIGURES = ROOT / ".validation"
#: Where each slow check that has passed is marked.
PASSED = FIGURES / "passed"
PAGE = ROOT / "VALIDATION.md"
_ROW = re.compile(
    r"\| (.+) \| (\d+) of (\d+) \| .* \| (at most|at least) (\d+) % \| .* \| (?:yes|NO) \|"
)
HEADER = """# What findings and checks come to on offices of other make

`make check-all` writes this page; where only some of the checks were run, the other figures are
those of the run before. The offices are made by `tests/validation/makes.py` and
`years.py`, which use nothing of the package: independent cases, seasons, heavy tails, shocks that
last, queues at 70 and 90 % load, units that each do one kind of matter, units of very unequal size,
60 origins, 60 cases, campaigns, batches, dates without times, two logs, volume that grows. Each
figure counts seeds from 0 on; its bound is exact, 95 %, on the side that is asked for
(Clopper and Pearson). `docs/findings.md` says what is tested, and how.
"""


@dataclass(frozen=True)
class Figure:
    """
    One figure of the table.

    Attributes
    ----------
    group, name
        What it is about, and the office or year.
    told, n
        In how many of so many seeds.
    asked
        ``at most`` or ``at least``.
    share
        What is asked for.
    """

    group: str
    name: str
    told: int
    n: int
    asked: str
    share: float

    @property
    def bound(self) -> float:
        """The upper bound of what may not be often, the lower of what must be."""
        from scipy import stats  # takes seconds to import, and every test run loads this module

        interval = stats.binomtest(self.told, self.n).proportion_ci(0.90, method="exact")
        return float(interval.high if self.asked == "at most" else interval.low)

    @property
    def holds(self) -> bool:
        """Whether what was asked for was reached."""
        found = self.told / self.n
        return found <= self.share if self.asked == "at most" else found >= self.share


def keep(figure: Figure) -> None:
    """Leave a figure for the table."""
    FIGURES.mkdir(exist_ok=True)
    name = f"{figure.group} {figure.name}".replace("/", "-").replace(":", "").replace(" ", "_")
    (FIGURES / f"{name}.json").write_text(json.dumps(asdict(figure)), encoding="utf-8")


def page(figures: list[Figure]) -> str:
    """
    The page that holds all figures.

    Examples
    --------
    >>> page([Figure("nulls", "independent", 3, 200, "at most", 0.05)]).splitlines()[-1]
    '| independent | 3 of 200 | 1.5 % | at most 5 % | 3.8 % | yes |'
    """
    lines = [HEADER]
    for group in dict.fromkeys(figure.group for figure in figures):
        lines += [
            f"\n## {group[0].upper()}{group[1:]}\n",
            "| office or year | told in | share | asked | bound | held |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        lines += [_row(figure) for figure in figures if figure.group == group]
    return "\n".join(lines)


def _row(figure: Figure) -> str:
    cells = (
        figure.name,
        f"{figure.told} of {figure.n}",
        f"{figure.told / figure.n:.1%}".replace("%", " %"),
        f"{figure.asked} {figure.share:.0%}".replace("%", " %"),
        f"{figure.bound:.1%}".replace("%", " %"),
        "yes" if figure.holds else "NO",
    )
    return f"| {' | '.join(cells)} |"


def figures_of(text: str) -> list[Figure]:
    """
    Read the figures of a page back.

    Examples
    --------
    >>> one = Figure("Nulls", "independent", 3, 200, "at most", 0.05)
    >>> figures_of(page([one])) == [one]
    True
    """
    found, group = [], ""
    for line in text.splitlines():
        if line.startswith("## "):
            group = line.removeprefix("## ")
        match = _ROW.fullmatch(line)
        if match:
            name, told, n, asked, share = match.groups()
            found.append(Figure(group, name, int(told), int(n), asked, int(share) / 100))
    return found


def write() -> None:
    """Write the page from what the checks left; a figure that was not looked at again stays."""
    known = figures_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else []
    left = [
        Figure(**json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(FIGURES.glob("*.json"))
    ]
    anew = [replace(one, group=one.group[0].upper() + one.group[1:]) for one in left]
    every = {(one.group, one.name): one for one in (*known, *anew)}
    PAGE.write_text(page([every[key] for key in sorted(every)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
    # The next run begins anew.
    shutil.rmtree(PASSED, ignore_errors=True)
