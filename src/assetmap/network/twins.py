"""Segments between the same two nodes, drawn twice: one street, at the least of their costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.network.impedance import CLOSED, Impedance
from assetmap.network.kernels import LIMIT_CM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.frames.streets import Streets

    I64 = NDArray[np.int64]


class Single(NamedTuple):
    """Segments open at least one way, no two of them between the same nodes.

    ``street`` is the row of the streets that stands for each; ``u`` and ``v`` are its nodes.
    """

    street: I64
    u: I64
    v: I64
    forward_cm: I64
    back_cm: I64


def single(streets: Streets, found: Impedance) -> Single:
    """The open segments; of those between the same nodes one, each way at the least cost.

    They lie on each other, being straight: a point beside them is beside both, and two points
    must not come to stand on different ones, with a junction between them. The one that stays
    runs from west to east, of those from south to north.
    """
    street = np.flatnonzero((found.forward_cm != CLOSED) | (found.back_cm != CLOSED))
    u, v = streets.u[street].astype(np.int64), streets.v[street].astype(np.int64)
    forward, back = (np.where(cm[street] == CLOSED, LIMIT_CM + 1, cm[street]).astype(np.int64)
                     for cm in (found.forward_cm, found.back_cm))  # fmt: skip
    pair = np.minimum(u, v) * len(streets.x) + np.maximum(u, v)
    _, first, number, count = np.unique(
        pair, return_index=True, return_inverse=True, return_counts=True
    )
    flip = (count[number] > 1) & _westward(streets, u, v)
    u, v = np.where(flip, v, u), np.where(flip, u, v)
    forward, back = np.where(flip, back, forward), np.where(flip, forward, back)
    least = np.full((2, len(first)), LIMIT_CM + 1, np.int64)
    np.minimum.at(least[0], number, forward)
    np.minimum.at(least[1], number, back)
    order = np.argsort(first)
    kept = first[order]
    cm = np.where(least > LIMIT_CM, CLOSED, least)[:, order]
    return Single(street[kept], u[kept], v[kept], cm[0], cm[1])


def _westward(streets: Streets, u: I64, v: I64) -> NDArray[np.bool_]:
    east, north = streets.x[v] - streets.x[u], streets.y[v] - streets.y[u]
    return np.asarray((east < 0) | ((east == 0) & (north < 0)))
