"""What the pages say of fairness: sentences, a chart, and tables that say the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from tests.doors.edition_toy import toy_edition

from assetmap.frames import table_of
from assetmap.frames.fairness import FAIRNESS, NO_FREE_SPACE, SCHEME_AREAS, SUPPLY
from assetmap.publish.fairness import fair, plainly, technical
from assetmap.publish.scene import Scene
from assetmap.publish.site import write_pages

if TYPE_CHECKING:
    from assetmap.frames import Contract

LINE = "deprivation, in line"
NASTY = "a <script>alert(1)</script> hall"


def fairness(*rows):
    names = ("of_what", "measure", "value", "low", "high", "status")
    table = pd.DataFrame(rows, columns=names).assign(
        by=LINE, group="everybody", unit="min", people=100.0
    )
    return table_of(FAIRNESS, {name: table[name] for name in FAIRNESS.names})


def ends(thing, most, least, status="computed"):
    return [
        (f"minutes to {thing}", "mean, most deprived tenth", most, None, None, status),
        (f"minutes to {thing}", "mean, least deprived tenth", least, None, None, status),
    ]


TABLE = fairness(
    *ends("a library", 14.0, 10.0), *ends(NASTY, 3.0, 9.0), *ends("a gate", 5.0, 5.0),
    *ends("a station", 45.0, 1.0, "computed: 9 people who reach none count as 45"),
    ("minutes to a library", "Gini", 0.25, 0.2, 0.3, "computed"),
    ("minutes to a library", "Theil L", None, None, None, "not computed: some people have none"),
)  # fmt: skip
FREE = table_of(
    NO_FREE_SPACE,
    {"by": ["everybody", "age", "deprivation"], "group": ["everybody", "old", "02"],
     "people": [1000.0, 100.0, 50.0], "without": [210.0, 10.0, 20.0], "share": [0.21, 0.1, 0.4],
     "status": ["computed", "computed", "computed"]},
)  # fmt: skip
SCHEMES = table_of(SCHEME_AREAS, {name: [] for name in SCHEME_AREAS.names})
BESIDE = table_of(
    SUPPLY,
    {"tenth": [1], "theme": ["green"], "areas": [2], "people": [0.0], "per_10000": [None],
     "status": ["not computed: not measured in any of its areas"]},
)  # fmt: skip


def scene(*, straight=False, **more: tuple[Contract, pd.DataFrame]):
    edition = toy_edition()
    way = "straight line" if straight else "streets"
    return Scene.of(replace(edition, facts=replace(edition.facts, method=way), more=more))


def whole(*, straight=False):
    return scene(
        straight=straight,
        fairness=(FAIRNESS, TABLE), no_free_space=(NO_FREE_SPACE, FREE),
        scheme_areas=(SCHEME_AREAS, SCHEMES), supply_beside_need=(SUPPLY, BESIDE),
    )  # fmt: skip


def test_at_most_three_figures_in_plain_sentences() -> None:
    told = fair(whole())
    assert told is not None
    said = told["said"]
    assert said[0].startswith("About 210 people have no free public indoor or green space")
    assert "21 in 100" in said[0]
    assert said[1].startswith("To reach a library, the most deprived tenth of people go about 4")
    assert "further" in said[1]
    assert "about 6 minutes less far" in said[2]
    assert all(len(one.split(". ")[0].split()) <= 25 for one in said)


def test_people_out_of_reach_make_no_public_figure() -> None:
    """45 minutes is how far was searched, not how far it is: such a service is left out."""
    told = fair(whole())
    assert told is not None
    assert "a station" not in {pair.label for pair in told["pairs"]}


def test_a_straight_line_is_said_in_metres_and_as_an_estimate() -> None:
    told = fair(whole(straight=True))
    assert told is not None
    # 4 minutes at 80 m/min
    assert "about 320 metres (estimate) further" in told["said"][1]
    assert not any("minutes" in one for one in told["said"])


def test_the_bars_stand_beside_what_they_say_on_one_scale() -> None:
    told = fair(whole())
    assert told is not None
    library = next(one for one in told["pairs"] if one.label == "a library")
    # the longest of all, 14 minutes, is 100 long; 10 minutes are 71
    assert (library.most_bar, library.least_bar) == (100, 71)


def test_no_difference_is_an_answer_too() -> None:
    told = fair(scene(fairness=(FAIRNESS, fairness(*ends("a gate", 5.0, 5.2)))))
    assert told is not None
    assert told["said"] == [
        "People with most and with least need here go as far as each other, to the nearest minute."
    ]


def test_without_figures_there_is_no_section() -> None:
    assert fair(scene()) is None
    assert technical(scene()) is None
    assert plainly(scene()) is None


def test_every_measure_is_told_with_its_interval_or_why_not() -> None:
    told = technical(whole())
    assert told is not None
    rows = {(row.of_what, row.measure): row for row in told["figures"]}
    assert rows["minutes to a library", "Gini"].interval == "0.2 to 0.3"
    assert rows["minutes to a library", "Theil L"].value == ""
    assert "some people have none" in rows["minutes to a library", "Theil L"].status


def test_the_three_plain_tables_say_what_is_not_measured() -> None:
    told = plainly(whole())
    assert told is not None
    schemes, free, supply = told["tables"]
    assert schemes.rows == ()
    assert ("old", "100", "10 in 100") in free.rows
    assert ("second most deprived tenth", "50", "40 in 100") in free.rows
    assert supply.rows == (("1", "parks and green space", "", ""),)


@pytest.mark.parametrize("page", ["index.html", "annex.html"])
def test_names_that_people_typed_are_text(tmp_path, page) -> None:
    write_pages(whole().edition, tmp_path)
    text = (tmp_path / page).read_text(encoding="utf-8")
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text
