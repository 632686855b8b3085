"""New places and homes that no walk reaches: in the water, on an island, or over a bridge."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
from shapely import Point
from tests.oracle.scenario_edits import edits_of
from tests.town.lattice_town import CRS, streets_of

from assetmap.network.graph import build_graph
from assetmap.network.router import start_from
from assetmap.scenarios.links import with_links
from assetmap.study import options
from assetmap.study.ways import Ways

if TYPE_CHECKING:
    from assetmap.frames.streets import Streets

ROAD = [((0, 0), (300, 0)), ((300, 0), (900, 0))]
LANE = [((0, 600), (200, 600))]
"""On an island in the river, 600 m north of the road: 200 m long, joined to nothing."""
BRIDGE = "LINESTRING (0 0, 0 600)"


def _ways(streets: Streets) -> Any:
    nobody = gpd.GeoDataFrame({"from_id": []}, geometry=[], crs=CRS)
    graph = build_graph(streets, profile="standard").table
    start = start_from(graph, nobody, snap_max_m=250.0)
    return Ways(None, {}, "standard", nobody, start, None)  # type: ignore[arg-type]


def _edited(gates: list[tuple[str, float, float]], homes: list[tuple[str, float, float]]) -> Any:
    entrances = gpd.GeoDataFrame(
        {"to_id": [name for name, _, _ in gates]},
        geometry=[Point(x, y) for _, x, y in gates], crs=CRS,
    )  # fmt: skip
    origins = gpd.GeoDataFrame(
        {"from_id": [name for name, _, _ in homes]},
        geometry=[Point(x, y) for _, x, y in homes], crs=CRS,
    )  # fmt: skip
    return SimpleNamespace(
        new=set(entrances["to_id"]),
        homes=dict.fromkeys(origins["from_id"], "A"),
        town=SimpleNamespace(entrances=entrances, origins=origins),
    )


def _told(streets: Streets, gates: list[tuple[str, float, float]],
          homes: list[tuple[str, float, float]]) -> list[str]:  # fmt: skip
    return [one.what for one in options._faults_of_streets(_ways(streets), _edited(gates, homes))]


GATES = [("s:1", 450.0, 260.0), ("s:2", 100.0, 610.0), ("s:2", 20.0, 240.0), ("s:3", 100.0, 610.0)]


def test_a_place_that_nobody_can_walk_to_is_told_with_why() -> None:
    """1 is 260 m from the road; 2 has a gate on the road too: one is enough; 3 is on the island."""
    assert _told(streets_of([*ROAD, *LANE]), GATES, [("s:homes4", 150.0, 590.0)]) == [
        "'s:1' is too far from any street: nobody can walk there",
        "'s:3' is on a street that is joined to no other: nobody can walk there",
        "'s:homes4' is on a street that is joined to no other: nobody can walk there",
    ]


def test_what_the_scenarios_own_bridge_reaches_is_no_fault() -> None:
    """With the bridge the lane is part of the rest; and s:5 stands beside the bridge itself."""
    rows = edits_of([{"kind": "link", "place": BRIDGE}])
    built = with_links(streets_of([*ROAD, *LANE]), rows).streets
    gates = [("s:3", 100.0, 610.0), ("s:5", 40.0, 300.0)]
    assert _told(built, gates, [("s:homes4", 150.0, 590.0)]) == []
    assert _told(streets_of([*ROAD, *LANE]), gates[1:], []) == [
        "'s:5' is too far from any street: nobody can walk there"
    ]
