"""Leg 3, benefit by outcome: minutes saved by what schemes deliver, never a red line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.errors import Fault, MethodError
from assetmap.findings.left_behind import benefit_state
from assetmap.frames import table_of
from assetmap.frames.legs import BENEFIT
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from assetmap.findings.rules import Rules

DATED_STAGES = ("funded", "on site")


def is_firm(schemes: pd.DataFrame) -> pd.Series:
    """Whether what each scheme delivers counts: open, or funded (or on site) with a date.

    Allocated and consented schemes never count, whatever date they give.
    """
    dated = schemes["opens"].fillna("").str.strip().ne("")
    firm: pd.Series = schemes["stage"].eq("open") | (schemes["stage"].isin(DATED_STAGES) & dated)
    return firm.rename("firm")


def delivers(schemes: pd.DataFrame) -> pd.Series:
    """Whether each scheme names public assets that it brings."""
    return schemes["delivers"].fillna("").str.strip().ne("")


def minutes_saved(before: pd.DataFrame, after: pd.DataFrame, *, cut_off_min: float) -> pd.Series:
    """The most minutes that people of an area save on one theme; never less than zero.

    ΔA = before - after of the nearest minutes, the greatest over themes that both tables hold.
    Out of reach (empty) counts as the cut-off: what is saved is at least that much. A theme
    that is empty in both saves nothing.

    Parameters
    ----------
    before, after
        Nearest minutes, weighted by people: ``area_id``, ``theme``, ``nearest_min``.
    cut_off_min
        How far was searched.

    Raises
    ------
    MethodError
        Where the two tables do not speak of the same areas and themes.
    """
    keys = ["area_id", "theme"]
    joined = before.merge(after, on=keys, how="outer", validate="1:1", suffixes=("_0", "_1"),
                          indicator=True)  # fmt: skip
    if joined["_merge"].ne("both").any():
        what = f"{int(joined['_merge'].ne('both').sum())} areas and themes are in one table only"
        raise MethodError(Fault(what=what, attempt="measure before and after alike"))
    minutes = joined[["nearest_min_0", "nearest_min_1"]].fillna(cut_off_min).clip(upper=cut_off_min)
    saved = minutes["nearest_min_0"] - minutes["nearest_min_1"]
    return saved.clip(lower=0).groupby(joined["area_id"]).max().rename("minutes_saved")


def benefit_of_schemes(
    areas: pd.DataFrame,
    schemes: pd.DataFrame | None,
    *,
    saved: tuple[pd.Series, pd.Series] | None,
    origins: pd.DataFrame | None,
    reach_m: float,
    rules: Rules,
) -> Told[pd.DataFrame]:
    """BENEFIT of the study's own areas, decided by minutes saved.

    ``unknown`` everywhere without schemes, or where no scheme names what it delivers; and for
    an area within ``reach_m`` of a scheme that names nothing, unless others bring it a benefit.
    Boundaries only say who lives inside: context, never a benefit.

    Parameters
    ----------
    areas
        AREAS with geometry.
    schemes
        SCHEMES in the same CRS, or None.
    saved
        Minutes saved by area (:func:`minutes_saved`): by firm schemes alone (:func:`is_firm`),
        and by all that deliver. None where nothing was measured: then unknown.
    origins
        ORIGINS, for the share of people inside boundaries; None leaves it empty.
    reach_m
        How far a scheme that names nothing might serve: the longest distance of the standards.
    rules
        ε and what counts as marginal.
    """
    own = areas[areas["role"] == "study"].set_index("area_id").sort_index()
    if schemes is None or schemes.empty:
        return Told(_unknown(own.index), (_caution_none(len(own)),))
    silent = schemes[~delivers(schemes)]
    table = pd.DataFrame({"minutes_saved": np.nan, "expected_min": np.nan}, index=own.index)
    if saved is not None and len(silent) < len(schemes):
        table["minutes_saved"] = saved[0].reindex(own.index)
        table["expected_min"] = saved[1].reindex(own.index)
    table["near_silent"] = _near(own, silent, reach_m)
    table["state"] = settled_state(
        table["minutes_saved"].to_numpy(np.float64),
        table["expected_min"].to_numpy(np.float64),
        near_silent=table["near_silent"].to_numpy(),
        rules=rules,
    )
    table["share_inside"] = _share_inside(own.index, schemes, origins)
    homes = schemes[schemes["removes"].fillna("").str.split(";").apply(_has_homes)]
    table["directly_affected"] = overlaps(own, homes)
    held = table_of(BENEFIT, _columns(table))
    cautions = _cautions(held, schemes, silent)
    if saved is None and len(silent) < len(schemes):
        text = "What the schemes deliver was not measured here: their benefit is unknown."
        cautions += (Caution(code="benefit_unmeasured", about="benefit", text=text),)
    return Told(held, cautions)


def settled_state(
    saved_min: NDArray[np.float64],
    expected_min: NDArray[np.float64],
    *,
    near_silent: NDArray[np.bool_],
    rules: Rules,
) -> NDArray[np.str_]:
    """The state of the benefit from minutes saved, as arrays.

    Near a scheme that names nothing, too little saved is ``unknown`` and not ``no``.
    """
    state = benefit_state(saved_min, expected_min, rules=rules)
    return np.where(near_silent & np.isin(state, ("no", "expected")), "unknown", state)


def _columns(table: pd.DataFrame) -> dict[str, pd.Series]:
    whole = table.rename_axis("area_id").reset_index()
    return {name: whole[name] for name in BENEFIT.names}


def _unknown(ids: pd.Index) -> pd.DataFrame:
    states = ["unknown"] * len(ids)
    return table_of(
        BENEFIT,
        {
            "area_id": ids,
            "state": states,
            "near_silent": [False] * len(ids),
            "directly_affected": [False] * len(ids),
        },
    )


def _has_homes(removes: list[str]) -> bool:
    return any(part.strip().casefold() == "homes" for part in removes)


def _near(own: gpd.GeoDataFrame, schemes: gpd.GeoDataFrame, reach_m: float) -> NDArray[np.bool_]:
    """Areas within reach of any of the schemes, as the crow flies."""
    if schemes.empty:
        return np.zeros(len(own), dtype=bool)
    at, _ = schemes.sindex.query(own.geometry, predicate="dwithin", distance=reach_m)
    near = np.zeros(len(own), dtype=bool)
    near[at] = True
    return near


def overlaps(own: gpd.GeoDataFrame, schemes: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Areas that share ground with any of the schemes; a common border is not enough."""
    if schemes.empty:
        return np.zeros(len(own), dtype=bool)
    at, _ = schemes.sindex.query(own.geometry, predicate="intersects")
    touching, _ = schemes.sindex.query(own.geometry, predicate="touches")
    hits = np.bincount(at, minlength=len(own)) - np.bincount(touching, minlength=len(own))
    shared: NDArray[np.bool_] = hits > 0
    return shared


def _share_inside(
    ids: pd.Index, schemes: gpd.GeoDataFrame, origins: gpd.GeoDataFrame | None
) -> pd.Series:
    """Share of each area's people whose place lies in a scheme's boundary."""
    if origins is None:
        return pd.Series(np.nan, index=ids)
    inside = np.zeros(len(origins), dtype=bool)
    at, _ = schemes.sindex.query(origins.geometry, predicate="intersects")
    inside[at] = True
    ordered = origins.assign(inside=origins["people"] * inside).sort_values("from_id")
    sums = ordered.groupby("area_id")[["inside", "people"]].sum()
    share: pd.Series = sums["inside"] / sums["people"].where(sums["people"] > 0)
    return share.reindex(ids)


def _caution_none(count: int) -> Caution:
    text = (
        "No schemes are loaded: what regeneration brings people here is not known, and no level "
        "rises above at_risk."
    )
    return Caution(code="schemes_none", about="benefit", text=text, count=count)


def _cautions(
    benefit: pd.DataFrame, schemes: pd.DataFrame, silent: pd.DataFrame
) -> tuple[Caution, ...]:
    cautions = []
    if len(silent):
        text = (
            f"{len(silent)} of {len(schemes)} schemes do not say which public assets they bring: "
            "near them the benefit is unknown."
        )
        if len(silent) == len(schemes):
            text = (
                f"None of {len(schemes)} schemes says which public assets it brings: the benefit "
                "is unknown everywhere, and no level rises above at_risk."
            )
        cautions.append(
            Caution(code="schemes_silent", about="benefit", text=text, count=len(silent))
        )
    affected = int(benefit["directly_affected"].sum())
    if affected:
        text = (
            f"Homes are to be removed in {affected} areas: people there may have to move; this "
            "study cannot measure that."
        )
        cautions.append(
            Caution(code="directly_affected", about="benefit", text=text, count=affected)
        )
    return tuple(cautions)
