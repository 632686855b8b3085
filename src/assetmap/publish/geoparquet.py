"""Layers as GeoParquet 1.1, for analysis: one file a layer, in the study's projected CRS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.publish.atomic import whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.vectors import Vector

VERSION = "1.1.0"


def write_geoparquet(vector: Vector, path: Path) -> None:
    """One layer with its ``geo`` metadata: WKB, the CRS as PROJJSON, kinds of shape, bounds."""
    with whole_file(path) as draft:
        vector.shapes.to_parquet(draft, index=False, compression="zstd", schema_version=VERSION)
