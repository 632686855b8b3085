"""Why an area has its level, in one plain sentence for officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from assetmap.findings.rules import Rules

SETS = {
    "nation": "the nation's", "region": "its region's", "authority": "its authority's",
    "named": "the named authorities'",
}  # fmt: skip
BENEFITS = {
    "unknown": "what schemes bring here is not known",
    "no": "no open or dated scheme brings public assets nearer",
    "expected": "only schemes that are allocated or consented would bring public assets nearer",
    "marginal": "schemes save little more than the least that counts",
    "yes": "open or dated schemes bring public assets nearer",
}
AFFECTED = "homes are to be removed here: people may have to move; this study cannot measure that"


def reasons(
    findings: pd.DataFrame, quality: pd.DataFrame, failed: Sequence[str | None], *, rules: Rules
) -> list[str]:
    """A sentence for each row of findings-to-be, in its order.

    ``failed`` names each area's failed themes, ``;`` between; None where it fails none.
    """
    rows = findings.reset_index().to_dict("records")
    sound = quality.reset_index().to_dict("records")
    return [
        _sentence(row, state, names or "", rules)
        for row, state, names in zip(rows, sound, failed, strict=True)
    ]


def _sentence(row: Mapping[Any, Any], quality: Mapping[Any, Any], failed: str, rules: Rules) -> str:
    if row["level"] == "insufficient_data":
        parts = _unsure(row, quality, rules)
    else:
        parts = [_need(row, rules), _access(row, failed, rules)]
        if row["need"] and row["poor_access"]:
            parts.append(_benefit(row))
            parts += [f"kept at at_risk by: {row['caps']}"] if row["level"] == "at_risk" else []
    if row["directly_affected"]:
        parts.append(AFFECTED)
    whole = "; ".join(parts)
    return whole[0].upper() + whole[1:] + "."


def _unsure(row: Mapping[Any, Any], quality: Mapping[Any, Any], rules: Rules) -> list[str]:
    parts = []
    if not quality["streets_cover"]:
        parts.append("the streets loaded do not reach here")
    if quality["share_unsnapped"] > rules.unsnapped_share:
        parts.append(f"{quality['share_unsnapped']:.0%} of people live too far from the streets")
    if row["people"] == 0:
        parts.append("nobody is counted as living here")
    elif row["themes_measured"] < 2:  # noqa: PLR2004 - the gate's own number
        parts.append(f"{row['themes_measured']} of {len(rules.themes)} themes measured")
    if quality["crosswalk_status"] in {"X", "irregular"}:
        parts.append("its boundary changed in a way that no lookup can follow")
    if row["need_nation_margin"] != row["need_nation_margin"]:
        parts.append("how deprived it is is not known")
    return parts


def _need(row: Mapping[Any, Any], rules: Rules) -> str:
    reference = row["need_reference"]
    most = 10 * rules.tenths(reference)
    percentile = most - row["need_margin"]
    place = f"{SETS[reference]} most deprived {most:g} % (percentile {percentile:.1f})"
    if row["need"]:
        return f"among {place}"
    local = ", though in its authority's own most deprived" if row["need_local"] else ""
    local += f" {10 * rules.local_deciles:g} %" if row["need_local"] else ""
    return f"not among {place}{local}"


def _access(row: Mapping[Any, Any], failed: str, rules: Rules) -> str:
    measured, count = row["themes_measured"], row["themes_failed"]
    names = f" ({failed.replace(';', ',')})" if failed else ""
    most = f"at least {rules.share_failing:.0%} of people are beyond the standards"
    standard = f"{most} of {count} of {measured} measured themes{names}"
    relative = (
        f"its access score is among the lowest {rules.relative_share:.0%} of the study's areas "
        f"and {row['beyond_share']:.0%} of people are beyond a standard"
    )
    said = {"standard": standard, "relative": relative, "both": f"{standard} and {relative}"}
    return said.get(row["access_test"], f"access passes: {standard}")


def _benefit(row: Mapping[Any, Any]) -> str:
    minutes = row["benefit_min"]
    return BENEFITS[row["benefit"]] + (f" ({minutes:.1f} minutes saved)" if minutes > 0 else "")
