"""The indices of deprivation: weights, domains and what each publishes, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assetmap.errors import Fault, MethodError, nearest_name

_ENGLAND = (
    ("income", 0.225), ("employment", 0.225), ("education", 0.135), ("health", 0.135),
    ("crime", 0.093), ("barriers", 0.093), ("living", 0.093),
)  # fmt: skip
_WALES = (
    ("income", 0.22), ("employment", 0.22), ("health", 0.15), ("education", 0.14),
    ("access", 0.10), ("housing", 0.07), ("safety", 0.05), ("environment", 0.05),
)  # fmt: skip
_SCOTLAND = (
    ("income", 0.28), ("employment", 0.28), ("health", 0.14), ("education", 0.14),
    ("access", 0.09), ("crime", 0.05), ("housing", 0.02),
)  # fmt: skip
_NORTHERN_IRELAND = (
    ("income", 0.25), ("employment", 0.25), ("health", 0.15), ("education", 0.15),
    ("access", 0.10), ("living", 0.05), ("crime", 0.05),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Index:
    """One edition of one nation's index of deprivation.

    Attributes
    ----------
    id
        Short name, as ``iod2025``.
    nation
        The nation it ranks; indices of two nations are never compared.
    areas
        How many areas it ranks, N; None where as many as the table holds (an invented place).
    weights
        Domain and weight, as published. England's add up to 0.999 and are not rescaled.
    access_domain
        The domain that already holds access to services, left out of the default basis.
    without_access
        Name of the basis that leaves it out.
    combines
        ``ranks``: the score is the weighted sum of exponentially transformed domain ranks;
        ``scores``: of the published domain scores.
    """

    id: str
    title: str
    nation: str
    areas: int | None
    weights: tuple[tuple[str, float], ...]
    access_domain: str
    without_access: str
    combines: Literal["ranks", "scores"]
    source: str
    status: str
    rates: tuple[str, ...] = ()
    error: float = 0.001

    @property
    def weights_without_access(self) -> dict[str, float]:
        """Weights of the other domains, as published: divide by their sum (0.906 in England)."""
        return {name: weight for name, weight in self.weights if name != self.access_domain}


_ENGLISH_RATES = ("income", "employment")

_IOD_SOURCE = "MHCLG, English Indices of Deprivation, technical report"

INDICES: dict[str, Index] = {
    index.id: index
    for index in (
        Index(
            id="iod2025", title="English Indices of Deprivation 2025", nation="England",
            areas=33755, weights=_ENGLAND, access_domain="barriers",
            without_access="imd_ex_barriers", combines="ranks",
            rates=_ENGLISH_RATES,
            source=f"{_IOD_SOURCE} 2025", status="verified",
        ),
        Index(
            id="iod2019", title="English Indices of Deprivation 2019", nation="England",
            areas=32844, weights=_ENGLAND, access_domain="barriers",
            without_access="imd_ex_barriers", combines="ranks",
            rates=_ENGLISH_RATES,
            source=f"{_IOD_SOURCE} 2019", status="verified",
        ),
        Index(
            id="iod2015", title="English Indices of Deprivation 2015", nation="England",
            areas=32844, weights=_ENGLAND, access_domain="barriers",
            without_access="imd_ex_barriers", combines="ranks",
            rates=_ENGLISH_RATES,
            source=f"{_IOD_SOURCE} 2015", status="weights from memory",
        ),
        Index(
            id="wimd2019", title="Welsh Index of Multiple Deprivation 2019", nation="Wales",
            areas=1909, weights=_WALES, access_domain="access",
            without_access="imd_ex_access", combines="scores",
            source="Welsh Government, WIMD 2019 technical report", error=0.000001,
            status="verified: fits the published scores to 0.00000001",
        ),
        Index(
            id="simd2020", title="Scottish Index of Multiple Deprivation 2020v2",
            nation="Scotland", areas=6976, weights=_SCOTLAND, access_domain="access",
            without_access="imd_ex_access", combines="ranks",
            source="Scottish Government, SIMD 2020 technical notes", status="from memory",
        ),
        Index(
            id="nimdm2017", title="Northern Ireland Multiple Deprivation Measure 2017",
            nation="Northern Ireland", areas=890, weights=_NORTHERN_IRELAND,
            access_domain="access", without_access="imd_ex_access", combines="ranks",
            source="NISRA, NIMDM 2017 technical report", status="from memory",
        ),
        Index(
            id="example", title="Invented Index of Deprivation", nation="an invented nation",
            areas=None, weights=_ENGLAND, access_domain="barriers",
            without_access="imd_ex_barriers", combines="ranks",
            rates=_ENGLISH_RATES,
            source="Invented, by the method of the English Indices of Deprivation",
            status="invented",
        ),
    )
}  # fmt: skip


def index_of(name: str) -> Index:
    """The index with this id.

    Raises
    ------
    MethodError
        For a name that is not known, with the nearest.
    """
    if name not in INDICES:
        hint = nearest_name(name, INDICES) or f"one of {', '.join(INDICES)}"
        raise MethodError(Fault(what=f"no index of deprivation '{name}'", attempt=hint))
    return INDICES[name]
