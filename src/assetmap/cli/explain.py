"""``assetmap explain``: where every number about one neighbourhood comes from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated

if TYPE_CHECKING:
    from pathlib import Path


@click.command("explain", epilog="Example: assetmap explain E01003927 --study layers/southwark")
@click.argument("area_id")
@click.option(
    "--study",
    "-s",
    type=click.Path(file_okay=False),
    help="Folder of the study; the built-in example where it is not given.",
)
@options.data
@options.as_json
def command(area_id: str, study: Path | None, data: Path | None, *, as_json: bool) -> None:
    """Every number behind one neighbourhood, down to files, licences and settings."""
    from assetmap import open_study  # noqa: PLC0415 - keeps `--help` quick
    from assetmap.study import open_example  # noqa: PLC0415 - as above

    opened = open_study(study, data=data) if study else open_example()
    with narrated(quiet=as_json) as tell:
        explained = opened.explain(area_id, tell=tell)
    if as_json:
        click.echo(json.dumps(explained.told(), indent=2, ensure_ascii=False, sort_keys=True))
    else:
        click.echo("\n".join(explained.lines()))
