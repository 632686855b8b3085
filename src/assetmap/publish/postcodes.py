"""Postcodes packed for a page: about three signs each, so that a borough fits in 25 kB."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%()*+,-./:;=?@[]^_{|}~"
"""Digits of the packing: none that HTML or JSON must escape."""

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""Letters of the last part of a postcode; C, I, K, M, O and V are not used there."""

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?) ?([0-9])([A-Z])([A-Z])")


def packed(postcodes: pd.DataFrame, numbers: Mapping[str, int]) -> dict[str, list[object]]:
    """Sector to its areas and its postcodes; ``numbers`` is the number of each area.

    Of each postcode two digits: how far its two letters lie after those of the one before, and
    which of the sector's areas it is in. A step of the last digit or more is that digit and two
    more. What is no postcode of the United Kingdom, or in none of the areas, is left out.
    """
    sectors: dict[str, dict[int, int]] = {}
    for written, area in zip(postcodes["postcode"], postcodes["area_id"], strict=True):
        found = _POSTCODE.fullmatch(" ".join(str(written).upper().split()))
        if not found or area not in numbers or not {found[3], found[4]} <= set(LETTERS):
            continue
        unit = LETTERS.index(found[3]) * len(LETTERS) + LETTERS.index(found[4])
        sectors.setdefault(f"{found[1]} {found[2]}", {})[unit] = numbers[area]
    return {sector: _sector(units) for sector, units in sorted(sectors.items())}


def _sector(units: Mapping[int, int]) -> list[object]:
    areas = sorted(set(units.values()))
    before, signs = -1, []
    for unit, area in sorted(units.items()):
        signs.append(_step(unit - before - 1) + _step(areas.index(area)))
        before = unit
    return [areas, "".join(signs)]


def _step(size: int) -> str:
    last = len(SIGNS) - 1
    if size < last:
        return SIGNS[size]
    return SIGNS[last] + SIGNS[size // len(SIGNS)] + SIGNS[size % len(SIGNS)]
