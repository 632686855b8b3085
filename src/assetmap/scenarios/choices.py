"""What is near each home, theme by theme, laid out so that many draws read it once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.network.kernels.shaken import Choices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assetmap.access.homes import Homes
    from assetmap.findings.left_behind import Flags, Numbers
    from assetmap.network.kernels.shaken import Near

    Codes = NDArray[np.int64]


def choices_of(
    homes: Homes, measured: Flags, near: Sequence[Near], themes: Mapping[str, Sequence[int]], *,
    kept: int,
) -> Choices:  # fmt: skip
    """The measured standards of each home by theme, with what satisfies them, the nearest first.

    A home where nothing is measured has no part, and a theme without a measured standard is none.

    Parameters
    ----------
    measured
        Homes by standards.
    themes
        The themes that count, with their standards.
    kept
        How many of the nearest are kept of a kind.
    """
    pairs = [(group, at) for group, places in enumerate(themes.values()) for at in sorted(places)]
    flags = np.array([measured[:, at] for _, at in pairs], dtype=bool).reshape(len(pairs), -1)
    home, pair = np.nonzero(flags.T)
    group, column = np.ascontiguousarray(np.array(pairs, dtype=np.int64).reshape(-1, 2)[pair].T)
    begins = np.flatnonzero(_changes(home) | _changes(group))
    take, rows = _rows(near, home, column)
    return Choices(
        parts=_ends(home[begins], len(homes.people)),
        area=homes.area_code,
        people=homes.people,
        sets=np.append(begins, len(home)),
        group=group[begins],
        rows=rows,
        column=column,
        full=np.diff(rows) >= kept,
        to=np.concatenate([np.empty(0, np.int32), *(one.to for one in near)])[take],
        cost_min=_together([one.cost_min for one in near])[take],
        east_m=_together([one.east_m for one in near])[take],
        north_m=_together([one.north_m for one in near])[take],
    )


def _rows(near: Sequence[Near], home: Codes, column: Codes) -> tuple[Codes, Codes]:
    """Where the rows of each home and standard are among all, and where they begin and end."""
    starts = np.cumsum([0, *(len(one.to) for one in near)])
    first = np.array([one.ptr[:-1] for one in near], dtype=np.int64).reshape(len(near), -1)
    count = np.array([np.diff(one.ptr) for one in near], dtype=np.int64).reshape(first.shape)
    long = count[column, home]
    rows = np.concatenate([[0], np.cumsum(long)]).astype(np.int64)
    take = np.arange(rows[-1]) + np.repeat(starts[column] + first[column, home] - rows[:-1], long)
    return take, rows


def _together(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate([np.empty(0), *parts])


def _changes(codes: Codes) -> Flags:
    """Whether each is another than the one before; the first is."""
    return np.concatenate([np.ones(min(len(codes), 1), dtype=bool), codes[1:] != codes[:-1]])


def _ends(of: Codes, size: int) -> Codes:
    counts = np.bincount(of, minlength=size)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
