"""The built-in town comes out as its drawing intends: a story that the page can tell.

What is intended stands in ``layers/example/README.md`` and in ``scripts/example_town/town.toml``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from tests.doors.opened_outputs import opened

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.study.run import Run

TO = "\N{EN DASH}"
INTENDED = {
    "left_behind": range(22, 25),  # the Millbrook Estate
    "at_risk": range(8, 10),  # Tanyard: a hall is expected on an allocated site
    "need_only": range(14, 17),  # Foundry, Corn Market, Station Quarter: nearly everything near
    "access_only": (1, 2, 3, 4, 21),
}


@pytest.fixture(scope="module")
def levels(example_run: Run) -> dict[int, str]:
    findings = example_run.tables["findings"].set_index("area_id")["level"]
    return {number: findings[f"E010990{number:02d}"] for number in range(1, 25)}


def test_every_area_comes_out_as_it_is_meant_to(levels: dict[int, str]) -> None:
    meant = {number: level for level, numbers in INTENDED.items() for number in numbers}
    assert levels == {number: meant.get(number, "not_flagged") for number in range(1, 25)}


def test_the_story_is_the_one_that_the_readme_tells(repo: Path) -> None:
    """Its table names the same areas, kind by kind, as first and last or one by one."""
    told = (repo / "layers" / "example" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| .+? \((`.+?)\) \|", told, flags=re.MULTILINE)
    assert [numbers_of(codes) for codes in rows] == [set(numbers) for numbers in INTENDED.values()]


def numbers_of(codes: str) -> set[int]:
    found: set[int] = set()
    for first, last in re.findall(rf"`(?:E010990)?(\d\d)`(?:{TO}`(\d\d)`)?", codes):
        found |= set(range(int(first), int(last or first) + 1))
    return found


def test_the_estate_is_cut_off_and_the_scheme_does_not_reach_it(example_run: Run) -> None:
    findings = example_run.tables["findings"].set_index("area_id")
    for code in ("E01099022", "E01099023", "E01099024"):
        row = findings.loc[code]
        assert row["need"]
        assert row["poor_access"]
        assert row["benefit"] == "no"
        assert row["themes_measured"] == 4
        assert row["need_margin"] > 0


def test_need_stands_in_every_reference_set_and_schemes_beside_it_as_context(
    example_run: Run,
) -> None:
    """Tanyard is near what is only planned; Millbrook is near nothing that any scheme brings."""
    need = pd.read_csv(example_run.folder / "tables" / "need.csv")
    assert need.groupby("reference").size().to_dict() == {
        "authority": 24, "nation": 24, "region": 24,
    }  # fmt: skip
    assert set(need["crosswalk_status"]) == {"published"}
    reach = pd.read_csv(example_run.folder / "tables" / "scheme_reach.csv")
    near = reach.set_index(["area_id", "counted"])["share_catchment"]
    assert near["E01099008", "open or dated"] == 0
    assert near["E01099008", "planned too"] > 0.9
    for code in ("E01099022", "E01099023", "E01099024"):
        assert near[code].tolist() == [0, 0]


def test_every_output_says_that_the_town_is_invented(example_run: Run) -> None:
    texts = opened(example_run.folder)
    page = texts["public/index.html"]
    assert "invented" in page
    book = "".join(text for name, text in texts.items() if name.startswith("tables.xlsx:"))
    assert "invented" in book
    assert "invented" in texts["assetmap.gpkg:tables"]
    assert '"invented": true' in texts["lineage.json"]
