"""Deprivation of wards, authorities and localities, by the published summary measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.errors import Fault, JoinError, MethodError
from assetmap.findings.transform import scores_by_domain, weighted_score
from assetmap.frames import table_of
from assetmap.frames.fairness import SUMMARIES
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.findings.indices import Index

    Numbers = NDArray[np.float64]

ESTIMATE = "assetmap estimate, by the published method"
EXTENT_FULL, EXTENT_END = 10, 30
WORST_FIFTH = 2


def average_rank(rank: Numbers, people: Numbers, *, areas: int) -> float:
    """Σ P (N + 1 - r) / Σ P: higher = more deprived, the reverse of a rank."""
    return _mean(areas + 1 - rank, people)


def average_score(score: Numbers, people: Numbers) -> float:
    """Σ P s / Σ P; empty (NaN) where a score is."""
    return _mean(score, people)


def proportion(decile: Numbers) -> float:
    """The share of areas, not of people, in the nation's most deprived tenth."""
    return float(np.mean(decile == 1))


def extent_weight(rank: Numbers, *, areas: int) -> Numbers:
    """1 within the most deprived tenth, then from 0.95 down to 0.05 at the thirtieth percentile.

    w = 0.95 - 0.9/19 (p - 11) with p = ceil(100 r / N), and 0 beyond p = 30.
    """
    percentile = np.ceil(np.round(100 * rank / areas, 9))
    sliding = 0.95 - 0.9 / 19 * (percentile - 11)
    weight: Numbers = np.where(
        percentile <= EXTENT_FULL, 1.0, np.where(percentile <= EXTENT_END, sliding, 0.0)
    )
    return weight


def extent(rank: Numbers, people: Numbers, *, areas: int) -> float:
    """Σ P w / Σ P: the share of people in the most deprived three tenths, sliding."""
    return _mean(extent_weight(rank, areas=areas), people)


def local_concentration(rank: Numbers, people: Numbers, *, areas: int) -> float:
    """The mean of N + 1 - r over the most deprived areas that hold exactly a tenth of people.

    The last area is taken pro rata; areas that tie give the same mean in any order.
    """
    order = np.lexsort((people, rank))
    held = people[order]
    wanted = people.sum() / 10
    taken = np.clip(wanted - (np.cumsum(held) - held), 0, held)
    return _mean((areas + 1 - rank)[order], taken)


def scale(rate: Numbers, people: Numbers) -> float:
    """How many people are deprived: Σ rate x denominator, for income and employment."""
    return float((rate * people).sum())


def _mean(values: Numbers, people: Numbers) -> float:
    total = people.sum()
    return float((values * people).sum() / total) if total > 0 else float("nan")


def deprivation_summaries(
    deprivation: pd.DataFrame,
    units: pd.DataFrame,
    people: pd.Series,
    *,
    index: Index,
    level: str,
    basis: str = "imd",
) -> Told[pd.DataFrame]:
    """SUMMARIES of every unit of one level: wards, authorities, localities.

    Tenths are the published ones of the nation. Scores missing from the file (IoD2019 as it is
    often found) are made again from domain ranks where all are there. A unit without people has
    a proportion only. Deciles are never averaged, and nations never mixed.

    Parameters
    ----------
    deprivation
        DEPRIVATION of the whole nation.
    units
        GEOGRAPHY; the rows of ``level`` are used, and may cover part of the nation.
    people
        The index's own population denominator, by ``area_id``.
    index
        The edition.

    Raises
    ------
    MethodError
        Where the file does not hold the basis or the geography not the level.
    JoinError
        Where an area of a unit is in the index and has no people's number.

    References
    ----------
    English Indices of Deprivation 2025: technical report, summary measures.
    """
    rows = deprivation[deprivation["domain"] == basis].set_index("area_id")
    member = units[units["level"] == level].set_index("area_id")["unit_id"]
    if rows.empty or member.empty:
        missing = f"basis '{basis}'" if rows.empty else f"level '{level}'"
        raise MethodError(Fault(what=f"no {missing} to sum up by"))
    here = rows.join(member, how="inner").join(people.rename("people"), how="left")
    if here["people"].isna().any():
        count, first = int(here["people"].isna().sum()), here.index[here["people"].isna()].min()
        what = f"{count} areas have no number of people, for example {first}"
        raise JoinError(Fault(what=what, attempt="use a population of the same vintage"))
    here["score"] = _scores(deprivation, basis, index=index).reindex(here.index)
    areas = index.areas or len(rows)
    table = pd.DataFrame(
        [
            {"unit_id": unit, **_summary(group.sort_index(), areas)}
            for unit, group in here.groupby("unit_id", sort=True)
        ]
    ).assign(level=level, basis=basis, label=ESTIMATE)
    held = table_of(SUMMARIES, {name: table[name] for name in SUMMARIES.names})
    return Told(held, _cautions(member, here, level))


def _scores(deprivation: pd.DataFrame, basis: str, *, index: Index) -> pd.Series:
    wide = scores_by_domain(deprivation)
    if basis in wide and wide[basis].notna().all():
        return wide[basis]
    empty = pd.Series(np.nan, index=wide.index)
    if basis != "imd":
        return empty
    try:
        return weighted_score(deprivation, dict(index.weights), index=index)
    except MethodError:
        return empty


def _summary(group: pd.DataFrame, areas: int) -> dict[str, float]:
    rank = group["rank"].to_numpy(np.float64)
    people = group["people"].to_numpy(np.float64)
    return {
        "areas": len(group),
        "people": float(people.sum()),
        "average_rank": average_rank(rank, people, areas=areas),
        "average_score": average_score(group["score"].to_numpy(np.float64), people),
        "proportion": proportion(group["decile"].to_numpy(np.float64)),
        "extent": extent(rank, people, areas=areas),
        "local_concentration": local_concentration(rank, people, areas=areas),
    }


def _cautions(member: pd.Series, here: pd.DataFrame, level: str) -> tuple[Caution, ...]:
    outside = len(member.index.difference(here.index))
    if not outside:
        return ()
    text = f"{outside} areas of {level} units are not in the index and are left out of the sums."
    return (Caution(code="summary_unmatched", about=level, text=text, count=outside),)


def worst_fifth_domains(deprivation: pd.DataFrame, *, index: Index) -> pd.DataFrame:
    """For each area how many domains are in the nation's most deprived fifth, of how many held.

    Columns ``domains`` and ``of``; a domain the file lacks is not counted in either.
    """
    names = [name for name, _ in index.weights]
    rows = deprivation[deprivation["domain"].isin(names)]
    in_fifth = rows["decile"].le(WORST_FIFTH).groupby(rows["area_id"])
    return pd.DataFrame({"domains": in_fifth.sum().astype("int64"), "of": in_fifth.size()})


def rank_of_units(summaries: pd.DataFrame, measure: str) -> pd.Series:
    """The rank of each unit on one measure, 1 = most deprived; units that tie share the least."""
    values = summaries.set_index("unit_id")[measure]
    return values.rank(method="min", ascending=False).astype("Int64").rename("rank")


def methods(*, index: Index) -> list[dict[str, str]]:
    """The METHODS row of the summary measures."""
    return [
        {
            "name": "Deprivation of larger places",
            "formula": "average rank, average score, proportion in the most deprived tenth, "
            "extent (w = 1 to the 10th percentile, 0.95 to 0.05 from the 11th to the 30th), local "
            "concentration (most deprived tenth of people)",
            "settings": f"{index.title}, N = {index.areas or 'the areas held'}",
            "source": "MHCLG, summary measures of the English Indices of Deprivation",
            "status": "verified",
        }
    ]
