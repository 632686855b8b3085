"""The facts that shaped the test, found again in the published files of England and Wales."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from assetmap.errors import JoinError, MethodError
from assetmap.findings.crosswalk import rank_across_vintages
from assetmap.findings.indices import index_of
from assetmap.findings.need import rank_need
from assetmap.findings.summaries import deprivation_summaries, rank_of_units
from assetmap.findings.transform import decile_of, imd_error, index_checked, ranks_by_domain
from assetmap.findings.units import summarise_deprivation
from assetmap.sources.deprivation import read_deprivation, read_deprivation_geography
from assetmap.sources.lookups import read_crosswalk, read_geography
from assetmap.sources.population import read_population
from assetmap.sources.read import Job
from assetmap.sources.spec import SourceSpec

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real

SOUTHWARK, DUDLEY, MIDDLESBROUGH, NEWPORT = "E09000028", "E08000027", "E06000002", "W06000022"
ENGLAND = index_of("iod2025")


def job(folder: Path, kind: str, *files: str, **said: Any) -> Job:
    spec = SourceSpec(
        id="given", kind=kind, file=files, publisher="-", title="-", address="-", licence="-",
        attribution="-", vintage="-", format="-", **said,
    )  # fmt: skip
    paths = tuple(folder / "national" / name for name in files)
    return Job(spec=spec, paths=paths, crs="EPSG:27700", lookups={})


@dataclass(frozen=True)
class Nation:
    """An index, which authority and region each area is in, and its people."""

    deprivation: pd.DataFrame
    authority: pd.DataFrame
    people: pd.Series

    @property
    def unit(self) -> pd.Series:
        return self.authority.set_index("area_id")["unit_id"]

    def column(self, domain: str, name: str = "rank") -> pd.Series:
        rows = self.deprivation[self.deprivation["domain"] == domain]
        return rows.set_index("area_id")[name]

    def of(self, authority: str) -> pd.Index:
        return self.unit.index[self.unit == authority]


@pytest.fixture(scope="module")
def of_2025(data_dir) -> Nation:
    layout = {"layout": "file7_2025"}
    file7 = job(data_dir, "deprivation", "iod2025_file7_layout.csv.gz", **layout)
    census = job(
        data_dir, "population", "census21_age6_lsoa21.parquet", layout="long", group="age",
        columns={"area_id": "lsoa21_code", "group": "age_group", "people": "usual_residents"},
    )  # fmt: skip
    people = read_population(census).table
    everybody = people[people["kind"] == "all"].set_index("area_id")["people"]
    authority = read_deprivation_geography(file7).table
    return Nation(read_deprivation(file7).table, authority, everybody)


@pytest.fixture(scope="module")
def of_2019(data_dir) -> Nation:
    files = ("iod2019_file1_imd.csv.gz", "iod2019_file2_domains.csv.gz")
    index = job(data_dir, "deprivation", *files, layout="iod2019_files_1_2")
    file6 = job(data_dir, "population", "iod2019_file6_population.csv.gz", layout="iod2019_file6")
    people = read_population(file6).table
    everybody = people[people["group"] == "all"].set_index("area_id")["people"]
    authority = read_deprivation_geography(index).table
    return Nation(read_deprivation(index).table, authority, everybody)


@pytest.fixture(scope="module")
def of_wales(data_dir) -> pd.DataFrame:
    file = job(data_dir, "deprivation", "imd2019_wales_lsoa11.parquet", layout="wimd2019")
    return read_deprivation(file).table


@pytest.fixture(scope="module")
def without(of_2025) -> pd.DataFrame:
    told = rank_need(
        of_2025.deprivation, of_2025.authority, area_ids=of_2025.unit.index, index=ENGLAND
    )
    nation = told.table[told.table["reference"] == "nation"]
    assert set(nation["basis"]) == {"imd_ex_barriers"}
    return nation.set_index("area_id")


@pytest.fixture(scope="module")
def lookup(data_dir) -> pd.DataFrame:
    columns = {"from_area_id": "lsoa11_code", "to_area_id": "lsoa21_code",
               "change": "change_code"}  # fmt: skip
    name = "lookup_lsoa11_lsoa21_lad22.parquet"
    return read_crosswalk(job(data_dir, "crosswalk", name, columns=columns)).table


class TestFact1:
    """National thresholds flag nobody in Southwark."""

    def test_no_southwark_area_is_in_the_nations_first_tenth(self, of_2025):
        here = of_2025.of(SOUTHWARK)
        assert len(here) == 173
        assert (of_2025.column("imd", "decile").loc[here] == 1).sum() == 0
        assert of_2025.column("imd").loc[here].min() == 4428

    def test_every_southwark_area_is_among_the_best_connected(self, of_2025):
        tenths = of_2025.column("geographical_barriers", "decile").loc[of_2025.of(SOUTHWARK)]
        assert tenths.value_counts().to_dict() == {10: 159, 9: 14}

    def test_dudley(self, of_2025):
        here = of_2025.of(DUDLEY)
        assert len(here) == 203
        assert (of_2025.column("imd", "decile").loc[here] == 1).sum() == 22
        assert (of_2025.column("geographical_barriers", "decile").loc[here] == 1).sum() == 0


class TestFact2:
    """Deprivation and poor access go against each other."""

    def test_over_england_and_within_authorities(self, of_2025):
        imd, access = of_2025.column("imd"), of_2025.column("geographical_barriers")
        assert imd.corr(access, method="spearman") == pytest.approx(-0.336, abs=5e-4)
        for code, expected in ((SOUTHWARK, -0.206), (DUDLEY, -0.367)):
            here = of_2025.of(code)
            found = imd.loc[here].corr(access.loc[here], method="spearman")
            assert found == pytest.approx(expected, abs=5e-4)

    def test_a_bare_and_of_two_tenths_is_almost_empty(self, of_2025):
        imd = of_2025.column("imd", "decile")
        access = of_2025.column("geographical_barriers", "decile").reindex(imd.index)
        assert ((imd <= 1) & (access <= 1)).sum() == 7
        assert ((imd <= 2) & (access <= 2)).sum() == 217


class TestFact3:
    """The index holds access already: without it, a third of areas change their tenth."""

    def test_how_much_moves(self, of_2025, without):
        imd, tenth = of_2025.column("imd"), of_2025.column("imd", "decile")
        rank = without["rank"].reindex(imd.index)
        assert imd.corr(rank, method="spearman") == pytest.approx(0.987, abs=5e-4)
        decile = without["decile"].reindex(tenth.index)
        assert ((decile == 1) & (tenth == 1)).sum() == 3214
        assert (decile != tenth).mean() == pytest.approx(0.31, abs=5e-3)

    def test_in_london_the_domain_is_about_housing(self, of_2025):
        wider = of_2025.column("wider_barriers", "decile").loc[of_2025.of(SOUTHWARK)]
        assert (wider == 1).sum() == 106

    def test_the_sub_domain_is_the_connectivity_score_reversed(self, of_2025, data_dir):
        file = data_dir / "national" / "imd2025_england_lsoa21_indicators.parquet"
        score = pd.read_parquet(file).set_index("lsoa21_code")["connectivity_score"]
        rank = of_2025.column("geographical_barriers")
        assert score.reindex(rank.index).corr(rank, method="spearman") == pytest.approx(1, abs=5e-5)


class TestFact4:
    """The score can be made again from the ranks of the domains."""

    def test_within_0007_of_the_published_score(self, of_2025):
        assert len(ranks_by_domain(of_2025.deprivation)) == 33_755
        assert imd_error(of_2025.deprivation, index=ENGLAND) == pytest.approx(0.0007, abs=5e-5)

    def test_what_was_read_is_checked_and_an_altered_file_is_told(self, of_2025, of_wales):
        assert index_checked(of_2025.deprivation, index=ENGLAND) == ()
        assert index_checked(of_wales, index=index_of("wimd2019")) == ()
        swapped = of_2025.deprivation.replace({"domain": {"crime": "living", "living": "crime"}})
        assert index_checked(swapped, index=ENGLAND) == ()  # of one weight: no difference
        swapped = of_2025.deprivation.replace({"domain": {"income": "crime", "crime": "income"}})
        assert [one.code for one in index_checked(swapped, index=ENGLAND)] == ["index_disagrees"]

    def test_published_weights_add_up_to_0999(self):
        assert sum(dict(ENGLAND.weights).values()) == pytest.approx(0.999)
        assert sum(ENGLAND.weights_without_access.values()) == pytest.approx(0.906)

    def test_wales_adds_up_scores(self, of_wales):
        assert imd_error(of_wales, index=index_of("wimd2019")) < 1e-6


class TestFact5:
    """Rank 1 is the most deprived, and an authority's average rank is the reverse of it.

    Published values: IoD2019 by its own denominators, to the printed digits; IoD2025 with
    Census 2021 residents in place of the denominators of mid-2022.
    """

    @pytest.mark.parametrize(
        ("code", "score", "proportion", "extent"),
        [(SOUTHWARK, 25.811, 0.0301, 0.2305), (DUDLEY, 24.103, 0.1095, 0.2708)],
    )
    def test_iod2019_to_the_printed_digits(self, of_2019, code, score, proportion, extent):
        told = deprivation_summaries(
            of_2019.deprivation, of_2019.authority, of_2019.people, index=index_of("iod2019"),
            level="authority",
        )  # fmt: skip
        row = told.table.set_index("unit_id").loc[code]
        assert (row["average_score"], row["proportion"], row["extent"]) == (
            score, proportion, extent,
        )  # fmt: skip

    def test_income_scale_is_near_the_published_count(self, of_2025, data_dir):
        """Rates by Census 2021, against the numerators of the index, of mid-2022: within 3 %.

        Southwark 82,885, Dudley 86,490, Middlesbrough 55,660 income-deprived people.
        """
        file = data_dir / "national" / "imd2025_england_lsoa21_indicators.parquet"
        published = pd.read_parquet(file).set_index("lsoa21_code")["income_domain_numerator"]
        for code in (SOUTHWARK, DUDLEY, MIDDLESBROUGH):
            units = of_2025.authority[of_2025.authority["unit_id"] == code]
            told = summarise_deprivation(
                of_2025.deprivation, units, of_2025.people.loc[units["area_id"]], index=ENGLAND,
                geographies={"authority": "LSOA (2021) to local authority (2024)"},
            )  # fmt: skip
            ours = told.table.set_index(["level", "measure"])["value"]
            counted = published.loc[units["area_id"]].sum()
            assert ours["authority", "income_scale"] == pytest.approx(counted, rel=0.03)

    def test_iod2025_within_what_other_denominators_allow(self, of_2025):
        table = deprivation_summaries(
            of_2025.deprivation, of_2025.authority, of_2025.people, index=ENGLAND,
            level="authority",
        ).table.set_index("unit_id")  # fmt: skip
        published = {
            SOUTHWARK: (20380.68, 23.328, 0.0, 0.1379, 27927.59),
            DUDLEY: (17942.87, 23.174, 0.1084, 0.2578, 31791.02),
            MIDDLESBROUGH: (23840.54, 40.037, 0.5, 0.5657, 33672.1),
        }
        for code, (rank, score, proportion, extent, local) in published.items():
            row = table.loc[code]
            assert row["average_rank"] == pytest.approx(rank, abs=50)
            assert row["average_score"] == pytest.approx(score, abs=0.1)
            assert row["proportion"] == proportion
            assert row["extent"] == pytest.approx(extent, abs=0.0025)
            assert row["local_concentration"] == pytest.approx(local, abs=20)
        assert len(table) == 296
        # published: 193rd, tied, on the proportion
        assert rank_of_units(table.reset_index(), "proportion")[SOUTHWARK] == 193


class TestFact6:
    """Vintages join by the exact-fit lookup only."""

    def test_counts_of_changes(self, lookup):
        assert lookup["change"].value_counts().to_dict() == {
            "U": 33_647, "S": 1900, "M": 239, "X": 9,
        }  # fmt: skip

    def test_iod2019_on_the_areas_of_2021(self, of_2019, of_2025, lookup):
        told = rank_across_vintages(
            of_2019.deprivation, lookup, of_2019.people, index=index_of("iod2019")
        )
        crossed = told.table
        assert len(of_2019.people) == 32_844
        assert set(crossed.status.index) == set(of_2025.unit.index)
        assert (crossed.status == "X").sum() == 6
        assert crossed.index.areas == 33_755 - 6

    def test_joining_by_code_alone_is_refused_where_nothing_meets(self, of_2025, of_wales):
        with pytest.raises(JoinError, match="exact-fit lookup"):
            rank_need(
                of_wales, of_2025.authority, area_ids=of_2025.of(SOUTHWARK),
                index=index_of("wimd2019"),
            )  # fmt: skip


class TestAsPublished:
    """Ties, tenths and what a file does not hold."""

    def test_ranks_shared(self, of_2025, of_2019):
        def sharing(nation: Nation, domain: str) -> int:
            return int(nation.column(domain).duplicated(keep=False).sum())

        assert sharing(of_2019, "imd") == 52
        assert {name: sharing(of_2025, name) for name in ("income", "education", "barriers")} == {
            "income": 6, "education": 2, "barriers": 2,
        }  # fmt: skip
        assert sharing(of_2025, "imd") == 0

    def test_tenths_of_england_are_made_as_published(self, of_2025):
        imd = of_2025.column("imd")
        made = pd.Series(decile_of(imd.to_numpy(), of=33_755), index=imd.index)
        assert (made == of_2025.column("imd", "decile")).all()
        assert (made == 1).sum() == 3375

    def test_tenths_of_wales_pass_through(self, of_wales):
        rows = of_wales[of_wales["domain"] == "imd"].set_index("area_id")
        made = pd.Series(decile_of(rows["rank"].to_numpy(), of=1909), index=rows.index)
        assert (made != rows["decile"]).sum() == 9
        empty = pd.DataFrame(columns=["area_id", "level", "unit_id", "unit_name", "fit"])
        told = rank_need(
            of_wales, empty, area_ids=rows.index, index=index_of("wimd2019"), basis="imd"
        )
        kept = told.table.set_index("area_id")["decile"]
        assert (kept == rows["decile"].reindex(kept.index)).all()

    def test_the_2015_index_has_no_domains_here_and_is_used_itself(self, data_dir):
        file = job(data_dir, "deprivation", "imd2015_england_lsoa11.parquet", layout="wide_parquet")
        index = read_deprivation(file).table
        ids = index["area_id"].unique()
        assert index["rank"].duplicated(keep=False).sum() == 40
        empty = pd.DataFrame(columns=["area_id", "level", "unit_id", "unit_name", "fit"])
        told = rank_need(index, empty, area_ids=ids, index=index_of("iod2015"))
        assert set(told.table["basis"]) == {"imd"}
        assert "need_with_access" in {caution.code for caution in told.cautions}

    def test_children_and_older_people_are_not_in_this_file(self, of_2025):
        with pytest.raises(MethodError, match="the file holds no ranks"):
            rank_need(
                of_2025.deprivation, of_2025.authority, area_ids=of_2025.of(SOUTHWARK),
                index=ENGLAND, basis="idaci",
            )  # fmt: skip

    def test_london_is_a_region_of_its_own(self, of_2025, data_dir):
        columns = {"area_id": "ltla24_code", "unit_id": "region24_code",
                   "unit_name": "region24_name"}  # fmt: skip
        regions = read_geography(
            job(data_dir, "geography", "lookup_lad24_region24.parquet", level="region",
                columns=columns)
        ).table.set_index("area_id")  # fmt: skip
        by_area = of_2025.authority.assign(
            level="region", unit_id=of_2025.authority["unit_id"].map(regions["unit_id"])
        )
        told = rank_need(
            of_2025.deprivation, pd.concat([of_2025.authority, by_area]), index=ENGLAND,
            area_ids=of_2025.of(SOUTHWARK), basis="imd",
        )  # fmt: skip
        london = told.table[told.table["reference"] == "region"]
        assert set(london["of"]) == {4994}  # LSOAs of Greater London, 2021
        # the region finds need where the nation's first tenth finds none
        assert (london["decile"] <= 2).any()
        assert not told.cautions
