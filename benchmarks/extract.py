"""Newport's extract read and made into a graph to route on, in a process of its own."""

from __future__ import annotations

import json

from benchmarks.measure import cpu
from benchmarks.streets import newport_file

from assetmap.network.graph import build_graph
from assetmap.sources.osm_streets import read_streets
from assetmap.sources.read import Job
from assetmap.sources.spec import SourceSpec

SPEC = SourceSpec(
    id="streets",
    kind="streets",
    layout="osm",
    file="newport.osm.pbf",
    publisher="OpenStreetMap contributors",
    title="Streets",
    address="https://www.openstreetmap.org",
    licence="ODbL-1.0",
    attribution="© OpenStreetMap contributors",
    vintage="2023-06-13",
    format="osm.pbf",
)


def extract() -> None:
    told = read_streets(Job(spec=SPEC, paths=(newport_file(),), crs="EPSG:27700", lookups={}))
    build_graph(told.table, profile="standard")


if __name__ == "__main__":
    print(json.dumps({"cpu_s": cpu(extract)}))
