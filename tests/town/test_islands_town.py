"""Where the streets that lead everywhere are."""

from __future__ import annotations

import pytest
from tests.town.lattice_town import streets_of

from assetmap.network.graph import build_graph
from assetmap.network.islands import main_points

# A road of 300 m in two pieces, and a lane of 200 m that nothing joins to it.
ROAD = [((0, 0), (100, 0)), ((100, 0), (300, 0))]
LANE = [((1000, 0), (1000, 200))]


def ends(*lines):
    x, y = main_points(build_graph(streets_of(lines), profile="standard").table)
    return sorted(zip(x.tolist(), y.tolist(), strict=True))


@pytest.mark.parametrize("lines", [[*ROAD, *LANE], [*LANE, *ROAD], [*ROAD[::-1], *LANE]])
def test_the_longest_part_alone_each_place_once(lines):
    assert ends(*lines) == [(0, 0), (100, 0), (300, 0)]


def test_it_is_length_that_counts_and_not_the_number_of_streets():
    # Two pieces of 60 m in all against one of 200 m.
    assert ends(((0, 0), (30, 0)), ((30, 0), (60, 0)), *LANE) == [(1000, 0), (1000, 200)]


def test_without_streets_there_are_no_points():
    assert ends() == []
