"""The register of services for Open Referral UK (HSDS-UK 3.0): a reply of ``/services``."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from assetmap.publish.plain import known, plain
from assetmap.publish.shapes import lonlat

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from assetmap.publish.edition import Edition
    from assetmap.publish.words import Words

NO_SERVICE = ("transport", "green", "play", "work")
"""Themes whose assets are ground or stops, not something that an organisation offers."""

SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://openreferraluk.org/assetmap")


def services_of(edition: Edition, assets: gpd.GeoDataFrame, words: Words) -> dict[str, object]:
    """One page with every service among ``assets`` inside the study.

    Assets must be public already; contacts are not among our columns, so none can be here. Ids
    are UUIDs made from the study's own, the same in every run.
    """
    inside = assets[(assets["role"] == "study") & ~assets["theme"].isin(NO_SERVICE)]
    points = lonlat(inside.geometry, decimals=6)
    rows = inside.drop(columns="geometry").to_dict("records")
    services = [
        _service(row, edition, words, at=(point.y, point.x))
        for row, point in zip(rows, points, strict=True)
    ]
    return {
        "version": "HSDS-UK-3.0",
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": services,
    }


def _service(
    row: Mapping[object, object], edition: Edition, words: Words, *, at: tuple[float, float]
) -> dict[str, object]:
    asset, name = str(row["to_id"]), plain(row["name"])
    category = str(row["category"])
    one, _ = edition.categories.get(category, (category.replace("_", " "), ""))
    hours, listed = plain(row["opening_hours"]), plain(row["as_listed"])
    contact = edition.facts.contact
    keeper = plain(contact.team) if contact else plain(edition.facts.place)
    return {
        "id": _id("service", asset),
        "name": name,
        "description": words.say(
            "file.service", kind=plain(one), place=plain(edition.facts.place)
        ),
        "status": "active",
        "assured_date": listed or edition.facts.as_of.isoformat(),
        "organization": {
            "id": _id("organization", asset),
            "name": name,
            "description": words.say("file.keeper", keeper=keeper),
        },
        "service_at_locations": [
            {"id": _id("service_at_location", asset),
             "location": _location(row, asset, words, at=at)}
        ],
        "schedules": [{"id": _id("schedule", asset), "description": hours}] if hours else [],
        "attributes": [
            {
                "id": _id("attribute", asset),
                "link_entity": "service",
                "taxonomy_term": {"id": _id("term", category), "code": category, "name": plain(one),
                                  "description": plain(one)},
            }
        ],
    }  # fmt: skip


def _location(
    row: Mapping[object, object], asset: str, words: Words, *, at: tuple[float, float]
) -> dict[str, object]:
    address, state = plain(row["address"]), str(row["wheelchair"])
    access = "" if state == "unknown" else words.say(f"assets.step_free_{state}")
    return {
        "id": _id("location", asset),
        "location_type": "physical",
        "name": plain(row["name"]),
        "latitude": at[0],
        "longitude": at[1],
        "addresses": [
            {"id": _id("address", asset), "address_1": address, "address_type": "physical",
             "country": "GB"}
        ] if known(row["address"]) and address else [],
        "accessibility": [{"id": _id("accessibility", asset), "description": access}]
        if access else [],
    }  # fmt: skip


def _id(kind: str, name: str) -> str:
    return str(uuid.uuid5(SPACE, f"{kind}/{name}"))
