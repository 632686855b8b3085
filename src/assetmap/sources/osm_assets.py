"""Assets of OpenStreetMap, by the tag tables of ``_data/osm_tags.toml``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from assetmap.errors import Fault, ReadError, nearest_name
from assetmap.provenance import Caution, Told
from assetmap.sources.categories import read_categories
from assetmap.sources.columns import where_of
from assetmap.sources.osm_gates import gates_of
from assetmap.sources.osm_objects import Objects, read_objects
from assetmap.sources.osm_tags import (
    TagRule,
    TagTable,
    Wanted,
    is_excluded,
    is_gate,
    left_out_as,
    read_tag_table,
    rules_that_fit,
)
from assetmap.sources.protected import is_protected_osm
from assetmap.sources.raw_assets import Gathered, hand_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assetmap.sources.read import AssetsRead, Job

WHEELCHAIR = {"yes": "yes", "designated": "yes", "limited": "limited", "no": "no"}
NO_ASSET = TagRule(
    category="", tags=Wanted(()), unless=Wanted(()), needs=Wanted(()), words=(), shape="point",
    inside=None, not_inside=None,
)  # fmt: skip
"""Stands for the rule of a place that is hidden and would not have been an asset anyway."""
ADDRESS = ("addr:housename", "addr:housenumber", "addr:street", "addr:city")


def read_osm_assets(job: Job) -> Told[AssetsRead]:
    """Assets of ``.osm.pbf`` and ``.osm`` files: points, and polygons for green space.

    The first rule of the tag table that an object meets makes its category. A closed way or
    multipolygon becomes its representative point, green space and play areas keep their polygon
    and its size. What is private, disused, or tagged as a place that must not be mapped is left
    out; the last is counted, and so is what the tables know but cannot use: schools whose stage
    is not told, clinics that may be no general practice, gardens and pools not said to be public.
    Entrances are gates and entrances on the boundary of green space that walkers may use.
    ``spec.where = {category = [...]}`` keeps only some categories. An object that is in several
    files of the source is read once.

    Raises
    ------
    ReadError
        Where a file is damaged, cut short or not OpenStreetMap data, ``spec.where`` names
        something else than known categories, or nothing at all is an asset.

    References
    ----------
    OpenStreetMap Wiki, "Map features"; STANDARDS 7.1.
    """
    wanted = _wanted(job)
    table = read_tag_table()
    grounds = {key for wanted in table.grounds.values() for key, _ in wanted.keys}
    objects = read_objects(
        job, node_keys=table.keys, area_keys=sorted({*table.area_keys, *grounds})
    )
    chosen = _rules_met(objects, table)
    rows = _rows(objects, chosen)
    cautions = (*objects.cautions, *_said_of_left_out(job, objects, chosen, table))
    rows = rows[rows["category"].isin(wanted) | rows["is_protected"]]
    if rows.empty:
        attempt = "check that the file is of this place and holds more than streets"
        what = "no object in the file is an asset of a wanted category"
        raise ReadError(Fault(what=what, where=where_of(job), attempt=attempt))
    gates = [is_gate(tags, table) for tags in objects.tags]
    entrances = gates_of(rows, objects.shapes[np.asarray(gates, dtype=bool)], crs=job.crs)
    return hand_on(job, Gathered(rows, entrances, cautions))


def _wanted(job: Job) -> frozenset[str]:
    known = read_categories()
    faults = [
        Fault(
            what=f"where names column '{column}'",
            where=where_of(job),
            attempt="an osm source knows where = { category = [...] } only",
        )
        for column in job.spec.where
        if column != "category"
    ]
    asked = job.spec.where.get("category", tuple(known))
    faults += [
        Fault(
            what=f"category '{name}' is not known",
            where=where_of(job),
            attempt=nearest_name(name, known),
        )
        for name in asked
        if name not in known
    ]
    if faults:
        raise ReadError(faults)
    return frozenset(asked)


def _rules_met(objects: Objects, table: TagTable) -> list[TagRule | None]:
    """The rule that makes each object an asset, or None."""
    fitting = [rules_that_fit(tags, table) for tags in objects.tags]
    within = _grounds_around(objects, fitting, table)
    return [
        next((rule for rule in rules if _lies_right(rule, around)), None)
        for rules, around in zip(fitting, within, strict=True)
    ]


def _lies_right(rule: TagRule, around: frozenset[str]) -> bool:
    if rule.inside is not None and rule.inside not in around:
        return False
    return rule.not_inside is None or rule.not_inside not in around


def _grounds_around(
    objects: Objects, fitting: Sequence[tuple[TagRule, ...]], table: TagTable
) -> list[frozenset[str]]:
    """Which grounds (of schools, of sports centres) each object of interest lies in."""
    asking = np.array(
        [any(rule.inside or rule.not_inside for rule in rules) for rules in fitting], dtype=bool
    )
    around: list[set[str]] = [set() for _ in objects.ids]
    at = np.flatnonzero(asking)
    points = shapely.point_on_surface(objects.shapes[at])
    for name, wanted in table.grounds.items():
        held = np.array([wanted.all_hold(tags) for tags in objects.tags], dtype=bool)
        grounds = objects.shapes[held & (shapely.get_dimensions(objects.shapes) > 1)]
        inside, _ = shapely.STRtree(grounds).query(points, predicate="intersects")
        for one in at[inside]:
            around[int(one)].add(name)
    return [frozenset(names) for names in around]


def _rows(objects: Objects, chosen: Sequence[TagRule | None]) -> pd.DataFrame:
    hidden = [
        is_protected_osm(tags, category=rule.category if rule else None)
        for tags, rule in zip(objects.tags, chosen, strict=True)
    ]
    kept = [n for n, rule in enumerate(chosen) if rule is not None or hidden[n]]
    rules = [chosen[number] or NO_ASSET for number in kept]
    tags = [objects.tags[number] for number in kept]
    shapes = objects.shapes[kept]
    is_area = np.array([rule.shape == "area" for rule in rules], dtype=bool)
    flat = shapely.get_dimensions(shapes) > 1
    points = shapely.point_on_surface(shapes)
    geometry = np.where(is_area & flat, shapes, points) if kept else shapes
    return pd.DataFrame(
        {
            "source_row": [objects.ids[number] for number in kept],
            "name": _values(tags, ("name", "name:en")),
            "category": [rule.category for rule in rules],
            "size_m2": np.where(is_area & flat, shapely.area(shapes), np.nan),
            "postcode": _values(tags, ("addr:postcode",)),
            "uprn": _values(tags, ("ref:GB:uprn",)),
            "address": [_address(one) for one in tags],
            "opening_hours": _values(tags, ("opening_hours",)),
            "wheelchair": [WHEELCHAIR.get(one.get("wheelchair", ""), "unknown") for one in tags],
            "is_protected": [hidden[number] for number in kept],
            "geometry": pd.Series(list(geometry), dtype=object),
        }
    )


def _values(tags: Iterable[dict[str, str]], keys: Sequence[str]) -> list[str | None]:
    return [next((one[key] for key in keys if one.get(key)), None) for one in tags]


def _address(tags: dict[str, str]) -> str | None:
    return ", ".join(tags[key] for key in ADDRESS if tags.get(key)) or None


def _said_of_left_out(
    job: Job, objects: Objects, chosen: Sequence[TagRule | None], table: TagTable
) -> tuple[Caution, ...]:
    """Counts of what the tables know and cannot use, among what is open and may be mapped."""
    counts: Counter[str] = Counter()
    for tags, rule in zip(objects.tags, chosen, strict=True):
        if rule is None:
            row = left_out_as(tags, table)
            if row and not is_excluded(tags, table) and not is_protected_osm(tags):
                counts[row.code] += 1
    return tuple(
        Caution(
            code=row.code,
            about=job.spec.id,
            text=f"{row.says} were left out.",
            count=counts[row.code],
        )
        for row in table.left_out
        if counts[row.code]
    )
