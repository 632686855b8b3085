"""Who gets the gains of a scheme: benefit incidence and the concentration curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.findings.equity.people import NOBODY, Figure, people_between, shared, undefined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def benefit_incidence(
    gains: ArrayLike, people: ArrayLike, order: ArrayLike, *, share: float = 0.2
) -> Figure:
    """Share of the total person-gain to the most deprived fifth, over their share of people.

    Above 1 = progressive. ``gains`` are per person; losses count as they are. Undefined where
    nobody gains, or losses are as large as gains: a share of nothing.
    """
    held = shared(gains, people)
    if held is None:
        return NOBODY
    if held.mean <= held.nil:
        return undefined("there is no gain in sum to take a share of")
    inside = people_between(order, held.p, low=0.0, high=share)
    return Figure(float((held.y * inside).sum() / held.mean / inside.sum()))


def concentration_curve(gains: ArrayLike, people: ArrayLike, order: ArrayLike) -> pd.DataFrame:
    """Cumulated share of people, most deprived first, and their share of the gain.

    Columns ``people_share`` and ``gain_share``, from (0, 0) to (1, 1); areas that tie make one
    step. Empty where there is no gain in sum.
    """
    held = shared(gains, people)
    columns = ["people_share", "gain_share"]
    if held is None or held.mean <= held.nil:
        return pd.DataFrame(columns=columns, dtype="float64")
    _, group = np.unique(np.asarray(order, dtype=np.float64), return_inverse=True)
    people_share = np.cumsum(np.bincount(group, weights=held.p))
    gain_share = np.cumsum(np.bincount(group, weights=held.p * held.y)) / held.mean
    return pd.DataFrame(
        {"people_share": np.r_[0.0, people_share], "gain_share": np.r_[0.0, gain_share]}
    )
