"""A run that others work ahead of: told what to work at when it begins, ended when it ends."""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from assetmap.study.ahead import Ahead
from assetmap.study.ledger import nothing_to_do
from assetmap.study.pipeline import find_out
from assetmap.study.turns import BEGUN, Turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assetmap.study.others import Others
    from assetmap.study.work import Work


@contextmanager
def beside(work: Work, others: Others, *, single: bool = False) -> Iterator[None]:
    """The other processes work ahead of this one, until the block ends.

    Without any, this process works alone; so it does where they have worked beside a run before.
    ``single`` as of :func:`assetmap.study.run.publish_run`.
    """
    if others.folder is None or not others.folder.is_dir():
        yield
        return
    given = {
        "settings": work.settings,
        "folders": work.folders,
        "store": work.ledger.store,
        "turns": Turns(others.folder),
        "single": single,
    }
    for one in others.waiting:
        with suppress(OSError):  # one that has ended is as good as none
            one.way.send(given)
    try:
        work.ledger.turns = Turns(others.folder, others.processes)
        work.ledger.turns.take(BEGUN)
        work.ledger.meanwhile = Ahead(work, work.ledger.turns, find_out).help_out
        yield
    finally:
        work.ledger.turns, work.ledger.meanwhile = Turns(), nothing_to_do
        others.end()
        shutil.rmtree(others.folder, ignore_errors=True)
