"""How sure the results are: a list for everybody, and the tables for whoever checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.sureness import FLAGGED, phrase_of, stands_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assetmap.publish.edition import Edition
    from assetmap.publish.places import Place
    from assetmap.publish.profiles import Desk
    from assetmap.publish.subjects import Subject
    from assetmap.publish.words import Words

NEAR = 0.2
"""A neighbourhood that is not flagged, but is in as many draws, is named."""
MOST_NEAR = 12
MOST_MATTERS = 12
TABLES = ("sensitivity", "importance", "robustness")


@dataclass(frozen=True, kw_only=True)
class Sure:
    """Neighbourhoods with their phrase: those flagged, and those that nearly are."""

    draws: str
    flagged: tuple[tuple[Place, str], ...]
    near: tuple[tuple[Place, str], ...]


def how_sure(edition: Edition, places: Sequence[Place], words: Words) -> Sure | None:
    """Every flagged neighbourhood, the least sure first, and the nearest of the others."""
    if "robustness" not in edition.more:
        return None
    known = [place for place in places if place.robustness is not None]
    flagged = sorted((one for one in known if one.level in FLAGGED), key=_least)
    others = sorted((one for one in known if one.level not in FLAGGED), key=_most)
    near = [one for one in others if _share(one) >= NEAR][:MOST_NEAR]
    table = edition.more["robustness"][1]
    return Sure(
        draws=f"{int(table['draws'].max()):,}",
        flagged=tuple((one, phrase_of(one.level, _share(one), words)) for one in flagged),
        near=tuple((one, phrase_of(one.level, _share(one), words)) for one in near),
    )


def sure_here(desk: Desk, subject: Subject) -> Mapping[str, object] | None:
    """How sure the result of a place is; of several, how many of the flagged are how sure.

    None where nothing was drawn, where the place cannot be spoken of, or where none is flagged
    among several.
    """
    words = desk.scene.words
    drawn = "robustness" in desk.scene.edition.more
    known = [place for place in subject.members if drawn and place.robustness is not None]
    if subject.place:
        return {"said": phrase_of(known[0].level, _share(known[0]), words)} if known else None
    found = [stands_of(one.level, _share(one)) for one in known if one.level in FLAGGED]
    told = {stand: found.count(stand) for stand in ("clear", "borderline", "either")}
    return {"said": words.say("sure.of_many", n=len(found), **told)} if found else None


@dataclass(frozen=True, kw_only=True)
class Matters:
    """Rows of SENSITIVITY and IMPORTANCE, as text."""

    draws: str
    changes: tuple[Mapping[str, object], ...]
    shares: tuple[Mapping[str, object], ...]


def what_matters(edition: Edition, words: Words) -> Matters | None:
    """The technical tables; None where nothing was drawn."""
    if any(name not in edition.more for name in TABLES):
        return None
    changes, importance, robustness = (edition.more[name][1] for name in TABLES)
    ordered = importance.sort_values(["share", "assumption"], ascending=[False, True])
    told = words.told
    return Matters(
        draws=f"{int(robustness['draws'].max()):,}",
        changes=tuple(
            {str(name): value for name, value in row.items()}
            | {
                "assumption": told(str(row["assumption"])),
                "value": told(str(row["value"])),
                "jaccard": f"{row['jaccard']:.2f}",
            }
            for row in changes.to_dict("records")
        ),
        shares=tuple(
            {
                "assumption": told(str(row["assumption"])),
                "share": "" if row["share"] != row["share"] else f"{row['share']:.3f}",
                "areas": row["areas"],
            }
            for row in ordered.head(MOST_MATTERS).to_dict("records")
        ),
    )


def _share(place: Place) -> float:
    return place.robustness or 0.0


def _least(place: Place) -> tuple[float, str]:
    return _share(place), place.area_id


def _most(place: Place) -> tuple[float, str]:
    return -_share(place), place.area_id
