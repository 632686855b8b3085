"""What if: an edit measured where it touches, beside everything anew; sites chosen, with gaps."""

from __future__ import annotations

import json
import os
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from benchmarks.measure import PeerError, Result, ask, cpu, side_by_side, silent
from benchmarks.streets import ROOT
from shapely.geometry import Point

from assetmap.access.homes import homes_of
from assetmap.frames import table_of
from assetmap.frames.scenario import EDITS
from assetmap.scenarios.edits import with_edits
from assetmap.scenarios.locate.alone import each_alone
from assetmap.scenarios.locate.cover import maximal_coverage
from assetmap.scenarios.locate.median import p_median
from assetmap.scenarios.locate.problem import Ask, Problem, problem_of
from assetmap.sources.scenario_file import read_scenario
from assetmap.study.candidates import Candidates, costs_to
from assetmap.study.options import edited_by, themes_of
from assetmap.study.pipeline import find_out
from assetmap.study.ranking import ranked
from assetmap.study.study import open_study
from assetmap.study.whatif import Warm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Settings

    from assetmap.scenarios.edits import Edited

SITES, WITHIN_MIN, P = 200, 15.0, 10


def what_if(settings: Settings) -> Iterator[Result]:
    """One added library on Newport, with and without draws; and 200 of them ranked."""
    data = os.environ.get("ASSETMAP_DATA", "../shared/data")
    work = open_study(ROOT / "layers" / "newport", data=data).work()
    warm = Warm(work, find_out(work))
    one, whole = _libraries(warm, 1), _libraries(warm, SITES)
    ours, anew = side_by_side(partial(warm.after, one), partial(warm.anew, one), runs=settings.runs)
    task = "one added library on Newport, warm: every profile, measure, group and level"
    yield Result(task=task, ours_cpu_s=ours, peer="ourselves, everything anew", peer_cpu_s=anew,
                 runs=settings.runs, note="target: 1 s at most")  # fmt: skip
    bridge = _footbridge(warm)
    warm.after(bridge)  # the streets with it, once
    ours, anew = side_by_side(
        partial(warm.after, bridge), partial(warm.anew, bridge), runs=settings.runs
    )
    yield Result(task="a footbridge over the Usk, warm: every standard, profile, measure, level",
                 ours_cpu_s=ours, peer="ourselves, everything anew", peer_cpu_s=anew,
                 runs=settings.runs,
                 note="every asset may be nearer, so every standard is measured again")  # fmt: skip
    drawn = cpu(partial(ranked, warm, {"one": one}))
    yield Result(task="the same library under the 1,000 draws of the flag", ours_cpu_s=drawn,
                 runs=1, note="target: 5 s at most")  # fmt: skip
    each = cpu(partial(_each_alone, warm, whole))
    yield Result(task=f"{SITES} sites on Newport ranked one by one", ours_cpu_s=each, runs=1,
                 note="by people newly within alone; target: 30 s at most")  # fmt: skip


def _footbridge(warm: Warm) -> Edited:
    """Newport's sample scenario."""
    path = ROOT / "layers" / "newport" / "scenarios" / "footbridge-usk.toml"
    crs = warm.work.settings.study.crs
    return edited_by(warm, read_scenario(path, crs=crs))


def _libraries(warm: Warm, count: int) -> Edited:
    """So many new libraries, each 17 m from somebody's home."""
    town = warm.town
    rng = np.random.Generator(np.random.Philox(1))
    own = town.origins[town.origins["role"] == "study"].geometry
    homes = own.iloc[rng.choice(len(own), count, replace=False)]
    rows = [
        dict.fromkeys(EDITS.names)
        | {"edit": number, "kind": "add", "category": "library",
           "place": Point(home.x + 12, home.y + 12).wkt}
        for number, home in enumerate(homes, start=1)
    ]  # fmt: skip
    edits = table_of(EDITS, {name: [row[name] for row in rows] for name in EDITS.names})
    return with_edits(town, edits, scenario="bench", themes=themes_of())


def _each_alone(warm: Warm, edited: Edited) -> object:
    costs = costs_to(warm, Candidates(edited, {}, "sites"), within_min=20.0)
    origins = warm.town.origins
    homes, assets = homes_of(origins[origins["role"] == "study"]), edited.town.assets
    problem = problem_of(
        costs, homes.from_ids, homes.people, deprived=np.zeros(len(homes.people), dtype=bool),
        to_ids=sorted(assets.loc[assets["category"] == "library", "to_id"]),
        fixed=set(warm.town.assets["to_id"]),
    )  # fmt: skip
    return each_alone(problem, 20.0)


def sites_chosen(settings: Settings) -> Iterator[Result]:
    """Coverage and p-median, 5,000 places by 500 sites, p = 10: the gap beside the time."""
    for name, problem in (("evenly", _town(1, 0)), ("in 12 clusters", _town(2, 12))):
        for kind, model in (("coverage", maximal_coverage), ("p-median", p_median)):
            start, clock = time.process_time(), time.perf_counter()
            answer = model(problem, Ask(p=P, within=WITHIN_MIN, seconds=15.0))
            spent, waited = time.process_time() - start, time.perf_counter() - clock
            task = f"{kind}, 5,000 places {name} by 500 sites, p = {P}"
            note = f"gap {answer.gap:.2%}, {waited:.0f} s by the clock (target: 1 %, 30 s)"
            yield Result(task=task, ours_cpu_s=spent, runs=1, note=note)
            if settings.peers is not None:
                yield _beside_spopt(settings, problem, (kind, task), spent, answer.value)


SPOPT = {"coverage": ("spopt_mclp", "covered", "people covered"),
         "p-median": ("spopt_pmedian", "value", "person-minutes")}  # fmt: skip


def _beside_spopt(
    settings: Settings, problem: Problem, asked: tuple[str, str], ours: float, value: float
) -> Result:
    """The same question to spopt with CBC, stopped after 30 s of its own."""
    (kind, task), (peer, key, unit) = asked, SPOPT[asked[0]]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problem.npz"
        np.savez(file, cost=problem.cost_min, people=problem.people)
        Path(folder, "asked.json").write_text(json.dumps({"p": P, "within": WITHIN_MIN}))
        try:
            said, theirs, _ = ask(settings, peer, file)
        except PeerError as why:
            return silent(task, ours, "spopt", runs=1, why=why)
    note = f"{unit}: ours {value:,.0f}, theirs {said[key]:,.0f}"
    if said.get("chosen", P) != P:
        note = f"{kind}: no answer of spopt within 30 s"
    return Result(task=task, ours_cpu_s=ours, peer=said["peer"], peer_cpu_s=theirs, runs=1,
                  note=note)  # fmt: skip


def _town(seed: int, clusters: int) -> Problem:
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
