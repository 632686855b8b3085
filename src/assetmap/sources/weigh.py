"""A source as lineage tells it: its file without folders, and the hash of its bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from assetmap.provenance import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assetmap.sources.spec import SourceSpec


def weighed(spec: SourceSpec, paths: Sequence[Path]) -> Source:
    """The source with the names of its files and one SHA-256 over the hashes of their bytes.

    Of a single file it is the hash of that file, so that anybody can check it.
    """
    digests = []
    for path in paths:
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256"))
    both = hashlib.sha256(b"".join(digest.digest() for digest in digests))
    return Source(
        id=spec.id,
        kind=spec.kind,
        publisher=spec.publisher,
        title=spec.title,
        address=spec.address,
        licence=spec.licence,
        attribution=spec.attribution,
        vintage=spec.vintage,
        file=", ".join(path.name for path in paths),
        sha256=digests[0].hexdigest() if len(digests) == 1 else both.hexdigest(),
        bytes=sum(path.stat().st_size for path in paths),
        notes=spec.notes,
    )


def weight_of(path: Path) -> str:
    """The hash of one file; '' where it is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
