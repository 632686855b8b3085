"""GP surgeries of England, from the NHS list of prescribers, placed by their postcode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.errors import Fault, ReadError, nearest_name
from assetmap.sources.codes import as_postcodes
from assetmap.sources.columns import as_text, faults_of_ids, refuse, where_of
from assetmap.sources.files import open_table
from assetmap.sources.placing import Placed, place_rows, postcode_places
from assetmap.sources.raw_assets import Gathered, counted, hand_on, on_ground

if TYPE_CHECKING:
    from assetmap.provenance import Caution, Told
    from assetmap.sources.read import AssetsRead, Job

WIDTH = 27
NAMES = tuple(f"column {number}" for number in range(1, WIDTH + 1))
CODE, NAME, POSTCODE, STATUS, SETTING = (NAMES[place] for place in (0, 1, 9, 12, 25))
ADDRESS = NAMES[4:9]
ACTIVE = ("A", "ACTIVE")
GP_PRACTICE = "4"
AREA_COLUMNS = {
    "postcode": ("postcode", "pcds", "pcd"),
    "area_id": ("LSOA code", "lsoa11", "lsoa21"),
}


def read_epraccur(job: Job) -> Told[AssetsRead]:
    """Active general practices, each at its postcode; prescribing cost centres left out.

    The file has no header: a row is kept where its status is ACTIVE and its prescribing setting 4
    (GP practice). ``spec.postcodes`` names the places of postcodes; where those are centres of
    small areas, a second file of the source says in which area each postcode lies, and surgeries
    are known to about 500 m. The list is of the whole country: a practice whose postcode is not
    found is listed as unplaced where its postcode district (``SE15``) is one of the study's, and
    is taken to be elsewhere otherwise. Telephone numbers are not read. A practice is at its main
    address; branch surgeries are not in this list.

    Raises
    ------
    ReadError
        Where the file is not of this layout, practices occur twice, the second file lacks its
        columns, or ``spec.postcodes`` is missing or names no source.

    References
    ----------
    NHS England, Organisation Data Service, "epraccur".
    """
    told = open_table(job, job.paths[0], names=NAMES, filtered=False)
    table = told.table.apply(as_text)
    _refuse_others(job, table)
    table = table[table[STATUS].isin(ACTIVE) & (table[SETTING] == GP_PRACTICE)]
    refuse(faults_of_ids(job, table[CODE], column="organisation code"))
    areas = _areas(job)
    kept = pd.DataFrame({"postcode": as_postcodes(table[POSTCODE])})
    placed = place_rows(job, kept, areas=areas)
    ours = placed.points.notna() | _is_in_our_districts(job, kept["postcode"], placed)
    rows = pd.DataFrame(
        {
            "source_row": table[CODE][ours],
            "name": table[NAME][ours].str.title().str.replace(r"'S\b", "'s", regex=True),
            "category": "gp_surgery",
            "postcode": kept["postcode"][ours],
            "address": _addresses(table[ours]),
            "precision_m": placed.precision_m[ours],
            "reason": placed.reasons[ours],
            "geometry": placed.points[ours],
        }
    )
    return hand_on(job, Gathered(rows, cautions=(*told.cautions, *_said(job, placed))))


def _refuse_others(job: Job, table: pd.DataFrame) -> None:
    """A ReadError where no row is a GP practice, as in a file of another layout."""
    if not (table[STATUS].isin(ACTIVE) & (table[SETTING] == GP_PRACTICE)).any():
        what = (
            f"no row is an active GP practice: expected {WIDTH} columns without a header, status "
            "A in the 13th and prescribing setting 4 in the 26th"
        )
        attempt = "download the report 'epraccur' again"
        raise ReadError(Fault(what=what, where=where_of(job, job.paths[0].name), attempt=attempt))
    if job.spec.postcodes is None:
        what = "the file has no coordinates, and the source does not say where postcodes are"
        attempt = "set postcodes to the id of a source of kind 'places'"
        raise ReadError(Fault(what=what, where=where_of(job), attempt=attempt))


def _areas(job: Job) -> pd.Series | None:
    """The small area of each postcode, from the source's second file, or None."""
    if len(job.paths) == 1:
        return None
    path = job.paths[1]
    table = open_table(job, path, filtered=False).table
    names, faults = {}, []
    for ours, theirs in AREA_COLUMNS.items():
        wanted = (job.spec.columns[ours],) if ours in job.spec.columns else theirs
        known = {str(name).casefold(): str(name) for name in table.columns}
        name = next((known[one.casefold()] for one in wanted if one.casefold() in known), None)
        if name is None:
            what = f"column '{wanted[0]}' is missing, wanted as {ours}"
            attempt = nearest_name(wanted[0], known.values())
            faults.append(Fault(what=what, where=where_of(job, path.name), attempt=attempt))
        names[ours] = name
    refuse(faults)
    return pd.Series(
        as_text(table[names["area_id"]]).to_numpy(), index=as_postcodes(table[names["postcode"]])
    )


def _is_in_our_districts(job: Job, postcodes: pd.Series, placed: Placed) -> pd.Series:
    """True where a row's postcode district is one in which the study's ground has postcodes."""
    if job.within is None:
        return pd.Series(data=True, index=postcodes.index)
    places = postcode_places(job)
    around = on_ground(job, pd.Series(np.asarray(places.geometry, dtype=object)))
    near = postcodes[on_ground(job, placed.points)]
    ours = set(_districts(near)) | set(_districts(places["place_id"][around.to_numpy()]))
    return _districts(postcodes).isin(ours - {""})


def _districts(postcodes: pd.Series) -> pd.Series:
    districts = postcodes.astype("object").str.extract(
        r"^([A-Z]{1,2}[0-9][A-Z0-9]?) ", expand=False
    )
    return districts.fillna("")


def _addresses(table: pd.DataFrame) -> list[str | None]:
    lines = table[list(ADDRESS)].astype("object")
    return [
        ", ".join(str(cell).title() for cell in row if pd.notna(cell)) or None
        for row in lines.itertuples(index=False)
    ]


def _said(job: Job, placed: Placed) -> tuple[Caution, ...]:
    """How precisely the surgeries on the study's ground are known."""
    near = on_ground(job, placed.points)
    return (
        *counted(
            job, "placed_by_postcode", int((near & (placed.by == "postcode")).sum()),
            "Surgeries were placed at the point of their postcode, some 100 m precise.",
        ),
        *counted(
            job, "placed_by_area", int((near & (placed.by == "area")).sum()),
            "Surgeries are known only by their small area and stand at its centre, some 500 m "
            "precise: distances to them are rough.",
        ),
    )  # fmt: skip
