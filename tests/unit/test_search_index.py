"""What the page's search knows, packed, and the names of the files it leads to."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

from assetmap.layers.finding import make_postcodes, make_street_names
from assetmap.publish.postcodes import LETTERS, SIGNS, packed
from assetmap.publish.slugs import slug_of, slugs_of


def unpacked(known: dict[str, list]) -> dict[str, int]:
    """The plain way back, as the page's script goes it."""
    found = {}
    for sector, (areas, signs) in known.items():
        digits, unit, rest = [], -1, iter(signs)
        for sign in rest:
            size = SIGNS.index(sign)
            if size == len(SIGNS) - 1:
                size = SIGNS.index(next(rest)) * len(SIGNS) + SIGNS.index(next(rest))
            digits.append(size)
        for step, area in zip(digits[::2], digits[1::2], strict=True):
            unit += step + 1
            written = LETTERS[unit // len(LETTERS)] + LETTERS[unit % len(LETTERS)]
            found[sector + written] = areas[area]
    return found


def test_postcodes_come_back_as_they_went_in() -> None:
    # AA is 0, ZZ is 399: a step of 398 passes the last digit
    table = pd.DataFrame(
        {"postcode": ["DY1 1AA", "DY1 1ZZ", "dy2 0ab", "SW1A 1AA", "no postcode", "DY1 1CC"],
         "area_id": ["b", "a", "b", "a", "a", "elsewhere"]}
    )  # fmt: skip
    known = packed(table, {"a": 4, "b": 0})
    assert known["DY1 1"][0] == [0, 4]
    assert unpacked(known) == {"DY1 1AA": 0, "DY1 1ZZ": 4, "DY2 0AB": 0, "SW1A 1AA": 4}


def test_a_borough_of_postcodes_takes_about_25_kb() -> None:
    """9,000 postcodes in 203 areas, some 60 to a sector and five areas in each."""
    rows = [
        (f"DY{sector // 10} {sector % 10}{LETTERS[n // 4]}{LETTERS[(7 * n) % 20]}",
         f"area {(5 * sector + n % 5) % 203}")
        for sector in range(150)
        for n in range(60)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["postcode", "area_id"])
    known = packed(table, {f"area {n}": n for n in range(203)})
    assert sum(len(sector) + len(str(its)) for sector, its in known.items()) <= 28_000


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Part of Faraday ward, around Burgess Park", "part-of-faraday-ward-around-burgess-park"),
     ("Llanwern \u2013 Lliswerry", "llanwern-lliswerry"), ("Café Ñandú", "cafe-nandu"),
     ("../../etc/passwd", "etc-passwd"), ("CON", "con-place"), ("图书馆", "place"),
     ("x" * 500, "x" * 60), ("", "place")],
)  # fmt: skip
def test_names_of_files_are_plain(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_names_that_meet_carry_their_code() -> None:
    told = slugs_of([("E01", "High Street"), ("E02", "High-Street"), ("E03", "Mill Lane")])
    assert told == {"E01": "high-street-e01", "E02": "high-street-e02", "E03": "mill-lane"}
    # names and codes may meet again: still each slug once
    odd = slugs_of([("a", "x b"), ("b", "x"), ("B", "x"), ("c", "x-b-a")])
    assert len(set(odd.values())) == len(odd)


def areas() -> gpd.GeoDataFrame:
    """Two squares of the study side by side, and one around it."""
    return gpd.GeoDataFrame(
        {"area_id": ["a", "b", "c"], "role": ["study", "study", "edge"]},
        geometry=[box(0, 0, 10, 10), box(10, 0, 20, 10), box(20, 0, 30, 10)], crs="EPSG:27700",
    )  # fmt: skip


def test_a_postcode_is_where_its_point_is() -> None:
    places = gpd.GeoDataFrame(
        {"place_id": ["X1 1AA", "X1 1AB", "X1 1AD", "X1 1AE"],
         "area_id": ["b", "b", None, "c"]},
        geometry=[Point(5, 5), Point(50, 50), Point(25, 5), Point(15, 5)], crs="EPSG:27700",
    )  # fmt: skip
    table = make_postcodes(areas(), places)
    # the first lies in a; the second in none, so its publisher is asked; the third is outside
    assert dict(zip(table["postcode"], table["area_id"], strict=True)) == {
        "X1 1AA": "a", "X1 1AB": "b", "X1 1AE": "b",
    }  # fmt: skip


def test_a_street_is_in_every_area_that_it_runs_through() -> None:
    named = gpd.GeoDataFrame(
        {"name": ["Long Lane", "Long Lane", "Long Lane", "Far Lane"]},
        geometry=[Point(1, 1), Point(2, 1), Point(12, 1), Point(25, 1)], crs="EPSG:27700",
    )  # fmt: skip
    table = make_street_names(areas(), named)
    assert list(table.itertuples(index=False, name=None)) == [
        ("Long Lane", "a"),
        ("Long Lane", "b"),
    ]
