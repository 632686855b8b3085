"""The three legs of each area: from tables of evidence to columns of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.findings import left_behind

if TYPE_CHECKING:
    from assetmap.findings.left_behind import Flags, Numbers
    from assetmap.findings.rules import Rules


class Themes(NamedTuple):
    """THEME_SHARES as arrays, areas by the rules' themes."""

    shares: Numbers
    measured: Flags
    stale: Flags
    straight: Flags

    def failed(self, rules: Rules) -> Flags:
        """Themes that enough people fail; never one that is not measured."""
        failing: Flags = self.shares >= rules.share_failing
        return failing


def themes_of(shares: pd.DataFrame, ids: pd.Index, rules: Rules) -> Themes:
    """Areas by themes; a theme without people to speak of is not measured there."""
    rows = shares.set_index(["area_id", "theme"])
    cells = pd.MultiIndex.from_product([ids, list(rules.themes)])
    shape = (len(ids), len(rules.themes))

    def part(name: str) -> Flags:
        flags: Flags = rows[name].reindex(cells).eq(True).to_numpy().reshape(shape)
        return flags

    share = rows["share_failing"].reindex(cells).to_numpy(np.float64).reshape(shape)
    known = part("measured") & ~np.isnan(share)
    return Themes(
        shares=np.where(known, share, np.nan),
        measured=known,
        stale=part("stale") & known,
        straight=part("straight") & known,
    )


def add_need(table: pd.DataFrame, need: pd.DataFrame, rules: Rules) -> None:
    """Leg 1: margins within each reference set, which set decides, and whether need is met."""
    margins = {}
    for reference in ("nation", "region", "authority", "named"):
        rows = need[need["reference"] == reference].set_index("area_id").reindex(table.index)
        margins[reference] = left_behind.need_margin(
            rows["percentile"].to_numpy(np.float64), rows["decile"].to_numpy(np.float64),
            tenths=rules.tenths(reference),
        )  # fmt: skip
        table[f"need_{reference}_margin"] = margins[reference]
    table["need_local"] = left_behind.met(margins["authority"])
    leading = ["nation", "region"]
    if rules.leads != "nation":
        leading.append(rules.leads)
        percentile = 10 * rules.tenths("nation") - margins["nation"]
        in_half = ~np.isnan(percentile) & (percentile <= rules.less_deprived_from)
        margins[rules.leads] = np.where(in_half, margins[rules.leads], np.nan)
    stack = np.column_stack([margins[reference] for reference in leading])
    best = np.where(np.isnan(stack), -np.inf, stack)
    table["need_reference"] = np.array(leading)[best.argmax(axis=1)]
    table["need_margin"] = np.where(np.isinf(best.max(axis=1)), np.nan, best.max(axis=1))
    table["need"] = left_behind.met(table["need_margin"].to_numpy())
    table["need_basis"] = need["basis"].iloc[0] if len(need) else "none"


def access_gate(themes: Themes, quality: pd.DataFrame, rules: Rules) -> Flags:
    """Whether too little is measured of an area, or too many of its people are off the streets."""
    gate: Flags = (
        (themes.measured.sum(axis=1) < left_behind.GATE_THEMES)
        | (quality["share_unsnapped"].to_numpy() > rules.unsnapped_share)
        | ~quality["streets_cover"].to_numpy()
    )
    return gate


def add_access(
    table: pd.DataFrame, themes: Themes, scores: pd.DataFrame, *, unsure: Flags, rules: Rules
) -> None:
    """Leg 2: both tests, their margins, and what is missing; nothing where ``unsure``."""
    score = scores.set_index("area_id")["score"].reindex(table.index).to_numpy(np.float64)
    standard = left_behind.standard_margin(themes.shares, themes.measured, rules=rules)
    relative = left_behind.relative_margin(score, ~unsure, rules=rules)
    beyond = left_behind.beyond_share(themes.shares, themes.measured)
    standard = np.where(unsure, np.nan, standard)
    fails = left_behind.met(standard)
    lowest = left_behind.met(relative) & (beyond >= rules.relative_beyond)
    table["poor_access"] = fails | lowest
    table["access_test"] = np.select(
        [unsure, fails & lowest, fails, lowest],
        ["not measured", "both", "standard", "relative"],
        default="none",
    )
    table["themes_measured"] = themes.measured.sum(axis=1)
    table["themes_failed"] = themes.failed(rules).sum(axis=1)
    table["themes_missing"] = named(~themes.measured, rules.themes)
    table["access_margin"] = standard
    table["relative_margin"] = relative
    table["beyond_share"] = beyond


def add_benefit(table: pd.DataFrame, benefit: pd.DataFrame, rules: Rules) -> None:
    """Leg 3: the state of the benefit; unknown for an area that no row speaks of."""
    rows = benefit.set_index("area_id").reindex(table.index)
    table["benefit"] = rows["state"].where(rows["state"].notna(), "unknown").to_numpy()
    table["benefit_min"] = rows["minutes_saved"].to_numpy(np.float64)
    table["benefit_margin"] = rules.benefit_min - table["benefit_min"]
    table["directly_affected"] = rows["directly_affected"].eq(True).to_numpy()


def add_caps(table: pd.DataFrame, themes: Themes, quality: pd.DataFrame, rules: Rules) -> Flags:
    """Whether a level may not rise above at_risk; the reasons go to the column ``caps``."""
    survives = quality["detour_survival"].ge(rules.detour_survival).to_numpy()
    straight = themes.straight & ~survives[:, None]
    shaky = straight | themes.stale
    solid = np.where(shaky, 0.0, themes.shares)
    stands = left_behind.met(left_behind.standard_margin(solid, themes.measured, rules=rules))
    stands &= themes.measured.any(axis=1)
    # the score is made of every measured theme: one shaky theme makes it shaky
    stands |= table["access_test"].isin(["relative", "both"]).to_numpy() & ~shaky.any(axis=1)
    failed = themes.failed(rules)
    counted = failed | ~table["access_test"].isin(["standard"]).to_numpy()[:, None]
    few = themes.measured.sum(axis=1) < rules.themes_enough
    on_straight = ~stands & (straight & counted).any(axis=1)
    on_stale = ~stands & (themes.stale & counted).any(axis=1)
    unsaid = ~table["benefit"].isin(["yes", "no"]).to_numpy()
    names = ("too few themes measured", "straight-line distances", "one old source")
    caps = named(np.column_stack([few, on_straight, on_stale]), names)
    said = np.where(unsaid, "benefit " + table["benefit"].astype("str"), "")
    table["caps"] = [
        "; ".join(part for part in (one, two) if part) or None
        for one, two in zip(caps, said, strict=True)
    ]
    capped: Flags = few | on_straight | on_stale
    return capped


def named(flags: Flags, names: tuple[str, ...]) -> list[str | None]:
    """For each row the names whose flag is up, in the names' order."""
    return ["; ".join(np.array(names)[row]) or None for row in flags]
