"""Prepare: areas, origins, assets, coverage; each a step that the ledger keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.layers.areas import make_areas
from assetmap.layers.geography import make_membership, make_membership_by_position
from assetmap.layers.nearby import make_nearby, make_own
from assetmap.layers.origins import make_origins
from assetmap.layers.outline import make_outline
from assetmap.layers.people import make_whole_population
from assetmap.layers.population import make_population
from assetmap.study.ledger import Made
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


def prepare_membership(work: Work, lookups: Mapping[str, Kept], ids: Mapping[str, Kept]) -> Kept:
    """Which authority, region and ward each area belongs to, for the whole of what is loaded."""

    def made() -> Made:
        area_ids = {one for kept in ids.values() for one in kept.table("table")["area_id"].unique()}
        told = make_membership(
            [kept.table("table") for kept in lookups.values()], area_ids=area_ids
        )
        return Made({"table": told.table}, told.cautions)

    inputs = {**lookups, **ids}
    return work.ledger.run(
        "prepare membership",
        made,
        inputs=fingerprints(inputs),
        settings={"order": list(lookups)},
    )


def place_in_units(
    work: Work, source_id: str, units: Kept, boundaries: Kept, lookups: Mapping[str, Kept]
) -> Kept:
    """The GEOGRAPHY of a level whose units are drawn, of the study's own areas.

    Each area is in the unit that covers most of it.
    """
    level, authorities = str(work.settings.of(source_id).level), work.settings.study.authorities

    def made() -> Made:
        own = make_own(
            gpd.GeoDataFrame(boundaries.table("table")),
            [kept.table("table") for kept in lookups.values()],
            authorities=authorities,
        )
        drawn = gpd.GeoDataFrame(units.table("table"))
        told = make_membership_by_position(own, drawn, level=level)
        return Made({"table": told.table}, told.cautions)

    return work.ledger.run(
        f"place areas in {source_id}",
        made,
        inputs=fingerprints({"units": units, "boundaries": boundaries, **lookups}),
        settings={"level": level, "authorities": authorities},
    )


def prepare_boundaries(
    work: Work, boundaries: Mapping[str, Kept], lookups: Mapping[str, Kept]
) -> Kept:
    """BOUNDARIES of every source that lie in or near the study, as one table.

    Of an area drawn twice, ``layers`` choose.
    """
    place = work.settings.study

    def made() -> Made:
        whole = pd.concat([kept.table("table") for kept in boundaries.values()], ignore_index=True)
        near = make_nearby(
            gpd.GeoDataFrame(whole),
            [kept.table("table") for kept in lookups.values()],
            authorities=place.authorities,
            edge_m=place.edge_buffer_m,
        )
        return Made({"table": near})

    return work.ledger.run(
        "prepare boundaries",
        made,
        inputs=fingerprints({**boundaries, **lookups}),
        settings={
            "order": list(boundaries),
            "authorities": place.authorities,
            "edge_buffer_m": place.edge_buffer_m,
        },
    )


def prepare_population(
    work: Work, populations: Mapping[str, Kept], boundaries: Kept, crosswalk: Kept | None
) -> Kept:
    """People of every source, brought to the boundaries' vintage."""

    def made() -> Made:
        area_ids = set(boundaries.table("table")["area_id"])
        lookup = crosswalk.table("table") if crosswalk else None
        told = [
            make_population(kept.table("table"), lookup, area_ids=area_ids)
            for kept in populations.values()
        ]
        whole = make_whole_population([one.table for one in told])
        return Made({"table": whole}, tuple(c for one in told for c in one.cautions))

    inputs = {**populations, "boundaries": boundaries}
    inputs |= {"crosswalk": crosswalk} if crosswalk else {}
    return work.ledger.run(
        "prepare population",
        made,
        inputs=fingerprints(inputs),
        settings={"order": list(populations)},
    )


def prepare_areas(work: Work, boundaries: Kept, membership: Kept, population: Kept) -> Kept:
    """AREAS with the statistical names for places; and the study's ground with its edge."""
    place = work.settings.study

    def made() -> Made:
        told = make_areas(
            gpd.GeoDataFrame(boundaries.table("table")),
            membership.table("table"),
            population.table("table"),
            authorities=place.authorities,
            edge_m=place.edge_buffer_m,
        )
        outline = make_outline(told.table, edge_m=place.edge_buffer_m)
        return Made({"table": told.table, "outline": outline}, told.cautions)

    inputs = {"boundaries": boundaries, "membership": membership, "population": population}
    return work.ledger.run(
        "prepare areas",
        made,
        inputs=fingerprints(inputs),
        settings={"authorities": place.authorities, "edge_buffer_m": place.edge_buffer_m},
    )


def prepare_origins(work: Work, areas: Kept, places: Mapping[str, Kept]) -> Kept:
    """ORIGINS: where the people of each area are taken to live."""

    def made() -> Made:
        tables = {
            source_id: gpd.GeoDataFrame(kept.table("table")) for source_id, kept in places.items()
        }
        told = make_origins(
            gpd.GeoDataFrame(areas.table("table")), tables, order=work.settings.origins.places
        )
        return Made({"table": told.table}, told.cautions)

    return work.ledger.run(
        "prepare origins",
        made,
        inputs=fingerprints({"areas": areas, **places}),
        settings={"order": work.settings.origins.places},
    )
