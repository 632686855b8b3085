"""What residents call their neighbourhoods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.doors.table_jobs import job_of, saved

from assetmap.errors import ReadError
from assetmap.sources.names import read_names

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path, content: str | bytes, **said: object) -> dict[str, str]:
    told = read_names(job_of("names", saved(folder, "names.csv", content), **said))
    return dict(zip(told.table["area_id"], told.table["place"], strict=True))


def test_names_by_area_and_none_where_none_is_given(tmp_path: Path) -> None:
    text = "area_id,place\nE01, Elephant and Castle \nE02,\nE03,Coed-duon\n"
    assert names(tmp_path, text) == {"E01": "Elephant and Castle", "E03": "Coed-duon"}


def test_columns_as_the_council_calls_them(tmp_path: Path) -> None:
    given = names(tmp_path, "LSOA,Known as\nE01,Walworth\n",
                  columns={"area_id": "LSOA", "place": "Known as"})  # fmt: skip
    assert given == {"E01": "Walworth"}


def test_what_people_typed_is_text_and_nothing_else(tmp_path: Path) -> None:
    """Markup and formulas stay as typed, for the writers to escape; hidden signs go."""
    text = 'area_id,place\nE01,<b>Pump</b>\nE02,"=1+1"\nE03,"a\u202eb\u0007c"\nE04,"\u200b"\n'
    given = names(tmp_path, text.encode())
    assert given == {"E01": "<b>Pump</b>", "E02": "=1+1", "E03": "abc"}


def test_one_area_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="E01"):
        names(tmp_path, "area_id,place\nE01,Here\nE01,There\n")


def test_a_name_without_an_area_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="'area_id' is empty"):
        names(tmp_path, "area_id,place\n,Nowhere\nE01,Here\n")


def test_a_missing_column_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="did you mean 'places'"):
        names(tmp_path, "area_id,places\nE01,Here\n")
