"""``assetmap report``: the paper for a committee, briefings for members, plans to fill in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated


@click.command("report", epilog="Example: assetmap report layers/example --docx --briefing")
@options.study
@options.data
@options.out
@click.option("--docx", is_flag=True, help="As a Word document too.")
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    help="A council's own Word template for it; needs no --docx.",
)
@click.option("--briefing", is_flag=True, help="A page for the members of each ward, too.")
@click.option("--plans", is_flag=True, help="A renewal plan to fill in for each locality, too.")
@click.option("--language", help="In a further language of the study, such as cy.")
@options.quiet
@options.as_json
def command(  # noqa: PLR0913 - one argument an option
    study: Path,
    data: Path | None,
    out: Path,
    template: Path | None,
    language: str | None,
    *,
    docx: bool,
    briefing: bool,
    plans: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Write the report of a study as PDF and HTML: summary, maps, tables, method, sources.

    Every figure carries a reference that 'assetmap explain' takes. PDF and Word need the extra
    'report': pip install 'assetmap[report]'.
    """
    from assetmap import open_study

    asked = {"report": True, "briefing": briefing, "plans": plans}
    papers = [name for name, wanted in asked.items() if wanted]
    with narrated(quiet=quiet or as_json) as tell:
        opened = open_study(study, data=data)
        made = opened.report(
            papers, out=out, word=docx, template=template, language=language, tell=tell
        )
    paths = [str(path) for path in made]
    click.echo(json.dumps({"files": paths}, ensure_ascii=False) if as_json else "\n".join(paths))
