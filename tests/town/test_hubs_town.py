"""Who relies on which place: three halls and a church, by hand.

homes   a 10 people   b 20   c 40   d 80 (deprived); the standard is 10 minutes
Old Hall    a 5, b 5          New Hall   a 6, b 6, c 9          Far Hall  nobody within 10
Church      c 3, d 4          (no hall, but it has a room)
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import Point

from assetmap.frames.costs import hold_costs
from assetmap.scenarios.relied import able_to_host, doubles, hosts, hub_groups, hubs

HOMES = pd.DataFrame(
    {"from_id": list("abcd"), "area_id": ["A", "A", "B", "C"], "people": [10.0, 20, 40, 80]}
)
PLACES = {"church": "Church", "far": "Far Hall", "new": "New Hall", "old": "Old Hall"}
PAIRS = {("a", "old"): 5, ("b", "old"): 5, ("a", "new"): 6, ("b", "new"): 6, ("c", "new"): 9,
         ("c", "church"): 3, ("d", "church"): 4, ("d", "far"): 11}  # fmt: skip
STANDARD = {"standard_id": "hall", "theme": "community", "categories": "community_centre",
            "threshold_min": 10.0, "min_size_m2": None}  # fmt: skip


def _assets() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "to_id": list(PLACES),
            "name": list(PLACES.values()),
            "category": ["place_of_worship", *["community_centre"] * 3],
            "supply": [1.0, 100, 100, 60],
            "size_m2": np.nan,
            "opening_hours": None,
            "wheelchair": "unknown",
        },
        geometry=[Point(0, 0)] * 4,
    )


def _costs() -> pd.DataFrame:
    homes, places = pd.Index(list("abcd")), pd.Index(list(PLACES))
    return hold_costs(
        homes, places,
        from_codes=np.array([homes.get_loc(home) for home, _ in PAIRS], np.int32),
        to_codes=np.array([places.get_loc(place) for _, place in PAIRS], np.int32),
        cost_min=np.array(list(PAIRS.values()), np.float32),
    )  # fmt: skip


TABLES = (_costs(), _assets(), HOMES, pd.DataFrame([STANDARD]))


def test_who_has_no_other() -> None:
    """C has the New Hall alone; a and b have two; the Far Hall is near nobody."""
    table = hubs(*TABLES, deprived={"B"}).set_index("to_id")
    assert list(table.index) == ["new", "old"]
    assert table["people"].to_dict() == {"new": 70, "old": 30}
    assert table["only"].to_dict() == {"new": 40, "old": 0}
    assert table["only_deprived"].to_dict() == {"new": 40, "old": 0}
    assert table.loc["old", "people_a_unit"] == 0.5  # 30 people, a capacity of 60


def test_who_they_are() -> None:
    """All of area B is c: all 12 children there have the New Hall alone, none of A's or C's."""
    people = pd.DataFrame({"area_id": ["A", "B", "C"], "kind": "age", "group": "children",
                           "people": [5.0, 12, 9]})  # fmt: skip
    table = hub_groups(*TABLES, people)
    assert table.to_dict("records") == [
        {"standard_id": "hall", "to_id": "new", "by": "age", "group": "children", "people": 12.0}
    ]


def test_what_doubles_what() -> None:
    """All 30 near the Old Hall are near the New; 30 of 70, 43 in 100, the other way: not told.

    Old: 60 for 30 people, 2 each; New: 100 for 70, 1.43; together 160 for 100, 1.6: no room in
    the second.
    """
    table = doubles(*TABLES)
    assert table[["to_id", "other_id", "overlap"]].to_numpy().tolist() == [["old", "new", 1.0]]
    assert table["spare"].tolist() == ["no"]


def test_rooms_near_people_who_lack_a_hall() -> None:
    """Near the church: c, who has a hall, and d, 80 people, who has none."""
    costs, assets, homes, _ = TABLES
    rooms = able_to_host(assets, STANDARD, ["place_of_worship", "community_centre"])
    assert rooms["to_id"].tolist() == ["church"]
    table = hosts(costs, assets, homes, STANDARD, rooms, deprived={"C"})
    assert table[["to_id", "people", "beyond", "beyond_deprived"]].to_numpy().tolist() == [
        ["church", 120.0, 80.0, 80.0]
    ]
