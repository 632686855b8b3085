"""``words/<language>.toml`` beside a study: the public words in another language."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from assetmap.errors import Fault, MissingError, ReadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FOLDER = "words"
SCHEMA_VERSION = 1


def translation_file(language: str) -> str:
    """The file of a language, as seen from the study's folder."""
    return f"{FOLDER}/{language}.toml"


def read_translations(
    folder: Path, languages: Iterable[str]
) -> dict[str, Mapping[str, Mapping[str, object]]]:
    """Section to key to words, by language, as they stand in the files; nothing is judged here.

    Raises
    ------
    MissingError
        With every language whose file is not there.
    ReadError
        With every file that is no TOML, or whose ``schema_version`` is not known.
    """
    wanted = list(languages)
    missing = [
        Fault(
            what=f"no words in the language '{one}'",
            where=str(folder / translation_file(one)),
            attempt=f"assetmap words {folder} {one} writes a file to fill in",
        )
        for one in wanted
        if not (folder / translation_file(one)).is_file()
    ]
    if missing:
        raise MissingError(missing)
    faults: list[Fault] = []
    read: dict[str, Mapping[str, Mapping[str, object]]] = {}
    for one in wanted:
        whole = _whole(folder / translation_file(one), faults)
        read[one] = {name: part for name, part in whole.items() if isinstance(part, dict)}
    if faults:
        raise ReadError(faults)
    return read


def _whole(path: Path, faults: list[Fault]) -> dict[str, Any]:
    """The file as a table; what is wrong with it goes into ``faults``."""
    try:
        whole = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Fault(what=f"not readable as TOML: {error}", where=str(path)))
        return {}
    faults.extend(_faults_of(whole, path))
    return whole


def _faults_of(whole: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    if whole.get("schema_version") != SCHEMA_VERSION:
        what = f"schema_version is {whole.get('schema_version', 'missing')}"
        yield Fault(what=what, where=str(path), attempt=f"schema_version = {SCHEMA_VERSION}")
    for name, part in whole.items():
        if name != "schema_version" and not isinstance(part, dict):
            yield Fault(what=f"'{name}' stands under no section", where=str(path))
