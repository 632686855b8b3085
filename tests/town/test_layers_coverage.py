"""What is measured where in the toy town, worked by hand."""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box
from tests.town.layers_town import CRS, places, square, town

from assetmap.errors import StudyError
from assetmap.layers.coverage import NO_STREETS, make_coverage
from assetmap.layers.grounds import Ground, make_box, make_grounds
from assetmap.layers.origins import make_origins
from assetmap.layers.reach import make_street_reach
from assetmap.layers.standards import make_standards

DEFINITIONS = {
    "library": {"theme": "community", "categories": ["library"], "label": "a library",
                "threshold_m": 400, "source": "toy", "status": "design choice"},
    "hall": {"theme": "community", "categories": ["community_centre", "youth_centre"],
             "label": "a hall", "threshold_m": 400, "source": "toy", "status": "design choice"},
    "ramble": {"theme": "green", "categories": ["park"], "label": "a park", "threshold_m": 667,
               "pace_m_min": 66.7, "min_size_m2": 5000, "source": "toy", "status": "verified"},
}  # fmt: skip
MIDDLES = places((500, 500, None, None), (1500, 500, None, None), (500, 1500, None, None),
                 (1500, 1500, None, None), (2500, 500, None, None))  # fmt: skip


class Cover(NamedTuple):
    everywhere: bool = False
    authorities: tuple[str, ...] = ()
    bbox: tuple[float, float, float, float] | None = None


def coverage(shape, *, use=("library",), categories=("library",), where=MIDDLES, **more):
    areas = town()
    origins = make_origins(areas, {"places": where}).table
    grounds = {"source": Ground(frozenset(categories), shape)}
    return make_coverage(areas, origins, grounds, make_standards(DEFINITIONS, use=use), **more)


def measured(told, standard="library"):
    table = told.table[told.table["standard_id"] == standard]
    return dict(zip(table["area_id"], table["measured"], strict=True))


def reason(told, area_id):
    return told.table.set_index("area_id").loc[area_id, "reason"]


# ----------------------------------------------------------------------------- coverage


def test_a_source_of_everywhere_measures_everywhere():
    told = coverage(None)
    assert set(told.table["measured"]) == {True}
    assert told.table["reason"].isna().all()
    assert told.cautions == ()


def test_people_in_the_middle_need_only_their_own_square():
    # All live 500 m from the border and the standard reaches 400 m: square A alone will do.
    found = measured(coverage(square(0, 0)))
    assert found == {"A": True, "B": False, "C": False, "D": False, "E": False}


def test_people_by_the_border_need_the_ground_beyond_it():
    by_border = places((950, 500, None, None), (1500, 500, None, None))
    told = coverage(square(0, 0), where=by_border)
    assert not measured(told)["A"]
    assert "all the ground within 400 m of the people here" in reason(told, "A")
    assert "covers this area" in reason(told, "B")


def test_ground_that_is_not_land_is_not_missed():
    by_sea = places((50, 500, None, None))
    assert not measured(coverage(square(0, 0), where=by_sea))["A"]
    assert measured(coverage(square(0, 0), where=by_sea, land=box(0, 0, 3000, 2000)))["A"]


def test_a_sliver_does_not_matter_and_a_strip_does():
    # 0.5 % of the square is missing, then 2 %.
    assert measured(coverage(box(0, 0, 1000, 995)))["A"]
    assert not measured(coverage(box(0, 0, 1000, 980)))["A"]


def test_two_sources_cover_together():
    areas = town()
    origins = make_origins(areas, {"p": places((990, 500, None, None))}).table
    grounds = {"west": Ground(frozenset({"library"}), box(-1000, -1000, 1000, 3000)),
               "east": Ground(frozenset({"library"}), box(1000, -1000, 4000, 3000))}  # fmt: skip
    told = make_coverage(areas, origins, grounds, make_standards(DEFINITIONS, use=["library"]))
    assert all(measured(told).values())


def test_one_category_of_a_standard_is_enough():
    told = coverage(None, use=("hall",), categories=("youth_centre",))
    assert all(measured(told, "hall").values())


def test_without_a_source_nothing_is_measured_and_it_says_why():
    told = coverage(None, use=("library", "ramble"))
    green = told.table[told.table["theme"] == "green"]
    assert not green["measured"].any()
    assert set(green["reason"]) == {"no source for a park is loaded"}
    # 1,000 people live in the four squares of the study.
    assert [(one.code, one.about, one.count, one.people) for one in told.cautions] == [
        ("not_measured", "ramble", 4, 1000.0)
    ]


def reached(*points, centres=None, reach_m=100):
    streets = gpd.GeoSeries([Point(xy) for xy in points], crs=CRS)
    table = make_street_reach(town(), streets, reach_m=reach_m, centres=centres)
    return table.set_index("area_id")["streets_cover"]


def test_where_streets_do_not_reach_nothing_is_measured():
    # The middle of each square is 500 m from its sides; A is at 0, 0 and C above it.
    cover = reached((500, 400), (500, 1600))
    assert cover.to_dict() == {"A": True, "B": False, "C": True, "D": False, "E": False}
    told = coverage(None, street_cover=cover)
    assert measured(told) == cover.to_dict()
    assert reason(told, "B") == NO_STREETS


def test_a_street_at_exactly_the_reach_is_near_enough():
    assert reached((500, 400))["A"]
    assert not reached((500, 399))["A"]


def test_the_published_centre_decides_whether_streets_reach_an_area():
    # All of A's people live in its west, far from the street in its middle; B has no centre of
    # its own and is taken at its middle.
    centres = places((10, 500, None, "A"))
    cover = reached((500, 500), (1500, 500), centres=centres)
    assert not cover["A"]
    assert cover["B"]


# ----------------------------------------------------------------------------- grounds


def grounds(**covers):
    return make_grounds(covers, dict.fromkeys(covers, ("library",)), town())


def test_the_ground_of_an_authority_is_that_of_its_areas():
    told = grounds(one=Cover(authorities=("T",)), two=Cover(everywhere=True))
    assert told.table["one"].shape.equals(box(0, 0, 2000, 2000))
    assert told.table["two"].shape is None
    assert told.cautions == ()


def test_an_authority_that_is_not_loaded_is_told():
    told = grounds(one=Cover(authorities=("T", "Z")))
    assert told.table["one"].shape.area == 4e6
    assert [(one.code, one.about, one.count) for one in told.cautions] == [
        ("ground_not_loaded", "one", 1)
    ]


def test_a_source_that_says_nothing_covers_nothing():
    told = grounds(one=None)
    assert told.table["one"].shape.is_empty
    assert told.cautions[0].code == "ground_unsaid"


def test_a_box_in_degrees_is_drawn_in_metres():
    # At 51.5 degrees north 0.1 degree is about 6.94 km wide and 11.13 km high: 77.2 km2.
    shape = make_box((-0.2, 51.45, -0.1, 51.55), crs="EPSG:27700")
    assert shape.area / 1e6 == pytest.approx(77.2, rel=0.01)
    assert shape.centroid.x == pytest.approx(528900, abs=2500)


# ----------------------------------------------------------------------------- standards


def test_minutes_are_metres_at_the_pace_of_the_source():
    # 400 m at 80 m/min = 5 min; 667 m at 66.7 m/min = 10 min.
    table = make_standards(DEFINITIONS, use=["ramble", "library"]).set_index("standard_id")
    assert table["threshold_min"].to_dict() == {"library": 5.0, "ramble": 10.0}
    assert table.loc["ramble", "min_size_m2"] == 5000
    assert pd.isna(table.loc["library", "min_size_m2"])


def test_a_changed_distance_is_tested_and_said():
    table = make_standards(
        DEFINITIONS, use=["library"], thresholds={"library": 800}, chosen_by="the forum"
    )
    assert list(table["threshold_min"]) == [10.0]
    assert table["status"].iloc[0] == ("design choice; 800 m chosen by the forum, published 400 m")


def test_all_faults_of_standards_are_told_at_once():
    with pytest.raises(StudyError) as caught:
        make_standards(DEFINITIONS, use=["librery"], thresholds={"hall": 0, "rambel": 3})
    told = str(caught.value)
    assert "did you mean 'library'" in told
    assert "did you mean 'ramble'" in told
    assert "0 m for 'hall' is not a distance above zero" in told


def test_no_standards_make_an_empty_table():
    assert make_standards(DEFINITIONS, use=[]).empty
    assert coverage(None, use=()).table.empty
