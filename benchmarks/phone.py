"""A published folder on a slow phone: how soon the answer is there, and what everything weighs.

python -m benchmarks.phone PUBLIC [ASKED]: the medians of five visits over a line of 1.6 Mbit/s
with 150 ms to and fro, a processor six times slower and a screen of 360 x 640, nothing kept from
visit to visit and nothing packed on the way. ASKED is looked for (a street or a postcode).
"""

from __future__ import annotations

import functools
import json
import shutil
import statistics
import sys
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

VISITS = 5
LINE_BYTES_S, DELAY_MS, SLOWER = 1_600_000 / 8, 150, 6
SCREEN = {"width": 360, "height": 640}
ANSWER = "document.querySelector('.answer .lead')"
LIMITS = {
    "answer_s": 2.0, "search_s": 2.0, "search_kb": 100, "first_page_kb": 1_500,
    "largest_place_kb": 60, "folder_mb": 12.0,
}  # fmt: skip
"""Of a borough of at most 200 areas and 2,000 assets."""


class Quiet(SimpleHTTPRequestHandler):
    """Files as they are, without a line for each."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def weights(public: Path) -> dict[str, float]:
    """What the search needs, the first page with its map, the heaviest place, and everything."""
    first = [public / name for name in ("index.html", "map.js")]
    places = [page.stat().st_size for page in (public / "places").glob("*.html")]
    whole = sum(file.stat().st_size for file in public.rglob("*") if file.is_file())
    page = (public / "index.html").read_bytes()
    return {
        # the answer stands before the form, and the script that replies right after it
        "search_kb": page.index(b"</script>", page.index(b'one("#search-form")')) / 1_000,
        "first_page_kb": sum(file.stat().st_size for file in first) / 1_000,
        "largest_place_kb": max(places, default=0) / 1_000,
        "folder_mb": whole / 1_000_000,
    }


def visit(browser: Browser, address: str, asked: str) -> dict[str, float]:
    """Seconds until the answer can be read, and until the search can be asked; it then replies."""
    page = browser.new_context(viewport=SCREEN, device_scale_factor=2).new_page()
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": DELAY_MS, "downloadThroughput": LINE_BYTES_S,
         "uploadThroughput": LINE_BYTES_S},
    )  # fmt: skip
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(f"{ANSWER} !== null", polling=20)
    answer = time.perf_counter() - start
    # the script that replies stands right after the form, and shows it once it can
    page.wait_for_function("document.querySelector('#search-form')?.hidden === false", polling=20)
    ready = time.perf_counter() - start
    page.fill("#asked", asked)
    page.press("#asked", "Enter")
    page.wait_for_function("document.querySelector('#replied').textContent !== ''", polling=20)
    page.context.close()
    return {"answer_s": answer, "search_s": ready}


def measured(public: Path, asked: str) -> dict[str, float]:
    """Medians of the visits, and the weights."""
    handler = functools.partial(Quiet, directory=str(public))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as driver:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        address = f"http://127.0.0.1:{server.server_port}/index.html"
        visits = [visit(browser, address, asked) for _ in range(VISITS)]
        browser.close()
        server.shutdown()
    medians = {name: statistics.median(one[name] for one in visits) for name in visits[0]}
    return {**medians, **weights(public)}


def main() -> None:
    public = Path(sys.argv[1])
    asked = sys.argv[2] if len(sys.argv) > 2 else "Station"
    told = measured(public, asked)
    rows = {
        name: {"value": round(value, 2), "limit": LIMITS[name], "met": value <= LIMITS[name]}
        for name, value in told.items()
    }
    print(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
