"""``study.toml`` as frozen settings: what is asked, of which place, with which choices."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it at run time
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from assetmap.sources.spec import Slug, SourceSpec  # noqa: TC001 - pydantic reads it at run time
from assetmap.study.fairness import FreeSpace
from assetmap.study.frozen import Frozen, LonLat, Minutes, Share
from assetmap.study.isochrones import Isochrone  # noqa: TC001 - pydantic reads it at run time
from assetmap.study.levels import Levels
from assetmap.study.opening import Opening
from assetmap.study.publishing import Publish  # noqa: TC001 - pydantic reads it at run time
from assetmap.study.robustness import Robustness
from assetmap.study.timetable import Timetable
from assetmap.study.tour import Tour  # noqa: TC001 - pydantic reads it at run time

SCHEMA_VERSION = 1

Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Place(Frozen):
    """``[study]``: which place, on which day, in which projected CRS."""

    id: Slug
    title: str
    place: str
    authorities: tuple[str, ...] = ()
    nation: Literal["England", "Wales", "Scotland", "Northern Ireland", "elsewhere"]
    crs: str = "EPSG:27700"
    as_of: dt.date
    """The day the study speaks of: what is open then is open."""
    edge_buffer_m: float = Field(default=5000, ge=0)
    invented: bool = False
    about: str = ""
    seed: int = 20260101


class Contact(Frozen):
    """``[contact]``: who answers, printed on what is published; nothing is without it."""

    team: Written
    email: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^@\s]+@[^@\s]+$")]
    telephone: Written
    post: Written
    reply_days: int = Field(gt=0)
    sample: bool = False


class AreaSources(Frozen):
    """``[areas]``: which sources make the areas, by their ids."""

    boundaries: tuple[Slug, ...]
    geography: tuple[Slug, ...] = ()
    population: tuple[Slug, ...]
    crosswalk: Slug | None = None
    deprivation: Slug | None = None
    """None where the place has no index of deprivation: then nothing is flagged."""
    centres: Slug | None = None
    """Places, one an area: its population-weighted centre. An area is reached by the streets
    where its centre is; without them, the middle of its shape."""
    index: str | None = None
    """Edition of the index (iod2025, iod2019, iod2015, wimd2019); the layout says, if None."""
    names: Slug | None = None


class Origins(Frozen):
    """``[origins]``: places where people live, in order of preference."""

    places: tuple[Slug, ...] = ()


class Crossing(Frozen):
    """A bridge, tunnel or ferry by which walkers cross water; ends in degrees (lon, lat)."""

    name: str
    start: LonLat
    end: LonLat


class Travel(Frozen):
    """``[travel]``: how people get there."""

    mode: Literal["streets", "straight"]
    streets: Slug | None = None
    profiles: tuple[Literal["standard", "older", "pram", "wheelchair"], ...] = ("standard",)
    cut_off_min: Minutes = 45
    nearest_kept: int = Field(default=8, ge=1, le=100)
    snap_max_m: float = Field(default=250, gt=0)
    detour: float = Field(default=1.3, ge=1, le=3)
    tidal_water: bool = False
    crossings: tuple[Crossing, ...] = ()
    elevation: Slug | None = None

    @model_validator(mode="after")
    def _streets_need_a_source(self) -> Travel:
        if self.mode == "streets" and self.streets is None:
            message = "mode 'streets' needs streets = the id of a source of kind 'streets'"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _standard_leads(self) -> Travel:
        if self.profiles[:1] != ("standard",) or len(set(self.profiles)) < len(self.profiles):
            message = "profiles start with 'standard', which the test is about, and name each once"
            raise ValueError(message)
        return self


class Standards(Frozen):
    """``[standards]``: which minimum standards are tested, and changes to them."""

    use: tuple[str, ...] = ("community_hall", "library", "leisure", "green_doorstep",
                            "green_local", "bus_stop", "rail")  # fmt: skip
    thresholds: dict[str, float] = Field(default_factory=dict)
    """Standard id to metres, in place of the published distance."""
    chosen_by: str = "assetmap defaults"
    weights: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    """Theme to weight in the composite score; equal where not named. Only their proportions count:
    they need not add up to anything."""


class Green(Frozen):
    """``[green]``: named profiles of green-space tiers that are measured beside the standards."""

    profiles: tuple[str, ...] = ()
    """Of ``_data/green_profiles.toml``, as ``accessible_greenspace_2023``."""


class Curve(Frozen):
    """A decay by its name and numbers; which numbers it has, ``assetmap.access.decay`` says."""

    name: str
    zones: dict[str, float] | None = None
    """For ``step``: last minute of each zone to its weight."""
    cut_off_min: float | None = None
    beta: float | None = None
    half_life_min: float | None = None
    sigma_min: float | None = None
    median_min: float | None = None
    b: float | None = None
    mean_min: float | None = None
    sd_min: float | None = None


class Measure(Frozen):
    """``[[measure]]``: a measure asked for beside the nearest and the standards."""

    name: str
    standards: tuple[str, ...] = ()
    """For whose assets; where none is named, those of places with a limited capacity."""
    decay: Curve | None = None
    k: float | None = None
    cut_off_min: float | None = None
    from_min: float | None = None
    to_min: float | None = None
    beta: float | None = None
    alpha: float | None = None
    delta: float | None = None
    tau_min: float | None = None


E2SFCA = Measure(
    name="two_step", decay=Curve(name="step", zones={"5": 1.0, "10": 0.68, "15": 0.22})
)
"""Without choices: zones of 5, 10 and 15 minutes' walk with the slow weights of Luo and Qi 2009."""


class Rules(Frozen):
    """``[rules]``: the cut-offs of the three-leg test."""

    basis: str = "without_access"
    """imd, without_access, income, employment or a single domain of the index."""
    leads: Literal["nation", "authority", "named"] = "nation"
    themes: tuple[str, ...] = ("community", "leisure", "green", "transport")
    need_deciles: int = Field(default=2, ge=1, le=10)
    region_deciles: int = Field(default=2, ge=1, le=10)
    local_deciles: int = Field(default=2, ge=1, le=10)
    """The most deprived tenths of the authority, or of the named authorities."""
    named: tuple[str, ...] = ()
    """Authorities of a reference set of the study's own choosing."""
    share_failing: Share = 0.5
    themes_share: Share = 0.5
    """The share of measured themes that must be failed, rounded up."""
    themes_least: int = Field(default=2, ge=2, le=100)
    """And never fewer than these."""
    relative_share: Share = 0.2
    relative_beyond: Share = 0.25
    benefit_min: float = Field(default=1, gt=0)
    benefit_clear_times: float = Field(default=2, ge=1)
    """How many times ``benefit_min`` a benefit must be to be no longer marginal."""
    unsnapped_share: Share = 0.2
    chosen_by: str = "assetmap defaults"

    @model_validator(mode="after")
    def _named_need_names(self) -> Rules:
        if self.leads == "named" and not self.named:
            message = "leads = 'named' needs named = the codes of authorities"
            raise ValueError(message)
        return self


class Settings(Frozen):
    """A whole ``study.toml``."""

    schema_version: Literal[1]
    study: Place
    contact: Contact
    areas: AreaSources
    origins: Origins = Origins()
    travel: Travel
    standards: Standards = Standards()
    green: Green = Green()
    measure: tuple[Measure, ...] = (E2SFCA,)
    opening: Opening = Opening()
    timetable: Timetable = Timetable()
    isochrone: tuple[Isochrone, ...] = ()
    rules: Rules = Rules()
    robustness: Robustness = Robustness()
    fairness: FreeSpace = FreeSpace()
    levels: Levels = Levels()
    publish: Publish
    tour: Tour | None = None
    source: tuple[SourceSpec, ...]

    def of(self, source_id: str) -> SourceSpec:
        """The source with this id; settings were checked, so it is there."""
        return next(source for source in self.source if source.id == source_id)

    def of_kind(self, *kinds: str) -> tuple[SourceSpec, ...]:
        """All sources of these kinds, in the file's order."""
        return tuple(source for source in self.source if source.kind in kinds)
