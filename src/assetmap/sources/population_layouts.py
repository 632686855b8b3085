"""How each published table of people is laid out, made long: area, kind, group, people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from assetmap.errors import Fault, StudyError
from assetmap.sources.columns import as_numbers, as_text, pick, refuse, require, said_of, where_of
from assetmap.sources.headers import match_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.sources.read import Job

ALL = "all"
AGE = "age"
BANDS = {
    "Aged 15 years and under": (0, 15),
    "Aged 16 to 24 years": (16, 24),
    "Aged 25 to 34 years": (25, 34),
    "Aged 35 to 49 years": (35, 49),
    "Aged 50 to 64 years": (50, 64),
    "Aged 65 years and over": (65, 90),
}
"""The six age bands of the 2021 census table, first and last year of age; 90 stands for 90+."""

DENOMINATORS = {
    ALL: "Total population",
    "Dependent children aged 0-15": "Dependent Children aged 0-15",
    "Population aged 16-59": "Population aged 16-59",
    "Older population aged 60 and over": "Older population aged 60 and over",
    "Working age population": "Working age population",
}
"""Groups of IoD2019 File 6, and how their headers begin."""

TOTAL = re.compile(r"^(all\b.*|total\b.*)$", re.IGNORECASE)


def _kind(job: Job) -> str:
    if job.spec.group is None:
        what, attempt = "the kind of grouping is not set", "set group = 'age', for example"
        raise StudyError(Fault(what=what, where=where_of(job), attempt=attempt))
    return job.spec.group


def long(job: Job, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a long table; with ages, everybody too."""
    kind = _kind(job)
    wanted = ("area_id", "people") if kind == ALL else ("area_id", "group", "people")
    picked = pick(job, table, wanted)
    people = _people(job, table, {"people": job.spec.columns.get("people", "people")})
    groups = as_text(picked["group"]) if kind != ALL else pd.Series(ALL, index=picked.index)
    if groups.isna().any():
        what = f"the group is empty {said_of(picked['area_id'], groups.isna())}"
        refuse([Fault(what=what, where=where_of(job))])
    rows = pd.DataFrame({"area_id": people["area_id"], "group": groups, "people": people["people"]})
    return _with_all(rows.assign(kind=kind), kind)


def single_years(job: Job, table: pd.DataFrame) -> pd.DataFrame:
    """The six bands of each area, and everybody; checked against a published total."""
    years = [*(str(age) for age in range(90)), "90+" if "90+" in table.columns else "90"]
    total = job.spec.columns.get("total", "total_population")
    checked = {"total": total} if "total" in job.spec.columns or total in table.columns else {}
    people = _people(job, table, {year: year for year in years} | checked)
    if checked:
        _refuse_sums(job, people, people[years].sum(axis=1), people["total"])
    bands = {
        band: people[years[first : last + 1]].sum(axis=1) for band, (first, last) in BANDS.items()
    }
    return _with_all(_melted(people["area_id"], bands, AGE), AGE)


def denominators(job: Job, table: pd.DataFrame) -> pd.DataFrame:
    """The denominators of IoD2019 File 6, found by how their headers begin."""
    wanted = {"area_id": "LSOA code (2011)", **DENOMINATORS}
    headers = [str(header) for header in table.columns]
    found, faults = match_prefixes(headers, wanted, where=where_of(job))
    refuse(faults)
    people = _people(job, table, found)
    groups = {group: people[group] for group in DENOMINATORS}
    long = _melted(people["area_id"], groups, job.spec.group or "iod denominators")
    return long.assign(kind=long["kind"].mask(long["group"] == ALL, ALL))


def bulk(job: Job, table: pd.DataFrame) -> pd.DataFrame:
    """The groups of a bulk table; a column of totals only checks them."""
    kind = _kind(job)
    code = job.spec.columns.get("area_id", "geography code")
    named = {group: theirs for group, theirs in job.spec.columns.items() if group != "area_id"}
    rest = [str(header) for header in table.columns]
    if code in rest:
        rest = rest[rest.index(code) + 1 :]
    wanted = named or {_group_of(header): header for header in rest}
    people = _people(job, table, {"area_id": code, **wanted})
    groups = {group: people[group] for group in wanted if not TOTAL.match(group)}
    totals = [group for group in wanted if TOTAL.match(group)]
    if kind == ALL:
        return _melted(people["area_id"], {ALL: people[(totals or list(wanted))[0]]}, ALL)
    if totals:
        summed = sum(groups.values(), start=pd.Series(0.0, index=people.index))
        _refuse_sums(job, people, summed, people[totals[0]])
    return _with_all(_melted(people["area_id"], groups, kind), kind)


def _group_of(header: str) -> str:
    """``Aged 4 years and under`` of ``Age: Aged 4 years and under; measures: Value``."""
    plain = header.split(";", 1)[0]
    return plain.split(":", 1)[-1].strip()


def _people(job: Job, table: pd.DataFrame, wanted: Mapping[str, str]) -> pd.DataFrame:
    """The codes as text and every wanted column of people as numbers of at least 0.

    ``wanted`` maps our name of a column to the publisher's; ``area_id`` is found by
    ``spec.columns`` where it is not among them.
    """
    names = {"area_id": job.spec.columns.get("area_id", "area_id"), **wanted}
    require(job, table, names)
    ids = as_text(table[names["area_id"]])
    faults = []
    if ids.isna().any():
        what = f"the code of an area is empty {said_of(ids, ids.isna())}"
        faults.append(Fault(what=what, where=where_of(job)))
    columns = {"area_id": ids}
    for name, header in names.items():
        if name != "area_id":
            columns[name], wrong = as_numbers(job, table[header], column=header, low=0)
            faults += wrong
    refuse(faults)
    return pd.DataFrame(columns)


def _melted(areas: pd.Series, groups: Mapping[str, pd.Series], kind: str) -> pd.DataFrame:
    parts = [
        pd.DataFrame({"area_id": areas, "kind": kind, "group": group, "people": people})
        for group, people in groups.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _with_all(long: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The rows, and with ages everybody: each person is in one band of age."""
    if kind != AGE:
        return long
    everybody: pd.DataFrame = long.groupby("area_id", as_index=False)[["people"]].sum()
    return pd.concat([long, everybody.assign(kind=ALL, group=ALL)], ignore_index=True)


def _refuse_sums(job: Job, people: pd.DataFrame, summed: pd.Series, total: pd.Series) -> None:
    wrong = (summed - total).abs() > 0.5  # noqa: PLR2004 - counts of whole people
    if wrong.any():
        what = f"groups do not add up to the published total {said_of(people['area_id'], wrong)}"
        attempt = "name in columns only groups that do not overlap"
        refuse([Fault(what=what, where=where_of(job), attempt=attempt)])
