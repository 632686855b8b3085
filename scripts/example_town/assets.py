"""The council's register, what OpenStreetMap says of the same places, UPRNs and postcodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from shapely import STRtree
from shapely.geometry import Point, box

from example_town.draws import draw, pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from example_town.buildings import Building
    from example_town.osm import Drawer
    from example_town.plan import XY, Plan, Row

FIRST_UPRN = 990_099_000_001
HOMES_A_POSTCODE = 14
OWNERS = ["Osierford Council", "Osierford Council", "Charity", "Parish trust"]
HELD = {"Osierford Council": "Freehold", "Charity": "Leasehold", "Parish trust": "Leasehold"}
GRADES = {"Corn Market Hall": "II", "Tithe Barn Arts Centre": "II*"}
OF_VALUE, GRANTED = 0.2, 0.5
HIRED = {"Community Centre", "Youth Centre", "Arts Centre", "Library"}
OWN_NAMES = ["A. Sample", "B. Invented", "C. Example", "D. Placeholder"]


def draw_points(plan: Plan, drawer: Drawer) -> None:
    """Amenities as nodes, larger grounds as squares."""
    for point in plan.given["point"]:
        drawer.node(point["at"], **point["tags"])
    for shape in plan.given["shape"]:
        x, y, half = *shape["at"], shape["size_m"] / 2
        drawer.ring(list(box(x - half, y - half, x + half, y + half).exterior.coords)[:-1],
                    shape["tags"])  # fmt: skip


def make_postcodes(plan: Plan, built: Sequence[Building], areas: pd.Series) -> pd.DataFrame:
    """One postcode to a run of homes, in the columns of the ONS directory."""
    homes = [building.outline.centroid for building in built if building.home]
    rows = []
    for number, home in enumerate(homes[::HOMES_A_POSTCODE]):
        sector, unit = divmod(number, 18 * 18)
        letters = "ABDEFGHJLNPQRSTUWX"[unit // 18] + "ABDEFGHJLNPQRSTUWX"[unit % 18]
        place = round(home.x, 1), round(home.y, 1)
        rows.append(_placed(plan, place, f"ZX1 {sector + 1}{letters}", areas))
    return pd.DataFrame(rows)


def _placed(plan: Plan, place: XY, postcode: str, areas: pd.Series) -> Row:
    east, north = plan.metres(place)
    lon, lat = plan.degrees(place)
    inside = [code for code, shape in areas.items() if shape.covers(Point(place))]
    return {
        "pcds": postcode,
        "oseast1m": int(east),
        "osnrth1m": int(north),
        "lsoa21": inside[0] if inside else None,
        "lat": f"{lat:.6f}",
        "long": f"{lon:.6f}",
    }


def make_register(plan: Plan, postcodes: pd.DataFrame) -> pd.DataFrame:
    """The register as a council keeps it: gaps, several ways of placing, columns not for us."""
    east, north = plan.given["origin"]
    middles = [Point(e - east, n - north) for e, n in
               zip(postcodes["oseast1m"], postcodes["osnrth1m"], strict=True)]  # fmt: skip
    tree, rows = STRtree(middles), []
    for number, row in enumerate(plan.given["register"]):
        there = plan.metres(row["at"])
        by = row["placed"]
        own, known = row["name"], by != "nothing"
        code = postcodes["pcds"].iloc[int(tree.nearest(Point(row["at"])))]
        rows.append(
            {
                "Asset Ref": f"OSF-{number + 1:03d}",
                "Asset Name": own,
                "Asset Type": row["type"],
                "Address": f"{own}, Osierford" if known else "not recorded",
                "Post Code": _typed(code, number) if known else "",
                "UPRN": FIRST_UPRN + number if by == "uprn" else None,
                "Easting": there[0] if by == "point" else None,
                "Northing": there[1] if by == "point" else None,
                "Capacity (people)": row["capacity"],
                "Opening Hours": row["hours"],
                "Step free?": row["step_free"],
                **_held(row),
                "Visibility": row.get("visibility", "public"),
                "Last checked": f"2025-{1 + int(12 * draw('month', own)):02d}-15",
                "contact_name": pick(OWN_NAMES, "contact", own),
                "contact_email": f"desk{number + 1}@osierford.example",
            }
        )
    return pd.DataFrame(rows).astype({"UPRN": "Int64"})


def _held(row: Row) -> Row:
    """How it is held: some leases and grants end soon, two are listed, one has community value."""
    own = row["name"]
    owner = pick(OWNERS, "owner", own)
    value = row["type"] == "Community Centre" and draw("value", own) < OF_VALUE
    grant = owner != "Osierford Council" and draw("grant", own) < GRANTED
    hired = row["type"] in HIRED
    return {
        "Owner": owner,
        "Tenure": HELD[owner],
        "Lease ends": f"{2027 + int(12 * draw('lease', own))}-03-31" * (HELD[owner] != "Freehold"),
        "Funding ends": f"31/03/{2027 + int(4 * draw('until', own))}" * grant,
        "ACV under": "2011" * value,
        "ACV listed": f"{2023 + int(3 * draw('listed', own))}-06-01" * value,
        "Listed building": GRADES.get(own, "no"),
        "Hire (an hour)": 6 + 2 * int(10 * draw("hire", own)) if hired else "",
        "Hours free (a week)": int(40 * draw("free", own)) if hired else "",
    }


def _typed(postcode: str, number: int) -> str:
    """As people type it: with a space, without, or in small letters."""
    return [postcode, postcode.replace(" ", ""), postcode.lower()][number % 3]


def make_uprns(plan: Plan, built: Sequence[Building]) -> pd.DataFrame:
    """UPRNs of the register's sites and of some homes, in OS Open UPRN's columns."""
    places = [tuple(row["at"]) for row in plan.given["register"]]
    homes = [building.outline.centroid for building in built if building.home][
        :: 4 * HOMES_A_POSTCODE
    ]
    places += [(home.x, home.y) for home in homes]
    rows = []
    for number, place in enumerate(places):
        east, north = plan.metres(place)
        lon, lat = plan.degrees(place)
        rows.append((FIRST_UPRN + number, east, north, f"{lat:.7f}", f"{lon:.7f}"))
    heads = ["UPRN", "X_COORDINATE", "Y_COORDINATE", "LATITUDE", "LONGITUDE"]
    return pd.DataFrame(rows, columns=heads)
