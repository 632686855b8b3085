"""``assetmap compare``: two runs of one study, and why anything is another."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assetmap.cli import options


@click.command(
    "compare", epilog="Example: assetmap compare outputs/dudley/1a2b outputs/dudley/3c4d"
)
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("outputs/comparison"),
    show_default=True,
    help="Folder for the table and the page.",
)
@options.quiet
@options.as_json
def command(before: Path, after: Path, out: Path, *, quiet: bool, as_json: bool) -> None:
    """Two runs side by side: data, method, others who moved, or a real change."""
    from assetmap.study.compare import compare

    compared = compare(before, after, out=out)
    if as_json:
        click.echo(json.dumps(compared.told(), indent=2, ensure_ascii=False, sort_keys=True))
    else:
        click.echo(str(compared.page) if quiet else "\n".join(compared.lines()))
