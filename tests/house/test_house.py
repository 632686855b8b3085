"""The rules of the house that no linter knows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WALL = 300
SCRIPT_WALL = 60
TEXTS = {".py", ".md", ".toml", ".css", ".js", ".j2", ".cfg", ".txt", ".yml", ""}


def tracked(*patterns: str) -> list[Path]:
    """Files of the repository, tracked or about to be."""
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in told.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_file_of_the_package_passes_the_wall() -> None:
    long = {str(f.relative_to(ROOT)): n for f in tracked("src/*.py")
            if (n := len(f.read_text(encoding="utf-8").splitlines())) > WALL}  # fmt: skip
    assert not long


def test_top_level_scripts_are_short() -> None:
    """Drivers stay drivers; the town that is drawn lives in files of its own."""
    long = [f.name for f in (ROOT / "scripts").glob("*.py")
            if len(f.read_text(encoding="utf-8").splitlines()) > SCRIPT_WALL]  # fmt: skip
    assert not long


def test_no_room_without_a_name() -> None:
    vague = {"utils", "helpers", "common", "misc"}
    found = [f for f in tracked("src/*") if vague & {part.removesuffix(".py") for part in f.parts}]
    assert not found


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<![\w./])/(?:work|root|home|farm)/",  # a path of somebody's machine
        r"raise NotImplementedError",
        r"except Exception",
        r"\bTO" + r"DO\b|\bFIX" + r"ME\b",
    ],
)
def test_nothing_of_the_kind_is_in_the_repository(pattern: str) -> None:
    found = []
    for path in tracked():
        if path.suffix in TEXTS and path != Path(__file__):
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{path.relative_to(ROOT)}: {hit}" for hit in re.findall(pattern, text)]
    assert not found


def test_every_skip_goes_through_a_fixture() -> None:
    """A test that can skip anywhere can hide anywhere."""
    allowed = {"conftest.py", Path(__file__).name}
    found = [f.name for f in tracked("tests/*.py") if f.name not in allowed
             and re.search(r"pytest\.skip|mark\.skip|xfail|importorskip",
                           f.read_text(encoding="utf-8"))]  # fmt: skip
    assert not found


def test_no_large_file_is_kept() -> None:
    large = {f.name: f.stat().st_size for f in tracked() if f.stat().st_size > 1_500_000}
    assert not large


@pytest.mark.parametrize(("asked", "code"), [("1", 1), ("", 0)])
def test_a_skip_fails_where_everything_should_run(tmp_path: Path, asked: str, code: int) -> None:
    """``.ci/run`` sets ASSETMAP_NO_SKIPS: what could not run there is told, not passed over."""
    (tmp_path / "test_one.py").write_text(
        "import pytest\n\n\ndef test_one() -> None:\n    pytest.skip('absent')\n", encoding="utf-8"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider",
         "-c", str(tmp_path / "pytest.ini"), str(tmp_path)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), "ASSETMAP_NO_SKIPS": asked},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == code, told.stdout + told.stderr
    assert "1 skipped" in told.stdout
    assert ("a failure" in told.stdout) == bool(asked)
