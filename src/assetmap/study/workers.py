"""Pieces of work shared out among processes, by dask; one process needs none."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from assetmap.errors import Fault, MissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Piece = TypeVar("Piece")
Done = TypeVar("Done")


def in_workers(
    task: Callable[[Piece], Done], pieces: Sequence[Piece], *, workers: int
) -> list[Done]:
    """What the task makes of each piece, in the order of the pieces whatever process did it.

    Raises
    ------
    MissingError
        Where more than one process is asked for and dask is not installed.
    """
    if min(workers, len(pieces)) <= 1:
        return [task(piece) for piece in pieces]
    try:
        from dask.distributed import Client, LocalCluster  # noqa: PLC0415 - an extra
    except ImportError as error:
        attempt = "pip install 'assetmap[scale]', or ask for one process"
        fault = Fault(what=f"{workers} processes need dask", attempt=attempt)
        raise MissingError(fault) from error
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
            memory_limit=0,
        ) as cluster,
        Client(cluster) as client,
    ):  # fmt: skip
        given = client.scatter(task, broadcast=True)
        futures = [client.submit(_done, given, piece, pure=False) for piece in pieces]
        done: list[Done] = client.gather(futures)
    return done


def _done(task: Callable[[Piece], Done], piece: Piece) -> Done:
    """Called in the other process."""
    return task(piece)
