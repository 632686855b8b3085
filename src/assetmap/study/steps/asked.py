"""The measures that a study asks for, as the rooms understand them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.access.asked import TOGETHER, Asked, decay_of, faults_of_asked, reach_min
from assetmap.errors import Fault, MethodError, nearest_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pandas as pd

    from assetmap.access.decay import Decay
    from assetmap.study.settings import Curve, Measure
    from assetmap.study.work import Work

LIMITED = ("community", "leisure", "health", "family", "education")
"""Themes whose places can be full: a bus stop or a park is not."""


def asked_of(work: Work, standards: pd.DataFrame) -> tuple[Asked, ...]:
    """The study's measures; those that it has not asked for only where there is what they measure.

    Raises
    ------
    MethodError
        With every measure that cannot be understood, looks beyond the cut-off of the costs, or
        is asked for twice; and every standard that is not in use.
    """
    limited = tuple(standards.loc[standards["theme"].isin(LIMITED), "standard_id"])
    if "measure" not in work.settings.model_fields_set and not limited:
        return ()
    faults: list[Fault] = []
    understood = [_asked(one, limited, faults) for one in work.settings.measure]
    asked = [one for one in understood if one is not None]
    cut_off_min = work.settings.travel.cut_off_min
    faults += [fault for one in asked for fault in faults_of_asked(one, cut_off_min=cut_off_min)]
    faults += _faults_of_standards(asked, set(standards["standard_id"]))
    if faults:
        raise MethodError(faults)
    return tuple(asked)


def within_min(work: Work, standards: pd.DataFrame) -> dict[str, float]:
    """Category to the minutes within which every pair is needed by a measure."""
    categories = standards.set_index("standard_id")["categories"].str.split(";")
    needed: dict[str, float] = {}
    travel = work.settings.travel
    for one in asked_of(work, standards):
        far = reach_min(one, cut_off_min=travel.cut_off_min, nearest_kept=travel.nearest_kept)
        for standard_id in one.standards:
            for category in categories[standard_id]:
                needed[category] = max(needed.get(category, 0.0), far)
    return needed


def told_together(work: Work, standards: pd.DataFrame, some: Collection[str]) -> set[str]:
    """These standards, and those that a measure tells together with any of them."""
    together = [set(one.standards) for one in asked_of(work, standards) if one.name in TOGETHER]
    return set(some).union(*(ids for ids in together if not ids.isdisjoint(some)))


def nearest_counted(work: Work, standards: pd.DataFrame) -> int:
    """The most of an origin's nearest places that a measure counts, of those kept without minutes.

    1 for the nearest itself.
    """
    counted = (one.numbers.get("k", 1.0) for one in asked_of(work, standards))
    return max(1, *(int(k) for k in counted if k <= work.settings.travel.nearest_kept))


def _asked(measure: Measure, limited: tuple[str, ...], faults: list[Fault]) -> Asked | None:
    """The measure as it was asked for; None, and a fault more, where its curve is not sound."""
    try:
        curve = _decay(measure.decay)
    except MethodError as error:
        faults += error.faults
        return None
    return Asked(measure.name, curve, _numbers(measure), measure.standards or limited)


def _faults_of_standards(asked: Collection[Asked], known: Collection[str]) -> Iterator[Fault]:
    pairs = [(one.name, standard_id) for one in asked for standard_id in one.standards]
    for name, standard_id in dict.fromkeys(pairs):
        where = f"measure '{name}'"
        if standard_id not in known:
            hint = nearest_name(standard_id, known) or "add it to standards.use"
            yield Fault(what=f"no standard '{standard_id}' in use", where=where, attempt=hint)
        elif pairs.count((name, standard_id)) > 1:
            yield Fault(what=f"asked for twice for '{standard_id}'", where=where)
    names = [one.name for one in asked]
    for name in sorted(one for one in TOGETHER if names.count(one) > 1):
        attempt = "name all its standards in one"
        yield Fault(what="asked for twice", where=f"measure '{name}'", attempt=attempt)
    for one in asked:
        if not one.standards:
            what = "no standard in use is of places with a limited capacity"
            yield Fault(what=what, where=f"measure '{one.name}'", attempt="name its standards")


def _decay(curve: Curve | None) -> Decay | None:
    if curve is None:
        return None
    numbers = curve.model_dump(exclude={"name"}, exclude_none=True)
    if "zones" in numbers:
        numbers["zones"] = {_minute(edge): weight for edge, weight in numbers["zones"].items()}
    return decay_of(curve.name, numbers)


def _minute(edge: str) -> float:
    try:
        return float(edge)
    except ValueError:
        what = f"zone '{edge}' is not a minute"
        raise MethodError(Fault(what=what, where="decay step", attempt="as in 5 = 1.0")) from None


def _numbers(measure: Measure) -> dict[str, float]:
    given = measure.model_dump(exclude={"name", "standards", "decay"}, exclude_none=True)
    return {name: float(value) for name, value in given.items()}
