"""Brownfield registers and planning.data.gov.uk: mixed systems, ended rows, homes, references."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from tests.doors.table_jobs import job_of, saved

from assetmap.errors import ReadError, StudyError
from assetmap.sources.planning import read_planning
from assetmap.sources.readers import reader_of

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from assetmap.provenance import Told

REGISTER = (
    "OrganisationLabel,SiteReference,SiteNameAddress,CoordinateReferenceSystem,GeoX,GeoY,"
    "PlanningStatus,MinNetDwellings,NetDwellingsRangeFrom,EndDate\n"
)
DATA = "reference,name,point,geometry,start-date,end-date,organisation-entity\n"


def read(path: Path, **said: Any) -> Told[gpd.GeoDataFrame]:
    return read_planning(job_of("schemes", path, layout="brownfield_land", **said))


def codes(told: Told[gpd.GeoDataFrame]) -> dict[str, int | None]:
    return {one.code: one.count for one in told.cautions}


def test_systems_are_known_by_their_numbers(tmp_path: Path) -> None:
    """One place four ways: degrees, metres of the grid, turned, and numbers of no such system.

    The London Eye: 51.5033 N 0.1196 W, and TQ 306 800 to the hundred metres.
    """
    rows = [
        'A,1,"Depot, the",ETRS89,-0.1196,51.5033,permissioned,12,,',
        "A,2,Yard,ETRS114,530600,180000,not permissioned,5,8,",
        "A,3,Lane,OSGB36,51.5033,-0.1196,pending decision,,,",
        "A,4,Lost,ETRS89,3975323.664,-7125.8838,permissioned,9,,",
        "A,5,Old,ETRS89,-0.1,51.5,permissioned,9,,2020-01-01",
    ]
    told = read(saved(tmp_path, "register.csv", (REGISTER + "\n".join(rows)).encode("cp1252")))
    table = told.table.set_index("scheme_id")
    assert list(table.index) == ["1", "2", "3"]
    assert table["name"].tolist() == ["Depot, the", "Yard", "Lane"]
    assert table["stage"].tolist() == ["consented", "allocated", "allocated"]
    assert table["homes"].fillna(-1).tolist() == [12, 8, -1]  # a range begins at its own least
    assert (table.geometry.distance(table.geometry["2"]) < 150).all()
    assert codes(told) == {"sites_ended": 1, "sites_unplaced": 1, "sites_turned": 1}


def test_one_reference_of_two_councils_is_two_sites(tmp_path: Path) -> None:
    rows = ["A,1,One,OSGB36,530000,180000,,5,,", "B,1,Other,OSGB36,530100,180000,,6,,",
            "B,1,Other again,OSGB36,530100,180000,,7,,"]  # fmt: skip
    told = read(saved(tmp_path, "register.csv", REGISTER + "\n".join(rows)))
    assert told.table["scheme_id"].tolist() == ["A 1", "B 1"]
    assert told.table["homes"].tolist() == [5, 7]
    assert codes(told) == {"sites_twice": 1}


def test_national_data_as_csv_and_geojson(tmp_path: Path) -> None:
    """A shape leads, then a point; text that is no shape has no place; degrees in WKT."""
    shape = "MULTIPOLYGON (((-0.1 51.5, -0.1 51.501, -0.099 51.501, -0.099 51.5, -0.1 51.5)))"
    rows = [f'N1,Site,POINT (-0.2 51.5),"{shape}",2024-01-01,,90',
            "N2,,POINT (-0.1 51.5),,2024-01-01,,90", "N3,Bad,here,,2024-01-01,,90"]  # fmt: skip
    told = read(saved(tmp_path, "site.csv", DATA + "\n".join(rows)), scheme_kind="site")
    assert told.table["scheme_id"].tolist() == ["N1", "N2"]
    assert told.table["name"].tolist() == ["Site", "N2"]
    assert told.table.geometry.geom_type.tolist() == ["MultiPolygon", "Point"]
    assert codes(told) == {"sites_unplaced": 1}
    properties = {"reference": "N1", "name": "Site", "minimum-net-dwellings": "40"}
    feature = {"type": "Feature", "properties": properties,
               "geometry": shapely.geometry.mapping(shapely.from_wkt(shape))}  # fmt: skip
    content = json.dumps({"type": "FeatureCollection", "features": [feature]})
    same = read(saved(tmp_path, "site.geojson", content)).table
    assert same["homes"].tolist() == [40]
    assert same.geometry[0].equals_exact(told.table.geometry[0], tolerance=0.01)


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    row = "A,,Depot,OSGB36,530000,180000,,5,,"
    with pytest.raises(ReadError, match="no reference in 1 row"):
        read(saved(tmp_path, "a.csv", REGISTER + row))
    row = "A,1,Depot,OSGB36,530000,180000,,-5,,"
    with pytest.raises(ReadError, match="'net dwellings' is below 0"):
        read(saved(tmp_path, "b.csv", REGISTER + row))
    with pytest.raises(ReadError, match="no site is on the study's ground"):
        read(saved(tmp_path, "c.csv", REGISTER + row), within=shapely.box(0, 0, 1, 1))
    job = job_of("schemes", saved(tmp_path, "d.csv", REGISTER), layout="brownfeld")
    with pytest.raises(StudyError, match="no reader of schemes for layout 'brownfeld'"):
        reader_of(job.spec)
