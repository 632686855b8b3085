"""The tables that leave, with their columns: the same for CSV, workbook and GeoPackage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from assetmap.frames import Column
from assetmap.frames.contract import GEOMETRIES
from assetmap.frames.given import SCHEMES, UNPLACED
from assetmap.frames.prepared import AREAS, ASSETS, STANDARDS
from assetmap.frames.results import (
    AREA_ACCESS,
    CAUTIONS,
    FINDINGS,
    METHODS,
    SCORES,
)  # fmt: skip
from assetmap.publish.opening_times import with_open
from assetmap.publish.places import deciles_of
from assetmap.publish.plain import each_once, plain
from assetmap.publish.shapes import LONLAT
from assetmap.publish.style import LEVEL_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assetmap.frames import Contract
    from assetmap.publish.edition import Edition
    from assetmap.publish.words import Words

RESULT = (
    Column("result_code", "int", "Result, 1 to 6", low=1, high=6, nullable=True),
    Column("result", "text", "Result in public words", nullable=True),
)
DECILE = Column(
    "decile", "int", "Published decile of the whole index, 1 = most deprived tenth of the nation",
    low=1, high=10, nullable=True,
)  # fmt: skip
DEGREES = (
    Column("lon", "float", "Longitude, WGS 84", "degrees", decimals=6),
    Column("lat", "float", "Latitude, WGS 84", "degrees", decimals=6),
)
SOURCES = (
    Column("id", "text", "Source in study.toml"),
    Column("title", "text", "Title"),
    Column("publisher", "text", "Publisher"),
    Column("licence", "text", "Licence"),
    Column("attribution", "text", "Attribution it asks for"),
    Column("vintage", "text", "Date it speaks of"),
    Column("address", "text", "Web address"),
    Column("file", "text", "File name"),
    Column("sha256", "text", "Fingerprint of the file"),
)


@dataclass(frozen=True)
class Sheet:
    """A table under a name, with the columns it shows, what it holds and what tells rows apart."""

    name: str
    says: str
    table: pd.DataFrame
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @cached_property
    def cleaned(self) -> pd.DataFrame:
        """Its columns in order: text on one line, floats at their decimals, the rest as it is."""
        return pd.DataFrame(
            {column.name: _clean(self.table[column.name], column) for column in self.columns}
        )


def csv_sheets(edition: Edition, words: Words) -> tuple[Sheet, ...]:
    """The tables that are written as CSV, in the order in which they are read."""
    return (
        areas_sheet(edition, words),
        _whole(AREA_ACCESS, "access", edition.own_access),
        assets_sheet(edition, words),
        _findings(edition, words),
        _unplaced(edition),
        *(_whole(contract, name, table) for name, (contract, table) in edition.more.items()),
    )


def more_sheets(edition: Edition, words: Words) -> tuple[Sheet, ...]:
    """The tables that only the workbook holds, beside those of :func:`csv_sheets`."""
    listed = sorted(edition.sources, key=lambda source: source.id)
    sources = pd.DataFrame([vars(source) for source in listed]).reindex(columns=_names(SOURCES))
    return (
        _whole(SCHEMES, "schemes", edition.schemes),
        _whole(STANDARDS, "standards", edition.standards),
        _whole(METHODS, "methods", edition.methods),
        _whole(CAUTIONS, "cautions", edition.cautions),
        Sheet("sources", words.say("file.sources"), sources, SOURCES, ("id",)),
    )


def areas_sheet(edition: Edition, words: Words) -> Sheet:
    """One row an area of the study: who lives there, its result, why, and what is near."""
    own = edition.own.drop(columns="geometry")
    found = with_result(edition.findings, words)[["area_id", "level", *_names(RESULT), "reasons"]]
    scores = edition.scores.rename(columns={"percentile": "score_percentile"})
    near, near_columns = _near(edition)
    table = own.assign(decile=own["area_id"].map(deciles_of(edition)).astype("Int64"))
    for part in (found, scores, near):
        table = table.merge(part, on="area_id", how="left", validate="1:1")
    level, reasons = _of(FINDINGS, "level"), _of(FINDINGS, "reasons")
    percentile = _of(SCORES, "percentile")
    columns = (
        *[column for column in AREAS.columns if column.name not in {"geometry", "role"}],
        DECILE,
        level,
        *RESULT,
        reasons,
        _of(SCORES, "score"),
        Column("score_percentile", "float", percentile.says, "%", decimals=percentile.decimals),
        *near_columns,
    )
    return Sheet("areas", words.say("file.areas"), table, columns, AREAS.key)


def assets_sheet(edition: Edition, words: Words) -> Sheet:
    """Assets that everybody may see, with their position in degrees."""
    assets = edition.public_assets
    points = assets.geometry.to_crs(LONLAT)
    table = assets.drop(columns="geometry").assign(lon=points.x, lat=points.y)
    table, opens = with_open(edition, table)
    hidden = {"geometry", "visibility"}
    kept = tuple(column for column in ASSETS.columns if column.name not in hidden)
    return Sheet("assets", words.say("file.assets"), table, (*kept, *opens, *DEGREES), ASSETS.key)


def with_result(findings: pd.DataFrame, words: Words) -> pd.DataFrame:
    """FINDINGS with the public words of each level beside it."""
    levels = findings["level"]
    return findings.assign(
        result_code=levels.map(LEVEL_CODE).astype("Int64"),
        result=levels.map({level: words.level(level) for level in LEVEL_CODE}),
    )


def _clean(values: pd.Series, column: Column) -> pd.Series:
    if column.kind == "text":
        return each_once(values, plain, empty="")
    if column.kind == "float" and column.decimals is not None:
        return values.astype("float64").round(column.decimals) + 0.0
    return values


def _near(edition: Edition) -> tuple[pd.DataFrame, tuple[Column, ...]]:
    """The key numbers of AREA_ACCESS, one column a category and measure."""
    told = (edition.facts.share_measure, edition.facts.nearest_measure)
    chosen = pd.concat([edition.access_by(measure) for measure in told])
    name = chosen["measure"] + "_" + chosen["category"]
    wide = chosen.assign(name=name.where(chosen["unit"] != "min", name + "_min")).pivot_table(
        index="area_id", columns="name", values="value", aggfunc="first", dropna=False
    )
    decimals = _of(AREA_ACCESS, "value").decimals
    units = dict(
        zip(name.where(chosen["unit"] != "min", name + "_min"), chosen["unit"], strict=True)
    )
    columns = tuple(
        Column(
            str(key), "float", "Key number of the table access", units[str(key)], decimals=decimals
        )
        for key in sorted(wide.columns)
    )
    return wide[_names(columns)].rename_axis(columns=None).reset_index(), columns


def _findings(edition: Edition, words: Words) -> Sheet:
    table = _ordered(with_result(edition.of_own(edition.findings), words), FINDINGS)
    columns = (*FINDINGS.columns, *RESULT)
    return Sheet("findings", FINDINGS.says, table, columns, FINDINGS.key)


def _unplaced(edition: Edition) -> Sheet:
    empty = pd.DataFrame(columns=_names(UNPLACED.columns))
    return _whole(UNPLACED, "unplaced", empty if edition.unplaced is None else edition.unplaced)


def _whole(contract: Contract, name: str, table: pd.DataFrame) -> Sheet:
    """A table as its contract has it; of rows that not everybody may see, none leaves."""
    hidden = {*GEOMETRIES, "visibility"}
    columns = tuple(one for one in contract.columns if not {one.kind, one.name} & hidden)
    seen = table[table["visibility"] == "public"] if "visibility" in table else table
    return Sheet(name, contract.says, _ordered(seen, contract), columns, contract.key)


def _ordered(table: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """Rows in order of the key: the order in which they came means nothing."""
    return table.sort_values(list(contract.key), kind="stable")


def _of(contract: Contract, name: str) -> Column:
    return next(column for column in contract.columns if column.name == name)


def _names(columns: Iterable[Column]) -> list[str]:
    return [column.name for column in columns]
