"""Green space by named profiles of tiers, where a study asks for one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from assetmap.access.green import (
    PACE_M_MIN,
    GreenTier,
    deficiency,
    green_nearest,
    green_tiers,
    satisfying_tier,
)
from assetmap.access.green_areas import green_by_area
from assetmap.access.measured import measured_at
from assetmap.frames import table_of
from assetmap.frames.prepared import STANDARDS
from assetmap.layers.bands import make_bands, make_least_sizes
from assetmap.network.keep import Keep
from assetmap.network.straight import Crow, route_straight
from assetmap.provenance import Caution
from assetmap.sources.categories import packaged_table
from assetmap.study.ledger import Made
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

USED = ("origins", "assets", "green tiers", "green coverage")


def prepare_green_tiers(work: Work) -> Kept:
    """The tiers of the study's profiles as STANDARDS, ``<profile>.<tier>``."""

    def made() -> Made:
        return Made({"table": pd.concat([_standards(*one) for one in _profiles(work).items()])})

    settings = {"profiles": work.settings.green.profiles}
    return work.ledger.run("prepare green tiers", made, inputs={}, settings=settings)


def measure_green(work: Work, routes: Mapping[str, Kept], place: Mapping[str, Kept]) -> Kept:
    """AREA_ACCESS of every green-space profile by every walking profile.

    Tiers that ask for a straight line have one. What lies beyond the cut-off of the costs, or
    beyond the study's edge, where nothing is read, is not measured; a caution says which tiers.
    """
    settings = work.settings
    searched_min = min(settings.travel.cut_off_min, _edge_min(work))

    def made() -> Made:
        straight = _straight(work, place)
        measure = partial(_measure, work, place, straight, searched_min)
        tables = [
            table.assign(profile=name)
            for name, kept in routes.items()
            for table in measure(kept)
        ]  # fmt: skip
        return Made({"area_access": pd.concat(tables, ignore_index=True)}, _untold(work))

    inputs = {name: place[name] for name in USED}
    inputs |= {f"route {name}": kept for name, kept in routes.items()}
    return work.ledger.run(
        "measure green space",
        made,
        inputs=fingerprints(inputs),
        settings={"profiles": settings.green.profiles, "searched_min": searched_min},
    )


def green_words(work: Work) -> dict[str, str]:
    """The settings of the green-space measures in words; none where no profile is asked for."""
    profiles = _profiles(work)
    tiers = {name: green_tiers(profile) for name, profile in profiles.items()}
    said = [f"{profiles[name]['label']}: {_listed(some)}" for name, some in tiers.items()]
    headlines = {
        name: " and ".join(f"({' or '.join(group)})" for group in profile["headline"])
        for name, profile in profiles.items()
        if profile["headline"]
    }
    met = [f"{profiles[name]['label']}: {words}" for name, words in headlines.items()]
    words = {"deficiency": ". ".join(said), "green_headline": ". ".join(met)}
    return {name: text for name, text in words.items() if text}


def _profiles(work: Work) -> dict[str, dict[str, Any]]:
    known = packaged_table("green_profiles.toml")["profile"]
    return {name: known[name] for name in work.settings.green.profiles}


def _standards(name: str, profile: Mapping[str, Any]) -> pd.DataFrame:
    tiers = green_tiers(profile)
    return table_of(
        STANDARDS,
        {
            "standard_id": [f"{name}.{one.tier}" for one in tiers],
            "theme": ["green"] * len(tiers),
            "categories": [";".join(one.categories) for one in tiers],
            "label": [f"{one.label} ({profile['label']})" for one in tiers],
            "threshold_m": [one.distance_m for one in tiers],
            "threshold_min": [one.distance_min for one in tiers],
            "min_size_m2": [one.min_size_m2 or None for one in tiers],
            "source": [str(profile["source"])] * len(tiers),
            "status": [one.status for one in tiers],
        },
    )


def _measure(
    work: Work,
    place: Mapping[str, Kept],
    straight: pd.DataFrame,
    searched_min: float,
    route: Kept,
) -> list[pd.DataFrame]:
    origins, assets = place["origins"].table("table"), place["assets"].table("table")
    covered = measured_at(origins, route.table("snaps"), place["green coverage"].table("table"))
    tables = []
    for name, profile in _profiles(work).items():
        tiers = green_tiers(profile)
        nearest_min = green_nearest(route.table("costs"), assets, tiers, straight=straight)
        walked = [one for one in tiers if one.measure == "route"]
        flown = [one for one in tiers if one.measure == "straight"]
        lacking = pd.concat(
            [
                deficiency(nearest_min, walked, cut_off_min=searched_min),
                deficiency(nearest_min, flown, cut_off_min=_edge_min(work)),
            ],
            axis="columns",
        )[[one.tier for one in tiers]]
        measured = covered[[f"{name}.{one.tier}" for one in tiers]].set_axis(
            lacking.columns, axis="columns"
        )
        headline = profile["headline"]
        tables.append(green_by_area(lacking, measured, origins, name=name, headline=headline))
    return tables


def _straight(work: Work, place: Mapping[str, Kept]) -> pd.DataFrame:
    """COSTS in a straight line to the nearest site of every size that a straight tier asks for."""
    assets = place["assets"].table("table")
    flown = [
        one
        for profile in _profiles(work).values()
        for one in green_tiers(profile)
        if one.measure == "straight"
    ]
    wanted = {to_id for one in flown for to_id in satisfying_tier(assets, one)}
    green = assets[assets["to_id"].isin(wanted)]
    tiers = place["green tiers"].table("table")
    gates = place["assets"].table("entrances")
    gates = gates[gates["to_id"].isin(green["to_id"])]
    told = route_straight(
        gpd.GeoDataFrame(place["origins"].table("table")),
        gpd.GeoDataFrame(gates),
        green.assign(category=make_bands(green, make_least_sizes(tiers))),
        crow=Crow(detour=1),
        keep=Keep(cut_off_min=_edge_min(work), nearest=1),
    )
    return told.table[0]


def _edge_min(work: Work) -> float:
    """The minutes to the end of the ground that is read, from the study's border."""
    return work.settings.study.edge_buffer_m / PACE_M_MIN


def _untold(work: Work) -> tuple[Caution, ...]:
    """The tiers whose distance is beyond what was searched."""
    edge_min, cut_off_min = _edge_min(work), work.settings.travel.cut_off_min
    beyond = [
        f"{profile['label']}: {one.label} ({one.distance_m:,.0f} m)"
        for profile in _profiles(work).values()
        for one in green_tiers(profile)
        if one.distance_min > (edge_min if one.measure == "straight" else
                               min(edge_min, cut_off_min))
    ]  # fmt: skip
    text = (
        "Green space is asked for at distances beyond the study's edge or cut-off; who lacks it "
        f"is not known: {'; '.join(beyond)}."
    )
    found = Caution(code="green_beyond", about="green space", text=text, count=len(beyond))
    return (found,) if beyond else ()


def _listed(tiers: tuple[GreenTier, ...]) -> str:
    return ", ".join(
        f"{one.label} {'under' if one.strict else 'within'} {one.distance_m:g} m"
        + (f" of {one.min_size_m2 / 10_000:g} ha or more" if one.min_size_m2 else "")
        + (" in a straight line" if one.measure == "straight" else "")
        for one in tiers
    )
