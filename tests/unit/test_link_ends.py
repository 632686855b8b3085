"""Whose walks a link can change: who comes to its ends at another cost than before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
from tests.oracle.scenario_edits import edits_of

from assetmap.frames.streets import Streets
from assetmap.network.graph import build_graph
from assetmap.network.router import start_from
from assetmap.scenarios.ends import Network, walks_anew
from assetmap.scenarios.links import with_links

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOMES = {
    "a": (0.0, 0.0),
    "b": (100.0, 0.0),
    "c": (0.0, 50.0),
    "d": (200.0, 100.0),
    "e": (60.0, 0.0),
}


def _u() -> Streets:
    """A street of 200 m along the south, and one of 100 m to the north from either of its ends.

    3       4
    |       |
    0 - 1 - 2
    """
    u, v = np.array([0, 1, 0, 2], np.int32), np.array([1, 2, 3, 4], np.int32)
    return Streets(
        x=np.array([0.0, 100, 200, 0, 200]), y=np.array([0.0, 0, 0, 100, 100]),
        barrier=np.zeros(5, np.uint8), u=u, v=v, length_m=np.full(4, 100.0),
        highway=np.zeros(4, np.uint8), steps=np.zeros(4, bool), wheelchair=np.zeros(4, np.uint8),
        kerb_raised=np.zeros(4, bool), incline_percent=np.full(4, np.nan, np.float32),
        surface=np.zeros(4, np.uint8), oneway=np.zeros(4, np.int8),
    )  # fmt: skip


def _on(streets: Streets) -> Network:
    points = gpd.points_from_xy(*zip(*HOMES.values(), strict=True))
    homes = gpd.GeoDataFrame({"from_id": list(HOMES)}, geometry=points, crs="EPSG:27700")
    graph = build_graph(streets, profile="standard").table
    start = start_from(graph, homes, snap_max_m=50.0)
    return Network(streets, start, start.homes)


def _anew(kind: str, line: str, *, cut_off_min: float = 45.0) -> set[str]:
    """Who walks anew over a new link or a closure; between two nodes, drawn as ``line``."""
    linked = with_links(_u(), edits_of([{"kind": kind, "place": line}]))
    found: NDArray[np.bool_] = walks_anew(
        _on(_u()), _on(linked.streets), linked.ends, cut_off_min=cut_off_min
    )
    return {name for name, changed in zip(HOMES, found, strict=True) if changed}


ACROSS = "LINESTRING (0 100, 200 100)"


def test_only_who_comes_nearer_to_an_end_of_a_link_walks_anew() -> None:
    """From 3 to 4 it is 400 m round and 200 m over the link.

    a is 100 m from 3 and 300 m from 4; over the link 100 + 200 = 300, no nearer. b is 200 m from
    both. e is 160 m from 3 and 240 m from 4, over the link 360. c is 50 m from 3, and 350 or 250 m
    from 4. d stands on 4: 400 or 200 m from 3.
    """
    assert _anew("link", ACROSS) == {"c", "d"}


def test_a_link_that_is_no_shorter_than_the_way_there_is_changes_nothing() -> None:
    """From 0 to 2 it is 200 m today; drawn 260 m long, or straight 200 m, nobody is nearer."""
    assert _anew("link", "LINESTRING (0 0, 100 -83, 200 0)") == set()
    assert _anew("link", "LINESTRING (0 0, 200 0)") == set()


def test_beyond_the_cut_off_nothing_is_nearer() -> None:
    """1 min is 80 m: c, 50 m from 3, comes no farther than 3; d is 200 m from 3 over the link."""
    assert _anew("link", ACROSS, cut_off_min=1.0) == set()
    # 250 m are 3.125 min, 200 m are 2.5
    assert _anew("link", ACROSS, cut_off_min=2.6) == {"d"}


def test_a_closure_is_the_same_the_other_way_round() -> None:
    """Whom a link brings nearer, its closure takes farther; 1 is cut off from 0 without a way."""
    linked = with_links(_u(), edits_of([{"kind": "link", "place": ACROSS}]))
    before, after = _on(linked.streets), _on(_u())
    found = walks_anew(before, after, linked.ends, cut_off_min=45.0)
    assert {name for name, changed in zip(HOMES, found, strict=True) if changed} == {"c", "d"}
    assert _anew("close", "LINESTRING (50 -5, 50 5)") == set(HOMES)
