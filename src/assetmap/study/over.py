"""The ways of a study with links added and closed, and what they change of today's costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from assetmap.frames.streets import Streets
from assetmap.network.graph import build_graph
from assetmap.network.snap import snap
from assetmap.scenarios.again import start_again
from assetmap.scenarios.ends import ByLinks, Network, by_links, walks_anew
from assetmap.scenarios.links import with_links
from assetmap.scenarios.nearer import costs_nearer
from assetmap.scenarios.reach import enters_elsewhere
from assetmap.scenarios.touch import costs_to_origins
from assetmap.study.steps.given import read_heights, read_streets
from assetmap.study.steps.walk import heights_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.network.keep import Keep
    from assetmap.scenarios.edits import Town
    from assetmap.scenarios.links import Linked
    from assetmap.study.ledger import Kept
    from assetmap.study.ways import Ways


@dataclass(frozen=True)
class Over:
    """Ways with links added and closed, and what they change for today's origins and assets.

    Attributes
    ----------
    ways
        On the streets with the links.
    again
        Whether each origin must be searched from anew, in the order of ``from_id``.
    by
        What the others save by links, to today's assets; None where nobody else comes elsewhere.
    moved
        Assets that are entered elsewhere.
    snaps
        SNAPS of the origins, where some of them meet the streets elsewhere; None = as today.
    """

    ways: Ways
    again: NDArray[np.bool_]
    by: ByLinks | None
    moved: set[str]
    snaps: pd.DataFrame | None

    def costs(
        self, today: pd.DataFrame, assets: tuple[Keep, pd.Series], town: Town
    ) -> pd.DataFrame:
        """COSTS with the links, from today's to assets that have their band for a category.

        Those to assets that are entered elsewhere do not hold.
        """
        keep, bands = assets
        found = today
        if self.by is not None:
            known = pd.Index(sorted(town.assets["to_id"])).isin(bands.index)
            by = self.by._replace(arrive_cm=self.by.arrive_cm[:, known])
            found = costs_nearer(found, bands, by, keep=keep)
        if not self.again.any():
            return found
        banded = pd.DataFrame({"to_id": bands.index, "category": bands.to_numpy()})
        anew = self.ways.some(self.again).costs_kept(town.entrances, banded, keep)
        ids = [pd.Index(today[name].cat.categories) for name in ("from_id", "to_id")]
        return costs_to_origins(found, anew, from_ids=ids[0], to_ids=ids[1])


def ways_over(today: Ways, links: pd.DataFrame, entrances: gpd.GeoDataFrame) -> Over:
    """The ways with links added and closed, and whom and what they touch.

    Raises
    ------
    StudyError
        As :func:`assetmap.scenarios.links.with_links`.
    """
    kept = read_streets(today.work, str(today.work.settings.travel.streets), today.place["areas"])
    streets = Streets.from_arrays(kept.part("streets"))
    linked = with_links(streets, links)
    ways = _on_linked(today, linked, kept)
    before, after = (
        _network(*one, entrances) for one in ((streets, today), (linked.streets, ways))
    )
    elsewhere = enters_elsewhere(before.start, before.start.homes, after.start, after.start.homes)
    moved = enters_elsewhere(before.start, before.doors, after.start, after.doors)
    no_assets = gpd.GeoDataFrame(today.place["assets"].table("table")).iloc[:0]
    over = Over(
        ways=ways,
        again=elsewhere,
        by=None,
        moved=set(entrances.loc[moved, "to_id"]),
        snaps=ways.to(entrances.iloc[:0], no_assets)[1] if elsewhere.any() else None,
    )
    cut_off_min = today.work.settings.travel.cut_off_min
    if links["kind"].ne("link").any():
        walks = walks_anew(before, after, linked.ends, cut_off_min=cut_off_min)
        return replace(over, again=elsewhere | walks)
    _, asset = np.unique(entrances["to_id"], return_inverse=True)
    return replace(over, by=by_links(before, after, linked.ends, asset, cut_off_min=cut_off_min))


def _on_linked(today: Ways, linked: Linked, kept: Kept) -> Ways:
    """The ways on streets with links, made of today's, which are ``kept``."""
    work, elevation = today.work, today.work.settings.travel.elevation
    heights = None
    if elevation:
        relief = read_heights(work, elevation, kept)
        heights = heights_of(linked.streets, relief, crs=work.settings.study.crs)
    told = build_graph(linked.streets, profile=today.profile, elevation_m=heights)
    return replace(today, start=start_again(today.on_streets, told.table, linked.kept))


def _network(streets: Streets, ways: Ways, entrances: gpd.GeoDataFrame) -> Network:
    start = ways.on_streets
    xy = shapely.get_coordinates(entrances.geometry)
    doors = snap(start.graph, xy, snap_max_m=start.snap_max_m, ground=start.ground)
    return Network(streets, start, doors)
