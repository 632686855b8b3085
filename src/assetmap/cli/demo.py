"""``assetmap demo``: the built-in example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated
from assetmap.cli.run import say

if TYPE_CHECKING:
    from pathlib import Path


@click.command("demo", epilog="Example: assetmap demo --out outputs")
@options.out
@options.workers
@options.quiet
@options.as_json
def command(out: Path, *, workers: int, quiet: bool, as_json: bool) -> None:
    """Run the built-in example: an invented town, nothing real."""
    from assetmap.study.others import started

    with started(workers - 1) as others, narrated(quiet=quiet or as_json) as tell:
        from assetmap.study.study import open_example

        made = open_example().run(out=out, workers=workers, others=others, tell=tell)
    say(made, as_json=as_json, quiet=quiet)
