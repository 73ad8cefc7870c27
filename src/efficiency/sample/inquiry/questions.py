"""What was asked: the questions, their constructs, and how favourably they are answered."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

AGREE = "非常不同意|不太同意|一般|比较同意|非常同意"
STEPS = tuple(AGREE.split("|"))
CANNOT_SAY = "不了解"


@dataclass(frozen=True)
class Question:
    """
    One question with a scale.

    Attributes
    ----------
    item, text, short, construct
        As in the codebook.
    favour
        The planted share in favour, once a reversed question is turned.
    linked
        What measures the same on record.
    reversed
        Whether the wording is the contrary.
    by_office
        Offices that are planted apart: what is added to their mean, in standard deviations.
    """

    item: str
    text: str
    short: str
    construct: str
    favour: float
    linked: str = ""
    reversed: bool = False
    by_office: tuple[tuple[str, float], ...] = ()


#: Offices that answer late on record, and say so.
_LATE = (
    ("市住建局", -1.1),
    ("市发改委", -0.35),
    ("市交通局", 0.3),
    ("市农业农村局", 0.35),
    ("市财政局", 0.3),
)
QUESTIONS = (
    Question("XX1", "单位重视业务学习", "重视业务学习", "学习", 0.56),
    Question("XX2", "学习内容与工作结合紧密", "学习内容贴近工作", "学习", 0.47),
    Question("XX3", "近一年参加的培训对工作有帮助", "培训有帮助", "学习", 0.52),
    Question("XX4", "学习多流于形式（反向）", "学习流于形式", "学习", 0.44, reversed=True),
    Question("WG1", "起草的文稿质量较高", "文稿质量较高", "文稿质量", 0.55),
    Question("WG2", "文稿有数据和调研支撑", "文稿有数据支撑", "文稿质量", 0.43),
    Question("WG3", "文稿很少被退回修改", "文稿很少退改", "文稿质量", 0.50),
    Question("WG4", "文稿存在照抄照搬（反向）", "文稿照抄照搬", "文稿质量", 0.48, reversed=True),
    Question("CM1", "报送的信息能反映问题和建议", "信息反映问题", "参谋", 0.40),
    Question("CM2", "调研报告对决策有参考价值", "调研有参考价值", "参谋", 0.49),
    Question("CM3", "能提前了解领导关注的事项", "提前了解关注事项", "参谋", 0.46),
    Question("CM4", "信息报喜多、报忧少（反向）", "报喜多报忧少", "参谋", 0.38, reversed=True),
    Question("DC1", "督查事项能按期反馈落实情况", "督查事项按期反馈", "督查", 0.40, "D3", by_office=_LATE),
    Question("DC2", "督查要求明确、便于落实", "督查要求明确", "督查", 0.55),
    Question("DC3", "督查结果得到运用", "督查结果得到运用", "督查", 0.42),
    Question("DC4", "督查检查过多过滥（反向）", "督查检查过多", "督查", 0.36, reversed=True),
    Question("XT1", "上级来文能及时转到业务处室", "上级来文及时转办", "协调", 0.74, "T2"),
    Question("XT2", "部门之间配合顺畅", "部门配合顺畅", "协调", 0.48),
    Question("XT3", "来文当日就有拟办意见", "来文当日拟办", "协调", 0.53, "T4"),
    Question("XT4", "办事常要多次往返（反向）", "办事多次往返", "协调", 0.45, reversed=True),
    Question("ZF1", "工作人员服务态度好", "服务态度好", "作风", 0.78),
    Question("ZF2", "工作人员熟悉业务", "熟悉业务", "作风", 0.63),
    Question("ZF3", "遇事不推诿扯皮", "不推诿扯皮", "作风", 0.58),
    Question("ZF4", "有的工作人员精神懈怠（反向）", "精神懈怠", "作风", 0.57, reversed=True),
    Question("RX1", "热线工单能按期办结", "热线工单按期办结", "", 0.82, "R2"),
)  # fmt: skip
#: Questions that were asked the year before too, and what they were answered then.
BEFORE = {"XT1": 0.70, "XT2": 0.47, "ZF1": 0.76, "DC2": 0.43, "WG1": 0.54, "XX1": 0.55}
REASONS = {
    "会议多": 0.58,
    "材料多": 0.52,
    "检查多": 0.47,
    "流程长": 0.36,
    "人手少": 0.33,
    "信息系统不通": 0.21,
}
#: What is written in words: code -> the words it is known by, and what people write.
SUGGESTIONS = {
    "精简会议文件": ("会议|文件多", ("少开会议，开短会", "精简会议，合并同类会议", "文件多，建议合并发文")),
    "减少重复报表": ("报表|重复报", ("希望减少重复报表", "同一数据多头要，重复报送")),
    "加强培训": ("培训|学习", ("多组织业务培训", "新人培训要跟上")),
    "优化流程": ("流程|环节|系统", ("简化会签流程", "各系统不通，建议打通系统", "审核环节太多")),
}  # fmt: skip
#: What the list does not know, and one answer that names somebody.
OTHERS = ("领导多下基层", "食堂饭菜要改善", "希望冯某办文快一些")
ORDER = ("序号", "提交答卷时间", "所用时间", "来源", "问卷编号")
HEADS = {
    "office": "1、您所在的单位", "office_type": "2、单位类型", "education": "3、您的学历",
    "post_type": "4、您的人员类别", "age_band": "5、您的年龄",
}  # fmt: skip
REASONS_HEAD, WORDS_HEAD = "31、您认为影响办事效率的主要原因（多选题）", "32、您的意见和建议"


def heading(number: int, question: Question) -> str:
    """The heading of a question in the export."""
    return f"{number}、{question.text}"


def headings(questions: tuple[Question, ...]) -> dict[str, str]:
    """The headings of questions by their items, numbered behind what tells respondents apart."""
    return {one.item: heading(at, one) for at, one in enumerate(questions, len(HEADS) + 1)}


def codebook(questions: tuple[Question, ...], *, whole: bool = True) -> pd.DataFrame:
    """The codebook of the questions; of the whole questionnaire with its last two."""
    rows = [
        {"题号": "C1", "题目": "序号", "量表": "不用"},
        {"题号": "time", "题目": "提交答卷时间", "量表": "提交时间"},
        {"题号": "seconds", "题目": "所用时间", "量表": "用时"},
        {"题号": "C4", "题目": "来源", "量表": "不用"},
        {"题号": "id", "题目": "问卷编号", "量表": "编号"},
        *(
            {"题号": item, "题目": head, "量表": "单位" if item == "office" else "单选"}
            for item, head in HEADS.items()
        ),
    ]
    alone = {one.construct for one in questions
             if sum(other.construct == one.construct for other in questions) < 2}  # fmt: skip
    heads = headings(questions)
    rows += [
        {
            "题号": one.item, "题目": heads[one.item], "简称": one.short, "量表": AGREE,
            "反向": "是" if one.reversed else "",
            "维度": "" if one.construct in alone else one.construct, "关联指标": one.linked,
        }
        for one in questions
    ]  # fmt: skip
    if whole:
        rows += [
            {"题号": "YY", "题目": REASONS_HEAD, "简称": "影响办事效率的主要原因", "量表": "多选"},
            {"题号": "JY", "题目": WORDS_HEAD, "简称": "意见和建议", "量表": "文字"},
        ]
    columns = ["题号", "题目", "简称", "量表", "反向", "维度", "关联指标"]
    return pd.DataFrame(rows).reindex(columns=columns).fillna("")
