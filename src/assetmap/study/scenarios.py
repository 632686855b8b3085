"""Scenarios of a study: found, assessed, and written beside its run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from assetmap.publish.assessment_files import write_assessments
from assetmap.study.assess import assess
from assetmap.study.pipeline import find_out
from assetmap.study.run import publish_run, run_id_of

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from assetmap.frames.assessed import Assessed
    from assetmap.study.work import Work

GET_PDF = "pip install 'assetmap[report]'"
SUFFIXES = (".toml", ".geojson", ".json")


@dataclass(frozen=True)
class Assessments:
    """What assessing made.

    Attributes
    ----------
    comparison
        One row an option: today, do nothing, and every scenario.
    assessed
        Each scenario with its tables.
    pages
        The page of each; beside it the same on paper, where typst is installed.
    """

    folder: Path
    comparison: pd.DataFrame
    assessed: tuple[Assessed, ...]
    pages: tuple[Path, ...]

    def lines(self) -> list[str]:
        """The options as a person reads them, people first."""
        said = []
        for row in self.comparison.to_dict("records"):
            more = ", with new homes" if row["variant"] == "with new homes" else ""
            told = (
                f"{row['newly_within']:,.0f} people newly within reach, "
                f"{row['no_longer_within']:,.0f} lose reach{_walks(row['minutes_saved'])}"
                if pd.notna(row["newly_within"])
                else "not known, since today's reach is not measured there"
            )
            said.append(f"{row['option']}{more}: {told}")
        if self.pages and not self.papers:
            said.append(f"No PDF was written, since typst is not installed: {GET_PDF}")
        return said

    @property
    def papers(self) -> tuple[Path, ...]:
        """The pages as PDF; none where typst is not installed."""
        papers = (page.with_suffix(".pdf") for page in self.pages)
        return tuple(paper for paper in papers if paper.is_file())

    def told(self) -> dict[str, object]:
        """The comparison, plain enough for JSON."""
        rows = self.comparison.astype(object).where(self.comparison.notna(), None)
        return {
            "folder": str(self.folder),
            "pages": [str(page) for page in self.pages],
            "papers": [str(paper) for paper in self.papers],
            "options": rows.to_dict("records"),
        }


def assess_scenarios(
    work: Work, own: Path, scenarios: Sequence[str | os.PathLike[str]], *, out: Path
) -> Assessments:
    """Scenarios against today, written under the run's folder; the run too, if it is not there."""
    steps = find_out(work)
    run_id = run_id_of(work, steps)
    folder = out / work.settings.study.id / run_id
    paths = [_found(own, one) for one in scenarios]
    ground, assessed = assess(work, steps, paths, run_id=run_id)
    if not folder.is_dir():
        publish_run(work, steps, out=out)
    target = folder / "scenarios"
    pages = write_assessments(assessed, ground, target, words=work.settings.publish.words)
    return Assessments(target, ground.comparison, tuple(assessed), tuple(pages))


def _walks(minutes_saved: float) -> str:
    """How much less everybody walks, or more, where that comes to half an hour."""
    hours, way = round(abs(minutes_saved) / 60), "shorter" if minutes_saved > 0 else "longer"
    return f", walks {hours:,} hours {way} in all" if hours else ""


def _found(own: Path, scenario: str | os.PathLike[str]) -> Path:
    """A path as it is, or a scenario of the study by its name."""
    given = Path(scenario)
    if given.is_file():
        return given
    named = [own / "scenarios" / f"{given.name}{suffix}" for suffix in ("", *SUFFIXES)]
    return next((path for path in named if path.is_file()), named[1] if not given.suffix else given)
