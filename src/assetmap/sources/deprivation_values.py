"""The numbers of an index of deprivation: each domain whole or absent, every oddity told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from assetmap.errors import Fault
from assetmap.provenance import Caution
from assetmap.sources.codes import faults_of_codes
from assetmap.sources.columns import as_numbers, as_text, faults_of_ids, said_of, where_of
from assetmap.sources.deprivation_layouts import PARTS, RANKED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assetmap.sources.deprivation_layouts import Placing
    from assetmap.sources.read import Job

Index = dict[str, pd.DataFrame | None]
"""Score, rank and decile by area of each domain, or None where a domain's columns are empty."""

DECILES = 10


def index_of(
    job: Job, table: pd.DataFrame, placing: Placing, path: Path
) -> tuple[Index, list[Fault]]:
    """The domains of one file, and every fault of its codes and numbers."""
    ids = as_text(table[placing.area_id])
    faults = faults_of_ids(job, ids, column=placing.area_id)
    if job.spec.layout not in {"wide_parquet", "mapped", *RANKED}:
        faults += faults_of_codes(job, ids, column=placing.area_id)
    index: Index = {}
    codes = pd.Index(ids.array)
    for domain, parts in placing.domains.items():
        values, wrong = _values(job, table, parts, where=where_of(job, path.name))
        faults += wrong
        index[domain] = None if values is None else values.set_axis(codes, axis=0)
    return index, faults


def _values(
    job: Job, table: pd.DataFrame, parts: dict[str, str], *, where: str
) -> tuple[pd.DataFrame | None, list[Fault]]:
    """The parts of one domain as numbers; None where all its cells are empty."""
    faults: list[Fault] = []
    columns: dict[str, pd.Series] = {}
    for part in PARTS:
        if part not in parts:
            columns[part] = pd.Series(np.nan, index=table.index)
            continue
        columns[part], wrong = as_numbers(job, table[parts[part]], column=parts[part], blank=True)
        faults += wrong
    values = pd.DataFrame(columns)
    if job.spec.layout in RANKED:
        values["rank"] = _least(values["rank"])
    if not faults and values.isna().to_numpy().all():
        return None, []
    highs = {"rank": len(table), "decile": DECILES}
    for part, header in parts.items():
        faults += _faults_of_part(values[part], header, high=highs.get(part), where=where)
    return values, faults


def _least(rank: pd.Series) -> pd.Series:
    """Ranks with the least place for areas that tie; those whose ties have middle places (2.5)."""
    if not (rank % 1 > 0).any():
        return rank
    tied = rank.map(rank.value_counts())
    return rank - (tied - 1) / 2


def _faults_of_part(values: pd.Series, header: str, *, high: int | None, where: str) -> list[Fault]:
    empty = values.isna()
    faults = []
    if empty.any() and not (high is None and empty.all()):
        what = f"'{header}' is empty {said_of(values, empty)}, while its domain has values"
        faults.append(Fault(what=what, where=where, attempt="download the file again"))
    if high is None:
        return faults
    wrong = ~empty & ((values < 1) | (values > high) | (values % 1 != 0))
    if wrong.any():
        what = f"'{header}' is no whole number from 1 to {high} {said_of(values, wrong)}"
        attempt = f"the file has {len(values)} rows: is it the whole nation?"
        faults.append(Fault(what=what, where=where, attempt=attempt))
    return faults


def joined(job: Job, indices: Iterable[Index]) -> tuple[Index, list[Fault]]:
    """The domains of all files of one index; a domain in two of them must be the same in both."""
    whole: Index = {}
    faults = []
    files = list(indices)
    areas = [set(values.index) for values in map(_any, files) if values is not None]
    odd = sorted(set.union(*areas) - set.intersection(*areas)) if areas else []
    if odd:
        return {}, [_differ(job, f"files have different areas: {', '.join(odd[:5])}")]
    for domain, values in (item for index in files for item in index.items()):
        first = whole.get(domain)
        if first is None:
            whole[domain] = values
        elif values is not None and not _same(first, values.reindex(first.index)):
            faults.append(_differ(job, f"values of domain {domain} differ in the files"))
    if not areas:
        faults.append(Fault(what="every domain is empty", where=where_of(job)))
    return whole, faults


def _any(index: Index) -> pd.DataFrame | None:
    return next((values for values in index.values() if values is not None), None)


def _differ(job: Job, what: str) -> Fault:
    return Fault(what=what, where=where_of(job), attempt="take all files of one edition")


def _same(first: pd.DataFrame, second: pd.DataFrame) -> bool:
    shared = [part for part in PARTS if first[part].notna().all() and second[part].notna().all()]
    return bool((first[shared] == second[shared]).to_numpy().all())


def long_of(index: Index) -> dict[str, pd.Series]:
    """The columns of DEPRIVATION; where no decile is published it is ceil(10 rank / N)."""
    kept = {domain: values for domain, values in sorted(index.items()) if values is not None}
    whole = pd.concat(
        [
            values.assign(domain=domain, decile=values["decile"].fillna(_deciles(values)[0]))
            for domain, values in kept.items()
        ]
    )
    return {
        "area_id": pd.Series(whole.index.array),
        **{name: pd.Series(whole[name].array) for name in ("domain", *PARTS)},
    }


def cautions_of(job: Job, index: Index) -> list[Caution]:
    """What must be said: empty domains, shared ranks, deciles that differ or are computed."""
    kept = {domain: values for domain, values in sorted(index.items()) if values is not None}
    ties = {name: int(values["rank"].duplicated(keep=False).sum()) for name, values in kept.items()}
    odd = {name: _differing(values) for name, values in kept.items()}
    computed = {name: int(values["decile"].isna().sum()) for name, values in kept.items()}
    empty = {name: 1 for name, values in sorted(index.items()) if values is None}
    said = (
        ("domain_empty", empty, "Columns of these domains are empty in the file; left out: {}."),
        ("rank_ties", ties, "Areas that share their published rank with another: {}."),
        ("decile_differs", odd, "Published deciles other than ceil(10 x rank / areas), kept: {}."),
        ("decile_computed", computed, "No deciles are published for these; computed: {}."),
    )
    return [
        _caution(job, code, counts, text) for code, counts, text in said if any(counts.values())
    ]


def _caution(job: Job, code: str, counts: dict[str, int], text: str) -> Caution:
    some = {name: count for name, count in counts.items() if count}
    plain = code in {"domain_empty", "decile_computed"}
    named = ", ".join(name if plain else f"{name} {count}" for name, count in some.items())
    count = len(some) if plain else sum(some.values())
    return Caution(code=code, about=job.spec.id, text=text.format(named), count=count)


def _deciles(values: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The least and the highest decile that a rank may have: rows that tie share their places."""
    rank = values["rank"].astype("int64")
    tied = rank.map(rank.value_counts())
    size = len(values)
    return -(-DECILES * rank // size), -(-DECILES * (rank + tied - 1) // size)


def _differing(values: pd.DataFrame) -> int:
    low, high = _deciles(values)
    published = values["decile"]
    return int((published.notna() & ((published < low) | (published > high))).sum())
