"""Locate: which sites of several to choose, or which places can be lost, on a study's costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np

from assetmap.access.homes import homes_of
from assetmap.access.standard import satisfying
from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.scenarios.locate.centre import p_centre
from assetmap.scenarios.locate.cover import maximal_coverage
from assetmap.scenarios.locate.front import front
from assetmap.scenarios.locate.losing import least_harm, single_points
from assetmap.scenarios.locate.median import p_median
from assetmap.scenarios.locate.problem import Answer, Ask, Problem, problem_of
from assetmap.scenarios.locate.sets import set_covering
from assetmap.sources.scenario_file import read_scenario
from assetmap.study.options import edited_by
from assetmap.study.pipeline import find_out
from assetmap.study.steps.measure import LEADING
from assetmap.study.whatif import Warm

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

MODELS = {
    "coverage": maximal_coverage,
    "covering": set_covering,
    "median": p_median,
    "centre": p_centre,
}
DEPRIVED = 2


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked: a model for a standard, and candidates from a scenario's ``add`` edits.

    Without candidates, which of today's places can be lost: as many as ``ask.p``.
    """

    model: str
    standard: str
    ask: Ask
    candidates: Path | None = None
    pareto: bool = False


@dataclass(frozen=True)
class Located:
    """The answer, the names of its sites, and tables beside it."""

    answer: Answer
    names: Mapping[str, str]
    tables: Mapping[str, pd.DataFrame]

    def lines(self) -> list[str]:
        """The answer as a person reads it, its gap always said."""
        one = self.answer
        names = ", ".join(f"{self.names.get(site, site)} ({site})" for site in one.chosen)
        said = [f"{one.model}: {names or 'no new site'}"]
        said.append(f"value {one.value:,.1f}, by hand {one.greedy_value:,.1f}, "
                    f"no choice is beyond {one.bound:,.1f}: gap {one.gap:.2%}")  # fmt: skip
        if one.stopped:
            said.append("The time limit came first: a better choice may exist within the gap.")
        said.append(f"{one.people:,.0f} people counted; {one.unserved:,.0f} whom no site serves")
        for name, table in self.tables.items():
            said += ["", name, table.to_string(index=False)]
        return said

    def told(self) -> dict[str, object]:
        """The answer, plain enough for JSON."""
        own = {**vars(self.answer), "gap": self.answer.gap, "proven": self.answer.proven}
        tables = {name: table.to_dict("records") for name, table in self.tables.items()}
        return {**own, "names": dict(self.names), "tables": tables}


def wanted_of(standard: str, candidates: Path | None, asked: Mapping[str, Any]) -> Wanted:
    """What is asked, from words by their names.

    With a budget and p of 1, what is to be opened is decided by the budget alone.
    """
    own = {name: value for name, value in asked.items() if name not in {"model", "pareto"}}
    if own.get("budget") is not None and own.get("p") == 1:
        own["p"] = None
    return Wanted(
        model=str(asked.get("model", "coverage")),
        standard=standard,
        ask=Ask(**own),
        candidates=candidates,
        pareto=bool(asked.get("pareto")),
    )


def locate(work: Work, wanted: Wanted) -> Located:
    """The answer of a model on the study's own costs, existing places fixed.

    Raises
    ------
    StudyError
        For a standard that the study does not use.
    MethodError
        As the model.
    """
    warm = Warm(work, find_out(work))
    standards = warm.steps["standards"].table("table")
    rows = standards[standards["standard_id"] == wanted.standard]
    if rows.empty:
        hint = nearest_name(wanted.standard, standards["standard_id"])
        what = f"no standard '{wanted.standard}' in this study"
        raise StudyError(Fault(what=what, attempt=hint or ", ".join(standards["standard_id"])))
    standard = rows.to_dict("records")[0]
    ask = _with_cut_off(wanted.ask, standard, work)
    costs, assets, spend = _sites(warm, wanted, standard)
    fixed = set(warm.town.assets["to_id"])
    ids = satisfying(assets, standard)
    problem = _problem(warm.steps, costs, ids, fixed)
    problem = problem._replace(spend=np.array([spend.get(one, np.nan) for one in problem.to_ids]))
    names = assets.set_index("to_id")["name"].to_dict()
    if wanted.candidates is None:
        answer = least_harm(problem, ask, closing=ask.p or 1)
        points = single_points(problem, ask.within)
        points.insert(1, "name", points["to_id"].map(names))
        return Located(answer, names, {"Who stands on one place": points})
    answer = MODELS[wanted.model](problem, ask)
    tables = {"Efficiency against equity": front(problem, ask)} if wanted.pareto else {}
    return Located(answer, names, tables)


def _with_cut_off(ask: Ask, standard: Mapping[Any, Any], work: Work) -> Ask:
    within = ask.within if np.isfinite(ask.within) else float(standard["threshold_min"])
    return replace(ask, within=within, unreached=work.settings.travel.cut_off_min)


def _sites(
    warm: Warm, wanted: Wanted, standard: Mapping[Any, Any]
) -> tuple[pd.DataFrame, gpd.GeoDataFrame, dict[str, float]]:
    """COSTS to today's places and the candidates, all of them, and what each candidate costs."""
    today = warm.town.assets
    if wanted.candidates is None:
        return warm.steps[f"route {LEADING}"].table("costs"), today, {}
    steps = warm.steps
    sites = gpd.GeoDataFrame(steps["schemes"].table("table")) if "schemes" in steps else None
    crs = warm.work.settings.study.crs
    scenario = read_scenario(wanted.candidates, crs=crs, sites=sites)
    edited = edited_by(warm, scenario, homes=False)
    costs, _ = warm.costs_after(edited, LEADING, frozenset(str(standard["categories"]).split(";")))
    priced = scenario.edits[scenario.edits["capital"].notna()]
    spend = {f"{scenario.id}:{edit}": float(capital)
             for edit, capital in zip(priced["edit"], priced["capital"], strict=True)}  # fmt: skip
    return costs, edited.town.assets, spend


def _problem(
    steps: Mapping[str, Kept],
    costs: pd.DataFrame,
    ids: list[str],
    fixed: set[str],
) -> Problem:
    """The study's residents by sites; the most deprived fifth of the nation among them."""
    origins = steps["origins"].table("table")
    homes = homes_of(origins[origins["role"] == "study"])
    deprived = np.zeros(len(homes.from_ids), dtype=bool)
    if "need" in steps:
        need = steps["need"].table("table")
        low = need[(need["reference"] == "nation") & (need["decile"] <= DEPRIVED)]["area_id"]
        deprived = np.asarray(homes.areas.isin(low))[homes.area_code]
    return problem_of(
        costs, homes.from_ids, homes.people, deprived=deprived, to_ids=ids, fixed=fixed
    )
