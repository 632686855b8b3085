"""Prepare the index of deprivation: on the study's own vintage of areas, by the exact lookup."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from assetmap.findings.crosswalk import rank_across_vintages, turned_towards
from assetmap.findings.indices import index_of
from assetmap.findings.transform import index_checked
from assetmap.study.ledger import Made
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.findings.indices import Index
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

STEP = "prepare index"
LAYOUTS = {
    "file7_2025": "iod2025",
    "file7_2019": "iod2019",
    "iod2019_files_1_2": "iod2019",
    "wimd2019": "wimd2019",
    "simd2020": "simd2020",
    "nimdm2017": "nimdm2017",
}


def index_name(work: Work) -> str:
    """The edition of the index that the study uses: as it says, or as the file's layout tells."""
    named = work.settings.areas
    return named.index or LAYOUTS.get(work.settings.of(str(named.deprivation)).layout, "")


def index_here(work: Work, deprivation: Kept) -> Index:
    """The edition, with as many areas as it has on the study's vintage."""
    index = index_of(index_name(work))
    if deprivation.step.name != STEP:
        return index
    areas = deprivation.table("table")["area_id"].nunique()
    return replace(index, areas=areas, title=f"{index.title}, on areas of another vintage")


def status_of(deprivation: Kept) -> pd.Series | None:
    """How the index came to each area; None where it is as published."""
    if deprivation.step.name != STEP:
        return None
    return deprivation.table("status").set_index("area_id")["crosswalk_status"]


def prepare_index(
    work: Work,
    deprivation: Kept,
    boundaries: Kept,
    crosswalk: Kept,
    populations: Mapping[str, Kept],
) -> Kept:
    """DEPRIVATION on the areas of the study: crossed where its own are of another vintage.

    As it was read where it already is. Its part ``status`` says how each area's came.
    """
    known = pd.Index(deprivation.table("table")["area_id"].unique())
    wanted = pd.Index(boundaries.table("table")["area_id"].unique())
    lookup = turned_towards(crosswalk.table("table"), known, wanted)
    if lookup is None:
        return deprivation

    def made() -> Made:
        people = pd.concat([kept.table("table") for kept in populations.values()])
        everybody = people[people["kind"] == "all"].drop_duplicates("area_id")
        told = rank_across_vintages(
            deprivation.table("table"),
            lookup,
            everybody.set_index("area_id")["people"],
            index=index_of(index_name(work)),
        )
        status = told.table.status.reset_index()
        checked = index_checked(deprivation.table("table"), index=index_of(index_name(work)))
        parts = {"table": told.table.deprivation, "status": status}
        return Made(parts, (*told.cautions, *checked))

    inputs = {"deprivation": deprivation, "boundaries": boundaries, "crosswalk": crosswalk}
    return work.ledger.run(
        STEP,
        made,
        inputs=fingerprints({**inputs, **populations}),
        settings={"index": index_name(work)},
    )
