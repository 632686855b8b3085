"""A whole study with one thing broken at a time: told in words, by kind, nothing half-written."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely
from tests.doors.cli_words import Said, said

if TYPE_CHECKING:
    from collections.abc import Callable

STUDY, MISSING, READ, CONTRACT, JOIN, WRITE = 3, 4, 5, 6, 7, 9


class Broken:
    """A copy of the example, to break; steps that the break leaves alone are kept already."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder.parent / "out"

    def file(self, name: str) -> Path:
        return self.folder / name

    def says(self, old: str, new: str, *, file: str = "study.toml", times: int = 1) -> None:
        """Replace words in a text file of the study."""
        path = self.file(file)
        text = path.read_bytes()
        assert old.encode() in text
        path.write_bytes(text.replace(old.encode(), new.encode(), times))

    def of(self, source_id: str, old: str, new: str) -> None:
        """Replace words in the description of one source."""
        text = self.file("study.toml").read_text(encoding="utf-8")
        head, mark, rest = text.partition(f'id = "{source_id}"\nkind')
        body, between, tail = rest.partition("[[source]]")
        assert mark
        assert old in body
        changed = head + mark + body.replace(old, new, 1) + between + tail
        self.file("study.toml").write_text(changed, encoding="utf-8")

    def shapes(self, change: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]) -> None:
        """Change the boundaries."""
        path = self.file("lsoa21_boundaries.gpkg")
        changed = change(gpd.read_file(path))
        path.unlink()
        changed.to_file(path, driver="GPKG", layer="LSOA_2021_EW_BGC_V5")

    def run(self) -> Said:
        return said("run", self.folder, "--out", self.out)

    def check(self) -> Said:
        return said("check", self.folder)

    def cautions(self) -> dict[str, dict[str, Any]]:
        """The cautions of a run that must succeed, by code and what they are about."""
        told = said("run", self.folder, "--out", self.out, "--json")
        assert told.code == 0, told.err
        return {f"{one['code']} {one['about']}": one for one in json.loads(told.out)["cautions"]}

    def refused(self, code: int, *words: str) -> None:
        """Run and check tell the same fault in these words; nothing is written."""
        for told in (self.run(), self.check()):
            text = told.err + told.out
            assert told.code == code, text
            assert "Traceback" not in text
            for word in words:
                assert word in text
        assert not self.out.exists()


@pytest.fixture
def broken(tmp_path: Path, repo: Path, example_run: Any) -> Broken:
    assert example_run.folder.is_dir()
    shutil.copytree(repo / "layers" / "example", tmp_path / "town")
    return Broken(tmp_path / "town")


# ---------------------------------------------------------------------------- files


def test_missing_files_are_all_told_with_page_licence_and_name(broken: Broken) -> None:
    for name in ("asset_register.csv", "postcodes.csv"):
        broken.file(name).unlink()
    broken.refused(MISSING, "asset_register.csv", "postcodes.csv", "https://example.org/osierford")
    told = broken.check().out
    assert "Missing: 2 files" in told
    assert f"save as:  {broken.file('postcodes.csv')}" in told
    assert "licence:  MIT" in told
    assert "without:  what it lists is not measured: neither near nor far" in told
    assert "sources read without a fault" in told


def test_a_missing_file_hides_no_fault_of_another(broken: Broken) -> None:
    """Without boundaries there is no ground, yet the register's fault is told all the same."""
    broken.file("lsoa21_boundaries.gpkg").unlink()
    broken.of("register", 'supply = "Capacity (people)"', 'supply = "Capacity"')
    told = broken.check()
    assert told.code == READ
    assert "lsoa21_boundaries.gpkg" in told.out
    assert "did you mean 'Capacity (people)'?" in told.out
    assert "Looked at once the rest is there: streets, homes, places." in told.out


def test_a_truncated_map_is_told(broken: Broken) -> None:
    path = broken.file("osierford.osm.pbf")
    path.write_bytes(path.read_bytes()[:-5000])
    broken.refused(READ, "osierford.osm.pbf")


def test_a_truncated_zip_is_told(broken: Broken) -> None:
    path = broken.file("asset_register.csv")
    with zipfile.ZipFile(broken.file("register.zip"), "w") as packed:
        packed.write(path, "asset_register.csv")
    whole = broken.file("register.zip").read_bytes()
    broken.file("register.zip").write_bytes(whole[: len(whole) // 2])
    broken.of("register", "asset_register.csv", "register.zip")
    broken.refused(READ, "register.zip")


def test_a_page_saved_in_place_of_a_file_is_told(broken: Broken) -> None:
    """The commonest download that went wrong: the portal's page under the file's name."""
    for name in ("open_greenspace.gpkg", "osierford.osm.pbf"):
        broken.file(name).write_text("<!doctype html><title>Sign in</title>", encoding="utf-8")
    told = broken.check()
    assert told.code == READ
    assert "open_greenspace.gpkg" in told.out
    assert "osierford.osm.pbf" in told.out


def test_a_folder_in_place_of_a_file_is_missing(broken: Broken) -> None:
    broken.file("postcodes.csv").unlink()
    broken.file("postcodes.csv").mkdir()
    broken.refused(MISSING, "postcodes.csv")


# ---------------------------------------------------------------------------- columns and cells


def test_a_wrong_column_is_told_with_the_nearest(broken: Broken) -> None:
    broken.of("register", 'supply = "Capacity (people)"', 'supply = "Capacity"')
    broken.refused(READ, "'Capacity'", "did you mean 'Capacity (people)'?", "asset_register.csv")


def test_a_wrong_column_of_the_boundaries_is_told_with_the_nearest(broken: Broken) -> None:
    broken.of("lsoa21", 'area_id = "LSOA21CD"', 'area_id = "LSOA11CD"')
    broken.refused(READ, "LSOA11CD", "did you mean 'LSOA21CD'?")


def test_several_faults_are_told_at_once(broken: Broken) -> None:
    broken.of("lsoa21", 'area_id = "LSOA21CD"', 'area_id = "LSOA11CD"')
    broken.of("age21", 'people = "usual_residents"', 'people = "residents"')
    broken.of("register", 'supply = "Capacity (people)"', 'supply = "Capacity"')
    told = broken.check()
    assert told.code == READ
    for word in ("LSOA21CD", "usual_residents", "Capacity (people)"):
        assert f"did you mean '{word}'?" in told.out
    assert "3 things to mend before it can run." in told.out


@pytest.mark.parametrize(
    ("supply", "what"), [("-250", "is below 0"), ("two hundred", "is not a number")]
)
def test_a_supply_that_cannot_be_is_told_with_its_row(
    broken: Broken, supply: str, what: str
) -> None:
    """Corn Market Hall is the second of the register: the third row of a spreadsheet."""
    broken.says(",250,", f",{supply},", file="asset_register.csv")
    broken.refused(READ, "'Capacity (people)'", what, f"row 3: {supply}", "asset_register.csv")


def test_a_register_that_is_not_utf8_is_read_and_told(broken: Broken) -> None:
    path = broken.file("asset_register.csv")
    text = path.read_text(encoding="utf-8").replace("Corn Market Hall", "Café Môn’s Hall")  # noqa: RUF001 - 0x92 of cp1252
    path.write_bytes(text.encode("cp1252"))
    cautions = broken.cautions()
    assert [one for one in cautions.values() if "cp1252" in one["text"]]
    (run,) = (broken.out / "example").iterdir()
    assert "Café Môn’s Hall" in (run / "tables" / "assets.csv").read_text(encoding="utf-8")  # noqa: RUF001 - as above


# ---------------------------------------------------------------------------- where things are


def test_boundaries_without_a_crs_are_told(broken: Broken) -> None:
    broken.shapes(lambda table: table.set_crs(None, allow_override=True))
    broken.refused(READ, "CRS", "lsoa21_boundaries.gpkg")


def test_boundaries_in_metres_that_say_degrees_are_told(broken: Broken) -> None:
    broken.shapes(lambda table: table.set_crs("EPSG:4326", allow_override=True))
    broken.refused(READ, "lsoa21_boundaries.gpkg")


def test_boundaries_that_say_another_grid_are_told(broken: Broken) -> None:
    broken.shapes(lambda table: table.set_crs("EPSG:32630", allow_override=True))
    broken.refused(READ, "lsoa21_boundaries.gpkg", "outside the ground of EPSG:27700")


def _swapped(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    degrees = table.to_crs("EPSG:4326")
    flipped = shapely.transform(degrees.geometry.to_numpy(), lambda xy: xy[:, ::-1])
    return degrees.set_geometry(gpd.GeoSeries(flipped, index=table.index, crs="EPSG:4326"))


def test_boundaries_with_longitude_and_latitude_swapped_are_told(broken: Broken) -> None:
    broken.shapes(_swapped)
    broken.refused(READ, "swapped", "lsoa21_boundaries.gpkg")


def test_schemes_with_longitude_and_latitude_swapped_are_told(broken: Broken) -> None:
    path = broken.file("schemes.geojson")
    table = _swapped(gpd.read_file(path))
    path.unlink()
    table.to_file(path, driver="GeoJSON")
    broken.refused(READ, "swapped", "schemes.geojson")


def test_a_study_outside_great_britain_needs_its_own_crs(broken: Broken) -> None:
    broken.says('nation = "England"', 'nation = "elsewhere"')
    told = broken.run()
    assert told.code == STUDY
    assert "outside Great Britain" in told.err
    assert not broken.out.exists()


# ---------------------------------------------------------------------------- shapes


def test_an_empty_layer_is_told(broken: Broken) -> None:
    broken.shapes(lambda table: table.head(0))
    broken.refused(READ, "lsoa21_boundaries.gpkg")


def test_a_register_with_a_header_alone_is_told(broken: Broken) -> None:
    path = broken.file("asset_register.csv")
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    broken.refused(READ, "asset_register.csv", "no rows")


def test_an_invalid_shape_is_repaired_and_told(broken: Broken) -> None:
    """A bow-tie over the last area: its outline crosses itself."""

    def tied(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        x0, y0, x1, y1 = table.geometry.iloc[-1].bounds
        table.loc[table.index[-1], "geometry"] = shapely.Polygon(
            [(x0, y0), (x1, y1), (x1, y0), (x0, y1)]
        )
        return table

    broken.shapes(tied)
    assert broken.cautions()["geometry_repaired lsoa21"]["count"] == 1


# ---------------------------------------------------------------------------- joins


def test_codes_of_another_vintage_are_told_with_the_lookup(broken: Broken) -> None:
    """People of areas that the boundaries do not have."""
    for name in ("age6", "disability", "tenure"):
        broken.says("E01099", "E01088", file=f"census21_{name}_lsoa21.csv", times=-1)
    broken.refused(JOIN, "no population", "lookup")


def test_an_area_twice_in_the_boundaries_is_told(broken: Broken) -> None:
    def twice(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        table["LSOA21CD"] = table["LSOA21CD"].replace("E01099002", "E01099001")
        return table

    broken.shapes(twice)
    broken.refused(READ, "E01099001")


def test_people_counted_twice_are_told(broken: Broken) -> None:
    path = broken.file("census21_age6_lsoa21.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1], ""]), encoding="utf-8")
    broken.refused(READ, lines[1].split(",")[0])


def test_an_authority_that_no_area_belongs_to_is_told_with_the_nearest(broken: Broken) -> None:
    broken.says('authorities = ["E07099001"]', 'authorities = ["E07099010"]')
    broken.refused(JOIN, "no area belongs to authority 'E07099010'", "did you mean 'E0709900")


# ---------------------------------------------------------------------------- settings


def test_an_unknown_key_is_told_with_the_nearest(broken: Broken) -> None:
    broken.says("edge_buffer_m", "edge_bufer_m")
    broken.refused(STUDY, "unknown key 'study.edge_bufer_m'", "did you mean 'edge_buffer_m'?")


def test_an_unknown_standard_is_told_with_the_nearest(broken: Broken) -> None:
    broken.says('"bus_stop"', '"bus_stops"')
    broken.refused(STUDY, "standard 'bus_stops' is not known", "did you mean 'bus_stop'?")


def test_an_unknown_layout_is_told_with_the_nearest(broken: Broken) -> None:
    broken.of("stops", 'layout = "naptan"', 'layout = "naptann"')
    broken.refused(STUDY, "no reader for layout 'naptann'", "did you mean 'naptan'?")


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('index = "example"', 'index = "iod2052"', "iod2025"),
        ("[standards]", '[rules]\nbasis = "incom"\n\n[standards]', "income"),
    ],
)
def test_an_unknown_index_or_basis_is_told(broken: Broken, old: str, new: str, word: str) -> None:
    broken.says(old, new)
    for told in (broken.run(), broken.check()):
        assert told.code
        assert word in told.err + told.out
        assert "foreseen" not in told.err
    assert not broken.out.exists()


def test_public_words_that_do_not_exist_are_told(broken: Broken) -> None:
    broken.says("[areas]", '[publish.words]\n"level.left_behnd" = "Near"\n\n[areas]')
    told = broken.run()
    assert told.code == STUDY
    assert "level.left_behnd" in told.err
    assert not (broken.out / "example").exists() or not list((broken.out / "example").iterdir())


# ---------------------------------------------------------------------------- what is written


def test_a_page_open_elsewhere_is_told_and_the_last_one_stays(
    broken: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A spreadsheet holds a file of the last run open, as Windows does: it cannot be moved."""
    folder = Path(broken.run().out.strip()).parent.parent
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    move = Path.replace

    def held(self: Path, target: Path) -> Path:
        if self == folder:
            raise PermissionError(13, "in use by another process", str(self))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", held)
    told = broken.run()
    assert told.code == WRITE
    assert "open in another program" in told.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_an_output_folder_that_is_a_file_is_told(broken: Broken) -> None:
    broken.out.write_text("mine", encoding="utf-8")
    told = broken.run()
    assert told.code == WRITE
    assert "cannot be written" in told.err
    assert broken.out.read_text(encoding="utf-8") == "mine"
