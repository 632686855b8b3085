"""The streets of Newport: read, built, and searched against scipy on every segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from tests.doors.table_jobs import job_of

from assetmap.errors import ReadError
from assetmap.frames.streets import HIGHWAYS, Streets
from assetmap.network.graph import build_graph
from assetmap.network.impedance import CLOSED, PROFILES, impedance
from assetmap.network.keep import Keep
from assetmap.network.router import route
from assetmap.sources.osm_streets import read_streets

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real
BNG = "EPSG:27700"


@pytest.fixture(scope="module")
def file(data_dir: Path) -> Path:
    return data_dir / "newport" / "newport-2023-06-13.osm.pbf"


@pytest.fixture(scope="module")
def streets(file: Path) -> Streets:
    return read_streets(job_of("streets", file)).table


def test_the_city_hangs_together(streets: Streets) -> None:
    # The data notes: 44,097 nodes in the main component of this extract, centre of Newport only.
    assert len(streets.x) == pytest.approx(44_097, rel=0.1)
    graph = build_graph(streets, profile="standard").table
    assert graph.part_m.max() > 0.95 * graph.part_m.sum()
    # The benchmark of the peers: 11,745 nodes once chains are contracted, edges 59 m on average.
    assert graph.graph.nodes == pytest.approx(11_745, rel=0.1)


def test_the_motorway_through_newport_is_no_street_for_walkers(streets: Streets) -> None:
    assert "motorway" not in HIGHWAYS
    kinds = np.bincount(streets.highway, minlength=len(HIGHWAYS))
    assert kinds[HIGHWAYS.index("other")] == 0
    assert kinds[HIGHWAYS.index("footway")] > 0


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_costs_between_places_equal_scipys_on_every_segment(streets: Streets, profile: str) -> None:
    """Whole table from 60 nodes to 60 nodes of the streets, which the router takes for points."""
    draw = np.random.default_rng(1)
    cost = impedance(streets, profile=profile)
    usable = (cost.forward_cm != CLOSED) & ~cost.barred[streets.u] & ~cost.barred[streets.v]
    u, v, w = (column[usable] for column in (streets.u, streets.v, cost.forward_cm))
    places = draw.choice(np.unique(u), 120, replace=False)
    ends = np.r_[u, v], np.r_[v, u]
    links = pd.DataFrame({"a": ends[0], "b": ends[1], "w": np.r_[w, w]}).groupby(["a", "b"]).min()
    a, b = (links.index.get_level_values(name) for name in ("a", "b"))
    weights = np.maximum(links["w"].to_numpy(float), 1e-6)  # scipy takes 0 for no arc
    matrix = coo_array((weights, (a, b)), shape=(len(streets.x),) * 2).tocsr()
    slow = np.rint(dijkstra(matrix, indices=places[:60])[:, places[60:]])
    names = [f"{n:03}" for n in range(60)]
    spots = gpd.points_from_xy(streets.x[places], streets.y[places])
    origins = gpd.GeoDataFrame({"from_id": names, "people": 1.0}, geometry=spots[:60], crs=BNG)
    doors = gpd.GeoDataFrame({"to_id": names, "entrance": 1}, geometry=spots[60:], crs=BNG)
    assets = pd.DataFrame({"to_id": names, "category": "hall"})
    graph = build_graph(streets, profile=profile).table
    told = route(graph, origins, doors, assets, keep=Keep(cut_off_min=9999, nearest=60),
                 snap_max_m=1)  # fmt: skip
    costs, snaps = told.table
    fast = np.full((60, 60), np.inf)
    fast[costs["from_id"].cat.codes, costs["to_id"].cat.codes] = costs["cost_min"] * 8000
    # Places on an island go to a street within a metre, if there is one; the rest is compared.
    on = snaps["state"].to_numpy() == "on streets"
    both = np.ix_(on[snaps["role"] == "origin"], on[snaps["role"] == "asset"])
    assert on.sum() > 110
    # COSTS holds four bytes a cost: exact to a centimetre up to some 100 hours.
    np.testing.assert_allclose(fast[both], slow[both], atol=1.0)
    assert (np.isfinite(fast[both]) == np.isfinite(slow[both])).all()


def test_a_copy_cut_short_is_refused(file: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(file.read_bytes()[:1_000_001])
    with pytest.raises(ReadError, match="damaged, cut short"):
        read_streets(job_of("streets", cut))
