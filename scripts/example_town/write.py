"""The files, written so that the same drawing always gives the same bytes."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pyogrio

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

EPOCH = (2026, 1, 1, 0, 0, 0)
CHANGED = "2026-01-01T00:00:00.000Z"
READABLE = 0o644 << 16


def write_csv(table: pd.DataFrame, path: Path, *, bom: bool = False) -> None:
    """A CSV in UTF-8 with plain line ends, with the mark some publishers put first."""
    text = table.to_csv(index=False, lineterminator="\n")
    path.write_bytes(text.encode("utf-8-sig" if bom else "utf-8"))


def write_json(content: dict[str, Any], path: Path) -> None:
    """GeoJSON, one feature a line."""
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in content["features"])
    kind = json.dumps(content["type"])
    path.write_bytes(f'{{"type": {kind}, "features": [\n{lines}\n]}}\n'.encode())


def write_zip(tables: dict[str, pd.DataFrame], path: Path) -> None:
    """A zip of CSVs whose members all bear the same day."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, table in tables.items():
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, READABLE
            archive.writestr(member, table.to_csv(index=False, lineterminator="\n"))


def write_layers(layers: dict[str, gpd.GeoDataFrame], path: Path, *, geometry: str) -> None:
    """A GeoPackage whose date of change is fixed."""
    path.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": CHANGED})
    for name, layer in layers.items():
        pyogrio.write_dataframe(
            layer,
            path,
            layer=name,
            driver="GPKG",
            append=path.exists(),
            layer_options={"GEOMETRY_NAME": geometry, "SPATIAL_INDEX": "NO", "FID": "fid_"},
        )
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
