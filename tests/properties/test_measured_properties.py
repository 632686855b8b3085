"""What holds of the tables of a profile whatever the town, and quantiles against plain people."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.access_toy import costs_of

from assetmap.access.measured import (
    Place,
    area_access,
    measure,
    theme_shares,
    unsnapped_share,
)
from assetmap.access.score import area_scores, origin_score
from assetmap.access.summarise import mean_by_area, quantile_by_area

few = settings(max_examples=20)
KINDS = ["library", "park", "gp_surgery"]
STANDARDS = pd.DataFrame(
    [
        ("gp", "health", "gp_surgery", 15.0, None),
        ("green", "green", "park", 5.0, 5_000.0),
        ("library", "community", "library", 20.0, None),
    ],
    columns=["standard_id", "theme", "categories", "threshold_min", "min_size_m2"],
)


@st.composite
def studies(draw):
    rows, places = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    minute = st.one_of(st.just(math.nan), st.integers(0, 400).map(lambda tenths: tenths / 10))
    minutes = draw(st.lists(minute, min_size=rows * places, max_size=rows * places))
    pick = draw(st.integers(0, 10_000))
    turn = np.random.default_rng(pick)
    origins = pd.DataFrame(
        {
            "from_id": [f"o{number:02d}" for number in range(rows)],
            "area_id": turn.choice(["A", "B"], rows),
            "people": turn.integers(0, 50, rows).astype(float),
            "role": "study",
        }
    )
    assets = pd.DataFrame(
        {
            "to_id": [f"p{number:02d}" for number in range(places)],
            "category": turn.choice(KINDS, places),
            "size_m2": turn.choice([None, 3_000.0, 8_000.0], places),
        }
    ).astype({"size_m2": "float64"})
    coverage = pd.DataFrame(
        [
            (area, one.standard_id, one.theme, bool(turn.random() < 0.7))
            for area in "AB"
            for one in STANDARDS.itertuples()
        ],
        columns=["area_id", "standard_id", "theme", "measured"],
    )
    snaps = pd.DataFrame(
        {
            "role": "origin",
            "point_id": origins["from_id"],
            "state": turn.choice(["on streets", "too far"], rows, p=[0.8, 0.2]),
        }
    )
    costs = costs_of(
        np.reshape(minutes, (rows, places)), list(origins["from_id"]), list(assets["to_id"])
    )
    return costs, snaps, Place(origins, assets, STANDARDS, coverage)


def scored(costs, snaps, place):
    themes = ("community", "green", "health")
    return origin_score(measure(costs, snaps, place).theme_scores, weights={}, themes=themes)


def tables(costs, snaps, place):
    found, score = measure(costs, snaps, place), scored(costs, snaps, place)
    return score, {
        "area_access": area_access(found, place.origins, profile="standard"),
        "theme_shares": theme_shares(
            found, place.origins, place.standards, stale=(), straight=False
        ),
        "scores": area_scores(score, place.origins),
        "unsnapped": unsnapped_share(place.origins, snaps).reset_index(),
    }


@few
@given(study=studies(), seed=st.integers(0, 99))
def test_row_order_of_every_input_means_nothing(study, seed):
    costs, snaps, place = study
    shuffled = [one.sample(frac=1, random_state=seed) for one in (costs, snaps, *place)]
    _, first = tables(costs, snaps, place)
    _, again = tables(shuffled[0], shuffled[1], Place(*shuffled[2:]))
    for name, table in first.items():
        pd.testing.assert_frame_equal(table, again[name], check_exact=True)


@few
@given(study=studies())
def test_every_area_and_origin_is_there_and_within_bounds(study):
    score, made = tables(*study)
    origins = study[2].origins
    assert set(score.index) == set(origins["from_id"])
    assert set(made["scores"]["area_id"]) == set(origins["area_id"])
    assert score.dropna().between(0, 1).all()
    assert set(made["theme_shares"]["area_id"]) == set(origins["area_id"])
    unmeasured = made["theme_shares"][~made["theme_shares"]["measured"]]
    assert unmeasured["share_failing"].isna().all()


@few
@given(study=studies())
def test_what_is_not_measured_is_never_a_failure(study):
    """Were nothing covered, nobody would fail anything."""
    costs, snaps, place = study
    bare = place._replace(coverage=place.coverage.assign(measured=False))
    _, made = tables(costs, snaps, bare)
    assert made["theme_shares"]["share_failing"].isna().all()
    assert made["scores"]["score"].isna().all()
    assert (made["area_access"]["people"] == 0).all()


@few
@given(study=studies(), sooner=st.floats(0.1, 1.0))
def test_being_nearer_never_lowers_the_score(study, sooner):
    costs, snaps, place = study
    nearer = costs.assign(cost_min=(costs["cost_min"] * sooner).astype("float32"))
    before, after = (scored(one, snaps, place) for one in (costs, nearer))
    assert ((after >= before - 1e-4) | before.isna()).all()


@few
@given(
    rows=st.lists(
        st.tuples(st.one_of(st.just(math.inf), st.integers(0, 20).map(float)), st.integers(0, 9)),
        min_size=5,
        max_size=12,
    ),
    q=st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]),
)
def test_quantiles_are_those_of_people_standing_in_line(rows, q):
    """Everybody in order of minutes, the unreached last: the person at ``ceil(q n)``."""
    line = sorted(minutes for minutes, people in rows for _ in range(people))
    place = max(math.ceil(round(q * len(line), 9)), 1) - 1
    wanted = line[place] if line else math.nan
    origins = pd.DataFrame(
        {
            "from_id": [f"o{number:02d}" for number in range(len(rows))],
            "area_id": "A",
            "people": [float(people) for _, people in rows],
        }
    )
    minutes = pd.Series(
        [math.nan if math.isinf(one) else one for one, _ in rows], index=origins["from_id"]
    )
    found = quantile_by_area(minutes, origins, q=q)["A"]
    if q > 0:
        assert found == pytest.approx(math.nan if math.isinf(wanted) else wanted, nan_ok=True)


@few
@given(study=studies())
def test_an_area_in_two_halves_has_the_mean_of_its_halves(study):
    """Cut an area's origins in two: the means, weighted by people, make the whole's."""
    costs, _, place = study
    origins = place.origins
    values = pd.Series(np.arange(len(origins), dtype=float), index=origins["from_id"])
    whole = mean_by_area(values, origins.assign(area_id="W"))
    halves = mean_by_area(values, origins)
    people = origins.groupby("area_id")["people"].sum()
    kept = people > 0
    if kept.any():
        joined = (halves[kept] * people[kept]).sum() / people[kept].sum()
        assert joined == pytest.approx(whole["W"])
    assert len(costs["from_id"].cat.categories) == len(origins)
