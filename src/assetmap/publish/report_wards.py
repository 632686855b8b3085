"""A page a ward for its members, and plans for localities to fill in with who lives there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.errors import Fault, MethodError
from assetmap.publish.plain import shown
from assetmap.publish.report_blocks import Block, Bullets, Heading, PageBreak, Report, Table, Words
from assetmap.publish.report_content import framed, reference
from assetmap.publish.rounding import hundredths, people_read
from assetmap.publish.summary import nearness, tallies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assetmap.publish.places import Place
    from assetmap.publish.scene import Scene

WARD, LOCALITY = "ward", "locality"
HALF = 0.5
MOST_LISTED = 12
"""Neighbourhoods of a unit that are told one by one; a page holds no more."""
MOST_NAMES = 8
EMPTY_ROWS = 6


@dataclass(frozen=True)
class Unit:
    """A ward or a locality, with its neighbourhoods."""

    code: str
    name: str
    places: tuple[Place, ...]


def briefing_of(scene: Scene) -> Report:
    """A page for the members of each ward: who lives there, what is near, what to ask.

    Raises
    ------
    MethodError
        Where the study names no wards.
    """
    blocks: list[Block] = []
    for unit in units_of(scene, WARD):
        blocks += [PageBreak(), Heading(scene.words.say("report.ward", unit=unit.name))]
        blocks += _profile(unit, scene)
        blocks.append(Words(scene.words.say("report.ward_ask")))
    title = scene.words.say("report.briefings", title=shown(scene.edition.facts.title))
    return framed(scene, title, tuple(blocks))


def plans_of(scene: Scene) -> Report:
    """A local renewal plan for each locality, or ward where there are none: to be filled in."""
    say = scene.words.say
    blocks: list[Block] = []
    for unit in units_of(scene, LOCALITY, WARD):
        blocks += [PageBreak(), Heading(say("report.plan", unit=unit.name))]
        blocks += [Heading(say("report.profile"), 2), *_profile(unit, scene)]
        blocks += [Heading(say("report.needs"), 2), *_needs(unit, scene)]
        blocks += [Heading(say("report.assets"), 2), _assets(unit, scene)]
        blocks += [Heading(say("report.actions"), 2), *_actions(unit, scene)]
    title = say("report.plans", title=shown(scene.edition.facts.title))
    return framed(scene, title, tuple(blocks))


def units_of(scene: Scene, *levels: str) -> tuple[Unit, ...]:
    """The units of the first of these levels that the study has, in the order of their names.

    Raises
    ------
    MethodError
        Where it has none of them.
    """
    table = scene.edition.membership
    for level in levels:
        rows = table[table["level"] == level].to_dict("records") if table is not None else []
        by_unit: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            key = (shown(row["unit_name"]), str(row["unit_id"]))
            by_unit.setdefault(key, set()).add(str(row["area_id"]))
        units = tuple(
            Unit(code, name, its)
            for (name, code), areas in sorted(by_unit.items())
            if (its := tuple(place for place in scene.places if place.area_id in areas))
        )
        if units:
            return units
    what = f"the study names no {' and no '.join(levels)}s"
    attempt = 'a [[source]] of kind "geography" with level = "ward", named in areas.geography'
    raise MethodError(Fault(what=what, attempt=attempt))


def _profile(unit: Unit, scene: Scene) -> Iterator[Block]:
    """Strengths first: what most people have, then what fewer than half have."""
    say, words = scene.words.say, scene.words
    people = sum(place.people for place in unit.places)
    counted = words.count("unit.neighbourhoods", len(unit.places))
    yield Words(
        say("report.ward_people", unit=unit.name, neighbourhoods=counted,
            people=people_read(people))
    )  # fmt: skip
    rows = [row for row in nearness(scene.edition, unit.places) if row.share is not None]
    near = [row.label for row in rows if (row.share or 0) >= HALF]
    far = [row.label for row in rows if (row.share or 0) < HALF]
    if near:
        yield Words(say("report.ward_near", things=words.joined(near)))
    if far:
        yield Words(say("report.ward_missing", things=words.joined(far)))
    yield _near_table(unit, scene)
    if scene.judged:
        said = [
            f"{tally.words.removesuffix('.')}: "
            f"{words.count('unit.neighbourhoods', tally.places)}, "
            f"{say('unit.about_people', n=tally.people)}."
            for tally in tallies(unit.places, words)
            if tally.places
        ]
        yield Bullets(tuple(said))
    yield _places_table(unit, scene)


def _near_table(unit: Unit, scene: Scene) -> Table:
    say, facts = scene.words.say, scene.edition.facts
    told = tuple(
        (row.label, str(hundredths(row.share)),
         reference(unit.code, f"access.{row.standard_id}.{facts.share_measure}.{facts.profile}"))
        for row in nearness(scene.edition, unit.places) if row.share is not None
    )  # fmt: skip
    head = (say("report.service"), say("report.of_hundred"), say("report.reference"))
    return Table(say("report.near"), head, told, (36, 16, 48))


def _places_table(unit: Unit, scene: Scene) -> Table:
    say = scene.words.say
    head = (say("report.neighbourhood"), say("report.people"), say("report.result"),
            say("report.reference"))  # fmt: skip
    told = tuple(
        (place.place, place.about, place.short if scene.judged else say("unit.none"),
         reference(place.area_id, "finding"))
        for place in unit.places[:MOST_LISTED]
    )  # fmt: skip
    more = len(unit.places) - len(told)
    note = say("report.more_places", n=more) if more else ""
    return Table(say("report.every"), head, told, (40, 12, 26, 22), note)


def _needs(unit: Unit, scene: Scene) -> Iterator[Block]:
    flagged = [place for place in unit.places if place.need]
    if not flagged:
        yield Words(scene.words.say("report.no_needs"))
        return
    for place in flagged:
        yield Words(f"{place.place}: {' '.join(place.paragraphs)}")


def _assets(unit: Unit, scene: Scene) -> Table:
    """What stands in the unit, by kind; only what everybody may see."""
    say, edition = scene.words.say, scene.edition
    inside = {place.area_id for place in unit.places}
    assets = edition.public_assets
    rows = assets[assets["area_id"].isin(inside)].drop(columns="geometry").to_dict("records")
    by_kind: dict[str, list[str]] = {}
    for row in rows:
        category = str(row["category"])
        _, many = edition.categories.get(category, ("", category.replace("_", " ")))
        by_kind.setdefault(shown(many), []).append(shown(row["name"]))
    told = tuple(
        (kind, f"{len(names):,}", scene.words.say("unit.comma").join(sorted(names)[:MOST_NAMES]))
        for kind, names in sorted(by_kind.items())
    )
    head = (say("report.kind"), say("report.value"), say("report.names"))
    return Table(say("report.assets"), head, told, (24, 10, 66))


def _actions(unit: Unit, scene: Scene) -> Iterator[Block]:
    say = scene.words.say
    yield Words(say("report.actions_intro"))
    head = tuple(say(f"report.{name}") for name in ("action", "lead", "by_when", "how_known"))
    rows = tuple(("", "", "", "") for _ in range(EMPTY_ROWS))
    yield Table(f"{say('report.actions')}: {unit.name}", head, rows, (40, 18, 16, 26))
