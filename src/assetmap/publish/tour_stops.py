"""Stops of a guided tour: what is told there, what is looked at, and pictures."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a stop looks at: its shape in the CRS of the areas, and what it is called.

    ``area_id`` is of a neighbourhood that has a page.
    """

    kind: Literal["area", "scheme", "asset", "box"]
    shape: BaseGeometry
    name: str = ""
    area_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture as it is written into a page, and what it shows in words."""

    kind: str
    content: bytes
    alternative: str

    @property
    def address(self) -> Markup:
        """The picture itself as an address: the page asks for no file."""
        packed = base64.b64encode(self.content).decode("ascii")
        return Markup("data:{};base64,{}").format(self.kind, packed)


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One stop: its title, its paragraphs, and what is looked at."""

    title: str
    text: str
    look: Look | None = None
    picture: Picture | None = None


@dataclass(frozen=True, kw_only=True)
class Tour:
    """The whole tour."""

    title: str
    text: str
    stops: tuple[Stop, ...]
