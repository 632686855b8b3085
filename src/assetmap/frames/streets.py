"""Streets and paths as plain arrays: the one form in which doors and inner rooms share them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from assetmap.errors import ContractError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

HIGHWAYS = (
    "other", "footway", "path", "steps", "pedestrian", "living_street", "residential", "service",
    "track", "cycleway", "bridleway", "unclassified", "tertiary", "secondary", "primary", "trunk",
    "corridor", "crossing",
)  # fmt: skip
"""Kinds of street by code; links count with what they link, so trunk_link is trunk."""

WHEELCHAIR = ("unknown", "yes", "limited", "no")
SURFACES = ("unknown", "paved", "uneven", "unpaved")
ONEWAY = (0, 1, -1)
OPEN, BARS_WALKERS, BARS_WHEELS = 0, 1, 2
"""What stands at a node: nothing in the way, something nobody passes, or no wheels pass."""


class Streets(NamedTuple):
    """Walkable segments between numbered points in the study's CRS.

    Attributes
    ----------
    x, y
        float64, metres: where each node is.
    barrier
        uint8 a node: ``OPEN``, ``BARS_WALKERS`` (a wall, a locked gate) or ``BARS_WHEELS`` (a
        stile, a raised kerb).
    u, v
        int32 a segment: the nodes at its ends. Loops and parallel segments may occur.
    length_m
        float64 a segment, at least 0.
    highway
        uint8 into ``HIGHWAYS``.
    steps
        bool.
    wheelchair
        uint8 into ``WHEELCHAIR``; what nobody recorded is unknown, never no.
    kerb_raised
        bool: the segment itself is a raised kerb.
    incline_percent
        float32, rising from u to v; NaN where nobody recorded it.
    surface
        uint8 into ``SURFACES``.
    oneway
        int8, for walkers: 0 both ways, 1 from u to v only, -1 from v to u only.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    barrier: NDArray[np.uint8]
    u: NDArray[np.int32]
    v: NDArray[np.int32]
    length_m: NDArray[np.float64]
    highway: NDArray[np.uint8]
    steps: NDArray[np.bool_]
    wheelchair: NDArray[np.uint8]
    kerb_raised: NDArray[np.bool_]
    incline_percent: NDArray[np.float32]
    surface: NDArray[np.uint8]
    oneway: NDArray[np.int8]

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays by name, as a store keeps them."""
        return self._asdict()

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Streets:
        """The streets of :meth:`to_arrays`, held to their contract.

        Raises
        ------
        ContractError
            As :func:`hold_streets`, and where an array is missing.
        """
        missing = [name for name in cls._fields if name not in arrays]
        if missing:
            what = f"no arrays {', '.join(missing)}"
            raise ContractError(Fault(what=what, where="streets"))
        return hold_streets(cls(*(cast("Any", arrays[name]) for name in cls._fields)))


KINDS = {
    "x": np.float64, "y": np.float64, "barrier": np.uint8, "u": np.int32, "v": np.int32,
    "length_m": np.float64, "highway": np.uint8, "steps": np.bool_, "wheelchair": np.uint8,
    "kerb_raised": np.bool_, "incline_percent": np.float32, "surface": np.uint8, "oneway": np.int8,
}  # fmt: skip
OF_NODES = ("x", "y", "barrier")
CHOICES = {"barrier": 3, "highway": len(HIGHWAYS), "wheelchair": 4, "surface": 4}


def hold_streets(streets: Streets) -> Streets:
    """The streets with exact kinds, once they keep to what :class:`Streets` says.

    Raises
    ------
    ContractError
        For arrays of unequal length, ends that are not nodes, places or lengths that are not
        numbers or negative, unknown codes.
    """
    nodes, segments = len(streets.x), len(streets.u)
    faults = [
        f"{name} has {len(array)} rows"
        for name, array in streets._asdict().items()
        if len(array) != (nodes if name in OF_NODES else segments)
    ]
    faults += [
        f"{name} holds nodes that there are not"
        for name, ends in (("u", streets.u), ("v", streets.v))
        if len(ends) and (ends.min() < 0 or ends.max() >= nodes)
    ]
    faults += [
        f"{name} holds what is no number"
        for name in ("x", "y", "length_m")
        if not np.isfinite(getattr(streets, name)).all()
    ]
    if (streets.length_m < 0).any():
        faults.append("length_m holds negative lengths")
    faults += [
        f"{name} holds unknown codes"
        for name, count in CHOICES.items()
        if ((column := getattr(streets, name)) < 0).any() or (column >= count).any()
    ]
    if not np.isin(streets.oneway, ONEWAY).all():
        faults.append("oneway holds unknown codes")
    if faults:
        raise ContractError([Fault(what=text, where="streets") for text in faults])
    return Streets(
        **{name: array.astype(KINDS[name], copy=False) for name, array in streets._asdict().items()}
    )
