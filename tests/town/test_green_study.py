"""Green space by size and by profile, from files to shares, in the town on a line.

Nine gardens of 20 x 20 m crowd a1; a square park of 150 m (2.25 ha) runs from 625 to 775 and one
of 320 m (10.24 ha) from 1540 to 1860. Metres straight to their sides:

              a1 (A, 60)   a2 (A, 40)   b1 (B, 100)
    2.25 ha          525          125           325
    10.24 ha        1440          640           440
"""

from __future__ import annotations

import pytest
from tests.town.line_town import line_town

from assetmap.study.first_steps import find_ground
from assetmap.study.pipeline import find_places
from assetmap.study.steps.green import green_words, measure_green
from assetmap.study.steps.measure import gather_access, measure_all
from assetmap.study.steps.route import route_all

GARDENS = [("park", 60 + 10 * n, 10, 60) for n in range(9)]
PARKS = [("park", 700, 75, 0), ("park", 1700, 160, 0)]
NONE = float("nan")
PROFILE = "accessible_greenspace_2023"


def measured(work):
    """Green, what all profiles reach, and what the leading one does."""
    place = find_ground(work)
    place |= find_places(work, place)
    routes = route_all(work, place)
    green = measure_green(work, routes, place) if work.settings.green.profiles else None
    reached = measure_all(work, routes, place)
    return (
        green,
        gather_access(work, reached, beside=(green,) if green else ()),
        reached["standard"],
    )


def shares(step, measure):
    table = step.table("area_access")
    rows = table[table["measure"] == measure]
    return rows.set_index(["category", "area_id"])["value"].to_dict()


@pytest.mark.parametrize("nearest_kept", [1, 2, 8])
def test_the_nearest_park_of_two_hectares_is_never_lost_among_gardens(tmp_path, nearest_kept):
    """Nine gardens are nearer to a1 than the park, which is 525 m away: 6.5625 minutes.

    Its side is entered at points along it, the farthest of them a corner: at most
    √(525² + 75²) / 80 = 6.63 minutes.
    """
    work = line_town(
        tmp_path,
        assets=[*GARDENS, *PARKS],
        use=("green_doorstep", "green_local"),
        nearest_kept=nearest_kept,
    )
    *_, step = measured(work)
    first = step.table("minutes").set_index("from_id").sort_index().iloc[0]
    for standard in ("green_doorstep", "green_local"):
        assert 6.5625 <= first[standard] <= 6.63


def test_who_lacks_each_tier_and_who_meets_the_headline(tmp_path):
    """Limits: doorstep 200 m of 0.5 ha, local 300 m of 2 ha, neighbourhood 1000 m of 10 ha.

    Doorstep and local: a2 alone, so 0.6 of A and all of B lack them. Neighbourhood: a2 and b1,
    so 0.6 of A and nobody of B. Both: a2, 0.4 of A. Of 20 ha within 2000 m there is none. The
    study's edge is at 4000 m: 5 km and more are not known.
    """
    work = line_town(tmp_path, assets=[*GARDENS, *PARKS], use=("green_local",), profiles=(PROFILE,))
    green, step, _ = measured(work)
    lacking = shares(step, "green_deficient")
    wanted = {
        "doorstep": (0.6, 1), "local": (0.6, 1), "neighbourhood": (0.6, 0), "wider": (1, 1),
        "district": (NONE, NONE), "sub_regional": (NONE, NONE),
    }  # fmt: skip
    for tier, values in wanted.items():
        for area_id, value in zip("AB", values, strict=True):
            got = lacking[f"{PROFILE}.{tier}", area_id]
            assert got == pytest.approx(value, nan_ok=True), tier
    assert shares(step, "green_headline") == {(PROFILE, "A"): 0.4, (PROFILE, "B"): 0}
    assert [one.code for one in green.cautions] == ["green_beyond"]
    assert "District (5,000 m); " in green.cautions[0].text


def test_where_no_source_covers_green_space_nothing_is_said(tmp_path):
    work = line_town(
        tmp_path,
        assets=PARKS,
        covers="{ bbox = [-5.0, 50.0, -4.9, 50.1] }",
        use=("green_local",),
        profiles=(PROFILE,),
    )
    green, *_ = measured(work)
    table = green.table("area_access")
    assert table["value"].isna().all()
    assert (table["people"] == 0).all()


def test_the_method_is_told_in_words_only_where_it_is_asked_for(tmp_path):
    work = line_town(tmp_path, use=("library",), profiles=(PROFILE, "london_plan_2021"))
    words = green_words(work)
    assert "Doorstep within 200 m of 0.5 ha or more" in words["deficiency"]
    assert "Pocket park under 400 m" in words["deficiency"]
    assert words["green_headline"].endswith("(doorstep or local) and (neighbourhood)")
    other = tmp_path / "other"
    other.mkdir()
    assert green_words(line_town(other)) == {}
