"""By what the map can be coloured: the result, what is near, official figures, the score."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.frames.results import LEVELS
from assetmap.publish.green_space import green_rows, green_shares
from assetmap.publish.plain import shown
from assetmap.publish.rounding import hundredths
from assetmap.publish.style import LEVEL_CODE, STEPS
from assetmap.publish.timetable import peak_bands

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assetmap.publish.edition import Edition
    from assetmap.publish.places import Place
    from assetmap.publish.words import Words

NOT_MEASURED = 0
MARGINS = (-20.0, -5.0, 5.0, 10.0)
"""Points from the line at which the steps of the margin end: differences of about five points say
nothing."""
BAND_STEP = {"0": 1, "1a": 1, "1b": 2, "2": 3, "3": 4, "4": 5, "5": 5, "6a": 5, "6b": 5}
RESULT = "r"
"""The kind of the view that shows results; ``q`` for steps of a number."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """One line of a key: the class that draws it, and its words."""

    css: str
    words: str


@dataclass(frozen=True, kw_only=True)
class View:
    """One way to colour the map; ``steps`` holds each place's class, 0 = not measured."""

    label: str
    kind: str
    keys: tuple[Key, ...]
    method: str
    steps: tuple[int, ...]


def views_of(edition: Edition, places: Sequence[Place], words: Words) -> tuple[View, ...]:
    """Every view that has something to show; the result leads, where anybody was judged."""
    made = [_near(key, label, edition, places, words) for key, label in edition.labels.items()]
    made += _green(edition, places, words)
    made.append(_service(edition, places, words))
    made.append(_deprivation(edition, places, words))
    made.append(_score(places, words))
    made.append(_sure(places, words))
    made.append(_margin(places, words))
    shown_views = [view for view in made if any(view.steps)]
    if edition.findings.empty and shown_views:
        return tuple(shown_views)
    return (_result(places, words), *shown_views)


def _result(places: Sequence[Place], words: Words) -> View:
    return View(
        label=words.say("map.by_result"),
        kind=RESULT,
        keys=tuple(
            Key(css=f"v-r{LEVEL_CODE[level]}", words=words.short(level)) for level in LEVELS
        ),
        method=words.say("map.method_result"),
        steps=tuple(place.code for place in places),
    )


def _near(
    standard: str, label: str, edition: Edition, places: Sequence[Place], words: Words
) -> View:
    shares = [place.shares.get(standard) for place in places]
    return near_view(label, shares, straight=edition.facts.straight, words=words)


def near_view(label: str, shares: Sequence[float | None], *, straight: bool, words: Words) -> View:
    """By the share of people near a service, in steps of 20 in 100; None is not measured."""
    ending = "_straight" if straight else ""
    return View(
        label=words.say(f"map.by_standard{ending}", thing=label),
        kind="q",
        keys=_ramp(words, "map.class_share", _ends_of_share),
        method=words.say(f"map.method_share{ending}"),
        steps=tuple(map(_step_of_share, shares)),
    )


def _green(edition: Edition, places: Sequence[Place], words: Words) -> list[View]:
    """A view for each tier of green space that is asked for: who has it, and where it lacks."""
    method = "map.method_share_straight" if edition.facts.straight else "map.method_share"
    shares = green_shares(edition)
    return [
        View(
            label=words.say("green.by", tier=row.label),
            kind="q",
            keys=_ramp(words, "map.class_share", _ends_of_share),
            method=words.say(method),
            steps=tuple(
                _step_of_share(shares.get(row.key, {}).get(place.area_id)) for place in places
            ),
        )
        for row in green_rows(edition, words)
    ]


def _service(edition: Edition, places: Sequence[Place], words: Words) -> View:
    """The band of the index in the peak hour; shown where the study has a timetable."""
    bands = peak_bands(edition)
    keys = [Key(css=f"v-q{step}", words=words.say(f"bus.band_{step}")) for step in range(1, 6)]
    return View(
        label=words.say("bus.map"),
        kind="q",
        keys=(*reversed(keys), _unmeasured(words)),
        method=words.say("bus.method"),
        steps=tuple(BAND_STEP.get(bands.get(place.area_id, ""), NOT_MEASURED) for place in places),
    )


def _deprivation(edition: Edition, places: Sequence[Place], words: Words) -> View:
    """Deeper is more deprived: tenths 1 and 2 have the last step."""
    nation = shown(edition.facts.nation)
    low = (words.say("map.class_deprivation", low=11 - 2 * s, high=12 - 2 * s) for s in range(1, 6))
    keys = [Key(css=f"v-q{step}", words=text) for step, text in enumerate(low, start=1)]
    return View(
        label=words.say("map.by_deprivation"),
        kind="q",
        keys=(*reversed(keys), _unmeasured(words)),
        method=words.say("map.method_deprivation", nation=nation),
        steps=tuple(
            NOT_MEASURED if place.decile is None else STEPS - (place.decile - 1) // 2
            for place in places
        ),
    )


def _score(places: Sequence[Place], words: Words) -> View:
    return View(
        label=words.say("map.by_score"),
        kind="q",
        keys=_ramp(words, "map.class_score", lambda step: (f"{(step - 1) / 5:g}", f"{step / 5:g}")),
        method=words.say("map.method_score"),
        steps=tuple(_step(place.score) for place in places),
    )


def _sure(places: Sequence[Place], words: Words) -> View:
    return View(
        label=words.say("sure.by_view"),
        kind="q",
        keys=_ramp(words, "sure.class", _ends_of_share),
        method=words.say("sure.method"),
        steps=tuple(_step_of_share(place.robustness) for place in places),
    )


def _margin(places: Sequence[Place], words: Words) -> View:
    """Deeper is further inside the line of official figures; the middle step is on it."""
    keys = [
        Key(css=f"v-q{step}", words=words.say(f"sure.margin_{step}"))
        for step in range(STEPS, 0, -1)
    ]
    return View(
        label=words.say("sure.by_margin"),
        kind="q",
        keys=(*keys, _unmeasured(words)),
        method=words.say("sure.method_margin"),
        steps=tuple(_step_of_margin(place.need_margin) for place in places),
    )


def _ramp(words: Words, key: str, ends: Callable[[int], tuple[object, object]]) -> tuple[Key, ...]:
    rows = []
    for step in range(1, STEPS + 1):
        low, high = ends(step)
        rows.append(Key(css=f"v-q{step}", words=words.say(key, low=low, high=high)))
    return (*reversed(rows), _unmeasured(words))


def _unmeasured(words: Words) -> Key:
    return Key(css="v-q0", words=words.say("map.not_measured"))


def _ends_of_share(step: int) -> tuple[int, int]:
    """In 100 people, both ends included; all 100 belong to the last step."""
    last = 0 if step == STEPS else 1
    return 20 * (step - 1), 20 * step - last


def _step_of_share(share: float | None) -> int:
    """The class of a share as it is read: rounded first, so that key and table agree."""
    return NOT_MEASURED if share is None else min(hundredths(share) // 20, STEPS - 1) + 1


def _step_of_margin(points: float | None) -> int:
    """Well outside, outside, within five points of the line, inside, well inside."""
    return NOT_MEASURED if points is None else bisect_right(MARGINS, points) + 1


def _step(share: float | None) -> int:
    """The class of a score of 1: a score on a line belongs to the step above it."""
    if share is None:
        return NOT_MEASURED
    return min(int(share * STEPS + 1e-9), STEPS - 1) + 1
