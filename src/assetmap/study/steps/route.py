"""Route: what it costs to get from every origin to every asset, profile by profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd

from assetmap.layers.outline import make_land
from assetmap.network.crs import from_degrees
from assetmap.network.keep import Keep
from assetmap.network.straight import route_straight
from assetmap.network.water import Crossing, build_water, water_between
from assetmap.study.ledger import Made
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from assetmap.network.water import Water
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


def route_all(work: Work, place: Mapping[str, Kept]) -> dict[str, Kept]:
    """COSTS and SNAPS of each profile of the study, to the assets that are there today."""
    assets = place["assets"]

    def made_for(_profile: str) -> Made:
        return _straight(work, place, assets.table("table"), assets.table("entrances"))

    return {
        profile: work.ledger.run(
            f"route {profile}",
            lambda profile=profile: made_for(profile),
            inputs=fingerprints(_inputs(work, place) | {"assets": assets}),
            settings=_settings(work, profile),
        )
        for profile in work.settings.travel.profiles
    }


def costs_to(
    work: Work, place: Mapping[str, Kept], assets: pd.DataFrame, entrances: pd.DataFrame
) -> pd.DataFrame:
    """COSTS of the leading profile to other assets than today's."""
    table: pd.DataFrame = _straight(work, place, assets, entrances).parts["costs"]
    return table


def _straight(
    work: Work, place: Mapping[str, Kept], assets: pd.DataFrame, entrances: pd.DataFrame
) -> Made:
    told = route_straight(
        gpd.GeoDataFrame(place["origins"].table("table")),
        gpd.GeoDataFrame(entrances),
        assets,
        water=_water(work, place),
        detour=work.settings.travel.detour,
        keep=_keep(work),
    )
    costs, snaps = told.table
    return Made({"costs": costs, "snaps": snaps}, told.cautions)


def _water(work: Work, place: Mapping[str, Kept]) -> Water | None:
    travel = work.settings.travel
    if not travel.tidal_water:
        return None
    land = make_land(
        gpd.GeoDataFrame(place["boundaries"].table("table")), place["areas"].part("outline")
    )
    placed = from_degrees(work.settings.study.crs)
    crossings = [Crossing(c.name, placed(*c.start), placed(*c.end)) for c in travel.crossings]
    return build_water(water_between(land.geometry.iloc[0]), crossings)


def _keep(work: Work) -> Keep:
    travel = work.settings.travel
    return Keep(travel.cut_off_min, travel.nearest_kept, {})


def _inputs(work: Work, place: Mapping[str, Kept]) -> dict[str, Kept]:
    names = ["origins"] + (["areas", "boundaries"] if work.settings.travel.tidal_water else [])
    return {name: place[name] for name in names}


def _settings(work: Work, profile: str) -> dict[str, object]:
    travel = work.settings.travel.model_dump(mode="json", exclude={"profiles"})
    return {"profile": profile, **travel}
