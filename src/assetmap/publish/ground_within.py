"""Ground within a walk of a kind of place: its words, its people, and a shape light to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from assetmap.publish.plain import shown
from assetmap.publish.rounding import hundredths, people_read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from assetmap.publish.edition import Edition
    from assetmap.publish.words import Words

LIGHTER = ((10.0, 1e4), (15.0, 1e4), (20.0, 2e4), (20.0, 5e4), (30.0, 2e5), (30.0, 1e12))
"""Tolerance in metres, and the least gap between streets that is drawn (m²), ever coarser; in the
files every gap stays."""

MOST_POINTS = 2_500


@dataclass(frozen=True, kw_only=True)
class GroundRow:
    """One isochrone in words; ``key`` names its shape on the map."""

    key: str
    label: str
    people: str


def grounds(edition: Edition, words: Words) -> tuple[GroundRow, ...]:
    """Every isochrone of the study, with the people who can walk there in so long."""
    table = edition.ground_within
    if table is None:
        return ()
    labels = edition.labels
    way = "_straight" if edition.facts.straight else ""
    return tuple(
        GroundRow(
            key=f"w{number}",
            label=words.say(
                f"within.label{way}",
                minutes=f"{row['minutes']:g}",
                place=labels.get(str(row["standard_id"]), shown(row["standard_id"])),
                pace=words.say(f"within.{row['profile']}"),
            ),
            people=words.say(
                f"within.people{way}",
                people=people_read(float(row["people_within"])),
                n=hundredths(float(row["people_within"]) / max(float(row["people"]), 1.0)),
            ),
        )
        for number, row in enumerate(table.drop(columns="geometry").to_dict("records"))
    )


def light_ground(edition: Edition) -> gpd.GeoSeries:
    """The shapes in the order of :func:`grounds`, with few corners and without small gaps."""
    table = edition.ground_within
    shapes = [] if table is None else [_light(shape) for shape in table.geometry]
    return gpd.GeoSeries(shapes, crs=edition.areas.crs)


def _light(shape: BaseGeometry) -> BaseGeometry:
    """The first, finest way that makes it light enough; the coarsest where none does."""
    light = shape
    for tolerance_m, least_gap_m2 in LIGHTER:
        parts = [_filled(part, least_gap_m2) for part in shapely.get_parts(shape)]
        light = shapely.union_all(parts).simplify(tolerance_m)
        if shapely.get_num_coordinates(light) <= MOST_POINTS:
            break
    return light


def _filled(part: BaseGeometry, least_gap_m2: float) -> BaseGeometry:
    """A polygon without its smaller gaps."""
    gaps: Iterable[BaseGeometry] = shapely.polygons(shapely.get_rings(part)[1:])
    kept = [gap.exterior for gap in gaps if gap.area >= least_gap_m2]
    return shapely.Polygon(part.exterior, kept)
