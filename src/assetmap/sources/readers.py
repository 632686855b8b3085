"""Which reader reads which source: by its kind, and for assets by its layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.sources.boundaries import read_boundaries
from assetmap.sources.deprivation import read_deprivation, read_deprivation_geography
from assetmap.sources.drawn_units import read_drawn_units
from assetmap.sources.green_space import read_os_open_greenspace
from assetmap.sources.grid_cells import read_cell_counts
from assetmap.sources.libraries import read_england_libraries
from assetmap.sources.lookups import read_crosswalk, read_geography
from assetmap.sources.names import read_names
from assetmap.sources.osm_assets import read_osm_assets
from assetmap.sources.osm_buildings import read_buildings
from assetmap.sources.osm_streets import read_streets
from assetmap.sources.osm_tags import read_tag_table
from assetmap.sources.places import read_places
from assetmap.sources.planning import read_planning
from assetmap.sources.population import read_population
from assetmap.sources.registers import read_register
from assetmap.sources.schemes import read_schemes
from assetmap.sources.schools import read_gias
from assetmap.sources.stop_routes import read_stop_routes
from assetmap.sources.stops import read_naptan, read_tfl_stops
from assetmap.sources.surgeries import read_epraccur
from assetmap.sources.timetable import read_timetable

if TYPE_CHECKING:
    from collections.abc import Callable

    from assetmap.provenance import Told
    from assetmap.sources.read import AssetsRead, Job
    from assetmap.sources.spec import SourceSpec

__all__ = [
    "asset_reader_of", "provided_by", "read_deprivation_geography", "read_streets",
    "read_timetable", "reader_of",
]  # fmt: skip

BY_KIND: dict[str, Callable[[Job], Told[Any]]] = {
    "boundaries": read_boundaries,
    "geography": read_geography,
    "crosswalk": read_crosswalk,
    "deprivation": read_deprivation,
    "population": read_population,
    "places": read_places,
    "buildings": read_buildings,
    "names": read_names,
    "stop_routes": read_stop_routes,
}

BY_LAYOUT: dict[str, Callable[[Job], Told[AssetsRead]]] = {
    "mapped": read_register,
    "osm": read_osm_assets,
    "england_libraries": read_england_libraries,
    "gias": read_gias,
    "epraccur": read_epraccur,
    "os_open_greenspace": read_os_open_greenspace,
    "naptan": read_naptan,
    "tfl_stops": read_tfl_stops,
    "cells": read_cell_counts,
}


OF_SCHEMES: dict[str, Callable[[Job], Told[Any]]] = {
    "mapped": read_schemes,
    "brownfield_land": read_planning,
    "planning_data": read_planning,
}

PROVIDES: dict[str, frozenset[str]] = {
    "england_libraries": frozenset({"library"}),
    "gias": frozenset(
        {"nursery", "primary_school", "secondary_school", "special_school", "college", "family_hub"}
    ),
    "epraccur": frozenset({"gp_surgery"}),
    "os_open_greenspace": frozenset(
        {"park", "playing_field", "play_space", "cemetery", "allotments"}
    ),
    "tfl_stops": frozenset({"bus_stop"}),
}


def provided_by(spec: SourceSpec) -> frozenset[str]:
    """The categories a source is asked for, found or not; none where only the file can tell.

    An extract of OpenStreetMap is asked for every category that its tags can tell; a register
    for those that ``study.toml`` maps its words to.
    """
    if spec.layout == "osm":
        return frozenset(rule.category for rule in read_tag_table().rules)
    if spec.layout in {"mapped", "cells"}:
        named = {spec.category, *spec.categories.values()} - {None, ""}
        return frozenset(str(category) for category in named)
    return PROVIDES.get(spec.layout, frozenset())


def reader_of(spec: SourceSpec) -> Callable[[Job], Told[Any]]:
    """The reader of a source that hands on one table.

    Raises
    ------
    StudyError
        For schemes in a layout that no reader knows.
    """
    if spec.kind == "schemes":
        return _reader_of_schemes(spec)
    return read_drawn_units if spec.draws_units else BY_KIND[spec.kind]


def asset_reader_of(spec: SourceSpec) -> Callable[[Job], Told[AssetsRead]]:
    """The reader of a source of assets.

    Raises
    ------
    StudyError
        For a layout that no reader knows, with the nearest that is known.
    """
    if spec.layout not in BY_LAYOUT:
        hint = nearest_name(spec.layout, BY_LAYOUT) or f"one of: {', '.join(BY_LAYOUT)}"
        what = f"source '{spec.id}': no reader for layout '{spec.layout}'"
        raise StudyError(Fault(what=what, where="study.toml", attempt=hint))
    return BY_LAYOUT[spec.layout]


def _reader_of_schemes(spec: SourceSpec) -> Callable[[Job], Told[Any]]:
    if spec.layout not in OF_SCHEMES:
        hint = nearest_name(spec.layout, OF_SCHEMES) or f"one of: {', '.join(OF_SCHEMES)}"
        what = f"source '{spec.id}': no reader of schemes for layout '{spec.layout}'"
        raise StudyError(Fault(what=what, where="study.toml", attempt=hint))
    return OF_SCHEMES[spec.layout]
