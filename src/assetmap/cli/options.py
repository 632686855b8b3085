"""Every option that commands share, named once."""

from __future__ import annotations

import os
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


def _processors() -> int:
    """Two processes where the machine has more than one processor for us, else one."""
    return min(2, os.cpu_count() or 1)


workers = click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=_processors,
    envvar="ASSETMAP_WORKERS",
    show_envvar=True,
    help="Processes that share the work; 2 where the machine can.",
)
