"""The options of an assessment: today, do nothing, and each scenario on a study kept warm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.errors import Fault, MethodError, StudyError
from assetmap.findings.benefit import delivers, is_firm
from assetmap.layers.delivered import delivered_already, make_delivered
from assetmap.network.crs import from_degrees
from assetmap.scenarios.edits import Edited, in_force, with_assets, with_edits
from assetmap.sources.categories import read_categories
from assetmap.study.steps.measure import LEADING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from assetmap.frames.scenario import Scenario
    from assetmap.study.whatif import Warm


STATES = {
    "too far": "too far from any street",
    "on an island": "on a street that is joined to no other",
    "no streets here": "where no streets are on the map",
}
"""What SNAPS says of a point, as a person would."""


def themes_of() -> Mapping[str, tuple[str, str]]:
    """Category to its theme and plain name."""
    return {name: (kind.theme, kind.label) for name, kind in read_categories().items()}


def do_nothing(warm: Warm) -> Edited:
    """Today, and what is funded and dated: it comes, whatever is decided."""
    town = warm.town
    kept = warm.steps.get("schemes")
    if kept is None:
        return Edited(town)
    table = gpd.GeoDataFrame(kept.table("table"))
    coming = table[is_firm(table) & (table["stage"] != "open") & delivers(table)]
    assets, entrances = make_delivered(
        coming, themes=themes_of(), to_crs=from_degrees(warm.work.settings.study.crs)
    )
    there = delivered_already(town.assets, assets)
    if not len(assets) or there:
        alike = set(town.assets.loc[town.assets["to_id"].isin(there), "category"])
        assets = assets[~assets["category"].isin(alike)]
        entrances = entrances[entrances["to_id"].isin(assets["to_id"])]
    return with_assets(town, assets, entrances) if len(assets) else Edited(town)


def edited_by(
    warm: Warm, scenario: Scenario, *, homes: bool = True, day: dt.date | None = None
) -> Edited:
    """The town with a scenario's edits, on a day or when all hold.

    Raises
    ------
    StudyError
        As :func:`assetmap.scenarios.edits.with_edits`, with the scenario's name; and where a link
        is added to a study without streets.
    MethodError
        For places that nobody can walk to: far from every street, or on streets joined to nothing.
    """
    edits = in_force(scenario.edits, day)
    try:
        edited = with_edits(warm.town, edits, scenario=scenario.id, themes=themes_of(), homes=homes)
    except StudyError as error:
        raise StudyError([_named(fault, scenario) for fault in error.faults]) from None
    if len(edited.links) and warm.work.settings.travel.mode != "streets":
        what = "a link, and the study measures straight lines"
        fault = Fault(what=what, attempt="a study with streets")
        raise StudyError(_named(fault, scenario))
    faults = [] if len(edited.links) else _faults_of_streets(warm, edited, scenario)
    if faults:
        raise MethodError(faults)
    return edited


def _named(fault: Fault, scenario: Scenario) -> Fault:
    where = f"scenario '{scenario.id}'" + (f", {fault.where}" if fault.where else "")
    return Fault(what=fault.what, where=where, attempt=fault.attempt)


def _faults_of_streets(warm: Warm, edited: Edited, scenario: Scenario) -> list[Fault]:
    """New places and homes that no walk reaches."""
    told = []
    ways = warm.ways(LEADING)
    if len(edited.new):
        assets = edited.town.assets[edited.town.assets["to_id"].isin(edited.new)]
        gates = edited.town.entrances
        _, snaps = ways.only(ways.origins.iloc[:1]).to(gates, assets)
        rows = snaps[snaps["role"] == "asset"]
        told.append(rows)
    if edited.homes:
        origins = edited.town.origins
        added = origins[origins["from_id"].isin(list(edited.homes))]
        empty = edited.town.assets.iloc[:0]
        _, snaps = ways.only(added).to(edited.town.entrances.iloc[:0], empty)
        told.append(snaps[snaps["role"] == "origin"])
    if not told:
        return []
    snaps = pd.concat(told)
    lost = snaps.groupby("point_id")["state"].agg(
        lambda states: not set(states) & {"on streets", "straight line"}
    )
    states = snaps.groupby("point_id")["state"].first()
    return [
        Fault(
            what=f"'{point}' is {STATES.get(states[point], states[point])}: nobody can walk there",
            where=f"scenario '{scenario.id}'",
            attempt="a place on land, within reach of a street that is joined to the rest",
        )
        for point in lost.index[lost]
    ]
