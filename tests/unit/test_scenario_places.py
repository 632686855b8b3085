"""New places and homes that no walk reaches: in the water, on an island of streets."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd

from assetmap.frames.scenario import Scenario
from assetmap.study import options

SNAPS = pd.DataFrame(
    {
        "point_id": ["s:1", "s:2", "s:2", "s:3"],
        "role": "asset",
        "state": ["too far", "on an island", "on streets", "on an island"],
    }
)


class _Ways:
    """Ways that meet the new places as ``SNAPS`` says."""

    origins = pd.DataFrame({"from_id": ["a"]})

    def only(self, _origins: pd.DataFrame) -> _Ways:
        return self

    def to(self, _gates: object, _assets: object) -> tuple[None, pd.DataFrame]:
        return None, SNAPS


def test_a_place_that_nobody_can_walk_to_is_told_with_why() -> None:
    """The second has a gate on the streets: one door is enough."""
    assets = pd.DataFrame({"to_id": ["s:1", "s:2", "s:3"]})
    warm: Any = SimpleNamespace(ways=lambda _profile: _Ways())
    edited: Any = SimpleNamespace(
        new={"s:1", "s:2", "s:3"}, homes={}, town=SimpleNamespace(assets=assets, entrances=None)
    )
    scenario = Scenario(id="s", name="S", edits=pd.DataFrame())
    faults = options._faults_of_streets(warm, edited, scenario)
    assert [one.what for one in faults] == [
        "'s:1' is too far from any street: nobody can walk there",
        "'s:3' is on a street that is joined to no other: nobody can walk there",
    ]
