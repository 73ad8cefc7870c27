"""Tables as systems and offices export them: which column is what, each told by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from efficiency.evidence.log.guess import clock_beside, guess_columns, guess_register

#: Exports of one row a step: each column with what stands in it (see `steps`), and after '>' what a
#: person would name it.
LOGS = {
    "an OA with titles": (
        "流程标题:title | 流程编号:case>case_id | 节点名称:step>activity | 处理人:who>actor | "
        "所属部门:unit>unit | 接收时间:early>received | 处理时间:late>end"
    ),
    "an OA with kinds of deeds": (
        "请求编号:case>case_id | 请求标题:title | 节点:step>activity | 操作者:who>actor | "
        "操作者部门:unit>unit | 操作类型:deed | 接收时间:early>received | 操作时间:late>end"
    ),
    "a hotline by steps": (
        "工单号:case>case_id | 流程环节:step>activity | 处理部门:unit>unit | "
        "处理人员:who>actor | 开始时间:early>start | 结束时间:late>end | 来电时间:fixed"
    ),
    "letters and visits": (
        "信访件编号:case>case_id | 办理环节:step>activity | 办理机构:unit>unit | "
        "办理时间:late>end | 登记时间:fixed"
    ),
    "a ticket system": (
        "number:case>case_id | incident_state:step>activity | sys_created_at:fixed | "
        "sys_updated_at:late>end | assigned_to:who>actor | assignment_group:unit>unit"
    ),
    "a mining tool": (
        "Case ID:case>case_id | Activity:step>activity | Resource:who>actor | "
        "Start Timestamp:early>start | Complete Timestamp:late>end"
    ),
    "another mining tool": (
        "_CASE_KEY:case>case_id | ACTIVITY_EN:step>activity | EVENTTIME:late>end | "
        "_SORTING:number | USER_NAME:who>actor"
    ),
    "XES as csv": (
        "case:concept:name:case>case_id | concept:name:step>activity | org:resource:who>actor | "
        "org:group:unit>unit | time:timestamp:zone>end"
    ),
    "variants beside steps": (
        "Case ID:case>case_id | Activity:step>activity | Complete Timestamp:late>end | "
        "Variant:kind | Variant index:number"
    ),
    "permits": (
        "办件编号:case>case_id | 事项名称:kind | 办理环节:step>activity | 办理人:who>actor | "
        "办理部门:unit>unit | 环节开始时间:early>start | 环节结束时间:late>end"
    ),
    "documents exchanged": (
        "文号:case>case_id | 操作:step>activity | 操作人:who>actor | 操作时间:late>end"
    ),
    "issues": (
        "Issue key:case>case_id | Status:step>activity | Changed:late>end | Author:who>actor"
    ),
    "a life cycle": (
        "案件号:case>case_id | 活动:step>activity | 事件类型:life>transition | 时间:late>end"
    ),
    "no names at all": ("A:case>case_id | B:step>activity | C:late>end"),
    "orders": (
        "Purchase Order:case>case_id | Event:step>activity | User:who>actor | "
        "Event Timestamp:late>end"
    ),
    "cases of law": (
        "案件编号:case>case_id | 程序节点:step>activity | 承办人:who>actor | "
        "承办机构:unit>unit | 节点完成日期:day>end"
    ),
    "documents received": (
        "收文编号:case>case_id | 收文标题:title | 流程节点:step>activity | 办理人员:who>actor | "
        "办理处室:unit>unit | 签收时间:early>received | 办毕时间:late>end | 缓急:kind"
    ),
    "tasks": (
        "任务编号:case>case_id | 任务步骤:step>activity | 责任人:who>actor | "
        "责任部门:unit>unit | 下达时间:early>received | 完成时间:late>end"
    ),
    "an English office": (
        "Document No.:case>case_id | Step Name:step>activity | Handler:who>actor | "
        "Department:unit>unit | Received At:early>received | Completed At:late>end"
    ),
    "seconds since 1970": ("caseid:case>case_id | task:step>activity | timestamp:epoch>end"),
    "ids of ten figures": ("受理编号:long>case_id | 环节:step>activity | 办结时间:late>end"),
    "a date and a time": (
        "编号:case>case_id | 环节:step>activity | 日期:day>end | 时间:clock | 经办人:who>actor"
    ),
}
#: Registers: their columns in order, the id first, and the steps that they tell of.
REGISTERS = {
    "documents sent": (
        "文号 | 标题 | 拟稿部门 | 拟稿日期 | 核稿日期 | 签发日期 | 印发日期",
        ["拟稿", "核稿", "签发", "印发"],
    ),
    "supervision": (
        "督查编号 | 督查事项 | 立项时间 | 交办时间 | 反馈时间 | 办结时限 | 销号时间",
        ["立项", "交办", "反馈", "销号"],
    ),
    "meetings": (
        "会议编号 | 会议名称 | 通知时间 | 召开时间 | 纪要印发时间",
        ["通知", "召开", "纪要印发"],
    ),
    "a service hall": (
        "取号流水 | 窗口 | 取号时间 | 叫号时间 | 办结时间",
        ["取号", "叫号", "办结"],
    ),
    "proposals": (
        "提案号 | 承办单位 | 交办日期 | 答复日期",
        ["交办", "答复"],
    ),
    "a duty desk": (
        "事件编号 | 事件名称 | 接报时间 | 首报时间 | 续报时间",
        ["接报", "首报", "续报"],
    ),
    "contracts": (
        "合同编号 | 送审日期 | 法审日期 | 签订日期 | 经办人",
        ["送审", "法审", "签订"],
    ),
    "an English register": (
        "Request ID | Team | Date received | Date closed",
        ["Date received", "Date closed"],
    ),
}


def parted(shape: str) -> list[tuple[str, str, str]]:
    """The columns of a shape: name, what stands in it, and what it is of ours."""
    return [
        (name, *told.partition(">")[::2])
        for name, _, told in (part.strip().rpartition(":") for part in shape.split(" | "))
    ]


def steps(shape: str) -> pd.DataFrame:
    """Fifteen cases of four steps a day apart."""
    rows = [(case, step) for case in range(15) for step in range(4)]
    end = [
        pd.Timestamp("2024-03-04")
        + pd.Timedelta(days=case + step, hours=9 + step, minutes=7 * case)
        for case, step in rows
    ]
    made = {
        "case": [f"F{case:04d}" for case, _ in rows],
        "long": [str(1709542800 + case) for case, _ in rows],
        "step": [("登记", "拟办", "批示", "办结")[step] for _, step in rows],
        "life": [("start", "complete")[step % 2] for _, step in rows],
        "deed": [("同意", "提交")[step % 2] for _, step in rows],
        "who": [("张某", "李某", "王某")[at % 3] for at in range(len(rows))],
        "unit": [("综合处", "秘书一处")[at % 2] for at in range(len(rows))],
        "title": [f"关于{case}的请示" for case, _ in rows],
        "kind": [("请示", "报告")[case % 2] for case, _ in rows],
        "number": [str(at) for at in range(len(rows))],
        "late": [f"{moment:%Y-%m-%d %H:%M}" for moment in end],
        "early": [f"{moment - pd.Timedelta(minutes=40):%Y-%m-%d %H:%M}" for moment in end],
        "fixed": [f"2024-03-{4 + case:02d} 09:00" for case, _ in rows],
        "day": [f"{moment:%Y-%m-%d}" for moment in end],
        "clock": [f"{moment:%H:%M}" for moment in end],
        "zone": [f"{moment:%Y-%m-%dT%H:%M}:00+08:00" for moment in end],
        "epoch": [str(int(moment.timestamp())) for moment in end],
    }
    return pd.DataFrame({name: made[what] for name, what, _ in parted(shape)})


def register(columns: list[str]) -> pd.DataFrame:
    """Twenty matters; what is called a time or a date holds dates in the order of the columns."""
    made: dict[str, list[str]] = {}
    for at, name in enumerate(columns):
        is_date = any(word in name for word in ("时间", "日期", "时限", "Date"))
        made[name] = [
            (f"2024-03-{1 + at + row % 20:02d} 09:{row:02d}" if row % 9 or at < 4 else "")
            if is_date
            else (f"2024{row:03d}" if at == 0 else ("甲", "乙", "丙")[row % 3])
            for row in range(20)
        ]
    return pd.DataFrame(made)


@pytest.mark.parametrize("name", LOGS)
def test_logs_of_steps_are_recognised(name: str) -> None:
    frame = steps(LOGS[name])
    by_hand = {ours: theirs for theirs, _, ours in parted(LOGS[name]) if ours}
    assert guess_columns(frame) == by_hand
    assert guess_register(frame) == ({}, {})


def test_a_column_of_times_of_day_goes_with_its_dates() -> None:
    frame = steps(LOGS["a date and a time"])
    assert clock_beside(frame, "日期") == "时间"
    assert clock_beside(steps(LOGS["documents exchanged"]), "操作时间") is None


@pytest.mark.parametrize("name", REGISTERS)
def test_registers_are_recognised(name: str) -> None:
    columns, moments = REGISTERS[name]
    names = columns.split(" | ")
    guess, found = guess_register(register(names))
    assert (guess["case_id"], list(found)) == (names[0], moments)


def test_planned_days_are_no_steps_and_words_among_dates_do_no_harm() -> None:
    names = ["督查编号", "立项日期", "要求反馈日期", "计划完成时间", "限办日期", "销号日期"]
    frame = register(names)
    frame.loc[::3, "销号日期"] = "未销号"
    assert list(guess_register(frame)[1]) == ["立项", "销号"]
