"""What each segment of a street costs a walker, by profile, in centimetres of level walking."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, MethodError, nearest_name
from assetmap.frames.streets import BARS_WALKERS, OPEN, WHEELCHAIR
from assetmap.network.kernels import LIMIT_CM
from assetmap.provenance import Caution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.frames.streets import Streets

LEVEL_M_MIN = 80.0
"""The walk that all costs are counted in."""
CM_A_MINUTE = 8000
MOST_INCLINE_PERCENT = 8.0
STEEPEST = 0.30
"""Slopes of elevations are capped here: steeper is the raster's noise over a short segment."""
CLOSED = -1


class Profile(NamedTuple):
    """Somebody on foot or on wheels.

    Attributes
    ----------
    name
        As ``study.toml`` names it.
    pace_m_min
        Metres of level street a minute.
    on_wheels
        Whether steps, raised kerbs, steep ways and what is tagged ``wheelchair=no`` bar the way.
    source, status
        Where the pace comes from, and whether it was checked there: ``verified``, ``from memory``
        or ``design choice``.
    """

    name: str
    pace_m_min: float
    on_wheels: bool
    source: str
    status: str


PROFILES = {
    one.name: one
    for one in (
        Profile("standard", 80.0, on_wheels=False, status="verified",
                source="PTAL and the Department for Transport: 1.333 m/s"),
        Profile("older", 48.0, on_wheels=False, status="from memory",
                source="Health Survey for England 2005, Asher et al. 2012: 0.8 m/s at 65 and over"),
        Profile("pram", 54.0, on_wheels=False, status="design choice",
                source="0.9 m/s with a pram or a young child"),
        Profile("wheelchair", 80.0, on_wheels=True, status="design choice",
                source="the standard pace; ways by their tags, inclines of more than 8 % left out"),
    )
}  # fmt: skip


class Impedance(NamedTuple):
    """What segments cost along and against their direction.

    Attributes
    ----------
    forward_cm, back_cm
        int32 a segment, from u to v and from v to u; ``CLOSED`` where there is no way.
    barred
        bool a node: nobody of this profile passes it.
    cautions
        What must be said.
    """

    forward_cm: NDArray[np.int32]
    back_cm: NDArray[np.int32]
    barred: NDArray[np.bool_]
    cautions: tuple[Caution, ...]


def profile_of(name: str) -> Profile:
    """The profile of that name.

    Raises
    ------
    MethodError
        Where there is none.
    """
    if name not in PROFILES:
        known = ", ".join(PROFILES)
        attempt = nearest_name(name, PROFILES) or f"one of {known}"
        raise MethodError(Fault(what=f"no profile '{name}'", where="network", attempt=attempt))
    return PROFILES[name]


def impedance(
    streets: Streets, *, profile: str, elevation_m: NDArray[np.float64] | None = None
) -> Impedance:
    """The impedance of every segment: ``100 length_m x 80 / pace x slope``, whole centimetres.

    ``slope`` is how much slower than on the level one walks there, ``tobler(0) / tobler(S)``, each
    way by its own slope S; 1 where no elevation is known. For wheels, steps, ``wheelchair=no``,
    raised kerbs and inclines of more than 8 % are closed; what nobody recorded stays open, and how
    much that is is told as ``wheelchair_unknown``. Told as well: ``elevation_unknown``, segments
    taken as level because an end has no elevation.

    Parameters
    ----------
    elevation_m
        Metres above the sea at each node of the streets; NaN where it is not known.

    Raises
    ------
    MethodError
        For an unknown profile, elevations that are not one a node, a segment too long to count.

    References
    ----------
    STANDARDS 1.8; Tobler 1993, "Three presentations on geographical analysis and modeling",
    NCGIA technical report 93-1.
    """
    walker = profile_of(profile)
    level_cm = streets.length_m * (100 * LEVEL_M_MIN / walker.pace_m_min)
    ahead, unknown = _slopes(streets, elevation_m)
    up_cm, down_cm = np.rint(level_cm * slowness(ahead)), np.rint(level_cm * slowness(-ahead))
    if len(level_cm) and max(up_cm.max(), down_cm.max()) > LIMIT_CM:
        what = "a segment too long to be counted in centimetres"
        raise MethodError(Fault(what=what, where="streets", attempt="check the coordinates"))
    usable = ~_closed_to_wheels(streets) if walker.on_wheels else np.ones(len(streets.u), bool)
    barred = streets.barrier != OPEN if walker.on_wheels else streets.barrier == BARS_WALKERS
    return Impedance(
        np.where(usable & (streets.oneway >= 0), up_cm, CLOSED).astype(np.int32),
        np.where(usable & (streets.oneway <= 0), down_cm, CLOSED).astype(np.int32),
        barred,
        (*_wheels_told(streets, usable, walker), *_elevation_told(streets, unknown)),
    )


def tobler_kmh(slope: NDArray[np.float64]) -> NDArray[np.float64]:
    """Tobler's walking speed, ``6 exp(-3.5 |S + 0.05|)`` km/h; S = 0.1 rises 10 m in 100 m."""
    return np.asarray(6.0 * np.exp(-3.5 * np.abs(slope + 0.05)))


def slowness(slope: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many times longer than on the level a walk takes: below 1 on a gentle descent.

    Slopes beyond 30 % count as 30 %.
    """
    capped = np.clip(slope, -STEEPEST, STEEPEST)
    return np.asarray(tobler_kmh(np.zeros(1)) / tobler_kmh(capped))


def _slopes(
    streets: Streets, elevation_m: NDArray[np.float64] | None
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The slope from u to v, and which segments are taken as level for want of elevations."""
    if elevation_m is None:
        return np.zeros(len(streets.u)), np.zeros(len(streets.u), dtype=bool)
    if len(elevation_m) != len(streets.x):
        what = f"{len(elevation_m)} elevations for {len(streets.x)} nodes"
        raise MethodError(Fault(what=what, where="streets"))
    rise = elevation_m[streets.v] - elevation_m[streets.u]
    known = np.isfinite(rise)
    run = np.where(streets.length_m > 0, streets.length_m, np.inf)
    return np.where(known, rise, 0.0) / run, ~known


def _closed_to_wheels(streets: Streets) -> NDArray[np.bool_]:
    steep = np.abs(np.nan_to_num(streets.incline_percent)) > MOST_INCLINE_PERCENT
    no = streets.wheelchair == WHEELCHAIR.index("no")
    return np.asarray(streets.steps | no | streets.kerb_raised | steep)


def _wheels_told(
    streets: Streets, usable: NDArray[np.bool_], walker: Profile
) -> tuple[Caution, ...]:
    whole_m = float(streets.length_m[usable].sum())
    if not walker.on_wheels or not whole_m:
        return ()
    unknown = usable & (streets.wheelchair == WHEELCHAIR.index("unknown"))
    share = float(streets.length_m[unknown].sum()) / whole_m
    text = (
        f"For {share:.0%} of the length of the streets open to wheelchair users nobody has "
        "recorded whether they can be used. They are counted as usable: 'not recorded' is not 'no'."
    )
    return (Caution(code="wheelchair_unknown", about="route", text=text, count=int(unknown.sum())),)


def _elevation_told(streets: Streets, level: NDArray[np.bool_]) -> tuple[Caution, ...]:
    if not level.any():
        return ()
    whole_m = float(streets.length_m.sum())
    share = float(streets.length_m[level].sum()) / whole_m if whole_m else 1.0
    said = f"{share:.0%}" if round(share, 2) else "Less than 1%"
    text = f"{said} of the length of the streets has no known height and was taken as level."
    count = int(level.sum())
    return (Caution(code="elevation_unknown", about="route", text=text, count=count),)
