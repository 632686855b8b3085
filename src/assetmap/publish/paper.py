"""A paper of a few parts: the same on the screen as HTML, and as a tagged PDF by typst."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import jinja2
import pandas as pd
from markupsafe import Markup

from assetmap.errors import MissingError
from assetmap.publish.atomic import whole_file
from assetmap.publish.plain import neutral
from assetmap.publish.report_typst import typst_here
from assetmap.publish.sealed import Sealed

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.assessment_parts import Part
    from assetmap.publish.words import Words


class Paper(NamedTuple):
    """Title, date, what must be said before anything else, and the parts."""

    title: str
    kicker: str
    banners: tuple[str, ...]
    parts: tuple[Part, ...]


def write_paper(path: Path, paper: Paper, words: Words) -> None:
    """The paper as an HTML page, and beside it as PDF where typst is installed.

    Raises
    ------
    WriteError
        Where a file cannot be written.
    """
    page = (
        _environment()
        .get_template("assessment.html.j2")
        .render(**paper._asdict(), language=words.language, sealed=Sealed.of([], [_style()]))
    )
    with whole_file(path) as draft:
        draft.write_text(page, encoding="utf-8", newline="\n")
    made = _pdf(paper, words)
    if made is not None:
        with whole_file(path.with_suffix(".pdf")) as draft:
            draft.write_bytes(made)


def write_rows(table: pd.DataFrame, path: Path) -> None:
    """A table as CSV, its texts harmless in a spreadsheet."""
    texts = [name for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
    clean = table.copy()
    for name in texts:
        clean[name] = clean[name].map(neutral)
    with whole_file(path) as draft:
        clean.to_csv(draft, index=False, lineterminator="\n")


def _pdf(paper: Paper, words: Words) -> bytes | None:
    """The paper as a tagged PDF; None where typst is not installed (``assetmap[report]``)."""
    try:
        typst = typst_here()
    except MissingError:
        return None
    parts = [
        {**part._asdict(), "grids": [grid._asdict() for grid in part.grids]} for part in paper.parts
    ]
    data = {**paper._asdict(), "language": words.language[:2], "parts": parts}
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
