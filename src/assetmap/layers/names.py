"""What residents would call each area: given names, else made from wards and landmarks."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.errors import Fault, StudyError
from assetmap.frames import hold
from assetmap.frames.prepared import AREAS
from assetmap.layers.areas import make_units
from assetmap.layers.landmarks import Near, landmarks_of, nearest_landmarks, spread_in
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CLEAR_M = 400.0


def make_place_names(
    areas: gpd.GeoDataFrame,
    geography: pd.DataFrame,
    landmarks: gpd.GeoDataFrame,
    *,
    given: Mapping[str, str] | None = None,
) -> pd.Series:
    """The place name of every area, by ``area_id``: unique, and the same for any order of rows.

    Names in ``given`` stand as they are. Others are made: *Part of Faraday ward, around Burgess
    Park*; where a nearer area has that name, the next landmark, *between A and B*, or a side
    (*north of A*). Without a landmark: *North of Faraday ward*. Where no ward is loaded, or it
    has no name but its code, the authority takes its place; without either, *1.2 km east and
    0.3 km south of the middle* of all areas. Areas choose in order of how near
    their landmark is; a last tie is numbered. Codes and statistical names are never used.

    Parameters
    ----------
    areas
        AREAS.
    geography
        GEOGRAPHY with level ``ward``, of these areas; may be empty.
    landmarks
        RAW_ASSETS or ASSETS, of which the public ones are used; may be empty.
    given
        Area id to name, as in the study's ``names.csv``.

    Raises
    ------
    StudyError
        When one name is given to two areas.
    """
    chosen = {area_id: " ".join(name.split()) for area_id, name in (given or {}).items()}
    _refuse_twice(chosen)
    ordered = areas.sort_values("area_id").reset_index(drop=True)
    units = _units(ordered, geography)
    near = nearest_landmarks(ordered, landmarks_of(landmarks))
    sides = _sides(ordered, units)
    offsets = _offsets(ordered)
    ids = ordered["area_id"].tolist()
    names = {area_id: chosen[area_id] for area_id in ids if chosen.get(area_id)}
    taken = {name.casefold() for name in names.values()}
    turn = sorted(range(len(ids)), key=lambda row: (near[row][:1], ids[row]))
    for row in (row for row in turn if ids[row] not in names):
        options = _options(units[row][1], near[row], sides[row], offsets[row])
        name = next(name for name in options if name.casefold() not in taken)
        names[ids[row]] = name
        taken.add(name.casefold())
    return pd.Series([names[one] for one in ids], index=pd.Index(ids, name="area_id"), name="place")


def make_named_areas(
    areas: gpd.GeoDataFrame,
    geography: pd.DataFrame,
    landmarks: gpd.GeoDataFrame,
    *,
    given: pd.DataFrame | None = None,
) -> Told[gpd.GeoDataFrame]:
    """The AREAS with the place names of :func:`make_place_names`; ``given`` is NAMES.

    Given names of areas that the study does not have are counted in a caution.

    Raises
    ------
    StudyError
        When one name is given to two areas.
    """
    chosen = {} if given is None else dict(zip(given["area_id"], given["place"], strict=True))
    places = make_place_names(areas, geography, landmarks, given=chosen)
    named = areas.assign(place=areas["area_id"].map(places))
    table = gpd.GeoDataFrame(hold(named, AREAS, crs=areas.crs.to_string()))
    unused = len(set(chosen) - set(areas["area_id"]))
    text = f"{unused} given names are of areas that the study does not have."
    caution = Caution(code="names_unused", about="names", text=text, count=unused)
    return Told(table, (caution,) if unused else ())


def _units(areas: gpd.GeoDataFrame, geography: pd.DataFrame) -> list[tuple[str, str]]:
    """What each area is part of, as code and name: a ward, else the authority, else nothing."""
    wards = make_units(geography, level="ward").reindex(areas["area_id"])
    named = wards["unit_name"].notna() & (wards["unit_name"] != wards["unit_id"])
    return [
        (str(code), _ward(ward)) if is_named else (str(authority_id), str(authority))
        for code, ward, is_named, authority_id, authority in zip(
            wards["unit_id"],
            wards["unit_name"],
            named,
            areas["authority_id"],
            areas["authority_name"],
            strict=True,
        )
    ]


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _ward(name: str) -> str:
    return name if name.casefold().split()[-1:] == ["ward"] else f"{name} ward"


def _sides(areas: gpd.GeoDataFrame, units: list[tuple[str, str]]) -> list[str]:
    """Where in its unit each area lies."""
    centres = areas.geometry.centroid.tolist()
    members = defaultdict(list)
    for unit, centre in zip(units, centres, strict=True):
        members[unit].append(centre)
    return [spread_in(members[unit], centre) for unit, centre in zip(units, centres, strict=True)]


def _offsets(areas: gpd.GeoDataFrame) -> list[str]:
    """Where each area lies from the middle of all, to a tenth of a kilometre."""
    centres = areas.geometry.centroid
    east = (centres.x - centres.x.mean()).div(1000).round(1).tolist()
    north = (centres.y - centres.y.mean()).div(1000).round(1).tolist()
    return [_offset(x, y) for x, y in zip(east, north, strict=True)]


def _offset(east_km: float, north_km: float) -> str:
    ways = (east_km, "east", "west"), (north_km, "north", "south")
    said = [f"{abs(km):.1f} km {plus if km > 0 else minus}" for km, plus, minus in ways if km]
    return f"{' and '.join(said)} of the middle" if said else "The middle"


def _options(unit: str, near: list[Near], side: str, offset: str) -> Iterator[str]:
    """Names in order of preference; the last are numbered, so they never run out."""
    part = f"Part of {unit}, " if unit else ""
    made = list(_by_landmarks(near))
    yield from (f"{part}{words}" if part else _upper(words) for words in made)
    plain = f"{_upper(side)} of {unit}" if unit else offset
    yield plain
    number = 2
    while True:
        yield f"{plain} ({number})"
        number += 1


def _by_landmarks(near: list[Near]) -> Iterator[str]:
    """*around A*, *around B* where B is nearly as near, *north of A*, *between A and B*."""
    if not near:
        return
    yield f"around {near[0].name}"
    close = [one for one in near[1:] if one.cost_m <= near[0].cost_m + CLEAR_M]
    yield from (f"around {one.name}" for one in close)
    yield from (f"{one.side} of {one.name}" for one in [near[0], *close][:2])
    yield from (f"between {one.name} and {other.name}" for one, other in combinations(near, 2))
    yield from (f"{one.side} of {one.name}" for one in near)


def _refuse_twice(chosen: Mapping[str, str]) -> None:
    bearers = defaultdict(list)
    for area_id, name in chosen.items():
        bearers[name.casefold()].append(area_id)
    faults = [
        Fault(
            what=f"'{chosen[ids[0]]}' is the name of {len(ids)} areas: {', '.join(sorted(ids))}",
            where="names of areas",
            attempt="give each area its own name",
        )
        for name, ids in sorted(bearers.items())
        if name and len(ids) > 1
    ]
    if faults:
        raise StudyError(faults)
