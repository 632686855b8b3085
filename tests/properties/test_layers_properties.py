"""What holds for every town: any order of rows, people conserved, nothing lost or invented."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box
from tests.town.layers_town import (
    CRS,
    KINDS,
    PEOPLE,
    gates,
    geography,
    listing,
    listings,
    places,
    population,
    town,
)

from assetmap.frames import hold
from assetmap.frames.given import CROSSWALK, RAW_ASSETS
from assetmap.layers.assets import make_assets
from assetmap.layers.coverage import make_coverage
from assetmap.layers.grounds import Ground
from assetmap.layers.likeness import likeness
from assetmap.layers.names import make_place_names
from assetmap.layers.origins import make_origins
from assetmap.layers.population import make_population
from assetmap.layers.standards import make_standards

AREAS = town()
quick = settings(max_examples=12)

metres = st.integers(-200, 3200)
spots = st.lists(
    st.tuples(metres, metres, st.none() | st.floats(0, 50), st.sampled_from([None, "A", "Q"])),
    max_size=12,
)
names = st.sampled_from(
    [None, "Oak", "Oak Park", "Park Oak", "Elm", "Library", "Court 1", "Court 2"]
)
sources = st.sampled_from(["council", "list", "osm"])
near = st.integers(0, 12).map(lambda step: step * 10)


@st.composite
def listed(draw):
    """Listings that crowd around one corner, points and green squares."""
    rows = []
    for number in range(draw(st.integers(0, 10))):
        category = draw(st.sampled_from(["library", "bus_stop", "park", "playing_field"]))
        x, y, side = draw(near), draw(near), draw(st.sampled_from([10, 30, 60]))
        drawn = category in {"park", "playing_field"} and draw(st.booleans())
        shape = box(x, y, x + side, y + side) if drawn else (x, y)
        uprn = draw(st.sampled_from([None, None, "7"]))
        rows.append(listing(number, category, shape, draw(names), source=draw(sources), uprn=uprn))
    return listings(*rows)


def shuffled(table, seed):
    return table.sample(frac=1, random_state=seed)


def as_text(table):
    return pd.DataFrame(table).assign(geometry=gpd.GeoSeries(table.geometry).to_wkt())


def assets_of(raws, areas=AREAS):
    ranks = {"council": 10, "list": 30, "osm": 60}
    return make_assets(raws, gates(), areas, categories=KINDS, ranks=ranks).table


@quick
@given(listed(), st.integers(0, 9))
def test_assets_do_not_depend_on_the_order_of_rows(raws, seed):
    here, there = assets_of(raws), assets_of(shuffled(raws, seed))
    for one, other in zip(here[:2], there[:2], strict=True):
        pd.testing.assert_frame_equal(as_text(one), as_text(other))
    pd.testing.assert_frame_equal(here.listed, there.listed)


@quick
@given(listed())
def test_every_listing_is_in_some_asset_and_every_asset_has_an_entrance(raws):
    assets, entrances, _ = assets_of(raws)
    assert len(assets) <= len(raws)
    assert set(assets["to_id"]) == set(entrances["to_id"])
    assert {source for text in assets["sources"] for source in text.split(" + ")} == set(
        raws["source_id"]
    )


@quick
@given(listed())
def test_green_ground_is_neither_lost_nor_counted_twice_within_one_source(raws):
    green = raws[(raws["source_id"] == "osm") & (raws.area > 0)]
    raws = gpd.GeoDataFrame(hold(pd.DataFrame(green), RAW_ASSETS, crs=CRS))
    assets = assets_of(raws).assets
    drawn = assets["size_m2"].sum()
    # Differently named sites may overlap by less than half; no more than what was given twice.
    assert round(raws.union_all().area) <= drawn <= round(raws.area.sum())


@quick
@given(listed())
def test_moving_the_town_moves_its_assets_and_merges_no_others(raws):
    moved = raws.assign(geometry=raws.translate(1000, 0))
    here, there = assets_of(raws)[0], assets_of(gpd.GeoDataFrame(moved))[0]
    assert len(here) == len(there)
    assert sorted(here.geometry.x + 1000) == sorted(there.geometry.x)


@quick
@given(spots, st.integers(0, 9))
def test_origins_conserve_people_in_every_area_and_lose_no_area(rows, seed):
    where = places(*rows)
    table = make_origins(AREAS, {"p": where}).table
    sums = table.groupby("area_id")["people"].sum()
    assert set(sums.index) == set(AREAS["area_id"])
    assert ((sums - pd.Series({one: PEOPLE[one] for one in "ABCDE"})).abs() < 1e-4).all()
    again = make_origins(shuffled(AREAS, seed), {"p": shuffled(where, seed)}).table
    pd.testing.assert_frame_equal(as_text(table), as_text(again))


@quick
@given(spots)
def test_places_of_a_later_source_change_nothing_where_the_first_has_some(rows):
    first = places(*[(500 + 1000 * x, 500 + 1000 * y, None, None) for x in range(3)
                     for y in range(2)])  # fmt: skip
    alone = make_origins(AREAS, {"a": first}, order=["a"]).table
    both = make_origins(AREAS, {"a": first, "b": places(*rows)}, order=["a", "b"]).table
    pd.testing.assert_frame_equal(as_text(alone), as_text(both))


@st.composite
def vintages(draw):
    """A lookup of parents split into one to three children, and the children's people."""
    splits = draw(st.lists(st.integers(1, 3), min_size=1, max_size=6))
    links = [
        (f"E01p{parent}", f"E01p{parent}c{child}" if size > 1 else f"E01p{parent}",
         "S" if size > 1 else "U")
        for parent, size in enumerate(splits) for child in range(size)
    ]  # fmt: skip
    people = {child: float(draw(st.integers(0, 2000))) for _, child, _ in links}
    table = pd.DataFrame(links, columns=["from_area_id", "to_area_id", "change"])
    return hold(table, CROSSWALK), people


@quick
@given(vintages(), st.integers(0, 9))
def test_people_survive_the_way_back_and_forth_between_vintages(given_, seed):
    lookup, people = given_
    older, newer = sorted(set(lookup["from_area_id"])), sorted(people)
    back = make_population(population(people), shuffled(lookup, seed), area_ids=older).table
    assert back["people"].sum() == sum(people.values())
    forth = make_population(back, lookup, area_ids=newer, weights=pd.Series(people)).table
    found = dict(zip(forth["area_id"], forth["people"], strict=True))
    # Children of a parent without people have no weights to share nothing by.
    assert all(abs(found.get(child, 0) - number) < 0.001 for child, number in people.items())


@quick
@given(st.lists(st.tuples(metres, metres, names), max_size=10), st.integers(0, 9))
def test_place_names_are_unique_codeless_and_stable_under_shuffles(rows, seed):
    marks = listings(*(listing(i, "park", (x, y), name) for i, (x, y, name) in enumerate(rows)))
    made = make_place_names(AREAS, geography(), marks)
    assert made.str.casefold().is_unique
    assert not made.str.contains("Town 00").any()
    again = make_place_names(shuffled(AREAS, seed), shuffled(geography(), seed),
                             shuffled(marks, seed))  # fmt: skip
    assert again.to_dict() == made.to_dict()


DEFINITION = {"theme": "t", "label": "a thing", "source": "toy", "status": "toy"}
STANDARDS = {
    "near": {**DEFINITION, "categories": ["library"], "threshold_m": 300},
    "far": {**DEFINITION, "categories": ["library"], "threshold_m": 900},
    "other": {**DEFINITION, "categories": ["park"], "threshold_m": 300},
}
corner = st.integers(-1000, 4000)
ground = st.tuples(corner, corner, st.integers(500, 6000), st.integers(500, 6000)).map(
    lambda b: box(b[0], b[1], b[0] + b[2], b[1] + b[3])
)


def coverage_of(shape, where, use, more=None):
    grounds = {"one": Ground(frozenset({"library"}), shape), **(more or {})}
    told = make_coverage(AREAS, where, grounds, make_standards(STANDARDS, use=use))
    return told.table.set_index(["area_id", "standard_id"])


@quick
@given(ground, spots)
def test_an_empty_theme_or_a_source_of_another_changes_no_other_row(shape, rows):
    where = make_origins(AREAS, {"p": places(*rows)}).table
    before = coverage_of(shape, where, ["near"])
    after = coverage_of(shape, where, ["near", "other"],
                        {"two": Ground(frozenset(), None)})  # fmt: skip
    pd.testing.assert_frame_equal(after.loc[before.index], before)
    assert not after.xs("other", level="standard_id")["measured"].any()


@quick
@given(ground, spots, ground)
def test_more_ground_never_unmeasures(shape, rows, added):
    where = make_origins(AREAS, {"p": places(*rows)}).table
    before = coverage_of(shape, where, ["near", "far"])["measured"]
    more = {"two": Ground(frozenset({"library"}), added)}
    after = coverage_of(shape, where, ["near", "far"], more)["measured"]
    assert not (before & ~after).any()


words = st.frozensets(st.sampled_from(["oak", "elm", "mill", "hill", "1", "2"]), max_size=4)


@given(words, words)
def test_likeness_is_a_share_the_same_both_ways(one, other):
    found = likeness(one, other)
    assert 0 <= found <= 1
    assert found == likeness(other, one)
    assert likeness(one, one) == (1 if one else 0)
