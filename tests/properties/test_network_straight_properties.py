"""What holds of straight lines in every town, with and without water."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from shapely import LineString, MultiPolygon, box, unary_union
from tests.town.straight_town import CRS, minutes

from assetmap.network.keep import Keep
from assetmap.network.straight import Crow, route_straight
from assetmap.network.water import Crossing, Water

ALL = Keep(cut_off_min=45, nearest=1000)
metre = st.integers(0, 3000)
place = st.tuples(metre, metre)
pool = st.tuples(metre, metre, st.integers(40, 900), st.integers(40, 900))
bridge = st.tuples(metre, metre, st.integers(-400, 400), st.integers(-400, 400))


@st.composite
def towns(draw):
    """Origins, entrances of one or two an asset, and water with crossings."""
    homes = draw(st.lists(place, min_size=1, max_size=6))
    gates = draw(st.lists(place, min_size=1, max_size=8))
    pools = draw(st.lists(pool, max_size=3))
    bridges = draw(st.lists(bridge, max_size=2))
    shape = unary_union([box(x, y, x + w, y + h) for x, y, w, h in pools] or [MultiPolygon()])
    crossings = tuple(
        Crossing(f"b{i}", LineString([(x, y), (x + dx, y + dy + 1)]))
        for i, (x, y, dx, dy) in enumerate(bridges)
    )
    asset = [f"a{i // 2}" for i in range(len(gates))]
    kinds = draw(st.lists(st.sampled_from(["library", "park"]), min_size=8, max_size=8))
    ids = sorted(set(asset))
    return (
        gpd.GeoDataFrame(
            {"from_id": [f"o{i}" for i in range(len(homes))], "people": 1.0},
            geometry=gpd.points_from_xy(*zip(*homes, strict=True)), crs=CRS,
        ),
        gpd.GeoDataFrame(
            {"to_id": asset, "entrance": [i % 2 + 1 for i in range(len(gates))]},
            geometry=gpd.points_from_xy(*zip(*gates, strict=True)), crs=CRS,
        ),
        pd.DataFrame({"to_id": ids, "category": kinds[: len(ids)]}),
        Water(shape=shape, crossings=crossings),
    )  # fmt: skip


def _costs(town, *, keep=ALL):
    origins, gates, assets, water = town
    told = route_straight(origins, gates, assets, crow=Crow(water=water), keep=keep)
    return minutes(told.table[0])


def _moved(town, *, east):
    origins, gates, assets, water = town
    shift = {"xoff": east}
    return (
        origins.set_geometry(origins.translate(**shift)),
        gates.set_geometry(gates.translate(**shift)),
        assets,
        Water(
            shape=gpd.GeoSeries([water.shape]).translate(**shift).iloc[0],
            crossings=tuple(
                Crossing(c.name, gpd.GeoSeries([c.line]).translate(**shift).iloc[0])
                for c in water.crossings
            ),
        ),
    )


@given(towns())
@settings(max_examples=60)
def test_without_water_the_costs_are_those_of_the_whole_distance_table(town):
    origins, gates, assets, _ = town
    found = _costs((origins, gates, assets, Water()))
    home = np.column_stack([origins.geometry.x, origins.geometry.y])
    gate = np.column_stack([gates.geometry.x, gates.geometry.y])
    table = pd.DataFrame(cdist(home, gate) * 1.3 / 80, columns=gates["to_id"]).T
    least = table.groupby(level=0).min()
    expected = {
        (f"o{i}", to): least.loc[to, i]
        for to in least.index
        for i in range(len(origins))
        if round(least.loc[to, i], 4) <= 45
    }
    assert found.keys() == expected.keys()
    assert all(abs(found[pair] - expected[pair]) < 1e-4 for pair in found)


@given(towns())
@settings(max_examples=40)
def test_water_never_shortens_a_way_and_a_crossing_never_lengthens_one(town):
    origins, gates, assets, water = town
    dry = _costs((origins, gates, assets, Water()))
    bridged = _costs(town)
    barred = _costs((origins, gates, assets, Water(shape=water.shape)))
    assert barred.keys() <= bridged.keys() <= dry.keys()
    assert all(bridged[pair] <= barred[pair] + 2e-4 for pair in barred)
    # A point in the water is moved ashore: the least bend of a line at the margin is its own.
    assert all(dry[pair] <= bridged[pair] + 2e-4 for pair in bridged)


@given(towns(), st.integers(1, 4), st.floats(0, 20))
@settings(max_examples=40)
def test_what_is_kept_is_what_choosing_from_all_pairs_keeps(town, nearest, within):
    assets = town[2]
    keep = Keep(cut_off_min=45, nearest=nearest, within_min={"library": within})
    everything = pd.Series(_costs(town)).rename_axis(["from_id", "to_id"]).reset_index(name="cost")
    everything["category"] = everything["to_id"].map(assets.set_index("to_id")["category"])
    place = everything.groupby(["from_id", "category"])["cost"].rank(method="min")
    catchment = everything["category"].map({"library": round(within, 4)}).fillna(0)
    chosen = everything[
        (place <= nearest) | ((everything["cost"] <= catchment + 1e-6) & (catchment > 0))
    ]
    expected = {(o, a): c for o, a, c in chosen[["from_id", "to_id", "cost"]].to_numpy().tolist()}
    assert _costs(town, keep=keep) == expected


@given(towns(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_row_order_means_nothing(town, shuffler):
    def shuffled(table):
        rows = list(range(len(table)))
        shuffler.shuffle(rows)
        return table.iloc[rows].reset_index(drop=True)

    origins, gates, assets, water = town
    again = (shuffled(origins), shuffled(gates), shuffled(assets), water)
    assert _costs(town) == _costs(again)


@given(towns())
@settings(max_examples=30)
def test_moving_the_town_a_kilometre_east_changes_no_cost(town):
    here, there = _costs(town), _costs(_moved(town, east=1000))
    assert here.keys() == there.keys()
    assert all(abs(here[pair] - there[pair]) < 2e-4 for pair in here)


@given(towns(), st.floats(0, 45))
@settings(max_examples=30)
def test_a_longer_cut_off_only_adds_pairs(town, cut_off):
    short = _costs(town, keep=Keep(cut_off_min=cut_off, nearest=1000))
    full = _costs(town)
    assert all(full.get(pair) == cost for pair, cost in short.items())
