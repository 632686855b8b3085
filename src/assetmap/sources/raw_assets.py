"""Rows of one source made RAW_ASSETS: cleaned, kept to the study's ground, the hidden left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from assetmap.frames import table_of
from assetmap.frames.given import RAW_ASSETS, RAW_ENTRANCES, UNPLACED, VISIBILITY
from assetmap.frames.holdings import NAMES as HELD
from assetmap.frames.holdings import RAW_HOLDINGS
from assetmap.provenance import Caution, Told
from assetmap.sources.cells import LONGEST, clean_cells
from assetmap.sources.protected import not_mapped_caution, protected_rows, read_not_mapped
from assetmap.sources.read import AssetsRead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assetmap.sources.read import Job

TEXTS = (
    "source_row", "name", "uprn", "postcode", "address", "opening_hours", "as_listed", "reason",
)  # fmt: skip
SPOKEN = ("name", "address", "other_names")
TYPES = ("given_type",)


class Gathered(NamedTuple):
    """What a reader found, before it is cleaned and held.

    Attributes
    ----------
    rows
        Columns of RAW_ASSETS and RAW_HOLDINGS by name, as far as the source has them, and a
        geometry in the study's CRS, None where a row could not be placed; further
        ``given_type`` (the register's own type), ``other_names`` (matched, never handed on),
        ``reason`` (why a row has no place) and ``is_protected``, all where the source has them.
    entrances
        ``source_row``, ``entrance`` and ``geometry`` of entrances; or None.
    cautions
        What the reader itself has to say.
    """

    rows: pd.DataFrame
    entrances: gpd.GeoDataFrame | None = None
    cautions: tuple[Caution, ...] = ()


def hand_on(job: Job, gathered: Gathered) -> Told[AssetsRead]:
    """The four tables of a source, held, and everything that must be said about them.

    Rows outside ``job.within`` are left out without a word: they are not of this study. Places
    that must not be mapped are left out and counted, among the placed and the unplaced alike.
    Text cells are cleaned. Empty input makes empty tables.

    Raises
    ------
    ContractError
        Where the rows do not keep to RAW_ASSETS, which is a fault of the reader.
    """
    given = gathered.rows
    near = given[on_ground(job, given["geometry"]) | given["geometry"].isna()]
    hidden = _hidden(near)
    open_rows = near[~hidden]
    cleaned, said = _cleaned(job, open_rows)
    nameless = _nameless(open_rows)
    cleaned.loc[nameless, "name"] = None
    placed = cleaned["geometry"].notna().to_numpy()
    assets = _assets(job, cleaned[placed])
    cautions = (
        *gathered.cautions,
        *not_mapped_caution(job.spec.id, int(hidden.sum()), int(nameless.sum())),
        *said,
        *_said_of_unplaced(job, int((~placed).sum())),
    )
    read = AssetsRead(
        assets,
        _entrances(job, gathered.entrances, assets),
        _unplaced(job, cleaned[~placed]),
        _holdings(job, cleaned[placed]),
    )
    return Told(read, tuple(caution for caution in cautions if caution.count != 0))


def counted(job: Job, code: str, count: int, text: str) -> tuple[Caution, ...]:
    """One caution of this source, or none where nothing was counted."""
    return (Caution(code=code, about=job.spec.id, text=text, count=count),) if count else ()


def on_ground(job: Job, shapes: pd.Series) -> pd.Series:
    """True where a shape meets the study's ground; False where there is none."""
    known = shapes.notna()
    if job.within is None or not known.any():
        return known
    shapely.prepare(job.within)
    near = known.to_numpy(copy=True)
    near[near] = shapely.intersects(job.within, shapes[known].to_numpy())
    return pd.Series(near, index=shapes.index)


def _hidden(rows: pd.DataFrame) -> pd.Series:
    """True for places that must not be mapped; stops lose their name instead."""
    hidden = protected_rows(rows, texts=SPOKEN, types=TYPES)
    if "is_protected" in rows:
        hidden |= rows["is_protected"].fillna(value=False).astype(bool)
    return hidden & ~_is_stop(rows)


def _nameless(rows: pd.DataFrame) -> pd.Series:
    stops = _is_stop(rows)
    return protected_rows(rows, texts=SPOKEN) & stops


def _is_stop(rows: pd.DataFrame) -> pd.Series:
    if "category" not in rows:
        return pd.Series(data=False, index=rows.index)
    return rows["category"].isin(read_not_mapped().keep_without_name)


def _cleaned(job: Job, rows: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Caution, ...]]:
    cleaned = rows.copy()
    cut = stripped = 0
    for column in [name for name in TEXTS if name in rows]:
        cleaned[column], more_cut, more_stripped = clean_cells(rows[column])
        cut += more_cut
        stripped += more_stripped
    return cleaned, (
        *counted(job, "text_cut", cut, f"Texts longer than {LONGEST} characters were cut."),
        *counted(
            job, "text_stripped", stripped,
            "Texts held invisible or direction-changing characters, which were taken out.",
        ),
    )  # fmt: skip


def _assets(job: Job, rows: pd.DataFrame) -> gpd.GeoDataFrame:
    columns: dict[str, Any] = {
        name: rows[name].to_numpy()
        for name in RAW_ASSETS.names
        if name in rows and name != "geometry"
    }
    size = len(rows)
    columns["source_id"] = [job.spec.id] * size
    columns["geometry"] = gpd.GeoSeries(rows["geometry"].to_numpy(), crs=job.crs)
    for name, value in (
        ("supply", 1.0),
        ("wheelchair", "unknown"),
        ("precision_m", 0.0),
        ("visibility", job.spec.visibility),
    ):
        columns[name] = columns.get(name, [value] * size)
    columns["visibility"] = _narrower(columns["visibility"], job.spec.visibility)
    columns["precision_m"] = np.maximum(
        np.asarray(columns["precision_m"], dtype="float64"), job.spec.precision_m
    )
    return cast("gpd.GeoDataFrame", table_of(RAW_ASSETS, columns, crs=job.crs))


def _narrower(given: Sequence[str], least: str) -> list[str]:
    """Who may see a row: as the row says, but never more people than may see the source."""
    return [max(one, least, key=VISIBILITY.index) for one in given]


def _entrances(
    job: Job, entrances: gpd.GeoDataFrame | None, assets: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Entrances of the assets that are handed on; those of hidden places go with them."""
    if entrances is None or entrances.empty:
        empty: dict[str, Any] = {name: [] for name in RAW_ENTRANCES.names}
        empty["geometry"] = gpd.GeoSeries([], crs=job.crs)
        return cast("gpd.GeoDataFrame", table_of(RAW_ENTRANCES, empty, crs=job.crs))
    kept = entrances[entrances["source_row"].isin(assets["source_row"])]
    columns: dict[str, Any] = {
        "source_id": [job.spec.id] * len(kept),
        "source_row": kept["source_row"].to_numpy(),
        "entrance": kept["entrance"].to_numpy(),
        "geometry": gpd.GeoSeries(kept.geometry.to_numpy(), crs=job.crs),
    }
    return cast("gpd.GeoDataFrame", table_of(RAW_ENTRANCES, columns, crs=job.crs))


def _holdings(job: Job, rows: pd.DataFrame) -> pd.DataFrame:
    """RAW_HOLDINGS of the rows of which something is known."""
    given = [name for name in HELD if name in rows]
    known = rows[rows[given].notna().any(axis=1)] if given else rows.iloc[:0]
    columns: dict[str, Any] = {name: known[name].to_numpy() for name in given}
    columns["source_id"] = [job.spec.id] * len(known)
    columns["source_row"] = known["source_row"].to_numpy() if len(known) else []
    return table_of(RAW_HOLDINGS, columns)


def _unplaced(job: Job, rows: pd.DataFrame) -> pd.DataFrame:
    """UNPLACED; a row that not everybody may see keeps its number and loses its name."""
    size = len(rows)
    if size and "name" in rows:
        own = pd.Series(rows.get("visibility", job.spec.visibility), index=rows.index)
        public = own.fillna("public").eq("public") & (job.spec.visibility == "public")
        rows = rows.assign(name=rows["name"].where(public))
    return table_of(
        UNPLACED,
        {
            "source_id": [job.spec.id] * size,
            "source_row": rows["source_row"].to_numpy() if size else [],
            "name": rows["name"].to_numpy() if size and "name" in rows else [None] * size,
            "reason": rows["reason"].to_numpy() if size else [],
        },
    )


def _said_of_unplaced(job: Job, count: int) -> tuple[Caution, ...]:
    text = "Rows could not be placed on the map; they are listed with the reason."
    return counted(job, "unplaced", count, text)
