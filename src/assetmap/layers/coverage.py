"""What is measured where: a standard counts in an area only where loaded sources cover it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
import shapely

from assetmap.frames import hold
from assetmap.frames.prepared import COVERAGE
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from assetmap.layers.grounds import Ground

COVERED_SHARE = 0.99
NO_STREETS = "the streets that are loaded do not reach this area"


class People(NamedTuple):
    """An area, its shape and the points where its people live."""

    area_id: str
    shape: BaseGeometry
    points: BaseGeometry


def make_coverage(
    areas: gpd.GeoDataFrame,
    origins: gpd.GeoDataFrame,
    grounds: Mapping[str, Ground],
    standards: pd.DataFrame,
    *,
    land: BaseGeometry | None = None,
    street_cover: pd.Series | None = None,
) -> Told[pd.DataFrame]:
    """The COVERAGE of every area by every standard.

    A standard is measured in an area where at least 99 % of the ground that matters (the area,
    and all within the standard's distance of its people) lies in the union of the grounds of the
    sources that provide any of the standard's categories. ``land`` limits what matters: sea, or
    another nation, outside of it is not missed. Adding a source that provides none of the
    categories, or a standard, changes no other row.

    Parameters
    ----------
    areas, origins, standards
        AREAS, ORIGINS, STANDARDS.
    grounds
        Ground of each source, from :func:`assetmap.layers.grounds.make_grounds`.
    land
        All ground where assets could be; None where every metre matters.
    street_cover
        True by ``area_id`` where the streets reach (:func:`make_street_cover`); None where no
        streets are used. Where they do not reach, nothing is measured.
    """
    people = _people(areas, origins)
    rows: list[pd.DataFrame] = []
    for standard in standards.to_dict("records"):
        covered = _ground_of(standard["categories"].split(";"), grounds)
        reasons = [_reason(one, standard, covered, land) for one in people]
        rows.append(
            pd.DataFrame(
                {
                    "area_id": [one.area_id for one in people],
                    "standard_id": standard["standard_id"],
                    "theme": standard["theme"],
                    "reason": reasons,
                }
            )
        )
    empty = pd.DataFrame(columns=["area_id", "standard_id", "theme", "reason"])
    table = pd.concat(rows or [empty], ignore_index=True)
    if street_cover is not None:
        beyond = ~table["area_id"].map(street_cover).fillna(value=False).astype(bool)
        table["reason"] = table["reason"].mask(beyond, NO_STREETS)
    held = hold(table.assign(measured=table["reason"].isna()), COVERAGE)
    return Told(held, tuple(_cautions(held, areas)))


def make_street_cover(
    areas: gpd.GeoDataFrame,
    streets_ground: BaseGeometry,
    *,
    origins: gpd.GeoDataFrame | None = None,
) -> pd.Series:
    """True by ``area_id`` where the area's centre lies on the ground that the streets cover.

    The centre is that of the people in ORIGINS, weighted, where they are given and there are
    any; else that of the area's shape.
    """
    shapes = areas.set_index("area_id").geometry.centroid
    x, y = shapes.x, shapes.y
    if origins is not None:
        homes = pd.DataFrame(
            {
                "area_id": origins["area_id"],
                "people": origins["people"],
                "x": origins["people"] * origins.geometry.x,
                "y": origins["people"] * origins.geometry.y,
            }
        )
        sums = homes.groupby("area_id", sort=True).sum().query("people > 0")
        x = (sums["x"] / sums["people"]).reindex(shapes.index).fillna(x)
        y = (sums["y"] / sums["people"]).reindex(shapes.index).fillna(y)
    inside = shapely.intersects_xy(streets_ground, x.to_numpy(), y.to_numpy())
    return pd.Series(inside, index=pd.Index(areas["area_id"], name="area_id"))


def _people(areas: gpd.GeoDataFrame, origins: gpd.GeoDataFrame) -> list[People]:
    homes = {
        str(area_id): shapely.MultiPoint(rows.geometry.tolist())
        for area_id, rows in origins.groupby("area_id", sort=True)
    }
    nowhere = shapely.MultiPoint()
    ids = areas["area_id"].tolist()
    return [
        People(area_id, shape, homes.get(area_id, nowhere))
        for area_id, shape in zip(ids, areas.geometry, strict=True)
    ]


def _ground_of(
    categories: Iterable[str], grounds: Mapping[str, Ground]
) -> tuple[int, BaseGeometry | None]:
    """How many sources provide these categories, and their ground together; None = everywhere."""
    wanted = {category.strip() for category in categories}
    given = [ground for _, ground in sorted(grounds.items()) if ground.categories & wanted]
    if any(ground.shape is None for ground in given):
        return len(given), None
    whole = shapely.union_all([ground.shape for ground in given])
    shapely.prepare(whole)
    return len(given), whole


def _reason(
    people: People,
    standard: Mapping[Hashable, Any],
    covered: tuple[int, BaseGeometry | None],
    land: BaseGeometry | None,
) -> str | None:
    """Why the standard is not measured in this area; None where it is."""
    sources, ground = covered
    label = standard["label"]
    if sources == 0:
        return f"no source for {label} is loaded"
    if ground is None:
        return None
    if not _covers(ground, people.shape, land):
        return f"no loaded source for {label} covers this area"
    reach_m = float(standard["threshold_m"])
    if not _covers_around(ground, people, reach_m, land):
        return (
            f"no loaded source for {label} covers all the ground within {reach_m:,.0f} m of the "
            "people here"
        )
    return None


def _covers_around(
    ground: BaseGeometry, people: People, reach_m: float, land: BaseGeometry | None
) -> bool:
    """Whether the ground within reach of these people is covered; the hull is tried first."""
    hull = people.points.convex_hull.buffer(reach_m)
    if ground.contains(hull):
        return True
    return _covers(ground, people.points.buffer(reach_m, quad_segs=8), land)


def _covers(ground: BaseGeometry, wanted: BaseGeometry, land: BaseGeometry | None) -> bool:
    """Whether 99 % of the wanted ground, as far as it is land, lies in the ground."""
    if ground.contains(wanted):
        return True
    matters = wanted if land is None else wanted.intersection(land)
    if matters.area <= 0:
        return True
    return bool(matters.intersection(ground).area >= COVERED_SHARE * matters.area)


def _cautions(coverage: pd.DataFrame, areas: gpd.GeoDataFrame) -> Iterable[Caution]:
    """One caution a standard: in how many of the study's areas it is not measured."""
    ours = areas.loc[areas["role"] == "study", ["area_id", "people"]]
    missed = coverage[~coverage["measured"]].merge(
        ours, how="inner", on="area_id", validate="many_to_one"
    )
    for standard_id, rows in missed.groupby("standard_id", sort=True):
        text = (
            f"Not measured in {len(rows)} of {len(ours)} areas: "
            f"{'; '.join(sorted(rows['reason'].unique()))}."
        )
        yield Caution(
            code="not_measured",
            about=str(standard_id),
            text=text,
            count=len(rows),
            people=round(float(rows["people"].sum()), 3),
        )
