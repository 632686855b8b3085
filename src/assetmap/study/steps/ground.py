"""What the levels and their draws stand on: costs and evidence as arrays, and what is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

from assetmap.access.measured import Place
from assetmap.findings.flag import Evidence
from assetmap.layers.corrections import LISTED
from assetmap.scenarios.ground import Routed, ground_of
from assetmap.scenarios.listed import as_listed, chance_of_source, listed
from assetmap.scenarios.outcome import Assumed
from assetmap.scenarios.uncertain import Uncertain
from assetmap.study.steps.find import quality_here, rules_of
from assetmap.study.steps.measure import LEADING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from assetmap.scenarios.ground import Ground
    from assetmap.scenarios.listed import Listed
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

    Here = Callable[[], tuple[Ground, Assumed, Listed]]
    """:func:`ground_here`, asked once by all who need it."""


def uncertain_of(work: Work) -> Uncertain:
    """How far each assumption is shaken, as the study has chosen."""
    names = {"threshold_spread", "pace_m_min", "detour", "weight_alpha", "own_choice"}
    chosen = work.settings.robustness.model_dump(include=names)
    return Uncertain(seed=work.settings.study.seed, **chosen)


def chances_of(work: Work) -> dict[str, float]:
    """The chance that what each source of assets lists is there on the study's day.

    What somebody has put right counts like a register of today.
    """
    chosen, day = work.settings.robustness, work.settings.study.as_of
    aged = {
        source.id: chance_of_source(
            source.rank,
            (day - source.dated).days if source.dated else None,
            register=chosen.register_listed,
            elsewhere=chosen.map_listed,
            loss_a_year=chosen.loss_a_year,
        )
        for source in work.settings.of_kind("assets")
    }
    return {LISTED: chosen.register_listed} | aged | dict(chosen.listed)


def ground_here(
    work: Work,
    route: Kept,
    place: Mapping[str, Kept],
    found: Mapping[str, Kept],
) -> tuple[Ground, Assumed, Listed]:
    """Costs and evidence as arrays, the study's own assumptions, and its assets."""
    travel, rules = work.settings.travel, rules_of(work)
    tables = Place(*(place[name].table("table") for name in Place._fields))
    own = work.settings.rules.basis
    ground = ground_of(
        place["areas"].table("table"),
        Routed(
            route.table("costs"),
            route.table("snaps"),
            cut_off_min=travel.cut_off_min,
            detour=travel.detour if travel.mode == "straight" else None,
            kept=travel.nearest_kept,
        ),
        tables,
        _evidence(place, found),
        needs={own: found["need"].table("table")},
        rules=rules,
    )
    known = listed(
        gpd.GeoDataFrame(tables.assets),
        place["assets"].table("entrances"),
        chances_of(work),
        position_m=work.settings.robustness.position_m,
    )
    weights = [work.settings.standards.weights.get(theme, 1.0) for theme in ground.scored]
    base = Assumed(
        rules=rules,
        basis=own,
        weights=np.array(weights, dtype=np.float64),
        stretch=np.ones(len(ground.standards)),
        shaken=as_listed(known),
        detour=travel.detour,
    )
    return ground, base, known


def _evidence(place: Mapping[str, Kept], found: Mapping[str, Kept]) -> Evidence:
    """What the levels were found on, or will be."""
    quality: pd.DataFrame = (
        found["levels"].table("quality") if "levels" in found else quality_here(place, found)
    )
    return Evidence(
        need=found["need"].table("table"),
        shares=found["measured"].table("theme_shares"),
        scores=found["scores"].table("scores"),
        benefit=found["benefit"].table("table"),
        quality=quality,
    )


def inputs_of_ground(
    route: Kept, place: Mapping[str, Kept], found: Mapping[str, Kept], needs: Mapping[str, Kept]
) -> dict[str, Kept]:
    """Every step that the ground is made of, by name."""
    names = ("areas", "population", "streets reach", *Place._fields)
    evidence = ("need", "measured", "scores", "benefit", "levels")
    return (
        {f"route {LEADING}": route}
        | {name: place[name] for name in names if name in place}
        | {name: found[name] for name in evidence if name in found}
        | {f"need {basis}": kept for basis, kept in needs.items()}
    )


def settings_of_ground(work: Work) -> dict[str, object]:
    """What the ground depends on beyond its tables."""
    settings = work.settings
    used = {"mode", "cut_off_min", "nearest_kept"}
    used |= {"detour"} if settings.travel.mode == "straight" else set()
    return {
        "rules": settings.rules.model_dump(),
        "weights": settings.standards.weights,
        "travel": settings.travel.model_dump(mode="json", include=used),
        "chances": chances_of(work),
    }
