"""What schemes bring, by outcome: the same measure with the public assets they deliver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.access.measured import Place
from assetmap.access.saved import theme_minutes
from assetmap.findings.benefit import delivers, is_firm, minutes_saved
from assetmap.layers.delivered import make_delivered
from assetmap.network.crs import from_degrees
from assetmap.sources.categories import read_categories
from assetmap.study.ledger import Made
from assetmap.study.steps.route import costs_to
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

USED = ("origins", "assets", "standards", "coverage", "schemes")


def save_minutes(work: Work, routes: Mapping[str, Kept], place: Mapping[str, Kept]) -> Kept | None:
    """Minutes that firm schemes, and all that deliver, save each area; None where none delivers."""
    schemes = place.get("schemes")
    if schemes is None or not delivers(schemes.table("table")).any():
        return None
    inputs = {name: place[name] for name in USED} | {"route": routes["standard"]}

    def made() -> Made:
        table = gpd.GeoDataFrame(schemes.table("table"))
        today = _minutes(work, routes, place, table.iloc[:0])
        firm = minutes_saved(
            today,
            _minutes(work, routes, place, table[is_firm(table)]),
            cut_off_min=work.settings.travel.cut_off_min,
        )
        every = minutes_saved(
            today,
            _minutes(work, routes, place, table),
            cut_off_min=work.settings.travel.cut_off_min,
        )
        saved = pd.DataFrame({"firm_min": firm, "expected_min": every})
        return Made({"saved": saved.rename_axis("area_id").reset_index()})

    return work.ledger.run(
        "measure schemes",
        made,
        inputs=fingerprints(inputs),
        settings={"themes": work.settings.rules.themes},
    )


def _minutes(
    work: Work, routes: Mapping[str, Kept], place: Mapping[str, Kept], schemes: gpd.GeoDataFrame
) -> pd.DataFrame:
    """Minutes by area and theme with what these schemes deliver beside what is there today."""
    tables = Place(*(place[name].table("table") for name in Place._fields))
    counted = tables.standards[tables.standards["theme"].isin(work.settings.rules.themes)]
    categories = read_categories()
    themes = {name: (kind.theme, kind.label) for name, kind in categories.items()}
    added, entrances = make_delivered(
        schemes, themes=themes, to_crs=from_degrees(work.settings.study.crs)
    )
    costs, assets = [routes["standard"].table("costs")], [tables.assets]
    if len(added):
        costs.append(costs_to(work, place, added, entrances))
        assets.append(added)
    return theme_minutes(
        costs,
        assets,
        tables._replace(standards=counted),
        cut_off_min=work.settings.travel.cut_off_min,
    )
