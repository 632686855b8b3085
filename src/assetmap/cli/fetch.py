"""``assetmap fetch``: the one command that asks the network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated

if TYPE_CHECKING:
    from pathlib import Path


@click.command("fetch", epilog="Example: assetmap fetch layers/newport streets --data ../data")
@options.study
@click.argument("source_id")
@options.data
@click.option("--again", is_flag=True, help="Fetch it though it is here; the new file takes over.")
@options.quiet
@options.as_json
def command(
    study: Path,
    source_id: str,
    data: Path | None,
    *,
    again: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Download the file of one source; no other command uses the network.

    From the source's address where that is a file's; OpenStreetMap from the Overpass server that
    ASSETMAP_OVERPASS_URL names, else overpass-api.de.
    """
    from assetmap import open_study

    with narrated(quiet=quiet or as_json) as tell:
        opened = open_study(study, data=data)
        got = opened.fetch(source_id, again=again, tell=tell)
    if as_json:
        click.echo(json.dumps(got.told(), ensure_ascii=False, sort_keys=True))
        return
    click.echo(str(got.file))
    if not quiet:
        click.echo(f"{got.bytes:,} bytes from {got.came_from}. Licence: {got.licence}", err=True)
