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
# # 06 比较与变化：谁慢，改了没有
#
# 本册回答四个问题：和条件相同的件比，哪个处慢；一项改革前后，用时变了没有；“零差错”“百分之百”能说到什么程度；
# 在办的件哪些会超时，多一个人又会怎样。每个答案都带着区间；答不了的，说明为什么答不了。

# %%
import datetime as dt

import pandas as pd

import efficiency as eff
from efficiency.findings.discoveries import adjusted
from efficiency.findings.standards.calibration import calibration as calibrated

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
standards = eff.read_standards("../data/sample/standards.csv")
reform = eff.Reform(dt.date(2024, 7, 1), "承办单位由依次办理改为同时办理")
when = {"cutoff": "2024-12-31 18:00", "closed_by": ["归档", "退文"]}
office = eff.study(log, calendar, standards, **when)
judgements, known = office.judgements, office.circumstances

# %% [markdown]
# ## 不排名次
#
# 把各处按超时率从高到低一排，总有人第一、有人最后，哪怕大家办得一样好：件少的处，碰巧多一两件，名次就到了头或尾。
# 漏斗图换一个问法：这个处的件数这么多，单凭碰巧，超时率会在多大范围之内？范围之内的不分高下，范围之外的才值得去看。
# 下图是T8（报送落实情况）各承办单位的超时率。

# %%
late = (
    known.query("standard_id == 'T8' and unit != ''")
    .groupby("unit")["late"]
    .agg(k="sum", n="size")
    .rename_axis("name")
    .reset_index()
)
funnel = eff.control.funnel(late)
eff.plot.funnel(funnel, label="T8超时率");
# %%
funnel[["name", "k", "n", "value", "low_998", "high_998", "outside"]].round(3)

# %% [markdown]
# 只有综合处在外线之外：342件中超时53件，15.5%。还没办、已经超期的，算在它现在所在的处。
#
# ## 和可比的件比
#
# 超时率高，也可能是分到的件本来就难。所以只在条件相同的件之间比：同一环节、同样缓急，才算可比；
# 再看用时是可比件的多少倍。文种、缓急是件的构成，用来保持相同，不拿来比谁慢；状态、结果是办出来的，更不能用。
# 排队、成批会使前后几周的件互相牵连，牵连得太久的不作检验。这里先不下结论，等与下面的全部检验一起校正之后再说。

# %%
comparisons = eff.compare(log, calendar, by=["unit", "来文单位", "来文层级"], **when)

# %% [markdown]
# ## 前后比
#
# 2024年7月1日起，承办单位由依次办理改为同时办理，日期是已知的。问三件事：2024年与2023年比；
# 这一天前后比；不告诉日期，数据自己能不能看出哪一天变了。比较时让件的构成（文种、缓急、主送等）前后一样。

# %%
changes = eff.changes(
    log,
    calendar,
    baseline=("2023-01-01", "2023-12-31"),
    period=("2024-01-01", "2024-12-31"),
    reforms=[reform],
    **when,
)

# %% [markdown]
# ## 查得多了，总会碰巧查到
#
# 每做一次检验，没有差别也有5%的机会显得有差别；做得多了，碰巧“显著”的就多。所以比较、前后、进出平衡的检验合在一起校正
# （`adjusted`），使报出来的差别里，预期为假的不超过5%。

# %%
comparisons, changes, balances = adjusted(comparisons, changes, office.balance)
tests = pd.concat([table[["p", "p_adjusted"]] for table in (comparisons, changes, balances)])
{
    "检验": int(tests["p"].notna().sum()),
    "校正前p小于0.05": int((tests["p"] < 0.05).sum()),
    "校正后仍成立": int((tests["p_adjusted"] <= 0.05).sum()),
}

# %%
eff.plot.comparison(comparisons);
# %%
comparisons[(comparisons["value"] == "综合处") & (comparisons["measure"] == "handling")][
    ["activity", "n", "median_hours", "others_median_hours", "ratio", "ratio_low", "ratio_high"]
].round(3)

# %% [markdown]
# 校正之后，比可比件慢的处只有综合处：办理用时是可比件的1.18倍（1.14至1.21）。逐个环节看，慢在两处：
# 拟办1.46倍（1.39至1.53），承办1.48倍（1.38至1.59），都约为一倍半；其余环节的区间都含1。
# 这是比出来的差别，不是对人的评价：可比只限于日志里有的条件，件的难易日志里没有。
#
# ## 改革前后

# %%
eff.plot.changes(changes);
# %%
changes[changes["measure"].isin(["case", "承办", "承办.handling"])][
    ["measure", "kind", "at", "at_low", "at_high", "difference_hours", "difference_low",
     "difference_high", "ratio", "p_adjusted"]
].round(3)

# %% [markdown]
# 只比前后都有的月份，即2023年下半年与2024年下半年，季节就不会被当成变化。承办真正在手的时间，改革后是改革前的0.76倍，
# 中位数少1.3个办公小时（0.9至1.7），校正后仍可分辨。从到件到办完，以及整件，也都是缩短，但区间宽，校正后未能分辨：
# 整件缩短2.1个办公小时，区间从缩短5.0到延长1.0。
#
# 数据自己找到的日期是2024年8月12日（7月29日至8月26日），比已知的7月1日晚了六周，区间也没有盖住7月1日。
# 所以知道日期的改革要按已知日期检验；数据自己找的日期落在改革附近的，归入改革，不另算一项变化。
#
# 把2024年整年与2023年整年比，整件缩短0.6个办公小时，区间从缩短2.6到延长1.5，看不出变化：改革只管了半年，
# 摊到整年就淡了。问法不同，答案不同，所以问的是哪一段要写明。
#
# ## “提前3至5天”站得住吗
#
# 总结里说“比过去提前3至5天”，是一句可以检验的话。先换成同一把尺：一天7个办公小时，3至5天是21至35个办公小时。

# %%
day = float(eff.work_hours(
    pd.Series(pd.to_datetime(["2024-03-05 00:00"])), pd.Series(pd.to_datetime(["2024-03-06 00:00"])),
    calendar,
).iloc[0])
whole = changes[(changes["measure"] == "case") & (changes["kind"] == "reform")].iloc[0]
{
    "一天办公小时": day,
    "整件提前（天）": round(float(-whole["difference_hours"]) / day, 2),
    "至少": round(float(-whole["difference_high"]) / day, 2),
    "至多": round(float(-whole["difference_low"]) / day, 2),
}

# %% [markdown]
# 整件提前0.3天，区间从推后0.1天到提前0.7天。“提前了”还未能分辨，“提前3至5天”站不住：连区间的上端都不到1天。
#
# ## 控制图：这个月是不是出了事
#
# 每月办结件的用时中位数，天天月月都在上下。控制限由改革前各月算出，落在限内、又没有连着偏在一边的，是平常的起伏。

# %%
chart = eff.control.cycle_chart(office.cases, until="2024-06")
eff.plot.control_chart(chart, label="整件用时中位数（办公小时）");
# %% [markdown]
# 23个月没有一个点出限。改革后承办在手的时间少了四分之一，图上却没有信号：控制图管的是“这个月出没出事”，
# 一个环节的变化淹没在月与月的起伏里，要靠上面那种把件的构成拉平的前后比。图上没有信号，不等于没有变化。

# %%
{"月数": len(chart), "有信号的月": int(chart["signal"].notna().sum())}

# %% [markdown]
# ## 零差错、百分之百，能说到什么程度
#
# 查了没有发现，不等于没有。查得越少，越说不准。下面是2024年第四季度起算的件，各项时限的超时数；
# 一件也没有超时的，区间上端说的是：以95%的把握，超时率不超过多少。

# %%
quarter = judgements[
    (judgements["from_time"] >= "2024-10-01")
    & judgements["verdict"].isin(["met", "late", "overdue"])
]
counts = (
    quarter.assign(k=quarter["verdict"] != "met")
    .groupby("standard_id")["k"]
    .agg(k="sum", n="size")
    .rename_axis("item")
    .reset_index()
)
eff.control.zeros(counts).round(3)

# %% [markdown]
# T15（机要、紧急公文20分钟内转送）17件全部按时，可以写“17件全部按时”，不能写“按时率百分之百”：
# 只查了17件，超时率仍可能高到16.2%。T6查了65件，也都没有超时，能说的就多一些：不超过4.5%。要说“不超过1%”，得查多少件都不出一件？大约300件。

# %%
{f"查{n}件无一超时，上限": round(eff.control.bounded(0, n).high, 3) for n in (17, 65, 300)}

# %% [markdown]
# ## 在办的件，哪些会超时
#
# 在办的件，按历史上走到同样地步（办到同一环节、用掉同样一份时限、当时也没办完）的件里有多大一份最后超时来报。
# 只问T8。

# %%
feedback = standards[standards["standard_id"] == "T8"]
risk = eff.overdue_risk(log, feedback, calendar, cutoff=when["cutoff"])
risk[["case_id", "due", "activity", "used_share", "n", "late", "risk", "low", "high"]].head(8).round(3)

# %% [markdown]
# 报得准不准，要拿过去试：退回到过去半年里的9个时刻，只用当时已有的记录去报，再看后来究竟超没超。

# %%
held = eff.held_back(log, feedback, calendar, cutoff=when["cutoff"], months=6)
calibration = calibrated(held)
calibration.round(3)

# %%
eff.plot.calibration(calibration);
# %%
tried = held.dropna(subset=["risk", "was_late"])
{
    "时刻": int(tried["at"].nunique()),
    "件次": len(tried),
    "报出的风险合计": round(float(tried["risk"].sum()), 1),
    "实际超时": int(tried["was_late"].sum()),
}

# %% [markdown]
# 106件次里，报出的风险合计18.6件，实际超时17件；各档实际的比例，区间都盖住所报的风险。
#
# 也要说它什么时候不准。这9个时刻每隔19天取一个，错开了月和周。若改在每月1日去问，看到的多是月末几天来的件，
# 与历史上的件不尽可比，就可能报偏：对T8、T9两项另外试过2024年的12个1日，实际超时50件次，报出的合计只有约33件，报低了。
# 所以风险只用来排先后、定催办，不当预测数上报；在月初用，要记得它可能偏低。
#
# ## 多一个人会怎样
#
# 先认出“岗位”：同一处里做同样几步、共用一个队列的人。

# %%
desks = eff.what_if.desks(log, calendar, cutoff=when["cutoff"])
desks[["desk", "people", "steps", "handling_hours", "utilisation"]].round(2)

# %% [markdown]
# 再把历史重演一遍：照记录的来件、流程、人手去模拟，看模拟出来的像不像真的。像，才有资格问“如果”。
# 为了快，这里只重演5次；正式的评估用20次以上。

# %%
fast = {**when, "replications": 5}
eff.what_if.rehearse(log, feedback, calendar, **fast).round(3)

# %% [markdown]
# 各项都合得上（`fits`）。现在问：综合处承办的岗位多一个人，会怎样？

# %%
more = eff.what_if.simulated(log, feedback, calendar, eff.what_if.Staff("综合处·承办", 1), **fast)
eff.plot.what_if(more);
# %%
more[more["measure"] != "utilisation"].round(3)

# %% [markdown]
# 整件用时中位数缩短0.3个办公小时，T8按期率提高0.6个百分点：有好处，但不大。这与第05册看到的一致：
# 办公时间之内的等待，只有一小部分是在等经办人手上的件。
#
# 有的问题不答。重演与历史合不上的，一律不给“如果”的答案，也没有开关可以绕过去。比如日志里没有到达和开始的时刻：

# %%
blind = log.drop(columns=["received", "start"])
try:
    answer = eff.what_if.simulated(blind, feedback, calendar, eff.what_if.Remove("审核"), **fast)
except eff.what_if.RehearsalError as refused:
    answer = refused.text("zh").splitlines()
answer

# %% [markdown]
# 模拟不出历史的，也就说不准将来。下一册把找到的问题记成改进点，看一年之后变了没有。
