"""The METHODS rows of fairness."""

from __future__ import annotations

from assetmap.findings.equity.interval import SAYS

OWN = "Design choice"
SOURCES = (
    ("gap", "first fifth of people in line less the last, or less all others", OWN),
    (
        "slope and relative index",
        "√p y = a √p + b √p R; SII = b; RII = (a + b)/a, or b/μ",
        "Mackenbach and Kunst 1997, Soc Sci Med 44, 757; PHEindicatormethods",
    ),
    (
        "concentration indices",
        "C = (2/μ) Σ p (y - μ)(R - 1/2); generalised μC",
        "Wagstaff, Paci and van Doorslaer 1991, Soc Sci Med 33, 545",
    ),
    (
        "bounded concentration indices",
        "Erreygers 4μC/(u - l); Wagstaff (u - l)μC/((u - μ)(μ - l))",
        "Erreygers 2009, J Health Econ 28, 504; Wagstaff 2005, Health Econ 14, 429",
    ),
    ("Gini", "Σ Σ p p |y - y| / 2μ", "Gini 1912"),
    ("Theil T and L", "T = Σ p (y/μ) ln(y/μ); L = Σ p ln(μ/y)", "Shorrocks 1980, Econometrica"),
    ("Atkinson", "1 - (Σ p y^(1-ε))^(1/(1-ε)) / μ", "Atkinson 1970, J Econ Theory 2, 244"),
    ("Palma-type ratio", "mean of the least deprived 10 % over the most deprived 40 %", OWN),
    (
        "access poverty",
        "Σ p ((z - y)/z)^a, for times (t - z)/z; a = 0, 1, 2",
        "Foster, Greer and Thorbecke 1984, Econometrica 52, 761",
    ),
    ("benefit incidence", "share of the gain to the most deprived fifth over its people", OWN),
)


def methods() -> list[dict[str, str]]:
    """One row a measure."""
    return [
        {
            "name": f"Fairness: {name}",
            "formula": formula,
            "settings": f"on people, ties alike; intervals: {SAYS}",
            "source": source,
            "status": "design choice" if source == OWN else "verified on worked numbers",
        }
        for name, formula, source in SOURCES
    ]
