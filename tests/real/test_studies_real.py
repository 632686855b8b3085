"""The real studies, from their published files to their pages."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import osmium
import pandas as pd
import pyproj
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree
from tests.doors.cli_words import said, typed
from tests.doors.opened_outputs import opened
from tests.doors.plain_english import faults_in
from tests.real.shuffled_files import lay_over

from assetmap.study.study import open_study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assetmap.study.explain import Explained
    from assetmap.study.run import Run

pytestmark = [pytest.mark.real, pytest.mark.slow]

AREAS = {"southwark": 173, "southwark-2011": 166, "dudley": 203, "newport": 95}
AUTHORITY = {"southwark": "E09000028", "southwark-2011": "E09000028", "dudley": "E08000027",
             "newport": "W06000022"}  # fmt: skip
SNAP_M = 250


@pytest.fixture(scope="module")
def run(
    repo: Path, data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Run]:
    """A study by its name, run once."""
    out = tmp_path_factory.mktemp("real")
    made: dict[str, Run] = {}

    def once(name: str) -> Run:
        if name not in made:
            made[name] = open_study(repo / "layers" / name, data=data_dir).run(out=out)
        return made[name]

    return once


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---------------------------------------------------------------------------- all of them


@pytest.mark.parametrize("name", AREAS)
def test_every_area_is_there_once(run: Callable[[str], Run], name: str) -> None:
    folder = run(name).folder
    for table in ("areas", "findings"):
        ids = [row["area_id"] for row in rows(folder, table)]
        assert len(ids) == len(set(ids)) == AREAS[name]
    assert {row["authority_id"] for row in rows(folder, "areas")} == {AUTHORITY[name]}
    assert all(row["decile"] and row["level"] and row["reasons"] for row in rows(folder, "areas"))


@pytest.mark.parametrize("name", ["southwark", "dudley", "newport"])
def test_everybody_of_the_census_is_counted(
    run: Callable[[str], Run], data_dir: Path, name: str
) -> None:
    """The census of 2021 by authority, summed here from the file of its own LSOAs.

    For Newport, on areas of 2011, that is what the summing back over split areas must keep.
    """
    census = pd.read_parquet(data_dir / "national" / "census21_age6_lsoa21.parquet")
    lookup = pd.read_parquet(data_dir / "national" / "lookup_lsoa21_ward24_lad24.parquet")
    ours = lookup.loc[lookup["ltla24_code"] == AUTHORITY[name], "lsoa21_code"]
    people = census.loc[census["lsoa21_code"].isin(ours), "usual_residents"].sum()
    told = sum(float(row["people"]) for row in rows(run(name).folder, "areas"))
    assert told == pytest.approx(people, abs=1)


def test_everybody_of_the_estimate_is_counted(run: Callable[[str], Run]) -> None:
    """Southwark, mid-2020: 320,017 people (ONS, mid-year population estimates by authority)."""
    told = sum(float(row["people"]) for row in rows(run("southwark-2011").folder, "areas"))
    assert told == 320_017


@pytest.mark.parametrize("name", AREAS)
def test_a_join_that_misses_is_a_caution(run: Callable[[str], Run], name: str) -> None:
    """Each area of the study has its rank, its ward and its region, or a caution says how many."""
    made = run(name)
    ids = set(made.tables["areas"].query("role == 'study'")["area_id"])
    need = made.tables["need"]
    nation = need[need["reference"] == "nation"]
    assert ids <= set(nation["area_id"])
    assert not nation["area_id"].duplicated().any()
    without = ids - set(need.loc[need["reference"] == "region", "area_id"])
    said_of_regions = [one for one in made.cautions if one.about in {"region", "need: region"}]
    assert not without or said_of_regions or name == "newport"  # Wales has no regions


@pytest.mark.parametrize("name", AREAS)
def test_nothing_of_the_machine_leaves(
    run: Callable[[str], Run], name: str, repo: Path, data_dir: Path
) -> None:
    for file, text in opened(run(name).folder).items():
        assert str(repo) not in text, file
        assert str(data_dir) not in text, file


@pytest.mark.parametrize("name", ["southwark", "dudley", "newport"])
def test_every_page_is_plain(run: Callable[[str], Run], name: str) -> None:
    assert faults_in(run(name).page.parent) == []


# ---------------------------------------------------------------------------- one by one


def test_dudley_says_that_two_themes_are_measured_and_goes_no_higher(
    run: Callable[[str], Run],
) -> None:
    """It has no parks and no leisure centres: libraries and stops alone are measured."""
    made = run("dudley")
    found = made.tables["findings"]
    assert found["themes_measured"].max() == 2
    assert "left_behind" not in set(found["level"])
    told = " ".join(caution.text for caution in made.cautions)
    assert "Green is not measured" in told
    assert "Leisure is not measured" in told
    assert "No neighbourhood meets all three tests" in made.answer


def test_wards_that_are_drawn_agree_with_the_lookups_that_give_codes_alone(
    run: Callable[[str], Run], data_dir: Path
) -> None:
    """Southwark's areas of 2011: as many in each ward as the ONS best fit has, but for one area.

    By position an area goes where most of its ground lies; the ONS goes by where its people live.
    """
    fit = pd.read_parquet(data_dir / "national" / "lookup_lsoa11_ward17.parquet")
    made = run("southwark-2011")
    own = made.tables["areas"].query("role == 'study'")
    published = fit.loc[fit["lsoa11_code"].isin(own["area_id"]), "ward17_code"].value_counts()
    sums = made.tables["summaries"].query("level == 'ward' and measure == 'people'")
    ours = sums.set_index("unit_id")["areas"]
    assert set(ours.index) == set(published.index)
    assert len(ours) == 21
    assert (ours - published).abs().sum() <= 2
    assert set(sums["fit"]) == {"by position"}
    assert sums["geography"].str.contains("2013").all()


def test_neighbourhoods_of_newport_are_named_by_the_wards_of_today(
    run: Callable[[str], Run], data_dir: Path
) -> None:
    """All 95 by one of the 21 wards that the lookup of 2024 names, none by a code."""
    lookup = pd.read_parquet(data_dir / "national" / "lookup_lsoa21_ward24_lad24.parquet")
    wards = set(lookup.loc[lookup["ltla24_code"] == AUTHORITY["newport"], "ward24_name"])
    made = run("newport")
    places = made.tables["areas"].query("role == 'study'")["place"]
    named = places.str.extract(r" of (.+?) ward", expand=False)
    assert named.notna().all()
    assert set(named) == wards
    page = (made.page.parent / "places" / "caerleon-ward.html").read_text(encoding="utf-8")
    assert "December 2022" in page


@pytest.mark.parametrize(
    ("name", "anywhere", "somewhere"),
    [
        ("southwark", "sport and leisure", ""),
        ("southwark-2011", "sport and leisure", ""),
        ("dudley", "parks and green space and sport and leisure", "public transport"),
        ("newport", "", "community places, parks and green space, sport and leisure"),
    ],
)
def test_the_first_paragraph_names_what_is_not_measured(
    run: Callable[[str], Run], name: str, anywhere: str, somewhere: str
) -> None:
    page = run(name).page.read_text(encoding="utf-8")
    first = page.split('<p class="opening">')[1].split("</p>")[0]
    assert (f"We could not measure {anywhere} anywhere." in first) == bool(anywhere)
    assert (f"In some neighbourhoods we could not measure {somewhere}" in first) == bool(somewhere)
    assert "we do not know what schemes bring" in page.split('id="search"')[0]


@pytest.mark.parametrize("name", ["southwark", "southwark-2011", "dudley"])
def test_straight_lines_are_told_as_estimates(run: Callable[[str], Run], name: str) -> None:
    made = run(name)
    assert "straight_line" in {caution.code for caution in made.cautions}
    page = made.page.read_text(encoding="utf-8")
    assert "estimate" in page
    assert not re.search("minutes.? walk", page)


@pytest.fixture(scope="module")
def outside_the_streets(data_dir: Path) -> set[str]:
    """Areas of Newport whose centre is far from the streets, found here the plain way.

    Every way that is no motorway, joined node to node; of that the largest piece that hangs
    together; then the distance from each population-weighted centroid to its nearest node.
    """
    at: dict[int, tuple[float, float]] = {}
    pairs: list[tuple[int, int]] = []
    streets = data_dir / "newport" / "newport-2023-06-13.osm.pbf"
    ways = osmium.FileProcessor(streets).with_locations()
    for way in ways.with_filter(osmium.filter.KeyFilter("highway")):
        if way.is_way() and not way.tags["highway"].startswith("motorway"):
            known = [node for node in way.nodes if node.location.valid()]
            at |= {node.ref: (node.lon, node.lat) for node in known}
            refs = [node.ref for node in known]
            pairs += pairwise(refs)
    number = {ref: place for place, ref in enumerate(at)}
    a, b = np.array([(number[one], number[other]) for one, other in pairs]).T
    links = coo_array((np.ones(len(a)), (a, b)), shape=(len(at), len(at)))
    piece = connected_components(links, directed=False)[1]
    lon, lat = np.array(list(at.values()))[piece == np.bincount(piece).argmax()].T
    to_metres = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    nodes = cKDTree(np.column_stack(to_metres.transform(lon, lat)))
    national = data_dir / "national"
    lookup = pd.read_parquet(national / "lookup_oa11_lsoa11_msoa11_lad17_oac.parquet")
    ours = set(lookup.loc[lookup["LAD17CD"] == AUTHORITY["newport"], "LSOA11CD"])
    centres = pd.read_csv(national / "lsoa11_population_weighted_centroids_12lads.csv")
    centres = centres[centres["lsoa11_code"].isin(ours)]
    away, _ = nodes.query(centres[["easting", "northing"]].to_numpy())
    return set(centres.loc[away > SNAP_M, "lsoa11_code"])


def test_newport_does_not_speak_of_areas_that_its_streets_do_not_reach(
    run: Callable[[str], Run], outside_the_streets: set[str]
) -> None:
    assert len(outside_the_streets) == 33
    level = run("newport").tables["findings"].set_index("area_id")["level"]
    assert set(level[sorted(outside_the_streets)]) == {"insufficient_data"}
    assert level.nunique() > 2
    assert "insufficient_data" not in set(level.value_counts().index[1:])


# ---------------------------------------------------------------------------- the same again


@pytest.mark.parametrize("name", ["newport", "dudley"])
def test_again_with_nothing_kept_gives_the_same_bytes(
    run: Callable[[str], Run], repo: Path, data_dir: Path, tmp_path: Path, name: str
) -> None:
    """In another process, with another hash seed and an empty cache."""
    told = typed(
        "run", repo / "layers" / name, "--data", data_dir, "--out", tmp_path / "out", "--quiet",
        ASSETMAP_CACHE=str(tmp_path / "cache"), PYTHONHASHSEED="7",
    )  # fmt: skip
    assert told.code == 0, told.err
    first = run(name).folder
    again = tmp_path / "out" / name / first.name
    assert again.is_dir(), "another name: inputs, settings or code differ"
    files = {path.relative_to(first) for path in first.rglob("*") if path.is_file()}
    assert files == {path.relative_to(again) for path in again.rglob("*") if path.is_file()}
    for file in sorted(files):
        assert (first / file).read_bytes() == (again / file).read_bytes(), file


def test_the_order_of_rows_means_nothing(
    run: Callable[[str], Run], repo: Path, data_dir: Path, tmp_path: Path
) -> None:
    """Every CSV, GeoJSON, GeoPackage and Parquet file of Southwark, shuffled all at once."""
    study = open_study(repo / "layers" / "southwark", data=data_dir)
    names = {name for source in study.settings.source for name in source.files}
    done = lay_over(data_dir, tmp_path / "data", names, seed=20261122)
    assert {"gpkg", "geojson", "parquet", "gz", "csv"} <= {name.split(".")[-1] for name in done}
    again = open_study(repo / "layers" / "southwark", data=tmp_path / "data").run(out=tmp_path)
    for table in sorted((run("southwark").folder / "tables").glob("*.csv")):
        other = again.folder / "tables" / table.name
        if table.stem != "unplaced":
            assert table.read_bytes() == other.read_bytes(), table.name
    assert again.answer == run("southwark").answer
    # Rows that could not be placed are told by their number in the file, which is another now.
    before, after = rows(run("southwark").folder, "unplaced"), rows(again.folder, "unplaced")
    assert len(before) == len(after) > 0
    assert _unnumbered(before) == _unnumbered(after)


def _unnumbered(told: list[dict[str, str]]) -> list[tuple[str, ...]]:
    return sorted(tuple(value for key, value in row.items() if key != "row") for row in told)


# ---------------------------------------------------------------------------- explain


def test_explain_names_file_licence_and_setting_behind_every_number_of_a_row(
    run: Callable[[str], Run], repo: Path, data_dir: Path
) -> None:
    study = open_study(repo / "layers" / "southwark", data=data_dir)
    row = rows(run("southwark").folder, "areas")[20]
    explained = study.explain(row["area_id"])
    told = {number.where: number for number in explained.numbers}
    numbers = {name: value for name, value in row.items() if value and _is_number(value)}
    assert len(numbers) > 15
    for name, value in numbers.items():
        number = told[_where(name)]
        if name != "result_code":  # the level's number on the page; its word is told
            assert float(number.value) == pytest.approx(float(value), rel=1e-5, abs=1e-4), name
        _has_grounds(explained, number.step)


def _where(column: str) -> str:
    """Where ``explain`` tells a column of ``areas.csv``."""
    plain = {
        "people": "area.people", "decile": "deprivation.imd.decile", "score": "score.score",
        "score_percentile": "score.percentile", "result_code": "finding.level",
    }  # fmt: skip
    if column in plain:
        return plain[column]
    for measure in ("share_within", "nearest"):
        if column.startswith(measure):
            category = column.removeprefix(f"{measure}_").removesuffix("_min")
            return f"access.{category}.{measure}.standard"
    message = f"nothing tells of {column}"
    raise AssertionError(message)


def _has_grounds(explained: Explained, step: str) -> None:
    """The step, and those it was made from, have settings, files and these their licences."""
    steps = {made.name: made for made in explained.steps}
    sources = {source["id"]: source for source in explained.sources}
    waiting, settings, files = [step], {}, set()
    while waiting:
        made = steps[waiting.pop()]
        settings |= made.settings
        files |= set(made.sources)
        waiting += [name for name in made.made_from if name in steps]
    assert settings
    assert files
    for name in files:
        assert sources[name]["file"]
        assert sources[name]["licence"]
        assert len(sources[name]["sha256"]) == 64


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_the_words_of_the_readme_explain_an_area_of_dudley(
    run: Callable[[str], Run], repo: Path, data_dir: Path
) -> None:
    assert run("dudley")
    told = said("explain", "E01009767", "--study", repo / "layers" / "dudley", "--data", data_dir)
    assert told.code == 0
    assert told.out.splitlines()[0].endswith("(E01009767)")
    assert "licence: Open Government Licence v3.0" in told.out
