"""``assetmap check``: every fault at once, and what to do next."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated

if TYPE_CHECKING:
    from pathlib import Path


@click.command("check", epilog="Example: assetmap check layers/dudley --data ../shared/data")
@options.study
@options.data
@options.quiet
@options.as_json
def command(study: Path, data: Path | None, *, quiet: bool, as_json: bool) -> None:
    """Look for every fault of a study, and say what to do next."""
    from assetmap import open_study

    with narrated(quiet=quiet or as_json) as tell:
        report = open_study(study, data=data).check(tell=tell)
    if as_json:
        click.echo(json.dumps(report.told(), indent=2, ensure_ascii=False, sort_keys=True))
    else:
        click.echo("\n".join(report.lines()))
    if report.can_run and not (quiet or as_json):
        click.echo(f"Next: assetmap run {study}{f' --data {data}' if data else ''}", err=True)
    sys.exit(report.exit_code)
