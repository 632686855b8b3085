"""People of another vintage of areas brought to the study's own, by the exact-fit lookup only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.errors import Fault, JoinError
from assetmap.frames import hold
from assetmap.frames.among import among
from assetmap.frames.given import POPULATION
from assetmap.layers.vintages import direction_of, links_of
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Collection

LOOKUP = "the exact-fit lookup of 2011 to 2021 areas (ONS LSOA11_LSOA21_LAD22_EW_LU)"
NATION_PREFIX = 3
MISFIT_SHARE = 0.01


def make_population(
    population: pd.DataFrame,
    crosswalk: pd.DataFrame | None = None,
    *,
    area_ids: Collection[str],
    weights: pd.Series | None = None,
) -> Told[pd.DataFrame]:
    """The POPULATION of exactly these areas, whatever vintage of codes it was published in.

    Counts only. Areas that the table names come through as *published*. Others are found in
    CROSSWALK, in whichever direction fits: one area to one is *unchanged*; several to one are
    *summed*; one to several is *shared out*, child c taking ``people x w_c / sum w`` where
    ``weights`` (area_id to people, in the areas' own vintage) are given; a group that fits in
    neither way is *irregular* and is shared out likewise. Without weights nothing is invented:
    the area has no row and a caution counts it. Best-fit lookups are never used.

    A sum that lacks one of its parts is left out. Groups keep their totals (rounded to 3
    decimals). Row order means nothing.

    Raises
    ------
    JoinError
        When areas are missing from a table that speaks of their nation, and no lookup is given.

    References
    ----------
    ONS, *Lower layer Super Output Area (2011) to (2021) exact-fit lookup for EW*.
    """
    wanted = sorted(set(area_ids))
    known = set(population["area_id"].unique().tolist())
    missing = [area_id for area_id in wanted if area_id not in known]
    parts = [population[among(population["area_id"], wanted)]]
    if missing and crosswalk is None:
        _refuse_other_vintage(missing, of=len(wanted), known=known)
    if missing and crosswalk is not None:
        direction = direction_of(crosswalk, known=known, wanted=wanted)
        links = links_of(crosswalk, direction, wanted=wanted)
        parts = [_kept(parts[0], links), _carried(population, links, missing, weights)]
    table = hold(pd.concat(parts, ignore_index=True), POPULATION)
    return Told(table, _cautions(table, wanted))


def make_everybody(population: pd.DataFrame) -> pd.DataFrame:
    """The POPULATION with kind ``all``; where a table lacks it, the sum over the age groups.

    A table that already says ``all`` for an area keeps that number. Areas without either stay
    without.
    """
    everybody = population[population["kind"] == "all"]
    ages = population[
        (population["kind"] == "age") & ~population["area_id"].isin(everybody["area_id"])
    ]
    if ages.empty:
        return population
    sums = ages.groupby("area_id", sort=True).agg(
        people=("people", "sum"), crosswalk_status=("crosswalk_status", "first")
    )
    added = sums.reset_index().assign(kind="all", group="all")
    return hold(pd.concat([population, added], ignore_index=True), POPULATION)


def _refuse_other_vintage(missing: list[str], *, of: int, known: set[str]) -> None:
    """Codes of a nation that the table knows, and yet not these: another vintage."""
    nations = {area_id[:NATION_PREFIX] for area_id in known}
    misfits = [area_id for area_id in missing if area_id[:NATION_PREFIX] in nations]
    if len(misfits) <= MISFIT_SHARE * of:
        return
    raise JoinError(
        Fault(
            what=f"{len(misfits)} of {of} areas have no population, for example "
            f"{', '.join(misfits[:3])}: the codes are of another vintage",
            where="table POPULATION",
            attempt=f"name {LOOKUP} as areas.crosswalk",
        )
    )


def _kept(rows: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Rows that bear an area's own code; marked where the lookup says that nothing changed."""
    same = links.loc[links["status"] == "unchanged", "area_id"].tolist()
    status = rows["crosswalk_status"].mask(among(rows["area_id"], same), "unchanged")
    return rows.assign(crosswalk_status=status)


def _carried(
    population: pd.DataFrame, links: pd.DataFrame, missing: list[str], weights: pd.Series | None
) -> pd.DataFrame:
    """Each link's share of its source's people, summed over each area that all parts reach."""
    ours = links[links["area_id"].isin(missing)].copy()
    ours["share"] = _shares(links, weights).reindex(ours.index)
    parts = ours.groupby("area_id")["source"].transform("size")
    given = population[among(population["area_id"], ours["source"].tolist())]
    rows = ours.assign(parts=parts).merge(
        given.rename(columns={"area_id": "source"}).drop(columns="crosswalk_status"),
        how="inner",
        on="source",
        validate="many_to_many",
    )
    rows = rows.dropna(subset=["share"]).assign(
        people=lambda table: table["people"] * table["share"]
    )
    whole = rows.sort_values(["area_id", "kind", "group", "source"]).groupby(
        ["area_id", "kind", "group"], sort=True
    )
    sums = whole.agg(
        people=("people", "sum"),
        found=("source", "size"),
        parts=("parts", "first"),
        crosswalk_status=("status", "first"),
    ).reset_index()
    return sums[sums["found"] == sums["parts"]].drop(columns=["found", "parts"])


def _shares(links: pd.DataFrame, weights: pd.Series | None) -> pd.Series:
    """What each link carries of its source: all of it, or the area's weight among its siblings."""
    carried = pd.Series(1.0, index=links.index)
    siblings = links.groupby("source")["area_id"].transform("size") > 1
    if weights is None:
        return carried.mask(siblings)
    own = links["area_id"].map(weights).astype("float64")
    total = own.groupby(links["source"]).transform(lambda part: part.sum(skipna=False))
    return carried.mask(siblings, (own / total.where(total > 0)))


def _cautions(table: pd.DataFrame, wanted: list[str]) -> tuple[Caution, ...]:
    told = []
    absent = len(set(wanted) - set(table["area_id"]))
    if absent:
        text = (
            "Areas without a population, as the lookup between vintages splits or redraws them "
            f"and no weights are given, or the table does not name them: {absent}."
        )
        told.append(Caution(code="population_missing", about="population", text=text, count=absent))
    for status, code, text in (
        ("shared out", "population_shared_out", "split from an older area by weights"),
        ("irregular", "crosswalk_irregular", "redrawn irregularly between two vintages"),
    ):
        count = table.loc[table["crosswalk_status"] == status, "area_id"].nunique()
        if count:
            words = f"Areas {text}, their people an estimate: {count}."
            told.append(Caution(code=code, about="population", text=words, count=count))
    return tuple(told)
