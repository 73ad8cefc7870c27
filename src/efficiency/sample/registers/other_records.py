"""Writes the made-up office's other records: registers, their limits and rules, the truth."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.registers.duty_log import duty_log
from efficiency.sample.registers.error_register import error_register
from efficiency.sample.registers.hotline import hotline
from efficiency.sample.registers.issued import issued, leave
from efficiency.sample.registers.ledger import LIMIT, RULE, Register
from efficiency.sample.registers.meetings import meetings
from efficiency.sample.registers.service_hall import service_hall
from efficiency.sample.registers.shortfalls_found import shortfalls_found
from efficiency.sample.registers.supervision import supervision

#: The records that lie together, since they are reviewed together.
FOLDERS: dict[str, tuple[Callable[[DeskHours, int], Register], ...]] = {
    "supervision": (supervision, meetings, duty_log),
    "service-hall": (service_hall, hotline),
    "quality": (issued, error_register, shortfalls_found),
}
#: Tables that lie beside them: who was away.
BESIDE: dict[str, dict[str, Callable[[DeskHours], pd.DataFrame]]] = {"quality": {"leave": leave}}
#: What else lies beside them: the flows that are prescribed, and hours that a desk keeps.
TEXTS = {
    "supervision": {
        "supervision.flow": (
            "# 示例机关的督查流程：催办和领导过问视需要，不分先后。\n"
            "督查: 立项 → 交办 → 签收 → (首次催办 | 二次催办 | 三次催办 | 领导过问)* → 反馈 → 核实"
            " → 销号 → [结果运用]\n"
        ),
        "meetings.flow": (
            "# 示例机关的会务流程：四关不分先后。\n"
            "四关: 方案拟定 & 地点落实 & 材料审核 & 参会人员审定\n"
            "会务: 四关 → 服务到场 → 计划开会 → 会议开始 → 会议结束 → 纪要送签"
            " → [首次报告 → [落实]] → 归档\n"
        ),
        "duty.flow": (
            "# 示例机关的应急值班流程。\n应急: 接报 → 口头报告 → 应急快报 → [领导指示 → 传达完毕]\n"
        ),
        "duty.toml": (
            '# 值班室全天值守，周末节假日也不例外。\nhours = ["00:00-24:00"]\nevery_day = true\n'
        ),
    },
    "quality": {
        "issued.flow": (
            "# 示例机关的发文流程：退回修改视需要。\n"
            "发文: 拟稿 → 核稿 → (退回修改 → 修改)* → 签发 → 印发\n"
        ),
        "errors.flow": "# 示例机关的差错处理流程。\n差错: 发现 → 改正\n",
        "shortfalls.flow": "# 示例机关“找差”活动的整改流程。\n找差: 提出 → 整改\n",
    },
    "service-hall": {
        "hall.flow": (
            "# 示例政务服务中心的审批流程。\n审批: 窗口受理 → 补正* → 审查 → 决定 → 发证\n"
        ),
        "hotline.flow": "# 示例热线的办理流程。\n热线: 来电 → 派单 → [批准延期] → 办结 → [回访]\n",
    },
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
    office = DeskHours.of(days, 0)
    for name in FOLDERS:
        registers = make_registers(days, name, seed)
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        limits = [row for register in registers for row in register.limits]
        rules = [row for register in registers for row in register.rules]
        tables = {register.name: register.rows for register in registers}
        tables["standards"] = pd.DataFrame(limits, columns=list(LIMIT))
        tables["rules"] = pd.DataFrame(rules, columns=list(RULE))
        tables |= {file: keep(office) for file, keep in BESIDE.get(name, {}).items()}
        for file, table in tables.items():
            path = place / f"{file}.csv"
            table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
        for file, text in TEXTS[name].items():
            (place / file).write_bytes(text.encode())
        truth = {register.name: register.truth for register in registers}
        text = json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
        (place / "truth.json").write_bytes(text.encode())
