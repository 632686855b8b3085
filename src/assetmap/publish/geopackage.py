"""Areas, assets and schemes for mapping software, in the study's own projected CRS."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import geopandas as gpd

from assetmap.frames.given import SCHEMES
from assetmap.frames.prepared import ASSETS
from assetmap.publish.atomic import whole_file
from assetmap.publish.plain import plain
from assetmap.publish.sheets import Sheet, areas_sheet, cleaned

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from assetmap.publish.edition import Edition
    from assetmap.publish.words import Words


def write_geopackage(
    edition: Edition, path: Path, *, words: Words, seen: Callable[[Sheet], Sheet]
) -> None:
    """The layers ``areas``, ``assets`` and ``schemes`` as one GeoPackage.

    Only the study's own areas and public assets; each layer as ``seen`` shows it. The time stamp
    inside is the study's day, so that the same edition gives the same bytes.
    """
    layers = {
        "areas": _areas(edition, seen(areas_sheet(edition, words))),
        "assets": _layer(Sheet("assets", "", edition.public_assets, ASSETS.columns), seen),
        "schemes": _layer(
            Sheet("schemes", "", edition.schemes.sort_values("scheme_id"), SCHEMES.columns), seen
        ),
    }
    with whole_file(path) as draft:
        for number, (name, layer) in enumerate(layers.items()):
            mode = "a" if number else "w"
            layer.to_file(draft, driver="GPKG", layer=name, mode=mode, engine="pyogrio")
        _stamp(draft, edition.facts.as_of, says=_says(edition, words))


def _areas(edition: Edition, sheet: Sheet) -> gpd.GeoDataFrame:
    shapes = edition.own.set_index("area_id").geometry
    table = cleaned(sheet)
    found = shapes.reindex(sheet.table["area_id"]).to_numpy()
    return gpd.GeoDataFrame(table, geometry=found, crs=edition.areas.crs)


def _layer(sheet: Sheet, seen: Callable[[Sheet], Sheet]) -> gpd.GeoDataFrame:
    source = gpd.GeoDataFrame(sheet.table)
    columns = tuple(c for c in sheet.columns if c.name not in {"geometry", "visibility"})
    table = cleaned(seen(Sheet(sheet.name, sheet.says, sheet.table, columns)))
    return gpd.GeoDataFrame(table, geometry=source.geometry.to_numpy(), crs=source.crs)


def _says(edition: Edition, words: Words) -> str:
    """What every layer says of itself: its title, and that it is invented or an estimate."""
    facts = edition.facts
    lines = [plain(facts.title)]
    lines += [words.say("banner.invented")] if facts.invented else []
    lines += [words.say("banner.estimate", detour=f"{facts.detour:g}")] if facts.straight else []
    return " ".join(lines)


def _stamp(path: Path, day: dt.date, *, says: str) -> None:
    """One fixed time for every layer, and pages without what the change left behind."""
    with closing(sqlite3.connect(path)) as book, book:
        stamp = f"{day.isoformat()}T00:00:00.000Z"
        book.execute("UPDATE gpkg_contents SET last_change = ?, description = ?", (stamp, says))
    with closing(sqlite3.connect(path, isolation_level=None)) as book:
        book.execute("VACUUM")
