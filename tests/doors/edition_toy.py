"""An edition drawn by hand: twelve square neighbourhoods, all six results, two themes missing.

    row 2   A09  A10  A11  A12      A01, A02 left_behind   A03, A04 at_risk
    row 1   A05  A06  A07  A08      A05, A06 need_only     A07, A08 access_only
    row 0   A01  A02  A03  A04      A09-A11 not_flagged    A12 insufficient_data

Each is 800 m square; people are 1,000 in A01 and 100 more in each that follows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Point, Polygon, box

from assetmap.frames import table_of
from assetmap.frames.given import DEPRIVATION, SCHEMES, UNPLACED
from assetmap.frames.prepared import (
    AREAS,
    ASSETS,
    COVERAGE,
    POSTCODES,
    STANDARDS,
    STREET_NAMES,
)  # fmt: skip
from assetmap.frames.results import (
    AREA_ACCESS,
    CAUTIONS,
    FINDINGS,
    LEVELS,
    METHODS,
    NEED,
    SCORES,
)  # fmt: skip
from assetmap.provenance import Source
from assetmap.publish.edition import Contact, Edition, Facts

if TYPE_CHECKING:
    from collections.abc import Sequence

CRS = "EPSG:27700"
WEST, SOUTH, SIDE = 532_000.0, 176_000.0, 800.0
IDS = [f"E01{n:06d}" for n in range(1, 13)]
PEOPLE = [1_000.0 + 100 * n for n in range(12)]
LEVEL_OF = [LEVELS[k] for k in (0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4, 5)]
PLACES = [
    "Part of Mill ward, around Hope Street", "Quarry Bank", "Part of Mill ward, by the canal",
    "Upper Green", "Lower Green", "Station Road", "Part of Park ward, around the Old Orchard",
    "Hill Top", "Church End", "Market Place", "Riverside", "The Moors",
]  # fmt: skip
THEMES = {
    "community": "community places", "leisure": "sport and leisure",
    "green": "parks and green space", "transport": "public transport", "health": "health services",
}  # fmt: skip
CATEGORIES = {
    "library": ("library", "libraries"), "park": ("park or garden", "parks and gardens"),
    "bus_stop": ("bus stop", "bus stops"), "gp_surgery": ("GP surgery", "GP surgeries"),
    "community_centre": ("community centre or hall", "community centres and halls"),
}  # fmt: skip
KINDS = [("library", "community"), ("community_centre", "community"), ("park", "green"),
         ("bus_stop", "transport"), ("gp_surgery", "health")]  # fmt: skip
STANDARD_IDS = ("library", "green_local", "bus_stop")


def square(number: int) -> Polygon:
    """Where the area stands in the drawing."""
    west, south = WEST + SIDE * (number % 4), SOUTH + SIDE * (number // 4)
    return box(west, south, west + SIDE, south + SIDE)


def facts(**changes: object) -> Facts:
    """What the toy study says of itself."""
    plain = Facts(
        title="Who can reach what in Millbrook", place="Millbrook", nation="England",
        authorities=("Millbrook",), invented=True, version="0.1.0", seed=7,
        as_of=dt.date(2026, 11, 1), run="a1b2c3d4", method="streets",
        about="Libraries, parks, surgeries and buses in the town of Millbrook.",
        contact=Contact(
            team="Sample team", email="sample@example.org", telephone="00000 000000",
            post="Sample address", reply_days=10, sample=True,
        ),
        review_by=dt.date(2027, 11, 1),
    )  # fmt: skip
    return replace(plain, **changes)


def toy_edition(*, names: Sequence[str] = (), **changes: object) -> Edition:
    """The toy, with ``names`` given in turn to everything that has one."""
    name = Names(names)
    edition = Edition(
        facts=facts(),
        areas=_areas(name),
        deprivation=_deprivation(),
        assets=_assets(name),
        schemes=_schemes(name),
        area_access=_area_access(),
        need=_need(),
        findings=_findings(),
        scores=_scores(),
        coverage=_coverage(),
        standards=_standards(name),
        methods=_methods(name),
        cautions=_cautions(name),
        sources=_sources(name),
        themes=THEMES,
        categories=CATEGORIES,
        unplaced=_unplaced(name),
        postcodes=_postcodes(),
        street_names=_street_names(name),
        water=gpd.GeoSeries(
            [LineString([(WEST - 900, SOUTH + 820), (WEST + 4_200, SOUTH + 760)]).buffer(40)],
            crs=CRS,
        ),
        lineage={"steps": {"find": {"rows": 12}}, "run": "a1b2c3d4"},
    )
    return replace(edition, **changes)


class Names:
    """Given names in turn, or the drawn one where none is given."""

    def __init__(self, given: Sequence[str]) -> None:
        self.given = list(given)
        self.turn = 0

    def __call__(self, drawn: str) -> str:
        if not self.given:
            return drawn
        self.turn += 1
        return self.given[(self.turn - 1) % len(self.given)]


def _areas(name: Names) -> gpd.GeoDataFrame:
    around = box(WEST - 1_500, SOUTH - 1_500, WEST + 4_700, SOUTH + 3_900)
    inside = box(WEST, SOUTH, WEST + 4 * SIDE, SOUTH + 3 * SIDE)
    return table_of(
        AREAS,
        {
            "area_id": [*IDS, "E01999999"],
            "name": [name(f"Millbrook {n:03d}A") for n in range(1, 13)] + ["Over Hill 001A"],
            "place": [name(place) for place in PLACES] + ["Over the Hill"],
            "authority_id": ["E07000001"] * 12 + ["E07000002"],
            "authority_name": ["Millbrook"] * 12 + ["Over Hill"],
            "role": ["study"] * 12 + ["edge"],
            "people": [*PEOPLE, 5_000.0],
            "geometry": [square(n) for n in range(12)] + [around.difference(inside)],
        },
        crs=CRS,
    )


def _deprivation() -> pd.DataFrame:
    deciles = [1, 2, 1, 2, 1, 2, 6, 7, 8, 9, 10, 5]
    return table_of(
        DEPRIVATION,
        {
            "area_id": IDS, "domain": ["imd"] * 12, "decile": deciles,
            "rank": [3_000 * decile for decile in deciles],
        },
    )  # fmt: skip


def _assets(name: Names) -> gpd.GeoDataFrame:
    """Two of each kind in every other area, one just outside, one that is not public."""
    rows = [
        {
            "to_id": f"{category}-{n}-{k}", "name": name(f"{category} {n} {k}"),
            "category": category, "theme": theme, "address": name(f"{n} {category} Road"),
            "opening_hours": name("Mo-Fr 09:00-17:00") if k else None,
            "wheelchair": ("yes", "no", "limited", "unknown")[n % 4], "visibility": "public",
            "precision_m": 150.0 if n == 0 else 5.0, "role": "study",
            "as_listed": "2017" if category == "library" else None,
            "geometry": Point(square(n).centroid.x + 60 * i - 120, square(n).centroid.y + 150 * k),
        }
        for n in range(0, 12, 2)
        for i, (category, theme) in enumerate(KINDS)
        for k in (0, 1)
    ]  # fmt: skip
    rows[-1].update(role="edge", geometry=Point(WEST - 300, SOUTH + 300))
    hidden = {**rows[0], "to_id": "hidden-1", "name": "Refuge that nobody may see",
              "address": "Secret Lane", "visibility": "officer"}  # fmt: skip
    table = pd.DataFrame([*rows, hidden]).assign(supply=1.0, sources="register", area_id=None)
    return table_of(ASSETS, dict(table.items()), crs=CRS)


def _postcodes() -> pd.DataFrame:
    """One in each area: MB1 1AA in A01, MB1 1AB in A02 and so on."""
    ends = ["AA", "AB", "AD", "AE", "AF", "AG", "AH", "AJ", "AL", "AN", "AP", "AQ"]
    return table_of(POSTCODES, {"postcode": [f"MB1 1{end}" for end in ends], "area_id": IDS})


def _street_names(name: Names) -> pd.DataFrame:
    """Long Lane through A01 and A02, Short Lane in A05."""
    long = name("Long Lane")
    return table_of(
        STREET_NAMES,
        {"street": [long, long, name("Short Lane")], "area_id": [IDS[0], IDS[1], IDS[4]]},
    )


def _schemes(name: Names) -> gpd.GeoDataFrame:
    return table_of(
        SCHEMES,
        {
            "scheme_id": ["S1", "S2"],
            "name": [name("Market Place renewal"), name("Mill Lane library")],
            "kind": ["regeneration", "asset"],
            "stage": ["on site", "funded"],
            "opens": ["2027-05-01", None],
            "delivers": [name("library at -0.1,51.5"), None],
            "removes": [name("homes"), None],
            "homes": [120.0, None],
            "geometry": [square(9).buffer(-150), Point(square(1).centroid)],
        },
        crs=CRS,
    )


def _shares() -> dict[tuple[str, str], float]:
    """Share near each standard: a line by area, so that every class of the map occurs."""
    near = {
        "library": [0, 0.1, 0.2, 0.3, 0.6, 0.7, 0.4, 0.3, 0.9, 1, 0.8, 0.5],
        "green_local": [0.4, 0.3, 0.45, 0.2, 0.8, 0.9, 0.2, 0.1, 1, 0.95, 0.85, 0.6],
        "bus_stop": [0.98, 0.92, 0.9, 0.88, 1, 1, 0.7, 0.65, 1, 1, 1, 0.9],
    }
    return {(IDS[n], key): values[n] for key, values in near.items() for n in range(12)}


def _area_access() -> pd.DataFrame:
    shares = _shares()
    rows = [
        (area, key, "share_within", value, "share") for (area, key), value in shares.items()
    ] + [(area, "library", "nearest", 8.0 + n, "min") for n, area in enumerate(IDS)]
    rows.append(("E01999999", "library", "share_within", 0.5, "share"))
    people = dict(zip(IDS, PEOPLE, strict=True))
    return table_of(
        AREA_ACCESS,
        {
            "area_id": [row[0] for row in rows],
            "category": [row[1] for row in rows],
            "measure": [row[2] for row in rows],
            "profile": ["standard"] * len(rows),
            "value": [row[3] for row in rows],
            "unit": [row[4] for row in rows],
            "people": [people.get(row[0], 0.0) for row in rows],
        },
    )


def _need() -> pd.DataFrame:
    deciles = [1, 2, 1, 2, 1, 2, 6, 7, 8, 9, 10, 5]
    return table_of(
        NEED,
        {
            "area_id": IDS, "reference": ["nation"] * 12, "basis": ["without_access"] * 12,
            "rank": [3_000 * decile for decile in deciles], "of": [33_755] * 12,
            "percentile": [10.0 * decile - 1 for decile in deciles], "decile": deciles,
        },
    )  # fmt: skip


def _findings() -> pd.DataFrame:
    need = [True] * 6 + [False] * 6
    poor = [True] * 4 + [False] * 2 + [True] * 2 + [False] * 4
    missing = ["leisure"] * 11 + ["leisure;health"]
    return table_of(
        FINDINGS,
        {
            "area_id": IDS,
            "level": LEVEL_OF,
            "reasons": [f"officers' words for {level}" for level in LEVEL_OF],
            "need": need,
            "need_local": [False] * 12,
            "need_basis": ["without_access"] * 12,
            "need_reference": ["nation"] * 12,
            "need_margin": [19.0, 9.0, 19.0, 9.0, 19.0, 9.0, *[-40.0] * 6],
            "poor_access": poor,
            "access_test": ["standard" if bad else "none" for bad in poor[:-1]] + ["not measured"],
            "themes_measured": [3] * 11 + [1],
            "themes_failed": [2 if bad else 0 for bad in poor],
            "themes_missing": missing,
            "access_margin": [0.4, 0.3, 0.2, 0.2, -0.1, -0.2, 0.3, 0.4, -0.4, -0.5, -0.3, None],
            "benefit": ["no", "no", "unknown", "expected", *["no"] * 8],
            "benefit_min": [0.0] * 12,
            "directly_affected": [False, False, True, *[False] * 9],
            "caps": [None, None, "benefit unknown", "too few themes measured; benefit expected",
                     *[None] * 8],
            "people": PEOPLE,
        },
    )  # fmt: skip


def _scores() -> pd.DataFrame:
    scores = [0.1, 0.15, 0.2, 0.25, 0.7, 0.75, 0.3, 0.28, 0.9, 0.95, 1.0, None]
    return table_of(SCORES, {"area_id": IDS, "score": scores, "percentile": [50.0] * 12})


def _coverage() -> pd.DataFrame:
    rows = [(area, key) for area in IDS for key in STANDARD_IDS]
    measured = [not (area == IDS[11] and key == "green_local") for area, key in rows]
    theme = {"library": "community", "green_local": "green", "bus_stop": "transport"}
    return table_of(
        COVERAGE,
        {
            "area_id": [area for area, _ in rows],
            "standard_id": [key for _, key in rows],
            "theme": [theme[key] for _, key in rows],
            "measured": measured,
            "reason": [None if seen else "no source covers it" for seen in measured],
        },
    )


def _standards(name: Names) -> pd.DataFrame:
    return table_of(
        STANDARDS,
        {
            "standard_id": list(STANDARD_IDS),
            "theme": ["community", "green", "transport"],
            "categories": ["library", "park", "bus_stop"],
            "label": ["a library", "green space of two hectares", "a bus stop"],
            "threshold_m": [1_600.0, 300.0, 400.0],
            "threshold_min": [20.0, 3.75, 5.0],
            "min_size_m2": [None, 20_000.0, None],
            "source": [name("Public Library Service Standards"), name("Natural England"),
                       name("Customary guideline")],
            "status": ["withdrawn", "verified", "from memory"],
        },
    )  # fmt: skip


def _methods(name: Names) -> pd.DataFrame:
    return table_of(
        METHODS,
        {
            "name": ["nearest", "share within"],
            "formula": [name("min over assets of cost"), "left_behind where at_risk is not"],
            "settings": [name("cut-off 45 min"), ""],
            "source": ["design choice", "STANDARDS 4.1"],
            "status": ["design choice", "verified"],
        },
    )


def _cautions(name: Names) -> pd.DataFrame:
    return table_of(
        CAUTIONS,
        {
            "code": ["source_old", "unplaced"],
            "about": ["libraries", "register"],
            "text": [name("The list of libraries ends in 2017."),
                     name("Two rows could not be placed: no level above at_risk rests on them.")],
            "count": [12, 2],
            "people": [12_000.0, None],
        },
    )  # fmt: skip


def _sources(name: Names) -> tuple[Source, ...]:
    return (
        Source(
            id="register", kind="register", publisher=name("Millbrook Council"),
            title=name("Asset register"), address=name("https://example.org/register"),
            licence="Open Government Licence v3.0",
            attribution=name("Contains public sector information licensed under the OGL v3.0."),
            vintage="2026-05", file=name("register.csv"), sha256="ab" * 32, bytes=1_234,
        ),
    )  # fmt: skip


def _unplaced(name: Names) -> pd.DataFrame:
    return table_of(
        UNPLACED,
        {
            "source_id": ["register"] * 2, "source_row": ["7", "9"],
            "name": [name("Hall without a place"), None], "reason": ["no postcode"] * 2,
        },
    )  # fmt: skip
