"""What an assessment says of walks and of priorities is true of a bridge and of a closure too."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from assetmap.publish.assessment import held_of
from assetmap.publish.assessment_people import gains_part, reach_part
from assetmap.publish.assessment_places import places_part
from assetmap.publish.words import words_of

WORDS = words_of({})
TOTALS = {"newly_within_outside": 0.0, "no_longer_within_outside": 0.0}
GROUND: Any = SimpleNamespace(
    areas=pd.DataFrame(
        {"area_id": ["a", "b", "c"], "role": ["study"] * 3, "place": ["Ash", "Birch", "Cedar"]}
    ),
    labels={},
    place="Town",
    straight=False,
)


def _assessed(
    *, minutes: list[float], standards: dict[str, list[float]], **more: object
) -> Any:  # fmt: skip
    """Three areas of 100 people, the first two a priority; each standard's minutes beside."""
    gained = pd.DataFrame({
        "area_id": ["a", "b", "c"], "people": 100.0, "newly_within": 0.0, "no_longer_within": 0.0,
        "minutes_saved": minutes, "flag_falls": False, "decile": [1, 2, 10],
        "level_before": ["left_behind", "at_risk", "none"],
        "level_after": ["left_behind", "at_risk", "none"],
    }).assign(**more)  # fmt: skip
    changes = pd.concat(
        pd.DataFrame({"area_id": ["a", "b", "c"], "standard_id": name, "within_before": 0.0,
                      "within_after": 0.0, "newly_within": 0.0, "no_longer_within": 0.0,
                      "minutes_saved": each})
        for name, each in standards.items()
    )  # fmt: skip
    hours = pd.DataFrame({"counts": pd.Series(dtype=str)})
    return SimpleNamespace(
        unknown=False, totals=TOTALS, incidence={"people newly within": "no gain", "minutes": 1.54},
        tables={"gains": gained, "changes": changes, "hours": hours},
    )  # fmt: skip


def test_minutes_of_several_kinds_are_said_to_be_taken_together() -> None:
    """150 minutes of 200 people (not of the 100 whose walks stay): 0.75, of two kinds of place."""
    one = _assessed(minutes=[100.0, 50, 0], standards={"gp": [60.0, 0, 0], "rail": [40, 50, 0]})
    lines = reach_part(one, GROUND, WORDS).lines
    assert "Where 200 people live, walks get shorter by 0.8 minutes" in lines[1]
    assert "each of 2 kinds of place" in lines[2]
    alone = _assessed(minutes=[100.0, 50, 0], standards={"gp": [100.0, 50, 0]})
    assert len(reach_part(alone, GROUND, WORDS).lines) == 2


@pytest.mark.parametrize(
    ("minutes", "levels", "said"),
    [
        ([5.0, 0, 0], "none", ["gain and are still a priority: Ash", "gain nothing: Birch"]),
        ([-5.0, 0, 0], "none", ["lose reach or walk farther: Ash", "gain nothing: Birch"]),
        ([0.0, 0, -9], "at_risk", ["would become a priority: Cedar", "gain nothing: Ash and"]),
    ],
)
def test_priorities_that_gain_that_lose_and_that_come_anew(
    minutes: list[float], levels: str, said: list[str]
) -> None:
    after = ["left_behind", "at_risk", levels]
    one = _assessed(minutes=minutes, standards={"gp": minutes}, level_after=after)
    lines = " ".join(gains_part(one, GROUND, WORDS).lines)
    assert all(text in lines for text in said)
    assert lines.count("Cedar") == (levels != "none")


def test_the_share_of_a_gain_is_of_walking_where_nobody_comes_within_reach() -> None:
    """And where nobody gains at all, no share is spoken of."""
    gain = _assessed(minutes=[5.0, 0, 0], standards={"gp": [5.0, 0, 0]})
    assert "1.5 times the share of the walking saved" in " ".join(
        gains_part(gain, GROUND, WORDS).lines
    )
    loss = _assessed(minutes=[-5.0, 0, 0], standards={"gp": [-5.0, 0, 0]})
    assert "share" not in " ".join(gains_part(loss, GROUND, WORDS).lines)


def test_a_link_is_held_against_no_other_place() -> None:
    edits = pd.DataFrame({"kind": ["link"], "asset": pd.Series([None], dtype=str)})
    none = dict.fromkeys(("overlap", "alternatives", "crowding"), pd.DataFrame())
    tables = none | {"drawn": pd.DataFrame({"to_id": pd.Series(dtype=str), "drawn": []})}
    one: Any = SimpleNamespace(
        unknown=False, scenario=SimpleNamespace(id="s", edits=edits), tables=tables
    )
    assert places_part(one, GROUND, WORDS).lines == (WORDS.say("assess.no_place"),)


def _sites(count: int, overlap: list[tuple[str, str, str, str, float]]) -> Any:
    """An option of so many new halls, and who is near which other hall."""
    columns = ["to_id", "name", "other_id", "other", "overlap"]
    empty = {one: pd.DataFrame() for one in ("alternatives", "crowding")}
    drawn = pd.DataFrame({"to_id": pd.Series(dtype=str), "drawn": pd.Series(dtype=float)})
    fact = dict.fromkeys(
        ["lease_end", "funding_end", "acv_regime", "acv_from", "acv_until", "hire_cost",
         "hours_free", "listed"],
    )  # fmt: skip
    fact |= {"owner": "council", "tenure": "freehold"}
    held = [{"to_id": f"o:{n}", "name": f"Site {n}", **fact}
            for n in range(1, count + 1)]  # fmt: skip
    edits = pd.DataFrame({"kind": ["add"] * count, "asset": pd.Series([None] * count, dtype=str)})
    tables = {"overlap": pd.DataFrame(overlap, columns=columns), "drawn": drawn, **empty,
              "holdings": pd.DataFrame(held)}  # fmt: skip
    scenario = SimpleNamespace(id="o", edits=edits, mitigation="")
    return SimpleNamespace(scenario=scenario, tables=tables, sites=range(count), unknown=False)


def test_a_new_site_is_no_place_that_is_there_already() -> None:
    """Of 100 near the first site 60 are near the hall of today; all are near the second site."""
    both = _sites(2, [
        ("o:1", "Site 1", "o:2", "Site 2", 1.0), ("o:2", "Site 2", "o:1", "Site 1", 0.8),
        ("o:1", "Site 1", "hall", "Old Hall", 0.6),
    ])  # fmt: skip
    assert places_part(both, GROUND, WORDS).lines == (
        "60 in 100 people near Site 1 are near Old Hall as well.",
        "100 in 100 people near Site 1 are near Site 2 too, another of the sites.",
    )
    alone = _sites(1, [("o:1", "Site 1", "hall", "Old Hall", 0.6)])
    assert places_part(alone, GROUND, WORDS).lines == (
        "60 in 100 people near it are near Old Hall as well.",
    )


def test_how_each_of_several_sites_is_held_is_said_by_its_name() -> None:
    assert held_of(_sites(2, []), WORDS) == [
        "Site 1. Owner: the council. Held as: freehold.",
        "Site 2. Owner: the council. Held as: freehold.",
    ]
    nameless = _sites(2, [])
    nameless.tables["holdings"]["name"] = [None, "Site 2"]
    assert held_of(nameless, WORDS)[0].startswith("o:1. Owner")
    assert held_of(_sites(1, []), WORDS) == ["Owner: the council.", "Held as: freehold."]
