"""Edits to the tables of a study: what is added, removed, moved and changed, and what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import pandas as pd
import shapely

from assetmap.frames import table_of
from assetmap.frames.prepared import ORIGINS
from assetmap.layers.position import area_at
from assetmap.scenarios.refused import refuse_edits

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry


class Town(NamedTuple):
    """What edits are made to: AREAS, ORIGINS, ASSETS and ENTRANCES."""

    areas: gpd.GeoDataFrame
    origins: gpd.GeoDataFrame
    assets: gpd.GeoDataFrame
    entrances: gpd.GeoDataFrame


class Edited(NamedTuple):
    """A town after edits, and what they touch.

    Attributes
    ----------
    town
        AREAS are those of before; new homes stand in an area of their own (:func:`homes_of`).
    gone
        Assets whose costs no longer hold: removed, moved, with other entrances.
    new
        Assets that must be routed to: added, moved, with other entrances.
    changed
        Assets with another capacity or other hours.
    homes
        Origins of new homes, and the area that each stands in.
    links
        EDITS of streets, kinds ``link`` and ``close``.
    """

    town: Town
    gone: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    homes: Mapping[str, str] = {}
    links: pd.DataFrame = pd.DataFrame()

    @property
    def touched(self) -> frozenset[str]:
        """Every asset that an edit touches."""
        return self.gone | self.new | self.changed


def in_force(edits: pd.DataFrame, day: dt.date | None) -> pd.DataFrame:
    """The EDITS that hold on a day; all of them, where no day is asked about."""
    if day is None:
        return edits
    said = day.isoformat()
    begun = edits["opens"].isna() | (edits["opens"].fillna("") <= said)
    ended = edits["until"].notna() & (edits["until"].fillna("") < said)
    return edits[begun & ~ended]


def together(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """EDITS of several scenarios as of one, numbered on in the order given."""
    whole = pd.concat(list(tables), ignore_index=True)
    return whole.assign(edit=range(1, len(whole) + 1))


def with_edits(
    town: Town,
    edits: pd.DataFrame,
    *,
    scenario: str,
    themes: Mapping[str, tuple[str, str]],
    homes: bool = True,
) -> Edited:
    """The town with the edits made.

    An added asset's ``to_id`` is the scenario's id, ``:`` and the edit's number. New homes count
    the middle of their fewest and most dwellings, times the people a home; without ``homes`` they
    are left out.

    Parameters
    ----------
    edits
        EDITS that hold.
    themes
        Category to its theme and plain name.

    Raises
    ------
    StudyError
        With every edit that cannot be made: of an asset that is not there, outside the ground of
        the study, on top of a place of its category, or against another edit.
    """
    refuse_edits(edits, areas=town.areas, assets=town.assets)
    by_kind = dict(iter(edits.groupby("kind", sort=True)))
    none = edits.iloc[:0]
    gone = by_kind.get("remove", none)
    moved = by_kind.get("move", none)
    changed = by_kind.get("change", none)
    assets, entrances = _without(town, set(gone["asset"]))
    assets, entrances = _moved(assets, entrances, moved)
    assets, entrances = _changed(assets, entrances, changed)
    added = _added(town, by_kind.get("add", none), scenario, themes)
    doors = set(changed.loc[changed["entrances"].notna(), "asset"])
    residents = _homes(town, by_kind.get("homes", none) if homes else none, scenario)
    elsewhere = frozenset(moved["asset"]) | frozenset(doors)
    return Edited(
        town._replace(
            assets=_stacked(assets, added[0]),
            entrances=_stacked(entrances, added[1]),
            origins=_stacked(town.origins, residents[0]),
        ),
        gone=frozenset(gone["asset"]) | elsewhere,
        new=frozenset(added[0]["to_id"]) | elsewhere,
        changed=frozenset(changed["asset"]),
        homes=residents[1],
        links=edits[edits["kind"].isin(["link", "close"])],
    )


def with_assets(town: Town, assets: gpd.GeoDataFrame, entrances: gpd.GeoDataFrame) -> Edited:
    """The town with assets that schemes deliver: what is funded and dated comes anyhow."""
    more = town._replace(
        assets=_stacked(town.assets, assets), entrances=_stacked(town.entrances, entrances)
    )
    return Edited(more, new=frozenset(assets["to_id"]))


def place_of(text: str) -> BaseGeometry:
    """A place of EDITS."""
    return shapely.from_wkt(text)


def _without(town: Town, ids: set[str]) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    return (
        town.assets[~town.assets["to_id"].isin(ids)],
        town.entrances[~town.entrances["to_id"].isin(ids)],
    )


def _moved(
    assets: gpd.GeoDataFrame, entrances: gpd.GeoDataFrame, edits: pd.DataFrame
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    for edit in edits.itertuples():
        place = place_of(str(edit.place))
        assets = assets.copy()
        assets.loc[assets["to_id"] == edit.asset, "geometry"] = place
        gates = edit.entrances if isinstance(edit.entrances, str) else place.wkt
        entrances = _with_gates(entrances, str(edit.asset), gates)
    return assets, entrances


def _changed(
    assets: gpd.GeoDataFrame, entrances: gpd.GeoDataFrame, edits: pd.DataFrame
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    for edit in edits.to_dict("records"):
        said = {name: edit[name] for name in ("supply", "opening_hours", "wheelchair", "name")}
        assets = assets.copy()
        for name, value in said.items():
            if pd.notna(value):
                assets.loc[assets["to_id"] == edit["asset"], name] = value
        if isinstance(edit["entrances"], str):
            entrances = _with_gates(entrances, edit["asset"], edit["entrances"])
    return assets, entrances


def _with_gates(entrances: gpd.GeoDataFrame, to_id: str, gates: str) -> gpd.GeoDataFrame:
    """ENTRANCES with these for one asset, in the order of their coordinates."""
    points = sorted(shapely.get_parts(place_of(gates)), key=lambda one: (one.x, one.y))
    rows = gpd.GeoDataFrame(
        {
            "to_id": [to_id] * len(points),
            "entrance": list(range(1, len(points) + 1)),
            "basis": ["published"] * len(points),
        },
        geometry=points,
        crs=entrances.crs,
    )
    return _stacked(entrances[entrances["to_id"] != to_id], rows)


def _added(
    town: Town, edits: pd.DataFrame, scenario: str, themes: Mapping[str, tuple[str, str]]
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """ASSETS and ENTRANCES of what is added."""
    points = shapely.from_wkt(edits["place"].to_numpy(dtype=object))
    areas = area_at(town.areas, points)
    rows = [
        {
            "to_id": f"{scenario}:{edit['edit']}",
            "name": edit["name"]
            if pd.notna(edit["name"])
            else themes[edit["category"]][1].capitalize(),
            "category": edit["category"],
            "theme": themes[edit["category"]][0],
            "supply": edit["supply"] if pd.notna(edit["supply"]) else 1.0,
            "opening_hours": edit["opening_hours"] if pd.notna(edit["opening_hours"]) else None,
            "wheelchair": edit["wheelchair"] if pd.notna(edit["wheelchair"]) else "unknown",
            "visibility": "public",
            "precision_m": 0.0,
            "sources": scenario,
            "role": "study",
            "area_id": area,
        }
        for edit, area in zip(edits.to_dict("records"), areas, strict=True)
    ]
    assets = gpd.GeoDataFrame(rows, geometry=list(points), crs=town.assets.crs)
    assets = assets.reindex(columns=town.assets.columns)
    gates = town.entrances.iloc[:0]
    for edit, row in zip(edits.to_dict("records"), rows, strict=True):
        text = edit["entrances"] if isinstance(edit["entrances"], str) else edit["place"]
        gates = _with_gates(gates, row["to_id"], text)
    return gpd.GeoDataFrame(assets, geometry="geometry", crs=town.assets.crs), gates


def _label(edit: Mapping[Any, Any], themes: Mapping[str, tuple[str, str]]) -> str:
    return themes[edit["category"]][1].capitalize()


def _homes(
    town: Town, edits: pd.DataFrame, scenario: str
) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
    """ORIGINS of new homes: residents to be, in an area of their own, never reported as today's."""
    points = shapely.from_wkt(edits["place"].to_numpy(dtype=object))
    areas = area_at(town.areas, points)
    ids = [f"{scenario}:homes{number}" for number in edits["edit"]]
    dwellings = (edits["dwellings_low"] + edits["dwellings_high"]) / 2
    rows = table_of(
        ORIGINS,
        {
            "from_id": ids,
            "area_id": ids,
            "role": ["edge"] * len(ids),
            "basis": ["new homes"] * len(ids),
            "people": (dwellings * edits["household_size"]).to_numpy(),
            "shared": [False] * len(ids),
            "geometry": list(points),
        },
        crs=town.origins.crs,
    )
    return gpd.GeoDataFrame(rows), dict(zip(ids, (str(area) for area in areas), strict=True))


def _stacked(first: gpd.GeoDataFrame, second: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if second.empty:
        return first
    both = pd.concat([first, second[list(first.columns)]], ignore_index=True)
    return gpd.GeoDataFrame(both, geometry="geometry", crs=first.crs)
