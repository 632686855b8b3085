"""One page: its sections, its scripts and styles, sealed by a policy that fetches nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from assetmap.publish import style
from assetmap.publish.plain import email_address
from assetmap.publish.typeset import environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.publish.scene import Scene
    from assetmap.publish.sealed import Sealed
    from assetmap.publish.sections import ProfileSection, Section


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section as it stands on its page; ``script`` runs right after it."""

    key: str
    heading: str
    body: Markup
    css: str
    listed: bool
    script: Markup


@dataclass(frozen=True, kw_only=True)
class Top:
    """What a page says of itself: in its head, in a message, and over its sections.

    ``root`` leads from the page to the folder of the first page, and ``file`` from there back;
    ``subject`` is of what a reader writes who finds something wrong.
    """

    name: str
    title: str
    heading: str
    description: str
    subject: str
    about: str = ""
    root: str = ""
    file: str = ""
    address: str = ""
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class Switch:
    """A language of the pages: its tag, its own name, and the folder of its pages."""

    language: str
    name: str
    folder: str


class Press:
    """The templates with what every page of an edition may use."""

    def __init__(self, scene: Scene, switch: tuple[Switch, ...] = ()) -> None:
        words, contact = scene.words, scene.edition.facts.contact
        self.templates = environment()
        self.shared: Mapping[str, object] = {
            "say": words.say,
            "count": words.count,
            "date": words.date,
            "number": words.number,
            "language": words.language,
            "direction": words.tongue.direction,
            "switch": switch,
            "beside": scene.beside,
            "facts": scene.edition.facts,
            "judged": scene.judged,
            "alone": scene.alone,
            "linked": scene.linked,
            "entered": scene.entered,
            "map_scripts": scene.map_scripts,
            "marks": style.MARKS,
            "contact": contact,
            "email": email_address(contact.email) if contact else "",
        }

    def part(
        self, section: Section | ProfileSection, found: Mapping[str, object], *, root: str = ""
    ) -> Part:
        """A section set from its template; its script is one that is shipped, or none."""
        heading = found.get("heading")
        if heading is None:
            heading = self.shared["say"](f"{section.key}.heading")  # type: ignore[operator]
        names = {**self.shared, "root": root, **found}
        body = self.templates.get_template(section.template).render(**names)
        script = str(found.get("script", ""))
        return Part(
            key=section.key,
            heading=str(heading),
            body=Markup(body),  # noqa: S704 - a template's own, its values escaped
            css=section.css,
            listed=getattr(section, "listed", True),
            script=Markup(self.shipped(script).strip() if script else ""),  # noqa: S704
        )

    def page(self, top: Top, parts: list[Part], *, sealed: Sealed, links: Mapping[str, str]) -> str:
        """A whole page."""
        return self.templates.get_template("page.html.j2").render(
            **self.shared,
            top=top,
            root=top.root,
            parts=parts,
            links=links,
            sealed=sealed,
            defs=Markup(style.pattern_defs(steps=top.name == "front")),  # noqa: S704 - our own constants
        )

    def shipped(self, name: str) -> str:
        """A style sheet or script of ours, as it is."""
        loader = self.templates.loader
        if loader is None:  # pragma: no cover - our environment has one
            raise LookupError(name)
        return loader.get_source(self.templates, name)[0]

    def styles(self, *names: str) -> list[str]:
        """The colours, and style sheets of ours by name."""
        return [self._colours(), *(self.shipped(name) for name in names)]

    def _colours(self) -> str:
        return self.templates.get_template("colours.css.j2").render(
            light=style.variables(style.LIGHT),
            dark=style.variables(style.DARK),
            system=style.variables(style.SYSTEM),
            more=style.variables(style.MORE_CONTRAST),
            codes=range(1, 7),
            steps=range(1, style.STEPS + 1),
        )
