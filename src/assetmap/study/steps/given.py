"""Read: every source to its table, once for each file and description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from assetmap.sources import readers
from assetmap.study.ledger import Made

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from assetmap.provenance import Told
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


def read_tables(work: Work, source_ids: Sequence[str]) -> dict[str, Kept]:
    """National tables by source id: boundaries, lookups, indices, people."""
    return {source_id: read_table(work, source_id) for source_id in source_ids}


def read_table(work: Work, source_id: str) -> Kept:
    """One source that does not depend on where the study is; its part is ``table``."""
    spec = work.settings.of(source_id)

    def made() -> Made:
        told: Told[Any] = readers.reader_of(spec)(work.job(source_id))
        return Made({"table": told.table}, told.cautions)

    return work.read(spec, made)


def read_authorities(work: Work, source_id: str) -> Kept:
    """The authority of each area, as the index of deprivation itself publishes it."""
    spec = work.settings.of(source_id)

    def made() -> Made:
        told = readers.read_deprivation_geography(work.job(source_id))
        return Made({"table": told.table}, told.cautions)

    return work.read(spec, made, name=f"read authorities of {spec.id}")


def read_local(
    work: Work, source_id: str, ground: Kept | None, lookups: Mapping[str, Kept]
) -> Kept:
    """A source of which only the study's ground is read; its part is ``table``.

    With no ground, as when a study is checked before its areas are there, all of it is read.
    """
    spec = work.settings.of(source_id)

    def made() -> Made:
        told: Told[Any] = readers.reader_of(spec)(
            work.job(source_id, within=shape_of(ground), lookups=_tables(lookups))
        )
        return Made({"table": told.table}, told.cautions)

    return work.read(spec, made, inputs={**_named(ground), **lookups})


def read_assets(
    work: Work, source_id: str, ground: Kept | None, lookups: Mapping[str, Kept]
) -> Kept:
    """Assets of one source; parts ``assets``, ``entrances``, ``unplaced`` and ``holdings``."""
    spec = work.settings.of(source_id)

    def made() -> Made:
        job = work.job(source_id, within=shape_of(ground), lookups=_tables(lookups))
        told = readers.asset_reader_of(spec)(job)
        return Made(told.table._asdict(), told.cautions)

    return work.read(spec, made, inputs={**_named(ground), **lookups})


def read_streets(work: Work, source_id: str, ground: Kept | None) -> Kept:
    """The streets of a file; its part is ``streets``, arrays."""
    spec = work.settings.of(source_id)

    def made() -> Made:
        told = readers.read_streets(work.job(source_id, within=shape_of(ground)))
        return Made({"streets": told.table.to_arrays()}, told.cautions)

    return work.read(spec, made, inputs=_named(ground))


def read_heights(work: Work, source_id: str, streets: Kept | None) -> Kept:
    """The heights of the ground under the streets; its part is ``relief``, arrays.

    With no streets, as when a study is checked, the whole raster is read. What it does not cover
    is told where streets are measured, not here.
    """
    from assetmap.sources.raster import read_elevation  # noqa: PLC0415 - rasterio, seldom

    spec = work.settings.of(source_id)

    def made() -> Made:
        told = read_elevation(work.job(source_id, within=_extent(streets)))
        grid = told.table
        relief = {
            "cells": grid.cells,
            "transform": np.array(grid.transform),
            "crs": np.array([grid.crs]),
        }
        return Made({"relief": relief})

    return work.read(spec, made, inputs={"streets": streets} if streets else {})


def _extent(streets: Kept | None) -> BaseGeometry | None:
    """The box round all nodes of the streets."""
    if streets is None or not len(streets.part("streets")["x"]):
        return None
    x, y = streets.part("streets")["x"], streets.part("streets")["y"]
    box: BaseGeometry = shapely.box(x.min(), y.min(), x.max(), y.max())
    return box


def _named(ground: Kept | None) -> dict[str, Kept]:
    return {"ground": ground} if ground else {}


def shape_of(ground: Kept | None) -> BaseGeometry | None:
    """The one shape of a step that keeps a single outline."""
    if ground is None:
        return None
    shape: BaseGeometry = ground.part("outline").geometry.iloc[0]
    return shape


def _tables(lookups: Mapping[str, Kept]) -> dict:  # type: ignore[type-arg]
    return {name: kept.table("table") for name, kept in lookups.items()}
