"""Homes: the residential buildings of an OpenStreetMap file, as places where people live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import geopandas as gpd
import numpy as np
import shapely

from assetmap.errors import Fault, ReadError
from assetmap.frames import table_of
from assetmap.frames.given import PLACES
from assetmap.provenance import Told
from assetmap.sources.categories import packaged_table
from assetmap.sources.columns import where_of
from assetmap.sources.osm_objects import Objects, read_objects
from assetmap.sources.osm_tags import Wanted, wanted_of
from assetmap.sources.protected import is_protected_osm, not_mapped_caution
from assetmap.sources.raw_assets import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.sources.read import Job

BASIS = "residential building"
ADDRESS = ("addr:city", "addr:street", "addr:housenumber", "addr:postcode")
"""Most buildings have nothing but these beside their kind, and no rule asks for them."""
LIFECYCLE = frozenset(("ruins", "collapsed", "construction", "abandoned", "disused", "demolished"))


class _HomeRules(NamedTuple):
    """Which buildings are homes."""

    kinds: frozenset[str]
    unsaid: frozenset[str]
    low_m2: float
    high_m2: float
    other_use_keys: frozenset[str]
    other_grounds: Wanted


def read_buildings(job: Job) -> Told[gpd.GeoDataFrame]:
    """PLACES, one for each residential building, at a point inside it; people are left empty.

    A building is a home

    - where its kind says so (``building=house``, ``apartments``, ``terrace`` ...), or
    - where its kind is not said (``building=yes``, in Britain more than a quarter), it covers 30
      to 1,000 m2, carries no tag of another use (a shop, an office, a place of worship ...) and
      its point is not on ground of another use (industry, retail, a school, a park, a farmyard
      ...). In Newport nineteen in twenty houses whose kind is said cover 39 m2 or more, and
      garages and sheds are mostly smaller.

    A terrace or block drawn as one building is one place. Buildings that are ruins or not built
    yet are left out. A building tagged as a place that must not be mapped is left out and counted.
    How many homes rest on the second rule is told.

    Raises
    ------
    ReadError
        Where a file is damaged, cut short or not OpenStreetMap data, or holds no home.

    References
    ----------
    OpenStreetMap Wiki, "Key:building".
    """
    rules = _home_rules()
    grounds = [key for key, _ in rules.other_grounds.keys]
    objects = read_objects(job, node_keys=(), area_keys=("building", *grounds), beside=ADDRESS)
    kinds = np.array([tags.get("building", "") for tags in objects.tags], dtype=object)
    said = _among(kinds, rules.kinds)
    unsaid = _among(kinds, rules.unsaid) & _could_be_home(objects, rules)
    standing = ~np.array([_is_gone(tags) for tags in objects.tags], dtype=bool)
    homes = np.flatnonzero((said | unsaid) & standing)
    hidden = np.array([is_protected_osm(objects.tags[number]) for number in homes], dtype=bool)
    kept = homes[~hidden]
    if not len(kept):
        attempt = "check that the file is of this place and holds buildings"
        raise ReadError(Fault(what="no building is a home", where=where_of(job), attempt=attempt))
    text = (
        "Homes are buildings whose kind the map does not tell, taken for homes by their size and "
        "surroundings."
    )
    return Told(
        _places(job, objects, kept),
        (
            *objects.cautions,
            *not_mapped_caution(job.spec.id, int(hidden.sum())),
            *counted(job, "homes_guessed", int((unsaid[kept] & ~said[kept]).sum()), text),
        ),
    )


def _home_rules() -> _HomeRules:
    table = packaged_table("osm_tags.toml")["homes"]
    return _HomeRules(
        kinds=frozenset(table["kinds"]),
        unsaid=frozenset(table["unsaid"]),
        low_m2=table["low_m2"],
        high_m2=table["high_m2"],
        other_use_keys=frozenset(table["other_use_keys"]),
        other_grounds=wanted_of(table["other_grounds"]),
    )


def _among(kinds: NDArray[Any], wanted: frozenset[str]) -> NDArray[np.bool_]:
    return np.array([kind in wanted for kind in kinds], dtype=bool)


def _is_gone(tags: dict[str, str]) -> bool:
    return not LIFECYCLE.isdisjoint(tags) and any(tags.get(state) == "yes" for state in LIFECYCLE)


def _could_be_home(objects: Objects, rules: _HomeRules) -> NDArray[np.bool_]:
    """Whether size, tags and ground allow a building without a kind to be a home."""
    size = shapely.area(objects.shapes)
    could = (size >= rules.low_m2) & (size <= rules.high_m2)
    could &= np.array([rules.other_use_keys.isdisjoint(tags) for tags in objects.tags], dtype=bool)
    at = np.flatnonzero(could)
    points = shapely.point_on_surface(objects.shapes[at])
    other = np.array([rules.other_grounds.any_holds(tags) for tags in objects.tags], dtype=bool)
    inside, _ = shapely.STRtree(objects.shapes[other]).query(points, predicate="intersects")
    could[at[inside]] = False
    return np.asarray(could, dtype=bool)


def _places(job: Job, objects: Objects, kept: NDArray[np.intp]) -> gpd.GeoDataFrame:
    points = shapely.point_on_surface(objects.shapes[kept])
    columns = {
        "place_id": [objects.ids[number] for number in kept],
        "basis": [BASIS] * len(kept),
        "people": [np.nan] * len(kept),
        "geometry": gpd.GeoSeries(points, crs=job.crs),
    }
    return cast("gpd.GeoDataFrame", table_of(PLACES, columns, crs=job.crs))
