"""Find how fair access is: every measure of it, and three plain tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.access.everybody import minutes_of_everybody, without_free_space
from assetmap.access.measured import Place
from assetmap.findings.benefit import overlaps
from assetmap.findings.equity.plainly import no_free_space, scheme_areas, supply_beside_need
from assetmap.findings.equity.subjects import free_space, groupings, rank_fairness, subjects_of
from assetmap.frames.fairness import FAIRNESS, NO_FREE_SPACE, SCHEME_AREAS, SUPPLY
from assetmap.study.ledger import Made
from assetmap.study.steps.measure import LEADING
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.findings.equity.fairness import Subject
    from assetmap.frames import Contract
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

MEASURED = f"measure {LEADING}"
CONTRACTS = {
    "fairness": FAIRNESS,
    "scheme_areas": SCHEME_AREAS,
    "no_free_space": NO_FREE_SPACE,
    "supply_beside_need": SUPPLY,
}


def find_fairness(
    work: Work,
    routes: Mapping[str, Kept],
    place: Mapping[str, Kept],
    found: Mapping[str, Kept],
) -> Kept:
    """FAIRNESS along the line of need and between groups; SCHEME_AREAS, NO_FREE_SPACE, SUPPLY.

    Without an index of deprivation there is no line of need: groups alone are told apart.
    """
    used = {name: place[name] for name in (*Place._fields, "areas", "population")}
    used |= {name: place[name] for name in ("schemes",) if name in place}
    used |= {name: found[name] for name in (MEASURED, "need") if name in found}
    used["route"] = routes[LEADING]
    chosen, seed = work.settings.fairness, work.settings.study.seed

    def made() -> Made:
        tables = Place(*(place[name].table("table") for name in Place._fields))
        near, free = _subjects(work, routes[LEADING], tables, found[MEASURED])
        rank, decile = _need(found.get("need"))
        people = _people(place["areas"].table("table"))
        groups = groupings(
            place["population"].table("table"),
            people,
            decile=decile.reindex(people.index).dropna(),
            in_schemes=_in_schemes(place),
        )
        told = rank_fairness([*near, *free], groups, rank, seed=seed)
        shares = found[MEASURED].table("theme_shares")
        parts = {
            "fairness": told.table,
            "scheme_areas": scheme_areas(told.table),
            "no_free_space": no_free_space(told.table, free, minutes=chosen.free_within_min),
            "supply_beside_need": supply_beside_need(tables.assets, shares, people, decile),
        }
        return Made(parts, told.cautions)

    return work.ledger.run(
        "find fairness",
        made,
        inputs=fingerprints(used),
        settings={"fairness": chosen.model_dump(), "seed": seed},
    )


def tables_of(steps: Mapping[str, Kept]) -> dict[str, tuple[Contract, pd.DataFrame]]:
    """The tables of fairness by file name, with their contracts; none where it was not asked."""
    kept = steps.get("fairness")
    if kept is None:
        return {}
    return {name: (contract, kept.table(name)) for name, contract in CONTRACTS.items()}


def _subjects(
    work: Work, route: Kept, tables: Place, measured: Kept
) -> tuple[list[Subject], list[Subject]]:
    """What fairness is asked of: each standard, and free public space."""
    chosen, cut_off_min = work.settings.fairness, work.settings.travel.cut_off_min
    snaps = route.table("snaps")
    minutes = minutes_of_everybody(measured.table("minutes"), snaps, tables)
    none = without_free_space(
        route.table("costs"),
        snaps,
        tables,
        free=(chosen.free_indoor, chosen.free_green),
        within_min=chosen.free_within_min,
    )
    near = subjects_of(minutes, tables.standards, cut_off_min=cut_off_min)
    return near, free_space(none, minutes=chosen.free_within_min)


def _need(need: Kept | None) -> tuple[pd.Series, pd.Series]:
    """Rank and tenth within the nation by area; empty without an index."""
    if need is None:
        return pd.Series(dtype="float64"), pd.Series(dtype="float64")
    table = need.table("table")
    rows = table[table["reference"] == "nation"].set_index("area_id")
    return rows["rank"], rows["decile"]


def _people(areas: pd.DataFrame) -> pd.Series:
    own = areas[areas["role"] == "study"]
    return own.set_index("area_id")["people"].sort_index()


def _in_schemes(place: Mapping[str, Kept]) -> pd.Series | None:
    if "schemes" not in place or place["schemes"].table("table").empty:
        return None
    areas = gpd.GeoDataFrame(place["areas"].table("table"))
    own = areas[areas["role"] == "study"].set_index("area_id").sort_index()
    return pd.Series(overlaps(own, gpd.GeoDataFrame(place["schemes"].table("table"))), own.index)
