"""Prepare assets: merged listings, entrances, what is measured where, what places are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from assetmap.layers.assets import make_assets
from assetmap.layers.coverage import make_coverage
from assetmap.layers.grounds import make_grounds
from assetmap.layers.holdings import make_holdings
from assetmap.layers.names import make_named_areas
from assetmap.layers.outline import make_land
from assetmap.layers.reach import make_street_reach
from assetmap.layers.standards import make_standards
from assetmap.network.graph import WalkGraph
from assetmap.network.islands import main_points, walkable_lines
from assetmap.sources.categories import packaged_table, read_categories
from assetmap.sources.readers import provided_by
from assetmap.study.ledger import Made
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


def prepare_assets(
    work: Work, listings: Mapping[str, Kept], areas: Kept, *, graph: Kept | None = None
) -> Kept:
    """ASSETS, ENTRANCES, UNPLACED and HOLDINGS of every source, double entries merged.

    On streets, ``graph`` is the leading profile's: green space without published gates is entered
    where its streets and paths cross the edge.
    """
    ranks = {source.id: source.rank for source in work.settings.of_kind("assets")}

    def made() -> Made:
        told = make_assets(
            gpd.GeoDataFrame(_stacked(listings, "assets")),
            gpd.GeoDataFrame(_stacked(listings, "entrances")),
            gpd.GeoDataFrame(areas.table("table")),
            categories=read_categories(),
            ranks=ranks,
            paths=_paths(work, graph) if graph else None,
        )
        parts = {
            "table": told.table.assets,
            "entrances": told.table.entrances,
            "unplaced": _stacked(listings, "unplaced"),
            "holdings": make_holdings(_stacked(listings, "holdings"), told.table.listed),
        }
        return Made(parts, told.cautions)

    return work.ledger.run(
        "prepare assets",
        made,
        inputs=fingerprints({"areas": areas, **listings} | ({"graph": graph} if graph else {})),
        settings={"ranks": ranks},
    )


def _paths(work: Work, graph: Kept) -> gpd.GeoSeries:
    lines = walkable_lines(WalkGraph.from_arrays(graph.part("graph")))
    return gpd.GeoSeries(shapely.linestrings(lines), crs=work.settings.study.crs)


def prepare_standards(work: Work) -> Kept:
    """STANDARDS in use, from the published table and the study's changes."""
    chosen = work.settings.standards

    def made() -> Made:
        table = make_standards(
            packaged_table("standards.toml")["standard"],
            use=chosen.use,
            thresholds=chosen.thresholds,
            chosen_by=chosen.chosen_by,
            cut_off_min=work.settings.travel.cut_off_min,
        )
        return Made({"table": table})

    settings = {
        "use": chosen.use,
        "thresholds": chosen.thresholds,
        "by": chosen.chosen_by,
        "cut_off_min": work.settings.travel.cut_off_min,
    }
    return work.ledger.run("prepare standards", made, inputs={}, settings=settings)


def prepare_coverage(
    work: Work, place: Mapping[str, Kept], listings: Mapping[str, Kept], *, of: str = "coverage"
) -> Kept:
    """COVERAGE: what is measured where, by the ground each source says it covers.

    ``place`` holds the steps ``boundaries``, ``areas``, ``origins`` and ``standards``, and
    ``streets reach`` where streets are used. Its part ``streets`` says which areas these reach.
    """
    covers = {source_id: work.settings.of(source_id).covers for source_id in listings}
    names = ("boundaries", "areas", "origins", "standards", "streets reach")
    inputs = {name: place[name] for name in names if name in place}

    def made() -> Made:
        table = gpd.GeoDataFrame(place["areas"].table("table"))
        land = make_land(
            gpd.GeoDataFrame(place["boundaries"].table("table")), place["areas"].part("outline")
        )
        provides = {
            source_id: provided_by(work.settings.of(source_id))
            or set(kept.table("assets")["category"])
            for source_id, kept in listings.items()
        }
        grounds = make_grounds(covers, provides, table)
        told = make_coverage(
            table,
            gpd.GeoDataFrame(place["origins"].table("table")),
            grounds.table,
            place["standards"].table("table"),
            land=land.geometry.iloc[0],
            street_cover=reached_by_streets(place),
        )
        return Made({"table": told.table}, (*grounds.cautions, *told.cautions))

    return work.ledger.run(
        f"prepare {of}",
        made,
        inputs=fingerprints({**inputs, **listings}),
        settings={"covers": {name: c.model_dump() if c else None for name, c in covers.items()}},
    )


def prepare_street_reach(work: Work, areas: Kept, graph: Kept, centres: Kept | None) -> Kept:
    """Which areas the streets reach: those whose centre is within a snap of the main streets."""
    reach_m = work.settings.travel.snap_max_m

    def made() -> Made:
        table = gpd.GeoDataFrame(areas.table("table"))
        x, y = main_points(WalkGraph.from_arrays(graph.part("graph")))
        reach = make_street_reach(
            table,
            gpd.GeoSeries.from_xy(x, y, crs=table.crs),
            reach_m=reach_m,
            centres=gpd.GeoDataFrame(centres.table("table")) if centres else None,
        )
        return Made({"table": reach})

    inputs = {"areas": areas, "graph": graph} | ({"centres": centres} if centres else {})
    return work.ledger.run(
        "prepare street reach",
        made,
        inputs=fingerprints(inputs),
        settings={"reach_m": reach_m},
    )


def reached_by_streets(place: Mapping[str, Kept]) -> pd.Series | None:
    """Whether the streets reach each area, by ``area_id``; None where no streets are used."""
    if "streets reach" not in place:
        return None
    reach = place["streets reach"].table("table")
    return reach.set_index("area_id")["streets_cover"]


def prepare_names(
    work: Work, areas: Kept, membership: Kept, assets: Kept, given: Kept | None
) -> Kept:
    """AREAS again, each with the name a resident would use."""

    def made() -> Made:
        told = make_named_areas(
            gpd.GeoDataFrame(areas.table("table")),
            membership.table("table"),
            gpd.GeoDataFrame(assets.table("table")),
            given=given.table("table") if given else None,
        )
        return Made({"table": told.table}, told.cautions)

    inputs = {"areas": areas, "membership": membership, "assets": assets}
    inputs |= {"names": given} if given else {}
    return work.ledger.run("prepare names", made, inputs=fingerprints(inputs), settings={})


def _stacked(listings: Mapping[str, Kept], part: str) -> pd.DataFrame:
    tables = [kept.table(part) for kept in listings.values()]
    stacked: pd.DataFrame = pd.concat(tables, ignore_index=True)
    return stacked
