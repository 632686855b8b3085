"""Colours stay apart in every kind of sight, by day and by night."""

from __future__ import annotations

import numpy as np
import pytest

from assetmap.publish.style import DARK, LIGHT

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB
SEEN = {
    "all": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
               [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
               [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
               [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def linear(colour: str) -> np.ndarray:
    srgb = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = to_xyz @ rgb / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one: str, two: str) -> float:
    light = [
        float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour)) + 0.05 for colour in (one, two)
    ]
    return max(light) / min(light)


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["day", "night"])
def test_classes_stay_apart_in_every_kind_of_sight(palette: dict[str, str], seen: str) -> None:
    def apart(one: str, two: str) -> float:
        sight = np.array(SEEN[seen])
        a, b = (lab(np.clip(sight @ linear(palette[name]), 0, 1)) for name in (one, two))
        return float(np.linalg.norm(a - b))

    results = [f"r{code}" for code in range(1, 7)]
    # 5 and 6 are both quiet ground; the lattice and the dashed edge of 6 tell them apart
    pairs = [(a, b) for a in results for b in results if a < b and (a, b) != ("r5", "r6")]
    for one, two in [*pairs, *((f"q{s}", f"q{s + 1}") for s in range(1, 5))]:
        assert apart(one, two) >= 10, (one, two)
    # parks are drawn over results and over figures in classes, beside water
    for kind in [*results, *(f"q{step}" for step in range(1, 6)), "water"]:
        assert apart("green", kind) >= 10, kind


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["day", "night"])
def test_text_and_lines_have_contrast(palette: dict[str, str]) -> None:
    for ground in ("paper", "panel", "note"):
        for text in ("ink", "soft", "link"):
            assert contrast(palette[text], palette[ground]) >= 4.5, (text, ground)
    for line in ("edge", "line", "focus", "note-edge"):
        assert contrast(palette[line], palette["paper"]) >= 3, line
    for code in (1, 2, 3, 4, 6):  # the pattern on its fill; 5 has none
        assert contrast(palette[f"i{code}"], palette[f"r{code}"]) >= 2.5, code
