"""Processes that work ahead of a run: they make what it has not come to yet.

The run walks its steps in their order, alone or not. A process beside it walks the same steps
without making any, which costs little. Of the steps whose inputs are there it then makes the last,
again and again, into the same store, where the run finds them; at the end it writes some of the
run's files. So the two meet in the middle, and what is found, in which order it is told and which
fault is told is that of one process. Whatever becomes of the other process, the run makes what is
missing by itself.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from assetmap.errors import AssetmapError
from assetmap.study.ledger import Ledger, keep
from assetmap.study.listing import Listing, NotYetError
from assetmap.study.pipeline import find_out
from assetmap.study.run import edition_for, writers
from assetmap.study.turns import PAUSE_S, Turns
from assetmap.study.work import Work

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.sources.store import Store
    from assetmap.study.settings import Settings


def work_ahead(
    *,
    settings: Settings,
    folders: tuple[Path, ...],
    store: Store,
    turns: Turns,
    collect: tuple[int, int, int],
    single: bool,
) -> None:
    """What can be made and nobody else makes, the last first, until all is there.

    A fault ends it without a word: the run comes to the same step and tells it. ``collect`` is how
    seldom the run's own process looks for objects that nobody needs.
    """
    gc.set_threshold(*collect)
    with suppress(AssetmapError):
        walked = False
        while not walked:
            listing = Listing(store)
            walked = _all_made(listing, Work(settings, folders, listing), turns)
        work = Work(settings, folders, Ledger(store))
        edition = edition_for(work, find_out(work))
        for piece, write in reversed(writers(single=single).items()):
            turns.offer(piece, partial(write, edition))


def _all_made(listing: Listing, work: Work, turns: Turns) -> bool:
    """Whether every step is there; False where a table that decides what follows has come."""
    awaited = None
    try:
        find_out(work)
    except NotYetError as stop:
        awaited = stop.fingerprint
    left, store = dict(listing.todo), listing.store
    while left and awaited in {None, *left}:
        end_with_the_run()
        ready = [piece for piece, one in left.items() if not one.inputs & left.keys()]
        mine = next((piece for piece in reversed(ready) if turns.take(piece)), None)
        if mine:
            keep(store, mine, left[mine].function())
        else:
            time.sleep(PAUSE_S)
        for piece in [one for one in ready if turns.taken(one) and store.has(one)]:
            del left[piece]
    return awaited is None


def end_with_the_run() -> None:
    """The end of this process where the run has been killed: nobody waits for what it makes."""
    run = multiprocessing.parent_process()
    if run is not None and not run.is_alive():
        sys.exit()
