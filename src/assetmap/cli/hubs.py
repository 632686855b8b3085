"""``hubs``: who relies on each place, what doubles what, and which rooms are near need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated

if TYPE_CHECKING:
    from pathlib import Path


@click.command("hubs", epilog="Example: assetmap hubs layers/example --standard community_hall")
@options.study
@click.option(
    "--standard", "standards", multiple=True, help="Only places of this standard; may be repeated."
)
@options.data
@options.out
@options.quiet
def command(
    study: Path, standards: tuple[str, ...], data: Path | None, out: Path, *, quiet: bool
) -> None:
    """Say who relies on each place, which places double each other, and which could host more.

    Without --standard, of every standard whose places somebody opens and shuts.
    """
    from assetmap.study.hubs import look_at_hubs
    from assetmap.study.study import open_study

    with narrated(quiet=quiet) as tell:
        work = open_study(study, data=data).work(tell)
        _, page = look_at_hubs(work, named=standards, out=out)
    click.echo(page)
