"""Licences and attributions of what is written, from the sources it was made of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assetmap.publish.plain import plain, web_address

if TYPE_CHECKING:
    from assetmap.provenance import Source
    from assetmap.publish.edition import Edition

ODBL = "Open Data Commons Open Database License 1.0 (ODbL)"
_SHARE_ALIKE = re.compile(r"\bodbl\b|open database licen[cs]e", re.IGNORECASE)

ADDRESSES = {
    "open government licence": (
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    ),
    "ogl": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "odbl": "https://opendatacommons.org/licenses/odbl/1-0/",
    "open database": "https://opendatacommons.org/licenses/odbl/1-0/",
    "cc by 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "mit": "https://opensource.org/license/mit",
}  # fmt: skip
"""Beginnings of licences' names to where they are read."""

BETWEEN = " + "
"""Between the sources of an asset that several list."""


def shares_alike(source: Source) -> bool:
    """Whether what is made from the source must stay under the Open Database License."""
    return bool(_SHARE_ALIKE.search(source.licence))


def sources_behind(edition: Edition, table: str) -> tuple[Source, ...]:
    """The sources that a table was made from, in order of their ids; all where it is not told.

    Without a table's name, those behind any table: for a file that holds them all.
    """
    made = edition.made_from
    named = made.get(table) if table else {name for ids in made.values() for name in ids} or None
    chosen = [one for one in edition.sources if named is None or one.id in named]
    return tuple(sorted(chosen, key=lambda source: source.id))


def attributions(sources: tuple[Source, ...]) -> tuple[str, ...]:
    """What the publishers ask to be said, once each, in order."""
    return tuple(dict.fromkeys(said for one in sources if (said := plain(one.attribution))))


def licence_of(edition: Edition, table: str) -> str:
    """The licence under which a table leaves: ODbL where a source asks for it, else the study's."""
    behind = sources_behind(edition, table)
    return ODBL if any(shares_alike(one) for one in behind) else plain(edition.facts.licence)


def licence_address(licence: str) -> str:
    """Where a licence is read, or '' for one that is not known here."""
    folded = plain(licence).casefold()
    if _SHARE_ALIKE.search(folded):
        return ADDRESSES["odbl"]
    found = [address for name, address in ADDRESSES.items() if folded.startswith(name)]
    return found[0] if found else web_address(licence)


def split_by_licence(edition: Edition) -> tuple[Edition, Edition]:
    """The edition with public assets that rest on no share-alike source, and with the others.

    A place that both a council's register and OpenStreetMap list is among the others: what
    OpenStreetMap says of it may be in its row.
    """
    held = {one.id for one in edition.sources if shares_alike(one)}
    assets = edition.public_assets
    shared = assets["sources"].map(lambda listed: bool(held & set(str(listed).split(BETWEEN))))
    shared = shared.astype(bool)
    named = edition.made_from.get("assets", tuple(one.id for one in edition.sources))
    free = {**edition.made_from, "assets": tuple(name for name in named if name not in held)}
    return (
        replace(edition, assets=assets[~shared], made_from=free),
        replace(edition, assets=assets[shared]),
    )
