"""Cautions in the reader's words on the first page, and in their own in the annex."""

from __future__ import annotations

from dataclasses import replace

from tests.doors.edition_toy import toy_edition

from assetmap.frames import table_of
from assetmap.frames.results import CAUTIONS
from assetmap.publish.cautions import cautions
from assetmap.publish.words import words_of

ROWS = (
    ("not_measured", "library", "Not measured in 3 of 12 areas. No source.", 3, 4_000.0),
    ("not_measured", "bus_stop", "Not measured in 3 of 12 areas. Nor there.", 3, 4_000.0),
    ("not_measured", "green_local", "Not measured in 12 of 12 areas.", 12, 18_600.0),
    ("not_measured", "a_tier", "Not measured in 1 of 12 areas. A tier.", 1, 900.0),
    ("area_centre", "origins", "764 areas have no place of any source.", 764, 90_000.0),
    ("snap_far", "route", "Homes far from a street are left out.", 7, 700.0),
    ("merged", "assets", "19 listings were merged.", 19, None),
)


def test_what_was_not_measured_is_told_by_service_and_the_rest_by_words_of_its_own() -> None:
    """12 areas; 90,000 people are more than live in the study, so how many is not said."""
    columns = zip(*ROWS, strict=True)
    names = ("code", "about", "text", "count", "people")
    table = table_of(CAUTIONS, {name: list(one) for name, one in zip(names, columns, strict=True)})
    told = cautions(replace(toy_edition(), cautions=table), words_of({}))
    assert told.first == (
        "We could not measure who is near green space of two hectares anywhere here.",
        "In 3 of 12 neighbourhoods we could not measure who is near a bus stop and a library.",
        (
            "In some neighbourhoods we do not know where homes stand. "
            "One point stands for everybody there."
        ),
        "Homes far from a street are left out. This touches about 700 people.",
    )
    assert set(told.checks) == {
        "Not measured in 3 of 12 areas. No source.", "Not measured in 3 of 12 areas. Nor there.",
        "Not measured in 12 of 12 areas.", "Not measured in 1 of 12 areas. A tier.",
        "764 areas have no place of any source.", "19 listings were merged.",
    }  # fmt: skip


def test_many_services_are_told_a_few_to_a_sentence() -> None:
    edition = toy_edition()
    standards = edition.standards.assign(
        label=[f"a place of kind number {n} or another" for n in range(3)]
    )
    rows = [("not_measured", key, "Not measured.", 3, 4_000.0) for key in standards["standard_id"]]
    names = ("code", "about", "text", "count", "people")
    given = {name: list(one) for name, one in zip(names, zip(*rows, strict=True), strict=True)}
    changed = replace(edition, standards=standards, cautions=table_of(CAUTIONS, given))
    told = cautions(changed, words_of({})).first
    # 12 words and 8 a thing: one thing makes 20, two with "and" would be 29
    assert [len(one.split()) for one in told] == [20, 20, 20]
