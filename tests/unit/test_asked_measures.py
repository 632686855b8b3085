"""Measures by name: what a study gets without choices, what is refused, what is told by area."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from tests.town.access_town import LIMITS, costs, found, place

from assetmap.access.asked import (
    CURVES,
    TAKES,
    Asked,
    asked_by_area,
    decay_of,
    faults_of_asked,
    reach_min,
    words_by_measure,
)
from assetmap.access.decay import binary, exponential, flat
from assetmap.access.methods import MEASURES
from assetmap.errors import MethodError
from assetmap.study.settings import Measure
from assetmap.study.steps.asked import LIMITED, asked_of, told_together, within_min

CUT_OFF = 45.0
SUPPLY = {"hall": 2.0, "library": 4.0, "park": 1.0, "pocket": 1.0, "surgery": 3.0}
THEME = {"hall": "community", "library": "community", "park": "green", "pocket": "green",
         "surgery": "health"}  # fmt: skip
NUMBERS = {"k": 2, "cut_off_min": 3, "from_min": 1, "to_min": 10, "beta": 2.0, "alpha": 0.5,
           "delta": 0.9, "tau_min": 30.0}  # fmt: skip
OTHERS = {"from_min": 5.0, "k": 1.0}


def standards(*themes):
    rows = {f"s_{theme}": (theme, f"c_{theme};d_{theme}") for theme in themes}
    return pd.DataFrame(
        [(name, *row) for name, row in rows.items()],
        columns=["standard_id", "theme", "categories"],
    )


def work(*measures, cut_off_min=CUT_OFF):
    """What the step looks at: the settings of measures and of travel."""
    asked = tuple(Measure.model_validate(one) for one in measures)
    fields = {"measure"} if measures else set()
    default = (
        Measure.model_validate(
            {"name": "two_step", "decay": {"name": "step", "zones": {"5": 1, "10": 0.68,
                                                                     "15": 0.22}}}
        ),
    )  # fmt: skip
    settings = SimpleNamespace(
        measure=asked or default,
        model_fields_set=fields,
        travel=SimpleNamespace(cut_off_min=cut_off_min, nearest_kept=8),
    )
    return SimpleNamespace(settings=settings)


def town():
    """The town of two areas, with capacities, and a standard that either park satisfies."""
    given = place(LIMITS | {"any": ("green", "park", 5.0, None)})
    ids = given.assets["to_id"]
    return given._replace(assets=given.assets.assign(supply=ids.map(SUPPLY), theme=ids.map(THEME)))


def by_area(*asked):
    table = asked_by_area(found(town()), costs(), town(), asked, profile="standard")
    return table.set_index(["measure", "category", "area_id"])


def faults(one, cut_off_min=CUT_OFF):
    return [str(fault) for fault in faults_of_asked(one, cut_off_min=cut_off_min)]


def test_settings_without_choices_mean_the_zones_of_a_quarter_hour():
    from assetmap.study.settings import Settings  # noqa: PLC0415 - the one test that looks there

    (default,) = Settings.model_fields["measure"].default
    assert default.name == "two_step"
    assert default.decay is not None
    assert default.decay.zones == {"5": 1.0, "10": 0.68, "15": 0.22}


def test_without_choices_places_with_a_limited_capacity_are_measured():
    table = standards(*LIMITED, "green", "transport")
    (asked,) = asked_of(work(), table)
    assert asked.name == "two_step"
    assert asked.standards == tuple(f"s_{theme}" for theme in LIMITED)
    assert asked.decay is not None
    # Right-closed zones: 5, 10 and 15 minutes still count with their zone's weight.
    assert asked.decay([5, 5.1, 10, 10.1, 15, 15.1]) == pytest.approx(
        [1, 0.68, 0.68, 0.22, 0.22, 0]
    )
    wanted = {f"{letter}_{theme}": 15.0 for theme in LIMITED for letter in "cd"}
    assert within_min(work(), table) == wanted


def test_without_choices_and_without_such_places_nothing_is_measured():
    assert asked_of(work(), standards("green", "transport")) == ()
    assert within_min(work(), standards("green")) == {}


def test_an_asked_measure_without_such_places_is_a_fault():
    with pytest.raises(MethodError, match="name its standards"):
        asked_of(work({"name": "raam"}), standards("green"))


def test_every_measure_that_cannot_be_understood_is_told_at_once():
    given = (
        {"name": "two_stepp"},
        {"name": "gravity"},
        {"name": "gravity", "decay": {"name": "gausian", "sigma_min": 5}},
        {"name": "two_step", "decay": {"name": "linear", "beta": 5}},
        {"name": "two_step", "decay": {"name": "step", "zones": {"five": 1.0}}},
        {"name": "cumulative", "cut_off_min": 10, "beta": 1},
        {"name": "nearest_mean", "k": 2.5},
        {"name": "cumulative", "cut_off_min": 60, "standards": ["s_helth"]},
    )
    with pytest.raises(MethodError) as told:
        asked_of(work(*given), standards("health"))
    said = " | ".join(str(fault) for fault in told.value.faults)
    for wanted in (
        "no measure 'two_stepp' · measure · Try: did you mean 'two_step'?",
        "it needs decay · measure 'gravity'",
        "no decay 'gausian' · measure · Try: did you mean 'gaussian'?",
        "decay 'linear' has the numbers beta · Try: give cut_off_min",
        "zone 'five' is not a minute",
        "it has no use for beta",
        "k is 2.5",
        "it looks 60 minutes far, and costs end at 45",
        "no standard 's_helth' in use · measure 'cumulative' · Try: did you mean 's_health'?",
    ):
        assert wanted in said


def test_the_same_measure_twice_for_one_standard_is_a_fault():
    twice = [{"name": "cumulative", "cut_off_min": one} for one in (5, 10)]
    with pytest.raises(MethodError, match="asked for twice for 's_health'"):
        asked_of(work(*twice), standards("health"))


def test_one_measure_with_two_curves_for_two_standards_tells_both():
    given = [
        {"name": "cumulative", "cut_off_min": 5, "standards": ["s_health"]},
        {"name": "cumulative", "cut_off_min": 10, "standards": ["s_family"]},
    ]
    asked = asked_of(work(*given), standards("health", "family"))
    words = words_by_measure(asked)["cumulative"]
    assert words == "for s_health; cut_off_min 5. for s_family; cut_off_min 10"


@pytest.mark.parametrize("k", [0, -1, 1.5, np.nan, np.inf])
def test_a_number_of_places_is_a_whole_number(k):
    given = faults(Asked("nearest_mean", None, {"k": k}, ("s",)))
    assert len(given) == 1
    assert "a whole number of 1 or more" in given[0]


@pytest.mark.parametrize("name", sorted(TAKES))
def test_every_number_that_a_measure_takes_is_used(name):
    """Nothing in TAKES is refused, and each of it moves the result where there are two parks.

    Their minutes differ for every home of A, so a choice between them depends on all of it. One
    theme is never diverse: its measure has the surgery too.
    """
    takes = TAKES[name]
    wanted = ("any", "gp") if name == "theme_diversity" else ("any",)
    curves = [decay_of("half_life", {"half_life_min": one}) for one in (10.0, 2.0)]

    def values(numbers, decay=curves[0]):
        one = Asked(name, decay if "decay" in takes else None, numbers, wanted)
        assert faults(one) == []
        return by_area(one)["value"].to_numpy()

    numbers = {key: float(NUMBERS[key]) for key in takes - {"decay"}}
    base = values(numbers)
    if "decay" in takes:
        assert not np.allclose(base, values(numbers, curves[1]), equal_nan=True)
    else:
        given = faults(Asked(name, curves[0], numbers, ("any",)))
        assert [one for one in given if "no use for decay" in one]
    for key, value in numbers.items():
        other = numbers | {key: OTHERS.get(key, value / 2)}
        assert not np.allclose(base, values(other), equal_nan=True), key


def test_every_measure_has_words_for_the_methods_page():
    assert set(TAKES) <= set(MEASURES)


def test_every_curve_can_be_asked_for_by_its_numbers():
    given = {
        "cut_off_min": 10.0, "beta": 0.1, "half_life_min": 5.0, "sigma_min": 5.0, "median_min": 9.0,
        "b": 2.0, "mean_min": 9.0, "sd_min": 3.0, "zones": {5.0: 1.0},
    }  # fmt: skip
    import inspect  # noqa: PLC0415 - only here

    for name, curve in CURVES.items():
        numbers = {key: given[key] for key in inspect.signature(curve).parameters}
        assert decay_of(name, numbers).name
        with pytest.raises(MethodError, match="give"):
            decay_of(name, numbers | {"other": 1})


def test_how_far_a_measure_looks():
    def far(name, decay=None, **numbers):
        asked = Asked(name, decay, numbers, ())
        return reach_min(asked, cut_off_min=CUT_OFF, nearest_kept=3)

    assert far("cumulative", cut_off_min=12.0) == 12
    assert far("cumulative_interval", from_min=5.0, to_min=25.0) == 25
    assert far("two_step", binary(cut_off_min=15)) == 15
    assert far("gravity", exponential(beta=0.1)) == CUT_OFF
    assert far("gravity", flat()) == CUT_OFF
    assert far("nearest_mean", k=3.0) == 0
    assert far("nearest_mean", k=4.0) == CUT_OFF
    assert far("raam") == CUT_OFF


def test_capacity_for_each_thousand_people_by_hand():
    """One library of 4 within 20 minutes: a1, a2, a5 and e1, of 10, 20, 20 and 40 people.

    R = 4 / 90; in A 50 of 100 people have it: 1000 x 0.5 x 4/90 = 22.2222; nobody of B: 0, of
    the 100 people whose homes are on the streets; all of E: 44.4444.
    """
    found_ = by_area(Asked("two_step", binary(cut_off_min=20), {}, ("library",)))
    values = found_.loc["two_step", "library"]
    assert values["value"].tolist() == pytest.approx([22.2222, 0, 44.4444], abs=1e-3)
    assert values["people"].tolist() == [100, 100, 40]
    assert set(values["unit"]) == {"supply per 1,000 people"}


def test_themes_within_reach_are_counted_over_all_their_standards_by_hand():
    """Within 20 minutes: a1, a2, a3 and a5 (80 of A's 100 people) have community and green.

    a4 has neither; in B nobody has (b1's small park is not of two hectares); e1 has both. With
    health, which no source covers in B, nothing is said of B; a1, a2 and a3 (60 people) have
    three, a4 (20) one, a5 (20) two: (180 + 20 + 40) / 100 = 2.4.
    """

    def told(*standards):
        table = by_area(Asked("themes_within", None, {"cut_off_min": 20.0}, standards))
        assert set(table["unit"]) == {"themes"}
        return table.loc["themes_within", "all themes"]

    assert told("green_local", "hall", "library")["value"].tolist() == pytest.approx([1.6, 0, 2])
    four = told(*LIMITS)
    assert four["value"].tolist() == pytest.approx([2.4, np.nan, 3], nan_ok=True)
    assert four["people"].tolist() == [100, 0, 40]


def test_the_diversity_of_themes_within_reach_by_hand():
    """Within 20 minutes a1 and a5 (30 people) have hall, library and park: two themes, 2 and 1.

    Their index is -(2/3 ln 2/3 + 1/3 ln 1/3) = 0.636514. a2 and a3 (50) have one of each: ln 2 =
    0.693147. a4 (20) has nothing: 0, as has B. A: (30 x 0.636514 + 50 x 0.693147) / 100.
    """
    three = ("green_local", "hall", "library")
    table = by_area(Asked("theme_diversity", None, {"cut_off_min": 20.0}, three))
    told = table.loc["theme_diversity", "all themes"]
    assert told["value"].tolist() == pytest.approx([0.537528, 0, 0.636514], abs=1e-6)
    assert set(told["unit"]) == {"Shannon's index"}


def test_themes_are_told_once_and_only_with_all_their_standards():
    one = {"name": "themes_within", "cut_off_min": 10}
    two = [one | {"standards": [f"s_{name}"]} for name in ("health", "family")]
    with pytest.raises(MethodError, match=r"asked for twice.*name all its standards in one"):
        asked_of(work(*two), standards("health", "family"))
    both = work(one | {"standards": ["s_health", "s_green"]})
    three = standards("health", "green", "family")
    assert told_together(both, three, ["s_green"]) == {"s_green", "s_health"}
    assert told_together(both, three, ["s_family"]) == {"s_family"}
    given = town()
    some = given._replace(standards=given.standards[given.standards["standard_id"] == "hall"])
    whole = Asked("themes_within", None, {"cut_off_min": 20.0}, ("hall", "library"))
    assert len(asked_by_area(found(some), costs(), some, [whole], profile="standard")) == 0


def test_provision_is_of_hectares_where_places_have_a_size_by_hand():
    """The park of 2.5 hectares is within 3.75 minutes of a1, a2, a5 and e1: 90 people.

    In A 50 of 100 people share it: 1000 x 0.5 x 2.5 / 90 = 13.8889; B none; E 27.7778. Libraries
    have no size: their capacity is told, as two_step has it.
    """
    near, far = binary(cut_off_min=3.75), binary(cut_off_min=20)
    green = by_area(Asked("provision", near, {}, ("green_local",))).loc["provision"]
    assert green["value"].tolist() == pytest.approx([13.8889, 0, 27.7778], abs=1e-3)
    assert set(green["unit"]) == {"hectares per 1,000 people"}
    both = by_area(*(Asked(name, far, {}, ("library",)) for name in ("provision", "two_step")))
    one, two = both.loc["provision"], both.loc["two_step"]
    assert one["value"].tolist() == two["value"].tolist()
    assert set(one["unit"]) == {"supply per 1,000 people"}


def test_spatial_availability_is_told_for_each_person_like_two_steps():
    """With alpha 1, V / P is the two-step value (Soukhov et al. 2023): so are the areas'."""
    curve = binary(cut_off_min=20)
    both = by_area(
        Asked("two_step", curve, {}, ("library",)), Asked("availability", curve, {}, ("library",))
    )
    one, two = both.loc["two_step"], both.loc["availability"]
    assert two["value"].tolist() == pytest.approx(one["value"].tolist())
    assert two["unit"].tolist() == one["unit"].tolist()


def test_people_are_those_who_have_a_value():
    """The nearest surgery of A: 2, 15, 15.1, 20 and 40 minutes for 10, 20, 30, 20, 20 people.

    (20 + 300 + 453 + 400 + 800) / 100 = 19.73. No source covers surgeries in B. Of halls, a2 and
    a4 reach none: of the others (10 x 12 + 30 x 10 + 20 x 9) / 60 = 10; in B b1 alone, 40.
    """
    given = by_area(Asked("nearest_mean", None, {"k": 1.0}, ("gp", "hall"))).loc["nearest_mean"]
    assert given.loc["gp", "value"].tolist() == pytest.approx(
        [19.73, np.nan, 1], nan_ok=True, abs=1e-3
    )
    assert given.loc["gp", "people"].tolist() == [100, 0, 40]
    assert given.loc["hall", "value"].tolist() == pytest.approx([10, 40, 1])
    assert given.loc["hall", "people"].tolist() == [60, 50, 40]


def test_nothing_asked_is_an_empty_table_and_order_means_nothing():
    assert len(by_area()) == 0
    one = Asked("cumulative", None, {"cut_off_min": 20.0}, tuple(LIMITS))
    given = town()
    mixed = given._replace(
        origins=given.origins.sample(frac=1, random_state=2),
        assets=given.assets.sample(frac=1, random_state=2),
    )
    tables = [
        asked_by_area(found(), costs(), each, [one], profile="standard") for each in (given, mixed)
    ]
    pd.testing.assert_frame_equal(*tables)
