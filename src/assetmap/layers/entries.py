"""One listing of an asset as it is compared and merged: names as words, references cleaned."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd
import shapely

from assetmap.errors import Fault, JoinError, nearest_name
from assetmap.frames.given import VISIBILITY
from assetmap.layers.likeness import tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

USUAL_RANK = 50
STOPS = frozenset({"bus_stop"})
OPEN_GREEN = frozenset({"park", "playing_field", "nature"})
ATCO = re.compile(r"\d{3,4}[0-9A-Z]{5,9}")


class Kind(Protocol):
    """What a category is: its theme, and its plain name once and many times."""

    @property
    def theme(self) -> str:
        """Theme of the category."""
        ...

    @property
    def label(self) -> str:
        """Plain name of one."""
        ...

    @property
    def plural(self) -> str:
        """Plain name of many."""
        ...


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A listing, or a site dissolved from several of one source.

    Attributes
    ----------
    rank
        Precedence of its source; lower leads.
    listed
        The rows it stands for, as (source_id, source_row).
    words
        The telling words of its name; empty where it has none.
    group
        Listings of one group may be the same asset: the category, but one for all open green.
    reference
        UPRN, or the ATCO code of a stop: equal references are one asset.
    """

    rank: int
    listed: tuple[tuple[str, str], ...]
    name: str | None
    words: frozenset[str]
    category: str
    theme: str
    group: str
    reference: str | None
    supply: float
    size_m2: float | None
    address: str | None
    opening_hours: str | None
    wheelchair: str
    visibility: str
    precision_m: float
    as_listed: str | None
    geometry: BaseGeometry

    @cached_property
    def order(self) -> tuple[Any, ...]:
        """The place in precedence, the same for any order of rows."""
        point = self.geometry.representative_point()
        return (self.rank, not self.words, self.name or "", point.x, point.y, self.listed)

    @property
    def is_site(self) -> bool:
        """Green space that covers ground."""
        return self.theme == "green" and self.geometry.area > 0

    def may_tell(self, other: Entry) -> bool:
        """Whether what this listing says may be shown wherever the other is."""
        return VISIBILITY.index(self.visibility) <= VISIBILITY.index(other.visibility)


def entries_of(
    raws: gpd.GeoDataFrame, *, categories: Mapping[str, Kind], ranks: Mapping[str, int]
) -> list[Entry]:
    """The listings of RAW_ASSETS in order of precedence; a source without a rank has 50.

    Raises
    ------
    JoinError
        With every category that is not known, and the nearest that is.
    """
    unknown = sorted(set(raws["category"]) - set(categories))
    if unknown:
        raise JoinError(
            Fault(
                what=f"category '{name}' is not known",
                where="table RAW_ASSETS",
                attempt=nearest_name(name, categories) or "name it in _data/categories.toml",
            )
            for name in unknown
        )
    generic = {
        name: tokens_of(f"{categories[name].label} {categories[name].plural}")
        for name in set(raws["category"])
    }
    plain = pd.DataFrame(raws).to_dict("records")
    entries = [_entry(row, categories, generic, ranks) for row in plain]
    return sorted(entries, key=lambda entry: entry.order)


def _entry(
    row: Mapping[Any, Any],
    categories: Mapping[str, Kind],
    generic: Mapping[str, frozenset[str]],
    ranks: Mapping[str, int],
) -> Entry:
    category = row["category"]
    name = _text(row["name"])
    shape = row["geometry"]
    return Entry(
        rank=ranks.get(row["source_id"], USUAL_RANK),
        listed=((row["source_id"], row["source_row"]),),
        name=name,
        words=tokens_of(name or "", generic=generic[category]),
        category=category,
        theme=categories[category].theme,
        group="open green" if category in OPEN_GREEN else category,
        reference=_reference(row),
        supply=row["supply"],
        size_m2=None if pd.isna(row["size_m2"]) else float(row["size_m2"]),
        address=_text(row["address"]) or _text(row["postcode"]),
        opening_hours=_text(row["opening_hours"]),
        wheelchair=row["wheelchair"],
        visibility=row["visibility"],
        precision_m=row["precision_m"],
        as_listed=_text(row["as_listed"]),
        geometry=shapely.normalize(shape) if shape.area > 0 else shape,
    )


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(value.split()) or None


def _reference(row: Mapping[Any, Any]) -> str | None:
    """The UPRN without its spellings; for a stop, its ATCO code where the row id is one."""
    if row["category"] in STOPS:
        code = str(row["source_row"])
        return f"atco {code}" if ATCO.fullmatch(code) else None
    digits = (_text(row["uprn"]) or "").removesuffix(".0").lstrip("0")
    return f"uprn {digits}" if digits.isdigit() else None
