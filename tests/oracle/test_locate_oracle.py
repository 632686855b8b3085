"""Location models against published answers, answers by hand, and all subsets."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from assetmap.errors import MethodError
from assetmap.scenarios.locate.centre import p_centre
from assetmap.scenarios.locate.cover import maximal_coverage
from assetmap.scenarios.locate.front import front
from assetmap.scenarios.locate.lagrange import lower_bound
from assetmap.scenarios.locate.losing import least_harm, single_points
from assetmap.scenarios.locate.median import p_median
from assetmap.scenarios.locate.problem import Answer, Ask, Problem, covers
from assetmap.scenarios.locate.sets import set_covering

if TYPE_CHECKING:
    from pathlib import Path

X = np.array([0.0, 1, 2, 5, 6, 10])
LINE = Problem(
    cost_min=np.abs(X[:, None] - X),
    people=np.array([10.0, 20, 10, 30, 10, 5]),
    deprived=np.array([0, 0, 0, 0, 1, 1], dtype=bool),
    fixed=np.zeros(6, dtype=bool),
    to_ids=("0", "1", "2", "3", "4", "5"),
)


@pytest.mark.parametrize(
    ("p", "value", "chosen"),
    # p = 1, at x = 5: 10·5 + 20·4 + 10·3 + 0 + 10·1 + 5·5 = 195
    [(1, 195, ("3",)), (2, 55, ("1", "3")), (3, 30, ("1", "3", "5"))],
)
def test_line_median(p: int, value: float, chosen: tuple[str, ...]) -> None:
    found = p_median(LINE, Ask(p=p))
    assert (found.value, found.chosen) == (pytest.approx(value), chosen)
    assert found.proven
    assert found.greedy_value >= value


@pytest.mark.parametrize(("p", "value"), [(1, 5), (2, 4), (3, 1)])
def test_line_centre(p: int, value: float) -> None:
    assert p_centre(LINE, Ask(p=p)).value == value


@pytest.mark.parametrize(
    ("p", "value", "chosen"), [(1, 40, None), (2, 80, ("1", "3")), (3, 85, ("1", "3", "5"))]
)
def test_line_coverage(p: int, value: float, chosen: tuple[str, ...] | None) -> None:
    found = maximal_coverage(LINE, Ask(p=p, within=1))
    assert found.value == found.people == value
    assert found.chosen == chosen or found.chosen in {("1",), ("3",), ("4",)}  # a tie at p = 1
    assert found.gap == 0


def test_line_set_covering() -> None:
    found = set_covering(LINE, Ask(within=1))
    assert (found.value, found.people, found.unserved) == (3, 85, 0)


def test_existing_sites_stay_open() -> None:
    """With x = 10 there already, one more at x = 1 or 5: 5 + 40 people within 1."""
    there = LINE._replace(fixed=np.arange(6) == 5)
    found = maximal_coverage(there, Ask(p=1, within=1))
    assert found.value == 45
    assert "5" not in found.chosen


def test_equity_changes_the_choice() -> None:
    """Deprived are the 10 at x = 6 and the 5 at x = 10; p = 1 within 1 covers 40 of 85.

    x = 5 covers 10 of the 15 (67 %) and 40 of 85 (47 %): it keeps the floor; x = 1 covers none.
    With a weight of 10 the site at x = 5 or 6 counts 30 + 10·11 = 140.
    """
    fair = maximal_coverage(LINE, Ask(p=1, within=1, floor=True))
    assert fair.chosen in {("3",), ("4",)}
    weighed = maximal_coverage(LINE, Ask(p=1, within=1, need_weight=10))
    assert (weighed.value, weighed.people) == (140, 40)


def test_the_constraint_that_cannot_be_kept_is_named() -> None:
    """Only x = 10 is deprived, and no candidate is within 1 of it."""
    few = Problem(
        cost_min=LINE.cost_min[:, :3], people=LINE.people,
        deprived=X == 10, fixed=np.zeros(3, dtype=bool), to_ids=("0", "1", "2"),
    )  # fmt: skip
    with pytest.raises(MethodError, match="most deprived fifth at least as well covered"):
        maximal_coverage(few, Ask(p=1, within=1, floor=True))
    with pytest.raises(MethodError, match="at most 2 for the most deprived fifth"):
        p_median(few, Ask(p=1, cap=2))


def test_capacity() -> None:
    """Two sites of 60 for 85 people; by hand of one size each they hold them at a higher cost."""
    full = LINE._replace(capacity=np.full(6, 60.0))
    assert p_median(full, Ask(p=2)).value == pytest.approx(55)  # {1, 3} serve 40 and 45
    tight = LINE._replace(capacity=np.full(6, 43.0))
    # {1, 3}: 40 and 45 people; 2 of the 45 go to x = 1, cheapest those at x = 5: + 2·4
    assert p_median(tight, Ask(p=2)).value == pytest.approx(63)
    with pytest.raises(MethodError, match="room for everybody"):
        p_median(LINE._replace(capacity=np.full(6, 40.0)), Ask(p=2))


def test_a_budget_in_place_of_p() -> None:
    """Sites at 1 (40 people) and 3 (40) cost 10 each, 5 (5 people) costs 1: 21 buys all three."""
    priced = LINE._replace(spend=np.array([9.0, 10, 9, 10, 9.5, 1]))
    assert maximal_coverage(priced, Ask(budget=21, within=1)).value == 85
    assert maximal_coverage(priced, Ask(budget=11, within=1)).value == 45
    with pytest.raises(MethodError, match="buys no candidate"):
        maximal_coverage(priced, Ask(budget=0.5, within=1))


def test_bad_questions_are_refused_with_all_faults() -> None:
    with pytest.raises(MethodError) as told:
        maximal_coverage(LINE._replace(deprived=X < 0), Ask(p=7, within=1, floor=True))
    assert "larger than the number of candidates, 6" in str(told.value)
    assert "most deprived fifth" in str(told.value)
    nowhere = LINE._replace(cost_min=np.full((6, 6), np.inf))
    with pytest.raises(MethodError, match="no candidate can serve anyone"):
        p_median(nowhere, Ask(p=1))
    with pytest.raises(MethodError, match="no candidate is within 1 of anyone"):
        maximal_coverage(LINE._replace(cost_min=LINE.cost_min + 2), Ask(p=1, within=1))
    some = LINE.cost_min.copy()
    some[0, 5] = np.inf
    with pytest.raises(MethodError, match="cut-off"):
        p_median(LINE._replace(cost_min=some), Ask(p=1))


def test_closures_and_single_points() -> None:
    """Of 1, 3 and 5 within 1: 40, 40 and 5 people, nobody shared: 5 is lost with least harm."""
    three = LINE._replace(
        cost_min=LINE.cost_min[:, [1, 3, 5]], fixed=np.ones(3, dtype=bool), to_ids=("1", "3", "5")
    )
    found = least_harm(three, Ask(within=1), closing=1)
    assert (found.chosen, found.value, found.people) == (("5",), 5, 5)
    points = single_points(three, 1).set_index("to_id")
    assert points["only"].to_dict() == {"1": 40, "3": 40, "5": 5}
    assert points.loc["3", "only_deprived"] == 10
    with pytest.raises(MethodError, match="3 of the 3 places"):
        least_harm(three, Ask(within=1), closing=3)


def test_the_front_runs_from_efficiency_to_equity() -> None:
    """P = 1 within 1 with only x = 10 deprived: 40 people and none of them, or 5 and all 5."""
    apart = LINE._replace(deprived=X == 10)
    table, why = front(apart, Ask(p=1, within=1))
    assert "at least 6 people of the most deprived fifth covered" in why
    assert table[["people", "deprived"]].to_numpy().tolist() == [[40, 0], [5, 5]]


def _random(seed: int) -> Problem:
    rng = np.random.Generator(np.random.Philox(seed))
    cost = np.round(rng.uniform(0, 20, (9, 6)), 1)
    cost[rng.random((9, 6)) < 0.1] = np.inf
    return Problem(
        cost_min=cost, people=np.round(rng.uniform(0, 50, 9)), deprived=rng.random(9) < 0.3,
        fixed=np.arange(6) == 2, to_ids=tuple("abcdef"),
    )  # fmt: skip


def _subsets(problem: Problem, p: int) -> list[np.ndarray]:
    free = np.flatnonzero(~problem.fixed)
    return [
        np.r_[np.flatnonzero(problem.fixed), chosen].astype(int) for chosen in combinations(free, p)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_small_instances_equal_all_subsets(seed: int) -> None:
    problem, p = _random(seed), 1 + seed % 3
    near = covers(problem, 8)
    subsets = _subsets(problem, p)
    most = max(problem.people[near[:, sites].any(axis=1)].sum() for sites in subsets)
    assert maximal_coverage(problem, Ask(p=p, within=8)).value == pytest.approx(most)
    capped = np.minimum(problem.cost_min, 30)
    least = min(problem.people @ capped[:, sites].min(axis=1) for sites in subsets)
    found = p_median(problem, Ask(p=p, unreached=30))
    assert found.value == pytest.approx(least)
    assert found.bound == pytest.approx(least)
    ask = Ask(p=p, unreached=30)
    assert lower_bound(problem, ask, capped, subsets[0])[0] <= least + 1e-6
    _centre_and_sets(problem, near, subsets, p)


def _centre_and_sets(problem: Problem, near: np.ndarray, subsets: list[np.ndarray], p: int) -> None:
    counted = problem.people > 0
    farthest = min(problem.cost_min[counted][:, sites].min(axis=1).max() for sites in subsets)
    if np.isfinite(farthest):
        assert p_centre(problem, Ask(p=p)).value == pytest.approx(farthest)
    else:
        with pytest.raises(MethodError, match="everybody"):
            p_centre(problem, Ask(p=p))
    can = near.any(axis=1)
    sizes = (size for size in range(6) for sites in _subsets(problem, size)
             if near[can][:, sites].any(axis=1).all())  # fmt: skip
    assert set_covering(problem, Ask(within=8)).value == next(sizes)


@pytest.mark.parametrize("seed", range(8))
def test_fair_choices_equal_all_fair_subsets(seed: int) -> None:
    problem = _random(100 + seed)
    near, deprived = covers(problem, 8), problem.people * problem.deprived

    def shares(sites: np.ndarray) -> tuple[float, float]:
        covered = near[:, sites].any(axis=1)
        return deprived[covered].sum() / deprived.sum(), (
            problem.people[covered].sum() / problem.people.sum()
        )

    fair = [sites for sites in _subsets(problem, 2) if np.subtract(*shares(sites)) >= -1e-9]
    if not fair:
        with pytest.raises(MethodError, match="constraint"):
            maximal_coverage(problem, Ask(p=2, within=8, floor=True))
        return
    most = max(shares(sites)[1] for sites in fair) * problem.people.sum()
    assert maximal_coverage(problem, Ask(p=2, within=8, floor=True)).value == pytest.approx(most)


@pytest.fixture(scope="module")
def san_francisco(data_dir: Path) -> Problem:
    folder = data_dir / "san_francisco"
    name = "SF_network_distance_candidateStore_16_censusTract_205_new.csv"
    long = pd.read_csv(folder / name, dtype={"DestinationName": str})
    cost = long.pivot_table(index="DestinationName", columns="name", values="distance")
    people = long.drop_duplicates("DestinationName").set_index("DestinationName")["demand"]
    return Problem(
        cost_min=cost.to_numpy(), people=people.reindex(cost.index).to_numpy(float),
        deprived=np.zeros(len(cost), dtype=bool), fixed=np.zeros(16, dtype=bool),
        to_ids=tuple(cost.columns),
    )  # fmt: skip


@pytest.mark.real
def test_san_francisco(san_francisco: Problem) -> None:
    """The published answers of spopt's test data, 205 tracts by 16 stores, p = 4, 5,000 m."""
    stores = {"Store_2", "Store_11", "Store_12", "Store_15"}
    median = p_median(san_francisco, Ask(p=4))
    assert san_francisco.people.sum() == 955_113
    assert median.value == pytest.approx(2_848_268_129.7145)
    assert median.value / 955_113 == pytest.approx(2982.1268579891)
    assert set(median.chosen) == stores
    cover: Answer = maximal_coverage(san_francisco, Ask(p=4, within=5000))
    assert cover.people == 875_247  # 91.64 % of people; spopt's 89.756 % is of tracts, 184 of 205
    chosen = [san_francisco.to_ids.index(one) for one in cover.chosen]
    assert (~covers(san_francisco, 5000)[:, chosen].any(axis=1)).sum() == 21
    centre = p_centre(san_francisco, Ask(p=4))
    assert centre.value == pytest.approx(7403.0638, abs=1e-3)
    assert set_covering(san_francisco, Ask(within=5000)).value == 8
    assert all(one.proven for one in (median, cover, centre))


def test_without_time_for_a_proof_there_is_still_a_bound() -> None:
    """1 and 3 cover 80 of 85, and no third site adds more than the 5 at x = 10: never infinite."""
    found = maximal_coverage(LINE, Ask(p=2, within=1, seconds=1e-9))
    assert found.value == 80
    assert found.bound <= 85
    assert found.gap <= 5 / 80
