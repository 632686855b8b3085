"""Whatever the hours that are not known turn out to be, the share lies between the two told."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.town.access_town import PLACES, costs, place, snaps

from assetmap.access.measured import measured_at
from assetmap.access.open_then import nearest_open, open_by_area

STATES = st.sampled_from(["yes", "no", "unknown"])
ANY = {"any": ("community", "library;community_centre;park;gp_surgery", 15.0, None)}
TOWN = place(ANY)
COSTS = costs()
MEASURED = measured_at(TOWN.origins, snaps(), TOWN.coverage)


def shares(states):
    rows = [(to_id, "evening", state) for to_id, state in zip(sorted(PLACES), states, strict=True)]
    open_at = pd.DataFrame(rows, columns=["to_id", "moment", "open"])
    minutes = nearest_open(COSTS, TOWN.assets, TOWN.standards, open_at)
    table = open_by_area(minutes, MEASURED, TOWN.origins, TOWN.standards, profile="standard")
    found = table[table["unit"] == "share"].set_index(["measure", "area_id"])["value"]
    return found["share_open_evening"], found["share_maybe_open_evening"]


@settings(max_examples=60)
@given(st.data())
def test_the_truth_lies_between_without_and_with_the_unknown(data):
    told = data.draw(st.tuples(*[STATES] * len(PLACES)))
    truth = [data.draw(st.sampled_from(["yes", "no"])) if one == "unknown" else one for one in told]
    low, high = shares(told)
    true, same = shares(truth)
    assert (true == same).all()
    assert (low <= true).all()
    assert (true <= high).all()
