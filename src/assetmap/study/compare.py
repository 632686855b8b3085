"""``compare``: two runs of one place side by side, each change with its cause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from assetmap.errors import Fault, StudyError
from assetmap.findings.monitor import Changed, Then, changed, compare_gaps, compare_runs
from assetmap.publish.comparison import write_comparison
from assetmap.sources.runs import read_run

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.sources.runs import RunRead


@dataclass(frozen=True)
class Compared:
    """Two runs side by side.

    Attributes
    ----------
    table, gaps
        COMPARISON and GAPS.
    what
        What is another: data, later data, method.
    folder, page
        Where the files are, and the page among them.
    """

    table: pd.DataFrame
    gaps: pd.DataFrame
    what: Changed
    folder: Path
    page: Path

    def told(self) -> dict[str, Any]:
        """The comparison, plain enough for JSON."""
        moved = self.table[self.table["cause"] != "none"]
        return {
            "page": str(self.page),
            "data": list(self.what.data),
            "later": list(self.what.later),
            "method": list(self.what.method),
            "another_edition_of_the_index": self.what.edition,
            "areas": len(self.table),
            "changed": moved[["area_id", "level_before", "level_after", "cause", "why"]].to_dict(
                "records"
            ),
        }

    def lines(self) -> list[str]:
        """The comparison as a person reads it."""
        moved = self.table[self.table["cause"] != "none"]
        said = [f"{len(moved)} of {len(self.table)} areas have another level."]
        for title, ones in zip(("data", "later data", "method"), self.what[:3], strict=True):
            said += [f"  {title}: {one}" for one in ones] or [f"  {title}: as it was"]
        for row in moved.to_dict("records"):
            moved_to = f"{row['level_before']} -> {row['level_after']}"
            said += ["", f"{row['place']} ({row['area_id']}): {moved_to}"]
            said.append(f"  {row['cause']}: {row['why']}")
        return [*said, "", str(self.page)]


def compare(before: Path, after: Path, *, out: Path) -> Compared:
    """Two runs' folders compared; ``comparison.csv``, ``gaps.csv`` and a page in ``out``.

    Raises
    ------
    MissingError, ReadError
        As :func:`assetmap.sources.runs.read_run`.
    StudyError
        For runs of two studies.
    """
    old, new = read_run(before), read_run(after)
    studies = [str(one.lineage["study"]["id"]) for one in (old, new)]
    if studies[0] != studies[1]:
        what = f"one run is of '{studies[0]}', the other of '{studies[1]}'"
        raise StudyError(Fault(what=what, attempt="give two runs of one study"))
    then, now = then_of(old), then_of(new)
    table, gaps, what_changed = (
        compare_runs(then, now), compare_gaps(then, now), changed(then, now),
    )  # fmt: skip
    title = str(new.lineage["study"]["title"])
    page = write_comparison(
        table, gaps, out, title=title, reasons=(what_changed.data, what_changed.later,
                                                what_changed.method),
    )  # fmt: skip
    return Compared(table, gaps, what_changed, out, page)


def then_of(run: RunRead) -> Then:
    """A run as :mod:`assetmap.findings.monitor` compares it."""
    place = run.tables["areas"].set_index("area_id")["place"]
    findings = run.tables["findings"]
    return Then(
        findings=findings.assign(place=findings["area_id"].map(place)),
        access=run.tables["access"],
        fairness=run.tables["fairness"],
        sources=pd.DataFrame(run.lineage["sources"]),
        choices=run.lineage["settings"],
        code=str(run.lineage["steps"][0]["code"]),
    )
