"""What every step needs at hand: the settings, the ledger and the study's files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assetmap.errors import Fault, ReadError
from assetmap.sources.files import find_files
from assetmap.sources.read import Job
from assetmap.sources.weigh import weighed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from assetmap.provenance import Source
    from assetmap.sources.spec import SourceSpec
    from assetmap.study.ledger import Kept, Ledger, Made
    from assetmap.study.settings import Settings


@dataclass
class Work:
    """A study at work. ``folders`` are looked through in order for each file."""

    settings: Settings
    folders: tuple[Path, ...]
    ledger: Ledger
    workers: int = 1
    """Processes that may share the work; nothing that is found depends on it."""
    _weighed: dict[str, tuple[tuple[Path, ...], Source]] = field(default_factory=dict)
    _own: dict[str, Source] = field(default_factory=dict)

    def file(self, source_id: str) -> tuple[tuple[Path, ...], Source]:
        """A source's files and what they weigh; each file is hashed once a run."""
        if source_id not in self._weighed:
            spec = self.settings.of(source_id)
            paths = find_files(spec, self.folders)
            try:
                self._weighed[source_id] = (paths, weighed(spec, paths))
            except OSError as error:
                what = f"the file of source '{source_id}' cannot be opened: {error.strerror}"
                raise ReadError(Fault(what=what, where=str(error.filename))) from error
        return self._weighed[source_id]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source that was used, in the order of ``study.toml``, then the study's own."""
        used = {source_id for source_id, _ in self._weighed.items()}
        named = [self._weighed[one.id][1] for one in self.settings.source if one.id in used]
        return (*named, *(source for _, source in sorted(self._own.items())))

    def own_file(self, name: str, weigh: Callable[[Path], Source]) -> tuple[Path, Source] | None:
        """A file of the study's own that no ``[[source]]`` describes, where it is there."""
        path = self.folders[0] / name
        if not path.is_file():
            return None
        source = self._own.setdefault(name, weigh(path))
        return path, source

    def job(
        self,
        source_id: str,
        *,
        within: BaseGeometry | None = None,
        lookups: Mapping[str, gpd.GeoDataFrame] | None = None,
    ) -> Job:
        """What a reader is told."""
        return Job(
            spec=self.settings.of(source_id),
            paths=self.file(source_id)[0],
            crs=self.settings.study.crs,
            within=within,
            lookups=lookups or {},
        )

    def read(
        self,
        source: SourceSpec,
        reader: Callable[[], Made],
        *,
        inputs: Mapping[str, Kept] | None = None,
        name: str = "",
    ) -> Kept:
        """A source read by a reader, or taken from the store when file and words are the same."""
        return self.ledger.run(
            name or f"read {source.id}",
            reader,
            inputs={
                f"file {source.id}": self.file(source.id)[1].sha256,
                **fingerprints(inputs or {}),
            },
            settings={"source": source.model_dump(mode="json"), "crs": self.settings.study.crs},
            sources=(source.id,),
        )


def fingerprints(inputs: Mapping[str, Kept]) -> dict[str, str]:
    """Each input's fingerprint by its name."""
    return {name: kept.step.fingerprint for name, kept in inputs.items()}
