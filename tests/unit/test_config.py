"""``study.toml``: every fault of the file at once, in words its writer knows."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from assetmap.errors import MissingError, StudyError
from assetmap.findings.rules import Rules as RulesOfTest
from assetmap.study.config import read_settings
from assetmap.study.scaffold import new_study
from assetmap.study.settings import Rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assetmap.errors import Fault

SOURCE = """
[[source]]
id = "{id}"
kind = "{kind}"
file = "{id}.csv"
publisher = "Office of Invented Statistics"
title = "A table"
address = "https://statistics.example"
licence = "OGL v3"
attribution = "Invented"
vintage = "2021"
format = "CSV"
"""
TEXT = """schema_version = 1
[study]
id = "toy"
title = "A toy"
place = "Toytown"
nation = "England"
as_of = 2026-11-01
[contact]
team = "Team"
email = "team@toytown.example"
telephone = "0"
post = "Post"
reply_days = 10
[publish]
review_by = 2027-11-01
[areas]
boundaries = ["areas"]
population = ["people"]
[travel]
mode = "straight"
""" + "".join(
    SOURCE.format(id=name, kind=kind)
    for name, kind in {"areas": "boundaries", "people": "population", "halls": "assets"}.items()
)


@pytest.fixture
def faults(tmp_path: Path) -> Callable[..., tuple[Fault, ...]]:
    """The faults of the toy's file once something in it is replaced."""

    def told(*changes: tuple[str, str], text: str = TEXT) -> tuple[Fault, ...]:
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / "study.toml").write_text(text, encoding="utf-8")
        with pytest.raises(StudyError) as error:
            read_settings(tmp_path)
        assert all(str(tmp_path / "study.toml") == fault.where for fault in error.value.faults)
        return error.value.faults

    return told


def test_the_toy_is_without_fault(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(TEXT, encoding="utf-8")
    settings = read_settings(tmp_path)
    assert [source.id for source in settings.source] == ["areas", "people", "halls"]
    assert settings.travel.detour == 1.3


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(TEXT, encoding="utf-8-sig")
    assert read_settings(tmp_path).study.id == "toy"


# ---------------------------------------------------------------------------- keys and kinds


def test_an_unknown_key_is_told_with_the_nearest(faults: Any) -> None:
    (fault,) = faults(('mode = "straight"', 'mode = "straight"\ndetuor = 1.2'))
    assert fault.what == "unknown key 'travel.detuor'"
    assert fault.attempt == "did you mean 'detour'?"


def test_an_unknown_key_of_a_source_is_told_by_the_source_s_name(faults: Any) -> None:
    (fault,) = faults(('id = "halls"', 'id = "halls"\nlicense = "OGL"'))
    assert fault.what == "unknown key 'source halls.license'"
    assert fault.attempt == "did you mean 'licence'?"


def test_an_unknown_section_is_told(faults: Any) -> None:
    (fault,) = faults(("[travel]", "[rulez]\n[travel]"))
    assert fault.what == "unknown key 'rulez'"
    assert fault.attempt == "did you mean 'rules'?"


def test_a_missing_key_is_told(faults: Any) -> None:
    (fault,) = faults(('title = "A toy"\n', ""))
    assert fault.what == "'study.title' is missing"


def test_a_source_without_a_name_is_told_by_its_number(faults: Any) -> None:
    found = faults(('id = "halls"\n', ""))
    assert "'source number 3.id' is missing" in [fault.what for fault in found]


def test_a_value_of_the_wrong_kind_is_told_with_what_it_is(faults: Any) -> None:
    (fault,) = faults(("reply_days = 10", 'reply_days = "soon"'))
    assert "'contact.reply_days'" in fault.what
    assert "'soon'" in fault.what


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "0", "-1"])
def test_a_number_without_an_end_is_refused(faults: Any, number: str) -> None:
    (fault,) = faults(('mode = "straight"', f'mode = "straight"\ncut_off_min = {number}'))
    assert "'travel.cut_off_min'" in fault.what


def test_a_choice_that_does_not_exist_is_told_with_the_nearest(faults: Any) -> None:
    (fault,) = faults(('mode = "straight"', 'mode = "street"\nstreets = "areas"'))
    assert "'travel.mode'" in fault.what
    assert fault.attempt == "did you mean 'streets'?"


@pytest.mark.parametrize("name", ["", "Toy Town", "../toy", "toy/../..", "TOY"])
def test_an_id_that_would_be_no_folder_is_refused(faults: Any, name: str) -> None:
    (fault,) = faults(('id = "toy"', f'id = "{name}"'))
    assert "'study.id'" in fault.what


def test_every_fault_is_told_at_once(faults: Any) -> None:
    found = faults(
        ('title = "A toy"\n', ""),
        ("reply_days = 10", "reply_days = 0"),
        ('mode = "straight"', 'mode = "straight"\ndetuor = 1.2\ncut_off_min = -1'),
        ('kind = "assets"', 'kind = "asset"'),
    )
    told = " ".join(fault.what for fault in found)
    assert len(found) == 5
    for name in ("study.title", "contact.reply_days", "travel.detuor", "travel.cut_off_min",
                 "source halls.kind"):  # fmt: skip
        assert name in told


def test_what_settings_say_together_is_told_without_machine_words(faults: Any) -> None:
    (fault,) = faults(('mode = "straight"', 'mode = "streets"'))
    assert fault.what == (
        "'travel': mode 'streets' needs streets = the id of a source of kind 'streets'"
    )
    (fault,) = faults(('mode = "straight"', 'mode = "straight"\nprofiles = ["older"]'))
    assert "profiles start with 'standard'" in fault.what


# ---------------------------------------------------------------------------- names


def test_a_source_described_twice_is_told(faults: Any) -> None:
    (fault,) = faults(('id = "halls"', 'id = "people"'), ('kind = "assets"', 'kind = "population"'))
    assert fault.what == "source 'people' is described twice"


def test_a_source_that_is_named_and_not_described_is_told_with_the_nearest(faults: Any) -> None:
    (fault,) = faults(('boundaries = ["areas"]', 'boundaries = ["araes"]'))
    assert fault.what == "areas.boundaries names 'araes', no such source"
    assert fault.attempt == "did you mean 'areas'?"


def test_a_source_of_another_kind_is_told(faults: Any) -> None:
    (fault,) = faults(('population = ["people"]', 'population = ["halls"]'))
    assert fault.what == "areas.population names 'halls', a source of kind 'assets'"
    assert fault.attempt == "kind = population"


def test_a_theme_that_nothing_has_is_told(faults: Any) -> None:
    (fault,) = faults(("[travel]", '[rules]\nthemes = ["comunity"]\n[travel]'))
    assert fault.what == "rules.themes: no theme 'comunity'"
    assert fault.attempt == "did you mean 'community'?"


def test_weights_below_nought_or_of_nothing_at_all_are_refused(faults: Any) -> None:
    (fault,) = faults(("[travel]", "[standards.weights]\ngreen = -1\n[travel]"))
    assert "standards.weights.green" in fault.what
    nothing = "\n".join(f"{name} = 0" for name in ("community", "leisure", "green", "transport"))
    (fault,) = faults(("[travel]", f"[standards.weights]\n{nothing}\n[travel]"))
    assert fault.what.startswith("standards.weights: every theme of the test weighs nothing")


def test_every_cut_off_of_the_study_is_one_of_the_test_with_its_default(repo: Path) -> None:
    """Only the basis and the names of a set are no cut-offs; docs/left_behind.md lists all."""
    theirs = {name: field.default for name, field in Rules.model_fields.items()}
    ours = {one.name: one.default for one in fields(RulesOfTest)}
    cut_offs = set(theirs) - {"basis", "named"}
    assert {name: theirs[name] for name in cut_offs} == {name: ours[name] for name in cut_offs}
    told = (repo / "docs" / "left_behind.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in told for name in theirs)


# ---------------------------------------------------------------------------- the file itself


def test_no_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match=r"no study\.toml") as error:
        read_settings(tmp_path / "nowhere")
    assert "assetmap new" in error.value.faults[0].attempt


def test_not_toml_is_told_with_the_line(faults: Any) -> None:
    (fault,) = faults(("[travel]", "[travel"))
    assert "not TOML" in fault.what
    assert "line 19" in fault.what


def test_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_bytes(TEXT.replace("Toytown", "Gwynedd Môn").encode("cp1252"))
    with pytest.raises(StudyError, match="not UTF-8"):
        read_settings(tmp_path)


@pytest.mark.parametrize("version", ["schema_version = 2", 'schema_version = "1"', ""])
def test_another_schema_is_refused(faults: Any, version: str) -> None:
    (fault,) = faults(("schema_version = 1", version))
    assert fault.what.startswith("schema_version is ")
    assert fault.attempt == "this assetmap reads schema_version = 1"


# ---------------------------------------------------------------------------- where the place is

ELSEWHERE = ('nation = "England"', 'nation = "elsewhere"')


def test_a_study_elsewhere_without_its_own_crs_is_refused(faults: Any) -> None:
    (fault,) = faults(ELSEWHERE)
    assert "outside Great Britain" in fault.what
    assert "UTM" in fault.attempt


@pytest.mark.parametrize(
    ("crs", "what"),
    [
        ("EPSG:4326", "is not projected"),
        ("EPSG:99999", "is not known"),
        ("27700 please", "is not known"),
        ("EPSG:2263", "is not in metres"),  # New York Long Island, in US survey feet
    ],
)
def test_a_crs_that_is_not_projected_in_metres_is_refused(faults: Any, crs: str, what: str) -> None:
    (fault,) = faults(ELSEWHERE, ("as_of", f'crs = "{crs}"\nas_of'))
    assert what in fault.what
    assert "a projected CRS in metres" in fault.attempt


def test_a_study_elsewhere_in_its_own_crs_is_read(tmp_path: Path) -> None:
    """Porto Alegre, UTM zone 22 south."""
    text = TEXT.replace(*ELSEWHERE).replace("as_of", 'crs = "EPSG:32722"\nas_of', 1)
    text += "covers = { bbox = [-51.3, -30.3, -51.0, -29.9] }\n"
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    assert read_settings(tmp_path).study.crs == "EPSG:32722"


def covering(text: str) -> tuple[str, str]:
    return ('kind = "assets"', f'kind = "assets"\ncovers = {{ bbox = {text} }}')


def test_a_box_outside_the_ground_of_the_crs_is_told(faults: Any) -> None:
    (fault,) = faults(covering("[-51.3, -30.3, -51.0, -29.9]"))
    assert "source halls: covers.bbox" in fault.what
    assert "outside the ground of EPSG:27700" in fault.what


def test_a_box_with_longitude_and_latitude_swapped_is_told(faults: Any) -> None:
    (fault,) = faults(covering("[51.517, -3.094, 51.599, -2.868]"))
    assert "longitude and latitude swapped" in fault.what


def test_a_box_inside_out_is_told(faults: Any) -> None:
    (fault,) = faults(covering("[-2.868, 51.517, -3.094, 51.599]"))
    assert "is no box in degrees" in fault.what
    assert "west, south, east, north" in fault.attempt


def test_a_crossing_with_longitude_and_latitude_swapped_is_told(faults: Any) -> None:
    crossing = '[{ name = "Bridge", start = [51.5, -0.1], end = [51.51, -0.1] }]'
    (fault,) = faults(('mode = "straight"', f'mode = "straight"\ncrossings = {crossing}'))
    assert "crossing 'Bridge'" in fault.what
    assert "swapped" in fault.what


# ---------------------------------------------------------------------------- a new study


@pytest.mark.parametrize(
    ("code", "nation"), [("E08000027", "England"), ("E09000028", "England"), ("W06000022", "Wales")]
)
def test_a_new_study_is_without_fault(tmp_path: Path, code: str, nation: str) -> None:
    path = new_study(code.lower(), folder=tmp_path / "new", place="Somewhere")
    settings = read_settings(path.parent)
    assert settings.study.nation == nation
    assert settings.study.authorities == (code,)
    assert settings.study.id == code.lower()
    assert settings.contact.sample
    assert "@" not in settings.study.title


def test_a_new_study_in_wales_stands_on_the_areas_of_its_index(tmp_path: Path) -> None:
    """WIMD 2019 is published for the areas of 2011; the census of 2021 comes by the lookup."""
    settings = read_settings(new_study("W06000022", folder=tmp_path, place=None).parent)
    assert settings.areas.deprivation == "wimd2019"
    assert [settings.of(name).vintage for name in settings.areas.boundaries] == ["2011"]
    assert settings.areas.crosswalk
    lookup = settings.of(settings.areas.crosswalk)
    assert lookup.columns["from_area_id"] == "LSOA11CD"
    assert lookup.columns["to_area_id"] == "LSOA21CD"
    for name in (*settings.areas.boundaries, *settings.areas.geography, *settings.origins.places):
        assert settings.of(name).columns["area_id"].casefold() == "lsoa11cd"


@pytest.mark.parametrize(
    "place", ['Casnewydd "ŷ" \\ x', "two\nlines", "\x00\x1f\x7f", "'''", "@ID@"]
)
def test_a_place_of_any_letters_stays_inside_its_quotes(tmp_path: Path, place: str) -> None:
    path = new_study("W06000022", folder=tmp_path, place=place)
    tomllib.loads(path.read_text(encoding="utf-8"))
    assert read_settings(tmp_path).study.authorities == ("W06000022",)


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("S12000033", "nation whose published files are not known"),
        ("N09000003", "nation whose published files are not known"),
        ("E01003927", "an area inside an authority"),
        ("E10000008", "larger than one local authority"),
        ("Dudley", "not the code of a local authority"),
        ("E0800002", "not the code of a local authority"),
        ("", "not the code of a local authority"),
    ],
)
def test_a_new_study_of_anything_else_is_refused(tmp_path: Path, code: str, what: str) -> None:
    with pytest.raises(StudyError, match=what):
        new_study(code, folder=tmp_path / "new", place=None)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ('day = "Tue"\ntime = "25:30"', "opening.at.0.time"),
        ('day = "Tue"\ntime = "19:30:20"', "hours and minutes"),
        ('day = "Tuesday"\ntime = "19:30"', "opening.at.0.day"),
        (('day = "Tue"\ntime = "19:30"\n[[opening.at]]\nname = "evening"\nday = "Sat"\n'
         'time = "14:00"'),
         "'evening' is asked for twice"),
    ],
)  # fmt: skip
def test_times_that_cannot_be_asked_about(faults, asked, what):
    told = faults(text=TEXT + f'[[opening.at]]\nname = "evening"\n{asked}\n')
    assert what in " ".join(map(str, told))


def test_hours_are_asked_of_standards_in_use_and_by_a_calendar(faults):
    asked = '[opening]\nstandards = ["libary"]\n[[opening.at]]\nname = "e"\nday = "Tue"\n'
    text = TEXT.replace('"England"', '"elsewhere"') + asked + 'time = "19:30"\n'
    told = " ".join(map(str, faults(text=text)))
    assert "did you mean 'library'" in told
    assert "whose public holidays count" in told
