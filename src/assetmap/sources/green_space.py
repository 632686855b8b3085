"""Green space with its access points, from OS Open Greenspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from assetmap.errors import Fault, ReadError
from assetmap.sources.columns import as_text, faults_of_ids, refuse, where_of
from assetmap.sources.raw_assets import Gathered, counted, hand_on
from assetmap.sources.shapes import read_shapes

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.provenance import Caution, Told
    from assetmap.sources.read import AssetsRead, Job

SITES, GATES = "greenspace_site", "access_point"
CATEGORIES = {
    "Public Park Or Garden": "park",
    "Play Space": "play_space",
    "Playing Field": "playing_field",
    "Cemetery": "cemetery",
    "Religious Grounds": "cemetery",
    "Allotments Or Community Growing Spaces": "allotments",
}
LEFT_OUT = ("Golf Course", "Bowling Green", "Tennis Court", "Other Sports Facility")
FOR_CARS = "Motor Vehicle"
NAMES = (
    ("distinctive_name_1", "distinctive_name_2", "distinctive_name_3", "distinctive_name_4"),
    ("distName1", "distName2", "distName3", "distName4"),
    ("distinctiveName1", "distinctiveName2", "distinctiveName3", "distinctiveName4"),
)
ACCESS_TYPE = ("access_type", "accessType")
SITE_OF_GATE = ("ref_to_greenspace_site", "refToGreenspaceSite")


def read_os_open_greenspace(job: Job) -> Told[AssetsRead]:
    """Parks, play spaces, playing fields, cemeteries and allotments, with gates for walkers.

    Sites are polygons with their size. Golf courses, bowling greens, tennis courts and other
    sports grounds are left out and counted: they are not open to all. Access points that are for
    motor vehicles only are no entrances. A copy without the layer of access points has no
    entrances, which is told. The names of layers and columns of the GeoPackage and of the older
    shapefiles are both known.

    Raises
    ------
    ReadError
        For missing columns, functions that are not known, ids that occur twice, no CRS.

    References
    ----------
    Ordnance Survey, "OS Open Greenspace: technical specification".
    """
    told = [read_shapes(job, path, layer=_layer(job, path)) for path in job.paths]
    sites = pd.concat([part.table for part in told], ignore_index=True)
    _refuse_columns(job, sites, (("id",), ("function",)))
    cautions = tuple(caution for part in told for caution in part.cautions)
    refuse(faults_of_ids(job, as_text(sites["id"]), column="id"))
    functions = as_text(sites["function"])
    _refuse_functions(job, functions)
    public = functions.isin(CATEGORIES)
    kept = sites[public]
    rows = pd.DataFrame(
        {
            "source_row": as_text(kept["id"]),
            "name": _names(kept),
            "category": functions[public].map(CATEGORIES),
            "size_m2": shapely.area(np.asarray(kept.geometry, dtype=object)),
            "given_type": functions[public],
            "geometry": pd.Series(np.asarray(kept.geometry, dtype=object), index=kept.index),
        }
    )
    gates, said = _gates(job)
    text = "Golf courses, bowling greens, tennis courts and other sports grounds were left out."
    cautions = (*cautions, *said, *counted(job, "not_public", int((~public).sum()), text))
    return hand_on(job, Gathered(rows, gates, cautions))


def _layer(job: Job, path: Path) -> str | None:
    """The layer of sites where the file has the publisher's layers."""
    return SITES if job.spec.layer is None and SITES in _layers(path) else None


def _layers(path: Path) -> list[str]:
    try:
        return [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    except pyogrio.errors.DataSourceError:
        return []  # read_shapes opens the file next and says what is wrong with it


def _refuse_columns(
    job: Job, table: pd.DataFrame, wanted: tuple[tuple[str, ...], ...]
) -> list[str]:
    """The first of each group of names that the table has; a ReadError where it has none."""
    found = [next((name for name in names if name in table.columns), "") for names in wanted]
    refuse(
        [
            Fault(
                what=f"column '{names[0]}' is missing",
                where=where_of(job),
                attempt=f"the file has: {', '.join(map(str, table.columns))[:300]}",
            )
            for names, name in zip(wanted, found, strict=True)
            if not name
        ]
    )
    return found


def _refuse_functions(job: Job, functions: pd.Series) -> None:
    unknown = sorted(set(functions.dropna()) - {*CATEGORIES, *LEFT_OUT})
    if unknown:
        what = f"functions that OS Open Greenspace does not have: {', '.join(unknown)[:300]}"
        attempt = "map them with layout = 'mapped', columns.category and categories"
        raise ReadError(Fault(what=what, where=where_of(job), attempt=attempt))


def _names(table: pd.DataFrame) -> pd.Series:
    """The distinctive names of each site, joined; None where it has none."""
    columns = next((names for names in NAMES if names[0] in table.columns), ())
    cells = pd.DataFrame({name: as_text(table[name]) for name in columns if name in table})
    return cells.apply(lambda row: ", ".join(map(str, row.dropna())) or None, axis=1)


def _gates(job: Job) -> tuple[gpd.GeoDataFrame | None, tuple[Caution, ...]]:
    """Access points for walkers, numbered within their site from west to east."""
    paths = [path for path in job.paths if GATES in _layers(path)]
    if not paths:
        text = "This copy of the file has no access points: sites are entered at their edge."
        return None, counted(job, "no_access_points", 1, text)
    told = [read_shapes(job, path, layer=GATES, filtered=False) for path in paths]
    table = pd.concat([part.table for part in told], ignore_index=True)
    kinds, sites = _refuse_columns(job, table, (ACCESS_TYPE, SITE_OF_GATE))
    on_foot = table[as_text(table[kinds]) != FOR_CARS]
    gates = gpd.GeoDataFrame(
        {"source_row": as_text(on_foot[sites])},
        geometry=gpd.GeoSeries(on_foot.geometry, crs=job.crs),
    )
    gates["x"], gates["y"] = gates.geometry.x, gates.geometry.y
    gates = gates.sort_values(["source_row", "x", "y"], kind="stable")
    gates["entrance"] = gates.groupby("source_row").cumcount() + 1
    text = "Access points for motor vehicles only are no entrances."
    cautions = counted(job, "gates_for_cars", len(table) - len(on_foot), text)
    return gates[["source_row", "entrance", "geometry"]], cautions
