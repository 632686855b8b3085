"""The page as a browser's parser sees it."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from assetmap.publish.site import write_pages

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.edition import Edition

VOID = {"meta", "link", "input", "br", "img"}


class Read(HTMLParser):
    """The page as a browser's parser sees it: tags, attributes, text by tag, scripts, styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.stack: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.stack.append(tag)
        if tag in self.raw:
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = self.stack[-1] if self.stack else ""
        if inside in self.raw:
            self.raw[inside][-1] += data
        else:
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


def pages_of(edition: Edition, folder: Path) -> dict[str, str]:
    """Every page of an edition by its file name."""
    written = write_pages(edition, folder)
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in written
    }  # the map's script too: it holds what its popups say


def page_of(edition: Edition, folder: Path) -> str:
    """The first page."""
    return pages_of(edition, folder)["index.html"]
