"""The answer in a few sentences, with the numbers: what was looked at, what is here, who waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assetmap.frames.results import LEVELS
from assetmap.publish.plain import shown
from assetmap.publish.reasons import MOST, held_back
from assetmap.publish.rounding import hundredths, people_read
from assetmap.publish.style import LEVEL_CODE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assetmap.publish.edition import Edition
    from assetmap.publish.places import Place
    from assetmap.publish.words import Words

MOST_NAMES = 6
NEAREST_NAMES = 3
SHOWN_STRENGTHS = 3
MISSES = "nearest_misses"
UNKNOWN = LEVELS[-1]
UNKNOWN_CODE = LEVEL_CODE[UNKNOWN]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """One result over the whole study."""

    level: str
    code: int
    words: str
    short: str
    places: int
    people: str
    share: int


@dataclass(frozen=True, kw_only=True)
class Nearness:
    """One standard over the whole study; ``share`` is None where it is measured nowhere."""

    standard_id: str
    label: str
    share: float | None
    counted: str
    whole: bool


def tallies(places: Sequence[Place], words: Words) -> tuple[Tally, ...]:
    """How many places and people have each result; every result, zero included."""
    everyone = sum(place.people for place in places)
    rows = []
    for level in LEVELS:
        chosen = [place for place in places if place.level == level]
        people = sum(place.people for place in chosen)
        rows.append(
            Tally(
                level=level,
                code=LEVEL_CODE[level],
                words=words.level(level),
                short=words.short(level),
                places=len(chosen),
                people=people_read(people),
                share=hundredths(people / everyone if everyone else 0),
            )
        )
    return tuple(rows)


def nearness(edition: Edition, places: Sequence[Place]) -> tuple[Nearness, ...]:
    """The share of the measured people near each standard, ``Σ P_i s_i / Σ P_i``."""
    rows = []
    for key, label in edition.labels.items():
        measured = [place for place in places if key in place.shares]
        people = sum(place.people for place in measured)
        near = sum(place.people * place.shares[key] for place in measured)
        rows.append(
            Nearness(
                standard_id=key,
                label=label,
                share=near / people if people else None,
                counted=people_read(people),
                whole=len(measured) == len(places),
            )
        )
    return tuple(rows)


def opening(edition: Edition, places: Sequence[Place], words: Words) -> str:
    """The first paragraph: what was looked at, what was not measured, and what is here."""
    facts = edition.facts
    said = [
        words.say(
            "summary.looked_invented" if facts.invented else "summary.looked",
            neighbourhoods=words.count("unit.neighbourhoods", len(places)),
            place=shown(facts.place),
            people=people_read(sum(place.people for place in places)),
        )
    ]
    said += _unmeasured(edition, places, words)
    if facts.straight:
        said.append(words.say("summary.estimate"))
    near = sorted(
        (row for row in nearness(edition, places) if row.share is not None and row.share >= MOST),
        key=lambda row: (-(row.share or 0), row.label),
    )
    if near:
        things = words.joined([row.label for row in near[:SHOWN_STRENGTHS]])
        key = "summary.strength_straight" if facts.straight else "summary.strength"
        said.append(words.say(key, things=things))
    elif any(place.shares for place in places):
        said.append(words.say("summary.strength_none"))
    return " ".join(said)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Sentences of the answer, and the places that they speak of, to be listed under them."""

    lead: str
    text: str = ""
    code: int | None = None
    places: tuple[Place, ...] = ()
    more: int = 0


def answers(edition: Edition, places: Sequence[Place], words: Words) -> tuple[Answer, ...]:
    """Which places, how many people, and why; a study that flags nobody has an answer too."""
    if edition.findings.empty:
        return (Answer(lead=words.say("summary.no_find")),)
    flagged, possible, unknown = (_at(level, places) for level in (LEVELS[0], LEVELS[1], UNKNOWN))
    said = [_flagged(flagged, words) if flagged else _none_flagged(edition, places, words)]
    if possible:
        key = "summary.possible" if flagged else "summary.possible_first"
        why = " ".join((words.say("summary.possible_why"), *_held(edition, possible, words)))
        said.append(_listed(_counted(key, possible, words), why, possible))
    if unknown:
        said.append(Answer(lead=_counted("summary.unknown", unknown, words), code=UNKNOWN_CODE))
    return tuple(said)


def _held(edition: Edition, possible: Sequence[Place], words: Words) -> list[str]:
    """What keeps possible priorities from being more: what nobody knows there, or only roughly."""
    rows = edition.findings[edition.findings["area_id"].isin([p.area_id for p in possible])]
    things = held_back(rows.sort_values("area_id")["caps"], words)
    return words.in_turn(("summary.possible_held", "summary.possible_held_also"), things)


def _at(level: str, places: Sequence[Place]) -> list[Place]:
    return [place for place in places if place.level == level]


def _flagged(flagged: Sequence[Place], words: Words) -> Answer:
    lead = _counted("summary.flagged", flagged, words)
    return _listed(lead, words.say("summary.flagged_why"), flagged)


def _none_flagged(edition: Edition, places: Sequence[Place], words: Words) -> Answer:
    none = words.say("summary.none_flagged")
    near = [place for place, _ in nearest(edition, places)][:NEAREST_NAMES]
    if not near or _at(LEVELS[1], places):
        return Answer(lead=none)
    said = words.count("summary.none_flagged_nearest", len(near))
    return Answer(lead=none, text=said, places=tuple(near))


def nearest(edition: Edition, places: Sequence[Place]) -> list[tuple[Place, Mapping[Any, Any]]]:
    """Places nearest to the line, each with its row of MISSES, the nearest first."""
    if MISSES not in edition.more:
        return []
    by_area = {place.area_id: place for place in places}
    rows = edition.more[MISSES][1].sort_values("order").to_dict("records")
    return [(by_area[row["area_id"]], row) for row in rows]


def _listed(lead: str, text: str, places: Sequence[Place]) -> Answer:
    """The places with most people first, for a reader who stops after one."""
    ordered = sorted(places, key=lambda p: (-p.people, p.place, p.area_id))
    more = max(len(places) - MOST_NAMES, 0)
    listed = tuple(ordered[:MOST_NAMES])
    return Answer(lead=lead, text=text, code=places[0].code, places=listed, more=more)


def _counted(key: str, places: Sequence[Place], words: Words) -> str:
    people = people_read(sum(place.people for place in places))
    return words.count(key, len(places), people=people)


def _unmeasured(edition: Edition, places: Sequence[Place], words: Words) -> list[str]:
    names: Mapping[str, str] = edition.themes
    everywhere, somewhere = unmeasured_themes(places)
    said = []
    for key, themes in (("not_measured", everywhere), ("partly_measured", somewhere)):
        plainly = [shown(names.get(theme, theme)) for theme in themes]
        said += words.in_turn((f"summary.{key}", f"summary.{key}_also"), plainly)
    return said


def unmeasured_themes(places: Sequence[Place]) -> tuple[list[str], list[str]]:
    """Themes that are measured nowhere, and those that are not measured somewhere."""
    found = sorted({theme for place in places for theme in place.missing})
    everywhere = [theme for theme in found if all(theme in place.missing for place in places)]
    return everywhere, [theme for theme in found if theme not in everywhere]
