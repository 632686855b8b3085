"""The invented nation around the town: areas that exist in tables only, and their lookups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from example_town.draws import draw

if TYPE_CHECKING:
    from example_town.plan import Plan

FIRST_FAR_CODE = 99201
FIRST_WARD_CODE = 99001


def make_nation(plan: Plan, areas: pd.DataFrame) -> pd.DataFrame:
    """Every area of the nation: those on the map, then the others, with their authority."""
    names = {one["code"]: one["name"] for one in plan.given["authority"]}
    rows = areas.drop(columns=["x", "y"]).to_dict("records")
    code = FIRST_FAR_CODE
    for one in plan.given["authority"]:
        there = sum(row["lad"] == one["code"] for row in rows)
        for number in range(there, one["areas"]):
            lsoa = f"E010{code}"
            code += 1
            rows.append(
                {
                    "LSOA21CD": lsoa,
                    "LSOA21NM": f"{one['name']} {number // 4 + 1:03d}{'ABCD'[number % 4]}",
                    "ward": f"{one['name']} {number // 3 + 1}",
                    "people": 1200 + int(700 * draw(plan.given["seed"], "people", lsoa)),
                    "need": draw(plan.given["seed"], "need", lsoa),
                    "lad": one["code"],
                }
            )
    return pd.DataFrame(rows).assign(lad_name=lambda table: table["lad"].map(names))


def lookup_wards(nation: pd.DataFrame) -> pd.DataFrame:
    """LSOA 2021 to ward to authority."""
    wards = nation[["lad", "ward"]].drop_duplicates()
    wards = wards.assign(ward24_code=[f"E050{FIRST_WARD_CODE + n}" for n in range(len(wards))])
    joined = nation.merge(wards, how="left", on=["lad", "ward"], validate="m:1")
    return pd.DataFrame(
        {
            "lsoa21_name": joined["LSOA21NM"],
            "lsoa21_code": joined["LSOA21CD"],
            "ward24_name": joined["ward"],
            "ward24_code": joined["ward24_code"],
            "ltla24_name": joined["lad_name"],
            "ltla24_code": joined["lad"],
        }
    ).sort_values("lsoa21_code")


def lookup_regions(plan: Plan) -> pd.DataFrame:
    """Authority to region."""
    regions = plan.given["region"]
    return pd.DataFrame(
        {
            "ltla24_name": one["name"],
            "ltla24_code": one["code"],
            "region24_name": regions[one["region"]]["name"],
            "region24_code": regions[one["region"]]["code"],
        }
        for one in plan.given["authority"]
    )
