"""Hexagons of a grid of which only the cells' centres are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from assetmap.errors import Fault, ReadError

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDES = 6
NEXT = 1.5
"""Neighbours lie within this many spacings; the cells behind them 1.73 away."""
STRAY_SHARE = 0.1
"""How far a neighbour may lie from where the lattice puts it, in spacings."""
DECIMALS = 3


def hexagons_of(xy: NDArray[np.float64], *, where: str) -> NDArray[np.object_]:
    """The hexagon round each centre: the ground nearer to it than to its six neighbours.

    Its corners are the centres of the circles through a cell and two neighbours that follow each
    other. Where a cell has no neighbour on one side, at the edge of the grid or of a gap in it,
    one is taken to stand at the usual distance on that side, the median over the grid. Cells
    side by side share their edge exactly; corners are rounded to the millimetre. Any order of
    centres gives the same hexagons.

    Parameters
    ----------
    xy
        Centres in metres, n by 2.
    where
        Names the source in errors.

    Raises
    ------
    ReadError
        Where there are fewer than three cells, two at one place, or the centres are no grid of
        hexagons.

    References
    ----------
    Du, Faber & Gunzburger 1999, "Centroidal Voronoi tessellations", SIAM Review 41(4).
    """
    _refuse(len(xy) < 3, f"{len(xy)} centres are too few to tell a grid", where)  # noqa: PLR2004
    one, other, spacing = _neighbours(xy, where=where)
    steps = xy[other] - xy[one]
    side = _sides(steps)
    usual = _usual_steps(steps, side, where=where)
    stray = np.hypot(*(steps - usual[side]).T) > STRAY_SHARE * spacing
    _refuse(bool(stray.any()), "the centres are no grid of hexagons", where)
    around = np.tile(usual, (len(xy), 1, 1))
    around[one, side] = steps
    corners = xy[:, None] + _circle_centres(around, np.roll(around, -1, axis=1))
    return np.asarray(shapely.polygons(np.round(corners, DECIMALS)), dtype=object)


def _neighbours(
    xy: NDArray[np.float64], *, where: str
) -> tuple[NDArray[np.int64], NDArray[np.int64], float]:
    """Pairs of cells side by side, each both ways, and the usual spacing."""
    from scipy.spatial import cKDTree  # noqa: PLC0415 - only where a grid is drawn

    tree = cKDTree(xy)
    nearest = tree.query(xy, k=2)[0][:, 1]
    _refuse(bool((nearest == 0).any()), "two cells have the same centre", where)
    spacing = float(np.median(nearest))
    pairs = tree.query_pairs(NEXT * spacing, output_type="ndarray")
    both = np.vstack([pairs, pairs[:, ::-1]])
    return both[:, 0], both[:, 1], spacing


def _sides(steps: NDArray[np.float64]) -> NDArray[np.int64]:
    """Which of the six sides each step leaves by, counted against the clock.

    The grid's turn is the circular mean of six times the angle, of which all sides have the same.
    """
    angle = np.arctan2(steps[:, 1], steps[:, 0])
    turned = np.exp(1j * SIDES * angle).sum()
    turn = np.angle(turned) / SIDES
    sides: NDArray[np.int64] = np.rint((angle - turn) * SIDES / (2 * np.pi)).astype(np.int64)
    return sides % SIDES


def _usual_steps(
    steps: NDArray[np.float64], side: NDArray[np.int64], *, where: str
) -> NDArray[np.float64]:
    """The median step of each side; of three axes one may be told from the two others."""
    axes = np.full((SIDES // 2, 2), np.nan)
    for axis in range(SIDES // 2):
        if (side == axis).any():
            axes[axis] = np.median(steps[side == axis], axis=0)
    first, second, third = axes
    unknown = np.isnan(axes[:, 0])
    _refuse(int(unknown.sum()) > 1, "the centres lie in one row", where)
    derived = np.array([second - third, first + third, second - first])
    known = np.where(unknown[:, None], derived, axes)
    return np.vstack([known, -known])


def _circle_centres(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The centre of the circle through the origin and two points."""
    (ax, ay), (bx, by) = np.moveaxis(one, -1, 0), np.moveaxis(other, -1, 0)
    a2, b2 = ax**2 + ay**2, bx**2 + by**2
    doubled = 2 * (ax * by - ay * bx)
    return np.stack([(by * a2 - ay * b2) / doubled, (ax * b2 - bx * a2) / doubled], axis=-1)


def _refuse(wrong: bool, what: str, where: str) -> None:  # noqa: FBT001 - reads as a sentence
    if wrong:
        attempt = "hexagons are drawn from centres of H3 cells and the like; else give polygons"
        raise ReadError(Fault(what=what, where=where, attempt=attempt))
