"""Places that must not be mapped never leave a reader; places of a like name do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.doors import asset_jobs as little

from assetmap.sources.green_space import read_os_open_greenspace
from assetmap.sources.libraries import read_england_libraries
from assetmap.sources.osm_assets import read_osm_assets
from assetmap.sources.osm_buildings import read_buildings
from assetmap.sources.protected import (
    is_protected_name,
    is_protected_osm,
    is_protected_type,
)
from assetmap.sources.registers import read_register
from assetmap.sources.schools import read_gias
from assetmap.sources.stops import read_naptan, read_tfl_stops
from assetmap.sources.surgeries import read_epraccur

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN = [
    "Hillview Women's Refuge",
    "HILLVIEW WOMEN\u2019S REFUGE",
    "Hillview Womens Refuge",
    "Refuge for women and children",
    "Southbank Refuge",
    "Refuge Accommodation, Block B",
    "Anytown Women's Aid",
    "Cymorth i Ferched",
    "Domestic Abuse Outreach",
    "The Safe House",
    "Safehouse project",
    "Asylum Seekers Day Centre",
    "Seaview Asylum Hotel",
    "Refugee Hostel",
    "Contingency Hotel 4",
    "Elm Lodge Children's Home",
    "Elm Lodge Childrens Residential Home",
    "Secure Children's Home North",
    "Elm Group Home",
    "Foster Carers at 12 Elm Road",
    "Little Stars Childminder",
    "Jo's Child-minding",
    "Home childcarer",
    "St Mungo Night Shelter",
    "Homeless Hostel (direct access)",
    "Wom\u200ben's Re\u00adfuge",
    "W\u00f3men's R\u00e9fuge",
]

OPEN = [
    "Refuge Lane Library",
    "Refuge Farm Playground",
    "Shelter charity shop",
    "Shelter Advice Service",
    "Asylum Road",
    "Asylum Road / Old Kent Road",
    "Caroline Gardens Chapel, Asylum Road",
    "Women's Centre and Library",
    "Women's Institute Hall",
    "Women's Aid Charity Shop",
    "Children's Centre",
    "Lansdowne Children's Library",
    "Children's Homework Club",
    "Former Children's Home, now Elm Community Centre",
    "Childminders' drop-in group, Elm Hall",
    "Donkey Refuge",
    "Anytown Wildlife Refuge",
    "Bus shelter, High Street",
    "Animal Shelter",
    "City of Sanctuary Hub",
    "Sanctuary Housing Office",
    "Youth Hostel",
    "Refugee Week exhibition",
    "Minders Cafe",
    "Homes for All Advice",
    "Orphanage Road",
]

UNNAMED = "Hillview Women's Refuge"


@pytest.mark.parametrize("name", HIDDEN)
def test_a_name_that_speaks_of_such_a_place_is_known(name: str) -> None:
    assert is_protected_name(name)


@pytest.mark.parametrize("name", OPEN)
def test_a_name_that_only_sounds_like_it_is_left_alone(name: str) -> None:
    assert not is_protected_name(name)


def test_a_word_that_is_common_in_one_kind_of_place_is_left_to_it() -> None:
    # A pub called The Refuge and a gallery called Safehouse 1 are what they say.
    assert not is_protected_name("The Refuge", category="pub")
    assert not is_protected_name("Safehouse 1", category="arts_centre")
    assert is_protected_name("The Refuge", category="community_centre")
    assert is_protected_name("Safehouse 1", category="community_centre")


@pytest.mark.parametrize(
    "kind",
    [
        "Refuge", "Women's refuge", "Hostel", "Homeless hostel", "Childminder",
        "Childminder (registered)", "Childcare on domestic premises", "Children's Home",
        "Registered Children's Home", "Secure units", "Academy secure 16 to 19", "Asylum hotel",
        "Safe accommodation", "Group home",
    ],
)  # fmt: skip
def test_a_registers_own_type_is_known(kind: str) -> None:
    assert is_protected_type(kind)


@pytest.mark.parametrize(
    "kind", ["Children's centre", "Library", "Nursery", "Youth centre", "Secondary", "Shelter shop"]
)
def test_another_type_is_left_alone(kind: str) -> None:
    assert not is_protected_type(kind)


@pytest.mark.parametrize(
    "tags",
    [
        {"amenity": "social_facility", "social_facility": "shelter"},
        {"amenity": "social_facility", "social_facility": "group_home"},
        {"social_facility": "outreach;group_home"},
        {"amenity": "social_facility", "social_facility:for": "refugee"},
        {"amenity": "social_facility", "social_facility:for": "homeless;abused"},
        {"amenity": "childcare", "building": "house"},
        {"amenity": "childminder"},
        {"amenity": "community_centre", "alt_name": "Women's Refuge"},
        {"amenity": "community_centre", "operator": "Anytown Women's Aid"},
    ],
)
def test_tags_that_speak_of_such_a_place_are_known(tags: dict[str, str]) -> None:
    assert is_protected_osm(tags)


@pytest.mark.parametrize(
    "tags",
    [
        {"amenity": "social_facility", "social_facility": "food_bank",
         "social_facility:for": "homeless;refugees"},
        {"amenity": "shelter", "shelter_type": "public_transport"},
        {"amenity": "childcare", "building": "yes", "name": "Tiny Tots"},
        {"amenity": "library", "name": "Refuge Lane Library"},
        {"amenity": "social_facility", "social_facility": "day_care",
         "social_facility:for": "senior"},
    ],
)  # fmt: skip
def test_tags_of_other_places_are_left_alone(tags: dict[str, str]) -> None:
    assert not is_protected_osm(tags)


# ------------------------------------------------------------------------- a test per reader


def test_osm_assets_drop_and_count_them(tmp_path: Path) -> None:
    path = little.osm(
        tmp_path,
        little.node(1, 0, 0, amenity="community_centre", name=UNNAMED),
        little.node(2, 9, 0, amenity="social_facility", social_facility="group_home", name="Elms"),
        little.node(3, 99, 0, amenity="library", name="Refuge Lane Library"),
    )
    told = read_osm_assets(little.asset_job(path, layout="osm"))
    assert list(told.table.assets["name"]) == ["Refuge Lane Library"]
    assert little.counts(told)["not_mapped"] == 2
    assert "Hillview" not in little.all_text(told)
    assert "Elms" not in little.all_text(told)


def test_osm_buildings_drop_and_count_them(tmp_path: Path) -> None:
    path = little.osm(
        tmp_path,
        *little.area(1, 0, 0, building="house"),
        *little.area(2, 50, 0, building="residential", social_facility="shelter"),
        *little.area(3, 90, 0, building="house", name=UNNAMED),
    )
    told = read_buildings(little.asset_job(path, layout="osm"))
    assert list(told.table["place_id"]) == ["way/1"]
    assert little.counts(told)["not_mapped"] == 2


def test_a_register_drops_and_counts_them_by_name_type_and_address(tmp_path: Path) -> None:
    # Rows 2 to 6: by name, by mapped category, by a column nobody mapped, by address, and open.
    path = little.saved(
        tmp_path,
        "register.csv",
        "name,category,Service Type,address,lon,lat,supply\n"
        f"{UNNAMED},Hall,,1 A St,-2.98,51.56,\n"
        "Elms,Refuge,,2 A St,-2.98,51.56,\n"
        "Oaks,Hall,Childminder,3 A St,-2.98,51.56,minus\n"
        "Office,Hall,,Rear of the Women's Refuge,-2.98,51.56,\n"
        "Refuge Lane Hall,Hall,,5 A St,-2.98,51.56,\n",
    )
    told = read_register(
        little.asset_job(
            path, categories={"Hall": "community_centre", "Refuge": "community_centre"}
        )
    )
    assert list(told.table.assets["name"]) == ["Refuge Lane Hall"]
    assert little.counts(told) == {"not_mapped": 4}
    for secret in ("Hillview", "Elms", "Oaks", "Office"):
        assert secret not in little.all_text(told)


def test_a_register_does_not_list_them_as_unplaced_either(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path, "r.csv", f"name,category,lon,lat\n{UNNAMED},library,,\nA,library,-2.98,51.56\n"
    )
    told = read_register(little.asset_job(path))
    assert told.table.unplaced.empty
    assert little.counts(told) == {"not_mapped": 1}


def test_a_registers_faults_do_not_name_them(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path,
        "r.csv",
        f"name,category,lon,lat,supply\n{UNNAMED},library,-2.98,51.56,none\n"
        "A,library,-2.98,51.56,many\n",
    )
    with pytest.raises(ValueError, match="row 3: many") as caught:
        read_register(little.asset_job(path))
    assert "row 2" not in str(caught.value)
    assert "Hillview" not in str(caught.value)


def test_unmapped_categories_do_not_name_them(tmp_path: Path) -> None:
    path = little.saved(
        tmp_path,
        "r.csv",
        "name,category,lon,lat\nA,Refuge,-2.98,51.56\nB,Depot,-2.98,51.56\nC,Library,-2.98,51.56\n",
    )
    told = read_register(little.asset_job(path, categories={"Library": "library"}))
    assert little.counts(told) == {"not_mapped": 1, "category_unmapped": 1}
    assert "efuge:" not in little.all_text(told)
    assert "'depot'" in little.all_text(told)


def test_libraries_drop_and_count_them(tmp_path: Path) -> None:
    path = little.libraries_csv(
        tmp_path, ("1", UNNAMED, ""), ("2", "Refuge Lane Library", ""), ("3", "Shut", "XL")
    )
    told = read_england_libraries(little.asset_job(path))
    assert list(told.table.assets["name"]) == ["Refuge Lane Library"]
    assert little.counts(told)["not_mapped"] == 1
    assert "Hillview" not in little.all_text(told)


def test_schools_drop_and_count_them_by_name_and_type(tmp_path: Path) -> None:
    path = little.gias_csv(
        tmp_path,
        ("1", "Elm School and Children's Home", "Other independent special school",
         "Not applicable", "20"),
        ("2", "Lansdowne Children's Centre", "Secure units", "Not applicable", "10"),
        ("3", "Oasis", "Academy secure 16 to 19", "16 plus", "10"),
        ("4", "Refuge Lane Primary School", "Community school", "Primary", "200"),
    )  # fmt: skip
    told = read_gias(little.asset_job(path))
    assert list(told.table.assets["name"]) == ["Refuge Lane Primary School"]
    assert little.counts(told)["not_mapped"] == 3
    assert "Lansdowne" not in little.all_text(told)


def test_surgeries_drop_and_count_them(tmp_path: Path) -> None:
    path = little.epraccur(
        tmp_path,
        ("A1", "ASYLUM SEEKERS HEALTH TEAM", "SE1 1AA", "A", "4"),
        ("A2", "ASYLUM ROAD SURGERY", "SE1 1AA", "A", "4"),
    )
    lookup = {"pc": little.places(["SE1 1AA"], [(532_000, 180_000)])}
    told = read_epraccur(little.asset_job(path, postcodes="pc", lookups=lookup))
    assert list(told.table.assets["name"]) == ["Asylum Road Surgery"]
    assert little.counts(told)["not_mapped"] == 1


def test_green_space_drops_and_counts_them(tmp_path: Path) -> None:
    path = little.greenspace_gpkg(
        tmp_path,
        [
            ("s1", "Play Space", "Elm Children's Home"),
            ("s2", "Play Space", "Refuge Lane"),
        ],
        gates=[("s1", "Pedestrian", 532_000, 180_050), ("s2", "Pedestrian", 532_200, 180_050)],
    )
    told = read_os_open_greenspace(little.asset_job(path))
    assert list(told.table.assets["source_row"]) == ["s2"]
    assert list(told.table.entrances["source_row"]) == ["s2"]
    assert little.counts(told)["not_mapped"] == 1


@pytest.mark.parametrize("london", [False, True])
def test_a_stop_named_after_one_stays_without_its_name(tmp_path: Path, *, london: bool) -> None:
    # A stop is a public thing, and to drop it would lengthen people's way to a bus; its name
    # would say where the home is.
    if london:
        path = little.tfl_csv(tmp_path, "1,CHILDREN'S HOME,532000,180000,0")
        told = read_tfl_stops(little.asset_job(path))
    else:
        path = little.naptan_csv(
            tmp_path, "490001,Children's Home,opp,532000,180000,BCT,MKD,new,active"
        )
        told = read_naptan(little.asset_job(path))
    assert len(told.table.assets) == 1
    assert told.table.assets["name"].isna().all()
    assert little.counts(told) == {"name_withheld": 1}
    assert "hildren" not in told.table.assets.to_csv()
