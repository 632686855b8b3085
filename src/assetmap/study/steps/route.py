"""Route: what it costs to get from every origin to every asset, profile by profile."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString

from assetmap.layers.bands import make_bands, make_least_sizes
from assetmap.layers.open_at import apart_by_opening
from assetmap.layers.outline import make_land
from assetmap.network.crs import from_degrees
from assetmap.network.keep import Keep
from assetmap.network.straight import Crow, route_straight
from assetmap.network.water import Crossing, Water, water_between
from assetmap.study.ledger import Made
from assetmap.study.steps.asked import nearest_counted, within_min
from assetmap.study.steps.walk import route_walk
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.network.router import Start
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


def route_all(work: Work, place: Mapping[str, Kept]) -> dict[str, Kept]:
    """COSTS and SNAPS of each profile of the study, to the assets that are there today."""
    assets = place["assets"]
    routes: dict[str, Kept] = {}
    starts: list[Start] = []
    for profile in work.settings.travel.profiles:
        routes[profile] = work.ledger.run(
            f"route {profile}",
            partial(
                _route, work, place, profile,
                (assets.table("table"), assets.table("entrances")), starts,
            ),
            inputs=fingerprints(_inputs(work, place, profile) | {"assets": assets}),
            settings=_settings(work, profile)
            | {"kept": kept_settings(work, place, profile)._asdict()},
        )  # fmt: skip
    return routes


def costs_to(
    work: Work, place: Mapping[str, Kept], assets: pd.DataFrame, entrances: pd.DataFrame
) -> pd.DataFrame:
    """COSTS of the leading profile to other assets than today's."""
    leading = work.settings.travel.profiles[0]
    table = _route(work, place, leading, (assets, entrances), []).parts["costs"]
    if isinstance(table, dict):
        message = "costs are a table"
        raise TypeError(message)
    return table


def _route(
    work: Work,
    place: Mapping[str, Kept],
    profile: str,
    there: tuple[pd.DataFrame, pd.DataFrame],
    starts: list[Start],
) -> Made:
    assets, entrances = there
    origins = gpd.GeoDataFrame(place["origins"].table("table"))
    gates = gpd.GeoDataFrame(entrances)
    keep, assets = kept_of(work, place, assets, profile=profile)
    if work.settings.travel.mode == "streets":
        return route_walk(work, place[f"graph {profile}"], (origins, gates, assets), keep, starts)
    told = route_straight(origins, gates, assets, crow=crow_of(work, place), keep=keep)
    costs, snaps = told.table
    return Made({"costs": costs, "snaps": snaps}, told.cautions)


def crow_of(work: Work, place: Mapping[str, Kept]) -> Crow:
    """How straight lines are walked: the study's detour, and its tidal water."""
    return Crow(detour=work.settings.travel.detour, water=water_of(work, place))


def kept_of(
    work: Work,
    place: Mapping[str, Kept],
    assets: pd.DataFrame,
    *,
    profile: str,
    open_at: pd.DataFrame | None = None,
) -> tuple[Keep, pd.DataFrame]:
    """What is kept of the costs to these assets; and the assets, their band for a category.

    ``open_at`` is OPEN_AT where it is not that of ``place``, as after an edit of hours.
    """
    kept = kept_settings(work, place, profile)
    bands = _bands(place, assets, open_at)
    of_band = dict(zip(bands, assets["category"], strict=True))
    keep = Keep(
        cut_off_min=work.settings.travel.cut_off_min,
        nearest=kept.nearest,
        within_min={band: kept.within_min.get(name, 0.0) for band, name in of_band.items()},
        unasked=frozenset(band for band, name in of_band.items() if name not in kept.categories),
    )
    return keep, assets.assign(category=bands)


class KeptSettings(NamedTuple):
    """What is kept of the costs of a profile, whatever the assets.

    Attributes
    ----------
    nearest
        Assets of each category and origin. Draws and schemes take away what is near, by the
        leading profile: it keeps ``travel.nearest_kept``, the others what their measures count.
    within_min
        Category to minutes.
    categories
        Those that a standard, a tier of green space or free space is about.
    """

    nearest: int
    within_min: dict[str, float]
    categories: list[str]


def kept_settings(work: Work, place: Mapping[str, Kept], profile: str) -> KeptSettings:
    """What is kept of the costs of a profile by all that is asked of it."""
    travel, free = work.settings.travel, work.settings.fairness
    standards = place["standards"].table("table")
    named = [one for table in _asking(place) for one in table["categories"].str.split(";")]
    return KeptSettings(
        nearest=travel.nearest_kept
        if profile == travel.profiles[0]
        else nearest_counted(work, standards),
        within_min=within_min(work, standards),
        categories=sorted({*free.free_indoor, *free.free_green}.union(*named)),
    )


def _asking(place: Mapping[str, Kept]) -> list[pd.DataFrame]:
    """STANDARDS, and the tiers of green space where some are asked for."""
    return [place[name].table("table") for name in ("standards", "green tiers") if name in place]


def _bands(
    place: Mapping[str, Kept], assets: pd.DataFrame, open_at: pd.DataFrame | None
) -> pd.Series:
    """What the nearest are kept of: categories, apart by sizes and by opening hours asked for.

    The nearest few parks of any size need not have one of two hectares among them, nor the
    nearest few libraries one that is open in the evening.
    """
    least_sizes = make_least_sizes(pd.concat(_asking(place), ignore_index=True))
    bands = make_bands(assets, least_sizes)
    if "opening" in place:
        today = place["opening"].table("table")
        bands = apart_by_opening(bands, assets, today if open_at is None else open_at)
    return bands


def water_of(work: Work, place: Mapping[str, Kept]) -> Water:
    """The tidal water of the study, with its crossings; none where the study heeds none."""
    travel = work.settings.travel
    if not travel.tidal_water:
        return Water()
    outline = gpd.GeoDataFrame(place["areas"].table("outline"))
    land = make_land(gpd.GeoDataFrame(place["boundaries"].table("table")), outline)
    placed = from_degrees(work.settings.study.crs)
    crossings = tuple(
        Crossing(one.name, LineString([placed(*one.start), placed(*one.end)]))
        for one in travel.crossings
    )
    return water_between(
        land.geometry.iloc[0], ground=outline.geometry.iloc[0], crossings=crossings
    )


def _inputs(work: Work, place: Mapping[str, Kept], profile: str) -> dict[str, Kept]:
    names = ["origins", "standards"]
    names += [name for name in ("green tiers", "opening") if name in place]
    if work.settings.travel.mode == "streets":
        names.append(f"graph {profile}")
    elif work.settings.travel.tidal_water:
        names += ["areas", "boundaries"]
    return {name: place[name] for name in names}


def _settings(work: Work, profile: str) -> dict[str, object]:
    """What the minutes depend on, by how people get there, and nothing else."""
    by_mode = {
        "streets": {"snap_max_m"},
        "straight": {"detour", "tidal_water", "crossings"},
    }
    used = {"mode", "cut_off_min"} | by_mode[work.settings.travel.mode]
    return {"profile": profile, **work.settings.travel.model_dump(mode="json", include=used)}
