"""What a report is told from is put together first."""

from __future__ import annotations

from efficiency.report.material import speaker
from studied import study


def test_a_study_speaks_its_language() -> None:
    assert speaker(study())("criterion") == "Criterion"
    assert speaker(study(language="zh"))("criterion") == "标准"
    assert speaker(study(language="zh"))("withheld", n=5) == "<5，不显示"
