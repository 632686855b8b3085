"""Schools, nurseries and colleges of England, from Get Information About Schools."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from assetmap.errors import Fault, nearest_name
from assetmap.sources.columns import as_numbers, as_text, faults_of_ids, refuse, where_of
from assetmap.sources.files import open_tables
from assetmap.sources.placing import place_rows
from assetmap.sources.protected import is_protected_type
from assetmap.sources.raw_assets import Gathered, counted, hand_on, on_ground

if TYPE_CHECKING:
    from assetmap.provenance import Caution, Told
    from assetmap.sources.read import AssetsRead, Job


class _Field(NamedTuple):
    """Our name of a column and what publishers call it, the download first."""

    ours: str
    theirs: tuple[str, ...]
    required: bool = True


FIELDS = (
    _Field("source_row", ("URN", "urn")),
    _Field("name", ("EstablishmentName", "establishment_name")),
    _Field("type", ("TypeOfEstablishment (name)", "establishment_type")),
    _Field("group", ("EstablishmentTypeGroup (name)", "establishment_type_group")),
    _Field("phase", ("PhaseOfEducation (name)", "education_phase")),
    _Field("easting", ("Easting", "easting")),
    _Field("northing", ("Northing", "northing")),
    _Field("supply", ("NumberOfPupils", "number_of_pupils"), required=False),
    _Field("postcode", ("Postcode", "postcode"), required=False),
    _Field("status", ("EstablishmentStatus (name)", "establishment_status"), required=False),
    _Field("uprn", ("UPRN", "uprn"), required=False),
)
PHASES = {
    "Nursery": ("nursery",),
    "Primary": ("primary_school",),
    "Middle deemed primary": ("primary_school",),
    "Secondary": ("secondary_school",),
    "Middle deemed secondary": ("secondary_school",),
    "All-through": ("primary_school", "secondary_school"),
    "16 plus": ("college",),
}
SPECIAL_TYPES = (
    "Academy special converter", "Academy special sponsor led", "Community special school",
    "Foundation special school", "Free schools special", "Non-maintained special school",
    "Other independent special school",
)  # fmt: skip
COLLEGE_TYPES = ("Further education", "Sixth form centres")
FAMILY_TYPES = ("Children's centre", "Children's centre linked site")


def read_gias(job: Job) -> Told[AssetsRead]:
    """State schools by phase, special schools, nurseries, colleges and children's centres.

    The phase of education makes the category; where it is "Not applicable", the type does. An
    all-through school is a primary and a secondary school, with half of its pupils each, for the
    register does not say how many are in which. ``supply`` is the number of pupils, 1 where it is
    not known. Left out and counted: independent schools, which are not open to all; units by
    referral; universities; Welsh and overseas schools, whose phase is not given. Secure units and
    secure schools are children's homes by law: places that must not be mapped. Schools listed as
    closed are left out.

    Raises
    ------
    ReadError
        For missing columns, ids that occur twice, pupils that are negative or not numbers, and
        coordinates that cannot be true.

    References
    ----------
    Department for Education, "Get Information About Schools".
    """
    told = open_tables(job)
    table = _picked(job, told.table)
    pupils, faults = as_numbers(job, table["supply"], column="pupils", low=0, blank=True)
    refuse([*faults_of_ids(job, table["source_row"], column="URN"), *faults])
    table = table.assign(supply=pupils.where(pupils > 0)).reset_index(drop=True)
    is_open = ~table["status"].fillna("Open").str.startswith(("Closed", "Proposed"))
    rows = _by_category(table[is_open])
    placed = place_rows(job, rows)
    rows = rows.assign(geometry=placed.points, reason=placed.reasons).drop(
        columns=["easting", "northing"]
    )
    hidden = rows["given_type"].map(is_protected_type)
    kept = rows["geometry"].notna() & (rows["category"].ne("") | hidden)
    return hand_on(job, Gathered(rows[kept], cautions=(*told.cautions, *_said(job, rows[~kept]))))


def _picked(job: Job, table: pd.DataFrame) -> pd.DataFrame:
    """The wanted columns under our names, from either way of naming them."""
    columns, faults = {}, []
    for field in FIELDS:
        names = (job.spec.columns[field.ours],) if field.ours in job.spec.columns else field.theirs
        name = next((one for one in names if one in table.columns), None)
        if name is not None:
            columns[field.ours] = as_text(table[name])
        elif field.required:
            attempt = nearest_name(names[0], map(str, table.columns))
            what = f"column '{names[0]}' is missing"
            faults.append(Fault(what=what, where=where_of(job), attempt=attempt))
        else:
            columns[field.ours] = pd.Series(None, index=table.index, dtype=object)
    refuse(faults)
    return pd.DataFrame(columns)


def _by_category(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each category of a school; an empty category where it has none."""
    categories = [_categories(*pair) for pair in zip(table["phase"], table["type"], strict=True)]
    rows = table.assign(
        category=pd.Series(categories, index=table.index, dtype=object),
        share=[max(len(names), 1) for names in categories],
        source_row=table["source_row"],
        given_type=table["type"].fillna(""),
    ).explode("category")
    rows["category"] = rows["category"].fillna("")
    twice = rows["source_row"].duplicated()
    rows["source_row"] = rows["source_row"].where(~twice, rows["source_row"] + "-secondary")
    rows["supply"] = (rows["supply"] / rows["share"]).fillna(1.0)
    return rows.drop(columns=["share", "phase", "type", "status"]).reset_index(drop=True)


def _categories(phase: str | None, kind: str | None) -> tuple[str, ...]:
    if kind in SPECIAL_TYPES:
        return ("special_school",)
    if kind in COLLEGE_TYPES:
        return ("college",)
    if kind in FAMILY_TYPES:
        return ("family_hub",)
    if kind is not None and kind.startswith("Academy secure"):
        return ()
    return PHASES.get(phase or "", ())


def _said(job: Job, rows: pd.DataFrame) -> tuple[Caution, ...]:
    """What was left out: of the study's ground, and what the list places nowhere."""
    open_to_some = on_ground(job, rows["geometry"]) & (rows["category"] == "")
    return (
        *counted(
            job, "not_for_all", int(open_to_some.sum()),
            "Independent schools, units by referral, universities and schools without a phase "
            "were left out: they are not open to everybody who lives near.",
        ),
        *counted(
            job, "no_coordinates", int(rows["geometry"].isna().sum()),
            "Schools without coordinates were left out (of the whole list).",
        ),
    )  # fmt: skip
