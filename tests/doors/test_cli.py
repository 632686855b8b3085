"""The command line: help, streams, exit codes, and every way a command can end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.doors.cli_words import kept_in, parse, said, typed

from assetmap import __version__
from assetmap.cli.app import COMMANDS
from assetmap.errors import Fault, JoinError, WriteError
from assetmap.study.study import Study

if TYPE_CHECKING:
    from assetmap.study.run import Run

EVERY = list(COMMANDS)


# ---------------------------------------------------------------------------- help


def test_help_names_every_command_and_where_to_start() -> None:
    told = said("--help")
    assert told.code == 0
    assert not told.err
    for name, what in COMMANDS.items():
        assert re.search(rf"^  {name} ", told.out, flags=re.MULTILINE)
        assert " ".join(what.split()) in " ".join(told.out.split())
    assert "Start here:" in told.out


@pytest.mark.parametrize("name", EVERY)
def test_help_of_a_command_has_an_example_that_is_understood(name: str) -> None:
    """The example's words are parsed by the command's own parser: options and all."""
    told = said(name, "--help")
    assert told.code == 0
    example = re.search(r"Example: assetmap (.+)", told.out)
    assert example, told.out
    words = example[1].split()
    assert words[0] == name
    parse(name, words[1:])
    assert said(name, "-h").out == told.out


def loaded_by(*words: str) -> set[str]:
    """The packages that a command has loaded when it ends."""
    script = (
        "import sys\n"
        f"sys.argv = ['assetmap', *{words!r}]\n"
        "from assetmap.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(told.stderr.split())


def test_a_wrong_path_is_told_before_the_program_is_loaded(tmp_path: Path) -> None:
    loaded = loaded_by("run", str(tmp_path))
    assert {"no", "study.toml"} <= loaded  # what was told
    assert not loaded & {"numba", "folium", "jinja2", "osmium", "scipy"}


def test_help_loads_click_and_little_else() -> None:
    """What makes a start slow is what it imports: numbers and maps are not needed to say words."""
    loaded = loaded_by("--help")
    slow = {
        "numpy", "pandas", "geopandas", "shapely", "pyproj", "pyogrio", "rasterio", "numba",
        "scipy", "pandera", "pydantic", "folium", "jinja2", "osmium", "pyarrow", "rich",
    }  # fmt: skip
    assert not loaded & slow
    assert "click" in loaded


@pytest.mark.parametrize(
    ("given", "kept"),
    [({}, ["1", "0"]), ({"OMP_NUM_THREADS": "3", "NUMPY_MADVISE_HUGEPAGE": "1"}, ["3", "1"])],
)
def test_algebra_takes_one_thread_and_small_pages_unless_somebody_says_otherwise(
    given: dict[str, str], kept: list[str]
) -> None:
    script = (
        "import os, sys\n"
        "sys.argv = ['assetmap', '--version']\n"
        "from assetmap.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "named = ('OMP_NUM_THREADS', 'NUMPY_MADVISE_HUGEPAGE')\n"
        "print(*(os.environ[name] for name in named), file=sys.stderr)\n"
    )
    named = {"OMP_NUM_THREADS", "NUMPY_MADVISE_HUGEPAGE"}
    kept_out = {name: value for name, value in os.environ.items() if name not in named}
    told = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, text=True, check=True, env={**kept_out, **given},
    )  # fmt: skip
    assert told.stderr.split() == kept


def test_version() -> None:
    assert said("--version").out == f"assetmap {__version__}\n"


# ---------------------------------------------------------------------------- words


def test_an_unknown_command_is_told_with_the_nearest() -> None:
    told = said("chek", "layers/dudley")
    assert (told.code, told.out) == (2, "")
    assert "no command 'chek': did you mean 'check'?" in told.err


def test_a_command_like_none_is_told_with_all() -> None:
    told = said("xyzzy")
    assert told.code == 2
    assert all(name in told.err for name in EVERY)


def test_an_unknown_option_is_told_with_the_nearest() -> None:
    told = said("run", "layers/example", "--oot", "x")
    assert told.code == 2
    assert "--out" in told.err


def test_a_missing_word_is_told() -> None:
    told = said("run")
    assert told.code == 2
    assert "STUDY" in told.err


def test_a_study_that_is_not_there_is_told_with_the_nearest(repo: Path) -> None:
    told = said("run", repo / "layers" / "dudly")
    assert (told.code, told.out) == (4, "")
    assert "no study.toml" in told.err
    assert "did you mean 'dudley'?" in told.err


@pytest.mark.parametrize("word", ["run", "check"])
def test_a_data_folder_that_is_not_there_is_told(repo: Path, tmp_path: Path, word: str) -> None:
    told = said(word, repo / "layers" / "dudley", "--data", tmp_path / "nowhere")
    assert told.code == 4
    assert "the data folder is not there" in told.err
    assert "Traceback" not in told.err


def test_a_run_without_data_says_how_to_give_it(repo: Path, tmp_path: Path) -> None:
    told = said("run", repo / "layers" / "dudley", "--out", tmp_path)
    assert (told.code, told.out) == (4, "")
    first = told.err.splitlines()[0:2]
    assert "no data folder is given" in first[0]
    assert "--data or ASSETMAP_DATA" in first[1]
    assert not list(tmp_path.iterdir())


# ---------------------------------------------------------------------------- streams


def test_a_run_ends_with_its_page_on_stdout_and_its_words_on_stderr(
    example_run: Run, tmp_path: Path
) -> None:
    told = typed("demo", "--out", tmp_path)
    assert told.code == 0, told.err
    page = Path(told.out.strip())
    assert page.is_file()
    assert page.name == "index.html"
    assert told.err.startswith(example_run.summary())
    assert "all are on the page" in told.err
    assert max(len(line) for line in told.err.splitlines()[1:]) <= 120
    assert len(told.err.splitlines()) <= 8


def test_quiet_is_silent(example_run: Run, tmp_path: Path) -> None:
    told = said("demo", "--quiet", "--out", tmp_path)
    assert not told.err
    assert told.out == f"{tmp_path / 'example' / example_run.id / 'public' / 'index.html'}\n"


@pytest.mark.usefixtures("example_run")
@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("demo", "--out", "{out}"), {"run", "page", "levels", "cautions", "answer"}),
        (("run", "{example}", "--out", "{out}"), {"run", "page", "levels", "cautions"}),
        (("check", "{example}"), {"can_run", "read", "missing", "faults", "cautions"}),
        (("explain", "E01099022"), {"area_id", "numbers", "steps", "sources"}),
        (("new", "E08000027", "--folder", "{out}/dudley"), {"study"}),
        (("cache",), {"folder", "kept_bytes"}),
    ],
)
def test_json_is_json_alone(
    repo: Path, tmp_path: Path, words: tuple[str, ...], keys: set[str]
) -> None:
    places = {"out": tmp_path, "example": repo / "layers" / "example"}
    told = said(*(word.format(**places) for word in words), "--json")
    assert told.code == 0
    assert not told.err
    assert keys <= set(json.loads(told.out))


@pytest.mark.usefixtures("example_run")
def test_check_says_that_all_is_well_and_what_comes_next(repo: Path) -> None:
    example = repo / "layers" / "example"
    told = said("check", example)
    assert told.code == 0
    sources = (example / "study.toml").read_text(encoding="utf-8").count("[[source]]")
    assert told.out.startswith(f"Study example: {sources} sources read without a fault.\n")
    assert "Nothing to mend" in told.out
    assert told.err == f"Next: assetmap run {example}\n"


# ---------------------------------------------------------------------------- explain


@pytest.mark.usefixtures("example_run")
def test_explain_tells_numbers_settings_files_and_licences() -> None:
    told = said("explain", "E01099022")
    assert told.code == 0
    assert not told.err
    lines = told.out.splitlines()
    assert lines[0] == "Millbrook Estate South (E01099022)"
    assert "  finding.level = left_behind" in lines
    assert "      snap_max_m = 250" in lines
    assert "  register: asset_register.csv" in lines
    assert "      licence: MIT" in lines


@pytest.mark.usefixtures("example_run")
@pytest.mark.parametrize(
    ("area", "what"),
    [
        ("E01099202", "the study has no area 'E01099202'"),
        ("London", "the study has no area 'London'"),
    ],
)
def test_explain_of_an_area_that_is_not_there_names_one_that_is(area: str, what: str) -> None:
    told = said("explain", area)
    assert (told.code, told.out) == (3, "")
    assert what in told.err
    assert re.search(r"E0109900\d|E0109902\d", told.err)


@pytest.mark.usefixtures("example_run")
@pytest.mark.parametrize("several", ["E05099001", "all"])
def test_a_ward_or_all_is_explained_a_number_at_a_time(several: str) -> None:
    told = said("explain", several)
    assert (told.code, told.out) == (3, "")
    assert f"'{several}' stands for several neighbourhoods" in told.err
    assert f"{several}:finding.level" in told.err


@pytest.mark.usefixtures("example_run")
@pytest.mark.parametrize("area", ["E01099022:access.library", "all:finding.level", "E05099001"])
def test_a_profile_is_of_one_area_alone(area: str) -> None:
    told = said("profile", area)
    assert (told.code, told.out) == (3, "")
    assert f"the study has no area '{area}'" in told.err


@pytest.mark.usefixtures("example_run")
def test_explain_of_an_area_around_the_study_says_so(example_run: Run) -> None:
    areas = example_run.tables["areas"]
    edge = areas.loc[areas["role"] == "edge", "area_id"].iloc[0]
    assert "lies around the study" in said("explain", edge).err


# ---------------------------------------------------------------------------- ends


def test_every_fault_is_told_and_the_code_is_the_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_words: object, **_more: object) -> None:
        raise JoinError([Fault(what="one", where="here", attempt="this"), Fault(what="two")])

    monkeypatch.setattr(Study, "run", fails)
    told = said("demo")
    assert told.code == JoinError.exit_code
    assert told.err == "Error: one\n  where: here\n  try:   this\nError: two\n2 faults.\n"


def test_a_mistake_of_ours_is_one_line_and_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(Study, "run", lambda *_words, **_more: {}["lost"])
    told = said("demo")
    assert told.code == 1
    assert len(told.err.splitlines()) == 1
    assert f"assetmap {__version__}" in told.err
    assert "Traceback" not in told.err
    (report,) = tmp_path.iterdir()
    assert str(report) in told.err
    text = report.read_text(encoding="utf-8")
    assert "KeyError: 'lost'" in text
    assert __version__ in text


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Study, "run", stopped)
    told = said("demo")
    assert (told.code, told.out, told.err) == (130, "", "Stopped.\n")


def test_ctrl_c_in_the_middle_leaves_nothing_half_written(tmp_path: Path) -> None:
    """A run on an empty cache, stopped once it has begun to keep results."""
    cache, out = tmp_path / "cache", tmp_path / "out"
    running = subprocess.Popen(
        [sys.executable, "-m", "assetmap", "demo", "--out", str(out)],
        env={**os.environ, "ASSETMAP_CACHE": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # a shell hands on that Ctrl-C is ignored to what it runs in the background
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - one thread
    )
    while running.poll() is None and not kept_in(cache):
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    told_out, told_err = running.communicate(timeout=300)
    assert running.returncode == 130
    assert not told_out
    assert "Traceback" not in told_err
    assert not list(cache.rglob("*.new"))
    assert not out.exists()


@pytest.mark.usefixtures("example_run")
def test_a_reader_who_goes_away_is_no_error() -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "assetmap", "explain", "E01099022"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout
    assert running.stderr
    running.stdout.close()
    told = running.stderr.read()
    assert running.wait(timeout=300) == 141
    assert told == b""


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file where a folder should be: it cannot be written even by root."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    told = said("new", "E08000027", "--folder", tmp_path / "taken" / "dudley")
    assert told.code == WriteError.exit_code
    assert "cannot write" in told.err


# ---------------------------------------------------------------------------- cache


def test_cache_is_shown_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "steps"
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / "part").write_bytes(b"0" * 2_000_000)
    (tmp_path / "not-ours.txt").write_text("keep", encoding="utf-8")
    assert said("cache", ASSETMAP_CACHE=str(tmp_path)).out == f"2.0 MB kept in {folder}\n"
    assert said("cache", "--clean", ASSETMAP_CACHE=str(tmp_path)).out.startswith("2.0 MB freed")
    assert [one.name for one in tmp_path.iterdir()] == ["not-ours.txt"]


def test_a_cache_that_is_not_there_is_empty(tmp_path: Path) -> None:
    told = said("cache", ASSETMAP_CACHE=str(tmp_path / "none"))
    assert (told.code, told.out) == (0, f"0.0 MB kept in {tmp_path / 'none' / 'steps'}\n")


@pytest.mark.slow
def test_a_cache_that_cannot_be_written_is_told_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    told = typed("demo", "--out", tmp_path / "out", ASSETMAP_CACHE=str(tmp_path / "taken"))
    assert told.code == 0, told.err
    assert "The cache cannot be written" in told.err
