"""What is said of control charts and of rates of zero and of all."""

from __future__ import annotations

#: key -> (Chinese, English).
PHRASES: dict[str, tuple[str, str]] = {
    "breaches_of": ("违反“{title}”", "breaches of '{title}'"),
    "kept": ("符合“{title}”", "kept '{title}'"),
    # --- rates of zero and of all
    "rate_zero": (
        "检查{n}件，未发现{what}。但不能据此断言{what}率为零：以95%的把握，{what}率不超过{high}，即每{base}件至多约{times}件。",
        "{what}: none in {n} checked. That does not prove a rate of zero: with 95% confidence it is "
        "at most {high}, that is, no more than about {times} in every {base}.",
    ),
    "rate_all": (
        "检查{n}件，{what}{n}件，为100%。但不能据此断言{what}率就是100%：以95%的把握，{what}率不低于{low}，"
        "即每{base}件中例外至多约{times}件。",
        "{what}: all {n} checked. That does not prove 100%: with 95% confidence the share is at "
        "least {low}, that is, no more than about {times} exceptions in every {base}.",
    ),
    "rate_some": (
        "检查{n}件，{what}{k}件，{what}率{share}（95%置信区间{low}至{high}）。",
        "{what}: {k} of {n} checked, {share} (95% confidence interval {low} to {high}).",
    ),
    "rate_unknown": (
        "{what}：未提供检查件数；没有检查件数的“零”或“百分之百”不能作为结论。",
        "{what}: it is not on record how many were checked; without that number neither zero nor "
        "100% is a finding.",
    ),
    # --- pictures
    "chart_centre": ("中心线", "centre line"),
    "chart_limits": ("控制限", "control limits"),
    "chart_n": ("件数（n）", "cases (n)"),
    "chart_overall": ("总体水平", "overall"),
    "chart_95": ("95% 界限", "95% limits"),
    "chart_998": ("99.8% 界限", "99.8% limits"),
    "chart_level": ("各段水平", "level of each segment"),
    "chart_shift": ("水平变化时点（阴影为95%区间）", "shift (shaded: 95% interval)"),
    # --- signals, as the charts write them
    "signal_above_limit": ("超出上限", "above the limit"),
    "signal_below_limit": ("低于下限", "below the limit"),
    "signal_run_above": ("连续8点偏高", "8 in a row above"),
    "signal_run_below": ("连续8点偏低", "8 in a row below"),
    "signal_rising": ("连续6点上升", "6 rising in a row"),
    "signal_falling": ("连续6点下降", "6 falling in a row"),
    "signal_two_of_three_above": ("3点中2点接近上限", "2 of 3 near the upper limit"),
    "signal_two_of_three_below": ("3点中2点接近下限", "2 of 3 near the lower limit"),
    "signal_four_of_five_above": ("5点中4点偏高", "4 of 5 high"),
    "signal_four_of_five_below": ("5点中4点偏低", "4 of 5 low"),
}
#: Column -> (Chinese, English).
COLUMNS: dict[str, tuple[str, str]] = {
    "centre": ("中心线", "centre"),
    "signal": ("信号", "signal"),
    "level": ("水平", "level"),
}
