"""What the measures of fairness are called, in one place."""

from __future__ import annotations

FIFTHS = "gap, most against least deprived fifth"
TENTHS = "gap, most against least deprived tenth"
REST = "gap, most deprived fifth against the rest"
ABSOLUTE, RELATIVE = "absolute", "relative"
SII = "slope index of inequality"
RII = "relative index of inequality (Kunst and Mackenbach)"
RII_MEAN = "relative index of inequality (Pamuk, by the mean)"
CONCENTRATION = "concentration index"
GENERALISED = "generalised concentration index"
ERREYGERS, WAGSTAFF = "Erreygers index", "Wagstaff index"
GINI, PALMA = "Gini", "Palma-type ratio"
ATKINSON_HALF, ATKINSON_ONE = "Atkinson, ε = 0.5", "Atkinson, ε = 1"
THEIL_T, THEIL_L = "Theil T", "Theil L"
BEYOND = "people beyond the standard"
DEPTH, SEVERITY = "depth beyond the standard", "severity beyond the standard"
MEAN = "mean"
FIRST_TENTH, LAST_TENTH = "mean, most deprived tenth", "mean, least deprived tenth"
TO_ALL = "gap to everybody"
BETWEEN, WITHIN = "between groups", "within groups"

_WITHOUT_UNIT = ("relative", "index", GINI, "Theil", "Atkinson", "ratio", "beyond")


def unit_of(measure: str, unit: str) -> str:
    """The unit of a measure of a subject: that of the subject, but for what has none."""
    if measure in {SII, GENERALISED}:
        return unit
    return "" if any(word in measure for word in _WITHOUT_UNIT) else unit
