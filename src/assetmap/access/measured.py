"""The tables of one profile: what each origin and each area reaches, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.access.score import composite, standard_score, theme_score
from assetmap.access.standard import nearest_by_standard, theme_met, within_standard
from assetmap.access.summarise import mean_by_area, quantile_by_area, share_by_area
from assetmap.frames import table_of
from assetmap.frames.legs import THEME_SHARES
from assetmap.frames.results import ACCESS, AREA_ACCESS, SCORES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from assetmap.frames import Contract

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
    the origin itself is on the streets.
    """

    nearest_min: pd.DataFrame
    within: pd.DataFrame
    measured: pd.DataFrame
    met: pd.DataFrame
    score: pd.Series


def measure(
    costs: pd.DataFrame,
    snaps: pd.DataFrame,
    place: Place,
    *,
    weights: Mapping[str, float],
    themes: Collection[str],
) -> Measured:
    """What each origin reaches: minutes, standards, themes and the composite score.

    The score is made of ``themes`` alone. An origin that is off the streets is not measured: it
    is neither near nor far.
    """
    standards = place.standards
    nearest_min = nearest_by_standard(costs, place.assets, standards)
    within = within_standard(nearest_min, standards)
    measured = measured_at(place.origins, snaps, place.coverage).reindex(
        index=nearest_min.index, columns=nearest_min.columns, fill_value=False
    )
    scores = theme_score(standard_score(nearest_min, standards), standards, measured)
    counted = scores[[theme for theme in scores.columns if theme in themes]]
    return Measured(
        nearest_min=nearest_min,
        within=within,
        measured=measured,
        met=theme_met(within, standards, measured),
        score=composite(counted, weights),
    )


def measured_at(origins: pd.DataFrame, snaps: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Whether each standard is measured at each origin: origins by standards, boolean.

    It is where a source covers the area and the origin met the streets (or a straight line is
    all that is asked). What COVERAGE does not name is not measured.
    """
    by_area = coverage.pivot_table(
        index="area_id", columns="standard_id", values="measured", aggfunc="first", fill_value=False
    )
    placed = _placed(origins, snaps)
    rows = by_area.reindex(origins["area_id"], fill_value=False).to_numpy(dtype=bool)
    return pd.DataFrame(
        rows & placed[:, None], index=pd.Index(origins["from_id"]), columns=by_area.columns
    )


def _placed(origins: pd.DataFrame, snaps: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each origin met the streets, in the order of ORIGINS."""
    states = snaps[snaps["role"] == "origin"].set_index("point_id")["state"]
    return origins["from_id"].map(states).isin(ON_THE_MAP).to_numpy(dtype=bool)


def access_table(found: Measured, *, profile: str) -> pd.DataFrame:
    """ACCESS of one profile: minutes by standard where it is measured, and the score."""
    minutes = found.nearest_min.where(found.measured).reset_index()
    long = minutes.melt("from_id", var_name="category", value_name="value")
    long = long.assign(measure="nearest")
    score = found.score.rename("value").rename_axis("from_id").reset_index()
    score = score.assign(measure="score", category="all themes")
    both = pd.concat([long, score], ignore_index=True).assign(profile=profile)
    return table_of(ACCESS, {name: both[name] for name in ACCESS.names})


def area_access(found: Measured, origins: pd.DataFrame, *, profile: str) -> pd.DataFrame:
    """AREA_ACCESS of one profile, weighted by people; every area and standard, always.

    Measures: ``nearest`` (mean minutes of those who reach one within the cut-off),
    ``nearest_p10`` and ``nearest_p90`` (minutes that a tenth and nine tenths of people do not
    exceed, over all measured origins; empty for fewer than five), ``share_within`` (share of
    people within the standard) and ``theme_met`` (share of people within any measured standard of
    a theme). Empty where not measured. ``people`` are those the value speaks of.
    """
    tables = []
    for standard_id in found.nearest_min.columns:
        here = _those(origins, found.measured[standard_id])
        minutes = found.nearest_min[standard_id]
        known = _those(here, minutes.notna())
        rows = (
            ("nearest", "min", mean_by_area(minutes, known), known),
            ("nearest_p10", "min", quantile_by_area(minutes, here, q=0.1), here),
            ("nearest_p90", "min", quantile_by_area(minutes, here, q=0.9), here),
            ("share_within", "share", share_by_area(found.within[standard_id], here), here),
        )
        tables += [_rows(str(standard_id), *row, origins=origins) for row in rows]
    for theme in found.met.columns:
        known = _those(origins, found.met[theme].notna())
        share = mean_by_area(found.met[theme], known)
        tables.append(_rows(str(theme), "theme_met", "share", share, known, origins=origins))
    whole = _stacked(tables, AREA_ACCESS).assign(profile=profile)
    return table_of(AREA_ACCESS, {name: whole[name] for name in AREA_ACCESS.names})


def _stacked(tables: list[pd.DataFrame], contract: Contract) -> pd.DataFrame:
    """Tables one under another; the contract's columns without rows where there are none."""
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=contract.names)


def _those(origins: pd.DataFrame, flags: pd.Series) -> pd.DataFrame:
    """The origins whose flag is up."""
    return origins[flags.reindex(origins["from_id"]).to_numpy(dtype=bool)]


def _rows(
    category: str,
    measure_name: str,
    unit: str,
    values: pd.Series,
    spoken_of: pd.DataFrame,
    *,
    origins: pd.DataFrame,
) -> pd.DataFrame:
    areas = pd.Index(sorted(origins["area_id"].unique()), dtype="str")
    people = spoken_of.groupby("area_id")["people"].sum().reindex(areas, fill_value=0.0)
    return pd.DataFrame(
        {
            "area_id": areas,
            "category": category,
            "measure": measure_name,
            "unit": unit,
            "value": values.reindex(areas).to_numpy(),
            "people": people.to_numpy(),
        }
    )


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
    areas = pd.Index(sorted(origins["area_id"].unique()), dtype="str")
    area_of = origins.set_index("from_id")["area_id"].reindex(found.measured.index)
    here = found.measured.groupby(area_of.to_numpy()).any().reindex(areas, fill_value=False)
    tables = []
    for theme, rows in standards.groupby("theme", sort=True):
        ids = list(rows["standard_id"])
        met = found.met[str(theme)]
        known = _those(origins, met.notna())
        fresh = [standard_id for standard_id in ids if standard_id not in stale]
        measured = here[ids].any(axis="columns")
        tables.append(
            pd.DataFrame(
                {
                    "area_id": areas,
                    "theme": str(theme),
                    "share_failing": 1 - mean_by_area(met, known).reindex(areas).to_numpy(),
                    "measured": measured.to_numpy(),
                    "stale": (measured & ~here[fresh].any(axis="columns")).to_numpy(),
                    "straight": straight,
                }
            )
        )
    whole = _stacked(tables, THEME_SHARES)
    return table_of(THEME_SHARES, {name: whole[name] for name in THEME_SHARES.names})


def area_scores(found: Measured, origins: pd.DataFrame) -> pd.DataFrame:
    """SCORES: the mean score of each study area's people, and its place among the study's people.

    ``percentile`` is the share of the study's people whose area scores the same or lower.
    """
    own = origins[origins["role"] == "study"]
    known = _those(own, found.score.notna())
    score = mean_by_area(found.score, known).reindex(sorted(own["area_id"].unique())).round(6)
    people = own.groupby("area_id")["people"].sum().reindex(score.index)
    held = score.dropna()
    weight = people.reindex(held.index).to_numpy()
    order = np.searchsorted(np.sort(held.to_numpy()), held.to_numpy(), side="right")
    cumulated = np.cumsum(weight[np.argsort(held.to_numpy(), kind="stable")])
    share = 100 * cumulated[order - 1] / weight.sum() if weight.sum() > 0 else np.nan
    percentile = pd.Series(share, index=held.index).reindex(score.index)
    return table_of(
        SCORES,
        {"area_id": score.index, "score": score.to_numpy(), "percentile": percentile.to_numpy()},
    )


def unsnapped_share(origins: pd.DataFrame, snaps: pd.DataFrame) -> pd.Series:
    """The share of each area's people whose origins are off the streets."""
    off = pd.Series(~_placed(origins, snaps), index=pd.Index(origins["from_id"], name="from_id"))
    return share_by_area(off, origins).fillna(1.0)
