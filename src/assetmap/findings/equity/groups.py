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
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from assetmap.findings.equity.fairness import Subject

    Numbers = NDArray[np.float64]
    Row = dict[str, object]

ADDS_UP_WITHIN = 0.02
HOUSEHOLDS = ("tenure", "cars")
"""Kinds that count households and not people."""


class Cells(NamedTuple):
    """Areas by groups: people of each group, and the area's value, the same for all of them."""

    people: pd.DataFrame
    value: Numbers
    status: str

    def mean(self, group: str) -> float | None:
        """Σ P_g y / Σ P_g; None for a group of nobody."""
        people = self.people[group].to_numpy(np.float64)
        return float((people * self.value).sum() / people.sum()) if people.sum() > 0 else None


def fairness_by_group(
    subject: Subject, population: pd.DataFrame, *, by: str, seed: int
) -> Told[pd.DataFrame]:
    """FAIRNESS between groups: the mean of each, its gap to everybody, and Theil's parts.

    A group's mean is that of the areas its people live in, Σ P_g y / Σ P_g: everybody in an area
    gets the area's value, so differences *inside* areas are not seen. The gap is to the mean of
    all groups together, absolute and relative. A group of nobody has no mean, and the row says
    so. Areas without a value are left out and counted. Intervals: areas drawn 1,999 times.

    Parameters
    ----------
    population
        POPULATION; rows of the kind ``by``. Where rows of the kind ``all`` are there too, the
        groups are checked to add up to within 2 % of them.

    Raises
    ------
    MethodError
        Where the table holds no such grouping.
    """
    rows = population[population["kind"] == by]
    if rows.empty:
        known = ", ".join(sorted(population["kind"].unique()))
        raise MethodError(Fault(what=f"no people by '{by}'", attempt=f"one of: {known}"))
    cells = _cells(subject, rows)
    made = [*_means(cells, seed=seed), *_theils(cells)]
    table = as_fairness(made, subject=subject, by=by, people=float(cells.people.sum().sum()))
    return Told(table, (*_left_out(rows, cells, by), *_not_adding_up(population, by)))


def _cells(subject: Subject, rows: pd.DataFrame) -> Cells:
    """People of each group by area, areas with a value only, in order of their codes."""
    places = subject.places
    line = pd.Series(1.0, index=pd.Index(places["area_id"].unique()))
    spread = Spread.of(places, line, cut_off=subject.cut_off_min)
    areas = spread.by_area()
    ids = np.unique(places["area_id"])
    value = pd.Series(areas["mean"].to_numpy(), index=ids)[areas["people"].to_numpy() > 0]
    wide = rows.pivot_table(index="area_id", columns="group", values="people", aggfunc="sum")
    held = wide.reindex(value.index.intersection(wide.index).sort_values()).fillna(0.0)
    told = computed(spread, subject)
    return Cells(held, value.reindex(held.index).to_numpy(np.float64), told)


def _means(cells: Cells, *, seed: int) -> list[Row]:
    """The mean and both gaps of each group, with the intervals of the gaps and of the mean."""
    whole = cells.people.sum(axis="columns").to_numpy(np.float64)
    everybody = float((whole * cells.value).sum() / whole.sum()) if whole.sum() > 0 else None
    line = drawn(cells.value, whole, np.ones(len(whole)), seed=seed)
    rows: list[Row] = []
    for group in cells.people.columns:
        mean, people = cells.mean(group), float(cells.people[group].sum())
        figures = _figures(mean, everybody)
        between: Mapping[str, Numbers] = {}
        if line is not None:
            held = cells.people[group].to_numpy(np.float64)[line.rows]
            with np.errstate(divide="ignore", invalid="ignore"):
                part = (line.times @ (held * cells.value[line.rows])) / (line.times @ held)
                between = _drawn_figures(part, line.mean)
        for name, value in figures.items():
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


def _drawn_figures(part: Numbers, whole: Numbers) -> dict[str, Numbers]:
    ratio: Numbers = np.where(whole > 0, part / whole, np.nan)
    return {MEAN: part, f"{ABSOLUTE} {TO_ALL}": part - whole, f"{RELATIVE} {TO_ALL}": ratio}


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


def _left_out(rows: pd.DataFrame, cells: Cells, by: str) -> tuple[Caution, ...]:
    gone = rows[~rows["area_id"].isin(cells.people.index)]
    if gone.empty:
        return ()
    count = int(gone["area_id"].nunique())
    text = f"{count} areas have no value and are left out of the means by {by}."
    people = float(gone["people"].sum())
    return (
        Caution(code="group_left_out", about=f"by {by}", text=text, count=count, people=people),
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
