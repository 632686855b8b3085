"""The moving map in one script: the library, what is on the map in words, and how it is drawn."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from assetmap.publish import rows, style
from assetmap.publish.leaflet import leaflet_script, leaflet_style
from assetmap.publish.plain import email_address, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.listing import Theme
    from assetmap.publish.places import Place
    from assetmap.publish.scene import Scene


def as_data(value: object) -> str:
    """JSON that is safe inside a script: no letter of it can end the script or hide in it."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def drawing(scene: Scene, found: Mapping[str, Any]) -> str:
    """What is on the map, and how it is drawn: ``found`` is the context of the map's section.

    What people typed is data in it, escaped, and only ever becomes text of the page.
    """
    parts = (
        f"var assetmapTold={as_data(told(scene, found['themes'], found['areas']))};",
        f"function drawMap(){{\n{found['drawing'].script}\n}}",
    )
    return "\n".join(parts)


def library(script: str) -> str:
    """What draws any map: the library, its style, our ``script``; run last, it draws at once."""
    style = f"var assetmapStyle={as_data(leaflet_style().strip())};"
    return f"{leaflet_script()}\n{style}\n{script}"


def told(
    scene: Scene, themes: tuple[Theme, ...], areas: Mapping[str, list[object]]
) -> dict[str, object]:
    """What the map says of each thing on it, by the key of its shape."""
    return {
        "areas": areas,
        "schemes": {
            f"s{number}": [
                row["name"],
                scene.words.say(
                    "schemes.sentence",
                    stage=row["stage"],
                    opens=row["opens"],
                    delivers=row["delivers"],
                ),
            ]
            for number, row in enumerate(rows.schemes(scene.edition, scene.words))
        },
        "themes": {
            theme.key: [
                [group.label[:1].upper() + group.label[1:], item.at, item.name, item.details]
                for group in theme.groups
                for item in group.items
            ]
            for theme in themes
        },
        "marks": {
            theme.key: style.MARKS[number % len(style.MARKS)] for number, theme in enumerate(themes)
        },
        "tell": _tell(scene),
    }


def area_words(scene: Scene, place: Place) -> list[object]:
    """What the map says of a neighbourhood: its name, result, sentences, and where to read on."""
    verdict = scene.words.level(place.level) if scene.judged else scene.words.say("places.unjudged")
    link = f"places/{place.slug}.html" if scene.linked else ""
    return [place.place, verdict, list(place.paragraphs), link]


def _tell(scene: Scene) -> list[str]:
    """The address to write to, and the start of the subject; nothing where nobody answers."""
    contact = scene.edition.facts.contact
    email = email_address(contact.email) if contact else ""
    run = shown(scene.edition.facts.run)
    return [email, scene.words.say("contact.run", run=run)] if email else []
