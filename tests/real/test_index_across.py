"""The index of 2019 on the areas of 2021, through a study's own steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assetmap.study.first_steps import find_ground
from assetmap.study.steps.find import find_need
from assetmap.study.study import open_study

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real

SOURCES = """
[[source]]
id = "iod2019"
kind = "deprivation"
layout = "iod2019_files_1_2"
file = ["national/iod2019_file1_imd.csv.gz", "national/iod2019_file2_domains.csv.gz"]
publisher = "-"
title = "IoD2019"
address = "-"
licence = "-"
attribution = "-"
vintage = "2019"
format = "CSV"

[[source]]
id = "people2015"
kind = "population"
layout = "iod2019_file6"
file = "national/iod2019_file6_population.csv.gz"
publisher = "-"
title = "People of the index"
address = "-"
licence = "-"
attribution = "-"
vintage = "2015"
format = "CSV"

[[source]]
id = "lsoa11_to_lsoa21"
kind = "crosswalk"
file = "national/lookup_lsoa11_lsoa21_lad22.parquet"
publisher = "-"
title = "Exact fit"
address = "-"
licence = "-"
attribution = "-"
vintage = "2022"
format = "Parquet"
columns = { from_area_id = "lsoa11_code", to_area_id = "lsoa21_code", change = "change_code" }
"""


def test_southwarks_areas_of_2021_have_the_index_of_2019(
    data_dir: Path, repo: Path, tmp_path: Path
) -> None:
    """173 areas: STANDARDS and the data's notes count 17 split and 4 merged rows in Southwark."""
    text = (repo / "layers" / "southwark" / "study.toml").read_text(encoding="utf-8")
    text = text.replace('deprivation = "iod2025"', 'deprivation = "iod2019"\n'
                        'crosswalk = "lsoa11_to_lsoa21"')  # fmt: skip
    text = text.replace('population = ["age21", "disability21"]',
                        'population = ["age21", "disability21", "people2015"]')  # fmt: skip
    (tmp_path / "study.toml").write_text(text + SOURCES, encoding="utf-8")
    work = open_study(tmp_path, data=data_dir).work()
    place = find_ground(work)
    need = find_need(work, place["deprivation"], place["nation"], place["areas"]).table("table")
    areas = place["areas"].table("table")
    own = areas.loc[areas["role"] == "study", "area_id"]
    here = need[need["area_id"].isin(own) & need["reference"].eq("nation")]
    assert len(own) == 173
    counts = here["crosswalk_status"].value_counts().to_dict()
    assert counts["inherited"] == 17
    assert counts["averaged"] == 2  # four areas of 2011 became two
    assert counts["unchanged"] == len(here) - 19
