"""What every draw starts from: one set of costs and evidence as arrays, made once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.access.homes import grid_of, homes_of
from assetmap.access.measured import measured_at
from assetmap.access.pairs import origins_of, pairs_to, parts_of
from assetmap.access.standard import columns_by_theme, satisfying
from assetmap.errors import Fault, JoinError
from assetmap.findings.flag import unusable
from assetmap.findings.legs import access_gate, ranks_of, themes_of
from assetmap.frames.costs import COST_DECIMALS
from assetmap.network.kernels.shaken import Near
from assetmap.scenarios.choices import choices_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assetmap.access.homes import Homes
    from assetmap.access.measured import Place
    from assetmap.findings.flag import Evidence
    from assetmap.findings.left_behind import Flags, Numbers
    from assetmap.findings.legs import Ranks, Themes
    from assetmap.findings.rules import Rules
    from assetmap.network.kernels.shaken import Choices


class Routed(NamedTuple):
    """One profile's COSTS and SNAPS, and how they came to be.

    Attributes
    ----------
    cut_off_min
        How far was searched.
    detour
        By how much straight lines were lengthened; None where costs are walks on streets.
    kept
        How many of the nearest are kept of a category; an origin with fewer has them all.
    """

    costs: pd.DataFrame
    snaps: pd.DataFrame
    cut_off_min: float
    detour: float | None
    kept: int


class Benefit(NamedTuple):
    """BENEFIT as arrays: minutes saved by what counts, and by all that is planned."""

    saved_min: Numbers
    expected_min: Numbers
    near_silent: Flags


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Costs and evidence as arrays.

    Attributes
    ----------
    ids
        The study's own areas, sorted; every array by area is in this order.
    homes, measured
        The study's own origins, and whether each standard is measured there.
    standards, limits_min
        Standards, and the minutes of each.
    near
        For each standard, what satisfies it round each origin.
    to_ids
        Assets, sorted; ``near`` counts in it.
    columns
        Theme to its standards, as places in ``standards``.
    scored
        Themes that the score is made of, in its order.
    ruled, themes
        Themes of the rules, and what was found of them.
    ranks
        Basis of deprivation to the places of areas within each reference set.
    unsure
        Areas that cannot be spoken of, whatever is drawn; ``gated`` those for want of access.
    survives
        Areas whose straight-line level survives draws of the detour.
    """

    ids: pd.Index
    homes: Homes
    measured: Flags
    standards: tuple[str, ...]
    limits_min: Numbers
    near: tuple[Near, ...]
    to_ids: pd.Index
    columns: Mapping[str, list[int]]
    scored: tuple[str, ...]
    ruled: tuple[str, ...]
    themes: Themes
    ranks: Mapping[str, Mapping[str, Ranks]]
    benefit: Benefit
    gated: Flags
    unsure: Flags
    survives: Flags
    cut_off_min: float
    detour: float | None
    kept: int

    @cached_property
    def counted(self) -> tuple[int, ...]:
        """Standards that can change a level: of a theme of the rules, and measured somewhere."""
        return _counted(self.measured, [self.columns[theme] for theme in self.scored])

    @cached_property
    def weighed(self) -> tuple[int, ...]:
        """Themes of the score, as places in ``scored``, that are measured somewhere."""
        told = set(self.counted)
        return tuple(at for at, theme in enumerate(self.scored) if told & set(self.columns[theme]))

    @cached_property
    def choices(self) -> Choices:
        """What is near each home, for the standards that are counted."""
        themes = {theme: self.columns[theme] for theme in self.scored}
        return choices_of(self.homes, self.measured, self.near, themes, kept=self.kept)

    @cached_property
    def wanted(self) -> tuple[NDArray[np.int64], ...]:
        """For each counted standard, the assets that some home may go to."""
        return tuple(np.unique(self.near[at].to).astype(np.int64) for at in self.counted)

    @cached_property
    def people(self) -> Numbers:
        """Of each area and theme of the score, the people of whom it is measured."""
        people = np.zeros((len(self.ids), len(self.scored)))
        for at, theme in enumerate(self.scored):
            known = np.logical_or.reduce(self.measured[:, self.columns[theme]], axis=1)
            people[:, at] = self.homes.people_of(known)
        return people

    @cached_property
    def grid(self) -> float:
        """The grid on which sums over people are exact."""
        return grid_of(float(self.homes.people.sum())) or 1.0


def ground_of(
    areas: pd.DataFrame,
    routed: Routed,
    place: Place,
    evidence: Evidence,
    *,
    needs: Mapping[str, pd.DataFrame],
    rules: Rules,
) -> Ground:
    """Costs and evidence of the study's own areas as arrays.

    Parameters
    ----------
    areas
        AREAS.
    place
        ORIGINS and ASSETS with their points, STANDARDS, COVERAGE.
    evidence
        What the levels were found on.
    needs
        NEED by basis, every basis that may be drawn.

    Raises
    ------
    JoinError
        Where an own area has no row in QUALITY.
    """
    ids = pd.Index(sorted(areas.loc[areas["role"] == "study", "area_id"]), dtype="str")
    quality = evidence.quality.set_index("area_id").reindex(ids)
    if quality["share_unsnapped"].isna().any():
        attempt = "one row an area"
        raise JoinError(Fault(what="areas without a row", where="table QUALITY", attempt=attempt))
    themes = themes_of(evidence.shares, ids, rules)
    gated = access_gate(themes, quality, rules)
    ranks = {basis: ranks_of(need, ids) for basis, need in needs.items()}
    own = place.origins[place.origins["role"] == "study"].sort_values("from_id")
    standards = tuple(str(one) for one in place.standards["standard_id"])
    columns = columns_by_theme(place.standards, standards)
    scored = tuple(theme for theme in columns if theme in rules.themes)
    known = measured_at(own, routed.snaps, place.coverage)
    measured = known.reindex(columns=list(standards), fill_value=False).to_numpy(dtype=bool)
    assets = place.assets.sort_values("to_id")
    # what can change no level is not looked for
    counted = _counted(measured, [columns[theme] for theme in scored])
    wanted = [
        satisfying(assets, standard) if at in counted else []
        for at, standard in enumerate(place.standards.to_dict("records"))
    ]
    return Ground(
        ids=ids,
        homes=_homes(own, ids),
        measured=measured,
        standards=standards,
        limits_min=place.standards["threshold_min"].to_numpy(np.float64),
        near=near_of(routed.costs, own, assets, wanted),
        to_ids=pd.Index(assets["to_id"]),
        columns=columns,
        scored=scored,
        ruled=rules.themes,
        themes=themes,
        ranks=ranks,
        benefit=_benefit(evidence.benefit, ids),
        gated=gated,
        unsure=gated | unusable(quality),
        survives=quality["detour_survival"].ge(rules.detour_survival).to_numpy(dtype=bool),
        cut_off_min=routed.cut_off_min,
        detour=routed.detour,
        kept=routed.kept,
    )


def with_bases(ground: Ground, needs: Mapping[str, pd.DataFrame]) -> Ground:
    """The ground with further bases of deprivation that may be drawn: NEED of each."""
    ranks = {basis: ranks_of(need, ground.ids) for basis, need in needs.items()}
    more = replace(ground, ranks={**ground.ranks, **ranks})
    if "choices" in vars(ground):  # of the same homes: laid out once for both
        vars(more)["choices"] = ground.choices
    return more


def _homes(own: pd.DataFrame, ids: pd.Index) -> Homes:
    """The homes, their areas counted in ``ids``: an area without an origin has nobody."""
    homes = homes_of(own)
    place = ids.get_indexer(homes.areas).astype(np.int64)
    return homes._replace(areas=ids, area_code=place[homes.area_code])


def _counted(measured: Flags, themes: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """The standards of these themes that are measured somewhere."""
    ruled = {at for columns in themes for at in columns}
    return tuple(int(at) for at in np.flatnonzero(measured.any(axis=0)) if int(at) in ruled)


def near_of(
    costs: pd.DataFrame,
    own: pd.DataFrame,
    assets: pd.DataFrame,
    wanted: Sequence[Sequence[str]],
) -> tuple[Near, ...]:
    """For each standard, what satisfies it round each own origin, the nearest first."""
    home_of = pd.Index(own["from_id"], dtype="str").get_indexer(origins_of(costs))
    to_ids = pd.Index(assets["to_id"], dtype="str")
    x, y = (assets.geometry.x.to_numpy(), assets.geometry.y.to_numpy())
    home_x, home_y = (own.geometry.x.to_numpy(), own.geometry.y.to_numpy())
    found = []
    named = {str(place): opportunities for place, opportunities in enumerate(wanted)}
    for place, part in parts_of(costs, named).items():
        pairs = pairs_to(part, named[place])
        order = _nearest_first(home_of[pairs.from_code], pairs.cost_min)
        home = home_of[pairs.from_code[order]]
        to = to_ids.get_indexer(pairs.opportunities)[pairs.to_code[order]]
        counts = np.bincount(home, minlength=len(own))
        found.append(
            Near(
                ptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
                to=to.astype(np.int32),
                cost_min=pairs.cost_min[order],
                east_m=x[to] - home_x[home],
                north_m=y[to] - home_y[home],
            )
        )
    return tuple(found)


def _nearest_first(home: NDArray[np.int64], cost_min: Numbers) -> NDArray[np.int64]:
    """The rows of each home by cost, ties as they come; rows of no home (-1) left out.

    Costs have few decimals: home and cost are one whole number, sorted once.
    """
    ticks = np.rint(cost_min * 10**COST_DECIMALS).astype(np.int64)
    order = np.argsort(home * (ticks.max(initial=0) + 1) + ticks, kind="stable")
    return order[np.count_nonzero(home < 0) :]


def _benefit(benefit: pd.DataFrame, ids: pd.Index) -> Benefit:
    """Minutes saved; an area of which no row speaks, or whose state is unknown, saves unknown."""
    rows = benefit.set_index("area_id").reindex(ids)
    return Benefit(
        saved_min=rows["minutes_saved"].to_numpy(np.float64),
        expected_min=rows["expected_min"].to_numpy(np.float64),
        near_silent=rows["near_silent"].eq(True).to_numpy(dtype=bool),
    )
