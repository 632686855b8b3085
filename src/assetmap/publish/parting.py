"""A country by authority: when one page cannot carry a study, and what belongs to each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import geopandas as gpd
import pandas as pd
import shapely

from assetmap.publish.edition import STUDY, Edition
from assetmap.publish.listing import NEAR_EDGE_M
from assetmap.publish.places import places_of
from assetmap.publish.plain import shown
from assetmap.publish.slugs import slugs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from shapely.geometry.base import BaseGeometry

    from assetmap.frames import Contract
    from assetmap.publish.places import Place
    from assetmap.publish.words import Words

    Rows = Mapping[str, "np.ndarray"]
    """Positions of the rows of each authority in a table."""

_Table = TypeVar("_Table", bound=pd.DataFrame)

OF_AREAS = (
    "deprivation", "area_access", "need", "findings", "scores", "coverage", "membership",
    "population", "postcodes", "street_names",
)  # fmt: skip
"""Tables of an edition that speak of single areas; some studies lack some of them."""
SEEN = 1.0
"""How far around an authority its neighbours are drawn, as a share of the longer of its width and
height: as far as a map that is wider than high shows of them."""


def is_split(edition: Edition) -> bool:
    """Whether a study is told by authority: more areas than a page can carry, several authorities.

    Every area must name its authority; where one does not, the study stays on one page.
    """
    own = edition.own
    several = len(set(own["authority_id"])) > 1
    named = bool(own["authority_name"].str.strip().ne("").all())
    return len(own) > edition.facts.page_areas and several and named


def told_places(edition: Edition, words: Words) -> Iterator[Place]:
    """Every neighbourhood in words; of a country, by authority, each told within its own."""
    if not is_split(edition):
        yield from places_of(edition, words)
        return
    country = Country.of(edition, words)
    for authority in country.shapes.index:
        yield from places_of(country.part(str(authority)), words)


@dataclass(frozen=True, kw_only=True)
class Country:
    """An edition with what it takes to cut out the part of one authority.

    Attributes
    ----------
    shapes
        The ground of each authority by its id, in the order of their names.
    beside
        The same, and the authorities around the country: what is drawn beside each.
    names, slugs
        What it is called in the language of the page, and the file of its page, by its id.
    rows
        Where each authority's rows are, by table; ``more.`` before the name of a further table.
    """

    edition: Edition
    shapes: gpd.GeoSeries
    beside: gpd.GeoSeries
    names: Mapping[str, str]
    slugs: Mapping[str, str]
    rows: Mapping[str, Rows]

    @classmethod
    def of(cls, edition: Edition, words: Words) -> Country:
        """An edition with the ground and the rows of each of its authorities."""
        own = edition.own
        belongs = own.set_index("area_id")["authority_id"]
        first = own.drop_duplicates("authority_id")
        written = dict(zip(first["authority_id"], first["authority_name"], strict=True))
        names = {one: words.told(shown(name)) for one, name in written.items()}
        ordered = sorted(names, key=lambda one: (names[one].casefold(), one))
        parts = own.groupby("authority_id").geometry
        ground = {one: shapely.union_all(parts.get_group(one).to_numpy()) for one in ordered}
        shapes = gpd.GeoSeries(ground, crs=edition.areas.crs)
        around = edition.areas[edition.areas["role"] != STUDY].dissolve(by="authority_id").geometry
        tables = {name: getattr(edition, name) for name in OF_AREAS}
        tables |= {f"more.{name}": table for name, (_, table) in edition.more.items()}
        return cls(
            edition=edition,
            shapes=shapes,
            beside=gpd.GeoSeries(pd.concat([shapes, around]), crs=shapes.crs),
            names=names,
            slugs=slugs_of(written.items()),
            rows={
                name: table.groupby(table["area_id"].map(belongs)).indices
                for name, table in tables.items()
                if table is not None and "area_id" in table
            },
        )

    def part(self, authority: str) -> Edition:
        """The edition of one authority: its own areas, what is said of them, what is near them.

        What was worked out over all areas together (gaps, ground within a walk) is told of the
        whole only, and so are the changes since an earlier edition. Its neighbours are drawn as
        far as they are seen.
        """
        edition = self.edition
        ground = self.shapes[authority]
        west, south, east, north = ground.bounds
        around = shapely.box(*ground.buffer(max(SEEN * max(east - west, north - south), 1)).bounds)
        near = shapely.box(west, south, east, north).buffer(NEAR_EDGE_M)
        own = edition.own[edition.own["authority_id"] == authority]
        return replace(
            edition,
            facts=replace(
                edition.facts, place=self.names[authority], authorities=(self.names[authority],),
                among=edition.facts.place, page_areas=len(own),
            ),
            areas=self._with_neighbours(own, authority, around),
            assets=_beside(edition.assets, near, own["area_id"], ground),
            schemes=_seen(edition.schemes, near),
            water=None if edition.water is None else edition.water.clip_by_rect(*around.bounds),
            backdrop=None if edition.backdrop is None else _seen(edition.backdrop, around),
            more=self._more(authority),
            ground_within=None, since=None, tour=None, translations=(), lineage={},
            **self._tables(authority),
        )  # fmt: skip

    def _tables(self, authority: str) -> dict[str, Any]:
        held = {name: getattr(self.edition, name) for name in OF_AREAS}
        return {
            name: table if table is None else self._its(name, table, authority)
            for name, table in held.items()
        }

    def _its(self, name: str, table: _Table, authority: str) -> _Table:
        positions = self.rows[name].get(authority)
        return table.iloc[:0] if positions is None else table.iloc[positions]

    def _more(self, authority: str) -> dict[str, tuple[Contract, pd.DataFrame]]:
        """Further tables that speak of single areas; the others speak of the whole."""
        return {
            name: (contract, self._its(f"more.{name}", table, authority))
            for name, (contract, table) in self.edition.more.items()
            if f"more.{name}" in self.rows
        }

    def _with_neighbours(
        self, own: gpd.GeoDataFrame, authority: str, around: BaseGeometry
    ) -> gpd.GeoDataFrame:
        """Its own areas, and each other authority that is seen as one area of the edge."""
        others = self.beside.drop(authority)
        cut = others.clip_by_rect(*around.bounds)
        seen = cut[~cut.is_empty & cut.geom_type.str.endswith("Polygon")]
        row = own.iloc[0].to_dict() | {"role": "edge", "people": 0.0}
        rows = [
            row | {"area_id": key, "authority_id": key, "geometry": shape}
            for key, shape in seen.items()
        ]
        drawn = gpd.GeoDataFrame(rows, columns=own.columns, crs=own.crs)
        return gpd.GeoDataFrame(pd.concat([own, drawn], ignore_index=True), crs=own.crs)


def _seen(table: gpd.GeoDataFrame, ground: BaseGeometry) -> gpd.GeoDataFrame:
    return table.iloc[sorted(table.sindex.query(ground, predicate="intersects"))]


def _beside(
    assets: gpd.GeoDataFrame, near: BaseGeometry, own: pd.Series, ground: BaseGeometry
) -> gpd.GeoDataFrame:
    """Assets in the authority, and those close by, which are of its edge."""
    close = _seen(assets, near)
    here = close["area_id"].isin(own) | (close["area_id"].isna() & close.within(ground))
    return close.assign(role=close["role"].where(~here, STUDY).where(here, "edge"))
