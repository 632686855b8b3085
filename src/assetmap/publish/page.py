"""The public page: one file that opens from a disk, says the answer first, and calls nobody."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from assetmap.publish import rows, style
from assetmap.publish.atomic import whole_file
from assetmap.publish.ground import FEW_SCHEMES, Ground
from assetmap.publish.listing import themes_of
from assetmap.publish.moving import (
    leaflet_script,
    leaflet_style,
    leaflet_version,
    moving_map,
)  # fmt: skip
from assetmap.publish.places import places_of
from assetmap.publish.plain import email_address, plain, shown
from assetmap.publish.rounding import hundredths
from assetmap.publish.still import still_map
from assetmap.publish.summary import answers, nearness, opening, tallies
from assetmap.publish.views import views_of
from assetmap.publish.walkers import compared
from assetmap.publish.words import Words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from assetmap.publish.edition import Edition
    from assetmap.publish.places import Place

OPEN_CODES = (1, 2)
MOST_OPEN = 12
"""Results whose lists are open from the start, where they are short enough."""


def write_page(edition: Edition, path: Path) -> None:
    """The page of an edition, written to ``path`` as one file with everything inside it.

    The same edition gives the same bytes. Nothing that people typed reaches a script, an address
    or a style: names are text, everywhere.

    Raises
    ------
    StudyError
        Where the study's public words are not complete.
    WriteError
        Where the file cannot be written, for one because it is open in another program.
    """
    page = _page(edition, words_of(edition.words))
    with whole_file(path) as draft:
        draft.write_text(page, encoding="utf-8", newline="\n")


def answer_of(edition: Edition) -> str:
    """The page's answer in a few sentences, for a command line or a message.

    Raises
    ------
    StudyError
        As :func:`write_page`.
    """
    words = words_of(edition.words)
    said = answers(edition, places_of(edition, words), words)
    return " ".join(part.lead for part in said)


@dataclass(frozen=True)
class Sealed:
    """Scripts and styles with the policy that lets only them run."""

    policy: str
    scripts: tuple[Markup, ...]
    styles: tuple[Markup, ...]

    @classmethod
    def of(cls, scripts: Iterable[str], styles: Iterable[str]) -> Sealed:
        """The policy by hashes: what is not listed does not run, and nothing is fetched."""
        told, drawn = [text.strip() for text in scripts], [text.strip() for text in styles]
        may_run = " ".join(_hashed(text) for text in told)
        may_style = " ".join(_hashed(text) for text in drawn)
        policy = (
            f"default-src 'none'; script-src {may_run}; style-src {may_style}; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        )
        # our own files and installed packages only; what they hold of a study is escaped JSON
        return cls(
            policy,
            tuple(Markup(text) for text in told),  # noqa: S704
            tuple(Markup(text) for text in drawn),  # noqa: S704
        )


def _hashed(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _page(edition: Edition, words: Words) -> str:
    environment = _environment()
    places = places_of(edition, words)
    views = views_of(edition, places, words)
    ground = Ground.of(edition)
    moving = moving_map(ground, places, views)
    draw = f"function drawMap() {{\n{moving.script}\n}}"
    sealed = Sealed.of(
        [
            _shipped(environment, "table.js"),
            leaflet_script(),
            draw,
            _shipped(environment, "map.js"),
        ],
        [leaflet_style(), _colours(environment), _shipped(environment, "page.css")],
    )
    judged = not edition.findings.empty
    label = words.say(
        "map.figure" if judged else "map.figure_unjudged",
        place=shown(edition.facts.place),
        neighbourhoods=words.count("unit.neighbourhoods", len(places)),
    )
    return environment.get_template("page.html.j2").render(
        **_words(words),
        **_answer(edition, places, words),
        **_tables(edition, words),
        facts=edition.facts,
        judged=judged,
        language=words.language,
        sealed=sealed,
        views=views,
        moving=Markup(moving.html),  # noqa: S704 - folium's empty element under our name
        bounds=moving.bounds,
        water=len(ground.water) > 0,
        still=still_map(ground, places, view=views[0], label=label),
        defs=Markup(style.pattern_defs()),  # noqa: S704 - our own constants
        themes=themes_of(edition, words),
        marks=style.MARKS,
        leaflet=leaflet_version(),
    )


def _words(words: Words) -> dict[str, object]:
    return {"say": words.say, "count": words.count, "date": words.date, "level": words.level}


def _answer(edition: Edition, places: tuple[Place, ...], words: Words) -> Mapping[str, object]:
    groups = [
        (tally, [place for place in places if place.level == tally.level])
        for tally in tallies(places, words)
    ]
    relative = edition.findings["access_test"].isin(["relative", "both"]).any()
    local = edition.findings["need_local"].any()
    return {
        "places": places,
        "groups": groups,
        "opening": opening(edition, places, words),
        "answers": answers(edition, places, words),
        "nearness": nearness(edition, places),
        "compared": compared(edition, places, words),
        "relative": bool(relative or local),
        "opened": {t.code for t, _ in groups if t.code in OPEN_CODES and t.places <= MOST_OPEN},
    }


def _tables(edition: Edition, words: Words) -> Mapping[str, object]:
    contact = edition.facts.contact
    benchmarks = rows.standards(edition, words)
    return {
        "standards": benchmarks,
        "within": {row.standard_id: row.within for row in benchmarks},
        "methods": rows.methods(edition, words),
        "cautions": rows.cautions(edition, words),
        "sources": rows.sources(edition),
        "credits": rows.credits(edition),
        "schemes": rows.schemes(edition, words),
        "scheme_columns": rows.scheme_columns(edition, words),
        "few_schemes": len(edition.schemes) <= FEW_SCHEMES,
        "contact": contact,
        "email": email_address(contact.email) if contact else "",
    }


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("assetmap.publish"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["shown"] = shown
    environment.filters["lines"] = partial(plain, longest=rows.LONG)
    environment.filters["hundredths"] = hundredths
    environment.filters["capfirst"] = _capfirst
    return environment


def _capfirst(text: str) -> str:
    """The text with its first letter large; the rest as it was written."""
    return text[:1].upper() + text[1:]


def _shipped(environment: jinja2.Environment, name: str) -> str:
    """A style sheet or script of ours, as it is."""
    loader = environment.loader
    if loader is None:  # pragma: no cover - the environment above has one
        raise LookupError(name)
    return loader.get_source(environment, name)[0]


def _colours(environment: jinja2.Environment) -> str:
    return environment.get_template("colours.css.j2").render(
        light=style.variables(style.LIGHT),
        dark=style.variables(style.DARK),
        system=style.variables(style.SYSTEM),
        more=style.variables(style.MORE_CONTRAST),
        codes=range(1, 7),
        steps=range(1, style.STEPS + 1),
    )
