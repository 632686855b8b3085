"""The measures that a study asks for beyond the nearest and the standards, area by area."""

from __future__ import annotations

import inspect
import math
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from assetmap.access import decay as curves
from assetmap.access.area_rows import Told, area_rows
from assetmap.access.asked_values import OF_THEMES, offer_of, themes_told, value_of
from assetmap.access.homes import homes_of
from assetmap.access.methods import words_of
from assetmap.access.pairs import parts_of
from assetmap.access.standard import wanted_by_standard
from assetmap.errors import Fault, MethodError, nearest_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from assetmap.access.decay import Decay
    from assetmap.access.homes import Homes
    from assetmap.access.measured import Measured, Place

CURVES: dict[str, Callable[..., Decay]] = {
    "binary": curves.binary,
    "linear": curves.linear,
    "exponential": curves.exponential,
    "half_life": curves.half_life,
    "power": curves.power,
    "gaussian": curves.gaussian,
    "step": curves.step,
    "log_logistic": curves.log_logistic,
    "logistic": curves.logistic,
    "dai": curves.dai,
    "epanechnikov": curves.epanechnikov,
}
TAKES: dict[str, frozenset[str]] = {
    "two_step": frozenset({"decay"}),
    "three_step": frozenset({"decay"}),
    "modified": frozenset({"decay"}),
    "huff": frozenset({"decay", "beta"}),
    "balanced": frozenset({"decay"}),
    "availability": frozenset({"decay", "alpha"}),
    "gravity": frozenset({"decay"}),
    "diminishing": frozenset({"decay", "delta"}),
    "raam": frozenset({"tau_min"}),
    "nearest_mean": frozenset({"k"}),
    "cumulative": frozenset({"cut_off_min"}),
    "cumulative_interval": frozenset({"from_min", "to_min"}),
    "provision": frozenset({"decay"}),
    "themes_within": frozenset({"cut_off_min"}),
    "theme_diversity": frozenset({"cut_off_min"}),
}
"""What each measure is told; a number that is not in it is a fault, not an option."""

TOGETHER = frozenset(OF_THEMES)
"""Measures of all their standards at once, told of ``ALL``; asked for once in a study."""
ALL = "all themes"


class Asked(NamedTuple):
    """One measure: its name, its curve (None where it has none), its numbers, its standards.

    The measure is taken for the assets that satisfy each standard, wherever that is measured.
    """

    name: str
    decay: Decay | None
    numbers: Mapping[str, float]
    standards: tuple[str, ...]


def decay_of(name: str, numbers: Mapping[str, object]) -> Decay:
    """The curve of this name with these numbers.

    Raises
    ------
    MethodError
        For an unknown curve or number, with the nearest that is known, and for numbers that the
        curve refuses.
    """
    if name not in CURVES:
        hint = nearest_name(name, CURVES) or f"one of {', '.join(CURVES)}"
        raise MethodError(Fault(what=f"no decay '{name}'", where="measure", attempt=hint))
    wanted = set(inspect.signature(CURVES[name]).parameters)
    if set(numbers) != wanted:
        what = f"decay '{name}' has the numbers {', '.join(sorted(numbers)) or 'none'}"
        raise MethodError(Fault(what=what, attempt=f"give {', '.join(sorted(wanted))}"))
    return CURVES[name](**numbers)


def faults_of_asked(asked: Asked, *, cut_off_min: float) -> list[Fault]:
    """What is wrong with a measure as it was asked for: its name, its curve, its numbers.

    A measure that looks further than ``cut_off_min``, where the costs end, would count less than
    it says.
    """
    if asked.name not in TAKES:
        hint = nearest_name(asked.name, TAKES) or f"one of {', '.join(TAKES)}"
        return [Fault(what=f"no measure '{asked.name}'", where="measure", attempt=hint)]
    given = set(asked.numbers) | ({"decay"} if asked.decay is not None else set())
    needed = TAKES[asked.name] - {"beta", "alpha", "delta", "tau_min"}
    where = f"measure '{asked.name}'"
    return (
        [
            Fault(what=f"it needs {one}", where=where, attempt=f"add {one}")
            for one in sorted(needed - given)
        ]
        + [
            Fault(what=f"it has no use for {one}", where=where, attempt=f"remove {one}")
            for one in sorted(given - TAKES[asked.name])
        ]
        + [
            Fault(what=what, where=where, attempt=attempt)
            for what, attempt in _wrong(asked, cut_off_min)
        ]
    )


def _wrong(asked: Asked, cut_off_min: float) -> Iterator[tuple[str, str]]:
    """What its numbers cannot be, and what to try."""
    for key in ("cut_off_min", "from_min", "to_min"):
        if not 0 <= asked.numbers.get(key, 0.0) < math.inf:
            yield f"{key} is {asked.numbers[key]:g}", "a number of 0 or more"
    k = asked.numbers.get("k", 1.0)
    if not 1 <= k < math.inf or k != int(k):
        yield f"k is {k:g}", "a whole number of 1 or more"
    far = _looks_min(asked)
    if cut_off_min < far < math.inf:
        yield (
            f"it looks {far:g} minutes far, and costs end at {cut_off_min:g}",
            f"set travel.cut_off_min to {far:g} or more",
        )


def reach_min(asked: Asked, *, cut_off_min: float, nearest_kept: int) -> float:
    """How far the measure looks; every pair within it must be among the costs.

    0 for the mean of the k nearest where at least k are kept anyway.
    """
    if asked.numbers.get("k", math.inf) <= nearest_kept:
        return 0.0
    far = _looks_min(asked)
    return min(far, cut_off_min) if far > 0 else cut_off_min


def _looks_min(asked: Asked) -> float:
    """The last minute that the measure counts; 0 where it says none."""
    curve = asked.decay.reach_min if asked.decay is not None else 0.0
    return max(curve, *(asked.numbers.get(key, 0.0) for key in ("cut_off_min", "to_min")))


def words_of_asked(asked: Asked) -> str:
    """The measure's settings in words: for what, by which curve, with which numbers."""
    numbers = [f"{name} {value:g}" for name, value in sorted(asked.numbers.items())]
    curve = [words_of(asked.decay)] if asked.decay is not None else []
    return "; ".join([f"for {', '.join(sorted(asked.standards))}", *curve, *numbers])


def words_by_measure(asked: Sequence[Asked]) -> dict[str, str]:
    """The settings in words of each measure by its name; of one asked for twice, both."""
    words: dict[str, list[str]] = {}
    for one in asked:
        words.setdefault(one.name, []).append(words_of_asked(one))
    return {name: ". ".join(said) for name, said in words.items()}


def asked_by_area(
    found: Measured,
    costs: pd.DataFrame,
    place: Place,
    asked: Sequence[Asked],
    *,
    profile: str,
) -> pd.DataFrame:
    """AREA_ACCESS of the measures asked for: the mean over the people of each area.

    Empty where the standard is not measured, and where the measure has no value; ``people`` are
    those with one. Everybody who lives around the study competes for capacity; the study's areas
    are told beside them.
    """
    homes = homes_of(place.origins)
    needed = {name for one in asked for name in one.standards}
    known = place.standards[place.standards["standard_id"].isin(needed)]
    wanted = wanted_by_standard(place.assets, known)
    parts = parts_of(costs, wanted)
    demand = pd.Series(homes.people, index=homes.from_ids, name="people")
    told = []
    for one in asked:
        if one.name in TOGETHER:
            told += _together(one, found, costs, place, wanted)
            continue
        for name in sorted(wanted.keys() & set(one.standards)):
            offer = offer_of(one.name, place, wanted[name], demand)
            values, unit = value_of(
                one.name, parts[name], offer, decay=one.decay, numbers=one.numbers
            )
            here = homes.flags(found.measured[name])
            told.append(_by_area(homes, homes.rows(values), here, said=(name, one.name, unit)))
    return area_rows(homes, told, profile=profile)


def _together(
    asked: Asked,
    found: Measured,
    costs: pd.DataFrame,
    place: Place,
    wanted: Mapping[str, Sequence[str]],
) -> list[Told]:
    """A measure of all its standards at once, where every one of them is measured.

    What is not measured may be there: a count without it would be too low. Nothing where some
    of its standards are not among those of the place.
    """
    if not set(asked.standards) <= wanted.keys():
        return []
    homes = homes_of(place.origins)
    ids = {to_id for name in asked.standards for to_id in wanted[name]}
    assets = place.assets[place.assets["to_id"].isin(ids)]
    values, unit = themes_told(asked.name, costs, assets, numbers=asked.numbers)
    here = homes.flags(found.measured[list(asked.standards)].all(axis="columns"))
    return [_by_area(homes, homes.rows(values), here, said=(ALL, asked.name, unit))]


def _by_area(
    homes: Homes,
    values: NDArray[np.float64],
    here: NDArray[np.bool_],
    *,
    said: tuple[str, str, str],
) -> Told:
    return Told(*said, *homes.means_and_people(values, here))
