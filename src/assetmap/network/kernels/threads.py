"""Pieces of work on several threads: the searches let go of the interpreter's lock."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Piece = TypeVar("Piece")
Done = TypeVar("Done")

PIECES_A_THREAD = 4


def in_threads(
    task: Callable[[Piece], Done], pieces: Sequence[Piece], *, threads: int | None
) -> list[Done]:
    """What the task makes of each piece, in the order of the pieces whatever thread did it."""
    count = min(threads_of(threads), len(pieces))
    if count <= 1:
        return [task(piece) for piece in pieces]
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(task, pieces))


def threads_of(threads: int | None) -> int:
    """The number asked for, at least 1; None means every processor of the machine."""
    return max(1, threads if threads is not None else os.cpu_count() or 1)


def cuts(size: int, *, threads: int | None, least: int = 1) -> list[slice]:
    """``size`` things cut into a few slices a thread, none much smaller than ``least``."""
    count = threads_of(threads)
    pieces = max(1, min(count * PIECES_A_THREAD if count > 1 else 1, size // max(1, least)))
    ends = [size * i // pieces for i in range(pieces + 1)]
    return [slice(start, stop) for start, stop in pairwise(ends)]
