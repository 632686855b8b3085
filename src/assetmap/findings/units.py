"""What was measured and found, for wards, area committees, localities: each by its own formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from assetmap.errors import JoinError, MethodError
from assetmap.findings.summaries import ESTIMATE, deprivation_summaries, scale, worst_fifth_domains
from assetmap.frames import table_of
from assetmap.frames.fairness import SUMMARIES, UNIT_SUMMARIES
from assetmap.frames.given import GEOGRAPHY
from assetmap.provenance import Caution, Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assetmap.findings.indices import Index

AREA, LOCALITY = "area", "locality"
WIDER = ("nation", "region")
"""Levels that a study never covers whole: nothing is summed up for them."""
WEIGHED = ("nearest", "share_within", "theme_met")
OURS = "assetmap estimate, from the small areas that fit it"
PEOPLE_OURS = f"{ESTIMATE}, with this study's people"
MEASURES = tuple(
    one.name for one in SUMMARIES.columns if one.kind == "float" and one.name != "people"
)
BASIS = "imd"
SCALES = ("level", "unit_id", "measure", "unit", "value", "areas", "people")


class Found(NamedTuple):
    """What a study measured and found of its small areas; FINDINGS may be empty."""

    area_access: pd.DataFrame
    scores: pd.DataFrame
    findings: pd.DataFrame


def as_localities(clusters: pd.DataFrame, places: pd.Series) -> pd.DataFrame:
    """GEOGRAPHY of the level ``locality``: each cluster of flagged areas is one.

    It is called by its area with most people, as ``places`` names it.
    """
    named = clusters.sort_values("area_id").drop_duplicates("cluster")
    name = {
        row["cluster"]: f"Locality {row['cluster']}, with {places[row['area_id']]}"
        for row in named.to_dict("records")
    }
    return table_of(
        GEOGRAPHY,
        {
            "area_id": clusters["area_id"],
            "level": [LOCALITY] * len(clusters),
            "unit_id": [f"locality {number}" for number in clusters["cluster"]],
            "unit_name": [name[number] for number in clusters["cluster"]],
            "fit": ["exact"] * len(clusters),
        },
    )


def units_of(geography: pd.DataFrame, own: pd.Index, *, levels: Sequence[str]) -> pd.DataFrame:
    """The rows of GEOGRAPHY that sums are made by: of the study's own areas, at these levels.

    Without ``levels``, all but nation and region, which no study covers whole.
    """
    here = geography[geography["area_id"].isin(own)]
    wanted = set(levels) if levels else set(here["level"]) - set(WIDER)
    return here[here["level"].isin(wanted)]


def summarise_units(
    units: pd.DataFrame, people: pd.Series, found: Found, *, geographies: dict[str, str]
) -> pd.DataFrame:
    """UNIT_SUMMARIES of what was measured and found.

    Counts add up; shares, minutes and scores are means by people, ``Σ P y / Σ P`` over the people
    that each speaks of. Deciles and ranks are never averaged. What is measured in none of a
    unit's areas has no row.

    Parameters
    ----------
    units
        :func:`units_of`.
    people
        By ``area_id``, the study's own areas.
    geographies
        Level to the geography it comes from, with its year.
    """
    tables = [_counts(units, people), _levels(units, people, found.findings)]
    chosen = found.area_access[
        found.area_access["measure"].isin(WEIGHED) & found.area_access["profile"].eq("standard")
    ]
    named = chosen.assign(measure=chosen["measure"] + ": " + chosen["category"])
    scores = found.scores.rename(columns={"score": "value"}).assign(
        measure="access score", unit="", people=found.scores["area_id"].map(people)
    )
    columns = ["area_id", "measure", "unit", "value", "people"]
    tables.append(_means(units, pd.concat([named[columns], scores[columns]], ignore_index=True)))
    return _labelled(pd.concat(tables, ignore_index=True), units, geographies, label=OURS)


def summarise_deprivation(
    deprivation: pd.DataFrame,
    units: pd.DataFrame,
    people: pd.Series,
    *,
    index: Index,
    geographies: dict[str, str],
    working: pd.Series | None = None,
) -> Told[pd.DataFrame]:
    """UNIT_SUMMARIES of deprivation: the published summary measures, made for these units.

    Income and employment scale count people, ``Σ rate x denominator``, where the index publishes
    rates and the denominator is there: everybody for income, people of working age for employment.
    With them, for each small area (level ``area``), how many domains are in the nation's most
    deprived fifth. A basis or people that are missing leave a level's measures out, and a caution
    says which and why.
    """
    tables, cautions = [_worst_fifths(deprivation, people, index=index)], list[Caution]()
    for level in sorted(set(units["level"])):
        held = units[units["area_id"].isin(people.index[people > 0])]
        try:
            told = deprivation_summaries(
                deprivation, held, people, index=index, level=level, basis=BASIS
            )
        except (MethodError, JoinError) as error:
            cautions.append(_left_out(level, error))
            continue
        long = told.table.melt(
            ["level", "unit_id", "areas", "people"], list(MEASURES), var_name="measure"
        )
        tables.append(long.dropna(subset=["value"]).assign(unit=""))
        cautions += told.cautions
    for domain, denominator in {"income": people, "employment": working}.items():
        if domain in index.rates and denominator is not None:
            tables.append(_scale(deprivation, units, denominator, domain=domain))
    whole = pd.concat(tables, ignore_index=True)
    return Told(_labelled(whole, units, geographies, label=PEOPLE_OURS), tuple(cautions))


def _scale(
    deprivation: pd.DataFrame, units: pd.DataFrame, people: pd.Series, *, domain: str
) -> pd.DataFrame:
    """How many people of each unit are deprived; only where the rate of all its areas is known."""
    rates = deprivation[deprivation["domain"] == domain].set_index("area_id")["score"]
    table = units.assign(
        rate=units["area_id"].map(rates), people=units["area_id"].map(people)
    ).sort_values("area_id")
    table = table.assign(known=table["rate"].notna() & table["people"].notna())
    made = [
        {
            "level": level, "unit_id": unit, "measure": f"{domain}_scale", "unit": "people",
            "value": scale(rows["rate"].to_numpy("float64"), rows["people"].to_numpy("float64")),
            "areas": len(rows), "people": float(rows["people"].sum()),
        }
        for (level, unit), rows in table.groupby(["level", "unit_id"])
        if rows["known"].all() and rows["people"].sum() > 0
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(SCALES))


def _left_out(level: str, error: MethodError | JoinError) -> Caution:
    why = "; ".join(fault.what for fault in error.faults)
    text = f"Deprivation could not be summed up by {level}: {why}."
    return Caution(code="summaries_left_out", about=level, text=text)


def _worst_fifths(deprivation: pd.DataFrame, people: pd.Series, *, index: Index) -> pd.DataFrame:
    counted = worst_fifth_domains(deprivation[deprivation["area_id"].isin(people.index)],
                                  index=index)  # fmt: skip
    return pd.DataFrame(
        {
            "level": AREA,
            "unit_id": counted.index.to_numpy(),
            "measure": [f"domains in the most deprived fifth, of {of}" for of in counted["of"]],
            "unit": "domains",
            "value": counted["domains"].to_numpy("float64"),
            "areas": 1,
            "people": people.reindex(counted.index).to_numpy("float64"),
        }
    )


def _counts(units: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    table = units.assign(people=units["area_id"].map(people)).sort_values("area_id")
    sums = table.groupby(["level", "unit_id"])["people"].agg(["sum", "size"]).reset_index()
    return sums.rename(columns={"sum": "people", "size": "areas"}).assign(
        measure="people", unit="people", value=lambda rows: rows["people"]
    )


def _levels(units: pd.DataFrame, people: pd.Series, findings: pd.DataFrame) -> pd.DataFrame:
    """How many areas, and people in them, have each level; levels that no area has are left out."""
    level_of = findings.set_index("area_id")["level"]
    table = units.assign(found=units["area_id"].map(level_of), people=units["area_id"].map(people))
    table = table.dropna(subset=["found"]).sort_values("area_id")
    sums = table.groupby(["level", "unit_id", "found"])["people"].agg(["sum", "size"])
    sums = sums.reset_index().rename(columns={"sum": "people", "size": "areas"})
    by_area = sums.assign(
        measure="areas: " + sums["found"].astype("str"), unit="areas",
        value=sums["areas"].astype("float64"),
    )  # fmt: skip
    by_people = sums.assign(
        measure="people: " + sums["found"].astype("str"), unit="people", value=sums["people"]
    )
    return pd.concat([by_area, by_people], ignore_index=True).drop(columns="found")


def _means(units: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Means by people over the areas of each unit where a value is known."""
    known = values[values["value"].notna() & (values["people"] > 0)]
    rows = units[["area_id", "level", "unit_id"]].merge(
        known, how="inner", on="area_id", validate="many_to_many"
    )
    rows = rows.assign(total=rows["value"] * rows["people"]).sort_values("area_id")
    sums = rows.groupby(["level", "unit_id", "measure", "unit"]).agg(
        total=("total", "sum"), people=("people", "sum"), areas=("area_id", "size")
    )
    return sums.assign(value=sums["total"] / sums["people"]).drop(columns="total").reset_index()


def _labelled(
    table: pd.DataFrame, units: pd.DataFrame, geographies: dict[str, str], *, label: str
) -> pd.DataFrame:
    named = units.drop_duplicates(["level", "unit_id"])[["level", "unit_id", "unit_name", "fit"]]
    whole = table.merge(named, how="left", on=["level", "unit_id"], validate="many_to_one")
    whole["unit_name"] = whole["unit_name"].fillna(whole["unit_id"])
    whole["fit"] = whole["fit"].fillna("exact")
    whole["geography"] = whole["level"].map(geographies).fillna("small areas of this study")
    whole["label"] = label
    return table_of(UNIT_SUMMARIES, {name: whole[name] for name in UNIT_SUMMARIES.names})
