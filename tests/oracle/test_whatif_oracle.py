"""Measured only where an edit touches, against measured from nothing: the same to the byte."""

from __future__ import annotations

import shutil
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.oracle.scenario_edits import CATEGORIES, PLACES, STREETS, THEMES, drawn_edit, edits_of

from assetmap.errors import AssetmapError
from assetmap.scenarios.edits import Edited, with_edits
from assetmap.scenarios.touch import only_to
from assetmap.study.openings import openings
from assetmap.study.pipeline import find_out
from assetmap.study.study import Study, open_example
from assetmap.study.whatif import Warm

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from assetmap.study.settings import Settings
    from assetmap.study.state import State

LEAST = 4
"""Of each kind among the hundred."""


def _one_profile(settings: Settings) -> Settings:
    """The example by its leading profile alone: the others go the same way, three times slower."""
    travel = settings.travel.model_copy(update={"profiles": ("standard",)})
    return settings.model_copy(update={"travel": travel})


@pytest.fixture(scope="module")
def warm() -> Warm:
    example = open_example()
    work = Study(_one_profile(example.settings), example.folder).work()
    return Warm(work, find_out(work))


def _same(warm: Warm, one: State, other: State) -> None:
    assert one.area_access.equals(other.area_access)
    assert one.scores.equals(other.scores)
    assert one.theme_shares.equals(other.theme_shares)
    assert one.findings is not None
    assert other.findings is not None
    assert one.findings.equals(other.findings)
    nothing = warm.today(one.edited)
    assert openings(warm, nothing, one).equals(openings(warm, nothing, other))


def _edited(warm: Warm, kinds: list[str], rng: Random) -> Edited | None:
    rows = [drawn_edit(kind, warm.town, rng) for kind in kinds]
    try:
        return with_edits(warm.town, edits_of(rows), scenario="drawn", themes=THEMES)
    except AssetmapError:
        return None  # two drawn edits of one place


def _same_costs(warm: Warm, edited: Edited) -> None:
    """Minutes to everything in the drawn categories, and how homes met the streets."""
    wanted = frozenset(CATEGORIES)
    quick, snaps = warm.costs_after(edited, "standard", wanted)
    town = edited.town
    chosen = town.assets[town.assets["category"].isin(wanted)]
    only = edited._replace(town=town._replace(assets=chosen))
    slow, again = warm.costs_anew(only, "standard")
    assert quick.equals(slow)
    homes = [one[one["role"] == "origin"].set_index("point_id").sort_index()["snap_m"]
             for one in (snaps, again)]  # fmt: skip
    assert homes[0].equals(homes[1])


def test_a_hundred_generated_edits(warm: Warm) -> None:
    """One or two edits at once, of every kind: the costs of each, of a tenth all tables."""
    rng, made, drawn = Random(20260101), 0, Counter[str]()  # noqa: S311 - draws for a test
    while made < 100:
        # streets are built anew for a link: one edit in ten has one
        of = STREETS if made % 10 == 9 else PLACES
        kinds = rng.choices(of, k=rng.choice((1, 1, 2)))
        edited = _edited(warm, kinds, rng)
        if edited is None:
            continue
        try:
            _same_costs(warm, edited)
        except AssetmapError:
            continue  # a line that crosses no street
        if made % 10 in {0, 9} and made % 20 < 10:  # of links too, which are every tenth
            _same(warm, warm.after(edited), warm.anew(edited))
        made += 1
        drawn.update(kinds)
    assert min(drawn[kind] for kind in (*PLACES, *STREETS)) >= LEAST


def test_no_edit_is_today(warm: Warm) -> None:
    nothing = Edited(warm.town)
    today = warm.anew(nothing)
    kept = warm.steps["measured"].table("area_access")
    told = kept[kept["measure"].isin(today.area_access["measure"].unique())]
    both = today.area_access.merge(told, on=["area_id", "category", "measure", "profile"],
                                   how="inner", validate="one_to_one")  # fmt: skip
    assert len(both) > 500
    assert both["value_x"].equals(both["value_y"])


def test_an_edit_and_its_inverse_restore_the_base(warm: Warm) -> None:
    """Removed and put back where it stood, with its doors: every number is as it was."""
    town = warm.town
    asset = town.assets[town.assets["category"] == "library"].iloc[0]
    removed = with_edits(
        town, edits_of([{"kind": "remove", "asset": asset["to_id"]}]), scenario="x", themes=THEMES
    )
    back = Edited(town, gone=removed.gone, new=removed.gone)
    before, after = warm.today(back), warm.after(back)
    _same(warm, before, after)
    assert not warm.after(removed).area_access.equals(before.area_access)


def test_changed_hours_and_capacity_are_what_a_whole_new_run_finds(
    warm: Warm, tmp_path: Path
) -> None:
    """One register says that a hall is open every evening and takes 300; the other is edited so."""
    example = open_example()
    folder = tmp_path / "example"
    shutil.copytree(example.folder, folder)
    register = folder / "asset_register.csv"
    rows = register.read_text(encoding="utf-8")
    assert ",110,By arrangement,," in rows  # Eastfield Village Hall
    rows = rows.replace(",110,By arrangement,,", ",300,Mo-Su 08:00-22:00,,")
    register.write_text(rows, encoding="utf-8")
    again = Study(_one_profile(example.settings), folder).work()
    steps = find_out(again)
    hall = warm.town.assets.set_index("name").loc["Eastfield Village Hall", "to_id"]
    change = {"kind": "change", "asset": hall, "supply": 300.0,
              "opening_hours": "Mo-Su 08:00-22:00"}  # fmt: skip
    edited = with_edits(warm.town, edits_of([change]), scenario="x", themes=THEMES)
    found = warm.after(edited)
    wanted = set(found.costs["to_id"].cat.categories)
    assert found.costs.equals(only_to(steps["route standard"].table("costs"), wanted))
    whole = steps["measure standard"].table("area_access")
    assert found.area_access.equals(whole.sort_values(list(whole.columns[:4]), ignore_index=True))
    own = set(warm.town.areas.loc[warm.town.areas["role"] == "study", "area_id"])
    evening, before = (
        _near_open(one["open then"].table("area_access"), own) for one in (steps, warm.steps)
    )
    table = openings(warm, warm.today(edited), found)
    row = table[(table["moment"] == "evening") & (table["counts"] == "known to be open")
                & (table["standard_id"] == "community_hall")].iloc[0]  # fmt: skip
    assert row["people_after"] == pytest.approx(evening, abs=0.01)
    assert row["people_before"] == pytest.approx(before, abs=0.01)
    assert evening > before


def _near_open(table: pd.DataFrame, own: set[str]) -> float:
    """People of the study's own areas near a hall that is known to be open in the evening."""
    halls = table["category"].eq("community_hall") & table["area_id"].isin(own)
    rows = table[halls & table["measure"].eq("share_open_evening")]
    return float((rows["value"] * rows["people"]).sum())
