"""The flag: three legs, their margins, what caps a level and why, one row an area."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.errors import Fault, JoinError
from assetmap.findings import left_behind
from assetmap.findings.legs import (
    access_gate,
    add_access,
    add_benefit,
    add_caps,
    add_need,
    named,
    themes_of,
)
from assetmap.findings.reasons import reasons
from assetmap.frames import table_of
from assetmap.frames.results import FINDINGS
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assetmap.findings.rules import Rules

NOT_USABLE = ("X", "irregular")


class Evidence(NamedTuple):
    """The tables the three legs are decided on.

    Areas without a row in NEED have no known need; without a row in THEME_SHARES, no measured
    theme; in SCORES, no score; in BENEFIT, an unknown benefit. QUALITY has every area.
    """

    need: pd.DataFrame
    shares: pd.DataFrame
    scores: pd.DataFrame
    benefit: pd.DataFrame
    quality: pd.DataFrame


def flag_areas(areas: pd.DataFrame, evidence: Evidence, *, rules: Rules) -> Told[pd.DataFrame]:
    """FINDINGS of the study's own areas: level, legs, margins, caps and a reason in a sentence.

    Leg 1 is met within the nation's or the region's most deprived tenths; leg 2 by people
    beyond minimum standards, or by the lowest fifth of scores where a quarter of residents are
    beyond one; leg 3 where open or dated public assets save too few minutes. A ranking alone
    never flags, what is not measured is never a failure, and an area that cannot be spoken of
    is ``insufficient_data``.

    Raises
    ------
    JoinError
        Where an area has no row in QUALITY.

    References
    ----------
    Local Trust and OCSI 2019, *Left behind? Understanding communities on the edge*, for the two
    legs that published measures have.
    """
    own = areas[areas["role"] == "study"].set_index("area_id").sort_index()
    ids = own.index
    quality = _quality(evidence.quality, ids)
    themes = themes_of(evidence.shares, ids, rules)
    table = pd.DataFrame({"people": own["people"]}, index=ids)
    add_need(table, evidence.need, rules)
    unsure_access = access_gate(themes, quality, rules)
    access = add_access(table, themes, evidence.scores, unsure=unsure_access, rules=rules)
    add_benefit(table, evidence.benefit, rules)
    capped = add_caps(table, themes, access, quality, rules)
    unsure = unsure_access | unusable(quality) | table["need_nation_margin"].isna().to_numpy()
    table["level"] = left_behind.level(
        table["need"].to_numpy(), table["poor_access"].to_numpy(),
        benefit=table["benefit"].to_numpy(), capped=capped, unsure=unsure,
    )  # fmt: skip
    table["caps"] = table["caps"].where(table["level"] == "at_risk", None)
    failed = named(themes.failed(rules), rules.themes)
    table["reasons"] = reasons(table, quality, failed, rules=rules)
    columns = table.rename_axis("area_id").reset_index()
    held = table_of(FINDINGS, {name: columns[name] for name in FINDINGS.names if name in columns})
    return Told(held, _cautions(held, evidence))


def unusable(quality: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether an area's boundary changed in a way that no lookup can follow."""
    return quality["crosswalk_status"].isin(NOT_USABLE).to_numpy(dtype=bool)


def _quality(quality: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    rows = quality.set_index("area_id")
    missing = ids.difference(rows.index)
    if len(missing):
        what = f"{len(missing)} areas have no row, for example {missing[0]}"
        raise JoinError(Fault(what=what, where="table QUALITY", attempt="one row an area"))
    return rows.loc[ids]


def _cautions(findings: pd.DataFrame, evidence: Evidence) -> tuple[Caution, ...]:
    cautions = []
    unsure = findings[findings["level"] == "insufficient_data"]
    if len(unsure):
        text = f"{len(unsure)} areas cannot be spoken of: too little is measured there."
        cautions.append(
            Caution(code="insufficient_data", about="flag", text=text, count=len(unsure),
                    people=float(unsure["people"].sum()))
        )  # fmt: skip
    missing = findings["themes_missing"].dropna()
    absent: NDArray[np.str_] = np.unique([one for row in missing for one in row.split("; ")])
    for theme in absent:
        at = missing.str.split("; ").apply(lambda row, theme=theme: theme in row)
        text = f"{str(theme).capitalize()} is not measured in {int(at.sum())} areas."
        cautions.append(
            Caution(code="theme_missing", about=f"flag: {theme}", text=text, count=int(at.sum()))
        )
    if len(findings) and evidence.benefit["state"].eq("unknown").all():
        text = (
            "Nothing is known of what schemes bring people here, so no level rises above at_risk."
        )
        cautions.append(Caution(code="benefit_unknown", about="flag", text=text))
    return tuple(cautions)
