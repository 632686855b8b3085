"""Processes beside the one that runs a study: they load the program before there is work."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from assetmap.study.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

THREADS = Path("/proc/self/task")
EARLY, WHOLE = "assetmap.study.early", "assetmap.study.study"
"""What reads the ground of a study, and the whole program, of which that is a part."""


class Other(NamedTuple):
    """A process that has the program loaded, or loads it, and the way to tell it its work."""

    process: BaseProcess
    way: Connection


@dataclass(frozen=True)
class Others:
    """The processes beside a run.

    Attributes
    ----------
    folder
        Where they take turns with it; None where there is nobody.
    waiting
        Those who wait to be told their work.
    early
        Those who are at the run's first steps while it loads the program.
    """

    folder: Path | None = None
    waiting: list[Other] = field(default_factory=list)
    early: list[BaseProcess] = field(default_factory=list)

    @property
    def processes(self) -> tuple[BaseProcess, ...]:
        """All of them."""
        return (*self.early, *(one.process for one in self.waiting))

    def end(self) -> None:
        """None of them runs any more."""
        for process in self.processes:
            process.kill()
            process.join()


NOBODY = Others()


@contextmanager
def started(count: int, *, study: Path | None = None, data: Path | None = None) -> Iterator[Others]:
    """So many processes more, none where the machine lets no other start; they end with the block.

    Loading the program takes about two seconds of a processor. A process that can be copied loads
    it, and is then copied; elsewhere each other process starts afresh and loads it for itself,
    while this one does. Where a ``study`` is named, a copy made as soon as it can read begins its
    first steps meanwhile, and ends when the run begins or they are made.
    """
    if count < 1:
        yield NOBODY
        return
    with tempfile.TemporaryDirectory(prefix="assetmap-", ignore_cleanup_errors=True) as folder:
        others = Others(Path(folder))
        try:
            _start(others, count, study, data)
            yield others
        finally:
            others.end()
            for one in others.waiting:
                one.way.close()


def _start(others: Others, count: int, study: Path | None, data: Path | None) -> None:
    copied = can_be_copied()
    if copied:
        load(EARLY)
        if study is not None and others.folder is not None:
            begin = {"study": study, "data": data, "turns": Turns(others.folder)}
            with suppress(OSError):
                others.early.append(_copy(_begin, begin))
        load(WHOLE)
    with suppress(OSError):
        for _ in range(count):
            others.waiting.append(_waiting_copy(others.waiting) if copied else _afresh())


def can_be_copied(threads: Path = THREADS) -> bool:
    """Whether a copy of this process lacks nothing: it is on Linux, and has one thread.

    Of several threads a copy has one, and a lock that another held stays shut in it for ever. The
    thread that loading the program starts, for Arrow's memory, knows of copies; what else a
    program has running that asks for a run cannot be known.
    """
    return sys.platform == "linux" and threads.is_dir() and len(list(threads.iterdir())) == 1


def load(module: str) -> None:
    """A part of the program loaded, for every copy of this process.

    What stays is not looked through.
    """
    import_module(module)
    if module == WHOLE:
        import_module("assetmap.network.kernels.compiled").make_ready()
        import_module("assetmap.study.ledger").code_version()
    gc.freeze()


def _copy(target: Callable[..., None], given: Mapping[str, object]) -> BaseProcess:
    process = multiprocessing.get_context("fork").Process(target=target, kwargs=given, daemon=True)
    process.start()
    return process


def _begin(**given: Any) -> None:  # noqa: ANN401 - handed on as it is
    """The run's first steps, in a copy that has so much of the program loaded."""
    _say_nothing()
    from assetmap.study.early import begin  # noqa: PLC0415 - loaded before the copy was made

    begin(**given)


def _waiting_copy(before: Sequence[Other]) -> Other:
    """A copy of this process, which also holds its ends of the ways to those ``before``."""
    ours, theirs = multiprocessing.Pipe()
    ends = [ours, *(one.way for one in before)]
    given = {"ends": ends, "way": theirs, "collect": gc.get_threshold()}
    process = _copy(_close_and_wait, given)
    theirs.close()
    return Other(process, ours)


def _afresh() -> Other:
    """A process that loads the program for itself."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    given = {"way": theirs, "collect": gc.get_threshold()}
    process = context.Process(target=_wait_for_work, kwargs=given, daemon=True)
    process.start()
    theirs.close()
    return Other(process, ours)


def _close_and_wait(
    ends: Sequence[Connection], way: Connection, collect: tuple[int, int, int]
) -> None:
    """Held here, the run's own ends of the ways would keep its end from being heard."""
    for one in ends:
        one.close()
    _wait_for_work(way, collect)


def _wait_for_work(way: Connection, collect: tuple[int, int, int]) -> None:
    """The work that is sent, once the program is loaded; nothing where none comes.

    ``collect`` is how seldom the run's own process looks for objects that nobody needs.
    """
    gc.set_threshold(*collect)
    _say_nothing()
    from assetmap.study.share import do_a_share  # noqa: PLC0415 - a second, spent beside the run's

    with suppress(EOFError):
        do_a_share(**way.recv())


def _say_nothing() -> None:
    """The run hears an interrupt, and ends this process.

    What goes wrong here goes wrong there too, and is told there.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
