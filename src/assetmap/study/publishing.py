"""``[publish]``: words, days and languages of what is published."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it at run time
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from assetmap.publish.edition import PAGE_AREAS
from assetmap.publish.tongue import SHIPPED, is_known
from assetmap.study.frozen import Frozen

Tag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]


class Publish(Frozen):
    """``[publish]``: words and days printed on the page."""

    review_by: dt.date
    adopted_by: str = ""
    """Who adopted the accessibility statement, and when; without it the page says *draft*."""
    base_url: Annotated[str, StringConstraints(pattern=r"^(https?://[^\s\"<>]+/)?$")] = ""
    """Where ``public/`` will be found, ending with ``/``: messages then show a page's picture."""
    place_pages: bool | None = None
    """Whether each neighbourhood has a page of its own. Where nobody says, it has, but for the
    cells of a grid, which nobody calls by name."""
    page_areas: int = Field(default=PAGE_AREAS, ge=1)
    """As many areas as one page tells of; a study with more is split by authority."""
    words: dict[str, str] = Field(default_factory=dict)
    languages: tuple[Tag, ...] = (SHIPPED,)
    """Languages of the pages, English first; the words of each other are in ``words/``."""
    since: Annotated[str, StringConstraints(pattern=r"^[\w-]+(/[\w-]+)*$")] | None = None
    """A folder within the study's own that keeps an earlier run: its tables and its lineage."""
    licence: str = "Open Government Licence v3.0"
    """Of the study's own figures; tables made from share-alike sources keep those sources'."""

    @model_validator(mode="after")
    def _languages_are_known(self) -> Publish:
        if self.languages[:1] != (SHIPPED,) or len(set(self.languages)) < len(self.languages):
            message = f"languages start with '{SHIPPED}' and name each once"
            raise ValueError(message)
        unknown = [tag for tag in self.languages if not is_known(tag)]
        if unknown:
            message = f"no language '{unknown[0]}': give a tag such as 'cy' or 'pt-BR'"
            raise ValueError(message)
        return self

    @property
    def further(self) -> tuple[str, ...]:
        """Every language but the first."""
        return self.languages[1:]
