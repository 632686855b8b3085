"""Who lives in a place: how many in a hundred are in each group that the study holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetmap.publish.rounding import hundredths

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from assetmap.publish.edition import Edition
    from assetmap.publish.words import Words


@dataclass(frozen=True, kw_only=True)
class Groups:
    """One kind of group, with the plain names of its groups.

    ``people`` are groups by areas; ``at`` is where each area is among these.
    """

    kind: str
    names: tuple[str, ...]
    people: NDArray[np.float64]
    at: Mapping[str, int]
    everywhere: tuple[int, ...]

    def shares(self, area_ids: Collection[str]) -> tuple[int, ...]:
        """How many in a hundred of some areas are in each group; none where nobody is in any."""
        here = sorted(self.at[area] for area in area_ids if area in self.at)
        return _in_a_hundred(self.people[:, here].sum(axis=1))


def groups_of(edition: Edition, words: Words) -> list[Groups]:
    """Every kind of group, and its groups, in order; none where nobody says who lives there."""
    if edition.population is None:
        return []
    own = edition.of_own(edition.population)
    found = []
    for kind, rows in own[own["kind"] != "all"].groupby("kind", sort=True):
        by_area = rows.pivot_table(
            index="area_id", columns="group", values="people", aggfunc="sum", fill_value=0
        )
        people = by_area.to_numpy("float64").T.copy()
        found.append(
            Groups(
                kind=_called(str(kind), words),
                names=tuple(words.told(str(group)) for group in by_area.columns),
                people=people,
                at={str(area): row for row, area in enumerate(by_area.index)},
                everywhere=_in_a_hundred(people.sum(axis=1)),
            )
        )
    return found


def _in_a_hundred(people: NDArray[np.float64]) -> tuple[int, ...]:
    everybody = people.sum()
    return tuple(hundredths(share) for share in people / everybody) if everybody > 0 else ()


def _called(kind: str, words: Words) -> str:
    key = f"people.kind_{kind}"
    return words.say(key) if words.has(key) else words.told(kind)
