"""The study behind the folder of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assetmap.study.study import example_folder, open_study

if TYPE_CHECKING:
    import os

    from assetmap.study.study import Study


def run_in(
    path: Path, *, data: str | os.PathLike[str] | None = None
) -> tuple[Study, str | None, Path | None]:
    """The study of a folder; of a run's folder also the run's id and the folder of all outputs.

    A run's study is the one of that name in ``layers/``, or the built-in example.

    Raises
    ------
    StudyError
        Where there is no study, or the run's study is not in ``layers/``.
    """
    if not (path / "lineage.json").is_file() or (path / "study.toml").is_file():
        return open_study(path, data=data), None, None
    run = path.resolve()
    name, root = run.parent.name, run.parent.parent
    folder = Path("layers") / name
    if not (folder / "study.toml").is_file() and name == "example":
        folder = example_folder()
    return open_study(folder, data=data), run.name, root
