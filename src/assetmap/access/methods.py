"""The METHODS rows of access: every measure's name, formula and source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assetmap.access.summarise import LEAST_ORIGINS_FOR_SPREAD
from assetmap.errors import Fault, MethodError, nearest_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from assetmap.access.decay import Decay

OWN = "Design choice"
WORKED = "verified on worked numbers"


class Method(NamedTuple):
    """What is the same in every study: a measure's name, formula, source and status."""

    name: str
    formula: str
    source: str
    status: str


MEASURES = {
    "nearest": Method(
        "Nearest",
        "N = min c over the places that count; empty, never a large number, beyond the cut-off",
        "Apparicio et al. 2008, Int J Health Geogr 7, 7",
        WORKED,
    ),
    "nearest_mean": Method(
        "Mean of the k nearest",
        "mean of the k least c; empty where fewer than k are within the cut-off",
        OWN,
        "design choice",
    ),
    "within": Method(
        "Share within a standard",
        "Σ P 1[N ≤ limit] / Σ P over measured origins, those who reach nothing included",
        "The source of each standard",
        "as each standard says",
    ),
    "theme": Method(
        "Theme met",
        "within any measured standard of the theme; what is not measured is never a failure",
        OWN,
        "design choice",
    ),
    "spread": Method(
        "Spread inside an area",
        "least minutes that 10 % and 90 % of people do not exceed, the unreached last; empty for "
        f"fewer than {LEAST_ORIGINS_FOR_SPREAD} origins",
        OWN,
        "design choice",
    ),
    "score": Method(
        "Composite access score",
        "standard: clip((2t - c) / (2t - t/2), 0, 1), t the limit; theme: its best measured "
        "standard; score: weighted mean over the measured themes; area: mean over people",
        "OECD and JRC 2008, Handbook on Constructing Composite Indicators; goalposts are a design "
        "choice",
        "design choice",
    ),
    "coverage": Method("Coverage", "Σ P 1[N ≤ limit] / Σ P over all people", "Customary", WORKED),
    "cumulative": Method(
        "Cumulative opportunities",
        "C = Σ S 1[c ≤ limit]",
        "Wachs and Kumagai 1973, Socio-Econ Plann Sci 7, 437",
        WORKED,
    ),
    "cumulative_interval": Method(
        "Cumulative opportunities over an interval",
        "Σ S clip((b - c)/(b - a), 0, 1): C averaged over every limit from a to b",
        "Tomasiello et al. 2023, Appl Geogr 157, 103007",
        "averaged exactly, not by whole minutes",
    ),
    "gravity": Method("Gravity", "A = Σ S f(c)", "Hansen 1959, J Am Inst Plann 25, 73", WORKED),
    "two_step": Method(
        "Capacity for each person (two-step floating catchment)",
        "R = S / Σ P f; A = Σ R f: each place's capacity shared among all within reach of it",
        "Luo and Wang 2003, Environ Plann B 30, 865; Luo and Qi 2009, Health Place 15, 1100",
        WORKED,
    ),
    "three_step": Method(
        "Three-step floating catchment",
        "G = f / Σ f; R = S / Σ P G f; A = Σ G R f",
        "Wan, Zou and Sternberg 2012, Int J Geogr Inf Sci 26, 1073",
        WORKED,
    ),
    "modified": Method(
        "Modified two-step floating catchment",
        "A = Σ S f² / Σ P f",
        "Delamater 2013, Health Place 24, 30",
        WORKED,
    ),
    "huff": Method(
        "Huff floating catchment",
        "H = S c^-b / Σ S c^-b, c at least 1 min; R = S / Σ P H f; A = Σ H R f",
        "Luo 2014, Health Place 30, 436",
        WORKED,
    ),
    "balanced": Method(
        "Balanced floating catchment",
        "D = Σ P f / Σ_j f; L = S / D; A = Σ L f / Σ_i f",
        "Páez, Higgins and Vivona 2019, PLoS ONE 14(6), e0218773",
        WORKED,
    ),
    "raam": Method(
        "Rational agent access model (higher is worse)",
        "cost at which nobody does better elsewhere: c/tau + (D/S)/rho",
        "Saxon and Snow 2020, Ann Am Assoc Geogr 110, 205",
        WORKED,
    ),
    "availability": Method(
        "Spatial availability",
        "V = Σ S P^alpha f / Σ P^alpha f, for the origin as a whole; by area 1000 Σ V / Σ P",
        "Soukhov et al. 2023, PLoS ONE 18(2), e0278468",
        WORKED,
    ),
    "diminishing": Method(
        "Choice with diminishing returns",
        "Σ d^(k-1) f(c_k), c_k the k-th nearest",
        "Design choice, after the DfT Connectivity metric",
        "design choice",
    ),
    "themes_within": Method(
        "Themes within reach", "distinct themes with c ≤ limit", OWN, "design choice"
    ),
    "theme_diversity": Method(
        "Diversity of themes within reach",
        "-Σ p ln p, p each theme's share of the places with c ≤ limit",
        "Shannon 1948, Bell Syst Tech J 27, 379",
        WORKED,
    ),
    "provision": Method(
        "Provision per 1,000 people",
        "1000 A of the two-step floating catchment, S in hectares where places have a size",
        "Luo and Wang 2003, Environ Plann B 30, 865",
        WORKED,
    ),
    "deficiency": Method(
        "Area of deficiency",
        "no green space of the tier or larger within the tier's distance",
        "GiGL; London Plan 2021, Table 8.1",
        "as each tier says",
    ),
    "ground_within": Method(
        "Ground within a walk",
        "union of 25 m around streets from which the nearest place is within the minutes, cut "
        "where they end; on straight lines, discs; people are counted from travel costs",
        "O'Sullivan, Morrison and Shearer 2000, Int J Geogr Inf Sci 14, 85",
        WORKED,
    ),
    "open_then": Method(
        "Open at the time asked",
        "nearest and share within a standard over places known to be open (open), and over those "
        "and places of unknown hours (maybe open): the share lies between the two",
        "OpenStreetMap opening_hours; Manski 2003, Partial Identification of Probability "
        "Distributions",
        WORKED,
    ),
    "green_headline": Method(
        "Green-space headline met",
        "any tier of every group of the profile within its distance",
        "Natural England, Green Infrastructure Framework (2023)",
        "as each tier says",
    ),
}


def method_rows(settings: Mapping[str, str]) -> list[dict[str, str]]:
    """The METHODS row of each measure named, with the settings of the study in words.

    Raises
    ------
    MethodError
        For every measure that is not known, with the nearest that is.
    """
    faults = [
        Fault(
            what=f"measure '{name}' is not known",
            where="measures",
            attempt=nearest_name(name, MEASURES) or f"one of {', '.join(MEASURES)}",
        )
        for name in settings
        if name not in MEASURES
    ]
    if faults:
        raise MethodError(faults)
    return [
        {
            "name": MEASURES[name].name,
            "formula": MEASURES[name].formula,
            "settings": words,
            "source": MEASURES[name].source,
            "status": MEASURES[name].status,
        }
        for name, words in settings.items()
    ]


def methods(
    standards: pd.DataFrame,
    *,
    weights: Mapping[str, float],
    themes: Collection[str],
    decay: Decay | None = None,
) -> list[dict[str, str]]:
    """The METHODS rows of what a study measures without being asked.

    ``standards`` are STANDARDS in use; ``weights`` and ``themes`` those of the score; ``decay``
    the curve of capacity for each person, or None where it is not measured.
    """
    limits = ", ".join(
        f"{row.standard_id} {row.threshold_m:g} m ({row.threshold_min:g} min)"
        for row in standards.sort_values("standard_id").itertuples()
    )
    shares = ", ".join(f"{theme} {weights.get(theme, 1.0):g}" for theme in sorted(themes))
    settings = {
        "nearest": "minutes one way; parks by their access points",
        "within": f"{limits}; the equal case is within",
        "theme": "; ".join(_by_theme(standards)),
        "spread": "over all measured origins of the area",
        "score": f"arithmetic mean; weights {shares}, shared out anew where a theme is not "
        "measured",
    }
    if decay is not None:
        settings["two_step"] = words_of(decay)
    return method_rows(settings)


def words_of(decay: Decay) -> str:
    """A curve in words: its name, formula, numbers and source."""
    return f"{decay.name} decay, {decay.formula}; {decay.settings} ({decay.source})"


def _by_theme(standards: pd.DataFrame) -> list[str]:
    return [
        f"{theme}: {', '.join(sorted(rows['standard_id']))}"
        for theme, rows in standards.groupby("theme", sort=True)
    ]
