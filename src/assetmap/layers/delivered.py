"""The public assets that schemes deliver, as assets of their own with one entrance each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import Point

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.frames import table_of
from assetmap.frames.prepared import ASSETS, ENTRANCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

NUMBER = r"[+-]?\d{1,3}(?:\.\d+)?"
PART = re.compile(
    rf"(?P<category>[a-z_]+)(?:\s+within|\s+at\s+(?P<x>{NUMBER})\s*/\s*(?P<y>{NUMBER}))?"
)
FARTHEST_M = 5000.0
"""Nothing that a scheme delivers stands farther from it; what seems to has its degrees swapped."""
SAME_PLACE_M = 50.0


def make_delivered(
    schemes: gpd.GeoDataFrame,
    *,
    themes: Mapping[str, tuple[str, str]],
    to_crs: Callable[[float, float], tuple[float, float]],
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """ASSETS and ENTRANCES of what the schemes say they deliver.

    ``delivers`` lists categories, ``;`` between, each with or without a place: ``library at
    -1.52/53.10`` (degrees), ``park within`` or ``park``. Without a place the asset stands at a
    point inside the scheme; green space has the scheme's own size, or none that is known where
    the scheme is a point. ``to_id`` is the scheme's id, ``:`` and a number.

    Parameters
    ----------
    schemes
        SCHEMES in a projected CRS.
    themes
        Category to its theme and plain name.
    to_crs
        Degrees (lon, lat) to the CRS of the schemes.

    Raises
    ------
    StudyError
        With every part that cannot be understood, names an unknown category, or stands more than
        5 km from its scheme.
    """
    faults: list[Fault] = []
    rows = [row for scheme in schemes.to_dict("records") for row in
            _parts(scheme, themes, to_crs, faults)]  # fmt: skip
    if faults:
        raise StudyError(faults)
    table = pd.DataFrame(rows, columns=[*ASSETS.names])
    assets = gpd.GeoDataFrame(
        table_of(ASSETS, {name: table[name] for name in ASSETS.names}, crs=schemes.crs)
    )
    entrances = table_of(
        ENTRANCES,
        {
            "to_id": assets["to_id"],
            "entrance": [1] * len(assets),
            "basis": ["point"] * len(assets),
            "geometry": assets.geometry,
        },
        crs=schemes.crs,
    )
    return assets, gpd.GeoDataFrame(entrances)


def delivered_already(
    assets: gpd.GeoDataFrame, delivered: gpd.GeoDataFrame, *, within_m: float = SAME_PLACE_M
) -> list[str]:
    """The ``to_id`` of assets that are what open schemes delivered: there today, not before.

    An asset is one if it is of the same category as something delivered and at most ``within_m``
    from it, the equal case included.

    Parameters
    ----------
    assets
        ASSETS of today.
    delivered
        ASSETS of :func:`make_delivered`, of the open schemes, in the same CRS.
    within_m
        How far two points of one place may lie apart.
    """
    found: set[str] = set()
    for category, rows in delivered.groupby("category", sort=True):
        alike = assets[assets["category"] == category]
        _, near = alike.sindex.query(rows.geometry, predicate="dwithin", distance=within_m)
        found |= set(alike["to_id"].iloc[np.unique(near)])
    return sorted(found)


def _parts(
    scheme: Mapping[Any, Any],
    themes: Mapping[str, tuple[str, str]],
    to_crs: Callable[[float, float], tuple[float, float]],
    faults: list[Fault],
) -> Iterator[dict[str, Any]]:
    said = scheme["delivers"]
    listed = [part.strip() for part in said.split(";")] if isinstance(said, str) else []
    for number, part in enumerate(filter(None, listed), start=1):
        found = PART.fullmatch(part)
        where = f"scheme '{scheme['scheme_id']}' delivers '{part}'"
        if found is None or found["category"] not in themes:
            faults.append(Fault(what=f"{where}: not understood", attempt=_attempt(part, themes)))
            continue
        place = scheme["geometry"].representative_point()
        if found["x"] is not None:
            place = Point(*to_crs(float(found["x"]), float(found["y"])))
        if not scheme["geometry"].distance(place) <= FARTHEST_M:
            what = f"{where}: more than {FARTHEST_M:,.0f} m from the scheme"
            faults.append(Fault(what=what, attempt="degrees, longitude before latitude"))
            continue
        yield _asset(scheme, found["category"], themes, place) | {
            "to_id": f"{scheme['scheme_id']}:{number}"
        }


def _attempt(part: str, themes: Mapping[str, tuple[str, str]]) -> str:
    word = part.split(maxsplit=1)[0]
    if word in themes:
        return f"'{word}', or '{word} at lon/lat' in degrees"
    return nearest_name(word, themes) or "a category, or 'category at lon/lat'"


def _asset(
    scheme: Mapping[Any, Any], category: str, themes: Mapping[str, tuple[str, str]], place: Point
) -> dict[str, Any]:
    theme, label = themes[category]
    ground = scheme["geometry"].area if theme == "green" else 0.0
    return {
        "name": f"{label}, delivered by {scheme['name']}",
        "category": category,
        "theme": theme,
        "supply": 1.0,
        "size_m2": ground if ground > 0 else None,
        "wheelchair": "unknown",
        "visibility": "public",
        "precision_m": 0.0,
        "sources": str(scheme["scheme_id"]),
        "role": "study",
        "geometry": place,
    }
