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
# # 01 日志与数据质量
#
# 同一个机关，一份材料说“办结率达到 99% 以上”，另一份材料说“文件办理不及时，不按规定时间办结”。
# 两句话可以同时成立：前一句问“办没办完”，后一句问“按不按时”。要分清它们，只能回到办理记录本身。
#
# 本册读入示例机关两年的收文日志，先不下结论，只回答三个问题：**记录了什么、少了什么、哪些地方可疑**。
# 数据不能判定的，后面一律写“不可判定”，不写“达标”。

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
record = eff.read_record("../data/sample/incoming.csv", columns)
log = record.log
log.head(8)

# %% [markdown]
# 一行是一个环节的一次办理。左边是我们统一的列名（`case_id` 件、`activity` 环节、`received` 到达、
# `start` 着手、`end` 办完），右边原有的列（文种、来文层级等）原样保留。`row` 是原文件的数据行号：
# 后面每一个数字都能追回到原始记录的某一行。
#
# ## 一行也不能悄悄丢掉
#
# 读入的行 = 接受的行 + 退回的行。退回的、改为空的，都在账上。

# %%
{
    "读入": record.rows,
    "接受": record.rows - len(record.rejected),
    "退回": len(record.rejected),
    "置空": len(record.changed),
    "编码": record.encoding,
}

# %% [markdown]
# ## 哪些地方可疑
#
# 下表只提示，不删改。`rows` 给出前几个行号，可以翻原始记录核对。要特别留意两种：
#
# - **只有日期没有时刻**：以分钟、小时计的时限对这些件多半判不了；
# - **先后颠倒**：办完早于到达，往往是补录或手误，不能算“提前办结”。

# %%
office = eff.study(record, cutoff="2024-12-31 18:00", closed_by=["归档", "退文"])
office.quality

# %% [markdown]
# ## 记录的规模
#
# 每月收了多少件、办结多少件、月末还有多少在办。归档或退文即为办结。

# %%
office.plot.volume();
# %%
office.volume.tail(6)

# %% [markdown]
# 记录完整、行数对得上、可疑之处已列明。下一册看事情实际是怎么一步一步办的。
