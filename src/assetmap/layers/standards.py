"""The minimum standards that a study tests: the published list with the study's own changes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.frames import hold
from assetmap.frames.prepared import STANDARDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PACE_M_MIN = 80.0


def make_standards(
    definitions: Mapping[str, Mapping[str, Any]],
    *,
    use: Sequence[str],
    thresholds: Mapping[str, float] | None = None,
    chosen_by: str = "this study",
    cut_off_min: float = math.inf,
) -> pd.DataFrame:
    """The STANDARDS in use: ``threshold_min = threshold_m / pace``, one way, on foot.

    The pace is 80 m/min unless the standard's source says otherwise (``pace_m_min``). A distance
    that the study changes is tested as changed, and its status says who changed it and what was
    published.

    Parameters
    ----------
    definitions
        Standard id to its entry, as in ``_data/standards.toml``.
    use
        Ids to test.
    thresholds
        Standard id to metres, in place of the published distance.
    chosen_by
        Who changed them.
    cut_off_min
        How far routes are searched: nobody beyond it is known to be within a standard.

    Raises
    ------
    StudyError
        With every fault: ids that are not known (and the nearest that is), distances that are
        not above zero, or longer than the cut-off.
    """
    changed = dict(thresholds or {})
    faults = [
        Fault(
            what=f"standard '{name}' is not known",
            where=where,
            attempt=nearest_name(name, definitions) or f"one of {', '.join(sorted(definitions))}",
        )
        for where, names in (("standards.use", use), ("standards.thresholds", changed))
        for name in sorted(set(names) - set(definitions))
    ]
    faults += [
        Fault(
            what=f"{metres:g} m for '{name}' is not a distance above zero",
            where="standards.thresholds",
        )
        for name, metres in sorted(changed.items())
        if not 0 < metres < math.inf
    ]
    if faults:
        raise StudyError(faults)
    rows = [
        _row(name, definitions[name], changed.get(name), chosen_by) for name in sorted(set(use))
    ]
    beyond = [
        Fault(
            what=f"'{row['standard_id']}', {row['threshold_m']:g} m, is beyond the cut-off of "
            f"{cut_off_min:g} minutes",
            where="standards",
            attempt="search farther (travel.cut_off_min), or take a shorter distance",
        )
        for row in rows
        if row["threshold_min"] > cut_off_min
    ]
    if beyond:
        raise StudyError(beyond)
    return hold(pd.DataFrame(rows, columns=list(STANDARDS.names)), STANDARDS)


def _row(
    name: str, entry: Mapping[str, Any], changed_m: float | None, chosen_by: str
) -> dict[str, Any]:
    metres = float(entry["threshold_m"]) if changed_m is None else changed_m
    status = str(entry["status"])
    if changed_m is not None:
        status += f"; {metres:g} m chosen by {chosen_by}, published {entry['threshold_m']:g} m"
    return {
        "standard_id": name,
        "theme": entry["theme"],
        "categories": ";".join(entry["categories"]),
        "label": entry["label"],
        "threshold_m": metres,
        "threshold_min": metres / float(entry.get("pace_m_min", PACE_M_MIN)),
        "min_size_m2": entry.get("min_size_m2"),
        "source": entry["source"],
        "status": status,
    }
