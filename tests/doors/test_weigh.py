"""A source as lineage tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doors.table_jobs import job_of, saved

from assetmap.sources.weigh import weighed

if TYPE_CHECKING:
    from pathlib import Path

# FIPS 180-4's worked example: the SHA-256 of "abc".
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_single_file_has_the_hash_that_anybody_can_check(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "abc")
    source = weighed(job_of("names", path).spec, [path])
    assert source.sha256 == ABC
    assert (source.file, source.bytes) == ("a.csv", 3)
    assert (source.id, source.publisher, source.licence) == (
        "given", "Office of Invented Statistics", "OGL v3",
    )  # fmt: skip


def test_several_files_have_one_hash_that_heeds_each_and_their_order(tmp_path: Path) -> None:
    one, two = saved(tmp_path, "a.csv", "abc"), saved(tmp_path, "b.csv", "")
    spec = job_of("names", one, two).spec
    both = weighed(spec, [one, two])
    assert both.file == "a.csv, b.csv"
    assert both.bytes == 3
    assert both.sha256 not in {ABC, weighed(spec, [two, one]).sha256}
    two.write_text("c")
    assert weighed(spec, [one, two]).sha256 != both.sha256


def test_no_folder_of_anybody_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.csv", "abc")
    assert str(tmp_path) not in repr(weighed(job_of("names", path).spec, [path]))
