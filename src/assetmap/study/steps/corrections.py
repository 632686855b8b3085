"""Put right: what ``corrections.toml`` closes, moves, adds and renames."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import geopandas as gpd

from assetmap.frames.corrections import CORRECTIONS
from assetmap.layers.corrections import make_corrected
from assetmap.sources.categories import read_categories
from assetmap.sources.corrections import FILE, SOURCE_ID, read_corrections, weighed_corrections
from assetmap.study.ledger import Made
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assetmap.frames import Contract
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


def correct_assets(work: Work, assets: Kept, areas: Kept, standards: Kept) -> Kept:
    """ASSETS, ENTRANCES and CORRECTIONS; the assets as they are where nothing is put right."""
    day = work.settings.study.as_of
    found = work.own_file(FILE, partial(weighed_corrections, day=day))
    if found is None:
        return assets
    path, source = found

    def made() -> Made:
        told = make_corrected(
            (gpd.GeoDataFrame(assets.table("table")), gpd.GeoDataFrame(assets.table("entrances"))),
            read_corrections(path, crs=work.settings.study.crs),
            gpd.GeoDataFrame(areas.table("table")),
            categories=read_categories(),
            counted=_counted(standards),
            day=day,
        )
        table, entrances, corrections = told.table
        parts = {"table": table, "entrances": entrances, "corrections": corrections,
                 "unplaced": assets.table("unplaced"),
                 "holdings": assets.table("holdings")}  # fmt: skip
        return Made(parts, told.cautions)

    inputs = fingerprints({"assets": assets, "areas": areas, "standards": standards})
    return work.ledger.run(
        "correct assets",
        made,
        inputs={**inputs, f"file {SOURCE_ID}": source.sha256},
        settings={"as_of": day},
        sources=(SOURCE_ID,),
    )


def corrections_of(steps: Mapping[str, Kept]) -> dict[str, tuple[Contract, pd.DataFrame]]:
    """CORRECTIONS under the name of its file, where the study has any."""
    assets = steps["assets"]
    if SOURCE_ID not in assets.step.sources:
        return {}
    return {"corrections": (CORRECTIONS, assets.table("corrections"))}


def _counted(standards: Kept) -> frozenset[str]:
    listed = standards.table("table")["categories"]
    return frozenset(category for text in listed for category in str(text).split(";"))
