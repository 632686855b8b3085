"""An assessment written: tables as CSV, the page as HTML, and as PDF where typst is installed."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import jinja2
import pandas as pd
from markupsafe import Markup

from assetmap.errors import MissingError
from assetmap.publish.assessment import parts_of
from assetmap.publish.assessment_map import assessment_map
from assetmap.publish.atomic import whole_file, whole_folder
from assetmap.publish.plain import neutral, shown
from assetmap.publish.report_typst import typst_here
from assetmap.publish.sealed import Sealed
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from assetmap.frames.assessed import Assessed, Ground
    from assetmap.publish.assessment_parts import Part
    from assetmap.publish.words import Words

PAGE, PAPER = "assessment.html", "assessment.pdf"


def write_assessments(
    assessed: Sequence[Assessed], ground: Ground, folder: Path, *, words: Mapping[str, str]
) -> list[Path]:
    """A folder for each scenario and the comparison beside them; the paths of the pages.

    The tables hold officers' names of results: they are working files. The pages hold public
    words alone.

    Raises
    ------
    WriteError
        Where a file cannot be written.
    """
    said = words_of(words)
    pages = []
    for one in assessed:
        with whole_folder(folder / one.scenario.id) as draft:
            for name, table in one.tables.items():
                _csv(table, draft / f"{name}.csv")
            _pages(one, ground, said, draft)
        pages.append(folder / one.scenario.id / PAGE)
    _csv(ground.comparison, folder / "comparison.csv")
    _csv(ground.beliefs, folder / "beliefs.csv")
    return pages


def _csv(table: pd.DataFrame, path: Path) -> None:
    texts = [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
    clean = table.copy()
    for name in texts:
        clean[name] = clean[name].map(neutral)
    with whole_file(path) as draft:
        clean.to_csv(draft, index=False, lineterminator="\n")


def _pages(one: Assessed, ground: Ground, words: Words, folder: Path) -> None:
    parts = parts_of(one, ground, words)
    drawing = assessment_map(one, ground, words)
    top = _top(one, ground, words)
    page = (
        _environment()
        .get_template("assessment.html.j2")
        .render(
            **top,
            parts=parts,
            map=drawing,
            language=words.language,
            sealed=Sealed.of([], [_style()]),
        )
    )
    with whole_file(folder / PAGE) as draft:
        draft.write_text(page, encoding="utf-8", newline="\n")
    paper = _paper(top, parts, str(drawing), words)
    if paper is not None:
        with whole_file(folder / PAPER) as draft:
            draft.write_bytes(paper)


def _top(one: Assessed, ground: Ground, words: Words) -> dict[str, object]:
    """Title, date and what must be said before anything else."""
    say = words.say
    banners = [say("assess.alone")]
    banners += [say("assess.estimate")] if ground.straight else []
    banners += [say("assess.invented")] if ground.invented else []
    return {
        "title": say("assess.title", name=shown(one.scenario.name)),
        "kicker": say("assess.kicker", place=shown(ground.place), date=words.date(ground.as_of)),
        "banners": banners,
    }


def _paper(
    top: Mapping[str, object], parts: Sequence[Part], drawing: str, words: Words
) -> bytes | None:
    """The page as a tagged PDF; None where typst is not installed (``assetmap[report]``)."""
    try:
        typst = typst_here()
    except MissingError:
        return None
    data = {
        **top,
        "language": words.language[:2],
        "map": drawing,
        "alt": words.say("assess.map", place=""),
        "parts": [
            {**part._asdict(), "grids": [grid._asdict() for grid in part.grids]} for part in parts
        ],
    }
    template = (files("assetmap.publish") / "templates" / "assessment.typ").read_bytes()
    made = typst.compile(
        template, format="pdf", sys_inputs={"data": json.dumps(data)}, pdf_standards="ua-1",
        timestamp=0,
    )  # fmt: skip
    return bytes(made) if made is not None else None


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("assetmap.publish"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def _style() -> Markup:
    text = (files("assetmap.publish") / "templates" / "assessment.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - our own file
