"""How sure: the flag under a thousand draws of the uncertain inputs, from one set of costs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

from assetmap.access.measured import Place
from assetmap.findings.flag import Evidence
from assetmap.findings.sure import with_robustness
from assetmap.frames.robustness import IMPORTANCE, ROBUSTNESS, SENSITIVITY
from assetmap.layers.corrections import LISTED
from assetmap.scenarios.ground import Routed, ground_of
from assetmap.scenarios.listed import as_listed, chance_of_source, listed
from assetmap.scenarios.methods import methods
from assetmap.scenarios.one_at_a_time import sensitivity
from assetmap.scenarios.outcome import Assumed
from assetmap.scenarios.robustness import how_sure
from assetmap.scenarios.survival import detour_survival
from assetmap.scenarios.tally import tally, together
from assetmap.scenarios.uncertain import Uncertain, batches
from assetmap.study.ledger import Made
from assetmap.study.steps.find import find_levels, find_need, quality_here, rules_of
from assetmap.study.steps.measure import LEADING
from assetmap.study.work import fingerprints
from assetmap.study.workers import in_workers

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assetmap.frames import Contract
    from assetmap.scenarios.ground import Ground
    from assetmap.scenarios.listed import Listed
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

CONTRACTS = {
    "robustness": ("table", ROBUSTNESS),
    "sensitivity": ("sensitivity", SENSITIVITY),
    "importance": ("importance", IMPORTANCE),
}
PIECE = 100
"""Draws that are handed out at once."""
OTHER_BASES = ("imd", "income", "employment")


def find_levels_surely(
    work: Work, route: Kept, place: Mapping[str, Kept], found: Mapping[str, Kept]
) -> dict[str, Kept]:
    """The levels, and how sure they are: the steps ``levels`` and ``robustness``."""
    survival = find_survival(work, route, place, found)
    before = {**found, **({"survival": survival} if survival else {})}
    levels = find_levels(work, place, before)
    needs = find_needs(work, place)
    robustness = find_robustness(work, route, place, {**before, "levels": levels}, needs)
    return {"robustness": robustness, "levels": join_robustness(work, levels, robustness)}


def find_survival(
    work: Work, route: Kept, place: Mapping[str, Kept], found: Mapping[str, Kept]
) -> Kept | None:
    """QUALITY's survival of detours by area; None where costs are walks on streets."""
    if work.settings.travel.mode != "straight":
        return None
    chosen = work.settings.robustness

    def made() -> Made:
        ground, base, _ = ground_here(work, route, place, found, {})
        share = detour_survival(ground, base, uncertain_of(work), chosen.detour_draws)
        return Made({"table": share.rename_axis("area_id").reset_index()})

    return work.ledger.run(
        "find survival",
        made,
        inputs=fingerprints(inputs_of_ground(route, place, found, {})),
        settings={
            "draws": chosen.detour_draws,
            "detour": chosen.detour,
            "seed": work.settings.study.seed,
            **settings_of_ground(work),
        },
    )


def find_needs(work: Work, place: Mapping[str, Kept]) -> dict[str, Kept]:
    """NEED by every other basis that may be drawn."""
    named = work.settings.robustness.bases
    if named is None:
        held = set(place["deprivation"].table("table")["domain"])
        named = tuple(basis for basis in OTHER_BASES if basis in held)
    others = [basis for basis in named if basis != work.settings.rules.basis]
    return {
        basis: find_need(work, place["deprivation"], place["nation"], place["areas"], basis=basis)
        for basis in others
    }


def find_robustness(
    work: Work,
    route: Kept,
    place: Mapping[str, Kept],
    found: Mapping[str, Kept],
    needs: Mapping[str, Kept],
) -> Kept:
    """ROBUSTNESS, SENSITIVITY and IMPORTANCE of the levels that were found; nothing is routed."""
    chosen = work.settings.robustness

    def made() -> Made:
        ground, base, known = ground_here(work, route, place, found, needs)
        task = partial(tally, ground, base, uncertain_of(work), known)
        shares = in_workers(task, list(batches(chosen.draws, PIECE)), workers=work.workers)
        drawn = together(shares)
        told = how_sure(ground, base, drawn)
        parts = {"table": told.table.robustness, "importance": told.table.importance}
        return Made(parts | {"sensitivity": sensitivity(ground, base)}, told.cautions)

    return work.ledger.run(
        "find robustness",
        made,
        inputs=fingerprints(inputs_of_ground(route, place, found, needs)),
        settings={
            "robustness": chosen.model_dump(mode="json"),
            "seed": work.settings.study.seed,
            **settings_of_ground(work),
        },
    )


def join_robustness(work: Work, levels: Kept, robustness: Kept) -> Kept:
    """FINDINGS with how often each flag stands beside it."""

    def made() -> Made:
        joined = with_robustness(levels.table("table"), robustness.table("table"))
        return Made({"table": joined, "quality": levels.table("quality")})

    inputs = {"levels": levels, "robustness": robustness}
    return work.ledger.run("join robustness", made, inputs=fingerprints(inputs), settings={})


def sure_tables(steps: Mapping[str, Kept]) -> dict[str, tuple[Contract, pd.DataFrame]]:
    """ROBUSTNESS, SENSITIVITY and IMPORTANCE by file name; none where nobody was judged."""
    if "robustness" not in steps:
        return {}
    return {
        name: (contract, steps["robustness"].table(part))
        for name, (part, contract) in CONTRACTS.items()
    }


def sure_methods(work: Work) -> list[dict[str, str]]:
    """The METHODS rows of the draws."""
    chosen = work.settings.robustness
    return methods(
        uncertain_of(work),
        draws=chosen.draws,
        detours=chosen.detour_draws if work.settings.travel.mode == "straight" else 0,
        chances=chances_of(work),
        position_m=chosen.position_m,
    )


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
    needs: Mapping[str, Kept],
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
        needs={own: found["need"].table("table")}
        | {basis: kept.table("table") for basis, kept in needs.items()},
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
