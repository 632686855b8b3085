"""Opening hours: what is open at the times that a study asks for, and who is near it then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from assetmap.access.measured import measured_at
from assetmap.access.open_then import nearest_open, open_by_area
from assetmap.access.standard import satisfying
from assetmap.layers.hours import Week, holidays_in, make_open_week
from assetmap.layers.open_at import make_moments, make_open_at
from assetmap.provenance import Caution
from assetmap.study.ledger import Made
from assetmap.study.opening import country_of
from assetmap.study.work import fingerprints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

STAFFED = ("community", "leisure", "health", "family", "essentials")
"""Themes whose places somebody opens and shuts: not a park, a playground or a bus stop."""


def prepare_opening(work: Work, place: Mapping[str, Kept]) -> Kept:
    """OPEN_WEEK, MOMENTS and OPEN_AT of the assets that are asked about."""
    asked = work.settings.opening
    week = _week(work)

    def made() -> Made:
        assets = gpd.GeoDataFrame(place["assets"].table("table"))
        return open_of(work, assets, place["standards"].table("table"))

    return work.ledger.run(
        "prepare opening hours",
        made,
        inputs=fingerprints({name: place[name] for name in ("assets", "standards")}),
        settings={"week": week, **asked.model_dump(mode="json", include={"at", "standards"})},
    )


def open_of(work: Work, assets: gpd.GeoDataFrame, standards: pd.DataFrame) -> Made:
    """OPEN_WEEK, MOMENTS and OPEN_AT of those of the assets that are asked about."""
    week = _week(work)
    asked = standards_asked(work, standards)
    wanted = {one for row in asked.to_dict("records") for one in satisfying(assets, row)}
    some = assets[assets["to_id"].isin(wanted)]
    told = make_open_week(some, week)
    moments = make_moments([(one.name, one.day, one.time) for one in work.settings.opening.at],
                           first=week.first)  # fmt: skip
    at = make_open_at(some, told.table, moments)
    parts = {"week": told.table, "moments": moments, "table": at.table}
    return Made(parts, (*told.cautions, *at.cautions, *_on_holidays(week, moments)))


def measure_opening(work: Work, routes: Mapping[str, Kept], place: Mapping[str, Kept]) -> Kept:
    """AREA_ACCESS of what is open at each time asked for, by every walking profile."""
    used = {name: place[name] for name in ("origins", "assets", "standards", "coverage", "opening")}

    def made() -> Made:
        origins, assets, standards, coverage, open_at = (
            kept.table("table") for kept in used.values()
        )
        asked = standards_asked(work, standards)
        tables = []
        for name, kept in routes.items():
            minutes = nearest_open(kept.table("costs"), assets, asked, open_at)
            measured = measured_at(origins, kept.table("snaps"), coverage)
            tables.append(open_by_area(minutes, measured, origins, asked, profile=name))
        return Made({"area_access": pd.concat(tables, ignore_index=True)})

    inputs = used | {f"route {name}": kept for name, kept in routes.items()}
    return work.ledger.run(
        "measure opening hours",
        made,
        inputs=fingerprints(inputs),
        settings={"standards": work.settings.opening.standards},
    )


def opening_words(work: Work, standards: pd.DataFrame) -> dict[str, str]:
    """The settings of what is open in words; none where no time is asked for."""
    asked = work.settings.opening
    if not asked.at:
        return {}
    week = _week(work)
    times = ", ".join(f"{one.name} {one.day} {one.time:%H:%M}" for one in asked.at)
    days = ", ".join(day.isoformat() for day in holidays_in(week)) or "none"
    of = ", ".join(sorted(standards_asked(work, standards)["standard_id"]))
    return {
        "open_then": f"{times}, in the seven days from {week.first}; for {of}; public holidays of "
        f"{week.country} in them: {days}"
    }


def standards_asked(work: Work, standards: pd.DataFrame) -> pd.DataFrame:
    """STANDARDS whose places are asked about."""
    named = work.settings.opening.standards
    if named:
        return standards[standards["standard_id"].isin(named)]
    return standards[standards["theme"].isin(STAFFED)]


def _week(work: Work) -> Week:
    first = work.settings.opening.week_of or work.settings.study.as_of
    return Week(first, country_of(work.settings.opening, work.settings.study.nation))


def _on_holidays(week: Week, moments: pd.DataFrame) -> tuple[Caution, ...]:
    days = sorted({day.isoformat() for day in holidays_in(week)} & set(moments["day"]))
    text = (
        f"{' and '.join(days)} is a public holiday: what is open then is not what is open in an "
        "ordinary week."
    )
    found = Caution(code="hours_holiday", about="opening hours", text=text, count=len(days))
    return (found,) if days else ()
