"""Where the published files are, and the rule that nothing is skipped where it should run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from assetmap.study.run import Run

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("ASSETMAP_DATA") or ROOT.parent / "shared" / "data")

# No test depends on how busy the machine is.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of published files, or a skip that says how to get it."""
    if not DATA.is_dir():
        pytest.skip(f"no published files at {DATA}: set ASSETMAP_DATA to run the real studies")
    return DATA


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A cache of the tests' own, so that no result of an earlier run is taken for a new one.

    And no data folder but for tests that ask for ``data_dir``: nobody else reads or writes there.
    Commands run in one process, since tests share the processors already.
    """
    os.environ.setdefault("ASSETMAP_CACHE", str(tmp_path_factory.mktemp("cache")))
    os.environ.pop("ASSETMAP_DATA", None)
    os.environ.setdefault("ASSETMAP_WORKERS", "1")


@pytest.fixture(scope="session")
def example_run(tmp_path_factory: pytest.TempPathFactory, _own_cache: None) -> Run:
    """The built-in example, run once for every test that looks at what it made."""
    from assetmap.study.study import open_example  # noqa: PLC0415 - only where it is asked

    return open_example().run(out=tmp_path_factory.mktemp("example"))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With ASSETMAP_NO_SKIPS set, a skipped test fails the run: here everything should run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("ASSETMAP_NO_SKIPS") or reporter is None:
        return
    if reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("")
        reporter.write_line("ASSETMAP_NO_SKIPS is set and tests were skipped: a failure", red=True)
