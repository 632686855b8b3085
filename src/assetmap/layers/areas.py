"""The study's own areas and those of the edge around them, with the people who live there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from assetmap.errors import Fault, JoinError, nearest_name
from assetmap.frames import hold
from assetmap.frames.prepared import AREAS
from assetmap.layers.overlaps import overlaps
from assetmap.layers.population import LOOKUP, make_everybody
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Collection


EXAMPLES = 10


def make_areas(
    boundaries: gpd.GeoDataFrame,
    geography: pd.DataFrame,
    population: pd.DataFrame,
    *,
    authorities: Collection[str] = (),
    edge_m: float = 5000,
) -> Told[gpd.GeoDataFrame]:
    """The AREAS: those of the authorities as ``study``, those within ``edge_m`` as ``edge``.

    Membership comes from GEOGRAPHY at level ``authority``; with no authorities named, all
    boundaries are the study. ``people`` is POPULATION of kind ``all``, else the sum of its ages.
    ``place`` is the statistical name until ``make_named_areas`` gives it a better one. An area
    farther than ``edge_m`` from the study's ground is left out; one of the edge without
    population likewise, and counted. Boundaries given twice keep the finer of the two.

    Raises
    ------
    JoinError
        With every fault: an authority that no area belongs to, study areas without population,
        two sets of boundaries over the same ground.
    """
    once, cautions = _once(boundaries)
    named = _named(once, geography)
    roles = _roles(named, authorities, edge_m)
    kept = named.assign(role=roles)[roles != ""]
    everybody = make_everybody(population).query("kind == 'all'")
    people = everybody.groupby("area_id", sort=True)["people"].sum()
    kept = kept.assign(people=kept["area_id"].map(people))
    _refuse_unpeopled(kept)
    without = int(kept["people"].isna().sum())
    if without:
        text = f"{without} areas around the study have no population and are left out."
        cautions += (Caution(code="edge_unpeopled", about="areas", text=text, count=without),)
    table = hold(kept.dropna(subset=["people"]), AREAS, crs=boundaries.crs.to_string())
    return Told(gpd.GeoDataFrame(table), (*cautions, *overlaps(table)))


def make_units(geography: pd.DataFrame, *, level: str) -> pd.DataFrame:
    """The unit of one level by ``area_id``: columns ``unit_id`` and ``unit_name``."""
    rows = geography[geography["level"] == level]
    return rows.set_index("area_id")[["unit_id", "unit_name"]]


def _once(boundaries: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, tuple[Caution, ...]]:
    """One row an area: of two, the one drawn with more vertices, then the larger."""
    detail = shapely.get_num_coordinates(boundaries.geometry.to_numpy())
    ranked = boundaries.assign(detail=-detail, ground=-boundaries.area).sort_values(
        ["area_id", "detail", "ground"], kind="stable"
    )
    once = ranked.drop_duplicates("area_id").drop(columns=["detail", "ground"])
    twice = len(boundaries) - len(once)
    text = f"{twice} boundaries are given twice; the finer drawing is used."
    caution = Caution(code="boundaries_twice", about="areas", text=text, count=twice)
    return once, (caution,) if twice else ()


def _named(boundaries: gpd.GeoDataFrame, geography: pd.DataFrame) -> gpd.GeoDataFrame:
    """Boundaries with the contract's names; no authority known is an empty text."""
    units = make_units(geography, level="authority").reindex(boundaries["area_id"])
    name = boundaries["area_name"].fillna(boundaries["area_id"])
    return boundaries.drop(columns="area_name").assign(
        name=name,
        place=name,
        authority_id=units["unit_id"].fillna("").to_numpy(),
        authority_name=units["unit_name"].fillna("").to_numpy(),
    )


def _roles(areas: gpd.GeoDataFrame, authorities: Collection[str], edge_m: float) -> pd.Series:
    """``study``, ``edge`` or an empty text for each row."""
    _refuse_unknown(areas, authorities)
    ours = areas["authority_id"].isin(list(authorities)) if authorities else areas["area_id"] != ""
    roles = pd.Series(np.where(ours, "study", ""), index=areas.index)
    if edge_m <= 0 or ours.all() or not ours.any():
        return roles
    ground = shapely.union_all(areas.geometry.to_numpy()[ours.to_numpy()])
    near = areas.geometry.sindex.query(ground, predicate="dwithin", distance=edge_m)
    reached = np.isin(np.arange(len(areas)), near)
    return roles.mask(reached & ~ours, "edge")


def _refuse_unknown(areas: gpd.GeoDataFrame, authorities: Collection[str]) -> None:
    known = sorted(set(areas["authority_id"]) - {""})
    faults = [
        Fault(
            what=f"no area belongs to authority '{authority}'",
            where="study.authorities",
            attempt=nearest_name(authority, known)
            or "load a lookup from areas to authorities as areas.geography",
        )
        for authority in sorted(set(authorities) - set(known))
    ]
    if len(areas) == 0:
        faults.append(Fault(what="no boundaries at all", where="areas.boundaries"))
    if faults:
        raise JoinError(faults)


def _refuse_unpeopled(areas: gpd.GeoDataFrame) -> None:
    bare = areas.loc[(areas["role"] == "study") & areas["people"].isna(), "area_id"]
    if len(bare) == 0:
        return
    ids = sorted(bare)
    more = f" and {len(ids) - EXAMPLES} more" if len(ids) > EXAMPLES else ""
    raise JoinError(
        Fault(
            what=f"{len(ids)} of the study's areas have no population: "
            f"{', '.join(ids[:EXAMPLES])}{more}",
            where="tables BOUNDARIES and POPULATION",
            attempt=f"check the vintage of both; if they differ, name {LOOKUP}",
        )
    )
