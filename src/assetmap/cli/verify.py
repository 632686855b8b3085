"""``assetmap verify``: a frozen run checked."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated
from assetmap.errors import ContractError


@click.command("verify", epilog="Example: assetmap verify outputs/example/1a2b3c4d5e6f.zip")
@click.argument("archive", type=click.Path(path_type=Path))
@options.data
@options.quiet
@options.as_json
def command(archive: Path, data: Path | None, *, quiet: bool, as_json: bool) -> None:
    """Check a frozen run: its files, and where they are all there, the run made again.

    Ends with exit code 6 where anything is damaged or comes out otherwise.
    """
    from assetmap.study.verify import verify

    with narrated(quiet=quiet or as_json) as tell:
        found = verify(archive, data=data, tell=tell)
    if as_json:
        click.echo(json.dumps(found.told(), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(found.lines()))
    sys.exit(0 if found.holds else ContractError.exit_code)
