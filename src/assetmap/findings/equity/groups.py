"""Access of groups of people: by tenth of deprivation, age, disability, tenure or another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.errors import Fault, MethodError
from assetmap.findings.equity.fairness import as_fairness, computed
from assetmap.findings.equity.interval import drawn, interval
from assetmap.findings.equity.names import (
    ABSOLUTE,
    BETWEEN,
    MEAN,
    RELATIVE,
    THEIL_L,
    THEIL_T,
    TO_ALL,
    WITHIN,
)
from assetmap.findings.equity.spread import Spread
from assetmap.findings.equity.theil import theil_l_parts, theil_t_parts
from assetmap.frames.fairness import EVERYBODY, NOT_COMPUTED
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.findings.equity.fairness import Subject

    Numbers = NDArray[np.float64]
    Row = dict[str, object]

ADDS_UP_WITHIN = 0.02
HOUSEHOLDS = ("tenure", "cars")
"""Kinds that count households and not people."""


class Valued(NamedTuple):
    """A subject's mean by area, whether anything counts as something else, and its draws.

    ``times`` says how often each area was drawn, draws by areas; None with fewer than two.
    """

    by_area: pd.Series
    status: str
    times: Numbers | None


class Cells(NamedTuple):
    """Areas by groups: people of each group, and the area's value, the same for all of them."""

    people: pd.DataFrame
    value: Numbers
    status: str
    times: Numbers | None

    def mean(self, group: str) -> float | None:
        """Σ P_g y / Σ P_g; None for a group of nobody."""
        people = self.people[group].to_numpy(np.float64)
        return float((people * self.value).sum() / people.sum()) if people.sum() > 0 else None


def people_by_group(population: pd.DataFrame, by: str) -> Told[pd.DataFrame]:
    """Areas by the groups of one kind, holding people.

    Where rows of the kind ``all`` are there too, the groups are checked to add up to within 2 %
    of them.

    Raises
    ------
    MethodError
        Where POPULATION holds no such grouping.
    """
    rows = population[population["kind"] == by]
    if rows.empty:
        known = ", ".join(sorted(population["kind"].unique()))
        raise MethodError(Fault(what=f"no people by '{by}'", attempt=f"one of: {known}"))
    wide = rows.pivot_table(index="area_id", columns="group", values="people", aggfunc="sum")
    return Told(wide.sort_index().fillna(0.0), _not_adding_up(population, by))


def values_by_area(subject: Subject, *, seed: int) -> Valued:
    """The mean of each area's people, whoever they are, for areas where anybody lives."""
    places = subject.places
    ids = np.unique(places["area_id"])
    spread = Spread.of(places, pd.Series(1.0, index=ids), cut_off=subject.cut_off_min)
    areas = spread.by_area()
    lived = areas["people"].to_numpy(np.float64) > 0
    value = pd.Series(areas["mean"].to_numpy(np.float64), index=ids)[lived]
    people = areas["people"].to_numpy(np.float64)[lived]
    line = drawn(value.to_numpy(), people, np.ones(len(value)), seed=seed)
    times = None if line is None else np.ascontiguousarray(line.times[:, np.argsort(line.rows)])
    return Valued(value, computed(spread, subject), times)


def fairness_by_group(
    subject: Subject, valued: Valued, groups: pd.DataFrame, *, by: str
) -> Told[pd.DataFrame]:
    """Rows of FAIRNESS between groups: the mean of each, its gap to everybody, Theil's parts.

    A group's mean is that of the areas its people live in, Σ P_g y / Σ P_g: everybody in an area
    gets the area's value, so differences *inside* areas are not seen. The gap is to the mean of
    all groups together, absolute and relative. A group of nobody has no mean, and the row says
    so. Areas without a value are left out and counted. Intervals: areas drawn 1,999 times.

    Parameters
    ----------
    valued
        :func:`values_by_area` of the subject.
    groups
        :func:`people_by_group`.
    """
    known = valued.by_area.index.intersection(groups.index)
    # areas without a row of this kind stay in the draws, with nobody in any group
    held = groups.reindex(valued.by_area.index, fill_value=0.0)
    value = valued.by_area.to_numpy(np.float64)
    cells = Cells(held, value, valued.status, valued.times)
    made = [*_means(cells), *_theils(cells)]
    table = as_fairness(made, subject=subject, by=by, people=float(held.sum().sum()))
    return Told(table, _left_out(groups, known, by))


def _means(cells: Cells) -> list[Row]:
    """The mean and both gaps of each group, with their intervals."""
    whole = cells.people.sum(axis="columns").to_numpy(np.float64)
    everybody = float((whole * cells.value).sum() / whole.sum()) if whole.sum() > 0 else None
    parts = _drawn_sums(cells)
    rows: list[Row] = []
    for place, group in enumerate(cells.people.columns):
        mean, people = cells.mean(group), float(cells.people[group].sum())
        between = {} if parts is None else _drawn_figures(*parts, place)
        for name, value in _figures(mean, everybody).items():
            low, high = (interval(between[name]) if name in between else None) or (None, None)
            told = cells.status if value is not None else _why_not(people)
            rows.append(_row(name, group, (value, low, high), people=people, status=told))
    return rows


def _figures(mean: float | None, everybody: float | None) -> dict[str, float | None]:
    names = (MEAN, f"{ABSOLUTE} {TO_ALL}", f"{RELATIVE} {TO_ALL}")
    if mean is None or everybody is None:
        return dict.fromkeys(names)
    ratio = mean / everybody if everybody > 0 else None
    return dict(zip(names, (mean, mean - everybody, ratio), strict=True))


def _drawn_sums(cells: Cells) -> tuple[Numbers, Numbers] | None:
    """Σ P_g y and Σ P_g of every draw, draws by groups; None where there are no draws."""
    if cells.times is None:
        return None
    people = cells.people.to_numpy(np.float64)
    return cells.times @ (people * cells.value[:, None]), cells.times @ people


def _drawn_figures(total: Numbers, people: Numbers, place: int) -> dict[str, Numbers]:
    """The figures of one group in every draw."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total[:, place] / people[:, place]
        everybody = total.sum(axis=1) / people.sum(axis=1)
        ratio: Numbers = np.where(everybody > 0, mean / everybody, np.nan)
    return {MEAN: mean, f"{ABSOLUTE} {TO_ALL}": mean - everybody, f"{RELATIVE} {TO_ALL}": ratio}


def _why_not(people: float) -> str:
    nobody = "nobody of this group lives where it is measured"
    return NOT_COMPUTED + ("everybody's mean is not above zero" if people else nobody)


def _row(
    name: str,
    group: str,
    figures: tuple[float | None, float | None, float | None],
    *,
    people: float,
    status: str,
) -> Row:
    value, low, high = figures if figures[0] is not None else (None, None, None)
    return {
        "measure": name, "group": group, "value": value, "low": low, "high": high,
        "people": people, "status": status,
    }  # fmt: skip


def _theils(cells: Cells) -> list[Row]:
    """Theil's T and L over areas and groups, split into between and within groups."""
    people = cells.people.to_numpy(np.float64)
    values = np.repeat(cells.value, people.shape[1])
    groups = np.tile(np.arange(people.shape[1]), people.shape[0])
    total = float(people.sum())
    rows: list[Row] = []
    for name, parts_of in ((THEIL_T, theil_t_parts), (THEIL_L, theil_l_parts)):
        parts = parts_of(values, people.ravel(), groups)
        for part, figure in ((BETWEEN, parts.between), (WITHIN, parts.within)):
            told = cells.status
            if figure.value is None:
                told = f"{NOT_COMPUTED}{figure.reason}"
            named = f"{name} {part}"
            figures = (figure.value, None, None)
            rows.append(_row(named, EVERYBODY, figures, people=total, status=told))
    return rows


def deciles_as_groups(decile: pd.Series, people: pd.Series) -> pd.DataFrame:
    """POPULATION of the kind ``deprivation``: every area's people in the group of its tenth.

    Groups are named ``01 most deprived tenth`` to ``10 least deprived tenth``.
    """
    named = {1: "01 most deprived tenth", 10: "10 least deprived tenth"}
    group = decile.map(lambda one: named.get(int(one), f"{int(one):02d}"))
    return as_groups("deprivation", group, people)


def as_groups(kind: str, group: pd.Series, people: pd.Series) -> pd.DataFrame:
    """POPULATION of a kind that puts all people of an area in one group, by ``area_id``."""
    ids: NDArray[object] = group.index.to_numpy()  # type: ignore[type-var]
    return pd.DataFrame(
        {
            "area_id": ids,
            "kind": kind,
            "group": group.to_numpy(),
            "people": people.reindex(group.index).fillna(0.0).to_numpy(),
            "crosswalk_status": "published",
        }
    )


def _left_out(groups: pd.DataFrame, known: pd.Index, by: str) -> tuple[Caution, ...]:
    gone = groups.loc[groups.index.difference(known)]
    if gone.empty:
        return ()
    text = f"{len(gone)} areas have no value and are left out of the means by {by}."
    people = float(gone.sum().sum())
    return (
        Caution(code="group_left_out", about=f"by {by}", text=text, count=len(gone), people=people),
    )


def _not_adding_up(population: pd.DataFrame, by: str) -> tuple[Caution, ...]:
    whole = population[population["kind"] == "all"].groupby("area_id")["people"].sum()
    parts = population[population["kind"] == by].groupby("area_id")["people"].sum()
    if whole.empty or by in HOUSEHOLDS:
        return ()
    together = pd.DataFrame({"whole": whole, "parts": parts}).dropna()
    apart = (together["whole"] - together["parts"]).abs() > ADDS_UP_WITHIN * together["whole"]
    if not apart.any():
        return ()
    text = (
        f"In {int(apart.sum())} areas the groups by {by} do not add up to everybody (more than "
        "2 % apart): another year, or a table of something else."
    )
    return (
        Caution(code="group_not_adding_up", about=f"by {by}", text=text, count=int(apart.sum())),
    )
