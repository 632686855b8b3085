"""Read ``study.toml`` into settings; every fault of the file is told at once."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from assetmap.errors import Fault, MissingError, StudyError, nearest_name
from assetmap.sources.categories import packaged_table
from assetmap.study.ground import faults_of_ground
from assetmap.study.isochrone_faults import faults_of_isochrones
from assetmap.study.opening import faults_of_opening
from assetmap.study.settings import SCHEMA_VERSION, Settings
from assetmap.study.timetable import faults_of_timetable

if TYPE_CHECKING:
    from collections.abc import Iterator


def folders_of(
    study: str | os.PathLike[str], data: str | os.PathLike[str] | None
) -> tuple[Path, Path | None]:
    """The folder of a study, given it or its ``study.toml``, and that of published files.

    The latter is ``ASSETMAP_DATA`` where it is not given, and None where neither is.
    """
    given = Path(study)
    named = data or os.environ.get("ASSETMAP_DATA") or None
    return given.parent if given.name == "study.toml" else given, Path(named) if named else None


def read_settings(folder: Path) -> Settings:
    """The settings of the study in a folder.

    Raises
    ------
    MissingError
        When there is no ``study.toml``.
    StudyError
        With every fault: not TOML, unknown keys (and the nearest known), wrong kinds, sources
        that are named but not described, or described twice, a CRS that does not fit the place.
    """
    path = folder / "study.toml"
    if not path.is_file():
        raise MissingError(_fault_of_absence(folder))
    given = _parsed(path)
    if given.get("schema_version") != SCHEMA_VERSION:
        raise StudyError(
            Fault(
                what=f"schema_version is {given.get('schema_version', 'missing')}",
                where=str(path),
                attempt=f"this assetmap reads schema_version = {SCHEMA_VERSION}",
            )
        )
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        raise StudyError([_fault(dict(one), path, given) for one in error.errors()]) from None
    faults = [
        *_faults_of_names(settings, path),
        *_faults_of_themes(settings, path),
        *_faults_of_profiles(settings, path),
        *_faults_of_free_space(settings, path),
        *faults_of_ground(settings, path),
        *faults_of_isochrones(settings, path),
        *faults_of_opening(
            settings.opening, nation=settings.study.nation, use=settings.standards.use, path=path
        ),
        *faults_of_timetable(
            settings.timetable,
            mode=settings.travel.mode,
            ids=[source.id for source in settings.of_kind("timetable")],
            path=path,
        ),
    ]
    if faults:
        raise StudyError(faults)
    return settings


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        fault = Fault(what="not UTF-8", where=str(path), attempt="save the file as UTF-8")
    except OSError as error:
        fault = Fault(what=f"cannot be opened: {error.strerror}", where=str(path))
    except tomllib.TOMLDecodeError as error:
        fault = Fault(what=f"not TOML: {error}", where=str(path), attempt="mend that line")
    raise StudyError(fault)


def _fault_of_absence(folder: Path) -> Fault:
    beside = folder.resolve().parent
    studies = [one.parent.name for one in beside.glob("*/study.toml")] if beside.is_dir() else []
    attempt = "give the folder of a study, or make one with: assetmap new AUTHORITY_CODE"
    hint = nearest_name(folder.name, studies)
    return Fault(what="no study.toml", where=str(folder), attempt=hint or attempt)


def _fault(error: dict[str, Any], path: Path, given: dict[str, Any]) -> Fault:
    where = _told_place(error["loc"], given)
    if error["type"] == "extra_forbidden":
        hint = nearest_name(str(error["loc"][-1]), _known_beside(error["loc"]))
        return Fault(what=f"unknown key '{where}'", where=str(path), attempt=hint)
    if error["type"] == "missing":
        return Fault(what=f"'{where}' is missing", where=str(path), attempt="add it")
    if error["type"] == "value_error":
        said = error["msg"].removeprefix("Value error, ")
        return Fault(what=f"'{where}': {said}", where=str(path))
    hint = ""
    if error["type"] == "literal_error" and isinstance(error["input"], str):
        hint = nearest_name(error["input"], re.findall(r"'([^']*)'", error["ctx"]["expected"]))
    what = f"'{where}': {error['msg']}, not {error['input']!r:.60}"
    return Fault(what=what, where=str(path), attempt=hint)


def _told_place(loc: tuple[str | int, ...], given: dict[str, Any]) -> str:
    """Where in the file, as its writer knows it: a source by its id and not by its number."""
    parts = [str(part) for part in loc]
    if len(loc) > 1 and loc[0] == "source" and isinstance(loc[1], int):
        source = given["source"][loc[1]]
        name = source.get("id") if isinstance(source, dict) else None
        parts[:2] = [f"source {name or f'number {loc[1] + 1}'}"]
    return ".".join(parts)


def _known_beside(loc: tuple[str | int, ...]) -> list[str]:
    """The keys that the settings know at the place of an unknown one."""
    model: type[BaseModel] = Settings
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        found = _model_in(model.model_fields[part].annotation)
        if found is None:
            return []
        model = found
    return list(model.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The settings model inside an annotation such as ``tuple[Crossing, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


def _faults_of_names(settings: Settings, path: Path) -> Iterator[Fault]:
    ids = [source.id for source in settings.source]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        yield Fault(what=f"source '{twice}' is described twice", where=str(path))
    for where, name, kinds in _names(settings):
        found = [source for source in settings.source if source.id == name]
        if not found:
            hint = nearest_name(name, ids) or "describe it in a [[source]]"
            yield Fault(what=f"{where} names '{name}', no such source", where=str(path),
                        attempt=hint)  # fmt: skip
        elif found[0].kind not in kinds:
            what = f"{where} names '{name}', a source of kind '{found[0].kind}'"
            yield Fault(what=what, where=str(path), attempt=f"kind = {' or '.join(kinds)}")


def _faults_of_themes(settings: Settings, path: Path) -> Iterator[Fault]:
    """Themes that no category has: they would never be measured, and nobody would see why."""
    known = packaged_table("categories.toml")["theme"]
    named = {"rules.themes": settings.rules.themes, "standards.weights": settings.standards.weights}
    for where, names in named.items():
        for name in names:
            if name not in known:
                hint = nearest_name(name, known) or f"one of {', '.join(known)}"
                yield Fault(what=f"{where}: no theme '{name}'", where=str(path), attempt=hint)
    weights = settings.standards.weights
    if not any(weights.get(name, 1.0) for name in settings.rules.themes):
        what = "standards.weights: every theme of the test weighs nothing, so nothing has a score"
        yield Fault(what=what, where=str(path), attempt="give at least one theme a weight above 0")


def _faults_of_profiles(settings: Settings, path: Path) -> Iterator[Fault]:
    """Green-space profiles that are not known, or named twice."""
    known = packaged_table("green_profiles.toml")["profile"]
    named = settings.green.profiles
    for name in dict.fromkeys(named):
        if name not in known:
            hint = nearest_name(name, known) or f"one of {', '.join(known)}"
            what = f"green.profiles: no profile '{name}'"
            yield Fault(what=what, where=str(path), attempt=hint)
        elif named.count(name) > 1:
            yield Fault(what=f"green.profiles names '{name}' twice", where=str(path))


def _faults_of_free_space(settings: Settings, path: Path) -> Iterator[Fault]:
    """Categories that nothing has: they would never be near, and nobody would see why."""
    known = packaged_table("categories.toml")["category"]
    chosen = settings.fairness
    named = {"free_indoor": chosen.free_indoor, "free_green": chosen.free_green}
    for where, names in named.items():
        for name in names:
            if name not in known:
                what = f"fairness.{where}: no category '{name}'"
                yield Fault(what=what, where=str(path), attempt=nearest_name(name, known))


def _names(settings: Settings) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each place where a source is named: where, its id, the kinds that fit."""
    areas, travel = settings.areas, settings.travel
    yield from (("areas.boundaries", name, ("boundaries",)) for name in areas.boundaries)
    yield from (("areas.geography", name, ("geography", "deprivation"))
                for name in areas.geography)  # fmt: skip
    yield from (("areas.population", name, ("population",)) for name in areas.population)
    yield from (("robustness.listed", name, ("assets",)) for name in settings.robustness.listed)
    yield from (("origins.places", name, ("places", "buildings"))
                for name in settings.origins.places)  # fmt: skip
    yield from (
        (f"source {source.id} {key}", name, ("places",))
        for source in settings.source
        for key, name in (("postcodes", source.postcodes), ("uprns", source.uprns))
        if name
    )
    single = {
        "areas.crosswalk": (areas.crosswalk, ("crosswalk",)),
        "areas.deprivation": (areas.deprivation, ("deprivation",)),
        "areas.centres": (areas.centres, ("places",)),
        "areas.names": (areas.names, ("names",)),
        "travel.streets": (travel.streets, ("streets",)),
        "travel.elevation": (travel.elevation, ("elevation",)),
    }
    yield from ((where, name, kinds) for where, (name, kinds) in single.items() if name)
