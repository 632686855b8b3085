"""Places where people live: polygons, points, postcodes, cells; and the ground's height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin
from tests.doors.table_jobs import BNG, job_of, saved

from assetmap.errors import MissingError, ReadError, StudyError
from assetmap.sources.places import read_places
from assetmap.sources.raster import read_elevation

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.provenance import Told

GROUND = shapely.box(530_000, 180_000, 531_000, 181_000)
POINTS = {"place_id": "id", "x": "e", "y": "n"}


def read(path: Path, layout: str, **said: Any) -> Told[gpd.GeoDataFrame]:
    return read_places(job_of("places", path, layout=layout, **said))


def at(told: Told[gpd.GeoDataFrame]) -> dict[str, tuple[float, float]]:
    points = told.table.geometry
    return dict(zip(told.table["place_id"], zip(points.x, points.y, strict=True), strict=True))


def test_an_output_area_is_a_point_inside_it(tmp_path: Path) -> None:
    # A U: its centroid lies in the gap, a representative point never does.
    shape = shapely.Polygon([(0, 0), (90, 0), (90, 90), (80, 90), (80, 10), (10, 10), (10, 90),
                             (0, 90)])  # fmt: skip
    moved = shapely.transform(shape, lambda xy: np.add(xy, (530_100, 180_100)))
    path = tmp_path / "oa.gpkg"
    gpd.GeoDataFrame({"OA11CD": ["E00000001"], "LSOA": ["E01000001"]}, geometry=[moved],
                     crs=BNG).to_file(path)  # fmt: skip
    columns = {"place_id": "OA11CD", "area_id": "LSOA"}
    told = read(path, "polygons", columns=columns, within=GROUND)
    row = told.table.iloc[0]
    assert moved.covers(row.geometry)
    assert (row["basis"], row["area_id"]) == ("output area", "E01000001")
    assert np.isnan(row["people"])


def test_points_of_a_table_with_people(tmp_path: Path) -> None:
    rows = 'id,e,n,pop\nA,530010,180010,"1,200"\nB,530020.5,180020,7\nC,600000,180020,1\n'
    path = saved(tmp_path, "a.csv", rows)
    told = read(path, "points", crs=BNG, columns={**POINTS, "people": "pop"}, within=GROUND)
    assert at(told) == {"A": (530_010, 180_010), "B": (530_020.5, 180_020)}
    assert told.table["people"].tolist() == [1200, 7]
    assert set(told.table["basis"]) == {"population-weighted centre"}


def test_points_of_a_vector_file(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    table = gpd.GeoDataFrame({"id": ["A"]}, geometry=[shapely.Point(530_010, 180_010)], crs=BNG)
    table.to_crs("EPSG:4326").to_file(path)
    told = read(path, "points", columns={"place_id": "id"})
    assert at(told)["A"] == pytest.approx((530_010, 180_010), abs=0.02)


def test_every_point_without_a_place_is_told(tmp_path: Path) -> None:
    rows = "id,e,n\nA,530010,180010\nB,,180010\nC,west,180010\nD,530010,180010\n"
    with pytest.raises(ReadError, match=r"no place in 2 rows \(row 3: .*missing, row 4: .*not num"):
        read(saved(tmp_path, "a.csv", rows), "points", crs=BNG, columns=POINTS)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("A,530010,180010,1\nA,530020,180010,1\n", "more than once for 1 ids: A"),
        (",530010,180010,1\n", "'id' is empty in 1 row"),
        ("A,530010,180010,-1\n", "'pop' is below 0 in 1 row"),
        ("A,530010,180010,few\n", "'pop' is not a number in 1 row"),
        ("A,600010,180010,1\n", "none of the 1 places is on the study's ground"),
    ],
)
def test_broken_places_are_refused(tmp_path: Path, rows: str, said: str) -> None:
    path = saved(tmp_path, "a.csv", f"id,e,n,pop\n{rows}")
    with pytest.raises(ReadError, match=said):
        read(path, "points", crs=BNG, columns={**POINTS, "people": "pop"}, within=GROUND)


def test_postcodes_are_made_alike_and_those_without_a_place_told(tmp_path: Path) -> None:
    # The third has the coordinates of "no grid reference", the fourth is no postcode.
    rows = "id,e,n\ndy11aa,394000,290000\nB1  1AB,406000,286000\nDY1 1AC,0,0\nDUDLEY,1,1\n"
    path = saved(tmp_path, "a.csv", rows)
    told = read(path, "postcodes", crs=BNG, columns=POINTS)
    assert at(told) == {"DY1 1AA": (394_000, 290_000), "B1 1AB": (406_000, 286_000)}
    assert [(caution.code, caution.count) for caution in told.cautions] == [("places_unplaced", 2)]


def test_one_postcode_in_two_spellings_is_an_error(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "id,e,n\nDY11AA,394000,290000\nDY1 1AA,394009,290000\n")
    with pytest.raises(ReadError, match="more than once for 1 ids: DY1 1AA"):
        read(path, "postcodes", crs=BNG, columns=POINTS)


def test_an_unknown_layout_suggests_one(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="did you mean 'postcodes'"):
        read(saved(tmp_path, "a.csv", "id\n1\n"), "postcode")


# ------------------------------------------------------------------ rasters


def raster(
    folder: Path,
    cells: list[list[float]],
    *,
    size: float = 100,
    crs: str | None = BNG,
    west: float = 530_000,
    north: float = 181_000,
    nodata: float | None = -99,
    bands: int = 1,
) -> Path:
    path = folder / "a.tif"
    values = np.array(cells, dtype="float32")
    with rasterio.open(
        path, "w", driver="GTiff", height=values.shape[0], width=values.shape[1], count=bands,
        dtype="float32", crs=crs, transform=from_origin(west, north, size, size), nodata=nodata,
    ) as file:  # fmt: skip
        for band in range(1, bands + 1):
            file.write(values, band)
    return path


def test_a_cell_with_people_is_a_place_at_its_centre(tmp_path: Path) -> None:
    # Cells of 100 m from (530000, 181000): row 0 lies at y 180900..181000. Only two of the four
    # hold people: 0 is nobody, -99 is not known.
    told = read(raster(tmp_path, [[5, 0], [-99, 2.5]]), "raster")
    assert at(told) == {"r0c0": (530_050, 180_950), "r1c1": (530_150, 180_850)}
    assert told.table["people"].tolist() == [5, 2.5]
    assert set(told.table["basis"]) == {"raster cell"}


def test_ids_of_cells_do_not_depend_on_the_ground(tmp_path: Path) -> None:
    # Ten cells of 100 m eastwards; the ground is the sixth and seventh.
    path = raster(tmp_path, [[1] * 10])
    ground = shapely.box(530_500, 180_900, 530_700, 181_000)
    assert sorted(at(read(path, "raster", within=ground))) == ["r0c5", "r0c6"]


def test_a_raster_in_degrees_comes_in_metres(tmp_path: Path) -> None:
    path = raster(tmp_path, [[3]], size=0.01, crs="EPSG:4326", west=-0.08, north=51.51)
    centre = gpd.GeoSeries.from_xy([-0.075], [51.505], crs="EPSG:4326").to_crs(BNG).iloc[0]
    assert at(read(path, "raster"))["r0c0"] == pytest.approx((centre.x, centre.y), abs=1e-6)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"west": 600_000}, "does not cover the study's ground"),
        ({"crs": None}, "the raster has no CRS"),
        ({"bands": 2}, "has 2 bands, expected 1"),
        ({"nodata": None}, "2 cells hold fewer than 0 people"),
        ({"crs": "EPSG:4326"}, "look like metres"),
        ({"west": -0.1, "north": 51.5, "size": 0.01}, "look like degrees"),
    ],
)
def test_rasters_that_cannot_be_used(tmp_path: Path, made: dict[str, Any], said: str) -> None:
    path = raster(tmp_path, [[1, -99], [-99, 1]], **made)
    with pytest.raises(ReadError, match=said):
        read(path, "raster", within=GROUND)


def test_a_raster_without_crs_may_be_told_one(tmp_path: Path) -> None:
    assert len(read(raster(tmp_path, [[1]], crs=None), "raster", crs=BNG).table) == 1


def test_files_that_are_no_raster_cut_short_or_gone(tmp_path: Path) -> None:
    whole = raster(tmp_path, np.arange(40_000.0).reshape(200, 200).tolist(), size=5)
    cut = saved(tmp_path, "cut.tif", whole.read_bytes()[:60_000])
    with pytest.raises(ReadError, match="damaged or cut short"):
        read(cut, "raster")
    # A virtual raster under another name would make GDAL read the file that it points to.
    virtual = saved(tmp_path, "v.tif", f'<VRTDataset rasterXSize="1"><SourceFilename>{whole}')
    with pytest.raises(ReadError, match="cannot be read as a GeoTIFF"):
        read(virtual, "raster")
    with pytest.raises(MissingError):
        read(tmp_path / "gone.tif", "raster")


def test_heights_with_a_cell_to_spare_and_gaps_unknown(tmp_path: Path) -> None:
    # Ten by ten cells of 100 m, height = 10 x row + column; the ground is cell (4, 5), so that
    # rows 3..5 and columns 4..6 are read, from the corner x 530400, y 180700.
    cells = [[10.0 * row + column for column in range(10)] for row in range(10)]
    cells[5][6] = -99
    path = raster(tmp_path, cells)
    ground = shapely.box(530_510, 180_510, 530_590, 180_590)
    told = read_elevation(job_of("elevation", path, within=ground))
    grid = told.table
    expected = [[34, 35, 36], [44, 45, 46], [54, 55, np.nan]]
    np.testing.assert_array_equal(grid.cells, expected)
    assert (grid.row, grid.column) == (3, 4)
    assert grid.transform == (100, 0, 530_400, 0, -100, 180_700)
    assert told.cautions == ()


def test_heights_of_a_part_of_the_ground_are_told(tmp_path: Path) -> None:
    # The ground is 200 m wide, the raster covers its western half.
    path = raster(tmp_path, [[1.0]])
    ground = shapely.box(530_000, 180_900, 530_200, 181_000)
    told = read_elevation(job_of("elevation", path, within=ground))
    assert [caution.code for caution in told.cautions] == ["raster_part"]
    assert "only 50%" in told.cautions[0].text
