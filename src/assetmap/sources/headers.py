"""Long published headers, found by how they begin: editions differ in how they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.errors import Fault, nearest_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COMPARED = 60
"""Characters that are compared; one header of 2025 is cut at 80."""


def match_prefixes(
    headers: Iterable[str], wanted: Mapping[str, str], *, where: str
) -> tuple[dict[str, str], list[Fault]]:
    """The header that begins with each wanted text, and a fault where none or several do.

    Compared without regard to case, runs of blanks and kinds of dash, over the first 60
    characters: published editions drop "(where 1 is most deprived)" or cut it.

    Parameters
    ----------
    headers
        The publisher's column names.
    wanted
        Our key of each column, to how its header begins.
    where
        Source and file, for the faults.
    """
    known = {header: _normal(header) for header in headers}
    found: dict[str, str] = {}
    faults = []
    for key, beginning in wanted.items():
        fitting = [
            header for header, plain in known.items() if plain.startswith(_normal(beginning))
        ]
        if len(fitting) == 1:
            found[key] = fitting[0]
        else:
            many = f"{len(fitting)} columns begin" if fitting else "no column begins"
            attempt = ", ".join(fitting) or nearest_name(beginning, known)
            faults.append(Fault(what=f"{many} with '{beginning}'", where=where, attempt=attempt))
    return found, faults


def _normal(header: str) -> str:
    plain = header.replace("\u2013", "-").replace("\u2011", "-").casefold()
    return " ".join(plain.split())[:COMPARED]
