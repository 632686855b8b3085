"""The files that may leave the building: the planner's tables in public words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assetmap.frames import Column
from assetmap.publish.licences import split_by_licence
from assetmap.publish.listing import NEAR_EDGE_M, near_assets
from assetmap.publish.plain import each_once
from assetmap.publish.rounding import whole
from assetmap.publish.style import LEVEL_CODE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assetmap.publish.edition import Edition
    from assetmap.publish.sheets import Sheet
    from assetmap.publish.words import Words

OFFICERS = frozenset({"level", "reasons", "caps"})
"""Columns in officers' words; ``result`` and ``result_code`` say it in public ones."""

RENAMED = {
    "decile": Column(
        "deprivation_tenth", "int",
        "Published tenth of the whole index: 1 = most deprived tenth of the nation's small areas",
        low=1, high=10, nullable=True,
    ),
}  # fmt: skip
OPEN_FILES = (
    ("tables/areas.csv", "areas"), ("tables/access.csv", "access"),
    ("tables/assets.csv", "assets"), ("tables/findings.csv", "findings"),
    ("tables/unplaced.csv", "unplaced"), ("tables.xlsx", "workbook"),
    ("assetmap.gpkg", "geopackage"), ("map/areas.geojson", "geojson"),
    ("open_referral.json", "referral"), ("datapackage.json", "package"),
    ("lineage.json", "lineage"),
)  # fmt: skip
"""Each file beside the pages, with the key of the public words that say what it holds."""

TAKING_PART = "participants"
"""Unit of counts of people who took part in something."""
FEWEST, ROUNDED_TO = 8, 5

APART = "openstreetmap"
"""Folder of what must stay under the Open Database License."""
APART_FILES = ((f"{APART}/assets.csv", "apart"), (f"{APART}/LICENCE.txt", "apart_licence"))

WHY = Column("why", "text", "Why it has this result, in plain words", nullable=True)

PRIVATE = frozenset({"publish"})
"""Settings that hold words of officers beside those of the public."""


def open_parts(edition: Edition) -> tuple[Edition, Edition]:
    """What is published, by licence: assets in the study or just outside, as on the pages.

    The others were counted and are published by whom they come from; working files hold them.
    """
    return split_by_licence(replace(edition, assets=near_assets(edition)))


def open_files(edition: Edition) -> tuple[tuple[str, str], ...]:
    """The files beside the pages of an edition, those of OpenStreetMap where there are any."""
    _, shared = open_parts(edition)
    return (*OPEN_FILES, *(APART_FILES if len(shared.assets) else ()))


def open_sheet(sheet: Sheet, words: Words, *, why: Mapping[str, str]) -> Sheet:
    """A sheet without officers' columns, its texts in public words.

    ``areas`` has ``why`` in place of the officers' reasons: what the page says of each.
    """
    if sheet.name == "areas":
        sheet = _reasoned(sheet, why)
    if sheet.name == "assets":
        says = words.say("file.near", what=sheet.says, m=whole(NEAR_EDGE_M))
        sheet = replace(sheet, says=says)
    kept = tuple(column for column in sheet.columns if column.name not in OFFICERS)
    table = sheet.table[[column.name for column in kept]]
    texts = {
        column.name: each_once(table[column.name], words.public, empty=None)
        for column in kept
        if column.kind == "text" and len(table)
    }
    texts |= {
        column.name: few_hidden(table[column.name]) for column in kept if column.unit == TAKING_PART
    }
    columns = tuple(_open_column(column, words) for column in kept)
    names = {old.name: new.name for old, new in zip(kept, columns, strict=True)}
    table = table.assign(**texts).rename(columns=names)
    return replace(sheet, says=words.public(sheet.says), table=table, columns=columns)


def _open_column(column: Column, words: Words) -> Column:
    """A column as everybody reads it: a result goes by its number, never by officers' words."""
    column = RENAMED.get(column.name, column)
    name = column.name
    for level, code in LEVEL_CODE.items():
        name = name.replace(level, f"result_{code}")
    choices = tuple(words.public(choice) for choice in column.choices)
    return replace(column, name=name, says=words.public(column.says), choices=choices)


def few_hidden(counts: pd.Series) -> pd.Series:
    """Counts of people who took part: under eight not told, the others to the nearest five.

    A threshold of five with rounding can be undone, hence eight.
    """
    told = counts.astype("Float64")
    rounded = ((told / ROUNDED_TO).round() * ROUNDED_TO).astype("Int64")
    return rounded.mask(told < FEWEST)


def _reasoned(sheet: Sheet, why: Mapping[str, str]) -> Sheet:
    columns = tuple(WHY if column.name == "reasons" else column for column in sheet.columns)
    table = sheet.table.assign(why=sheet.table["area_id"].map(why))
    return replace(sheet, table=table, columns=columns)


def open_lineage(lineage: Mapping[str, object]) -> dict[str, object]:
    """The lineage as everybody may read it: names and hashes of files, never officers' words."""
    settings = lineage.get("settings")
    told = dict(lineage)
    if isinstance(settings, dict):
        told["settings"] = {key: it for key, it in settings.items() if key not in PRIVATE}
    return told
