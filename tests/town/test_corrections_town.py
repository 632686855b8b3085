"""Corrections applied by hand, in the squares of layers_town and on the line of line_town."""

from __future__ import annotations

import datetime as dt
import re

import geopandas as gpd
import pytest
from shapely.geometry import Point
from tests.town.layers_town import CRS, KINDS, gates, listing, listings, town
from tests.town.line_town import at, line_town

from assetmap.errors import JoinError
from assetmap.frames import table_of
from assetmap.frames.corrections import GIVEN_CORRECTIONS
from assetmap.layers.assets import make_assets
from assetmap.layers.corrections import make_corrected
from assetmap.study.lineage import above
from assetmap.study.pipeline import find_out

DAY = dt.date(2026, 11, 1)


def given(*rows):
    """GIVEN_CORRECTIONS; ``at`` is (x, y) in metres."""
    told = [
        {"as_of": "2026-10-01", "role": "resident", "evidence": "a letter",
         "decided_by": "Asset team", "number": number, **row,
         "geometry": Point(row["at"]) if "at" in row else None}
        for number, row in enumerate(rows, start=1)
    ]  # fmt: skip
    columns = {name: [row.get(name) for row in told] for name in GIVEN_CORRECTIONS.names}
    return gpd.GeoDataFrame(table_of(GIVEN_CORRECTIONS, columns, crs=CRS))


def register():
    """A library in A with a gate of its own, a hall in B."""
    rows = listings(
        listing(1, "library", (200, 200), "Old Library"),
        listing(2, "community_centre", (1500, 500), "Hall"),
    )
    made = make_assets(rows, gates(("list", "1", 205, 200)), town(), categories=KINDS, ranks={})
    return made.table[:2]


def corrected(*rows):
    return make_corrected(
        register(), given(*rows), town(), categories=KINDS, counted=frozenset({"library"}), day=DAY
    )


def ids():
    assets, _ = register()
    return dict(zip(assets["category"], assets["to_id"], strict=True))


def test_each_deed_does_what_it_says():
    """The library moves from (200, 200) to (500, 600): 300 east, 400 north, so 500 m."""
    told = corrected(
        {"deed": "move", "to_id": ids()["library"], "at": (500, 600)},
        {"deed": "rename", "to_id": ids()["library"], "name": "New Library"},
        {"deed": "close", "to_id": ids()["community_centre"]},
        {"deed": "add", "name": "Stop", "category": "bus_stop", "at": (1200, 1300)},
    )
    assets, entrances, listed = told.table
    rows = {row["category"]: row for row in assets.to_dict("records")}
    assert set(rows) == {"library", "bus_stop"}
    library, stop = rows["library"], rows["bus_stop"]
    assert (library["to_id"], library["name"]) == (ids()["library"], "New Library")
    assert (library["geometry"], library["area_id"]) == (Point(500, 600), "A")
    assert library["sources"] == "list + corrections"
    assert (stop["area_id"], stop["role"], stop["sources"]) == ("D", "study", "corrections")
    # each is entered where it now is: the old gate of the library is gone
    where = dict(zip(entrances["to_id"], entrances.geometry, strict=True))
    assert where == {library["to_id"]: Point(500, 600), stop["to_id"]: Point(1200, 1300)}
    assert list(listed["changed"]) == [
        "moved by 500 m", "renamed from “Old Library”", "taken out", "added",
    ]  # fmt: skip
    assert list(listed["figures"]) == ["how near people are to a library", "none", "none", "none"]
    assert listed.loc[3, "to_id"] == stop["to_id"]
    assert [(one.code, one.count) for one in told.cautions] == [("corrections", 4)]


def test_what_was_right_already_changed_nothing():
    told = corrected(
        {"deed": "rename", "to_id": ids()["library"], "name": "Old Library"},
        {"deed": "move", "to_id": ids()["library"], "at": (200, 200)},
    )
    assets, _, listed = told.table
    assert list(listed["changed"]) == ["nothing", "nothing"]
    assert list(listed["figures"]) == ["none", "none"]
    assert set(assets["sources"]) == {"list"}


def test_no_corrections_change_nothing():
    told = corrected()
    assets, entrances, listed = told.table
    before, gates_before = register()
    assert assets.equals(before)
    assert entrances.equals(gates_before)
    assert listed.empty
    assert not told.cautions


def test_the_order_of_rows_means_nothing():
    rows = given(
        {"deed": "move", "to_id": ids()["library"], "at": (500, 600)},
        {"deed": "add", "name": "Stop", "category": "bus_stop", "at": (1200, 1300)},
    )
    assets, gates_, _ = corrected(
        {"deed": "move", "to_id": ids()["library"], "at": (500, 600)},
        {"deed": "add", "name": "Stop", "category": "bus_stop", "at": (1200, 1300)},
    ).table
    before = tuple(table.iloc[::-1] for table in register())
    again, gates_again, _ = make_corrected(
        before, rows.iloc[::-1], town().iloc[::-1], categories=KINDS,
        counted=frozenset({"library"}), day=DAY,
    ).table  # fmt: skip
    assert again.equals(assets)
    assert gates_again.equals(gates_)


def test_every_fault_is_told_at_once():
    with pytest.raises(JoinError) as error:
        corrected(
            {"deed": "close", "to_id": "library-0000000"},
            {"deed": "rename", "to_id": ids()["library"], "name": "B", "as_of": "2026-11-02"},
            {"deed": "rename", "to_id": ids()["library"], "name": "C"},
            {"deed": "move", "to_id": ids()["community_centre"], "at": (9000, 9000)},
            {"deed": "close", "to_id": ids()["community_centre"]},
            {"deed": "add", "name": "L", "category": "libary", "at": (500, 500)},
            {"deed": "add", "name": "L", "category": "library", "at": (200, 200)},
            {"deed": "add", "name": "M", "category": "bus_stop", "at": (300, 300)},
            {"deed": "add", "name": "N", "category": "bus_stop", "at": (300, 300)},
        )
    told = "\n".join(str(fault) for fault in error.value.faults)
    for said in (
        r"no asset 'library-0000000' · corrections.toml, correction 1",
        r"as_of 2026-11-02 is ahead of the study's day, 2026-11-01 · .* correction 2",
        r"'library-\w+' is put right twice in the same way · .* correction 3",
        r"position is outside the study's own areas · .* correction 4",
        r"'community-centre-\w+' is closed by another correction · .* correction 4",
        r"no category 'libary' · .* correction 6 · Try: did you mean 'library'\?",
        r"already listed as 'library-\w+' · .* correction 7",
        r"'bus-stop-\w+' is added twice",
    ):
        assert re.search(said, told), said
    assert len(error.value.faults) == 9  # the rename told twice is named at both


CLOSE_AND_ADD = """schema_version = 1
[[correction]]
deed = "add"
name = "Branch library"
category = "library"
at = [{lon}, {lat}]
as_of = 2025-12-01
who = "A. Person"
role = "resident"
evidence = "Visited"
decided_by = "Asset team"
"""


def test_the_next_run_measures_with_what_was_put_right(tmp_path):
    """On the line: with the library at 2500, A is 26 minutes from one; one at 500 makes it 5."""
    lon, lat = at(500).split("/")
    work = line_town(tmp_path)
    (tmp_path / "corrections.toml").write_text(CLOSE_AND_ADD.format(lon=lon, lat=lat))
    measured = find_out(work)["measured"].table("area_access")
    nearest = measured[measured["measure"] == "nearest"].set_index("area_id")["value"]
    # a point in degrees to eight decimals is a millimetre off at most
    assert nearest.to_dict() == {"A": pytest.approx(5, abs=1e-3), "B": pytest.approx(7.5, abs=1e-3)}
    assert "corrections.toml" in above(work, "correct assets")[1]
    assert [source.id for source in work.sources][-1] == "corrections.toml"
