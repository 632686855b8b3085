"""What is measured where: a standard counts in an area only where loaded sources cover it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from assetmap.frames import hold
from assetmap.frames.prepared import COVERAGE
from assetmap.layers.around import People
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from assetmap.layers.grounds import Ground

COVERED_SHARE = 0.99
NO_STREETS = "the streets that are loaded do not reach this area"


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
        True by ``area_id`` where the streets reach, as in
        :func:`assetmap.layers.reach.make_street_reach`; None where no streets are used. Where
        they do not reach, nothing is measured.
    """
    people = _people(areas, origins, land)
    reached = people if street_cover is None else set(street_cover.index[street_cover])
    rows = []
    for standard in standards.to_dict("records"):
        covered = _ground_of(standard["categories"].split(";"), grounds)
        named = (standard["standard_id"], standard["theme"])
        rows += [
            (area, *named, _reason(one, standard, covered) if area in reached else NO_STREETS)
            for area, one in people.items()
        ]
    table = pd.DataFrame(rows, columns=["area_id", "standard_id", "theme", "reason"], dtype=object)
    held = hold(table.assign(measured=table["reason"].isna()), COVERAGE)
    return Told(held, tuple(_cautions(held, areas)))


def _people(
    areas: gpd.GeoDataFrame, origins: gpd.GeoDataFrame, land: BaseGeometry | None
) -> dict[str, People]:
    codes, named = pd.factorize(origins["area_id"], sort=True)
    order = np.argsort(codes, kind="stable")
    points = np.asarray(origins.geometry.array)[order]
    homes = dict(zip(named, shapely.multipoints(points, indices=codes[order]), strict=True))
    nowhere = shapely.MultiPoint()
    ids = areas["area_id"].tolist()
    return {
        area_id: People(shape, homes.get(area_id, nowhere), land)
        for area_id, shape in zip(ids, areas.geometry, strict=True)
    }


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
    people: People, standard: Mapping[Hashable, Any], covered: tuple[int, BaseGeometry | None]
) -> str | None:
    """Why the standard is not measured in this area; None where it is."""
    sources, ground = covered
    label, reach_m = standard["label"], float(standard["threshold_m"])
    if sources == 0:
        return f"no source for {label} is loaded"
    if ground is None:
        return None
    if not _covers(ground, people.ground):
        return f"no loaded source for {label} covers this area"
    within_hull = ground.contains(people.hull.buffer(reach_m))
    if not within_hull and not _covers(ground, people.around(reach_m)):
        return (
            f"no loaded source for {label} covers all the ground within {reach_m:,.0f} m of the "
            "people here"
        )
    return None


def _covers(ground: BaseGeometry, matters: BaseGeometry) -> bool:
    """Whether 99 % of what matters lies in the ground."""
    if matters.area <= 0 or ground.contains(matters):
        return True
    return bool(matters.intersection(ground).area >= COVERED_SHARE * matters.area)


def _cautions(coverage: pd.DataFrame, areas: gpd.GeoDataFrame) -> Iterable[Caution]:
    """One caution a standard: in how many of the study's areas it is not measured."""
    ours = areas.loc[areas["role"] == "study", ["area_id", "people"]]
    missed = coverage[~coverage["measured"]].merge(
        ours, how="inner", on="area_id", validate="many_to_one"
    )
    for standard_id, rows in missed.groupby("standard_id", sort=True):
        reasons = sorted(f"{text[:1].upper()}{text[1:]}." for text in rows["reason"].unique())
        text = f"Not measured in {len(rows)} of {len(ours)} areas. {' '.join(reasons)}"
        yield Caution(
            code="not_measured",
            about=str(standard_id),
            text=text,
            count=len(rows),
            people=round(float(rows["people"].sum()), 3),
        )
