"""An index of deprivation of an invented nation, in File 7's layout, consistent in every domain."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

import pandas as pd

from example_town.draws import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from example_town.plan import Plan

RANK, DECILE = "Rank (where 1 is most deprived)", "Decile (where 1 is most deprived 10% of LSOAs)"
CUT = 80  # the published file cuts one header at so many characters
WEIGHTS = {
    "Income": 0.225,
    "Employment": 0.225,
    "Education, Skills and Training": 0.135,
    "Health Deprivation and Disability": 0.135,
    "Crime": 0.093,
    "Barriers to Housing and Services": 0.093,
    "Living Environment": 0.093,
}
CHILDREN = "Children and Young People Sub-domain"
PARTS = {
    "Education, Skills and Training": {CHILDREN: 0.5, "Adult Skills Sub-domain": 0.5},
    "Barriers to Housing and Services": {
        "Geographical Barriers Sub-domain": 0.5,
        "Wider Barriers Sub-domain": 0.5,
    },
    "Living Environment": {"Indoors Sub-domain": 0.7, "Outdoors Sub-domain": 0.3},
}
ALONE = [
    "Income Deprivation Affecting Children Index (IDACI)",
    "Income Deprivation Affecting Older People (IDAOPI)",
]
RATES = {"Income": 0.45, "Employment": 0.33, "Adult Skills Sub-domain": 0.6}
RATES |= {ALONE[0]: 0.7, ALONE[1]: 0.62}


def make_index(plan: Plan, nation: pd.DataFrame) -> pd.DataFrame:
    """One row an LSOA of the nation, in the 56 columns of the published file."""
    ranks, scores = _ranks_and_scores(plan, nation)
    table = nation[["LSOA21CD", "LSOA21NM", "lad", "lad_name"]].copy()
    table.columns = pd.Index(
        [
            "LSOA code (2021)",
            "LSOA name (2021)",
            "Local Authority District code (2024)",
            "Local Authority District name (2024)",
        ]
    )
    subs = [sub for parts in PARTS.values() for sub in parts]
    for name in ["Index of Multiple Deprivation (IMD)", *WEIGHTS, *ALONE, *subs]:
        rate = " (rate)" if name in RATES and name not in subs else ""
        table[f"{name} Score{rate}"] = [f"{score:.3f}" for score in scores[name]]
        table[f"{name} {RANK}"] = ranks[name]
        head = f"{name} {DECILE}"
        table[head[:CUT] if name == CHILDREN else head] = [
            math.ceil(10 * rank / len(table)) for rank in ranks[name]
        ]
    return table.assign(**_people(nation)).sort_values("LSOA code (2021)")


def exponential(rank: int, of: int) -> float:
    """E = -23 ln(1 - R (1 - exp(-100/23))) with R = (N - rank + 1)/N (STANDARDS 2.6)."""
    share = (of - rank + 1) / of
    return -23 * math.log(1 - share * (1 - math.exp(-100 / 23)))


def _ranks_and_scores(
    plan: Plan, nation: pd.DataFrame
) -> tuple[dict[str, list[int]], dict[str, list[float]]]:
    count, scores, ranks = len(nation), {}, {}
    subs = {sub for parts in PARTS.values() for sub in parts}
    for name in [*(set(WEIGHTS) - set(PARTS)), *subs, *ALONE]:
        wobble = 1.2 if name.startswith("Geographical") else 0.05
        sign = -0.3 if name.startswith("Geographical") else 1.0  # access runs against need
        seed = plan.given["seed"]
        drawn = [
            sign * row.need + wobble * (draw(seed, name, row.LSOA21CD) - 0.5)
            for row in nation.itertuples()
        ]
        ranks[name] = _ranked(drawn)
        scores[name] = [_score(name)(1 - (rank - 0.5) / count) for rank in ranks[name]]
    for name, parts in {**PARTS, "Index of Multiple Deprivation (IMD)": WEIGHTS}.items():
        scores[name] = [
            sum(weight * exponential(ranks[part][n], count) for part, weight in parts.items())
            for n in range(count)
        ]
        ranks[name] = _ranked(scores[name])
    return ranks, scores


def _score(name: str) -> Callable[[float], float]:
    """The score at a share of areas that are less deprived: a rate, or a z-like number."""
    top = RATES.get(name)
    if top is None:
        return lambda share: NormalDist(0, 0.9).inv_cdf(share)
    return lambda share: 0.02 + (top - 0.02) * (0.55 * share + 0.45 * share**3)


def _ranked(values: Sequence[float]) -> list[int]:
    order = sorted(range(len(values)), key=lambda n: -values[n])
    ranks = [0] * len(values)
    for rank, n in enumerate(order, 1):
        ranks[n] = rank
    return ranks


def _people(nation: pd.DataFrame) -> dict[str, list[int]]:
    shares = {
        "Total population: mid 2022": 1.01,
        "Dependent Children aged 0-15: mid 2022": 0.18,
        "Older population aged 60 and over: mid 2022": 0.25,
        "Working age population 18-66 (for use with Employment Deprivation Domain): mid 2022": 0.64,
    }
    return {
        head: [round(row.people * share * (1 + 0.06 * (row.need - 0.5) * (share < 1 / 5)))
               for row in nation.itertuples()]
        for head, share in shares.items()
    }  # fmt: skip
