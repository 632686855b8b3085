"""Where compiled searches are kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numba
import pytest

from assetmap.network.kernels import compiled, kernel_cache

SEARCH = (
    "from assetmap.network.kernels import *;"
    "print(many_to_many(csr(2,[0],[1],[5]),seeds_at([0]),seeds_at([1]),cut_off_cm=9).cost_cm)"
)


def run(words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", words],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_folder_is_named_by_the_sources_and_can_be_written_to() -> None:
    cache = kernel_cache()
    assert cache.caution is None
    assert cache.folder is not None
    assert Path(cache.folder).is_dir()
    assert len(Path(cache.folder).name) == 16


def test_numbas_own_setting_is_put_back() -> None:
    before = numba.config.CACHE_DIR
    compiled.compiled(lambda number: number + 1)
    assert before == numba.config.CACHE_DIR


def test_a_folder_that_cannot_be_made_is_a_caution(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = compiled.cache_in(str(tmp_path / "file"), name="kernels")
    assert cache.folder is None
    assert cache.caution is not None
    assert cache.caution.code == "no_kernel_cache"
    assert "NUMBA_CACHE_DIR" in cache.caution.text


@pytest.mark.slow
def test_searches_are_kept_where_numba_is_told_and_run_without_a_place(tmp_path: Path) -> None:
    done = run(SEARCH, NUMBA_CACHE_DIR=str(tmp_path / "cache"))
    assert done.stdout == "[5]\n", done.stderr
    kept = list((tmp_path / "cache").rglob("*within*.nbi"))
    assert len(kept) == 1
    assert kept[0].is_relative_to(tmp_path / "cache" / "assetmap-kernels")
    (tmp_path / "file").write_text("in the way")
    done = run(SEARCH, NUMBA_CACHE_DIR=str(tmp_path / "file"))
    assert done.stdout == "[5]\n", done.stderr
