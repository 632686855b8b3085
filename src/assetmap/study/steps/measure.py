"""Measure: what each origin and each area reaches, profile by profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.access.asked import asked_by_area
from assetmap.access.measured import (
    Measured,
    Place,
    access_table,
    area_access,
    area_scores,
    measure,
    theme_shares,
    unsnapped_share,
)
from assetmap.study.ledger import Made
from assetmap.study.steps.asked import asked_of
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

LEADING = "standard"


def measure_access(
    work: Work,
    routes: Mapping[str, Kept],
    place: Mapping[str, Kept],
    *,
    beside: Sequence[Kept] = (),
) -> Kept:
    """ACCESS and AREA_ACCESS of every profile; THEME_SHARES and SCORES of the leading one.

    ``place`` holds the steps ``origins``, ``assets``, ``standards`` and ``coverage``; ``beside``
    what other steps measured of areas, told in the same table.
    """
    settings = work.settings
    stale = stale_standards(work, place["standards"], place["assets"])
    used = {name: place[name] for name in Place._fields}

    def made() -> Made:
        tables = Place(*(kept.table("table") for kept in used.values()))
        found = {
            profile: measure(
                kept.table("costs"),
                kept.table("snaps"),
                tables,
                weights=settings.standards.weights,
                themes=settings.rules.themes,
            )
            for profile, kept in routes.items()
        }
        parts = _parts(found, tables, routes[LEADING].table("snaps"), stale=stale, work=work)
        asked = asked_of(work, tables.standards)
        more = [
            asked_by_area(one, routes[name].table("costs"), tables, asked, profile=name)
            for name, one in found.items()
        ]
        more += [kept.table("area_access") for kept in beside]
        return Made(parts | {"area_access": _joined([parts["area_access"], *more])})

    inputs = {**{f"route {name}": kept for name, kept in routes.items()}, **used}
    inputs |= {kept.step.name: kept for kept in beside}
    return work.ledger.run(
        "measure access",
        made,
        inputs=fingerprints(inputs),
        settings={
            "weights": settings.standards.weights,
            "themes": settings.rules.themes,
            "measures": [one.model_dump(exclude_none=True) for one in settings.measure],
            "stale": sorted(stale),
            "straight": settings.travel.mode == "straight",
        },
    )


def _parts(
    found: Mapping[str, Measured],
    tables: Place,
    snaps: pd.DataFrame,
    *,
    stale: frozenset[str],
    work: Work,
) -> dict[str, pd.DataFrame]:
    origins, leading = tables.origins, found[LEADING]
    unsnapped = unsnapped_share(origins, snaps).rename("share").reset_index()
    return {
        "access": _joined([access_table(one, profile=name) for name, one in found.items()]),
        "area_access": _joined(
            [area_access(one, origins, profile=name) for name, one in found.items()]
        ),
        "theme_shares": theme_shares(
            leading,
            origins,
            tables.standards,
            stale=stale,
            straight=work.settings.travel.mode == "straight",
        ),
        "scores": area_scores(leading, origins),
        "unsnapped": unsnapped,
    }


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


def _joined(tables: list[pd.DataFrame]) -> pd.DataFrame:
    keys = list(tables[0].columns[:4])
    return pd.concat(tables, ignore_index=True).sort_values(keys, ignore_index=True)
