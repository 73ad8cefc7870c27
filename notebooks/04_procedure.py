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
# # 04 程序守住了没有
#
# **问** 2024年的收文，哪些件没有按规定走，证据在哪几行？
#
# **答** 994件收文对照21条规则，每一条都有违反或疑似违反，比例从0.3%到7.0%。最多的是疑似在单位之间往返推转，70件（7.0%，区间5.6%至8.8%）；
# 应当经合法性审核的165件意见中，11件（6.7%，区间3.8%至11.5%）没有审核就报批。另有8件领导批示过而登记簿里查不到，疑似体外循环。
# 已办结的968件中，885件（91.4%）与规定的流程完全吻合。
#
# 一条规矩：**迹象不是定论**。凡写“疑似”的，记录只能指出该翻哪几件，认定要靠人。

# %%
import os

import efficiency as eff

os.environ.setdefault("EFFICIENCY_LANGUAGE", "zh")  # 表头和图用中文

review = eff.open_review("../analysis/sample-review").only("incoming", "decisions")
office, decisions = review["incoming"], review["decisions"]
rules = eff.read_rules("../data/sample/rules.csv")

# %% [markdown]
# ## 每条规则守得怎么样
#
# 违反率的分母是适用的件，减去未到期、不可判定的。还在办的件可能随后补上，算未到期；记录说不清的算不可判定，**不算合规**。
# 规则一行一条，全部类型见 `docs/rules.md`。

# %%
kept = office.adherence.merge(rules[["rule_id", "title"]], on="rule_id")
kept = kept.sort_values("share", ascending=False)
eff.show(
    kept[["rule_id", "title", "n", "broken", "pending", "undecidable", "share", "low", "high"]].rename(
        columns={"title": "规则"}
    ),
    rows=25,
)

# %% [markdown]
# 比例最高的两条里，往返推转是迹象：领导退改也会往返，要逐件核对；未经合法性审核即报批（P36）由记录直接看出。反馈是否用正式函或报告（P9），
# 有56件没有填，算不可判定。
#
# ## 证据具体到行
#
# 先批示、后登记的件（文件倒流）。“原始行号”是原文件的数据行号。

# %%
backwards = office.deviations.query("rule_id == 'P2A'")
eff.show(backwards[["rule_id", "case_id", "detail", "rows"]], rows=5)

# %% [markdown]
# 拿第一件出来逐步看。

# %%
log = office.question.record.log
case = log[log["case_id"] == backwards["case_id"].iloc[0]].sort_values("end")
eff.show(case[["row", "activity", "unit", "received", "end"]], rows=6)

# %% [markdown]
# 这一件，领导的批示11:33办完，签收、登记在其后。
#
# ## 体外循环要有第二本账
#
# 收文登记里没有的文件，收文登记自己看不出来，要拿另一本账（批示台账）来对：领导批示过、登记簿里却查不到的，疑似体外循环。
# 先对文号；没有文号的，比标题（相邻两字的重合度在八成以上）、来文单位和日期（前后三十天）。
# 没有这本账，就不能说没有体外循环，只能说不可判定。

# %%
eff.show(decisions.adherence[["rule_id", "n", "broken", "pending", "undecidable", "share", "low", "high"]])
# %%
eff.show(decisions.deviations[["rule_id", "case_id", "detail", "rows"]], rows=5)

# %% [markdown]
# 971件批示中8件（0.8%，区间0.4%至1.6%）在收文登记里查不到。是漏登、还是没有经过办公室，要拿这8件去问。
#
# ## 规定的流程与实际的流程
#
# 规定的流程一行文字就能写：`→` 先后，`[甲 | 乙]` 任选其一，`[甲]` 可有可无，`( … )*` 可以重复。把已办结的件与它对照：
# 哪里该办没办，哪里多出环节，哪里次序不符。

# %%
fit = office.conformance.set_index("measure")["value"]
{
    "对照的件": int(fit["aligned"]),
    "完全吻合": int(fit["fitting"]),
    "吻合的比例": f"{fit['fitting_share']:.1%}",
    "95%区间": f"{fit['low']:.1%}至{fit['high']:.1%}",
}

# %%
eff.show(office.departures, rows=8)

# %% [markdown]
# **图1** 规定的流程与实际的差别（n = 968件已办结的件，16类偏离；单位：件；来源：示例机关收文登记与 `data/sample/incoming.flow`，2024年）。
# 只画件数多的偏离。

# %%
eff.plot.conformance(office.part("aligned"));
# %% [markdown]
# ## 谁交给谁
#
# 部门之间的传递应经文书和综合部门；不经它们直接传递的，就是横传。
#
# **图2** 谁交给谁（n = 5,988次移交；单位：次；来源：示例机关收文登记，2024年起头的件）。不经文书和综合部门的移交，画成虚线。

# %%
office.plot.handovers(hubs=["文书科", "秘书一处", "秘书三处", "综合处", "市领导", "督查室", "应急办"]);
# %% [markdown]
# 实际经过几级审批：

# %%
eff.show(office.approvals, rows=6)

# %% [markdown]
# 994件中，365件（36.7%）只经市领导一级，257件、256件分别先经秘书三处、综合处再到市领导；37件（3.7%）一级也没有经过，
# 其中有初审退文的，本来就不报批。
#
# 程序看清了，下一册问为什么慢。
