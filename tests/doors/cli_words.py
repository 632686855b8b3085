"""The command as a person types it, with what it says on each stream and its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click
from click.testing import CliRunner

from assetmap.cli.app import commands

if TYPE_CHECKING:
    from pathlib import Path


class Said(NamedTuple):
    """What a command said, and its exit code."""

    out: str
    err: str
    code: int


def said(*words: object, **env: str) -> Said:
    """The command in this process: quick, and with the same ends as in its own."""
    told = CliRunner().invoke(
        commands, [str(word) for word in words], env={"ASSETMAP_DATA": "", **env}
    )
    return Said(told.stdout, told.stderr, told.exit_code)


def parse(name: str, words: list[str]) -> None:
    """Nothing, where a command's own parser understands the words; else click's error."""
    command = import_module(f"assetmap.cli.{name}").command
    with click.Context(
        command, parent=click.Context(commands, **commands.context_settings)
    ) as context:
        command.parse_args(context, words)


def kept_in(cache: Path) -> int:
    """How many steps a cache holds whole, asked while a run writes, renames and clears there.

    os.walk goes past a folder that is gone by the time it is opened; ``Path.rglob`` raises.
    """
    return sum(
        "note.json" in files and not folder.endswith((".new", ".old"))
        for folder, _, files in os.walk(cache)
    )


def typed(*words: object, cwd: Path | None = None, **env: str) -> Said:
    """The command in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-m", "assetmap", *(str(word) for word in words)],
        cwd=cwd,
        env={**os.environ, "ASSETMAP_DATA": "", **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    return Said(told.stdout, told.stderr, told.returncode)
