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


def test_a_measure_that_looks_farther_has_its_costs_searched_again(tmp_path):
    """The same libraries. Within 5 minutes each home has one: 100, 400 and 200 m.

    Within 20 minutes (1,600 m) a1 has two (100 and 1200 m), a2 all three (700, 400 and 1600 m),
    b1 all three (900, 200 and 1400 m). A: (60 * 2 + 40 * 3) / 100 = 2.4. No more than the nearest
    is kept of the costs but for the measure, and the store is the same both times.
    """
    libraries = [("library", 200, 0, 0), ("library", 1300, 0, 0)]
    work = line_town(tmp_path, assets=libraries, nearest_kept=1)
    path = tmp_path / "study.toml"
    plain = path.read_text()
    for minutes, values in ((5, {"A": 1.0, "B": 1.0}), (20, {"A": 2.4, "B": 3.0})):
        counted = f'[[measure]]\nname = "cumulative"\ncut_off_min = {minutes}\n'
        path.write_text(plain.replace("[green]", f'{counted}standards = ["library"]\n[green]', 1))
        steps = find_out(dataclasses.replace(work, settings=read_settings(tmp_path)))
        table = steps["measured"].table("area_access")
        found = table[table["measure"] == "cumulative"].set_index("area_id")["value"]
        assert found.to_dict() == pytest.approx(values)
