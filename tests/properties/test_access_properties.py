"""What holds of every measure of access whatever the town."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.access_toy import Town, costs_of, names, series, town_of

from assetmap.access import decay
from assetmap.access.availability import spatial_availability
from assetmap.access.balanced import balanced
from assetmap.access.catchment import stranded_supply
from assetmap.access.coverage import coverage, covered, people_within
from assetmap.access.cumulative import cumulative, cumulative_interval
from assetmap.access.diminishing import diminishing
from assetmap.access.diversity import theme_diversity, themes_within
from assetmap.access.gravity import gravity
from assetmap.access.huff import huff
from assetmap.access.modified import modified
from assetmap.access.nearest import nearest, nearest_mean
from assetmap.access.provision import provision
from assetmap.access.raam import raam
from assetmap.access.three_step import three_step
from assetmap.access.two_step import two_step

few = settings(max_examples=60)
FAMILY = {
    "two_step": two_step,
    "three_step": three_step,
    "modified": modified,
    "huff": huff,
    "balanced": balanced,
    "availability": spatial_availability,
}
CONSERVING = ("two_step", "three_step", "huff")
CURVES = (
    decay.binary(cut_off_min=20),
    decay.step(zones=decay.LUO_QI_SLOW),
    decay.gaussian(sigma_min=15),
    decay.dai(cut_off_min=30),
    decay.epanechnikov(cut_off_min=25),
    decay.exponential(beta=0.1),
    decay.power(beta=1.0),
)
curves = st.sampled_from(CURVES)
family = st.sampled_from(sorted(FAMILY))


@st.composite
def towns(draw):
    rows, places = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    minute = st.one_of(st.just(np.nan), st.integers(0, 40).map(float), st.sampled_from([7.3, 35.4]))
    minutes = draw(st.lists(minute, min_size=rows * places, max_size=rows * places))
    people = draw(st.lists(st.integers(0, 500), min_size=rows, max_size=rows))
    supply = draw(st.lists(st.integers(0, 30), min_size=places, max_size=places))
    return np.reshape(minutes, (rows, places)), np.array(people, float), np.array(supply, float)


def sums_to(found, whole):
    assert found == pytest.approx(whole, rel=1e-9, abs=1e-9)


def never_less(after, before):
    slack = 1e-9 * (1 + before.abs())
    assert (after >= before - slack).all()


def simple(town: Town, curve):
    """The measures in which nobody competes."""
    costs, supply = town.costs, town.supply
    return {
        "gravity": gravity(costs, supply, decay=curve),
        "cumulative": cumulative(costs, supply, cut_off_min=20),
        "interval": cumulative_interval(costs, supply, from_min=10, to_min=30),
        "diminishing": diminishing(costs, supply.index, decay=curve),
        "nearest": nearest(costs, supply.index),
        "nearest_mean": nearest_mean(costs, supply.index, k=2),
        "covered": covered(costs, supply.index, cut_off_min=20).astype(float),
    }


def everything(town: Town, curve):
    return simple(town, curve) | {
        name: measure(*town, decay=curve) for name, measure in FAMILY.items()
    }


@few
@given(drawn=towns(), curve=curves, name=st.sampled_from(CONSERVING))
def test_what_a_catchment_shares_out_is_what_there_was(drawn, curve, name):
    town = town_of(*drawn)
    found = FAMILY[name](*town, decay=curve)
    stranded = stranded_supply(*town, decay=curve)
    sums_to((town.demand * found).sum(), town.supply.sum() - stranded.sum())


@few
@given(drawn=towns(), curve=curves)
def test_availability_is_all_of_it_and_two_steps_for_each_person(drawn, curve):
    town = town_of(*drawn)
    found = spatial_availability(*town, decay=curve)
    sums_to(found.sum(), town.supply.sum() - stranded_supply(*town, decay=curve).sum())
    sums_to(found.to_numpy(), (town.demand * two_step(*town, decay=curve)).to_numpy())


@few
@given(drawn=towns(), curve=curves)
def test_the_modified_catchment_never_shares_out_more(drawn, curve):
    town = town_of(*drawn)
    found = modified(*town, decay=curve)
    assert (town.demand * found).sum() <= town.supply.sum() * (1 + 1e-9)
    never_less(two_step(*town, decay=curve), found)


@few
@given(drawn=towns(), curve=curves, scale=st.sampled_from([0.25, 0.5, 0.9]))
def test_the_scale_of_the_curve_cancels_in_two_steps(drawn, curve, scale):
    town = town_of(*drawn)
    lower = replace(curve, curve=lambda c: scale * curve.curve(c))
    sums_to(two_step(*town, decay=lower).to_numpy(), two_step(*town, decay=curve).to_numpy())
    sums_to(provision(*town, decay=curve).to_numpy(), 1000 * two_step(*town, decay=curve))


@few
@given(drawn=towns(), curve=curves, seed=st.integers(0, 99))
def test_row_order_means_nothing_to_the_last_bit(drawn, curve, seed):
    town = town_of(*drawn)
    shuffled = Town(*(part.sample(frac=1, random_state=seed) for part in town))
    first, again = everything(town, curve), everything(shuffled, curve)
    for name, found in first.items():
        pd.testing.assert_series_equal(found, again[name], check_exact=True)


@few
@given(drawn=towns(), curve=curves, seed=st.integers(0, 99))
def test_relabelling_relabels_the_result(drawn, curve, seed):
    minutes, people, supply = drawn
    order = np.random.default_rng(seed).permutation(len(people))
    places = np.random.default_rng(seed + 1).permutation(len(supply))
    first = everything(town_of(minutes, people, supply), curve)
    turned = town_of(minutes[order][:, places], people[order], supply[places])
    for name, found in everything(turned, curve).items():
        wanted = first[name].to_numpy()[order]
        assert found.to_numpy() == pytest.approx(wanted, rel=1e-9, abs=1e-12, nan_ok=True)


@few
@given(drawn=towns(), curve=curves, name=family)
def test_every_origin_has_a_number_and_zero_where_nothing_is_in_reach(drawn, curve, name):
    minutes, people, supply = drawn
    town = town_of(minutes, people, supply)
    found = FAMILY[name](*town, decay=curve)
    assert found.index.tolist() == names("o", len(people))
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    weight = np.where(np.isfinite(minutes), curve(np.nan_to_num(minutes)), 0) * (supply > 0)
    assert (found[~weight.any(axis=1)] == 0).all()


@few
@given(drawn=towns(), curve=curves, name=st.sampled_from(["two_step", "modified"]))
def test_an_origin_without_people_has_what_one_who_came_would(drawn, curve, name):
    """Access there, as the limit of ever fewer people: nobody else's share is touched."""
    minutes, people, supply = drawn
    row = minutes[:1]
    everybody = town_of(np.vstack([minutes, row]), [*people, 0.0], supply)
    found = FAMILY[name](*everybody, decay=curve)
    before = FAMILY[name](*town_of(minutes, people, supply), decay=curve)
    sums_to(found.iloc[:-1].to_numpy(), before.to_numpy())
    assert found.iloc[-1] == pytest.approx(before.iloc[0])


@few
@given(drawn=towns(), curve=curves, column=st.lists(st.integers(0, 40), min_size=6, max_size=6),
       added=st.integers(0, 30))  # fmt: skip
def test_a_new_place_never_takes_from_anybody(drawn, curve, column, added):
    """Three steps, Huff and balanced re-route demand, so they are not among these."""
    minutes, people, supply = drawn
    before = town_of(minutes, people, supply)
    new = np.array(column[: len(people)], float)[:, None]
    after = town_of(np.hstack([minutes, new]), people, [*supply, added])
    first, then = everything(before, curve), everything(after, curve)
    for name in ("gravity", "cumulative", "interval", "diminishing", "covered", "two_step"):
        never_less(then[name], first[name])
    closer = then["nearest"].fillna(np.inf) <= first["nearest"].fillna(np.inf)
    assert closer.all()


@few
@given(drawn=towns(), curve=curves, name=family, seed=st.integers(0, 99))
def test_a_place_without_supply_gains_nobody_anything(drawn, curve, name, seed):
    minutes, people, supply = drawn
    new = np.random.default_rng(seed).integers(0, 40, (len(people), 1)).astype(float)
    before = FAMILY[name](*town_of(minutes, people, supply), decay=curve)
    after = FAMILY[name](*town_of(np.hstack([minutes, new]), people, [*supply, 0.0]), decay=curve)
    pd.testing.assert_series_equal(before, after, check_exact=True)


@few
@given(drawn=towns(), curve=curves, who=st.integers(0, 5), more=st.integers(1, 400),
       name=st.sampled_from(sorted(set(FAMILY) - {"availability"})))  # fmt: skip
def test_more_people_never_raise_anybodys_share(drawn, curve, who, more, name):
    """Where a place had nobody it gains its first: there shares may rise, and nowhere else."""
    minutes, people, supply = drawn
    grown = people.copy()
    grown[who % len(people)] += more
    before, after = town_of(minutes, people, supply), town_of(minutes, grown, supply)
    reached = stranded_supply(*before, decay=curve) == 0
    kept = Town(before.costs, before.demand, before.supply * reached)
    grown_kept = Town(after.costs, after.demand, after.supply * reached)
    never_less(FAMILY[name](*kept, decay=curve), FAMILY[name](*grown_kept, decay=curve))


@few
@given(drawn=towns(), shorter=st.integers(0, 40), longer=st.integers(0, 40))
def test_a_longer_cut_off_never_lowers_what_is_within_it(drawn, shorter, longer):
    shorter, longer = sorted((shorter, longer))
    town = town_of(*drawn)
    places = town.supply.index
    near, far = (cumulative(town.costs, town.supply, cut_off_min=c) for c in (shorter, longer))
    never_less(far, near)
    if shorter < longer:
        between = cumulative_interval(town.costs, town.supply, from_min=shorter, to_min=longer)
        never_less(between, near)
        never_less(far, between)
    few_people, more_people = (
        people_within(town.costs, town.demand, places, cut_off_min=c) for c in (shorter, longer)
    )
    never_less(more_people, few_people)
    if town.demand.sum() > 0:
        low, high = (
            coverage(town.costs, town.demand, places, cut_off_min=c) for c in (shorter, longer)
        )
        assert 0 <= low <= high <= 1


@few
@given(drawn=towns())
def test_coverage_is_the_share_of_people_whose_nearest_is_within(drawn):
    town = town_of(*drawn)
    within = covered(town.costs, town.supply.index, cut_off_min=20)
    least = nearest(town.costs, town.supply.index)
    assert (within == (least <= 20)).all()
    if town.demand.sum() > 0:
        share = coverage(town.costs, town.demand, town.supply.index, cut_off_min=20)
        sums_to(share, town.demand[within].sum() / town.demand.sum())


@few
@given(drawn=towns(), delta=st.sampled_from([0.0, 0.3, 0.5, 1.0]))
def test_choice_is_worth_the_nearest_at_least_and_all_alike_at_most(drawn, delta):
    town = town_of(*drawn)
    curve, places = decay.exponential(beta=0.05), town.supply.index
    worth = diminishing(town.costs, places, decay=curve, delta=delta)
    nearest_alone = curve(nearest(town.costs, places).fillna(1e9))
    all_alike = gravity(town.costs, town.supply * 0 + 1, decay=curve)
    never_less(worth, pd.Series(nearest_alone, index=worth.index))
    never_less(all_alike, worth)
    if delta < 1:
        assert (worth <= 1 / (1 - delta) + 1e-9).all()


@few
@given(drawn=towns(), themes=st.lists(st.sampled_from("abc"), min_size=4, max_size=4))
def test_diversity_is_at_most_that_of_evenly_many(drawn, themes):
    town = town_of(*drawn)
    assets = pd.DataFrame({"to_id": town.supply.index, "theme": themes[: len(town.supply)]}).sample(
        frac=1, random_state=0
    )
    kinds = themes_within(town.costs, assets, cut_off_min=20)
    even = np.log(kinds.clip(lower=1))
    index = theme_diversity(town.costs, assets, cut_off_min=20)
    assert ((index >= 0) & (index <= even + 1e-12)).all()
    assert (index[kinds < 2] == 0).all()


@settings(max_examples=25)
@given(drawn=towns(), seed=st.integers(0, 99))
def test_rational_agents_are_in_balance(drawn, seed):
    """Rows shuffled: the same to the last bit. More people at a fixed rho: nobody is better off."""
    minutes, people, supply = drawn
    town = town_of(minutes, people, supply)
    found = raam(*town, rho=10.0)
    shuffled = Town(*(part.sample(frac=1, random_state=seed) for part in town))
    pd.testing.assert_series_equal(found, raam(*shuffled, rho=10.0), check_exact=True)
    usable = np.where(supply > 0, minutes, np.nan)
    assert (found.isna().to_numpy() == np.isnan(usable).all(axis=1)).all()
    crowded = raam(*town_of(minutes, people + 100, supply), rho=10.0)
    slack = 1e-4 * (1 + crowded)
    assert ((crowded >= found - slack) | found.isna()).all()


@few
@given(
    minutes=st.lists(st.integers(0, 400_000), min_size=1, max_size=30),
    at=st.integers(0, 29),
)
def test_a_cost_at_the_edge_is_within_it_whatever_four_byte_floats_say(minutes, at):
    """A tenth of a thousandth of a minute is the grain of COSTS, and decides nothing finer."""
    exact = np.array(minutes) / 10_000
    edge = exact[at % len(exact)]
    costs = costs_of(exact[:, None])
    within = cumulative(costs, series([1], names("p", 1), "supply"), cut_off_min=edge)
    assert (within.to_numpy() == (exact <= edge)).all()
