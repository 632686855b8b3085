"""What a gain costs: only where a cost was given, and never a gain made into money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from assetmap.errors import Fault, StudyError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.frames.scenario import Money

NOT_COMPARED = "Cost not compared"
COLUMNS = ["what", "capital", "yearly"]


def refuse_money(money: Money, *, scenario: str) -> None:
    """Nothing, where the cost means something.

    Raises
    ------
    StudyError
        For a range upside down, a capital outside it, or a cost without any sum.
    """
    where = f"scenario '{scenario}', money"
    faults = []
    if money.capital is None and money.yearly is None:
        faults.append(Fault(what="no sum", where=where, attempt="capital or yearly"))
    low, high = money.low, money.high
    if low is not None and high is not None and low > high:
        faults.append(Fault(what=f"a range from {low:g} to {high:g}", where=where))
    elif money.capital is not None and not (low or 0) <= money.capital <= (high or money.capital):
        what = f"a capital of {money.capital:g} outside its range"
        faults.append(Fault(what=what, where=where))
    if faults:
        raise StudyError(faults)


def cost_table(money: Money | None, told: Mapping[str, float]) -> pd.DataFrame:
    """Cost per unit of gain; saving per person who loses, where ``yearly`` is a saving.

    Columns ``what``, ``capital``, ``yearly``; empty where there is nobody to divide by, and no row
    but "Cost not compared" where no cost was given.

    Parameters
    ----------
    told
        ``newly_within``, ``newly_within_flagged``, ``minutes_saved``, ``no_longer_within``.
    """
    if money is None:
        return pd.DataFrame([[NOT_COMPARED, None, None]], columns=COLUMNS)
    per = {
        "per person newly within reach": told["newly_within"],
        "per person newly within reach in a flagged area": told["newly_within_flagged"],
        "per person-minute saved, each way": max(told["minutes_saved"], 0.0),
        "per person who is no longer within reach": told["no_longer_within"],
    }
    rows: list[list[Any]] = [["in all", money.capital, money.yearly]]
    for what, count in per.items():
        rows.append([what, *(_each(one, count) for one in (money.capital, money.yearly))])
    return pd.DataFrame(rows, columns=COLUMNS)


def _each(money: float | None, count: float) -> float | None:
    return None if money is None or count <= 0 else round(money / count, 2)
