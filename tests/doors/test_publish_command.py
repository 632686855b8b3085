"""``assetmap publish``: of a study, of its run, and of a run that is no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.doors.cli_words import said

from assetmap.errors import StudyError
from assetmap.study.config import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.study.run import Run


def test_a_run_is_published_again_or_not_at_all(
    example_run: Run, repo: Path, tmp_path: Path
) -> None:
    told = said("publish", repo / "layers" / "example", "--out", tmp_path, "--single-file", "-q")
    folder = tmp_path / "example" / example_run.id
    assert (told.code, told.out.strip()) == (0, str(folder / "public" / "index.html"))
    assert (folder / "public" / "single" / "index.html").is_file()
    again = said("publish", folder, "-q")
    assert (again.code, again.out) == (0, told.out)
    assert not (folder / "public" / "single").exists()
    other = folder.with_name("0123456789ab")
    folder.rename(other)
    refused = said("publish", other, "-q")
    assert refused.code == StudyError.exit_code
    assert (
        f"run '0123456789ab' is not what the study makes now: that would be '{example_run.id}'"
        in (refused.err)
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('team = "Sample team, Osierford"', 'team = " "', "contact.team"),
        ('email = "sample@example.org"', 'email = "nobody"', "contact.email"),
        ("review_by = 2027-11-01", "", "publish.review_by"),
        ("[contact]", "[contract]", "contact"),
    ],
)
def test_nothing_is_published_without_somebody_who_answers(
    repo: Path, tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = (repo / "layers" / "example" / "study.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "study.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(StudyError, match=told):
        read_settings(tmp_path)
