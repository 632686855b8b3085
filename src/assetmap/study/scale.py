"""A country at once: the same steps from reading to how sure, and tables instead of pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from assetmap.findings.indices import index_of
from assetmap.findings.summaries import deprivation_summaries
from assetmap.frames.fairness import SUMMARIES
from assetmap.frames.results import FINDINGS, NEED
from assetmap.publish.whole import write_whole
from assetmap.study.first_steps import find_ground
from assetmap.study.ledger import Made, hashed
from assetmap.study.pipeline import read_source
from assetmap.study.run import cautions_of
from assetmap.study.steps.find import find_benefit, find_need
from assetmap.study.steps.ground import ground_here
from assetmap.study.steps.index import index_name
from assetmap.study.steps.measure import LEADING, gather_access, measure_profile, score_access
from assetmap.study.steps.places import prepare_assets, prepare_coverage, prepare_standards
from assetmap.study.steps.prepare import prepare_origins
from assetmap.study.steps.route import route_all
from assetmap.study.steps.sure import find_levels_once, find_levels_surely, sure_tables
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from assetmap.provenance import Caution
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


@dataclass(frozen=True)
class Whole:
    """What was found of a country: tables by name, where their files are, what to bear in mind."""

    tables: Mapping[str, pd.DataFrame]
    folder: Path
    cautions: tuple[Caution, ...]


def find_whole(work: Work) -> dict[str, Kept]:
    """Every step that levels need and how sure they are, by straight lines; nothing is drawn.

    The same steps as those of a run: names of neighbourhoods, fairness, isochrones and pages are
    left to studies of places.
    """
    place = find_ground(work)
    areas = place["areas"]
    listings = {
        source.id: read_source(work, source.id, areas) for source in work.settings.of_kind("assets")
    }
    place["origins"] = prepare_origins(work, areas, {})
    place["standards"] = prepare_standards(work)
    place["assets"] = prepare_assets(work, listings, areas)
    place["coverage"] = prepare_coverage(work, place, listings)
    routes = route_all(work, place)
    measured = {LEADING: measure_profile(work, routes[LEADING], place, LEADING)}
    found = {
        "measured": gather_access(work, measured),
        "scores": score_access(work, measured[LEADING], place),
        "need": find_need(work, place["deprivation"], place["nation"], areas),
        "benefit": find_benefit(work, place, None, None),
    }
    found["levels"] = find_levels_once(work, routes[LEADING], place, found)
    here = cache(partial(ground_here, work, routes[LEADING], place, found))
    found = found | find_levels_surely(work, routes[LEADING], place, found, here)
    found["summaries"] = _summaries(work, place)
    return {**place, **found}


def run_whole(work: Work, *, out: Path) -> Whole:
    """The tables of a country under ``out/<study>/<run>/``, with any number of workers the same.

    ``<run>`` is a fingerprint of what they were made from, as of a run.
    """
    steps = find_whole(work)
    prints = sorted((name, kept.step.fingerprint) for name, kept in steps.items())
    run_id = hashed([prints, work.settings.model_dump(mode="json")])[:12]
    tables = {
        "findings": (FINDINGS, steps["levels"].table("table")),
        "need": (NEED, steps["need"].table("table")),
        "summaries": (SUMMARIES, steps["summaries"].table("table")),
        **sure_tables(steps),
    }
    folder = out / work.settings.study.id / run_id
    write_whole(tables, folder)
    plain = {name: table for name, (_, table) in tables.items()}
    return Whole(plain, folder, cautions_of(work))


def _summaries(work: Work, place: Mapping[str, Kept]) -> Kept:
    """SUMMARIES of every authority, our estimate where the index's own denominators are missing."""

    def made() -> Made:
        areas = place["areas"].table("table")
        geography = place["nation"].table("table")
        told = deprivation_summaries(
            place["deprivation"].table("table"),
            geography[geography["area_id"].isin(areas["area_id"])],
            areas.set_index("area_id")["people"],
            index=index_of(index_name(work)),
            level="authority",
        )
        return Made({"table": told.table}, told.cautions)

    inputs = {name: place[name] for name in ("areas", "nation", "deprivation")}
    return work.ledger.run(
        "find summaries",
        made,
        inputs=fingerprints(inputs),
        settings={"index": index_name(work)},
    )
