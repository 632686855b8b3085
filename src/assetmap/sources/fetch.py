"""A published file, downloaded from its address."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from assetmap.errors import Fault, FetchError
from assetmap.sources.arrive import arriving

if TYPE_CHECKING:
    from pathlib import Path

TIMEOUT_S = 60
PIECE = 1 << 20
FAILING = (429, 500, 502, 503, 504)
PAGES = ("text/html", "application/xhtml+xml")
AGENT = {"User-Agent": "assetmap"}


def is_direct(address: str, name: str) -> bool:
    """Whether an address is that of a file of this kind, and not of a page about it."""
    parts = urlsplit(address)
    there = PurePosixPath(unquote(parts.path)).suffixes
    wanted = PurePosixPath(name).suffixes
    return parts.scheme in {"http", "https"} and bool(wanted) and there[-1:] == wanted[-1:]


def fetch_file(address: str, path: Path, *, tries: int = 5, wait_s: float = 1.0) -> int:
    """The bytes of the file at an address, once it is here, whole and in its place.

    Asked for again, ``tries`` times in all with waits that double, while the server is busy or
    cannot be reached; a broken-off download is an error and leaves nothing. Proxies are those of
    the environment.

    Raises
    ------
    FetchError
        Where the server does not answer, refuses, sends a web page, an empty file or fewer bytes
        than it said, and where the file cannot be written.
    """
    retry = Retry(
        total=tries - 1, backoff_factor=wait_s / 2, status_forcelist=FAILING,
        allowed_methods=("GET",), raise_on_status=False,
    )  # fmt: skip
    with requests.Session() as session:
        session.mount("https://", HTTPAdapter(max_retries=retry))
        session.mount("http://", HTTPAdapter(max_retries=retry))
        return arriving(path, lambda fresh: _download(session, address, fresh))


def _download(session: requests.Session, address: str, path: Path) -> None:
    try:
        with (
            session.get(address, stream=True, timeout=TIMEOUT_S, headers=AGENT) as answer,
            path.open("wb") as file,
        ):
            answer.raise_for_status()
            if answer.headers.get("Content-Type", "").startswith(PAGES):
                raise FetchError(_fault("a web page came in place of the file", address))
            for piece in answer.iter_content(PIECE):
                file.write(piece)
    except requests.RequestException as error:
        raise FetchError(_fault(str(error), address)) from error
    if not path.stat().st_size:
        raise FetchError(_fault("the file is empty", address))


def _fault(said: str, address: str) -> Fault:
    return Fault(
        what=f"the download failed: {' '.join(said.split())[:200]}",
        where=address,
        attempt="try later, or open the source's page and save the file by hand; behind a proxy, "
        "set HTTPS_PROXY",
    )
