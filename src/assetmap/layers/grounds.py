"""The ground that each source covers, as polygons in the study's CRS."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import geopandas as gpd
import shapely

from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from shapely.geometry.base import BaseGeometry

BOX_STEP_DEGREES = 0.01


class Cover(Protocol):
    """What a source says of its ground: everywhere, these authorities, or a box in degrees."""

    @property
    def everywhere(self) -> bool:
        """The whole study and all around it."""
        ...

    @property
    def authorities(self) -> tuple[str, ...]:
        """Codes of the authorities whose ground it covers."""
        ...

    @property
    def bbox(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north in degrees."""
        ...


class Ground(NamedTuple):
    """What a source covers: which categories, and where. ``shape`` None means everywhere."""

    categories: frozenset[str]
    shape: BaseGeometry | None


def make_grounds(
    covers: Mapping[str, Cover | None],
    provides: Mapping[str, Collection[str]],
    areas: gpd.GeoDataFrame,
) -> Told[dict[str, Ground]]:
    """The ground of each source, by source id, in the CRS of AREAS.

    An authority's ground is that of the areas which belong to it, as far as they are loaded; one
    of which no area is loaded adds nothing, and a caution says so. A box is drawn in degrees and
    follows its curved sides to a hundredth of a degree. A source that does not say what it
    covers covers nothing: silence is never good news.

    Parameters
    ----------
    covers
        What each source says of its ground, by source id.
    provides
        The categories each source is asked for, found or not, by source id.
    areas
        AREAS, with the edge.
    """
    owned = areas[areas["authority_id"] != ""]
    loaded = {
        str(authority): shapely.union_all(rows.geometry.to_numpy())
        for authority, rows in owned.groupby("authority_id", sort=True)
    }
    grounds = {
        source: Ground(frozenset(provides.get(source, ())), _shape(cover, loaded, areas))
        for source, cover in sorted(covers.items())
    }
    cautions = [
        caution
        for source, cover in sorted(covers.items())
        for caution in _cautions(source, cover, loaded)
    ]
    return Told(grounds, tuple(cautions))


def make_box(bbox: tuple[float, float, float, float], *, crs: str) -> BaseGeometry:
    """A box of west, south, east, north in degrees (EPSG:4326), as a polygon in ``crs``."""
    box = shapely.segmentize(shapely.box(*bbox), BOX_STEP_DEGREES)
    drawn: BaseGeometry = gpd.GeoSeries([box], crs="EPSG:4326").to_crs(crs).iloc[0]
    return drawn


def _shape(
    cover: Cover | None, loaded: Mapping[str, BaseGeometry], areas: gpd.GeoDataFrame
) -> BaseGeometry | None:
    if cover is None:
        return shapely.Polygon()
    if cover.everywhere:
        return None
    parts = [loaded[authority] for authority in sorted(cover.authorities) if authority in loaded]
    if cover.bbox is not None:
        parts.append(make_box(cover.bbox, crs=areas.crs.to_string()))
    return shapely.union_all(parts)


def _cautions(
    source: str, cover: Cover | None, loaded: Mapping[str, BaseGeometry]
) -> list[Caution]:
    if cover is None:
        text = "This source does not say what ground it covers; nothing is measured by it."
        return [Caution(code="ground_unsaid", about=source, text=text)]
    absent = sorted(set(cover.authorities) - set(loaded))
    if cover.everywhere or not absent:
        return []
    text = (
        f"This source covers {len(absent)} authorities whose boundaries are not loaded "
        f"({', '.join(absent)}); their ground is not counted."
    )
    return [Caution(code="ground_not_loaded", about=source, text=text, count=len(absent))]
