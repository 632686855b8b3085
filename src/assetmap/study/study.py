"""A study: opened, checked, run and explained."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from assetmap.errors import Fault, MissingError
from assetmap.sources.files import missing_faults
from assetmap.sources.store import open_store
from assetmap.study.beside import beside
from assetmap.study.config import folders_of, read_settings
from assetmap.study.explain import ALL, Explained, explain, refuse_unknown
from assetmap.study.first_steps import find_ground
from assetmap.study.languages import named, refuse_unfinished
from assetmap.study.ledger import Ledger
from assetmap.study.look import look
from assetmap.study.others import NOBODY, started
from assetmap.study.pipeline import find_out
from assetmap.study.report import missing_files
from assetmap.study.run import Run, publish_run
from assetmap.study.work import Work

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence

    from assetmap.study.challenge import Challenged
    from assetmap.study.fetch import Fetched
    from assetmap.study.others import Others
    from assetmap.study.report import Report
    from assetmap.study.scale import Whole
    from assetmap.study.scenarios import Assessments
    from assetmap.study.settings import Settings


@dataclass(frozen=True)
class Study:
    """A study's settings and where its files are.

    Attributes
    ----------
    settings
        ``study.toml``, checked.
    folder
        The study's own folder; its files are looked for here first.
    data
        The folder of published files, or None.
    """

    settings: Settings
    folder: Path
    data: Path | None = None
    more: tuple[Path, ...] = ()
    """Further folders of published files, looked through last."""

    def run(
        self,
        *,
        out: str | os.PathLike[str] = "outputs",
        single: bool = False,
        asked: str | None = None,
        workers: int = 1,
        others: Others = NOBODY,
        tell: Callable[[str, bool], None] = lambda _name, _reused: None,
    ) -> Run:
        """The study measured, found and published under ``out/<study>/<run>/``.

        With ``single`` its pages are there once more, each as one file that works alone. Where
        ``asked`` names a run, it is that one or none. The same bytes for any number of
        ``workers``, processes that share the steps; ``others`` are those beside this one where
        they are started already (:func:`assetmap.study.others.started`).

        Raises
        ------
        MissingError
            With every file that is missing.
        StudyError
            Where the study no longer makes the run that was asked for.
        AssetmapError
            For whatever is wrong with a file or a setting; nothing is then written.
        """
        self._refuse_missing()
        refuse_unfinished(self.folder, self.settings.publish.further)
        work = self.work(tell)
        more = 0 if others.processes else workers - 1
        with started(more) as rest, beside(work, rest if more else others, single=single):
            steps = find_out(work)
            return publish_run(work, steps, out=Path(out), single=single, asked=asked)

    def report(
        self,
        papers: Sequence[str] = ("report",),
        *,
        out: str | os.PathLike[str] = "outputs",
        word: bool = False,
        template: Path | None = None,
        language: str | None = None,
        tell: Callable[[str, bool], None] = lambda _name, _reused: None,
    ) -> tuple[Path, ...]:
        """The study's papers as files; see :func:`assetmap.study.papers.write_papers`.

        In a further language of the study where ``language`` names one.
        """
        from assetmap.study.papers import write_papers  # noqa: PLC0415 - only where asked

        refuse_unfinished(self.folder, named(self.settings.publish, language), papers=True)
        self._refuse_missing()
        work = self.work(tell)
        return write_papers(
            work, papers=papers, out=Path(out), word=word, template=template,
            language=language,
        )  # fmt: skip

    def assess(
        self,
        scenarios: Sequence[str | os.PathLike[str]],
        *,
        out: str | os.PathLike[str] = "outputs",
        tell: Callable[[str, bool], None] = lambda _name, _reused: None,
    ) -> Assessments:
        """Scenarios against today, under ``out/<study>/<run>/scenarios/``.

        Each is the path of a scenario file, or the name of one in the study's own ``scenarios/``.

        Raises
        ------
        MissingError, ReadError
            For scenarios that are not there or cannot be read.
        StudyError, MethodError
            For edits that cannot be made.
        """
        from assetmap.study.scenarios import assess_scenarios  # noqa: PLC0415 - only where asked

        self._refuse_missing()
        return assess_scenarios(self.work(tell), self.folder, scenarios, out=Path(out))

    def run_whole(
        self,
        *,
        out: str | os.PathLike[str] = "outputs",
        workers: int = 1,
        tell: Callable[[str, bool], None] = lambda _name, _reused: None,
    ) -> Whole:
        """A country by straight lines: levels and how sure they are, as tables without pages.

        The same bytes for any number of ``workers``, processes that share the draws.

        Raises
        ------
        MissingError
            With every file that is missing; and where several workers are asked for without dask.
        """
        from assetmap.study.scale import run_whole  # noqa: PLC0415 - only where asked

        self._refuse_missing()
        work = self.work(tell)
        work.workers = workers
        return run_whole(work, out=Path(out))

    def check(self, *, tell: Callable[[str, bool], None] = lambda _name, _reused: None) -> Report:
        """Every fault of the study and its files at once, and what to do next.

        Raises
        ------
        MissingError
            Where files are missing because the data folder itself is not there.
        """
        missing = missing_files(self.settings.source, self._folders())
        if missing and self.data and not self.data.is_dir():
            raise MissingError(_faults_of_data(self.data))
        return look(self.work(tell), missing)

    def explain(
        self, area_id: str, *, tell: Callable[[str, bool], None] = lambda _name, _reused: None
    ) -> Explained:
        """Every number about one area: its value, the step that made it, files and settings.

        ``area_id`` may be a reference to one number, as reports print it.

        Raises
        ------
        StudyError
            For an area that the study does not report, with the nearest that it does.
        """
        self._refuse_missing()
        work = self.work(tell)
        ground = find_ground(work)
        several = {ALL, *ground["nation"].table("table")["unit_id"]}
        refuse_unknown(ground["areas"].table("table"), area_id, several)
        return explain(work, find_out(work), area_id)

    def challenge(
        self,
        area_id: str,
        asked: Sequence[str],
        *,
        tell: Callable[[str, bool], None] = lambda _name, _reused: None,
    ) -> Challenged:
        """What the study would find with other choices, such as ``thresholds.library=800``.

        Before and after for one area, and every other area that changes. The study stays as it
        is.

        Raises
        ------
        StudyError
            For an area, a choice or a value that does not fit.
        """
        from assetmap.study.challenge import challenge, changed_settings  # noqa: PLC0415 - rare

        changed_settings(self.settings, asked)  # wrong words are told before anything is measured
        self._refuse_missing()
        work = self.work(tell)
        refuse_unknown(find_ground(work)["areas"].table("table"), area_id)
        return challenge(work, find_out(work), area_id, asked)

    def fetch(
        self,
        source_id: str,
        *,
        again: bool = False,
        tell: Callable[[str, bool], None] = lambda _name, _reused: None,
    ) -> Fetched:
        """The file of one source, downloaded; the one thing here that asks the network.

        Raises
        ------
        StudyError, FetchError
            As :func:`assetmap.study.fetch.fetch_source`.
        """
        from assetmap.study.fetch import fetch_source  # noqa: PLC0415 - only where asked

        return fetch_source(self.work(tell), source_id, again=again)

    def work(self, tell: Callable[[str, bool], None] = lambda _name, _reused: None) -> Work:
        """The study at work: what its steps need at hand."""
        return Work(self.settings, self._folders(), Ledger(open_store(), tell))

    def _folders(self) -> tuple[Path, ...]:
        return (self.folder, *((self.data,) if self.data else ()), *self.more)

    def _refuse_missing(self) -> None:
        faults = [
            fault
            for spec in self.settings.source
            for fault in missing_faults(spec, self._folders())
        ]
        if faults:
            raise MissingError([*_faults_of_data(self.data), *faults])


def _faults_of_data(data: Path | None) -> list[Fault]:
    """What is wrong with the data folder itself, where files are missing."""
    if data is None:
        attempt = "give the folder that holds the published files: --data or ASSETMAP_DATA"
        return [Fault(what="no data folder is given", attempt=attempt)]
    if not data.is_dir():
        return [Fault(what="the data folder is not there", where=str(data))]
    return []


def open_study(
    path: str | os.PathLike[str], *, data: str | os.PathLike[str] | None = None
) -> Study:
    """The study in a folder, or of a ``study.toml``; see :func:`assetmap.open_study`."""
    folder, named = folders_of(path, data)
    return Study(read_settings(folder), folder, named)


def open_example() -> Study:
    """The built-in example, an invented town: in the wheel, or in ``layers/example`` of a clone."""
    folder = example_folder()
    return Study(read_settings(folder), folder)


def example_folder() -> Path:
    """Where the built-in example is.

    Raises
    ------
    MissingError
        Where the installation has lost it.
    """
    packaged = Path(str(files("assetmap").joinpath("_data", "example")))
    clone = Path(__file__).resolve().parents[3] / "layers" / "example"
    for folder in (packaged, clone):
        if (folder / "study.toml").is_file():
            return folder
    attempt = "install assetmap again"
    raise MissingError(Fault(what="the built-in example is not there", attempt=attempt))
