"""A browser for the pages, an office for the papers."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """LibreOffice of this machine, or a skip that says so; in CI its absence is a failure."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        message = "no LibreOffice on this machine: workbook and Word are not opened in it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine, or a skip that says so; in CI its absence is a failure."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        message = "no Chromium on this machine: pages are not opened"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it can run

    with sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=found, headless=True, timeout=120_000,
            args=["--no-sandbox", "--disable-gpu"],
        )  # fmt: skip
        yield opened
        opened.close()
