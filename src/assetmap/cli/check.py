"""``assetmap check``: every fault at once, and what to do next."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from assetmap.cli import options

if TYPE_CHECKING:
    from pathlib import Path


@click.command("check", epilog="Example: assetmap check layers/dudley --data ../shared/data")
@options.study
@options.data
@options.as_json
def command(study: Path, data: Path | None, *, as_json: bool) -> None:
    """Look for every fault of a study, and say what to do next."""
    from assetmap import open_study  # noqa: PLC0415 - keeps `--help` quick

    report = open_study(study, data=data).check()
    if as_json:
        click.echo(json.dumps(report.told(), indent=2, ensure_ascii=False, sort_keys=True))
    else:
        click.echo("\n".join(report.lines()))
    sys.exit(report.exit_code)
