"""Every option that commands share, named once."""

from __future__ import annotations

from pathlib import Path

import click

study = click.argument("study", type=click.Path(path_type=Path))
data = click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="ASSETMAP_DATA",
    show_envvar=True,
    help="Folder of the published files that the study names.",
)
out = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("outputs"),
    show_default=True,
    help="Folder for what is made.",
)
quiet = click.option("--quiet", "-q", is_flag=True, help="No narration, only the result.")
as_json = click.option("--json", "as_json", is_flag=True, help="The result as JSON, for machines.")
