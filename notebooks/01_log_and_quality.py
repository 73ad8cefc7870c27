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
# # 01 这本记录靠得住吗
#
# **问** 示例机关两年的收文登记，记了什么、少了什么、哪些地方可疑？
#
# **答** 读入22,094行，合2,000件，一行未退、一格未改。可疑的是：29行没有着手时刻，23行没有办完时刻，21行没有经办人，
# 12行只有日期没有时刻，3行先后颠倒，各项都不到全部行的千分之二。这本登记够用来回答后面各册的问题；
# 它不能判定的，后面一律写“不可判定”，不写“达标”。
#
# 同一个机关，一份材料说“办结率达到 99% 以上”，另一份材料说“文件办理不及时，不按规定时间办结”。
# 两句话可以同时成立：前一句问“办没办完”，后一句问“按不按时”。要分清它们，只能回到办理记录本身，
# 而记录先要经得起查。

# %%
import os

import efficiency as eff

os.environ.setdefault("EFFICIENCY_LANGUAGE", "zh")  # 表头和图用中文

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
office = eff.study(record, cutoff="2024-12-31 18:00", closed_by=["归档", "退文"], name="收文")

# %% [markdown]
# ## 一行是什么
#
# 一行是一个环节的一次办理。前几列是统一的列名，其后原有的列（文种、来文层级等）原样保留。
# “行”是原文件的数据行号：后面每一个数字都能追回到原始记录的某一行。

# %%
eff.show(record.log[["row", "case_id", "activity", "received", "start", "end", "unit", "文种"]], rows=8)

# %% [markdown]
# ## 有没有悄悄丢掉的行
#
# 读入的行等于接受的行加退回的行。退回的、改为空的，都在账上。

# %%
{
    "读入": record.rows,
    "接受": len(record.log),
    "退回": len(office.rejected),
    "置空": len(office.changed),
    "编码": record.encoding,
}

# %% [markdown]
# 22,094行全部接受，退回、置空都是零。
#
# ## 哪些地方可疑
#
# 下表只提示，不删改；末列给出前几个行号，可以翻原始记录核对。

# %%
eff.show(office.quality)

# %% [markdown]
# 各行的意思是：
#
# - `missing`（缺失）：21行没有经办人，29行没有着手时刻。没有经办人的都是还没办的环节；
# - `open`（没有办完）：23行没有办完时刻，截止时还在办；
# - `day_precision`（只有日期）：12行的办完时刻只记到日，以分钟、小时计的时限对这些件多半判不了；
# - `end_before_start`（先后颠倒）：3行办完早于着手，其中2行还早于到达，疑为补录或手误，不能算“提前办结”。
#
# 最多的一项也只有29行，占0.1%。
#
# ## 记录的规模
#
# 归档或退文即为办结。
#
# **图1** 各月收件、办结和月末在办（n = 2,000件；单位：件；来源：示例机关收文登记，2023年1月3日至2024年12月31日18时）。

# %%
office.plot.volume();
# %%
eff.show(office.volume.query("month >= '2024-01'"))
# %% [markdown]
# 月末在办最多的是2024年3月，52件；到2024年末是29件。这29件还没有结果，后面算用时和按期率都要把它们算在内。
#
# 记录完整，行数对得上，可疑之处已列明。下一册看文件实际怎么走。
