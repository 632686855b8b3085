"""Schemes and candidate sites as GeoJSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from example_town.plan import XY, Plan, Row

KEEP = ("name", "kind", "stage")


def make_schemes(plan: Plan, rows: list[Row]) -> dict[str, Any]:
    """A feature collection in degrees, outlines counter-clockwise (RFC 7946)."""
    return {"type": "FeatureCollection", "features": [_feature(plan, row) for row in rows]}


def _feature(plan: Plan, row: Row) -> dict[str, Any]:
    ring = [list(_short(plan, xy)) for xy in row["shape"]]
    given = {
        "scheme_id": row["id"],
        **{key: row[key] for key in KEEP},
        "opens": row.get("opens"),
        "delivers": "; ".join(_delivered(plan, *one) for one in row["delivers"]),
        "removes": row["removes"] or None,
        "homes": row["homes"],
    }
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"type": "Feature", "properties": given, "geometry": shape}


def _delivered(plan: Plan, category: str, xy: XY) -> str:
    lon, lat = _short(plan, xy)
    return f"{category} at {lon:.6f}/{lat:.6f}"


def _short(plan: Plan, xy: XY) -> XY:
    lon, lat = plan.degrees(xy)
    return round(lon, 6), round(lat, 6)
