"""What is said while a study runs: on stderr, and only to a person at a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def narrated(*, quiet: bool) -> Iterator[Callable[[str, bool], None]]:
    """A function to tell steps to; a spinner with the step's name, or silence."""
    if quiet or not sys.stderr.isatty():
        yield lambda _name, _reused: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=None)

        def tell(name: str, reused: bool) -> None:  # noqa: FBT001 - the ledger's own words
            progress.update(task, description=f"{name} (kept)" if reused else name)

        yield tell
