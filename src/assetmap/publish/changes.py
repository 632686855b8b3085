"""The rows that say what would change the result of each neighbourhood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.edition import Edition

    Row = Mapping[Any, Any]

CHANGES = "challenge"


def changes_of(edition: Edition) -> dict[str, list[Row]]:
    """The rows of CHALLENGE by area, the smallest changes first; nothing where nobody was judged.

    An area that no change would turn has none.
    """
    if CHANGES not in edition.more:
        return {}
    table = edition.more[CHANGES][1]
    found: dict[str, list[Row]] = {}
    for row in table[table["setting"].notna()].sort_values("order").to_dict("records"):
        found.setdefault(str(row["area_id"]), []).append(row)
    return found
