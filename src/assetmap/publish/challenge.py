"""What would change each answer, and who is nearest to the line, in public words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.changes import CHANGES
from assetmap.publish.plain import shown
from assetmap.publish.rounding import hundredths, whole
from assetmap.publish.summary import nearest
from assetmap.publish.sureness import FLAGGED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.changes import Row
    from assetmap.publish.edition import Edition
    from assetmap.publish.places import Place
    from assetmap.publish.profiles import Desk
    from assetmap.publish.scene import Scene
    from assetmap.publish.subjects import Subject
    from assetmap.publish.words import Words

    Context = Mapping[str, object] | None

MOST = 6
TENTHS = frozenset({"rules.need_deciles", "rules.region_deciles"})
SHARES = frozenset({"rules.share_failing", "rules.relative_share"})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A result, and the changes of which each would give it."""

    result: str
    changes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Miss:
    """A neighbourhood that is nearly flagged: why it is not, and what would flag it."""

    place: Place
    why: str
    would: str


def changes_here(desk: Desk, subject: Subject) -> Context:
    """What would change the result of one neighbourhood, the smallest changes, by result.

    None for several together, and where nobody was judged.
    """
    scene = desk.scene
    if not subject.place or CHANGES not in scene.edition.more:
        return None
    rows = desk.changes.get(subject.place.area_id, ())
    found: dict[str, list[str]] = {}
    for row in rows[:MOST]:
        found.setdefault(str(row["becomes"]), []).append(change(row, scene.edition, scene.words))
    asked = [
        Asked(result=scene.words.short(level), changes=tuple(changes))
        for level, changes in found.items()
    ]
    return {"asked": asked, "more": len(rows) > MOST}


def misses(scene: Scene) -> Context:
    """The neighbourhoods nearest to being flagged; nothing where nobody was judged."""
    named = nearest(scene.edition, scene.places)
    if not named:
        return None
    return {"misses": [_miss(place, row, scene) for place, row in named]}


def change(row: Row, edition: Edition, words: Words) -> str:
    """One row of CHALLENGE as the end of a sentence: *need meant … and not …*."""
    setting, own, value = str(row["setting"]), float(row["own"]), float(row["value"])
    section, _, name = setting.partition(".")
    if section == "thresholds":
        thing = edition.labels[name]
        return words.say("changes.thresholds", thing=thing, value=whole(value), own=whole(own))
    times = f"{value / own:g}"
    if section == "weights":
        thing = shown(edition.themes.get(name, name))
        return words.say("changes.weights", thing=thing, times=times)
    facts = edition.facts
    straight = "_straight" if facts.straight and words.has(f"changes.{name}_straight") else ""
    return words.say(
        f"changes.{name}{straight}",
        value=_read(setting, value),
        own=_read(setting, own),
        times=times,
        nation=shown(facts.nation),
        authority=words.joined([shown(name) for name in facts.compared]),
    )


def _read(setting: str, value: float) -> str:
    """Tenths and shares as so many in 100, other numbers as they are."""
    if setting in TENTHS:
        return f"{10 * value:g}"
    return str(hundredths(value)) if setting in SHARES else f"{value:g}"


def _miss(place: Place, row: Row, scene: Scene) -> Miss:
    words = scene.words
    lacks = [words.say(f"misses.{'_'.join(leg.split())}") for leg in _legs(row["lacks"])]
    why = words.say("misses.why", things=words.joined(lacks)) if lacks else ""
    return Miss(place=place, why=why, would=_would(place, scene))


def _would(place: Place, scene: Scene) -> str:
    """The smallest single change that would flag a place, or that none was found."""
    table = scene.edition.more[CHANGES][1]
    joins = table[(table["area_id"] == place.area_id) & table["becomes"].isin(FLAGGED)]
    for row in joins.sort_values("order").head(1).to_dict("records"):
        result = scene.words.short(str(row["becomes"]))
        told = change(row, scene.edition, scene.words)
        return scene.words.say("misses.would", result=result, change=told)
    return scene.words.say("misses.would_none")


def _legs(lacks: object) -> list[str]:
    return [leg.strip() for leg in str(lacks).split(";") if leg.strip()]
