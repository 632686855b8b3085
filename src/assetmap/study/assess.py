"""Assess: scenarios against today, and beside each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd

from assetmap import __version__
from assetmap.errors import Fault, StudyError
from assetmap.frames.assessed import Assessed, Ground
from assetmap.frames.scenario import OF_PLACES
from assetmap.scenarios import compare
from assetmap.sources.scenario_file import read_scenario
from assetmap.study.assessor import NOTHING, Assessor
from assetmap.study.options import do_nothing
from assetmap.study.ranking import ranked
from assetmap.study.whatif import Warm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


def assess(
    work: Work, steps: Mapping[str, Kept], paths: Sequence[Path], *, run_id: str
) -> tuple[Ground, list[Assessed]]:
    """The scenarios of these files, assessed; and what they stand on, with their comparison.

    Raises
    ------
    MissingError, ReadError
        For files that are not there or no scenarios.
    StudyError
        For two scenarios of one id; and as :meth:`Assessor.of`.
    """
    sites = gpd.GeoDataFrame(steps["schemes"].table("table")) if "schemes" in steps else None
    crs = work.settings.study.crs
    scenarios = [read_scenario(path, crs=crs, sites=sites) for path in paths]
    ids = [one.id for one in scenarios]
    if len(set(ids)) < len(ids):
        twice = next(one for one in ids if ids.count(one) > 1)
        raise StudyError(Fault(what=f"two scenarios are called '{twice}'", attempt="other ids"))
    assessor = Assessor(Warm(work, steps), {one.id: one for one in scenarios})
    assessed = [assessor.of(one) for one in scenarios]
    rows = assessor.baseline()
    rows += [row for one in scenarios for row in assessor.rows(one)]
    table = compare.comparison_of(rows)
    near = {one.scenario.name: _near(one) for one in assessed}
    table["near"] = table["option"].map(near)
    options = {NOTHING: do_nothing(assessor.warm)}
    known = set(table.loc[table["newly_within"].notna(), "option"])
    options |= {
        one.id: assessor.states(one, homes=False)[0] for one in scenarios if one.name in known
    }
    options = options if len(options) > 1 else {}
    names = {NOTHING: NOTHING} | {one.id: one.name for one in scenarios}
    first, pairs = (
        told.replace({"option": names, "other": names}) for told in ranked(assessor.warm, options)
    )
    ground = _ground(work, steps, run_id, table, assessor)
    return replace(ground, ranking=first, pairs=pairs), assessed


def _ground(
    work: Work, steps: Mapping[str, Kept], run_id: str, table: pd.DataFrame, assessor: Assessor
) -> Ground:
    place = work.settings.study
    standards = steps["standards"].table("table").set_index("standard_id")["label"]
    return Ground(
        study=place.id,
        title=place.title,
        place=place.place,
        as_of=place.as_of,
        run=run_id,
        version=__version__,
        straight=work.settings.travel.mode == "straight",
        invented=place.invented,
        areas=assessor.areas,
        labels={str(name): str(label) for name, label in standards.items()},
        comparison=table,
        beliefs=compare.beliefs(table),
        vintages=tuple((source.title, source.vintage) for source in work.sources),
        kinds=tuple(sorted(assessor.population["kind"].unique())),
    )


def _near(one: Assessed) -> float:
    """Everybody who lives within ten minutes of a place that it changes; empty without one."""
    table = one.tables["near"]
    if not one.scenario.edits["kind"].isin(OF_PLACES).any():
        return float("nan")
    everybody = table[(table["by"] == "all") & (table["minutes"] == compare.NEAR_MIN)]
    return float(everybody["people"].sum())
