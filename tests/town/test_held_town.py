"""Places that end, that could be handed over, and that are ruled out: three halls, by hand.

homes   a 10 people   b 20 (deprived)   c 40; the standard is 10 minutes
Old Hall a, b (lease to March 2027)   New Hall a, b (funding to 2028)   Top Hall c (no end known)
"""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import Point

from assetmap.frames import table_of
from assetmap.frames.costs import hold_costs
from assetmap.frames.holdings import HOLDINGS, LISTED, NAMES, RAW_HOLDINGS, Rules
from assetmap.layers.holdings import make_holdings
from assetmap.scenarios.held import ending, ready
from assetmap.scenarios.ruled import ruled_out

HOMES = pd.DataFrame({"from_id": list("abc"), "area_id": ["A", "B", "C"], "people": [10.0, 20, 40]})
IDS = ["new", "old", "top"]
PAIRS = [("a", "old"), ("b", "old"), ("a", "new"), ("b", "new"), ("c", "top")]
STANDARD = pd.DataFrame([
    {"standard_id": "hall", "theme": "community", "categories": "community_centre",
     "threshold_min": 10.0, "min_size_m2": None}
])  # fmt: skip
DAY = dt.date(2026, 11, 1)


def held(**facts: list[object]) -> pd.DataFrame:
    return table_of(HOLDINGS, {"to_id": IDS, **facts})


def assets() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"to_id": IDS, "name": ["New Hall", "Old Hall", "Top Hall"], "size_m2": np.nan,
         "category": "community_centre", "supply": 1.0},
        geometry=[Point(0, 0)] * 3,
    )  # fmt: skip


def costs() -> pd.DataFrame:
    homes, places = pd.Index(list("abc")), pd.Index(IDS)
    return hold_costs(
        homes, places,
        from_codes=np.array([homes.get_loc(home) for home, _ in PAIRS], np.int32),
        to_codes=np.array([places.get_loc(place) for _, place in PAIRS], np.int32),
        cost_min=np.full(len(PAIRS), 5, np.float32),
    )  # fmt: skip


def test_who_would_be_without_any_by_when() -> None:
    """The Old Hall ends first, alone nobody's last; by the end of the New, a and b have none: 30.

    Of these b's 20 are in the most deprived fifth. The New Hall's lease outlives its funding: the
    earlier counts. C keeps the Top Hall, whose end is not known.
    """
    facts = held(
        lease_end=["2040-01-01", "2027-03-31", None], funding_end=["2028-03-31", None, None]
    )
    table = ending(costs(), assets(), HOMES, STANDARD, facts, deprived={"B"})
    assert table[["to_id", "ends", "what"]].to_numpy().tolist() == [
        ["old", "2027-03-31", "lease"], ["new", "2028-03-31", "funding"],
    ]  # fmt: skip
    assert table["only"].tolist() == [0, 0]
    assert table["lost_by_then"].tolist() == [0, 30]
    assert table["lost_by_then_deprived"].tolist() == [0, 20]


def test_places_that_end_on_one_day_are_lost_together() -> None:
    """Both on one day: a and b are without by then; each alone is nobody's last."""
    facts = held(lease_end=["2027-03-31", "2027-03-31", None])
    table = ending(costs(), assets(), HOMES, STANDARD, facts, deprived=set())
    assert table["lost_by_then"].tolist() == [30, 30]
    assert table["only"].tolist() == [0, 0]


def test_what_could_be_handed_over() -> None:
    """A freehold now; one that is let, when that ends; a charity's is not the council's to give."""
    facts = held(
        owner=["council", "council", "charity or community body"],
        tenure=["leasehold", "freehold", "freehold"], lease_end=["2031-03-31", None, None],
    )  # fmt: skip
    table = ready(assets(), facts)
    assert table[["to_id", "ready"]].to_numpy().tolist() == [
        ["old", "now"], ["new", "when the lease ends"],
    ]  # fmt: skip
    assert table["ready_from"].tolist()[1] == "2031-03-31"


def _ruled(rules: Rules, **facts: list[object]) -> list[tuple[str, str, object]]:
    rows = held(**facts).assign(name=["New", "Old", "Top"])
    table = ruled_out(rows[["to_id", "name", *NAMES]], rules, {"top": "a pipeline"}, day=DAY)
    rows = table[table["found"].notna()]
    return list(zip(rows["to_id"], rows["rule"], rows["found"], strict=True))


def test_a_rule_rules_out_what_breaks_it_and_never_what_is_not_known() -> None:
    """Leases to 2030 are too short, a licence is none, a freehold needs none; nothing on the third.

    The third is ruled out by what the file itself says of it.
    """
    rules = Rules(lease_until=dt.date(2036, 1, 1))
    stated = ("top", "stated", "a pipeline")
    short = _ruled(
        rules, tenure=["freehold", "leasehold", None], lease_end=[None, "2030-01-01", None]
    )
    assert short == [("old", "lease_end", "2030-01-01"), stated]
    loose = _ruled(rules, tenure=["licence", "freehold", None])
    assert loose == [("new", "lease_end", "licence"), stated]


def test_every_rule_has_its_own_reason() -> None:
    """A listing as of community value that has ended before the day holds no longer."""
    rules = Rules(
        owners=("council",), no_listed=True, no_acv=True, hire_cost_most=10, hours_free_least=5,
        funding_until=dt.date(2027, 1, 1),
    )  # fmt: skip
    found = _ruled(
        rules,
        owner=["company", "council", None], listed=["II", "not listed", None],
        acv_regime=["Localism Act 2011"] * 2 + [None], acv_from=["2024-01-01", "2020-01-01", None],
        acv_until=["2029-01-01", "2025-01-01", None], hire_cost=[12.0, 10.0, None],
        hours_free=[4.0, 5.0, None], funding_end=["2026-12-31", "2027-01-01", None],
    )  # fmt: skip
    assert [rule for to_id, rule, _ in found if to_id == "new"] == [
        "funding_end", "owner", "listed", "acv_regime", "hire_cost", "hours_free",
    ]  # fmt: skip
    assert not [one for one in found if one[0] == "old"]


def test_the_leading_listing_says_and_the_next_fills() -> None:
    """The tenure of the first, the grade of the second; a leap day ends on the 28th."""
    raws = table_of(
        RAW_HOLDINGS,
        {
            "source_id": ["r", "s"], "source_row": ["1", "9"], "tenure": ["freehold", "leasehold"],
            "listed": [None, "II"], "acv_regime": ["Localism Act 2011", None],
            "acv_from": ["2024-02-29", None],
        },
    )  # fmt: skip
    listed = table_of(
        LISTED,
        {"source_id": ["r", "s", "s"], "source_row": ["1", "9", "10"],
         "to_id": ["hall", "hall", "other"], "place": [1, 2, 1]},
    )  # fmt: skip
    table = make_holdings(raws, listed)
    assert table["to_id"].tolist() == ["hall"]
    assert table.loc[0, ["tenure", "listed", "acv_until"]].tolist() == [
        "freehold",
        "II",
        "2029-02-28",
    ]
