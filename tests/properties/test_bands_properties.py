"""Whatever the sizes, the nearest site of at least each size is among the few that are kept."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.access_toy import costs_of
from tests.town.straight_town import assets_at, origins_at

from assetmap.access.standard import nearest_by_standard
from assetmap.layers.bands import make_bands, make_least_sizes
from assetmap.network.keep import Keep
from assetmap.network.straight import Crow, route_straight

STANDARDS = pd.DataFrame(
    {
        "standard_id": ["any", "half", "two", "ten", "books"],
        "categories": ["park", "park;nature", "park;nature", "nature", "library"],
        "min_size_m2": [np.nan, 5_000, 20_000, 100_000, np.nan],
    }
)
SIZES = st.sampled_from([None, 0.0, 400.0, 4_999.0, 5_000.0, 20_000.0, 99_999.0, 300_000.0])
SITES = st.lists(
    st.tuples(
        st.integers(-2000, 2000), st.sampled_from(["park", "nature", "library"]), SIZES
    ),
    min_size=1,
    max_size=9,
)  # fmt: skip


def test_least_sizes_are_those_of_the_categories_that_are_asked_for():
    assert make_least_sizes(STANDARDS) == {
        "nature": (5_000.0, 20_000.0, 100_000.0),
        "park": (5_000.0, 20_000.0),
    }
    assert make_least_sizes(STANDARDS.iloc[:1]) == {}
    assert make_least_sizes(STANDARDS.iloc[:0]) == {}


def test_a_band_holds_its_least_size_and_what_is_below_the_next():
    assets = pd.DataFrame(
        {
            "category": ["park"] * 5 + ["library"],
            "size_m2": [None, 4_999, 5_000, 19_999, 20_000, 50_000],
        }
    )
    assert make_bands(assets, {"park": (5_000.0, 20_000.0)}).tolist() == [
        "park", "park", "park, 5000 m2 or more", "park, 5000 m2 or more",
        "park, 20000 m2 or more", "library",
    ]  # fmt: skip
    assert make_bands(assets.iloc[:0], {"park": (5_000.0,)}).tolist() == []


@given(SITES, st.integers(1, 3))
def test_the_nearest_of_every_standard_survives_what_is_kept(sites, nearest):
    """Against every pair, by a plain table of distances."""
    gates, assets = assets_at(*((float(x), 0.0) for x, *_ in sites))
    assets = assets.assign(category=[kind for _, kind, _ in sites])
    assets = assets.assign(size_m2=pd.Series([size for *_, size in sites], dtype="float64"))
    origins = origins_at((0, 0), (700, 300))
    bands = make_bands(assets, make_least_sizes(STANDARDS))
    kept, _ = route_straight(
        origins,
        gates,
        assets.assign(category=bands),
        crow=Crow(detour=1),
        keep=Keep(cut_off_min=20, nearest=nearest),
    ).table
    minutes = np.array(
        [[gate.distance(home) / 80 for gate in gates.geometry] for home in origins.geometry]
    )
    within = np.where(minutes <= 20, minutes, np.nan)
    every = costs_of(within, [*origins["from_id"]], [*assets["to_id"]])
    pd.testing.assert_frame_equal(
        nearest_by_standard(kept, assets, STANDARDS),
        nearest_by_standard(every, assets, STANDARDS),
        atol=2e-4,
    )
