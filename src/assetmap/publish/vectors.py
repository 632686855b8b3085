"""What is drawn on a map by other software: areas, assets and schemes with their columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import geopandas as gpd

from assetmap.frames.given import SCHEMES
from assetmap.frames.isochrones import GROUND_WITHIN
from assetmap.frames.prepared import ASSETS
from assetmap.publish.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assetmap.frames import Column
    from assetmap.publish.edition import Edition

UNDRAWN = {"geometry", "visibility"}
POINTS = ("Point", "MultiPoint")


@dataclass(frozen=True)
class Vector:
    """A sheet with a shape a row; ``kind`` is what style files call it."""

    sheet: Sheet
    shapes: gpd.GeoDataFrame
    kind: str

    @property
    def name(self) -> str:
        """The layer's name in every file."""
        return self.sheet.name


def vectors_of(
    edition: Edition, areas: Sheet, *, seen: Callable[[Sheet], Sheet] = lambda sheet: sheet
) -> tuple[Vector, ...]:
    """The layers of the planner's map files, in the study's own projected CRS.

    ``areas``, ``assets``, ``schemes`` (those with an outline) and ``schemes_points`` (those
    known as a point): mapping software wants one kind of shape a layer. ``ground_within`` where
    the study asks for isochrones. Only the study's own areas and public assets; the sheet of
    ``areas`` as it is given, each other as ``seen`` shows it.
    """
    drawn = _area_vector(edition, areas)
    return (drawn, *(_vector(sheet, kind, seen) for sheet, kind in _drawn_sheets(edition)))


def assets_vector(
    edition: Edition, *, seen: Callable[[Sheet], Sheet] = lambda sheet: sheet
) -> Vector:
    """The layer of public assets alone, as :func:`vectors_of` has it."""
    return _vector(_assets_sheet(edition), "point", seen)


def _area_vector(edition: Edition, sheet: Sheet) -> Vector:
    """A sheet with one row an area, with the outlines of the areas."""
    found = edition.own.set_index("area_id").geometry.reindex(sheet.table["area_id"]).to_numpy()
    shapes = gpd.GeoDataFrame(sheet.cleaned, geometry=found, crs=edition.areas.crs)
    return Vector(sheet, shapes, "polygon")


def _assets_sheet(edition: Edition) -> Sheet:
    return Sheet("assets", ASSETS.says, edition.public_assets, ASSETS.columns, ASSETS.key)


def _drawn_sheets(edition: Edition) -> list[tuple[Sheet, str]]:
    """Assets, schemes and ground: what everybody may see, with the kind of their shapes."""
    schemes = edition.schemes.sort_values("scheme_id")
    pointed = schemes.geometry.geom_type.isin(POINTS)
    drawn = Sheet("schemes", SCHEMES.says, schemes[~pointed], SCHEMES.columns, SCHEMES.key)
    says = f"{SCHEMES.says}, known as a point"
    points = Sheet("schemes_points", says, schemes[pointed], SCHEMES.columns, SCHEMES.key)
    listed = [(_assets_sheet(edition), "point"), (drawn, "polygon"), (points, "point")]
    if edition.ground_within is not None:
        shapes = edition.ground_within
        within = Sheet("ground_within", GROUND_WITHIN.says, shapes, GROUND_WITHIN.columns,
                       GROUND_WITHIN.key)  # fmt: skip
        listed.append((within, "polygon"))
    return listed


def _vector(sheet: Sheet, kind: str, seen: Callable[[Sheet], Sheet]) -> Vector:
    source = gpd.GeoDataFrame(sheet.table)
    shown = seen(replace(sheet, columns=tuple(_drawn(sheet.columns))))
    shapes = gpd.GeoDataFrame(shown.cleaned, geometry=source.geometry.to_numpy(), crs=source.crs)
    return Vector(shown, shapes, kind)


def _drawn(columns: Iterable[Column]) -> Iterable[Column]:
    return (column for column in columns if column.name not in UNDRAWN)
