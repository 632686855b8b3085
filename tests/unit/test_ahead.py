"""Two processes at one run: the same bytes, the same words, and a run that outlives the other."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
import pytest
from tests.town.line_town import line_town

from assetmap.errors import AssetmapError
from assetmap.sources.store import Store
from assetmap.study.ahead import Ahead, end_with_the_run
from assetmap.study.beside import beside
from assetmap.study.ledger import Ledger, Made
from assetmap.study.others import started
from assetmap.study.pipeline import find_out
from assetmap.study.study import Study, example_folder, open_example
from assetmap.study.turns import Turns

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.study.run import Run


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def study_in(folder: Path, **changed: object) -> Study:
    folder.mkdir()
    return Study(line_town(folder, **changed).settings, folder)


def told_by(study: Study, cache: Path, monkeypatch: pytest.MonkeyPatch, workers: int):
    """The run's folder and everything that was told, from an empty cache."""
    monkeypatch.setenv("ASSETMAP_CACHE", str(cache / f"cache{workers}"))
    told: list[tuple[str, bool]] = []
    run = study.run(
        out=cache / f"out{workers}", workers=workers, tell=lambda *said: told.append(said)
    )
    return run, told


def test_two_processes_write_the_bytes_of_one(
    example_run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ASSETMAP_CACHE", str(tmp_path / "cache"))
    with started(1, study=example_folder()) as others:
        shared = open_example().run(out=tmp_path / "out", workers=2, others=others)
    assert shared.id == example_run.id
    assert shared.cautions == example_run.cautions
    assert bytes_in(shared.folder) == bytes_in(example_run.folder)


def test_two_processes_tell_the_steps_that_one_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    study = study_in(tmp_path / "study")
    alone, said = told_by(study, tmp_path, monkeypatch, 1)
    shared, again = told_by(study, tmp_path, monkeypatch, 2)
    assert again == said  # in the same order, and made, whoever made it
    assert not any(reused for _, reused in said)
    assert shared.cautions == alone.cautions


def test_a_fault_is_told_as_one_process_tells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    study = study_in(tmp_path / "study")
    (study.folder / "homes.csv").write_text("place_id,area_id,people,x,y\na1,A,many,1,2\n")
    told = []
    for workers in (1, 2, 3):
        with pytest.raises(AssetmapError) as fault:
            told_by(study, tmp_path, monkeypatch, workers)
        told.append((type(fault.value), str(fault.value)))
    assert len(set(told)) == 1


def test_a_step_of_a_process_that_has_ended_is_made_here(tmp_path: Path):
    ended = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(0,))
    ended.start()
    ended.join()
    other, store = Turns(tmp_path), Store(tmp_path / "store")
    first = Ledger(store).run("step", made, inputs={}, settings={})
    assert other.take(first.step.fingerprint)  # and then it ends, with nothing made
    shutil.rmtree(store.folder)
    ledger = Ledger(store, turns=Turns(tmp_path, [ended]))
    again = ledger.run("step", made, inputs={}, settings={})
    assert not again.reused
    assert again.table("table")["n"].tolist() == [1]


class Other(NamedTuple):
    """What is known of a process that works beside the run."""

    name: str
    runs: bool

    def is_alive(self) -> bool:
        return self.runs


def test_who_has_ended_is_not_waited_for_while_another_still_runs(tmp_path: Path):
    me = multiprocessing.current_process().name
    assert Turns(tmp_path).take("step")
    ended, runs = Other(me, runs=False), Other("another", runs=True)
    assert not Turns(tmp_path, [ended, runs]).wait("step", lambda: False, pytest.fail)
    (tmp_path / "step").write_text("")  # just asked for: by whom is not written yet
    looks = iter([False, True])
    assert Turns(tmp_path, [ended, runs]).wait("step", lambda: next(looks))


def made() -> Made:
    return Made({"table": pd.DataFrame({"n": [1]})})


def test_a_piece_is_made_by_the_first_to_ask(tmp_path: Path):
    one, other = Turns(tmp_path), Turns(tmp_path)
    assert one.take("step")
    assert one.take("step")  # asked for again, it is still one's own
    assert not other.take("step")


def test_what_was_made_in_a_run_is_fresh_until_it_is_told(tmp_path: Path):
    one, other = Turns(tmp_path), Turns(tmp_path)
    assert not one.fresh("step")
    one.take("step")
    assert (one.fresh("step"), other.fresh("step")) == (True, True)
    one.told("step")
    assert (one.fresh("step"), other.fresh("step")) == (False, True)


def test_every_step_can_be_made_ahead_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ASSETMAP_CACHE", str(tmp_path / "cache"))
    for study in (study_in(tmp_path / "study"), open_example()):
        told: list[tuple[str, bool]] = []
        work = study.work(lambda *said, told=told: told.append(said))
        ahead = Ahead(work, Turns(tmp_path), find_out)
        while not ahead.ended:
            assert ahead.make_one()
        find_out(work)
        assert {name for name, _ in told} == set(ahead.kept)
        assert all(reused for _, reused in told)


def test_a_run_that_waits_makes_what_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ASSETMAP_CACHE", str(tmp_path / "cache"))
    work = study_in(tmp_path / "study").work()
    alive = [multiprocessing.current_process()]
    ahead = Ahead(work, Turns(tmp_path, alive), find_out)
    assert Turns(tmp_path).take("asked for")

    def all_there() -> bool:
        return len(ahead.kept) > 3 and not ahead.left

    assert ahead.turns.wait("asked for", all_there, ahead.help_out)
    assert all(work.ledger.store.has(kept.step.fingerprint) for kept in ahead.kept.values())
    assert not ahead.help_out()  # nothing is left


def test_a_fault_ends_the_help_and_not_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ASSETMAP_CACHE", str(tmp_path / "cache"))
    study = study_in(tmp_path / "study")
    (study.folder / "homes.csv").write_text("place_id,area_id,people,x,y\na1,A,many,1,2\n")
    ahead = Ahead(study.work(), Turns(tmp_path), find_out)
    while ahead.help_out():
        pass
    assert ahead.stopped
    assert not ahead.help_out()


def write(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "page.html").write_text("page")


def test_files_that_another_process_wrote_are_fetched(tmp_path: Path):
    here, other = Turns(tmp_path / "turns"), Turns(tmp_path / "turns")
    here.folder.mkdir()
    other.offer("pages", write)
    here.fetch("pages", pytest.fail, tmp_path / "out")
    assert (tmp_path / "out" / "page.html").read_text() == "page"
    here.fetch("tables", write, tmp_path / "tables")
    other.offer("tables", pytest.fail)  # too late: they are taken
    assert (tmp_path / "tables" / "page.html").is_file()


def test_files_that_another_process_began_and_left_are_written_here(tmp_path: Path):
    other = Turns(tmp_path / "turns")
    other.folder.mkdir()
    assert other.take("pages")
    Turns(tmp_path / "turns").fetch("pages", write, tmp_path / "out")
    assert (tmp_path / "out" / "page.html").is_file()


def test_no_process_outlives_the_block(tmp_path: Path):
    work = line_town(tmp_path)
    with started(2) as others, beside(work, others):
        processes = list(work.ledger.turns.others)
        folder = work.ledger.turns.folder
        assert len(processes) == 2
    assert not any(one.is_alive() for one in processes)
    assert not folder.exists()
    assert work.ledger.turns == Turns()


def work_on(folder: Path) -> None:
    """What a process beside a run does while it waits, and a sign that it has ended."""
    (folder / "begun").touch()
    try:
        while True:
            end_with_the_run()
            time.sleep(0.01)
    finally:
        (folder / "ended").touch()


def run_and_be_killed(folder: Path) -> None:
    multiprocessing.get_context("spawn").Process(target=work_on, args=(folder,)).start()
    while not (folder / "begun").exists():
        time.sleep(0.01)
    os._exit(1)  # at once, as when it is killed: it tells nobody


def test_a_process_ends_when_its_run_is_killed(tmp_path: Path):
    run = multiprocessing.get_context("spawn").Process(target=run_and_be_killed, args=(tmp_path,))
    run.start()
    run.join()
    until = time.monotonic() + 120
    while not (tmp_path / "ended").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert (tmp_path / "ended").exists()
