"""A run packed for somebody outside who is to check it: all that their recomputing needs."""

from __future__ import annotations

import hashlib
import json
import platform
import re
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from assetmap import __version__
from assetmap.publish.atomic import whole_file
from assetmap.publish.packed import packed
from assetmap.sources.corrections import FILE, nameless
from assetmap.study.ledger import code_version
from assetmap.study.own_files import own_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from assetmap.sources.spec import SourceSpec
    from assetmap.study.run import Run
    from assetmap.study.study import Study
    from assetmap.study.work import Work

SCHEMA_VERSION = 1
MANIFEST, LOCK, ABSENT = "manifest.json", "versions.txt", "not-included.json"
STUDY, DATA, RUN = "study", "data", "run"
OPEN = re.compile(
    r"open government licen[cs]e|\bogl\b|\bodbl\b|open database|\bcc0\b|\bmit\b|public domain|"
    r"\bcc[ -]by\b(?![ -]n)",
    re.IGNORECASE,
)
"""Licences that let a file be passed on."""

REGISTERS = "may hold contacts, or places that must not be mapped"
LICENCE = "its licence does not let it be passed on"
WITHOUT_CONTACTS = ("osm", "naptan", "os_open_greenspace")
"""Layouts of lists of assets that hold nobody's contacts; a register may, whatever its licence."""

SAYS = """A frozen run of assetmap, for whoever checks it.

  assetmap verify {name}

compares every file with its fingerprint, makes the run again where the files are there, and says
exactly what differs. study/ holds the settings, data/ the source files whose licence lets them be
passed on, run/ the tables, cautions and lineage; not-included.json names the other files, with
where to get them; versions.txt the packages that made it. These are working files.
"""


@dataclass(frozen=True)
class Frozen:
    """A frozen run: where the archive is, and the files that it could not hold."""

    path: Path
    run: str
    absent: tuple[str, ...]


def freeze(
    study: Study,
    *,
    out: Path,
    tell: Callable[[str, bool], None] = lambda _name, _reused: None,
) -> Frozen:
    """The study run, and the run packed for an outside reviewer."""
    return freeze_run(study.work(), study.run(out=out, tell=tell), out=out)


def freeze_run(work: Work, run: Run, *, out: Path) -> Frozen:
    """The archive ``<run>.zip`` beside the run's folder; the same bytes for the same run."""
    held = dict(_files(work, run))
    absent = tuple(_absent(work))
    held[LOCK] = _lock().encode()
    held[ABSENT] = _json([{"file": name, "source": spec.id, "why": _why_not(spec),
                           "licence": spec.licence, "address": spec.address}
                          for spec, name in absent])  # fmt: skip
    path = out / work.settings.study.id / f"{run.id}.zip"
    held["README.txt"] = SAYS.format(name=path.name).encode()
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "assetmap": __version__,
        "code": code_version(),
        "study": work.settings.study.id,
        "run": run.id,
        "sha256": {name: hashlib.sha256(held[name]).hexdigest() for name in sorted(held)},
    }
    ordered = {MANIFEST: _json(manifest), **{name: held[name] for name in sorted(held)}}
    with whole_file(path) as draft:
        draft.write_bytes(packed(ordered, day=work.settings.study.as_of))
    return Frozen(path, run.id, tuple(name for _, name in absent))


def _files(work: Work, run: Run) -> Iterator[tuple[str, bytes]]:
    """Settings, source files that may be passed on, and what the run made."""
    study = work.folders[0]
    yield f"{STUDY}/study.toml", (study / "study.toml").read_bytes()
    if (study / FILE).is_file():
        yield f"{STUDY}/{FILE}", nameless((study / FILE).read_bytes())
    for name in own_files(work.settings):
        yield f"{STUDY}/{name}", (study / name).read_bytes()
    for spec in work.settings.source:
        if not _why_not(spec):
            for name, path in zip(spec.files, _paths(work, spec), strict=True):
                yield f"{DATA}/{name}", path.read_bytes()
    for name in ("lineage.json", "datapackage.json"):
        yield f"{RUN}/{name}", (run.folder / name).read_bytes()
    for path in sorted((run.folder / "tables").iterdir()):
        yield f"{RUN}/tables/{path.name}", path.read_bytes()
    cautions = [{"code": one.code, "about": one.about, "text": one.text} for one in run.cautions]
    yield f"{RUN}/cautions.json", _json(cautions)


def _absent(work: Work) -> Iterator[tuple[SourceSpec, str]]:
    for spec in work.settings.source:
        if _why_not(spec):
            yield from ((spec, name) for name in spec.files)


def _why_not(spec: SourceSpec) -> str:
    """Why a source's file stays with the study; '' where it may go."""
    if spec.kind == "assets" and spec.layout not in WITHOUT_CONTACTS:
        return REGISTERS
    return "" if OPEN.search(spec.licence) else LICENCE


def _paths(work: Work, spec: SourceSpec) -> tuple[Path, ...]:
    return work.file(spec.id)[0]


def _lock() -> str:
    """Every package of this environment with its version, and Python's own."""
    names = {one.metadata["Name"]: one.version for one in metadata.distributions()}
    lines = [f"{name}=={version}" for name, version in sorted(names.items(), key=_folded)]
    return "\n".join([f"# Python {platform.python_version()}", *lines, ""])


def _folded(item: tuple[str, str]) -> str:
    return item[0].casefold()


def _json(value: object) -> bytes:
    return f"{json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True)}\n".encode()
