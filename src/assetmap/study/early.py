"""The first steps of a run, made while it loads the rest of the program."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from assetmap.errors import AssetmapError
from assetmap.sources.store import open_store
from assetmap.study.ahead import Ahead, end_with_the_run
from assetmap.study.config import folders_of, read_settings
from assetmap.study.first_steps import find_ground
from assetmap.study.ledger import Ledger
from assetmap.study.turns import BEGUN
from assetmap.study.work import Work

if TYPE_CHECKING:
    import os

    from assetmap.study.turns import Turns


def begin(study: str | os.PathLike[str], data: str | os.PathLike[str] | None, turns: Turns) -> None:
    """The ground of a study, in the store that its run will open, until the run itself begins.

    Who has the whole program makes the rest. Nothing where that store would last for one process
    alone. A fault ends it without a word: the run comes to it and tells it.
    """
    store = open_store()
    if not store.lasting:
        return
    with suppress(AssetmapError):
        folder, named = folders_of(study, data)
        folders = (folder, *((named,) if named else ()))
        work = Work(read_settings(folder), folders, Ledger(store))
        ahead = Ahead(work, turns, find_ground)
        while not turns.taken(BEGUN) and ahead.make_one():
            end_with_the_run()
