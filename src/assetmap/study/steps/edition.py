"""Publish: everything that the writers are given, gathered from the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

from assetmap import __version__
from assetmap.access.asked import words_by_measure
from assetmap.access.methods import method_rows
from assetmap.access.methods import methods as access_methods
from assetmap.findings.equity.methods import methods as fairness_methods
from assetmap.findings.indices import index_of
from assetmap.findings.need import methods as need_methods
from assetmap.findings.rules import methods as rule_methods
from assetmap.frames import table_of
from assetmap.frames.given import DEPRIVATION, SCHEMES
from assetmap.frames.results import FINDINGS, METHODS, NEED
from assetmap.publish.edition import Contact, Edition, Facts
from assetmap.sources.categories import packaged_table, read_categories
from assetmap.study.languages import translations_in
from assetmap.study.lineage import above, lineage_of
from assetmap.study.steps.asked import asked_of
from assetmap.study.steps.challenge import tables_of_challenges
from assetmap.study.steps.corrections import corrections_of
from assetmap.study.steps.fairness import tables_of
from assetmap.study.steps.find import rules_of
from assetmap.study.steps.green import green_words
from assetmap.study.steps.hours import opening_words
from assetmap.study.steps.index import index_name
from assetmap.study.steps.isochrones import ground_words
from assetmap.study.steps.route import water_of
from assetmap.study.steps.schemes import tables_of_schemes
from assetmap.study.steps.service import tables_of_service, timetable_methods
from assetmap.study.steps.stops import tables_of_stops
from assetmap.study.steps.sure import sure_methods, sure_tables
from assetmap.study.steps.tour import tour_of
from assetmap.study.steps.units import tables_of_units, vintages_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assetmap.frames import Contract
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


STEPS_BEHIND = {
    "areas": ("names", "measured", "need", "levels"),
    "access": ("measured",),
    "assets": ("assets",),
    "findings": ("levels", "names"),
    "need": ("need", "names"),
    "unplaced": ("assets",),
    "ground_within": ("ground within",),
    "schemes": ("schemes",),
    "schemes_points": ("schemes",),
    "standards": ("standards",),
    **dict.fromkeys(("methods", "cautions", "sources"), ()),
}
"""Steps that the tables of the files rest on; a table that is not named rests on every source."""


def edition_of(
    work: Work, steps: Mapping[str, Kept], *, run_id: str, cautions: pd.DataFrame
) -> Edition:
    """The Edition of a run."""
    crs = work.settings.study.crs
    areas = gpd.GeoDataFrame(steps["names"].table("table"))
    deprivation = _or_empty(steps, "deprivation", DEPRIVATION)
    categories = read_categories()
    themes = packaged_table("categories.toml")["theme"]
    return Edition(
        facts=_facts(work, areas, run_id=run_id),
        areas=areas,
        deprivation=deprivation[deprivation["area_id"].isin(areas["area_id"])],
        assets=gpd.GeoDataFrame(steps["assets"].table("table")),
        schemes=gpd.GeoDataFrame(_or_empty(steps, "schemes", SCHEMES, crs=crs)),
        area_access=steps["measured"].table("area_access"),
        need=_or_empty(steps, "need", NEED),
        findings=_or_empty(steps, "levels", FINDINGS),
        scores=steps["scores"].table("scores"),
        coverage=steps["coverage"].table("table"),
        standards=steps["standards"].table("table"),
        methods=methods_of(work, steps["standards"].table("table")),
        cautions=cautions,
        sources=work.sources,
        themes={name: row["label"] for name, row in themes.items()},
        categories={name: (kind.label, kind.plural) for name, kind in categories.items()},
        unplaced=steps["assets"].table("unplaced"),
        membership=steps["nation"].table("table"),
        vintages=vintages_of(work),
        population=steps["population"].table("table"),
        postcodes=steps["postcodes"].table("table") if "postcodes" in steps else None,
        street_names=steps["street names"].table("table") if "street names" in steps else None,
        water=_water(work, steps),
        backdrop=gpd.GeoDataFrame(steps["backdrop"].table("table")),
        words=work.settings.publish.words,
        translations=translations_in(work.folders[0], work.settings.publish.further),
        lineage=lineage_of(work, steps, run_id=run_id),
        more={
            **_need(steps),
            **tables_of(steps),
            **tables_of_units(steps),
            **tables_of_challenges(steps),
            **tables_of_schemes(steps),
            **sure_tables(steps),
            **tables_of_service(steps),
            **tables_of_stops(steps),
            **corrections_of(steps),
        },
        made_from=_made_from(work, steps),
        asked=_asked(work, steps["standards"].table("table")),
        green_tiers=steps["green tiers"].table("table") if "green tiers" in steps else None,
        ground_within=_ground(steps),
        open_times=steps["opening"].table("moments") if "opening" in steps else None,
        open_at=steps["opening"].table("table") if "opening" in steps else None,
        tour=tour_of(work, steps),
    )


def _need(steps: Mapping[str, Kept]) -> dict[str, tuple[Contract, pd.DataFrame]]:
    """The place of each of the study's own areas in every reference set; none without an index."""
    if "need" not in steps:
        return {}
    table, areas = steps["need"].table("table"), steps["names"].table("table")
    own = areas.loc[areas["role"] == "study", "area_id"]
    return {"need": (NEED, table[table["area_id"].isin(own)])}


def _asked(work: Work, standards: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Measures that the study names, as METHODS has them; none that it gets without asking."""
    if "measure" not in work.settings.model_fields_set:
        return {}
    words = words_by_measure(asked_of(work, standards))
    return {
        name: (row["name"], row["settings"])
        for name, said in words.items()
        for row in method_rows({name: said})
    }


def _ground(steps: Mapping[str, Kept]) -> gpd.GeoDataFrame | None:
    drawn = "ground within" in steps
    return gpd.GeoDataFrame(steps["ground within"].table("table")) if drawn else None


def _made_from(work: Work, steps: Mapping[str, Kept]) -> dict[str, tuple[str, ...]]:
    """The sources behind each table, by its name in the files."""
    made: dict[str, list[str]] = {}
    for table, names in STEPS_BEHIND.items():
        made[table] = [
            source
            for name in names
            if name in steps
            for source in above(work, steps[name].step.name)[1]
        ]
    return {table: tuple(sorted(set(ids))) for table, ids in made.items()}


def methods_of(work: Work, standards: pd.DataFrame) -> pd.DataFrame:
    """METHODS: every rule and measure with its formula, settings, source and status."""
    settings = work.settings
    asked = asked_of(work, standards)
    rows: list[Mapping[str, str]] = [
        *access_methods(
            standards, weights=settings.standards.weights, themes=settings.rules.themes
        ),
        *method_rows(
            words_by_measure(asked)
            | green_words(work)
            | opening_words(work, standards)
            | ground_words(work)
        ),
        *rule_methods(rules_of(work)),
        *fairness_methods(),
        *timetable_methods(work),
    ]
    if work.settings.areas.deprivation:
        rows += need_methods(index_of(index_name(work)), basis=work.settings.rules.basis)
        rows += sure_methods(work)
    unique = {row["name"]: row for row in rows}
    return table_of(
        METHODS, {name: [row[name] for row in unique.values()] for name in METHODS.names}
    )


def _facts(work: Work, areas: gpd.GeoDataFrame, *, run_id: str) -> Facts:
    settings = work.settings
    place, contact = settings.study, settings.contact
    own = areas[areas["role"] == "study"]
    names = tuple(dict.fromkeys(own.sort_values("authority_id")["authority_name"]))
    return Facts(
        title=place.title,
        place=place.place,
        nation=place.nation,
        authorities=tuple(name for name in names if name),
        invented=place.invented,
        version=__version__,
        seed=place.seed,
        as_of=place.as_of,
        run=run_id,
        method="streets" if settings.travel.mode == "streets" else "straight line",
        detour=settings.travel.detour,
        about=place.about,
        contact=Contact(**contact.model_dump()),
        review_by=settings.publish.review_by,
        place_pages=_paged(work),
        page_areas=settings.publish.page_areas,
        base_url=settings.publish.base_url,
        adopted_by=settings.publish.adopted_by,
        licence=settings.publish.licence,
    )


def _paged(work: Work) -> bool:
    """Whether each neighbourhood has a page: as the study says, else where it is no cell."""
    asked = work.settings.publish.place_pages
    shapes = [work.settings.of(name).layout for name in work.settings.areas.boundaries]
    return "cells" not in shapes if asked is None else asked


def _water(work: Work, steps: Mapping[str, Kept]) -> gpd.GeoSeries | None:
    shape = water_of(work, steps).shape
    return None if shape.is_empty else gpd.GeoSeries([shape], crs=work.settings.study.crs)


def _or_empty(
    steps: Mapping[str, Kept], name: str, contract: Contract, *, crs: str | None = None
) -> pd.DataFrame:
    if name in steps:
        return steps[name].table("table")
    return table_of(contract, {column: [] for column in contract.names}, crs=crs)
