"""The options of an assessment: today, do nothing, and each scenario on a study kept warm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.errors import Fault, MethodError, StudyError
from assetmap.findings.benefit import delivers, is_firm
from assetmap.layers.delivered import delivered_already, make_delivered
from assetmap.network.crs import from_degrees
from assetmap.network.snap import NO_STREETS, ON_ISLAND, ON_STREETS, TOO_FAR
from assetmap.scenarios.edits import Edited, in_force, with_assets, with_edits
from assetmap.sources.categories import read_categories
from assetmap.study.steps.measure import LEADING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from assetmap.frames.scenario import Scenario
    from assetmap.study.ways import Ways
    from assetmap.study.whatif import Warm


STATES = {
    TOO_FAR: "too far from any street",
    ON_ISLAND: "on a street that is joined to no other",
    NO_STREETS: "where no streets are on the map",
}
"""How a point meets the streets, as a person would say it."""


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
        Links are refused as :func:`assetmap.scenarios.links.with_links` does.
    MethodError
        For places that nobody can walk to once all is built: far from every street, or on streets
        joined to nothing.
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
    # on a day before its own link opens, a place is there and serves nobody
    faults = [] if day is not None else _faults_of_streets(_leading(warm, edited, scenario), edited)
    if faults:
        raise MethodError([_named(fault, scenario) for fault in faults])
    return edited


def _leading(warm: Warm, edited: Edited, scenario: Scenario) -> Ways:
    """The ways of the leading profile as the edits leave the streets."""
    if not len(edited.links):
        return warm.ways(LEADING)
    try:
        return warm.over(edited, LEADING).ways
    except StudyError as error:
        raise StudyError([_named(fault, scenario) for fault in error.faults]) from None


def _named(fault: Fault, scenario: Scenario) -> Fault:
    where = f"scenario '{scenario.id}'" + (f", {fault.where}" if fault.where else "")
    return Fault(what=fault.what, where=where, attempt=fault.attempt)


def _faults_of_streets(ways: Ways, edited: Edited) -> list[Fault]:
    """New places and homes that no walk reaches; one door on the streets is enough."""
    if ways.start is None:
        return []
    gates, origins = edited.town.entrances, edited.town.origins
    new = {
        "to_id": gates[gates["to_id"].isin(edited.new)],
        "from_id": origins[origins["from_id"].isin(list(edited.homes))],
    }
    faults = []
    for key, points in new.items():
        states = pd.Series(ways.states_of(points), index=points[key].to_numpy(), dtype="object")
        for name, rows in states.groupby(level=0, sort=True):
            if ON_STREETS not in set(rows):
                what = f"'{name}' is {STATES[rows.iloc[0]]}: nobody can walk there"
                attempt = "a place on land, within reach of a street that is joined to the rest"
                faults.append(Fault(what=what, attempt=attempt))
    return faults
