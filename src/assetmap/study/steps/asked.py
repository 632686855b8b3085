"""The measures that a study asks for, as the rooms understand them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.access.asked import Asked, decay_of, faults_of_asked, reach_min
from assetmap.errors import MethodError

if TYPE_CHECKING:
    import pandas as pd

    from assetmap.access.decay import Decay
    from assetmap.study.settings import Curve, Measure
    from assetmap.study.work import Work

LIMITED = ("community", "leisure", "health", "family", "education")
"""Themes whose places can be full: a bus stop or a park is not."""


def asked_of(work: Work, standards: pd.DataFrame) -> tuple[Asked, ...]:
    """The study's measures.

    Raises
    ------
    MethodError
        With every measure that cannot be understood.
    """
    limited = tuple(standards.loc[standards["theme"].isin(LIMITED), "standard_id"])
    asked = tuple(
        Asked(
            name=one.name,
            decay=_decay(one.decay),
            numbers=_numbers(one),
            standards=one.standards or limited,
        )
        for one in work.settings.measure
    )
    faults = [fault for one in asked for fault in faults_of_asked(one)]
    if faults:
        raise MethodError(faults)
    return asked


def within_min(work: Work, standards: pd.DataFrame) -> dict[str, float]:
    """Category to the minutes within which every pair is needed by a measure."""
    categories = standards.set_index("standard_id")["categories"].str.split(";")
    needed: dict[str, float] = {}
    for one in asked_of(work, standards):
        far = reach_min(one, cut_off_min=work.settings.travel.cut_off_min)
        for standard_id in one.standards:
            for category in categories.get(standard_id, ()):
                needed[category] = max(needed.get(category, 0.0), far)
    return needed


def _decay(curve: Curve | None) -> Decay | None:
    if curve is None:
        return None
    numbers = curve.model_dump(exclude={"name"}, exclude_none=True)
    if "zones" in numbers:
        numbers["zones"] = {float(edge): weight for edge, weight in numbers["zones"].items()}
    return decay_of(curve.name, numbers)


def _numbers(measure: Measure) -> dict[str, float]:
    given = measure.model_dump(exclude={"name", "standards", "decay"}, exclude_none=True)
    return {name: float(value) for name, value in given.items()}
