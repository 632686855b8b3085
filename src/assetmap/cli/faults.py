"""Errors as a person reads them, with an exit code by kind; never a traceback on purpose."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from assetmap import __version__
from assetmap.errors import AssetmapError

if TYPE_CHECKING:
    from types import TracebackType

UNEXPECTED, STOPPED, PIPE_CLOSED = 1, 130, 141
"""Exit codes for our own mistakes, Ctrl-C, and a reader of our output that went away."""


class Told:
    """A block of which every end is told in words a person can act on, with its exit code."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """The end of the program, where the block was left by an error; click tells its own."""
        if error is None or isinstance(error, (SystemExit, Exit, click.ClickException)):
            return
        sys.exit(code_of(error))


def code_of(error: BaseException) -> int:
    """The exit code of an error, once it has been told on stderr."""
    if isinstance(error, AssetmapError):
        _tell_faults(error)
        return error.exit_code
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        click.echo("Stopped.", err=True)
        return STOPPED
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads the rest
        return PIPE_CLOSED
    _tell_unexpected(error)
    return UNEXPECTED


def _tell_faults(error: AssetmapError) -> None:
    for fault in error.faults:
        click.echo(f"Error: {fault.what}", err=True)
        if fault.where:
            click.echo(f"  where: {fault.where}", err=True)
        if fault.attempt:
            click.echo(f"  try:   {fault.attempt}", err=True)
    if len(error.faults) > 1:
        click.echo(f"{len(error.faults)} faults.", err=True)


def _tell_unexpected(error: BaseException) -> None:
    """One plain line, and the traceback in a file to send with a report."""
    import traceback

    told = f"assetmap {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n"
    told += "".join(traceback.format_exception(error))
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="assetmap-", suffix=".txt", delete=False
    ) as file:
        file.write(told)
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    click.echo(
        f"Error: assetmap {__version__} met something it should have foreseen ({what}). "
        f"Please report it with the file {file.name}, and look through that before you send it.",
        err=True,
    )
