"""The outcomes of many draws, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from assetmap.scenarios.outcome import outcomes
from assetmap.scenarios.uncertain import batches, drawn_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from assetmap.findings.left_behind import Flags, Numbers
    from assetmap.scenarios.ground import Ground
    from assetmap.scenarios.listed import Listed
    from assetmap.scenarios.outcome import Assumed
    from assetmap.scenarios.uncertain import Uncertain

BATCH = 32
"""Draws whose assets are drawn at once: enough for numpy, little memory for a country."""
UNRANKED = 0


class Tally(NamedTuple):
    """Draws by areas.

    Attributes
    ----------
    names, values
        What was assumed, and each draw's number of it: draws by names.
    level
        int8 codes, draws by areas.
    rank
        int32, place of the area's score, 1 the lowest; ties share the least; 0 without a score.
    ran_out
        int64, one a draw: origins and standards without a candidate left.
    """

    names: tuple[str, ...]
    values: Numbers
    level: NDArray[np.int8]
    rank: NDArray[np.int32]
    ran_out: NDArray[np.int64]

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """The tally by the names of its parts, to be kept."""
        return {**self._asdict(), "names": np.array(self.names, dtype=np.str_)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Tally:
        """A tally that was kept."""
        numbers = {name: array for name, array in arrays.items() if name != "names"}
        return cls(names=tuple(arrays["names"].tolist()), **numbers)


def tally(
    ground: Ground,
    base: Assumed,
    uncertain: Uncertain,
    known: Listed,
    wanted: Sequence[int] | range,
) -> Tally:
    """The outcomes of the wanted draws, in their order.

    Draws can be shared out: two halves of them, joined, are the whole.
    """
    parts = []
    for batch in batches(len(wanted), BATCH):
        drawn = drawn_of(ground, base, uncertain, known, [wanted[at] for at in batch])
        found = list(outcomes(ground, drawn.assumed))
        parts.append(
            Tally(
                drawn.names,
                drawn.values,
                np.array([one.level for one in found]),
                np.array([rank_of_score(one.score) for one in found]),
                np.array([one.ran_out for one in found], dtype=np.int64),
            )
        )
    return together(parts)


def together(parts: Sequence[Tally]) -> Tally:
    """Several tallies of one ground as one, in the order given."""
    return Tally(
        parts[0].names,
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.level for part in parts]),
        np.concatenate([part.rank for part in parts]),
        np.concatenate([part.ran_out for part in parts]),
    )


def rank_of_score(score: Numbers) -> NDArray[np.int32]:
    """The place of each score from the lowest, 1; ties share the least place, 0 where empty."""
    known: Flags = ~np.isnan(score)
    ordered = np.sort(score[known])
    place = np.searchsorted(ordered, score, side="left") + 1
    return np.where(known, place, UNRANKED).astype(np.int32)
