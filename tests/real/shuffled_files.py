"""Published files with their rows in another order, laid over the real ones."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

HEADLESS = {"gp_practices_epraccur.csv.gz"}
LATIN = "latin-1"  # every byte is a letter and comes back as it was


def lay_over(real: Path, folder: Path, names: Collection[str], seed: int) -> set[str]:
    """A data folder of links to the real one, with shuffled copies; names of those shuffled."""
    draw = np.random.default_rng(seed)
    done = set()
    for name in sorted(set(names)):
        to = folder / name
        to.parent.mkdir(parents=True, exist_ok=True)
        if _shuffle(real / name, to, draw):
            done.add(name)
        else:
            to.symlink_to(real / name)
    return done


def _shuffle(path: Path, to: Path, draw: np.random.Generator) -> bool:
    """Whether the file is of a kind that has rows; then the copy is written."""
    kinds = {".parquet": _parquet, ".gpkg": _geopackage, ".geojson": _geojson, ".json": _geojson}
    if path.name.endswith((".csv", ".csv.gz")):
        _csv(path, to, draw)
    elif path.suffix in kinds:
        kinds[path.suffix](path, to, draw)
    else:
        return False
    return True


def _csv(path: Path, to: Path, draw: np.random.Generator) -> None:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = list(csv.reader(io.StringIO(raw.decode(LATIN), newline="")))
    head = [] if path.name in HEADLESS else rows[:1]
    body = rows[len(head) :]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(head + [body[place] for place in draw.permutation(len(body))])
    text = out.getvalue().encode(LATIN)
    to.write_bytes(gzip.compress(text, mtime=0) if to.suffix == ".gz" else text)


def _parquet(path: Path, to: Path, draw: np.random.Generator) -> None:
    table = pq.read_table(path)
    pq.write_table(table.take(pa.array(draw.permutation(table.num_rows))), to)


def _geopackage(path: Path, to: Path, draw: np.random.Generator) -> None:
    for layer in pyogrio.list_layers(path)[:, 0]:
        table = gpd.read_file(path, layer=layer)
        order = draw.permutation(len(table))
        table.iloc[order].reset_index(drop=True).to_file(to, layer=layer, driver="GPKG")


def _geojson(path: Path, to: Path, draw: np.random.Generator) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    features = told["features"]
    told["features"] = [features[place] for place in draw.permutation(len(features))]
    to.write_text(json.dumps(told), encoding="utf-8")
