"""Assess: scenarios against today, and beside each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from assetmap import __version__
from assetmap.errors import Fault, StudyError
from assetmap.frames.assessed import Assessed, Ground
from assetmap.scenarios import compare, gain, places
from assetmap.scenarios.money import cost_table, refuse_money
from assetmap.sources.scenario_file import read_scenario
from assetmap.study.options import do_nothing, edited_by
from assetmap.study.whatif import Warm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from assetmap.frames.scenario import Scenario
    from assetmap.scenarios.edits import Edited
    from assetmap.study.ledger import Kept
    from assetmap.study.whatif import State
    from assetmap.study.work import Work


DAY = dt.timedelta(days=1)


@dataclass
class Assessor:
    """Scenarios of one study, assessed one after another."""

    warm: Warm

    def __post_init__(self) -> None:
        """What every scenario is held against."""
        steps = self.warm.steps
        self.areas = gpd.GeoDataFrame(steps["names"].table("table"))
        self.origins = steps["origins"].table("table")
        self.population = steps["population"].table("table")
        self.roles = self.areas.set_index("area_id")["role"]
        self.order, self.decile = _need(steps)
        self.cut_off_min = self.warm.work.settings.travel.cut_off_min

    def of(self, scenario: Scenario) -> Assessed:
        """One scenario against today: residents of today, with its new homes filled.

        Raises
        ------
        StudyError, MethodError
            For edits that cannot be made, or that bring something nobody can walk to.
        """
        if scenario.money:
            refuse_money(scenario.money, scenario=scenario.id)
        edited = edited_by(self.warm, scenario)
        before, after = self.warm.today(edited), self.warm.after(edited)
        tables = self.tables(before, after)
        tables |= self._of_places(edited, before, after)
        sums = self.totals(tables)
        tables["years"] = self._years(scenario)
        tables["money"] = cost_table(scenario.money, sums)
        changed = self._changed(before, after)
        by_origin = self.origins.set_index("from_id")["role"]
        return Assessed(
            scenario=scenario,
            tables=tables,
            incidence=gain.incidence(self._own(tables["gains"]), self.order),
            sites=_sites(self.warm.town.assets, scenario),
            totals=sums,
            reached=compare.by_standard(changed, by_origin, "newly"),
            lost=compare.by_standard(changed, by_origin, "no longer"),
            notes=tuple(self._notes(edited, scenario, changed)),
        )

    def tables(self, before: State, after: State) -> dict[str, pd.DataFrame]:
        """What changes, by area, standard and group."""
        changed = self._changed(before, after)
        gained = gain.gains(changed, self.origins, _seen(before), _seen(after), decile=self.decile)
        own = self._own(gained)
        return {
            "gains": gained,
            "changes": gain.changes(changed, self.origins),
            "groups": gain.by_group(own, self.population),
            "fairness": gain.fairness_change(own, self.order),
            "curve": gain.gain_curve(own, self.order),
            "crowding": compare.crowding(
                before.area_access, after.area_access, areas=pd.Index(self.roles.index)
            ),
        }

    def totals(self, tables: Mapping[str, pd.DataFrame]) -> dict[str, float]:
        """The sums of a scenario."""
        return compare.totals(tables["gains"], self.roles, tables["crowding"])

    def row(self, option: str, variant: str, edited: Edited) -> dict[str, Any]:
        """One option of the comparison, against today."""
        before, after = self.warm.today(edited), self.warm.after(edited)
        sums = self.totals(self.tables(before, after))
        changed = self._changed(before, after)
        if changed.only_unknown(self._inside(changed)):
            sums |= dict.fromkeys(compare.OF_REACH, float("nan"))
        return {"option": option, "variant": variant, **sums}

    def rows(self, scenario: Scenario) -> list[dict[str, Any]]:
        """A scenario's options: as it is, and with its new homes filled where it has some."""
        money = scenario.money
        sums = {"capital": money.capital, "yearly": money.yearly} if money else {}
        plain = edited_by(self.warm, scenario, homes=False)
        rows = [self.row(scenario.name, "residents of today", plain) | sums]
        if scenario.edits["kind"].eq("homes").any():
            filled = edited_by(self.warm, scenario)
            rows.append(self.row(scenario.name, "with new homes", filled) | sums)
        return rows

    def baseline(self) -> list[dict[str, Any]]:
        """Today, and doing nothing: what is funded and dated comes anyhow."""
        coming = do_nothing(self.warm)
        nothing = self.row("Do nothing", "do nothing", coming)
        zeros = {name: 0.0 for name, value in nothing.items() if isinstance(value, float)}
        today = nothing | zeros | {"option": "Today", "variant": "today"}
        findings = self.warm.steps["levels"].table("table") if "levels" in self.warm.steps else None
        if findings is not None:
            today["flags_stay"] = float(findings["level"].isin(gain.FLAGGED).sum())
        return [today, nothing]

    def _own(self, gained: pd.DataFrame) -> pd.DataFrame:
        """GAINS of the study's own areas."""
        return gained[gained["area_id"].map(self.roles) == "study"]

    def _inside(self, changed: gain.Change) -> NDArray[np.bool_]:
        """Which of today's origins lie in the study's own areas."""
        roles = self.origins.set_index("from_id")["role"]
        found: NDArray[np.bool_] = roles.reindex(changed.from_ids).eq("study").to_numpy(dtype=bool)
        return found

    def _changed(self, before: State, after: State) -> gain.Change:
        return gain.change(self.origins, before.found, after.found, cut_off_min=self.cut_off_min)

    def _of_places(self, edited: Edited, before: State, after: State) -> dict[str, pd.DataFrame]:
        standards = self.warm.steps["standards"].table("table")
        standards = standards[standards["standard_id"].isin(before.found.nearest_min.columns)]
        today = self.warm.town.assets
        touched = edited.touched
        here = touched & set(edited.town.assets["to_id"])
        costs, assets = (after.costs, edited.town.assets) if here else (before.costs, today)
        changed = self._changed(before, after)
        return {
            "drawn": places.drawn(
                (before.costs, today), (after.costs, edited.town.assets), self.origins, standards
            ),
            "alternatives": places.alternatives(
                changed, after.costs, edited.town.assets, standards
            ),
            "overlap": places.overlaps(costs, assets, self.origins, standards, of=touched),
            "near": places.people_near(costs, touched, self.origins, self.population),
        }

    def _years(self, scenario: Scenario) -> pd.DataFrame:
        """Gains and losses on every day on which an edit begins or has ended."""
        edits = scenario.edits
        days = {dt.date.fromisoformat(one) for one in edits["opens"].dropna()}
        days |= {
            dt.date.fromisoformat(one) + dt.timedelta(days=1) for one in edits["until"].dropna()
        }
        names = ["newly_within", "no_longer_within", "minutes_saved"]
        rows = []
        for day in sorted(days):
            edited = edited_by(self.warm, scenario, day=day)
            sums = self.row(scenario.name, "", edited)
            rows.append({"from": day.isoformat(), **{name: sums[name] for name in names}})
        return pd.DataFrame(rows, columns=["from", *names])

    def _notes(self, edited: Edited, scenario: Scenario, changed: gain.Change) -> list[str]:
        """What must be said beside a scenario."""
        standards = self.warm.steps["standards"].table("table")
        counted = {one for listed in standards["categories"] for one in listed.split(";")}
        added = scenario.edits.loc[scenario.edits["kind"] == "add", "category"]
        said = [
            f"No standard of this study counts a {one.replace('_', ' ')}: it changes nothing here."
            for one in sorted(set(added) - counted)
        ]
        if edited.homes:
            people = (
                edited.town.origins.set_index("from_id").loc[list(edited.homes), "people"].sum()
            )
            said.append(f"With about {people:,.0f} new residents, counted as if they were there.")
        unknown = changed.people_unknown(self._inside(changed))
        if unknown:
            said.append(
                f"About {unknown:,.0f} more people would walk differently, but we "
                "do not know all that is near them today: they are not counted as gain or loss."
            )
        return said


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
    assessor = Assessor(Warm(work, steps))
    assessed = [assessor.of(one) for one in scenarios]
    rows = assessor.baseline()
    rows += [row for one in scenarios for row in assessor.rows(one)]
    table = compare.comparison_of(rows)
    return _ground(work, steps, run_id, table, assessor), assessed


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


def _seen(state: State) -> gain.Seen:
    return gain.Seen(state.found, state.scores, state.findings)


def _need(steps: Mapping[str, Kept]) -> tuple[pd.Series, pd.Series | None]:
    """The order of areas from the most deprived, and their tenth in the nation."""
    if "need" not in steps:
        return pd.Series(dtype="float64", name="order"), None
    table = steps["need"].table("table")
    nation = table[table["reference"] == "nation"].set_index("area_id")
    return nation["percentile"].rename("order"), nation["decile"]


def _sites(today: gpd.GeoDataFrame, scenario: Scenario) -> gpd.GeoDataFrame:
    """What the edits add, remove or move, where it stands."""
    rows = []
    known = today.set_index("to_id")
    for edit in scenario.edits.to_dict("records"):
        there = edit["asset"] in known.index
        point = shapely.from_wkt(edit["place"]) if isinstance(edit["place"], str) else None
        point = known.loc[edit["asset"], "geometry"] if point is None and there else point
        name = edit["name"] if isinstance(edit["name"], str) else None
        name = name or (known.loc[edit["asset"], "name"] if there else scenario.name)
        rows.append({"what": edit["kind"], "name": name, "opens": edit["opens"],
                     "geometry": point})  # fmt: skip
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=today.crs)
