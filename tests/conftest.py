"""Where the published files are, for the tests that run on them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of published files, or a skip that says how to get it."""
    folder = Path(os.environ.get("ASSETMAP_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no published files at {folder}: set ASSETMAP_DATA to run the real studies")
    return folder


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of the repository."""
    return ROOT
