"""Turns: which of the processes of one run makes what, so that nothing is made twice."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assetmap.publish.atomic import unsettled, whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.process import BaseProcess
    from pathlib import Path

PAUSE_S = 0.005
BEGUN = "begun"
"""The piece that the run itself takes when it begins; no step has such a name."""


@dataclass(frozen=True)
class Turns:
    """Who makes what in one run: the first process to ask for a piece of work makes it.

    A piece is asked for by a file of its name, which only one process can be first to create, and
    which names that process; the folder is the run's own, so that nothing stays taken after it.

    Attributes
    ----------
    folder
        Where the files are; None where this process works alone.
    others
        The processes that work beside this one.
    """

    folder: Path | None = None
    others: Sequence[BaseProcess] = ()
    _own: set[str] = field(default_factory=set)
    _told: set[str] = field(default_factory=set)

    def take(self, piece: str) -> bool:
        """Whether the piece is this process's to make."""
        if self.folder is not None and piece not in self._own:
            try:
                with (self.folder / piece).open("x", encoding="utf-8") as mine:
                    mine.write(multiprocessing.current_process().name)
            except FileExistsError:
                return False
        self._own.add(piece)
        return True

    def taken(self, piece: str) -> bool:
        """Whether any process has asked for the piece."""
        return self.folder is not None and (self.folder / piece).exists()

    def fresh(self, piece: str) -> bool:
        """Whether the piece was made in this run, and nobody was told yet."""
        return piece not in self._told and self.taken(piece)

    def told(self, piece: str) -> None:
        """From now on the piece is known."""
        self._told.add(piece)

    def offer(self, piece: str, write: Callable[[Path], object]) -> None:
        """A piece of the run's files written for the process that asks for them, if nobody has.

        They lie in the turns' own folder until they are fetched.
        """
        if self.folder is not None and self.take(piece):
            draft = self.folder / f"{piece}.new"
            draft.mkdir()
            with unsettled(draft):  # they are copied, and gone with the run
                write(draft)
            draft.rename(self.folder / f"{piece}.files")

    def fetch(self, piece: str, write: Callable[[Path], object], folder: Path) -> None:
        """A piece of the run's files in ``folder``, written elsewhere or, if nobody has, here."""
        if self.folder is None or self.take(piece):
            write(folder)
            return
        made = self.folder / f"{piece}.files"
        if not self.wait(piece, made.is_dir):
            write(folder)
            return
        for path in sorted(one for one in made.rglob("*") if one.is_file()):
            with whole_file(folder / path.relative_to(made)) as draft:
                shutil.copyfile(path, draft)

    def wait(
        self,
        piece: str,
        is_there: Callable[[], bool],
        meanwhile: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Whether another process has made what this one waits for; False where it has ended.

        ``meanwhile`` is done until then, with a pause where it finds nothing to do.
        """
        while self._is_at_work(piece):
            if is_there():
                return True
            if not meanwhile():
                time.sleep(PAUSE_S)
        return is_there()

    def _is_at_work(self, piece: str) -> bool:
        """Whether the process that asked for a piece still runs."""
        if self.folder is None:
            return False
        name = (self.folder / piece).read_text(encoding="utf-8")
        # who has just asked, and has not written its name yet, is one of them
        return any(one.is_alive() for one in self.others if name in {"", one.name})
