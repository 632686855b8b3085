"""The ledger: runs a step once, keeps what it made, and can say how every table came to be."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from assetmap.provenance import Caution, Step
from assetmap.study.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from importlib.resources.abc import Traversable

    from assetmap.sources.store import Part, Store


@dataclass(frozen=True)
class Made:
    """What a step hands to the ledger: named parts, and what must be said about them."""

    parts: Mapping[str, Part]
    cautions: tuple[Caution, ...] = ()


@dataclass
class Kept:
    """A step's result in the store; its parts are read when they are asked for."""

    step: Step
    cautions: tuple[Caution, ...]
    reused: bool
    needs: tuple[str, ...]
    """Fingerprints of what it was made from."""
    _store: Store
    read: dict[str, Part] = field(default_factory=dict)
    """Its parts that were read, or are at hand since they were made here, by name."""

    def part(self, name: str) -> Any:  # noqa: ANN401 - a table or a mapping of arrays
        """One part of the result."""
        if name not in self.read:
            self.read[name] = self._store.get(self.step.fingerprint, name)
        return self.read[name]

    def table(self, name: str) -> pd.DataFrame:
        """One part of the result, which is a table."""
        found = self.part(name)
        if not isinstance(found, pd.DataFrame):
            message = f"{self.step.name}: part '{name}' is not a table"
            raise TypeError(message)
        return found


def nothing_to_do() -> bool:
    """What who waits does, where there is nothing to do."""
    return False


@dataclass
class Ledger:
    """Runs steps. A step is made again only when its inputs, settings or code have changed.

    ``tell`` is called with each step's name and whether it is made or reused; what another
    process of this run makes is made.
    """

    store: Store
    tell: Callable[[str, bool], None] = lambda _name, _reused: None
    turns: Turns = field(default_factory=Turns)
    kept: dict[str, Kept] = field(default_factory=dict)
    meanwhile: Callable[[], bool] = nothing_to_do
    """What to do while another process makes a step: whether there was anything to do."""

    def run(
        self,
        name: str,
        function: Callable[[], Made],
        *,
        inputs: Mapping[str, str],
        settings: Mapping[str, object],
        sources: tuple[str, ...] = (),
    ) -> Kept:
        """The step's result, made by ``function()`` or taken from the store.

        Parameters
        ----------
        inputs
            Name to fingerprint of everything the step reads: other steps, or hashes of files.
        settings
            Every setting the step's numbers depend on, plain enough for JSON.
        sources
            Ids of the published files that it reads itself.
        """
        plain, fingerprint = print_of(name, inputs, settings)
        there, at_hand = self.store.has(fingerprint), {}
        reused = there and not self.turns.fresh(fingerprint)
        self.tell(name, reused)
        if not there and self._is_mine(fingerprint):
            made = function()
            keep(self.store, fingerprint, made)
            at_hand = {name: part for name, part in made.parts.items() if comes_back(part)}
        self.turns.told(fingerprint)
        kept = self.store.note(fingerprint)
        step = Step(
            name=name,
            makes=", ".join(kept["makes"]),
            inputs=tuple(sorted(inputs)),
            sources=sources,
            settings=plain,
            code=code_version(),
            rows=kept["rows"],
            fingerprint=fingerprint,
        )
        told = tuple(Caution(**caution) for caution in kept["cautions"])
        read = self.read_of(name, fingerprint) | at_hand
        self.kept[name] = Kept(step, told, reused, tuple(inputs.values()), self.store, read)
        return self.kept[name]

    def read_of(self, name: str, fingerprint: str) -> dict[str, Part]:
        """The parts that were read already, where the step was asked for before."""
        before = self.kept.get(name)
        return before.read if before and before.step.fingerprint == fingerprint else {}

    def _is_mine(self, fingerprint: str) -> bool:
        """Whether this process makes the result; where another is at it, once that has ended."""
        if self.turns.take(fingerprint):
            return True
        there = partial(self.store.has, fingerprint)
        return not self.turns.wait(fingerprint, there, self.meanwhile)


def print_of(
    name: str, inputs: Mapping[str, str], settings: Mapping[str, object]
) -> tuple[dict[str, object], str]:
    """A step's settings, plain enough for JSON, and its fingerprint."""
    plain = json.loads(json.dumps(dict(settings), sort_keys=True, default=str))
    return plain, hashed([name, code_version(), plain, sorted(inputs.items())])


def keep(store: Store, fingerprint: str, made: Made) -> None:
    """What a step made, in the store with what must be said about it."""
    tables = [part for part in made.parts.values() if isinstance(part, pd.DataFrame)]
    note = {
        "cautions": [asdict(caution) for caution in made.cautions],
        "rows": sum(map(len, tables)),
        "makes": sorted(made.parts),
    }
    store.put(fingerprint, made.parts, note)


def comes_back(part: Part) -> bool:
    """Whether a part would be read as it was made: a plain table, rows counted from 0.

    Its columns are of numbers, flags, text or codes of text. Such a one need not be read.
    """
    return (
        type(part) is pd.DataFrame
        and isinstance(part.index, pd.RangeIndex)
        and part.index.equals(pd.RangeIndex(len(part)))
        and all(_is_plain(dtype) for dtype in part.dtypes)
    )


def _is_plain(dtype: object) -> bool:
    if isinstance(dtype, pd.CategoricalDtype):
        return not dtype.ordered and dtype.categories.dtype == "str"
    return dtype == "str" or (isinstance(dtype, np.dtype) and dtype.kind in "biuf")


def hashed(value: object) -> str:
    """A fingerprint of anything plain enough for JSON."""
    text = json.dumps(value, sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@cache
def code_version() -> str:
    """A hash of the package's own sources and data: another code, another fingerprint."""
    digest = hashlib.sha256()
    for path, content in sorted(_sources(files("assetmap"), "")):
        digest.update(path.encode())
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        path = f"{above}/{entry.name}"
        if entry.is_dir():
            if entry.name not in {"__pycache__", "example"}:
                found += _sources(entry, path)
        elif entry.name.endswith((".py", ".toml", ".j2", ".css", ".js")):
            found.append((path, entry.read_bytes()))
    return found
