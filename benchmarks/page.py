"""The page of the docs, from the results: nothing in it is written by hand."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGES = ("numba", "numpy", "scipy")
HEAD = """# Benchmarks

Made by `make bench`, which writes `benchmarks/results.json` and this page. Seconds are CPU seconds
of all threads unless a row says otherwise, medians of the runs; the ratio is the peer's time by
ours, measured in the same run, so that it is above 1 where we are faster. A run count of 1 stands
for a question that was asked once. A peer that fails, or takes more than 15 minutes
of CPU, has a note in place of a figure. On a busy machine CPU seconds grow too: compare them within
a row, and the clock not at all.

Streets: the walking network of Newport, contracted; larger sizes are copies of it side by side,
joined every 300 m.
"""


def machine() -> dict[str, str]:
    """What the figures were taken on."""
    cpuinfo = Path("/proc/cpuinfo")
    names = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    model = [line.partition(":")[2].strip() for line in names if line.startswith("model name")]
    cores = f" ({len(model)} processors)" if model else ""
    return {
        "machine": (model[0] if model else platform.machine()) + cores,
        "Python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
        "waiting for a processor meanwhile (load over 15 minutes)": f"{os.getloadavg()[2]:.1f}",
    }


def page(results: dict[str, Any]) -> str:
    """Markdown of the results."""
    lines = [HEAD]
    lines += [f"- {name}: {value}" for name, value in results["machine"].items()]
    lines += [f"- commit: {results['commit']}", ""]
    lines += ["| task | ours, s | peer | peer, s | ratio | target | runs | note |"]
    lines += ["|---|--:|---|--:|--:|---|--:|---|"]
    lines += [_row(row) for row in results["results"]]
    return "\n".join(lines) + "\n"


def _row(row: dict[str, Any]) -> str:
    seconds, ratio = ("" if row[n] is None else f"{row[n]:.3g}" for n in ("peer_cpu_s", "ratio"))
    ours = f"{row['ours_cpu_s']:.3g}"
    cells = [
        row["task"],
        ours,
        row["peer"],
        seconds,
        ratio,
        row["target"],
        row["runs"],
        row["note"],
    ]
    return f"| {' | '.join(str(cell) for cell in cells)} |"
