"""From origins to areas, weighted by people, with the spread inside each area."""

from __future__ import annotations

import pandas as pd

LEAST_ORIGINS_FOR_SPREAD = 5


def mean_by_area(values: pd.Series, origins: pd.DataFrame) -> pd.Series:
    """The mean of a measure over an area's people, ``Σ P_o y_o / Σ P_o``.

    Origins without a value (nothing within the cut-off) are left out of the mean: a mean over
    them would need an invented number. An area without any value comes back empty (NaN), as does
    one whose people with a value are none.
    """
    joined = _with_people(values, origins)
    known = joined[joined["value"].notna()]
    weighted = (known["value"] * known["people"]).groupby(known["area_id"]).sum()
    people = known.groupby("area_id")["people"].sum()
    areas = _areas(origins)
    return (weighted / people.where(people > 0)).reindex(areas).rename("mean")


def share_by_area(holds: pd.Series, origins: pd.DataFrame) -> pd.Series:
    """The share of an area's people for whom something holds; of all its people.

    ``holds`` is a boolean by ``from_id``. An area without people comes back empty (NaN).
    """
    return mean_by_area(holds.astype("float64"), origins).rename("share")


def quantile_by_area(values: pd.Series, origins: pd.DataFrame, *, q: float) -> pd.Series:
    """The value that a share q of an area's people do not exceed; unreached people count as last.

    The smallest value at which the cumulated people reach ``q Σ P``. Empty (NaN) where that
    person is out of reach, and where the area has fewer than five origins: a spread over so few
    places would say more about the places than about the people.
    """
    joined = _with_people(values, origins).sort_values(["area_id", "value", "from_id"])
    by_area = joined.groupby("area_id", sort=True)["people"]
    total = by_area.transform("sum")
    enough = (by_area.transform("size") >= LEAST_ORIGINS_FOR_SPREAD) & (total > 0)
    # NaN sorts last, so the unreached are the end of the line; the margin is for sums of floats
    arrived = by_area.cumsum() >= q * total * (1 - 1e-9)
    first = joined[enough & arrived].drop_duplicates("area_id").set_index("area_id")["value"]
    return first.reindex(_areas(origins)).rename(f"p{round(100 * q)}")


def _with_people(values: pd.Series, origins: pd.DataFrame) -> pd.DataFrame:
    """Each origin's area, people and value, in order of ``from_id``, so that sums are the same."""
    ordered = (
        origins if origins["from_id"].is_monotonic_increasing else origins.sort_values("from_id")
    )
    ids = pd.Index(ordered["from_id"])
    aligned = values if values.index.equals(ids) else values.reindex(ids)
    return pd.DataFrame(
        {
            "from_id": ids,
            "area_id": ordered["area_id"].to_numpy(),
            "people": ordered["people"].to_numpy(),
            "value": aligned.to_numpy(),
        }
    )


def _areas(origins: pd.DataFrame) -> pd.Index:
    known: pd.Index = pd.Index(sorted(origins["area_id"].unique()), dtype="str", name="area_id")
    return known
