"""A run: what was found, published under a folder named by its fingerprint."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING

import pandas as pd

from assetmap.errors import Fault, StudyError
from assetmap.frames import table_of
from assetmap.frames.results import CAUTIONS
from assetmap.publish.atomic import whole_file, whole_folder
from assetmap.publish.public import PUBLIC, at_once, public_writers, write_notes
from assetmap.publish.site import answer_of
from assetmap.publish.tables import write_tables
from assetmap.sources.weigh import weight_of
from assetmap.study.ledger import hashed
from assetmap.study.own_files import own_files
from assetmap.study.report import counted
from assetmap.study.steps.edition import edition_of
from assetmap.study.steps.since import with_since

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from assetmap.provenance import Caution
    from assetmap.publish.edition import Edition
    from assetmap.publish.public import Share
    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

LINE = 110
REPLACED = "REPLACED-BY.txt"
TABLES = {
    "areas": ("names", "table"),
    "origins": ("origins", "table"),
    "assets": ("assets", "table"),
    "standards": ("standards", "table"),
    "coverage": ("coverage", "table"),
    "access": ("measured", "area_access"),
    "scores": ("scores", "scores"),
    "need": ("need", "table"),
    "findings": ("levels", "table"),
    "challenge": ("challenges", "challenge"),
    "nearest_misses": ("challenges", "nearest_misses"),
    "clusters": ("units", "clusters"),
    "summaries": ("units", "summaries"),
    "robustness": ("robustness", "table"),
    "sensitivity": ("robustness", "sensitivity"),
    "importance": ("robustness", "importance"),
    "fairness": ("fairness", "fairness"),
    "scheme_areas": ("fairness", "scheme_areas"),
    "no_free_space": ("fairness", "no_free_space"),
    "supply_beside_need": ("fairness", "supply_beside_need"),
    "service": ("service", "service"),
    "door_to_door": ("door to door", "table"),
    "reached": ("reached", "table"),
}


@dataclass(frozen=True)
class Run:
    """What a run made.

    Attributes
    ----------
    tables
        Every table by its name: areas, assets, access, need, findings and more. Origin rows are
        here for analysis; they are never written to the folder.
    folder
        Where the files are: working files, not for publication, but for what ``public/`` holds.
    page
        The first page of ``public/``.
    cautions
        What a reader must know beside the numbers.
    """

    id: str
    study: str
    title: str
    tables: Mapping[str, pd.DataFrame]
    folder: Path
    page: Path
    cautions: tuple[Caution, ...]
    answer: str
    kept: bool = True
    """Whether what was made is kept for the next run; the cache may not be ours to write."""

    def summary(self) -> str:
        """The answer of the page in a sentence or two."""
        return f"{self.title}. {self.answer}"

    def notes(self, *, most: int = 4) -> list[str]:
        """The cautions that touch most people, one of a kind and a line each."""
        by_code: dict[str, Caution] = {}
        for caution in sorted(self.cautions, key=_people, reverse=True):
            by_code.setdefault(caution.code, caution)
        chosen = list(by_code.values())[:most]
        said = [f"  - {shorten(counted(one), LINE, placeholder=' ...')}" for one in chosen]
        if len(self.cautions) > len(chosen):
            said.append(f"  - and {len(self.cautions) - len(chosen)} more: all are on the page")
        if not self.kept:
            said.append("The cache cannot be written: the next run starts anew (ASSETMAP_CACHE).")
        return said

    def told(self) -> dict[str, object]:
        """The run, plain enough for JSON."""
        levels = self.tables["findings"]["level"] if "findings" in self.tables else pd.Series()
        return {
            "run": self.id,
            "study": self.study,
            "title": self.title,
            "answer": self.answer,
            "page": str(self.page),
            "folder": str(self.folder),
            "levels": {str(name): int(n) for name, n in levels.value_counts().items()},
            "cautions": [asdict(caution) for caution in self.cautions],
        }


def publish_run(
    work: Work,
    steps: Mapping[str, Kept],
    *,
    out: Path,
    single: bool = False,
    asked: str | None = None,
) -> Run:
    """The run's folder, written whole: working files, and within it the folder to publish.

    With ``single`` every page is there once more as one file that works alone.

    Raises
    ------
    StudyError
        Where ``asked`` names a run that the study and its files no longer make.
    """
    edition = edition_for(work, steps)
    run_id, cautions = edition.facts.run, cautions_of(work)
    if asked not in {None, run_id}:
        what = f"run '{asked}' is not what the study makes now: that would be '{run_id}'"
        attempt = "give the folder of the study to publish what it makes now"
        raise StudyError(Fault(what=what, attempt=attempt))
    folder = out / work.settings.study.id / run_id
    with whole_folder(folder) as draft:
        pieces = writers(single=single, share=work.ledger.turns.fetch)
        for piece, write in pieces.items():
            work.ledger.turns.fetch(piece, partial(write, edition), draft)
    tell_replaced(folder, {one.name for one in folder.parent.iterdir() if one.is_dir()})
    return Run(
        id=run_id,
        study=work.settings.study.id,
        title=work.settings.study.title,
        tables={
            name: steps[step].table(part) for name, (step, part) in TABLES.items() if step in steps
        },
        folder=folder,
        page=folder / PUBLIC / "index.html",
        cautions=cautions,
        answer=answer_of(edition),
        kept=work.ledger.store.lasting,
    )


def writers(
    *, single: bool, share: Share = at_once
) -> dict[str, Callable[[Edition, Path], object]]:
    """Who writes which part of a run's folder; none needs what another has written.

    ``share`` as of :func:`assetmap.publish.public.write_open_files`.
    """

    def in_public(write: Callable[[Edition, Path], object], edition: Edition, folder: Path) -> None:
        write(edition, folder / PUBLIC)

    public = public_writers(single=single, share=share)
    return {
        "working": _write_working,
        **{piece: partial(in_public, write) for piece, write in public.items()},
    }


def _write_working(edition: Edition, folder: Path) -> None:
    write_tables(edition, folder)
    write_notes(edition, folder)


def tell_replaced(folder: Path, names: set[str]) -> None:
    """Every other edition of the study says which one replaced it; none is ever changed else."""
    (folder / REPLACED).unlink(missing_ok=True)
    for name in sorted(names - {folder.name}):
        other = folder.parent / name
        if (other / "lineage.json").is_file():
            with whole_file(other / REPLACED) as draft:
                draft.write_text(f"Replaced by run {folder.name}.\n", encoding="utf-8")


def edition_for(work: Work, steps: Mapping[str, Kept]) -> Edition:
    """What is published of a run; its id is a fingerprint of every step and every setting."""
    run_id = run_id_of(work, steps)
    made = edition_of(work, steps, run_id=run_id, cautions=cautions_table(cautions_of(work)))
    return with_since(work, made)


def run_id_of(work: Work, steps: Mapping[str, Kept]) -> str:
    """The fingerprint of a run: of every step, of the settings, and of the study's own files."""
    prints = sorted((name, kept.step.fingerprint) for name, kept in steps.items())
    seen = [weight_of(work.folders[0] / name) for name in own_files(work.settings)]
    return hashed([prints, work.settings.model_dump(mode="json"), seen])[:12]


def _people(caution: Caution) -> float:
    return caution.people or 0.0


def cautions_of(work: Work) -> tuple[Caution, ...]:
    """What every step had to say, once each, in the order of their codes."""
    said = {
        (caution.code, caution.about): caution
        for kept in work.ledger.kept.values()
        for caution in kept.cautions
    }
    return tuple(said[key] for key in sorted(said))


def cautions_table(cautions: tuple[Caution, ...]) -> pd.DataFrame:
    """CAUTIONS."""
    rows = [asdict(caution) for caution in cautions]
    return table_of(CAUTIONS, {name: [row[name] for row in rows] for name in CAUTIONS.names})
