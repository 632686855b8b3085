"""A park without gates is entered where streets and paths that lead somewhere cross its edge."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from tests.town.lattice_town import CRS, streets_of
from tests.town.layers_town import KINDS, gates, listing, listings, town

from assetmap.layers.assets import make_assets
from assetmap.layers.names import make_place_names
from assetmap.network.graph import build_graph
from assetmap.network.islands import walkable_lines

# A street from west to east through the park (100 to 200 m), and 50 m of path inside it that
# nothing joins: an island.
STREETS = [((0, 150), (150, 150)), ((150, 150), (900, 150)), ((120, 190), (120, 240))]


def test_lines_that_lead_somewhere_leave_islands_out():
    graph = build_graph(streets_of(STREETS), profile="standard").table
    found = {tuple(map(tuple, np.sort(line, axis=0))) for line in walkable_lines(graph)}
    assert found == {((0, 150), (150, 150)), ((150, 150), (900, 150))}


def test_a_park_is_entered_where_the_street_crosses_its_edge():
    graph = build_graph(streets_of(STREETS), profile="standard").table
    paths = gpd.GeoSeries(shapely.linestrings(walkable_lines(graph)), crs=CRS)
    park = listings(listing(1, "park", shapely.box(100, 100, 200, 200), "Oak Park"))
    told = make_assets(park, gates(), town(), categories=KINDS, ranks={}, paths=paths)
    entrances = told.table.entrances
    assert set(entrances["basis"]) == {"path crossing"}
    # West edge x = 100, east edge x = 200; the island's crossing at (120, 200) is none.
    assert sorted((p.x, p.y) for p in entrances.geometry) == [(100, 150), (200, 150)]


def test_cells_without_wards_or_landmarks_are_named_by_where_they_lie():
    # Four squares of 1 km about the middle: each centre 0.5 km off, both ways.
    shapes = [shapely.box(x, y, x + 1000, y + 1000) for x in (0, 1000) for y in (0, 1000)]
    cells = gpd.GeoDataFrame(
        {"area_id": list("abcd"), "authority_id": "", "authority_name": ""}, geometry=shapes,
        crs=CRS,
    )  # fmt: skip
    none = pd.DataFrame({name: [] for name in ("area_id", "level", "unit_id", "unit_name", "fit")})
    marks = gpd.GeoDataFrame({"category": [], "visibility": [], "name": []}, geometry=[], crs=CRS)
    assert make_place_names(cells, none, marks).tolist() == [
        "0.5 km west and 0.5 km south of the middle", "0.5 km west and 0.5 km north of the middle",
        "0.5 km east and 0.5 km south of the middle", "0.5 km east and 0.5 km north of the middle",
    ]  # fmt: skip
