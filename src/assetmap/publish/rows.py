"""The page's smaller tables, row by row, in words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.plain import plain, shown, web_address
from assetmap.publish.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.provenance import Source
    from assetmap.publish.edition import Edition
    from assetmap.publish.words import Words

LONG = 600
SCHEME_COLUMNS = ("name", "kind", "stage", "opens", "delivers", "removes", "homes")
M2_IN_HA = 10_000


@dataclass(frozen=True, kw_only=True)
class StandardRow:
    """A benchmark as it is read."""

    standard_id: str
    label: str
    theme: str
    within: str
    source: str
    status: str


def standards(edition: Edition, words: Words) -> tuple[StandardRow, ...]:
    """Each benchmark with its distance, and in minutes only where streets were walked."""
    key = "near.within_straight" if edition.facts.straight else "near.within_streets"
    ordered = edition.standards.sort_values(["theme", "standard_id"], kind="stable")
    return tuple(
        StandardRow(
            standard_id=str(row["standard_id"]),
            label=shown(row["label"]),
            theme=shown(edition.themes.get(str(row["theme"]), row["theme"])),
            within=words.say(key, m=whole(row["threshold_m"]), min=whole(row["threshold_min"])),
            source=words.told(plain(row["source"], longest=LONG)),
            status=words.told(shown(row["status"])),
        )
        for row in ordered.to_dict("records")
    )


def methods(edition: Edition, words: Words) -> tuple[Mapping[str, str], ...]:
    """METHODS as text, in the order of names."""
    ordered = edition.methods.sort_values("name", kind="stable")
    return tuple(
        {str(key): words.told(plain(value, longest=LONG)) for key, value in row.items()}
        for row in ordered.to_dict("records")
    )


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """A source as it is read; ``address`` is empty unless it is an ordinary web address."""

    title: str
    address: str
    publisher: str
    licence: str
    vintage: str
    file: str
    sha256: str


def sources(edition: Edition) -> tuple[SourceRow, ...]:
    """Every file read, in the order of titles."""
    ordered = sorted(edition.sources, key=lambda source: (source.title.casefold(), source.id))
    return tuple(_source(source) for source in ordered)


def _source(source: Source) -> SourceRow:
    name = plain(source.file, longest=LONG).replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    return SourceRow(
        title=shown(source.title),
        address=web_address(source.address),
        publisher=shown(source.publisher),
        licence=shown(source.licence),
        vintage=shown(source.vintage),
        file=name,
        sha256=shown(source.sha256),
    )


def credits(edition: Edition) -> tuple[str, ...]:  # noqa: A001 - the field's word
    """The attributions that the sources used ask for, each once."""
    said = sorted({plain(source.attribution, longest=LONG) for source in edition.sources})
    return tuple(text for text in said if text)


def schemes(edition: Edition, words: Words) -> tuple[Mapping[str, str], ...]:
    """SCHEMES as text, in the order in which the map draws them."""
    unknown = words.say("schemes.unknown")
    ordered = edition.schemes.drop(columns="geometry").sort_values("scheme_id")
    return tuple(
        {
            "name": shown(row["name"]) or unknown,
            "kind": words.told(shown(row["kind"])),
            "stage": words.say(f"stage.{str(row['stage']).replace(' ', '_')}"),
            "opens": _day(row["opens"], words) or unknown,
            "removes": words.joined(_parts(row["removes"], words)) or unknown,
            "delivers": words.joined(_delivered(row["delivers"], edition, words)) or unknown,
            "homes": words.number(whole(row["homes"])) if row["homes"] == row["homes"] else unknown,
        }
        for row in ordered.to_dict("records")
    )


def _parts(value: object, words: Words) -> list[str]:
    return [words.told(part) for part in _split(value)]


def _split(value: object) -> list[str]:
    return [part.strip() for part in plain(value, longest=LONG).split(";") if part.strip()]


def _delivered(value: object, edition: Edition, words: Words) -> list[str]:
    """What a scheme brings, by the plain names of categories, without the coordinates."""
    keys = [re.split(r" (?:at|within)\b", part, maxsplit=1)[0].strip() for part in _split(value)]
    names = {key: one for key, (one, _) in edition.categories.items()}
    return [
        shown(names[key] if key in names else words.told(key.replace("_", " "))) for key in keys
    ]


def scheme_columns(edition: Edition, words: Words) -> tuple[str, ...]:
    """The columns of the schemes' table; one that is known of no scheme is left out."""
    unknown = words.say("schemes.unknown")
    made = schemes(edition, words)
    return tuple(
        name
        for name in SCHEME_COLUMNS
        if name in SCHEME_COLUMNS[:3] or any(row[name] not in {unknown, ""} for row in made)
    )


def _day(value: object, words: Words) -> str:
    """A date that is one, as it is said; another text as it is."""
    text = shown(value)
    try:
        return words.date(dt.date.fromisoformat(text))
    except ValueError:
        return text
