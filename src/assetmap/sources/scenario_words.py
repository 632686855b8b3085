"""The words of a scenario file, as frozen models: unknown ones are faults."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it at run time
from typing import Literal

from pydantic import Field, model_validator

from assetmap.sources.scenario_held import HeldWords, RuleWords, Words
from assetmap.sources.spec import Slug  # noqa: TC001 - pydantic reads it at run time

LonLat = tuple[float, float]
NEEDS = {
    "add": ("category", "a place"),
    "remove": ("asset",),
    "move": ("asset", "a place"),
    "change": ("asset",),
    "link": ("two points or more",),
    "close": ("two points or more",),
    "homes": ("dwellings", "household_size", "a place"),
}
LEAST_OF_A_LINE = 2


class EditWords(HeldWords):
    """One edit. Places are longitude and latitude, or a site of the study's schemes."""

    kind: Literal["add", "remove", "move", "change", "link", "close", "homes"]
    asset: str | None = None
    category: Slug | None = None
    name: str | None = None
    supply: float | None = None
    opening_hours: str | None = None
    wheelchair: Literal["yes", "limited", "no", "unknown"] | None = None
    dwellings: float | tuple[float, float] | None = None
    household_size: float | None = Field(default=None, gt=0, le=20)
    capital: float | None = Field(default=None, ge=0)
    opens: dt.date | None = None
    until: dt.date | None = None
    at: LonLat | None = None
    site: str | None = None
    along: tuple[LonLat, ...] = ()
    entrances: tuple[LonLat, ...] = ()

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> EditWords:
        has = {
            "category": self.category is not None,
            "asset": self.asset is not None,
            "a place": self.at is not None or self.site is not None,
            "two points or more": len(self.along) >= LEAST_OF_A_LINE,
            "dwellings": self.dwellings is not None or self.site is not None,
            "household_size": self.household_size is not None,
        }
        missing = [need for need in NEEDS[self.kind] if not has[need]]
        if missing:
            message = f"an edit of kind '{self.kind}' needs {' and '.join(missing)}"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _means_something(self) -> EditWords:
        if self.supply is not None and self.supply <= 0:
            message = f"a supply of {self.supply:g}: to close a place, remove it"
            raise ValueError(message)
        if self.dwellings is not None and not 0 < self.homes[0] <= self.homes[1]:
            message = "dwellings are one number above 0, or the fewest and the most"
            raise ValueError(message)
        if self.opens and self.until and self.until < self.opens:
            message = f"it ends on {self.until}, before it opens on {self.opens}"
            raise ValueError(message)
        changed = (self.supply, self.opening_hours, self.wheelchair, self.name)
        if self.kind == "change" and not self.entrances and changed == (None,) * len(changed):
            message = "an edit of kind 'change' that changes nothing"
            raise ValueError(message)
        if self.kind != "add" and (self.held or self.ruled_out):
            told = ", ".join([*self.held, *["ruled_out"] * bool(self.ruled_out)])
            message = f"{told}: said of what is added alone, not of an edit of kind '{self.kind}'"
            raise ValueError(message)
        return self

    @property
    def homes(self) -> tuple[float, float]:
        """The fewest and the most net homes; only where they are given."""
        given = self.dwellings or 0.0
        return given if isinstance(given, tuple) else (given, given)


class MoneyWords(Words):
    """``[money]``: what it costs, and who says so."""

    capital: float | None = Field(default=None, ge=0)
    yearly: float | None = None
    low: float | None = Field(default=None, ge=0)
    high: float | None = Field(default=None, ge=0)
    price_year: int = Field(ge=1990, le=2100)
    source: str
    currency: str = "£"


class ScenarioWords(Words):
    """A whole scenario file."""

    schema_version: Literal[1]
    id: Slug
    name: str
    decision: str = ""
    status: str = "proposed"
    about: str = ""
    author: str = ""
    funded: bool = False
    mitigation: str = ""
    money: MoneyWords | None = None
    facts: dict[str, str] = Field(default_factory=dict)
    use: dict[str, str] = Field(default_factory=dict)
    said: dict[str, str] = Field(default_factory=dict)
    rules: RuleWords = RuleWords()
    edit: tuple[EditWords, ...] = Field(min_length=1)
