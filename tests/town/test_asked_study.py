"""The mean of the nearest few, from files to areas, however few are kept of the costs."""

from __future__ import annotations

import dataclasses

import pytest
from tests.town.line_town import line_town

from assetmap.study.config import read_settings
from assetmap.study.pipeline import find_out

TWO = '[[measure]]\nname = "nearest_mean"\nstandards = ["library"]\nk = 2\n'


@pytest.mark.parametrize("nearest_kept", [1, 2, 8])
def test_the_mean_of_two_is_the_same_however_few_are_kept(tmp_path, nearest_kept):
    """Libraries at 200, 1300 and 2500, 80 m/min.

    Homes: a1 at 100 (60 people): 100 and 1200 m,
    1.25 and 15 min, mean 8.125; a2 at 900 (40): 400 and 700 m, 5 and 8.75, mean 6.875; b1 at
    1100: 200 and 900 m, 2.5 and 11.25, mean 6.875. A: (60 * 8.125 + 40 * 6.875) / 100 = 7.625.
    """
    libraries = [("library", 200, 0, 0), ("library", 1300, 0, 0)]
    work = line_town(tmp_path, assets=libraries, nearest_kept=nearest_kept)
    path = tmp_path / "study.toml"
    path.write_text(path.read_text().replace("[green]", f"{TWO}[green]", 1))
    table = find_out(dataclasses.replace(work, settings=read_settings(tmp_path)))["measured"].table(
        "area_access"
    )
    found = table[table["measure"] == "nearest_mean"].set_index("area_id")["value"]
    assert found.to_dict() == {"A": pytest.approx(7.625), "B": pytest.approx(6.875)}
