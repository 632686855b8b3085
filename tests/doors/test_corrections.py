"""``corrections.toml`` from strangers' hands: read whole, refused whole; who told never leaves."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.doors.edition_toy import toy_edition
from tests.doors.hostile_strings import HOSTILE
from tests.doors.opened_outputs import opened
from tests.doors.page_reader import Read

from assetmap.errors import ReadError
from assetmap.frames import table_of
from assetmap.frames.corrections import CORRECTIONS
from assetmap.publish.public import write_public
from assetmap.publish.tables import write_tables
from assetmap.sources.corrections import nameless, read_corrections, weighed_corrections

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.edition import Edition

HALL = 'category = "community_centre"\nat = [-2.0, 49.0]'
ONE = """schema_version = 1
[[correction]]
deed = "{deed}"
{more}
as_of = 2026-10-01
who = "Jo Bloggs"
role = "resident"
evidence = "{evidence}"
decided_by = "Asset team"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "corrections.toml"
    path.write_text(text, encoding="utf-8")
    return path


def one(folder: Path, deed: str, more: str = "", evidence: str = "a letter") -> Path:
    return written(folder, ONE.format(deed=deed, more=more, evidence=evidence))


def test_a_file_is_read_in_its_order_with_positions_in_the_study_s_crs(tmp_path: Path) -> None:
    path = one(tmp_path, "add", 'name = "Hall"\ncategory = "community_centre"\nat = [-2.0, 49.0]')
    (row,) = read_corrections(path, crs="EPSG:27700").to_dict("records")
    assert (row["number"], row["deed"], row["as_of"]) == (1, "add", "2026-10-01")
    # 2 W on 49 N is the true origin of the National Grid: 400000, -100000; datums differ by ~100 m
    assert abs(row["geometry"].x - 400_000) < 150
    assert abs(row["geometry"].y + 100_000) < 150


def test_every_fault_of_the_file_is_told_at_once(tmp_path: Path) -> None:
    text = "\n".join(
        ONE.format(deed=deed, more=more, evidence=evidence).replace("schema_version = 1\n", "")
        for deed, more, evidence in (
            ("demolish", 'asset = "a"', "a"),
            ("move", 'asset = "a"', "a"),
            ("add", 'name = "X"\ncategory = "library"\nat = [51.5, 200.0]', "a"),
            ("close", 'asset = "a"\nreason = "x"', "a"),
            ("close", 'asset = "a"', "ring 07700 900 123"),
            ("close", 'asset = "a"', "write to jo@example.org"),
            ("close", 'asset = "a"', "Jo Bloggs came to the desk"),
            ("add", f'name = "Women\'s refuge"\n{HALL}', "a"),
        )
    )  # fmt: skip
    with pytest.raises(ReadError) as error:
        read_corrections(written(tmp_path, f"schema_version = 1\n{text}"), crs="EPSG:27700")
    told = [str(fault) for fault in error.value.faults]
    for number, said in enumerate(
        ("Input should be 'close', 'move', 'add' or 'rename'", "to move needs at",
         "longitude, then latitude", "Extra inputs", "no telephone number", "no e-mail address",
         "leave out who told", "must not be mapped"), start=1,
    ):  # fmt: skip
        assert any(f"correction {number}" in fault and said in fault for fault in told), said
    assert len(told) == 8


@pytest.mark.parametrize("text", ["", "schema_version = 2", "[[correction]\n", "\x00", "x = 1"])
def test_what_is_no_such_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReadError):
        read_corrections(written(tmp_path, text), crs="EPSG:27700")


def test_an_empty_list_is_no_correction(tmp_path: Path) -> None:
    assert read_corrections(written(tmp_path, "schema_version = 1"), crs="EPSG:27700").empty


def with_corrections(evidence: str = "a letter", **changes: object) -> Edition:
    """The toy with three corrections: one renamed, one closed, one that not everybody may see."""
    columns = {
        "number": [1, 2, 3],
        "deed": ["rename", "close", "close"],
        "to_id": ["library-0-0", "library-gone", "hidden-1"],
        "name": [evidence, None, None],
        "as_of": ["2026-10-01"] * 3,
        "role": ["resident", "officer", "officer"],
        "evidence": [evidence] * 3,
        "decided_by": ["Asset team"] * 3,
        "visibility": ["public", "public", "officer"],
        "changed": ["nothing", "taken out", "taken out"],
        "figures": ["none", "how near people are to a library", "none"],
    }
    return toy_edition(
        more={"corrections": (CORRECTIONS, table_of(CORRECTIONS, columns))}, **changes
    )


def test_the_page_lists_what_each_changed_nothing_included(tmp_path: Path) -> None:
    write_public(with_corrections(), tmp_path)
    page = (tmp_path / "corrections.html").read_text(encoding="utf-8")
    for said in ("Nothing: it was right already", "No figure changes", "Taken out", "A resident",
                 "1 October 2026", "How near people are to a library"):  # fmt: skip
        assert said in page
    assert "hidden-1" not in page
    assert "corrections.html" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_who_told_never_leaves(tmp_path: Path) -> None:
    edition = with_corrections()
    write_public(edition, tmp_path / "public")
    assert not [name for name, text in opened(tmp_path / "public").items() if "Bloggs" in text]
    write_tables(edition, tmp_path / "working")
    path = tmp_path / "working" / "tables" / "corrections.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["to_id"] for row in rows] == ["library-0-0", "library-gone"]
    assert "who" not in rows[0]


def test_who_told_is_withheld_from_what_a_reviewer_gets(tmp_path: Path) -> None:
    """And the hash in the lineage is of that, so that they can check it."""
    path = one(tmp_path, "close", 'asset = "a"')
    held = nameless(path.read_bytes())
    assert b"Bloggs" not in held
    assert b'who = "withheld"' in held
    (tmp_path / "other").mkdir()
    again = written(tmp_path / "other", held.decode("utf-8"))
    day = dt.date(2026, 11, 1)
    assert weighed_corrections(path, day=day) == weighed_corrections(again, day=day)


def test_without_corrections_the_page_asks_for_them(tmp_path: Path) -> None:
    write_public(toy_edition(), tmp_path)
    page = (tmp_path / "corrections.html").read_text(encoding="utf-8")
    assert "Nobody has told us of a mistake yet" in page


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 20))
def test_hostile_evidence_is_text(tmp_path: Path, start: int) -> None:
    write_public(with_corrections(HOSTILE[start]), tmp_path)
    read = Read((tmp_path / "corrections.html").read_text(encoding="utf-8"))
    assert read.tags["script"] == 0
    assert not [a for a in read.attributes if a[1].startswith("on")]
