"""A report as one HTML page: figures inside, no script, nothing fetched."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from assetmap.publish.atomic import whole_file
from assetmap.publish.report_blocks import (
    Bullets,
    Figure,
    Heading,
    PageBreak,
    Table,
    Words,
    refuse_unsaid,
)
from assetmap.publish.sealed import Sealed
from assetmap.publish.style import LIGHT, variables

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.report_blocks import Block, Report

KINDS = {Bullets: "bullets", Figure: "figure", Heading: "heading", PageBreak: "break",
         Table: "table", Words: "words"}  # fmt: skip


def write_html(report: Report, path: Path) -> None:
    """The report as a page that stands alone and prints; the title is its only first heading.

    Raises
    ------
    WriteError
        As :func:`assetmap.publish.report_blocks.refuse_unsaid`.
    """
    refuse_unsaid(report)
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("assetmap.publish"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shipped = environment.get_template("report.css").render()
    style = f":root{{{variables(LIGHT)}}}\n{shipped}"
    text = environment.get_template("report.html.j2").render(
        report=report,
        kind=_kind,
        picture=_picture,
        sealed=Sealed.of([], [style]),
    )
    with whole_file(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")


def _kind(block: Block) -> str:
    return KINDS[type(block)]


def _picture(figure: Figure) -> Markup:
    """The drawing as an address of its own bytes."""
    held = base64.b64encode(figure.svg).decode("ascii")
    return Markup(f"data:image/svg+xml;base64,{held}")  # noqa: S704 - base64
