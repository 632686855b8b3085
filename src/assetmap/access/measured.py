"""The tables of one profile: what each origin and each area reaches, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.access.area_rows import Told, area_rows
from assetmap.access.homes import homes_of
from assetmap.access.score import standard_score, theme_score
from assetmap.access.standard import nearest_by_standard, theme_met, within_standard
from assetmap.access.summarise import share_by_area, spread
from assetmap.frames import table_of
from assetmap.frames.legs import THEME_SHARES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from assetmap.access.homes import Homes

ON_THE_MAP = ("on streets", "straight line")


class Place(NamedTuple):
    """What is measured: ORIGINS, ASSETS, STANDARDS and COVERAGE of one study."""

    origins: pd.DataFrame
    assets: pd.DataFrame
    standards: pd.DataFrame
    coverage: pd.DataFrame


class Measured(NamedTuple):
    """Origins by standards and by themes, for one profile.

    ``measured`` says whether a standard is measured at an origin: a source covers its area, and
    the origin itself is on the streets. ``theme_scores`` know nothing of weights.
    """

    nearest_min: pd.DataFrame
    within: pd.DataFrame
    measured: pd.DataFrame
    met: pd.DataFrame
    theme_scores: pd.DataFrame


def measure(costs: pd.DataFrame, snaps: pd.DataFrame, place: Place) -> Measured:
    """What each origin reaches: minutes, standards, themes and the score of each theme.

    An origin that is off the streets is not measured: it is neither near nor far.
    """
    standards = place.standards
    nearest_min = nearest_by_standard(costs, place.assets, standards)
    within = within_standard(nearest_min, standards)
    measured = measured_at(place.origins, snaps, place.coverage).reindex(
        index=nearest_min.index, columns=nearest_min.columns, fill_value=False
    )
    return Measured(
        nearest_min=nearest_min,
        within=within,
        measured=measured,
        met=theme_met(within, standards, measured),
        theme_scores=theme_score(standard_score(nearest_min, standards), standards, measured),
    )


def measured_at(origins: pd.DataFrame, snaps: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Whether each standard is measured at each origin: origins by standards, boolean.

    It is where a source covers the area and the origin met the streets (or a straight line is
    all that is asked). What COVERAGE does not name is not measured.
    """
    area_code, areas = pd.factorize(coverage["area_id"])
    standard_code, standards = pd.factorize(coverage["standard_id"], sort=True)
    covered = np.zeros((len(areas) + 1, len(standards)), dtype=np.bool_)  # the last: no area
    covered[area_code, standard_code] = coverage["measured"]
    rows = covered[pd.Index(areas).get_indexer(origins["area_id"])]
    return pd.DataFrame(
        rows & placed_at(origins, snaps)[:, None],
        index=pd.Index(origins["from_id"]),
        columns=pd.Index(standards, name="standard_id"),
    )


def placed_at(origins: pd.DataFrame, snaps: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each origin met the streets, in the order of ORIGINS."""
    there = snaps[snaps["role"] == "origin"]
    met = np.append(there["state"].isin(ON_THE_MAP), False)
    found: NDArray[np.bool_] = met[pd.Index(there["point_id"]).get_indexer(origins["from_id"])]
    return found


def minutes_table(found: Measured) -> pd.DataFrame:
    """``from_id`` and a column a standard: every origin's minutes to the nearest, always a row.

    Empty where the standard is not measured, and where none is within the cut-off.
    """
    return found.nearest_min.where(found.measured).reset_index()


def area_access(found: Measured, origins: pd.DataFrame, *, profile: str) -> pd.DataFrame:
    """AREA_ACCESS of one profile, weighted by people; every area and standard, always.

    Measures: ``nearest`` (mean minutes of those who reach one within the cut-off),
    ``nearest_p10`` and ``nearest_p90`` (minutes that a tenth and nine tenths of people do not
    exceed, over all measured origins; empty for fewer than five), ``share_within`` (share of
    people within the standard) and ``theme_met`` (share of people within any measured standard of
    a theme). Empty where not measured. ``people`` are those the value speaks of.
    """
    homes = homes_of(origins)
    told = [*_of_standards(found, homes), *_of_themes(found, homes)]
    return area_rows(homes, told, profile=profile)


def _of_standards(found: Measured, homes: Homes) -> Iterator[Told]:
    minutes, within = homes.rows(found.nearest_min), homes.rows(found.within)
    measured = homes.flags(found.measured)
    for place, name in enumerate(map(str, found.nearest_min.columns)):
        here, near = measured[:, place], minutes[:, place]
        low, high = spread(homes, near, here, qs=(0.1, 0.9))
        share, people = homes.means_and_people(within[:, place], here)
        yield Told(name, "nearest", "min", *homes.means_and_people(near, here))
        yield Told(name, "nearest_p10", "min", low, people)
        yield Told(name, "nearest_p90", "min", high, people)
        yield Told(name, "share_within", "share", share, people)


def _of_themes(found: Measured, homes: Homes) -> Iterator[Told]:
    met, everybody = homes.rows(found.met), np.ones(len(homes.people), dtype=np.bool_)
    for place, theme in enumerate(map(str, found.met.columns)):
        told = homes.means_and_people(met[:, place], everybody)
        yield Told(theme, "theme_met", "share", *told)


def theme_shares(
    found: Measured,
    origins: pd.DataFrame,
    standards: pd.DataFrame,
    *,
    stale: Collection[str],
    straight: bool,
) -> pd.DataFrame:
    """THEME_SHARES: the share of people who meet no measured standard of each theme.

    ``stale`` are the standards that rest on sources past their age alone; a theme is stale in an
    area where every standard that is measured there is.
    """
    homes = homes_of(origins)
    here = {
        str(name): homes.sums(flags.astype(np.float64)) > 0
        for name, flags in zip(found.measured.columns, homes.flags(found.measured).T, strict=True)
    }
    nowhere = np.zeros(len(homes.areas), dtype=np.bool_)
    met = homes.rows(found.met)
    shares, measured, old = [], [], []
    themes = [str(theme) for theme in found.met.columns]
    for place, theme in enumerate(themes):
        ids = list(standards.loc[standards["theme"] == theme, "standard_id"])
        told = np.logical_or.reduce([nowhere, *(here[one] for one in ids)])
        fresh = np.logical_or.reduce([nowhere, *(here[one] for one in ids if one not in stale)])
        shares.append(1 - homes.means(met[:, place], ~np.isnan(met[:, place])))
        measured.append(told)
        old.append(told & ~fresh)
    size = len(themes) * len(homes.areas)
    columns = {
        "area_id": homes.areas.take(np.tile(np.arange(len(homes.areas)), len(themes))),
        "theme": np.repeat(themes, len(homes.areas)),
        "share_failing": np.concatenate([*shares, []]),
        "measured": np.concatenate([*measured, []]),
        "stale": np.concatenate([*old, []]),
        "straight": [straight] * size,
    }
    return table_of(THEME_SHARES, columns)


def unsnapped_share(origins: pd.DataFrame, snaps: pd.DataFrame) -> pd.Series:
    """The share of each area's people whose origins are off the streets."""
    off = pd.Series(~placed_at(origins, snaps), index=pd.Index(origins["from_id"], name="from_id"))
    return share_by_area(off, origins).fillna(1.0)
