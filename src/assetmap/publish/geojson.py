"""Layers as GeoJSON: RFC 7946, degrees with six decimals, outer rings anticlockwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from assetmap.publish.atomic import whole_file
from assetmap.publish.plain import known
from assetmap.publish.shapes import feature, lonlat

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from assetmap.frames import Column
    from assetmap.publish.vectors import Vector

DECIMALS = 6
"""Of a degree: 11 cm on the ground, as RFC 7946 section 11.2 advises."""


def write_geojson(vector: Vector, path: Path, *, about: Mapping[str, object]) -> None:
    """One layer as a FeatureCollection, a feature a line; ``about`` are members beside it.

    An unknown value is null. Positions are WGS 84 longitude and latitude; the file names no CRS,
    as the standard asks.
    """
    turned = lonlat(vector.shapes.geometry, decimals=DECIMALS)
    rows = vector.shapes.drop(columns="geometry").to_dict("records")
    lines = [
        _text(feature(shape, **{c.name: _value(row[c.name], c) for c in vector.sheet.columns}))
        for shape, row in zip(turned, rows, strict=True)
    ]
    head = _text({"type": "FeatureCollection", "name": vector.name, **about})
    features = ",\n".join(lines)
    with whole_file(path) as draft:
        draft.write_text(
            f'{head[:-1]}, "features": [\n{features}\n]}}\n', encoding="utf-8", newline="\n"
        )


def _value(value: object, column: Column) -> object:
    if not known(value):
        return None
    if column.kind == "text":
        return str(value) or None
    if column.kind == "bool":
        return bool(value)
    number = float(value)  # type: ignore[arg-type]
    return int(number) if number.is_integer() else number


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
