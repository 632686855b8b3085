"""Scenario files as people write them: every fault told at once, nothing guessed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pypdf
import pytest
from tests.doors.cli_words import said

from assetmap.errors import MissingError, ReadError
from assetmap.sources.scenario_file import read_scenario

if TYPE_CHECKING:
    from pathlib import Path

CRS = "EPSG:27700"
HEAD = 'schema_version = 1\nid = "s"\nname = "S"\n'


def _written(folder: Path, text: str, name: str = "s.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_toml_and_geojson_say_the_same(tmp_path: Path) -> None:
    toml = _written(
        tmp_path, HEAD + '[[edit]]\nkind = "add"\ncategory = "library"\nat = [-1, 53]\n'
    )
    whole = {
        "type": "FeatureCollection",
        "scenario": {"schema_version": 1, "id": "s", "name": "S"},
        "features": [{"type": "Feature", "properties": {"kind": "add", "category": "library"},
                      "geometry": {"type": "Point", "coordinates": [-1, 53]}}],
    }  # fmt: skip
    geojson = _written(tmp_path, json.dumps(whole), "s.geojson")
    one, other = (read_scenario(path, crs=CRS).edits for path in (toml, geojson))
    assert one.equals(other)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = HEAD + (
        '[[edit]]\nkind = "add"\ncategory = "library"\nat = [-1, 53]\nsupply = 0\n'
        '[[edit]]\nkind = "homes"\nat = [-1, 53]\ndwellings = 10\n'
        '[[edit]]\nkind = "remove"\nasset = "x"\nopens = 2027-01-01\nuntil = 2026-01-01\n'
        '[[edit]]\nkind = "add"\ncatagory = "library"\n'
    )
    with pytest.raises(ReadError) as told:
        read_scenario(_written(tmp_path, text), crs=CRS)
    words = str(told.value)
    for part in ("a supply of 0", "needs household_size", "before it opens", "catagory",
                 "did you mean 'category'"):  # fmt: skip
        assert part in words


def test_a_file_without_edits_says_so_and_wrong_edits_do_not(tmp_path: Path) -> None:
    for text in (HEAD, HEAD + "edit = []\n"):
        with pytest.raises(ReadError, match="no edits, so nothing changes") as none:
            read_scenario(_written(tmp_path, text), crs=CRS)
        assert len(none.value.faults) == 1
    with pytest.raises(ReadError, match="a supply of -5") as told:
        read_scenario(
            _written(tmp_path, HEAD + '[[edit]]\nkind = "change"\nasset = "x"\nsupply = -5\n'),
            crs=CRS,
        )
    assert len(told.value.faults) == 1


def test_what_means_nothing_is_refused(tmp_path: Path) -> None:
    text = HEAD + (
        '[[edit]]\nkind = "add"\ncategory = "libary"\nat = [53, 530]\n'
        '[[edit]]\nkind = "homes"\nsite = "NSP1"\nhousehold_size = 2\n'
    )
    with pytest.raises(ReadError) as told:
        read_scenario(_written(tmp_path, text), crs=CRS)
    assert len(told.value.faults) == 3  # no such category, no degrees, no such site
    assert "did you mean 'library'" in str(told.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"{", b'{"features": 3}', b"[" * 100_000])
def test_hostile_bytes_are_told_as_no_scenario(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.geojson"
    path.write_bytes(content)
    with pytest.raises(ReadError, match="not a scenario file"):
        read_scenario(path, crs=CRS)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    _written(tmp_path, HEAD, "hall.toml")
    with pytest.raises(MissingError, match="did you mean 'hall'"):
        read_scenario(tmp_path / "hal.toml", crs=CRS)


def test_the_example_is_assessed(tmp_path: Path, repo: Path) -> None:
    """Its page says who gains in ten parts, in public words; its tables are there."""
    told = said("assess", repo / "layers" / "example", "millbrook-hall", "--out", tmp_path, "-q")
    assert told.code == 0, told.err
    page = next(tmp_path.rglob("assessment.html"))
    assert told.out.strip() == str(page)
    text = page.read_text(encoding="utf-8")
    assert all(f'id="h{number}"' in text for number in range(1, 11))
    assert "<script" not in text
    assert "default-src" in text
    for word in ("left_behind", "at_risk", "left behind", "no impact"):
        assert word not in text
    assert "No data in this study. Ask:" in text
    assert "Cost not compared" in text
    header = (page.parent / "gains.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.startswith("area_id,people,before,after,level_before,level_after")
    assert (page.parents[1] / "comparison.csv").is_file()


def test_the_example_s_sites_are_chosen_between(tmp_path: Path, repo: Path) -> None:
    """One of four, for two of six are ruled out; with the answer by hand and the gap."""
    example = repo / "layers" / "example"
    sites = example / "scenarios" / "hall-sites.toml"
    told = said("locate", example, "--standard", "community_hall", "--candidates", sites,
                "--pareto", "--out", tmp_path, "-q")  # fmt: skip
    assert told.code == 0, told.err
    assert "gap 0.00%" in told.out
    assert " people, chosen one after another " in told.out
    assert "Ruled out: Gasworks Land: the ground is contaminated" in told.out
    page = next(tmp_path.rglob("located.html")).read_text(encoding="utf-8")
    assert "30 September 2029" in page  # the lease of the Mission Room: too short, and said so
    assert "One choice is best in both aims" in page
    assert "<svg" not in page  # one point is no picture
    assert "Corn Exchange: we could not check the rule on “listed building”" in page
    refused = said("locate", example, "--standard", "community_hall", "--candidates", sites,
                   "--p", "9", "-q")  # fmt: skip
    assert refused.code == 8
    assert "larger than the number of candidates, 4" in refused.err


def _located(repo: Path, out: Path, *words: object) -> Path:
    told = said("locate", repo / "layers" / "example", "--standard", "community_hall", *words,
                "--out", out, "-q")  # fmt: skip
    assert told.code == 0, told.err
    return next(out.rglob("located.html"))


def test_candidates_are_street_nodes_and_the_front_is_a_picture(tmp_path: Path, repo: Path) -> None:
    """One node a square of 1 km, said so; the page has the picture, its table and why it ends."""
    page = _located(repo, tmp_path, "--street-nodes", 1000, "--p", 2, "--pareto")
    text = page.read_text(encoding="utf-8")
    assert "one in every square of 1000 m" in text
    assert text.count("<svg") == 1
    assert "There are no more choices because: no choice of sites meets the constraint" in text
    assert page.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    header = (page.parent / "candidates.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == "to_id,name,people,newly,newly_deprived,longitude,latitude"


def test_schemes_are_candidates_and_capacity_is_heeded(tmp_path: Path, repo: Path) -> None:
    page = _located(repo, tmp_path, "--schemes", "--model", "median", "--capacity", 9_000)
    assert "capacitated p-median" in page.read_text(encoding="utf-8")


def test_closures_say_who_would_be_near_none(tmp_path: Path, repo: Path) -> None:
    """Of those who are near a hall; who is near none today loses nothing."""
    told = said("locate", repo / "layers" / "example", "--standard", "community_hall", "--p", 6,
                "--out", tmp_path, "-q")  # fmt: skip
    assert " people who are near one today would be near none; " in told.out
    page = next(tmp_path.rglob("located.html")).read_text(encoding="utf-8")
    assert "people who are near one today would be near none." in page
    assert "people are near none today." in page
    assert "are counted in this answer" not in page


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--schemes", "--street-nodes", 500), "several sorts of candidates"),
        (("--schemes", "--capacity", 9), "capacity is heeded by p-median alone"),
        (("--pareto",), "closures are looked at by coverage alone"),
        (("--schemes", "--model", "covering", "--p", 2), "a number or a budget where as few"),
        (("--budget", 9), "a budget for closures"),
        (("--street-nodes", 3), "street nodes every 3 m"),
        (("--schemes", "--model", "centre", "--floor"), "this model has no use for it"),
        (("--schemes", "--seconds", -1), "the time to prove it is -1 s"),
    ],
)
def test_options_that_would_do_nothing_are_refused(
    repo: Path, words: tuple[object, ...], why: str
) -> None:
    told = said("locate", repo / "layers" / "example", "--standard", "community_hall", *words, "-q")
    assert told.code
    assert why in told.err


def test_candidates_of_another_kind_are_refused(tmp_path: Path, repo: Path) -> None:
    """A library cannot meet the standard of halls: said of each, with what could; nor a link."""
    link = '[[edit]]\nkind = "link"\nalong = [[-2.27, 54.62], [-2.27, 54.621]]\n'
    sites = _written(
        tmp_path,
        HEAD + '[[edit]]\nkind = "add"\ncategory = "library"\nat = [-2.27, 54.62]\n' + link,
    )
    told = said("locate", repo / "layers" / "example", "--standard", "community_hall",
                "--candidates", sites, "-q")  # fmt: skip
    assert told.code == 3
    assert "a library, which the standard community_hall does not count" in told.err
    assert "community_centre" in told.err
    assert "an edit of kind 'link' among the candidates" in told.err


def _page(folder: Path, name: str) -> str:
    return next(folder.rglob(f"{name}/assessment.html")).read_text(encoding="utf-8")


def test_a_closure_with_works_hours_and_what_makes_it_good(tmp_path: Path, repo: Path) -> None:
    """A hall closes in 2028 and a new one opens beside it in 2029, which makes the loss good."""
    example = repo / "layers" / "example"
    scenarios = tmp_path / "given"
    scenarios.mkdir()
    closing = _written(
        scenarios,
        HEAD.replace('"s"', '"closing"') + 'mitigation = "opening"\n'
        '[[edit]]\nkind = "remove"\nasset = "community-centre-4f90a2d3"\nopens = 2028-01-01\n',
        "closing.toml",
    )
    opening = _written(
        scenarios,
        HEAD.replace('"s"', '"opening"')
        + '[[edit]]\nkind = "add"\ncategory = "community_centre"\nat = [-2.272000, 54.625055]\n'
        'opening_hours = "Mo-Su 08:00-22:00"\nopens = 2029-01-01\n',
        "opening.toml",
    )
    told = said("assess", example, closing, opening, "--out", tmp_path, "-q")
    assert told.code == 0, told.err
    page = _page(tmp_path, "closing")
    assert "1 January 2028" in page
    assert "Its lease ends on 31 March 2027." in page  # of the hall that closes, by the register
    assert "asset of community value under the Localism Act 2011, listed on 1 June 2024" in page
    assert "of 100 reruns" in page
    paper = next(tmp_path.rglob("closing/assessment.pdf"))
    assert len(pypdf.PdfReader(paper).pages) == 2
    assert "Which comes first: " in page
    # the hall stands in Northgate, and Rectory Park and Skylark Fields are beside it
    assert "live in Rectory Park, Skylark Fields and Northgate." in page
    assert "people who lose reach, 0 live in the most deprived fifth of the country" in page
    assert "would be near enough again" in page
    assert "known to be open" in _page(tmp_path, "opening")
    folder = next(tmp_path.rglob("ranking.csv")).parent
    assert len((folder / "ranking.csv").read_text().splitlines()) == 4  # doing nothing, and two
    years = (folder / "closing" / "years.csv").read_text().splitlines()
    assert years[1].startswith("2028-01-01,0.0,")
