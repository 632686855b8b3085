"""``assetmap explain``: where every number about one neighbourhood comes from."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated


@click.command(
    "explain",
    epilog="Example: assetmap explain E01099022 --if thresholds.library=800",
)
@click.argument("area_id")
@click.option(
    "--study",
    "-s",
    type=click.Path(path_type=Path),
    help="Folder of the study; the built-in example where it is not given.",
)
@click.option(
    "--if",
    "asked",
    multiple=True,
    metavar="NAME=VALUE",
    help="What would be found with another choice: thresholds.library=800 (metres), "
    "rules.share_failing=0.4, weights.green=2. May be repeated; the study stays as it is.",
)
@options.data
@options.quiet
@options.as_json
def command(
    area_id: str,
    study: Path | None,
    asked: tuple[str, ...],
    data: Path | None,
    *,
    quiet: bool,
    as_json: bool,
) -> None:
    """Every number behind one neighbourhood, down to files, licences and settings.

    With --if: what would be found of it with another choice, and who else would change.
    Or one number of it, by the reference that a report prints: CODE:access.library; of
    a ward, WARD:access.library, and all:finding.level for what sums up neighbourhoods.
    """
    from assetmap.study.study import open_example, open_study

    opened = open_study(study, data=data) if study else open_example()
    with narrated(quiet=quiet or as_json) as tell:
        told = (
            opened.challenge(area_id, asked, tell=tell)
            if asked
            else opened.explain(area_id, tell=tell)
        )
    if as_json:
        click.echo(json.dumps(told.told(), indent=2, ensure_ascii=False, sort_keys=True))
    else:
        click.echo("\n".join(told.lines()))
