"""Models from the compact log are those that pm4py finds in the whole log."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from efficiency._doors import mining
from efficiency.facts.events import observed
from efficiency.facts.flows import compact_log
from efficiency.facts.models import Model, discover

KEYS = {"case_id_key": "case_id", "activity_key": "activity", "timestamp_key": "end"}


@pytest.fixture(scope="module")
def pm4py() -> ModuleType:
    return mining.package()


@pytest.fixture(scope="module")
def office() -> pd.DataFrame:
    """A log of 120 cases with choices, loops, parallel steps and rare ways."""
    chance, rows = random.Random(3), []
    for case in range(120):
        way = ["登记"]
        pair = ["批示", "会签"]
        chance.shuffle(pair)
        while True:
            way += ["拟办", *pair]
            if chance.random() > 0.2:
                break
            way.append("退回")
        way += [chance.choice(["承办", "传阅"])] if chance.random() > 0.05 else ["退文"]
        if chance.random() > 0.3:
            way.append("归档")
        at = pd.Timestamp("2024-03-04 09:00") + pd.Timedelta(hours=case)
        rows += [
            (f"c{case:03d}", step, at + pd.Timedelta(minutes=7 * n)) for n, step in enumerate(way)
        ]
    log = pd.DataFrame(rows, columns=["case_id", "activity", "end"])
    return log.astype({"end": "datetime64[us]"})


def whole(log: pd.DataFrame) -> pd.DataFrame:
    """The log as pm4py wants it: sorted, for it sorts nothing itself."""
    plain = log[["case_id", "activity", "end", *(["row"] if "row" in log else [])]]
    plain = plain.dropna(subset=["end"]).astype({"end": "datetime64[ns]"})
    by = ["case_id", "end", "row"] if "row" in log else ["case_id", "end"]
    return plain.sort_values(by, kind="stable").reset_index(drop=True)


def heuristics_edges(net: Any) -> dict[str, set[str]]:
    return {
        name: {target.node_name for target in node.output_connections}
        for name, node in net.nodes.items()
    }


@pytest.fixture(params=["office", "receipt"], scope="module")
def log(request: pytest.FixtureRequest) -> pd.DataFrame:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_the_inductive_miner_finds_the_same_tree(
    log: pd.DataFrame, pm4py: ModuleType, noise: float
) -> None:
    tree = pm4py.discover_process_tree_inductive(whole(log), noise_threshold=noise, **KEYS)
    assert repr(discover(log, noise=noise).mined) == repr(tree)


@pytest.mark.parametrize("noise", [0.5, 0.01])
def test_the_heuristics_miner_finds_the_same_net(
    log: pd.DataFrame, pm4py: ModuleType, noise: float
) -> None:
    """Noise is the complement of the dependency threshold."""
    net = pm4py.discover_heuristics_net(whole(log), dependency_threshold=1 - noise, **KEYS)
    mined = discover(log, "heuristics", noise=noise).mined
    assert heuristics_edges(mined) == heuristics_edges(net)
    assert mined.dependency_matrix == net.dependency_matrix
    assert mined.start_activities == net.start_activities
    assert mined.end_activities == net.end_activities


def test_who_follows_whom_is_the_same(log: pd.DataFrame, pm4py: ModuleType) -> None:
    assert discover(log, "dfg", noise=0).mined == tuple(
        dict(part) for part in pm4py.discover_dfg(whole(log), **KEYS)
    )


def test_what_it_was_mined_from(office: pd.DataFrame) -> None:
    """Counted by pandas alone."""
    ways = Counter(office.groupby("case_id")["activity"].agg(tuple))
    model = discover(office)
    assert (model.cases, model.variants) == (120, len(ways))
    assert (model.algorithm, model.noise) == ("inductive", 0.2)


def test_the_cut_off_hides_what_comes_later(office: pd.DataFrame) -> None:
    """At the moment of the third step of the first case, nothing else is done."""
    at = office["end"].iloc[2]
    pairs = itertools.pairwise(office["activity"].iloc[:3])
    assert discover(office, "dfg", noise=0, cutoff=at).mined[0] == dict.fromkeys(pairs, 1)


def test_a_model_is_frozen(office: pd.DataFrame) -> None:
    model = discover(office)
    with pytest.raises(dataclasses.FrozenInstanceError):
        model.noise = 0.0  # type: ignore[misc]
    assert model.to_pm4py() is model.mined


def test_the_log_is_untouched(office: pd.DataFrame) -> None:
    before = office.copy()
    discover(office)
    pd.testing.assert_frame_equal(office, before)


@pytest.mark.parametrize(
    ("algorithm", "noise"), [("inductive", 0.2), ("heuristics", 0.2), ("dfg", 0)]
)
def test_a_model_draws_itself_twice_the_same(
    office: pd.DataFrame, algorithm: Any, noise: float
) -> None:
    """Every activity is in the picture, and a second discovery gives the same bytes."""
    shuffled = office.sample(frac=1, random_state=1)
    first, second = (
        discover(part, algorithm, noise=noise)._repr_svg_() for part in (office, shuffled)
    )
    assert first == second
    assert first.startswith("<svg")
    assert all(f">{name}</text>" in first for name in ("登记", "拟办", "归档"))


@pytest.mark.parametrize(
    ("algorithm", "noise"), [("inductive", 0.2), ("heuristics", 0.2), ("dfg", 0)]
)
def test_the_written_diagram_is_read_back(
    office: pd.DataFrame, pm4py: ModuleType, tmp_path: Path, algorithm: Any, noise: float
) -> None:
    model = discover(office, algorithm, noise=noise)
    model.write_bpmn(tmp_path / "flow.bpmn")
    back, was = mining.read_bpmn(str(tmp_path / "flow.bpmn")), model.to_bpmn()
    for diagram in (back, was):
        assert {node.get_name() for node in diagram.get_nodes()} >= set(office["activity"])
    assert len(back.get_nodes()) == len(was.get_nodes())
    assert len(back.get_flows()) == len(was.get_flows())


@pytest.mark.parametrize(("algorithm", "noise"), [("inductive", 0.0), ("dfg", 0)])
def test_the_net_replays_the_log(
    office: pd.DataFrame, pm4py: ModuleType, algorithm: Any, noise: float
) -> None:
    """Without noise left out, every case fits."""
    net, initial, final = discover(office, algorithm, noise=noise).to_petri()
    found = pm4py.fitness_token_based_replay(whole(office), net, initial, final, **KEYS)
    assert found["perc_fit_traces"] == 100


def test_what_is_no_algorithm_is_told(office: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="'alpha'; use 'inductive', 'heuristics' or 'dfg'"):
        discover(office, "alpha")  # type: ignore[arg-type]


@pytest.mark.parametrize("noise", [-0.1, 1.1, float("nan")])
def test_noise_out_of_range_is_told(office: pd.DataFrame, noise: float) -> None:
    with pytest.raises(ValueError, match=rf"noise is {noise}; it must lie in 0 to 1"):
        discover(office, noise=noise)


def test_noise_that_is_not_honoured_is_an_error(office: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="takes noise=0"):
        discover(office, "dfg")


@pytest.mark.parametrize("algorithm", ["inductive", "heuristics", "dfg"])
def test_nothing_done_is_an_empty_model(algorithm: Any) -> None:
    """Steps that were begun and not ended leave no trace; the empty model can be drawn."""
    log = pd.DataFrame(
        {"case_id": ["1"], "activity": ["a"], "start": pd.to_datetime(["2024-03-05"])}
    )
    model = discover(log.assign(end=pd.NaT).astype({"end": "datetime64[us]"}), algorithm, noise=0)
    assert (model.cases, model.variants) == (0, 0)
    assert model._repr_svg_().startswith("<svg")


def test_the_compact_log(make_log) -> None:
    rows = [(case, name, "2024-03-05") for case in "123" for name in "ab"]
    with observed(
        make_log(
            *rows, ("4", "a", "2024-03-05"), ("5", "a", None), received=[None] * 7 + ["2024-03-05"]
        )
    ) as events:
        assert compact_log(events) == {("a", "b"): 3, ("a",): 1}


def test_an_arrow_in_a_name_is_no_step(office: pd.DataFrame) -> None:
    log = office.replace({"activity": {"登记": "收文 → 登记"}})
    assert "收文 → 登记" in discover(log, "dfg", noise=0).mined[1]


def tasks(model: Model) -> list[str]:
    nodes, _ = mining.bpmn_parts(model.to_bpmn())
    return sorted(label for _, kind, label in nodes if kind == "task")


@pytest.mark.parametrize(
    ("algorithm", "noise"),
    [
        ("inductive", 0.2),
        ("heuristics", 0.2),
        pytest.param("dfg", 0),
    ],
)
def test_each_activity_is_one_box(office: pd.DataFrame, algorithm: Any, noise: float) -> None:
    drawn = tasks(discover(office, algorithm, noise=noise))
    assert drawn == sorted(set(drawn))
