"""A sheet as everybody reads it: no name that officers use for a result, wherever it stands."""

from __future__ import annotations

import pandas as pd

from assetmap.frames import Column
from assetmap.frames.results import LEVELS
from assetmap.publish.open_tables import open_sheet
from assetmap.publish.sheets import Sheet
from assetmap.publish.words import words_of


def test_names_of_columns_what_they_say_and_their_choices_are_public_too() -> None:
    columns = (
        Column("left_behind", "int", "Areas that are left_behind"),
        Column("basis", "text", "Which of at_risk and others", choices=("at_risk", "all")),
        Column("level", "text", "Level", choices=LEVELS),
    )
    table = pd.DataFrame({"left_behind": [3], "basis": ["at_risk or more"], "level": ["at_risk"]})
    sheet = open_sheet(
        Sheet("sensitivity", "How many are left_behind", table, columns), words_of({}), why={}
    )
    assert [column.name for column in sheet.columns] == ["result_1", "basis"]
    assert list(sheet.table["result_1"]) == [3]
    told = repr((sheet.says, sheet.columns, sheet.table.to_dict()))
    assert not [level for level in LEVELS if level in told]
