"""A server on this machine that replays answers: a map, a file, or a failure."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Iterator

LON, LAT = -2.998, 51.588


class Answer(NamedTuple):
    """What the server says to one request; ``cut`` promises more bytes than come."""

    body: bytes
    status: int = 200
    kind: str = "application/json"
    cut: bool = False


class Replayed:
    """The answers still to give, the last of them for ever, and what was asked."""

    def __init__(self, answers: tuple[Answer, ...]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.url = ""

    def next(self) -> Answer:
        """The next answer."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def serving(*answers: Answer) -> Iterator[Replayed]:
    """A server for as long as the block lasts."""
    replayed = Replayed(answers)

    class Handler(BaseHTTPRequestHandler):
        def _give(self, asked: str) -> None:
            replayed.asked.append(asked)
            answer = replayed.next()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body) + 1000 * answer.cut))
            self.end_headers()
            self.wfile.write(answer.body)

        def do_GET(self) -> None:
            self._give(self.path)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._give(parse_qs(body)["data"][0])

        def log_message(self, *_: Any) -> None:
            """Nothing: a test's server is silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    replayed.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield replayed
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def node(number: int, east_m: float = 0, north_m: float = 0, **tags: str) -> dict[str, Any]:
    """A node some metres from a place in Newport."""
    lon, lat = LON + east_m / 69_200, LAT + north_m / 111_250
    return {"type": "node", "id": number, "lon": round(lon, 7), "lat": round(lat, 7), "tags": tags}


def way(number: int, *nodes: int, **tags: str) -> dict[str, Any]:
    """A way along nodes."""
    return {"type": "way", "id": number, "nodes": list(nodes), "tags": tags}


def overpass(*elements: dict[str, Any], **more: Any) -> Answer:
    """An answer as Overpass gives it."""
    said = {"version": 0.6, "generator": "Overpass API", "elements": list(elements), **more}
    return Answer(json.dumps(said).encode())
