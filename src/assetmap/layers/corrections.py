"""The register as residents and officers put it right."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from assetmap.errors import Fault, JoinError, nearest_name
from assetmap.frames import hold
from assetmap.frames.corrections import CORRECTIONS
from assetmap.frames.prepared import ASSETS, ENTRANCES
from assetmap.layers.assets import asset_id
from assetmap.layers.position import area_at
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assetmap.layers.entries import Kind

LISTED = "corrections"
"""How a corrected asset names this among its sources."""
NOTHING, NONE = "nothing", "none"

Row = dict[str, Any]


def make_corrected(
    register: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame],
    given: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    categories: Mapping[str, Kind],
    counted: frozenset[str],
    day: dt.date,
) -> Told[tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, pd.DataFrame]]:
    """ASSETS, ENTRANCES and CORRECTIONS, once the GIVEN_CORRECTIONS are applied.

    What is closed is taken out; what is moved keeps its id and is entered where it now is; what
    is added gets an id as any asset does. An asset that changed names ``corrections`` among its
    sources. CORRECTIONS say what each changed in the register, ``nothing`` included.

    Parameters
    ----------
    register
        ASSETS and ENTRANCES as the sources list them.
    counted
        Categories that a standard of the study counts: for others no figure can follow.
    day
        The study's day; nothing that lies ahead of it is applied.

    Raises
    ------
    JoinError
        With every fault: an asset that is not there, a day ahead of the study's, a position
        outside its own areas, a category that is not known, an asset that is put right twice in
        the same way or both closed and changed, one that is added where it is already listed.
    """
    assets, entrances = register
    faults = list(_faults(assets, given, areas, categories=categories, day=day))
    if faults:
        raise JoinError(faults)
    held: dict[str, Row] = {str(row["to_id"]): row for row in assets.to_dict("records")}
    seen = dict(zip(assets["to_id"], assets["visibility"], strict=True))
    told = []
    for one in given.to_dict("records"):
        changed, touched = _applied(held, one, categories)
        follows = touched in counted and changed != NOTHING and one["deed"] != "rename"
        figures = f"how near people are to a {categories[touched].label}" if follows else NONE
        told.append({**one, "to_id": _id_of(one), "visibility": seen.get(_id_of(one), "public"),
                     "changed": changed, "figures": figures})  # fmt: skip
    corrected = _held_assets(held, assets, areas)
    gates = _gates(corrected, entrances, given)
    listed = hold(pd.DataFrame(told, columns=list(CORRECTIONS.names)), CORRECTIONS)
    said = f"Corrections of the register, applied and listed on the page: {len(told)}."
    caution = Caution(code="corrections", about=LISTED, text=said, count=len(told))
    return Told((corrected, gates, listed), (caution,) if told else ())


def _applied(held: dict[str, Row], one: Row, categories: Mapping[str, Kind]) -> tuple[str, str]:
    """One correction applied to the rows at hand: what it changed, and of which category."""
    deed = str(one["deed"])
    if deed == "add":
        held[_added_id(one)] = _added(one, categories)
        return "added", str(one["category"])
    row = held[str(one["to_id"])]
    category = str(row["category"])
    if deed == "close":
        del held[str(one["to_id"])]
        return "taken out", category
    if deed == "rename":
        changes: Row = {"name": one["name"]}
        changed = NOTHING if row["name"] == one["name"] else f"renamed from “{row['name']}”"
    else:
        moved_m = round(row["geometry"].distance(one["geometry"]))
        changes = {"geometry": one["geometry"], "precision_m": 0.0}
        changes |= {"address": one["address"]} if isinstance(one["address"], str) else {}
        changed = f"moved by {moved_m} m" if moved_m else NOTHING
    if changed != NOTHING:
        held[str(one["to_id"])] = {**row, **changes, "sources": _also(str(row["sources"]))}
    return changed, category


def _also(sources: str) -> str:
    return sources if LISTED in sources.split(" + ") else f"{sources} + {LISTED}"


def _id_of(one: Row) -> str:
    return str(one["to_id"]) if isinstance(one["to_id"], str) else _added_id(one)


def _added_id(one: Row) -> str:
    point = one["geometry"]
    return asset_id(str(one["category"]), point.x, point.y)


def _added(one: Row, categories: Mapping[str, Kind]) -> Row:
    category = str(one["category"])
    return {
        "to_id": _added_id(one), "name": one["name"], "category": category,
        "theme": categories[category].theme, "supply": 1.0, "size_m2": float("nan"),
        "address": one["address"], "opening_hours": None, "wheelchair": "unknown",
        "visibility": "public", "precision_m": 0.0, "as_listed": None, "sources": LISTED,
        "geometry": one["geometry"],
    }  # fmt: skip


def _held_assets(
    held: Mapping[str, Row], assets: gpd.GeoDataFrame, areas: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    table = pd.DataFrame(list(held.values()), columns=list(ASSETS.names))
    places = table["geometry"].to_numpy()
    found = pd.Series(area_at(areas, places), index=table.index)
    role = found.map(areas.set_index("area_id")["role"]).fillna("edge")
    crs = assets.crs.to_string()
    return gpd.GeoDataFrame(hold(table.assign(area_id=found, role=role), ASSETS, crs=crs))


def _gates(
    assets: gpd.GeoDataFrame, entrances: gpd.GeoDataFrame, given: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Entrances as they were, but for what was moved or added: those are entered at their point."""
    placed = given[given["deed"].isin(["move", "add"])]
    anew = {_id_of(row) for row in placed.to_dict("records")}
    kept = entrances[entrances["to_id"].isin(assets["to_id"]) & ~entrances["to_id"].isin(anew)]
    points = assets[assets["to_id"].isin(anew)]
    new = gpd.GeoDataFrame(
        {"to_id": points["to_id"], "entrance": 1, "basis": "point"},
        geometry=points.geometry, crs=assets.crs,
    )  # fmt: skip
    both = pd.concat([kept, new], ignore_index=True) if len(new) else kept
    return gpd.GeoDataFrame(hold(pd.DataFrame(both), ENTRANCES, crs=assets.crs.to_string()))


def _faults(
    assets: gpd.GeoDataFrame,
    given: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    categories: Mapping[str, Kind],
    day: dt.date,
) -> Iterator[Fault]:
    known = set(assets["to_id"])
    rows = given.to_dict("records")
    named = Counter((row["to_id"], row["deed"]) for row in rows if isinstance(row["to_id"], str))
    closed = {row["to_id"] for row in rows if row["deed"] == "close"}
    own = _inside(given, areas)
    for row, inside in zip(rows, own, strict=True):
        where = f"corrections.toml, correction {row['number']}"
        asset = row["to_id"]
        if dt.date.fromisoformat(str(row["as_of"])) > day:
            yield Fault(what=f"as_of {row['as_of']} is ahead of the study's day, {day}",
                        where=where, attempt="apply it in a later study")  # fmt: skip
        if not inside:
            yield Fault(what="the position is outside the study's own areas", where=where,
                        attempt="at = [longitude, latitude]")  # fmt: skip
        if isinstance(asset, str):
            yield from _faults_of_asset(asset, str(row["deed"]), where, known=known, named=named,
                                        closed=closed)  # fmt: skip
        elif row["category"] not in categories:
            hint = nearest_name(str(row["category"]), categories)
            yield Fault(what=f"no category '{row['category']}'", where=where, attempt=hint)
        elif inside and _added_id(row) in known:
            yield Fault(what=f"already listed as '{_added_id(row)}'", where=where,
                        attempt="rename that, or remove this correction")  # fmt: skip
    added = Counter(_added_id(row) for row in rows if row["deed"] == "add")
    for twice in sorted(asset for asset, count in added.items() if count > 1):
        yield Fault(what=f"'{twice}' is added twice", where="corrections.toml")


def _faults_of_asset(
    asset: str, deed: str, where: str, *, known: set[str], named: Counter[Any], closed: set[Any]
) -> Iterator[Fault]:
    if asset not in known:
        attempt = nearest_name(asset, known) or "was it put right in the register itself?"
        yield Fault(what=f"the study has no asset '{asset}'", where=where, attempt=attempt)
    if named[asset, deed] > 1:
        yield Fault(what=f"'{asset}' is put right twice in the same way", where=where)
    if asset in closed and deed != "close":
        yield Fault(what=f"'{asset}' is closed by another correction", where=where)


def _inside(given: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> list[bool]:
    """Whether each position, where one is given, lies in an area of the study itself."""
    shapes = given.geometry
    placed = shapes.notna().to_numpy()
    inside = np.ones(len(given), dtype=bool)
    found = area_at(areas[areas["role"] == "study"], shapes[placed].to_numpy())
    inside[placed] = [area is not None for area in found]
    return inside.tolist()
