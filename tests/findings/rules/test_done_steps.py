"""What was done, as rules look at it: the done steps in order, and rows as proofs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
import pytest

from efficiency.facts.events import observed
from efficiency.findings.rules.done_steps import DoneSteps, both, proofs

Make = Callable[..., pd.DataFrame]


@pytest.fixture
def done(make_log: Make) -> Iterator[DoneSteps]:
    """The done steps of two cases; the second has an open step, and one after the cut-off."""
    log = make_log(
        ("1", "批示", "2024-03-05 10:00"), ("1", "登记", "2024-03-05 09:00"),
        ("1", "登记", "2024-03-05 09:00"), ("2", "登记", "2024-03-05 09:30"),
        ("2", "批示", None), ("2", "归档", "2024-03-06"),
        row=[3, 9, 4, 1, 2, 5], unit=["秘书科", None, "", "文书科", "文书科", None],
        actor=["张三", "李四", None, "", "张三", None],
        received=[None, None, None, None, "2024-03-05", None],
    )  # fmt: skip
    with observed(log, cutoff="2024-03-05 12:00") as events:
        yield DoneSteps(events)


def test_done_steps_come_in_order_and_what_is_not_known_is_empty(done: DoneSteps) -> None:
    """By end, ties by row; nothing open, nothing after the cut-off."""
    steps = done.events.frame(done.steps.order_by("case", "position"))
    assert steps[["position", "row", "unit", "actor"]].values.tolist() == [
        [1, 4, "", ""], [2, 9, "", "李四"], [3, 3, "秘书科", "张三"], [1, 1, "文书科", ""],
    ]  # fmt: skip
    assert steps["case"].nunique() == 2
    assert steps["end"].diff().dropna().tolist()[:2] == [0, 3_600_000_000]


def test_steps_of_some_activities(done: DoneSteps) -> None:
    """A name that never occurs has none; no name has none."""
    rows = {
        names: sorted(done.events.frame(done.of(*names))["row"])
        for names in [("登记",), ("登记", "批示"), ("批示", "会签"), ("会签",), ()]
    }
    assert rows == {
        ("登记",): [1, 4, 9],
        ("登记", "批示"): [1, 3, 4, 9],
        ("批示", "会签"): [3],
        ("会签",): [],
        (): [],
    }


def test_every_seen_activity_has_a_code(done: DoneSteps) -> None:
    """Also one that is only open; none that lies after the cut-off."""
    assert sorted(done.codes) == ["批示", "登记"]
    steps = done.events.frame(done.steps)
    names = {code: name for name, code in done.codes.items()}
    named = dict(zip(steps["row"], steps["code"].map(names), strict=True))
    assert named == {4: "登记", 9: "登记", 3: "批示", 1: "登记"}


def test_steps_are_named(done: DoneSteps) -> None:
    """Those that are not asked for have no name."""
    wanted: dict[tuple[str, ...], set[str]] = {
        ("登记", "会签"): {"登记", ""},
        ("会签",): {""},
        (): {""},
        ("批示", "登记"): {"批示", "登记"},
    }
    named = {str(names): done.name(done.steps, names) for names in wanted}
    frame = done.events.frame(done.steps.mutate(**named))
    for names, want in wanted.items():
        assert set(frame[str(names)]) == want


def test_proofs(done: DoneSteps) -> None:
    """A row of the log and what it shows; a pair gives both of its rows."""
    steps = done.of("批示")
    (one,) = done.events.frame(proofs(steps, done.name(steps, ["批示"]))).to_dict("records")
    assert (one["row"], one["what"]) == (3, "批示")
    pair = steps.mutate(other=steps.row + 6)
    pairs = done.events.frame(both(pair, "other", pair.unit))
    assert sorted(pairs["row"]) == [3, 9]
    assert set(pairs["what"].dropna()) == {"秘书科"}
    assert pairs["case"].nunique() == 1
