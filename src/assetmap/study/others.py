"""Processes beside the one that runs a study: they load the program before there is work."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

THREADS = Path("/proc/self/task")


class Other(NamedTuple):
    """A process that has the program loaded, or loads it, and the way to tell it its work."""

    process: BaseProcess
    way: Connection


@contextmanager
def started(count: int) -> Iterator[tuple[Other, ...]]:
    """So many processes more, none where the machine lets no other start; they end with the block.

    Loading the program takes about two seconds of a processor. A process that can be copied loads
    it, and is then copied; elsewhere each other process starts afresh and loads it for itself,
    while this one does.
    """
    others: list[Other] = []
    try:
        copied = count > 0 and can_be_copied()
        if copied:
            load()
        with suppress(OSError):
            for _ in range(count):
                others.append(_copy(others) if copied else _afresh())
        yield tuple(others)
    finally:
        for one in others:
            one.process.kill()
            one.process.join()
            one.way.close()


def can_be_copied(threads: Path = THREADS) -> bool:
    """Whether a copy of this process lacks nothing: it is on Linux, and has one thread.

    Of several threads a copy has one, and a lock that another held stays shut in it for ever. The
    thread that loading the program starts, for Arrow's memory, knows of copies; what else a
    program has running that asks for a run cannot be known.
    """
    return sys.platform == "linux" and threads.is_dir() and len(list(threads.iterdir())) == 1


def load() -> None:
    """The program loaded, for every copy of this process: it stays, and is not looked through."""
    import_module("assetmap.study.study")
    import_module("assetmap.network.kernels.compiled").make_ready()
    gc.freeze()


def _copy(before: Sequence[Other]) -> Other:
    """A copy of this process, which also holds its ends of the ways to those ``before``."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    ends = [ours, *(one.way for one in before)]
    process = context.Process(target=_close_and_wait, args=(ends, theirs), daemon=True)
    return _begun(process, ours, theirs)


def _afresh() -> Other:
    """A process that loads the program for itself."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    begin = (theirs, gc.get_threshold())
    process = context.Process(target=_wait_for_work, args=begin, daemon=True)
    return _begun(process, ours, theirs)


def _begun(process: BaseProcess, ours: Connection, theirs: Connection) -> Other:
    process.start()
    theirs.close()
    return Other(process, ours)


def _close_and_wait(ends: Sequence[Connection], way: Connection) -> None:
    """Held here, the run's own ends of the ways would keep its end from being heard."""
    for one in ends:
        one.close()
    _wait_for_work(way, gc.get_threshold())


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
