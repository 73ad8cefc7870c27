"""The 56 interviews: what was said in each, as it was coded."""

from __future__ import annotations

import random

import pandas as pd

from efficiency.sample.inquiry.offices_asked import INTERVIEWS, KINDS, POSTS

#: Theme -> code -> what somebody says, the codes that come up most first.
THEMES = {
    "督查": {
        "反馈拖到期满": "事情不到期满那天不会有人报，催也没用",
        "重复检查": "同一件事几个部门都来查，一个月接待了四拨",
        "结果没有运用": "查完就完了，年底考核也不看",
    },
    "协调": {
        "会签时间长": "会签转一圈要一周，谁也不知道卡在哪",
        "多头要数": "同样的数三个处室要三遍，口径还不一样",
        "牵头不明": "两家都说不牵头，最后退回来",
    },
    "文稿质量": {
        "退改次数多": "一份材料改七八稿，定下来的还是第一稿的意思",
        "缺少数据": "写的时候手边没有数，只能写原则",
        "格式差错": "字号行距都要返工，年轻人没人带",
    },
    "参谋": {
        "信息报忧少": "问题写上去怕被点名，就不写了",
        "调研走马观花": "半天跑三个点，回来照着材料写",
    },
    "学习": {
        "培训脱离实际": "讲的都是大道理，回来还是不会办件",
        "没有时间学": "白天开会晚上写材料，哪有时间学",
    },
    "作风": {
        "人手少任务重": "科里三个人，有两个是借调的",
        "有畏难情绪": "难办的件往后放，先办容易的",
        "服务态度改善": "这两年打电话过来，说话客气多了",
    },
}
#: How likely each next code is, as a part of the one before.
_DECAY = 0.86


def interviews(seed: int) -> pd.DataFrame:
    """The coding table, in the order in which the interviews were held."""
    chance = random.Random(f"{seed}/survey/interviews")
    every = [(theme, code, said) for theme, codes in THEMES.items() for code, said in codes.items()]
    weights = [_DECAY**at for at in range(len(every))]
    offices = [office for own in KINDS.values() for office in own]
    rows = []
    for number in range(1, INTERVIEWS + 1):
        office = offices[(number - 1) % len(offices)]
        post = chance.choices(POSTS, (0.55, 0.3, 0.1, 0.05))[0]
        many = chance.randint(1, 4)
        told = dict.fromkeys(chance.choices(every, weights)[0] for _ in range(many))
        rows += [
            {"访谈编号": f"访{number:02d}", "单位": office, "人员类别": post, "主题": theme,
             "编码": code, "原话": said}
            for theme, code, said in told
        ]  # fmt: skip
    return pd.DataFrame(rows)
