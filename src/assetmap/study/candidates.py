"""Candidates of a choice: a scenario's new places, the study's schemes, or nodes of its streets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from assetmap.errors import Fault, StudyError
from assetmap.frames import table_of
from assetmap.frames.holdings import NAMES
from assetmap.frames.located import why_ruled
from assetmap.frames.scenario import EDITS, Scenario
from assetmap.layers.position import area_at
from assetmap.network.graph import WalkGraph
from assetmap.network.islands import main_points
from assetmap.scenarios.edits import with_edits
from assetmap.scenarios.locate.nodes import thinned
from assetmap.scenarios.refused import SAME_PLACE_M
from assetmap.scenarios.ruled import RULED, ruled_out
from assetmap.scenarios.touch import costs_beside
from assetmap.sources.scenario_file import read_scenario
from assetmap.study.options import edited_by, themes_of
from assetmap.study.steps.measure import LEADING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from assetmap.scenarios.edits import Edited
    from assetmap.study.whatif import Warm

MOST = 2_000
"""Candidates beyond which neither the table of costs nor the answer comes in a sensible time."""
LEAST_SPACING_M = 50.0


@dataclass(frozen=True)
class Candidates:
    """The town with every candidate in it, what each costs where that is known, and what to say.

    ``ruled`` are candidates that are not, with the rule of the file that each breaks.
    """

    edited: Edited
    spend: Mapping[str, float]
    said: str
    ruled: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=RULED))


def of_file(warm: Warm, path: Path, standard: Mapping[Any, Any]) -> Candidates:
    """The places that a scenario file adds, but for those that its own rules rule out.

    Raises
    ------
    ReadError, StudyError, MethodError
        As a scenario's; and where it adds nothing, or what the standard does not count, or edits
        something else too, or every place is ruled out.
    """
    steps = warm.steps
    sites = gpd.GeoDataFrame(steps["schemes"].table("table")) if "schemes" in steps else None
    scenario = read_scenario(path, crs=warm.work.settings.study.crs, sites=sites)
    priced = scenario.edits[scenario.edits["capital"].notna()]
    spend = {f"{scenario.id}:{edit}": float(capital)
             for edit, capital in zip(priced["edit"], priced["capital"], strict=True)}  # fmt: skip
    other = [*_not_counted(scenario, standard), *_no_places(scenario)]
    if other:
        raise StudyError(other)
    ruled = _ruled(warm, scenario)
    broken = set(ruled.loc[ruled["found"].notna(), "to_id"])
    ids = scenario.id + ":" + scenario.edits["edit"].astype(str)
    kept = replace(scenario, edits=scenario.edits[~ids.isin(broken)])
    count = int(kept.edits["kind"].eq("add").sum())
    if not count:
        raise StudyError(_none_left(scenario, ruled))
    edited = edited_by(warm, kept, homes=False)
    return Candidates(edited, spend, f"{count} sites of a file", ruled)


def _ruled(warm: Warm, scenario: Scenario) -> pd.DataFrame:
    """The candidates of a file by the rules that they break."""
    added = scenario.edits[scenario.edits["kind"] == "add"]
    labels = added["category"].map({name: label for name, (_, label) in themes_of().items()})
    rows = pd.DataFrame({
        "to_id": scenario.id + ":" + added["edit"].astype(str),
        "name": added["name"].fillna(labels.str.capitalize()),
    })  # fmt: skip
    held = rows.merge(scenario.held, how="left", on="to_id", validate="one_to_one")
    said = {f"{scenario.id}:{edit}": why for edit, why in scenario.ruled_out.items()}
    day = warm.work.settings.study.as_of
    return ruled_out(held[["to_id", "name", *NAMES]], scenario.rules, said, day=day)


def _not_counted(scenario: Scenario, standard: Mapping[Any, Any]) -> Iterator[Fault]:
    """Candidates of another kind than the standard is about: they could serve nobody."""
    counted = str(standard["categories"]).split(";")
    for edit in scenario.edits[scenario.edits["kind"] == "add"].itertuples():
        if edit.category not in counted:
            what = f"a {edit.category}, which the standard {standard['standard_id']} does not count"
            where = f"scenario '{scenario.id}', edit {edit.edit}"
            yield Fault(what=what, where=where, attempt=f"one of {', '.join(counted)}")


def _no_places(scenario: Scenario) -> Iterator[Fault]:
    """Edits beside the candidates: a choice is made between new places, on today's streets."""
    kinds = scenario.edits["kind"]
    others = scenario.edits[kinds != "add"] if kinds.eq("add").any() else scenario.edits.iloc[:0]
    for edit in others.itertuples():
        what = f"an edit of kind '{edit.kind}' among the candidates, which are new places alone"
        where = f"scenario '{scenario.id}', edit {edit.edit}"
        yield Fault(what=what, where=where, attempt="leave it out, or use assetmap assess")


def _none_left(scenario: Scenario, ruled: pd.DataFrame) -> list[Fault]:
    where = f"scenario '{scenario.id}'"
    if ruled.empty:
        what = "no edit of kind 'add', so no candidate"
        return [Fault(what=what, where=where, attempt="add places with their category")]
    return [
        Fault(
            what=f"no candidate is left: '{row['name']}' is ruled out: {why_ruled(row)}",
            where=where,
            attempt="other candidates, or other [rules]",
        )
        for row in ruled[ruled["found"].notna()].to_dict("records")
    ]


def of_schemes(warm: Warm, category: str) -> Candidates:
    """Every scheme or allocated site of the study, as a place for this category.

    Raises
    ------
    StudyError
        Where the study reads no schemes.
    """
    if "schemes" not in warm.steps:
        what = "the study reads no schemes or allocated sites"
        raise StudyError(Fault(what=what, attempt="a [[source]] of kind 'schemes'"))
    table = gpd.GeoDataFrame(warm.steps["schemes"].table("table")).sort_values("scheme_id")
    points = table.geometry.representative_point()
    rows = [
        {"name": name, "place": point.wkt}
        for name, point in zip(table["name"], points, strict=True)
    ]
    return _added(warm, "site", category, rows, f"{len(rows)} sites of the study's schemes")


def of_nodes(warm: Warm, category: str, spacing_m: float) -> Candidates:
    """Nodes of the streets that lead everywhere, one a square of so many metres.

    Raises
    ------
    StudyError
        For a study without streets, or squares under 50 m.
    """
    if warm.work.settings.travel.mode != "streets":
        raise StudyError(Fault(what="street nodes are asked for, and the study has no streets"))
    if spacing_m < LEAST_SPACING_M:
        what = f"street nodes every {spacing_m:g} m"
        raise StudyError(Fault(what=what, attempt=f"{LEAST_SPACING_M:g} m or more"))
    x, y = main_points(WalkGraph.from_arrays(warm.steps[f"graph {LEADING}"].part("graph")))
    own = warm.town.areas[warm.town.areas["role"] == "study"]
    inside = pd.notna(area_at(own, shapely.points(x, y)))
    x, y = x[inside], y[inside]
    kept = thinned(x, y, spacing_m=spacing_m)
    rows = [
        {
            "name": f"Point on a street at {east:.0f}, {north:.0f}",
            "place": f"POINT ({east} {north})",
        }
        for east, north in zip(x[kept], y[kept], strict=True)
    ]
    said = f"{len(kept):,} of {len(x):,} street nodes, one in every square of {spacing_m:g} m"
    return _added(warm, "node", category, rows, said)


def _added(
    warm: Warm, named: str, category: str, rows: list[dict[str, str]], said: str
) -> Candidates:
    """The rows as places of a category; those on top of one that is there are left out."""
    alike = warm.town.assets[warm.town.assets["category"] == category]
    points = gpd.GeoSeries(gpd.GeoSeries.from_wkt([row["place"] for row in rows]))
    taken = points.map(lambda point: bool((alike.geometry.distance(point) <= SAME_PLACE_M).any()))
    free = [row for row, one in zip(rows, taken, strict=True) if not one]
    if len(free) > MOST:
        what = f"{len(free):,} candidates"
        raise StudyError(Fault(what=what, attempt=f"at most {MOST:,}: thin them more"))
    edits: list[dict[str, Any]] = [
        {"edit": number, "kind": "add", "category": category, **row}
        for number, row in enumerate(free, start=1)
    ]
    table = pd.DataFrame(edits, columns=list(EDITS.names))
    scenario = Scenario(
        id=named, name=said, edits=table_of(EDITS, {name: table[name] for name in EDITS.names})
    )
    edited = with_edits(warm.town, scenario.edits, scenario=named, themes=themes_of(), homes=False)
    return Candidates(edited, {}, said)


def costs_to(warm: Warm, found: Candidates, *, within_min: float) -> pd.DataFrame:
    """COSTS to today's places as they are kept, and to every candidate within these minutes."""
    today = warm.steps[f"route {LEADING}"].table("costs")
    new = found.edited.town.assets
    new = new[new["to_id"].isin(found.edited.new)]
    ways = warm.ways(LEADING)
    theirs = ways.costs(found.edited.town.entrances, new, all_within_min=within_min)
    return costs_beside(today, theirs)
