"""What is told of areas, measure by measure, as rows of AREA_ACCESS."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.frames import table_of
from assetmap.frames.results import AREA_ACCESS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assetmap.access.homes import Homes


class Told(NamedTuple):
    """One measure of one category: a value an area, and the people it speaks of."""

    category: str
    measure: str
    unit: str
    value: NDArray[np.float64]
    people: NDArray[np.float64]


def area_rows(homes: Homes, told: Sequence[Told], *, profile: str) -> pd.DataFrame:
    """AREA_ACCESS of what is told; every area, always."""
    areas = len(homes.areas)
    words = pd.DataFrame([one[:3] for one in told], columns=["category", "measure", "unit"])
    repeated = words.take(np.repeat(np.arange(len(told)), areas))
    columns = {
        **{name: repeated[name].reset_index(drop=True) for name in words.columns},
        "area_id": homes.areas.take(np.tile(np.arange(areas), len(told))),
        "profile": pd.Index([profile], dtype="str").take(np.zeros(len(repeated), dtype=np.int64)),
        "value": np.concatenate([np.empty(0), *(one.value for one in told)]),
        "people": np.concatenate([np.empty(0), *(one.people for one in told)]),
    }
    return table_of(AREA_ACCESS, columns)
