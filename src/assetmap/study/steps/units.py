"""Sum up: clusters of flagged areas, and every result for wards, localities and other levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.findings.clusters import flag_clusters
from assetmap.findings.finer import BASIS, OUTPUT_AREA, Measured, summarise_output_areas
from assetmap.findings.units import (
    LOCALITY,
    WIDER,
    Found,
    as_localities,
    summarise_deprivation,
    summarise_units,
    units_of,
)
from assetmap.frames import table_of
from assetmap.frames.fairness import CLUSTERS, UNIT_SUMMARIES
from assetmap.frames.results import FINDINGS
from assetmap.study.ledger import Made
from assetmap.study.steps.index import index_here
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.frames import Contract
    from assetmap.provenance import Caution
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

LEADING = "measure standard"
WORKING_AGE = "Working age population"
"""Among the denominators of an index of deprivation; no census table calls its bands so."""
CONTRACTS = {"clusters": CLUSTERS, "summaries": UNIT_SUMMARIES}


def find_units(work: Work, place: Mapping[str, Kept], found: Mapping[str, Kept]) -> Kept:
    """CLUSTERS and UNIT_SUMMARIES.

    Localities are those of a loaded lookup; without one, the clusters of flagged areas.
    """
    used = {
        name: place[name]
        for name in (
            "names",
            "nation",
            "deprivation",
            "population",
            "origins",
            "coverage",
            "standards",
        )
        if name in place
    }
    used |= {
        name: found[name] for name in ("measured", "scores", "levels", LEADING) if name in found
    }

    def made() -> Made:
        areas = gpd.GeoDataFrame(place["names"].table("table"))
        own = areas[areas["role"] == "study"].set_index("area_id").sort_index()
        findings = _findings(found)
        clusters = flag_clusters(areas, findings)
        geography = place["nation"].table("table")
        if LOCALITY not in set(geography["level"]):
            localities = as_localities(clusters, own["place"])
            geography = pd.concat([geography, localities], ignore_index=True)
        origins = place["origins"].table("table")
        finer = {OUTPUT_AREA} if origins["basis"].eq(BASIS).any() else set()
        _refuse_unknown(work, set(geography["level"]) | {LOCALITY} | finer)
        units = units_of(geography, own.index, levels=work.settings.levels.report)
        measured = Found(
            found["measured"].table("area_access"), found["scores"].table("scores"), findings
        )
        named = geographies_of(work)
        tables = [summarise_units(units, own["people"], measured, geographies=named)]
        cautions: tuple[Caution, ...] = ()
        if "deprivation" in place:
            told = summarise_deprivation(
                place["deprivation"].table("table"),
                units,
                own["people"],
                index=index_here(work, place["deprivation"]),
                geographies=named,
                working=_working_age(place["population"].table("table")),
            )
            tables.append(told.table)
            cautions = told.cautions
        if OUTPUT_AREA in work.settings.levels.report:
            tables.append(summarise_output_areas(_measured(place, found)))
        whole = pd.concat(tables, ignore_index=True)
        return Made({"clusters": clusters, "summaries": whole}, cautions)

    return work.ledger.run(
        "find units",
        made,
        inputs=fingerprints(used),
        settings={"levels": work.settings.levels.report, "geographies": geographies_of(work)},
    )


def tables_of_units(steps: Mapping[str, Kept]) -> dict[str, tuple[Contract, pd.DataFrame]]:
    """The tables of larger places by file name, with their contracts."""
    kept = steps["units"]
    return {name: (contract, kept.table(name)) for name, contract in CONTRACTS.items()}


def _measured(place: Mapping[str, Kept], found: Mapping[str, Kept]) -> Measured:
    """What output areas are told from, by the leading profile."""
    return Measured(
        place["origins"].table("table"),
        found[LEADING].table("minutes"),
        place["coverage"].table("table"),
        place["standards"].table("table"),
        found["measured"].table("unsnapped").set_index("area_id")["share"],
    )


def geographies_of(work: Work) -> dict[str, str]:
    """Level to the title and year of the lookup that gives it, the first that is named."""
    named: dict[str, str] = {LOCALITY: "clusters of flagged areas that touch"}
    for source in reversed(work.settings.of_kind("geography")):
        if source.level:
            fit = "by position" if source.draws_units else source.fit
            named[source.level] = f"{source.title} ({source.vintage}), {fit}"
    return named


def vintages_of(work: Work) -> dict[str, str]:
    """Level to the date of the lookup that gives it, the first that is named."""
    lookups = reversed(work.settings.of_kind("geography"))
    return {source.level: source.vintage for source in lookups if source.level}


def _working_age(population: pd.DataFrame) -> pd.Series | None:
    """The people of working age that the index counts by, where the study loads them."""
    rows = population[population["group"] == WORKING_AGE].set_index("area_id")
    return rows["people"] if len(rows) else None


def _findings(found: Mapping[str, Kept]) -> pd.DataFrame:
    if "levels" in found:
        return found["levels"].table("table")
    return table_of(FINDINGS, {name: [] for name in FINDINGS.names})


def _refuse_unknown(work: Work, known: set[str]) -> None:
    faults = [
        Fault(
            what=f"levels.report: no level '{name}'",
            attempt=nearest_name(name, known) or f"one of {', '.join(sorted(known - set(WIDER)))}",
        )
        for name in work.settings.levels.report
        if name not in known
    ]
    if faults:
        raise StudyError(faults)
