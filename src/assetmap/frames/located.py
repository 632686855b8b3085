"""A choice of sites as it is handed to the door out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import pandas as pd


MINUTES = "minutes"


@dataclass(frozen=True, kw_only=True)
class Located:
    """The answer of a location model, and what it stands on.

    Attributes
    ----------
    model, standard, place
        What was asked, of which standard (its label), and where.
    candidates
        What the candidates are, in words; empty where today's places are looked at.
    unit
        What ``value`` counts: people, sites, person-minutes or minutes.
    numbers
        ``value``, ``by_hand``, ``bound``, ``gap``, ``people``, ``unserved``; and ``unknown``,
        residents for whom not all of today's places of the kind are known.
    stopped
        Whether the time limit came before a proof.
    tables
        By file name: ``chosen``, ``candidates`` (each site alone), ``front``, ``single_points``,
        ``ruled_out`` (by the rules of the file; nothing found = that one is not known).
    ends
        Why the front has no more choices; empty where none was asked for.
    """

    model: str
    standard: str
    place: str
    as_of: dt.date
    straight: bool
    invented: bool
    candidates: str
    unit: str
    numbers: Mapping[str, float]
    stopped: bool
    tables: Mapping[str, pd.DataFrame]
    ends: str = ""

    @property
    def closures(self) -> bool:
        """Whether the question was which of today's places can be lost."""
        return not self.candidates

    def lines(self) -> list[str]:
        """The answer as a person reads it, its gap always said."""
        one, chosen = self.numbers, self.tables["chosen"]
        names = [f"{row['name']} ({row['to_id']})" for row in chosen.to_dict("records")]
        said = [f"{self.model}: {', '.join(names) or 'no new site'}"]
        said += [f"Candidates: {self.candidates}."] if self.candidates else []
        value, hand, bound = (self.read(one[name]) for name in ("value", "by_hand", "bound"))
        said.append(f"{value} {self.unit}, chosen one after another {hand}, "
                    f"no choice does better than {bound}: gap {one['gap']:.2%}")  # fmt: skip
        if self.stopped:
            said.append("The time limit came first: a better choice may exist within the gap.")
        said.append(self._counted())
        if one["unknown"]:
            said.append(f"For {one['unknown']:,.0f} residents not all of today's places are known.")
        for row in self.ruled():
            said.append(f"Ruled out: {row['name']}: {why_ruled(row)}")
        for name in ("front", "single_points"):
            if name in self.tables:
                said += ["", name.replace("_", " "), _read(self.tables[name])]
        return [*said, f"It ends there: {self.ends}."] if self.ends else said

    def _counted(self) -> str:
        """How many people the answer counts, and whom it leaves aside."""
        counted, rest = "people counted", "whom no site serves"
        if self.closures:
            counted = "people who are near one today would be near none"
            rest = "are near none today"
        left = f"; {self.numbers['unserved']:,.0f} {rest}" if self.numbers["unserved"] else ""
        return f"{self.numbers['people']:,.0f} {counted}{left}"

    def read(self, number: float) -> str:
        """A number of the answer for reading: whole, but for minutes."""
        return f"{number:,.1f}" if self.unit == MINUTES else f"{number:,.0f}"

    def ruled(self, *, out: bool = True) -> list[dict[Any, Any]]:
        """Candidates and the rules that rule them out; or, of the others, those not checked."""
        table = self.tables.get("ruled_out")
        if table is None:
            return []
        broken = table["found"].notna()
        rest = ~table["to_id"].isin(table.loc[broken, "to_id"])
        return table[broken if out else rest].to_dict("records")

    def told(self) -> dict[str, object]:
        """The answer, plain enough for JSON."""
        tables = {
            name: table.astype(object).where(table.notna(), None).to_dict("records")
            for name, table in self.tables.items()
        }
        return {
            "model": self.model,
            "chosen": [str(row["to_id"]) for row in tables["chosen"]],
            **self.numbers,
            "proven": self.numbers["gap"] == 0,
            "stopped": self.stopped,
            "ends": self.ends,
            "tables": tables,
        }


def why_ruled(row: Mapping[Any, Any]) -> str:
    """Why a candidate is ruled out, from a row that found something."""
    if not row["wanted"]:
        return str(row["found"])
    fact = str(row["rule"]).replace("_", " ")
    return f"{fact} {row['found']}, and the file asks for {row['wanted']}"


def _read(table: pd.DataFrame) -> str:
    """A table as a person reads it: people whole, gaps in per cent, positions left to the file."""
    return table.drop(columns=["longitude", "latitude"], errors="ignore").to_string(
        index=False, float_format="{:,.0f}".format, formatters={"gap": "{:.2%}".format}
    )
