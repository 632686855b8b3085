"""What OpenStreetMap's tags say to someone on foot: where one may walk, and how it is there."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from assetmap.frames.streets import (
    BARS_WALKERS,
    BARS_WHEELS,
    HIGHWAYS,
    OPEN,
    SURFACES,
    WHEELCHAIR,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Tags = Mapping[str, str]
    """Asked by key only: osmium's own tags answer that in a third of the time of a dict of them."""

NEVER = frozenset((
    "motorway", "motorway_link", "construction", "proposed", "planned", "abandoned", "razed",
    "demolished", "disused", "raceway", "bus_guideway", "busway", "escape", "rest_area",
    "services", "emergency_bay", "no",
))  # fmt: skip
BESIDE_TRAFFIC = frozenset(("trunk", "trunk_link"))
SIDEWALKS = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")
HAS_SIDEWALK = frozenset(("yes", "both", "left", "right"))
WELCOME = frozenset(("yes", "permissive", "designated"))
CLOSED = frozenset(("no", "private"))
UNWELCOME = CLOSED | {"use_sidepath"}
SOLID = frozenset((
    "wall", "fence", "hedge", "retaining_wall", "city_wall", "ditch", "guard_rail", "debris",
    "handrail",
))  # fmt: skip
NARROW = frozenset((
    "stile", "turnstile", "full-height_turnstile", "kissing_gate", "log", "motorcycle_barrier",
))  # fmt: skip
CAN_BAR = ("barrier", "kerb", "wheelchair")
"""A node without any of these keys bars nobody."""
PAVED = frozenset((
    "asphalt", "paved", "concrete", "concrete:plates", "paving_stones", "wood", "metal",
    "tartan",
))  # fmt: skip
UNEVEN = frozenset((
    "sett", "cobblestone", "unhewn_cobblestone", "concrete:lanes", "bricks", "grass_paver",
))  # fmt: skip
MOST_PERCENT = 100.0
SLOPE = re.compile(r"([+-]?\d{1,6}(?:[.,]\d{1,6})?)\s*(%|°|deg)?")
RATIO = re.compile(r"([+-]?)(\d{1,6}(?:\.\d{1,6})?)\s*[:/]\s*(\d{1,6}(?:\.\d{1,6})?)")


class Underfoot(NamedTuple):
    """One way's codes, as in :class:`assetmap.frames.streets.Streets`."""

    highway: int
    steps: bool
    wheelchair: int
    kerb_raised: bool
    incline_percent: float
    surface: int
    oneway: int


def is_walkable(tags: Tags) -> bool:
    """Whether the public may walk along a way (STANDARDS 4.4).

    Every ``highway`` but motorways, what is not built or gone, and trunk roads without a sidewalk;
    not where ``foot=no``; not where ``access`` is private or no, unless ``foot`` says yes.
    """
    highway, foot = tags.get("highway"), tags.get("foot")
    if highway is None or highway in NEVER or foot in UNWELCOME:
        return False
    if foot in WELCOME:
        return True
    if highway in BESIDE_TRAFFIC or tags.get("motorroad") == "yes":
        beside = any(tags.get(key) in HAS_SIDEWALK for key in SIDEWALKS)
        return beside and tags.get("access") not in CLOSED
    gone = any(tags.get(state) == "yes" for state in ("abandoned", "disused", "construction"))
    return not gone and tags.get("access") not in CLOSED


def bars(tags: Tags) -> int:
    """What a node does to those who pass it.

    A wall, fence or hedge across a way bars walkers; so does any barrier, a gate say, that is
    private or closed to them. Stiles, turnstiles, kissing gates and raised kerbs bar wheels.
    """
    barrier, foot = tags.get("barrier"), tags.get("foot")
    if barrier and foot not in WELCOME:
        closed = foot in CLOSED or (tags.get("access") in CLOSED and foot is None)
        if closed or barrier in SOLID:
            return BARS_WALKERS
    if tags.get("wheelchair") in {"yes", "designated"}:
        return OPEN
    if barrier in NARROW or tags.get("kerb") == "raised" or tags.get("wheelchair") == "no":
        return BARS_WHEELS
    return OPEN


def underfoot(tags: Tags) -> Underfoot:
    """How a walkable way is underfoot; what is not tagged is unknown."""
    highway = tags.get("highway", "").removesuffix("_link")
    return Underfoot(
        highway=HIGHWAYS.index(highway) if highway in HIGHWAYS else 0,
        steps=highway == "steps",
        wheelchair=_wheelchair(tags.get("wheelchair")),
        kerb_raised=tags.get("kerb") == "raised",
        incline_percent=percent(tags.get("incline", "")),
        surface=_surface(tags.get("surface")),
        oneway=_oneway(tags),
    )


def percent(text: str) -> float:
    """A slope in percent from ``8%``, ``-5 %``, ``10°`` or ``1:12``; NaN for ``up`` and such."""
    ratio = RATIO.fullmatch(text.strip())
    if ratio:
        rise, run = float(ratio[2]), float(ratio[3])
        sign = -1.0 if ratio[1] == "-" else 1.0
        return _bounded(sign * 100.0 * rise / run) if run else math.nan
    slope = SLOPE.fullmatch(text.strip())
    if not slope:
        return math.nan
    value = float(slope[1].replace(",", "."))
    if slope[2] in {"°", "deg"}:
        value = 100.0 * math.tan(math.radians(max(-89.0, min(89.0, value))))
    return _bounded(value)


def _bounded(value: float) -> float:
    return max(-MOST_PERCENT, min(MOST_PERCENT, value))


def _wheelchair(value: str | None) -> int:
    if value == "designated":
        value = "yes"
    return WHEELCHAIR.index(value) if value in WHEELCHAIR else 0


def _surface(value: str | None) -> int:
    if not value:
        return 0
    if value in PAVED:
        return SURFACES.index("paved")
    even = value not in UNEVEN and not value.startswith(("sett", "cobblestone"))
    return SURFACES.index("unpaved" if even else "uneven")


def _oneway(tags: Tags) -> int:
    """One-way for walkers: said so by name, or an escalator. A car's one-way is not theirs."""
    said = tags.get("oneway:foot") or {"forward": "yes", "backward": "-1"}.get(
        tags.get("conveying", ""), "no"
    )
    return {"yes": 1, "1": 1, "true": 1, "-1": -1, "reverse": -1}.get(said, 0)
