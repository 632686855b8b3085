"""Origins: the places where the people of each area are taken to live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from assetmap.frames import hold
from assetmap.frames.prepared import ORIGINS
from assetmap.layers.position import area_at, metre_key
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CENTRE, OUTPUT_AREA = "area centre", "output area"
SHARED = "Areas whose people are shared equally over the places known there, an estimate"
SECOND = "Areas without a place of the preferred source, where the next source stands in"
CENTRES = (
    "Areas without a place of any source, where one point inside stands for all who live there"
)


def make_origins(
    areas: gpd.GeoDataFrame, places: Mapping[str, gpd.GeoDataFrame], *, order: Sequence[str] = ()
) -> Told[gpd.GeoDataFrame]:
    """The ORIGINS of every area, from the first source of PLACES that has a place in it.

    A place belongs to the area its publisher names, where that is one of AREAS, else to the one
    it lies in (on a border, to the smallest ``area_id``). Where people are published at the
    places of an area, origin p stands for ``area people x people_p / sum people``, and places
    where nobody is said to live are left out; where none are published, the area's people are
    shared equally over its *distinct* places (the same metre counts once) and ``shared`` is
    true: an estimate. People are conserved in every area. An area with no place of any source
    stands at one point inside it, basis *area centre*.

    ``from_id`` is made of the area and the place's coordinates to the metre, so that it does not
    depend on row order; an output area keeps its published ``code`` beside it. Places outside all
    areas are left out and counted.

    Parameters
    ----------
    areas
        AREAS.
    places
        PLACES by source id.
    order
        Source ids, the preferred first; sources not named follow in order of their ids.
    """
    names = [*order, *sorted(set(places) - set(order))]
    settled = [_settled(areas, places[name]).assign(rank=rank) for rank, name in enumerate(names)]
    inside = pd.concat([*settled, _centres(areas).assign(rank=len(names))], ignore_index=True)
    first = inside.groupby("area_id", sort=True)["rank"].transform("min")
    origins = _with_people(inside[inside["rank"] == first], areas)
    table = hold(origins[list(ORIGINS.names)], ORIGINS, crs=areas.crs.to_string())
    given = sum(len(places[name]) for name in names)
    outside = given - sum(int(one["places"].sum()) for one in settled)
    return Told(gpd.GeoDataFrame(table), _cautions(origins, outside))


def _settled(areas: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """One row for each area and metre: ``people`` there (empty if not said), ``places`` joined."""
    given = places["area_id"].where(places["area_id"].isin(areas["area_id"]))
    found = pd.Series(area_at(areas, places.geometry.to_numpy()), index=places.index)
    x, y = places.geometry.x, places.geometry.y
    table = pd.DataFrame(
        {
            "area_id": given.astype(object).where(given.notna(), found),
            "basis": places["basis"],
            "people": places["people"].astype("float64"),
            "code": places["place_id"].where(places["basis"] == OUTPUT_AREA),
            "x": x,
            "y": y,
            "metre": [metre_key(*pair) for pair in zip(x, y, strict=True)],
        }
    )
    inside = table.dropna(subset=["area_id"]).sort_values(["area_id", "x", "y", "basis", "people"])
    spots = inside.groupby(["area_id", "metre"], sort=True)
    rows = spots[["basis", "x", "y"]].first()
    rows["people"] = spots["people"].sum(min_count=1)
    rows["places"] = spots.size()
    rows["code"] = spots["code"].first().where(rows["places"] == 1)
    return rows.reset_index()


def _centres(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """One row an area: a point inside it, for where no source has a place."""
    points = areas.geometry.representative_point()
    return pd.DataFrame(
        {
            "area_id": areas["area_id"].to_numpy(),
            "metre": [metre_key(*pair) for pair in zip(points.x, points.y, strict=True)],
            "basis": CENTRE,
            "x": points.x.to_numpy(),
            "y": points.y.to_numpy(),
            "people": np.nan,
            "code": None,
            "places": 0,
        }
    )


def _with_people(spots: pd.DataFrame, areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Each spot's part of its area's people."""
    said = spots.groupby("area_id", sort=True)["people"].transform("sum")
    peopled = spots[(said == 0) | (spots["people"] > 0)]
    said = said.loc[peopled.index]
    rows = peopled.assign(said=said, shared=said == 0).merge(
        areas[["area_id", "role", "people"]].rename(columns={"people": "area_people"}),
        how="left", on="area_id", validate="many_to_one",
    )  # fmt: skip
    count = rows.groupby("area_id", sort=True)["metre"].transform("size")
    part = (rows["people"] / rows["said"]).where(~rows["shared"], 1 / count)
    return gpd.GeoDataFrame(
        rows.assign(
            people=rows["area_people"] * part, from_id=rows["area_id"] + "@" + rows["metre"]
        ),
        geometry=gpd.points_from_xy(rows["x"], rows["y"]),
        crs=areas.crs,
    )


def _cautions(origins: pd.DataFrame, outside: int) -> tuple[Caution, ...]:
    centres = origins["basis"] == CENTRE
    told = [
        _told(origins[origins["shared"] & ~centres], "people_shared", SHARED),
        _told(origins[(origins["rank"] > 0) & ~centres], "origins_second_choice", SECOND),
        _told(origins[centres], "area_centre", CENTRES),
    ]
    if outside:
        text = f"Places where people live outside all areas, left out: {outside}."
        told.append(Caution(code="places_outside", about="origins", text=text, count=outside))
    return tuple(caution for caution in told if caution.count)


def _told(rows: pd.DataFrame, code: str, text: str) -> Caution:
    count = int(rows["area_id"].nunique())
    people = round(float(rows["people"].sum()), 3)
    return Caution(code=code, about="origins", text=f"{text}: {count}.", count=count, people=people)
