"""Contracts of what residents and officers put right in the register, and what that changed."""

from __future__ import annotations

from assetmap.frames.contract import Column, Contract
from assetmap.frames.given import VISIBILITY

DEEDS = ("close", "move", "add", "rename")

_GIVEN = (
    Column("number", "int", "Number of the correction in corrections.toml", low=1),
    Column("deed", "text", "What is put right", choices=DEEDS),
    Column("to_id", "text", "Asset; for one that is added, the id it is given", nullable=True),
    Column("name", "text", "Its name, where added or renamed", nullable=True),
    Column("category", "text", "Its category, where added", nullable=True),
    Column("address", "text", "Its address, where added or moved", nullable=True),
    Column("as_of", "text", "Day from which it is so, YYYY-MM-DD"),
    Column("role", "text", "As what they told: resident, officer, organisation"),
    Column("evidence", "text", "What it rests on"),
    Column("decided_by", "text", "Team or committee that accepted it"),
)

GIVEN_CORRECTIONS = Contract(
    "GIVEN_CORRECTIONS",
    ("number",),
    (*_GIVEN, Column("geometry", "point", "Where it is, if moved or added", nullable=True)),
    "Corrections as they were written down",
)

CORRECTIONS = Contract(
    "CORRECTIONS",
    ("number",),
    (
        *_GIVEN,
        Column("visibility", "text", "Who may see the asset", choices=VISIBILITY),
        Column("changed", "text", "What it changed in the register, 'nothing' included"),
        Column("figures", "text", "Which figures can follow from it, 'none' included"),
    ),
    "Corrections of the register and what each changed",
)
