"""The tables of docs/access.md, made from the code: ``python scripts/access_tables.py``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from assetmap.access.asked import CURVES, TAKES
from assetmap.access.methods import MEASURES
from assetmap.network.impedance import PROFILES

Rows = Iterator[tuple[str, ...]]


def unasked() -> Rows:
    """What every study measures."""
    yield "measure", "formula"
    for name in ("nearest", "within", "theme", "spread", "score", "two_step"):
        yield MEASURES[name].name, MEASURES[name].formula


def measures() -> Rows:
    """The measures that a study may ask for by name."""
    yield "name", "formula", "takes", "after"
    for name in TAKES:
        one, takes = MEASURES[name], ", ".join(f"`{key}`" for key in sorted(TAKES[name]))
        yield f"`{name}`", one.formula, takes, one.source


def curves() -> Rows:
    """The decays; a number for each, so that it can say its formula."""
    yield "name", "weight of a cost c", "numbers", "after"
    for name, make in CURVES.items():
        keys = inspect.signature(make).parameters
        one = make(**{key: {5.0: 1.0} if key == "zones" else 1.0 for key in keys})
        yield f"`{name}`", one.formula, ", ".join(f"`{key}`" for key in keys), one.source


def walkers() -> Rows:
    """The walking profiles."""
    yield "profile", "pace on the level", "source", "status"
    yield from ((f"`{one.name}`", f"{one.pace_m_min:g} m/min", one.source, one.status)
                for one in PROFILES.values())  # fmt: skip


def tables() -> list[str]:
    """Every table in Markdown, in the order of the page."""
    return [_table(*rows) for rows in (unasked(), measures(), curves(), walkers())]


def _table(*rows: tuple[str, ...]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


if __name__ == "__main__":
    print("\n\n".join(tables()))
