"""One scenario after another against today, on a study kept warm."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from assetmap.frames.assessed import Assessed
from assetmap.publish.rounding import people_read
from assetmap.scenarios import compare, gain, places
from assetmap.scenarios.edits import together
from assetmap.scenarios.money import cost_table, refuse_money
from assetmap.study.openings import openings
from assetmap.study.options import do_nothing, edited_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from assetmap.frames.scenario import Scenario
    from assetmap.scenarios.edits import Edited
    from assetmap.study.ledger import Kept
    from assetmap.study.state import State
    from assetmap.study.whatif import Warm


NOTHING = "Do nothing"


@dataclass
class Assessor:
    """Scenarios of one study, assessed one after another."""

    warm: Warm
    others: Mapping[str, Scenario] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What every scenario is held against."""
        steps = self.warm.steps
        self.areas = gpd.GeoDataFrame(steps["names"].table("table"))
        self.origins = steps["origins"].table("table")
        self.population = steps["population"].table("table")
        self.roles = self.areas.set_index("area_id")["role"]
        self.order, self.decile = _need(steps)
        self.cut_off_min = self.warm.work.settings.travel.cut_off_min
        self.known: dict[tuple[str, bool], tuple[Edited, State, State]] = {}

    def states(self, scenario: Scenario, *, homes: bool = True) -> tuple[Edited, State, State]:
        """The town with a scenario's edits; and what is measured of it before and after.

        Raises
        ------
        StudyError, MethodError
            As :func:`assetmap.study.options.edited_by`.
        """
        some = homes and scenario.edits["kind"].eq("homes").any()
        key = (scenario.id, bool(some))
        if key not in self.known:
            edited = edited_by(self.warm, scenario, homes=bool(some))
            self.known[key] = (edited, self.warm.today(edited), self.warm.after(edited))
        return self.known[key]

    def of(self, scenario: Scenario) -> Assessed:
        """One scenario against today: residents of today, with its new homes filled.

        Raises
        ------
        StudyError, MethodError
            For edits that cannot be made, or that bring something nobody can walk to.
        """
        if scenario.money:
            refuse_money(scenario.money, scenario=scenario.id)
        edited, before, after = self.states(scenario)
        tables = self.tables(before, after)
        tables |= self._of_places(edited, before, after)
        tables["holdings"] = self._held(scenario, edited)
        tables["hours"] = openings(self.warm, before, after)
        sums = self.totals(tables)
        tables["years"] = self._years(scenario)
        tables["money"] = cost_table(scenario.money, sums)
        changed = self._changed(before, after)
        tables["mitigation"] = self._mitigation(scenario, changed)
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
            unknown=changed.only_unknown(self._inside(changed)),
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

    def row(self, option: str, variant: str, before: State, after: State) -> dict[str, Any]:
        """One option of the comparison, against today."""
        sums = self.totals(self.tables(before, after))
        changed = self._changed(before, after)
        if changed.only_unknown(self._inside(changed)):
            sums |= dict.fromkeys(compare.OF_REACH, float("nan"))
        return {"option": option, "variant": variant, **sums}

    def rows(self, scenario: Scenario) -> list[dict[str, Any]]:
        """A scenario's options: as it is, and with its new homes filled where it has some."""
        money = scenario.money
        sums = {"capital": money.capital, "yearly": money.yearly} if money else {}
        plain = self.states(scenario, homes=False)[1:]
        rows = [self.row(scenario.name, "residents of today", *plain) | sums]
        if scenario.edits["kind"].eq("homes").any():
            filled = self.states(scenario)[1:]
            rows.append(self.row(scenario.name, "with new homes", *filled) | sums)
        return rows

    def baseline(self) -> list[dict[str, Any]]:
        """Today, and doing nothing: what is funded and dated comes anyhow."""
        coming = do_nothing(self.warm)
        states = (self.warm.today(coming), self.warm.after(coming))
        nothing = self.row(NOTHING, "do nothing", *states)
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
            ).merge(
                self.warm.holdings[["to_id", "lease_end", "funding_end"]],
                how="left",
                on="to_id",
                validate="many_to_one",
            ),
            "overlap": places.overlaps(costs, assets, self.origins, standards, of=touched),
            "near": places.people_near(costs, touched, self.origins, self.population),
        }

    def _held(self, scenario: Scenario, edited: Edited) -> pd.DataFrame:
        """HOLDINGS of what is touched: of a new place as the file has it, of others the study's."""
        today = self.warm.holdings
        rows = pd.concat([scenario.held, today[today["to_id"].isin(edited.touched)]])
        known = pd.concat([edited.town.assets, self.warm.town.assets]).drop_duplicates("to_id")
        rows.insert(1, "name", rows["to_id"].map(known.set_index("to_id")["name"]))
        return rows.sort_values("to_id", ignore_index=True)

    def _mitigation(self, scenario: Scenario, changed: gain.Change) -> pd.DataFrame:
        """Of the losers, who is near enough again with the scenarios that are to make it good."""
        named = [one.strip() for one in scenario.mitigation.split(";")]
        more = [self.others[one] for one in named if one in self.others]
        if not more:
            return pd.DataFrame(columns=["standard_id", "lose", "restored"])
        edits = together([scenario.edits, *(one.edits for one in more)])
        edited = edited_by(self.warm, replace(scenario, edits=edits))
        both = self._changed(self.warm.today(edited), self.warm.after(edited))
        return gain.made_good(changed, both, self._inside(changed))

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
            sums = self.row(scenario.name, "", self.warm.today(edited), self.warm.after(edited))
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
            said.append(
                f"With about {people_read(people)} new residents, counted as if they were there."
            )
        unknown = changed.people_unknown(self._inside(changed))
        if unknown:
            said.append(
                f"About {people_read(unknown)} more people would walk differently, but we "
                "do not know all that is near them today: they are not counted as gain or loss."
            )
        return said


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
