"""A review folder's register: how it stands after the last review, and how that gets into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from efficiency._doors.exchange import held, replaced
from efficiency.evidence.points.points_file import no_points, read_points
from efficiency.evidence.points.rewrites import TakenOver, taken_over, write_points
from efficiency.problems import Problem, SettingsError
from efficiency.reviews.settings import Folder


@dataclass(frozen=True)
class Register:
    """
    A folder's register as it stands after the last review.

    Attributes
    ----------
    path
        The file that people edit; it need not be there.
    reviewed
        What the last review wrote; it need not be there.
    taken
        The one with the other's results in it.
    is_older
        Whether the review's results are older than the register, and so were left out.
    """

    path: Path
    reviewed: Path
    taken: TakenOver
    is_older: bool

    @property
    def points(self) -> pd.DataFrame:
        """``tables.POINTS``."""
        return self.taken.points


def open_register(place: Folder) -> Register:
    """
    Open a folder's register, with the results of its last review.

    Parameters
    ----------
    place
        The folder. Its register is the one that ``review.toml`` names, else ``points.csv``.

    Raises
    ------
    SettingsError
        If there is neither a register nor a review's, or one cannot be read.

    Notes
    -----
    Which is later is told by the dates of their checks, not of the files: copies and checkouts
    change those.
    """
    path = place.file("points", place.settings.points or "points.csv")
    reviewed = place.path / "output" / "tables" / "points.csv"
    if not (path.is_file() or reviewed.is_file()):
        raise SettingsError([Problem("no_register_yet", {"folder": str(place.path)})])
    theirs, ours = (
        read_points(file) if file.is_file() else no_points() for file in (path, reviewed)
    )
    is_older = bool(ours["checked"].max() < theirs["checked"].max())
    taken = taken_over(theirs, no_points() if is_older else ours)
    return Register(path, reviewed, taken, is_older)


def update(place: Folder) -> tuple[Register, Path | None]:
    """
    Take the last review's results over into the register that people edit.

    Parameters
    ----------
    place
        The folder.

    Returns
    -------
    tuple
        The register, and the copy of its former file; None: there was none.

    Raises
    ------
    SettingsError
        If there is no review's, or it is older than the register.
    """
    register = open_register(place)
    if register.is_older or not register.reviewed.is_file():
        key = "older_review" if register.is_older else "no_file"
        details = {"path": str(register.reviewed), "register": register.path.name}
        raise SettingsError([Problem(key, details)])
    former = None
    with held(place.path):
        if register.path.is_file():
            former = register.path.with_name(f"{register.path.name}.bak")
            replaced(former, register.path.read_bytes())
        write_points(register.points, register.path, language=place.settings.language)
    return register, former
