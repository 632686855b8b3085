"""Find: need, what schemes bring, and the level of each area with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

from assetmap.findings.benefit import benefit_of_schemes
from assetmap.findings.flag import Evidence, flag_areas
from assetmap.findings.need import rank_need, with_crosswalk_status
from assetmap.findings.quality import quality_of
from assetmap.findings.rules import Rules
from assetmap.findings.transform import index_checked
from assetmap.study.ledger import Made
from assetmap.study.steps.index import index_here, index_name, status_of
from assetmap.study.steps.places import reached_by_streets
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assetmap.provenance import Caution
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


def rules_of(work: Work) -> Rules:
    """The cut-offs of the test, as the study has chosen them."""
    return Rules(**work.settings.rules.model_dump(exclude={"basis", "named"}))


def find_need(
    work: Work, deprivation: Kept, membership: Kept, areas: Kept, *, basis: str = ""
) -> Kept:
    """NEED of every area within the nation, its region and its authority.

    By the study's own basis of deprivation, or by another that is named.
    """
    chosen = work.settings.rules
    used = basis or chosen.basis
    index = index_name(work)

    def made() -> Made:
        told = rank_need(
            deprivation.table("table"),
            membership.table("table"),
            area_ids=areas.table("table")["area_id"],
            index=index_here(work, deprivation),
            basis=used,
            named=chosen.named,
        )
        status = status_of(deprivation)
        table = with_crosswalk_status(told.table, status)
        checked: tuple[Caution, ...] = ()
        if not basis and status is None:
            checked = index_checked(deprivation.table("table"), index=index_here(work, deprivation))
        return Made({"table": table}, (*told.cautions, *checked))

    inputs = {"deprivation": deprivation, "membership": membership, "areas": areas}
    return work.ledger.run(
        f"find need by {basis}" if basis else "find need",
        made,
        inputs=fingerprints(inputs),
        settings={"basis": used, "named": chosen.named, "index": index},
    )


def find_benefit(work: Work, place: Mapping[str, Kept], schemes: Kept | None, saved: Kept | None
                 ) -> Kept:  # fmt: skip
    """BENEFIT of each of the study's own areas, by the minutes that schemes save."""
    rules = rules_of(work)

    def made() -> Made:
        table = schemes.table("table") if schemes else None
        told = benefit_of_schemes(
            gpd.GeoDataFrame(place["areas"].table("table")),
            gpd.GeoDataFrame(table) if table is not None else None,
            saved=_saved(saved),
            origins=gpd.GeoDataFrame(place["origins"].table("table")),
            reach_m=float(place["standards"].table("table")["threshold_m"].max()),
            rules=rules,
        )
        return Made({"table": told.table}, told.cautions)

    inputs = {name: place[name] for name in ("areas", "origins", "standards")}
    inputs |= {"schemes": schemes} if schemes else {}
    inputs |= {"saved": saved} if saved else {}
    return work.ledger.run(
        "find benefit",
        made,
        inputs=fingerprints(inputs),
        settings={"rules": work.settings.rules.model_dump()},
    )


def find_levels(work: Work, place: Mapping[str, Kept], found: Mapping[str, Kept]) -> Kept:
    """FINDINGS: the level of each area, its three legs, their margins and the reason."""
    rules = rules_of(work)

    def made() -> Made:
        areas = place["areas"].table("table")
        measured = found["measured"]
        quality = quality_here(place, found)
        evidence = Evidence(
            need=found["need"].table("table"),
            shares=measured.table("theme_shares"),
            scores=found["scores"].table("scores"),
            benefit=found["benefit"].table("table"),
            quality=quality,
        )
        told = flag_areas(areas, evidence, rules=rules)
        return Made({"table": told.table, "quality": quality}, told.cautions)

    names = ("areas", "population", "streets reach")
    inputs = {name: place[name] for name in names if name in place} | dict(found)
    return work.ledger.run(
        "find levels",
        made,
        inputs=fingerprints(inputs),
        settings={"rules": work.settings.rules.model_dump()},
    )


def quality_here(place: Mapping[str, Kept], found: Mapping[str, Kept]) -> pd.DataFrame:
    """QUALITY of every area, with how often it survives other detours where that was drawn."""
    survival = found["survival"].table("table") if "survival" in found else None
    return quality_of(
        place["areas"].table("table"),
        place["population"].table("table"),
        found["measured"].table("unsnapped").set_index("area_id")["share"],
        reached_by_streets(place),
        None if survival is None else survival.set_index("area_id")["detour_survival"],
    )


def _saved(saved: Kept | None) -> tuple[pd.Series, pd.Series] | None:
    if saved is None:
        return None
    table = saved.table("saved").set_index("area_id")
    return table["firm_min"], table["expected_min"]
