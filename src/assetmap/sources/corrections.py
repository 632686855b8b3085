"""``corrections.toml``: what people put right, who told, when, on what evidence, who decided."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it at run time
import hashlib
import re
import tomllib
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from shapely import Point

from assetmap.errors import Fault, ReadError
from assetmap.frames.corrections import GIVEN_CORRECTIONS
from assetmap.frames.hold import table_of
from assetmap.provenance import Source
from assetmap.sources.protected import is_protected_name

if TYPE_CHECKING:
    from pathlib import Path

FILE = "corrections.toml"
SOURCE_ID = "corrections.toml"
"""No source of a study can have this id: a dot is not allowed there."""

LONLAT = "EPSG:4326"

_REACHED = re.compile(r"\S@\S|\d(?:[\s()-]?\d){8}")
"""An e-mail address, or nine digits and more as a telephone number has them."""

_WHO = re.compile(rb"(?m)^([ \t]*who[ \t]*=[ \t]*).*$")


class Correction(BaseModel):
    """One ``[[correction]]``.

    ``asset`` is the id that a run gives (``tables/assets.csv``), for what is closed, moved or
    renamed; ``at`` is longitude and latitude, for what is moved or added.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    deed: Literal["close", "move", "add", "rename"]
    asset: str | None = None
    name: str | None = Field(default=None, min_length=1)
    category: str | None = None
    address: str | None = None
    at: tuple[float, float] | None = None
    as_of: dt.date
    who: str = Field(min_length=1)
    role: Literal["resident", "officer", "organisation"] = "resident"
    evidence: str = Field(min_length=1)
    decided_by: str = Field(min_length=1)

    @model_validator(mode="after")
    def _whole_and_fit_to_publish(self) -> Correction:
        needs = {"close": ("asset",), "move": ("asset", "at"), "rename": ("asset", "name"),
                 "add": ("name", "category", "at")}[self.deed]  # fmt: skip
        missing = [name for name in needs if getattr(self, name) is None]
        if missing:
            message = f"to {self.deed} needs {' and '.join(missing)}"
            raise ValueError(message)
        if self.at is not None and not (-180 <= self.at[0] <= 180 and -90 <= self.at[1] <= 90):  # noqa: PLR2004 - degrees
            message = "at is longitude, then latitude, in degrees"
            raise ValueError(message)
        if _REACHED.search(f"{self.evidence} {self.decided_by} {self.name} {self.address}"):
            message = "what is published holds no e-mail address and no telephone number"
            raise ValueError(message)
        if self.who.casefold() in f"{self.evidence} {self.decided_by}".casefold():
            message = "evidence and decided_by are published: leave out who told"
            raise ValueError(message)
        if self.name is not None and is_protected_name(self.name, category=self.category):
            message = "a place that must not be mapped"
            raise ValueError(message)
        return self


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1]
    correction: tuple[Correction, ...] = ()


def read_corrections(path: Path, *, crs: str) -> gpd.GeoDataFrame:
    """GIVEN_CORRECTIONS of the file, numbered in its order, positions in ``crs``.

    Who told stays in the file: of them only the role is read.

    Raises
    ------
    ReadError
        With every fault: not TOML, unknown keys, what a deed needs and is not there, a place that
        must not be mapped.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadError(Fault(what=f"not TOML: {error}", where=FILE)) from error
    try:
        held = _File.model_validate(given)
    except ValidationError as error:
        raise ReadError([_fault(dict(one)) for one in error.errors()]) from None
    rows = [_row(number, one) for number, one in enumerate(held.correction, start=1)]
    columns = {name: [row[name] for row in rows] for name in GIVEN_CORRECTIONS.names}
    columns["geometry"] = gpd.GeoSeries(columns["geometry"], crs=LONLAT).to_crs(crs)
    return gpd.GeoDataFrame(table_of(GIVEN_CORRECTIONS, columns, crs=crs))


def weighed_corrections(path: Path, *, day: dt.date) -> Source:
    """The file as lineage tells it; the hash is of :func:`nameless`, which a reviewer can check."""
    weight = nameless(path.read_bytes())
    return Source(
        id=SOURCE_ID,
        kind="corrections",
        publisher="This study",
        title="Corrections of the register",
        address="",
        licence="As the study's own",
        attribution="",
        vintage=day.isoformat(),
        file=path.name,
        sha256=hashlib.sha256(weight).hexdigest(),
        bytes=len(weight),
    )


def nameless(text: bytes) -> bytes:
    """The file with every ``who`` withheld, as it may be given to an outside reviewer."""
    return _WHO.sub(rb'\1"withheld"', text)


def _row(number: int, one: Correction) -> dict[str, Any]:
    told = one.model_dump(exclude={"asset", "at", "as_of", "who"})
    return told | {
        "number": number,
        "to_id": one.asset,
        "as_of": one.as_of.isoformat(),
        "geometry": Point(one.at) if one.at else None,
    }


def _fault(error: dict[str, Any]) -> Fault:
    """One fault in the words of whoever wrote the file: which correction, which key."""
    place = list(error["loc"])
    if len(place) > 1 and place[0] == "correction":
        place[:2] = [f"correction {place[1] + 1}"]
    said = str(error["msg"]).removeprefix("Value error, ")
    return Fault(what=f"{'.'.join(map(str, place))}: {said}", where=FILE)
