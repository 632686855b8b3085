"""Landmarks by which residents know a neighbourhood: parks, stations, libraries and the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from assetmap.layers.likeness import tokens_of
from assetmap.layers.position import area_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FAME_M = {
    "park": 0, "rail_station": 0, "metro_station": 0, "nature": 100, "library": 100,
    "hospital": 100, "museum": 200, "theatre": 200, "arts_centre": 200, "swimming_pool": 200,
    "sports_centre": 200, "community_centre": 250, "cemetery": 250, "playing_field": 250,
    "college": 300, "secondary_school": 300, "primary_school": 400, "place_of_worship": 400,
    "family_hub": 400, "post_office": 500, "pub": 600, "gp_surgery": 800, "bus_stop": 1000,
}  # fmt: skip
COMMON = frozenset(
    ("community", "garden", "gardens", "park", "parks", "public", "open", "space", "play", "area",
     "playground", "recreation", "ground", "green", "local", "nature", "reserve", "sports",
     "pitch", "court", "ecological", "communal", "village", "pocket")
)  # fmt: skip
ASIDE = re.compile(r"\([^)]*\)")  # "Mill Lane (opp)"
SIGNS = re.compile(r"[<>#\[\]{}|\\]+")
SPREAD_M, ABROAD_M = 1500.0, 500.0
CHOICES = 6
SHORT_LIST = 60
SHORTEST, LONGEST = 3, 48
COMPASS = ("east", "north-east", "north", "north-west", "west", "south-west", "south",
           "south-east")  # fmt: skip


class Near(NamedTuple):
    """A landmark as seen from an area: how near, its name, and where the area lies from it."""

    cost_m: float
    name: str
    side: str


def landmarks_of(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The landmarks among RAW_ASSETS or ASSETS: ``name``, ``fame_m`` and ``geometry``.

    A name is used if it is public and reads like one: 3 to 48 signs, mostly letters, written as
    a name (*Burgess Park*, not *Park or garden*), and pointing to one place: a name borne by
    places more than 1,500 m apart (*Playground*, the name of a chain) points to none. Of one
    name, the best known kind leads. The better known kinds of place are worth a walk of some
    hundred metres more.
    """
    kinds = table[table["category"].isin(list(FAME_M)) & (table["visibility"] == "public")]
    names = pd.Series(
        [_clean(name, kind) for name, kind in zip(kinds["name"], kinds["category"], strict=True)],
        index=kinds.index,
        dtype=object,
    )
    rows = gpd.GeoDataFrame(
        {
            "name": names,
            "folded": names.str.casefold(),
            "fame_m": kinds["category"].map(FAME_M),
            "geometry": kinds.geometry,
        },
        crs=table.crs,
    )
    rows = rows[rows["name"] != ""]
    bounds = rows.geometry.bounds.groupby(rows["folded"]).agg(
        {"minx": "min", "miny": "min", "maxx": "max", "maxy": "max"}
    )
    wide = np.hypot(bounds["maxx"] - bounds["minx"], bounds["maxy"] - bounds["miny"])
    single = rows[rows["folded"].map(wide) <= SPREAD_M]
    points = single.geometry.representative_point()
    ordered = single.assign(x=points.x, y=points.y).sort_values(
        ["folded", "fame_m", "name", "x", "y"]
    )
    return ordered.drop_duplicates("folded")[["name", "fame_m", "geometry"]].reset_index(drop=True)


def nearest_landmarks(areas: gpd.GeoDataFrame, landmarks: gpd.GeoDataFrame) -> list[list[Near]]:
    """For each area the landmarks nearest to it, best first.

    The cost of a landmark is its distance from the area (0 inside), plus half its distance from
    the area's centre, plus what its kind lacks in fame, plus 500 m where it stands in another
    authority (over the river, often); ties go by name.
    """
    if landmarks.empty:
        return [[] for _ in range(len(areas))]
    shapes = landmarks.geometry.to_numpy()
    names = landmarks["name"].to_numpy().astype(str)
    fame = landmarks["fame_m"].to_numpy(dtype=float)
    found = area_at(areas, landmarks.geometry.representative_point().to_numpy())
    own, known = pd.factorize(areas["authority_id"])
    homes = known.get_indexer(areas.set_index("area_id")["authority_id"].reindex(found))
    return [
        _ranked(area, shapes, names=names, extra_m=fame + np.where(homes == home, 0, ABROAD_M))
        for area, home in zip(areas.geometry, own, strict=True)
    ]


def _ranked(
    area: shapely.Geometry,
    shapes: NDArray[np.object_],
    *,
    names: NDArray[np.str_],
    extra_m: NDArray[np.float64],
) -> list[Near]:
    centre = area.centroid
    from_centre = shapely.distance(shapes, centre)
    # Distances from an outline are dear: only for those that can be in question.
    first = np.round(from_centre + extra_m, 3)
    last = min(SHORT_LIST, len(first)) - 1
    close = np.flatnonzero(first <= np.partition(first, last)[last])
    rough = close[np.lexsort((names[close], first[close]))][:SHORT_LIST]
    shapes, names = shapes[rough], names[rough]
    away = shapely.distance(shapes, area) + from_centre[rough] / 2
    cost = np.round(away + extra_m[rough], 3)
    order = np.lexsort((names, cost))[:CHOICES]
    return [
        Near(float(cost[one]), str(names[one]), side_of(centre, shapes[one].representative_point()))
        for one in order
    ]


def side_of(point: shapely.Point, other: shapely.Point) -> str:
    """On which side of the other the point lies, as one of eight words."""
    angle = np.degrees(np.arctan2(point.y - other.y, point.x - other.x)) % 360
    return COMPASS[int((angle + 22.5) // 45) % 8]


def spread_in(unit: Sequence[shapely.Point], point: shapely.Point) -> str:
    """On which side of a unit's areas the point lies: a compass word, *centre*, or *part*."""
    if len(unit) == 1:
        return "part"
    xs, ys = np.array([one.x for one in unit]), np.array([one.y for one in unit])
    middle = shapely.Point(xs.mean(), ys.mean())
    away = np.hypot(xs - middle.x, ys - middle.y).mean()
    return "centre" if point.distance(middle) < away / 3 else side_of(point, middle)


def _clean(name: object, category: str) -> str:
    """The name as a resident would read it, or an empty text where it is no name."""
    if not isinstance(name, str):
        return ""
    plain = " ".join(SIGNS.sub(" ", ASIDE.sub(" ", name)).split())
    plain = plain.title().replace("'S ", "'s ") if plain.isupper() else plain
    letters = sum(sign.isalpha() for sign in plain)
    reads = SHORTEST <= len(plain) <= LONGEST and letters >= len(plain) / 2
    first, *others = plain.split() or [""]
    proper = any(word[0].isupper() for word in others) or (
        not others and first.casefold() != category.replace("_", " ")
    )
    telling = bool(tokens_of(plain, generic=COMMON))
    return plain if reads and proper and telling else ""
