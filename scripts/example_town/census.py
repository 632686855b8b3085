"""Census-like tables, long, for the areas on the map: age, disability, tenure and cars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from example_town.draws import draw, shared_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from example_town.plan import Row

PEOPLE_A_HOUSEHOLD = 2.35
AGES = {  # share, and how it leans with need
    "Aged 15 years and under": (0.18, 0.06),
    "Aged 16 to 24 years": (0.1, 0.03),
    "Aged 25 to 34 years": (0.13, 0.03),
    "Aged 35 to 49 years": (0.19, 0.0),
    "Aged 50 to 64 years": (0.2, -0.04),
    "Aged 65 years and over": (0.2, -0.08),
}
DISABILITY = {
    "Disabled under the Equality Act": (0.18, 0.14),
    "Not disabled under the Equality Act": (0.82, -0.14),
}
TENURE = {
    "Owned: Owns outright": (0.33, -0.36),
    "Owned: Owns with a mortgage or loan": (0.3, -0.26),
    "Shared ownership: Shared ownership": (0.01, 0.0),
    "Social rented: Rents from council or Local Authority": (0.13, 0.34),
    "Social rented: Other social rented": (0.06, 0.12),
    "Private rented: Private landlord or letting agency": (0.14, 0.14),
    "Private rented: Other private rented": (0.02, 0.01),
    "Lives rent free": (0.01, 0.01),
}
CARS = {
    "No cars or vans in household": (0.23, 0.4),
    "1 car or van in household": (0.42, 0.0),
    "2 cars or vans in household": (0.26, -0.28),
    "3 or more cars or vans in household": (0.09, -0.12),
}


def make_census(areas: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables by file stem, in the columns in which the real ones are passed around."""
    ages = pd.DataFrame(
        {"lsoa21_code": row.LSOA21CD, "lsoa21_name": row.LSOA21NM, "age_group": group,
         "usual_residents": count}
        for row, group, count in _counts(areas, AGES, lambda row: row.people)
    )  # fmt: skip
    return {
        "census21_age6_lsoa21": ages,
        "census21_disability_lsoa21": _with_share(
            areas, DISABILITY, ("disability", "total_residents"), lambda row: row.people
        ),
        "census21_tenure_lsoa21": _with_share(
            areas, TENURE, ("tenure", "total_households"), _homes
        ),
        "census21_cars_lsoa21": _with_share(areas, CARS, ("cars", "total_households"), _homes),
    }


def _homes(row: Row) -> int:
    return round(row.people / PEOPLE_A_HOUSEHOLD)


def _counts(
    areas: pd.DataFrame, groups: dict[str, tuple[float, float]], total: Callable[[Row], int]
) -> Iterator[tuple[Row, str, int]]:
    for row in areas.itertuples():
        weights = [
            max(0.002, share + lean * (row.need - 0.5)) * (0.92 + 0.16 * draw(group, row.LSOA21CD))
            for group, (share, lean) in groups.items()
        ]
        for group, count in zip(groups, shared_out(total(row), weights), strict=True):
            yield row, group, count


def _with_share(
    areas: pd.DataFrame,
    groups: dict[str, tuple[float, float]],
    names: tuple[str, str],
    total: Callable[[Row], int],
) -> pd.DataFrame:
    """As the real tables are: a total beside each count, and the share."""
    kind, all_of = names
    rows = [
        {"lsoa21_code": row.LSOA21CD, all_of: total(row), kind: group, "n": count,
         "prop": round(count / total(row), 6)}
        for row, group, count in _counts(areas, groups, total)
    ]  # fmt: skip
    order = [kind, "n", all_of] if kind == "disability" else [all_of, kind, "n"]
    return pd.DataFrame(rows)[["lsoa21_code", *order, "prop"]]
