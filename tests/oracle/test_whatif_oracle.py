"""Measured only where an edit touches, against measured from nothing: the same to the byte."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.oracle.scenario_edits import CATEGORIES, PLACES, STREETS, THEMES, drawn_edit, edits_of

from assetmap.errors import AssetmapError
from assetmap.scenarios.edits import Edited, with_edits
from assetmap.study.pipeline import find_out
from assetmap.study.study import Study, open_example
from assetmap.study.whatif import Warm

if TYPE_CHECKING:
    from assetmap.study.settings import Settings
    from assetmap.study.state import State


def _one_profile(settings: Settings) -> Settings:
    """The example by its leading profile alone: the others go the same way, three times slower."""
    travel = settings.travel.model_copy(update={"profiles": ("standard",)})
    return settings.model_copy(update={"travel": travel})


@pytest.fixture(scope="module")
def warm() -> Warm:
    example = open_example()
    work = Study(_one_profile(example.settings), example.folder).work()
    return Warm(work, find_out(work))


def _same(one: State, other: State) -> None:
    assert one.area_access.equals(other.area_access)
    assert one.scores.equals(other.scores)
    assert one.theme_shares.equals(other.theme_shares)
    assert one.findings is not None
    assert other.findings is not None
    assert one.findings.equals(other.findings)


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
    """One to three edits at once, of every kind: the costs of each, of some all tables."""
    rng, made = Random(20260101), 0  # noqa: S311 - draws for a test
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
        if made % 20 == 0:
            _same(warm.after(edited), warm.anew(edited))
        made += 1


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
    _same(before, after)
    assert not warm.after(removed).area_access.equals(before.area_access)
