"""Every measure the slow obvious way: whole matrices, plain loops, one formula a line."""

from __future__ import annotations

import math

import numpy as np


def over(a, b):
    return a / b if b > 0 else 0.0


def weights(minutes, supply, curve):
    """W_ij; a pair out of reach weighs nothing, and a place without supply is no choice."""
    return [
        [float(curve(c)) if math.isfinite(c) and s > 0 else 0.0 for c, s in zip(row, supply)]  # noqa: B905 - as long by construction
        for row in minutes
    ]


def two_step(minutes, people, supply, curve):
    W = weights(minutes, supply, curve)
    rows, places = range(len(people)), range(len(supply))
    R = [over(supply[j], sum(people[k] * W[k][j] for k in rows)) for j in places]
    return [sum(R[j] * W[i][j] for j in places) for i in rows]


def three_step(minutes, people, supply, curve):
    W = weights(minutes, supply, curve)
    rows, places = range(len(people)), range(len(supply))
    G = [[over(W[i][j], sum(W[i])) for j in places] for i in rows]
    R = [over(supply[j], sum(people[k] * G[k][j] * W[k][j] for k in rows)) for j in places]
    return [sum(G[i][j] * R[j] * W[i][j] for j in places) for i in rows]


def modified(minutes, people, supply, curve):
    W = weights(minutes, supply, curve)
    rows, places = range(len(people)), range(len(supply))
    R = [over(supply[j], sum(people[k] * W[k][j] for k in rows)) for j in places]
    return [sum(R[j] * W[i][j] ** 2 for j in places) for i in rows]


def huff(minutes, people, supply, curve):
    W = weights(minutes, supply, curve)
    rows, places = range(len(people)), range(len(supply))
    pull = [
        [supply[j] / max(minutes[i][j], 1.0) if W[i][j] > 0 else 0.0 for j in places] for i in rows
    ]
    H = [[over(pull[i][j], sum(pull[i])) for j in places] for i in rows]
    R = [over(supply[j], sum(people[k] * H[k][j] * W[k][j] for k in rows)) for j in places]
    return [sum(H[i][j] * R[j] * W[i][j] for j in places) for i in rows]


def balanced(minutes, people, supply, curve):
    W = weights(minutes, supply, curve)
    rows, places = range(len(people)), range(len(supply))
    D = [sum(people[i] * over(W[i][j], sum(W[i])) for i in rows) for j in places]
    L = [over(supply[j], D[j]) for j in places]
    column = [sum(W[i][j] for i in rows) for j in places]
    return [sum(L[j] * over(W[i][j], column[j]) for j in places) for i in rows]


def availability(minutes, people, supply, curve):
    W = weights(minutes, supply, curve)
    rows, places = range(len(people)), range(len(supply))
    Fp = [over(p, sum(people)) for p in people]
    Fc = [[over(W[i][j], sum(W[k][j] for k in rows)) for j in places] for i in rows]
    whole = [sum(Fp[k] * Fc[k][j] for k in rows) for j in places]
    return [sum(supply[j] * over(Fp[i] * Fc[i][j], whole[j]) for j in places) for i in rows]


def gravity(minutes, people, supply, curve):
    W = weights(minutes, supply, curve)
    return [sum(supply[j] * W[i][j] for j in range(len(supply))) for i in range(len(people))]


def nearest(minutes):
    return [min((c for c in row if math.isfinite(c)), default=math.nan) for row in minutes]


def nearest_mean(minutes, k):
    kept = [sorted(c for c in row if math.isfinite(c)) for row in minutes]
    return [sum(row[:k]) / k if len(row) >= k else math.nan for row in kept]


def diminishing(minutes, curve, delta):
    kept = [sorted(c for c in row if math.isfinite(c)) for row in minutes]
    return [sum(float(curve(c)) * delta**n for n, c in enumerate(row)) for row in kept]


def averaged(minutes, supply, from_min, to_min, cuts=4000):
    """Cumulative supply, averaged over many evenly spaced cut-offs."""
    taus = from_min + (np.arange(cuts) + 0.5) * (to_min - from_min) / cuts
    return [
        float(np.mean([sum(s for c, s in zip(row, supply) if c <= tau) for tau in taus]))  # noqa: B905 - as long by construction
        for row in minutes
    ]


def shannon(minutes, themes, cut_off_min):
    found = []
    for row in minutes:
        held = [theme for c, theme in zip(row, themes) if c <= cut_off_min]  # noqa: B905 - as long by construction
        shares = [held.count(theme) / len(held) for theme in sorted(set(held))]
        found.append(-sum(p * math.log(p) for p in shares))
    return found
