"""What is measured of a town, before an edit or after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from assetmap.findings.flag import Evidence, flag_areas
from assetmap.study.steps.find import rules_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from assetmap.access.asked import Asked
    from assetmap.access.measured import Measured
    from assetmap.scenarios.edits import Edited
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work


class State(NamedTuple):
    """What is measured of a town.

    Attributes
    ----------
    found
        Measured of the leading profile, for the standards that were touched.
    area_access
        AREA_ACCESS of every profile: nearest, standards, themes, measures asked for.
    scores, findings
        SCORES, and FINDINGS (None where the study has no index of deprivation).
    costs
        COSTS of the leading profile to what may satisfy those standards.
    edited
        The town, and what edits touch in it.
    """

    found: Measured
    area_access: pd.DataFrame
    theme_shares: pd.DataFrame
    scores: pd.DataFrame
    findings: pd.DataFrame | None
    costs: pd.DataFrame
    edited: Edited


def categories_of(standards: pd.DataFrame) -> frozenset[str]:
    """The categories that satisfy any of these STANDARDS."""
    return frozenset(
        category for listed in standards["categories"] for category in str(listed).split(";")
    )


def with_rest(rows: pd.DataFrame, before: pd.DataFrame, by: str) -> pd.DataFrame:
    """Rows measured now, and those of before that speak of something else."""
    rest = before[~before[by].isin(rows[by])]
    both = pd.concat([rest, rows], ignore_index=True)
    return both.sort_values(list(both.columns[:2]), ignore_index=True)


def asked_again(
    asked: Sequence[Asked], named: Collection[str], again: frozenset[str] | None
) -> tuple[tuple[Asked, ...], frozenset[tuple[str, str]]]:
    """The measures to take again, of the standards in ``again`` alone; and which stay as they were.

    The latter are pairs of a standard of ``named`` and a measure. All are taken where it is None.
    """
    if again is None:
        return tuple(asked), frozenset()
    some = ((one, tuple(name for name in one.standards if name in again)) for one in asked)
    rest = {(name, one.name) for one in asked for name in set(named) & set(one.standards) - again}
    return tuple(one._replace(standards=ids) for one, ids in some if ids), frozenset(rest)


def access_with_rest(
    rows: Sequence[pd.DataFrame],
    before: pd.DataFrame,
    standards: pd.DataFrame,
    rest: Collection[tuple[str, str]],
) -> pd.DataFrame:
    """AREA_ACCESS: what was measured now of ``standards``, and the rest as it was before.

    ``rest`` are standards and measures that were not taken again.
    """
    told = {one for table in rows for one in table["category"].unique()}
    touched = told | set(standards["standard_id"]) | set(standards["theme"])
    stays = ~before["category"].isin(touched)
    for name, measure in rest:
        stays |= before["category"].eq(name) & before["measure"].eq(measure)
    whole = pd.concat([before[stays], *rows], ignore_index=True)
    return whole.sort_values(list(whole.columns[:4]), ignore_index=True)


def coverage_with(coverage: pd.DataFrame, edited: Edited) -> pd.DataFrame:
    """COVERAGE, that of new homes as of the area that they stand in."""
    rows = [
        coverage[coverage["area_id"] == area].assign(area_id=name)
        for name, area in edited.homes.items()
    ]
    return pd.concat([coverage, *rows], ignore_index=True)


def measured_areas(coverage: pd.DataFrame, standard: str) -> set[str]:
    """The areas in which a standard is measured, of COVERAGE."""
    rows = coverage[coverage["standard_id"].eq(standard) & coverage["measured"]]
    return set(rows["area_id"])


def findings_after(
    work: Work, steps: Mapping[str, Kept], shares: pd.DataFrame, scores: pd.DataFrame
) -> pd.DataFrame | None:
    """FINDINGS with these theme shares and scores; None where the study has no index."""
    if "levels" not in steps:
        return None
    evidence = Evidence(
        need=steps["need"].table("table"),
        shares=shares,
        scores=scores,
        benefit=steps["benefit"].table("table"),
        quality=steps["levels"].table("quality"),
    )
    return flag_areas(steps["areas"].table("table"), evidence, rules=rules_of(work)).table
