"""Links added and closed on random streets: whom they touch, and what they save, held to a search.

Gates, one-ways, stairs, parallels, segments without length and islands are all among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from tests.oracle.random_town import Town, town
from tests.oracle.scenario_edits import edits_of

from assetmap.errors import StudyError
from assetmap.network.graph import build_graph
from assetmap.network.keep import Keep
from assetmap.network.router import route_from, start_from
from assetmap.network.snap import snap
from assetmap.scenarios.again import start_again
from assetmap.scenarios.ends import Network, by_links, walks_anew
from assetmap.scenarios.links import Linked, with_links
from assetmap.scenarios.nearer import costs_nearer
from assetmap.scenarios.reach import enters_elsewhere

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.frames.streets import Streets
    from assetmap.network.router import Start

SNAP_M = 60.0
SEEDS = 20


def _line(draw: np.random.Generator, streets: Streets) -> str:
    """Between two places on streets, or beside a street that is there already."""
    if draw.random() < 0.3:
        row = draw.integers(0, len(streets.u))
        ends = [streets.u[row], streets.v[row]]
    else:
        ends = list(draw.choice(np.r_[streets.u, streets.v], 2))
    (ax, ay), (bx, by) = ((streets.x[one], streets.y[one]) for one in ends)
    return f"LINESTRING ({ax} {ay}, {bx} {by})"


def _linked(seed: int, streets: Streets, kinds: tuple[str, ...]) -> Linked | None:
    draw = np.random.default_rng(1000 + seed)
    rows = [
        {"kind": draw.choice(kinds), "place": _line(draw, streets), "wheelchair": "yes"}
        for _ in range(draw.integers(1, 4))
    ]
    try:
        return with_links(streets, edits_of(rows))
    except StudyError:
        return None  # both ends at one node


def _on(given: Town, streets: Streets, profile: str) -> Network:
    graph = build_graph(streets, profile=profile).table
    start = start_from(graph, given.origins, snap_max_m=SNAP_M)
    gates = given.entrances.sort_values(["to_id", "entrance"])
    xy = np.column_stack([gates.geometry.x, gates.geometry.y])
    return Network(streets, start, snap(graph, xy, snap_max_m=SNAP_M))


def _xy(start: Start) -> NDArray[np.float64]:
    points = start.origins.geometry
    return np.column_stack([points.x, points.y])


def _costs(on: Network, given: Town, keep: Keep) -> pd.DataFrame:
    gates = gpd.GeoDataFrame(given.entrances)
    return route_from(on.start, gates, given.assets, keep=keep).table[0]


def _rows(costs: pd.DataFrame, origins: pd.Index, assets: pd.Index) -> pd.DataFrame:
    rows = costs.astype({"from_id": str, "to_id": str})
    chosen = rows["from_id"].isin(origins) & rows["to_id"].isin(assets)
    return rows[chosen].reset_index(drop=True)


def _stays(before: Network, after: Network, given: Town) -> tuple[pd.Index, pd.Index]:
    """Origins that meet the streets as before, and assets of categories of which all do."""
    homes = enters_elsewhere(before.start, before.start.homes, after.start, after.start.homes)
    gates = given.entrances.sort_values(["to_id", "entrance"])
    moved = enters_elsewhere(before.start, before.doors, after.start, after.doors)
    kind = given.assets.set_index("to_id")["category"]
    kinds = set(kind[gates.loc[moved, "to_id"].unique()])
    origins = pd.Index(sorted(given.origins["from_id"]))[~homes]
    return origins, pd.Index(kind.index[~kind.isin(kinds)])


@pytest.mark.parametrize("profile", ["standard", "wheelchair"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_costs_by_links_equal_a_search_for_everything(seed: int, profile: str) -> None:
    given, draw = town(seed), np.random.default_rng(seed)
    linked = _linked(seed, given.streets, ("link",))
    if linked is None:
        return
    before, after = (_on(given, one, profile) for one in (given.streets, linked.streets))
    keep = Keep(
        cut_off_min=float(draw.choice([1, 3, 20])),
        nearest=int(draw.integers(0, 4)),
        within_min={"park": float(draw.choice([0, 2]))},
    )
    gates = given.entrances.sort_values(["to_id", "entrance"])
    asset = pd.Index(sorted(given.assets["to_id"])).get_indexer(gates["to_id"])
    by = by_links(before, after, linked.ends, asset, cut_off_min=keep.cut_off_min)
    bands = given.assets.set_index("to_id")["category"]
    found = costs_nearer(_costs(before, given, keep), bands, by, keep=keep)
    stays = _stays(before, after, given)
    pd.testing.assert_frame_equal(
        _rows(found, *stays), _rows(_costs(after, given, keep), *stays), check_exact=True
    )


@pytest.mark.parametrize("profile", ["standard", "wheelchair"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_who_is_looked_for_again_meets_the_streets_as_all_looked_for(
    seed: int, profile: str
) -> None:
    given = town(seed)
    linked = _linked(seed, given.streets, ("link", "close"))
    if linked is None:
        return
    before = _on(given, given.streets, profile).start
    graph = build_graph(linked.streets, profile=profile).table
    found = start_again(before, graph, linked.kept).homes
    for mine, full in zip(found, snap(graph, _xy(before), snap_max_m=SNAP_M), strict=True):
        np.testing.assert_array_equal(mine, full)


@pytest.mark.parametrize("first", ["standard", "wheelchair"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_homes_meet_the_streets_beside_another_profile_as_by_themselves(
    seed: int, first: str
) -> None:
    given = town(seed)
    beside = _on(given, given.streets, first).start
    for profile in ("standard", "older", "wheelchair"):
        graph = build_graph(given.streets, profile=profile).table
        found = start_from(graph, given.origins, snap_max_m=SNAP_M, beside=beside).homes
        for mine, full in zip(found, snap(graph, _xy(beside), snap_max_m=SNAP_M), strict=True):
            np.testing.assert_array_equal(mine, full)


@pytest.mark.parametrize("profile", ["standard", "wheelchair"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_whoever_comes_to_the_ends_as_before_comes_everywhere_as_before(
    seed: int, profile: str
) -> None:
    given = town(seed)
    linked = _linked(seed, given.streets, ("link", "close", "close"))
    if linked is None:
        return
    before, after = (_on(given, one, profile) for one in (given.streets, linked.streets))
    keep = Keep(cut_off_min=5.0, nearest=10)
    again = walks_anew(before, after, linked.ends, cut_off_min=keep.cut_off_min)
    origins, assets = _stays(before, after, given)
    origins = origins.intersection(pd.Index(sorted(given.origins["from_id"]))[~again])
    was, now = (_rows(_costs(one, given, keep), origins, assets) for one in (before, after))
    pd.testing.assert_frame_equal(was, now, check_exact=True)
