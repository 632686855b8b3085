"""Assets of one category, apart by size where a standard asks for a size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd


def make_least_sizes(standards: pd.DataFrame) -> dict[str, tuple[float, ...]]:
    """The least sizes (m²) that STANDARDS ask of each category, ascending; none where none asks."""
    sized = standards[standards["min_size_m2"].fillna(0) > 0]
    pairs = {
        (str(category), float(size))
        for categories, size in zip(sized["categories"], sized["min_size_m2"], strict=True)
        for category in str(categories).split(";")
    }
    return {
        category: tuple(sorted(size for name, size in pairs if name == category))
        for category in sorted({name for name, _ in pairs})
    }


def make_bands(assets: pd.DataFrame, least_sizes: Mapping[str, Sequence[float]]) -> pd.Series:
    """The band of each asset, in the order of ASSETS: its category, apart by the sizes asked for.

    A park of 3 ha among sizes of 0.5 and 2 ha is ``park, 20000 m2 or more``. Where the nearest
    few of every band are kept, the nearest of at least any of the sizes is among them: it is the
    nearest of its own band. A site whose size is not known is in the lowest band, since it
    satisfies no standard that asks for one.
    """
    bands = assets["category"].astype("object").copy()
    for category, sizes in least_sizes.items():
        rows = (assets["category"] == category).to_numpy()
        held = assets.loc[rows, "size_m2"].fillna(-1.0).to_numpy(dtype=np.float64)
        names = [category, *(f"{category}, {size:g} m2 or more" for size in sizes)]
        steps = np.searchsorted(np.asarray(sizes, dtype=np.float64), held, side="right")
        bands[rows] = [names[step] for step in steps]
    return bands.astype("str")
