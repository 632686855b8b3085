"""What was measured of output areas, where a study's people are placed by them."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from assetmap.findings.units import OURS
from assetmap.frames import table_of
from assetmap.frames.fairness import UNIT_SUMMARIES

OUTPUT_AREA, BASIS = "output_area", "output area"
NEAREST = "nearest"
GEOGRAPHY = "the study's places of people, people of a small area shared among those in it"


class Measured(NamedTuple):
    """ORIGINS, COVERAGE and STANDARDS, and areas by the share that met no street.

    ``minutes`` holds ``from_id`` and a column a standard, empty where none is within reach.
    """

    origins: pd.DataFrame
    minutes: pd.DataFrame
    coverage: pd.DataFrame
    standards: pd.DataFrame
    unsnapped: pd.Series


def summarise_output_areas(measured: Measured) -> pd.DataFrame:
    """UNIT_SUMMARIES of the level ``output_area``: people, minutes, and whether within a standard.

    Of the study's own origins that are output areas, by their published codes (where several stand
    on one metre, by ``from_id``); homes and postcodes never are. A share here is 0 or 1, since
    everybody of an output area is taken to live at one point. Out of reach has no minutes and is
    not within; what is not measured in the area, or met no street, has no row. Deprivation and
    results are of small areas and are not repeated.
    """
    origins = measured.origins
    own = origins[(origins["basis"] == BASIS) & (origins["role"] == "study")]
    told = own[own["area_id"].map(measured.unsnapped).fillna(0).eq(0)]
    rows = _of_standards(told, measured)
    minutes = rows[rows["value"].notna()].assign(
        measure=lambda it: f"{NEAREST}: " + it["standard_id"], unit="min"
    )
    within = rows.assign(
        value=(rows["value"] <= rows["threshold_min"]).astype("float64"),
        measure="share_within: " + rows["standard_id"],
        unit="share",
    )
    people = own.assign(value=own["people"], measure="people", unit="people")
    whole = pd.concat([people, minutes, within], ignore_index=True)
    codes = whole["code"].where(whole["code"].notna(), whole["from_id"])
    columns = {
        "level": [OUTPUT_AREA] * len(whole),
        "unit_id": codes,
        "unit_name": codes,
        "measure": whole["measure"],
        "value": whole["value"],
        "unit": whole["unit"],
        "areas": [1] * len(whole),
        "people": whole["people"],
        "fit": ["by position"] * len(whole),
        "geography": [GEOGRAPHY] * len(whole),
        "label": [OURS] * len(whole),
    }
    return table_of(UNIT_SUMMARIES, columns)


def _of_standards(origins: pd.DataFrame, measured: Measured) -> pd.DataFrame:
    """Minutes to the nearest of each standard, from each origin where it is measured."""
    minutes, coverage = measured.minutes, measured.coverage
    here = minutes[minutes["from_id"].isin(origins["from_id"])]
    each = here.melt("from_id", var_name="standard_id", value_name="value")
    rows = origins.merge(each, how="inner", on="from_id", validate="1:m")
    covered = coverage.loc[coverage["measured"], ["area_id", "standard_id"]]
    rows = rows.merge(covered, how="inner", on=["area_id", "standard_id"], validate="m:1")
    limits = measured.standards[["standard_id", "threshold_min"]]
    return rows.merge(limits, how="inner", on="standard_id", validate="m:1")
