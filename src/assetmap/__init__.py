"""assetmap: where help is within reach, for whom, and whom regeneration leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from assetmap.study.study import Study

__version__ = "0.1.0"
__all__ = ["__version__", "open_study"]


def open_study(
    path: str | os.PathLike[str], *, data: str | os.PathLike[str] | None = None
) -> Study:
    """The study in a folder, ready to be checked, run and explained.

    Parameters
    ----------
    path
        The folder that holds ``study.toml``.
    data
        The folder of published files; ``ASSETMAP_DATA`` where None.

    Raises
    ------
    assetmap.errors.AssetmapError
        When the study cannot be understood; every fault is told.
    """
    from assetmap.study.study import open_study as opened  # noqa: PLC0415 - quick `--help`

    return opened(path, data=data)
