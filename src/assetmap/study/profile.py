"""One neighbourhood in plain words, for the terminal."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from assetmap.publish.report_content import figures_of
from assetmap.publish.scene import Scene
from assetmap.study.explain import refuse_unknown
from assetmap.study.first_steps import find_ground
from assetmap.study.pipeline import find_out
from assetmap.study.run import edition_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from assetmap.publish.edition import Edition
    from assetmap.study.study import Study


@dataclass(frozen=True)
class Profile:
    """What is said of one neighbourhood, and its figures: what, how much, the reference."""

    area_id: str
    place: str
    result: str
    said: tuple[str, ...]
    figures: tuple[tuple[str, ...], ...]

    def told(self) -> dict[str, Any]:
        """The profile, plain enough for JSON."""
        return asdict(self)

    def lines(self) -> list[str]:
        """The profile as a person reads it."""
        width = max((len(row[0]) for row in self.figures), default=0)
        shown = [f"  {row[0]:<{width}}  {row[1]:>7}  {row[2]}" for row in self.figures]
        return [f"{self.place} ({self.area_id})", self.result, "", *self.said, "", *shown]


def profile(
    study: Study,
    area_id: str,
    *,
    tell: Callable[[str, bool], None] = lambda _name, _reused: None,
) -> Profile:
    """One area of a study in plain words.

    Raises
    ------
    MissingError
        Where a file of the study is missing.
    StudyError
        For an area that the study does not report, with the nearest that it does.
    """
    work = study.work(tell)
    refuse_unknown(find_ground(work)["areas"].table("table"), area_id)
    return _profile_of(edition_for(work, find_out(work)), area_id)


def _profile_of(edition: Edition, area_id: str) -> Profile:
    scene = Scene.of(edition)
    place = next(place for place in scene.places if place.area_id == area_id)
    result = scene.words.level(place.level) if scene.judged else ""
    return Profile(area_id, place.place, result, place.paragraphs, figures_of(place, scene).rows)
