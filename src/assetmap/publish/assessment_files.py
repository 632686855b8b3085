"""Assessments written: tables as CSV, the page as HTML, and as PDF where typst is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.publish.assessment import parts_of
from assetmap.publish.assessment_map import assessment_map
from assetmap.publish.atomic import whole_folder
from assetmap.publish.paper import Paper, write_paper, write_rows
from assetmap.publish.plain import shown
from assetmap.publish.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from assetmap.frames.assessed import Assessed, Ground
    from assetmap.publish.words import Words

PAGE = "assessment.html"


def write_assessments(
    assessed: Sequence[Assessed], ground: Ground, folder: Path, *, words: Mapping[str, str]
) -> list[Path]:
    """A folder for each scenario and the comparison beside them; the paths of the pages.

    The tables hold officers' names of results: they are working files. The pages hold public
    words alone.

    Raises
    ------
    WriteError
        Where a file cannot be written.
    """
    said = words_of(words)
    pages = []
    for one in assessed:
        with whole_folder(folder / one.scenario.id) as draft:
            for name, table in one.tables.items():
                write_rows(table, draft / f"{name}.csv")
            _pages(one, ground, said, draft)
        pages.append(folder / one.scenario.id / PAGE)
    write_rows(ground.comparison, folder / "comparison.csv")
    write_rows(ground.beliefs, folder / "beliefs.csv")
    write_rows(ground.ranking, folder / "ranking.csv")
    write_rows(ground.pairs, folder / "ranking_pairs.csv")
    return pages


def _pages(one: Assessed, ground: Ground, words: Words, folder: Path) -> None:
    decision, site, *rest = parts_of(one, ground, words)
    drawn = site._replace(
        drawing=assessment_map(one, ground, words), alt=words.say("assess.map", place="")
    )
    write_paper(folder / PAGE, Paper(*_top(one, ground, words), (decision, drawn, *rest)), words)


def _top(one: Assessed, ground: Ground, words: Words) -> tuple[str, str, tuple[str, ...]]:
    """Title, date, and what must be said before anything else."""
    say = words.say
    banners = [say("assess.alone")]
    banners += [say("assess.estimate")] if ground.straight else []
    banners += [say("assess.invented")] if ground.invented else []
    title = say("assess.title", name=shown(one.scenario.name))
    kicker = say("assess.kicker", place=shown(ground.place), date=words.date(ground.as_of))
    return title, kicker, tuple(banners)
