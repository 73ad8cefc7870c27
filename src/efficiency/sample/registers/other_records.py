"""Writes the made-up office's other records: registers, their limits and rules, the truth."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.registers.duty_log import duty_log
from efficiency.sample.registers.hotline import hotline
from efficiency.sample.registers.ledger import LIMIT, RULE, Register
from efficiency.sample.registers.meetings import meetings
from efficiency.sample.registers.service_hall import service_hall
from efficiency.sample.registers.supervision import supervision

#: The records that lie together, since they are reviewed together.
FOLDERS: dict[str, tuple[Callable[[DeskHours, int], Register], ...]] = {
    "supervision": (supervision, meetings, duty_log),
    "service-hall": (service_hall, hotline),
}


def make_registers(days: pd.DataFrame, folder: str, seed: int = 2024) -> list[Register]:
    """
    Keep the records of one of `FOLDERS`.

    Parameters
    ----------
    days
        As for `sample.record.make_sample`.
    folder
        A key of `FOLDERS`.
    seed
        Where chance begins: the same seed gives the same records.
    """
    office = DeskHours.of(days, 0)
    return [keep(office, seed) for keep in FOLDERS[folder]]


def write_registers(folder: Path, days: pd.DataFrame, seed: int = 2024) -> None:
    """
    Write all of `FOLDERS`, each with its limits, rules and truth.

    Parameters
    ----------
    folder
        Where to; the folders are made if need be.
    days, seed
        As for `make_registers`.

    Notes
    -----
    The same arguments give the same bytes.
    """
    for name in FOLDERS:
        registers = make_registers(days, name, seed)
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        limits = [row for register in registers for row in register.limits]
        rules = [row for register in registers for row in register.rules]
        tables = {register.name: register.rows for register in registers}
        tables["standards"] = pd.DataFrame(limits, columns=list(LIMIT))
        tables["rules"] = pd.DataFrame(rules, columns=list(RULE))
        for file, table in tables.items():
            path = place / f"{file}.csv"
            table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
        truth = {register.name: register.truth for register in registers}
        text = json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
        (place / "truth.json").write_bytes(text.encode())
