"""By what the map of a country can be coloured: how many people of each authority have a result."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from assetmap.frames.results import LEVELS
from assetmap.publish.plain import shown
from assetmap.publish.rounding import hundredths
from assetmap.publish.style import LEVEL_CODE
from assetmap.publish.views import Key, View, near_view

if TYPE_CHECKING:
    from assetmap.publish.authorities import Authority
    from assetmap.publish.scene import Scene
    from assetmap.publish.words import Words

ENDS = (0, 5, 10, 20, 100)
"""The last of each class, people in 100: a result that few have would vanish in equal steps."""
NOTHING_FOUND = LEVELS.index("not_flagged") + 1
FIRST_TENTH = 1


def results_there(scene: Scene) -> tuple[int, ...]:
    """Numbers of the results that occur, but for the one where nothing was found."""
    found = {place.code for place in scene.places}
    return tuple(code for code in sorted(found) if code != NOTHING_FOUND)


def country_views(scene: Scene) -> tuple[View, ...]:
    """Every view that has something to show; the results lead, where anybody was judged."""
    words, edition = scene.words, scene.edition
    made = []
    if scene.judged:
        short = {LEVEL_CODE[level]: words.short(level) for level in LEVELS}
        made += [
            _view(
                words.say("country.by_result", result=short[code]),
                [one.with_result.get(code, 0.0) for one in scene.authorities],
                words,
            )
            for code in results_there(scene)
        ]
    made += [
        near_view(
            label,
            [one.near.get(key) for one in scene.authorities],
            straight=edition.facts.straight,
            words=words,
        )
        for key, label in edition.labels.items()
    ]
    if any(place.decile is not None for place in scene.places):
        label = words.say("country.by_deprived", nation=shown(edition.facts.nation))
        made.append(_view(label, [_deprived(one) for one in scene.authorities], words))
    return tuple(view for view in made if any(view.steps))


def _view(label: str, shares: list[float], words: Words) -> View:
    """By a share of people that may be small, in five steps of unequal width."""
    lows = [0, *(end + 1 for end in ENDS[:-1])]
    keys = [
        Key(
            css=f"v-q{step}",
            words=words.say("country.nobody")
            if high == 0
            else words.say("map.class_share", low=low, high=high),
        )
        for step, (low, high) in enumerate(zip(lows, ENDS, strict=True), start=1)
    ]
    return View(
        label=label,
        kind="q",
        keys=tuple(reversed(keys)),
        method=words.say("country.method"),
        steps=tuple(bisect_left(ENDS, hundredths(share)) + 1 for share in shares),
    )


def _deprived(one: Authority) -> float:
    """The share of people in neighbourhoods of the most deprived tenth of the nation."""
    there = sum(place.people for place in one.members if place.decile == FIRST_TENTH)
    return there / one.people if one.people else 0.0
