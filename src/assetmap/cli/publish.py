"""``assetmap publish``: the folder that may leave the building."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated
from assetmap.cli.run import say

if TYPE_CHECKING:
    from assetmap.study.study import Study

EXAMPLE = "Example: assetmap publish layers/example --single-file"


@click.command("publish", epilog=EXAMPLE)
@click.argument("study_or_run", type=click.Path(path_type=Path))
@options.data
@options.out
@click.option("--single-file", "single", is_flag=True, help="Each page as one file as well.")
@options.quiet
@options.as_json
def command(
    study_or_run: Path, data: Path | None, out: Path, *, single: bool, quiet: bool, as_json: bool
) -> None:
    """Write the pages and files that may leave the building: a run's folder public/.

    Of a study, or of the folder of a run that it still makes. Nothing is published without
    [contact] and review_by in study.toml.
    """
    from assetmap.study.run_folder import run_in

    study: Study
    study, asked, root = run_in(study_or_run, data=data)
    with narrated(quiet=quiet or as_json) as tell:
        made = study.run(out=root or out, single=single, asked=asked, tell=tell)
    say(made, as_json=as_json, quiet=quiet)
