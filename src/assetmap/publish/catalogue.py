"""Open-data metadata of a folder: a Frictionless data package, and DCAT for data catalogues."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.dictionary import table_schema
from assetmap.publish.licences import attributions, licence_address, licence_of, sources_behind
from assetmap.publish.plain import email_address, plain, web_address
from assetmap.publish.shapes import lonlat

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assetmap.provenance import Source
    from assetmap.publish.edition import Edition
    from assetmap.publish.sheets import Sheet

MEDIA = {
    ".csv": "text/csv", ".geojson": "application/geo+json", ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet", ".gpkg": "application/geopackage+sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A file that was written: what it holds, of which sources, under which licence."""

    path: Path
    says: str
    sources: tuple[Source, ...]
    licence: str
    sheet: Sheet | None = None
    """Its columns, where it is a CSV."""


def written(
    path: Path, table: str, says: str, *, edition: Edition, sheet: Sheet | None = None
) -> Written:
    """A file of a table, '' for one that holds them all, with the sources behind it."""
    behind = sources_behind(edition, table)
    return Written(path, says, behind, licence_of(edition, table), sheet)


def data_package(edition: Edition, made: Sequence[Written], folder: Path) -> dict[str, object]:
    """``datapackage.json``: every file with its hash, columns, licence and sources."""
    facts = edition.facts
    return {
        "profile": "data-package",
        "name": f"assetmap-{facts.run}",
        "title": plain(facts.title),
        "description": plain(facts.about),
        "version": facts.run,
        "created": f"{facts.as_of.isoformat()}T00:00:00Z",
        "licenses": [_licence(plain(facts.licence))],
        "sources": _sources(tuple(sorted(edition.sources, key=lambda source: source.id))),
        "resources": [_resource(one, folder) for one in made],
    }


def dcat(edition: Edition, made: Sequence[Written], folder: Path) -> dict[str, object]:
    """``dcat.jsonld``: the same for catalogues (W3C DCAT 3): who, where, when, which files."""
    facts = edition.facts
    west, south, east, north = lonlat(edition.own.geometry).total_bounds.round(5)
    contact = facts.contact
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/", "vcard": "http://www.w3.org/2006/vcard/ns#",
            "geo": "http://www.opengis.net/ont/geosparql#", "spdx": "http://spdx.org/rdf/terms#",
        },
        "@type": "dcat:Dataset",
        "dct:identifier": facts.run,
        "dct:title": plain(facts.title),
        "dct:description": plain(facts.about) or plain(facts.title),
        "dct:issued": facts.as_of.isoformat(),
        "dct:language": "en",
        "dct:publisher": {
            "@type": "foaf:Agent", "foaf:name": plain(contact.team) if contact else "assetmap"
        },
        **({"dcat:contactPoint": {
            "@type": "vcard:Kind", "vcard:fn": plain(contact.team),
            **({"vcard:hasEmail": f"mailto:{email_address(contact.email)}"}
               if email_address(contact.email) else {}),
        }} if contact else {}),
        "dct:spatial": {
            "@type": "dct:Location", "dct:title": plain(facts.place),
            "dcat:bbox": f"POLYGON(({west} {south}, {east} {south}, {east} {north}, "
                         f"{west} {north}, {west} {south}))",
        },
        "dct:license": _address_or_name(plain(facts.licence)),
        "dct:rights": list(attributions(sources_behind(edition, ""))),
        "dcat:distribution": [_distribution(one, folder) for one in made],
    }  # fmt: skip


def _resource(one: Written, folder: Path) -> dict[str, object]:
    weight = one.path.read_bytes()
    path = one.path.relative_to(folder).as_posix()
    tabular = one.sheet is not None
    return {
        "name": path.casefold().replace("/", "-").replace("_", "-"),
        "path": path,
        "description": one.says,
        "format": one.path.suffix.removeprefix("."),
        "mediatype": MEDIA[one.path.suffix],
        "bytes": len(weight),
        "hash": f"sha256:{hashlib.sha256(weight).hexdigest()}",
        **({"profile": "tabular-data-resource", "encoding": "utf-8"} if tabular else {}),
        **({"schema": table_schema(one.sheet)} if one.sheet else {}),
        "licenses": [_licence(one.licence)],
        "sources": _sources(one.sources),
    }


def _distribution(one: Written, folder: Path) -> dict[str, object]:
    weight = one.path.read_bytes()
    return {
        "@type": "dcat:Distribution",
        "dct:title": one.path.relative_to(folder).as_posix(),
        "dct:description": one.says,
        "dcat:mediaType": MEDIA[one.path.suffix],
        "dcat:byteSize": len(weight),
        "spdx:checksum": {
            "spdx:algorithm": "sha256", "spdx:checksumValue": hashlib.sha256(weight).hexdigest(),
        },
        "dct:license": _address_or_name(one.licence),
        "dct:rights": list(attributions(one.sources)),
    }  # fmt: skip


def _licence(licence: str) -> dict[str, str]:
    address = licence_address(licence)
    return {"title": licence, **({"path": address} if address else {})}


def _address_or_name(licence: str) -> object:
    address = licence_address(licence)
    return {"@id": address} if address else licence


def _sources(sources: tuple[Source, ...]) -> list[dict[str, str]]:
    return [
        {
            "title": f"{plain(one.publisher)}: {plain(one.title)}, {plain(one.vintage)}",
            **({"path": web_address(one.address)} if web_address(one.address) else {}),
        }
        for one in sources
    ]
