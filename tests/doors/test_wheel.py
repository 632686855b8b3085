"""The wheel, installed outside the clone, runs the built-in example from wherever it is put."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def wheel(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by the backend itself, without a download."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=repo, check=True, capture_output=True,
    )  # fmt: skip
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_example_and_no_more_than_it_should(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        sizes = {one.filename: one.file_size for one in packed.infolist()}
    example = {name: size for name, size in sizes.items()
               if name.startswith("assetmap/_data/example/")}  # fmt: skip
    assert "assetmap/_data/example/study.toml" in example
    assert sum(example.values()) < MOST_BYTES
    tops = {name.split("/")[0] for name in sizes}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"assetmap"}
    assert any(name.endswith("licenses/LICENSE") for name in sizes)
    assert not [name for name in sizes if "__pycache__" in name]


def test_the_example_runs_from_the_wheel_in_a_folder_of_any_name(
    wheel: Path, tmp_path: Path
) -> None:
    """In an environment of its own, whose name and whose working folder have spaces and accents.

    The other packages are lent by this environment through a .pth file, so that nothing is
    downloaded; assetmap itself is not, for a lent folder's own .pth files are not read.
    """
    home = tmp_path / "Ünïcode é place"
    home.mkdir()
    subprocess.run([sys.executable, "-m", "venv", str(home / "env")], check=True)
    python = home / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        check=True,
    )
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(_said(python, "-c", asked, cwd=home))
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "lent.pth").write_text("\n".join(sorted(lent)), encoding="utf-8")
    where = Path(_said(python, "-c", "import assetmap; print(assetmap.__file__)", cwd=home))
    assert where.is_relative_to(home)

    page = home / _said(python, "-m", "assetmap", "demo", "--out", "résultats", cwd=home)
    assert page.is_file()
    assert page.is_relative_to(home / "résultats" / "example")
    assert "This place is invented." in page.read_text(encoding="utf-8")
    script = python.with_name("assetmap.exe" if os.name == "nt" else "assetmap")
    assert _said(script, "--version", cwd=home).startswith("assetmap ")


def _said(*words: object, cwd: Path) -> str:
    """What a command says on stdout, in an environment that knows nothing of the clone."""
    hidden = {"PYTHONPATH", "VIRTUAL_ENV", "ASSETMAP_DATA"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    told = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={**kept, "PYTHONUTF8": "1", "ASSETMAP_CACHE": str(cwd / "caché")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()
