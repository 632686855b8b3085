"""The share of a process that works beside a run: steps, then some of the run's files."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from assetmap.errors import AssetmapError
from assetmap.publish.open_tables import APART
from assetmap.publish.public import write_apart
from assetmap.study.ahead import Ahead, end_with_the_run
from assetmap.study.ledger import Ledger
from assetmap.study.pipeline import find_out
from assetmap.study.run import edition_for, writers
from assetmap.study.turns import PAUSE_S
from assetmap.study.work import Work

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.sources.store import Store
    from assetmap.study.settings import Settings
    from assetmap.study.turns import Turns


def do_a_share(
    *,
    settings: Settings,
    folders: tuple[Path, ...],
    store: Store,
    turns: Turns,
    single: bool,
) -> None:
    """What can be made and nobody else makes, until all is there; then some of the run's files.

    A fault ends it without a word: the run comes to the same step and tells it.
    """
    work = Work(settings, folders, Ledger(store))
    with suppress(AssetmapError):
        ahead = Ahead(work, turns, find_out)
        while not ahead.ended:
            end_with_the_run()
            if not ahead.make_one():
                time.sleep(PAUSE_S)
        work = replace(work, ledger=Ledger(store, kept=ahead.kept))
        edition = edition_for(work, find_out(work))
        pieces = writers(single=single)
        last, *rest = reversed(pieces)
        turns.offer(last, partial(pieces[last], edition))
        turns.offer(APART, partial(write_apart, edition))
        for piece in rest:
            turns.offer(piece, partial(pieces[piece], edition))
