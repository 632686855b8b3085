"""The METHODS rows of the draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.scenarios.uncertain import Uncertain


def methods(
    uncertain: Uncertain,
    *,
    draws: int,
    detours: int,
    chances: Mapping[str, float],
    position_m: float,
) -> list[dict[str, str]]:
    """How sure a finding is: what is shaken, by how much, and what is told of it."""
    own = {"status": "design choice"}
    low, mode, high = uncertain.pace_m_min
    listed = ", ".join(f"{name} {chance:.2f}" for name, chance in sorted(chances.items()))
    straight = f"detour {uncertain.detour[0]:g} to {uncertain.detour[1]:g}; " if detours else ""
    rows = [
        {
            "name": "How sure: draws",
            "formula": "in each draw, from one set of costs: standards and cut-offs x N(1, s); "
            "weights Dirichlet; pace triangular; assets there or not, and moved; other bases and "
            "schemes that count; minutes saved by schemes stretch as walks do; then the levels by "
            "the same rules. Robustness = share of draws flagged",
            "settings": f"{draws} draws, seed {uncertain.seed}; s {uncertain.threshold_spread:g}; "
            f"weights alpha {uncertain.weight_alpha:g}; pace {low:g}, {mode:g}, {high:g} m/min; "
            f"{straight}position {position_m:g} m, twice that where gates are not published; own "
            f"basis and firm schemes {uncertain.own_choice:g}; listed places that are there: "
            f"{listed}",
            "source": "OECD and JRC 2008, Handbook on constructing composite indicators, step 7",
            **own,
        },
        {
            "name": "How sure: range of ranks",
            "formula": "least places of the access score (1 = lowest) that 5 % and 95 % of draws "
            "do not exceed",
            "settings": f"{draws} draws",
            "source": "OECD and JRC 2008, step 7",
            **own,
        },
        {
            "name": "How sure: which assumption matters",
            "formula": "first-order share V[E(Y|X)] / V(Y), in twenty bins of X, less what chance "
            "alone puts there",
            "settings": f"the same {draws} draws",
            "source": "Saltelli and others 2008, Global sensitivity analysis: the primer",
            **own,
        },
        {
            "name": "How sure: one at a time",
            "formula": "one assumption changed; areas flagged, and Jaccard with the study's list",
            "settings": "as the table says",
            "source": "OECD and JRC 2008, step 7",
            **own,
        },
    ]
    if detours:
        rows.append(
            {
                "name": "Straight lines: survival of detours",
                "formula": "share of draws of the detour, all else as found, in which an area is "
                "flagged",
                "settings": f"{detours} draws between {uncertain.detour[0]:g} and "
                f"{uncertain.detour[1]:g}",
                "source": "Design choice",
                **own,
            }
        )
    return rows
