"""Scenario files, TOML or GeoJSON: edits to a study, every fault told at once."""

from __future__ import annotations

import hashlib
import json
import tomllib
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import ValidationError
from pyproj import Transformer
from shapely.geometry import LineString, MultiPoint, Point

from assetmap.errors import Fault, MissingError, ReadError, nearest_name
from assetmap.frames import table_of
from assetmap.frames.holdings import Rules
from assetmap.frames.scenario import EDITS, Money, Scenario
from assetmap.sources.categories import read_categories
from assetmap.sources.scenario_held import held_of
from assetmap.sources.scenario_words import EditWords, ScenarioWords

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

MOST_BYTES = 5_000_000


def read_scenario(path: Path, *, crs: str, sites: gpd.GeoDataFrame | None = None) -> Scenario:
    """The scenario of a file, its places in the study's CRS.

    TOML has one ``[[edit]]`` a change; GeoJSON one feature a change, with the same words as
    properties, a point as its place or a line as its way, and the rest under ``scenario``.

    Parameters
    ----------
    crs
        The study's.
    sites
        SCHEMES of the study: an edit may name one as its ``site``, stands then inside it and takes
        its homes where it gives none.

    Raises
    ------
    MissingError
        Where there is no such file.
    ReadError
        With every fault: not TOML or GeoJSON, unknown words, edits that lack what they need,
        unknown categories and sites, places that are no degrees.
    """
    given, sha256 = _given(path)
    try:
        words = ScenarioWords.model_validate(given)
    except ValidationError as error:
        raise ReadError(list(_told(error, path))) from None
    known = {} if sites is None else {row["scheme_id"]: row for row in sites.to_dict("records")}
    faults = list(_faults(words, known, path))
    if faults:
        raise ReadError(faults)
    rows = [_row(number, edit, crs, known) for number, edit in enumerate(words.edit, start=1)]
    table = pd.DataFrame(rows, columns=list(EDITS.names))
    told = words.model_dump(exclude={"schema_version", "edit", "money", "rules"})
    numbered = list(enumerate(words.edit, start=1))
    return Scenario(
        edits=table_of(EDITS, {name: table[name] for name in EDITS.names}),
        money=Money(**words.money.model_dump()) if words.money else None,
        sha256=sha256,
        held=held_of({f"{words.id}:{number}": edit for number, edit in numbered}),
        rules=Rules(**words.rules.model_dump()),
        ruled_out={number: edit.ruled_out for number, edit in numbered if edit.ruled_out},
        **told,
    )


def _given(path: Path) -> tuple[dict[str, Any], str]:
    if not path.is_file():
        others = [one.stem for one in path.parent.glob("*.*")] if path.parent.is_dir() else []
        hint = nearest_name(path.stem, others) or "the path of a scenario file"
        raise MissingError(Fault(what="no such scenario", where=str(path), attempt=hint))
    content = path.read_bytes()
    try:
        if len(content) > MOST_BYTES:
            message = f"{len(content):,} bytes, more than a scenario has"
            raise ValueError(message)  # noqa: TRY301 - told with the other ways of being unreadable
        text = content.decode("utf-8-sig")
        given = tomllib.loads(text) if path.suffix.lower() == ".toml" else _of_geojson(text)
    except (ValueError, RecursionError) as error:
        what = f"not a scenario file: {error}"
        raise ReadError(Fault(what=what, where=str(path), attempt="TOML or GeoJSON")) from None
    return given, hashlib.sha256(content).hexdigest()


def _of_geojson(text: str) -> dict[str, Any]:
    """The words of a scenario from a collection of features."""
    whole = json.loads(text)
    if not isinstance(whole, dict) or not isinstance(whole.get("features"), list):
        message = "no collection of features"
        raise ValueError(message)  # noqa: TRY004 - a file's fault, not a caller's
    edits = [_of_feature(one) for one in whole["features"]]
    scenario = whole.get("scenario", {})
    if not isinstance(scenario, dict):
        message = "'scenario' holds no words"
        raise ValueError(message)  # noqa: TRY004 - as above
    return scenario | {"edit": edits}


def _of_feature(feature: object) -> dict[str, Any]:
    if not isinstance(feature, dict):
        message = "a feature that is none"
        raise ValueError(message)  # noqa: TRY004 - a file's fault, not a caller's
    words = {k: v for k, v in (feature.get("properties") or {}).items() if v is not None}
    geometry = feature.get("geometry") or {}
    kind, points = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point":
        return words | {"at": points}
    if kind == "LineString":
        return words | {"along": points}
    if kind is not None:
        message = f"a {kind}: edits stand at points or along lines"
        raise ValueError(message)
    return words


def _told(error: ValidationError, path: Path) -> Iterator[Fault]:
    """Every fault of the words; that no edit is left beside those that are wrong is none."""
    found = error.errors()
    of_edits = any(len(one["loc"]) > 1 and one["loc"][0] == "edit" for one in found)
    for one in found:
        if one["loc"] != ("edit",) or one["type"] not in {"too_short", "missing"}:
            yield _fault(dict(one), path)
        elif not of_edits:
            what, attempt = "no edits, so nothing changes", "one [[edit]] or more"
            yield Fault(what=what, where=str(path), attempt=attempt)


def _fault(error: dict[str, Any], path: Path) -> Fault:
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    if error["type"] == "extra_forbidden":
        of = EditWords if "edit" in error["loc"] else ScenarioWords
        hint = nearest_name(str(error["loc"][-1]), of.model_fields)
        return Fault(what=f"unknown key '{where}'", where=str(path), attempt=hint)
    said = error["msg"].removeprefix("Value error, ")
    return Fault(what=f"'{where}': {said}", where=str(path))


def _faults(words: ScenarioWords, known: dict[str, Any], path: Path) -> Iterator[Fault]:
    categories = read_categories()
    for number, edit in enumerate(words.edit, start=1):
        where = f"{path}, edit {number}"
        if edit.category is not None and edit.category not in categories:
            hint = nearest_name(edit.category, categories)
            yield Fault(what=f"no category '{edit.category}'", where=where, attempt=hint)
        if edit.site is not None and edit.site not in known:
            hint = nearest_name(edit.site, known) or "the id of a scheme that the study reads"
            yield Fault(what=f"no site '{edit.site}'", where=where, attempt=hint)
        elif edit.site is not None and edit.kind == "homes" and edit.dwellings is None:
            homes = known[edit.site]["homes"]
            if pd.isna(homes) or homes <= 0:
                what = f"site '{edit.site}' does not say how many homes"
                yield Fault(what=what, where=where, attempt="give dwellings")
        points = [*edit.along, *edit.entrances, *([edit.at] if edit.at else [])]
        if any(not (-180 <= x <= 180 and -90 <= y <= 90) for x, y in points):  # noqa: PLR2004
            what = "a place that is no longitude and latitude"
            yield Fault(what=what, where=where, attempt="degrees, longitude before latitude")


def _row(number: int, edit: EditWords, crs: str, known: dict[str, Any]) -> dict[str, Any]:
    move = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    place: Point | LineString | None = None
    if edit.along:
        place = LineString([move(*point) for point in edit.along])
    elif edit.at is not None:
        place = Point(*move(*edit.at))
    elif edit.site is not None:
        place = known[edit.site]["geometry"].representative_point()
    gates = MultiPoint([move(*point) for point in edit.entrances]) if edit.entrances else None
    low, high = edit.homes
    if edit.kind == "homes" and edit.dwellings is None:
        low = high = float(known[str(edit.site)]["homes"])
    homes = edit.kind == "homes"
    return {
        "edit": number,
        **edit.model_dump(include={"kind", "asset", "category", "name", "supply", "opening_hours",
                                   "wheelchair", "household_size", "capital"}),
        "dwellings_low": low if homes else None,
        "dwellings_high": high if homes else None,
        "opens": edit.opens.isoformat() if edit.opens else None,
        "until": edit.until.isoformat() if edit.until else None,
        "place": None if place is None else place.wkt,
        "entrances": None if gates is None else gates.wkt,
    }  # fmt: skip
