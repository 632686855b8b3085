"""Bus stops, railway stations and tram stops, from NaPTAN and from Transport for London."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from assetmap.sources.columns import as_text, faults_of_ids, pick, refuse
from assetmap.sources.files import open_tables
from assetmap.sources.placing import Placed, place_rows
from assetmap.sources.raw_assets import Gathered, counted, hand_on, on_ground

if TYPE_CHECKING:
    from assetmap.provenance import Caution, Told
    from assetmap.sources.read import AssetsRead, Job

NAPTAN = ("ATCOCode", "CommonName", "StopType", "Easting", "Northing", "Modification", "Status")
NAPTAN_EXTRA = ("Indicator", "BusStopType", "Longitude", "Latitude")
CATEGORIES = {
    "BCT": "bus_stop", "BCS": "bus_stop", "BCQ": "bus_stop",
    "RLY": "rail_station", "RSE": "rail_station",
    "MET": "metro_station", "TMU": "metro_station",
}  # fmt: skip
ENTRANCES = ("RSE", "TMU")
RAIL_AREA = "910"
HAIL_AND_RIDE = "HAR"
HAIL_AND_RIDE_M = 100.0
NO_INDICATOR = r"[-\s.]*"
TFL = ("Stop_Code_LBSL", "Stop_Name", "Location_Easting", "Location_Northing", "Virtual_Bus_Stop")
TFL_SIGNS = r"<>|>[A-Z]<|[#<>]"


def read_naptan(job: Job) -> Told[AssetsRead]:
    """Bus stops, railway stations and tram or metro stops in use, stations with their entrances.

    Rows that are inactive or marked for deletion are left out and counted. Bus stops are types
    BCT, BCS and BCQ, but for those of rail area 910, which are stops of rail replacement buses. A
    hail-and-ride row is a stretch of road: its point is some 100 m precise.

    A station is its access area (RLY, MET); its entrances (RSE, TMU) are those whose code is the
    station's after the first four signs, the area, and before a number: ``4300ACOCKSG1`` is an
    entrance of ``9100ACOCKSG``. Entrances whose station is not in the source's files make one
    station together, at their middle; a local file and areas 910 and 940 are best one source.
    Platforms are no assets.

    Raises
    ------
    ReadError
        For missing columns, codes that occur twice, and coordinates that cannot be true.

    References
    ----------
    Department for Transport, "NaPTAN schema guide", stop types.
    """
    told = open_tables(job)
    table = pick(job, told.table, NAPTAN, NAPTAN_EXTRA).apply(as_text).reset_index(drop=True)
    in_use = _is_in_use(table)
    kept = table[in_use & table["StopType"].isin(CATEGORIES) & ~_is_rail_replacement(table)]
    refuse(faults_of_ids(job, kept["ATCOCode"], column="ATCOCode"))
    placed = _placed(job, kept)
    hail = kept.get("BusStopType", pd.Series(None, index=kept.index)) == HAIL_AND_RIDE
    rows = pd.DataFrame(
        {
            "source_row": kept["ATCOCode"],
            "name": _names(kept),
            "other_names": kept["CommonName"],
            "category": kept["StopType"].map(CATEGORIES),
            "precision_m": np.where(hail, HAIL_AND_RIDE_M, 0.0),
            "reason": placed.reasons,
            "geometry": placed.points,
            "is_entrance": kept["StopType"].isin(ENTRANCES),
        }
    )
    stations, gates = _stations(job, rows)
    cautions = (*told.cautions, *_said(job, table[~in_use], rows[hail]))
    return hand_on(job, Gathered(stations, gates, cautions))


def read_tfl_stops(job: Job) -> Told[AssetsRead]:
    """London bus stops that buses serve; virtual stops, where no one boards, left out.

    Names are in the publisher's capitals with signs for stations; both are taken away.

    Raises
    ------
    ReadError
        For missing columns, codes that occur twice, and coordinates that cannot be true.
    """
    told = open_tables(job)
    table = pick(job, told.table, TFL).apply(as_text).reset_index(drop=True)
    virtual = table["Virtual_Bus_Stop"] == "1"
    kept = table[~virtual]
    refuse(faults_of_ids(job, kept["Stop_Code_LBSL"], column="Stop_Code_LBSL"))
    places = kept.rename(columns={"Location_Easting": "easting", "Location_Northing": "northing"})
    placed = place_rows(job, places)
    names = kept["Stop_Name"].str.replace(TFL_SIGNS, "", regex=True).str.split().str.join(" ")
    rows = pd.DataFrame(
        {
            "source_row": kept["Stop_Code_LBSL"],
            "name": names.str.title().str.replace(r"'S\b", "'s", regex=True),
            "category": "bus_stop",
            "reason": placed.reasons,
            "geometry": placed.points,
        }
    )
    text = "Virtual stops, where nobody boards, were left out (of the whole file)."
    return hand_on(
        job,
        Gathered(
            rows,
            cautions=(*told.cautions, *counted(job, "virtual_stops", int(virtual.sum()), text)),
        ),
    )


def _is_in_use(table: pd.DataFrame) -> pd.Series:
    status = table["Status"].str.casefold().fillna("active")
    change = table["Modification"].str.casefold().fillna("")
    return status.isin(("active", "act")) & ~change.isin(("delete", "del"))


def _is_rail_replacement(table: pd.DataFrame) -> pd.Series:
    is_bus = table["StopType"].map(CATEGORIES) == "bus_stop"
    return is_bus & table["ATCOCode"].str.startswith(RAIL_AREA, na=False)


def _names(table: pd.DataFrame) -> pd.Series:
    """Names with the indicator that tells the two sides of a road apart."""
    if "Indicator" not in table:
        return table["CommonName"]
    said = table["Indicator"].notna() & ~table["Indicator"].str.fullmatch(NO_INDICATOR, na=True)
    said &= ~table["StopType"].isin(ENTRANCES)
    return table["CommonName"].where(~said, table["CommonName"] + " (" + table["Indicator"] + ")")


def _placed(job: Job, table: pd.DataFrame) -> Placed:
    """Points by easting and northing, else by longitude and latitude."""
    names = {"Easting": "easting", "Northing": "northing"}
    placed = place_rows(job, table.rename(columns=names))
    left = placed.points.isna()
    if not left.any() or "Longitude" not in table or "Latitude" not in table:
        return placed
    names = {"Longitude": "lon", "Latitude": "lat"}
    again = place_rows(job, table[left][list(names)].rename(columns=names))
    return placed._replace(
        points=again.points.reindex(table.index).where(left, placed.points),
        reasons=again.reasons.reindex(table.index).where(left, placed.reasons),
    )


def _stations(job: Job, rows: pd.DataFrame) -> tuple[pd.DataFrame, gpd.GeoDataFrame]:
    """Rows without those of entrances, and the entrances under their stations' rows."""
    gates = rows[rows["is_entrance"] & rows["geometry"].notna()].copy()
    whole = rows[~rows["is_entrance"]]
    gates["stem"] = gates["source_row"].str[4:].str.replace(r"[0-9]+$", "", regex=True)
    known = whole[whole["category"] != "bus_stop"].sort_values("source_row", ascending=False)
    stems = zip(known["category"], known["source_row"].str[4:], strict=True)
    station = dict(zip(stems, known["source_row"], strict=True))  # the first code stays
    keys = list(zip(gates["category"], gates["stem"], strict=True))
    own = gates["source_row"].str[:4] + gates["stem"]
    gates["of"] = [station.get(key, name) for key, name in zip(keys, own, strict=True)]
    lonely = gates[~gates["of"].isin(whole["source_row"])]
    made = lonely.groupby("of", sort=True).agg(
        name=("name", "first"),
        other_names=("other_names", "first"),
        category=("category", "first"),
        precision_m=("precision_m", "max"),
        reason=("reason", "first"),
        geometry=("geometry", _middle),
    )
    made.index.name = "source_row"
    stations = pd.concat([whole, made.reset_index()], ignore_index=True)
    return stations.drop(columns="is_entrance"), _numbered(job, gates)


def _middle(points: pd.Series) -> shapely.Point:
    return shapely.centroid(shapely.multipoints(points.to_list()))


def _numbered(job: Job, gates: pd.DataFrame) -> gpd.GeoDataFrame:
    """Entrances numbered within their station in the order of their codes."""
    ordered = gates.sort_values("source_row", kind="stable")
    return gpd.GeoDataFrame(
        {
            "source_row": ordered["of"].to_numpy(),
            "entrance": (ordered.groupby("of").cumcount() + 1).to_numpy(),
        },
        geometry=gpd.GeoSeries(ordered["geometry"].to_numpy(), crs=job.crs),
    )


def _said(job: Job, gone: pd.DataFrame, hail: pd.DataFrame) -> tuple[Caution, ...]:
    near = on_ground(job, hail["geometry"])
    return (
        *counted(
            job, "inactive_stops", len(gone),
            "Stops that are inactive or marked for deletion were left out (of the whole file).",
        ),
        *counted(
            job, "hail_and_ride", int(near.sum()),
            "Hail-and-ride stops are stretches of road: their points are rough.",
        ),
    )  # fmt: skip
