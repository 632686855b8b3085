"""Why a neighbourhood has its result, in plain sentences: what is near first, then the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.plain import shown
from assetmap.publish.rounding import people_read
from assetmap.publish.sureness import sure_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assetmap.publish.edition import Edition
    from assetmap.publish.words import Words

MOST = 0.5
"""The share of people from which 'most' is said."""


@dataclass(frozen=True)
class Told:
    """What all sentences of an edition draw on.

    ``tenths`` holds the tenth of each area within each reference set; ``unmeasured`` the themes
    that are measured nowhere.
    """

    words: Words
    straight: bool
    sets: Mapping[str, str]
    authority: str
    compared: str
    standards: Mapping[str, str]
    themes: Mapping[str, str]
    tenths: Mapping[tuple[str, str], int]
    unmeasured: frozenset[str]

    @classmethod
    def of(cls, edition: Edition, words: Words) -> Told:
        """The parts of an edition that sentences need."""
        facts = edition.facts
        names = {
            "nation": shown(facts.nation),
            "authority": words.joined([shown(name) for name in facts.named]),
        }
        need = edition.need
        return cls(
            words=words,
            straight=facts.straight,
            sets={
                key: words.say(f"set.{key}", **names)
                for key in ("nation", "region", "authority", "named")
            },
            authority=names["authority"],
            compared=words.joined([shown(name) for name in facts.compared]),
            standards=edition.labels,
            themes={key: shown(label) for key, label in edition.themes.items()},
            tenths={
                (str(row["area_id"]), str(row["reference"])): int(row["decile"])
                for row in need.to_dict("records")
            },
            unmeasured=_nowhere(edition),
        )


def _nowhere(edition: Edition) -> frozenset[str]:
    """Themes measured nowhere: the first paragraph says so, once for all."""
    rows = edition.of_own(edition.findings).to_dict("records")
    missing = [set(missing_themes({"themes_missing": row["themes_missing"]})) for row in rows]
    return frozenset(set.intersection(*missing)) if missing else frozenset()


def missing_themes(finding: Mapping[str, object]) -> tuple[str, ...]:
    """Themes not measured in an area, as findings names them."""
    text = finding.get("themes_missing")
    if not isinstance(text, str):
        return ()
    return tuple(name.strip() for name in text.split(";") if name.strip())


@dataclass(frozen=True, kw_only=True)
class Said:
    """Sentences of an area: what is here, what is not near, why its result, and how sure."""

    here: tuple[str, ...]
    lacks: tuple[str, ...]
    why: tuple[str, ...]
    sure: tuple[str, ...]


def said_of(
    finding: Mapping[str, object], people: float, *, shares: Mapping[str, float], told: Told
) -> Said:
    """An area's sentences, strengths first."""
    words = told.words
    area = str(finding.get("area_id", ""))
    near, far = near_and_far(shares, told)
    said = _need(finding, area, told)
    if finding.get("access_test") in {"relative", "both"}:
        said.append(words.say("places.relative", authority=told.compared))
    said += _benefit(finding, told)
    missing = [name for name in missing_themes(finding) if name not in told.unmeasured]
    keys = ("places.not_measured", "places.not_measured_also")
    said += words.in_turn(keys, [told.themes.get(name, shown(name)) for name in missing])
    said += _limits(finding, told)
    sure = sure_of(str(finding.get("level", "")), finding.get("robustness"), words)
    lives = words.say("places.people", people=people_read(people))
    return Said(here=(lives, *near), lacks=tuple(far), why=tuple(said), sure=sure)


def near_and_far(shares: Mapping[str, float], told: Told) -> tuple[list[str], list[str]]:
    """What most people are near, and what they are not; nothing of what is not measured."""
    near = [label for key, label in told.standards.items() if shares.get(key, -1.0) >= MOST]
    far = [label for key, label in told.standards.items() if 0 <= shares.get(key, -1.0) < MOST]
    ending = "_straight" if told.straight else ""
    said_near, said_far = (
        told.words.in_turn((f"places.{kind}{ending}", f"places.{kind}_also"), things)
        for kind, things in (("near", near), ("missing", far))
    )
    return said_near, said_far


def _need(finding: Mapping[str, object], area: str, told: Told) -> list[str]:
    reference = str(finding.get("need_reference", "nation"))
    said = []
    tenth = told.tenths.get((area, reference))
    if tenth is not None:
        name = told.words.say(f"tenth.{tenth}")
        said.append(told.words.say("places.need", tenth=name, set=told.sets[reference]))
    if finding.get("need_local") and reference != "authority" and not finding.get("need"):
        said.append(told.words.say("places.need_local", authority=told.authority))
    return said


def _benefit(finding: Mapping[str, object], told: Told) -> list[str]:
    said = []
    if finding.get("need") and finding.get("poor_access"):
        said.append(told.words.say(f"places.benefit_{finding['benefit']}"))
    if finding.get("directly_affected"):
        said.append(told.words.say("places.affected"))
    return said


def _limits(finding: Mapping[str, object], told: Told) -> list[str]:
    words = told.words
    caps = finding.get("caps")
    if finding.get("level", "insufficient_data") == "insufficient_data":
        return [words.say("places.unknown")]
    if not isinstance(caps, str) or not caps.strip():
        return []
    return words.in_turn(("places.caps", "places.caps_also"), held_back([caps], words))


def held_back(caps: Iterable[object], words: Words) -> list[str]:
    """What keeps results from being higher, in plain words; each once, in the order of the caps."""
    named = [cap for one in caps if isinstance(one, str) for cap in one.split(";") if cap.strip()]
    keys = [f"cap.{'_'.join(cap.replace('-', ' ').split())}" for cap in named]
    known = [words.say(key) if words.has(key) else words.say("cap.other") for key in keys]
    return list(dict.fromkeys(known))
