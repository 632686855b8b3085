"""What a study asks the fairness of, and the whole table of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from assetmap.findings.equity.fairness import Subject, as_fairness, fairness
from assetmap.findings.equity.groups import (
    as_groups,
    deciles_as_groups,
    fairness_by_group,
    people_by_group,
    values_by_area,
)
from assetmap.provenance import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assetmap.findings.equity.fairness import Row

FREE_SPACE = "no free public indoor or green space within {minutes:g} minutes"
IN_LINE = "deprivation, in line"
IN_SCHEMES, OUTSIDE = "areas that a scheme lies in", "all other areas"


def subjects_of(
    minutes: pd.DataFrame, standards: pd.DataFrame, *, cut_off_min: float
) -> list[Subject]:
    """For each standard, the minutes to what satisfies it, and whether people are within it.

    Parameters
    ----------
    minutes
        Places: ``of`` (the standard), ``area_id``, ``people``, ``value``, infinite out of reach.
    """
    subjects = []
    for row in standards.sort_values("standard_id").to_dict("records"):
        places = minutes[minutes["of"] == row["standard_id"]]
        if places["people"].sum() > 0:
            line = float(row["threshold_min"])
            near = places.assign(value=(places["value"].round(4) <= line).astype("float64"))
            named = str(row["label"])
            subjects += [
                Subject(
                    name=f"minutes to {named}", kind="minutes", unit="min", places=places,
                    cut_off_min=cut_off_min, line=line,
                ),
                Subject(name=f"people near {named}", kind="share", unit="share", places=near),
            ]  # fmt: skip
    return subjects


def free_space(places: pd.DataFrame, *, minutes: float) -> list[Subject]:
    """Whether people have no free public space near them; no subject where it is not measured."""
    named = FREE_SPACE.format(minutes=minutes)
    subject = Subject(name=named, kind="share", unit="share", places=places)
    return [subject] if places["people"].sum() > 0 else []


def groupings(
    population: pd.DataFrame, people: pd.Series, *, decile: pd.Series, in_schemes: pd.Series | None
) -> pd.DataFrame:
    """POPULATION of the study's own areas by everything that people are grouped by.

    Parameters
    ----------
    population
        POPULATION, with whatever kinds the study loads: age, disability, tenure and others.
    people
        By ``area_id``; the study's own areas.
    decile
        The tenth of the nation by ``area_id``; empty where there is no index.
    in_schemes
        Whether a scheme lies in each area; None without schemes.
    """
    own = population[population["area_id"].isin(people.index)]
    more = [deciles_as_groups(decile, people)] if len(decile) else []
    if in_schemes is not None and in_schemes.any() and not in_schemes.all():
        named = in_schemes.map({True: IN_SCHEMES, False: OUTSIDE})
        more.append(as_groups("schemes", named, people))
    return pd.concat([own, *more], ignore_index=True) if more else own


def rank_fairness(
    subjects: Sequence[Subject], groups: pd.DataFrame, order: pd.Series, *, seed: int
) -> Told[pd.DataFrame]:
    """FAIRNESS of every subject, along the line of need and between groups of every kind.

    Parameters
    ----------
    groups
        POPULATION by kinds, see :func:`groupings`.
    order
        By ``area_id``, 1 = most deprived; empty where there is no index: then there is no line.
    seed
        Of the bootstrap.
    """
    kinds = sorted(set(groups["kind"]) - {"all"})
    told = {kind: people_by_group(groups, kind) for kind in kinds}
    rows: list[Row] = []
    for subject in subjects:
        valued = values_by_area(subject, seed=seed)
        if (order.index.get_indexer(valued.by_area.index) >= 0).any():
            rows += fairness(subject, order, seed=seed, by=IN_LINE)
        for kind, one in told.items():
            rows += fairness_by_group(subject, valued, one.table, by=kind).table
    cautions = tuple(caution for one in told.values() for caution in one.cautions)
    return Told(as_fairness(rows), cautions)
