"""Jobs and little files for the readers of assets."""

from __future__ import annotations

import dataclasses
import gzip
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

import geopandas as gpd
import pandas as pd
from shapely.geometry import Point, Polygon
from tests.doors.table_jobs import BNG, job_of, saved

from assetmap.frames import table_of
from assetmap.frames.given import PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from assetmap.provenance import Told
    from assetmap.sources.read import Job

LON, LAT = -2.98, 51.56
"""A point in the middle of Newport, from which the little maps are drawn."""


def asset_job(
    *paths: Path, lookups: Mapping[str, gpd.GeoDataFrame] | None = None, **said: Any
) -> Job:
    """A job for a source of assets, with the lookups a study would hand in."""
    job = job_of("assets", *paths, **said)
    return dataclasses.replace(job, lookups=lookups or {})


def places(ids: Sequence[str], points: Sequence[tuple[float, float]]) -> gpd.GeoDataFrame:
    """PLACES by id at points in metres, as a lookup of postcodes or UPRNs."""
    shapes = gpd.GeoSeries([Point(*point) for point in points], crs=BNG)
    columns = {"place_id": list(ids), "basis": ["postcode"] * len(ids), "geometry": shapes}
    return table_of(PLACES, columns, crs=BNG)


def counts(told: Told[Any]) -> dict[str, int | None]:
    """The cautions by code, with their counts."""
    return {caution.code: caution.count for caution in told.cautions}


def all_text(told: Told[Any]) -> str:
    """Everything that leaves a reader, as one text, to search it for what must not leave."""
    tables = [pd.DataFrame(table.drop(columns="geometry", errors="ignore")) for table in told.table]
    return "\n".join([*(table.to_csv() for table in tables), *map(str, told.cautions)])


def osm(folder: Path, *things: str, name: str = "town.osm") -> Path:
    """An OpenStreetMap file of nodes, ways and relations; nodes first, as the format wants."""
    order = ("<node", "<way", "<relation")
    ordered = sorted(things, key=lambda thing: order.index(thing[: thing.index(" ")]))
    return saved(folder, name, f'<osm version="0.6">\n{"".join(ordered)}</osm>\n')


def node(number: int, east_m: float, north_m: float, **tags: str) -> str:
    """A node some metres east and north of the middle; ``__`` in a key stands for a colon."""
    lon, lat = LON + east_m / 69_200, LAT + north_m / 111_250
    where = f'id="{number}" version="1" lon="{lon:.7f}" lat="{lat:.7f}"'
    return f"<node {where}>{_tags(tags)}</node>\n"


def square(number: int, **tags: str) -> str:
    """A closed way over the four nodes that :func:`corners` draws for its number."""
    first = number * 10
    corners = "".join(f'<nd ref="{first + n}"/>' for n in (0, 1, 2, 3, 0))
    return f'<way id="{number}" version="1">{corners}{_tags(tags)}</way>\n'


def corners(number: int, east_m: float, north_m: float, side_m: float = 20) -> list[str]:
    """The nodes of a square."""
    steps = ((0, 0), (1, 0), (1, 1), (0, 1))
    return [
        node(number * 10 + n, east_m + x * side_m, north_m + y * side_m)
        for n, (x, y) in enumerate(steps)
    ]


def area(number: int, east_m: float, north_m: float, side_m: float = 20, **tags: str) -> list[str]:
    """A square with its nodes."""
    return [
        *corners(number, east_m, north_m, side_m),
        square(number, **tags),
    ]


def _tags(tags: Mapping[str, str]) -> str:
    pairs = ((key.replace("__", ":"), value) for key, value in tags.items())
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in pairs)


def libraries_csv(folder: Path, *rows: tuple[str, str, str]) -> Path:
    """England's list of libraries: id, name, and what 'closed' holds."""
    head = "name,id,authority_id,address,postcode,lat,lng,type,closed,email"
    lines = [f'"{name}",{number},1,1 High St,SE1 1AA,51.5,-0.09,LAL,{closed},a@b.example'
             for number, name, closed in rows]  # fmt: skip
    return saved(folder, "libraries.csv", "\n".join([head, *lines]) + "\n")


GIAS_HEAD = (
    "URN,EstablishmentName,TypeOfEstablishment (name),EstablishmentTypeGroup (name),"
    "PhaseOfEducation (name),Easting,Northing,NumberOfPupils,Postcode,EstablishmentStatus (name),"
    "HeadLastName"
)


def gias_csv(folder: Path, *rows: tuple[str, str, str, str, str]) -> Path:
    """Schools: URN, name, type, phase, pupils; all open, in one place."""
    lines = [
        f'{urn},"{name}",{kind},group,{phase},532000,180000,{pupils},SE1 1AA,Open,Secretname'
        for urn, name, kind, phase, pupils in rows
    ]
    return saved(folder, "gias.csv", "\n".join([GIAS_HEAD, *lines]) + "\n")


def epraccur(folder: Path, *rows: tuple[str, str, str, str, str]) -> Path:
    """Practices: code, name, postcode, status, prescribing setting; gzipped, without a header."""
    lines = []
    for code, name, postcode, status, setting in rows:
        cells = [""] * 27
        cells[0], cells[1], cells[4], cells[9] = code, name, "1 HIGH STREET", postcode
        cells[12], cells[17], cells[25] = status, "020 7946 0000", setting
        lines.append(",".join(f'"{cell}"' for cell in cells))
    return saved(folder, "epraccur.csv.gz", gzip.compress("\n".join(lines).encode(), mtime=0))


def naptan_csv(folder: Path, *rows: str, name: str = "naptan.csv") -> Path:
    """Stops: ``ATCO,name,indicator,easting,northing,type,bus type,modification,status``."""
    head = "ATCOCode,CommonName,Indicator,Easting,Northing,StopType,BusStopType,Modification,Status"
    return saved(folder, name, "\n".join([head, *rows]) + "\n")


def tfl_csv(folder: Path, *rows: str) -> Path:
    """London stops: ``code,name,easting,northing,virtual``."""
    head = "Stop_Code_LBSL,Stop_Name,Location_Easting,Location_Northing,Virtual_Bus_Stop"
    return saved(folder, "tfl.csv", "\ufeff" + "\r\n".join([head, *rows]) + "\r\n")


def greenspace_gpkg(
    folder: Path,
    sites: Sequence[tuple[str, str, str]],
    gates: Sequence[tuple[str, str, float, float]] = (),
) -> Path:
    """OS Open Greenspace: hectares (id, function, name), and gates (site, type, x, y)."""
    path = folder / "greenspace.gpkg"
    shapes = [_hectare(532_000 + 200 * number, 180_000) for number in range(len(sites))]
    table = {
        "id": [one for one, _, _ in sites],
        "function": [one for _, one, _ in sites],
        "distinctive_name_1": [one for _, _, one in sites],
    }
    gpd.GeoDataFrame(table, geometry=shapes, crs=BNG).to_file(path, layer="greenspace_site")
    if gates:
        gate = {
            "id": [f"g{number}" for number in range(len(gates))],
            "access_type": [kind for _, kind, _, _ in gates],
            "ref_to_greenspace_site": [site for site, _, _, _ in gates],
        }
        points = [Point(x, y) for *_, x, y in gates]
        gpd.GeoDataFrame(gate, geometry=points, crs=BNG).to_file(path, layer="access_point")
    return path


def _hectare(x: float, y: float) -> Polygon:
    return Polygon([(x, y), (x + 100, y), (x + 100, y + 100), (x, y + 100)])
