"""Text among words, beside pandas' own ``isin``."""

from __future__ import annotations

import pandas as pd
import pytest

from assetmap.frames.among import among


@pytest.mark.parametrize("words", [[], ["b"], {"a", "é", "zz"}, ("a", "a", ""), frozenset({"A"})])
@pytest.mark.parametrize("cells", [[], ["a", "b", None, "", "é", "A", "a"], [None]])
def test_it_is_isin(cells: list[str | None], words: list[str]) -> None:
    for kind in ("str", "object"):
        once = pd.Series(cells, dtype=kind)
        column = pd.concat([once, once])
        assert among(column, words).tolist() == column.isin(list(words)).tolist()
