"""Opening hours: when each asset is open in one week, read from the OpenStreetMap grammar."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

import opening_hours
import pandas as pd

from assetmap.errors import Fault, MethodError
from assetmap.frames import table_of
from assetmap.frames.hours import OPEN_WEEK, WEEK_MIN
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd

QUOTED = re.compile(r'"[^"]*"')
SUN = re.compile(r"\b(?:sunrise|sunset|dawn|dusk)\b", re.IGNORECASE)
SCHOOL = re.compile(r"\bSH\b")
FALLBACK = re.compile(r'((?:[^"|]|"[^"]*"|\|(?!\|))*)\|\|')
DEGREES = "EPSG:4326"
MOST_TOLD = 5


class Span(NamedTuple):
    """A stretch of the week in which a place is open, or may be."""

    opens_min: int
    closes_min: int
    state: str
    why: str | None


class Week(NamedTuple):
    """The seven days from ``first``, with the public holidays of a country (ISO 3166, as GB)."""

    first: dt.date
    country: str

    @property
    def start(self) -> dt.datetime:
        """Its first midnight, by the clock on the wall."""
        return dt.datetime.combine(self.first, dt.time())

    @property
    def end(self) -> dt.datetime:
        """Its last midnight."""
        return self.start + dt.timedelta(days=7)


def make_open_week(assets: gpd.GeoDataFrame, week: Week) -> Told[pd.DataFrame]:
    """OPEN_WEEK: when each of ASSETS is open in the week, to the minute.

    By the grammar of ``opening_hours`` in OpenStreetMap, with months, weeks of the year, public
    holidays and the sun where the asset stands. A place is *not known* to be open or closed

    - all week where no hours are listed (``not listed``), where they do not parse (``not
      understood``) and where they speak of school holidays, of which there is no calendar
      (``school holidays``);
    - where its hours say ``unknown``, carry a remark such as "by appointment", or leave it to a
      fallback after ``||`` (``depends``).

    Told: ``hours_unread``, the hours that do not parse, with a few of those that everybody may
    see.

    Raises
    ------
    MethodError
        For a country whose public holidays are not known.

    References
    ----------
    OpenStreetMap Wiki, Key:opening_hours/specification.
    """
    _refuse_unknown(week.country)
    ordered = assets.sort_values("to_id")
    texts = ordered["opening_hours"].fillna("").str.strip()
    suns = _where_sun_counts(ordered, texts)
    read = {text: spans_of(text, week) for text in sorted(set(texts))}
    rows = [
        (to_id, *span)
        for to_id, text in zip(ordered["to_id"], texts, strict=True)
        for span in (spans_of(text, week, coords=suns[to_id]) if to_id in suns else read[text])
    ]
    table = pd.DataFrame(rows, columns=list(OPEN_WEEK.names))
    held = table_of(OPEN_WEEK, {name: table[name] for name in OPEN_WEEK.names})
    return Told(held, _unread(ordered, held))


def spans_of(
    text: str, week: Week, *, coords: tuple[float, float] | None = None
) -> tuple[Span, ...]:
    """When one place is open in the week; ``coords`` are latitude and longitude, for the sun."""
    unsaid = QUOTED.sub("", text)
    if not text:
        return (_all_week("not listed"),)
    if not opening_hours.validate(text):
        return (_all_week("not understood"),)
    if SCHOOL.search(unsaid):
        return (_all_week("school holidays"),)
    # The library takes no further day once it has met a fallback; so it is not shown one
    first = FALLBACK.match(text)
    hours = opening_hours.OpeningHours(
        first[1].strip() if first else text, country=week.country, coords=coords, auto_country=False
    )
    return tuple(_spans(hours, week, fallback=first is not None))


def hours_in_order(text: object) -> str | None:
    """The hours in the grammar's own order and spelling; None where there are none to be read."""
    given = text.strip() if isinstance(text, str) else ""
    if not given or not opening_hours.validate(given):
        return None
    return str(opening_hours.OpeningHours(given, auto_country=False).normalize())


def holidays_in(week: Week) -> tuple[dt.date, ...]:
    """The public holidays of the week, as far as the calendar of its country knows them."""
    hours = opening_hours.OpeningHours("PH", country=week.country, auto_country=False)
    days = [week.first + dt.timedelta(days=n) for n in range(7)]
    return tuple(day for day in days if hours.is_open(dt.datetime.combine(day, dt.time(12))))


def _spans(hours: opening_hours.OpeningHours, week: Week, *, fallback: bool) -> Iterator[Span]:
    for opens, closes, state, remark in hours.intervals(week.start, week.end):
        if state == opening_hours.State.CLOSED and not fallback:
            continue
        sure = state == opening_hours.State.OPEN and not remark
        yield Span(
            _minute(opens, week),
            _minute(closes, week),
            "open" if sure else "unknown",
            None if sure else "depends",
        )


def _minute(time: dt.datetime, week: Week) -> int:
    """Minutes after the week's first midnight by the clock on the wall, whatever its zone."""
    return int((time.replace(tzinfo=None) - week.start).total_seconds()) // 60


def _all_week(why: str) -> Span:
    return Span(0, WEEK_MIN, "unknown", why)


def _where_sun_counts(
    assets: gpd.GeoDataFrame, texts: pd.Series
) -> Mapping[str, tuple[float, float]]:
    """Latitude and longitude of the assets whose hours follow the sun."""
    led = assets[texts.str.replace(QUOTED, "", regex=True).str.contains(SUN)]
    points = led.geometry.to_crs(DEGREES)
    return {
        str(to_id): (round(point.y, 4), round(point.x, 4))
        for to_id, point in zip(led["to_id"], points, strict=True)
    }


def _refuse_unknown(country: str) -> None:
    try:
        opening_hours.OpeningHours("PH", country=country, auto_country=False)
    except opening_hours.UnknownCountryError as error:  # type: ignore[attr-defined] # not in its stub
        what = f"no public holidays are known for the country '{country}'"
        attempt = "two letters of ISO 3166, as GB or BR"
        raise MethodError(Fault(what=what, where="opening.country", attempt=attempt)) from error


def _unread(assets: pd.DataFrame, week: pd.DataFrame) -> tuple[Caution, ...]:
    """The hours that do not parse: how many, and some that everybody may see."""
    ids = set(week.loc[week["why"] == "not understood", "to_id"])
    rows = assets[assets["to_id"].isin(ids)]
    if rows.empty:
        return ()
    seen = rows[rows["visibility"] == "public"].sort_values(["name", "to_id"])[:MOST_TOLD]
    some = [f"{name} ({hours})" for name, hours in zip(seen["name"], seen["opening_hours"],
                                                       strict=True)]  # fmt: skip
    some += [f"and {len(rows) - len(some)} more"] if len(rows) > len(some) else []
    text = f"Opening hours that could not be read count as not known: {'; '.join(some)}."
    found = Caution(code="hours_unread", about="opening hours", text=text, count=len(rows))
    return (found,)
