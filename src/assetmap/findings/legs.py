"""The three legs of each area: from tables of evidence to columns of findings.

What decides is arithmetic on arrays, so that a thousand draws can call it; the columns are made
of it once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from assetmap.findings import left_behind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from assetmap.findings.left_behind import Flags, Numbers
    from assetmap.findings.rules import Rules

REFERENCES = ("nation", "region", "authority", "named")


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


class Ranks(NamedTuple):
    """An area's place within one reference set; empty (NaN) outside it."""

    percentile: Numbers
    decile: Numbers


class Need(NamedTuple):
    """Leg 1: the margin within each set, the set that decides, and its margin."""

    margins: Mapping[str, Numbers]
    leading: tuple[str, ...]
    decides: NDArray[np.int64]
    margin: Numbers

    @property
    def met(self) -> Flags:
        """Whether need is met."""
        return left_behind.met(self.margin)


class Access(NamedTuple):
    """Leg 2: both margins, the people beyond a standard, and which tests fired."""

    standard: Numbers
    relative: Numbers
    beyond: Numbers
    fails: Flags
    lowest: Flags

    @property
    def poor(self) -> Flags:
        """Whether either test fired."""
        either: Flags = self.fails | self.lowest
        return either


class Caps(NamedTuple):
    """What keeps a level at at_risk, whatever the benefit."""

    few: Flags
    on_straight: Flags
    on_stale: Flags

    @property
    def any(self) -> Flags:
        """Whether any of them does."""
        either: Flags = self.few | self.on_straight | self.on_stale
        return either


def themes_of(shares: pd.DataFrame, ids: pd.Index, rules: Rules) -> Themes:
    """Areas by themes; a theme without people to speak of is not measured there.

    The areas of a theme lie together in memory, since rules go along themes, and these are few.
    """
    rows = shares.set_index(["area_id", "theme"])
    cells = pd.MultiIndex.from_product([ids, list(rules.themes)])
    shape = (len(ids), len(rules.themes))

    def part(name: str) -> Flags:
        flags: Flags = rows[name].reindex(cells).eq(True).to_numpy().reshape(shape)
        return np.asfortranarray(flags)

    share = rows["share_failing"].reindex(cells).to_numpy(np.float64).reshape(shape)
    known = part("measured") & ~np.isnan(share)
    return Themes(
        shares=np.where(known, share, np.nan),
        measured=known,
        stale=part("stale") & known,
        straight=part("straight") & known,
    )


def ranks_of(need: pd.DataFrame, ids: pd.Index) -> dict[str, Ranks]:
    """NEED as arrays, in the order of ``ids``, for each reference set."""
    rows = {
        reference: need[need["reference"] == reference].set_index("area_id").reindex(ids)
        for reference in REFERENCES
    }
    return {
        reference: Ranks(
            row["percentile"].to_numpy(np.float64, na_value=np.nan),
            row["decile"].to_numpy(np.float64, na_value=np.nan),
        )
        for reference, row in rows.items()
    }


def decide_need(ranks: Mapping[str, Ranks], rules: Rules) -> Need:
    """Leg 1 from the places within each reference set."""
    margins = {
        reference: left_behind.need_margin(*place, tenths=rules.tenths(reference))
        for reference, place in ranks.items()
    }
    counted = dict(margins)
    leading = ["nation", "region"]
    if rules.leads != "nation":
        leading.append(rules.leads)
        percentile = ranks["nation"].percentile
        in_half = ~np.isnan(percentile) & (percentile <= rules.less_deprived_from)
        counted[rules.leads] = np.where(in_half, margins[rules.leads], np.nan)
    stack = np.array([counted[reference] for reference in leading])
    best = np.where(np.isnan(stack), -np.inf, stack)
    most = best.max(axis=0)
    margin = np.where(np.isinf(most), np.nan, most)
    return Need(margins, tuple(leading), best.argmax(axis=0), margin)


def add_need(table: pd.DataFrame, need: pd.DataFrame, rules: Rules) -> None:
    """Leg 1: margins within each reference set, which set decides, and whether need is met."""
    decided = decide_need(ranks_of(need, table.index), rules)
    for reference, margin in decided.margins.items():
        table[f"need_{reference}_margin"] = margin
    table["need_local"] = left_behind.met(decided.margins["authority"])
    table["need_reference"] = np.array(decided.leading)[decided.decides]
    table["need_margin"] = decided.margin
    table["need"] = decided.met
    table["need_basis"] = need["basis"].iloc[0] if len(need) else "none"


def access_gate(themes: Themes, quality: pd.DataFrame, rules: Rules) -> Flags:
    """Whether too little is measured of an area, or too many of its people are off the streets."""
    gate: Flags = (
        (themes.measured.sum(axis=1) < left_behind.GATE_THEMES)
        | (quality["share_unsnapped"].to_numpy() > rules.unsnapped_share)
        | ~quality["streets_cover"].to_numpy()
    )
    return gate


def decide_access(themes: Themes, score: Numbers, *, unsure: Flags, rules: Rules) -> Access:
    """Leg 2 from people beyond the standards and from scores; nothing where ``unsure``."""
    standard = left_behind.standard_margin(themes.shares, themes.measured, rules=rules)
    standard = np.where(unsure, np.nan, standard)
    relative = left_behind.relative_margin(score, ~unsure, rules=rules)
    beyond = left_behind.beyond_share(themes.shares, themes.measured)
    return Access(
        standard=standard,
        relative=relative,
        beyond=beyond,
        fails=left_behind.met(standard),
        lowest=left_behind.met(relative) & (beyond >= rules.relative_beyond),
    )


def add_access(
    table: pd.DataFrame, themes: Themes, scores: pd.DataFrame, *, unsure: Flags, rules: Rules
) -> Access:
    """Leg 2: both tests, their margins, and what is missing; nothing where ``unsure``."""
    score = scores.set_index("area_id")["score"].reindex(table.index).to_numpy(np.float64)
    found = decide_access(themes, score, unsure=unsure, rules=rules)
    table["poor_access"] = found.poor
    table["access_test"] = np.select(
        [unsure, found.fails & found.lowest, found.fails, found.lowest],
        ["not measured", "both", "standard", "relative"],
        default="none",
    )
    table["themes_measured"] = themes.measured.sum(axis=1)
    table["themes_failed"] = themes.failed(rules).sum(axis=1)
    table["themes_missing"] = named(~themes.measured, rules.themes)
    table["access_margin"] = found.standard
    table["relative_margin"] = found.relative
    table["beyond_share"] = found.beyond
    return found


def add_benefit(table: pd.DataFrame, benefit: pd.DataFrame, rules: Rules) -> None:
    """Leg 3: the state of the benefit; unknown for an area that no row speaks of."""
    rows = benefit.set_index("area_id").reindex(table.index)
    table["benefit"] = rows["state"].where(rows["state"].notna(), "unknown").to_numpy()
    table["benefit_min"] = rows["minutes_saved"].to_numpy(np.float64)
    table["benefit_margin"] = rules.benefit_min - table["benefit_min"]
    table["directly_affected"] = rows["directly_affected"].eq(True).to_numpy()


def decide_caps(themes: Themes, access: Access, survives: Flags, *, rules: Rules) -> Caps:
    """What keeps each level at at_risk: few themes, straight lines, sources past their age.

    A straight line that ``survives`` draws of its detour counts like a walked way.
    """
    straight = themes.straight & ~survives[:, None]
    shaky = straight | themes.stale
    few = themes.measured.sum(axis=1) < rules.themes_enough
    if not shaky.any():
        return Caps(few, np.zeros_like(few), np.zeros_like(few))
    solid = np.where(shaky, 0.0, themes.shares)
    stands = left_behind.met(left_behind.standard_margin(solid, themes.measured, rules=rules))
    stands &= themes.measured.any(axis=1)
    # the score is made of every measured theme: one shaky theme makes it shaky
    stands |= access.lowest & ~shaky.any(axis=1)
    counted = themes.failed(rules) | ~(access.fails & ~access.lowest)[:, None]
    return Caps(
        few=few,
        on_straight=~stands & (straight & counted).any(axis=1),
        on_stale=~stands & (themes.stale & counted).any(axis=1),
    )


def add_caps(
    table: pd.DataFrame, themes: Themes, access: Access, quality: pd.DataFrame, rules: Rules
) -> Flags:
    """Whether a level may not rise above at_risk; the reasons go to the column ``caps``."""
    survives = quality["detour_survival"].ge(rules.detour_survival).to_numpy()
    found = decide_caps(themes, access, survives, rules=rules)
    unsaid = ~table["benefit"].isin(["yes", "no"]).to_numpy()
    names = ("too few themes measured", "straight-line distances", "one old source")
    caps = named(np.column_stack(found), names)
    said = np.where(unsaid, "benefit " + table["benefit"].astype("str"), "")
    table["caps"] = [
        "; ".join(part for part in (one, two) if part) or None
        for one, two in zip(caps, said, strict=True)
    ]
    return found.any


def named(flags: Flags, names: tuple[str, ...]) -> list[str | None]:
    """For each row the names whose flag is up, in the names' order."""
    return ["; ".join(np.array(names)[row]) or None for row in flags]
