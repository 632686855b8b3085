"""What is wrong with the isochrones that a study asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.errors import Fault, nearest_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assetmap.study.isochrones import Isochrone
    from assetmap.study.settings import Settings


def faults_of_isochrones(settings: Settings, path: Path) -> Iterator[Fault]:
    """Standards and profiles that are not in use, minutes beyond the costs, the same one twice.

    Along straight lines the ground is a disc, which knows no water: where tidal water is heeded
    there is none to draw.
    """
    travel, asked = settings.travel, settings.isochrone
    for place, one in enumerate(asked):
        where = f"{path}, isochrone {place + 1}"
        for fault in _faults(one, settings):
            yield Fault(what=fault.what, where=where, attempt=fault.attempt)
        if one in asked[:place]:
            yield Fault(what="asked for twice", where=where)
    if asked and travel.mode == "straight" and travel.tidal_water:
        what = "isochrone: along straight lines that heed tidal water no ground can be drawn"
        yield Fault(what=what, where=str(path), attempt='mode = "streets", or no isochrone')


def _faults(one: Isochrone, settings: Settings) -> Iterator[Fault]:
    travel, use = settings.travel, settings.standards.use
    if one.standard not in use:
        hint = nearest_name(one.standard, use) or "add it to standards.use"
        yield Fault(what=f"no standard '{one.standard}' in use", attempt=hint)
    rides = one.profile.startswith("transit")
    where, known = (
        ("timetable", settings.timetable.moments()) if rides else ("travel", travel.profiles)
    )
    if one.profile not in known:
        what = f"profile '{one.profile}' is not in {where}{'' if rides else '.profiles'}"
        yield Fault(what=what, attempt="ask for it there")
    longest = settings.timetable.cut_off_min if rides else travel.cut_off_min
    if one.minutes > longest:
        what = f"{one.minutes:g} minutes, and costs end at {longest:g}"
        yield Fault(what=what, attempt=f"set {where}.cut_off_min to {one.minutes:g} or more")
