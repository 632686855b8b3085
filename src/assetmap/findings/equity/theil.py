"""Theil's T and L, and their parts between and within groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assetmap.findings.equity.people import NOBODY, Figure, shared, undefined

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]


class Parts(NamedTuple):
    """An index, its part between groups and its part within them: between + within = total."""

    total: Figure
    between: Figure
    within: Figure


def theil_t(values: ArrayLike, people: ArrayLike) -> Figure:
    """T = Σ p (y/μ) ln(y/μ), with 0 ln 0 = 0: people with no access stay in.

    Undefined where a value is below zero, or nobody has any.
    """
    held = shared(values, people)
    if held is None:
        return NOBODY
    if (held.y < 0).any():
        return undefined("some values are below zero")
    if held.mean == 0:
        return undefined("nobody has any")
    return Figure(0.0 if held.equal else _t(held.y, held.p))


def theil_l(values: ArrayLike, people: ArrayLike) -> Figure:
    """L = Σ p ln(μ/y), the mean log deviation. Undefined where anybody has none."""
    held = shared(values, people)
    if held is None:
        return NOBODY
    if (held.y[held.p > 0] <= 0).any():
        return undefined("some people have none: the logarithm of zero is not a number")
    return Figure(0.0 if held.equal else _l(held.y, held.p))


def theil_t_parts(values: ArrayLike, people: ArrayLike, groups: ArrayLike) -> Parts:
    """T = Σ s_g ln(μ_g/μ) + Σ s_g T_g, s_g a group's share of the total.

    References
    ----------
    Shorrocks 1980, Econometrica 48, 613.
    """
    total = theil_t(values, people)
    held = shared(values, people)
    if total.value is None or held is None:
        return Parts(total, total, total)
    between = within = 0.0
    for p, y in _by_group(held.p, held.y, groups):
        part = float((p * y).sum())
        if part > 0:
            of_total = part / held.mean
            between += of_total * float(np.log(part / p.sum() / held.mean))
            within += of_total * _t(y, p / p.sum())
    return Parts(total, Figure(between), Figure(within))


def theil_l_parts(values: ArrayLike, people: ArrayLike, groups: ArrayLike) -> Parts:
    """L = Σ p_g ln(μ/μ_g) + Σ p_g L_g, p_g a group's share of people."""
    total = theil_l(values, people)
    held = shared(values, people)
    if total.value is None or held is None:
        return Parts(total, total, total)
    between = within = 0.0
    for p, y in _by_group(held.p, held.y, groups):
        size = float(p.sum())
        between += size * float(np.log(held.mean / ((p * y).sum() / size)))
        within += size * _l(y, p / size)
    return Parts(total, Figure(between), Figure(within))


def _by_group(p: Numbers, y: Numbers, groups: ArrayLike) -> list[tuple[Numbers, Numbers]]:
    """Shares and values of each group that has people, in the groups' own order."""
    labels, group = np.unique(np.asarray(groups), return_inverse=True)
    lived = p > 0
    parts = [(group == number) & lived for number in range(len(labels))]
    return [(p[part], y[part]) for part in parts if part.any()]


def _t(y: Numbers, p: Numbers) -> float:
    ratio = y / (p * y).sum()
    logs = np.log(ratio, out=np.zeros_like(ratio), where=ratio > 0)
    return float((p * ratio * logs).sum())


def _l(y: Numbers, p: Numbers) -> float:
    lived = p > 0
    y, p = y[lived], p[lived]
    return float((p * np.log((p * y).sum() / y)).sum())
