"""The two ways a table comes to be, a Source or a Step, and what must be said beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Caution:
    """Something a reader of the results must know; it reaches the page, not a log.

    Attributes
    ----------
    code
        A short fixed name, ``snap_far`` or ``source_old``, by which tests and pages know it.
    about
        The id of the source or step that it is about.
    text
        One or two plain sentences, for the page.
    count
        How many things it touches, or None.
    people
        How many people it touches, or None.
    """

    code: str
    about: str
    text: str
    count: int | None = None
    people: float | None = None


@dataclass(frozen=True)
class Told(Generic[T]):
    """A table and what must be said about it."""

    table: T
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file that somebody published: who, what, under which licence, of which date.

    ``file`` is a name without folders; ``sha256`` is of the file's bytes.
    """

    id: str
    kind: str
    publisher: str
    title: str
    address: str
    licence: str
    attribution: str
    vintage: str
    file: str
    sha256: str
    bytes: int
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A table that we made: by which step, from what, with which settings and code.

    ``inputs`` are names of tables, ``sources`` ids of files read; ``fingerprint`` is a hash of
    inputs, settings and code, so that equal fingerprints mean equal tables.
    """

    name: str
    makes: str
    inputs: tuple[str, ...]
    sources: tuple[str, ...]
    settings: dict[str, object] = field(default_factory=dict)
    code: str = ""
    rows: int = 0
    fingerprint: str = ""
