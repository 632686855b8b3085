"""Files of a study's own that no ``[[source]]`` describes and that its pages rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.sources.runs import files_of_run
from assetmap.sources.translations import translation_file

if TYPE_CHECKING:
    from assetmap.study.settings import Settings


def own_files(settings: Settings) -> tuple[str, ...]:
    """Words of further languages, pictures of a tour, and an earlier run, by their names."""
    tour, earlier = settings.tour, settings.publish.since
    return (
        *map(translation_file, settings.publish.further),
        *(stop.picture for stop in (tour.stop if tour else ()) if stop.picture),
        *(files_of_run(earlier) if earlier else ()),
    )
