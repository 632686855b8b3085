"""Leaflet, which draws the moving map in the reader's browser, from the installed package."""

from __future__ import annotations

import base64
import re
from importlib.resources import files

_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_IMAGE = re.compile(r"url\((?:\"|')?images/([a-z0-9-]+\.png)(?:\"|')?\)")


def leaflet_script() -> str:
    """Leaflet, from the installed package."""
    return _SOURCE_MAP.sub("", _packaged("leaflet.js").decode("utf-8")).replace("\r\n", "\n")


def leaflet_style() -> str:
    """Leaflet's style sheet, its pictures inside it as data."""

    def inlined(match: re.Match[str]) -> str:
        picture = base64.b64encode(_packaged("images", match[1])).decode("ascii")
        return f"url(data:image/png;base64,{picture})"

    return _IMAGE.sub(inlined, _packaged("leaflet.css").decode("utf-8")).replace("\r\n", "\n")


def leaflet_version() -> str:
    """The version of the installed Leaflet, as its own first lines say."""
    found = re.search(r"Leaflet (\d+\.\d+\.\d+)", leaflet_script()[:200])
    return found[1] if found else ""


def _packaged(*path: str) -> bytes:
    return files("xstatic.pkg.leaflet").joinpath("data", *path).read_bytes()
