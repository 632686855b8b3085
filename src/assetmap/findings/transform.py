"""Domain ranks to scores and back: the exponential transformation, deciles and ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.errors import Fault, MethodError
from assetmap.provenance import Caution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.findings.indices import Index

SPREAD = 23.0
SCORE_DECIMALS = 6


def exponential(rank: NDArray[np.float64], *, areas: int) -> NDArray[np.float64]:
    """The exponentially transformed rank, 0 to 100, that domains are added up in.

    E = -23 ln(1 - R (1 - e^(-100/23))), R = (N - rank + 1) / N. Rank 1 gives 100; the most
    deprived tenth spreads over 50 to 100, so that a good domain does not cancel a bad one.

    References
    ----------
    English Indices of Deprivation 2019: technical report, 3.7.
    """
    share = (areas - rank + 1) / areas
    scored: NDArray[np.float64] = -SPREAD * np.log1p(-share * -np.expm1(-100 / SPREAD))
    return scored


def decile_of(rank: NDArray[np.int64], *, of: NDArray[np.int64] | int) -> NDArray[np.int64]:
    """The tenth a rank falls in, ceil(10 rank / N), in whole numbers; 1 = most deprived."""
    tenth: NDArray[np.int64] = -(-10 * rank // np.asarray(of))
    return tenth


def rank_of(score: pd.Series) -> pd.Series:
    """The rank of each score, 1 = highest = most deprived; ties all get the least rank.

    Scores are compared at six decimals, as they are kept.
    """
    return score.round(SCORE_DECIMALS).rank(method="min", ascending=False).astype("int64")


def ranks_by_domain(deprivation: pd.DataFrame) -> pd.DataFrame:
    """DEPRIVATION as one row an area, one column a domain, holding ranks."""
    return deprivation.pivot_table(index="area_id", columns="domain", values="rank")


def scores_by_domain(deprivation: pd.DataFrame) -> pd.DataFrame:
    """DEPRIVATION as one row an area, one column a domain, holding published scores."""
    return deprivation.pivot_table(index="area_id", columns="domain", values="score", dropna=False)


def weighted_score(
    deprivation: pd.DataFrame, weights: dict[str, float], *, index: Index
) -> pd.Series:
    """Σ w_d x_d over the named domains: x is E(rank), or the domain's score where it says so.

    Raises
    ------
    MethodError
        Where a domain is missing, for all areas or some, or only part of the nation is here.
    """
    wide = _parts(deprivation, index=index)
    faults = [
        Fault(
            what=f"{index.title}: domain '{name}' is missing"
            + ("" if name not in wide else f" in {int(wide[name].isna().sum())} areas"),
            where="table DEPRIVATION",
            attempt="use the basis 'imd', the index itself",
        )
        for name in weights
        if name not in wide or wide[name].isna().any()
    ]
    if index.areas is not None and len(wide) != index.areas:
        what = f"{index.title}: {len(wide)} areas of {index.areas}"
        faults.append(Fault(what=what, attempt="use the basis 'imd', the index itself"))
    if faults:
        raise MethodError(faults)
    parts = wide[list(weights)].to_numpy(np.float64)
    if index.combines == "ranks":
        parts = exponential(parts, areas=len(wide))
    total = (parts * np.array(list(weights.values()))).sum(axis=1)
    return pd.Series(total, index=wide.index, name="score")


def _parts(deprivation: pd.DataFrame, *, index: Index) -> pd.DataFrame:
    if index.combines == "ranks":
        return ranks_by_domain(deprivation)
    return scores_by_domain(deprivation)


def imd_from_domains(deprivation: pd.DataFrame, *, index: Index) -> pd.Series:
    """The index's own score made again from its domains, by area: a check of what was read.

    Weights are used as published (England's sum to 0.999). For IoD2025 the greatest difference
    from the published score is 0.0007 over 33,755 areas.

    Raises
    ------
    MethodError
        Where a domain is missing.
    """
    return weighted_score(deprivation, dict(index.weights), index=index)


def index_checked(deprivation: pd.DataFrame, *, index: Index) -> tuple[Caution, ...]:
    """What must be said of the index's own score, made again from its domains.

    Nothing where the two agree within :attr:`~assetmap.findings.indices.Index.error`; how many
    areas differ, and by how much, where they do not; and where a domain or the score is missing,
    that it could not be checked.
    """
    try:
        error = imd_error(deprivation, index=index)
    except MethodError as why:
        text = (
            f"The score of the {index.title} could not be made again from its domains, as a "
            f"check of the file ({why.faults[0].what}): it is used as published."
        )
        return (Caution(code="index_unchecked", about=index.id, text=text),)
    if error <= index.error:
        return ()
    text = (
        f"The score of the {index.title}, made again from its domains, differs from the published "
        f"one by up to {error:.4g}, more than the {index.error:g} that rounding leaves: the file "
        "may be altered, or of another edition."
    )
    return (Caution(code="index_disagrees", about=index.id, text=text),)


def imd_error(deprivation: pd.DataFrame, *, index: Index) -> float:
    """The greatest difference of the score made again from the published one.

    Raises
    ------
    MethodError
        Where a domain or the published score is missing.
    """
    published = scores_by_domain(deprivation).get("imd")
    if published is None or published.isna().any():
        what = f"{index.title} is here without its overall scores"
        raise MethodError(Fault(what=what, where="table DEPRIVATION"))
    again = imd_from_domains(deprivation, index=index)
    return float((again - published.reindex(again.index)).abs().max())
