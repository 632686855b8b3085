"""``assetmap profile``: one neighbourhood in plain words."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated


@click.command("profile", epilog="Example: assetmap profile E01099022 --study layers/example")
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
    """Tell of one neighbourhood: strengths first, then what is missing, and its figures."""
    from assetmap.study.profile import profile
    from assetmap.study.study import open_example, open_study

    opened = open_study(study, data=data) if study else open_example()
    with narrated(quiet=quiet or as_json) as tell:
        found = profile(opened, area_id, tell=tell)
    if as_json:
        click.echo(json.dumps(found.told(), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(found.lines()))
