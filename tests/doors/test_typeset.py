"""Templates kept compiled: taken from there, compiled anew where they must be, escaped always."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import jinja2

from assetmap.publish import typeset
from assetmap.publish.typeset import environment, kept_in

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TEXT = "<p>{{ said }}</p>"


class Compiling(jinja2.Environment):
    """An environment that counts what it compiles."""

    compiled = 0

    def compile(self, *given: Any, **named: Any) -> Any:
        self.compiled += 1
        return super().compile(*given, **named)


def set_from(folder: Path, text: str = TEXT) -> tuple[str, int]:
    """What a template of this text makes of hostile words, and how many were compiled for it."""
    press = Compiling(
        loader=jinja2.DictLoader({"toy": text}), autoescape=True, bytecode_cache=kept_in(folder)
    )
    return press.get_template("toy").render(said="<script>"), press.compiled


def test_a_template_is_compiled_once_and_escapes_as_before(tmp_path: Path) -> None:
    assert set_from(tmp_path) == ("<p>&lt;script&gt;</p>", 1)
    assert set_from(tmp_path) == ("<p>&lt;script&gt;</p>", 0)


def test_a_template_whose_text_has_changed_is_compiled_anew(tmp_path: Path) -> None:
    set_from(tmp_path)
    assert set_from(tmp_path, "<i>{{ said }}</i>") == ("<i>&lt;script&gt;</i>", 1)


def test_all_are_compiled_anew_by_another_compiler(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_from(tmp_path)
    monkeypatch.setattr(typeset.jinja2, "__version__", "99")
    assert set_from(tmp_path) == ("<p>&lt;script&gt;</p>", 1)


def test_where_nothing_can_be_kept_templates_are_set_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert kept_in(tmp_path / "file") is None
    kept = kept_in(tmp_path / "gone")
    press = jinja2.Environment(loader=jinja2.DictLoader({"toy": TEXT}), autoescape=True)
    press.bytecode_cache = kept
    shutil.rmtree(tmp_path / "gone")
    assert press.get_template("toy").render(said="<") == "<p>&lt;</p>"


def test_the_pages_templates_escape_and_are_kept() -> None:
    press = environment()
    assert press.autoescape is True
    assert isinstance(press.bytecode_cache, typeset.Kept)
