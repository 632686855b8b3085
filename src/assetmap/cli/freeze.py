"""``assetmap freeze``: a run packed for an outside reviewer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated

if TYPE_CHECKING:
    from pathlib import Path


@click.command("freeze", epilog="Example: assetmap freeze layers/example --out outputs")
@options.study
@options.data
@options.out
@options.quiet
@options.as_json
def command(study: Path, data: Path | None, out: Path, *, quiet: bool, as_json: bool) -> None:
    """Pack the run of a study: settings, tables, cautions, lineage, versions, open files.

    Registers, and source files whose licence does not let them be passed on, are named with
    their address instead.
    """
    from assetmap import open_study
    from assetmap.study.freeze import freeze

    with narrated(quiet=quiet or as_json) as tell:
        frozen = freeze(open_study(study, data=data), out=out, tell=tell)
    if as_json:
        told = {"file": str(frozen.path), "run": frozen.run, "not_included": list(frozen.absent)}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(str(frozen.path))
    if frozen.absent and not quiet:
        click.echo(f"Not included, see not-included.json: {', '.join(frozen.absent)}", err=True)
