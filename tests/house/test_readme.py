"""The README keeps its word: its commands run, its tables are what the code says."""

from __future__ import annotations

import re
import shlex
import subprocess
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

import click
import pytest
from tests.doors.cli_words import parse, said

import assetmap
from assetmap import errors
from assetmap.cli import faults
from assetmap.cli.app import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.study.run import Run

USAGE = click.UsageError.exit_code


@pytest.fixture(scope="module")
def readme(repo: Path) -> str:
    return (repo / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def typed_words(readme: str) -> list[list[str]]:
    """Every line of every console block, without its remark, as words."""
    blocks = re.findall(r"```console\n(.*?)```", readme, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.strip()]
    return [shlex.split(line, comments=True) for line in lines]


def test_it_begins_with_the_two_commands(readme: str) -> None:
    first = re.search(r"```console\n(.*?)```", readme, flags=re.DOTALL)
    assert first
    assert first[1] == "make demo\nmake test\n"


def test_every_line_begins_with_something_that_is_there(typed_words: list[list[str]]) -> None:
    python = [".venv/bin/python", "-m"]
    for words in typed_words:
        assert words[0] in {"make", "assetmap", "python"} or words[:2] == python


def test_every_target_of_make_exists(repo: Path, typed_words: list[list[str]]) -> None:
    """``make -n`` says what it would do and does nothing."""
    for words in typed_words:
        if words[0] == "make":
            told = subprocess.run(
                [*words[:1], "-n", *words[1:]], cwd=repo, capture_output=True, text=True, check=True
            )
            assert {"demo": "-m assetmap demo", "test": "-m pytest"}[words[1]] in told.stdout


def test_every_command_is_understood(typed_words: list[list[str]]) -> None:
    """Its options and arguments are parsed by the command's own parser."""
    ours = [words[words.index("assetmap") + 1 :] for words in typed_words if "assetmap" in words]
    assert {words[0] for words in ours} >= {"demo", "new", "check", "run", "explain"}
    for name, *words in ours:
        parse(name, words)


def test_a_new_study_goes_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed_words: list[list[str]]
) -> None:
    """``new`` makes the folder that the lines after it name; ``check`` tells what to get."""
    monkeypatch.chdir(tmp_path)
    lines = [words[1:] for words in typed_words if words[0] == "assetmap"]
    new = next(words for words in lines if words[0] == "new")
    check = next(words for words in lines if words[0] == "check")
    assert said(*new).out.strip() == f"{check[1]}/study.toml"
    told = said(*check)
    assert told.code == errors.MissingError.exit_code
    assert told.out.count("save as:") > 5
    run = next(words for words in lines if words[0] == "run")
    assert run[1] == check[1]
    assert said(*run).code == errors.MissingError.exit_code


def test_the_demo_is_the_run_that_it_describes(
    readme: str, example_run: Run, tmp_path: Path
) -> None:
    told = said("demo", "--out", tmp_path)
    assert told.code == 0
    folder = tmp_path / "example" / example_run.id
    assert told.out.strip() == str(folder / "public" / "index.html")
    named = re.search(r"\| file \| what \|\n\|---\|---\|\n(.*?)\n\n", readme, flags=re.DOTALL)
    assert named
    rows = named[1].splitlines()
    files = {name for row in rows for name in re.findall(r"`([^`]+\.[\w*-]+)`", row)}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    told = {name for name in there if not name.startswith("public/")}
    assert not [name for name in told if not any(fnmatch(name, given) for given in files)]
    assert not [given for given in files if not any(fnmatch(name, given) for name in there)]
    columns = re.search(r"`tables/access.csv` \| `([^`]+)`", readme)
    assert columns
    header = (folder / "tables" / "access.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == columns[1].replace(", ", ",")


def test_the_lines_of_python_run(
    readme: str, repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example_run: Run
) -> None:
    block = re.search(r"```python\n(.*?)```", readme, flags=re.DOTALL)
    assert block
    (tmp_path / "layers").symlink_to(repo / "layers", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(block[1], names)  # noqa: S102 - the README's own lines
    assert names["assetmap"] is assetmap
    assert names["run"].id == example_run.id
    assert (tmp_path / names["run"].page).is_file()


def test_its_table_of_commands_is_the_code_s(readme: str) -> None:
    rows = re.findall(r"^\| `assetmap (\w+)` \| (.+?) \|$", readme, flags=re.MULTILINE)
    assert dict(rows) == COMMANDS
    assert [name for name, _ in rows] == list(COMMANDS)


def test_its_exit_codes_are_the_code_s(readme: str) -> None:
    told = re.search(r"Exit codes: (.*?)\.\n\n", readme, flags=re.DOTALL)
    assert told
    listed = [int(code) for code in re.findall(r"(?:^|[,)]\s)(\d+) ", " ".join(told[1].split()))]
    kinds = {kind.exit_code for kind in errors.AssetmapError.__subclasses__()}
    ours = {0, USAGE, faults.UNEXPECTED, faults.STOPPED, faults.PIPE_CLOSED}
    assert set(listed) == kinds | ours
    assert listed == sorted(listed)


def test_every_kind_of_error_has_a_code_of_its_own() -> None:
    codes = [kind.exit_code for kind in errors.AssetmapError.__subclasses__()]
    assert len(codes) == len(set(codes))
    assert not set(codes) & {0, USAGE, faults.UNEXPECTED}


def test_the_places_that_it_names_are_there(repo: Path, readme: str) -> None:
    named = set(re.findall(r"`((?:layers|scripts|src)/[\w/.-]*|[A-Z]+\.md)`", readme))
    assert named
    assert not [name for name in named if not (repo / name).exists() and "e08000027" not in name]


def test_the_variables_that_it_names_are_read(repo: Path, readme: str) -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (repo / "src" / "assetmap").rglob("*.py")
    )
    for name in set(re.findall(r"`(ASSETMAP_\w+|NUMBA_\w+)`", readme)):
        assert name in sources
