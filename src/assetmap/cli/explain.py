"""``assetmap explain``: where every number about one neighbourhood comes from."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated


@click.command("explain", epilog="Example: assetmap explain E01099022")
@click.argument("area_id")
@click.option(
    "--study",
    "-s",
    type=click.Path(path_type=Path),
    help="Folder of the study; the built-in example where it is not given.",
)
@options.data
@options.quiet
@options.as_json
def command(
    area_id: str, study: Path | None, data: Path | None, *, quiet: bool, as_json: bool
) -> None:
    """Every number behind one neighbourhood, down to files, licences and settings."""
    from assetmap.study.study import open_example, open_study  # noqa: PLC0415 - quick `--help`

    opened = open_study(study, data=data) if study else open_example()
    with narrated(quiet=quiet or as_json) as tell:
        explained = opened.explain(area_id, tell=tell)
    if as_json:
        click.echo(json.dumps(explained.told(), indent=2, ensure_ascii=False, sort_keys=True))
    else:
        click.echo("\n".join(explained.lines()))
