"""The public assets that schemes deliver, as assets of their own with one entrance each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import Point

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.frames import table_of
from assetmap.frames.prepared import ASSETS, ENTRANCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PART = re.compile(r"\s*(?P<category>[a-z_]+)(?:\s+at\s+(?P<x>-?[\d.]+)\s*/\s*(?P<y>-?[\d.]+))?\s*")


def make_delivered(
    schemes: gpd.GeoDataFrame,
    *,
    themes: Mapping[str, tuple[str, str]],
    to_crs: Callable[[float, float], tuple[float, float]],
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """ASSETS and ENTRANCES of what the schemes say they deliver.

    ``delivers`` lists categories, ``;`` between, each with or without a place: ``library at
    -1.52/53.10`` (degrees) or ``park``. Without a place the asset stands at a point inside the
    scheme; a park has the scheme's own size. ``to_id`` is the scheme's id, ``:`` and a number.

    Parameters
    ----------
    themes
        Category to its theme and plain name.
    to_crs
        Degrees (lon, lat) to the CRS of the schemes.

    Raises
    ------
    StudyError
        With every part that cannot be understood, or names an unknown category.
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


def _parts(
    scheme: Mapping[Any, Any],
    themes: Mapping[str, tuple[str, str]],
    to_crs: Callable[[float, float], tuple[float, float]],
    faults: list[Fault],
) -> Iterator[dict[str, Any]]:
    said = scheme["delivers"]
    for number, part in enumerate(str(said).split(";") if isinstance(said, str) else (), start=1):
        found = PART.fullmatch(part)
        if found is None or found["category"] not in themes:
            hint = nearest_name(part.split(" at ")[0].strip(), themes)
            attempt = hint or "a category, or 'category at lon/lat'"
            what = f"scheme '{scheme['scheme_id']}' delivers '{part.strip()}'"
            faults.append(Fault(what=f"{what}: not understood", attempt=attempt))
            continue
        place = scheme["geometry"].representative_point()
        if found["x"] is not None:
            place = Point(*to_crs(float(found["x"]), float(found["y"])))
        theme, label = themes[found["category"]]
        yield {
            "to_id": f"{scheme['scheme_id']}:{number}",
            "name": f"{label}, delivered by {scheme['name']}",
            "category": found["category"],
            "theme": theme,
            "supply": 1.0,
            "size_m2": scheme["geometry"].area if theme == "green" else None,
            "wheelchair": "unknown",
            "visibility": "public",
            "precision_m": 0.0,
            "sources": str(scheme["scheme_id"]),
            "role": "study",
            "geometry": place,
        }
