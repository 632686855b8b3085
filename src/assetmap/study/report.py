"""What ``check`` tells: every fault at once, and what to do next."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assetmap.errors import Fault
    from assetmap.provenance import Caution

WITHOUT = {
    "boundaries": "nothing can be said: there are no neighbourhoods",
    "geography": "neighbourhoods cannot be put in their ward, authority or region",
    "crosswalk": "numbers of another year's areas cannot be brought to these",
    "deprivation": "need cannot be told, so no neighbourhood can be flagged",
    "population": "results cannot be weighted by people",
    "places": "people are taken to live at the middle of their neighbourhood",
    "buildings": "people are taken to live at the middle of their neighbourhood",
    "assets": "what it lists is not measured: neither near nor far",
    "streets": "distances are estimates along straight lines",
    "schemes": "benefit stays unknown, and no level goes above possible priority",
    "elevation": "hills are taken as flat",
    "names": "neighbourhoods are named from wards and landmarks",
    "timetable": "nothing can be said about buses and trains",
}


@dataclass(frozen=True)
class Missing:
    """A file that the study names and that is not there."""

    fault: Fault
    without: str


@dataclass(frozen=True)
class Report:
    """What a look at a study found. ``ok`` are sources that were read without a fault."""

    study: str
    ok: tuple[str, ...]
    missing: tuple[Missing, ...]
    faults: tuple[Fault, ...]
    cautions: tuple[Caution, ...]
    fault_code: int = 0

    @property
    def exit_code(self) -> int:
        """0 where the study can run; else the code of the first kind of fault."""
        if self.faults:
            return self.fault_code
        return 4 if self.missing else 0

    def told(self) -> dict[str, object]:
        """The report, plain enough for JSON."""
        return {
            "study": self.study,
            "can_run": not (self.missing or self.faults),
            "read": list(self.ok),
            "missing": [
                {**asdict(one.fault), "cannot_be_said": one.without} for one in self.missing
            ],
            "faults": [asdict(fault) for fault in self.faults],
            "cautions": [asdict(caution) for caution in self.cautions],
        }

    def lines(self) -> list[str]:
        """The report as a person reads it."""
        said = [f"Study {self.study}: {len(self.ok)} sources read without a fault."]
        for one in self.missing:
            said += [
                f"Missing: {one.fault.what}",
                f"  look in: {one.fault.where}",
                f"  try:     {one.fault.attempt}",
                f"  without: {one.without}",
            ]
        for fault in self.faults:
            said += [f"Fault: {fault.what}", f"  where: {fault.where}"]
            said += [f"  try:   {fault.attempt}"] if fault.attempt else []
        said += [f"Caution ({caution.about}): {caution.text}" for caution in self.cautions]
        if self.missing or self.faults:
            count = len(self.missing) + len(self.faults)
            return [*said, f"{count} things to mend before it can run."]
        return [*said, "Nothing to mend. Next: assetmap run"]
