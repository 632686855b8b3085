"""The sparse measures against a dense obvious twin, whole tables, on random towns.

A third of the pairs are out of reach, some origins reach nothing, some places have no supply,
some origins no people, and some places are reached by nobody.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from tests.oracle import dense_access as dense
from tests.oracle.access_toy import town_of

from assetmap.access import decay
from assetmap.access.availability import spatial_availability
from assetmap.access.balanced import balanced
from assetmap.access.cumulative import cumulative_interval
from assetmap.access.diminishing import diminishing
from assetmap.access.diversity import theme_diversity
from assetmap.access.gravity import gravity
from assetmap.access.huff import huff
from assetmap.access.modified import modified
from assetmap.access.nearest import nearest, nearest_mean
from assetmap.access.raam import raam
from assetmap.access.three_step import three_step
from assetmap.access.two_step import two_step

CURVES = {
    "binary": decay.binary(cut_off_min=25),
    "step": decay.step(zones=decay.LUO_QI_SLOW),
    "gaussian": decay.gaussian(sigma_min=12),
    "dai": decay.dai(cut_off_min=20),
}
SHARING = {
    "two_step": (two_step, dense.two_step),
    "three_step": (three_step, dense.three_step),
    "modified": (modified, dense.modified),
    "huff": (huff, dense.huff),
    "balanced": (balanced, dense.balanced),
    "availability": (spatial_availability, dense.availability),
}


class Random(NamedTuple):
    minutes: np.ndarray
    people: np.ndarray
    supply: np.ndarray

    @property
    def town(self):
        return town_of(self.minutes, self.people, self.supply)


def random_town(seed, origins=30, places=8):
    draw = np.random.default_rng(seed)
    # quarter minutes are exact in four-byte floats and often tie
    minutes = draw.integers(0, 160, (origins, places)) / 4
    minutes = np.where(draw.random((origins, places)) < 1 / 3, np.inf, minutes)
    minutes[draw.integers(0, origins, 3)] = np.inf
    minutes[:, draw.integers(0, places)] = np.inf
    people = draw.integers(0, 400, origins) * (draw.random(origins) > 0.2)
    supply = draw.integers(0, 20, places) * (draw.random(places) > 0.2)
    return Random(minutes, people.astype(float), supply.astype(float))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("measure", SHARING)
def test_shared_supply(measure, curve, seed):
    given = random_town(seed)
    fast, slow = SHARING[measure]
    found = fast(*given.town, decay=CURVES[curve])
    wanted = slow(given.minutes.tolist(), given.people, given.supply, CURVES[curve])
    assert found.index.is_unique
    assert len(found) == len(given.people)
    assert found.to_numpy() == pytest.approx(wanted, rel=1e-10, abs=1e-14)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("curve", CURVES)
def test_gravity(curve, seed):
    given = random_town(seed)
    found = gravity(given.town.costs, given.town.supply, decay=CURVES[curve])
    wanted = dense.gravity(given.minutes.tolist(), given.people, given.supply, CURVES[curve])
    assert found.to_numpy() == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_nearest_and_choice(seed):
    given = random_town(seed)
    costs, places = given.town.costs, given.town.supply.index
    rows = given.minutes.tolist()
    assert nearest(costs, places).to_numpy() == pytest.approx(dense.nearest(rows), nan_ok=True)
    for k in (1, 3):
        found = nearest_mean(costs, places, k=k).to_numpy()
        assert found == pytest.approx(dense.nearest_mean(rows, k), nan_ok=True)
    for delta in (0, 0.5, 1):
        found = diminishing(costs, places, decay=CURVES["gaussian"], delta=delta).to_numpy()
        assert found == pytest.approx(dense.diminishing(rows, CURVES["gaussian"], delta))


@pytest.mark.parametrize("seed", range(3))
def test_interval(seed):
    """The exact average against 4,000 evenly spaced cut-offs: within half a cut-off's weight."""
    given = random_town(seed)
    found = cumulative_interval(given.town.costs, given.town.supply, from_min=10, to_min=30)
    wanted = dense.averaged(given.minutes, given.supply, 10, 30)
    assert found.to_numpy() == pytest.approx(wanted, abs=given.supply.sum() / 4000)


@pytest.mark.parametrize("seed", range(3))
def test_diversity(seed):
    given = random_town(seed)
    themes = ["green", "health", "green", "leisure", "health", "green", "culture", "leisure"]
    assets = pd.DataFrame({"to_id": given.town.supply.index, "theme": themes})
    found = theme_diversity(given.town.costs, assets, cut_off_min=20)
    assert found.to_numpy() == pytest.approx(dense.shannon(given.minutes, themes, 20))


@pytest.mark.parametrize("tau", [60.0, 10.0])
@pytest.mark.parametrize("seed", range(3))
def test_the_rational_agents_against_a_plain_optimiser(seed, tau):
    """The equilibrium minimises Σ x c/tau + Σ D²/(2 S rho); SLSQP finds it on a little town."""
    draw = np.random.default_rng(seed)
    minutes = draw.integers(0, 60, (6, 3)).astype(float)
    people, supply = draw.integers(1, 9, 6).astype(float), draw.integers(1, 9, 3).astype(float)
    rho = people.sum() / supply.sum()

    def cost(x):
        moved = x.reshape(6, 3)
        load = moved.sum(axis=0)
        return (moved * minutes).sum() / tau + (load**2 / supply).sum() / (2 * rho)

    everyone = [
        {"type": "eq", "fun": lambda x, i=i: x.reshape(6, 3)[i].sum() - people[i]} for i in range(6)
    ]
    start = np.repeat(people / 3, 3)
    best = minimize(
        cost,
        start,
        bounds=[(0, None)] * 18,
        constraints=everyone,
        method="SLSQP",
        options={"ftol": 1e-13, "maxiter": 2000},
    )
    load = best.x.reshape(6, 3).sum(axis=0)
    wanted = (minutes / tau + load / supply / rho).min(axis=1)
    found = raam(*town_of(minutes, people, supply), tau_min=tau, tolerance=1e-8)
    assert found.to_numpy() == pytest.approx(wanted, abs=2e-4)
