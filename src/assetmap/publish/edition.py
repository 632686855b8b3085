"""What the writers are given: the facts of a study and its tables, as one frozen thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from assetmap.publish.plain import shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Hashable, Mapping

    import geopandas as gpd
    import pandas as pd

    from assetmap.frames import Contract
    from assetmap.provenance import Source
    from assetmap.publish.earlier import Since
    from assetmap.publish.tour_stops import Tour
    from assetmap.publish.translation import Translation

STUDY = "study"
PAGE_AREAS = 1_500
"""Areas that a page tells of unless a study says otherwise: at about 2 kB each in its table, its
lists, its search and its map, as many as 3 MB hold; and as many shapes as a phone still draws."""
MOST_NAMED = 12
"""Authorities that a sentence can name."""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who answers; ``sample`` where the study ships with a made-up one."""

    team: str
    email: str
    telephone: str
    post: str
    reply_days: int
    sample: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the study says of itself.

    Attributes
    ----------
    authorities
        Names of the study's own authorities; their published order.
    as_of
        The day the study speaks of.
    run
        The run's id: its fingerprint.
    method
        ``straight line`` makes every figure an estimate, on every page.
    detour
        By how much a straight line is lengthened; read only where there are no streets.
    licence
        Under which the study's own figures leave, where no source asks for another.
    share_measure, nearest_measure
        Names in AREA_ACCESS of the share of people within a standard (its category is a
        ``standard_id``, its unit ``share`` of 1 or ``%``) and of the minutes to the nearest.
    place_pages
        Whether each neighbourhood has a page of its own.
    page_areas
        As many areas as a page tells of; a study with more is split by authority.
    among
        With whom places are compared, where that is more than the study's own authorities.
    base_url
        Where the pages will be found, ending with ``/``; empty where nobody knows yet.
    adopted_by
        Who adopted the accessibility statement, and when; empty while it is a draft.
    profile
        The walking profile that the page tells of.
    """

    title: str
    place: str
    nation: str
    authorities: tuple[str, ...]
    invented: bool
    version: str
    seed: int
    as_of: dt.date
    run: str
    method: Literal["streets", "straight line"]
    detour: float = 1.3
    walk_m_min: float = 80
    about: str = ""
    contact: Contact | None = None
    review_by: dt.date | None = None
    place_pages: bool = True
    page_areas: int = PAGE_AREAS
    among: str = ""
    base_url: str = ""
    adopted_by: str = ""
    licence: str = "Open Government Licence v3.0"
    share_measure: str = "share_within"
    nearest_measure: str = "nearest"
    profile: str = "standard"

    @property
    def straight(self) -> bool:
        """Whether every distance is an estimate."""
        return self.method == "straight line"

    @property
    def named(self) -> tuple[str, ...]:
        """The study's authorities by name; its place where it names none, or too many to read."""
        return self.authorities if 0 < len(self.authorities) <= MOST_NAMED else (self.place,)

    @property
    def compared(self) -> tuple[str, ...]:
        """Where the places are with which each is compared: the study's own, or all of more."""
        return (self.among,) if self.among else self.named


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Everything that is published of one run; each table held to its contract in ``frames``.

    Attributes
    ----------
    areas
        AREAS, study and edge; the page and the files report the study's own only.
    deprivation
        DEPRIVATION as published, of these areas; its domain ``imd`` gives ``decile``.
    assets, schemes
        ASSETS and SCHEMES; only assets of public visibility leave.
    themes
        Theme to its plain name; categories to theirs, one and many.
    membership
        GEOGRAPHY: the ward, authority and so on of each area.
    vintages
        Level to the date of the geography that gives it, as its publisher says it.
    population
        POPULATION: who lives in each area, by group.
    postcodes
        ``postcode`` and ``area_id``, where a source of postcodes is loaded.
    street_names
        ``street`` and ``area_id``: each street's name with the areas that it runs through.
    water
        Tidal water that the study walks round, in the CRS of ``areas``.
    backdrop
        BACKDROP in the CRS of ``areas``: what the map is drawn on.
    words
        The study's own public words, by ``section.key`` of ``_data/words.toml``.
    translations
        The public words of each further language that it is published in, in order.
    lineage
        How every table came to be, as it goes into ``lineage.json``.
    more
        Officers' tables of single topics, by file name, each with its contract.
    asked
        Measure that the study names to its name and settings in METHODS; no other.
    green_tiers
        STANDARDS of the green-space profiles that it asks for; None where it asks for none.
    ground_within
        GROUND_WITHIN; None where the study asks for no isochrone.
    since
        An earlier edition beside this one; None where the study names none.
    tour
        Its guided tour; None where it has none.
    open_times, open_at
        MOMENTS and OPEN_AT; None where the study asks for no time.
    made_from
        Ids of the sources behind each table, by its name in the files; a table that is not named
        is taken to rest on all of them.
    """

    facts: Facts
    areas: gpd.GeoDataFrame
    deprivation: pd.DataFrame
    assets: gpd.GeoDataFrame
    schemes: gpd.GeoDataFrame
    area_access: pd.DataFrame
    need: pd.DataFrame
    findings: pd.DataFrame
    scores: pd.DataFrame
    coverage: pd.DataFrame
    standards: pd.DataFrame
    methods: pd.DataFrame
    cautions: pd.DataFrame
    sources: tuple[Source, ...]
    themes: Mapping[str, str]
    categories: Mapping[str, tuple[str, str]]
    unplaced: pd.DataFrame | None = None
    membership: pd.DataFrame | None = None
    vintages: Mapping[str, str] = field(default_factory=dict)
    population: pd.DataFrame | None = None
    postcodes: pd.DataFrame | None = None
    street_names: pd.DataFrame | None = None
    water: gpd.GeoSeries | None = None
    backdrop: gpd.GeoDataFrame | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    translations: tuple[Translation, ...] = ()
    tour: Tour | None = None
    since: Since | None = None
    lineage: Mapping[str, object] = field(default_factory=dict)
    more: Mapping[str, tuple[Contract, pd.DataFrame]] = field(default_factory=dict)
    made_from: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    green_tiers: pd.DataFrame | None = None
    ground_within: gpd.GeoDataFrame | None = None
    open_times: pd.DataFrame | None = None
    open_at: pd.DataFrame | None = None

    @cached_property
    def own(self) -> gpd.GeoDataFrame:
        """The study's own areas, in order of their codes."""
        return self.areas[self.areas["role"] == STUDY].sort_values("area_id")

    @cached_property
    def public_assets(self) -> gpd.GeoDataFrame:
        """Assets that everybody may see, in order of their ids."""
        return self.assets[self.assets["visibility"] == "public"].sort_values("to_id")

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Each standard's plain name, in the order of their themes."""
        named = (self.standards[name] for name in ("theme", "standard_id", "label"))
        return {str(key): shown(label) for _, key, label in sorted(zip(*named, strict=True))}

    @cached_property
    def measured(self) -> frozenset[tuple[str, str]]:
        """Each own or neighbouring area with each standard that is measured in it."""
        rows = self.coverage[self.coverage["measured"]]
        return frozenset(zip(rows["area_id"], rows["standard_id"], strict=True))

    @cached_property
    def own_access(self) -> pd.DataFrame:
        """The rows of AREA_ACCESS that speak of the study's own areas."""
        return self.of_own(self.area_access)

    @cached_property
    def _access_at(self) -> Mapping[Hashable, Any]:
        """Where each measure and profile is in :attr:`own_access`."""
        return self.own_access.groupby(["measure", "profile"]).indices

    def access_by(self, measure: str, profile: str | None = None) -> pd.DataFrame:
        """The rows of :attr:`own_access` by one measure and profile.

        By the profile that the page tells of, where none is named.
        """
        at = self._access_at.get((measure, profile or self.facts.profile))
        return self.own_access.iloc[:0] if at is None else self.own_access.iloc[at]

    def of_own(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of a table that speak of the study's own areas."""
        return table[table["area_id"].isin(self.own["area_id"])]
