"""A preview of the folder to publish, for this machine alone."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from assetmap.errors import Fault, MissingError, WriteError

if TYPE_CHECKING:
    from io import BytesIO
    from typing import BinaryIO

LOOPBACK = "127.0.0.1"
FOLDER = "public"


class Preview(SimpleHTTPRequestHandler):
    """Files of one folder, for readers on this machine only; nothing outside, no listing."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """The head of an answer; no answer to a name that is not this machine's own."""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        path = Path(self.translate_path(self.path)).resolve()
        home = Path(self.directory).resolve()
        if host not in {LOOPBACK, "localhost"} or not path.is_relative_to(home):
            self.send_error(HTTPStatus.FORBIDDEN)
            return None
        return super().send_head()

    def list_directory(self, path: object) -> None:  # noqa: ARG002 - its signature
        """No list of a folder without an index."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Headers that keep a preview fresh and plain."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: a preview keeps no record of its readers."""


def serve_folder(folder: Path, *, port: int) -> ThreadingHTTPServer:
    """A server of a run's ``public/``, on the loopback address only; not yet running.

    Raises
    ------
    MissingError
        Where the folder is neither a run's nor its ``public/``.
    WriteError
        Where the port is taken.
    """
    found = next((one for one in (folder / FOLDER, folder) if _published(one)), None)
    if found is None:
        attempt = "give the folder of a run: assetmap run STUDY says which"
        what = "no folder to publish here"
        raise MissingError(Fault(what=what, where=str(folder), attempt=attempt))
    try:
        return ThreadingHTTPServer((LOOPBACK, port), partial(Preview, directory=str(found)))
    except OSError as error:
        what = f"port {port} cannot be used: {error.strerror}"
        raise WriteError(
            Fault(what=what, attempt="give another: --port 0 takes a free one")
        ) from error


def _published(folder: Path) -> bool:
    """Whether it is a folder to publish: working files lie beside one, never in it."""
    return (folder / "index.html").is_file() and folder.resolve().name == FOLDER
