"""How places are held, as registers and scenario files say it: every fault told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.doors import asset_jobs as little
from tests.doors.cli_words import said

from assetmap.errors import ReadError
from assetmap.sources.holding_words import day_of, grade_of, owner_kind
from assetmap.sources.registers import read_register
from assetmap.sources.scenario_file import read_scenario

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "Ref,Building,E,N,Owner,Tenure,Lease,Money,ACV,Listed on,Grade,Hire,Free\n"
COLUMNS = {
    "source_row": "Ref", "name": "Building", "easting": "E", "northing": "N", "owner": "Owner",
    "tenure": "Tenure", "lease_end": "Lease", "funding_end": "Money", "acv_regime": "ACV",
    "acv_from": "Listed on", "listed": "Grade", "hire_cost": "Hire", "hours_free": "Free",
}  # fmt: skip
SCENARIO = 'schema_version = 1\nid = "s"\nname = "S"\n'


def test_a_register_says_how_its_places_are_held(tmp_path: Path) -> None:
    """Days either way; a row of which nothing is known has none; a person's name is not kept."""
    path = little.saved(
        tmp_path,
        "held.csv",
        HEAD + "a1,Elm Hall,532000,180000,Elm Borough Council,Freehold,,,2011,01/06/2024,"
        "Grade II*,12.50,20\n"
        "a2,Oak Hall,532100,180000,Mrs Jo Bloggs,Lease,31/03/2031,2027-03-31,,,no,,\n"
        "a3,Ash Hall,532200,180000,,,,,,,,,\n",
    )
    job = little.asset_job(path, columns=COLUMNS, category="community_centre")
    table = read_register(job).table.holdings.set_index("source_row")
    assert list(table.index) == ["a1", "a2"]
    elm, oak = table.loc["a1"], table.loc["a2"]
    assert list(elm[["owner", "tenure", "acv_regime", "acv_from", "listed"]]) == [
        "council", "freehold", "Localism Act 2011", "2024-06-01", "II*",
    ]  # fmt: skip
    assert list(elm[["hire_cost", "hours_free"]]) == [12.5, 20.0]
    assert list(oak[["owner", "lease_end", "funding_end", "listed"]]) == [
        "other", "2031-03-31", "2027-03-31", "not listed",
    ]  # fmt: skip
    assert "Bloggs" not in table.to_csv()


def test_no_column_is_read_that_the_study_does_not_name(tmp_path: Path) -> None:
    """A register's own column 'owner' or 'listed' may hold anything."""
    path = little.saved(
        tmp_path, "r.csv", "name,easting,northing,owner,listed,tenure\nElm,532000,180000,x,?,?\n"
    )
    told = read_register(little.asset_job(path, category="community_centre"))
    assert told.table.holdings.empty


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path,
        "held.csv",
        HEAD + "a1,Elm Hall,532000,180000,,borrowed,2031-02-30,31/3/27,2012,,Grade 9,free,200\n"
        "a2,Oak Hall,532100,180000,,freehold,2031-03-31,,2011,,,-1,\n"
        "a3,Ash Hall,532100,180100,,,,,,2024-06-01,,,\n",
    )
    with pytest.raises(ReadError) as told:
        read_register(little.asset_job(path, columns=COLUMNS, category="community_centre"))
    words = str(told.value)
    for part in (
        "'Tenure' holds words that are not known in 1 row (row 2: borrowed)",
        "'Lease' is no day that we can read in 1 row (row 2: 2031-02-30)",
        "'Money' is no day that we can read in 1 row (row 2: 31/3/27)",
        "'ACV' holds words", "'Grade' holds words", "'Hire' is not a number", "'Hire' is below 0",
        "'Free' is above the 168 hours of a week",
        "without the day it was listed in 1 row (row 3",
        "without the Act that it is one under in 1 row (row 4",
        "a freehold with the end of a lease in 1 row (row 3: 2031-03-31)",
    ):  # fmt: skip
        assert part in words
    assert "Hall" not in words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Newport City Council", "council"),
        ("Bassaleg Community Council", "parish or town council"),
        ("St Mary's Parochial Church Council", "faith body"),
        ("Aneurin Bevan NHS Trust", "public body"),
        ("The Friends' Trust", "charity or community body"), ("Acme Properties Ltd", "company"),
        ("J. Bloggs", "other"), ("Councillor-Smith", "other"), ("Woolwich Housing Association",
         "housing association"),
    ],
)  # fmt: skip
def test_of_an_owner_only_the_kind_is_kept(text: str, kind: str) -> None:
    assert owner_kind(text) == kind


def test_days_and_grades_as_councils_write_them() -> None:
    assert [day_of(one) for one in ("2031-03-31", "31/03/2031", "2031-03-31 00:00:00")] == [
        "2031-03-31"
    ] * 3
    assert [
        day_of(one) for one in ("03/31/2031", "31.3.2031", "2031", "1850-01-01", "31/03/31")
    ] == [None] * 5
    assert [grade_of(one) for one in ("Grade II*", "2*", "B", "yes", "No", "Grade V")] == [
        "II*", "II*", "B", "grade not given", "not listed", None,
    ]  # fmt: skip


def test_a_scenario_says_how_its_new_place_is_held(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(
        SCENARIO + '[rules]\nlease_until = 2036-01-01\nowners = ["council"]\n'
        '[[edit]]\nkind = "add"\ncategory = "library"\nat = [-1, 53]\nowner = "Jo Bloggs"\n'
        'tenure = "lease"\nlease_end = 2030-03-31\nacv_regime = 2026\nacv_from = 2026-10-01\n',
        encoding="utf-8",
    )
    scenario = read_scenario(path, crs="EPSG:27700")
    assert scenario.held.iloc[0].dropna().to_dict() == {
        "to_id": "s:1", "owner": "other", "tenure": "leasehold", "lease_end": "2030-03-31",
        "acv_regime": "Act of 2026", "acv_from": "2026-10-01",
    }  # fmt: skip
    assert scenario.rules.owners == ("council",)


def test_what_cannot_hold_of_a_new_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(
        SCENARIO + '[rules]\nowners = ["the council"]\n'
        '[[edit]]\nkind = "add"\ncategory = "library"\nat = [-1, 53]\ntenure = "freehold"\n'
        "lease_end = 2030-03-31\nacv_regime = 2011\n"
        '[[edit]]\nkind = "add"\ncategory = "library"\nat = [-1, 54]\nlisted = "grade 9"\n'
        "hours_free = 200\n"
        '[[edit]]\nkind = "remove"\nasset = "x"\nlease_end = 2030-03-31\n',
        encoding="utf-8",
    )
    with pytest.raises(ReadError) as told:
        read_scenario(path, crs="EPSG:27700")
    words = str(told.value)
    for part in (
        "'rules.owners.1': 'the council' is none of council", "needs acv_from",
        "a freehold with the end of a lease", "'grade 9' is none of I, II*", "edit.2.hours_free",
        "lease_end: said of what is added alone",
    ):  # fmt: skip
        assert part in words


def test_where_every_candidate_is_ruled_out_it_is_said_why(tmp_path: Path, repo: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(
        SCENARIO + '[rules]\nno_listed = true\n[[edit]]\nkind = "add"\n'
        'category = "community_centre"\nat = [-2.257446, 54.610886]\nlisted = "II"\n',
        encoding="utf-8",
    )
    told = said("locate", repo / "layers" / "example", "--standard", "community_hall",
                "--candidates", path, "-q")  # fmt: skip
    assert told.code == 3
    assert "no candidate is left" in told.err
    assert "listed II, and the file asks for not listed" in told.err


def test_hubs_say_what_ends_and_what_could_be_handed_over(tmp_path: Path, repo: Path) -> None:
    """By the example's register: three halls end in March 2027; the council has others."""
    told = said("hubs", repo / "layers" / "example", "--standard", "community_hall", "--out",
                tmp_path, "-q")  # fmt: skip
    assert told.code == 0, told.err
    page = next(tmp_path.rglob("hubs.html")).read_text(encoding="utf-8")
    assert page.count("31 March 2027") == 3
    assert "Tithe Barn Arts Centre" in page
    assert "a public body owns it, and nobody has a lease of it now" in page
    assert "Parish trust" not in page
