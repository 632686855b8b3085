"""Isochrones: the ground within a walk of a kind of place, drawn for the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.access.coverage import people_covered
from assetmap.access.measured import measured_at
from assetmap.access.standard import satisfying
from assetmap.frames import table_of
from assetmap.frames.isochrones import GROUND_WITHIN
from assetmap.network.discs import build_discs
from assetmap.network.graph import WalkGraph
from assetmap.network.isochrone import build_isochrones
from assetmap.network.ride_isochrone import build_ride_isochrone
from assetmap.study.ledger import Made
from assetmap.study.steps.rides import settings_of, trip_of
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.study.isochrones import Isochrone
    from assetmap.study.ledger import Kept
    from assetmap.study.steps.rides import Rides
from assetmap.study.work import Work

USED = ("origins", "assets", "standards", "coverage")


def draw_ground(
    work: Work, routes: Mapping[str, Kept], place: Mapping[str, Kept], rides: Rides | None = None
) -> Kept:
    """GROUND_WITHIN: a shape for each isochrone asked for, with its people from travel costs.

    One that no place or no street lies under has no row; nor has one of a day that the timetable
    does not tell of. ``routes`` are those on foot, and those of ``rides`` by public transport.
    """
    asked = [one for one in work.settings.isochrone if one.profile in routes]
    travel = work.settings.travel
    streets = travel.mode == "streets"
    profiles = sorted({one.profile for one in asked})
    inputs = {name: place[name] for name in USED}
    inputs |= {f"route {name}": routes[name] for name in profiles}
    walked = [name for name in profiles if rides is None or name not in rides.service]
    inputs |= {f"graph {name}": place[f"graph {name}"] for name in walked if streets}

    def made() -> Made:
        parts = [_drawn(work, one, inputs, rides) for one in asked]
        columns = {name: [one for part in parts for one in part[name]]
                   for name in GROUND_WITHIN.names}  # fmt: skip
        crs = work.settings.study.crs
        return Made({"table": table_of(GROUND_WITHIN, columns, crs=crs)})

    how = {"snap_max_m"} if streets else {"detour"}
    return work.ledger.run(
        "draw ground within reach",
        made,
        inputs=fingerprints(inputs),
        settings={
            "isochrone": [one.model_dump() for one in asked],
            **travel.model_dump(mode="json", include={"mode"} | how),
            **{
                one.profile: settings_of(work, one.profile)
                for one in asked
                if rides and one.profile in rides.service
            },
        },
    )


def ground_words(work: Work) -> dict[str, str]:
    """The settings of the isochrones in words; none where none is asked for."""
    said = [f"{one.minutes:g} min to {one.standard}, {one.profile}"
            for one in work.settings.isochrone]  # fmt: skip
    return {"ground_within": "; ".join(said)} if said else {}


def _drawn(
    work: Work, one: Isochrone, inputs: Mapping[str, Kept], rides: Rides | None
) -> pd.DataFrame:
    """GROUND_WITHIN of one isochrone: a row, or none."""
    route = inputs[f"route {one.profile}"]
    origins, assets, standards, coverage = (inputs[name].table("table") for name in USED)
    standard = standards[standards["standard_id"] == one.standard].to_dict("records")[0]
    ids = satisfying(assets, standard)
    gates = inputs["assets"].table("entrances")
    shape = _shape(work, one, inputs, gates[gates["to_id"].isin(ids)], rides)
    measured = measured_at(origins, route.table("snaps"), coverage)[one.standard].to_numpy()
    own = origins[measured & (origins["role"] == "study").to_numpy()].set_index("from_id")
    within = people_covered(route.table("costs"), own["people"], ids, cut_off_min=one.minutes)
    known = {"people_within": within, "people": own["people"].sum()}
    return pd.DataFrame(shape.assign(standard_id=one.standard, profile=one.profile, **known))


def _shape(
    work: Work,
    one: Isochrone,
    inputs: Mapping[str, Kept],
    gates: pd.DataFrame,
    rides: Rides | None,
) -> gpd.GeoDataFrame:
    """ISOCHRONES around all entrances as if they were of one place: the nearest is what counts."""
    travel = work.settings.travel
    points = gpd.GeoDataFrame(gates.assign(to_id=one.standard))
    if travel.mode == "straight":
        return build_discs(points, minutes=[one.minutes], detour=travel.detour)
    if rides and one.profile in rides.service:
        transit, trip = rides.transit(one.profile).table, trip_of(work, one.profile)
        return build_ride_isochrone(
            transit, points, trip=trip, minutes=one.minutes, snap_max_m=travel.snap_max_m
        )
    graph = WalkGraph.from_arrays(inputs[f"graph {one.profile}"].part("graph"))
    told = build_isochrones(graph, points, minutes=[one.minutes], snap_max_m=travel.snap_max_m)
    return told.table
