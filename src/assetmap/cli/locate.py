"""``locate``: which sites to choose, or which places can be lost with least harm."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assetmap.cli import options
from assetmap.cli.narration import narrated

EXAMPLE = "Example: assetmap locate layers/example --standard community_hall --p 1"


@click.command("locate", epilog=EXAMPLE)
@options.study
@click.option("--standard", required=True, help="The standard of the study that is to be met.")
@click.option(
    "--candidates",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A scenario file whose 'add' edits are the candidates; without any, closures.",
)
@click.option("--schemes", is_flag=True, help="The study's schemes and sites are the candidates.")
@click.option(
    "--street-nodes",
    type=float,
    metavar="METRES",
    help="Nodes of the streets are the candidates, one in every square of so many metres.",
)
@click.option(
    "--model",
    type=click.Choice(["coverage", "covering", "median", "centre"]),
    default="coverage",
    show_default=True,
    help="What is to be as good as can be.",
)
@click.option("--p", type=int, help="How many to open, or to close: 1, or what a budget buys.")
@click.option("--budget", type=float, help="The most to spend, as money.capital of candidates.")
@click.option(
    "--need-weight",
    type=float,
    default=0.0,
    show_default=True,
    help="How much more a person of the most deprived fifth counts.",
)
@click.option("--floor", is_flag=True, help="The most deprived fifth at least as well covered.")
@click.option(
    "--cap", type=float, help="The most minutes on average for the most deprived fifth (median)."
)
@click.option(
    "--capacity",
    type=float,
    metavar="PEOPLE",
    help="People that one unit of a place's capacity serves (median): no more are sent there.",
)
@click.option("--pareto", is_flag=True, help="Also the choices from efficiency to equity.")
@click.option("--seconds", type=float, default=30.0, show_default=True, help="Time to prove it.")
@options.data
@options.out
@options.quiet
@options.as_json
def command(
    study: Path,
    *,
    standard: str,
    data: Path | None,
    out: Path,
    quiet: bool,
    as_json: bool,
    **asked: object,
) -> None:
    """Choose sites, or say which places can be lost, on the study's own walks.

    Existing places stay open. Always with the answer by hand, a bound and the gap between them;
    written as a page with its tables under the run's folder, in locate/.
    """
    from assetmap.study.locate import locate, wanted_of
    from assetmap.study.study import open_study

    with narrated(quiet=quiet or as_json) as tell:
        work = open_study(study, data=data).work(tell)
        found = locate(work, wanted_of(standard, asked), out=out)
    if as_json:
        told = json.dumps(found.told(), indent=2, ensure_ascii=False, sort_keys=True, default=str)
        click.echo(told)
    else:
        click.echo("\n".join(found.lines()))
