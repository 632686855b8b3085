"""Where each published index of deprivation keeps the score, rank and decile of each domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assetmap.errors import Fault, nearest_name
from assetmap.sources.headers import match_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS: tuple[str, ...] = ("score", "rank", "decile")

IOD = {
    "imd": "Index of Multiple Deprivation (IMD)",
    "income": "Income",
    "employment": "Employment",
    "education": "Education, Skills and Training",
    "health": "Health Deprivation and Disability",
    "crime": "Crime",
    "barriers": "Barriers to Housing and Services",
    "living": "Living Environment",
    "idaci": "Income Deprivation Affecting Children Index (IDACI)",
    "idaopi": "Income Deprivation Affecting Older People (IDAOPI)",
    "children": "Children and Young People Sub-domain",
    "adult_skills": "Adult Skills Sub-domain",
    "geographical_barriers": "Geographical Barriers Sub-domain",
    "wider_barriers": "Wider Barriers Sub-domain",
    "indoors": "Indoors Sub-domain",
    "outdoors": "Outdoors Sub-domain",
}
"""The English indices' domains and sub-domains, as File 7 titles them."""

MAIN: tuple[str, ...] = (
    "imd",
    "income",
    "employment",
    "education",
    "health",
    "crime",
    "barriers",
    "living",
)

WIDE_ENGLAND = {
    "imd": "imd", "income": "income", "employment": "employment", "education": "education",
    "health": "health", "crime": "crime", "housing_and_access": "barriers",
    "housing_and_services": "barriers", "environment": "living", "idaci": "idaci",
    "idaopi": "idaopi", "children_and_young_people": "children", "adult_skills": "adult_skills",
    "geographical_barriers": "geographical_barriers", "wider_barriers": "wider_barriers",
    "indoors": "indoors", "outdoors": "outdoors",
}  # fmt: skip
WIDE_WALES = {
    "imd": "imd", "income": "income", "employment": "employment", "health": "health",
    "education": "education", "access": "access", "housing": "housing", "crime": "safety",
    "environment": "environment",
}  # fmt: skip
DOMAINS = tuple(dict.fromkeys((*IOD, *WIDE_WALES.values())))

YEARS = {"file7_2025": ("2021", "2024"), "file7_2019": ("2011", "2019"),
         "iod2019_files_1_2": ("2011", "2019")}  # fmt: skip
"""Layouts of the English files: the vintage of their LSOAs and of their districts."""


RANKED = {
    "simd2020": {
        "area_id": "DZ",
        "imd": "SIMD2020v2_Rank",
        "income": "SIMD2020v2_Income_Domain_Rank",
        "employment": "SIMD2020_Employment_Domain_Rank",
        "health": "SIMD2020_Health_Domain_Rank",
        "education": "SIMD2020_Education_Domain_Rank",
        "access": "SIMD2020_Access_Domain_Rank",
        "crime": "SIMD2020_Crime_Domain_Rank",
        "housing": "SIMD2020_Housing_Domain_Rank",
    },
    "nimdm2017": {
        "area_id": "SOA2001",
        "imd": "Multiple Deprivation Measure Rank",
        "income": "Income Domain Rank",
        "employment": "Employment Domain Rank",
        "health": "Health Deprivation and Disability Domain Rank",
        "education": "Education, Skills and Training Domain Rank",
        "access": "Access to Services Domain Rank",
        "living": "Living Environment Domain Rank",
        "crime": "Crime and Disorder Domain Rank",
    },
}
"""Scotland's data zone lookup and Northern Ireland's table of super output areas: ranks alone, by
how their headers begin. From memory of the publications: a header that fits none is a fault."""


class Placing(NamedTuple):
    """The column of the areas' codes, and of each domain's parts."""

    area_id: str
    domains: dict[str, dict[str, str]]


def place_english(
    headers: list[str], *, layout: str, position: int, where: str
) -> tuple[Placing, list[Fault]]:
    """The columns of File 7, or of Files 1 and 2 (``position`` 0 and 1), by header prefix."""
    names, parts = tuple(IOD), PARTS
    if layout == "iod2019_files_1_2":
        names, parts = (MAIN[:1] if position == 0 else MAIN), PARTS[1:]
    wanted = {f"{name} {part}": f"{IOD[name]} {part.title()}" for name in names for part in parts}
    wanted["area_id"] = f"LSOA code ({YEARS[layout][0]})"
    found, faults = match_prefixes(headers, wanted, where=where)
    domains = {name: {part: found.get(f"{name} {part}", "") for part in parts} for name in names}
    return Placing(found.get("area_id", ""), domains), faults


def place_ranked(headers: list[str], *, layout: str, where: str) -> tuple[Placing, list[Fault]]:
    """The code and the ranks of an index that publishes ranks alone, by header prefix."""
    names = dict(RANKED[layout])
    code = names.pop("area_id")
    found, faults = match_prefixes(headers, names, where=where)
    if code not in headers:  # names of areas begin like their codes
        what = f"column '{code}' is missing, wanted as area_id"
        faults.append(Fault(what=what, where=where, attempt=nearest_name(code, headers)))
    return Placing(code, {name: {"rank": found.get(name, "")} for name in names}), faults


def authority_columns(
    headers: list[str], *, layout: str, where: str
) -> tuple[dict[str, str], list[Fault]]:
    """The columns of area and district in File 7 or File 1, by header prefix."""
    areas, districts = YEARS[layout]
    wanted = {
        "area_id": f"LSOA code ({areas})",
        "unit_id": f"Local Authority District code ({districts})",
        "unit_name": f"Local Authority District name ({districts})",
    }
    return match_prefixes(headers, wanted, where=where)


def code_column(headers: list[str]) -> str:
    """The column of codes in a wide table, by the names it goes by."""
    return next((name for name in ("lsoa21_code", "lsoa11_code") if name in headers), "area_id")


def place_wide(
    headers: list[str], names: Mapping[str, str], *, area_id: str, where: str
) -> tuple[Placing, list[Fault]]:
    """The columns ``<Name>_score|rank|decile`` of a wide table; a rank needs its decile.

    A name that is not known is a fault, so that no domain is left out unsaid.
    """
    domains: dict[str, dict[str, str]] = {}
    faults = [] if area_id in headers else [
        Fault(what=f"column '{area_id}' is missing, wanted as area_id", where=where,
              attempt=nearest_name(area_id, headers))
    ]  # fmt: skip
    for header in headers:
        name, _, part = header.casefold().rpartition("_")
        if part not in PARTS:
            continue
        if name in names:
            domains.setdefault(names[name], {})[part] = header
        else:
            attempt = nearest_name(name, names)
            faults.append(Fault(what=f"domain of '{header}' unknown", where=where, attempt=attempt))
    faults += [
        Fault(what=f"domain {domain} has no {part}", where=where)
        for domain, parts in domains.items()
        for part in PARTS[1:]
        if part not in parts
    ]
    if not domains:
        faults.append(Fault(what="no column ends in _score, _rank or _decile", where=where))
    return Placing(area_id, domains), faults


def place_mapped(
    headers: list[str], columns: Mapping[str, str], *, where: str
) -> tuple[Placing, list[Fault]]:
    """The columns that ``spec.columns`` maps: ``area_id`` and ``<domain>_score|rank|decile``.

    A decile may be left out, as Scotland publishes none for its domains.
    """
    domains: dict[str, dict[str, str]] = {}
    faults = [
        Fault(what=f"column '{theirs}' is missing, wanted as {ours}", where=where,
              attempt=nearest_name(theirs, headers))
        for ours, theirs in columns.items()
        if theirs not in headers
    ]  # fmt: skip
    for ours, theirs in columns.items():
        name, _, part = ours.rpartition("_")
        if ours == "area_id":
            continue
        if name in DOMAINS and part in PARTS:
            domains.setdefault(name, {})[part] = theirs
        else:
            known = [f"{domain}_{kind}" for domain in DOMAINS for kind in PARTS]
            attempt = nearest_name(ours, known)
            faults.append(Fault(what=f"columns.{ours} is unknown", where=where, attempt=attempt))
    wanting = [f"columns.{name}_rank" for name, parts in domains.items() if "rank" not in parts]
    wanting += ["columns.area_id"] * ("area_id" not in columns)
    wanting += ["columns.imd_rank"] * (not domains)
    faults += [Fault(what=f"{name} is not set", where=where) for name in wanting]
    return Placing(columns.get("area_id", ""), domains), faults
