"""Summary measures, vintages and clusters in a drawn nation of a hundred areas, by hand."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from assetmap.errors import JoinError, MethodError
from assetmap.findings.clusters import flag_clusters
from assetmap.findings.crosswalk import rank_across_vintages, reversed_crosswalk
from assetmap.findings.indices import index_of
from assetmap.findings.summaries import (
    deprivation_summaries,
    extent_weight,
    local_concentration,
    rank_of_units,
    scale,
    worst_fifth_domains,
)

HUNDRED = replace(index_of("iod2025"), title="Hundred", areas=100)


def ids(count: int) -> list[str]:
    return [f"{number:03d}" for number in range(1, count + 1)]


def index_table(score: list[float], domain: str = "imd") -> pd.DataFrame:
    rank = pd.Series(score).rank(method="min", ascending=False).astype(int)
    return pd.DataFrame(
        {
            "area_id": ids(len(score)), "domain": domain, "score": score, "rank": rank,
            "decile": -(-10 * rank // len(score)),
        }
    )  # fmt: skip


def geography(units: dict[str, str], level: str = "ward") -> pd.DataFrame:
    return pd.DataFrame(
        {"area_id": list(units), "level": level, "unit_id": list(units.values()),
         "unit_name": list(units.values()), "fit": "best fit"}
    )  # fmt: skip


def test_extent_weights_as_published():
    # STANDARDS 2.3: p = 10, 11, 12, 20, 30, 31 of a hundred areas
    found = extent_weight(np.array([10.0, 11, 12, 20, 30, 31]), areas=100)
    assert found == pytest.approx([1, 0.95, 0.902632, 0.523684, 0.05, 0], abs=1e-6)


def test_summaries_of_a_ward_of_three_areas():
    table = index_table([float(100 - number) for number in range(100)])
    people = pd.Series(1000.0, index=ids(100)) + pd.Series({"020": 1000.0}).reindex(
        ids(100), fill_value=0.0
    )
    told = deprivation_summaries(
        table, geography({"005": "W", "020": "W", "060": "W"}), people, index=HUNDRED, level="ward"
    )
    row = told.table.iloc[0]
    # ranks 5, 20, 60 and people 1000, 2000, 1000: N + 1 - r = 96, 81, 41; scores 96, 81, 41
    assert row["average_rank"] == pytest.approx((96 + 2 * 81 + 41) / 4, abs=0.005)
    assert row["average_score"] == pytest.approx(74.75)
    assert row["proportion"] == pytest.approx(1 / 3, abs=5e-5)
    # weights 1, 0.523684, 0
    assert row["extent"] == pytest.approx((1 + 2 * 0.523684) / 4, abs=5e-5)
    # a tenth of 4,000 people is 400, all of area 005
    assert row["local_concentration"] == 96
    assert row["label"] == "assetmap estimate, by the published method"


def test_local_concentration_takes_the_last_area_pro_rata():
    # 1,000 people: a tenth is 100; 60 of rank 1 and 40 of rank 2 of 10: (60 x 10 + 40 x 9)/100
    rank, people = np.array([3.0, 1, 2]), np.array([800.0, 60, 140])
    assert local_concentration(rank, people, areas=10) == pytest.approx(9.6)


def test_scale_counts_people():
    assert scale(np.array([0.1, 0.25]), np.array([1000.0, 2000])) == pytest.approx(600)


def test_a_ward_of_nobody_has_a_proportion_only():
    table = index_table([3.0, 2, 1])
    told = deprivation_summaries(
        table, geography({"001": "W"}), pd.Series(0.0, index=ids(3)),
        index=replace(HUNDRED, areas=3), level="ward",
    )  # fmt: skip
    assert told.table["average_rank"].isna().all()
    assert told.table["proportion"].iloc[0] == 0


def ranks_only(count: int) -> pd.DataFrame:
    """Every domain ranks the areas 1, 2, 3 ...; no scores, as IoD2019 is often found."""
    names = ("imd", *dict(HUNDRED.weights))
    ranked = index_table([float(count - number) for number in range(count)])
    return pd.concat(ranked.assign(domain=name, score=np.nan) for name in names)


def test_scores_that_are_missing_are_made_again_from_the_domains():
    five = replace(HUNDRED, areas=5)
    told = deprivation_summaries(
        ranks_only(5), geography({"001": "W"}), pd.Series(1.0, index=ids(5)), index=five,
        level="ward",
    )  # fmt: skip
    # rank 1 in every domain: E = 100, and the weights add up to 0.999
    assert told.table["average_score"].iloc[0] == pytest.approx(99.9)


def test_without_its_domains_a_score_stays_empty():
    five = replace(HUNDRED, areas=5)
    only = ranks_only(5)[lambda rows: rows["domain"] == "imd"]
    people = pd.Series(1.0, index=ids(5))
    units = geography({"001": "W", "zzz": "W"})
    told = deprivation_summaries(only, units, people, index=five, level="ward")
    assert told.table["average_score"].isna().all()
    assert [(one.code, one.count) for one in told.cautions] == [("summary_unmatched", 1)]


def test_missing_people_or_levels_are_refused():
    table = index_table([3.0, 2, 1])
    people = pd.Series(1.0, index=ids(2))
    with pytest.raises(JoinError, match="1 areas have no number of people, for example 003"):
        deprivation_summaries(table, geography({"003": "W"}), people, index=HUNDRED, level="ward")
    with pytest.raises(MethodError, match="level 'town'"):
        deprivation_summaries(table, geography({"003": "W"}), people, index=HUNDRED, level="town")


def test_units_rank_from_the_most_deprived_and_ties_share():
    table = pd.DataFrame({"unit_id": list("abc"), "extent": [0.2, 0.5, 0.2]})
    assert list(rank_of_units(table, "extent")) == [2, 1, 2]


def test_domains_in_the_worst_fifth_are_counted_of_those_held():
    table = pd.concat([index_table([4.0, 3, 2, 1, 0], name) for name in ("income", "crime")])
    found = worst_fifth_domains(table, index=HUNDRED)
    # five areas: ranks 1..5 are deciles 2, 4, 6, 8, 10
    assert list(found["domains"]) == [2, 0, 0, 0, 0]
    assert set(found["of"]) == {2}


class TestVintages:
    """001 unchanged, 002 split into 2a and 2b, 003 and 004 merged into 34, 005 irregular."""

    LOOKUP = pd.DataFrame(
        [("001", "001", "U"), ("002", "2a", "S"), ("002", "2b", "S"), ("003", "34", "M"),
         ("004", "34", "M"), ("005", "5x", "X")],
        columns=["from_area_id", "to_area_id", "change"],
    )  # fmt: skip
    PEOPLE = pd.Series([10.0, 10, 300, 100, 10], index=ids(5))
    FIVE = replace(HUNDRED, areas=5)

    def crossed(self):
        table = index_table([50.0, 40, 30, 10, 20])
        return rank_across_vintages(table, self.LOOKUP, self.PEOPLE, index=self.FIVE)

    def test_copied_inherited_averaged_missing(self):
        crossed = self.crossed().table
        table = crossed.deprivation.set_index("area_id")
        # 34: (300 x 30 + 100 x 10)/400 = 25
        assert table["score"].to_dict() == {"001": 50, "2a": 40, "2b": 40, "34": 25}
        assert table["rank"].to_dict() == {"001": 1, "2a": 2, "2b": 2, "34": 4}
        assert crossed.status.to_dict() == {
            "001": "U", "2a": "S", "2b": "S", "34": "M", "5x": "X",
        }  # fmt: skip
        assert crossed.index.areas == 4

    def test_deciles_are_made_anew_of_the_areas_there_are(self):
        table = self.crossed().table.deprivation.set_index("area_id")
        # ranks 1, 2, 2, 4 of 4: ceil(2.5), ceil(5), ceil(5), 10
        assert table["decile"].to_dict() == {"001": 3, "2a": 5, "2b": 5, "34": 10}

    def test_ranks_without_scores_are_crossed_by_their_exponential(self):
        table = ranks_only(5)
        told = rank_across_vintages(table, self.LOOKUP, self.PEOPLE, index=self.FIVE)
        crime = told.table.deprivation[lambda rows: rows["domain"] == "crime"].set_index("area_id")
        assert crime["rank"].to_dict() == {"001": 1, "2a": 2, "2b": 2, "34": 4}
        assert crime.loc["001", "score"] == pytest.approx(100.0)
        imd = told.table.deprivation[lambda rows: rows["domain"] == "imd"].set_index("area_id")
        assert imd.loc["001", "score"] == pytest.approx(99.9)

    def test_an_area_partly_outside_the_index_is_missing(self):
        beyond = pd.DataFrame([("w9", "34", "M")], columns=list(self.LOOKUP))
        lookup = pd.concat([self.LOOKUP, beyond])
        told = rank_across_vintages(
            index_table([50.0, 40, 30, 10, 20]), lookup, self.PEOPLE, index=self.FIVE
        )
        assert told.table.status["34"] == "X"
        assert "34" not in set(told.table.deprivation["area_id"])

    def test_it_is_said(self):
        assert [one.count for one in self.crossed().cautions] == [4]  # 2 S, 1 M, 1 X

    def test_backwards_what_was_split_is_averaged_and_what_was_merged_inherited(self):
        back = reversed_crosswalk(self.LOOKUP).set_index(["from_area_id", "to_area_id"])["change"]
        assert back[("2a", "002")] == "M"
        assert back[("34", "003")] == "S"

    def test_a_lookup_that_leaves_areas_out_is_refused(self):
        with pytest.raises(JoinError, match="1 areas of the index are not in the lookup"):
            rank_across_vintages(
                index_table([5.0, 4, 3, 2, 1]), self.LOOKUP.iloc[1:], self.PEOPLE, index=self.FIVE
            )

    def test_merged_areas_need_people(self):
        with pytest.raises(JoinError, match="1 merged areas have no number of people"):
            rank_across_vintages(
                index_table([5.0, 4, 3, 2, 1]), self.LOOKUP, self.PEOPLE.drop("004"),
                index=self.FIVE,
            )  # fmt: skip


class TestClusters:
    """Squares of 100 m: b touches a at a corner, c is apart, d is never flagged."""

    AREAS = gpd.GeoDataFrame(
        {
            "area_id": list("abcd"),
            "people": [100.0, 200, 500, 900],
            "geometry": [
                box(0, 0, 100, 100), box(100, 100, 200, 200), box(500, 0, 600, 100),
                box(200, 0, 500, 100),
            ],
        },
        crs="EPSG:27700",
    )  # fmt: skip

    def found(self, levels: list[str]) -> pd.DataFrame:
        findings = pd.DataFrame({"area_id": list("abcd"), "level": levels})
        return flag_clusters(self.AREAS, findings).set_index("area_id")

    def test_a_corner_is_enough_and_the_most_people_come_first(self):
        table = self.found(["left_behind", "at_risk", "left_behind", "not_flagged"])
        assert table["cluster"].to_dict() == {"a": 2, "b": 2, "c": 1}
        assert table["people"].to_dict() == {"a": 300, "b": 300, "c": 500}
        assert table["areas"].to_dict() == {"a": 2, "b": 2, "c": 1}

    def test_nobody_flagged_is_an_empty_table(self):
        assert self.found(["need_only"] * 4).empty
