"""The three-leg test as arithmetic on arrays: no tables, so that a thousand draws can use it.

Arrays are one row an area; two-dimensional ones are areas by themes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.frames.results import LEVELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.findings.rules import Rules

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

FLAGGED = 2
"""Codes below it are flagged: left_behind and at_risk."""
DECIMALS = 6
STRICTLY = 1e-4
GATE_THEMES = 2


def need_margin(percentile: Numbers, decile: Numbers, *, tenths: float) -> Numbers:
    """How far inside the most deprived tenths an area is, in percentile points; 0 or more = met.

    10 d - percentile. Where whole tenths are asked for the (published) decile decides, and a
    percentile on the other side of the line is brought back to it: Wales rounds its tenths
    otherwise than ceil(10 rank / N). Empty (NaN) outside the reference set.
    """
    margin: Numbers = 10 * tenths - percentile
    if tenths == int(tenths):
        met = decile <= tenths
        margin = np.where(met, np.maximum(margin, 0), np.minimum(margin, -STRICTLY))
    margin[np.isnan(percentile)] = np.nan
    out: Numbers = np.round(margin, 4)
    return out


def standard_margin(shares: Numbers, measured: Flags, *, rules: Rules) -> Numbers:
    """Failed share less a half at the theme that decides; 0 or more = fails the standard test.

    With m themes measured, an area fails when at least k = max(2, ceil(m/2)) of them are failed
    by half of its people: the k-th greatest share decides. What is not measured is left out: it
    is neither a failure nor a pass. Empty (NaN) with fewer than two measured themes.
    """
    count = measured.sum(axis=1)
    wanted = np.ceil(np.round(count * rules.themes_share, 9)).astype(np.int64)
    wanted = np.maximum(wanted, rules.themes_least)
    ranked = -np.sort(-np.where(measured, shares, -1.0), axis=1)
    place = np.minimum(wanted, shares.shape[1]) - 1
    deciding = np.take_along_axis(ranked, place[:, None], axis=1)[:, 0]
    # more themes wanted than measured: nobody can fail them
    deciding = np.where(wanted > count, 0.0, deciding)
    margin = np.round(deciding - rules.share_failing, DECIMALS)
    out: Numbers = np.where(count < GATE_THEMES, np.nan, margin)
    return out


def relative_margin(scores: Numbers, counted: Flags, *, rules: Rules) -> Numbers:
    """Worst fifth less the share of the study's areas that score as low or lower, in points.

    100 (x - #{j: s_j ≤ s_i} / n) over the areas counted; 0 or more = within the worst fifth. It
    counts places, not people, as the sentence beside it says. Areas that tie share one margin,
    so a tie across the line is left out whole, and when all are equal none is lowest. Empty
    (NaN) for areas not counted.
    """
    ranked = counted & ~np.isnan(scores)
    rounded = np.round(scores, DECIMALS)
    ordered = np.sort(rounded[ranked])
    below = np.searchsorted(ordered, rounded, side="right")
    share = below / max(len(ordered), 1)
    margin = np.round(100 * (rules.relative_share - share), 4)
    out: Numbers = np.where(ranked, margin, np.nan)
    return out


def beyond_share(shares: Numbers, measured: Flags) -> Numbers:
    """The greatest share of people beyond the standards of one measured theme; NaN with none."""
    greatest = np.where(measured, shares, -1.0).max(axis=1, initial=-1.0)
    out: Numbers = np.where(greatest < 0, np.nan, greatest)
    return out


def met(margin: Numbers) -> Flags:
    """Whether a margin is on or over its line; what is not known is not met."""
    return ~np.isnan(margin) & (margin >= 0)


def benefit_state(saved_min: Numbers, expected_min: Numbers, *, rules: Rules) -> NDArray[np.str_]:
    """Leg 3 from minutes saved: ``no`` under ε, ``marginal`` up to the clear line, ``yes``.

    ``expected`` where open or dated assets save too little and allocated or consented ones
    would save ε; ``unknown`` where minutes saved are not known.
    """
    saved, hoped = np.round(saved_min, 4), np.round(expected_min, 4)
    return np.select(
        [
            np.isnan(saved),
            saved >= rules.benefit_clear,
            saved >= rules.benefit_min,
            hoped >= rules.benefit_min,
        ],
        ["unknown", "yes", "marginal", "expected"],
        default="no",
    )


def level(
    need: Flags, poor_access: Flags, *, benefit: NDArray[np.str_], capped: Flags, unsure: Flags
) -> NDArray[np.str_]:
    """The level of each area from its legs.

    ``unsure`` areas are ``insufficient_data`` whatever the rest. Need and poor access together
    are ``left_behind`` with no benefit and no cap; ``at_risk`` where the benefit is unknown,
    expected or marginal, or a cap holds; and ``access_only`` where a benefit reaches them:
    services are further away today, and investment has come.
    """
    codes = level_code(need, poor_access, benefit=benefit, capped=capped, unsure=unsure)
    levels: NDArray[np.str_] = np.array(LEVELS)[codes]
    return levels


def level_code(
    need: Flags, poor_access: Flags, *, benefit: NDArray[np.str_], capped: Flags, unsure: Flags
) -> NDArray[np.int8]:
    """The same as codes, places in ``LEVELS``."""
    both = need & poor_access
    helped = both & (benefit == "yes")
    capped_or_open = both & ((benefit != "no") | capped)
    codes = np.select(
        [unsure, helped, capped_or_open, both, need, poor_access], [5, 3, 1, 0, 2, 3], default=4
    )
    return codes.astype(np.int8)
