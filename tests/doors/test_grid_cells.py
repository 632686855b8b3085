"""Grids of hexagons of which only centres are published."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from tests.doors.asset_jobs import asset_job, counts
from tests.doors.table_jobs import BNG, job_of, saved

from assetmap.errors import ReadError
from assetmap.sources.boundaries import read_boundaries
from assetmap.sources.grid_cells import read_cell_counts
from assetmap.sources.hexagons import hexagons_of
from assetmap.sources.places import read_places
from assetmap.sources.readers import provided_by

if TYPE_CHECKING:
    from pathlib import Path

SPACING_M = 300.0
# A hexagon whose middle is 150 m from each side: 2 sqrt(3) times 150 squared.
AREA_M2 = 2 * math.sqrt(3) * 150**2
AT = np.array([530_000.0, 180_000.0])


def lattice(size: int, turn: float = 0.2, stretch: float = 1.0) -> np.ndarray:
    """Centres of a rhombus of cells 300 m apart, turned, and stretched to the east."""
    angles = np.array([turn, turn + math.pi / 3])
    steps = SPACING_M * np.column_stack([np.cos(angles), np.sin(angles)])
    whole = np.array([(i, j) for i in range(size) for j in range(size)], dtype=float)
    return AT + whole @ steps * [stretch, 1.0]


def grid_csv(folder: Path, xy: np.ndarray, jobs: list[str] | None = None) -> Path:
    rows = [f"c{n:03},{x},{y},{n},{(jobs or ['1'] * len(xy))[n]}" for n, (x, y) in enumerate(xy)]
    return saved(folder, "grid.csv", "\n".join(["id,x,y,people,jobs", *rows]) + "\n")


def counted(path: Path, **said: Any) -> Any:
    columns = {"source_row": "id", "supply": "jobs"}
    return read_cell_counts(
        asset_job(path, layout="cells", crs=BNG, category="jobs", columns=columns, **said)
    )


def test_every_cell_of_a_regular_grid_is_the_same_hexagon() -> None:
    shapes = hexagons_of(lattice(4), where="grid")
    # Cells at the edge have no neighbour on some sides and are no larger for it.
    assert np.allclose(shapely.area(shapes), AREA_M2, rtol=1e-4)
    assert set(shapely.get_num_coordinates(shapes)) == {7}
    assert np.allclose(shapely.get_coordinates(shapely.centroid(shapes)), lattice(4), atol=0.01)


def test_cells_side_by_side_meet_and_never_overlap() -> None:
    shapes = hexagons_of(lattice(5, stretch=1.05), where="grid")
    whole = shapely.union_all(shapes)
    assert shapely.get_num_interior_rings(whole) == 0
    assert whole.area == pytest.approx(shapely.area(shapes).sum(), rel=1e-6)


def test_a_gap_stays_a_gap() -> None:
    xy = np.delete(lattice(3), 4, axis=0)  # the cell in the middle
    whole = shapely.union_all(hexagons_of(xy, where="grid"))
    assert shapely.get_num_interior_rings(whole) == 1
    assert whole.area == pytest.approx(8 * AREA_M2, rel=1e-4)


def test_three_cells_are_enough_and_order_means_nothing() -> None:
    xy = lattice(4)
    mixed = np.random.default_rng(3).permutation(len(xy))
    ordered, shuffled = hexagons_of(xy, where="g"), hexagons_of(xy[mixed], where="g")
    assert shapely.equals_exact(ordered[mixed], shuffled, tolerance=0.0011).all()
    three = hexagons_of(lattice(2)[:3], where="g")
    assert np.allclose(shapely.area(three), AREA_M2, rtol=1e-4)


@pytest.mark.parametrize(
    ("xy", "said"),
    [
        (lattice(1), "too few"),
        (np.zeros((0, 2)), "too few"),
        (np.vstack([lattice(2), lattice(2)[:1]]), "same centre"),
        (AT + np.array([[300.0 * n, 0.0] for n in range(5)]), "one row"),
        (AT + np.array([[300.0 * i, 300.0 * j] for i in range(4) for j in range(4)]),
         "no grid of hexagons"),
        (AT + np.random.default_rng(1).random((60, 2)) * 3000, "no grid of hexagons"),
    ],
)  # fmt: skip
def test_what_is_no_grid_is_refused(xy: np.ndarray, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        hexagons_of(xy, where="grid")


def test_boundaries_of_cells_say_that_they_are_drawn(tmp_path: Path) -> None:
    path = grid_csv(tmp_path, lattice(3))
    job = job_of("boundaries", path, layout="cells", crs=BNG, columns={"area_id": "id"})
    told = read_boundaries(job)
    assert told.table["area_id"].tolist() == [f"c{n:03}" for n in range(9)]
    assert counts(told) == {"cells_drawn": 9}
    within = shapely.Point(AT).buffer(100)
    near = job_of("boundaries", path, layout="cells", crs=BNG, columns={"area_id": "id"},
                  within=within)  # fmt: skip
    alone = read_boundaries(near).table
    assert alone["area_id"].tolist() == ["c000"]
    assert alone.geometry.iloc[0].equals(told.table.geometry.iloc[0])


def test_places_of_cells_are_their_centres(tmp_path: Path) -> None:
    columns = {"place_id": "id", "area_id": "id"}
    path = grid_csv(tmp_path, lattice(2))
    told = read_places(job_of("places", path, layout="cells", crs=BNG, columns=columns))
    assert set(told.table["basis"]) == {"grid cell"}
    assert told.table["people"].tolist() == [0, 1, 2, 3]


def test_counts_are_supply_and_nothing_is_no_asset(tmp_path: Path) -> None:
    told = counted(grid_csv(tmp_path, lattice(2), ["12", "0", "", "1"]), precision_m=174)
    assets = told.table.assets.set_index("source_row")
    assert assets["supply"].to_dict() == {"c000": 12, "c003": 1}
    assert set(assets["precision_m"]) == {174}
    assert assets["name"].isna().all()
    # Of one cell nobody knows: that is not a zero, and it is told.
    assert counts(told) == {"cells_uncounted": 1}
    job = asset_job(tmp_path / "grid.csv", layout="cells", category="jobs")
    assert provided_by(job.spec) == {"jobs"}


@pytest.mark.parametrize("cell", ["-1", "many", "inf"])
def test_a_count_that_is_none_is_refused(tmp_path: Path, cell: str) -> None:
    with pytest.raises(ReadError, match="jobs"):
        counted(grid_csv(tmp_path, lattice(2), ["1", cell, "1", "1"]))


def test_cells_without_a_place_or_an_id_are_refused_all_at_once(tmp_path: Path) -> None:
    path = saved(tmp_path, "g.csv", "id,x,y,jobs\nA,530000,180000,1\nA,530300,180000,1\nB,,,1\n")
    with pytest.raises(ReadError) as error:
        counted(path)
    said = str(error.value)
    assert "more than once" in said
    assert "no place" in said


def test_a_category_that_is_not_known_is_refused(tmp_path: Path) -> None:
    path = grid_csv(tmp_path, lattice(2))
    with pytest.raises(ReadError, match="category 'job'"):
        read_cell_counts(asset_job(path, layout="cells", crs=BNG, category="job",
                                   columns={"source_row": "id", "supply": "jobs"}))  # fmt: skip


def test_hexagons_are_polygons_of_the_studys_crs(tmp_path: Path) -> None:
    there = gpd.GeoSeries.from_xy(*lattice(3).T, crs=BNG).to_crs(4326)
    path = grid_csv(tmp_path, np.column_stack([there.x, there.y]))
    job = job_of("boundaries", path, layout="cells", crs="EPSG:4326", columns={"area_id": "id"})
    told = read_boundaries(job)
    assert told.table.crs == BNG
    assert np.allclose(told.table.area, AREA_M2, rtol=1e-3)
