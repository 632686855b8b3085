"""How plain the words of a page are: its sentences, their length, jargon, and a reading age."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MOST_WORDS = 25
READ_BY_EVERYBODY = 10
"""GOV.UK asks writers to aim at 9; the names of places, which are not ours, add up to a year."""
READ_BY_WHO_LOOKS_THINGS_UP = 11
LOOKED_UP = {"services.html", "method.html", "sources.html"}
FOR_CHECKERS = {"annex.html"}
"""Technical figures, for whoever checks: they keep the field's terms."""
IN_CODES = {"sources.html", "method.html"}
"""They name files and standards as their publishers do."""

NEVER = (
    "worst", "failing", "deprived people", "hotspot", "hotspots", "poor area", "poor areas",
    "at risk", "left behind", "left-behind", "probability",
)  # fmt: skip
"""What WORDS forbids: verdicts on people, and odds that nobody worked out."""
JARGON = (
    "lsoa", "lsoas", "msoa", "decile", "deciles", "quintile", "quintiles", "percentile", "quantile",
    "centroid", "centroids", "catchment", "catchments", "impedance", "cut-off", "isochrone",
    "isochrones", "polygon", "polygons", "geometry", "geocode", "snapped", "opportunities",
    "robustness", "robust", "threshold", "thresholds", "metric", "metrics", "provision",
    "stakeholder", "stakeholders", "utilise", "facilitate", "commence", "regarding",
    "prior to", "in order to", "pursuant", "aforementioned", "jaccard", "spearman", "ptal",
    "dataset", "datasets", "crs", "nan", "null", "none of the above",
)  # fmt: skip
PARAGRAPHS = {"p", "li", "dd"}
BLOCKS = PARAGRAPHS | {
    "dt", "h1", "h2", "h3", "h4", "caption", "td", "th", "summary", "label", "option", "button",
    "legend", "figcaption", "div", "section", "ul", "ol", "table", "nav", "footer", "header",
    "title",
}  # fmt: skip
EMPTY = {"meta", "link", "input", "br", "img"}
UNREAD = {"script", "style", "svg"}
_SET_BY_A_LICENCE = re.compile(r"©|licensed under|Licence v|Powered by")
_STOP = re.compile(r"(?<=[.?!])\s+(?=[A-Z“\d])")


class Blocks(HTMLParser):
    """The blocks of a page in order, each with its tag.

    Without scripts, styles and drawings, and without lists of places by name, which are data.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.listed = 0
        self.said: list[str] = []
        self.found: list[tuple[str, str]] = []
        self.feed(page)
        self._end()

    def _end(self) -> None:
        text = " ".join("".join(self.said).split())
        tag = next((tag for tag in reversed(self.stack) if tag in BLOCKS), "")
        if text:
            self.found.append((tag, text))
        self.said = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._end()
        if ("class", "assets") in attrs:
            self.listed = len(self.stack) + 1
        if tag not in EMPTY:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end()
        while self.stack and self.stack.pop() != tag:
            pass
        if len(self.stack) < self.listed:
            self.listed = 0

    def handle_data(self, data: str) -> None:
        if not self.listed and not UNREAD.intersection(self.stack):
            self.said.append(data)


def sentences(page: str) -> list[str]:
    """The whole sentences of a page's paragraphs and lists, in order; credits are not ours."""
    prose = [
        text
        for tag, text in Blocks(page).found
        if tag in PARAGRAPHS and not _SET_BY_A_LICENCE.search(text)
    ]
    return [
        sentence
        for text in prose
        for sentence in _STOP.split(text)
        if sentence.endswith((".", "?", "!")) and " " in sentence
    ]


def reading_age(said: Iterable[str]) -> float:
    """``4.71 c / w + 0.5 w / s - 21.43``, a grade of school, and five years more.

    Of ``c`` letters and digits, ``w`` words and ``s`` sentences: the automated readability index,
    Smith and Senter 1967 (AMRL-TR-66-220). It needs no list of syllables, so nothing is guessed.
    """
    given = list(said)
    words = [word for sentence in given for word in sentence.split()]
    letters = sum(char.isalnum() for word in words for char in word)
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(given) - 21.43 + 5


def jargon(page: str, *, named: frozenset[str] = frozenset()) -> list[str]:
    """Terms of the lists that a reader meets anywhere on a page; ``named`` texts are data."""
    text = " | ".join(text for _, text in Blocks(page).found if text not in named).casefold()
    return [term for term in (*NEVER, *JARGON) if re.search(rf"\b{re.escape(term)}\b", text)]


def faults_of(name: str, page: str) -> list[str]:
    """What is not plain on a page, in words; nothing where it is."""
    if name.rsplit("/", 1)[-1] in FOR_CHECKERS:
        return []
    said = sentences(page)
    found = [
        f"{name}: {len(one.split())} words: {one}" for one in said if len(one.split()) > MOST_WORDS
    ]
    most = READ_BY_WHO_LOOKS_THINGS_UP if name in LOOKED_UP else READ_BY_EVERYBODY
    age = reading_age(said)
    if age > most:
        found.append(f"{name}: reading age {age:.1f}, and {most} is the most")
    if name not in IN_CODES:
        found += [f"{name}: “{term}”" for term in jargon(page)]
    return found


def faults_in(public: Path) -> list[str]:
    """What is not plain on any English page of a folder to publish."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(public.rglob("*.html"))}
    return [
        fault
        for path, page in pages.items()
        if '<html lang="en' in page
        for fault in faults_of(path.relative_to(public).as_posix(), page)
    ]
