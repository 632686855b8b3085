"""What schemes bring, by outcome: the same measure with the public assets they deliver."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.access.measured import Place
from assetmap.access.saved import Reach, theme_minutes
from assetmap.access.spill_over import scheme_reach
from assetmap.findings.benefit import delivers, is_firm, minutes_saved
from assetmap.frames import hold, table_of
from assetmap.frames.given import SCHEMES
from assetmap.frames.legs import FIRM, SCHEME_REACH, WITH_PLANNED
from assetmap.layers.delivered import delivered_already, make_delivered
from assetmap.network.crs import from_degrees
from assetmap.sources.categories import read_categories
from assetmap.study.ledger import Made
from assetmap.study.steps.route import costs_to
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assetmap.frames import Contract
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

SCHEMES_REACH = "schemes reach"
USED = ("origins", "assets", "standards", "coverage", "schemes")


def join_schemes(work: Work, given: Sequence[Kept]) -> Kept:
    """SCHEMES of all sources that the study names; of one, as it is."""
    if len(given) == 1:
        return given[0]
    inputs = {f"schemes {number}": kept for number, kept in enumerate(given, start=1)}

    def made() -> Made:
        whole = pd.concat([kept.table("table") for kept in given], ignore_index=True)
        return Made({"table": hold(gpd.GeoDataFrame(whole), SCHEMES)})

    return work.ledger.run("join schemes", made, inputs=fingerprints(inputs), settings={})


def save_minutes(work: Work, routes: Mapping[str, Kept], place: Mapping[str, Kept]) -> Kept | None:
    """Minutes that firm schemes, and all that deliver, save each area; None where none delivers.

    They are saved of what there was without any scheme: what open schemes have delivered is among
    today's assets, and is left out of it. Its part ``reach`` says who is near what they deliver.
    """
    schemes = place.get("schemes")
    if schemes is None or not delivers(schemes.table("table")).any():
        return None
    inputs = {name: place[name] for name in USED} | {"route": routes["standard"]}

    def made() -> Made:
        table = gpd.GeoDataFrame(schemes.table("table"))
        today = Reach(routes["standard"].table("costs"), place["assets"].table("table"))
        minutes = partial(_minutes, work, place, routes["standard"].table("snaps"))
        before = minutes(_without(work, place, today, table[table["stage"] == "open"]))
        brought = {
            "firm_min": _added(work, place, table[is_firm(table)]),
            "expected_min": _added(work, place, table),
        }
        saved = {
            name: minutes_saved(
                before,
                minutes([today, *added]),
                cut_off_min=work.settings.travel.cut_off_min,
            )
            for name, added in brought.items()
        }
        snaps = routes["standard"].table("snaps")
        reach = pd.concat(
            scheme_reach(added[0] if added else None, snaps, _tables(place), counted=counted)
            for counted, added in zip((FIRM, WITH_PLANNED), brought.values(), strict=True)
        )
        whole = pd.DataFrame(saved).rename_axis("area_id").reset_index()
        return Made({"saved": whole, "reach": reach})

    return work.ledger.run(
        "measure schemes",
        made,
        inputs=fingerprints(inputs),
        settings={"themes": work.settings.rules.themes},
    )


def _minutes(
    work: Work, place: Mapping[str, Kept], snaps: pd.DataFrame, reaches: list[Reach]
) -> pd.DataFrame:
    """Minutes by area and theme to what is within these reaches."""
    tables = _tables(place)
    counted = tables.standards[tables.standards["theme"].isin(work.settings.rules.themes)]
    return theme_minutes(
        reaches,
        snaps,
        tables._replace(standards=counted),
        cut_off_min=work.settings.travel.cut_off_min,
    )


def _tables(place: Mapping[str, Kept]) -> Place:
    return Place(*(place[name].table("table") for name in Place._fields))


def tables_of_schemes(steps: Mapping[str, Kept]) -> dict[str, tuple[Contract, pd.DataFrame]]:
    """Who is inside and near schemes, by file name; none without schemes.

    Where no scheme says what it delivers, nobody can say who is near that: boundaries alone.
    """
    if "schemes" not in steps or "benefit" not in steps:
        return {}
    inside = steps["benefit"].table("table")[["area_id", "share_inside"]]
    if SCHEMES_REACH in steps:
        reach = steps[SCHEMES_REACH].table("reach").drop(columns="share_inside")
        whole = inside.merge(reach, how="left", on="area_id", validate="one_to_many")
    else:
        whole = inside.assign(counted=FIRM).reindex(columns=SCHEME_REACH.names)
    table = table_of(SCHEME_REACH, {name: whole[name] for name in SCHEME_REACH.names})
    return {"scheme_reach": (SCHEME_REACH, table)}


def _delivered(work: Work, schemes: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    themes = {name: (kind.theme, kind.label) for name, kind in read_categories().items()}
    return make_delivered(schemes, themes=themes, to_crs=from_degrees(work.settings.study.crs))


def _added(work: Work, place: Mapping[str, Kept], schemes: gpd.GeoDataFrame) -> list[Reach]:
    """What these schemes deliver, and the costs to it."""
    added, entrances = _delivered(work, schemes)
    return [Reach(costs_to(work, place, added, entrances), added)] if len(added) else []


def _without(
    work: Work, place: Mapping[str, Kept], today: Reach, opened: gpd.GeoDataFrame
) -> list[Reach]:
    """Today's assets but for what open schemes have delivered.

    Categories that lose some are routed anew: what is left of their nearest few may be too few.
    """
    added, _ = _delivered(work, opened)
    new = today.assets["to_id"].isin(delivered_already(gpd.GeoDataFrame(today.assets), added))
    if not new.any():
        return [today]
    thinned = today.assets["category"].isin(today.assets.loc[new, "category"])
    left = today.assets[thinned & ~new]
    reaches = [Reach(today.costs, today.assets[~thinned])]
    if len(left):
        gates = place["assets"].table("entrances")
        gates = gates[gates["to_id"].isin(left["to_id"])]
        reaches.append(Reach(costs_to(work, place, left, gates), left))
    return reaches
