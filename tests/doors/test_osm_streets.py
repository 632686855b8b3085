"""Walkable streets of little OpenStreetMap files, drawn in metres."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from shapely.geometry import box
from tests.doors import asset_jobs as little
from tests.doors.table_jobs import job_of, saved

from assetmap.errors import ContractError, ReadError
from assetmap.frames.streets import HIGHWAYS, SURFACES, WHEELCHAIR, Streets
from assetmap.network.graph import build_graph
from assetmap.sources.osm_streets import read_streets
from assetmap.sources.osm_walking import CAN_BAR, bars, is_walkable, percent, underfoot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assetmap.provenance import Told

CORNERS = [little.node(n, 100 * n, 0) for n in range(1, 5)]
"""Nodes 1 to 4, 100 m apart, going east."""


def way(number: int, nodes: Sequence[int], **tags: str) -> str:
    refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
    said = "".join(f'<tag k="{k.replace("__", ":")}" v="{v}"/>' for k, v in tags.items())
    return f'<way id="{number}" version="1">{refs}{said}</way>\n'


def read(folder: Path, *things: str, **said: Any) -> Told[Streets]:
    path = little.osm(folder, *(things if "<node" in "".join(things) else (*CORNERS, *things)))
    return read_streets(job_of("streets", path, **said))


def codes(told: Told[Streets]) -> dict[str, int | None]:
    return {caution.code: caution.count for caution in told.cautions}


@pytest.mark.parametrize(
    ("tags", "open_to_walkers"),
    [
        ({"highway": "residential"}, True),
        ({"highway": "footway"}, True),
        ({"highway": "steps"}, True),
        ({"highway": "bridleway"}, True),
        ({"highway": "motorway"}, False),
        ({"highway": "motorway", "foot": "yes"}, False),
        ({"highway": "motorway_link"}, False),
        ({"highway": "construction"}, False),
        ({"highway": "proposed"}, False),
        ({"highway": "trunk"}, False),
        ({"highway": "trunk_link"}, False),
        ({"highway": "trunk", "sidewalk": "both"}, True),
        ({"highway": "trunk", "sidewalk": "left"}, True),
        ({"highway": "trunk", "sidewalk:right": "yes"}, True),
        ({"highway": "trunk", "sidewalk": "no"}, False),
        ({"highway": "trunk", "foot": "yes"}, True),
        ({"highway": "primary", "motorroad": "yes"}, False),
        ({"highway": "path", "foot": "no"}, False),
        ({"highway": "path", "foot": "private"}, False),
        ({"highway": "service", "access": "private"}, False),
        ({"highway": "service", "access": "no"}, False),
        ({"highway": "service", "access": "private", "foot": "yes"}, True),
        ({"highway": "service", "access": "no", "foot": "permissive"}, True),
        ({"highway": "service", "access": "private", "foot": "designated"}, True),
        ({"highway": "service", "access": "private", "foot": "customers"}, False),
        ({"highway": "service", "access": "customers"}, True),
        ({"highway": "path", "abandoned": "yes"}, False),
        ({"route": "ferry", "foot": "yes"}, False),
        ({"building": "yes"}, False),
    ],
)
def test_where_the_public_may_walk(tags: dict[str, str], *, open_to_walkers: bool) -> None:
    assert is_walkable(tags) is open_to_walkers


@pytest.mark.parametrize(
    ("tags", "does"),
    [
        ({"barrier": "gate"}, 0),
        ({"barrier": "bollard"}, 0),
        ({"barrier": "gate", "access": "private"}, 1),
        ({"barrier": "gate", "access": "no", "foot": "yes"}, 0),
        ({"barrier": "gate", "foot": "no"}, 1),
        ({"barrier": "wall"}, 1),
        ({"barrier": "hedge", "foot": "yes"}, 0),
        ({"barrier": "stile"}, 2),
        ({"barrier": "kissing_gate"}, 2),
        ({"barrier": "kissing_gate", "wheelchair": "yes"}, 0),
        ({"kerb": "raised"}, 2),
        ({"kerb": "lowered"}, 0),
        ({"highway": "crossing", "wheelchair": "no"}, 2),
        ({"access": "private"}, 0),
    ],
)
def test_what_bars_the_way_at_a_node(tags: dict[str, str], does: int) -> None:
    assert bars(tags) == does
    # A node without any of these keys is never asked.
    assert not does or set(CAN_BAR) & set(tags)


@pytest.mark.parametrize(
    ("text", "value"),
    [("8%", 8), ("-5 %", -5), ("7", 7), ("3,5%", 3.5), ("1:20", 5), ("-1:10", -10), ("45°", 100),
     ("9999%", 100), ("1:0", math.nan), ("up", math.nan), ("", math.nan), ("1e999%", math.nan),
     ("9" * 5000, math.nan), ("٣%", 3)],
)  # fmt: skip
def test_inclines_in_percent(text: str, value: float) -> None:
    # tan 45 degrees is 1: a rise of 100 in 100. 1:20 is 5 in 100.
    assert percent(text) == pytest.approx(value, nan_ok=True)


def test_how_a_way_is_underfoot() -> None:
    tags = {"highway": "trunk_link", "surface": "sett", "wheelchair": "limited", "kerb": "raised"}
    said = underfoot(tags)
    assert HIGHWAYS[said.highway] == "trunk"
    assert SURFACES[said.surface] == "uneven"
    assert WHEELCHAIR[said.wheelchair] == "limited"
    assert said.kerb_raised
    assert not said.steps
    assert said.oneway == 0
    assert underfoot({"highway": "steps", "conveying": "backward"}).oneway == -1
    assert underfoot({"highway": "path", "oneway:foot": "yes"}).oneway == 1
    # A one-way street for cars is none for walkers.
    assert underfoot({"highway": "residential", "oneway": "yes"}).oneway == 0
    assert WHEELCHAIR[underfoot({"highway": "path", "wheelchair": "maybe"}).wheelchair] == "unknown"


def test_walkable_ways_become_segments_and_the_rest_is_told(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        way(1, [1, 2], highway="residential"),
        way(2, [2, 3], highway="motorway"),
        way(3, [2, 3], highway="service", access="private"),
        way(4, [3, 4], route="ferry", foot="yes"),
        way(5, [2, 3, 4], highway="steps"),
    )
    streets = told.table
    assert len(streets.x) == 4
    assert streets.length_m == pytest.approx([100, 100, 100], abs=1)
    assert streets.steps.tolist() == [False, True, True]
    assert codes(told) == {"not_walkable": 2, "ferries_left_out": 1}


def test_a_private_gate_cuts_the_street(tmp_path: Path) -> None:
    nodes = [CORNERS[0], little.node(2, 200, 0, barrier="gate", access="private"), *CORNERS[2:]]
    told = read(tmp_path, *nodes, way(1, [1, 2, 3, 4], highway="residential"))
    assert codes(told) == {"barred": 1}
    assert len(build_graph(told.table, profile="standard").table.part_m) == 2


def test_squares_are_walked_along_their_outlines(tmp_path: Path) -> None:
    ring = "".join(f'<member type="way" ref="{n}" role="outer"/>' for n in (11, 12))
    tags = '<tag k="type" v="multipolygon"/><tag k="highway" v="pedestrian"/>'
    told = read(
        tmp_path,
        way(1, [1, 2], highway="residential"),
        *little.area(9, 1000, 0, 20, highway="pedestrian", area="yes"),
        *little.corners(7, 2000, 0, 30),
        *CORNERS,
        way(11, [70, 71, 72]),
        way(12, [72, 73, 70]),
        f'<relation id="5" version="1">{ring}{tags}</relation>\n',
    )
    kinds = Counter(HIGHWAYS[code] for code in told.table.highway)
    assert kinds == {"residential": 1, "pedestrian": 8}
    assert told.table.length_m.sum() == pytest.approx(100 + 4 * 20 + 4 * 30, rel=0.01)


def test_ways_with_missing_nodes_keep_what_is_there(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        way(1, [1, 2, 77, 3, 4], highway="path"),
        way(2, [77, 78], highway="path"),
    )
    # 1-2 and 3-4 stay; nothing is drawn across the gap.
    assert told.table.length_m == pytest.approx([100, 100], abs=1)
    assert codes(told) == {"clipped_ways": 2}


def test_loops_and_repeated_nodes_make_no_segment(tmp_path: Path) -> None:
    told = read(tmp_path, way(1, [1, 1, 2, 2], highway="path"), way(2, [3], highway="path"))
    assert len(told.table.u) == 1


def test_whole_ways_that_touch_the_ground_are_read(tmp_path: Path) -> None:
    whole = read(tmp_path, way(1, [1, 2, 3], highway="path"), way(2, [3, 4], highway="path")).table
    west = box(whole.x[0] - 5, whole.y[0] - 5, whole.x[0] + 50, whole.y[0] + 5)
    part = read(
        tmp_path,
        way(1, [1, 2, 3], highway="path"),
        way(2, [3, 4], highway="path"),
        within=west,
    ).table
    assert part.length_m == pytest.approx([100, 100], abs=1)
    assert len(part.x) == 3


def test_a_way_in_two_files_is_read_once(tmp_path: Path) -> None:
    things = (*CORNERS, way(1, [1, 2], highway="path"))
    paths = [little.osm(tmp_path, *things, name=name) for name in ("a.osm", "b.osm")]
    assert len(read_streets(job_of("streets", *paths)).table.u) == 1


@pytest.mark.parametrize("cut", [30, 200])
def test_a_file_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    whole = little.osm(tmp_path, *CORNERS, way(1, [1, 2], highway="path")).read_bytes()
    path = saved(tmp_path, "cut.osm", whole[:-cut])
    with pytest.raises(ReadError, match="damaged, cut short"):
        read_streets(job_of("streets", path))


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.osm.pbf", b"not a pbf"), ("x.osm", b"<html>"), ("x.osm.pbf", b""), ("x.csv", b"a,b\n")],
)
def test_what_is_no_map_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(ReadError):
        read_streets(job_of("streets", saved(tmp_path, name, content)))


def test_a_map_without_streets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="nothing here can be walked"):
        read(tmp_path, way(1, [1, 2], highway="motorway"))
    with pytest.raises(ReadError, match="nothing here can be walked"):
        read(tmp_path, way(1, [1, 2], highway="path"), within=box(0, 0, 1, 1))


def test_streets_go_to_the_store_and_come_back(tmp_path: Path) -> None:
    streets = read(tmp_path, way(1, [1, 2, 3], highway="path")).table
    np.savez(tmp_path / "streets.npz", **streets.to_arrays())
    with np.load(tmp_path / "streets.npz", allow_pickle=False) as arrays:
        back = Streets.from_arrays(dict(arrays))
    for name, column in streets.to_arrays().items():
        np.testing.assert_array_equal(getattr(back, name), column)
        assert getattr(back, name).dtype == column.dtype


def test_arrays_that_are_no_streets_are_refused(tmp_path: Path) -> None:
    arrays = read(tmp_path, way(1, [1, 2, 3], highway="path")).table.to_arrays()
    with pytest.raises(ContractError, match="no arrays"):
        Streets.from_arrays({"x": arrays["x"]})
    for name, wrong in [
        ("u", np.array([0, 99])),
        ("length_m", np.array([-1.0, 1.0])),
        ("x", np.array([np.nan, 0, 0])),
        ("surface", np.array([9, 9])),
        ("oneway", np.array([2, 0])),
        ("steps", np.array([True])),
    ]:
        with pytest.raises(ContractError, match=name):
            Streets.from_arrays(arrays | {name: wrong})
