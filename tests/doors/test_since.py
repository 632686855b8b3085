"""Change since last time, on the page of each place: what was kept, what is now, and why."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from tests.doors.edition_toy import IDS, toy_edition
from tests.doors.page_reader import pages_of
from tests.doors.plain_english import faults_of

from assetmap.errors import MissingError, StudyError
from assetmap.frames import table_of
from assetmap.frames.fairness import FAIRNESS
from assetmap.frames.given import GEOGRAPHY
from assetmap.publish.page import Press
from assetmap.publish.profiles import Desk
from assetmap.publish.scene import Scene
from assetmap.publish.sections import PROFILE
from assetmap.publish.tables import write_tables
from assetmap.study.own_files import own_files
from assetmap.study.steps.since import with_since

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.publish.edition import Edition

NONE: dict[str, Any] = {column: [] for column in FAIRNESS.names}


def lineage(*, vintage: str = "2026-05", digest: str = "a", near: float = 400.0) -> dict[str, Any]:
    """As a run leaves it: one source, one choice, one code."""
    return {
        "schema_version": 1,
        "study": {"id": "millbrook", "title": "Millbrook", "as_of": "2025-11-01"},
        "settings": {"standards": {"library": near}},
        "sources": [{"id": "register", "kind": "assets", "vintage": vintage, "sha256": digest}],
        "steps": [{"name": "find", "code": "c"}],
    }


def edition_of(**told: Any) -> Edition:
    return replace(
        toy_edition(),
        more={"fairness": (FAIRNESS, table_of(FAIRNESS, NONE))},
        lineage=lineage(**told),
    )


def later(edition: Edition, *, nearer: bool) -> Edition:
    """A01, flagged before, is flagged no more; ``nearer`` where its own people reach more."""
    findings, access = edition.findings.copy(), edition.area_access.copy()
    findings.loc[findings["area_id"] == IDS[0], "level"] = "need_only"
    if nearer:
        rows = (access["area_id"] == IDS[0]) & (access["category"] == "library")
        access.loc[rows & (access["measure"] == "share_within"), "value"] = 0.9
    return replace(edition, findings=findings, area_access=access)


def beside(edition: Edition, folder: Path, *, name: str | None = "editions/2025") -> Edition:
    settings = SimpleNamespace(
        study=SimpleNamespace(id="millbrook"), publish=SimpleNamespace(since=name)
    )
    work = SimpleNamespace(settings=settings, folders=(folder,))
    return with_since(work, edition)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study that keeps the toy's edition of a year ago."""
    folder = tmp_path_factory.mktemp("millbrook")
    write_tables(edition_of(), folder / "editions" / "2025")
    return folder


@pytest.mark.parametrize(
    ("told", "nearer", "why"),
    [
        ({"vintage": "2026-10"}, True, "The same sources at a later day say"),
        ({"digest": "b"}, True, "What we know of the same day is another."),
        ({"near": 800.0}, True, "We work it out in another way now."),
        ({"vintage": "2026-10"}, False, "What people here reach is as it was. Other places"),
        ({"near": 800.0, "digest": "b"}, True, "More than one thing changed at once."),
    ],
)
def test_each_kind_of_change_is_said_in_its_own_words(
    kept: Path,
    told: dict[str, Any],
    *,
    nearer: bool,
    why: str,
) -> None:
    scene = Scene.of(beside(later(edition_of(**told), nearer=nearer), kept))
    moved = said(scene, "Part of Mill ward, around Hope Street")
    assert "We compared this with our results of 1 November 2025." in moved
    assert f"Then: Priority for support. Now: Services are near. {why}" in moved
    assert "The result is as it was: Priority for support." in said(scene, "Quarry Bank")
    assert not faults_of("places/a.html", moved)


def said(scene: Scene, name: str) -> str:
    """What the page of a place says of change."""
    (subject,) = [one for one in scene.subjects if one.name == name]
    (section,) = [one for one in PROFILE if one.key == "since"]
    told = section.context(Desk.of(scene), subject)
    assert told is not None
    return str(Press(scene).part(section, told).body)


def test_a_ward_names_its_neighbourhoods_with_another_result(kept: Path, tmp_path: Path) -> None:
    ward = {"level": ["ward"] * 2, "unit_id": ["W1"] * 2, "unit_name": ["Mill"] * 2}
    held = table_of(GEOGRAPHY, {"area_id": IDS[:2], **ward, "fit": ["exact"] * 2})
    now = replace(later(edition_of(vintage="2026-10"), nearer=True), membership=held)
    page = pages_of(beside(now, kept), tmp_path / "out")["places/mill-ward.html"]
    assert "One of 2 neighbourhoods here has another result." in page
    assert 'hope-street.html">Part of Mill ward, around Hope Street</a>. Then:' in page


def test_without_an_earlier_edition_nothing_is_said(kept: Path, tmp_path: Path) -> None:
    pages = pages_of(beside(edition_of(), kept, name=None), tmp_path / "out")
    assert not [name for name, page in pages.items() if "since last time" in page]


def test_what_is_not_there_or_of_another_study_is_refused(kept: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingError) as missing:
        beside(edition_of(), kept, name="editions/2024")
    assert len(missing.value.faults) == 5  # four tables and the lineage, all at once
    copy = shutil.copytree(kept, tmp_path / "copy")
    path = copy / "editions" / "2025" / "lineage.json"
    other = json.loads(path.read_text(encoding="utf-8"))
    other["study"]["id"] = "elsewhere"
    path.write_text(json.dumps(other), encoding="utf-8")
    with pytest.raises(StudyError, match="a run of 'elsewhere'"):
        beside(edition_of(), copy)


def test_what_a_study_keeps_is_part_of_its_run() -> None:
    publish = SimpleNamespace(further=("cy",), since="editions/2025")
    tour = SimpleNamespace(stop=(SimpleNamespace(picture="a.png"), SimpleNamespace(picture=None)))
    assert own_files(SimpleNamespace(publish=publish, tour=tour)) == (  # type: ignore[arg-type]
        "words/cy.toml", "a.png", "editions/2025/tables/findings.csv",
        "editions/2025/tables/access.csv", "editions/2025/tables/areas.csv",
        "editions/2025/tables/fairness.csv", "editions/2025/lineage.json",
    )  # fmt: skip
