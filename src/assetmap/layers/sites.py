"""Green sites: contiguous polygons of one site dissolved before anybody tests their size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from assetmap.frames.given import VISIBILITY
from assetmap.layers.likeness import likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assetmap.layers.entries import Entry

GAP_M = 1.0
SAME_NAME_GAP_M = 25.0
INSIDE_SHARE = 0.5
ALIKE = 0.8


def dissolved(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, with the green polygons of each source that are one site made one.

    Polygons of a group are one site when (1) both are named alike and lie within 25 m (a road
    may cut a park), or (2) half of the smaller lies in the larger, or (3) one has no name and
    they touch or lie within 1 m: a nameless piece, or a patch of such pieces, joins the named
    site that it shares most ground with along its edge. Two sites that bear different names stay
    two, even side by side. ``size_m2`` is the union's ground, nothing counted twice; name and
    category are those of the largest piece (of the largest that is named).
    """
    done: list[Entry] = []
    pieces: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.is_site:
            pieces[entry.listed[0][0], entry.group].append(entry)
        else:
            done.append(entry)
    for key in sorted(pieces):
        done += [_one(members) for members in _sites(pieces[key])]
    return sorted(done, key=lambda entry: entry.order)


def _sites(pieces: list[Entry]) -> list[list[Entry]]:
    """The pieces, parted by the site that they belong to."""
    ordered = sorted(pieces, key=lambda piece: (-piece.geometry.area, piece.order))
    site = list(range(len(ordered)))
    pairs = _pairs(ordered)
    for one, other in pairs:
        if _same_named(ordered[one], ordered[other]) or _inside(ordered[one], ordered[other]):
            _join(site, one, other)
    bare = {number for number, piece in enumerate(ordered) if not piece.words}
    for one, other in pairs:
        if one in bare and other in bare and _touch(ordered[one], ordered[other]):
            _join(site, one, other)
    _adopt(ordered, site, pairs)
    members: dict[int, list[Entry]] = defaultdict(list)
    for number, piece in enumerate(ordered):
        members[_root(site, number)].append(piece)
    return list(members.values())


def _pairs(pieces: Sequence[Entry]) -> list[tuple[int, int]]:
    """Pairs of pieces that may belong together, each once, in order."""
    shapes = np.array([piece.geometry for piece in pieces], dtype=object)
    one, other = shapely.STRtree(shapes).query(
        shapes, predicate="dwithin", distance=SAME_NAME_GAP_M
    )
    return sorted((int(a), int(b)) for a, b in zip(one, other, strict=True) if a < b)


def _same_named(one: Entry, other: Entry) -> bool:
    return likeness(one.words, other.words) >= ALIKE


def _inside(one: Entry, other: Entry) -> bool:
    return shared_ground(one, other) >= INSIDE_SHARE


def shared_ground(one: Entry, other: Entry) -> float:
    """The share of the smaller site's ground that lies in the larger."""
    smaller = min(one.geometry.area, other.geometry.area)
    if smaller <= 0:
        return 0.0
    return float(one.geometry.intersection(other.geometry).area / smaller)


def _touch(one: Entry, other: Entry) -> bool:
    return bool(shapely.dwithin(one.geometry, other.geometry, GAP_M))


def _adopt(pieces: list[Entry], site: list[int], pairs: list[tuple[int, int]]) -> None:
    """Each nameless patch joins the named site that its edge shares most ground with."""
    named = {_root(site, number) for number, piece in enumerate(pieces) if piece.words}
    contact: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for pair in pairs:
        one, other = pair[::-1] if _root(site, pair[0]) in named else pair
        patch, host = _root(site, one), _root(site, other)
        if patch in named or host not in named or not _touch(pieces[one], pieces[other]):
            continue
        rim = pieces[one].geometry.buffer(GAP_M, quad_segs=2)
        contact[patch][host] += rim.intersection(pieces[other].geometry).area
    for patch in sorted(contact):
        host = min(contact[patch], key=lambda number: (-contact[patch][number], number))
        _join(site, host, patch)


def _one(members: list[Entry]) -> Entry:
    """The site of these pieces, the largest first."""
    lead = united(members)
    named = next((piece for piece in members if piece.name), lead)
    return replace(
        lead,
        name=named.name,
        words=named.words,
        listed=tuple(sorted(row for piece in members for row in piece.listed)),
        reference=next((piece.reference for piece in members if piece.reference), None),
        visibility=max((piece.visibility for piece in members), key=VISIBILITY.index),
    )


def united(pieces: Sequence[Entry]) -> Entry:
    """The first piece with the ground of them all."""
    ground = shapely.normalize(shapely.union_all([piece.geometry for piece in pieces]))
    return replace(pieces[0], size_m2=float(ground.area), geometry=ground)


def _root(site: list[int], number: int) -> int:
    while site[number] != number:
        number = site[number]
    return number


def _join(site: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(site, one), _root(site, other)))
    site[second] = first
