"""A drawer for OpenStreetMap objects, written as ``.osm.pbf`` without times or versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import osmium
import osmium.osm.mutable as made
from osmium.osm import Location

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from example_town.plan import XY, Plan

Tags = dict[str, str]


@dataclass
class Drawer:
    """Nodes, ways and relations, numbered from 1 as they come."""

    nodes: list[tuple[XY, Tags]] = field(default_factory=list)
    ways: list[tuple[list[int], Tags]] = field(default_factory=list)
    relations: list[tuple[list[tuple[str, int, str]], Tags]] = field(default_factory=list)

    def node(self, xy: XY, **tags: str) -> int:
        """The id of a new node."""
        self.nodes.append((xy, tags))
        return len(self.nodes)

    def way(self, nodes: Sequence[int], tags: Tags) -> int:
        """The id of a new way through nodes."""
        self.ways.append((list(nodes), tags))
        return len(self.ways)

    def ring(self, places: Sequence[XY], tags: Tags) -> int:
        """The id of a new closed way."""
        nodes = [self.node(xy) for xy in places]
        return self.way([*nodes, nodes[0]], tags)

    def relation(self, members: Sequence[tuple[str, int, str]], tags: Tags) -> int:
        """The id of a new relation."""
        self.relations.append((list(members), tags))
        return len(self.relations)


def write_osm(drawer: Drawer, plan: Plan, path: Path) -> None:
    """Everything in the drawer, as one file; an earlier one is replaced."""
    header = osmium.io.Header()
    header.set("generator", "assetmap example town (invented)")
    file = osmium.io.File(str(path), "pbf,add_metadata=false")
    with osmium.SimpleWriter(file, header=header, overwrite=True) as writer:
        for number, (xy, tags) in enumerate(drawer.nodes, 1):
            location = Location(*plan.degrees(xy))
            writer.add_node(made.Node(id=number, location=location, tags=tags))
        for number, (nodes, tags) in enumerate(drawer.ways, 1):
            writer.add_way(made.Way(id=number, nodes=nodes, tags=tags))
        for number, (members, tags) in enumerate(drawer.relations, 1):
            writer.add_relation(made.Relation(id=number, members=members, tags=tags))
