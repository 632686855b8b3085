"""Double entries: which listings are the same asset, and the one asset that they make."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from assetmap.layers.likeness import likeness
from assetmap.layers.sites import ALIKE, INSIDE_SHARE, shared_ground, united

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assetmap.layers.entries import Entry


class Reach(NamedTuple):
    """How far apart two listings of one asset may lie: alike by name, or one without a name."""

    named_m: float
    nameless_m: float


USUAL = Reach(50, 25)
BY_CATEGORY = {
    "bus_stop": Reach(5, 5),  # a pair across a road is two stops
    "rail_station": Reach(200, 50),  # one list has the platforms, another the door
    "metro_station": Reach(200, 50),
}
MOST_PRECISION_M = 150.0


@dataclass
class Cluster:
    """Listings of one asset, the leading one first; ``words`` are of the first with a name."""

    members: list[Entry]
    words: frozenset[str] = field(default_factory=frozenset)

    @property
    def head(self) -> Entry:
        """The listing that leads."""
        return self.members[0]

    def add(self, entry: Entry) -> None:
        """Take a listing in."""
        self.members.append(entry)
        self.words = self.words or entry.words


def merged(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The listings of each asset, leading one first.

    Taken in order of precedence, a listing joins an asset of its group that has (1) the same
    reference: UPRN, or ATCO code for a stop; else (2) a name alike by 0.8 within 50 m, wider by
    the precision of points placed by postcode; else (3) either of them no name, within 25 m of
    the leading listing; green sites that are both drawn must share half the smaller's ground in
    place of (3). Bus stops merge within 5 m only, stations within 200 m by name. Of several
    assets that fit, the one by reference, then the nearest, then the one that leads. What is
    merged does not depend on the order of rows.

    References
    ----------
    STANDARDS: merge by UPRN, else 50 m and token set 0.8, else 25 m in one category.
    """
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda one: one.order):
        groups[entry.group].append(entry)
    found = [members for name in sorted(groups) for members in _merged_group(groups[name])]
    return sorted(found, key=lambda members: members[0].order)


def _merged_group(entries: list[Entry]) -> list[list[Entry]]:
    reach = BY_CATEGORY.get(entries[0].category, USUAL)
    near = _near(entries, reach.named_m + MOST_PRECISION_M)
    clusters: list[Cluster] = []
    of_entry: dict[int, int] = {}
    by_reference: dict[str, int] = {}
    for number, entry in enumerate(entries):
        chosen = by_reference.get(entry.reference or "")
        if chosen is None:
            ranked = (
                (
                    _distance(entry, entries[other], clusters[of_entry[other]], reach),
                    of_entry[other],
                )
                for other in near[number]
            )
            distance, chosen = min(ranked, default=(np.inf, -1))
            if not np.isfinite(distance):
                clusters.append(Cluster([]))
                chosen = len(clusters) - 1
        clusters[chosen].add(entry)
        of_entry[number] = chosen
        if entry.reference:
            by_reference.setdefault(entry.reference, chosen)
    return [cluster.members for cluster in clusters]


def _near(entries: list[Entry], reach_m: float) -> dict[int, list[int]]:
    """For each entry those before it within reach."""
    shapes = np.array([entry.geometry for entry in entries], dtype=object)
    later, earlier = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=reach_m)
    found: dict[int, list[int]] = defaultdict(list)
    for one, other in zip(later.tolist(), earlier.tolist(), strict=True):
        if other < one:
            found[one].append(other)
    return found


def _distance(entry: Entry, member: Entry, cluster: Cluster, reach: Reach) -> float:
    """How far the entry lies from a member of the cluster that it fits, else infinite."""
    apart = float(shapely.distance(entry.geometry, member.geometry))
    if entry.words and cluster.words:
        slack = min(max(entry.precision_m, member.precision_m), MOST_PRECISION_M)
        fits = apart <= reach.named_m + slack and likeness(entry.words, cluster.words) >= ALIKE
    elif entry.is_site and member.is_site:
        fits = shared_ground(entry, member) >= INSIDE_SHARE
    else:
        fits = member is cluster.head and apart <= reach.nameless_m
    return apart if fits else float("inf")


def leading_place(members: Iterable[Entry]) -> Entry:
    """The listing that says where the asset is, and for green space all the ground it has.

    For green space the leading source that draws at least half as much as the source that draws
    most, with all that it draws of this site; else the leading point that is off by 50 m at most;
    else the leading listing.
    """
    listed = list(members)
    drawn = _drawn(entry for entry in listed if entry.is_site)
    if drawn:
        most = max(entry.geometry.area for entry in drawn)
        return next(entry for entry in drawn if entry.geometry.area >= most / 2)
    precise = (entry for entry in listed if entry.precision_m <= USUAL.named_m)
    return next(precise, listed[0])


def _drawn(sites: Iterable[Entry]) -> list[Entry]:
    """One site for each source, in order of precedence: all that it draws, overlaps once."""
    by_source: dict[str, list[Entry]] = defaultdict(list)
    for entry in sites:
        by_source[entry.listed[0][0]].append(entry)
    return [united(entries) for entries in by_source.values()]
