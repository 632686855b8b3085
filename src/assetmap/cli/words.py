"""``assetmap words``: a file to fill in for another language of the pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated

if TYPE_CHECKING:
    from pathlib import Path


@click.command("words", epilog="Example: assetmap words layers/newport cy --data DATA")
@options.study
@click.argument("language")
@options.data
@click.option("--report", is_flag=True, help="What reports, briefings and plans say, too.")
@options.quiet
@options.as_json
def command(
    study: Path, language: str, data: Path | None, *, report: bool, quiet: bool, as_json: bool
) -> None:
    """Write what the pages of a study say, to fill in for another language.

    The file is words/LANGUAGE.toml beside study.toml: every text, with the English above it. What
    is there already stays. Once it is complete, name the language in study.toml: [publish]
    languages = ["en", "cy"].
    """
    from assetmap import open_study
    from assetmap.study.blank import write_words

    with narrated(quiet=quiet or as_json) as tell:
        made = write_words(open_study(study, data=data), language, papers=report, tell=tell)
    if as_json:
        told = {"file": str(made.path), "missing": made.missing, "left_out": made.left_out}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(str(made.path))
    if not quiet:
        click.echo(f"{made.missing} texts are still to be written.", err=True)
    if made.left_out and not quiet:
        click.echo(f"{made.left_out} lines that no page says any more were left out.", err=True)
