"""``assetmap new``: the folder of a study for a local authority."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("new", epilog="Example: assetmap new E08000027 --folder layers/my-dudley")
@click.argument("authority_code")
@click.option(
    "--folder", type=click.Path(path_type=Path), help="Where; layers/<code> if not given."
)
@click.option("--place", default=None, help="The place's name, as residents say it.")
def command(authority_code: str, folder: Path | None, place: str | None) -> None:
    """Make the folder of a study: a study.toml to fill in, and what to download."""
    from assetmap.study.scaffold import new_study  # noqa: PLC0415 - keeps `--help` quick

    made = new_study(
        authority_code, folder=folder or Path("layers") / authority_code.lower(), place=place
    )
    click.echo(str(made))
    click.echo(f"Next: assetmap check {made.parent}", err=True)
