"""Errors as a person reads them, with an exit code by kind; never a traceback on purpose."""

from __future__ import annotations

import sys
from types import TracebackType  # noqa: TC003 - part of the protocol

import click

from assetmap.errors import AssetmapError


class Told:
    """A block whose errors on purpose are printed, one fault a line, and end with their code."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Print the faults of an error raised on purpose and exit with its code."""
        if not isinstance(error, AssetmapError):
            return
        for fault in error.faults:
            click.echo(f"Error: {fault.what}", err=True)
            if fault.where:
                click.echo(f"  where: {fault.where}", err=True)
            if fault.attempt:
                click.echo(f"  try:   {fault.attempt}", err=True)
        if len(error.faults) > 1:
            click.echo(f"{len(error.faults)} faults. Nothing was written.", err=True)
        sys.exit(error.exit_code)
