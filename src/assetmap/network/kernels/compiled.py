"""One way to compile: without the interpreter's lock, kept in a folder of these very sources."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import numba
import platformdirs

from assetmap.provenance import Caution

if TYPE_CHECKING:
    from collections.abc import Callable

Kernel = TypeVar("Kernel", bound="Callable[..., object]")

# Numba tells mypy about itself in some versions and not in others.
jit: Any = numba.njit
config: Any = numba.config
OPTIONS: dict[str, Any] = {
    "nogil": True,
    "no_cfunc_wrapper": True,
    "no_rewrites": True,
    "error_model": "numpy",
}
"""Division is that of arrays: by 0 it is infinite, and loops that divide stay without a branch.

No search computes with whole arrays, which is what numba would look for ways to rewrite.
"""
BORROWING = OPTIONS | {"_nrt": False}
"""Who calls holds every array: none is counted, and a third less is there to be compiled."""


class KernelCache(NamedTuple):
    """Where compiled searches are kept between runs, or why they are not.

    Attributes
    ----------
    folder
        The folder, which nobody else's sources share; None where nothing can be written.
    caution
        What must be said where ``folder`` is None, else None.
    """

    folder: str | None
    caution: Caution | None


@lru_cache(maxsize=1)
def kernel_cache() -> KernelCache:
    """The folder in which compiled searches are kept, or None and the caution that goes with it.

    ``NUMBA_CACHE_DIR`` is honoured; without it the user's cache folder is taken. The last part
    of the path is a hash of every source in this package and of numba's version, because numba
    does not notice that a function called from another file was edited.
    """
    return cache_in(_base(), name=f"{_fingerprint()}")


def cache_in(base: str, *, name: str) -> KernelCache:
    """The cache in folder ``name`` of ``base`` if that can be made and written to."""
    folder = os.path.join(base, name)  # noqa: PTH118 - inner rooms do not know pathlib
    try:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        text = (
            "The compiled searches could not be kept for the next run, which will take a few "
            f"seconds longer ({error.strerror}). Set NUMBA_CACHE_DIR to a folder that can be "
            "written to."
        )
        return KernelCache(None, Caution(code="no_kernel_cache", about="network", text=text))
    return KernelCache(folder, None)


def make_ready() -> None:
    """Numba's own lists of what can be compiled, read now; else the first search reads them.

    They take a fifth of a second, whatever is kept of the searches themselves.
    """
    target: Any = numba.core.registry.cpu_target
    target.typing_context.refresh()
    target.target_context.refresh()


def compiled(search: Kernel) -> Kernel:
    """The search compiled at its first call, or taken from the cache; it makes no array."""
    return _kept(search, BORROWING)


def compiled_making(search: Kernel) -> Kernel:
    """The same of a search that makes arrays of its own."""
    return _kept(search, OPTIONS)


def inner(search: Kernel) -> Kernel:
    """A part of several searches that Python never calls: no wrapper for it, no file of its own.

    It is compiled once, and its code kept with each search that calls it.
    """
    return cast("Kernel", jit(no_cpython_wrapper=True, **BORROWING)(search))


def inlined(search: Kernel) -> Kernel:
    """A part of one search, copied into it before anything is compiled.

    Compiled by itself it would be made into machine code once for nothing.
    """
    return cast("Kernel", jit(inline="always", **BORROWING)(search))


def _kept(search: Kernel, options: dict[str, Any]) -> Kernel:
    """The search to be compiled, and kept where it can be.

    The setting of numba's cache folder is put back at once: other packages that use numba in
    this process keep their own.
    """
    cache = kernel_cache()
    if cache.folder is None:
        return cast("Kernel", jit(**options)(search))
    before = config.CACHE_DIR
    config.CACHE_DIR = cache.folder
    try:
        return cast("Kernel", jit(cache=True, **options)(search))
    finally:
        config.CACHE_DIR = before


def _base() -> str:
    given = str(config.CACHE_DIR)
    if given:
        return os.path.join(given, "assetmap-kernels")  # noqa: PTH118 - as above
    return str(platformdirs.user_cache_path("assetmap") / "kernels")


def _fingerprint() -> str:
    """The hash of all sources of this package, numba's version and Python's."""
    digest = hashlib.sha256(f"{numba.__version__} {sys.version_info[:2]}".encode())
    sources = (entry for entry in resources.files(__package__).iterdir())
    for entry in sorted(sources, key=lambda source: source.name):
        if entry.name.endswith(".py"):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()[:16]
