"""Provision for each 1,000 people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.access.catchment import faults_of
from assetmap.access.two_step import two_step
from assetmap.errors import MethodError

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.access.decay import Decay

PER_PEOPLE = 1000.0


def provision(
    costs: pd.DataFrame, demand: pd.Series, supply: pd.Series, *, decay: Decay
) -> pd.Series:
    """The supply for each 1,000 people within reach, after all who compete for it.

    ``1000 A_i`` of :func:`~assetmap.access.two_step.two_step`: hectares per 1,000 when supply is
    in hectares. Boundaries play no part; 0 where nothing is within reach.
    """
    return (PER_PEOPLE * two_step(costs, demand, supply, decay=decay)).rename("provision")


def provision_by_area(amounts: pd.Series, people: pd.Series) -> pd.Series:
    """What stands inside each area for each 1,000 of its people: for comparison only.

    ``1000 Σ_{j in a} S_j / P_a``

    It ignores that people cross boundaries, and changes when they are redrawn; quantity standards
    (hectares per 1,000, authority-wide) are stated in it.

    Parameters
    ----------
    amounts
        What is counted, one value an asset, indexed by the ``area_id`` it stands in.
    people
        People by ``area_id``.

    Returns
    -------
    Series
        By ``area_id`` of ``people``; 0 where nothing stands, empty (NaN) where nobody lives.

    Raises
    ------
    MethodError
        For amounts or people negative or not a number, areas that are twice in ``people``.
    """
    each = amounts.reset_index(drop=True)
    faults = faults_of(each, "amounts") + faults_of(people, "people")
    if faults:
        raise MethodError(faults)
    inside = amounts.groupby(level=0).sum().reindex(people.index, fill_value=0.0)
    return (PER_PEOPLE * inside / people.where(people > 0)).rename("provision_by_area")
