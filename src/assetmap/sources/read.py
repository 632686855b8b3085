"""The shape every reader hands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from assetmap.sources.spec import SourceSpec


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a reader is told: which files, how the study describes them, and where it works.

    Attributes
    ----------
    spec
        The source as ``study.toml`` has it.
    paths
        Its files, known to exist, in the order of ``spec.files``.
    crs
        The study's projected CRS, in which every geometry is handed on.
    within
        The study's ground with its edge buffer, in ``crs``; rows outside are not read on. None
        where a whole nation is wanted.
    lookups
        Places by source id, for rows that are placed by postcode or UPRN: tables PLACES whose
        ``place_id`` is the postcode (upper case, one space) or UPRN.
    """

    spec: SourceSpec
    paths: tuple[Path, ...]
    crs: str
    within: BaseGeometry | None = None
    lookups: Mapping[str, gpd.GeoDataFrame]


class AssetsRead(NamedTuple):
    """RAW_ASSETS, RAW_ENTRANCES, UNPLACED and RAW_HOLDINGS of one source."""

    assets: gpd.GeoDataFrame
    entrances: gpd.GeoDataFrame
    unplaced: pd.DataFrame
    holdings: pd.DataFrame
