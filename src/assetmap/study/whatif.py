"""What if: a study kept warm, and what edits to it change, measured only where they touch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.access.asked import asked_by_area
from assetmap.access.measured import Measured, Place, area_access, measure, theme_shares
from assetmap.access.score import area_scores, origin_score
from assetmap.scenarios.edits import Edited, Town
from assetmap.scenarios.reach import standards_touched
from assetmap.scenarios.touch import Bands, costs_after, costs_to_origins, only_to
from assetmap.study.hours_after import open_after
from assetmap.study.over import Over, ways_over
from assetmap.study.state import (
    State,
    access_with_rest,
    asked_again,
    categories_of,
    coverage_with,
    findings_after,
    with_rest,
)
from assetmap.study.steps.asked import asked_of, told_together
from assetmap.study.steps.measure import LEADING, stale_standards
from assetmap.study.steps.route import kept_of
from assetmap.study.ways import Ways, ways_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from assetmap.network.keep import Keep
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

    Costs = tuple[pd.DataFrame, pd.DataFrame]


@dataclass
class Warm:
    """A study that has been run, ready to be asked what if."""

    work: Work
    steps: Mapping[str, Kept]
    _ways: dict[str, Ways] = field(default_factory=dict)
    _costs: dict[tuple[str, frozenset[str]], pd.DataFrame] = field(default_factory=dict)
    _today: dict[frozenset[str], State] = field(default_factory=dict)
    _open: tuple[Edited, pd.DataFrame | None] | None = None
    _links: tuple[object, ...] = ()
    _over: dict[str, Over] = field(default_factory=dict)
    _bands: dict[tuple[str, frozenset[str]], tuple[Keep, pd.Series]] = field(default_factory=dict)

    @cached_property
    def town(self) -> Town:
        """The town as it is."""
        return Town(
            gpd.GeoDataFrame(self.steps["names"].table("table")),
            gpd.GeoDataFrame(self.steps["origins"].table("table")),
            gpd.GeoDataFrame(self.steps["assets"].table("table")),
            gpd.GeoDataFrame(self.steps["assets"].table("entrances")),
        )

    @cached_property
    def holdings(self) -> pd.DataFrame:
        """HOLDINGS of the town's places."""
        return self.steps["assets"].table("holdings")

    @cached_property
    def _access_today(self) -> pd.DataFrame:
        """AREA_ACCESS of every profile."""
        tables = [self.steps[f"measure {name}"].table("area_access") for name in self.profiles]
        return pd.concat(tables, ignore_index=True)

    def open_after(self, edited: Edited) -> pd.DataFrame | None:
        """OPEN_AT after the edits, made once for all profiles; None where no time is asked for."""
        if self._open is None or self._open[0] is not edited:
            self._open = (edited, open_after(self.work, self.steps, edited))
        return self._open[1]

    @property
    def profiles(self) -> tuple[str, ...]:
        """The study's profiles, the leading one first."""
        return self.work.settings.travel.profiles

    def ways(self, profile: str) -> Ways:
        """Today's ways of a profile."""
        if profile not in self._ways:
            self._ways[profile] = ways_of(self.work, self.steps, profile)
        return self._ways[profile]

    def today(self, edited: Edited) -> State:
        """The town as it is, measured of what the edits touch."""
        standards = self._touched(edited)
        key = frozenset(standards["standard_id"])
        if key not in self._today:
            town = self.town
            costs = {name: self._today_of(name, categories_of(standards)) for name in self.profiles}
            self._today[key] = self._state(Edited(town), standards, costs)
        return self._today[key]

    def after(self, edited: Edited) -> State:
        """The town with the edits, measured again where they touch it."""
        standards = self._touched(edited)
        wanted = categories_of(standards)
        costs = {name: self.costs_after(edited, name, wanted) for name in self.profiles}
        return self._state(edited, standards, costs, again=self._named(edited))

    def anew(self, edited: Edited) -> State:
        """The town with the edits, measured from nothing: slow, and the same."""
        standards = self.steps["standards"].table("table")
        costs = {name: self.costs_anew(edited, name) for name in self.profiles}
        return self._state(edited, standards, costs)

    def costs_anew(self, edited: Edited, profile: str) -> Costs:
        """COSTS and SNAPS of a profile with the edits, to every asset, from nothing."""
        ways, town = self.ways(profile), edited.town
        if len(edited.links):
            ways = self.over(edited, profile).ways
        open_at = self.open_after(edited)
        return ways.only(town.origins).to(town.entrances, town.assets, open_at=open_at)

    def _touched(self, edited: Edited) -> pd.DataFrame:
        """STANDARDS of every theme that the edits touch."""
        standards = self.steps["standards"].table("table")
        named = standards["standard_id"].isin(self._named(edited))
        return standards[standards["theme"].isin(standards.loc[named, "theme"])]

    def _named(self, edited: Edited) -> frozenset[str]:
        """The standards whose own places the edits touch, and those told together with them."""
        standards = self.steps["standards"].table("table")
        if edited.homes or len(edited.links):
            return frozenset(standards["standard_id"])
        assets = (self.town.assets, edited.town.assets)
        touched = {kind for one in assets
                   for kind in one.loc[one["to_id"].isin(edited.touched), "category"]}  # fmt: skip
        some = standards_touched(standards, touched)["standard_id"]
        return frozenset(told_together(self.work, standards, some))

    def _today_of(self, profile: str, categories: frozenset[str]) -> Costs:
        route = self.steps[f"route {profile}"]
        if (profile, categories) not in self._costs:
            assets = self.town.assets
            chosen = assets.loc[assets["category"].isin(categories), "to_id"]
            self._costs[profile, categories] = only_to(route.table("costs"), set(chosen))
        return self._costs[profile, categories], route.table("snaps")

    def costs_after(self, edited: Edited, profile: str, categories: frozenset[str]) -> Costs:
        """COSTS and SNAPS of a profile with the edits, to assets of these categories."""
        costs, snaps = self._today_of(profile, categories)
        ways = self.ways(profile)
        moved: set[str] = set()
        if len(edited.links):
            ways, costs, snaps, moved = self._linked(edited, profile, categories)
        after = edited.town.assets
        after = after[after["category"].isin(categories)]
        stays = moved & set(after["to_id"])
        found = self._rerouted(
            costs, (self._kept(profile, categories), after), ways, edited,
            gone=edited.gone | moved, new=edited.new | stays,
        )  # fmt: skip
        if not edited.homes:
            return found, snaps
        added = edited.town.origins[edited.town.origins["from_id"].isin(list(edited.homes))]
        open_at = self.open_after(edited)
        theirs, more = ways.only(added).to(edited.town.entrances, after, open_at=open_at)
        ids = pd.Index(sorted(edited.town.origins["from_id"]))
        to_ids = pd.Index(sorted(after["to_id"]))
        snaps = pd.concat([snaps, more[more["role"] == "origin"]], ignore_index=True)
        return costs_to_origins(found, theirs, from_ids=ids, to_ids=to_ids), snaps

    def _kept(self, profile: str, categories: frozenset[str]) -> tuple[Keep, pd.Series]:
        """What is kept of the costs to today's assets of these categories, and their bands."""
        if (profile, categories) not in self._bands:
            today = self.town.assets
            some = today[today["category"].isin(categories)]
            keep, banded = kept_of(self.work, self.steps, some, profile=profile)
            self._bands[profile, categories] = (keep, banded.set_index("to_id")["category"])
        return self._bands[profile, categories]

    def _rerouted(
        self,
        costs: pd.DataFrame,
        assets: tuple[tuple[Keep, pd.Series], gpd.GeoDataFrame],
        ways: Ways,
        edited: Edited,
        *,
        gone: Collection[str],
        new: Collection[str],
    ) -> pd.DataFrame:
        """COSTS after edits to assets, on ways that already hold."""
        (keep, before), later = assets
        other = later[later["to_id"].isin(edited.touched)]
        more, banded = kept_of(
            self.work,
            self.steps,
            other,
            profile=ways.profile,
            open_at=self.open_after(edited),
        )
        stays = before[before.index.isin(later["to_id"]) & ~before.index.isin(other["to_id"])]
        bands = Bands(before, pd.concat([stays, banded.set_index("to_id")["category"]]))
        keep = replace(
            keep,
            within_min={**keep.within_min, **more.within_min},
            unasked=keep.unasked | more.unasked,
        )

        def search(ids: Collection[str]) -> pd.DataFrame:
            some = later[later["to_id"].isin(ids)]
            some = some.assign(category=bands.after.reindex(some["to_id"]).to_numpy())
            return ways.costs_kept(edited.town.entrances, some, keep)

        # of other hours, or of another size: the nearest few of its kind are others now
        moved = bands.after.reindex(sorted(edited.changed)).dropna()
        moved = moved[moved != before.reindex(moved.index)]
        gone, new = {*gone, *moved.index}, {*new, *moved.index}
        return costs_after(costs, bands, gone=gone, new=new, keep=keep, search=search)

    def over(self, edited: Edited, profile: str) -> Over:
        """The ways with the links of the edits; those of the last links stay ready."""
        key = tuple(edited.links[["kind", "place", "wheelchair"]].itertuples(index=False))
        if key != self._links:
            self._links, self._over = key, {}
        if profile not in self._over:
            today = self.ways(profile)
            self._over[profile] = ways_over(today, edited.links, self.town.entrances)
        return self._over[profile]

    def _linked(
        self, edited: Edited, profile: str, categories: frozenset[str]
    ) -> tuple[Ways, pd.DataFrame, pd.DataFrame, set[str]]:
        """Ways, COSTS and SNAPS with the links; and today's assets that are entered elsewhere."""
        over = self.over(edited, profile)
        costs, snaps = self._today_of(profile, categories)
        kept = self._kept(profile, categories)
        found = over.costs(costs, kept, self.town)
        snaps = snaps if over.snaps is None else over.snaps
        return over.ways, found, snaps, over.moved & set(kept[1].index)

    def _state(
        self,
        edited: Edited,
        standards: pd.DataFrame,
        costs: Mapping[str, Costs],
        *,
        again: frozenset[str] | None = None,
    ) -> State:
        """What is measured; what is asked for only of the standards in ``again``, if not of all."""
        settings, town = self.work.settings, edited.town
        place = Place(
            town.origins,
            town.assets,
            standards,
            coverage_with(self.steps["coverage"].table("table"), edited),
        )
        found = {name: measure(*costs[name], place) for name in self.profiles}
        asked = asked_of(self.work, self.steps["standards"].table("table"))
        asked, rest = asked_again(asked, standards["standard_id"], again)
        rows = [area_access(one, town.origins, profile=name) for name, one in found.items()]
        rows += [
            asked_by_area(one, costs[name][0], place, asked, profile=name)
            for name, one in found.items()
        ]
        leading = found[LEADING]
        shares = theme_shares(
            leading, town.origins, standards,
            stale=stale_standards(self.work, self.steps["standards"], self.steps["assets"]),
            straight=settings.travel.mode == "straight",
        )  # fmt: skip
        shares = with_rest(shares, self.steps["measured"].table("theme_shares"), "theme")
        scores = area_scores(self._scores(leading), town.origins)
        return State(
            found=leading,
            area_access=access_with_rest(rows, self._access_today, standards, rest),
            theme_shares=shares,
            scores=scores,
            findings=findings_after(self.work, self.steps, shares, scores),
            costs=costs[LEADING][0],
            edited=edited,
        )

    def _scores(self, found: Measured) -> pd.Series:
        settings = self.work.settings
        before = self.steps[f"measure {LEADING}"].table("theme_scores").set_index("from_id")
        now = found.theme_scores
        whole = before.reindex(now.index).drop(columns=list(now.columns)).join(now)
        whole = whole[list(before.columns)]
        return origin_score(whole, weights=settings.standards.weights, themes=settings.rules.themes)
