"""The page of a country: its answer, its authorities in a table, in the search and on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from assetmap.publish import rows
from assetmap.publish.bundle import as_data
from assetmap.publish.country_views import country_views, results_there
from assetmap.publish.ground import Ground
from assetmap.publish.plain import shown
from assetmap.publish.postcodes import LETTERS, SIGNS
from assetmap.publish.rounding import people_read
from assetmap.publish.still import still_map
from assetmap.publish.summary import answers, nearness, opening

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.authorities import Authority
    from assetmap.publish.scene import Scene

    Told = Mapping[str, object] | None

MOST_NAMED = 6


def answer(scene: Scene) -> Told:
    """The first paragraph and the answer, with the authorities where most people have a result."""
    edition, words = scene.edition, scene.words
    said = answers(edition, scene.places, words)
    return {
        "opening": opening(edition, scene.places, words),
        "answers": [(part, _where(scene, part.code)) for part in said],
        "relative": bool(edition.findings["access_test"].isin(["relative", "both"]).any()),
        "place": shown(edition.facts.place),
    }


def _where(scene: Scene, code: int | None) -> Told:
    """In how many authorities a result occurs, and those with most people in it."""
    if code is None:
        return None
    words = scene.words
    having = [one for one in scene.authorities if one.with_code(code)]
    ordered = sorted(having, key=lambda one: (-_people(one, code), one.place, one.area_id))
    more = max(len(having) - MOST_NAMED, 0)
    key = "country.spread_most" if more else "country.spread"
    return {
        "said": words.count(key, len(having), all=f"{len(scene.authorities):,}"),
        "more": more,
        "named": [
            (one, words.say(
                "country.listed",
                neighbourhoods=words.count("unit.neighbourhoods", len(one.with_code(code))),
                people=people_read(_people(one, code)),
            ))
            for one in ordered[:MOST_NAMED]
        ],
    }  # fmt: skip


def _people(one: Authority, code: int) -> float:
    return sum(place.people for place in one.with_code(code))


def search(scene: Scene) -> Told:
    """Authorities by name. Postcodes of a whole country would fill the page: they are not here."""
    say = scene.words.say
    index = {
        "areas": [
            [one.place, 0, scene.words.number(one.about), "" if scene.alone else one.link,
             one.key, one.area_id, ""]
            for one in scene.authorities
        ],
        "units": [], "streets": [], "postcodes": {}, "signs": SIGNS, "letters": LETTERS,
    }  # fmt: skip
    return {
        "known": Markup(as_data(index)),  # noqa: S704 - escaped for a script
        "verdicts": [],
        "label": say("country.label"),
        "lists": say("country.no_script"),
        "no_postcodes": say("country.no_postcodes"),
        "script": "search.js",
    }


def table(scene: Scene) -> Told:
    """Every authority in a table."""
    return {
        "authorities": scene.authorities,
        "codes": results_there(scene) if scene.judged else (),
        "nearness": nearness(scene.edition, scene.places),
        "heading": scene.words.say("country.table_heading"),
    }


def drawn_map(scene: Scene) -> Told:
    """The map of authorities, still and moving, with its keys."""
    from assetmap.publish.moving import moving_map  # noqa: PLC0415 - folium, only to draw

    words, edition = scene.words, scene.edition
    ground = _ground(scene)
    views = country_views(scene)
    moving = moving_map(ground, scene.authorities, views, within=ground.water)
    label = words.say("country.figure", place=shown(edition.facts.place))
    return {
        "views": views,
        "moving": Markup(moving.html),  # noqa: S704 - folium's empty element under our name
        "drawing": moving,
        "bounds": moving.bounds,
        "of": "country",
        "areas": {one.key: _words(scene, one) for one in scene.authorities},
        "edged": len(ground.edge) > 0,
        "behind": [],
        "still": still_map(ground, scene.authorities, view=views[0], label=label),
        "themes": (),
        "grounds": (),
        "schemes": (),
        "few_schemes": False,
        "credits": rows.credits(edition),
    }


def _ground(scene: Scene) -> Ground:
    """The shapes of authorities alone: streams, parks and schemes are on the page of each."""
    edition, country = scene.edition, scene.country
    whole = Ground.of(edition)
    none = whole.own.iloc[:0]
    shapes = none if country is None else country.shapes
    return Ground(
        own=shapes, edge=whole.edge, water=none, green=none, stream=none, road=none, schemes=none
    )


def _words(scene: Scene, one: Authority) -> list[object]:
    """What the map says of an authority: how many live there, and how many have each result."""
    words = scene.words
    lives = words.say(
        "country.lives",
        neighbourhoods=words.count("unit.neighbourhoods", len(one.members)),
        people=one.about,
    )
    results = [
        words.say(
            "country.result",
            result=tally.short,
            neighbourhoods=words.count("unit.neighbourhoods", tally.places),
            people=tally.people,
        )
        for tally in one.tallies
        if scene.judged and tally.places
    ]
    return [one.place, lives, results, "" if scene.alone else one.link]
