"""Need in a drawn nation of ten areas, two regions and three authorities, worked by hand.

Areas a to j: a-e lie in region N, f-j in S; a-c in authority X, d-g in Y, h-j in Z. Every domain
ranks them 1 to 10 but barriers, which ranks them 10 to 1; on the index c and d tie at 3.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from assetmap.errors import JoinError, MethodError
from assetmap.findings.crosswalk import turned_towards
from assetmap.findings.indices import index_of
from assetmap.findings.need import methods, rank_need, with_crosswalk_status
from assetmap.findings.transform import (
    decile_of,
    exponential,
    imd_error,
    imd_from_domains,
    index_checked,
    rank_of,
)

AREAS = list("abcdefghij")
TEN = replace(index_of("iod2025"), id="ten", title="Ten", areas=10)
DOMAINS = ("income", "employment", "education", "health", "crime", "living")


def nation(domains: tuple[str, ...] = (*DOMAINS, "barriers")) -> pd.DataFrame:
    rows = [("imd", [1, 2, 3, 3, 5, 6, 7, 8, 9, 10])]
    rows += [(domain, list(range(1, 11))) for domain in domains if domain != "barriers"]
    rows += [("barriers", list(range(10, 0, -1)))] if "barriers" in domains else []
    return pd.concat(
        pd.DataFrame(
            {"area_id": AREAS, "domain": name, "score": np.nan, "rank": ranks, "decile": ranks}
        )
        for name, ranks in rows
    )


def membership() -> pd.DataFrame:
    region = ["N"] * 5 + ["S"] * 5
    authority = ["X"] * 3 + ["Y"] * 4 + ["Z"] * 3
    return pd.DataFrame(
        {
            "area_id": AREAS * 2,
            "level": ["region"] * 10 + ["authority"] * 10,
            "unit_id": region + authority,
            "unit_name": region + authority,
            "fit": "exact",
        }
    )


def need(basis: str = "imd", **given) -> pd.DataFrame:
    settings = {"area_ids": AREAS, "index": TEN, "basis": basis} | given
    told = rank_need(nation(), membership(), **settings)
    return told.table.set_index(["reference", "area_id"])


def test_exponential_transformation_as_published():
    # STANDARDS 2.6, of N = 33,755
    found = exponential(np.array([1.0, 3375, 16878, 33755]), areas=33755)
    assert found == pytest.approx([100.0, 50.4357, 15.6475, 0.000673], abs=5e-5)


def test_deciles_end_where_the_published_ones_do():
    # STANDARDS 2.1: the last rank of each tenth of IoD2025
    last = np.array([3375, 6751, 10126, 13502, 16877, 20253, 23628, 27004, 30379, 33755])
    assert list(decile_of(last, of=33755)) == list(range(1, 11))
    assert list(decile_of(last[:-1] + 1, of=33755)) == list(range(2, 11))


def test_ties_share_the_least_rank():
    scores = pd.Series([5.0, 9.0, 5.0, 1.0])
    assert list(rank_of(scores)) == [2, 1, 2, 4]


def test_the_nations_published_ranks_and_deciles_pass_through():
    table = need().loc["nation"]
    assert list(table["rank"]) == [1, 2, 3, 3, 5, 6, 7, 8, 9, 10]
    assert list(table["decile"]) == [1, 2, 3, 3, 5, 6, 7, 8, 9, 10]
    assert list(table["percentile"])[:4] == [10, 20, 30, 30]


def test_places_within_the_region_and_the_authority():
    table = need()
    # north: 1 2 3 3 5 of 5 -> percentiles 20 40 60 60 100, deciles 2 4 6 6 10
    north = table.loc["region"].iloc[:5]
    assert list(north["rank"]) == [1, 2, 3, 3, 5]
    assert list(north["percentile"]) == [20, 40, 60, 60, 100]
    assert list(north["decile"]) == [2, 4, 6, 6, 10]
    # authority Y: d e f g with national ranks 3 5 6 7
    assert list(table.loc["authority"].loc[["d", "e", "f", "g"], "rank"]) == [1, 2, 3, 4]


def test_named_authorities_make_one_set():
    table = need(named=("X", "Z")).loc["named"]
    assert list(table.index) == list("abchij")
    assert list(table["rank"]) == [1, 2, 3, 4, 5, 6]
    assert set(table["of"]) == {6}


def test_the_default_basis_leaves_the_access_domain_out():
    # barriers run the other way round; the others agree, so without it a is first and j last,
    # and c and d, who tie on the index, do not tie
    table = need("without_access").loc["nation"]
    assert list(table["rank"]) == list(range(1, 11))
    assert set(table["basis"]) == {"imd_ex_barriers"}


def test_without_its_domains_the_index_itself_is_used_and_said():
    told = rank_need(nation(()), membership(), area_ids=AREAS, index=TEN)
    assert set(told.table["basis"]) == {"imd"}
    assert "need_with_access" in {caution.code for caution in told.cautions}


def test_a_basis_the_file_does_not_hold_is_refused_with_the_reason():
    with pytest.raises(MethodError, match="income deprivation of children"):
        need("idaci")
    with pytest.raises(MethodError, match="did you mean 'income'"):
        need("incom")


def test_an_authority_that_is_not_known_is_refused():
    with pytest.raises(MethodError, match="'Q', no such authority"):
        need(named=("Q",))


def test_codes_of_another_vintage_name_the_lookup():
    with pytest.raises(JoinError, match="exact-fit lookup"):
        rank_need(nation(), membership(), area_ids=["zz"], index=TEN)


def test_an_index_with_more_areas_than_its_edition_is_refused():
    with pytest.raises(JoinError, match="10 areas in the table, 9"):
        need(index=replace(TEN, areas=9))


def test_small_sets_and_areas_in_no_set_are_cautions():
    short = membership().iloc[1:]  # a is in no region
    told = rank_need(nation(), short, area_ids=AREAS, index=TEN, basis="imd")
    said = {(caution.code, caution.about): caution.count for caution in told.cautions}
    assert said[("need_no_set", "need: region")] == 1
    assert said[("need_small_set", "need: authority")] == 10
    rows = told.table[told.table["area_id"] == "a"]
    assert list(rows["reference"]) == ["authority", "nation"]


def test_areas_the_index_does_not_hold_are_a_caution_and_have_no_row():
    told = rank_need(nation(), membership(), area_ids=[*AREAS, "zz"], index=TEN, basis="imd")
    assert ("need_unmatched", 1) in {(one.code, one.count) for one in told.cautions}
    assert "zz" not in set(told.table["area_id"])


def test_part_of_a_nation_keeps_published_places_and_says_so():
    part = nation()[lambda rows: rows["area_id"] <= "e"]
    told = rank_need(part, membership(), area_ids=AREAS[:5], index=TEN)
    assert set(told.table["basis"]) == {"imd"}
    assert {"need_partial", "need_with_access"} <= {one.code for one in told.cautions}
    nation_rows = told.table[told.table["reference"] == "nation"]
    assert set(nation_rows["of"]) == {10}


def test_the_published_score_made_again_needs_scores():
    with pytest.raises(MethodError, match="without its overall scores"):
        imd_error(nation(), index=TEN)


def test_a_score_that_its_domains_do_not_give_is_a_caution():
    """The published score of each area, made again by hand-made ranks, then one of them altered."""
    whole = nation()
    of_all = whole["domain"] == "imd"
    again = whole["area_id"].map(imd_from_domains(whole, index=TEN)).round(3)
    scored = whole.assign(score=again.where(of_all))
    assert index_checked(scored, index=TEN) == ()
    wrong = scored.assign(score=scored["score"] + 50 * (of_all & (scored["area_id"] == "a")))
    (told,) = index_checked(wrong, index=TEN)
    assert told.code == "index_disagrees"
    assert "by up to 50, " in told.text  # to four digits, with what rounding leaves


def test_a_score_that_cannot_be_made_again_is_said_to_be_unchecked():
    (told,) = index_checked(nation(), index=TEN)
    assert told.code == "index_unchecked"
    assert "without its overall scores" in told.text


def test_methods_say_which_weights():
    assert "barriers 0.093" in methods(TEN, basis="imd")[0]["settings"]
    wales = methods(index_of("wimd2019"), basis="imd_ex_access")[1]
    assert wales["settings"] == "leaves out access"
    with pytest.raises(MethodError, match="did you mean 'iod2025'"):
        index_of("iod2052")


class TestVintages:
    """An index is crossed only where its areas are others than the study's."""

    LOOKUP = pd.DataFrame(
        [("a", "a", "U"), ("b", "b1", "S"), ("b", "b2", "S")],
        columns=["from_area_id", "to_area_id", "change"],
    )

    def test_an_index_that_has_all_areas_is_not_crossed(self):
        assert turned_towards(self.LOOKUP, pd.Index(["a", "b"]), pd.Index(["a", "b"])) is None
        assert turned_towards(self.LOOKUP, pd.Index(["a", "b"]), pd.Index(["a", "x"])) is None

    def test_it_is_read_towards_the_areas_that_are_wanted(self):
        forward = turned_towards(self.LOOKUP, pd.Index(["a", "b"]), pd.Index(["a", "b1", "b2"]))
        assert forward is self.LOOKUP
        back = turned_towards(self.LOOKUP, pd.Index(["a", "b1", "b2"]), pd.Index(["a", "b"]))
        assert set(back["to_area_id"]) == {"a", "b"}
        assert set(back["change"]) == {"U", "M"}

    def test_each_row_says_how_its_index_came(self):
        told = rank_need(nation(), membership(), area_ids=AREAS, index=TEN, basis="imd").table
        assert set(told["crosswalk_status"]) == {"published"}
        letters = pd.Series({one: "S" if one < "c" else "U" for one in AREAS})
        crossed = with_crosswalk_status(told, letters).set_index(["reference", "area_id"])
        assert crossed.loc[("nation", "a"), "crosswalk_status"] == "inherited"
        assert crossed.loc[("nation", "c"), "crosswalk_status"] == "unchanged"
        pd.testing.assert_frame_equal(with_crosswalk_status(told, None), told)
