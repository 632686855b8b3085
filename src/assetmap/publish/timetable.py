"""What can be reached by bus and train, in words: shares by time, and places that matter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from assetmap.publish.plain import plain, shown
from assetmap.publish.rounding import hundredths, whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assetmap.publish.edition import Edition
    from assetmap.publish.places import Place
    from assetmap.publish.words import Words

ORDER = ("standard", "transit", "transit_evening", "transit_sunday", "transit_step_free")
WARNED = (
    "service_few", "service_none", "service_not_measured", "hour_not_measured",
    "stops_not_served", "mode_missing",
)  # fmt: skip
"""Cautions about the timetable itself: they stand beside its figures."""
MIDNIGHT = 24


@dataclass(frozen=True, kw_only=True)
class Door:
    """A place that matters: its heading, and each neighbourhood with its sentences."""

    heading: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Bus:
    """The section: a table of shares by service and time, places that matter, cautions."""

    caption: str
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]
    no_nearer: bool
    """Whether nowhere in the table do they bring anybody nearer than walking."""
    doors: tuple[Door, ...]
    doors_intro: str
    doors_apart: bool
    """Whether the ways to places that matter are in their table alone."""
    cautions: tuple[str, ...]


def bus_of(edition: Edition, places: Sequence[Place], words: Words) -> Bus | None:
    """The section's words; None where the study has no timetable."""
    reached = _table(edition, "reached")
    if reached is None or reached.empty:
        return None
    profiles = [name for name in ORDER if name in set(reached["profile"])]
    shares = reached.set_index(["standard_id", "profile"])["share"]
    labels = edition.labels
    known = [key for key in labels if key in set(reached["standard_id"])]
    when = reached.drop_duplicates("profile").set_index("profile")
    rows = {
        labels[key]: tuple(
            words.say("near.share", n=hundredths(float(shares[key, name]))) for name in profiles
        )
        for key in known
    }
    return Bus(
        caption=words.say("bus.caption", minutes=f"{reached['minutes'].iloc[0]:g}"),
        columns=tuple(_column(name, when.loc[name].to_dict(), words) for name in profiles),
        rows=rows,
        no_nearer=all(len(set(cells)) == 1 for cells in rows.values()),
        doors=_doors(edition, places, words),
        doors_intro=_when("bus.doors_intro", when.loc["transit"].to_dict(), words),
        doors_apart=_table(edition, "door_to_door") is not None and not edition.facts.place_pages,
        cautions=_cautions(edition, words),
    )


def peak_bands(edition: Edition) -> dict[str, str]:
    """The band of the index in the peak hour, by area; none without a timetable."""
    service = _table(edition, "service")
    if service is None:
        return {}
    rows = service[service["time"] == "peak"]
    return {str(area): str(band) for area, band in zip(rows["area_id"], rows["band"], strict=True)}


def _table(edition: Edition, name: str) -> pd.DataFrame | None:
    return edition.more[name][1] if name in edition.more else None


def _column(profile: str, moment: Mapping[object, object], words: Words) -> str:
    if profile == "standard":
        return words.say("bus.on_foot")
    return _when("bus.at_step_free" if profile.endswith("step_free") else "bus.at", moment, words)


def _when(key: str, moment: Mapping[object, object], words: Words) -> str:
    day = dt.date.fromisoformat(str(moment["day"]))
    weekday = words.say(f"day.{day.isoweekday()}")
    return words.say(key, day=weekday, start=moment["starts"], end=moment["ends"])


def _cautions(edition: Edition, words: Words) -> tuple[str, ...]:
    rows = edition.cautions[edition.cautions["code"].isin(WARNED)]
    texts = rows.sort_values(["code", "about"])["text"]
    return tuple(dict.fromkeys(words.told(plain(text, longest=600)) for text in texts))


def _doors(edition: Edition, places: Sequence[Place], words: Words) -> tuple[Door, ...]:
    table = _table(edition, "door_to_door")
    if table is None or not edition.facts.place_pages:
        return ()
    rows = {(str(row["area_id"]), str(row["place"])): row for row in table.to_dict("records")}
    ordered = sorted(places, key=lambda place: (place.place.casefold(), place.area_id))
    return tuple(
        Door(
            heading=words.say("bus.to", place=words.told(shown(name))),
            rows=tuple(
                (place.place, _sentences(rows[place.area_id, name], words))
                for place in ordered
                if (place.area_id, name) in rows
            ),
        )
        for name in dict.fromkeys(table["place"])
    )


def _sentences(row: Mapping[object, object], words: Words) -> str:
    """How long it takes, how often one can go, evening, Sunday, and the last way home."""
    if _empty(row["minutes"]):
        said = [words.say("bus.none")]
    elif row["on_foot"]:
        return words.say("bus.walk", n=_read(row["minutes"]))
    else:
        said = [words.say("bus.takes", n=_read(row["minutes"]))]
        often = max(1, round(_number(row["an_hour"])))
        said.append(words.count("bus.often", often))
    said.append(_or_none("evening", row["evening_minutes"], words))
    if row["sunday_measured"]:
        said.append(_or_none("sunday", row["sunday_minutes"], words))
    else:
        said.append(words.say("bus.unknown_sunday"))
    if not _empty(row["last_home"]):
        said.append(_last(str(row["last_home"]), words))
    return " ".join(said)


def _or_none(time: str, minutes: object, words: Words) -> str:
    if _empty(minutes):
        return words.say(f"bus.no_{time}")
    return words.say(f"bus.{time}", n=_read(minutes))


def _last(clock: str, words: Words) -> str:
    hour, minute = clock.split(":")
    if int(hour) < MIDNIGHT:
        return words.say("bus.last", clock=clock)
    return words.say("bus.last_night", clock=f"{int(hour) - MIDNIGHT:02d}:{minute}")


def _empty(value: object) -> bool:
    return bool(pd.isna(value))  # type: ignore[call-overload]


def _number(value: object) -> float:
    return float(str(value))


def _read(minutes: object) -> str:
    return whole(_number(minutes))
