"""Bus stops where nobody says how often buses come: how many, how many routes, and why no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.scene import Scene


def stops(scene: Scene) -> Mapping[str, object] | None:
    """The section's sentences; nothing where a timetable says more, or no stop is known."""
    if "stops" not in scene.edition.more:
        return None
    table, words = scene.edition.more["stops"][1], scene.words
    known = table.dropna(subset="routes")
    said = [words.count("stops.count", len(table))]
    if len(known):
        routes = {route for text in known["which"] for route in str(text).split(" ")}
        said.append(
            words.say("stops.known", stops=f"{len(known):,}",
                      routes=f"{len(routes):,}")
        )  # fmt: skip
        said.append(words.count("stops.half", int(known["routes"].median())))
    else:
        said.append(words.say("stops.unknown"))
    return {"said": " ".join(said)}
