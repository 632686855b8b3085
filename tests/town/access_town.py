"""Two areas and their neighbour, with five places, for working by hand.

Minutes from each origin (a1 to a5 in A, b1 to b3 in B, e1 in the neighbour E); "-" is beyond the
cut-off. b3 is too far from the streets, so nothing is known of it.

          people  library   hall   pocket    park   surgery
    a1        10        5     12        1       3         2
    a2        20       20      -        1    3.75        15
    a3        30     20.1     10        2       4      15.1
    a4        20        -      -        -      30        20
    a5        20        8      9        3       2        40
    b1        50       25     40        1       -         -
    b2        50        -      -        -       -         -
    b3       100        -      -        -       -         -
    e1        40        1      1        1       1         1

The limits are 20 minutes for the library, 10 for the hall (both community), 3.75 for two hectares
of green, which the pocket park is not, and 15 for the surgery, which no source covers in B.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from assetmap.access.measured import Place, measure
from assetmap.access.score import origin_score
from assetmap.frames.costs import hold_costs

ORIGINS = {
    "a1": ("A", 10), "a2": ("A", 20), "a3": ("A", 30), "a4": ("A", 20), "a5": ("A", 20),
    "b1": ("B", 50), "b2": ("B", 50), "b3": ("B", 100), "e1": ("E", 40),
}  # fmt: skip
PLACES = {
    "hall": ("community_centre", None),
    "library": ("library", None),
    "park": ("park", 25_000.0),
    "pocket": ("park", 3_000.0),
    "surgery": ("gp_surgery", None),
}
MINUTES = {
    "a1": {"library": 5, "hall": 12, "pocket": 1, "park": 3, "surgery": 2},
    "a2": {"library": 20, "pocket": 1, "park": 3.75, "surgery": 15},
    "a3": {"library": 20.1, "hall": 10, "pocket": 2, "park": 4, "surgery": 15.1},
    "a4": {"park": 30, "surgery": 20},
    "a5": {"library": 8, "hall": 9, "pocket": 3, "park": 2, "surgery": 40},
    "b1": {"library": 25, "hall": 40, "pocket": 1},
    "e1": {"library": 1, "hall": 1, "pocket": 1, "park": 1, "surgery": 1},
}
LIMITS = {
    "green_local": ("green", "park;nature", 3.75, 20_000.0),
    "gp": ("health", "gp_surgery", 15.0, None),
    "hall": ("community", "community_centre;youth_centre", 10.0, None),
    "library": ("community", "library", 20.0, None),
}
THEMES = ("community", "green", "health")


def costs():
    origins, places = sorted(ORIGINS), sorted(PLACES)
    pairs = [(one, place, c) for one, row in MINUTES.items() for place, c in row.items()]
    return hold_costs(
        origins,
        places,
        from_codes=np.array([origins.index(one) for one, _, _ in pairs], dtype=np.int32),
        to_codes=np.array([places.index(place) for _, place, _ in pairs], dtype=np.int32),
        cost_min=np.array([c for _, _, c in pairs], dtype=np.float32),
    )


def snaps():
    state = ["too far" if one == "b3" else "on streets" for one in ORIGINS]
    return pd.DataFrame(
        {"role": "origin", "point_id": list(ORIGINS), "entrance": 0, "snap_m": 5.0, "state": state}
    )


def place(limits=None, covered=lambda area, standard: (area, standard) != ("B", "gp")):
    limits = LIMITS if limits is None else limits
    origins = pd.DataFrame(
        [(one, area, people) for one, (area, people) in ORIGINS.items()],
        columns=["from_id", "area_id", "people"],
    ).assign(shared=True)
    origins["role"] = origins["area_id"].map({"A": "study", "B": "study", "E": "edge"})
    assets = pd.DataFrame(
        [(one, kind, size) for one, (kind, size) in PLACES.items()],
        columns=["to_id", "category", "size_m2"],
    )
    standards = pd.DataFrame(
        [(one, *row) for one, row in limits.items()],
        columns=["standard_id", "theme", "categories", "threshold_min", "min_size_m2"],
    )
    coverage = pd.DataFrame(
        [
            (area, one, theme, covered(area, one))
            for area in "ABE"
            for one, (theme, *_) in limits.items()
        ],
        columns=["area_id", "standard_id", "theme", "measured"],
    )
    return Place(origins, assets, standards, coverage)


def found(given=None):
    return measure(costs(), snaps(), given or place())


def score(given=None, weights=None, themes=THEMES):
    return origin_score(found(given).theme_scores, weights=weights or {}, themes=themes)
