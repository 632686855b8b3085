"""What each of the page's own sections needs to be told: names and rows for its template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from assetmap.frames.results import LEVELS
from assetmap.publish import rows
from assetmap.publish.asked import asked_measures
from assetmap.publish.bundle import area_words, as_data
from assetmap.publish.cautions import cautions as caution_rows
from assetmap.publish.green_space import green_met, green_rows
from assetmap.publish.ground import FEW_SCHEMES, Ground
from assetmap.publish.ground_within import grounds, light_ground
from assetmap.publish.known import above, known
from assetmap.publish.leaflet import leaflet_version
from assetmap.publish.listing import by_theme
from assetmap.publish.open_tables import open_files
from assetmap.publish.opening_times import open_times
from assetmap.publish.plain import shown
from assetmap.publish.still import still_map
from assetmap.publish.summary import answers, nearness, opening
from assetmap.publish.sure import how_sure, what_matters
from assetmap.publish.timetable import bus_of
from assetmap.publish.views import views_of
from assetmap.publish.walkers import compared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assetmap.publish.scene import Scene

    Told = Mapping[str, object] | None

AT_RISK = LEVELS[1]
OPEN_CODES = (1, 2)
MOST_OPEN = 12
"""Results whose lists are open from the start, where they are short enough."""


def answer(scene: Scene) -> Told:
    """The first paragraph and the answer."""
    edition = scene.edition
    relative = edition.findings["access_test"].isin(["relative", "both"]).any()
    return {
        "opening": opening(edition, scene.places, scene.words),
        "answers": answers(edition, scene.places, scene.words),
        "relative": bool(relative or edition.findings["need_local"].any()),
        "authority": _joined(scene, scene.edition.facts.compared),
    }


def _joined(scene: Scene, names: tuple[str, ...]) -> str:
    return scene.words.joined([shown(name) for name in names])


def results(scene: Scene) -> Told:
    """How many neighbourhoods and people have each result; nothing where nobody was judged."""
    return {"groups": scene.groups} if scene.judged else None


def search(scene: Scene) -> Told:
    """What a reader can look for, and the answers in words."""
    index = known(scene)
    levels = [scene.words.level(level) for level in LEVELS] if scene.judged else []
    label = "search.label" if index["postcodes"] else "search.label_no_postcodes"
    return {
        "known": Markup(as_data(index)),  # noqa: S704 - escaped for a script
        "verdicts": levels,
        "label": scene.words.say(label),
        "lists": scene.words.say("search.no_script"),
        "no_postcodes": scene.words.say("search.no_postcodes"),
        "script": "search.js",
    }


def about(scene: Scene) -> Told:
    """Method and sources in short."""
    return {"sources": scene.edition.sources, "credits": rows.credits(scene.edition)}


def table(scene: Scene) -> Told:
    """Every neighbourhood in a table."""
    return {"places": scene.places, "nearness": nearness(scene.edition, scene.places)}


def drawn_map(scene: Scene) -> Told:
    """The map, still and moving, with its keys."""
    from assetmap.publish.moving import moving_map  # noqa: PLC0415 - folium, only to draw

    words, places, edition = scene.words, scene.places, scene.edition
    views, ground = views_of(edition, places, words), Ground.of(edition)
    moving = moving_map(ground, places, views, within=light_ground(edition))
    label = words.say(
        "map.figure" if scene.judged else "map.figure_unjudged",
        place=shown(edition.facts.place),
        neighbourhoods=words.count("unit.neighbourhoods", len(places)),
    )
    return {
        "views": views,
        "moving": Markup(moving.html),  # noqa: S704 - folium's empty element under our name
        "drawing": moving,
        "bounds": moving.bounds,
        "of": "map",
        "areas": {place.key: area_words(scene, place) for place in places},
        "edged": len(ground.edge) > 0,
        "behind": [
            name for name in ("green", "water", "stream", "road") if len(getattr(ground, name)) > 0
        ],
        "still": still_map(ground, places, view=views[0], label=label),
        "themes": by_theme(scene.listed, edition),
        "grounds": grounds(edition, words),
        "schemes": rows.schemes(edition, words),
        "few_schemes": len(edition.schemes) <= FEW_SCHEMES,
        "credits": rows.credits(edition),
    }


def near(scene: Scene) -> Told:
    """How many people are near each kind of service."""
    standards = rows.standards(scene.edition, scene.words)
    return {
        "nearness": nearness(scene.edition, scene.places),
        "within": {row.standard_id: row.within for row in standards},
    }


def walkers(scene: Scene) -> Told:
    """The same for people who walk at another pace; nothing where one pace was measured."""
    found = compared(scene.edition, scene.places, scene.words)
    return {"compared": found} if found else None


def by_bus(scene: Scene) -> Told:
    """What can be reached by bus and train; nothing where the study has no timetable."""
    found = bus_of(scene.edition, scene.places, scene.words)
    return {"bus": found} if found else None


def within(scene: Scene) -> Told:
    """How many live within reach of a kind of place; nothing where no isochrone is asked for."""
    table = scene.edition.ground_within
    found = grounds(scene.edition, scene.words)
    if table is None or not found:
        return None
    return {"grounds": found, "rides": bool(table["profile"].str.startswith("transit").any())}


def green(scene: Scene) -> Told:
    """Who has green space of each size; nothing where no profile is asked for."""
    found = green_rows(scene.edition, scene.words)
    return {"green": found, "met": green_met(scene.edition).values()} if found else None


def asked(scene: Scene) -> Told:
    """Measures that the study names, with their settings; nothing where it names none."""
    found = asked_measures(scene.edition, scene.words)
    return {"asked": found} if found else None


def open_then(scene: Scene) -> Told:
    """Who is near a place that is open; nothing where the study asks for no time."""
    found = open_times(scene.edition, scene.places, scene.words)
    return {"open_times": found} if found else None


def places(scene: Scene) -> Told:
    """Every neighbourhood in words, by result."""
    opened = {t.code for t, _ in scene.groups if t.code in OPEN_CODES and t.places <= MOST_OPEN}
    key = "places.heading" if scene.judged else "places.heading_unjudged"
    return {
        "groups": scene.groups,
        "opened": opened,
        "above": above(scene),
        "heading": scene.words.say(key),
    }


def sure(scene: Scene) -> Told:
    """How often each flag stands; nothing where nothing was drawn."""
    found = how_sure(scene.edition, scene.places, scene.words)
    return {"sure": found} if found else None


def sensitivity(scene: Scene) -> Told:
    """One assumption changed at a time, and which matters; nothing where nothing was drawn."""
    found = what_matters(scene.edition, scene.words)
    return {"matters": found} if found else None


def assets(scene: Scene) -> Told:
    """Places and services by theme."""
    return {"themes": by_theme(scene.listed, scene.edition)}


def schemes(scene: Scene) -> Told:
    """Building and renewal schemes."""
    return {
        "schemes": rows.schemes(scene.edition, scene.words),
        "scheme_columns": rows.scheme_columns(scene.edition, scene.words),
    }


def cautions(scene: Scene) -> Told:
    """What to bear in mind: cautions that touch people."""
    whole = scene.whole or scene.edition
    return {
        "cautions": caution_rows(whole, scene.words).first,
        "of_all": shown(whole.facts.place) if scene.whole else "",
    }


def checks(scene: Scene) -> Told:
    """Cautions that touch nobody by themselves: checks on the data."""
    found = caution_rows(scene.edition, scene.words).checks
    return {"checks": found} if found else None


def method(scene: Scene) -> Told:
    """The tests in plain words, the rules that always hold, and the benchmark distances."""
    references = scene.edition.findings["need_reference"]
    return {
        "possible": scene.words.short(AT_RISK),
        "authority": _joined(scene, scene.edition.facts.named),
        "local": bool(references.isin(["authority", "named"]).any()),
        "standards": rows.standards(scene.edition, scene.words),
        "wards": shown(scene.edition.vintages.get("ward", "")),
    }


def methods(scene: Scene) -> Told:
    """Every formula with its settings."""
    return {"methods": rows.methods(scene.edition, scene.words)}


def sources(scene: Scene) -> Told:
    """Every file that was read, and the credits they ask for."""
    return {
        "sources": rows.sources(scene.edition),
        "credits": rows.credits(scene.edition),
        "leaflet": leaflet_version(),
    }


def downloads(scene: Scene) -> Told:
    """The files beside the pages."""
    return {"files": open_files(scene.edition)}


def statement(scene: Scene) -> Told:
    """What was tested for every reader, and the gaps that are known; a draft until adopted."""
    said = (key for key in scene.words.entries if key.startswith("statement."))
    lists = {
        kind: [scene.words.say(key) for key in sorted(said_of)]
        for kind, said_of in _by_kind(said, ("tested", "gap"))
    }
    return {**lists, "adopted_by": shown(scene.edition.facts.adopted_by)}


def _by_kind(keys: Iterable[str], kinds: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """Keys such as ``statement.gap_1`` by their kind."""
    every = list(keys)
    return [(kind, [key for key in every if f".{kind}_" in key]) for kind in kinds]
