"""Edits that cannot be made, all told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.layers.position import area_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    import pandas as pd

SAME_PLACE_M = 10.0
"""A new place as near as this to one of its category is taken for the same."""
ONE_OF = {"remove", "move", "change"}


def refuse_edits(edits: pd.DataFrame, *, areas: gpd.GeoDataFrame, assets: gpd.GeoDataFrame) -> None:
    """Nothing, where every one of EDITS can be made.

    Raises
    ------
    StudyError
        With every edit that is of an asset that is not there, outside the areas, on top of a
        place of its category, or against another edit.
    """
    faults = [
        *_contradictions(edits),
        *_faults_of_assets(edits, assets),
        *_faults_of_places(edits, areas, assets),
    ]
    if faults:
        raise StudyError(faults)


def _contradictions(edits: pd.DataFrame) -> Iterator[Fault]:
    """Two edits of one asset, of which one undoes the other; and one thing said twice."""
    named = edits[edits["kind"].isin(ONE_OF)]
    for asset, rows in named.groupby("asset", sort=True):
        kinds = list(rows["kind"])
        if len(rows) > 1 and ("remove" in kinds or len(set(kinds)) < len(kinds)):
            numbers = " and ".join(str(number) for number in rows["edit"])
            what = f"edits {numbers} contradict each other: {', '.join(kinds)} '{asset}'"
            yield Fault(
                what=what,
                attempt="keep one of them; what follows after another is a scenario of its own",
            )
    added = edits[edits["kind"].isin(["add", "homes"])]
    twice = added[added.duplicated(["kind", "category", "place"], keep=False)]
    if len(twice):
        numbers = " and ".join(str(number) for number in twice["edit"])
        what = f"edits {numbers} add the same thing at the same place"
        yield Fault(what=what, attempt="keep one of them")


def _faults_of_assets(edits: pd.DataFrame, assets: gpd.GeoDataFrame) -> Iterator[Fault]:
    known = set(assets["to_id"])
    for edit in edits[edits["kind"].isin(ONE_OF)].itertuples():
        if edit.asset not in known:
            what = f"edit {edit.edit} is of '{edit.asset}', which is not there"
            hint = nearest_name(str(edit.asset), known) or "an id of tables/assets.csv"
            yield Fault(what=what, attempt=hint)


def _faults_of_places(
    edits: pd.DataFrame, areas: gpd.GeoDataFrame, assets: gpd.GeoDataFrame
) -> Iterator[Fault]:
    placed = edits[edits["kind"].isin(["add", "move", "homes"])]
    points = shapely.from_wkt(placed["place"].to_numpy(dtype=object))
    inside = area_at(areas, points)
    stays = assets[~assets["to_id"].isin(edits.loc[edits["kind"].eq("remove"), "asset"])]
    kinds = dict(zip(assets["to_id"], assets["category"], strict=True))
    for edit, point, area in zip(placed.itertuples(), points, inside, strict=True):
        where = f"edit {edit.edit}"
        if area is None:
            away_m = areas.distance(point).min()
            what = (
                f"a place outside the ground of the study, {away_m:,.0f} m from its nearest "
                "neighbourhood: in water, or beyond its boundary"
            )
            attempt = "a place on land in the study, longitude before latitude"
            yield Fault(what=what, where=where, attempt=attempt)
        if edit.kind in {"add", "move"}:
            kind = edit.category if edit.kind == "add" else kinds.get(edit.asset)
            alike = stays[(stays["category"] == kind) & (stays["to_id"] != edit.asset)]
            near = alike[alike.geometry.distance(point) <= SAME_PLACE_M]
            if len(near):
                what = f"on top of '{near['to_id'].iloc[0]}', {near['name'].iloc[0]}"
                yield Fault(what=what, where=where, attempt="change that place instead")
