"""Places and services as a list that reads without a map; the map takes its words from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.publish.hours_said import hours_said
from assetmap.publish.plain import isolated, shown
from assetmap.publish.rounding import whole
from assetmap.publish.shapes import DECIMALS, lonlat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

    from assetmap.publish.edition import Edition
    from assetmap.publish.words import Words

NEAR_EDGE_M = 800.0
"""How far outside the study an asset may lie and still be published; working files hold all."""

VAGUE_M = 100.0
"""From here on the page says that a position is only about right."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One asset: its name, what else is said of it, and where it is (lat,lon)."""

    name: str
    details: str
    at: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """Assets of one category."""

    label: str
    plural: str
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Theme:
    """Categories of one theme; ``key`` is made for the page."""

    key: str
    label: str
    groups: tuple[Group, ...]

    @property
    def size(self) -> int:
        """How many assets it holds."""
        return sum(len(group.items) for group in self.groups)


def near_assets(edition: Edition) -> gpd.GeoDataFrame:
    """Public assets inside the study or just outside it."""
    assets = edition.public_assets
    kept = (assets["role"] == "study").to_numpy(dtype=bool, copy=True)
    outside = np.flatnonzero(~kept)
    close, _ = edition.own.sindex.query(
        assets.geometry.iloc[outside], predicate="dwithin", distance=NEAR_EDGE_M
    )
    kept[outside[close]] = True
    return assets[kept]


class Listed(NamedTuple):
    """One asset in words, and the keys of its theme and category."""

    theme: str
    category: str
    item: Item


def listed(edition: Edition, words: Words, assets: gpd.GeoDataFrame) -> tuple[Listed, ...]:
    """Each of these assets in words, in their order."""
    points = lonlat(assets.geometry)
    at = [f"{point.y:.{DECIMALS}f},{point.x:.{DECIMALS}f}" for point in points]
    rows = assets.drop(columns="geometry").assign(at=at).to_dict("records")
    return tuple(
        Listed(str(row["theme"]), str(row["category"]), _item(row, edition, words)) for row in rows
    )


def by_theme(rows: Iterable[Listed], edition: Edition) -> tuple[Theme, ...]:
    """Assets in words by theme and category, in the order of their plain names."""
    held: dict[str, dict[str, list[Item]]] = {}
    for row in rows:
        held.setdefault(row.theme, {}).setdefault(row.category, []).append(row.item)
    labelled = sorted(held, key=lambda theme: (_theme_label(theme, edition), theme))
    return tuple(
        Theme(
            key=f"t{number}",
            label=_theme_label(theme, edition),
            groups=tuple(_group(key, held[theme][key], edition) for key in sorted(held[theme])),
        )
        for number, theme in enumerate(labelled)
    )


def _theme_label(theme: str, edition: Edition) -> str:
    return shown(edition.themes.get(theme, theme.replace("_", " ")))


def _group(category: str, items: list[Item], edition: Edition) -> Group:
    plainly = category.replace("_", " ")
    one, many = edition.categories.get(category, (plainly, plainly))
    ordered = sorted(items, key=lambda item: (item.name.casefold(), item.at, item.details))
    return Group(label=shown(one), plural=shown(many), items=tuple(ordered))


def _item(row: Mapping[object, object], edition: Edition, words: Words) -> Item:
    said = [shown(row["address"])]
    state = str(row["wheelchair"])
    if state != "unknown":
        said.append(words.say(f"assets.step_free_{state}"))
    hours = shown(row["opening_hours"])
    if hours:
        said.append(words.say("assets.hours", hours=hours_said(hours, words)))
    if row["role"] == "edge":
        said.append(words.say("assets.outside", place=shown(edition.facts.place)))
    vague = row["precision_m"]
    if isinstance(vague, float) and vague >= VAGUE_M:
        said.append(words.say("assets.about_place", m=whole(vague)))
    listed = shown(row["as_listed"])
    if listed:
        said.append(words.say("assets.listed", date=listed))
    way = words.tongue.direction
    parts = (isolated(part[0].upper() + part[1:], direction=way) for part in said if part)
    return Item(name=shown(row["name"]), details=". ".join(parts), at=str(row["at"]))
