"""Which larger units each small area belongs to, joined from every lookup that is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.frames import hold
from assetmap.frames.among import among
from assetmap.frames.given import GEOGRAPHY
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

LEVELS = ("authority", "ward", "msoa", "region", "nation")
FITS = ("exact", "best fit", "by position")


def make_membership(
    geography: Sequence[pd.DataFrame], *, area_ids: Collection[str]
) -> Told[pd.DataFrame]:
    """The GEOGRAPHY of these areas alone: one row an area and level.

    Tables come in order of preference: where two speak of one area and level, the first leads,
    and a caution counts those that disagree. A table may be keyed by larger units, such as
    regions by authority: it reaches the areas through the unit they are known to belong to, and
    its row is only as exact as the loosest link. Areas that lack a level which others have are
    counted, not dropped.
    """
    wanted = sorted(set(area_ids))
    units = {unit for table in geography for unit in table["unit_id"].unique().tolist()}
    on_the_way = {*wanted, *units}  # of a nation's lookup hardly a row is
    stacked = pd.concat(
        [
            table[among(table["area_id"], on_the_way)].assign(order=order)
            for order, table in enumerate(geography)
        ]
        or [pd.DataFrame(columns=[*GEOGRAPHY.names, "order"])],
        ignore_index=True,
    )
    stacked = stacked.sort_values(["order", "area_id", "level", "unit_id"], kind="stable")
    leading = stacked.drop_duplicates(["area_id", "level"]).drop(columns="order")
    found = leading[leading["area_id"].isin(wanted)]
    for level in LEVELS:
        found = pd.concat([found, _through(found, leading, level)], ignore_index=True)
    table = hold(found, GEOGRAPHY)
    cautions = (*_disagreeing(stacked, leading, wanted), *_unmatched(table, wanted))
    return Told(table, cautions)


def make_membership_by_position(
    boundaries: gpd.GeoDataFrame, units: gpd.GeoDataFrame, *, level: str
) -> Told[pd.DataFrame]:
    """The GEOGRAPHY of BOUNDARIES in larger units that are themselves given as BOUNDARIES.

    An area belongs to the unit that covers most of it; ties go to the smaller unit id. An area
    that meets no unit has no row, and is counted. Its fit is *by position*.
    """
    small, large = boundaries.geometry, units.geometry
    area, unit = large.sindex.query(small, predicate="intersects")
    shared = gpd.GeoSeries(small.to_numpy()[area]).intersection(
        gpd.GeoSeries(large.to_numpy()[unit])
    )
    rows = pd.DataFrame(
        {
            "area_id": boundaries["area_id"].to_numpy()[area],
            "unit_id": units["area_id"].to_numpy()[unit],
            "unit_name": units["area_name"].fillna(units["area_id"]).to_numpy()[unit],
            "ground": shared.area.round(3).to_numpy(),
        }
    )
    best = (
        rows[rows["ground"] > 0]
        .sort_values(["area_id", "ground", "unit_id"], ascending=[True, False, True])
        .drop_duplicates("area_id")
        .drop(columns="ground")
        .assign(level=level, fit="by position")
    )
    table = hold(best, GEOGRAPHY)
    absent = len(boundaries) - len(table)
    text = f"{absent} areas lie in no {level} of those loaded."
    caution = Caution(code="geography_unmatched", about=level, text=text, count=absent)
    return Told(table, (caution,) if absent else ())


def _through(found: pd.DataFrame, leading: pd.DataFrame, level: str) -> pd.DataFrame:
    """Rows that areas gain through their unit of this level, where they have none yet."""
    near = found.loc[found["level"] == level, ["area_id", "unit_id", "fit"]]
    far = leading.rename(columns={"area_id": "via", "unit_id": "unit", "fit": "far_fit"})
    gained = near.merge(far, how="inner", left_on="unit_id", right_on="via",
                        validate="many_to_many")  # fmt: skip
    have = pd.MultiIndex.from_frame(found[["area_id", "level"]])
    gained = gained[~pd.MultiIndex.from_frame(gained[["area_id", "level"]]).isin(have)]
    looser = [max(pair, key=FITS.index) for pair in zip(gained["fit"], gained["far_fit"],
                                                        strict=True)]  # fmt: skip
    gained = gained.assign(unit_id=gained["unit"], fit=looser)
    return gained[list(GEOGRAPHY.names)]


def _disagreeing(
    stacked: pd.DataFrame, leading: pd.DataFrame, wanted: list[str]
) -> tuple[Caution, ...]:
    """Where a later table says otherwise than the leading one."""
    both = stacked[stacked["area_id"].isin(wanted)].merge(
        leading, how="left", on=["area_id", "level"], validate="many_to_one",
        suffixes=("", "_leading"),
    )  # fmt: skip
    count = int(both.loc[both["unit_id"] != both["unit_id_leading"], "area_id"].nunique())
    text = f"Areas that two lookups place in different units, where the first named leads: {count}."
    caution = Caution(code="geography_disagrees", about="geography", text=text, count=count)
    return (caution,) if count else ()


def _unmatched(table: pd.DataFrame, wanted: list[str]) -> tuple[Caution, ...]:
    told = []
    # what was placed by position was placed and counted among the study's own areas alone
    for level in sorted(set(table.loc[table["fit"] != FITS[-1], "level"])):
        absent = len(set(wanted) - set(table.loc[table["level"] == level, "area_id"]))
        if absent:
            text = f"Areas without a {level} in the lookups that are loaded: {absent}."
            told.append(Caution(code="geography_unmatched", about=level, text=text, count=absent))
    return tuple(told)
