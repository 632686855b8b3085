"""The first part of the walk, which needs the readers alone: where a study is, and who lives there.

A run makes it while the rest of the program is loaded; nothing is imported here that draws, walks
or measures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.study.steps.given import read_authorities, read_table, read_tables
from assetmap.study.steps.index import prepare_index
from assetmap.study.steps.prepare import (
    place_in_units,
    prepare_areas,
    prepare_boundaries,
    prepare_membership,
    prepare_population,
)

if TYPE_CHECKING:
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

Steps = dict[str, "Kept"]


def find_ground(work: Work) -> Steps:
    """Boundaries, membership, people and areas: what does not depend on where assets are."""
    named = work.settings.areas
    given = read_tables(work, [one for one in named.geography if one != named.deprivation])
    drawn = [one for one in given if work.settings.of(one).draws_units]
    lookups = {name: kept for name, kept in given.items() if name not in drawn}
    place: Steps = {}
    if named.deprivation:
        place["deprivation"] = read_table(work, named.deprivation)
    if named.deprivation and named.deprivation in named.geography:
        lookups["authorities"] = read_authorities(work, named.deprivation)
    boundaries = prepare_boundaries(work, read_tables(work, named.boundaries), lookups)
    ids = {"boundaries": boundaries, **place}
    crosswalk = read_table(work, named.crosswalk) if named.crosswalk else None
    place["boundaries"] = boundaries
    if crosswalk and named.deprivation:
        people = read_tables(work, named.population)
        read = place["deprivation"]
        place["deprivation"] = prepare_index(work, read, boundaries, crosswalk, people)
        ids["deprivation"] = place["deprivation"]
    placed = {name: place_in_units(work, name, given[name], boundaries, lookups) for name in drawn}
    in_order = {**given, **placed, **lookups}
    place["nation"] = prepare_membership(work, in_order, ids)
    place["population"] = prepare_population(
        work, read_tables(work, named.population), boundaries, crosswalk
    )
    place["areas"] = prepare_areas(work, boundaries, place["nation"], place["population"])
    return place
