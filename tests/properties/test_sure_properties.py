"""What holds of how sure a finding is, whatever the numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.drawn_toy import base_of, slow_levels, toy

from assetmap.frames.results import LEVELS
from assetmap.scenarios.one_at_a_time import changes, sensitivity
from assetmap.scenarios.outcome import outcome, outcomes
from assetmap.scenarios.robustness import how_sure
from assetmap.scenarios.survival import detour_survival
from assetmap.scenarios.tally import tally
from assetmap.scenarios.uncertain import Uncertain, drawn_of

HEIGHT = np.array([3, 2, 1, 1, 0, -1])
"""Of the levels in the order of their codes: left_behind highest, insufficient_data apart."""
DRAWS = range(8)
SHAKEN = Uncertain(seed=11)
seeds = st.integers(0, 10_000)
few = settings(max_examples=4)


def sure_of(town):
    ground, base, known = base_of(town)
    told = how_sure(ground, base, tally(ground, base, SHAKEN, known, DRAWS))
    return told.table.robustness.set_index("area_id")


def levels_of(ground, base, known):
    return np.array(
        [outcome(ground, one).level for one in drawn_of(ground, base, SHAKEN, known, DRAWS).assumed]
    )


@few
@given(seeds)
def test_robustness_is_a_share_and_ranks_hold_each_other(seed):
    found = sure_of(toy(seed, areas=8))
    said = found["robustness"].dropna()
    assert said.between(0, 1).all()
    assert found["level_share"].dropna().between(0, 1).all()
    ranks = found[["rank_p5", "rank_p95"]].dropna()
    assert (ranks["rank_p5"] <= ranks["rank_p95"]).all()


@few
@given(seeds)
def test_sets_of_assumptions_together_are_found_as_each_alone(seed):
    ground, base, known = base_of(toy(seed, areas=8))
    # cut-offs, which change no walk, among more walks than are looked into at once
    drawn = drawn_of(ground, base, SHAKEN, known, range(40)).assumed
    tried = [base, *drawn[:20], *(one.assumed for one in changes(ground, base)), *drawn[20:], base]
    for found, one in zip(outcomes(ground, tried), tried, strict=True):
        alone = outcome(ground, one)
        np.testing.assert_array_equal(found.level, alone.level)
        np.testing.assert_array_equal(found.score, alone.score)
        assert found.ran_out == alone.ran_out


@few
@given(seeds, st.integers(0, 99))
def test_shuffling_rows_changes_nothing(seed, turn):
    town = toy(seed, areas=8)
    rng = np.random.default_rng(turn)

    def turned(table):
        return table.iloc[rng.permutation(len(table))]

    moved = town._replace(
        areas=turned(town.areas),
        place=town.place._replace(
            origins=turned(town.place.origins),
            assets=turned(town.place.assets),
            coverage=turned(town.place.coverage),
        ),
        costs=turned(town.costs),
        snaps=turned(town.snaps),
        needs={basis: turned(need) for basis, need in town.needs.items()},
        benefit=turned(town.benefit),
        quality=turned(town.quality),
    )
    pd.testing.assert_frame_equal(sure_of(town), sure_of(moved))


@few
@given(seeds)
def test_relabelling_areas_relabels(seed):
    town = toy(seed, areas=8)
    names = {area: f"Z{99 - number}" for number, area in enumerate(town.areas["area_id"])}

    def renamed(table):
        return table.assign(area_id=table["area_id"].map(names))

    moved = town._replace(
        areas=renamed(town.areas),
        place=town.place._replace(
            origins=renamed(town.place.origins), coverage=renamed(town.place.coverage)
        ),
        needs={basis: renamed(need) for basis, need in town.needs.items()},
        benefit=renamed(town.benefit),
        quality=renamed(town.quality),
    )
    expected = sure_of(town).rename(index=names).sort_index()
    pd.testing.assert_frame_equal(expected, sure_of(moved).sort_index())


@few
@given(seeds)
def test_areas_alike_are_sure_alike(seed):
    ground, base, known = base_of(toy(seed, areas=8))
    twin = 1
    # the second area's people, costs and evidence, all over again under the first one's name
    evidence = {
        "ranks": {
            basis: {
                name: type(at)(*(_twin(part, twin) for part in at)) for name, at in sets.items()
            }
            for basis, sets in ground.ranks.items()
        },
        "benefit": _twins(ground.benefit, twin),
        "themes": _twins(ground.themes, twin),
        **{name: _twin(getattr(ground, name), twin) for name in ("gated", "unsure", "survives")},
    }
    homes = ground.homes
    first, second = (np.flatnonzero(homes.area_code == code) for code in (0, twin))
    order = np.arange(len(homes.people))
    order[first] = second
    moved = replace(
        ground,
        homes=homes._replace(people=homes.people[order]),
        measured=ground.measured[order],
        near=tuple(_near(near, order) for near in ground.near),
        **evidence,
    )
    levels = levels_of(moved, base, known)
    assert (levels[:, 0] == levels[:, twin]).all()


def _twins(arrays, twin):
    return type(arrays)(*(_twin(part, twin) for part in arrays))


def _twin(values, twin):
    copied = values.copy()
    copied[0] = values[twin]
    return copied


def _near(near, order):
    rows = [np.arange(near.ptr[home], near.ptr[home + 1]) for home in order]
    ptr = np.concatenate([[0], np.cumsum([len(one) for one in rows])]).astype(np.int64)
    at = np.concatenate(rows)
    return near._replace(
        ptr=ptr, to=near.to[at], cost_min=near.cost_min[at], east_m=near.east_m[at],
        north_m=near.north_m[at],
    )  # fmt: skip


@few
@given(seeds, st.floats(0, 60))
def test_more_need_never_lowers_a_level(seed, points):
    ground, base, known = base_of(toy(seed, areas=8))
    needier = {
        basis: {
            name: at._replace(
                percentile=np.maximum(at.percentile - points, 0.1),
                decile=np.ceil(np.maximum(at.percentile - points, 0.1) / 10),
            )
            for name, at in sets.items()
        }
        for basis, sets in ground.ranks.items()
    }
    before = HEIGHT[levels_of(ground, base, known)]
    after = HEIGHT[levels_of(replace(ground, ranks=needier), base, known)]
    assert (after >= before).all()


@few
@given(seeds, st.floats(0, 5))
def test_more_benefit_never_raises_a_level(seed, minutes):
    ground, base, known = base_of(toy(seed, areas=8))
    more = ground.benefit._replace(
        saved_min=ground.benefit.saved_min + minutes,
        expected_min=ground.benefit.expected_min + minutes,
    )
    before = HEIGHT[levels_of(ground, base, known)]
    after = HEIGHT[levels_of(replace(ground, benefit=more), base, known)]
    assert (after <= before).all()


def test_one_at_a_time_the_study_itself_is_among_the_rows():
    ground, base, _ = base_of(toy(21))
    table = sensitivity(ground, base)
    own = table[table["own"]]
    assert set(own["assumption"]) == set(table["assumption"])
    assert (own["jaccard"] == 1).all()
    assert (own[["joins", "leaves"]] == 0).all(axis=None)
    flagged = int(outcome(ground, base).flagged.sum())
    assert (table["flagged"] == flagged + table["joins"] - table["leaves"]).all()
    assert {"1.2", "1.3", "1.4"} <= set(
        table.loc[table["assumption"] == "detour of straight lines", "value"]
    )


def test_survival_of_detours_is_the_share_of_detours_in_which_the_area_is_flagged():
    town = toy(22, areas=8)
    ground, base, _ = base_of(town)
    found = detour_survival(ground, base, SHAKEN, 12)
    assumed = drawn_of(ground, base, SHAKEN, base_of(town)[2], range(12)).assumed
    flags = [
        slow_levels(town, ground, replace(base, detour=one.detour))["level"].isin(LEVELS[:2])
        for one in assumed
    ]
    assert found.to_numpy() == pytest.approx(np.mean(flags, axis=0))


def test_draws_that_run_out_of_candidates_are_counted():
    ground, base, known = base_of(toy(23, areas=8))
    # one asset of a kind is kept and half of all are gone: homes lose theirs in most draws
    scarce = replace(ground, kept=1)
    drawn = tally(scarce, base, SHAKEN, known._replace(chance=known.chance * 0 + 0.3), range(20))
    told = how_sure(scarce, base, drawn)
    assert drawn.ran_out.any()
    assert "draws_ran_out" in {caution.code for caution in told.cautions}
    calm = tally(ground, base, SHAKEN, known, range(20))
    assert not calm.ran_out.any()
