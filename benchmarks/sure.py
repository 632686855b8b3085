"""A thousand draws of the uncertain inputs, on a made-up borough and a made-up country.

python -m benchmarks.sure [DRAWS]: CPU seconds of DRAWS draws (1,000) for 173 and 33,755 areas with
one home each, three standards and the eight nearest of each, and the most memory held.
"""

from __future__ import annotations

import json
import resource
import sys
import time

import numpy as np
import pandas as pd

from assetmap.access.homes import Homes
from assetmap.findings.legs import Ranks, Themes
from assetmap.findings.rules import Rules
from assetmap.network.kernels.shaken import Near
from assetmap.scenarios.draws import placed
from assetmap.scenarios.ground import Benefit, Ground
from assetmap.scenarios.listed import Listed, as_listed
from assetmap.scenarios.outcome import Assumed
from assetmap.scenarios.tally import tally
from assetmap.scenarios.uncertain import Uncertain

KEPT, STANDARDS = 8, ("library", "primary_school", "secondary_school")
THEMES = {"community": [0], "education": [1, 2]}


def ground_of(areas: int, rng: np.random.Generator) -> tuple[Ground, Listed]:
    assets = areas
    ids = pd.Index([f"E{area:06}" for area in range(areas)])
    yes, no = np.ones(areas, dtype=bool), np.zeros(areas, dtype=bool)
    ranks = {
        basis: {
            name: Ranks(place, np.ceil(place / 10))
            for name in ("nation", "region", "authority", "named")
            for place in [rng.uniform(0.1, 100, areas)]
        }
        for basis in ("without_access", "imd", "income")
    }
    both = np.ones((areas, len(THEMES)), dtype=bool)
    known = Listed(
        placed(["school"] * assets, np.arange(assets), np.arange(assets)),
        np.full(assets, 0.95),
        np.full(assets, 25.0),
    )
    near = tuple(
        Near(
            np.arange(areas + 1) * KEPT,
            rng.integers(0, assets, areas * KEPT).astype(np.int32),
            np.sort(rng.uniform(1, 45, (areas, KEPT)), axis=1).ravel(),
            rng.uniform(-2000, 2000, areas * KEPT),
            rng.uniform(-2000, 2000, areas * KEPT),
        )
        for _ in STANDARDS
    )
    none = np.full(areas, np.nan)
    return Ground(
        ids=ids, homes=Homes(ids, ids, np.arange(areas), rng.uniform(1000, 3000, areas)),
        measured=np.ones((areas, len(STANDARDS)), dtype=bool), standards=STANDARDS,
        limits_min=np.array([20.0, 12.5, 25.0]), near=near, to_ids=ids, columns=THEMES,
        scored=tuple(THEMES), ruled=tuple(THEMES),
        themes=Themes(np.zeros(both.shape), both, ~both, both), ranks=ranks,
        benefit=Benefit(none, none, no), gated=no, unsure=no, survives=yes, cut_off_min=45.0,
        detour=1.3, kept=KEPT,
    ), known  # fmt: skip


def timed(areas: int, draws: int) -> dict[str, float]:
    ground, known = ground_of(areas, np.random.default_rng(1))
    base = Assumed(
        rules=Rules(themes=tuple(THEMES)), basis="imd", weights=np.ones(len(THEMES)),
        stretch=np.ones(len(STANDARDS)), shaken=as_listed(known), detour=1.3,
    )  # fmt: skip
    tally(ground, base, Uncertain(seed=1), known, range(1))
    start = time.process_time()
    tally(ground, base, Uncertain(seed=1), known, range(draws))
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {"areas": areas, "draws": draws, "cpu_s": round(spent, 2), "peak_gb": round(peak, 2)}


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if sys.argv[1:] else 1000
    for size in (173, 33_755):
        print(json.dumps(timed(size, wanted)), flush=True)
