"""The rational agent access model: people weigh the walk against the queue, until nobody gains."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.linalg import solve
from scipy.sparse import csr_array

from assetmap.access.catchment import catchment_of, shared_out
from assetmap.access.decay import flat
from assetmap.errors import Fault, MethodError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from assetmap.access.catchment import Catchment

    Floats = NDArray[np.float64]

COOLING = 0.25
LEAST_BLUR = 1e-9
MOST_STEPS = 100
NEGLIGIBLE = 1e-10


class _Agents(NamedTuple):
    """The origins that reach something: their pairs side by side, and what they weigh.

    ``starts`` are each origin's first pair and ``origin`` each pair's origin; ``people`` are
    shares of all people, ``room`` the share of people that a facility serves at congestion 1.
    """

    starts: NDArray[np.int64]
    origin: NDArray[np.int64]
    to_code: NDArray[np.int64]
    travel: Floats
    people: Floats
    room: Floats


class _State(NamedTuple):
    """Where people go under given congestions, blurred: the dual's value and each pair's share."""

    value: float
    chosen: Floats
    load: Floats


def raam(
    costs: pd.DataFrame,
    demand: pd.Series,
    supply: pd.Series,
    *,
    tau_min: float = 60.0,
    rho: float | None = None,
    tolerance: float = 1e-6,
) -> pd.Series:
    """The cost of access when nobody can do better elsewhere: **higher is worse**.

    Everybody goes where ``c_ij/tau + (D_j/S_j)/rho`` is least, ``D_j`` the people who go to j;
    at equilibrium all places that an origin uses cost it the same, and that cost is the result.
    It is unique. Found by Newton's method on the dual of the equilibrium, with a blur that is
    cooled until the people's extra cost over their best choice is below the tolerance.

    Parameters
    ----------
    costs
        COSTS, with every origin among the categories of ``from_id``.
    demand
        People by ``from_id``, for every origin.
    supply
        Capacity by ``to_id``, for the facilities that count.
    tau_min
        The minutes of travel that weigh as much as a congestion of 1.
    rho
        The people for each unit of supply at which congestion is 1; all people over all
        supply when not given.
    tolerance
        Extra cost over the best choice, as a share of the total cost, that ends the search.

    Returns
    -------
    Series
        Cost without unit by ``from_id``; **empty (NaN) where no facility is within reach**, since
        0 would be the best of all. An origin without people has the cost of one who came.

    Raises
    ------
    MethodError
        When tau, rho or the tolerance is not above zero, or the search does not end; else as
        :func:`~assetmap.access.catchment.catchment_of`.

    References
    ----------
    Saxon and Snow 2020, Ann Am Assoc Geogr 110, 205.
    """
    settings = {"tau_min": tau_min, "rho": 1.0 if rho is None else rho, "tolerance": tolerance}
    faults = [
        Fault(what=f"{name} must be above 0, not {given}", where="raam")
        for name, given in settings.items()
        if not 0 < given < np.inf
    ]
    if faults:
        raise MethodError(faults)
    found = catchment_of(costs, demand, supply, decay=flat())
    result = np.full(len(found.demand), np.nan)
    if len(found.pairs.from_code):
        reached, agents = _agents(found, tau_min=tau_min, rho=rho)
        result[reached] = _equilibrium(agents, tolerance=tolerance)
    return found.at_origins(result, "raam")


def _agents(
    found: Catchment, *, tau_min: float, rho: float | None
) -> tuple[NDArray[np.int64], _Agents]:
    pairs = found.pairs
    reached, starts, origin = np.unique(pairs.from_code, return_index=True, return_inverse=True)
    whole = float(found.demand.sum()) or 1.0
    per_unit = whole / float(found.supply.sum()) if rho is None else rho
    room = found.supply * per_unit / whole
    return reached, _Agents(
        starts=starts,
        origin=origin,
        to_code=pairs.to_code,
        travel=pairs.cost_min / tau_min,
        people=found.demand[reached] / whole,
        room=np.where(room > 0, room, 1.0),  # no pair leads there; any room keeps its row solvable
    )


def _equilibrium(agents: _Agents, *, tolerance: float) -> Floats:
    """Each origin's cost where nobody can do better."""
    congestion = np.zeros(len(agents.room))
    blur = 1.0
    while blur > LEAST_BLUR:
        congestion, state = _settled(agents, congestion, blur=blur)
        cost = agents.travel + shared_out(state.load, agents.room)[agents.to_code]
        least = np.minimum.reduceat(cost, agents.starts)
        moved = agents.people[agents.origin] * state.chosen
        extra = float((moved * (cost - least[agents.origin])).sum())
        if extra <= tolerance * float((agents.people * least).sum()):
            return least
        blur *= COOLING
    raise MethodError(
        Fault(what="the equilibrium was not found", where="raam", attempt="a larger tolerance")
    )


def _settled(agents: _Agents, congestion: Floats, *, blur: float) -> tuple[Floats, _State]:
    """Newton's method, each step halved until it gains: the congestions of one blur."""
    state = _state(agents, congestion, blur=blur)
    for _ in range(MOST_STEPS):
        slope = state.load - agents.room * congestion
        if np.abs(slope).sum() < NEGLIGIBLE:
            break
        towards = solve(_curvature(agents, state, blur=blur), slope, assume_a="pos")
        gain, length = float(slope @ towards), 1.0
        after = _state(agents, congestion + towards, blur=blur)
        while after.value < state.value + 1e-4 * length * gain and length > NEGLIGIBLE:
            length /= 2
            after = _state(agents, congestion + length * towards, blur=blur)
        if length <= NEGLIGIBLE:
            break
        congestion, state = congestion + length * towards, after
    return congestion, state


def _state(agents: _Agents, congestion: Floats, *, blur: float) -> _State:
    cost = agents.travel + congestion[agents.to_code]
    least = np.minimum.reduceat(cost, agents.starts)
    odds = np.exp((least[agents.origin] - cost) / blur)
    total = np.add.reduceat(odds, agents.starts)
    value = float((agents.people * (least - blur * np.log(total))).sum())
    chosen = odds / total[agents.origin]
    load = np.bincount(
        agents.to_code,
        weights=agents.people[agents.origin] * chosen,
        minlength=len(agents.room),
    ).astype(np.float64)
    return _State(value - float((agents.room * congestion**2).sum()) / 2, chosen, load)


def _curvature(agents: _Agents, state: _State, *, blur: float) -> Floats:
    """How the slope falls with congestion: facilities by facilities, positive definite."""
    # Shares too small to be felt only make the product slow
    kept = state.chosen > NEGLIGIBLE
    shape = (len(agents.starts), len(agents.room))
    at = (agents.origin[kept], agents.to_code[kept])
    chosen = csr_array((state.chosen[kept], at), shape=shape)
    moved = csr_array((state.chosen[kept] * agents.people[at[0]], at), shape=shape)
    curvature = -(chosen.T @ moved).toarray() / blur
    curvature[np.diag_indices_from(curvature)] += state.load / blur + agents.room
    return np.asarray(curvature)
