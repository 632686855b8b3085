"""Who gains and who loses between two states of a town, residents of today only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.access.homes import homes_of
from assetmap.findings.equity.fairness import measures
from assetmap.findings.equity.incidence import benefit_incidence, concentration_curve
from assetmap.frames import table_of
from assetmap.frames.scenario import CHANGES, GAINS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.access.measured import Measured

    Numbers = NDArray[np.float64]

FLAGGED = ("left_behind", "at_risk")


class Seen(NamedTuple):
    """A state as it is compared: measured origins, SCORES, FINDINGS (or None)."""

    found: Measured
    scores: pd.DataFrame
    findings: pd.DataFrame | None


class Change(NamedTuple):
    """What changes for today's residents, origin by origin and standard by standard.

    Attributes
    ----------
    from_ids, people
        Origins of today, in order of ``from_id``.
    standards
        Their ids.
    known
        bool: the standard is measured there, today and after.
    before, after
        Minutes, who reaches none counted as the cut-off.
    within_before, within_after
        bool.
    """

    from_ids: pd.Index
    people: Numbers
    standards: tuple[str, ...]
    known: NDArray[np.bool_]
    before: Numbers
    after: Numbers
    within_before: NDArray[np.bool_]
    within_after: NDArray[np.bool_]

    @property
    def newly(self) -> NDArray[np.bool_]:
        """Who is newly within each standard."""
        return self.known & self.within_after & ~self.within_before

    @property
    def no_longer(self) -> NDArray[np.bool_]:
        """Who is no longer within each standard."""
        return self.known & self.within_before & ~self.within_after

    @property
    def saved(self) -> Numbers:
        """Person-minutes saved each way."""
        minutes: Numbers = np.where(self.known, self.before - self.after, 0.0)
        return minutes * self.people[:, None]

    def people_unknown(self, own: NDArray[np.bool_]) -> float:
        """People of these origins whose walk changes where it is not measured: in no count."""
        apart = (~self.known & (self.before != self.after)).any(axis=1)
        return float(self.people[apart & own].sum())

    def only_unknown(self, own: NDArray[np.bool_]) -> bool:
        """Whether walks of these origins change, but none of them where it is measured."""
        moved = (self.before != self.after) & own[:, None]
        return bool(moved.any() and not (moved & self.known).any())


def change(
    origins: pd.DataFrame, before: Measured, after: Measured, *, cut_off_min: float
) -> Change:
    """The change between two measurements of the same standards, for the origins of today."""
    homes = homes_of(origins)
    names = list(before.nearest_min.columns)

    def minutes(found: Measured) -> Numbers:
        reached = homes.rows(found.nearest_min[names])
        return np.where(np.isnan(reached), cut_off_min, reached)

    def flags(table: pd.DataFrame) -> NDArray[np.bool_]:
        return homes.flags(table[names])

    return Change(
        from_ids=homes.from_ids,
        people=homes.people,
        standards=tuple(str(name) for name in names),
        known=flags(before.measured) & flags(after.measured),
        before=minutes(before),
        after=minutes(after),
        within_before=flags(before.within),
        within_after=flags(after.within),
    )


def made_good(alone: Change, with_more: Change, own: NDArray[np.bool_]) -> pd.DataFrame:
    """How many of those who lose a standard keep it, or get it back, where more is done beside.

    Columns ``standard_id``, ``lose`` (by the change alone) and ``restored`` (of them within the
    standard with both); people of these origins, of standards that both measure.
    """
    shared = [name for name in alone.standards if name in with_more.standards]
    rows = []
    for name in shared:
        lost = alone.no_longer[:, alone.standards.index(name)] & own
        back = lost & with_more.within_after[:, with_more.standards.index(name)]
        rows.append((name, float(alone.people[lost].sum()), float(alone.people[back].sum())))
    table = pd.DataFrame(rows, columns=["standard_id", "lose", "restored"])
    return table[table["lose"] > 0].reset_index(drop=True).round(3)


def changes(changed: Change, origins: pd.DataFrame) -> pd.DataFrame:
    """CHANGES: by area and standard."""
    homes = homes_of(origins)
    tables = []
    for column, name in enumerate(changed.standards):
        known = changed.known[:, column]
        rows = {
            "area_id": homes.areas,
            "standard_id": name,
            "people": homes.people_of(known),
            "within_before": homes.people_of(known & changed.within_before[:, column]),
            "within_after": homes.people_of(known & changed.within_after[:, column]),
            "newly_within": homes.people_of(changed.newly[:, column]),
            "no_longer_within": homes.people_of(changed.no_longer[:, column]),
            "minutes_saved": homes.sums(changed.saved[:, column]),
        }
        tables.append(pd.DataFrame(rows))
    whole = pd.concat(tables or [pd.DataFrame(columns=CHANGES.names)], ignore_index=True)
    return table_of(CHANGES, {name: whole[name] for name in CHANGES.names})


def gains(
    changed: Change,
    origins: pd.DataFrame,
    before: Seen,
    after: Seen,
    *,
    decile: pd.Series | None,
) -> pd.DataFrame:
    """GAINS: one row an area of the study, and of its edge.

    Newly within: people who meet a standard they were beyond, counted once however many they
    meet; losers likewise. Somebody may gain one and lose another.
    """
    homes = homes_of(origins)
    table = pd.DataFrame(index=pd.Index(homes.areas, name="area_id"))
    table["people"] = homes.people_of(np.ones(len(homes.people), dtype=bool))
    table["newly_within"] = homes.people_of(np.asarray(changed.newly.any(axis=1)))
    table["no_longer_within"] = homes.people_of(np.asarray(changed.no_longer.any(axis=1)))
    table["minutes_saved"] = homes.sums(changed.saved.sum(axis=1))
    for name, seen in (("before", before), ("after", after)):
        table[name] = seen.scores.set_index("area_id")["score"].reindex(table.index)
        levels = None if seen.findings is None else seen.findings.set_index("area_id")
        table[f"level_{name}"] = None if levels is None else levels["level"].reindex(table.index)
        table["reasons_after"] = None if levels is None else levels["reasons"].reindex(table.index)
    was, now = table["level_before"].isin(FLAGGED), table["level_after"].isin(FLAGGED)
    table["flag_falls"] = was & ~now & table["level_after"].notna()
    table["decile"] = None if decile is None else decile.reindex(table.index)
    rows = table.reset_index()
    return table_of(GAINS, {name: rows[name] for name in GAINS.names})


def by_group(gained: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Gains of groups of people: each area's, shared out by how many of a group live there.

    Columns ``by``, ``group``, ``people``, ``newly_within``, ``no_longer_within``,
    ``minutes_saved``, ``share_newly``. Everybody in an area gets the area's mean: differences
    inside areas are not seen. The kind ``cars`` counts households.
    """
    rates = gained.set_index("area_id")
    names = ["newly_within", "no_longer_within", "minutes_saved"]
    people = rates["people"].where(rates["people"] > 0)
    each = rates[names].div(people, axis="index").fillna(0.0)
    rows = population[~population["kind"].isin(["tenure", "all"])]
    rows = rows[rows["area_id"].isin(each.index)]
    shared = each.reindex(rows["area_id"]).mul(rows["people"].to_numpy(), axis="index")
    shared = shared.set_axis(rows.index).assign(
        by=rows["kind"], group=rows["group"], people=rows["people"]
    )
    table = shared.groupby(["by", "group"], sort=True)[["people", *names]].sum().reset_index()
    whole = table["people"].where(table["people"] > 0)
    return table.assign(share_newly=(table["newly_within"] / whole).fillna(0.0)).round(6)


def incidence(gained: pd.DataFrame, order: pd.Series) -> dict[str, float | str]:
    """How the gain falls along the line of need: benefit incidence, and why where there is none.

    ``order`` is the place of each area from the most to the least deprived.
    """
    rows = (
        gained.set_index("area_id")
        .join(order.rename("order"), how="inner")
        .dropna(subset=["order"])
    )
    told: dict[str, float | str] = {}
    for name, column in (("people newly within", "newly_within"), ("minutes", "minutes_saved")):
        each = (rows[column] / rows["people"].where(rows["people"] > 0)).fillna(0.0)
        figure = benefit_incidence(each, rows["people"], rows["order"])
        told[name] = figure.reason if figure.value is None else round(figure.value, 4)
    return told


def gain_curve(gained: pd.DataFrame, order: pd.Series) -> pd.DataFrame:
    """The concentration curve of the minutes saved."""
    rows = (
        gained.set_index("area_id")
        .join(order.rename("order"), how="inner")
        .dropna(subset=["order"])
    )
    each = (rows["minutes_saved"] / rows["people"].where(rows["people"] > 0)).fillna(0.0)
    return concentration_curve(each, rows["people"], rows["order"])


def fairness_change(gained: pd.DataFrame, order: pd.Series) -> pd.DataFrame:
    """Every measure of fairness of the access score, before and after.

    Columns ``measure``, ``before``, ``after``, ``change``; empty where not defined.
    """
    rows = gained.set_index("area_id").join(order.rename("order"), how="inner")
    rows = rows.dropna(subset=["order", "before", "after"])
    values = {}
    for name in ("before", "after"):
        values[name] = {
            said: measure(
                rows[name].to_numpy(float), rows["people"].to_numpy(float),
                rows["order"].to_numpy(float),
            ).value
            for said, measure in measures("share").items()
        }  # fmt: skip
    table = pd.DataFrame(values, dtype="float64").rename_axis("measure").reset_index()
    return table.assign(change=table["after"] - table["before"]).round(6)
