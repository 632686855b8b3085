"""A toy country to draw in, and the slow way to find one draw's levels: tables and nothing else."""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from assetmap.access.measured import Place, measure, theme_shares
from assetmap.access.score import area_scores, origin_score
from assetmap.findings.benefit import settled_state
from assetmap.findings.flag import Evidence, flag_areas
from assetmap.findings.rules import Rules
from assetmap.frames import table_of
from assetmap.frames.costs import hold_costs
from assetmap.frames.legs import BENEFIT, QUALITY
from assetmap.frames.prepared import ASSETS, COVERAGE, ENTRANCES, ORIGINS, SNAPS, STANDARDS
from assetmap.frames.results import NEED
from assetmap.scenarios.ground import Routed, ground_of
from assetmap.scenarios.listed import as_listed, listed
from assetmap.scenarios.outcome import Assumed

CRS = "EPSG:27700"
CUT_OFF = 45.0
KINDS = {
    "library": ("community", "libraries"),
    "park": ("green", "map"),
    "sports_centre": ("leisure", "register"),
    "bus_stop": ("transport", "register"),
}
STANDARDS_OF = [
    ("hall", "community", "library", 700.0),
    ("green_local", "green", "park", 300.0),
    ("green_small", "green", "park", 450.0),
    ("leisure", "leisure", "sports_centre", 900.0),
    ("bus_stop", "transport", "bus_stop", 400.0),
]
CHANCES = {"libraries": 0.7, "map": 0.85, "register": 0.95}


class Toy(NamedTuple):
    """All the tables of a toy study."""

    areas: pd.DataFrame
    place: Place
    entrances: pd.DataFrame
    costs: pd.DataFrame
    snaps: pd.DataFrame
    needs: dict[str, pd.DataFrame]
    benefit: pd.DataFrame
    quality: pd.DataFrame
    detour: float | None


def toy(seed: int, *, detour: float | None = 1.3, areas: int = 14, benefit: bool = True) -> Toy:
    """A town of ``areas`` neighbourhoods on a line of random places."""
    rng = np.random.default_rng(seed)
    ids = [f"E{number:03}" for number in range(areas)]
    roles = ["edge" if number == 0 else "study" for number in range(areas)]
    homes = pd.DataFrame(
        {
            "from_id": [f"{area}/{home}" for area in ids for home in range(6)],
            "area_id": np.repeat(ids, 6),
            "role": np.repeat(roles, 6),
            "basis": "toy",
            "people": rng.integers(0, 60, 6 * areas).astype(float),
            "shared": False,
            "code": None,
        }
    )
    x = np.repeat(np.arange(areas) * 400.0, 6) + rng.uniform(0, 400, 6 * areas)
    origins = gpd.GeoDataFrame(
        homes, geometry=gpd.points_from_xy(x, rng.uniform(0, 900, 6 * areas)), crs=CRS
    )
    assets = _assets(rng, areas)
    place = Place(
        table_of(ORIGINS, {name: origins[name] for name in ORIGINS.names}, crs=CRS),
        table_of(ASSETS, {name: assets[name] for name in assets.columns}, crs=CRS),
        _standards(),
        _coverage(rng, ids),
    )
    gates = assets[["to_id", "geometry"]].assign(entrance=1, basis="point")
    return Toy(
        areas=pd.DataFrame({"area_id": ids, "role": roles, "people": 100.0}),
        place=place,
        entrances=table_of(ENTRANCES, {name: gates[name] for name in ENTRANCES.names}, crs=CRS),
        costs=_costs(place, detour or 1.0),
        snaps=_snaps(place),
        needs={basis: _need(rng, ids, basis) for basis in ("imd", "income")},
        benefit=_benefit(rng, ids, known=benefit),
        quality=_quality(rng, ids),
        detour=detour,
    )


def _assets(rng, areas):
    rows = [
        (f"{kind}-{number}", kind, KINDS[kind][0], KINDS[kind][1])
        for kind in KINDS
        for number in range(areas // 2)
    ]
    table = pd.DataFrame(rows, columns=["to_id", "category", "theme", "sources"])
    size_m2 = np.where(table["category"] == "park", 9000.0, np.nan)
    table = table.assign(
        name="somewhere", supply=1.0, wheelchair="unknown", visibility="public",
        precision_m=0.0, role="study", size_m2=size_m2,
    )  # fmt: skip
    points = gpd.points_from_xy(
        rng.uniform(0, areas * 400, len(table)), rng.uniform(0, 900, len(table))
    )
    return gpd.GeoDataFrame(table, geometry=points, crs=CRS)


def _standards():
    rows = [
        (one, theme, kind, one, metres, metres / 80, None, "toy", "design choice")
        for one, theme, kind, metres in STANDARDS_OF
    ]
    table = pd.DataFrame(rows, columns=list(STANDARDS.names))
    return table_of(STANDARDS, {name: table[name] for name in STANDARDS.names})


def _coverage(rng, ids):
    rows = [(area, one, theme) for area in ids for one, theme, *_ in STANDARDS_OF]
    table = pd.DataFrame(rows, columns=["area_id", "standard_id", "theme"])
    measured = rng.random(len(table)) < 0.9
    return table_of(
        COVERAGE,
        {**table, "measured": measured, "reason": np.where(measured, None, "not covered")},
    )


def _costs(place, detour):
    """COSTS of all pairs; the town is small, so that the cut-off keeps them all."""
    i, j, lines = _lines(place, (0.0, 0.0))
    return _held(place, i, j, lines * detour / 80)


def _drawn_costs(town, shaken, *, slower, min_a_m):
    """COSTS of one draw: every pair stretched, moved by its asset, and gone where that is gone."""
    costs, place = town.costs, town.place
    i = costs["from_id"].cat.codes.to_numpy().astype(int)
    j = costs["to_id"].cat.codes.to_numpy().astype(int)
    base = costs["cost_min"].to_numpy().astype(float).round(4)
    moved = _lines(place, (shaken.east_m, shaken.north_m))[2] - _lines(place, (0.0, 0.0))[2]
    minutes = np.maximum(base * slower + moved.reshape(len(place.origins), -1)[i, j] * min_a_m, 0)
    kept = (minutes.round(4) <= CUT_OFF) & shaken.there[j]
    return _held(place, i[kept], j[kept], minutes[kept])


def _lines(place, moved):
    origins, assets = place.origins, place.assets
    i, j = np.indices((len(origins), len(assets))).reshape(2, -1)
    start = np.column_stack([origins.geometry.x, origins.geometry.y])[i]
    stop = np.column_stack([assets.geometry.x + moved[0], assets.geometry.y + moved[1]])[j]
    return i, j, np.hypot(*(start - stop).T)


def _held(place, i, j, minutes):
    return hold_costs(
        place.origins["from_id"], place.assets["to_id"],
        from_codes=i.astype(np.int32), to_codes=j.astype(np.int32),
        cost_min=minutes.round(4).astype(np.float32),
    )  # fmt: skip


def _snaps(place):
    ids = place.origins["from_id"]
    return table_of(
        SNAPS,
        {
            "role": ["origin"] * len(ids), "point_id": ids, "entrance": [0] * len(ids),
            "snap_m": [0.0] * len(ids), "state": ["straight line"] * len(ids),
        },
    )  # fmt: skip


def _need(rng, ids, basis):
    rows = []
    for reference in ("nation", "region", "authority"):
        of = 1000
        for area in ids:
            rank = int(rng.integers(1, 600))
            tenth = -(-rank * 10 // of)
            rows.append((area, reference, basis, rank, of, rank / 10, tenth, "published"))
    table = pd.DataFrame(rows, columns=list(NEED.names))
    return table_of(NEED, {name: table[name] for name in NEED.names})


def _benefit(rng, ids, *, known):
    saved = rng.choice([0.0, 0.4, 0.9, 1.1, 1.9, 2.2, 4.0], len(ids))
    hoped = saved + rng.choice([0.0, 1.0], len(ids))
    near = rng.random(len(ids)) < 0.2
    state = settled_state(saved, hoped, near_silent=near, rules=Rules())
    return table_of(
        BENEFIT,
        {
            "area_id": ids,
            "state": state if known else ["unknown"] * len(ids),
            "minutes_saved": saved if known else [None] * len(ids),
            "expected_min": hoped if known else [None] * len(ids),
            "near_silent": near,
            "directly_affected": [False] * len(ids),
        },
    )


def _quality(rng, ids):
    return table_of(
        QUALITY,
        {
            "area_id": ids,
            "share_unsnapped": rng.choice([0.0, 0.0, 0.0, 0.5], len(ids)),
            "crosswalk_status": rng.choice(["U", "U", "U", "X"], len(ids)),
            "streets_cover": [True] * len(ids),
            "detour_survival": rng.choice([0.9, 0.5], len(ids)),
        },
    )


def evidence_of(town: Toy, costs, rules, weights, *, straight, basis="imd"):
    """The tables that the levels of one draw are found on, the slow way."""
    found = measure(costs, town.snaps, town.place)
    shares = theme_shares(
        found, town.place.origins, town.place.standards, stale=("hall",), straight=straight
    )
    score = origin_score(found.theme_scores, weights=weights, themes=rules.themes)
    scores = area_scores(score, town.place.origins)
    return Evidence(town.needs[basis], shares, scores, town.benefit, town.quality)


def base_of(town: Toy, rules=None):
    """The toy as the draws have it: its ground, what the study itself assumes, its assets."""
    rules = rules or Rules()
    straight = town.detour is not None
    evidence = evidence_of(town, town.costs, rules, {}, straight=straight)
    routed = Routed(town.costs, town.snaps, CUT_OFF, town.detour, 10_000)
    ground = ground_of(town.areas, routed, town.place, evidence, needs=town.needs, rules=rules)
    known = listed(town.place.assets, town.entrances, CHANCES, position_m=25)
    base = Assumed(
        rules=rules,
        basis="imd",
        weights=np.ones(len(ground.scored)),
        stretch=np.ones(len(ground.standards)),
        shaken=as_listed(known),
        detour=town.detour or 1.0,
    )
    return ground, base, known


def slow_levels(town: Toy, ground, assumed) -> pd.DataFrame:
    """FINDINGS of one draw: costs, standards and minutes saved made anew, then the rooms' rules."""
    place = town.place
    straight = town.detour is not None
    detour = assumed.detour if straight else 1.0
    slower = (detour / town.detour if straight else 1.0) * 80.0 / assumed.pace_m_min
    min_a_m = detour / assumed.pace_m_min
    costs = _drawn_costs(town, assumed.shaken, slower=slower, min_a_m=min_a_m)
    standards = place.standards.assign(
        threshold_min=place.standards["threshold_min"] * assumed.stretch
    )
    counted = "minutes_saved" if assumed.counts == "firm" else "expected_min"
    saved = town.benefit[counted].to_numpy() * slower
    hoped = town.benefit["expected_min"].to_numpy() * slower
    near = town.benefit["near_silent"].to_numpy()
    state = settled_state(saved, hoped, near_silent=near, rules=assumed.rules)
    drawn = town._replace(
        place=place._replace(standards=standards),
        benefit=town.benefit.assign(state=state, minutes_saved=saved, expected_min=hoped),
    )
    weights = dict(zip(ground.scored, assumed.weights, strict=True))
    evidence = evidence_of(
        drawn, costs, assumed.rules, weights, straight=straight, basis=assumed.basis
    )
    told = flag_areas(town.areas, evidence, rules=assumed.rules).table
    return told.merge(evidence.scores, on="area_id", how="left", validate="1:1")
