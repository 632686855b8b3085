"""Hubs: who relies on each place of a study, what doubles what, and which rooms are near need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.frames.relied import Relied
from assetmap.publish.relied import write_relied
from assetmap.scenarios.held import ending, ready
from assetmap.scenarios.relied import able_to_host, doubles, hosts, hub_groups, hubs
from assetmap.scenarios.touch import costs_beside
from assetmap.study.pipeline import find_out
from assetmap.study.run import run_id_of
from assetmap.study.state import measured_areas
from assetmap.study.steps.hours import STAFFED
from assetmap.study.steps.measure import LEADING
from assetmap.study.whatif import Warm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assetmap.study.work import Work

DEPRIVED = 2
ROOMS = (
    "arts_centre", "college", "community_centre", "family_hub", "library", "place_of_worship",
    "primary_school", "pub", "school", "secondary_school", "social_centre", "sports_centre",
    "theatre", "youth_centre",
)  # fmt: skip
"""Kinds of places that have a room which others may be let use."""


def look_at_hubs(
    work: Work, *, named: Sequence[str] = (), out: Path | None = None
) -> tuple[Relied, Path | None]:
    """Who relies on the places of these standards; of those that somebody opens, if none is named.

    With ``out``, the tables and the page are written under the run's folder; their page's path.

    Raises
    ------
    StudyError
        For a standard that the study does not use.
    """
    warm = Warm(work, find_out(work))
    standards = _standards(warm, named)
    origins = warm.town.origins
    own, assets = origins[origins["role"] == "study"], warm.town.assets
    costs = warm.steps[f"route {LEADING}"].table("costs")
    poor = _deprived(warm)
    tables = {
        "hubs": hubs(costs, assets, own, standards, deprived=poor),
        "hub_groups": hub_groups(
            costs, assets, own, standards, warm.steps["population"].table("table")
        ),
        "doubles": doubles(costs, assets, own, standards),
        "hosts": _hosts(warm, own, standards, poor),
    }
    tables |= _held(warm, own, standards, poor)
    place = work.settings.study
    relied = Relied(
        place=place.place, as_of=place.as_of, straight=work.settings.travel.mode == "straight",
        invented=place.invented, tables=tables,
        labels=dict(zip(standards["standard_id"], standards["label"], strict=True)),
    )  # fmt: skip
    if out is None:
        return relied, None
    folder = out / place.id / run_id_of(work, warm.steps) / "hubs"
    return relied, write_relied(relied, folder, words=work.settings.publish.words)


def _held(
    warm: Warm, own: gpd.GeoDataFrame, standards: pd.DataFrame, poor: set[str]
) -> dict[str, pd.DataFrame]:
    """How the places are held, which of them end, and which could be handed over."""
    costs, assets = warm.steps[f"route {LEADING}"].table("costs"), warm.town.assets
    held = warm.holdings[warm.holdings["to_id"].isin(assets["to_id"])]
    ends = ending(costs, assets, own, standards, held, deprived=poor)
    return {"holdings": held, "ending": ends, "ready": ready(assets, held)}


def _standards(warm: Warm, named: Sequence[str]) -> pd.DataFrame:
    standards = warm.steps["standards"].table("table")
    unknown = sorted(set(named) - set(standards["standard_id"]))
    if unknown:
        hint = nearest_name(unknown[0], standards["standard_id"])
        what = f"no standard '{unknown[0]}' in this study"
        raise StudyError(Fault(what=what, attempt=hint or ", ".join(standards["standard_id"])))
    if named:
        return standards[standards["standard_id"].isin(named)]
    return standards[standards["theme"].isin(STAFFED)]


def _deprived(warm: Warm) -> set[str]:
    if "need" not in warm.steps:
        return set()
    need = warm.steps["need"].table("table")
    low = need[(need["reference"] == "nation") & (need["decile"] <= DEPRIVED)]
    return set(low["area_id"])


def _hosts(
    warm: Warm, own: gpd.GeoDataFrame, standards: pd.DataFrame, poor: set[str]
) -> pd.DataFrame:
    """Rooms near people who are beyond each standard of community places, where it is measured."""
    coverage = warm.steps["coverage"].table("table")
    ways, town = warm.ways(LEADING), warm.town
    today = warm.steps[f"route {LEADING}"].table("costs")
    found = []
    for standard in standards[standards["theme"] == "community"].to_dict("records"):
        here = own[own["area_id"].isin(measured_areas(coverage, str(standard["standard_id"])))]
        if here.empty:
            continue
        rooms = gpd.GeoDataFrame(able_to_host(town.assets, standard, ROOMS))
        theirs = ways.costs(town.entrances, rooms, all_within_min=float(standard["threshold_min"]))
        rest = set(town.assets["to_id"]) - set(rooms["to_id"])
        both = costs_beside(today, theirs, keep=rest)
        found.append(hosts(both, town.assets, here, standard, rooms, deprived=poor))
    if not found:
        return pd.DataFrame()
    facts = warm.holdings[["to_id", "hire_cost", "hours_free"]]
    whole = pd.concat(found, ignore_index=True)
    return whole.merge(facts, how="left", on="to_id", validate="many_to_one")
