"""Hills under the streets: heights between cells, and what is not known."""

from __future__ import annotations

import numpy as np
import pytest
from tests.town.lattice_town import streets_of

from assetmap.errors import MethodError
from assetmap.network.crs import moved
from assetmap.network.impedance import impedance
from assetmap.network.terrain import Relief, heights_at

# Two rows of three cells of 10 m; the upper left corner at (100, 220). Middles: x 105, 115, 125;
# y 215 above, 205 below.
CELLS = np.array([[10.0, 20.0, 40.0], [30.0, 40.0, np.nan]])
RELIEF = Relief(CELLS, (10.0, 0.0, 100.0, 0.0, -10.0, 220.0))


def at(*points: tuple[float, float]) -> list[float]:
    x, y = np.array(points, dtype=float).T
    return heights_at(x, y, RELIEF).tolist()


def test_heights_are_linear_between_the_middles_of_cells() -> None:
    assert at((105, 215), (110, 215), (105, 210), (110, 210)) == [10, 15, 20, 25]
    # A quarter of the way to the right: 10 + (20 - 10) / 4.
    assert at((107.5, 215)) == [12.5]


def test_within_half_a_cell_of_the_edge_the_outer_cells_hold() -> None:
    assert at((100, 220), (102, 219), (105, 220), (100, 200)) == [10, 10, 10, 30]


def test_what_is_not_known_is_never_made_up() -> None:
    found = at((125, 205), (120, 205), (115, 205), (125, 215), (90, 210), (131, 215), (105, 199))
    # The unknown cell, half way to it; then cells in which it has no say; then off the relief.
    assert np.isnan(found).tolist() == [True, True, False, False, True, True, True]
    assert found[2:4] == [40, 40]


def test_a_relief_of_another_place_is_refused() -> None:
    with pytest.raises(MethodError, match="does not cover any of the streets"):
        at((0, 0), (5, 5))
    assert len(heights_at(np.zeros(0), np.zeros(0), RELIEF)) == 0


def test_one_cell_is_level_ground() -> None:
    flat = Relief(np.array([[7.0]]), (10.0, 0.0, 0.0, 0.0, -10.0, 10.0))
    assert heights_at(np.array([0.0, 5, 10]), np.array([0.0, 5, 10]), flat).tolist() == [7, 7, 7]


def test_a_turned_relief() -> None:
    # Rows run to the east and columns to the north: x = 10 row, y = 10 column.
    turned = Relief(np.array([[1.0, 2.0], [3.0, 4.0]]), (0.0, 10.0, 0.0, 10.0, 0.0, 0.0))
    found = heights_at(np.array([5.0, 15.0]), np.array([15.0, 5.0]), turned)
    assert found.tolist() == [2, 3]


def test_streets_on_a_hill_cost_more_up_than_down() -> None:
    # 100 m that rise 10 m. Up: S = 0.1, exp(-3.5 * 0.05) / exp(-3.5 * 0.15) = exp(0.35) = 1.41907.
    # Down: S = -0.1, exp(-3.5 * 0.05) / exp(-3.5 * 0.05) = 1.
    hill = streets_of([((0, 0), (100, 0))])
    relief = Relief(np.array([[50.0, 60.0]]), (100.0, 0.0, -50.0, 0.0, -100.0, 50.0))
    heights = heights_at(hill.x, hill.y, relief)
    assert heights.tolist() == [50, 60]
    found = impedance(hill, profile="standard", elevation_m=heights)
    assert (found.forward_cm.tolist(), found.back_cm.tolist()) == ([14191], [10000])


def test_streets_beyond_the_relief_are_told_with_their_share() -> None:
    # 100 m known, 300 m with an end that is not: three quarters of the length.
    town = streets_of([((0, 0), (100, 0)), ((100, 0), (400, 0))])
    found = impedance(town, profile="standard", elevation_m=np.array([5.0, 5.0, np.nan]))
    (caution,) = found.cautions
    assert (caution.code, caution.count) == ("elevation_unknown", 1)
    assert "75%" in caution.text
    assert found.forward_cm.tolist() == [10000, 30000]


def test_coordinates_move_between_systems_and_back() -> None:
    x, y = np.array([531_000.0]), np.array([177_000.0])
    lon, lat = moved(x, y, crs="EPSG:27700", to_crs="EPSG:4326")
    assert (-0.2 < lon[0] < 0.1, 51.4 < lat[0] < 51.6) == (True, True)
    back = moved(lon, lat, crs="EPSG:4326", to_crs="EPSG:27700")
    assert np.allclose(np.concatenate(back), [531_000, 177_000], atol=0.01)
