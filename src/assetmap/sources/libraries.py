"""Public libraries of England, as the Libraries Taskforce listed them to 2017."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.sources.columns import as_text, faults_of_ids, pick, refuse
from assetmap.sources.files import open_tables
from assetmap.sources.placing import place_rows
from assetmap.sources.raw_assets import Gathered, counted, hand_on, on_ground

if TYPE_CHECKING:
    from assetmap.provenance import Told
    from assetmap.sources.read import AssetsRead, Job

LISTED = "2017"
COLUMNS = ("id", "name", "address", "postcode", "lat", "lng", "closed", "type")
TYPES = {
    "LAL": "local authority library",
    "CL": "commissioned library",
    "CRL": "community-run library",
    "ICL": "independent community library",
}


def read_england_libraries(job: Job) -> Told[AssetsRead]:
    """Libraries that the list of 2010 to 2017 does not call closed, as points.

    Local authority, commissioned, community-run and independent community libraries are all kept,
    for all of them lend books to whoever comes; closed ones are counted. The list ends in 2017,
    and each row says so in ``as_listed``. Its opening hours are numbers of hours a week, which
    say nothing of when, and its e-mail addresses are not read.

    Raises
    ------
    ReadError
        For missing columns, ids that occur twice, and coordinates that cannot be true.
    """
    told = open_tables(job)
    table = pick(job, told.table, COLUMNS).rename(columns={"lng": "lon"})
    refuse(faults_of_ids(job, as_text(table["id"]), column="id"))
    table = table.reset_index(drop=True)
    is_closed = as_text(table["closed"]).notna()
    kept = table[~is_closed]
    placed = place_rows(job, kept.drop(columns="postcode"))
    rows = pd.DataFrame(
        {
            "source_row": as_text(kept["id"]),
            "name": as_text(kept["name"]),
            "category": "library",
            "postcode": as_text(kept["postcode"]),
            "address": as_text(kept["address"]),
            "as_listed": LISTED,
            "given_type": as_text(kept["type"]).map(TYPES, na_action="ignore"),
            "reason": placed.reasons,
            "geometry": placed.points,
        }
    )
    near = on_ground(job, rows["geometry"])
    text = "The list of libraries ends in 2017: some have closed, moved or opened since."
    cautions = (
        *told.cautions,
        *counted(job, "source_old", int(near.sum()), text),
        *counted(
            job,
            "closed",
            int(is_closed.sum()),
            "Libraries listed as closed were left out (of the whole list).",
        ),
    )
    return hand_on(job, Gathered(rows, cautions=cautions))
