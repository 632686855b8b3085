"""Shapes that are broken, elsewhere, in another CRS than they say, or the wrong way round."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from tests.doors.table_jobs import BNG, job_of, saved

from assetmap.errors import MissingError, ReadError
from assetmap.sources.positions import MISSING, NOT_NUMBERS, OFF_THE_EARTH, SWAPPED, place_points
from assetmap.sources.shapes import read_all_shapes, read_shapes

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.provenance import Told

DUDLEY = shapely.box(390_000, 280_000, 400_000, 295_000)
SQUARE = shapely.box(394_000, 290_000, 394_010, 290_010)
# Two triangles that meet in the middle of a 2 m square: the top and the bottom, 1 m2 each.
BOW_TIE = shapely.Polygon([(394_000, 290_000), (394_002, 290_002), (394_000, 290_002),
                           (394_002, 290_000)])  # fmt: skip
# A 10 m square with a line of no width sticking out: the repair leaves a square and a line.
SPIKE = shapely.Polygon([(394_000, 290_000), (394_010, 290_000), (394_010, 290_010),
                         (394_005, 290_010), (394_005, 290_015), (394_005, 290_010),
                         (394_000, 290_010)])  # fmt: skip


def written(folder: Path, name: str, *shapes: Any, crs: str | None = BNG) -> Path:
    path = folder / name
    table = gpd.GeoDataFrame({"code": [f"A{n}" for n in range(len(shapes))]}, geometry=list(shapes))
    table = table if crs is None else table.set_crs(crs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a file without CRS is what some tests are about
        if path.suffix == ".parquet":
            table.to_parquet(path)
        else:
            table.to_file(path)
    return path


def read(path: Path, **said: Any) -> Told[gpd.GeoDataFrame]:
    return read_shapes(job_of("boundaries", path, **said), path)


def codes(told: Told[Any]) -> dict[str, int | None]:
    return {caution.code: caution.count for caution in told.cautions}


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.fgb", "a.parquet"])
@pytest.mark.parametrize("crs", [BNG, "EPSG:4326", "EPSG:3857"])
def test_every_format_comes_in_the_crs_of_the_study(tmp_path: Path, name: str, crs: str) -> None:
    there = gpd.GeoSeries([SQUARE], crs=BNG).to_crs(crs).iloc[0]
    path = written(tmp_path, name, there, crs=crs)
    told = read(path)
    assert told.table.crs == BNG
    assert told.cautions == ()
    middle = told.table.geometry.iloc[0].centroid
    # Centimetres, as GeoJSON keeps seven decimals of a degree.
    assert (middle.x, middle.y) == pytest.approx((394_005, 290_005), abs=0.05)


def test_nothing_is_said_about_grids_that_the_machine_lacks(tmp_path: Path) -> None:
    there = gpd.GeoSeries([SQUARE], crs=BNG).to_crs("EPSG:4326").iloc[0]
    path = written(tmp_path, "a.geojson", there, crs="EPSG:4326")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read(path)


def test_invalid_polygons_are_repaired_and_told(tmp_path: Path) -> None:
    told = read(written(tmp_path, "a.gpkg", SQUARE, BOW_TIE, SPIKE))
    assert told.table.is_valid.all()
    assert set(told.table.geom_type) <= {"Polygon", "MultiPolygon"}
    assert told.table.geometry.area.tolist() == pytest.approx([100, 2, 100])
    assert codes(told) == {"geometry_repaired": 2}


def test_rows_without_a_shape_are_left_out_and_told(tmp_path: Path) -> None:
    told = read(written(tmp_path, "a.gpkg", SQUARE, None, shapely.Polygon()))
    assert told.table["code"].tolist() == ["A0"]
    assert codes(told) == {"geometry_missing": 2}


def test_a_ring_that_does_not_close_is_left_out_and_told(tmp_path: Path) -> None:
    told = read(geojson(tmp_path, SOUTHWARK, SOUTHWARK[:-1]))
    assert told.table["code"].tolist() == ["A0"]
    assert codes(told) == {"geometry_missing": 1}


def test_heights_are_dropped(tmp_path: Path) -> None:
    high = shapely.force_3d(SQUARE, 12.0)
    assert not read(written(tmp_path, "a.gpkg", high)).table.has_z.any()


def test_only_what_meets_the_ground_is_read_on(tmp_path: Path) -> None:
    ground = shapely.box(394_000, 290_000, 395_000, 291_000)
    across = shapely.box(393_990, 290_000, 394_020, 290_010)
    beside = shapely.box(393_000, 290_000, 393_010, 290_010)
    path = written(tmp_path, "a.gpkg", SQUARE, across, beside)
    assert read(path, within=ground).table["code"].tolist() == ["A0", "A1"]
    assert read(path, within=ground).table.index.tolist() == [1, 2]


def test_a_file_of_another_place_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a.gpkg", shapely.box(530_000, 180_000, 530_010, 180_010))
    with pytest.raises(ReadError, match="none of the 1 shapes is on the study's ground"):
        read(path, within=DUDLEY)


def test_of_several_files_one_may_be_off_the_ground_but_not_all(tmp_path: Path) -> None:
    here = written(tmp_path, "a.gpkg", SQUARE)
    there = written(tmp_path, "b.gpkg", shapely.box(530_000, 180_000, 530_010, 180_010))
    told = read_all_shapes(job_of("boundaries", here, there, within=DUDLEY))
    assert len(told.table) == 1
    with pytest.raises(ReadError, match="nothing is on the study's ground"):
        read_all_shapes(job_of("boundaries", there, there, within=DUDLEY))


def test_a_file_without_crs_needs_one_from_the_study(tmp_path: Path) -> None:
    path = written(tmp_path, "a.gpkg", SQUARE, crs=None)
    with pytest.raises(ReadError, match="does not say its CRS"):
        read(path)
    assert read(path, crs=BNG).table.geometry.iloc[0].equals(SQUARE)


def test_a_crs_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="'British' is no coordinate reference system"):
        read(written(tmp_path, "a.gpkg", SQUARE), crs="British")


def test_study_and_file_that_disagree_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="the file is in EPSG:27700, the study says EPSG:4326"):
        read(written(tmp_path, "a.gpkg", SQUARE), crs="EPSG:4326")


def geojson(folder: Path, *rings: list[tuple[float, float]]) -> Path:
    features = [
        {"type": "Feature", "properties": {"code": f"A{n}"},
         "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for n, ring in enumerate(rings)
    ]  # fmt: skip
    return saved(folder, "a.geojson", json.dumps({"type": "FeatureCollection",
                                                  "features": features}))  # fmt: skip


METRES = [(394_000, 290_000), (394_010, 290_000), (394_010, 290_010), (394_000, 290_000)]
SOUTHWARK = [(-0.08, 51.50), (-0.07, 51.50), (-0.07, 51.51), (-0.08, 51.50)]


def test_metres_in_a_geojson_without_crs(tmp_path: Path) -> None:
    path = geojson(tmp_path, METRES)
    with pytest.raises(ReadError, match="look like metres, but the CRS is EPSG:4326") as caught:
        read(path)
    assert "crs = 'EPSG:27700'" in str(caught.value)
    assert len(read(path, crs=BNG).table) == 1


def test_degrees_in_a_crs_of_metres(tmp_path: Path) -> None:
    path = written(tmp_path, "a.gpkg", shapely.Polygon(SOUTHWARK))
    with pytest.raises(ReadError, match="look like degrees, but the CRS is EPSG:27700"):
        read(path)


def test_longitude_and_latitude_swapped(tmp_path: Path) -> None:
    path = geojson(tmp_path, [(y, x) for x, y in SOUTHWARK])
    with pytest.raises(ReadError, match="longitude and latitude are swapped"):
        read(path)


def test_swapped_in_brazil_too(tmp_path: Path) -> None:
    # Porto Alegre lies at 51.2 W, 30.0 S; the study works in UTM 22S.
    ring = [(-30.0, -51.2), (-30.1, -51.2), (-30.1, -51.1), (-30.0, -51.2)]
    path = geojson(tmp_path, ring)
    with pytest.raises(ReadError, match="swapped"):
        read_shapes(job_of("boundaries", path, study="EPSG:31982"), path)
    turned = geojson(tmp_path, [(y, x) for x, y in ring])
    assert len(read_shapes(job_of("boundaries", turned, study="EPSG:31982"), turned).table) == 1


def test_an_empty_layer_and_a_layer_without_shapes(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no features"):
        read(geojson(tmp_path))
    with pytest.raises(ReadError, match="no feature has a shape"):
        read(written(tmp_path, "b.gpkg", None, None))


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match=r"save it as gone\.gpkg"):
        read(tmp_path / "gone.gpkg")


# ------------------------------------------------------------------ coordinate columns


def placed(x: list[Any], y: list[Any], crs: str | None = "EPSG:4326", **said: Any) -> Any:
    job = job_of("places", **said, crs=crs)
    return place_points(job, pd.Series(x), pd.Series(y), x_name="lon", y_name="lat")


def test_rows_without_a_place_say_why() -> None:
    good = [(-0.08, 51.5)] * 8
    odd = [(51.5, -0.08), ("", 51.5), ("west", 51.5), (0, 0), (-0.08, 181)]
    rows = good + odd
    found = placed([x for x, _ in rows], [y for _, y in rows])
    assert found.reasons.tolist()[8:] == [SWAPPED, MISSING, NOT_NUMBERS, MISSING, OFF_THE_EARTH]
    assert found.points.iloc[:8].notna().all()
    assert found.points.iloc[8:].isna().all()
    assert (found.reasons.iloc[:8] == "").all()


@pytest.mark.parametrize(
    ("x", "y", "crs", "said"),
    [
        ([51.5] * 3, [-0.1] * 3, "EPSG:4326", "swapped"),
        ([530_000] * 3, [180_000] * 3, "EPSG:4326", "look like metres"),
        ([-0.1] * 3, [51.5] * 3, BNG, "look like degrees"),
        ([-0.1], [51.5], None, "'lon' and 'lat' have no CRS"),
        ([-0.1], [51.5], "EPSG:999999", "no coordinate reference system"),
    ],
)
def test_columns_in_the_wrong_crs_are_refused(
    x: list[float], y: list[float], crs: str | None, said: str
) -> None:
    with pytest.raises(ReadError, match=said):
        placed(x, y, crs)


def test_points_and_shapes_are_turned_alike(tmp_path: Path) -> None:
    path = geojson(tmp_path, SOUTHWARK)
    corner = np.array(read(path).table.geometry.iloc[0].exterior.coords[0])
    point = placed([-0.08], [51.50]).points.iloc[0]
    assert (point.x, point.y) == pytest.approx(tuple(corner), abs=1e-6)
