"""``assetmap new``: the folder of a study for a local authority."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assetmap.cli import options


@click.command("new", epilog="Example: assetmap new E08000027 --place Dudley --folder my-dudley")
@click.argument("authority_code")
@click.option(
    "--folder", type=click.Path(path_type=Path), help="Where; layers/<code> if not given."
)
@click.option("--place", default=None, help="The place's name, as residents say it.")
@options.quiet
@options.as_json
def command(
    authority_code: str, folder: Path | None, place: str | None, *, quiet: bool, as_json: bool
) -> None:
    """Make the folder of a study: a study.toml to fill in, and what to download."""
    from assetmap.study.scaffold import new_study

    made = new_study(
        authority_code, folder=folder or Path("layers") / authority_code.lower(), place=place
    )
    if as_json:
        click.echo(json.dumps({"study": str(made)}, ensure_ascii=False))
        return
    click.echo(str(made))
    if not quiet:
        click.echo(f"Next: assetmap check {made.parent}", err=True)
