# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 08 这一年办得怎么样
#
# **问** 一个评估文件夹里的这一年，守住了多少时限，发现了哪些问题，改进点到哪一步了？
#
# **答** 见下面第一段，由这个文件夹的记录算出。本册是年度报告的底稿：换一个文件夹、换一年，再运行一次即可，正文不必改。
# 参数在下一格，papermill 可以从外面给：`papermill 08_annual_report.ipynb 今年.ipynb -p folder ../analysis/mine`。
# 本册只读不写：成文的报告由 `efficiency review 文件夹` 写出。

# %% tags=["parameters"]
folder = "../analysis/sample-review"
language = "zh"

# %%
import os

import pandas as pd
from IPython.display import Markdown

import efficiency as eff

os.environ.setdefault("EFFICIENCY_LANGUAGE", "zh")  # 表头和图用中文

office = eff.open_review(folder)
stands = office.standing.set_index("measure")["value"]
Markdown(
    f"**{office.inputs.folder.settings.title}**（数据截至 {office.inputs.cutoff:%Y-%m-%d %H:%M}）\n\n"
    f"各日志合计{stands['cases']:,}件，截止时在办{stands['open']}件。"
    f"有目标、有结论的时限{stands['standards']}项，按期率达到目标的{stands['standards_met']}项，"
    f"没有达到的{stands['standards_missed']}项。"
    f"程序规则{stands['rules']}条，其中{stands['rules_broken']}条有违反或疑似违反。"
    f"发现问题{stands['findings']}个，突出的{stands['findings_action']}个。"
    f"改进点{stands['points']}个，措施已做完{stands['points_acted']}个，"
    f"其中有数据检查的{stands['points_checked']}个，有效或部分有效{stands['points_effective']}个。"
)

# %% [markdown]
# ## 总的情况
#
# 一行一个日志：本期的件数、办结率，办结所需的办公小时和工作日的中位数、第90百分位数。一件只有一行的登记簿，用时为零。

# %%
eff.show(
    office.overview[
        ["log", "cases", "done", "open", "done_share", "median_hours", "ninety_hours", "median_days", "ninety_days"]
    ],
    language,
)

# %% [markdown]
# ## 时限
#
# 按期率的分母只取有结论的件：达标、超时、超期未办三项之和。区间整个在目标之下的，才说“没有达到”；跨过目标的，说不清。

# %%
limits = pd.concat([office.inputs.standards_of(name) for name in office]).drop_duplicates("standard_id")
held = office.compliance.merge(limits[["standard_id", "title"]], on="standard_id")
eff.show(
    held[["standard_id", "title", "decided", "met", "late", "overdue", "undecidable", "share", "low", "high", "target"]],
    language,
)

# %% [markdown]
# **图1** 各项时限的按期率（n 见图题；单位：%；点为按期率，横线为95%区间，竖线为目标；来源：评估文件夹所列日志，本期起算的件）。

# %%
eff.plot.compliance(held, language=language);
# %% [markdown]
# ## 问题
#
# 每一类问题有几个。“突出”的逐个写进报告正文，“一般”的并入一句，“提示”的只在附件。

# %%
words = {
    "limits": "限时办结", "procedure": "办理程序", "coordination": "协调衔接", "quality": "文稿和办件质量",
    "pace": "办理快慢", "supervision": "督查督办", "opinion": "群众反映",
    "action": "突出", "watch": "一般", "note": "提示",
    "new": "新发现", "recurring": "仍存在", "resolved": "已解决", "relapsed": "复发",
    "effective": "有效", "partly": "部分有效", "no effect": "未见明显变化", "worse": "变差", "too early": "尚早",
}
found = pd.DataFrame(
    [
        (one.finding.theme, one.finding.level, one.title, one.finding.n, one.hours)
        for one in office.told
        if one.finding.direction == "worse" and not one.finding.part_of
    ],
    columns=["主题", "程度", "问题", "n", "办公小时"],
).replace({"主题": words, "程度": words})
eff.show(pd.crosstab(found["主题"], found["程度"]).reset_index(), language)

# %% [markdown]
# 突出的问题，涉及办公小时多的在前。同一个小时可能算在几个问题里，所以各行不能相加；没有用时可算的记零，不等于轻。

# %%
eff.show(found[found["程度"] == "突出"].drop(columns="程度"), language)

# %% [markdown]
# ## 改进点
#
# 措施做完了的改进点，做完之后与做完之前比。95%区间不含零，才说变了；前后的变化不能单凭它断定是措施带来的。

# %%
acted = office.points[office.points["done"].notna()].replace({"status": words, "verdict": words})
said = {"share": "{:.1%}", "hours": "{:.1f}小时"}
then, now = (
    [said.get(row.unit, "{:.2f}").format(row[name]) for _, row in acted.iterrows()] for name in ("baseline", "value")
)
checks = pd.DataFrame(
    {
        "改进点": acted["title"], "状态": acted["status"], "责任": acted["owner"], "做完": acted["done"],
        "衡量指标": acted["measure"], "基线": then, "检查": now, "n": acted["n"], "结论": acted["verdict"],
    }
)
eff.show(checks, language)

# %% [markdown]
# **图2** 涉及办公小时最多的十个改进点（n 见图题；单位：办公小时/年；来源：本期评估重新量得的改进台账）。合计不是“能省下来的时间”，
# 只用来排先后。

# %%
eff.plot.pareto(eff.pareto(office.points).head(10), language=language);
# %% [markdown]
# ## 成文的报告在哪里
#
# `efficiency review 文件夹` 把同样这些表写成文件。

# %%
names = {
    "report.html": "报告，一页，不联网也能打开",
    "report.docx": "报告，Word",
    "report.pdf": "报告，PDF",
    "workbook.xlsx": "各表，一册",
    "tables": "各表，CSV",
    "findings.json": "问题，供程序读",
    "numbers.json": "报告中每一个数字的出处",
}
eff.show(
    pd.DataFrame([(f"output/{name}", what) for name, what in names.items()], columns=["文件", "内容"]), language
)
