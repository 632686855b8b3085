"""Locate: which sites of several to choose, or which places can be lost, on a study's costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from assetmap.access.homes import homes_of
from assetmap.access.standard import satisfying
from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.frames.located import MINUTES, Located
from assetmap.network.crs import moved
from assetmap.publish.located import write_located
from assetmap.scenarios.locate.alone import each_alone
from assetmap.scenarios.locate.centre import p_centre
from assetmap.scenarios.locate.cover import maximal_coverage
from assetmap.scenarios.locate.front import front
from assetmap.scenarios.locate.losing import least_harm, single_points
from assetmap.scenarios.locate.median import p_median
from assetmap.scenarios.locate.problem import Answer, Ask, Problem, problem_of
from assetmap.scenarios.locate.sets import set_covering
from assetmap.study.candidates import Candidates, costs_to, of_file, of_nodes, of_schemes
from assetmap.study.pipeline import find_out
from assetmap.study.run import run_id_of
from assetmap.study.state import measured_areas
from assetmap.study.steps.measure import LEADING
from assetmap.study.whatif import Warm

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

MODELS = {
    "coverage": maximal_coverage,
    "covering": set_covering,
    "median": p_median,
    "centre": p_centre,
}
WITHIN = {"coverage", "covering"}
"""Models that look no farther than the standard."""
DEPRIVED = 2


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked: a model for a standard, and where the candidates come from.

    Attributes
    ----------
    candidates
        A scenario file whose ``add`` edits they are.
    schemes
        The study's schemes and allocated sites are.
    street_nodes
        Nodes of the streets are, one a square of so many metres.
    capacity
        People that one unit of a place's supply can serve; None = capacity is not asked about.

    Without candidates, which of today's places can be lost: as many as ``ask.p``.
    """

    model: str
    standard: str
    ask: Ask
    candidates: Path | None = None
    schemes: bool = False
    street_nodes: float | None = None
    capacity: float | None = None
    pareto: bool = False

    @property
    def given(self) -> int:
        """How many sorts of candidates are given."""
        return bool(self.candidates) + self.schemes + (self.street_nodes is not None)


def wanted_of(standard: str, asked: Mapping[str, Any]) -> Wanted:
    """What is asked, from words by their names.

    Without a p it is 1, or what a budget buys.

    Raises
    ------
    StudyError
        For two sorts of candidates, a front without candidates or of another model than coverage,
        a capacity of 0 or less or with another model than p-median, a p or a budget where as few
        as can be are asked for, a budget for closures.
    """
    of_wanted = ("model", "candidates", "schemes", "street_nodes", "capacity", "pareto")
    own = {name: value for name, value in asked.items() if name not in of_wanted}
    given = {name: asked[name] for name in of_wanted if asked.get(name) is not None}
    wanted = Wanted(**{"model": "coverage"} | given, standard=standard, ask=Ask(**own))
    faults = [Fault(what=what, where="locate", attempt=attempt)
              for bad, what, attempt in _misfits(wanted) if bad]  # fmt: skip
    if faults:
        raise StudyError(faults)
    decided = wanted.ask.p is not None or wanted.ask.budget is not None
    return wanted if decided else replace(wanted, ask=replace(wanted.ask, p=1))


def _misfits(wanted: Wanted) -> list[tuple[bool, str, str]]:
    room, spend = wanted.capacity, wanted.ask.budget
    return [
        (wanted.model == "covering" and (wanted.ask.p is not None or spend is not None),
         "a number or a budget where as few sites as can be are looked for",
         "leave --p and --budget out, or --model coverage"),
        (not wanted.given and spend is not None, "a budget for closures, which cost nothing here",
         "say how many: --p"),
        (wanted.given > 1, "several sorts of candidates",
         "one of --candidates, --schemes and --street-nodes"),
        (not wanted.given and (wanted.pareto or wanted.model != "coverage" or room is not None),
         "closures are looked at by coverage alone", "give candidates"),
        (wanted.pareto and wanted.model != "coverage", "a front of another model than coverage",
         "--model coverage"),
        (room is not None and wanted.model != "median",
         "capacity is heeded by p-median alone", "--model median"),
        (room is not None and not room > 0, f"a capacity of {room} people a unit", "above 0"),
    ]  # fmt: skip


def locate(work: Work, wanted: Wanted, *, out: Path | None = None) -> Located:
    """The answer of a model on the study's own costs, existing places fixed; written, if asked.

    Raises
    ------
    StudyError
        For a standard that the study does not use; and as the candidates.
    MethodError
        As the model.
    """
    warm = Warm(work, find_out(work))
    standard = _standard(warm, wanted.standard)
    ask = _with_cut_off(wanted.ask, standard, work)
    found = _candidates(warm, wanted, standard)
    town = found.edited.town if found else warm.town
    problem = _problem(warm, wanted, ask, standard, found)
    answer, tables, ends = _answers(problem, ask, wanted)
    tables["chosen"] = pd.DataFrame({"to_id": list(answer.chosen)})
    placed = {name: _placed(table, town.assets) for name, table in tables.items()}
    if found and len(found.ruled):
        placed["ruled_out"] = found.ruled
    place = work.settings.study
    located = Located(
        model=answer.model, standard=str(standard["label"]), place=place.place,
        as_of=place.as_of, straight=work.settings.travel.mode == "straight",
        invented=place.invented, candidates=found.said if found else "", unit=_unit(wanted),
        numbers=_numbers(answer) | {"unknown": _unknown(warm, wanted.standard)},
        stopped=answer.stopped, tables=placed, ends=ends,
    )  # fmt: skip
    if out is not None:
        folder = out / place.id / run_id_of(work, warm.steps) / "locate"
        name = f"{wanted.standard}-{answer.model.replace(' ', '-')}"
        write_located(located, folder / name, words=work.settings.publish.words)
    return located


def _answers(
    problem: Problem, ask: Ask, wanted: Wanted
) -> tuple[Answer, dict[str, pd.DataFrame], str]:
    if not wanted.given:
        answer = least_harm(problem, ask, closing=ask.p or 1)
        return answer, {"single_points": single_points(problem, ask.within)}, ""
    answer = MODELS[wanted.model](problem, ask)
    tables = {"candidates": each_alone(problem, ask.within)}
    if not wanted.pareto:
        return answer, tables, ""
    choices = front(problem, ask)
    return answer, tables | {"front": choices.table}, choices.why


def _unit(wanted: Wanted) -> str:
    """What the answer counts."""
    weighed = wanted.ask.need_weight > 0
    people = "people, the most deprived fifth counted more" if weighed else "people"
    return {"covering": "sites", "median": "person-minutes", "centre": MINUTES}.get(
        wanted.model if wanted.given else "", people
    )


def _numbers(answer: Answer) -> dict[str, float]:
    return {
        "value": answer.value, "by_hand": answer.greedy_value, "bound": answer.bound,
        "gap": answer.gap, "people": answer.people, "unserved": answer.unserved,
    }  # fmt: skip


def _unknown(warm: Warm, standard: str) -> float:
    """People of the study where not all places of the standard are known to be on the list."""
    origins = warm.town.origins
    own = origins[origins["role"] == "study"]
    away = ~own["area_id"].isin(measured_areas(warm.steps["coverage"].table("table"), standard))
    return float(own.loc[away, "people"].sum())


def _standard(warm: Warm, wanted: str) -> Mapping[Any, Any]:
    standards = warm.steps["standards"].table("table")
    rows = standards[standards["standard_id"] == wanted]
    if rows.empty:
        hint = nearest_name(wanted, standards["standard_id"])
        what = f"no standard '{wanted}' in this study"
        raise StudyError(Fault(what=what, attempt=hint or ", ".join(standards["standard_id"])))
    return rows.to_dict("records")[0]


def _with_cut_off(ask: Ask, standard: Mapping[Any, Any], work: Work) -> Ask:
    within = ask.within if np.isfinite(ask.within) else float(standard["threshold_min"])
    return replace(ask, within=within, unreached=work.settings.travel.cut_off_min)


def _candidates(warm: Warm, wanted: Wanted, standard: Mapping[Any, Any]) -> Candidates | None:
    category = str(standard["categories"]).split(";")[0]
    if wanted.candidates is not None:
        return of_file(warm, wanted.candidates, standard)
    if wanted.schemes:
        return of_schemes(warm, category)
    if wanted.street_nodes is not None:
        return of_nodes(warm, category, wanted.street_nodes)
    return None


def _problem(
    warm: Warm, wanted: Wanted, ask: Ask, standard: Mapping[Any, Any], found: Candidates | None
) -> Problem:
    """The study's residents by sites; the most deprived fifth of the nation among them."""
    near = ask.within if wanted.model in WITHIN else warm.work.settings.travel.cut_off_min
    costs = warm.steps[f"route {LEADING}"].table("costs")
    assets = found.edited.town.assets if found else warm.town.assets
    if found:
        costs = costs_to(warm, found, within_min=near)
    origins = warm.steps["origins"].table("table")
    homes = homes_of(origins[origins["role"] == "study"])
    problem = problem_of(
        costs, homes.from_ids, homes.people,
        deprived=_deprived(warm.steps, homes.areas)[homes.area_code],
        to_ids=satisfying(assets, standard), fixed=set(warm.town.assets["to_id"]),
    )  # fmt: skip
    spend = found.spend if found else {}
    priced = problem._replace(spend=np.array([spend.get(one, np.nan) for one in problem.to_ids]))
    return _with_room(priced, assets, wanted.capacity)


def _with_room(problem: Problem, assets: gpd.GeoDataFrame, each: float | None) -> Problem:
    if each is None:
        return problem
    supply = assets.set_index("to_id")["supply"].reindex(problem.to_ids).to_numpy(np.float64)
    return problem._replace(capacity=supply * each)


def _deprived(steps: Mapping[str, Kept], areas: pd.Index) -> np.ndarray[Any, np.dtype[np.bool_]]:
    if "need" not in steps:
        return np.zeros(len(areas), dtype=bool)
    need = steps["need"].table("table")
    low = need[(need["reference"] == "nation") & (need["decile"] <= DEPRIVED)]["area_id"]
    return np.asarray(areas.isin(low), dtype=bool)


def _placed(table: pd.DataFrame, assets: gpd.GeoDataFrame) -> pd.DataFrame:
    """A table of sites with their names, and where they are in degrees."""
    if "to_id" not in table:
        return table
    there = assets.set_index("to_id").loc[table["to_id"]]
    points = there.geometry
    lon, lat = moved(
        points.x.to_numpy(), points.y.to_numpy(), crs=assets.crs.to_string(), to_crs="EPSG:4326"
    )
    named = table.copy()
    named.insert(1, "name", there["name"].to_numpy())
    return named.assign(longitude=np.round(lon, 6), latitude=np.round(lat, 6))
