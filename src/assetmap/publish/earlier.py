"""An earlier edition beside this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

SAME = "none"
CAUSE_KEYS = {
    "data": "data", "method": "method", "others moved": "others", "real": "real",
    "cannot be told apart": "apart",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Since:
    """An earlier edition beside this one: of which day it was, and COMPARISON."""

    day: dt.date
    table: pd.DataFrame
