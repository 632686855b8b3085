"""The templates of the pages: what is put into them escaped, and compiled once for all runs."""

from __future__ import annotations

from contextlib import suppress
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import jinja2
from platformdirs import user_cache_path

from assetmap.publish import rows
from assetmap.publish.plain import capfirst, plain, shown
from assetmap.publish.rounding import hundredths


@cache
def environment() -> jinja2.Environment:
    """The templates, read once, with everything that is put into them escaped."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("assetmap.publish"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        bytecode_cache=kept_in(user_cache_path("assetmap", appauthor=False) / "templates"),
    )
    environment.filters["shown"] = shown
    environment.filters["lines"] = partial(plain, longest=rows.LONG)
    environment.filters["hundredths"] = hundredths
    environment.filters["capfirst"] = capfirst
    return environment


class Kept(jinja2.FileSystemBytecodeCache):
    """Compiled templates, kept between runs; one that cannot be kept is compiled again."""

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """One more template kept, where there is room."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def kept_in(folder: Path) -> Kept | None:
    """Where compiled templates are kept, below ``folder``; None where no folder can be made.

    To compile them takes longer than to fill them in. A template whose text has changed is
    compiled anew; all are where jinja2 or this file has, whose hash names the folder.
    """
    compiler = f"{jinja2.__version__} {Path(__file__).read_text(encoding='utf-8')}"
    mine = folder / sha256(compiler.encode("utf-8")).hexdigest()[:16]
    try:
        mine.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return Kept(str(mine))
