"""The ledger and its store: made once, reused when nothing changed, never read half-written."""

from __future__ import annotations

import json
import multiprocessing
import shutil
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from shapely.geometry import Point

from assetmap.errors import WriteError
from assetmap.provenance import Caution
from assetmap.sources import store as stores
from assetmap.sources.store import Store, open_store
from assetmap.study.ledger import Ledger, Made, code_version, hashed

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pd.DataFrame({"area_id": ["a", "b"], "people": [1.5, None]})
CAUTION = Caution(code="toy", about="step", text="Mind this.", count=2, people=1.5)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


class Counted:
    """A step that counts how often it is made."""

    def __init__(self, table: pd.DataFrame = TABLE) -> None:
        self.times = 0
        self.table = table

    def __call__(self) -> Made:
        self.times += 1
        return Made({"table": self.table, "arrays": {"x": np.arange(3)}}, (CAUTION,))


def run(store: Store, step: Counted, **changed: Any) -> Any:
    words = {"name": "step", "inputs": {"one": "print"}, "settings": {"detour": 1.3}} | changed
    return Ledger(store).run(words.pop("name"), step, **words)


# ---------------------------------------------------------------------------- reuse


def test_a_step_is_made_once_and_comes_back_as_it_was(store: Store) -> None:
    step = Counted()
    first, second = run(store, step), run(store, step)
    assert step.times == 1
    assert (first.reused, second.reused) == (False, True)
    assert_frame_equal(second.table("table"), TABLE)
    assert second.part("arrays")["x"].tolist() == [0, 1, 2]
    assert second.cautions == (CAUTION,)
    assert second.step == first.step


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "other"},
        {"inputs": {"one": "another"}},
        {"inputs": {"other": "print"}},
        {"settings": {"detour": 1.4}},
        {"settings": {"detour": 1.3, "more": None}},
    ],
)
def test_a_change_of_name_input_or_setting_makes_it_again(
    store: Store, changed: dict[str, Any]
) -> None:
    step = Counted()
    run(store, step)
    assert not run(store, step, **changed).reused
    assert step.times == 2


def test_a_change_of_code_makes_it_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    step = Counted()
    run(store, step)
    monkeypatch.setattr("assetmap.study.ledger.code_version", lambda: "another")
    assert not run(store, step).reused


def test_the_order_of_settings_and_inputs_means_nothing(store: Store) -> None:
    step = Counted()
    run(store, step, inputs={"a": "1", "b": "2"}, settings={"c": 1, "d": (2,)})
    assert run(store, step, inputs={"b": "2", "a": "1"}, settings={"d": [2], "c": 1}).reused


def test_the_code_version_is_of_the_package_and_lasts() -> None:
    assert code_version() == code_version()
    assert len(code_version()) == 16
    assert hashed(["a"]) != hashed(["b"])


def test_tables_come_back_with_their_kinds_geometry_and_categories(store: Store) -> None:
    shapes = gpd.GeoDataFrame(
        {"to_id": ["a", "b"], "geometry": [Point(1, 2), Point(3, 4)]}, crs="EPSG:27700"
    )
    codes = pd.DataFrame(
        {"from_id": pd.Categorical(["y", "y"], categories=pd.Index(["x", "y"], dtype="str"))}
    )
    store.put("ab12", {"shapes": shapes, "codes": codes}, {})
    found = store.get("ab12", "shapes")
    assert isinstance(found, gpd.GeoDataFrame)
    assert found.crs == "EPSG:27700"
    assert found.geometry.geom_equals(shapes.geometry).all()
    assert store.get("ab12", "codes")["from_id"].cat.categories.tolist() == ["x", "y"]
    assert store.get("ab12", "codes")["from_id"].tolist() == ["y", "y"]


# ---------------------------------------------------------------------------- killed writers


PLAIN = pd.DataFrame(
    {
        "area_id": pd.Series(["b", None, ""], dtype="str"),
        "to_id": pd.Categorical.from_codes([1, -1, 0], pd.Index(["x", "y", "z"], dtype="str")),
        "people": [1.5, None, -0.0],
        "cost_min": np.array([1, 2, 3], np.float32),
        "rank": [3, 1, 2],
        "own": [True, False, True],
    }
)


@pytest.mark.parametrize("table", [PLAIN, PLAIN.iloc[:0]])
def test_a_plain_table_made_here_is_at_hand_as_it_would_be_read(
    store: Store, table: pd.DataFrame
) -> None:
    kept = run(store, Counted(table))
    assert kept.table("table") is table
    read = store.get(kept.step.fingerprint, "table")
    assert_frame_equal(read, table, check_exact=True, check_index_type="exact")


@pytest.mark.parametrize(
    "table",
    [
        PLAIN.iloc[::-1],
        PLAIN.set_index("rank", drop=False),
        PLAIN.assign(rank=PLAIN["rank"].astype("Int64")),
        PLAIN.assign(area_id=pd.Series(["b", None, ""], dtype=object)),
        PLAIN.assign(to_id=PLAIN["to_id"].cat.as_ordered()),
        gpd.GeoDataFrame({"area_id": ["a"]}, geometry=[Point(1, 2)], crs="EPSG:27700"),
    ],
)
def test_any_other_table_is_read_back(store: Store, table: pd.DataFrame) -> None:
    kept = run(store, Counted(table))
    assert "table" not in kept.read
    assert_frame_equal(kept.table("table"), store.get(kept.step.fingerprint, "table"))


def test_a_folder_that_was_being_written_is_never_read(store: Store) -> None:
    """A run killed in the middle leaves its draft beside the place, under another name."""
    step = Counted()
    place = _place_of(store, run(store, step))
    draft = place.with_name(f"{place.name}.123.abcd.new")
    place.rename(draft)
    assert not run(store, step).reused
    assert step.times == 2


@pytest.mark.parametrize("cut", ["table.parquet", "arrays.npz", "note.json"])
@pytest.mark.parametrize("how", ["gone", "empty", "short"])
def test_a_result_that_is_not_whole_counts_as_not_there(store: Store, cut: str, how: str) -> None:
    step = Counted()
    file = _place_of(store, run(store, step)) / cut
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(b"" if how == "empty" else file.read_bytes()[:-1])
    again = run(store, step)
    assert (again.reused, step.times) == (False, 2)
    assert_frame_equal(again.table("table"), TABLE)
    assert run(store, step).reused
    assert not list(store.folder.rglob("*.new")) + list(store.folder.rglob("*.old"))


def test_a_step_that_fails_leaves_nothing(store: Store) -> None:
    def fails() -> Made:
        return Made({"table": pd.DataFrame({"mixed": [1, "a"]})})

    with pytest.raises((TypeError, ValueError)):
        Ledger(store).run("step", fails, inputs={}, settings={})
    assert not [path for path in store.folder.rglob("*") if path.is_file()]


def test_a_full_disk_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_words: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stores, "_write_table", full)
    with pytest.raises(WriteError, match="No space left") as error:
        run(store, Counted())
    assert "assetmap cache --clean" in error.value.faults[0].attempt
    assert not list(store.folder.rglob("*.new"))


# ---------------------------------------------------------------------------- two at once


def _put(folder: Path, start: Any, told: Any) -> None:
    start.wait()
    try:
        for _ in range(10):
            Store(folder).put("ab12", {"table": TABLE}, {"rows": 2})
        told.put("")
    except OSError as error:
        told.put(str(error))


def test_two_processes_that_make_the_same_result_do_no_harm(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    start, told = spawn.Barrier(2), spawn.Queue()
    both = [spawn.Process(target=_put, args=(tmp_path, start, told)) for _ in range(2)]
    for one in both:
        one.start()
    said = [told.get(timeout=300) for _ in both]
    for one in both:
        one.join(timeout=300)
    assert said == ["", ""]
    assert Store(tmp_path).has("ab12")
    assert_frame_equal(Store(tmp_path).get("ab12", "table"), TABLE)
    assert [path.name for path in (tmp_path / "ab").iterdir()] == ["ab12"]


def test_a_result_that_another_run_kept_first_stays(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both found it absent, both made it; the second to arrive finds a whole one in place."""
    slow = stores._write

    def overtaken(fresh: Path, *words: Any) -> None:
        slow(fresh, *words)
        monkeypatch.setattr(stores, "_write", slow)
        Store(store.folder).put("ab12", {"table": TABLE.head(1)}, {"by": "other"})

    monkeypatch.setattr(stores, "_write", overtaken)
    store.put("ab12", {"table": TABLE}, {"by": "us"})
    assert store.note("ab12") == {"by": "other"}
    assert len(store.get("ab12", "table")) == 1


# ---------------------------------------------------------------------------- where it is kept


def test_a_cache_that_cannot_be_written_lasts_for_this_run_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    monkeypatch.setenv("ASSETMAP_CACHE", str(tmp_path / "taken"))
    passing = open_store()
    assert not passing.lasting
    passing.put("ab12", {"table": TABLE}, {})
    folder = passing.folder
    assert Store(folder).has("ab12")
    del passing
    assert not folder.exists()


def test_clean_removes_what_is_kept_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSETMAP_CACHE", str(tmp_path))
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    store = open_store()
    store.put("ab12", {"table": TABLE}, {})
    size = store.size_bytes()
    assert size > 0
    assert store.clean() == size
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def _place_of(store: Store, kept: Any) -> Path:
    fingerprint = kept.step.fingerprint
    return store.folder / fingerprint[:2] / fingerprint


# ---------------------------------------------------------------------------- with real steps


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, repo: Path, example_run: Any) -> Path:
    """A copy of the example whose study.toml may be changed; its steps are kept already."""
    folder = tmp_path_factory.mktemp("town") / "example"
    shutil.copytree(repo / "layers" / "example", folder)
    assert example_run.kept
    return folder


AFTER_DRAWS = {"find robustness", "join robustness"}
DRAWS = {f"draw levels {first} to {min(first + 127, 1000)}" for first in range(1, 1000, 128)}
ON_LEVELS = AFTER_DRAWS | DRAWS | {"find units", "find challenges"}
"""What stands on the levels."""


def remade(folder: Path, *changes: tuple[str, str]) -> set[str]:
    """Names of the steps that are made again once something in study.toml is replaced."""
    from assetmap.study.study import open_study  # noqa: PLC0415 - only these tests walk rooms

    path = folder / "study.toml"
    before = path.read_text(encoding="utf-8")
    text = before
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    made: set[str] = set()
    path.write_text(text, encoding="utf-8")
    try:
        open_study(folder).run(
            out=folder.parent / "out", tell=lambda name, kept: made.add("" if kept else name)
        )
    finally:
        path.write_text(before, encoding="utf-8")
    return made - {""}


def test_nothing_is_made_again_when_nothing_changed(town: Path) -> None:
    assert remade(town) == set()


def test_words_of_the_page_change_no_number(town: Path) -> None:
    title = ('title = "Who can reach what in Osierford"', 'title = "Osierford"')
    assert remade(town, title) == set()


def test_a_cut_off_of_the_test_changes_findings_alone(town: Path) -> None:
    made = remade(town, ("[standards]", "[rules]\nshare_failing = 0.6\n\n[standards]"))
    assert made == {"find benefit", "find levels", *ON_LEVELS}


def test_a_weight_changes_scores_and_no_minute(town: Path) -> None:
    weights = "[standards.weights]\ncommunity = 2\n\n[standards]"
    assert remade(town, ("[standards]", weights)) == {"score access", "find levels", *ON_LEVELS}


def test_another_number_of_draws_routes_and_measures_nothing(town: Path) -> None:
    made = remade(town, ("[standards]", "[robustness]\ndraws = 20\n\n[standards]"))
    assert made == AFTER_DRAWS | {"draw levels 1 to 20"}


def test_draws_that_are_there_are_not_drawn_again(town: Path) -> None:
    made = remade(town, ("[standards]", "[robustness]\ndraws = 520\n\n[standards]"))
    assert made == AFTER_DRAWS | {"draw levels 513 to 520"}


def test_a_walking_setting_changes_routes_and_what_stands_on_them(town: Path) -> None:
    made = remade(town, ('mode = "streets"', 'mode = "streets"\nnearest_kept = 7'))
    assert "route standard" in made
    assert "measure access" in made
    assert "find levels" in made
    assert "route older" not in made  # nothing is taken away but from the leading profile
    assert not [name for name in made if name.split()[0] in {"read", "prepare", "build"}]
    assert "find need" not in made


def test_a_detour_changes_nothing_on_real_streets(town: Path) -> None:
    assert remade(town, ('mode = "streets"', 'mode = "streets"\ndetour = 1.5')) == set()


def test_names_change_only_what_prints_them(town: Path) -> None:
    names = town / "names.csv"
    before = names.read_bytes()
    names.write_bytes(before.replace(b"Highfield", b"Highfields", 1))
    try:
        assert remade(town) == {"read names", "prepare names", "find units", "find challenges"}
    finally:
        names.write_bytes(before)


def test_the_run_s_name_follows_its_content(town: Path) -> None:
    """Equal names mean equal bytes: so another title, which changes the page, is another run."""
    from assetmap.study.study import open_study  # noqa: PLC0415 - as above

    same = {open_study(town).run(out=town.parent / "a").id for _ in range(2)}
    path = town / "study.toml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("about = ", 'about = "Other words." # ', 1), encoding="utf-8")
    try:
        other = open_study(town).run(out=town.parent / "a")
    finally:
        path.write_text(before, encoding="utf-8")
    assert len(same) == 1
    assert other.id not in same
    lineage = json.loads((other.folder / "lineage.json").read_text(encoding="utf-8"))
    assert lineage["run"] == other.id
