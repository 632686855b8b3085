"""``assetmap run``: measure, find and publish."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.study.run import Run


@click.command("run", epilog="Example: assetmap run layers/example --out outputs")
@options.study
@options.data
@options.out
@options.workers
@options.quiet
@options.as_json
def command(
    study: Path, data: Path | None, out: Path, *, workers: int, quiet: bool, as_json: bool
) -> None:
    """Run a study: its tables, its map and its page."""
    from assetmap.study.config import folders_of, read_settings
    from assetmap.study.others import started

    read_settings(folders_of(study, data)[0])  # its faults are told before all else is loaded
    beside = started(workers - 1, study=study, data=data)
    with beside as others, narrated(quiet=quiet or as_json) as tell:
        from assetmap import open_study

        found = open_study(study, data=data)
        made = found.run(out=out, workers=workers, others=others, tell=tell)
    say(made, as_json=as_json, quiet=quiet)


def say(made: Run, *, as_json: bool, quiet: bool) -> None:
    """Where the page is, and in a sentence what it says."""
    if as_json:
        click.echo(json.dumps(made.told(), indent=2, ensure_ascii=False, sort_keys=True))
        return
    if not quiet:
        click.echo("\n".join([made.summary(), *made.notes()]), err=True)
    click.echo(str(made.page))
