"""The tables of a study too large for one page, as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.publish.atomic import whole_folder
from assetmap.publish.formats import write_csv
from assetmap.publish.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from assetmap.frames import Contract


def write_whole(tables: Mapping[str, tuple[Contract, pd.DataFrame]], folder: Path) -> None:
    """``<name>.csv`` of every table in ``folder``, written whole, rows in order of their key.

    Working files: they hold officers' names of levels.
    """
    with whole_folder(folder) as draft:
        for name, (contract, table) in tables.items():
            ordered = table.sort_values(list(contract.key), kind="stable")
            sheet = Sheet(name, contract.says, ordered, contract.columns, contract.key)
            write_csv(sheet, draft / f"{name}.csv")
