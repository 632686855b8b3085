"""What ``check`` tells: every fault at once, and what to do next."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from assetmap.errors import Fault
    from assetmap.provenance import Caution
    from assetmap.sources.spec import SourceSpec

MISSING_CODE = 4
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


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A file that the study names and that is not there."""

    file: str
    save_as: str
    sources: tuple[str, ...]
    publisher: str
    title: str
    page: str
    licence: str
    cannot_be_said: tuple[str, ...]

    def lines(self) -> list[str]:
        """What it is, where to get it, and what the study lacks without it."""
        return [
            f"  {self.file}  ({', '.join(self.sources)})",
            f"      what:     {self.publisher}, {self.title}",
            f"      page:     {self.page}",
            f"      licence:  {self.licence}",
            f"      save as:  {self.save_as}",
            f"      without:  {'; '.join(self.cannot_be_said)}",
        ]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a look at a study found.

    Attributes
    ----------
    ok
        Sources that were read without a fault.
    unread
        Sources that are there and can be read only once something else is.
    """

    study: str
    ok: tuple[str, ...]
    missing: tuple[Missing, ...]
    unread: tuple[str, ...]
    faults: tuple[Fault, ...]
    cautions: tuple[Caution, ...]
    fault_code: int = 0

    @property
    def can_run(self) -> bool:
        """Whether nothing stands in the way of a run."""
        return not (self.missing or self.faults)

    @property
    def exit_code(self) -> int:
        """0 where the study can run; else the code of the first kind of fault."""
        if self.faults:
            return self.fault_code
        return MISSING_CODE if self.missing else 0

    def told(self) -> dict[str, object]:
        """The report, plain enough for JSON."""
        return {
            "study": self.study,
            "can_run": self.can_run,
            "read": list(self.ok),
            "not_read_yet": list(self.unread),
            "missing": [asdict(one) for one in self.missing],
            "faults": [asdict(fault) for fault in self.faults],
            "cautions": [asdict(caution) for caution in self.cautions],
        }

    def lines(self) -> list[str]:
        """The report as a person reads it: what to mend first, what to know last."""
        said = [f"Study {self.study}: {_counted(len(self.ok), 'source')} read without a fault."]
        if self.unread:
            said.append(f"Looked at once the rest is there: {', '.join(self.unread)}.")
        if self.missing:
            said += ["", f"Missing: {_counted(len(self.missing), 'file')}"]
            said += [line for one in self.missing for line in one.lines()]
            said.append("  Have you got them already? Say where: --data FOLDER, or ASSETMAP_DATA.")
        if self.faults:
            said += ["", f"Faults: {len(self.faults)}"]
            said += [line for fault in self.faults for line in _lines_of(fault)]
        if self.cautions:
            said += ["", f"Good to know, and told on the page: {len(self.cautions)}"]
            said += [f"  {one.about}: {counted(one)}" for one in self.cautions]
        return [*said, "", self._verdict()]

    def _verdict(self) -> str:
        if self.can_run:
            return "Nothing to mend: the study can run."
        count = len(self.missing) + len(self.faults)
        return f"{_counted(count, 'thing')} to mend before it can run."


def missing_files(specs: Iterable[SourceSpec], folders: Sequence[Path]) -> tuple[Missing, ...]:
    """Each file that is in none of the folders, once, however many sources read it."""
    by_file: dict[str, list[SourceSpec]] = {}
    for spec in specs:
        for name in spec.files:
            if not any((folder / name).is_file() for folder in folders):
                by_file.setdefault(name, []).append(spec)
    return tuple(
        Missing(
            file=name,
            save_as=str(folders[-1] / name),
            sources=tuple(spec.id for spec in wanted),
            publisher=wanted[0].publisher,
            title=wanted[0].title,
            page=wanted[0].address,
            licence=wanted[0].licence,
            cannot_be_said=tuple(dict.fromkeys(WITHOUT[spec.kind] for spec in wanted)),
        )
        for name, wanted in by_file.items()
    )


def counted(caution: Caution) -> str:
    """A caution's text, with how many things it touches where the text does not say it."""
    if caution.count is None or str(caution.count) in caution.text:
        return caution.text
    return f"{caution.text} ({caution.count:,})"


def _lines_of(fault: Fault) -> list[str]:
    said = [f"  {fault.what}"]
    said += [f"      where:    {fault.where}"] if fault.where else []
    return said + ([f"      try:      {fault.attempt}"] if fault.attempt else [])


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
