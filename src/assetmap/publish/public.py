"""What may leave the building: one folder with pages and files in public words, nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from assetmap.publish.atomic import whole_file
from assetmap.publish.formats import write_catalogue
from assetmap.publish.open_tables import APART, open_lineage, open_parts, open_sheet
from assetmap.publish.parting import told_places
from assetmap.publish.site import write_pages
from assetmap.publish.tables import (
    asset_files,
    data_files,
    write_asset_files,
    write_lineage,
)
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from assetmap.publish.edition import Edition

    Share = Callable[[str, Callable[[Path], object], Path], object]
    """Has a piece of the files written, by its name, into a folder: here or elsewhere."""

PUBLIC = "public"
"""The only folder of a run that is meant to be published."""

SINGLE = "single"
NOTE = "NOT-FOR-PUBLICATION.txt"


def write_public(edition: Edition, folder: Path, *, single: bool = False) -> Path:
    """The pages and the open files of an edition in ``folder``; the path of the first page.

    With ``single`` each page is in ``single/`` too, as one file that works alone. Officers' names
    of results are in none of the files, packed ones included.

    Raises
    ------
    StudyError, WriteError
        As :func:`assetmap.publish.site.write_pages`.
    """
    for write in public_writers(single=single).values():
        write(edition, folder)
    return folder / "index.html"


def at_once(_piece: str, write: Callable[[Path], object], folder: Path) -> None:
    """A piece of the files written here."""
    write(folder)


def public_writers(
    *, single: bool, share: Share = at_once
) -> dict[str, Callable[[Edition, Path], object]]:
    """Who writes which part of the public folder; none needs what another has written.

    ``share`` as of :func:`write_open_files`.
    """
    alone = {"single": _write_alone} if single else {}
    return {"open": partial(write_open_files, share=share), **alone, "pages": write_pages}


def _write_alone(edition: Edition, folder: Path) -> None:
    write_pages(edition, folder / SINGLE, single=True)


def write_open_files(edition: Edition, folder: Path, *, share: Share = at_once) -> tuple[Path, ...]:
    """The planner's files in public words in ``folder``; the paths of the data files, in order.

    Assets that rest on OpenStreetMap are in ``openstreetmap/`` with a note of their licence;
    every other file holds none of their rows. Assets far outside the study are in no file. Those
    of ``openstreetmap/`` are handed to ``share``, so that another process can write them.

    Raises
    ------
    StudyError, WriteError
        As :func:`assetmap.publish.tables.write_tables`.
    """
    words = words_of(edition.words)
    why = {place.area_id: " ".join(place.paragraphs) for place in told_places(edition, words)}
    ours, shared = open_parts(edition)
    seen = partial(open_sheet, words=words, why=why)
    made = data_files(ours, folder, words=words, seen=seen)
    if len(shared.assets):
        share(APART, partial(write_apart, edition), folder)
        made += asset_files(shared, folder / APART, words=words, seen=seen)
    write_lineage(open_lineage(edition.lineage), folder / "lineage.json")
    write_catalogue(edition, made, folder)
    return tuple(one.path for one in made)


def write_apart(edition: Edition, folder: Path) -> None:
    """The assets that rest on OpenStreetMap, where there are any, in ``folder/openstreetmap``."""
    words, (_, shared) = words_of(edition.words), open_parts(edition)
    if not len(shared.assets):
        return
    seen = partial(open_sheet, words=words, why={})
    write_asset_files(shared, folder / APART, words=words, seen=seen)
    with whole_file(folder / APART / "LICENCE.txt") as draft:
        draft.write_text(f"{words.say('file.odbl')}\n", encoding="utf-8", newline="\n")


def write_notes(edition: Edition, folder: Path) -> None:
    """What tells working files from the folder to publish: a note, and the way to the page."""
    words = words_of(edition.words)
    note = "\n".join([words.say("working.title"), "", words.say("working.says"), ""])
    page = words.say("working.page", folder=f"{PUBLIC}/")
    with whole_file(folder / NOTE) as draft:
        draft.write_text(note, encoding="utf-8", newline="\n")
    with whole_file(folder / "index.html") as draft:
        draft.write_text(_forward(words.language, page), encoding="utf-8", newline="\n")


_FORWARD = Markup(
    """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={link}">
<title>{page}</title>
</head>
<body>
<p><a href="{link}">{page}</a></p>
</body>
</html>
"""
)


def _forward(language: str, page: str) -> str:
    """A page that leads on to the one that is published."""
    return _FORWARD.format(language=language, page=page, link=f"{PUBLIC}/index.html")
