"""Row order means nothing: a shuffled file is the same table."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.doors.table_jobs import BNG, job_of, saved

from assetmap.sources.boundaries import read_boundaries
from assetmap.sources.deprivation import read_deprivation
from assetmap.sources.lookups import read_crosswalk, read_geography
from assetmap.sources.places import read_places
from assetmap.sources.population import read_population
from assetmap.sources.schemes import read_schemes

if TYPE_CHECKING:
    from collections.abc import Callable

    from assetmap.provenance import Told

AREAS = [f"E0100000{n}" for n in range(6)]
SHAPES = [shapely.box(530_000 + 10 * n, 180_000, 530_012 + 10 * n, 180_010) for n in range(6)]
orders = st.permutations(range(6))


def both(
    reader: Callable[..., Told[Any]], table: pd.DataFrame, order: list[int], **said: Any
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the reader makes of the table, and of its rows in another order."""
    with TemporaryDirectory() as folder:
        told = []
        for name, rows in (("a", table), ("b", table.iloc[order])):
            if isinstance(rows, gpd.GeoDataFrame):
                path = Path(folder) / f"{name}.gpkg"
                rows.to_file(path)
            else:
                path = saved(Path(folder), f"{name}.csv", rows.to_csv(index=False))
            told.append(reader(job_of("places", path, **said)).table)
    return told[0], told[1]


def same(pair: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    pd.testing.assert_frame_equal(*pair, check_exact=True)


@given(orders)
@settings(max_examples=6)
def test_boundaries_and_places(order: list[int]) -> None:
    table = gpd.GeoDataFrame({"code": AREAS, "name": list("abcdef")}, geometry=SHAPES, crs=BNG)
    same(both(read_boundaries, table, order, columns={"area_id": "code", "area_name": "name"}))
    same(both(read_places, table, order, layout="polygons", columns={"place_id": "code"}))


@given(orders)
@settings(max_examples=6)
def test_schemes_and_their_phases(order: list[int]) -> None:
    table = gpd.GeoDataFrame(
        {
            "name": ["S1 x", "S1 y", "S1 z", "S2 a", "S2 b", "S3"],
            "stage": ["open", "funded", "open", "allocated", "open", "on site"],
            "opens": ["2027-01-01", None, "2026-01-01", None, None, None],
            "homes": [1.5, 2.25, None, 4, 8, None],
            "removes": ["homes; garages", "homes", None, None, None, None],
        },
        geometry=SHAPES,
        crs=BNG,
    )
    words = {"columns": {"scheme_id": "name"}, "id_pattern": "^(S[0-9])"}
    same(both(read_schemes, table, order, **words))
    unnamed = table.assign(name="same").drop(columns=["homes"])
    same(both(read_schemes, unnamed, order))


@given(orders)
@settings(max_examples=8)
def test_plain_tables(order: list[int]) -> None:
    people = pd.DataFrame(
        {"area_id": AREAS, "group": list("aabbcc"), "people": [0.1, 2, 3, 4, 5, 6]}
    )
    people["area_id"] = [AREAS[0], AREAS[1]] * 3
    same(both(read_population, people, order, layout="long", group="age"))

    units = pd.DataFrame({"area_id": AREAS[:3] * 2, "unit_id": ["u", "v", "v"] * 2})
    units["unit_name"] = ["St U", "V", "V", "St. U", "V", "V"]
    same(both(read_geography, units, order, level="ward"))

    changes = pd.DataFrame({"from_area_id": AREAS, "to_area_id": AREAS, "change": list("USSMMX")})
    same(both(read_crosswalk, changes, order))

    ranks = pd.DataFrame({"area_id": AREAS, "imd_rank": [1, 2, 2, 4, 5, 6]})
    words = {"area_id": "area_id", "imd_rank": "imd_rank"}
    same(both(read_deprivation, ranks, order, layout="mapped", columns=words))
