"""Random draws as functions: of a seed, a draw, a kind, and what the thing is; never of its row.

A number here depends on nothing but its arguments. Shuffling rows, adding an asset or sharing the
work among processes leaves every other number as it was. Every function gives one row a draw and
one column a thing.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaincinv, ndtri

from assetmap.errors import Fault, MethodError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray

    Keys = NDArray[np.uint64]
    Numbers = NDArray[np.float64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
STEPS = 2.0**-53
"""One step of a float between 0 and 1."""


def named(names: Iterable[str]) -> Keys:
    """The keys of things that have a name and no place: a setting, a theme, an area."""
    texts = list(names)
    keys = {name: _of_text(name) for name in set(texts)}
    return np.array([keys[name] for name in texts], dtype=np.uint64)


def placed(categories: Iterable[str], x_m: ArrayLike, y_m: ArrayLike) -> Keys:
    """The keys of things that have a place: their category, and coordinates to the metre.

    Two of one category on one metre are one thing to chance: both are there, or neither.
    """
    keys = named(categories)
    for axis in (x_m, y_m):
        metres = np.rint(np.asarray(axis, dtype=np.float64)).astype(np.int64)
        keys = _mixed(keys ^ metres.view(np.uint64))
    return keys


def uniform(seed: int, draws: ArrayLike, *, kind: str, what: Keys) -> Numbers:
    """Numbers from 0 to under 1: draws by things.

    The generator is SplitMix64's finaliser, applied once to each part of what is drawn.

    Parameters
    ----------
    seed
        The study's.
    draws
        Which draws, from 0.
    kind
        What is drawn of a thing: two kinds of one thing are independent.
    what
        Keys of things (:func:`named`, :func:`placed`).

    References
    ----------
    Steele, Lea and Flood 2014, *Fast splittable pseudorandom number generators*,
    doi:10.1145/2660193.2660195. Salmon and others 2011, *Parallel random numbers: as easy as 1, 2,
    3*, doi:10.1145/2063384.2063405, for numbers by counter.
    """
    rows = np.atleast_1d(np.asarray(draws, dtype=np.int64)).view(np.uint64)
    start = _of_text(f"{seed}/{kind}")
    mixed = _mixed(_mixed(start ^ rows)[:, None] ^ what[None, :])
    out: Numbers = (mixed >> np.uint64(11)).astype(np.float64) * STEPS
    return out


def normal(seed: int, draws: ArrayLike, *, kind: str, what: Keys) -> Numbers:
    """Numbers with mean 0 and spread 1: draws by things."""
    # half a step: never 0, whose place on the bell is minus infinity
    out: Numbers = ndtri(uniform(seed, draws, kind=kind, what=what) + STEPS / 2)
    return out


def triangular(
    seed: int, draws: ArrayLike, *, kind: str, what: Keys, ends: tuple[float, float, float]
) -> Numbers:
    """Numbers between a least and a greatest, most often near the likeliest: draws by things.

    ``ends`` are the least, the likeliest and the greatest; all alike draw that number.

    Raises
    ------
    MethodError
        For ends out of order.
    """
    low, mode, high = ends
    if not low <= mode <= high:
        what_is = f"a triangle from {low:g} over {mode:g} to {high:g}"
        raise MethodError(Fault(what=what_is, attempt="order them"))
    chance = uniform(seed, draws, kind=kind, what=what)
    width = high - low
    turn = (mode - low) / width if width else 0.0
    rising = low + np.sqrt(chance * width * (mode - low))
    falling = high - np.sqrt((1 - chance) * width * (high - mode))
    out: Numbers = np.where(chance < turn, rising, falling)
    return out


def chosen(seed: int, draws: ArrayLike, *, kind: str, what: Keys, shares: ArrayLike) -> NDArray[
    np.int64
]:  # fmt: skip
    """Which of several is drawn, by its share of the chances: draws by things, counted from 0.

    Raises
    ------
    MethodError
        For no shares, a share below 0, or shares that are all 0.
    """
    weights = np.asarray(shares, dtype=np.float64)
    if not len(weights) or (weights < 0).any() or not weights.sum() > 0:
        raise MethodError(Fault(what="shares that no choice can be drawn by"))
    ends = np.cumsum(weights) / weights.sum()
    chance = uniform(seed, draws, kind=kind, what=what)
    last = int(np.flatnonzero(weights).max())
    out: NDArray[np.int64] = np.searchsorted(ends, chance, side="right").clip(max=last)
    return out


def dirichlet(seed: int, draws: ArrayLike, *, kind: str, what: Keys, alpha: ArrayLike) -> Numbers:
    """Weights that sum to 1 in every draw, ``alpha`` / Σ ``alpha`` on average: draws by things.

    Gamma variates by their inverse distribution, over their sum. A thing with alpha 0 weighs 0.

    Raises
    ------
    MethodError
        For an alpha below 0, or alphas that are all 0.
    """
    alphas = np.asarray(alpha, dtype=np.float64)
    if (alphas < 0).any() or not alphas.sum() > 0:
        raise MethodError(Fault(what="weights that nothing can be drawn around"))
    chance = uniform(seed, draws, kind=kind, what=what) + STEPS / 2
    gammas = np.where(alphas > 0, gammaincinv(np.where(alphas > 0, alphas, 1.0), chance), 0.0)
    out: Numbers = gammas / gammas.sum(axis=1, keepdims=True)
    return out


def _of_text(text: str) -> np.uint64:
    digest = blake2b(text.encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def _mixed(keys: Keys) -> Keys:
    """SplitMix64's finaliser: neighbouring keys give numbers that have nothing in common."""
    with np.errstate(over="ignore"):
        mixed = keys + GOLDEN
        mixed = (mixed ^ (mixed >> np.uint64(30))) * FIRST
        mixed = (mixed ^ (mixed >> np.uint64(27))) * SECOND
    out: Keys = mixed ^ (mixed >> np.uint64(31))
    return out
