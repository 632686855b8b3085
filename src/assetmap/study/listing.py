"""Steps listed without making any: a step's name in the store is known before it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assetmap.provenance import Step
from assetmap.study.ledger import Kept, Ledger, print_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assetmap.study.ledger import Made


class NotYetError(Exception):
    """A result that is asked for is not there yet."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__(fingerprint)
        self.fingerprint = fingerprint


class Awaited(Kept):
    """A step's result that another process may still be making."""

    def part(self, name: str) -> Any:  # noqa: ANN401 - as of a result that is there
        """One part of the result, where it is there."""
        if not self._store.has(self.step.fingerprint):
            raise NotYetError(self.step.fingerprint)
        return super().part(name)


@dataclass(frozen=True)
class Todo:
    """A step that is not made yet, and the fingerprints of what it is made from."""

    function: Callable[[], Made]
    inputs: frozenset[str]


@dataclass
class Listing(Ledger):
    """A ledger that makes no step: it lists those that are not in the store, in their order."""

    todo: dict[str, Todo] = field(default_factory=dict)

    def run(
        self,
        name: str,
        function: Callable[[], Made],
        *,
        inputs: Mapping[str, str],
        settings: Mapping[str, object],
        sources: tuple[str, ...] = (),
    ) -> Kept:
        """The step's result, there or not."""
        plain, fingerprint = print_of(name, inputs, settings)
        if not self.store.has(fingerprint):
            self.todo[fingerprint] = Todo(function, frozenset(inputs.values()))
        step = Step(
            name=name, makes="", inputs=tuple(sorted(inputs)), sources=sources, settings=plain,
            code="", rows=0, fingerprint=fingerprint,
        )  # fmt: skip
        read = self.read_of(name, fingerprint)
        self.kept[name] = Awaited(
            step, (), reused=False, needs=tuple(inputs.values()), _store=self.store, read=read
        )
        return self.kept[name]
