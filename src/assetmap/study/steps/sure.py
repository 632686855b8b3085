"""How sure: the flag under a thousand draws of the uncertain inputs, from one set of costs."""

from __future__ import annotations

import math
from functools import cache, partial
from typing import TYPE_CHECKING

from assetmap.findings.sure import with_robustness
from assetmap.frames.robustness import IMPORTANCE, ROBUSTNESS, SENSITIVITY
from assetmap.scenarios.ground import with_bases
from assetmap.scenarios.methods import methods
from assetmap.scenarios.one_at_a_time import sensitivity
from assetmap.scenarios.robustness import how_sure
from assetmap.scenarios.survival import detour_survival
from assetmap.scenarios.tally import Tally, tally, together
from assetmap.scenarios.uncertain import batches
from assetmap.study.ledger import Made
from assetmap.study.steps.find import find_levels, find_need
from assetmap.study.steps.ground import (
    chances_of,
    ground_here,
    inputs_of_ground,
    settings_of_ground,
    uncertain_of,
)
from assetmap.study.work import fingerprints
from assetmap.study.workers import in_workers

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assetmap.frames import Contract
    from assetmap.scenarios.ground import Ground
    from assetmap.scenarios.listed import Listed
    from assetmap.scenarios.outcome import Assumed
    from assetmap.study.ledger import Kept
    from assetmap.study.steps.ground import Here
    from assetmap.study.work import Work

CONTRACTS = {
    "robustness": ("table", ROBUSTNESS),
    "sensitivity": ("sensitivity", SENSITIVITY),
    "importance": ("importance", IMPORTANCE),
}
STEP = 128
"""Draws of one step: few enough that a run's processes end their last ones at about one time."""
OTHER_BASES = ("imd", "income", "employment")


def find_levels_once(
    work: Work, route: Kept, place: Mapping[str, Kept], found: Mapping[str, Kept]
) -> Kept:
    """The levels under the study's own assumptions."""
    survival = find_survival(work, route, place, found)
    return find_levels(work, place, {**found, **({"survival": survival} if survival else {})})


def find_levels_surely(
    work: Work,
    route: Kept,
    place: Mapping[str, Kept],
    found: Mapping[str, Kept],
    here: Here,
) -> dict[str, Kept]:
    """How sure the levels are, by draws, and the levels with that beside them.

    ``here`` says what the levels stand on.
    """
    needs = find_needs(work, place)
    known = inputs_of_ground(route, place, found, needs)
    robustness = find_robustness(work, known, cache(partial(_with_bases, here, needs)))
    return {
        "robustness": robustness,
        "levels": join_robustness(work, found["levels"], robustness),
    }


def find_survival(
    work: Work, route: Kept, place: Mapping[str, Kept], found: Mapping[str, Kept]
) -> Kept | None:
    """QUALITY's survival of detours by area; None where costs are walks on streets."""
    if work.settings.travel.mode != "straight":
        return None
    chosen = work.settings.robustness

    def made() -> Made:
        ground, base, _ = ground_here(work, route, place, found)
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


def _with_bases(here: Here, needs: Mapping[str, Kept]) -> tuple[Ground, Assumed, Listed]:
    """What the levels stand on, with the other bases of deprivation that may be drawn."""
    ground, base, known = here()
    tables = {basis: kept.table("table") for basis, kept in needs.items()}
    return with_bases(ground, tables), base, known


def find_robustness(work: Work, known: dict[str, Kept], here: Here) -> Kept:
    """ROBUSTNESS, SENSITIVITY and IMPORTANCE of the levels that were found; nothing is routed."""
    drawn = {
        f"drawn from {draws.start + 1}": draw_levels(work, known, here, draws)
        for draws in batches(work.settings.robustness.draws, STEP)
    }

    def made() -> Made:
        ground, base, _ = here()
        shares = [Tally.from_arrays(kept.part("drawn")) for kept in drawn.values()]
        told = how_sure(ground, base, together(shares))
        parts = {"table": told.table.robustness, "importance": told.table.importance}
        return Made(parts | {"sensitivity": sensitivity(ground, base)}, told.cautions)

    return work.ledger.run(
        "find robustness",
        made,
        inputs=fingerprints(known | drawn),
        settings={"draws": work.settings.robustness.draws, **settings_of_draws(work)},
    )


def draw_levels(
    work: Work,
    known: Mapping[str, Kept],
    here: Here,
    draws: range,
) -> Kept:
    """The tally of some of the draws; each draw depends on its own number alone."""

    def made() -> Made:
        ground, base, assets = here()
        task = partial(tally, ground, base, uncertain_of(work), assets)
        share = math.ceil(len(draws) / work.workers)
        pieces = [draws[piece.start : piece.stop] for piece in batches(len(draws), share)]
        shares = in_workers(task, pieces, workers=work.workers)
        return Made({"drawn": together(shares).as_arrays()})

    return work.ledger.run(
        f"draw levels {draws.start + 1} to {draws.stop}",
        made,
        inputs=fingerprints(known),
        settings={"from": draws.start, "to": draws.stop, **settings_of_draws(work)},
    )


def settings_of_draws(work: Work) -> dict[str, object]:
    """What one draw depends on beyond the tables, whatever the number of draws."""
    chosen = work.settings.robustness.model_dump(mode="json", exclude={"draws"})
    return {
        "robustness": chosen,
        "seed": work.settings.study.seed,
        **settings_of_ground(work),
    }


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
