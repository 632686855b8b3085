"""Lookups: which larger unit an area belongs to, and what became of it in the next census."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.errors import Fault, JoinError, StudyError
from assetmap.frames.given import CROSSWALK, GEOGRAPHY
from assetmap.frames.hold import table_of
from assetmap.provenance import Caution, Told
from assetmap.sources.columns import MOST_EXAMPLES, as_text, pick, refuse, said_of, where_of
from assetmap.sources.files import open_tables

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.sources.read import Job

CHANGES = ("U", "S", "M", "X")


def read_geography(job: Job) -> Told[pd.DataFrame]:
    """The GEOGRAPHY of one level: each area's larger unit, its code and name.

    ``spec.level`` is the level, ``spec.fit`` how areas fit into it; ``spec.columns`` names the
    publisher's ``area_id``, ``unit_id`` and, where there is one, ``unit_name`` (else the name is
    the code). Rows that say the same are one: a lookup of output areas serves for LSOAs. In a
    lookup from authority to region ``area_id`` is the authority's code. Rows without a unit are
    left out and told as ``geography_gaps``. Units that are drawn, and not listed, are read by
    :func:`assetmap.sources.drawn_units.read_drawn_units`.

    Raises
    ------
    StudyError
        Where ``spec.level`` is not set.
    ReadError
        As :func:`~assetmap.sources.files.open_table`, and where a code of an area is empty.
    JoinError
        Where an area lies in two units.
    """
    level = refuse_no_level(job)
    required, optional = ("area_id", "unit_id"), ("unit_name",)
    told = open_tables(job, only=[job.spec.columns.get(one, one) for one in required + optional])
    picked = pick(job, told.table, required, optional).apply(as_text)
    if "unit_name" not in picked:
        picked["unit_name"] = picked["unit_id"]
    refuse(_faults_of_empty(job, picked, ("area_id",)))
    gaps = picked["unit_id"].isna()
    table = geography_of(job, picked[~gaps], level=level)
    said = f"Rows that name no {level}, left out: {int(gaps.sum())}."
    caution = Caution(code="geography_gaps", about=job.spec.id, text=said, count=int(gaps.sum()))
    return Told(table, (*told.cautions, *((caution,) if gaps.any() else ())))


def refuse_no_level(job: Job) -> str:
    """The level of a geography.

    Raises
    ------
    StudyError
        Where it has none.
    """
    if job.spec.level is None:
        what = "a geography needs its level"
        attempt = "set level, for example level = 'ward'"
        raise StudyError(Fault(what=what, where=where_of(job), attempt=attempt))
    return job.spec.level


def geography_of(job: Job, picked: pd.DataFrame, *, level: str) -> pd.DataFrame:
    """GEOGRAPHY from columns ``area_id, unit_id, unit_name``, equal rows made one.

    Raises
    ------
    JoinError
        Where an area lies in two units.
    """
    named = picked.assign(unit_name=picked["unit_name"].fillna(picked["unit_id"]))
    # Of two spellings of a unit's name the first in the alphabet, so that row order says nothing.
    rows = named.drop_duplicates().sort_values(["area_id", "unit_id", "unit_name"])
    single = rows.drop_duplicates(["area_id", "unit_id"], ignore_index=True)
    twice = single[single["area_id"].duplicated(keep=False)]
    if len(twice):
        pairs = twice.groupby("area_id")["unit_id"].agg(lambda units: " and ".join(sorted(units)))
        shown = "; ".join(f"{area} in {units}" for area, units in pairs.head(MOST_EXAMPLES).items())
        what = f"{len(pairs)} areas lie in two units of level {level}: {shown}"
        attempt = "use a lookup with one row for each area, exact or best fit"
        raise JoinError(Fault(what=what, where=where_of(job), attempt=attempt))
    columns = {
        "area_id": single["area_id"],
        "level": [level] * len(single),
        "unit_id": single["unit_id"],
        "unit_name": single["unit_name"],
        "fit": [job.spec.fit] * len(single),
    }
    return table_of(GEOGRAPHY, columns)


def read_crosswalk(job: Job) -> Told[pd.DataFrame]:
    """The CROSSWALK between two vintages of areas, with how each changed.

    ``spec.columns`` names the publisher's ``from_area_id``, ``to_area_id`` and ``change`` (U
    unchanged, S split, M merged, X irregular).

    Raises
    ------
    ReadError
        As :func:`~assetmap.sources.files.open_table`, and with empty codes, other changes, and
        pairs that are listed twice with different changes.

    References
    ----------
    ONS, *LSOA (2011) to LSOA (2021) to Local Authority District (2022) Exact Fit Lookup*.
    """
    told = open_tables(job)
    names = ("from_area_id", "to_area_id", "change")
    picked = pick(job, told.table, names).apply(as_text)
    faults = _faults_of_empty(job, picked, names)
    unknown = picked["change"].notna() & ~picked["change"].isin(CHANGES)
    if unknown.any():
        what = f"change is none of {', '.join(CHANGES)} {said_of(picked['change'], unknown)}"
        faults.append(Fault(what=what, where=where_of(job)))
    single = picked.drop_duplicates()
    pairs = single[single.duplicated(["from_area_id", "to_area_id"], keep=False)]
    if len(pairs):
        examples = ", ".join(sorted(set(pairs["from_area_id"].dropna()))[:MOST_EXAMPLES])
        what = f"pairs of areas are listed twice with different changes: {examples}"
        faults.append(Fault(what=what, where=where_of(job)))
    refuse(faults)
    return Told(table_of(CROSSWALK, dict(single.items())), told.cautions)  # type: ignore[arg-type]


def _faults_of_empty(job: Job, picked: pd.DataFrame, names: tuple[str, ...]) -> list[Fault]:
    return [
        Fault(
            what=f"'{job.spec.columns.get(name, name)}' is empty "
            + said_of(picked[name], picked[name].isna()),
            where=where_of(job),
        )
        for name in names
        if picked[name].isna().any()
    ]
