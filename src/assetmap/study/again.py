"""Levels found again under other choices: from standards to levels, on the routes there are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assetmap.study.ledger import Ledger
from assetmap.study.pipeline import read_source
from assetmap.study.steps.find import find_benefit, find_levels, find_need
from assetmap.study.steps.measure import LEADING, gather_access, measure_profile, score_access
from assetmap.study.steps.places import prepare_coverage, prepare_standards
from assetmap.study.steps.schemes import save_minutes
from assetmap.study.steps.sure import find_survival

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assetmap.study.ledger import Kept
    from assetmap.study.settings import Settings
    from assetmap.study.work import Work


def found_with(work: Work, settings: Settings, steps: Mapping[str, Kept]) -> pd.DataFrame:
    """FINDINGS under other settings, of everything else as ``steps`` made it.

    Only standards, their cut-offs, weights and rules may differ: no place moves, so that routes
    stand. A ledger of its own keeps the steps apart from those of the study.
    """
    apart = replace(
        work,
        settings=settings.model_copy(update={"measure": ()}),
        ledger=Ledger(work.ledger.store),
    )
    place = dict(steps)
    place["standards"] = prepare_standards(apart)
    listings = {
        source.id: read_source(apart, source.id, place["areas"])
        for source in settings.of_kind("assets")
    }
    place["coverage"] = prepare_coverage(apart, place, listings)
    routes = {LEADING: steps[f"route {LEADING}"]}
    measured = {LEADING: measure_profile(apart, routes[LEADING], place, LEADING)}
    found = {
        "measured": gather_access(apart, measured),
        "scores": score_access(apart, measured[LEADING], place),
        "need": find_need(apart, place["deprivation"], place["nation"], place["areas"]),
    }
    saved = save_minutes(apart, routes, place)
    found["benefit"] = find_benefit(apart, place, place.get("schemes"), saved)
    survival = find_survival(apart, routes[LEADING], place, found)
    found |= {"survival": survival} if survival else {}
    return find_levels(apart, place, found).table("table")
