"""Where people live, as plain arrays: sums by area without joining on text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


class Homes(NamedTuple):
    """ORIGINS in order of ``from_id``, so that sums are the same whatever order they came in.

    ``area_code`` indexes ``areas``, which are sorted; every area has an origin.
    """

    from_ids: pd.Index
    areas: pd.Index
    area_code: NDArray[np.int64]
    people: NDArray[np.float64]

    def sums(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """One value an origin, summed over each area; the order of the origins decides no digit.

        Each value is taken apart: its multiple of a grid so coarse that sums of multiples are
        exact, and the little that is left.
        """
        grid = grid_of(float(np.abs(values).sum()))
        if not grid:
            return self._plain_sums(values)
        coarse = np.rint(values / grid) * grid
        return self._plain_sums(coarse) + self._plain_sums(values - coarse)

    def _plain_sums(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        sums = np.bincount(self.area_code, weights=values, minlength=len(self.areas))
        return sums.astype(np.float64, copy=False)

    def people_of(self, here: NDArray[np.bool_]) -> NDArray[np.float64]:
        """The people of each area who live at these origins."""
        return self.sums(np.where(here, self.people, 0.0))

    def means(self, values: NDArray[np.float64], here: NDArray[np.bool_]) -> NDArray[np.float64]:
        """``Σ P_o y_o / Σ P_o`` over these origins that have a value; empty where nobody has."""
        return self.means_and_people(values, here)[0]

    def means_and_people(
        self, values: NDArray[np.float64], here: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """:meth:`means`, and the people who live at these origins that have a value."""
        known = here & ~np.isnan(values)
        weighted = self.sums(np.where(known, values, 0.0) * self.people)
        people = self.people_of(known)
        found = np.full(len(self.areas), np.nan)
        np.divide(weighted, people, out=found, where=people > 0)
        return found, people

    def quantiles(
        self, values: NDArray[np.float64], here: NDArray[np.bool_], *, qs: Iterable[float],
        least: int
    ) -> list[NDArray[np.float64]]:  # fmt: skip
        """For each q, the least value at which an area's cumulated people reach ``q Σ P``.

        Over these origins; one without a value comes last. Empty where that is the one, where
        nobody lives, and where there are fewer than ``least`` origins.
        """
        rows = np.flatnonzero(here)
        rows = rows[np.argsort(values[rows], kind="stable")]
        small = self.area_code.astype(np.min_scalar_type(len(self.areas)))  # is sorted quicker
        rows = rows[np.argsort(small[rows], kind="stable")]
        code, people, ranked = self.area_code[rows], self.people[rows], values[rows]
        total = np.bincount(code, weights=people, minlength=len(self.areas)).astype(np.float64)
        enough = (np.bincount(code, minlength=len(self.areas)) >= least) & (total > 0)
        cumulated = _cumulated(code, people, total)
        found = []
        for q in qs:
            # the margin is for sums of floats
            arrived = np.flatnonzero(enough[code] & (cumulated >= (q * total * (1 - 1e-9))[code]))
            told = np.full(len(self.areas), np.nan)
            told[code[arrived[::-1]]] = ranked[arrived[::-1]]  # the first of an area is set last
            found.append(told)
        return found

    def rows(self, table: pd.DataFrame | pd.Series) -> NDArray[np.float64]:
        """A table or series by ``from_id`` in the order of these homes; empty where it has none."""
        aligned = table if table.index.equals(self.from_ids) else table.reindex(self.from_ids)
        return aligned.to_numpy(dtype=np.float64, na_value=np.nan)

    def flags(self, table: pd.DataFrame | pd.Series) -> NDArray[np.bool_]:
        """What holds, by ``from_id``, in the order of these homes; it does not where unknown."""
        known = table.index.equals(self.from_ids)
        aligned = table if known else table.reindex(self.from_ids, fill_value=False)
        return aligned.to_numpy(dtype=np.bool_)


def grid_of(whole: float) -> float:
    """The finest grid on which sums of multiples are exact while they stay within ``whole``.

    0 where there is none: of nothing, or of what is infinite.
    """
    return math.ldexp(1.0, math.frexp(whole)[1] - 52) if 0 < whole < math.inf else 0.0


def homes_of(origins: pd.DataFrame) -> Homes:
    """The homes of ORIGINS."""
    if not origins["from_id"].is_monotonic_increasing:
        origins = origins.sort_values("from_id")
    codes, areas = pd.factorize(origins["area_id"], sort=True)
    return Homes(
        from_ids=pd.Index(origins["from_id"], dtype="str", name="from_id"),
        areas=pd.Index(areas, dtype="str", name="area_id"),
        area_code=codes.astype(np.int64),
        people=origins["people"].to_numpy(dtype=np.float64),
    )


def _cumulated(
    code: NDArray[np.int64], people: NDArray[np.float64], total: NDArray[np.float64]
) -> NDArray[np.float64]:
    """People cumulated within each area; rows stand together by area.

    One running sum over all rows: what an area added is taken off where the next one begins, so
    that the sum never outgrows an area's people.
    """
    steps = people.copy()
    begins = np.flatnonzero(code[1:] != code[:-1]) + 1
    steps[begins] -= total[code[begins - 1]]
    return np.cumsum(steps)
