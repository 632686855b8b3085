"""When places are open in a week, and who is near one that is: every number worked by hand.

The week is Monday 2 to Sunday 8 November 2026 but where a test says another. Minutes count from
its first midnight: Tuesday is 1440 to 2880, Saturday begins at 7200, Sunday at 8640.
"""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point
from tests.town.access_town import costs, place, snaps

from assetmap.access.measured import measured_at
from assetmap.access.open_then import nearest_open, open_by_area
from assetmap.errors import MethodError
from assetmap.layers.hours import Week, holidays_in, make_open_week, spans_of
from assetmap.layers.open_at import apart_by_opening, make_moments, make_open_at

WEEK = Week(dt.date(2026, 11, 2), "GB")
CHRISTMAS = Week(dt.date(2026, 12, 21), "GB")
ALL = (0, 10_080)
EVENING = ("evening", "Tue", dt.time(19, 30))
WEEKEND = ("weekend", "Sat", dt.time(14))


def open_in(text, week=WEEK, **more):
    return [one[:2] for one in spans_of(text, week, **more) if one.state == "open"]


def unknown_in(text, week=WEEK):
    return [(one[:2], one.why) for one in spans_of(text, week) if one.state == "unknown"]


def weekdays(opens, closes, days=range(5)):
    return [(1440 * day + opens, 1440 * day + closes) for day in days]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("24/7", [ALL]),
        ("Mo-Fr 09:00-17:00", weekdays(540, 1020)),
        ("Tu,Fr 11:00-14:00", weekdays(660, 840, days=(1, 4))),
        # the night from Sunday to Monday: its end comes first, since the week before has one too
        ("Su 22:00-02:00", [(0, 120), (9960, ALL[1])]),
        ("Nov-Feb Sa 10:00-16:00; Mar-Oct Sa 09:00-18:00", [(7800, 8160)]),
        ("Mo-Sa 10:00-12:00; We off", weekdays(600, 720, days=(0, 1, 3, 4, 5))),
        ("Tu[1] 10:00-12:00", [(2040, 2160)]),  # 3 November is the first Tuesday
        ("2020 Mo-Su 10:00-12:00", []),
        ("closed", []),
    ],
)
def test_a_week_of_hours(text, spans):
    assert open_in(text) == spans
    assert not unknown_in(text)


def test_a_week_may_start_on_any_day():
    """From Sunday 1 November, Monday is the second day: 1440 + 540."""
    sunday = Week(dt.date(2026, 11, 1), "GB")
    assert open_in("Mo 09:00-17:00", sunday) == [(1980, 2460)]


def test_public_holidays_are_those_of_the_country():
    """Christmas Day 2026 is the Friday of its week; Boxing Day has its holiday on Monday 28."""
    text = "Mo-Fr 09:00-17:00; PH off"
    assert open_in(text, CHRISTMAS) == weekdays(540, 1020, days=range(4))
    assert holidays_in(CHRISTMAS) == (dt.date(2026, 12, 25),)
    assert holidays_in(WEEK) == ()
    assert open_in(text) == weekdays(540, 1020)


def test_the_sun_sets_where_the_place_stands():
    """London on 21 June: sunrise 04:43, sunset 21:21 summer time (HM Nautical Almanac Office)."""
    june = Week(dt.date(2026, 6, 21), "GB")
    opens, closes = open_in("sunrise-sunset", june, coords=(51.5074, -0.1278))[0]
    assert opens == pytest.approx(4 * 60 + 43, abs=4)
    assert closes == pytest.approx(21 * 60 + 21, abs=4)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not listed"),
        ("By arrangement", "not understood"),
        ("Mon-Fri 9am-5pm", "not understood"),
        ("Mo-Fr 09:00-17:00; SH off", "school holidays"),
        ("unknown", "depends"),
        ('"by appointment"', "depends"),
    ],
)
def test_what_is_not_known_is_not_closed(text, why):
    assert unknown_in(text) == [(ALL, why)]
    assert open_in(text) == []


def test_a_remark_makes_hours_depend_on_it_and_is_not_read():
    assert unknown_in('Mo 09:00-17:00 "ring || SH sunset"') == [((540, 1020), "depends")]


def test_what_a_fallback_says_is_not_known():
    """Open on Monday; before and after it, "on request" decides."""
    text = 'Mo 09:00-17:00 || "on request"'
    assert open_in(text) == [(540, 1020)]
    assert unknown_in(text) == [((0, 540), "depends"), ((1020, ALL[1]), "depends")]


def assets(*hours, visibility="public"):
    return gpd.GeoDataFrame(
        {
            "to_id": [f"p{n}" for n in range(len(hours))],
            "name": [f"Place {n}" for n in range(len(hours))],
            "opening_hours": list(hours),
            "visibility": visibility,
        },
        geometry=[Point(330_000 + n, 190_000) for n in range(len(hours))],
        crs="EPSG:27700",
    )


def states(table, *moments):
    given = assets(*table)
    told = make_open_at(
        given, make_open_week(given, WEEK).table, make_moments(moments, first=WEEK.first)
    )
    return told.table.set_index(["moment", "to_id"])["open"].to_dict(), told.cautions


def test_open_from_the_first_minute_and_closed_at_the_last():
    clock = [(f"at{h}", "Tue", dt.time(h)) for h in (8, 9, 16, 17)]
    found, _ = states(["Tu 09:00-17:00"], *clock)
    assert [found[f"at{h}", "p0"] for h in (8, 9, 16, 17)] == ["no", "yes", "yes", "no"]


def test_yes_no_and_unknown_at_each_time_and_how_many_are_not_known():
    found, told = states(["Mo-Sa 09:00-21:00", "Mo-Fr 09:00-17:00", None, "24/7"], EVENING, WEEKEND)
    assert [found["evening", f"p{n}"] for n in range(4)] == ["yes", "no", "unknown", "yes"]
    assert [found["weekend", f"p{n}"] for n in range(4)] == ["yes", "no", "unknown", "yes"]
    assert [(one.code, one.count) for one in told] == [("hours_unknown", 1)]
    assert "1 of 4 places (25%)" in told[0].text


def test_moments_lie_on_their_day_of_the_week_asked_about():
    """From Sunday 1 November: Tuesday is the 3rd, 2 days on; Sunday is the first day itself."""
    asked = [EVENING, ("sunday", "Sun", dt.time(11))]
    table = make_moments(asked, first=dt.date(2026, 11, 1)).set_index("moment")
    assert table["day"].to_dict() == {"evening": "2026-11-03", "sunday": "2026-11-01"}
    assert table["at_min"].to_dict() == {"evening": 2 * 1440 + 1170, "sunday": 660}


def test_hours_that_do_not_parse_are_told_with_those_that_everybody_may_see():
    given = assets("By arrangement", "Mo-Fr 09:00-17:00", "ask <b>Bob</b>")
    given.loc[2, "visibility"] = "officer"
    caution = make_open_week(given, WEEK).cautions[0]
    assert (caution.code, caution.count) == ("hours_unread", 2)
    assert "Place 0 (By arrangement); and 1 more" in caution.text
    assert "Bob" not in caution.text
    assert not make_open_week(assets("24/7", None), WEEK).cautions


def test_a_country_without_a_calendar_is_refused():
    with pytest.raises(MethodError, match="'XX'"):
        make_open_week(assets("24/7"), Week(WEEK.first, "XX"))


def test_assets_of_one_category_are_kept_apart_by_when_they_are_open():
    given = assets("24/7", "closed", None)
    table = make_open_at(
        given, make_open_week(given, WEEK).table, make_moments([EVENING, WEEKEND], first=WEEK.first)
    ).table
    more = assets("24/7", "closed", None, None).assign(category="library")
    bands = apart_by_opening(more["category"], more, table)
    # The fourth is nowhere in OPEN_AT: a scheme would bring it.
    assert list(bands) == [f"library, open {two}" for two in ("yy", "nn", "uu", "uu")]


MEET = {"meet": ("community", "library;community_centre", 20.0, None)}


def shares(states_of):
    where = place(MEET)
    table = where.assets[["to_id"]].merge(states_of, on="to_id", how="inner", validate="1:m")
    minutes = nearest_open(costs(), where.assets, where.standards, table)
    measured = measured_at(where.origins, snaps(), where.coverage)
    found = open_by_area(minutes, measured, where.origins, where.standards, profile="standard")
    return found.set_index(["measure", "area_id"])


def test_who_is_near_one_that_is_open_with_and_without_the_unknown():
    """Within 20 minutes of a library or hall. In the evening the library is shut.

    evening, known: nobody in A or B. With the hall, of unknown hours: a1 12, a3 10, a5 9 of 100
    people in A: 0.6; b1 is 40 away. At the weekend the library is open: a1 5, a2 20, a5 8 in A:
    0.5, and a3 at 20.1 is not: mean (10*5 + 20*20 + 30*20.1 + 20*8) / 80 = 15.1625. With the hall
    a3 is within, at 10: 0.8, mean 910 / 80 = 11.375. b3 is off the streets: B speaks of b1 and b2.
    """
    rows = [("library", "evening", "no"), ("hall", "evening", "unknown"),
            ("library", "weekend", "yes"), ("hall", "weekend", "unknown")]  # fmt: skip
    found = shares(pd.DataFrame(rows, columns=["to_id", "moment", "open"]))
    by_hand = {
        ("share_open_evening", "A"): 0, ("share_maybe_open_evening", "A"): 0.6,
        ("share_open_weekend", "A"): 0.5, ("share_maybe_open_weekend", "A"): 0.8,
        ("nearest_open_weekend", "A"): 15.1625, ("nearest_maybe_open_weekend", "A"): 11.375,
        ("share_maybe_open_weekend", "B"): 0, ("nearest_open_weekend", "B"): 25,
        ("nearest_maybe_open_evening", "B"): 40,
    }  # fmt: skip
    for key, value in by_hand.items():
        assert found.loc[key, "value"] == pytest.approx(value), key
    assert found.loc[("nearest_open_evening", "A")].isna()["value"]
    assert found.loc[("share_open_evening", "B"), "people"] == 100
    assert found.loc[("nearest_open_weekend", "B"), "people"] == 50
