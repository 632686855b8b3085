"""Text looked up among many words, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd
    from numpy.typing import NDArray


def among(cells: pd.Series, words: Collection[str]) -> NDArray[np.bool_]:
    """True for each cell that is one of the words; an empty cell is none of them.

    As ``cells.isin(words)``, which looks at every word by itself first: of a nation's 35,000
    areas that takes thirty times as long.
    """
    known = pa.array(words, type=pa.large_string())
    found = pc.is_in(pa.array(cells, type=pa.large_string()), value_set=known)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)
