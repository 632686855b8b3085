"""Numbers as a reader wants them. Nothing is computed here: what is published is only rounded."""

from __future__ import annotations

import math

THOUSAND = 1_000
TEN_THOUSAND = 10_000
HUNDRED = 100


def people_read(people: float) -> str:
    """People for a sentence: to 10 under a thousand, to 100 under ten thousand, else to 1,000."""
    step = 10 if people < THOUSAND else 100 if people < TEN_THOUSAND else 1_000
    rounded = step * math.floor(people / step + 0.5)
    return f"{rounded if rounded or people <= 0 else step:,}"


def whole(number: float) -> str:
    """A whole number with commas; a half goes up."""
    return f"{math.floor(number + 0.5):,}"


def hundredths(share: float) -> int:
    """A share as people in 100; never 100 unless all, never 0 unless none."""
    near = math.floor(HUNDRED * share + 0.5)
    if 0 < share < 1:
        return min(max(near, 1), 99)
    return near
