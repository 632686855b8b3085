"""Scripts and styles of a page with the policy that lets only them run."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Sealed:
    """Scripts and styles with the policy that lets only them run."""

    policy: str
    scripts: tuple[Markup, ...]
    styles: tuple[Markup, ...]

    @classmethod
    def of(cls, scripts: Iterable[str], styles: Iterable[str]) -> Sealed:
        """The policy by hashes: what is not listed does not run, and nothing is fetched."""
        told, drawn = [text.strip() for text in scripts], [text.strip() for text in styles]
        may_run = " ".join(_hashed(text) for text in told) or "'none'"
        may_style = " ".join(_hashed(text) for text in drawn)
        policy = (
            f"default-src 'none'; script-src {may_run}; style-src {may_style}; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        )
        # our own files and installed packages only; what they hold of a study is escaped JSON
        return cls(
            policy,
            tuple(Markup(text) for text in told),  # noqa: S704
            tuple(Markup(text) for text in drawn),  # noqa: S704
        )


def _hashed(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
