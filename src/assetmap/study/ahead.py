"""Working ahead of a run: steps are made that it has not come to yet.

The run walks its steps in their order, alone or not. Ahead of it the same steps are walked without
making any, which costs little. Of those whose inputs are there one is made, again and again, into
the same store, where the run finds them: first what stands before a table that decides what
follows, then the last of all, so that who works ahead and who walks meet in the middle. Another
process does so, and at the end writes some of the run's files; the run itself does so while it
waits for a step that the other is at. What is found, in which order it is told and which fault is
told is that of one process. Whatever becomes of the other process, the run makes what is missing
by itself.
"""

from __future__ import annotations

import multiprocessing
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from assetmap.errors import AssetmapError
from assetmap.study.ledger import keep
from assetmap.study.listing import Listing, NotYetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assetmap.study.ledger import Kept
    from assetmap.study.listing import Todo
    from assetmap.study.turns import Turns
    from assetmap.study.work import Work


class Ahead:
    """The steps of a run that are not made yet, one made after another.

    They are those of a ``walk``, as :func:`assetmap.study.pipeline.find_out`, listed as far as is
    known, and again when a table has come that decides what follows.
    """

    def __init__(self, work: Work, turns: Turns, walk: Callable[[Work], object]) -> None:
        self.work, self.turns, self.walk = work, turns, walk
        self.kept: dict[str, Kept] = {}
        """Every step that was listed, by its name, with what was read of it."""
        self.left: dict[str, Todo] = {}
        self.until: str | None = ""
        """The step without which no more can be listed; None where all are listed."""
        self.stopped = False

    @property
    def ended(self) -> bool:
        """Whether every step is there."""
        self._strike_off()
        return self.until is None and not self.left

    def make_one(self) -> bool:
        """Whether there was a step to make: its inputs are there, and nobody else is at it."""
        self._strike_off()
        if self.until is not None and self.until not in self.left:
            self._list()
        ready = [piece for piece, one in self.left.items() if not one.inputs & self.left.keys()]
        mine = next((piece for piece in self._in_turn(ready) if self.turns.take(piece)), None)
        if mine:
            keep(self.work.ledger.store, mine, self.left[mine].function())
        return mine is not None

    def _strike_off(self) -> None:
        """What has been made, by whomever, is no longer left."""
        there = self.work.ledger.store.has
        for piece in [one for one in self.left if self.turns.taken(one) and there(one)]:
            del self.left[piece]

    def help_out(self) -> bool:
        """:meth:`make_one`, until it cannot go on: the run comes to the same step in its order.

        There a fault is told; a step that asks for another which it does not name finds it made.
        """
        try:
            return not self.stopped and self.make_one()
        except (AssetmapError, NotYetError):
            self.stopped = True
            return False

    def _list(self) -> None:
        known = self.work.ledger
        listing, self.until = Listing(known.store, kept=self.kept | known.kept), None
        try:
            self.walk(replace(self.work, ledger=listing))
        except NotYetError as stop:
            self.until = stop.fingerprint
        self.left, self.kept = dict(listing.todo), listing.kept

    def _in_turn(self, ready: list[str]) -> Iterator[str]:
        """What can be made, the last first: what the listing waits for, then all."""
        before: set[str] = set()
        todo = self.left.keys() & {self.until}
        while todo:
            before |= todo
            todo = {one for piece in todo for one in self.left[piece].inputs} & self.left.keys()
        yield from (piece for piece in reversed(ready) if piece in before)
        yield from (piece for piece in reversed(ready) if piece not in before)


def end_with_the_run() -> None:
    """The end of this process where the run has been killed: nobody waits for what it makes."""
    run = multiprocessing.parent_process()
    if run is not None and not run.is_alive():
        sys.exit()
