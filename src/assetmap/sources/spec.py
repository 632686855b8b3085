"""What ``study.toml`` says of a source: who published it, what it is, and how it is read."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it at run time
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]

Kind = Literal[
    "boundaries", "geography", "crosswalk", "deprivation", "population", "places", "assets",
    "streets", "buildings", "schemes", "elevation", "names", "timetable", "stop_routes",
]  # fmt: skip


class Covers(BaseModel):
    """The ground a source covers. Exactly one way of saying it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    everywhere: bool = False
    authorities: tuple[str, ...] = ()
    bbox: tuple[float, float, float, float] | None = None
    """West, south, east, north in degrees."""


class SourceSpec(BaseModel):
    """One ``[[source]]`` of ``study.toml``.

    ``file`` may be one path or several, relative to the study's own folder or, where it is not
    there, to the data folder. ``columns`` maps our column names to the publisher's; ``where``
    keeps only rows whose column holds one of the values (a value that ends in ``*`` matches a
    prefix, one wrapped in ``*`` matches inside); ``categories`` maps the publisher's values of
    ``columns.category`` to ours.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    kind: Kind
    layout: str = "mapped"
    file: str | tuple[str, ...]
    layer: str | None = None
    publisher: str
    title: str
    address: str
    licence: str
    attribution: str
    vintage: str
    dated: dt.date | None = None
    """The day the data speak of, for their age."""
    max_age_years: float | None = Field(default=None, gt=0)
    format: str
    notes: str = ""
    covers: Covers | None = None
    crs: str | None = None
    """CRS of a file that does not state one, or of its coordinate columns."""
    columns: dict[str, str] = {}
    where: dict[str, tuple[str, ...]] = {}
    level: str | None = None
    """For a geography: the level it describes (region, authority, ward ...)."""
    fit: Literal["exact", "best fit", "by position"] = "exact"
    """For a geography: how areas fit into its units; with the layout ``polygons``, which draws
    them, always by position."""
    group: str | None = None
    """For a population: the kind of grouping (all, age, disability, tenure ...)."""
    category: str | None = None
    categories: dict[str, str] = {}
    visibility: Literal["public", "officer", "restricted"] = "public"
    precision_m: float = Field(default=0, ge=0)
    stage: Literal["allocated", "consented", "funded", "on site", "open"] | None = None
    scheme_kind: str = "scheme"
    """For schemes: their kind. ``layout`` is ``mapped`` (``columns`` says which is which),
    ``brownfield_land`` (a council's register) or ``planning_data`` (planning.data.gov.uk)."""
    id_pattern: str | None = None
    """For schemes: a regular expression with one group that takes the id out of the column
    ``columns.scheme_id``; rows of one id (phases of a site) are then one scheme."""
    postcodes: Slug | None = None
    """For a register placed by postcode: the id of the ``places`` source to look it up in."""
    uprns: Slug | None = None
    """For a register placed by UPRN: the id of the ``places`` source to look it up in."""
    rank: int = Field(default=50, ge=0, le=100)
    """Precedence when sources list the same asset: lower leads. Council register 10, official
    register 30, OpenStreetMap 60, submission 80."""

    @property
    def draws_units(self) -> bool:
        """Whether it is a geography that draws its units, and does not list their areas."""
        return self.kind == "geography" and self.layout == "polygons"

    @property
    def files(self) -> tuple[str, ...]:
        """The file or files, as a tuple."""
        return (self.file,) if isinstance(self.file, str) else self.file
