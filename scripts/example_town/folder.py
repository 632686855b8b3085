"""All files of the example, in one folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from example_town import (
    assets,
    boundaries,
    census,
    deprivation,
    green,
    nation,
    rasters,
    schemes,
    transit,
    write,
)
from example_town import stops as halts
from example_town.buildings import draw_buildings, homes_by_area
from example_town.grid import build_grid
from example_town.osm import Drawer, write_osm
from example_town.plan import Plan, read_plan
from example_town.streets import draw_streets

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def write_example(to: Path) -> None:
    """Write every file of the example into a folder."""
    to.mkdir(parents=True, exist_ok=True)
    plan, drawer = read_plan(), Drawer()
    grid = build_grid(plan)
    nodes = draw_streets(plan, grid, drawer)
    built = draw_buildings(plan, grid, drawer)
    green.draw_greens(plan, grid, nodes, drawer)
    assets.draw_points(plan, drawer)
    stops = halts.make_stops(plan, grid)
    halts.draw_stops(stops, drawer)
    write_osm(drawer, plan, to / "osierford.osm.pbf")
    areas = boundaries.area_table(plan)
    shapes = boundaries.make_boundaries(plan, grid, areas)
    _write_tables(plan, to, areas)
    layer = boundaries.boundary_layer(plan, areas, shapes)
    name = "LSOA_2021_EW_BGC_V5"
    write.write_layers({name: layer}, to / "lsoa21_boundaries.gpkg", geometry="SHAPE")
    layers = green.greenspace_layers(plan)
    write.write_layers(layers, to / "open_greenspace.gpkg", geometry="geometry")
    postcodes = assets.make_postcodes(plan, built, shapes)
    write.write_csv(postcodes, to / "postcodes.csv")
    write.write_csv(assets.make_register(plan, postcodes), to / "asset_register.csv")
    write.write_csv(assets.make_uprns(plan, built), to / "open_uprn.csv", bom=True)
    write.write_csv(halts.naptan_table(plan, stops), to / "naptan_099.csv")
    write.write_zip(transit.make_timetable(plan, stops), to / "osierford_gtfs.zip")
    rasters.write_elevation(plan, to / "elevation.tif")
    homes = homes_by_area(built, shapes)
    rasters.write_people(plan, to / "population.tif", homes, areas)


def _write_tables(plan: Plan, to: Path, areas: pd.DataFrame) -> None:
    """The tables of the nation and the census, and the schemes."""
    everywhere = nation.make_nation(plan, areas)
    index = deprivation.make_index(plan, everywhere)
    write.write_csv(index, to / "deprivation_file7.csv", bom=True)
    write.write_csv(nation.lookup_wards(everywhere), to / "lookup_lsoa21_ward24_lad24.csv")
    write.write_csv(nation.lookup_regions(plan), to / "lookup_lad24_region24.csv")
    for stem, table in census.make_census(areas).items():
        write.write_csv(table, to / f"{stem}.csv")
    names = areas[["LSOA21CD", "place"]].rename(columns={"LSOA21CD": "area_id"})
    write.write_csv(names, to / "names.csv")
    for file, key in (("schemes", "scheme"), ("candidate_sites", "candidate")):
        write.write_json(schemes.make_schemes(plan, plan.given[key]), to / f"{file}.geojson")
