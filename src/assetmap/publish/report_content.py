"""The report for a committee: summary, maps, tables, method, how sure, sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assetmap.publish import rows
from assetmap.publish.cautions import cautions as caution_rows
from assetmap.publish.licences import attributions
from assetmap.publish.plain import plain, shown
from assetmap.publish.report_blocks import Block, Bullets, Heading, Report, Table, Words
from assetmap.publish.report_figures import chart_of_nearness, map_of_results, map_of_scores
from assetmap.publish.report_sure import how_fair, how_sure
from assetmap.publish.rounding import hundredths, people_read
from assetmap.publish.summary import answers, nearness, opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from assetmap.publish.places import Place
    from assetmap.publish.scene import Scene
    from assetmap.publish.words import Words as Language

LISTED_CODES = (1, 2)
"""Results whose neighbourhoods are told one by one."""
ALL = "all"
"""Before the name of a figure: it sums up that of every area."""


def report_of(scene: Scene) -> Report:
    """The report of an edition, in the public words of a language.

    Every figure in a table has a reference that ``assetmap explain`` takes: an area's code and
    the figure's name, or ``all`` and its name for what sums up every area.
    """
    say = scene.words.say
    blocks = [
        Heading(say("report.summary")), *_summary(scene),
        Heading(say("report.maps")), *_maps(scene),
        Heading(say("report.places")), *_places(scene),
        Heading(say("report.fair")), *how_fair(scene),
        Heading(say("report.sure")), *how_sure(scene),
        Heading(say("report.method")), *_method(scene),
        Heading(say("report.sources")), *_sources(scene),
    ]  # fmt: skip
    return framed(scene, shown(scene.edition.facts.title), tuple(blocks))


def framed(scene: Scene, title: str, blocks: tuple[Block, ...]) -> Report:
    """A report under its title, with what every one of them must say first."""
    facts, say = scene.edition.facts, scene.words.say
    contact = facts.contact
    lines = [say("page.correct", place=shown(facts.place), date=scene.words.date(facts.as_of))]
    if facts.review_by:
        lines.append(say("footer.review", date=scene.words.date(facts.review_by)))
    if contact:
        lines.append(f"{shown(contact.team)} · {shown(contact.email)} · {shown(contact.telephone)}")
    lines.append(say("report.run", version=shown(facts.version), run=shown(facts.run)))
    first: list[Block] = []
    if facts.invented:
        first.append(Words(say("banner.invented"), strong=True))
    if facts.straight:
        first.append(Words(say("banner.estimate", detour=f"{facts.detour:g}"), strong=True))
    if contact and contact.sample:
        first.append(Words(say("banner.sample_contact"), strong=True))
    first += [Words(say("always.near")), Words(say("always.describes"))]
    return Report(
        title=title,
        lines=tuple(lines),
        language=scene.words.language,
        team=shown(contact.team) if contact else "",
        day=facts.as_of,
        blocks=tuple(_in_numbers(block, scene.words) for block in (*first, *blocks)),
        direction=scene.words.tongue.direction,
    )


def _in_numbers(block: Block, words: Language) -> Block:
    """A table with its numbers as the language writes them; references stay as they are typed."""
    if not isinstance(block, Table):
        return block
    return replace(block, rows=tuple(tuple(map(words.number, row)) for row in block.rows))


def reference(area: str, name: str) -> str:
    """What ``assetmap explain`` takes for one figure."""
    return f"{area}:{name}"


def _summary(scene: Scene) -> Iterator[Block]:
    say, edition = scene.words.say, scene.edition
    yield Words(opening(edition, scene.places, scene.words))
    for told in answers(edition, scene.places, scene.words):
        yield Words(" ".join(part for part in (told.lead, told.text) if part))
        if told.places:
            yield Bullets(tuple(
                f"{place.place} ({say('summary.listed', people=place.about)})"
                for place in told.places
            ))  # fmt: skip
    if scene.judged:
        yield Table(
            say("results.caption"),
            (say("report.result"), say("report.neighbourhoods"), say("report.people"),
             say("report.reference")),
            tuple((tally.words, f"{tally.places:,}", tally.people, reference(ALL, "finding.level"))
                  for tally, _ in scene.groups),
            (44, 18, 14, 24),
        )  # fmt: skip


def _maps(scene: Scene) -> Iterator[Block]:
    if scene.judged:
        yield map_of_results(scene, numbers=_numbers(scene))
    drawn = map_of_scores(scene)
    if drawn:
        yield drawn
    yield Words(" ".join(attributions(tuple(scene.edition.sources))))


def _listed(scene: Scene) -> list[Place]:
    return [place for tally, its in scene.groups if tally.code in LISTED_CODES for place in its]


def _numbers(scene: Scene) -> dict[str, int]:
    return {place.area_id: number for number, place in enumerate(_listed(scene), start=1)}


def _places(scene: Scene) -> Iterator[Block]:
    say, found = scene.words.say, nearness(scene.edition, scene.places)
    chart = chart_of_nearness(found, scene)
    if chart:
        yield chart
    profile, measure = scene.edition.facts.profile, scene.edition.facts.share_measure
    yield Table(
        say("report.near"),
        (say("report.service"), say("report.of_hundred"), say("report.measured"),
         say("report.reference")),
        tuple((row.label, say("unit.none") if row.share is None else str(hundredths(row.share)),
               row.counted, reference(ALL, f"access.{row.standard_id}.{measure}.{profile}"))
              for row in found),
        (28, 14, 12, 46),
    )  # fmt: skip
    for number, place in enumerate(_listed(scene), start=1):
        yield Heading(f"{number}. {place.place}", 2)
        for text in place.paragraphs:
            yield Words(text)
        yield figures_of(place, scene)
    yield _all_places(scene)


def figures_of(place: Place, scene: Scene) -> Table:
    """What is measured of one neighbourhood, each figure with its reference."""
    say, area = scene.words.say, place.area_id
    facts = scene.edition.facts
    names = {row.standard_id: row.label for row in nearness(scene.edition, scene.places)}
    told = [(say("report.people"), people_read(place.people), reference(area, "area.people"))]
    if place.decile is not None:
        told.append((say("report.tenth"), str(place.decile),
                     reference(area, "deprivation.imd.decile")))  # fmt: skip
    if place.score is not None:
        told.append((say("report.score"), f"{place.score:.2f}", reference(area, "score.score")))
    told += [
        (say("report.near_one", service=names.get(key, key)), str(hundredths(share)),
         reference(area, f"access.{key}.{facts.share_measure}.{facts.profile}"))
        for key, share in sorted(place.shares.items())
    ]  # fmt: skip
    head = (say("report.figure"), say("report.value"), say("report.reference"))
    return Table(say("report.figures", place=place.place), head, tuple(told), (36, 12, 52))


def _all_places(scene: Scene) -> Table:
    say = scene.words.say
    head = (say("report.neighbourhood"), say("report.people"), say("report.tenth"),
            say("report.result"), say("report.reference"))  # fmt: skip
    told = tuple(
        (place.place, place.about, say("unit.none") if place.decile is None else str(place.decile),
         place.short if scene.judged else say("unit.none"), reference(place.area_id, "finding"))
        for place in scene.places
    )  # fmt: skip
    return Table(say("report.every"), head, told, (30, 12, 14, 24, 20), say("report.relative"))


def _method(scene: Scene) -> Iterator[Block]:
    say = scene.words.say
    yield Words(say("report.method_intro"))
    benchmarks = rows.standards(scene.edition, scene.words)
    yield Table(
        say("report.standards"),
        (say("report.service"), say("report.within"), say("report.source"), say("report.status")),
        tuple((row.label, row.within, row.source, row.status) for row in benchmarks),
        (26, 26, 32, 16),
    )
    told = rows.methods(scene.edition, scene.words)
    yield Table(
        say("report.formulas"),
        (say("report.measure"), say("report.formula")),
        tuple((row["name"], _formula(row, say)) for row in told),
        (24, 76),
    )


def _formula(row: Mapping[str, str], say: Callable[..., str]) -> str:
    """A formula with its settings and its source, a sentence each."""
    named = (("settings", row["settings"]), ("source", row["source"]))
    after = [f"{say(f'report.{name}')}: {text}." for name, text in named if text]
    return " ".join([f"{row['formula']}.", *after])


def _sources(scene: Scene) -> Iterator[Block]:
    say = scene.words.say
    yield Table(
        say("report.files"),
        (say("report.title"), say("report.publisher"), say("report.licence"),
         say("report.vintage"), say("report.hash")),
        tuple((row.title, row.publisher, row.licence, row.vintage, row.sha256[:12])
              for row in rows.sources(scene.edition)),
        (30, 20, 20, 12, 18),
    )  # fmt: skip
    yield Heading(say("report.credits"), 2)
    yield Bullets(attributions(tuple(scene.edition.sources)))
    cautions = caution_rows(scene.edition, scene.words)
    for name, told in (("cautions", cautions.first), ("checks", cautions.checks)):
        if told:
            yield Heading(say(f"report.{name}"), 2)
            yield Bullets(tuple(plain(text) for text in told))
