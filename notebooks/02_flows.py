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
# # 02 文件实际怎么走
#
# **问** 制度写的是应当怎么办，日志记的是实际怎么办。两年的收文实际走了几条路，在哪里重复？
#
# **答** 两年2,000件走了137种路，最多的一种占28.8%，最多的五种合计67.7%，另有65种只走过一次。重复最多的是拟办：266件不止拟办一次，
# 多花268.2个办公小时；重复最费时的是承办：41件，844.8个办公小时。主干上相隔最久的一段是批示到承办，中位18.0个办公小时。

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
log = eff.read_log("../data/sample/incoming.csv", columns)
calendar = eff.read_calendar("../data/sample/calendar.toml")
office = eff.study(log, calendar, cutoff="2024-12-31 18:00", closed_by=["归档", "退文"], name="收文")

# %% [markdown]
# ## 走法
#
# 一种走法，是一件文从头到尾办完的环节顺序。

# %%
eff.show(office.variants, rows=8)
# %%
{
    "走法": len(office.variants),
    "最多的一种": f"{office.variants['share'].iloc[0]:.1%}",
    "最多的五种合计": f"{office.variants['share'].head(5).sum():.1%}",
    "只走过一次的": int((office.variants["cases"] == 1).sum()),
}

# %% [markdown]
# 最多的五种走法差别只在是否经过审核、合法性审核和退回。只走过一次的65种，每种一件，宜逐件翻看：有的是少见而合规的，有的是没有按规定走的（第04册）。
#
# ## 流程图
#
# 方框是环节和次数，连线是先后，线上是次数和**办公时间**的中位数：夜里、周末、节假日不算，调休上班的周末算。
# 线越粗走得越多，越红相隔越久。图上只画占九成的流转。
#
# **图1** 收文的实际流程（n = 20,071次流转；线上为次数和办公小时中位数；来源：示例机关收文登记，2023至2024年）。

# %%
office.plot.flow();
# %% [markdown]
# 从签收到转办，每一段中位都是0.1个办公小时，即十分钟以内；批示以后到承办办完，中位18.0个办公小时。补正一支相隔34.6个办公小时，
# 那是在等来文单位补材料，不是本机关在办。批示之后又回到签收的有19次，是先批示、后登记的件，第04册再看。
#
# **图2** 同一张图，可以拖动滑块增减路径，切换次数与用时（n = 20,071次流转；单位：次，办公小时；来源同图1）。
# 这一张要在 Jupyter 里看；在网页上看存下的结果时，只看图1即可。

# %%
office.map()

# %% [markdown]
# ## 什么时候办的
#
# 流程图看不出先后和快慢。点图里一个点是一个环节：横轴是收到后的天数，纵轴是收到的先后（两年2,000件，每五件一行）。
#
# **图3** 各环节办理时点（n = 22,071步；单位：天；来源：示例机关收文登记，2023至2024年）。

# %%
eff.plot.dots(office.dots);
# %% [markdown]
# 点集中在收到后七天以内，越往右越稀；从上到下疏密没有明显的分界，点图上看不出哪一段时间起办法变了。要分辨变化，得按可比件检验（第06册）。
#
# ## 重复办理
#
# 同一件文里同一个环节办了不止一次，就是重复。有的是必要的退改，有的不是，记录只说有多少、花了多少时间。

# %%
eff.show(office.rework.query("repeated_cases > 0").sort_values("repeated_cases", ascending=False))

# %% [markdown]
# `repeated_cases`（不止一次的件数）里拟办最多：拟办过的1,925件中266件不止一次，占13.8%，与之相随的退回有300次。承办重复的只有41件，
# 但承办一次就要很久，合计844.8个办公小时，是拟办的三倍。催办的30次重复都是连着办的（`self_loops`），是一催再催。
#
# ## 流程模型
#
# **图4** 从日志自动发现的流程模型（n = 2,000件、137种走法；归纳挖掘，略去不到最忙一支两成的分支；来源：示例机关收文登记，2023至2024年）。
# ×表示选择，+表示并行。

# %%
eff.discover(log, noise=0.2)

# %% [markdown]
# 下一册看走得快不快，按不按时。
