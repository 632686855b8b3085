"""The ``assetmap`` command and its commands, each loaded when it is asked for."""

from __future__ import annotations

import gc
import os
from importlib import import_module
from typing import Any

import click

from assetmap import __version__
from assetmap.cli.faults import Told

COMMANDS = {
    "demo": "Run the built-in example, an invented town, and say where its page is.",
    "new": "Make the folder of a study for a local authority.",
    "check": "Look for every fault of a study before it runs, and say what to do next.",
    "fetch": "Download the file of one source; no other command uses the network.",
    "run": "Measure, find and publish: the tables, the map and the page.",
    "publish": "Write the pages and files that may leave the building.",
    "words": "Write what the pages say, to fill in for another language.",
    "report": "Write the paper for a committee: PDF, HTML and Word.",
    "assess": "Compare sites, closures and schemes with today: who gains, who loses.",
    "serve": "Show a run's folder to publish in a browser of this machine.",
    "profile": "Tell of one neighbourhood in plain words, with its figures.",
    "freeze": "Pack a run for an outside reviewer, with all that checking it needs.",
    "verify": "Check a frozen run: make it again and say exactly what differs.",
    "locate": "Choose sites, or say which places can be lost with least harm.",
    "hubs": "Say who relies on each place, what doubles what, which rooms are near need.",
    "explain": "Say where every number about one neighbourhood comes from.",
    "compare": "Put two runs side by side, and say why anything changed.",
    "cache": "Show what is kept from earlier runs, or remove it.",
}


class Commands(click.Group):
    """Commands by name; only the one that is asked for is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands, in the order of work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"assetmap.cli.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command for these words; an unknown one is told with the nearest known."""
        from assetmap.errors import nearest_name

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = nearest_name(args[0], COMMANDS) or f"one of: {', '.join(COMMANDS)}"
            ctx.fail(f"no command '{args[0]}': {hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever a command gives back
        """The command, run; however it ends, a person is told in words they can act on."""
        with Told():
            return super().invoke(ctx)
        raise AssertionError  # Told ends the program where the block did not return


START = """\b
Start here:
  assetmap demo                 the built-in example
  assetmap check layers/dudley  what a study still lacks
  assetmap run layers/dudley    its tables, map and page"""


@click.group(cls=Commands, epilog=START, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="assetmap", message="%(prog)s %(version)s")
def commands() -> None:
    """Map community assets, measure who can reach them, find who is left out."""


def main() -> None:
    """The ``assetmap`` command: results on stdout, narration and errors on stderr."""
    # Tables are small here, and a run's processes share the processors: more threads of algebra
    # (OpenBLAS) and of files (Arrow) only wait for each other, and spin while they do. Whoever has
    # set a number keeps it; the searches have threads of their own.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # A run's arrays of some megabytes live for moments. New pages of two megabytes for them cost
    # many times what small ones do on a virtual machine that has given back what was free.
    os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
    # What is read lives long and has no circles to be found: looking for some, each time seven
    # hundred objects more are there, is a thirtieth of a run.
    gc.set_threshold(100_000, 20, 50)
    commands(prog_name="assetmap")
