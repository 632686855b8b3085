"""How every number came to be: tables to steps, steps to files, licences and settings."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assetmap import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetmap.study.ledger import Kept
    from assetmap.study.work import Work

SCHEMA_VERSION = 1

MADE_BY = {
    "name": "prepare boundaries",
    "place": "prepare names",
    "authority_id": "prepare membership",
    "authority_name": "prepare membership",
    "people": "prepare population",
    "role": "prepare areas",
}
"""Columns of an area that come from another step than the table itself."""


def lineage_of(work: Work, steps: Mapping[str, Kept], *, run_id: str) -> dict[str, Any]:
    """The lineage of a run: no folders, users or machines, only names and hashes."""
    settings = work.settings
    return {
        "schema_version": SCHEMA_VERSION,
        "assetmap": __version__,
        "run": run_id,
        "study": settings.study.model_dump(mode="json"),
        "settings": settings.model_dump(
            mode="json",
            include={
                "areas",
                "origins",
                "travel",
                "standards",
                "rules",
                "fairness",
                "publish",
            },
        ),
        "sources": [asdict(source) for source in work.sources],
        "steps": [asdict(kept.step) for _, kept in sorted(work.ledger.kept.items())],
        "tables": {name: kept.step.name for name, kept in sorted(steps.items())},
    }


def above(work: Work, step: str) -> tuple[list[str], list[str]]:
    """Every step that a step rests on, itself first, and every source that any of them read."""
    by_print = {kept.step.fingerprint: name for name, kept in work.ledger.kept.items()}
    seen: list[str] = []
    sources: list[str] = []
    waiting = [step]
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.append(name)
        kept = work.ledger.kept[name]
        sources += [one for one in kept.step.sources if one not in sources]
        waiting += [by_print[one] for one in kept.needs if one in by_print]
    return seen, sources
