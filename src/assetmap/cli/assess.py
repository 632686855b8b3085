"""``assess``: what a site, a closure or a scheme would change, and for whom."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated

if TYPE_CHECKING:
    from pathlib import Path


@click.command("assess", epilog="Example: assetmap assess layers/example millbrook-hall")
@options.study
@click.argument("scenarios", nargs=-1, required=True)
@options.data
@options.out
@options.quiet
@options.as_json
def command(
    study: Path,
    scenarios: tuple[str, ...],
    data: Path | None,
    out: Path,
    *,
    quiet: bool,
    as_json: bool,
) -> None:
    """Compare scenarios with today and with doing nothing: who gains, who loses, who is left out.

    SCENARIOS are files, or names of files in the study's folder scenarios/.
    """
    from assetmap.study.study import open_study

    with narrated(quiet=quiet or as_json) as tell:
        made = open_study(study, data=data).assess(scenarios, out=out, tell=tell)
    if as_json:
        click.echo(json.dumps(made.told(), indent=2, ensure_ascii=False, sort_keys=True))
        return
    if not quiet:
        click.echo("\n".join(made.lines()), err=True)
    for page in made.pages:
        click.echo(page)
