"""How sure a finding is: how often each flag stands, between which ranks, and what it hinges on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.findings.left_behind import FLAGGED
from assetmap.frames import table_of
from assetmap.frames.results import LEVELS
from assetmap.frames.robustness import IMPORTANCE, ROBUSTNESS
from assetmap.provenance import Caution, Told
from assetmap.scenarios.importance import first_order
from assetmap.scenarios.outcome import outcome
from assetmap.scenarios.tally import UNRANKED, rank_of_score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.findings.left_behind import Numbers
    from assetmap.scenarios.ground import Ground
    from assetmap.scenarios.outcome import Assumed, Outcome
    from assetmap.scenarios.tally import Tally

UNSURE = LEVELS.index("insufficient_data")
LEAST_SHARE = 0.05
"""An assumption that explains less than this of a flag is not named as what it hinges on."""


class Sure(NamedTuple):
    """ROBUSTNESS and IMPORTANCE."""

    robustness: pd.DataFrame
    importance: pd.DataFrame


def how_sure(ground: Ground, base: Assumed, drawn: Tally) -> Told[Sure]:
    """ROBUSTNESS of every own area, and IMPORTANCE of every assumption.

    Robustness = share of draws in which the area is flagged; the 5th and 95th percentiles of its
    rank are the least places that these shares of draws do not exceed. An area of which nothing can
    be said is not in any draw either: its robustness is empty.

    References
    ----------
    OECD and JRC 2008, *Handbook on constructing composite indicators*, step 7.
    """
    found = outcome(ground, base)
    level = found.level
    flags = (drawn.level < FLAGGED).astype(np.float64)
    said = level != UNSURE
    share = np.where(said, flags.mean(axis=0), np.nan)
    hinges, most = _hinges(drawn, flags, share)
    low, high = _rank_range(drawn.rank)
    table = table_of(
        ROBUSTNESS,
        {
            "area_id": ground.ids,
            "robustness": share,
            "level_share": np.where(said, (drawn.level == level).mean(axis=0), np.nan),
            "rank": _places(rank_of_score(found.score)),
            "rank_p5": low,
            "rank_p95": high,
            "draws": np.full(len(level), len(drawn.level)),
            "hinges_on": [drawn.names[one] if one >= 0 else None for one in hinges],
            "hinges_share": most,
        },
    )
    return Told(Sure(table, _importance(drawn, flags, hinges)), _cautions(ground, drawn, found))


def _hinges(drawn: Tally, flags: Numbers, share: Numbers) -> tuple[NDArray[np.int64], Numbers]:
    """For each area the assumption that explains most of its flag, -1 for none; and how much."""
    hinges = np.full(len(share), -1)
    most = np.full(len(share), np.nan)
    wavers = np.flatnonzero((share > 0) & (share < 1))
    if len(wavers) and drawn.names:
        shares = first_order(drawn.values, flags[:, wavers])
        best = shares.argmax(axis=0)
        height = shares[best, np.arange(len(wavers))]
        named = height >= LEAST_SHARE
        hinges[wavers[named]] = best[named]
        most[wavers[named]] = height[named]
    return hinges, most


def _importance(drawn: Tally, flags: Numbers, hinges: NDArray[np.int64]) -> pd.DataFrame:
    count = flags.sum(axis=1)[:, None]
    shares = first_order(drawn.values, count)[:, 0]
    areas = np.bincount(hinges[hinges >= 0], minlength=len(drawn.names))
    return table_of(IMPORTANCE, {"assumption": drawn.names, "share": shares, "areas": areas})


def _rank_range(rank: NDArray[np.int32]) -> tuple[pd.Series, pd.Series]:
    """The 5th and the 95th percentile of each area's rank; empty where it has none."""
    ends = np.quantile(rank, [0.05, 0.95], axis=0, method="inverted_cdf")
    ends[:, (rank == UNRANKED).any(axis=0)] = UNRANKED
    return _places(ends[0]), _places(ends[1])


def _places(rank: NDArray[np.int32]) -> pd.Series:
    return pd.Series(rank).astype("Int64").where(rank != UNRANKED, pd.NA)


def _cautions(ground: Ground, drawn: Tally, found: Outcome) -> tuple[Caution, ...]:
    cautions = []
    draws = len(drawn.level)
    short = int((drawn.ran_out > found.ran_out).sum())
    if short:
        text = (
            f"In {short} of {draws} draws at least one home had lost every place that was kept of "
            f"the nearest {ground.kept} of a kind; it counted as having none within reach."
        )
        cautions.append(Caution(code="draws_ran_out", about="robustness", text=text, count=short))
    flags = drawn.level < FLAGGED
    listed = found.flagged
    unsure = listed & (flags.mean(axis=0) < 0.5)  # noqa: PLR2004 - flagged in fewer than half
    if unsure.any():
        text = (
            f"{int(unsure.sum())} of {int(listed.sum())} flagged areas are flagged in fewer than "
            "half of the draws: they could go either way."
        )
        cautions.append(
            Caution(code="flags_unsure", about="robustness", text=text, count=int(unsure.sum()))
        )
    return tuple(cautions)
