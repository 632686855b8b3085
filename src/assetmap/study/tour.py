"""``[tour]`` of ``study.toml``: a guided tour of a scheme or a whole place, stop by stop."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints, model_validator

from assetmap.study.frozen import Frozen

Told = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Picture = Annotated[str, StringConstraints(pattern=r"^[\w-][\w-]*(/[\w-]+)*\.(png|jpg|jpeg)$")]
Box = tuple[float, float, float, float]


class Stop(Frozen):
    """``[[tour.stop]]``: what is told, and what is looked at: one thing, a picture, or both."""

    title: Told
    text: Told
    """Paragraphs are apart by an empty line."""
    area: str | None = None
    scheme: str | None = None
    asset: str | None = None
    box: Box | None = None
    """West, south, east and north, in degrees."""
    picture: Picture | None = None
    """A file in the study's own folder."""
    alternative: str = ""
    """What the picture shows, for who does not see it."""

    @model_validator(mode="after")
    def _looks_at_one_thing(self) -> Stop:
        looks = [name for name in ("area", "scheme", "asset", "box") if getattr(self, name)]
        if len(looks) > 1:
            message = f"a stop looks at one thing, this one at {' and '.join(looks)}"
            raise ValueError(message)
        if not looks and not self.picture:
            message = "a stop looks at an area, a scheme, an asset or a box, or has a picture"
            raise ValueError(message)
        if self.picture and not self.alternative.strip():
            message = "a picture needs an alternative: what it shows, in words"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _box_holds_something(self) -> Stop:
        if self.box and not (self.box[0] < self.box[2] and self.box[1] < self.box[3]):
            message = "box is west, south, east, north, in degrees"
            raise ValueError(message)
        return self


class Tour(Frozen):
    """``[tour]``: its title, what it is about, and its stops in order."""

    title: Told
    text: str = ""
    stop: tuple[Stop, ...] = ()

    @model_validator(mode="after")
    def _goes_somewhere(self) -> Tour:
        if not self.stop:
            message = "a tour has stops: [[tour.stop]]"
            raise ValueError(message)
        return self
