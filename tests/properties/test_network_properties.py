"""What holds for every town: order and place mean nothing, more time never reaches less."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.random_town import Town, town

from assetmap.frames.streets import Streets
from assetmap.network.graph import build_graph
from assetmap.network.keep import Keep
from assetmap.network.router import route

SEEDS = st.integers(0, 2**32 - 1)
KEEP = Keep(cut_off_min=20, nearest=2, within_min={"park": 3})


def tables(given_town: Town, *, keep: Keep = KEEP) -> tuple[pd.DataFrame, pd.DataFrame]:
    graph = build_graph(given_town.streets, profile="standard").table
    ends = given_town.origins, given_town.entrances, given_town.assets
    costs, snaps = route(graph, *ends, keep=keep, snap_max_m=60).table
    return costs.astype({"from_id": str, "to_id": str}), snaps


def renumbered(streets: Streets, draw: np.random.Generator) -> Streets:
    """The same streets, rows of segments and numbers of nodes in another order."""
    node, row = draw.permutation(len(streets.x)), draw.permutation(len(streets.u))
    number = np.argsort(node)
    columns = {
        name: column[node] if name in {"x", "y", "barrier"} else column[row]
        for name, column in streets._asdict().items()
    }
    columns |= {name: number[columns[name]].astype(np.int32) for name in ("u", "v")}
    return Streets(**columns)


@settings(max_examples=60)
@given(SEEDS)
def test_order_of_rows_means_nothing(seed: int) -> None:
    draw = np.random.default_rng(seed)
    plain = town(seed)
    mixed = Town(
        renumbered(plain.streets, draw),
        *(table.iloc[draw.permutation(len(table))] for table in plain[1:]),
    )
    for left, right in zip(tables(plain), tables(mixed), strict=True):
        pd.testing.assert_frame_equal(left, right)


@settings(max_examples=30)
@given(SEEDS)
def test_a_town_a_kilometre_further_east_costs_the_same(seed: int) -> None:
    plain = town(seed)
    east = plain._replace(
        streets=plain.streets._replace(x=plain.streets.x + 1000),
        origins=plain.origins.set_geometry(plain.origins.translate(1000)),
        entrances=plain.entrances.set_geometry(plain.entrances.translate(1000)),
    )
    here, there = (tables(one)[0].set_index(["from_id", "to_id"]) for one in (plain, east))
    # Metres so far east have fewer decimals: a centimetre may round the other way.
    keys = ["from_id", "to_id"]
    both = here.merge(there, how="inner", on=keys, validate="one_to_one", suffixes=("", "_east"))
    assert len(both) >= 0.99 * max(len(here), len(there))
    assert (both["cost_min"] - both["cost_min_east"]).abs().max() <= 4 / 8000 or both.empty


@settings(max_examples=30)
@given(SEEDS, st.floats(0, 20), st.floats(0, 20))
def test_a_longer_cut_off_reaches_no_less(seed: int, one: float, other: float) -> None:
    low, high = sorted((one, other))
    few, many = (
        tables(town(seed), keep=Keep(cut_off_min=most, nearest=99))[0] for most in (low, high)
    )
    assert set(few.itertuples(index=False)) <= set(many.itertuples(index=False))


@settings(max_examples=30)
@given(SEEDS)
def test_two_way_level_streets_cost_the_same_both_ways(seed: int) -> None:
    plain = town(seed)
    level = plain.streets._replace(oneway=np.zeros_like(plain.streets.oneway))
    graph = build_graph(level, profile="older").table
    homes = plain.origins
    doors = homes.rename(columns={"from_id": "to_id"}).assign(entrance=1)
    hall = pd.DataFrame({"to_id": homes["from_id"], "category": "hall"})
    keep = Keep(cut_off_min=9999, nearest=999)
    costs = route(graph, homes, doors, hall, keep=keep, snap_max_m=60).table[0]
    there = costs.astype({"from_id": str, "to_id": str})
    back = there.rename(columns={"from_id": "to_id", "to_id": "from_id"})
    back = back[list(there)].sort_values(["from_id", "to_id"]).reset_index(drop=True)
    pd.testing.assert_frame_equal(there.reset_index(drop=True), back)
