"""What a contract is: plain data, so that code, tests and data dictionaries can all read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "int", "float", "bool", "point", "polygon", "shape"]

GEOMETRIES: dict[str, tuple[str, ...]] = {
    "point": ("Point",),
    "polygon": ("Polygon", "MultiPolygon"),
    "shape": (
        "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: its kind, unit, bounds and decimals, and what it says.

    ``low`` and ``high`` are inclusive. ``decimals`` is where a float is rounded as the table
    changes hands; thresholds are decided on the rounded value. A nullable column may be empty;
    an empty cell means *not known*, never zero.
    """

    name: str
    kind: Kind
    says: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    decimals: int | None = None
    choices: tuple[str, ...] = ()
    nullable: bool = False


@dataclass(frozen=True)
class Contract:
    """A table's name, key and columns. Column order here is column order in the file."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    says: str

    @property
    def names(self) -> tuple[str, ...]:
        """Column names, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def geometry(self) -> Column | None:
        """The geometry column, or None for a plain table."""
        found = [column for column in self.columns if column.kind in GEOMETRIES]
        return found[0] if found else None
