"""Access of groups of people: by tenth of deprivation, age, disability, tenure or another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.errors import Fault, MethodError
from assetmap.findings.equity.fairness import as_rows, computed
from assetmap.findings.equity.interval import can_be_drawn, drawn_times, intervals_of
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
from assetmap.findings.equity.theil import theil_l_parts, theil_t_parts
from assetmap.frames.fairness import EVERYBODY, NOT_COMPUTED
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from assetmap.findings.equity.fairness import Row, Subject

    Numbers = NDArray[np.float64]

ADDS_UP_WITHIN = 0.02
HOUSEHOLDS = ("tenure", "cars")
"""Kinds that count households and not people."""


class Valued(NamedTuple):
    """A subject's mean by area, whether anything counts as something else, and its draws.

    ``times`` says how often each area was drawn, draws by areas in the order ``rows``; None with
    fewer than two.
    """

    by_area: pd.Series
    status: str
    times: Numbers | None
    rows: NDArray[np.int64]


class Cells(NamedTuple):
    """Areas by groups: people of each group, and the area's value, the same for all of them."""

    groups: pd.Index
    people: Numbers
    value: Numbers


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
    spread, areas = subject.spread, subject.spread.by_area
    lived = areas.people > 0
    value, people = areas.mean[lived], areas.people[lived]
    # which area a draw takes depends on what the areas are, not on their names
    rows = np.lexsort((people, value))
    times = drawn_times(len(rows), seed=seed) if can_be_drawn(len(rows)) else None
    by_area = pd.Series(value, index=spread.area_ids[lived])
    return Valued(by_area, computed(spread, subject), times, rows)


def fairness_by_group(
    subject: Subject, valued: Valued, groups: pd.DataFrame, *, by: str
) -> Told[list[Row]]:
    """Rows of FAIRNESS between groups: the mean of each, its gap to everybody, Theil's parts.

    A group's mean is that of the areas its people live in, Σ P_g y / Σ P_g: everybody in an area
    gets the area's value, so differences *inside* areas are not seen. The gap is to the mean of
    all groups together, absolute and relative. A group of nobody has no mean, and the row says
    so. Areas without a value are left out and counted. Intervals: areas drawn 1,999 times;
    none where they cannot be drawn.

    Parameters
    ----------
    valued
        :func:`values_by_area` of the subject.
    groups
        :func:`people_by_group`.
    """
    # areas without a row of this kind stay in the draws, with nobody in any group
    held = groups.reindex(valued.by_area.index, fill_value=0.0).to_numpy(np.float64)
    cells = Cells(groups.columns, held, valued.by_area.to_numpy(np.float64))
    made = [*_means(cells, valued), *_theils(cells, valued.status)]
    rows = as_rows(made, subject=subject, by=by, people=float(held.sum()))
    gone = groups[valued.by_area.index.get_indexer(groups.index) < 0]
    return Told(rows, _left_out(gone, by))


def _means(cells: Cells, valued: Valued) -> Iterator[Row]:
    """The mean and both gaps of each group, with their intervals."""
    people, total = cells.people.sum(axis=0), cells.value @ cells.people
    everybody = float(total.sum() / people.sum()) if people.sum() > 0 else None
    between = _drawn_intervals(cells, valued)
    for place, group in enumerate(cells.groups):
        mean = float(total[place] / people[place]) if people[place] > 0 else None
        for name, value in _figures(mean, everybody).items():
            low, high = (between[name][place] if name in between else None) or (None, None)
            told = valued.status if value is not None else _why_not(people[place])
            figures = (value, low, high)
            yield _row(name, group, figures, people=float(people[place]), status=told)


def _figures(mean: float | None, everybody: float | None) -> dict[str, float | None]:
    names = (MEAN, f"{ABSOLUTE} {TO_ALL}", f"{RELATIVE} {TO_ALL}")
    if mean is None or everybody is None:
        return dict.fromkeys(names)
    ratio = mean / everybody if everybody > 0 else None
    return dict(zip(names, (mean, mean - everybody, ratio), strict=True))


def _drawn_intervals(cells: Cells, valued: Valued) -> dict[str, list[tuple[float, float] | None]]:
    """The intervals of each figure, group by group; none where there are no draws."""
    if valued.times is None:
        return {}
    held, value = cells.people[valued.rows], cells.value[valued.rows]
    sums = np.hstack([held, held * value[:, None]]).T @ valued.times.T
    people, total = np.split(sums, 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean, everybody = total / people, total.sum(axis=0) / people.sum(axis=0)
        ratio: Numbers = np.where(everybody > 0, mean / everybody, np.nan)
    figures = {MEAN: mean, f"{ABSOLUTE} {TO_ALL}": mean - everybody, f"{RELATIVE} {TO_ALL}": ratio}
    return {name: intervals_of(list(drawn)) for name, drawn in figures.items()}


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


def _theils(cells: Cells, status: str) -> Iterator[Row]:
    """Theil's T and L over areas and groups, split into between and within groups."""
    areas, count = cells.people.shape
    values, groups = np.repeat(cells.value, count), np.tile(np.arange(count), areas)
    people, total = cells.people.ravel(), float(cells.people.sum())
    for name, parts_of in ((THEIL_T, theil_t_parts), (THEIL_L, theil_l_parts)):
        parts = parts_of(values, people, groups)
        for part, figure in ((BETWEEN, parts.between), (WITHIN, parts.within)):
            told = status if figure.value is not None else f"{NOT_COMPUTED}{figure.reason}"
            figures = (figure.value, None, None)
            yield _row(f"{name} {part}", EVERYBODY, figures, people=total, status=told)


def deciles_as_groups(decile: pd.Series, people: pd.Series) -> pd.DataFrame:
    """POPULATION of the kind ``deprivation``: every area's people in the group of its tenth.

    Groups are named ``01 most deprived tenth`` to ``10 least deprived tenth``.
    """
    named = {1: "01 most deprived tenth", 10: "10 least deprived tenth"}
    group = decile.map(lambda one: named.get(int(one), f"{int(one):02d}"))
    return as_groups("deprivation", group, people)


def as_groups(kind: str, group: pd.Series, people: pd.Series) -> pd.DataFrame:
    """POPULATION of a kind that puts all people of an area in one group, by ``area_id``."""
    ids: NDArray[object] = group.index.to_numpy()  # type: ignore[type-var] # text in its stub
    return pd.DataFrame(
        {
            "area_id": ids,
            "kind": kind,
            "group": group.to_numpy(),
            "people": people.reindex(group.index).fillna(0.0).to_numpy(),
            "crosswalk_status": "published",
        }
    )


def _left_out(gone: pd.DataFrame, by: str) -> tuple[Caution, ...]:
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
