"""A run that others work ahead of: told what to work at when it begins, ended when it ends."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assetmap.study.ahead import Ahead
from assetmap.study.ledger import nothing_to_do
from assetmap.study.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assetmap.study.others import Other
    from assetmap.study.work import Work


@contextmanager
def beside(work: Work, others: Sequence[Other], *, single: bool = False) -> Iterator[None]:
    """The other processes work ahead of this one, until the block ends.

    Without any, this process works alone. ``single`` as of
    :func:`assetmap.study.run.publish_run`.
    """
    if not others:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="assetmap-", ignore_cleanup_errors=True) as folder:
        given = {
            "settings": work.settings,
            "folders": work.folders,
            "store": work.ledger.store,
            "turns": Turns(Path(folder)),
            "single": single,
        }
        processes = [one.process for one in others]
        for one in others:
            with suppress(OSError):  # one that has ended is as good as none
                one.way.send(given)
        try:
            work.ledger.turns = Turns(Path(folder), processes)
            work.ledger.meanwhile = Ahead(work, work.ledger.turns).help_out
            yield
        finally:
            work.ledger.turns, work.ledger.meanwhile = Turns(), nothing_to_do
            for process in processes:
                process.kill()
                process.join()
