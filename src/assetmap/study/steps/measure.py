"""Measure: what each origin and each area reaches, profile by profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.access.measured import Place
from assetmap.access.reached import Asking, reached
from assetmap.access.score import area_scores, origin_score
from assetmap.frames.results import AREA_ACCESS
from assetmap.study.ledger import Made
from assetmap.study.steps.asked import asked_of
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

LEADING = "standard"


def measure_all(
    work: Work, routes: Mapping[str, Kept], place: Mapping[str, Kept]
) -> dict[str, Kept]:
    """What each profile reaches, in a step a profile: see :func:`measure_profile`."""
    return {profile: measure_profile(work, route, place, profile)
            for profile, route in routes.items()}  # fmt: skip


def measure_profile(work: Work, route: Kept, place: Mapping[str, Kept], profile: str) -> Kept:
    """AREA_ACCESS and THEME_SHARES of one profile; no weight enters here.

    Of the leading profile each origin's minutes and theme scores too: it alone is asked for them.

    ``place`` holds the steps ``origins``, ``assets``, ``standards`` and ``coverage``.
    """
    settings = work.settings
    stale = stale_standards(work, place["standards"], place["assets"])
    used = {name: place[name] for name in Place._fields}
    straight = settings.travel.mode == "straight"

    def made() -> Made:
        tables = Place(*(kept.table("table") for kept in used.values()))
        found = reached(
            route.table("costs"),
            route.table("snaps"),
            tables,
            asking=Asking(
                profile, asked_of(work, tables.standards), stale, straight, profile == LEADING
            ),
        )
        return Made({name: part for name, part in found._asdict().items() if part is not None})

    return work.ledger.run(
        f"measure {profile}",
        made,
        inputs=fingerprints({"route": route, **used}),
        settings={
            "measures": [one.model_dump(exclude_none=True) for one in settings.measure],
            "stale": sorted(stale),
            "straight": straight,
        },
    )


def gather_access(work: Work, measured: Mapping[str, Kept], *, beside: Sequence[Kept] = ()) -> Kept:
    """AREA_ACCESS of every profile in one table; THEME_SHARES of the leading one.

    ``beside`` is what other steps measured of areas, told in the same table.
    """
    told = [*measured.values(), *beside]

    def made() -> Made:
        tables = [one.table("area_access") for one in told]
        keys = list(AREA_ACCESS.key)
        whole = pd.concat(tables, ignore_index=True).sort_values(keys, ignore_index=True)
        parts = {name: measured[LEADING].table(name) for name in ("theme_shares", "unsnapped")}
        return Made({"area_access": whole, **parts})

    inputs = {kept.step.name: kept for kept in told}
    return work.ledger.run(
        "measure access", made, inputs=fingerprints(inputs), settings={"leading": LEADING}
    )


def score_access(work: Work, measured: Kept, place: Mapping[str, Kept]) -> Kept:
    """SCORES, of what the leading profile measured.

    The one step that the weights of themes enter.
    """
    weights, themes = work.settings.standards.weights, work.settings.rules.themes

    def made() -> Made:
        by_theme = measured.table("theme_scores").set_index("from_id")
        score = origin_score(by_theme, weights=weights, themes=themes)
        return Made({"scores": area_scores(score, place["origins"].table("table"))})

    inputs = {measured.step.name: measured, "origins": place["origins"]}
    return work.ledger.run(
        "score access",
        made,
        inputs=fingerprints(inputs),
        settings={"weights": weights, "themes": themes},
    )


def stale_standards(work: Work, standards: Kept, assets: Kept) -> frozenset[str]:
    """Standards whose every asset is listed only by sources past their ``max_age_years``."""
    day = work.settings.study.as_of
    old = {
        source.id
        for source in work.settings.of_kind("assets")
        if source.dated and source.max_age_years
        and (day - source.dated).days > 365.25 * source.max_age_years
    }  # fmt: skip
    table = assets.table("table")
    fresh = table[[bool(set(row.split(" + ")) - old) for row in table["sources"]]]
    current, listed = set(fresh["category"]), set(table["category"])
    stale = []
    for standard in standards.table("table").itertuples():
        wanted = set(str(standard.categories).split(";"))
        if wanted & listed and not wanted & current:
            stale.append(str(standard.standard_id))
    return frozenset(stale)
