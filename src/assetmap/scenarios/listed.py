"""How sure we are that a listed asset is there, and that it stands where the list says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.errors import Fault, JoinError
from assetmap.network.kernels.shaken import Shaken
from assetmap.scenarios import draws

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import ArrayLike

    from assetmap.findings.left_behind import Numbers
    from assetmap.scenarios.draws import Keys

REGISTER_RANK = 50
"""Sources that rank up to it are registers; those that come after are maps and submissions."""
DAYS_A_YEAR = 365.25


class Listed(NamedTuple):
    """Every asset, in order of ``to_id``: its key to chance, how surely it is there, its spread.

    Attributes
    ----------
    keys
        :func:`assetmap.scenarios.draws.placed`.
    chance
        That it is there, 0 to 1.
    spread_m
        Standard deviation of its place, east and north alike.
    """

    keys: Keys
    chance: Numbers
    spread_m: Numbers


def chance_of_source(
    rank: int, age_days: float | None, *, register: float, elsewhere: float, loss_a_year: float
) -> float:
    """The chance that what a source lists is there: ``q (1 - loss)^years``.

    q is that of a register, or of a map or submission, by the source's rank. A source that says
    no date loses nothing, and one dated after the study's day is not older than new.
    """
    sure = register if rank <= REGISTER_RANK else elsewhere
    years = max(age_days or 0.0, 0.0) / DAYS_A_YEAR
    return float(sure * (1 - loss_a_year) ** years)


def listed(
    assets: gpd.GeoDataFrame,
    entrances: pd.DataFrame,
    chances: Mapping[str, float],
    *,
    position_m: float,
) -> Listed:
    """What chance has to know of ASSETS.

    An asset that several sources list is missing only where all of them are wrong:
    ``1 - Π (1 - q)``. Its spread is ``position_m``, or its source's own precision where that is
    more; and twice ``position_m`` for a site with an extent whose gates are not published, since
    where one enters is then a guess.

    Raises
    ------
    JoinError
        For a source that has no chance in ``chances``.
    """
    ordered = assets.sort_values("to_id")
    named = [row.split(" + ") for row in ordered["sources"]]
    unknown = sorted({one for row in named for one in row} - set(chances))
    if unknown:
        what = f"no chance is given for the source '{unknown[0]}'"
        raise JoinError(Fault(what=what, where="table ASSETS"))
    missing = [np.prod([1 - chances[one] for one in sorted(set(row))]) for row in named]
    gates = entrances.sort_values(["to_id", "entrance"]).drop_duplicates("to_id")
    basis = ordered["to_id"].map(gates.set_index("to_id")["basis"])
    guessed = ordered["size_m2"].notna() & basis.ne("published")
    least = np.where(guessed, 2 * position_m, position_m)
    x, y = ordered.geometry.x.to_numpy(), ordered.geometry.y.to_numpy()
    return Listed(
        keys=draws.placed(ordered["category"], x, y),
        chance=1 - np.array(missing, dtype=np.float64),
        spread_m=np.maximum(least, ordered["precision_m"].to_numpy(np.float64)),
    )


def shaken(seed: int, drawn: ArrayLike, known: Listed) -> list[Shaken]:
    """Which assets are there and how far each has moved, draw by draw.

    Kinds ``there``, ``east`` and ``north``: every part of the toolkit that draws assets draws
    these, so that one draw means the same town everywhere.
    """
    there = draws.uniform(seed, drawn, kind="there", what=known.keys) < known.chance
    east = draws.normal(seed, drawn, kind="east", what=known.keys) * known.spread_m
    north = draws.normal(seed, drawn, kind="north", what=known.keys) * known.spread_m
    return [Shaken(*row) for row in zip(there, east, north, strict=True)]


def as_listed(known: Listed) -> Shaken:
    """Every asset there, where the list says."""
    still = np.zeros(len(known.keys))
    return Shaken(np.ones(len(known.keys), dtype=bool), still, still)
