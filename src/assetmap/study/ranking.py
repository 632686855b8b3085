"""The order of a study's options under the same draws as its flag."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from assetmap.scenarios.ground import with_bases
from assetmap.scenarios.ranking import PAIRS, RANKING, people_gained, ranking, sides_of
from assetmap.scenarios.tally import BATCH
from assetmap.scenarios.uncertain import batches, drawn_of
from assetmap.study.steps.ground import ground_here, uncertain_of
from assetmap.study.steps.measure import LEADING
from assetmap.study.steps.sure import find_needs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.scenarios.edits import Edited
    from assetmap.scenarios.ground import Ground
    from assetmap.scenarios.ranking import Sides
    from assetmap.study.whatif import Warm


def ranked(warm: Warm, options: Mapping[str, Edited]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """How often each option comes first, and before which; empty where nothing is drawn.

    Only homes that an option changes something for are looked at, so that a thousand draws of a
    site take seconds.
    """
    steps, work = warm.steps, warm.work
    if "robustness" not in steps or not options:
        return pd.DataFrame(columns=RANKING), pd.DataFrame(columns=PAIRS)
    ground, base, known = ground_here(work, steps[f"route {LEADING}"], steps, steps)
    needs = {basis: kept.table("table") for basis, kept in find_needs(work, steps).items()}
    ground = with_bases(ground, needs)
    sides = [_sides(warm, ground, edited) for edited in options.values()]
    uncertain, people = uncertain_of(work), []
    for batch in batches(work.settings.robustness.draws, BATCH):
        assumed = drawn_of(ground, base, uncertain, known, batch).assumed
        gained = [
            people_gained(one, ground, assumed, seed=uncertain.seed, drawn=batch) for one in sides
        ]
        people.append(np.array(gained))
    return ranking(list(options), np.concatenate(people, axis=1))


def _sides(warm: Warm, ground: Ground, edited: Edited) -> Sides:
    """Before and after one option, for the standards that it touches."""
    before, after = warm.today(edited), warm.after(edited)
    standards = warm.steps["standards"].table("table")
    names = set(before.found.nearest_min.columns)
    origins = gpd.GeoDataFrame(warm.steps["origins"].table("table"))
    own = origins[origins["role"] == "study"].sort_values("from_id")
    town = edited.town
    return sides_of(
        ground,
        own,
        (before.costs, warm.town.assets),
        (after.costs, town.assets),
        standards[standards["standard_id"].isin(names)],
        (
            town.assets[town.assets["to_id"].isin(edited.new)],
            town.entrances,
            warm.work.settings.robustness.position_m,
        ),
    )
