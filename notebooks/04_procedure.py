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
# # 04 程序：该怎么走，实际怎么走
#
# 前两册看事情怎么办、办得快不快。本册看程序：哪些件没有按规定走，证据在哪几行；
# 规定的流程与实际的流程差在哪里；文件在谁和谁之间来回。
#
# 一条规矩：**迹象不是定论**。凡写“疑似”的，数据只能指出该翻哪几件，认定要靠人。

# %%
import efficiency as eff

columns = {
    "case_id": "流水号",
    "activity": "环节",
    "received": "到达时间",
    "start": "开始时间",
    "end": "办结时间",
    "actor": "经办人",
    "unit": "处室",
}
log = eff.read_log("../data/sample/incoming.csv", columns)
calendar = eff.read_calendar("../data/sample/calendar.toml")
rules = eff.read_rules("../data/sample/rules.csv")
flow = eff.read_flow("../data/sample/incoming.flow")
incoming = rules[rules["log"] == "incoming"]
office = eff.study(
    log, calendar, rules=incoming, flow=flow, cutoff="2024-12-31 18:00", closed_by=["归档", "退文"],
    approvals_of=("审核", "批示"),
)

# %% [markdown]
# ## 规则：一行一条
#
# `kind` 是规则的类型，`a`、`b` 是环节、处室或条件，`n` 是次数。全部类型见 `docs/rules.md`。

# %%
incoming[["rule_id", "title", "kind", "a", "b", "n"]].head(8)

# %% [markdown]
# ## 每条规则守得怎么样
#
# 违反率 = 违反 ÷（适用 − 未到期 − 不可判定）。还在办的件可能随后补上，算未到期；
# 记录说不清的，算不可判定，**不算合规**。

# %%
office.adherence[["rule_id", "n", "broken", "pending", "undecidable", "share", "low", "high"]].round(4)

# %% [markdown]
# ## 证据：具体到行
#
# `rows` 是原文件的数据行号。下面是先批示、后登记的件（文件倒流）。

# %%
backwards = office.deviations.query("rule_id == 'P2A'")
backwards.head()

# %% [markdown]
# 拿一件出来逐步看：领导的批示在前，签收、登记在后。

# %%
case = log[log["case_id"] == backwards["case_id"].iloc[0]].sort_values("end")
case[["row", "activity", "unit", "received", "end"]].head(6)

# %% [markdown]
# ## 体外循环：要有第二本账
#
# 收文登记里没有的文件，收文登记自己看不出来。要拿另一本账（批示台账）来对：
# 领导批示过、登记簿里却查不到的，疑似体外循环。先对文号；没有文号的，比标题（相邻两字的重合度在八成以上）、
# 来文单位和日期（前后三十天）。

# %%
decisions = eff.read_log(
    "../data/sample/decisions.csv",
    {"case_id": "批示编号", "activity": "环节", "end": "批示时间", "actor": "批示领导"},
)
outside = rules[rules["rule_id"] == "P1"]
eff.adherence(decisions, outside, registers={"incoming": log}).round(4)

# %% [markdown]
# 没有这本账，就不能说没有体外循环，只能说不可判定：

# %%
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # 它会提醒缺了哪本登记簿
    nothing = eff.adherence(decisions, outside)
nothing[["rule_id", "n", "broken", "undecidable", "missing"]]

# %% [markdown]
# ## 规定的流程
#
# 一行文字就能写出规定的流程：`→` 先后，`[甲 | 乙]` 任选其一，`[甲]` 可有可无，`( … )*` 可以重复。

# %%
flow

# %% [markdown]
# 把已办结的件与它对照：哪里该办没办，哪里多出环节，哪里次序不符。

# %%
office.conformance.round(4)

# %%
office.departures.head(8)

# %%
eff.plot.conformance(office.part("aligned"));

# %% [markdown]
# ## 谁交给谁
#
# 部门之间的传递应经文书和综合部门；不经它们直接传递的，就是横传。“退回”指退给上一个部门（甲 → 乙 → 甲）。

# %%
office.handovers.sort_values("count", ascending=False).head(8).round(2)

# %%
hubs = ["文书科", "秘书一处", "秘书三处", "综合处", "市领导", "督查室", "应急办"]
office.plot.handovers(hubs=hubs);
# %% [markdown]
# 各部门承担多少、专不专：

# %%
office.involvement.round(3)

# %% [markdown]
# 实际经过几级审批：

# %%
office.approvals.head(6).round(3)

# %% [markdown]
# 看清了程序，下一步是问为什么慢、改了有没有用。
