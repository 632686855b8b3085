"""What the profile of a place is told from: near, far, compared, who lives there, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import shapely

from assetmap.frames.legs import FIRM, WITH_PLANNED
from assetmap.publish import rows
from assetmap.publish.changes import changes_of
from assetmap.publish.groups import groups_of
from assetmap.publish.listing import by_theme
from assetmap.publish.locator import Backdrop, locator
from assetmap.publish.reasons import Told, near_and_far
from assetmap.publish.rounding import hundredths, people_read, whole
from assetmap.publish.summary import nearness, tallies
from assetmap.publish.sureness import FLAGGED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from assetmap.publish.changes import Row
    from assetmap.publish.edition import Edition
    from assetmap.publish.groups import Groups
    from assetmap.publish.listing import Listed
    from assetmap.publish.scene import Scene
    from assetmap.publish.subjects import Subject

    Context = Mapping[str, object] | None

_Told = TypeVar("_Told")

SCHEME_REACH = "scheme_reach"
AROUND_M = 400.0
"""How far from a neighbourhood's edge a service or a scheme still belongs to its page."""
MOST_NAMED = 12
TEN_MIN = 10.0


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What all profiles draw on, worked out once for an edition."""

    scene: Scene
    told: Told
    backdrop: Backdrop
    minutes: Mapping[tuple[str, str], float]
    everywhere: Mapping[str, float]
    services: Mapping[str, Sequence[Listed]]
    """Services in each subject or just outside, by its slug."""
    schemes: Mapping[str, Sequence[object]]
    """The same of schemes, in words."""
    changes: Mapping[str, Sequence[Row]]
    """What would change each neighbourhood's result, the smallest changes first."""
    groups: Sequence[Groups]

    @classmethod
    def of(cls, scene: Scene) -> Desk:
        """The desk of a scene."""
        edition = scene.edition
        grounds = _grounds(edition, scene.subjects)
        told_schemes = rows.schemes(edition, scene.words)
        return cls(
            scene=scene,
            told=Told.of(edition, scene.words),
            backdrop=Backdrop.of(edition, scene.places),
            services=_close(grounds, scene.near, scene.listed),
            schemes=_close(grounds, edition.schemes.sort_values("scheme_id"), told_schemes),
            changes=changes_of(edition),
            groups=groups_of(edition, scene.words),
            minutes=_minutes(scene),
            everywhere={
                row.standard_id: row.share
                for row in nearness(edition, scene.places)
                if row.share is not None
            },
        )


def here(desk: Desk, subject: Subject) -> Context:
    """What is here: who is near what, and which services stand in it or just outside."""
    place = subject.place
    said = place.said.here if place else _of_many(desk, subject)[0]
    return {
        "said": " ".join(said),
        "themes": by_theme(desk.services[subject.slug], desk.scene.edition),
        "most": MOST_NAMED,
        "picture": locator(desk.backdrop, subject),
        "around_m": whole(AROUND_M),
    }


def _grounds(edition: Edition, subjects: Sequence[Subject]) -> dict[str, BaseGeometry]:
    """The ground of each subject, by its slug."""
    shapes = dict(zip(edition.own["area_id"], edition.own.geometry, strict=True))
    return {
        one.slug: shapely.union_all([shapes[area] for area in one.area_ids]) for one in subjects
    }


def _close(
    grounds: Mapping[str, BaseGeometry], shapes: gpd.GeoDataFrame, told: Sequence[_Told]
) -> dict[str, list[_Told]]:
    """What is told of the shapes that still belong to a page about each ground, in their order."""
    of, near = shapes.sindex.query(
        list(grounds.values()), predicate="dwithin", distance=AROUND_M, sort=True
    )
    close: dict[str, list[_Told]] = {slug: [] for slug in grounds}
    slugs = list(grounds)
    for ground, shape in zip(of.tolist(), near.tolist(), strict=True):
        close[slugs[ground]].append(told[shape])
    return close


def minutes(desk: Desk, subject: Subject) -> Context:
    """What takes ten minutes or less on foot, on average; nothing where lines are straight."""
    facts = desk.scene.edition.facts
    mean = _mean_minutes(desk, subject)
    reached = {key: took for key, took in mean.items() if took <= TEN_MIN}
    if facts.straight or not mean:
        return None
    labels = desk.told.standards
    rows_read = [
        (labels[key], desk.scene.words.say("profile.minutes", n=whole(max(took, 1))))
        for key, took in sorted(reached.items(), key=lambda it: (it[1], it[0]))
        if key in labels
    ]
    return {"rows": rows_read}


def lacks(desk: Desk, subject: Subject) -> Context:
    """What most people here are not near."""
    said = subject.place.said.lacks if subject.place else _of_many(desk, subject)[1]
    return {"said": " ".join(said)}


def compare(desk: Desk, subject: Subject) -> Context:
    """People near each service here and in the whole study."""
    found = [row for row in nearness(desk.scene.edition, subject.members) if row.share is not None]
    wholes = desk.everywhere
    table = [
        (row.label, hundredths(row.share or 0), hundredths(wholes[row.standard_id]))
        for row in found
        if row.standard_id in wholes
    ]
    return {"rows": table, "name": subject.name} if table else None


def people(desk: Desk, subject: Subject) -> Context:
    """Who lives there, by the census groups that the study holds; nothing where it holds none."""
    kinds = []
    for groups in desk.groups:
        shares = groups.shares(subject.area_ids)
        if shares:
            kinds.append((groups.kind, zip(groups.names, shares, groups.everywhere, strict=True)))
    return {"kinds": kinds, "about": subject.about, "name": subject.name} if kinds else None


def why(desk: Desk, subject: Subject) -> Context:
    """The result and its reasons; of several neighbourhoods, how many have each result."""
    if not desk.scene.judged:
        return None
    words, place = desk.scene.words, subject.place
    if place:
        said = " ".join(place.said.why)
        return {"place": place, "verdict": words.level(place.level), "why": said}
    found = [tally for tally in tallies(subject.members, words) if tally.places]
    return {"place": None, "tallies": found, **_parts(desk, subject)}


def schemes(desk: Desk, subject: Subject) -> Context:
    """Schemes here or just outside."""
    near = desk.schemes[subject.slug]
    said = _beside_schemes(desk, subject.place.area_id) if subject.place else []
    return {"schemes": near[:MOST_NAMED], "more": max(len(near) - MOST_NAMED, 0), "said": said}


def _beside_schemes(desk: Desk, area_id: str) -> list[str]:
    """How many people are inside a scheme, and near what schemes bring; nothing where nobody is."""
    edition, words = desk.scene.edition, desk.scene.words
    table = edition.more[SCHEME_REACH][1] if SCHEME_REACH in edition.more else None
    rows = [] if table is None else table[table["area_id"] == area_id].to_dict("records")
    by_stage = {row["counted"]: row for row in rows}
    if FIRM not in by_stage:
        return []
    firm, planned = by_stage[FIRM], by_stage.get(WITH_PLANNED, by_stage[FIRM])
    ending = "_straight" if edition.facts.straight else ""
    shares = {"inside": firm["share_inside"], f"reach{ending}": firm["share_catchment"]}
    if planned["share_catchment"] != firm["share_catchment"]:
        shares[f"planned{ending}"] = planned["share_catchment"]
    return [
        words.say(f"nearby.{key}", n=hundredths(share))
        for key, share in shares.items()
        if share > 0
    ]


def _parts(desk: Desk, subject: Subject) -> dict[str, object]:
    """The wards of a whole, where it has any that hold all of it; else its neighbourhoods."""
    inside = [one for one in desk.scene.subjects if not one.place]
    inside = [one for one in inside if one.area_ids < subject.area_ids]
    smallest = [one for one in inside if one.kind == inside[0].kind]
    held = frozenset[str]().union(*(one.area_ids for one in smallest))
    if not inside or held != subject.area_ids:
        return {"parts": [], "members": subject.members}
    flagged = [place for place in subject.members if place.level in FLAGGED]
    return {"parts": smallest, "members": flagged}


def _of_many(desk: Desk, subject: Subject) -> tuple[Sequence[str], Sequence[str]]:
    """What is near and far for the people of several neighbourhoods together."""
    found = nearness(desk.scene.edition, subject.members)
    shares = {row.standard_id: row.share for row in found if row.share is not None}
    near, far = near_and_far(shares, desk.told)
    lives = desk.scene.words.say("places.people", people=people_read(subject.people))
    return (lives, *near), far


def _minutes(scene: Scene) -> dict[tuple[str, str], float]:
    """Minutes to the nearest, by area and standard, as published."""
    table = scene.edition.access_by(scene.edition.facts.nearest_measure)
    chosen = table[table["value"].notna()]
    keys = zip(chosen["area_id"].to_numpy(), chosen["category"].to_numpy(), strict=True)
    return dict(zip(keys, chosen["value"].tolist(), strict=True))


def _mean_minutes(desk: Desk, subject: Subject) -> dict[str, float]:
    """Minutes to the nearest of each standard, weighted by people, where all are measured."""
    took: dict[str, float] = {}
    for key in desk.told.standards:
        measured = [place for place in subject.members if (place.area_id, key) in desk.minutes]
        if len(measured) == len(subject.members) and subject.people > 0:
            total = sum(p.people * desk.minutes[p.area_id, key] for p in measured)
            took[key] = total / subject.people
    return took
