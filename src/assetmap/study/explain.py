"""``explain``: every number behind one neighbourhood, down to files, licences and settings."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.study.lineage import MADE_BY, above

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

READ_TOGETHER = ("domain", "reference", "category", "standard_id")
HIDDEN = ("geometry", "area_id")


@dataclass(frozen=True)
class Number:
    """One number: where it stands, what it is, and the step that made it."""

    where: str
    value: str
    unit: str
    step: str


@dataclass(frozen=True)
class Made:
    """A step: its settings, and every published file that it rests on."""

    name: str
    settings: Mapping[str, object]
    rests_on: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Explained:
    """Everything behind one area."""

    area_id: str
    place: str
    numbers: tuple[Number, ...]
    steps: tuple[Made, ...]
    sources: tuple[Mapping[str, str], ...]

    def told(self) -> dict[str, Any]:
        """The explanation, plain enough for JSON."""
        return {
            "area_id": self.area_id,
            "place": self.place,
            "numbers": [vars(number) for number in self.numbers],
            "steps": [vars(step) for step in self.steps],
            "sources": [dict(source) for source in self.sources],
        }

    def lines(self) -> list[str]:
        """The explanation as a person reads it."""
        said = [f"{self.place} ({self.area_id})", ""]
        for step in self.steps:
            numbers = [number for number in self.numbers if number.step == step.name]
            if not numbers:
                continue
            said += [
                f"{number.where} = {number.value} {number.unit}".rstrip() for number in numbers
            ]
            said.append(f"    made by: {step.name}")
            said += [f"    setting: {name} = {_plain(v)}" for name, v in step.settings.items()]
            said += [f"    file:    {name}" for name in step.sources]
            said.append("")
        said.append("Files")
        for source in self.sources:
            said.append(f"  {source['id']}: {source['file']} ({source['publisher']}, "
                        f"{source['title']}, {source['vintage']})")  # fmt: skip
            said.append(f"      licence: {source['licence']}")
            said.append(f"      sha256:  {source['sha256']}")
        return said


def explain(work: Work, steps: Mapping[str, Kept], area_id: str) -> Explained:
    """Every number about one area.

    Raises
    ------
    StudyError
        For an area that the study does not report, with the nearest that it does.
    """
    areas = steps["names"].table("table")
    own = areas[areas["role"] == "study"]
    if area_id not in set(own["area_id"]):
        hint = nearest_name(area_id, own["area_id"])
        attempt = hint or f"a code such as {own['area_id'].iloc[0]}"
        raise StudyError(Fault(what=f"the study has no area '{area_id}'", attempt=attempt))
    numbers = tuple(_numbers(steps, area_id))
    wanted = list(dict.fromkeys(number.step for number in numbers))
    made = tuple(_made(work, name) for name in wanted)
    used = {source for one in made for source in one.sources}
    sources = tuple(
        {key: str(value) for key, value in vars(source).items()}
        for source in work.sources
        if source.id in used
    )
    place = str(own.set_index("area_id").loc[area_id, "place"])
    return Explained(area_id, place, numbers, made, sources)


def _numbers(steps: Mapping[str, Kept], area_id: str) -> Iterator[Number]:
    tables = {
        "area": ("names", "table"),
        "deprivation": ("deprivation", "table"),
        "need": ("need", "table"),
        "access": ("measured", "area_access"),
        "score": ("measured", "scores"),
        "coverage": ("coverage", "table"),
        "benefit": ("benefit", "table"),
        "finding": ("levels", "table"),
    }
    for name, (step, part) in tables.items():
        if step in steps:
            table = steps[step].table(part)
            for row in table[table["area_id"] == area_id].to_dict("records"):
                yield from _of_row(name, row, steps[step].step.name)


def _of_row(table: str, row: Mapping[Any, Any], step: str) -> Iterator[Number]:
    if table == "access":
        where = f"access.{row['category']}.{row['measure']}.{row['profile']}"
        yield Number(where, _plain(row["value"]), str(row["unit"]), step)
        return
    label = ".".join(str(row[key]) for key in READ_TOGETHER if key in row)
    for column, value in row.items():
        if column not in HIDDEN and column not in READ_TOGETHER:
            where = ".".join(part for part in (table, label, str(column)) if part)
            maker = MADE_BY.get(str(column), step) if table == "area" else step
            yield Number(where, _plain(value), "", maker)


def _made(work: Work, name: str) -> Made:
    rests_on, sources = above(work, name)
    settings = {
        f"{step}: {key}" if step != name else str(key): value
        for step in rests_on
        if not step.startswith("read ")
        for key, value in work.ledger.kept[step].step.settings.items()
    }
    return Made(name, settings, tuple(rests_on[1:]), tuple(sources))


def _plain(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return "not known"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, (list, dict, tuple)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)
