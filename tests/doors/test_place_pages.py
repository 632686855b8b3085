"""Studies that write no page of each neighbourhood: nothing leads to what is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.doors.edition_toy import facts, toy_edition
from tests.doors.page_reader import pages_of

if TYPE_CHECKING:
    from pathlib import Path


def test_a_study_without_pages_of_places_leads_to_none(tmp_path: Path) -> None:
    """Wards keep theirs; every address in every page is one that was written."""
    own = list(toy_edition().own["area_id"])
    site = pages_of(toy_edition(facts=facts(place_pages=False)), tmp_path / "without")
    usual = pages_of(toy_edition(), tmp_path / "usual")
    written = {name for name in site if name.startswith("places/")}
    assert len([name for name in usual if name.startswith("places/")]) == len(written) + len(own)
    for text in site.values():
        led = set(re.findall(r'href="(?:\.\./)?(places/[^"#]+)"', text))
        assert led <= written
    assert "cells of a grid" in site["index.html"]
    for key in re.findall(r'href="#([^"]+)"', site["index.html"]):
        assert f'id="{key}"' in site["index.html"]
