"""A borough fits in one file that a phone can open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import Point, Polygon
from tests.doors.edition_toy import CRS, IDS, SOUTH, WEST, toy_edition

from assetmap.publish.public import write_public
from assetmap.publish.site import write_pages

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.edition import Edition


def test_a_borough_fits_in_its_budget(tmp_path: Path) -> None:
    """173 areas with 60 corners each and 2,000 assets: what a phone needs first comes first."""
    write_public(borough(areas=173, assets=2_000), tmp_path)
    first = (tmp_path / "index.html").read_bytes()
    assert len(first) + (tmp_path / "map.js").stat().st_size <= 1_500_000
    # the answer, the search and all that it knows
    assert first.index(b'id="known"') < first.index(b"</script>", first.index(b"search-form"))
    assert first.index(b"<table") <= 100_000
    sizes = {path.name: path.stat().st_size for path in tmp_path.rglob("*.html")}
    assert max(path.stat().st_size for path in (tmp_path / "places").iterdir()) <= 60_000
    assert sum(sizes.values()) <= 6_500_000
    every = [path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(every) <= 12_000_000


def test_a_whole_lists_its_wards_and_fits_in_its_page(tmp_path: Path) -> None:
    """173 areas in 23 wards of one authority: those flagged by name, the others by ward."""
    edition = borough(areas=173, assets=200)
    ids = edition.own["area_id"]
    wards = [f"W{n % 23:02d}" for n in range(len(ids))]
    rows = [(area, "ward", ward, f"Ward {ward}") for area, ward in zip(ids, wards, strict=True)]
    rows += [(area, "authority", "A1", "Millbrook") for area in ids]
    held = pd.DataFrame(rows, columns=["area_id", "level", "unit_id", "unit_name"])
    write_pages(replace(edition, membership=held), tmp_path)
    page = (tmp_path / "places" / "millbrook.html").read_text(encoding="utf-8")
    assert len(page.encode()) <= 60_000
    why = page.split('<h2 id="why">')[1].split("</section>")[0]
    assert why.count("-ward.html") == why.count("ward-w") == 23
    flagged = edition.findings["level"].isin(["left_behind", "at_risk"]).sum()
    assert why.count(".html") == 23 + flagged


def borough(*, areas: int, assets: int) -> Edition:
    """The toy made large: a grid of areas with wavy borders, and assets all over."""
    toy = toy_edition()
    ids = [f"E01{n:06d}" for n in range(1, areas + 1)]
    grid = toy.areas[toy.areas["role"] == "study"].iloc[[n % 12 for n in range(areas)]]
    grid = gpd.GeoDataFrame(
        grid.assign(area_id=ids, place=[f"Part of Longish Name ward {n}" for n in range(areas)]),
        geometry=[wavy(n % 14, n // 14) for n in range(areas)], crs=CRS,
    )  # fmt: skip

    def spread(table: pd.DataFrame) -> pd.DataFrame:
        parts = [
            table[table["area_id"] == IDS[n % 12]].assign(area_id=ids[n]) for n in range(areas)
        ]
        return pd.concat(parts, ignore_index=True)

    rows = toy.public_assets.iloc[[n % 60 for n in range(assets)]]
    points = [Point(WEST + 7 * n % 9_000, SOUTH + 13 * n % 8_000) for n in range(assets)]
    many = gpd.GeoDataFrame(
        rows.assign(
            to_id=[f"a{n}" for n in range(assets)],
            name=[f"Longish Name of a Place {n}" for n in range(assets)],
            address=[f"{n} Longish Name Road, Millbrook MB{n % 10} 1AA" for n in range(assets)],
        ),
        geometry=points, crs=CRS,
    )  # fmt: skip
    return replace(
        toy, areas=grid, assets=many, deprivation=spread(toy.deprivation),
        area_access=spread(toy.area_access), need=spread(toy.need),
        findings=spread(toy.findings), scores=spread(toy.scores), coverage=spread(toy.coverage),
    )  # fmt: skip


def wavy(column: int, row: int) -> Polygon:
    """A square whose four sides wave in 15 steps each, the same for both neighbours."""
    west, south = WEST + 600 * column, SOUTH + 600 * row
    along = np.linspace(0, 600, 16)[:-1]
    wave = 20 * np.sin(along * np.pi / 150)
    bottom = np.column_stack([west + along, south + wave])
    right = np.column_stack([west + 600 + wave, south + along])
    top = np.column_stack([west + along, south + 600 + wave])
    left = np.column_stack([west + wave, south + along])
    corner = np.array([[west + 600, south + 600]])
    ring = np.vstack(
        [bottom, right, corner, top[::-1][:-1], [[west, south + 600]], left[::-1][:-1]]
    )
    return Polygon(ring)
