"""Processes beside the one that runs a study: they load the program before there is work."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess


class Other(NamedTuple):
    """A process that loads the program, and the way to tell it what to work at."""

    process: BaseProcess
    way: Connection


@contextmanager
def started(count: int) -> Iterator[tuple[Other, ...]]:
    """So many processes more, none where the machine lets no other start; they end with the block.

    Each starts afresh, on every system, and shares no thread. Loading the program takes about a
    second, so that it is worth to start them first of all.
    """
    others: list[Other] = []
    try:
        with suppress(OSError):
            others.extend(_started() for _ in range(count))
        yield tuple(others)
    finally:
        for one in others:
            one.process.kill()
            one.process.join()
            one.way.close()


def _started() -> Other:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_wait_for_work, args=(theirs, gc.get_threshold()), daemon=True)
    process.start()
    theirs.close()
    return Other(process, ours)


def _wait_for_work(way: Connection, collect: tuple[int, int, int]) -> None:
    """The work that is sent, once the program is loaded; nothing where none comes.

    ``collect`` is how seldom the run's own process looks for objects that nobody needs.
    The run hears an interrupt, and ends this process; what goes wrong here goes wrong there too,
    and is told there.
    """
    gc.set_threshold(*collect)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    from assetmap.study.ahead import work_ahead  # noqa: PLC0415 - a second, spent beside the run's

    with suppress(EOFError):
        work_ahead(**way.recv())
