"""A language that nobody speaks: every letter of the English marked, so that what stays shows."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

from assetmap.publish.blank import texts_of
from assetmap.publish.translation import SAID, Translation, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assetmap.publish.edition import Edition

TAG = "pl"
"""Polish has four forms of number, a comma before decimals and a space between thousands."""
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
MARKED = "áƀçđéƒğħíĵķłɱñóþɋřšŧúṽŵẋýžÁɃÇĐÉƑĞĦÍĴĶŁṀÑÓÞɊŘŠŦÚṼŴẊÝŽ"
MARKS = str.maketrans(PLAIN, MARKED)
_KEPT = re.compile(r"(\{[^}]*\}|\[\w+\])")
SPOKEN = {"aria-label", "alt", "title", "content", "placeholder", "label", "value"}


def pseudo(text: str) -> str:
    """The text in brackets, its letters marked, what is filled in as it was."""
    parts = _KEPT.split(text)
    return f"⟦{''.join(part if n % 2 else part.translate(MARKS) for n, part in enumerate(parts))}⟧"


def pseudo_translation(edition: Edition, tag: str = TAG, *, papers: bool = False) -> Translation:
    """A whole translation of an edition: every key in every form, and every text it says.

    With ``papers`` what reports, briefings and plans say as well.
    """
    blank = Translation(language=tag, where=f"words/{tag}.toml")
    sections: dict[str, dict[str, object]] = {SAID: {}}
    for name, english in wanted(papers=papers).items():
        section, _, key = name.partition(".")
        entry: object = pseudo(english) if isinstance(english, str) else {
            form: pseudo(english["other"]) for form in blank.tongue.forms
        }  # fmt: skip
        sections.setdefault(section, {})[key] = entry
    sections[SAID] = {phrase: pseudo(phrase) for phrase in texts_of(edition, blank, papers=papers)}
    return Translation(language=tag, sections=sections, where=blank.where)


class Spoken(HTMLParser):
    """Every text that a page gives a reader: on it, in its attributes, in its scripts' data."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        is_data = given.get("type") == "application/json"
        self.inside.append((tag, is_data))
        policy = "http-equiv" in given or given.get("name") in {
            "viewport", "color-scheme", "referrer",
        } or given.get("property") in {"og:type", "og:url", "og:image"}  # fmt: skip
        if policy or tag == "option":
            return
        self.found += [value for name, value in given.items() if name in SPOKEN]
        self.found += [
            value
            for name, value in given.items()
            if name.startswith("data-") and " " in value and name != "data-bounds"
        ]
        if given.get("href", "").startswith("mailto:"):
            self.found.append(unquote(given["href"].partition("?")[2]))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, is_data = self.inside[-1] if self.inside else ("", False)
        if is_data:
            self.found += list(texts_in(json.loads(data)))
        elif tag not in {"script", "style"}:
            self.found.append(data)


def spoken_by_map(script: str) -> list[str]:
    """What the map's popups say."""
    told = re.search(r"var assetmapTold=(\{.*?\});\n", script)
    assert told is not None
    return list(texts_in(json.loads(told[1])))


def texts_in(value: object) -> Iterator[str]:
    """Every text in a JSON value, but for the names of its keys."""
    if isinstance(value, str):
        yield html.unescape(value)
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_in(item)
