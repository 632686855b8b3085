"""What a reader can look for by name: neighbourhoods, wards, streets and postcodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.publish.postcodes import LETTERS, SIGNS, packed

if TYPE_CHECKING:
    from assetmap.publish.scene import Scene
    from assetmap.publish.subjects import Subject


def known(scene: Scene) -> dict[str, object]:
    """The index of the search; every name in it is data that only ever becomes text."""
    numbers = {place.area_id: number for number, place in enumerate(scene.places)}
    keys = {place.key: number for number, place in enumerate(scene.places)}
    codes = scene.edition.postcodes
    return {
        "areas": [
            [place.place, place.code, scene.words.number(place.about),
             _link(scene, place.slug) if scene.linked else "",
             place.key, place.area_id, place.name]
            for place in scene.places
        ],
        "units": [
            [unit.name, _link(scene, unit.slug), [keys[place.key] for place in unit.members]]
            for unit in above(scene)
        ],
        "streets": _streets(scene, numbers),
        "postcodes": {} if codes is None else packed(codes, numbers),
        "signs": SIGNS,
        "letters": LETTERS,
    }  # fmt: skip


def above(scene: Scene) -> tuple[Subject, ...]:
    """Wards, committees and authorities."""
    return tuple(subject for subject in scene.subjects if subject.place is None)


def _streets(scene: Scene, numbers: dict[str, int]) -> list[list[object]]:
    """Each street by name with the neighbourhoods that it runs through."""
    table = scene.edition.street_names
    if table is None:
        return []
    runs: dict[str, set[int]] = {}
    for name, area in zip(table["street"], table["area_id"], strict=True):
        if area in numbers:
            runs.setdefault(str(name), set()).add(numbers[area])
    return [[name, sorted(runs[name])] for name in sorted(runs)]


def _link(scene: Scene, slug: str) -> str:
    return "" if scene.entered else f"places/{slug}.html"
