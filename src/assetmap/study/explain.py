"""``explain``: every number behind one neighbourhood, down to files, licences and settings."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from assetmap.errors import Fault, StudyError, nearest_name
from assetmap.study.lineage import MADE_BY, above

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

READ_TOGETHER = ("domain", "reference", "category", "standard_id")
HIDDEN = ("geometry", "area_id")
PLAIN_PARTS = 2
ALL = "all"
"""In a reference: every area of the study."""
UNKNOWN = "not known"
HOW_READ = (
    "crs", "layout", "layer", "columns", "where", "categories", "category", "covers", "level",
    "fit", "group", "id_pattern", "max_age_years", "postcodes", "precision_m", "rank", "stage",
)  # fmt: skip
"""Words of study.toml about a source that change what is read from its file."""


@dataclass(frozen=True)
class Number:
    """One number: where it stands, what it is, and the step that made it."""

    where: str
    value: str
    unit: str
    step: str

    def __str__(self) -> str:
        return f"{self.where.split('.')[-1]} = {self.value} {self.unit}".rstrip()


@dataclass(frozen=True)
class Made:
    """A step: its own settings, the steps it was made from, and every file behind it."""

    name: str
    settings: Mapping[str, str]
    made_from: tuple[str, ...]
    sources: tuple[str, ...]

    def lines(self) -> list[str]:
        """The step as a person reads it."""
        said = [f"  {self.name}"]
        said += [f"      {name} = {value}" for name, value in self.settings.items()]
        said += [f"      made from: {', '.join(self.made_from)}"] if self.made_from else []
        return [*said, f"      files: {', '.join(self.sources) or 'none'}"]


@dataclass(frozen=True)
class Explained:
    """Everything behind one area: its numbers, the steps behind any of them, and their files."""

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
            "steps": [{**vars(step), "settings": dict(step.settings)} for step in self.steps],
            "sources": [dict(source) for source in self.sources],
        }

    def lines(self) -> list[str]:
        """The explanation as a person reads it: numbers, then how each was made, then files."""
        said = [f"{self.place} ({self.area_id})"]
        for step in dict.fromkeys(number.step for number in self.numbers):
            said += ["", f"Made by: {step}"]
            said += _together([number for number in self.numbers if number.step == step])
        said += ["", "Steps: the settings of each, what it was made from, the files behind it"]
        made = [step for step in self.steps if not step.name.startswith("read ")]
        said += [line for step in made for line in step.lines()]
        return [*said, "", "Files", *(line for one in self.sources for line in self._file(one))]

    def _file(self, source: Mapping[str, str]) -> list[str]:
        """A file, its licence, and how it was read: what is not told here is as published."""
        read = [step for step in self.steps if step.name == f"read {source['id']}"]
        return [
            f"  {source['id']}: {source['file']}",
            f"      {source['publisher']}, {source['title']}, {source['vintage']}",
            f"      licence: {source['licence']}",
            f"      sha256:  {source['sha256']}",
            *(
                f"      {name.removeprefix('source.')} = {value}"
                for step in read
                for name, value in step.settings.items()
                if name.removeprefix("source.").split(".")[0] in HOW_READ
            ),
        ]


def refuse_unknown(areas: pd.DataFrame, reference: str, several: Collection[str] = ()) -> None:
    """Nothing, where the study reports the area, or knows the unit, that a reference begins with.

    ``several`` are the names of more than one area; without any the reference is an area's code.

    Raises
    ------
    StudyError
        For any other, with the nearest that it does report.
    """
    own = areas.loc[areas["role"] == "study", "area_id"]
    area_id, _, name = reference.partition(":") if several else (reference, "", "")
    if area_id in set(own) or (name and area_id in several):
        return
    what = f"the study has no area '{area_id}'"
    if area_id in set(areas["area_id"]):
        what = f"'{area_id}' lies around the study and is not reported"
    attempt = nearest_name(area_id, own) or f"a code such as {own.iloc[0]}"
    if area_id in several:
        what = f"'{area_id}' stands for several neighbourhoods, whose numbers would fill pages"
        attempt = f"the name of a number after a colon, such as {area_id}:finding.level"
    raise StudyError(Fault(what=what, attempt=attempt))


def explain(work: Work, steps: Mapping[str, Kept], reference: str) -> Explained:
    """Every number about one area of the study, or those that a reference names.

    A reference is an area's code, or that, a colon and the name of a number or of several
    (``E01000001:access.library``); the code of a ward or another unit in place of it asks for the
    areas there, ``all`` for every area: for a figure that sums them up.

    Raises
    ------
    StudyError
        Where nothing goes by the name, with the nearest that does.
    """
    areas = steps["names"].table("table")
    area_id, _, name = reference.partition(":")
    own = areas.loc[areas["role"] == "study", "area_id"]
    held = steps["nation"].table("table")
    summed = own if area_id == ALL else _of_unit(held, area_id, own)
    numbers = tuple(
        number if summed.empty else replace(number, where=f"{area}.{number.where}")
        for area in ([area_id] if summed.empty else summed)
        for number in _numbers(steps, str(area))
        if not name or f"{number.where}.".startswith(f"{name}.")
    )
    if not numbers:
        _refuse_unknown_name(steps, str(own.iloc[0]), name)
    wanted: dict[str, None] = {}
    for number in numbers:
        wanted |= dict.fromkeys(above(work, number.step)[0])
    made = tuple(_made(work, name) for name in wanted)
    used = {source for one in made for source in one.sources}
    sources = tuple(
        {key: str(value) for key, value in vars(source).items()}
        for source in work.sources
        if source.id in used
    )
    places = {str(row.area_id): str(row.place) for row in areas.itertuples()}
    units = dict(zip(held["unit_id"], held["unit_name"], strict=True))
    place = places.get(area_id) or str(units.get(area_id, work.settings.study.place))
    return Explained(reference, place, numbers, made, sources)


def _of_unit(membership: pd.DataFrame, unit: str, own: pd.Series) -> pd.Series:
    """The areas that the study reports in a unit; none where it is the code of no unit."""
    within = membership.loc[membership["unit_id"] == unit, "area_id"]
    return own[own.isin(within) & (own != unit)]


def _refuse_unknown_name(steps: Mapping[str, Kept], area_id: str, name: str) -> None:
    known = list(dict.fromkeys(number.where for number in _numbers(steps, area_id)))
    attempt = nearest_name(name, known) or "a name that 'assetmap explain CODE' lists"
    raise StudyError(Fault(what=f"no figure goes by the name '{name}'", attempt=attempt))


def _numbers(steps: Mapping[str, Kept], area_id: str) -> Iterator[Number]:
    tables = {
        "area": ("names", "table"),
        "deprivation": ("deprivation", "table"),
        "need": ("need", "table"),
        "access": ("measured", "area_access"),
        "score": ("scores", "scores"),
        "coverage": ("coverage", "table"),
        "benefit": ("benefit", "table"),
        "finding": ("levels", "table"),
        "challenge": ("challenges", "challenge"),
        "sure": ("robustness", "table"),
    }
    for name, (step, part) in tables.items():
        if step in steps:
            table = steps[step].table(part)
            for row in table[table["area_id"] == area_id].to_dict("records"):
                yield from _of_row(name, row, steps[step].step.name)


def _of_row(table: str, row: Mapping[Any, Any], step: str) -> Iterator[Number]:
    if table == "access":
        where = f"access.{row['category']}.{row['measure']}.{row['profile']}"
        yield Number(where, _plain(row["value"]), _unit(row), step)
        return
    if table == "challenge":
        yield Number(f"challenge.{row['order']}", str(row["says"]), "", step)
        return
    if table == "coverage":
        told = "measured" if row["measured"] else _plain(row["reason"])
        yield Number(f"coverage.{row['standard_id']}", told, "", step)
        return
    label = ".".join(str(row[key]) for key in READ_TOGETHER if key in row)
    for column, value in row.items():
        if column not in HIDDEN and column not in READ_TOGETHER:
            where = ".".join(part for part in (table, label, str(column)) if part)
            maker = MADE_BY.get(str(column), step) if table == "area" else step
            yield Number(where, _plain(value), "", maker)


def _unit(row: Mapping[Any, Any]) -> str:
    """The unit of a number that is known; a share needs no word."""
    unit = "" if row["unit"] in {"share", "1"} else str(row["unit"])
    return "" if _plain(row["value"]) == UNKNOWN else unit


def _together(numbers: list[Number]) -> list[str]:
    """Numbers that say one thing by profile, or of one domain, on one line."""
    by_head: dict[str, list[Number]] = {}
    for number in numbers:
        parts = number.where.split(".")
        head = ".".join(parts[:-1]) if len(parts) > PLAIN_PARTS else number.where
        by_head.setdefault(head, []).append(number)
    return [
        f"  {head}: {', '.join(map(str, some))}"
        if some[0].where != head
        else f"  {head.removesuffix(head.split('.')[-1])}{some[0]}"
        for head, some in by_head.items()
    ]


def _made(work: Work, name: str) -> Made:
    kept = work.ledger.kept[name]
    by_print = {one.step.fingerprint: other for other, one in work.ledger.kept.items()}
    made_from = sorted({by_print[one] for one in kept.needs if one in by_print})
    sources = sorted(above(work, name)[1])
    return Made(name, dict(_flat("", kept.step.settings)), tuple(made_from), tuple(sources))


def _flat(above_it: str, settings: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Settings one a line, ``travel.detour = 1.3``; those that are empty say nothing."""
    for name, value in settings.items():
        where = f"{above_it}.{name}" if above_it else name
        if isinstance(value, dict):
            yield from _flat(where, value)
        elif value not in (None, "", [], False):
            yield where, _plain(value)


def _plain(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return UNKNOWN
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, (list, dict, tuple)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)
