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
    def of(
        cls,
        scripts: Iterable[str],
        styles: Iterable[str],
        *,
        early: Iterable[str] = (),
        later: Iterable[str] = (),
        loads: bool = False,
    ) -> Sealed:
        """The policy by hashes: what is not listed does not run, and nothing is fetched.

        ``early`` are scripts that stand amid the page, ``later`` styles that a listed script
        adds. With ``loads`` a listed script may load another, which is how the map comes from
        the file beside the page, also from a disk.
        """
        told, drawn = [text.strip() for text in scripts], [text.strip() for text in styles]
        trusted = ["'strict-dynamic'"] if loads else []
        may_run = " ".join([*map(hashed, [*early, *told]), *trusted]) or "'none'"
        may_style = " ".join(map(hashed, [*drawn, *(text.strip() for text in later)]))
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


def hashed(text: str) -> str:
    """A text's hash as a policy writes it."""
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
