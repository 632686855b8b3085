"""The categories of assets, as ``_data/categories.toml`` has them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from assetmap.errors import Fault, ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA_VERSION = 1


class Category(NamedTuple):
    """What a category belongs to and how it is named, once and many times."""

    theme: str
    label: str
    plural: str


@cache
def read_categories() -> Mapping[str, Category]:
    """The known categories by name, not to be changed.

    Raises
    ------
    ReadError
        For a packaged table of a version that this code does not know.
    """
    table = packaged_table("categories.toml")
    return MappingProxyType({name: Category(**row) for name, row in table["category"].items()})


def packaged_table(name: str) -> dict[str, Any]:
    """A table shipped with the package, of a version that this code knows.

    Raises
    ------
    ReadError
        For a version that this code does not know.
    """
    text = (files("assetmap") / "_data" / name).read_text(encoding="utf-8")
    table = tomllib.loads(text)
    version = table.get("schema_version")
    if version != SCHEMA_VERSION:
        raise ReadError(
            Fault(
                what=f"schema_version {version} is not known",
                where=name,
                attempt="install the assetmap version that the table was written for",
            )
        )
    return table
