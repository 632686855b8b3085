"""Whether a flag that rests on straight lines survives other detours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.scenarios import draws
from assetmap.scenarios.outcome import outcomes
from assetmap.scenarios.uncertain import DETOUR

if TYPE_CHECKING:
    from assetmap.scenarios.ground import Ground
    from assetmap.scenarios.outcome import Assumed
    from assetmap.scenarios.uncertain import Uncertain


def detour_survival(ground: Ground, base: Assumed, uncertain: Uncertain, wanted: int) -> pd.Series:
    """The share of draws of the detour, all else as found, in which each area is flagged.

    By ``area_id``. Detours are drawn evenly between the least and the greatest. A straight line
    cannot cap a level to less than flagged, so that what is asked of does not depend on the answer.
    """
    low, high = uncertain.detour
    numbers = draws.uniform(
        uncertain.seed, np.arange(wanted), kind="detour", what=draws.named([DETOUR])
    )[:, 0]
    tried = [replace(base, detour=float(low + (high - low) * number)) for number in numbers]
    flags = [found.flagged for found in outcomes(ground, tried)]
    return pd.Series(np.mean(flags, axis=0), index=ground.ids, name="detour_survival")
