"""Isochrones in random lattices of streets: they grow with the minutes and agree with routes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.town.lattice_town import points_at, streets_of

from assetmap.network.graph import build_graph
from assetmap.network.isochrone import build_isochrones
from assetmap.network.keep import Keep
from assetmap.network.router import route

SIDE = 4
HALF_M = 0.5
"""What round corners drawn with straight pieces may differ by, for a width of 20 m."""


@st.composite
def lattices(draw):
    """A lattice of streets 100 m apart, some missing and some one-way; two points a street."""
    across = [((i, j), (i + 1, j)) for i in range(SIDE - 1) for j in range(SIDE)]
    along = [((i, j), (i, j + 1)) for i in range(SIDE) for j in range(SIDE - 1)]
    every = [tuple((100.0 * a, 100.0 * b) for a, b in line) for line in across + along]
    chosen = draw(st.lists(st.sampled_from(every), min_size=2, unique=True))
    oneway = draw(
        st.lists(st.sampled_from([0, 0, 0, 1, -1]), min_size=len(chosen), max_size=len(chosen))
    )
    shares = draw(st.lists(st.integers(0, 20), min_size=2 * len(chosen), max_size=2 * len(chosen)))
    places = []
    for number, (a, b) in enumerate([*chosen, *chosen]):
        share = shares[number] / 20
        places.append((f"p{number:02d}", *(a[i] + share * (b[i] - a[i]) for i in (0, 1))))
    graph = build_graph(streets_of(chosen, oneway=oneway), profile="standard").table
    return graph, places


@given(lattices(), st.lists(st.floats(0, 12), min_size=2, max_size=4))
@settings(max_examples=40)
def test_a_longer_walk_covers_a_shorter_one(town, minutes):
    graph, places = town
    told = build_isochrones(
        graph, points_at("from_id", *places[:3]), minutes=minutes, snap_max_m=1, width_m=20
    )
    for _, rows in told.table.groupby("point_id"):
        shapes = list(rows.sort_values("minutes").geometry)
        for small, large in pairwise(shapes):
            assert small.buffer(-HALF_M).difference(large.buffer(HALF_M)).is_empty


@given(lattices(), st.sampled_from([1.1, 2.3, 4.7]))
@settings(max_examples=40)
def test_a_place_on_a_street_is_covered_where_its_route_costs_no_more(town, minutes):
    graph, places = town
    origins = points_at("from_id", *places).assign(people=1.0)
    gates = points_at("to_id", *places).assign(entrance=1)
    assets = pd.DataFrame({"to_id": gates["to_id"], "category": "library"})
    keep = Keep(cut_off_min=500, nearest=1000)
    told = route(graph, origins, gates, assets, keep=keep, snap_max_m=1)
    cost = np.full((len(places), len(places)), np.inf)
    pairs = told.table[0]
    cost[pairs["from_id"].cat.codes, pairs["to_id"].cat.codes] = pairs["cost_min"]
    for points, costs in ((origins, cost), (gates, cost.T)):
        shapes = build_isochrones(
            graph, points, minutes=[minutes], snap_max_m=1, width_m=0.05
        ).table
        for row, shape in enumerate(shapes.geometry):
            covered = origins.geometry.distance(shape).to_numpy() < 0.5
            # Within a metre of where the walk ends either is right.
            clear = np.abs(costs[row] - minutes) > 1 / 80
            assert (covered[clear] == (costs[row] <= minutes)[clear]).all()
