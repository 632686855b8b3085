"""Processes that work ahead of a run: they make steps that it has not come to yet.

The run walks its steps in their order, alone or not. A process beside it walks the same steps
without making any, which costs little: a step's name in the store is known before the step is
made. Of the steps whose inputs are there it then makes the last, again and again, into the same
store, where the run finds them. So the two meet in the middle, and what is found, in which order
it is told and which fault is told is that of one process. Whatever becomes of the other process,
the run makes what is missing by itself.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assetmap.errors import AssetmapError
from assetmap.provenance import Step
from assetmap.study.ledger import Kept, Ledger, keep, print_of
from assetmap.study.pipeline import find_out
from assetmap.study.turns import PAUSE_S, Turns
from assetmap.study.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from multiprocessing.process import BaseProcess

    from assetmap.sources.store import Store
    from assetmap.study.ledger import Made
    from assetmap.study.settings import Settings


class NotYetError(Exception):
    """What a step is to be made from is not there yet."""


class Awaited(Kept):
    """A step's result that another process may still be making."""

    def part(self, name: str) -> Any:  # noqa: ANN401 - as of a result that is there
        """One part of the result, where it is there."""
        if not self._store.has(self.step.fingerprint):
            raise NotYetError(self.step.fingerprint)
        return super().part(name)


@dataclass(frozen=True)
class Todo:
    """A step that is not made yet, and the fingerprints of what it is made from."""

    function: Callable[[], Made]
    inputs: frozenset[str]


@dataclass
class Listing(Ledger):
    """A ledger that makes no step: it lists those that are not in the store, in their order."""

    todo: dict[str, Todo] = field(default_factory=dict)

    def run(
        self,
        name: str,
        function: Callable[[], Made],
        *,
        inputs: Mapping[str, str],
        settings: Mapping[str, object],
        sources: tuple[str, ...] = (),
    ) -> Kept:
        """The step's result, there or not."""
        plain, fingerprint = print_of(name, inputs, settings)
        if not self.store.has(fingerprint):
            self.todo[fingerprint] = Todo(function, frozenset(inputs.values()))
        step = Step(
            name=name, makes="", inputs=tuple(sorted(inputs)), sources=sources, settings=plain,
            code="", rows=0, fingerprint=fingerprint,
        )  # fmt: skip
        return Awaited(step, (), reused=False, needs=tuple(inputs.values()), _store=self.store)


@contextmanager
def beside(work: Work, *, workers: int) -> Iterator[None]:
    """Processes beside this one that work ahead of it, as many as make ``workers`` with it.

    They end with the block. One worker is this process alone, and so it is where the machine lets
    no other process start.
    """
    if workers <= 1:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="assetmap-", ignore_cleanup_errors=True) as folder:
        given = (work.settings, work.folders, work.ledger.store, Path(folder))
        others: list[BaseProcess] = []
        try:
            with suppress(OSError):
                others.extend(_started(given) for _ in range(workers - 1))
            work.ledger.turns = Turns(Path(folder), others)
            yield
        finally:
            work.ledger.turns = Turns()
            for one in others:
                one.kill()
                one.join()


def _started(given: tuple[Settings, tuple[Path, ...], Store, Path]) -> BaseProcess:
    """A new process at the run; it starts afresh, on every system, and shares no thread."""
    spawn = multiprocessing.get_context("spawn")
    other = spawn.Process(target=work_ahead, args=given, daemon=True)
    other.start()
    return other


def work_ahead(settings: Settings, folders: tuple[Path, ...], store: Store, turns: Path) -> None:
    """Every step that can be made and that nobody else makes, the last first, until all are there.

    Called in the other process. A fault ends it without a word: the run comes to the same step
    and tells it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run hears it, and ends this process
    with Path(os.devnull).open("w", encoding="utf-8") as sys.stderr, suppress(AssetmapError):
        walked = False
        while not walked:
            listing = Listing(store)
            walked = not _stopped(Work(settings, folders, listing))
            _make(listing.todo, store, Turns(turns))


def _stopped(work: Work) -> bool:
    """Whether the walk ended early, at a table that decides which steps follow."""
    try:
        find_out(work)
    except NotYetError:
        return True
    return False


def _make(todo: Mapping[str, Todo], store: Store, turns: Turns) -> None:
    """Every step of a list made, here or elsewhere."""
    left = dict(todo)
    while left:
        for piece in [one for one in left if turns.taken(one) and store.has(one)]:
            del left[piece]
        ready = [piece for piece, one in left.items() if not one.inputs & left.keys()]
        mine = next((piece for piece in reversed(ready) if turns.take(piece)), None)
        if mine:
            keep(store, mine, left[mine].function())
        elif left:
            time.sleep(PAUSE_S)
