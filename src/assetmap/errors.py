"""Every error raised on purpose: what is wrong, where, and what to try."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong, where it is, and what to try."""

    what: str
    where: str = ""
    attempt: str = ""

    def __str__(self) -> str:
        where = f" · {self.where}" if self.where else ""
        attempt = f" · Try: {self.attempt}" if self.attempt else ""
        return f"{self.what}{where}{attempt}"


class AssetmapError(Exception):
    """The mother of all errors raised on purpose; carries every fault that was found.

    Parameters
    ----------
    faults
        One fault or several; all of them are printed, one a line.
    """

    exit_code = 1

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class StudyError(AssetmapError, ValueError):
    """``study.toml`` or a command's words cannot be understood."""

    exit_code = 3


class MissingError(AssetmapError, FileNotFoundError):
    """A file that the study names is not there."""

    exit_code = 4


class ReadError(AssetmapError, ValueError):
    """A file is there and cannot be read as what the study says it is."""

    exit_code = 5


class ContractError(AssetmapError, ValueError):
    """A table does not keep to its contract as it changes hands."""

    exit_code = 6


class JoinError(AssetmapError, ValueError):
    """Two tables that belong together do not meet: codes of another vintage, ids twice."""

    exit_code = 7


class MethodError(AssetmapError, ValueError):
    """A method was asked for something it cannot do on these numbers."""

    exit_code = 8


class WriteError(AssetmapError, OSError):
    """A result cannot be written: the file is open elsewhere, or the folder is not ours."""

    exit_code = 9


class FetchError(AssetmapError, OSError):
    """A download failed."""

    exit_code = 10


def nearest_name(wanted: str, known: Iterable[str]) -> str:
    """The known name most like the wanted one, as a hint, or an empty string."""
    by_folded = {name.casefold(): name for name in known}
    found = get_close_matches(wanted.casefold(), list(by_folded), n=1, cutoff=0.6)
    return f"did you mean '{by_folded[found[0]]}'?" if found else ""
