"""Assets: one row each, double entries merged, with their entrances."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from assetmap.frames import hold
from assetmap.frames.holdings import LISTED
from assetmap.frames.prepared import ASSETS, ENTRANCES
from assetmap.layers.entrances import entrances_of
from assetmap.layers.entries import entries_of
from assetmap.layers.merge import leading_place, merged
from assetmap.layers.position import area_at, metre_key
from assetmap.layers.sites import dissolved
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from assetmap.layers.entries import Entry, Kind

SHORT, LONG = 8, 16


class MadeAssets(NamedTuple):
    """ASSETS, their ENTRANCES, and LISTED: which listings made each."""

    assets: gpd.GeoDataFrame
    entrances: gpd.GeoDataFrame
    listed: pd.DataFrame


def make_assets(
    raws: gpd.GeoDataFrame,
    entrances: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    categories: Mapping[str, Kind],
    ranks: Mapping[str, int],
    paths: gpd.GeoSeries | None = None,
) -> Told[MadeAssets]:
    """The ASSETS, ENTRANCES and LISTED, from RAW_ASSETS and RAW_ENTRANCES of every source.

    Green polygons of one site are dissolved (:func:`assetmap.layers.sites.dissolved`), then
    listings of one asset are merged (:func:`assetmap.layers.merge.merged`). The leading listing
    says what the asset is; what it leaves empty is filled from the next that may be seen by the
    same people. ``supply`` 1 means not known, and is filled likewise. ``to_id`` is made of the
    category and the coordinates to the metre: the same in every run and for any order of rows.

    Parameters
    ----------
    raws, entrances
        RAW_ASSETS and RAW_ENTRANCES, all sources in one table each.
    areas
        AREAS: the asset's ``role`` and ``area_id`` are those of the area it lies in; outside all
        of them it is ``edge`` without an area.
    categories
        Category to theme, label and plural.
    ranks
        Source id to precedence, the lowest leads; 50 where not named.
    paths
        Walkable lines: green space without published gates is entered where they cross its edge.

    Raises
    ------
    JoinError
        For categories that are not known.
    """
    entries = entries_of(raws, categories=categories, ranks=ranks)
    sites = dissolved(entries)
    clusters = merged(sites)
    ids = _ids(clusters)
    places = [_point(leading_place(cluster).geometry) for cluster in clusters]
    found = area_at(areas, np.array(places, dtype=object))
    rows = [
        _row(cluster, categories[cluster[0].category].label) | {"to_id": to_id, "area_id": area}
        for cluster, to_id, area in zip(clusters, ids, found, strict=True)
    ]
    table = pd.DataFrame(rows, columns=[name for name in ASSETS.names if name != "geometry"])
    role = table["area_id"].map(areas.set_index("area_id")["role"]).fillna("edge")
    crs = areas.crs.to_string()
    assets = hold(table.assign(role=role, geometry=places), ASSETS, crs=crs)
    gates = hold(_gates(clusters, ids, entrances, paths), ENTRANCES, crs=crs)
    made = MadeAssets(gpd.GeoDataFrame(assets), gpd.GeoDataFrame(gates), _listed(clusters, ids))
    return Told(made, _cautions(len(entries), len(sites), len(clusters)))


def _listed(clusters: Sequence[Sequence[Entry]], ids: Sequence[str]) -> pd.DataFrame:
    """LISTED: the listings of each asset that may tell of it, in order of precedence."""
    rows = [
        (*listed, to_id, place)
        for members, to_id in zip(clusters, ids, strict=True)
        for place, one in enumerate((one for one in members if one.may_tell(members[0])), start=1)
        for listed in one.listed
    ]
    return hold(pd.DataFrame(rows, columns=list(LISTED.names)), LISTED)


def _row(members: Sequence[Entry], label: str) -> dict[str, Any]:
    """What the listings of one asset say together."""
    head = members[0]
    seen = [entry for entry in members if entry.may_tell(head)]
    place = leading_place(members)
    sources = list(dict.fromkeys(entry.listed[0][0] for entry in seen))
    return {
        "name": _first(seen, "name") or label.capitalize(),
        "category": head.category,
        "theme": head.theme,
        "supply": next((entry.supply for entry in seen if entry.supply != 1), head.supply),
        "size_m2": place.size_m2 if place.is_site else _first(seen, "size_m2"),
        "address": _first(seen, "address"),
        "opening_hours": _first(seen, "opening_hours"),
        "wheelchair": next((one.wheelchair for one in seen if one.wheelchair != "unknown"),
                           "unknown"),
        "visibility": head.visibility,
        "precision_m": place.precision_m,
        "as_listed": head.as_listed,
        "sources": " + ".join(sources),
    }  # fmt: skip


def _first(entries: Sequence[Entry], field: str) -> Any:  # noqa: ANN401 - text or number
    return next((getattr(one, field) for one in entries if getattr(one, field) is not None), None)


def _point(shape: BaseGeometry) -> BaseGeometry:
    return shape if shape.geom_type == "Point" else shape.representative_point()


def _ids(clusters: Sequence[Sequence[Entry]]) -> list[str]:
    """A short id for each asset, of its category and metre; longer where two would be alike."""
    texts = []
    for members in clusters:
        point = _point(leading_place(members).geometry)
        texts.append((members[0].category, metre_key(point.x, point.y), members[0].name or ""))
    short = pd.Series([_digest(category, metre)[:SHORT] for category, metre, _ in texts])
    category = pd.Series([text[0].replace("_", "-") for text in texts])
    ids = category + "-" + short
    twice = ids.duplicated(keep=False)
    longer = category + "-" + pd.Series([_digest(*text)[:LONG] for text in texts])
    ids = ids.mask(twice, longer)
    number = ids.groupby(ids).cumcount()
    return ids.mask(number > 0, ids + "-" + (number + 1).astype(str)).tolist()


def asset_id(category: str, x: float, y: float) -> str:
    """The id of an asset that stands alone: of its category and its coordinates to the metre."""
    return f"{category.replace('_', '-')}-{_digest(category, metre_key(x, y))[:SHORT]}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _gates(
    clusters: Sequence[Sequence[Entry]],
    ids: Sequence[str],
    entrances: gpd.GeoDataFrame,
    paths: gpd.GeoSeries | None,
) -> pd.DataFrame:
    """The entrances of every asset, numbered in order of their coordinates."""
    published: dict[tuple[str, str], list[BaseGeometry]] = {}
    for source, row, point in zip(
        entrances["source_id"], entrances["source_row"], entrances.geometry, strict=True
    ):
        published.setdefault((source, row), []).append(point)
    rows = []
    for members, to_id in zip(clusters, ids, strict=True):
        place = leading_place(members)
        gates = [gate for one in members for row in one.listed for gate in published.get(row, [])]
        shape = place.geometry if place.is_site else _point(place.geometry)
        basis, points = entrances_of(shape, gates, _near_paths(shape, paths))
        rows += [(to_id, number, basis, point) for number, point in enumerate(points, start=1)]
    return pd.DataFrame(rows, columns=list(ENTRANCES.names))


def _near_paths(shape: BaseGeometry, paths: gpd.GeoSeries | None) -> NDArray[np.object_] | None:
    if paths is None or shape.area <= 0:
        return None
    met = np.sort(paths.sindex.query(shape.boundary, predicate="intersects"))
    return np.asarray(paths.to_numpy()[met], dtype=object)


def _cautions(listed: int, dissolved_to: int, merged_to: int) -> tuple[Caution, ...]:
    told = []
    if listed > dissolved_to:
        count = listed - dissolved_to
        text = f"Pieces of green space joined to the site that they are part of: {count}."
        told.append(Caution(code="sites_dissolved", about="assets", text=text, count=count))
    if dissolved_to > merged_to:
        count = dissolved_to - merged_to
        text = f"Listings of a place already listed, merged with it: {count}."
        told.append(Caution(code="assets_merged", about="assets", text=text, count=count))
    return tuple(told)
