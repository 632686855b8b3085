"""`python -m benchmarks.scenarios`: an edit measured where it touches, beside everything anew."""

from __future__ import annotations

import argparse
import json
import time
from typing import TYPE_CHECKING

import numpy as np
from shapely.geometry import Point

from assetmap.frames import table_of
from assetmap.frames.scenario import EDITS
from assetmap.scenarios.edits import with_edits
from assetmap.scenarios.locate.cover import maximal_coverage
from assetmap.scenarios.locate.median import p_median
from assetmap.scenarios.locate.problem import Ask, Problem
from assetmap.study.options import themes_of
from assetmap.study.pipeline import find_out
from assetmap.study.study import open_study
from assetmap.study.whatif import Warm

if TYPE_CHECKING:
    from collections.abc import Callable

    from assetmap.scenarios.edits import Edited


def timed(what: Callable[[], object]) -> dict[str, float]:
    """Seconds of processor and of the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    what()
    return {
        "cpu_s": round(time.process_time() - cpu, 3),
        "clock_s": round(time.perf_counter() - clock, 3),
    }


def sites(warm: Warm, count: int) -> list[Edited]:
    """So many new libraries, each at somebody's home."""
    town = warm.town
    rng = np.random.Generator(np.random.Philox(1))
    own = town.origins[town.origins["role"] == "study"].geometry
    made = []
    for home in own.iloc[rng.choice(len(own), count, replace=False)]:
        row = dict.fromkeys(EDITS.names) | {
            "edit": 1, "kind": "add", "category": "library",
            "place": Point(home.x + 12, home.y + 12).wkt,
        }  # fmt: skip
        edits = table_of(EDITS, {name: [row[name]] for name in EDITS.names})
        made.append(with_edits(town, edits, scenario="bench", themes=themes_of()))
    return made


def study(folder: str, data: str, count: int) -> dict[str, object]:
    """One added site and many ranked one by one, in a warm process, beside a whole re-run."""
    work = open_study(folder, data=data).work()
    warm = Warm(work, find_out(work))
    first, *others = sites(warm, count + 1)
    warm.after(first)
    return {
        "one added site": timed(lambda: warm.after(first)),
        f"{count} sites, one by one, leading profile": timed(
            lambda: [warm.costs_after(one, "standard", frozenset({"library"})) for one in others]
        ),
        "the same site, everything anew": timed(lambda: warm.anew(first)),
    }


def town(seed: int, clusters: int) -> Problem:
    """5,000 places of demand and 500 candidates on 10 km; in clusters, or evenly (0)."""
    rng = np.random.Generator(np.random.Philox(seed))
    homes = rng.uniform(0, 10_000, (5000, 2))
    if clusters:
        centres = rng.uniform(0, 10_000, (clusters, 2))
        homes = centres[rng.integers(0, clusters, 5000)] + rng.normal(0, 900, (5000, 2))
    candidates = homes[rng.choice(5000, 500, replace=False)] + rng.normal(0, 50, (500, 2))
    far = np.hypot(*(homes[:, None] - candidates).transpose(2, 0, 1))
    return Problem(
        np.round(far * 1.3 / 80, 4), rng.integers(1, 60, 5000).astype(float),
        rng.random(5000) < 0.2, np.zeros(500, dtype=bool), tuple(f"{i:03d}" for i in range(500)),
    )  # fmt: skip


def models() -> dict[str, object]:
    """Coverage and p-median, p = 10, their gaps beside their times."""
    told: dict[str, object] = {}
    for name, problem in (("even", town(1, 0)), ("12 clusters", town(2, 12))):
        for kind, model in (("coverage", maximal_coverage), ("p-median", p_median)):
            clock = time.perf_counter()
            answer = model(problem, Ask(p=10, within=15.0))
            told[f"{kind}, {name}"] = {
                "gap": round(answer.gap, 5),
                "clock_s": round(time.perf_counter() - clock, 2),
            }
    return told


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m benchmarks.scenarios", description=__doc__)
    words.add_argument("--study", default="layers/newport")
    words.add_argument("--data", default="../shared/data")
    words.add_argument("--sites", type=int, default=200)
    words.add_argument("--models", action="store_true", help="only the location models")
    said = words.parse_args()
    told = models() if said.models else study(said.study, said.data, said.sites)
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
