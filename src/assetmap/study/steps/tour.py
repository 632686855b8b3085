"""Tour: what each stop looks at, found in the study's own tables and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
from shapely import box

from assetmap.errors import AssetmapError, Fault, StudyError, nearest_name
from assetmap.publish.tour_stops import Look, Picture, Stop, Tour
from assetmap.sources.pictures import read_picture

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    import pandas as pd

    from assetmap.study.ledger import Kept
    from assetmap.study.tour import Stop as Given
    from assetmap.study.work import Work

    Kind = Literal["area", "scheme", "asset"]

LONLAT = "EPSG:4326"


def tour_of(work: Work, steps: Mapping[str, Kept]) -> Tour | None:
    """The study's tour with its shapes and pictures; None where it has none.

    Raises
    ------
    StudyError
        With every stop whose area, scheme or public asset the study does not have, whose box
        shows none of the study, or whose picture is missing or cannot be read.
    """
    given = work.settings.tour
    if given is None:
        return None
    tables = _tables(steps)
    faults: list[Fault] = []
    stops = []
    for number, stop in enumerate(given.stop, start=1):
        where = f"study.toml, stop {number} of [tour] ('{stop.title}')"
        look = _look(stop, tables, faults, where=where)
        picture = _picture(stop, work, faults, where=where)
        stops.append(Stop(title=stop.title, text=stop.text, look=look, picture=picture))
    if faults:
        raise StudyError(faults)
    return Tour(title=given.title, text=given.text, stops=tuple(stops))


def _tables(steps: Mapping[str, Kept]) -> dict[Kind, gpd.GeoDataFrame]:
    """What can be looked at, by id, with a column ``called``; assets only where public."""
    areas = steps["names"].table("table") if "names" in steps else steps["areas"].table("table")
    assets = steps["assets"].table("table")
    schemes = steps["schemes"].table("table") if "schemes" in steps else None
    return {
        "area": _by_id(areas[areas["role"] == "study"], "area_id", "place"),
        "asset": _by_id(assets[assets["visibility"] == "public"], "to_id", "name"),
        **({} if schemes is None else {"scheme": _by_id(schemes, "scheme_id", "name")}),
    }


def _by_id(table: pd.DataFrame, key: str, called: str) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(table.assign(called=table[called]).set_index(key))


def _look(
    stop: Given, tables: Mapping[Kind, gpd.GeoDataFrame], faults: list[Fault], *, where: str
) -> Look | None:
    if stop.box:
        return _boxed(stop.box, tables["area"], faults, where=where)
    asked: dict[Kind, str | None] = {
        "area": stop.area, "scheme": stop.scheme, "asset": stop.asset,
    }  # fmt: skip
    for kind, name in asked.items():
        if name is None:
            continue
        table = tables.get(kind)
        if table is None or name not in table.index:
            hint = nearest_name(name, [] if table is None else list(table.index))
            faults.append(Fault(what=f"no {kind} '{name}'", where=where, attempt=hint))
            return None
        row = table.loc[name]
        called = row["called"] if isinstance(row["called"], str) else ""
        area_id = name if kind == "area" else ""
        return Look(kind=kind, shape=row.geometry, name=called, area_id=area_id)
    return None


def _boxed(
    corners: tuple[float, float, float, float],
    areas: gpd.GeoDataFrame,
    faults: list[Fault],
    *,
    where: str,
) -> Look | None:
    shape = gpd.GeoSeries([box(*corners)], crs=LONLAT).to_crs(areas.crs).iloc[0]
    if not areas.intersects(shape).any():
        faults.append(Fault(what="the box shows nothing of the study", where=where))
        return None
    return Look(kind="box", shape=shape)


def _picture(stop: Given, work: Work, faults: list[Fault], *, where: str) -> Picture | None:
    if stop.picture is None:
        return None
    try:
        kind, content = read_picture(work.folders[0] / stop.picture)
    except AssetmapError as error:
        told = [one.what for one in error.faults]
        faults += [Fault(what=f"{stop.picture}: {one}", where=where) for one in told]
        return None
    return Picture(kind=kind, content=content, alternative=stop.alternative)
